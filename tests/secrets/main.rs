//! Known tokens through every feature, with everything logged: they stand nowhere after.
//!
//! The gateway knows no discretion: it repeats each request with its token in every spelling. What is
//! then written or shown is searched: both streams, the screen and the bytes for the terminal, the
//! clipboard, and every file of the home.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]

#[cfg(unix)]
mod composer;
#[cfg(unix)]
mod desk;
mod gateway;
mod prompt;
mod scan;
#[cfg(unix)]
#[path = "../pty/session.rs"]
#[expect(dead_code, reason = "the tests of the composer itself use the rest")]
mod session;
mod tokens;
