//! The program at the prompt: results, words and exit codes.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod again;
mod check;
mod check_many;
mod config;
mod content;
mod hostile;
mod import;
mod payload;
mod prompt;
mod send;
mod status;
#[cfg(unix)]
mod terminal;
mod usage;
