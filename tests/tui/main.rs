//! The composer without a terminal: what keys do, and what the screen shows.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]

mod again;
mod answers;
mod anything;
mod desk;
mod doubts;
mod editing;
mod files;
mod finding;
mod flow;
mod gateways;
mod history;
mod import;
mod input;
mod items;
mod keep;
mod keys;
mod kind_row;
mod kinds;
mod markup;
mod mouse;
mod names;
mod next;
mod offers;
mod outline;
mod pager;
mod palette;
mod picture;
mod pix;
mod polls;
mod recipient;
mod screens;
mod sending;
mod sent;
mod sheets;
mod stands;
mod templates;
mod undo;
