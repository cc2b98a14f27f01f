//! The program itself, in a pseudo-terminal.

#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]

mod again;
mod composer;
#[cfg(target_os = "linux")]
mod full_disk;
mod kept;
mod removed;
mod reopened;
mod sending;
mod session;
mod terminal;
mod together;
mod unkept;
