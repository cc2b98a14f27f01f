//! The mouse: how often it was clicked at a place, and what is dragged.

use std::time::Duration;

use ratatui::layout::Position;

use crate::message::Field;

/// So long after a click another one at its place is a double click.
const AGAIN: Duration = Duration::from_millis(400);

/// What is known of the mouse.
#[derive(Debug, Default)]
pub struct Pointer {
    /// Where and when it was clicked last, and how often there.
    last: Option<(Position, Duration, u8)>,
    /// The text in which its button went down, and is still.
    pub(crate) dragged: Option<Field>,
}

impl Pointer {
    /// The button went down; how often at this place: a fourth time counts as the first.
    pub(crate) fn down(&mut self, at: Position, now: Duration) -> u8 {
        self.dragged = None;
        let before = self
            .last
            .filter(|&(place, then, _)| place == at && now.saturating_sub(then) <= AGAIN);
        let count = before.map_or(1, |(.., count)| count % 3 + 1);
        self.last = Some((at, now, count));
        count
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clicks_are_counted_at_one_place_and_without_a_pause() {
        let mut pointer = Pointer::default();
        let mut down = |x, millis| pointer.down(Position::new(x, 3), Duration::from_millis(millis));
        assert_eq!(
            [down(1, 0), down(1, 300), down(1, 600), down(1, 900)],
            [1, 2, 3, 1]
        );
        assert_eq!([down(2, 1000), down(2, 1401), down(2, 1500)], [1, 1, 2]);
    }
}
