//! wacompose: a terminal composer for `WhatsApp` interactive messages.
//!
//! Read it from the bottom up:
//!
//! - [`message`]: what a message is, its limits and its files;
//! - [`gateway`]: how each HTTP gateway says it, as plain data;
//! - [`import`]: what was sent, as a message again;
//! - [`thumbnail`]: a picture, made small and bare;
//! - [`client`]: who sends it; the only user of HTTP;
//! - [`picture`]: what a message's thumbnail names, loaded from a file or an address;
//! - [`config`]: profiles, secrets and paths;
//! - [`secret`] and [`visible`]: what must not be shown, and how the rest is shown safely;
//! - [`failure`]: an error as plain data, for whoever shows it;
//! - [`wrap`]: text in columns, which knows nothing of ours;
//! - [`preview`]: what the recipient sees, as styled lines;
//! - [`store`]: what is kept: drafts, outbox and history;
//! - [`sandbox`]: a gateway of our own that speaks their protocols;
//! - [`dispatch`]: how a message is sent, for prompt and screen alike;
//! - [`cli`] and [`tui`]: the prompt and the screen.
//!
//! Nothing below knows what is above it; `tests/layers.rs` holds the sources to that.

pub mod cli;
pub mod client;
pub mod config;
pub mod dispatch;
pub mod failure;
pub mod gateway;
pub mod import;
pub mod message;
pub mod picture;
pub mod preview;
pub mod sandbox;
pub mod secret;
pub mod store;
pub mod thumbnail;
pub mod tui;
pub mod visible;
pub mod wrap;
