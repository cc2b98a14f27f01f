//! Huffman tables (T.81, B.2.4.2 and annex C), made for passing over AC coefficients quickly.

use super::bits::Bits;
use super::damaged;
use crate::thumbnail::Error;

/// The bits that are looked up at once.
const LOOK: u32 = 12;

/// The tables that a file has defined so far, each kind by its number (T.81, B.2.4.2).
#[derive(Default)]
pub(super) struct Tables {
    pub dc: [Option<Table>; 4],
    pub ac: [Option<Skips>; 4],
}

impl Tables {
    /// Reads a DHT segment; those for AC coefficients only where they are `wanted`.
    pub(super) fn read(&mut self, mut parameters: &[u8], ac_wanted: bool) -> Result<(), Error> {
        let too_short = || damaged("a Huffman table is too short");
        while let Some((&class_and_number, rest)) = parameters.split_first() {
            let (lengths, rest) = rest.split_first_chunk::<16>().ok_or_else(too_short)?;
            let count: usize = lengths.iter().copied().map(usize::from).sum();
            let values = rest.get(..count).ok_or_else(too_short)?;
            let number = usize::from(class_and_number & 15);
            match class_and_number >> 4 {
                0 if number < 4 => self.dc[number] = Some(Table::new(lengths, values)?),
                1 if number < 4 => {
                    if ac_wanted {
                        self.ac[number] = Some(Skips::new(Table::new(lengths, values)?));
                    }
                }
                _ => return Err(damaged("a Huffman table has an unknown number")),
            }
            parameters = &rest[count..];
        }
        Ok(())
    }
}

/// A Huffman code and the values of its words.
pub(super) struct Table {
    /// By the next [`LOOK`] bits: the length of the word that they begin with and its value; a
    /// length of 0 where the word is longer or there is none.
    short: Box<[(u8, u8); 1 << LOOK]>,
    /// By length: one more than the last word, moved to the left of 16 bits; 0 for none.
    limits: [u32; 17],
    /// By length: what is added to a word for the place of its value.
    offsets: [i32; 17],
    values: Vec<u8>,
}

impl Table {
    /// From the number of words of each length from 1 to 16 (T.81, C.2), and their values.
    fn new(lengths: &[u8; 16], values: &[u8]) -> Result<Self, Error> {
        let mut table = Self {
            short: Box::new([(0, 0); 1 << LOOK]),
            limits: [0; 17],
            offsets: [0; 17],
            values: values.to_owned(),
        };
        let mut word = 0_u32;
        let mut place = 0_usize;
        for (length, &count) in (1_u8..).zip(lengths) {
            let (width, count) = (u32::from(length), u32::from(count));
            if word + count > 1 << width {
                return Err(damaged("a Huffman table has too many words"));
            }
            table.offsets[usize::from(length)] = offset(place, word);
            for _ in 0..count {
                if width <= LOOK {
                    let first = (word << (LOOK - width)) as usize;
                    let entries = &mut table.short[first..first + (1 << (LOOK - width))];
                    entries.fill((length, values[place]));
                }
                word += 1;
                place += 1;
            }
            table.limits[usize::from(length)] = word << (16 - width);
            word <<= 1;
        }
        Ok(table)
    }

    /// The next word's value (T.81, F.2.2.3); `None` for what is no word. The bits are filled.
    #[inline]
    pub(super) fn decode(&self, bits: &mut Bits) -> Option<u8> {
        let (length, value) = self.short[bits.peek(LOOK)];
        if length == 0 {
            return self.decode_long(bits);
        }
        bits.skip(length.into());
        Some(value)
    }

    #[cold]
    fn decode_long(&self, bits: &mut Bits) -> Option<u8> {
        let next = u32::try_from(bits.peek(16)).ok()?;
        let length = (LOOK + 1..=16).find(|&length| next < self.limits[length as usize])?;
        let word = i32::try_from(next >> (16 - length)).ok()?;
        bits.skip(length);
        let place = usize::try_from(word + self.offsets[length as usize]).ok()?;
        self.values.get(place).copied()
    }
}

/// What is added to a word of a length for the place of its value, when the first of the length
/// has this place.
fn offset(place: usize, first_word: u32) -> i32 {
    // Both are below 2¹⁷.
    i32::try_from(place).unwrap_or(0) - i32::try_from(first_word).unwrap_or(0)
}

/// A Huffman code for AC coefficients, and what several of its words in a row come to.
pub(super) struct Skips {
    table: Table,
    several: Box<[Skip; 1 << LOOK]>,
}

/// What the coefficients at the beginning of some bits come to (T.81, F.1.2.2).
#[derive(Clone, Copy, Default)]
struct Skip {
    /// The bits of their words and values; 0 where not one of them is whole.
    bits: u8,
    /// How many coefficients they are, zeros among them.
    coefficients: u8,
    /// Whether the block ends behind them.
    ends: bool,
}

impl Skips {
    fn new(table: Table) -> Self {
        let mut several = Box::new([Skip::default(); 1 << LOOK]);
        for (next, skip) in several.iter_mut().enumerate() {
            *skip = Skip::of(&table, next);
        }
        Self { table, several }
    }

    /// Passes over the 63 AC coefficients of a block (T.81, F.2.2.2); `None` where they are
    /// damaged.
    #[inline]
    pub(super) fn pass_block(&self, bits: &mut Bits) -> Option<()> {
        let mut left = 63;
        while left > 0 {
            bits.fill();
            let skip = self.several[bits.peek(LOOK)];
            // The last coefficient has no end of the block behind it: what looks like one is of the
            // next block.
            if skip.bits > 0 && skip.coefficients + u8::from(skip.ends) <= left {
                bits.skip(skip.bits.into());
                left -= skip.coefficients;
                if skip.ends {
                    break;
                }
                continue;
            }
            let one = Skip::one(self.table.decode(bits)?)?;
            bits.skip(one.bits.into());
            if one.ends {
                break;
            }
            left = left.checked_sub(one.coefficients)?;
        }
        Some(())
    }
}

impl Skip {
    /// What a word stands for, without its own bits: a run of zeros and the size of the value
    /// behind them. `None` for a size beyond that of 8-bit samples (T.81, table F.2).
    fn one(value: u8) -> Option<Self> {
        let (run, size) = (value >> 4, value & 15);
        match (run, size) {
            (15, 0) => Some(Self {
                coefficients: 16,
                ..Self::default()
            }),
            (_, 0) => Some(Self {
                ends: true,
                ..Self::default()
            }),
            (_, 11..) => None,
            _ => Some(Self {
                bits: size,
                coefficients: run + 1,
                ends: false,
            }),
        }
    }

    /// What can be passed over at the beginning of [`LOOK`] bits.
    fn of(table: &Table, next: usize) -> Self {
        let mut sum = Self::default();
        while !sum.ends && sum.coefficients < 63 {
            let rest = (next << sum.bits) & ((1 << LOOK) - 1);
            let (length, value) = table.short[rest];
            let Some(one) = Self::one(value).filter(|_| length > 0) else {
                break;
            };
            let used = sum.bits + length + one.bits;
            if u32::from(used) > LOOK || sum.coefficients + one.coefficients > 63 {
                break;
            }
            sum = Self {
                bits: used,
                coefficients: sum.coefficients + one.coefficients,
                ends: one.ends,
            };
        }
        sum
    }
}
