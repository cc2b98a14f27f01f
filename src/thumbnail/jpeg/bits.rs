//! The bits of entropy-coded data, most significant first (T.81, F.2.2.5).

use super::segments::marker;

/// The most bits that are read or looked at between two calls of [`Bits::fill`].
pub(super) const FILLED: u32 = 32;

/// Reads bits, takes out what stuffs them (T.81, B.1.1.5), and stops at a marker. Behind the last
/// bit come zeros, and [`Bits::is_exhausted`] tells when some were used.
pub(super) struct Bits<'a> {
    data: &'a [u8],
    /// The byte that comes next.
    at: usize,
    /// The next bits, from the most significant down. Those beyond `count` are of the bytes at `at`.
    next: u64,
    count: u32,
    /// How many zeros were put behind the last bit.
    zeros: u32,
}

impl<'a> Bits<'a> {
    pub(super) const fn new(data: &'a [u8], at: usize) -> Self {
        Self {
            data,
            at,
            next: 0,
            count: 0,
            zeros: 0,
        }
    }

    /// Sees to it that [`FILLED`] bits can be looked at.
    #[inline]
    pub(super) fn fill(&mut self) {
        if self.count < FILLED {
            self.fill_up();
        }
    }

    #[inline]
    fn fill_up(&mut self) {
        if let Some((bytes, _)) = self.data.get(self.at..).and_then(<[u8]>::split_first_chunk) {
            let word = u64::from_be_bytes(*bytes);
            // A byte FF among them? It is the only one whose complement is 0.
            let complement = !word;
            let zero =
                complement.wrapping_sub(0x0101_0101_0101_0101) & word & 0x8080_8080_8080_8080;
            if zero == 0 {
                self.next |= word >> self.count;
                let taken = (64 - self.count) / 8;
                self.at += taken as usize;
                self.count += 8 * taken;
                return;
            }
        }
        self.fill_bytes();
    }

    #[cold]
    fn fill_bytes(&mut self) {
        while self.count <= 56 {
            let byte = match (self.data.get(self.at), self.data.get(self.at + 1)) {
                (Some(0xff), Some(0)) => {
                    self.at += 2;
                    0xff
                }
                // A marker, or FF at the end of the file.
                (None | Some(0xff), _) => {
                    self.zeros += 64 - self.count;
                    self.count = 64;
                    return;
                }
                (Some(&byte), _) => {
                    self.at += 1;
                    byte
                }
            };
            self.next |= u64::from(byte) << (56 - self.count);
            self.count += 8;
        }
    }

    /// The next `count` bits, which stay; at most [`FILLED`] since the last fill, and at least 1.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "no more bits are left than are asked for"
    )]
    #[inline]
    pub(super) const fn peek(&self, count: u32) -> usize {
        (self.next >> (64 - count)) as usize
    }

    /// Passes over bits, at most those that were filled.
    #[inline]
    pub(super) const fn skip(&mut self, count: u32) {
        self.next <<= count;
        self.count -= count;
    }

    /// The next bits as a number; 0 for none of them.
    #[inline]
    pub(super) const fn take(&mut self, count: u32) -> i32 {
        let value = (self.next >> 32) >> (32 - count);
        self.skip(count);
        value as i32
    }

    /// Whether bits were used that are not there.
    #[inline]
    pub(super) const fn is_exhausted(&self) -> bool {
        self.zeros > self.count
    }

    /// Goes on behind the next restart marker (T.81, F.2.2.4); `None` where there is none. What is
    /// left of the bits in front of it goes.
    pub(super) fn restart(&mut self) -> Option<u8> {
        loop {
            self.at += memchr::memchr(0xff, self.data.get(self.at..)?)?;
            match *self.data.get(self.at + 1)? {
                0x00 => self.at += 2,
                0xff => self.at += 1,
                second if marker::RST.contains(&second) => {
                    *self = Self::new(self.data, self.at + 2);
                    return Some(second & 7);
                }
                _ => return None,
            }
        }
    }

    /// Where the byte is that comes next: no entropy-coded data ends before it.
    pub(super) const fn at(&self) -> usize {
        self.at
    }
}
