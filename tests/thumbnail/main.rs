//! Thumbnails of good pictures, of bad ones, and of anything.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod anything;
mod bad;
mod cut_off;
mod good;
mod pictures;
