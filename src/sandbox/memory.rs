//! What the sandbox remembers: the newest of each list, bounded in number and in bytes.

use std::collections::VecDeque;

/// How many entries are remembered.
const MOST: usize = 1000;

/// How many bytes they may have together.
const MOST_BYTES: usize = 4 << 20;

/// The newest entries, oldest first.
#[derive(Debug)]
pub(super) struct Memory<T> {
    entries: VecDeque<(T, usize)>,
    bytes: usize,
}

impl<T> Default for Memory<T> {
    fn default() -> Self {
        Self {
            entries: VecDeque::new(),
            bytes: 0,
        }
    }
}

impl<T> Memory<T> {
    /// Remembers an entry of so many bytes, and forgets the oldest ones where there are too many.
    pub(super) fn push(&mut self, entry: T, bytes: usize) {
        self.bytes += bytes;
        self.entries.push_back((entry, bytes));
        while self.entries.len() > MOST || self.bytes > MOST_BYTES && self.entries.len() > 1 {
            let forgotten = self.entries.pop_front();
            self.bytes -= forgotten.map_or(0, |(_, bytes)| bytes);
        }
    }

    /// The entries, oldest first.
    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = &T> {
        self.entries.iter().map(|(entry, _)| entry)
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Forgets everything.
    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_are_kept_by_number() {
        let mut memory = Memory::default();
        (0..1005).for_each(|number| memory.push(number, 1));
        let kept: Vec<u32> = memory.iter().copied().collect();
        assert_eq!(kept, (5..1005).collect::<Vec<_>>());
    }

    #[test]
    fn the_newest_are_kept_by_size() {
        let mut memory = Memory::default();
        (0..450).for_each(|number| memory.push(number, 1 << 20));
        assert_eq!(
            memory.iter().copied().collect::<Vec<_>>(),
            [446, 447, 448, 449]
        );
        memory.push(450, 5 << 20);
        assert_eq!(memory.len(), 1, "one that is too large alone is kept");
        memory.clear();
        assert_eq!((memory.len(), memory.bytes), (0, 0));
    }
}
