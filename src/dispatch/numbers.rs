//! The numbers of messages and drafts while the store's file may be written again, which gives them others.
//!
//! Whoever was given a number keeps it: it means the same message for as long as the program runs, and
//! never another one. A row whose number already means something else is known by a number of its own.
//!
//! ```text
//! the caller's number ── inside ──> the store's number
//!                     <─ outside ──
//! ```

use std::collections::HashMap;
use std::hash::Hash;

use crate::store::{DraftId, SendId};

/// A row's number.
pub trait Number: Copy + Eq + Hash {
    /// The number that is written so.
    fn of(number: i64) -> Self;

    /// The number as it is written.
    fn get(self) -> i64;
}

impl Number for SendId {
    fn of(number: i64) -> Self {
        Self(number)
    }

    fn get(self) -> i64 {
        self.0
    }
}

impl Number for DraftId {
    fn of(number: i64) -> Self {
        Self(number)
    }

    fn get(self) -> i64 {
        self.0
    }
}

/// The numbers that were given out, and the store's.
#[derive(Debug, Clone)]
pub struct Numbers<T> {
    inside: HashMap<T, T>,
    outside: HashMap<T, T>,
    /// The highest number of a file that is gone: above it the store's numbers are given out as they are.
    highest: i64,
    /// The highest number that was given out as it is.
    given: i64,
    /// The last of the numbers that no store has.
    own: i64,
}

impl<T> Default for Numbers<T> {
    fn default() -> Self {
        Self {
            inside: HashMap::new(),
            outside: HashMap::new(),
            highest: 0,
            given: 0,
            own: 0,
        }
    }
}

impl<T: Number> Numbers<T> {
    /// What no row has.
    const NOTHING: i64 = 0;

    /// The store's number of a row, by the number that was given out.
    pub fn inside(&self, number: T) -> T {
        match self.inside.get(&number) {
            Some(inside) => *inside,
            // It was in a file that is gone, and the one that is there does not have it.
            None if number.get() <= self.highest => T::of(Self::NOTHING),
            None => number,
        }
    }

    /// The number to give out, by the store's.
    pub fn outside(&mut self, number: T) -> T {
        match self.outside.get(&number) {
            Some(outside) => *outside,
            None if number.get() <= self.highest => {
                self.own -= 1;
                let own = T::of(self.own);
                self.inside.insert(own, number);
                self.outside.insert(number, own);
                own
            }
            None => {
                self.given = self.given.max(number.get());
                number
            }
        }
    }

    /// The store was written again: every row that it had, with the number it had and the one it has now.
    pub fn renumber(&mut self, rows: impl Iterator<Item = (T, T)>) {
        let was = std::mem::take(self);
        (self.highest, self.own) = (was.highest.max(was.given), was.own);
        for (before, now) in rows {
            self.highest = self.highest.max(before.get());
            let outside = was.outside.get(&before).copied();
            // Another number that is as low was never given out.
            let outside = outside.or((before.get() > was.highest).then_some(before));
            if let Some(outside) = outside {
                self.inside.insert(outside, now);
                self.outside.insert(now, outside);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn renumbered(rows: &[(i64, i64)]) -> Numbers<SendId> {
        let mut numbers = Numbers::default();
        renumber(&mut numbers, rows);
        numbers
    }

    fn renumber(numbers: &mut Numbers<SendId>, rows: &[(i64, i64)]) {
        numbers.renumber(rows.iter().map(|&(was, now)| (SendId(was), SendId(now))));
    }

    #[test]
    fn before_it_is_written_again_all_are_the_same() {
        let mut numbers = Numbers::default();
        assert_eq!(numbers.inside(SendId(7)), SendId(7));
        assert_eq!(numbers.outside(SendId(7)), SendId(7));
    }

    #[test]
    fn a_number_that_is_used_again_means_what_it_meant() {
        // Another message became the first one in the new file.
        let mut numbers = renumbered(&[(1, 2), (2, 3)]);
        assert_eq!(numbers.inside(SendId(1)), SendId(2));
        assert_eq!(numbers.inside(SendId(2)), SendId(3));
        assert_eq!(numbers.outside(SendId(2)), SendId(1));
        let other = numbers.outside(SendId(1));
        assert!(other.get() < 0);
        assert_eq!(numbers.outside(SendId(1)), other);
        assert_eq!(numbers.inside(other), SendId(1));
        // One that came after has a number that nothing had, but for the last of the old ones.
        assert_eq!(numbers.outside(SendId(4)), SendId(4));
        assert_eq!(numbers.outside(SendId(3)), SendId(2));
    }

    #[test]
    fn twice() {
        let mut numbers = renumbered(&[(1, 2)]);
        let other = numbers.outside(SendId(1));
        renumber(&mut numbers, &[(1, 5), (2, 6), (3, 3)]);
        assert_eq!(numbers.inside(other), SendId(5));
        assert_eq!(numbers.inside(SendId(1)), SendId(6));
        assert_eq!(numbers.inside(SendId(3)), SendId(3));
        let new = numbers.outside(SendId(1));
        assert!(new != other && new.get() < 0);
    }

    #[test]
    fn what_is_gone_is_no_other_message() {
        let mut numbers = Numbers::default();
        assert_eq!(numbers.outside(SendId(4)), SendId(4));
        renumber(&mut numbers, &[(1, 1), (3, 3)]);
        assert_eq!(numbers.inside(SendId(2)), SendId(0));
        assert_eq!(numbers.inside(SendId(4)), SendId(0));
        assert!(numbers.outside(SendId(4)).get() < 0);
        let other = numbers.outside(SendId(2));
        assert_eq!(numbers.inside(other), SendId(2));
        renumber(&mut numbers, &[(1, 1)]);
        assert_eq!(numbers.inside(other), SendId(0));
    }

    /// A number that nobody was given means nothing, even where the store before had it.
    #[test]
    fn what_was_never_given_out() {
        let mut numbers = renumbered(&[(1, 2)]);
        renumber(&mut numbers, &[(1, 4), (2, 5)]);
        assert_eq!(numbers.inside(SendId(1)), SendId(5));
        // Nothing was ever known by this one.
        assert_eq!(numbers.outside(SendId(4)), SendId(4));
        assert_eq!(numbers.inside(SendId(4)), SendId(4));
    }
}
