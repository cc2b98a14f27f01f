//! A sign that turns while something is waited for.

use std::time::Duration;

/// How long one of its pictures stays.
pub const FRAME: Duration = Duration::from_millis(120);

/// Its pictures.
const PICTURES: [&str; 4] = ["◐", "◓", "◑", "◒"];

/// The picture so long after it began to turn.
pub fn spinner(elapsed: Duration) -> &'static str {
    let frame = usize::try_from(elapsed.as_millis() / FRAME.as_millis()).unwrap_or(0);
    PICTURES[frame % PICTURES.len()]
}
