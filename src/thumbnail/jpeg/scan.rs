//! A scan: its header, and the DC coefficients in its entropy-coded data.

use super::bits::Bits;
use super::header::{Frame, Process};
use super::huffman::{Skips, Table, Tables};
use super::{Size, Stop, damaged};
use crate::thumbnail::Error;

/// The units between two looks at whether to stop.
const UNITS_A_LOOK: u64 = 1 << 12;

/// A scan header (T.81, B.2.3), of a scan that has DC coefficients.
pub(super) struct Scan {
    pub parts: Vec<Part>,
    pub kind: Kind,
}

/// A component in a scan, and its Huffman tables.
pub(super) struct Part {
    pub plane: usize,
    dc: usize,
    ac: usize,
}

#[derive(Clone, Copy)]
pub(super) enum Kind {
    /// All coefficients (T.81, F.2).
    Sequential,
    /// The upper bits of DC coefficients, without so many of the lower ones (T.81, G.1.2.1).
    First(u8),
    /// One more bit of them, with so many still to come.
    Refinement(u8),
}

impl Scan {
    /// `None` for a scan of AC coefficients.
    pub(super) fn read(parameters: &[u8], frame: &Frame) -> Result<Option<Self>, Error> {
        let too_short = || damaged("a scan's header is too short");
        let (&count, rest) = parameters.split_first().ok_or_else(too_short)?;
        let (parts, rest) = rest
            .split_at_checked(2 * usize::from(count))
            .ok_or_else(too_short)?;
        let &[start, _, approximation, ..] = rest else {
            return Err(too_short());
        };
        let kind = match frame.process {
            Process::Sequential => Kind::Sequential,
            Process::Progressive if start > 0 => return Ok(None),
            Process::Progressive => match (approximation >> 4, approximation & 15) {
                (0, low @ ..14) => Kind::First(low),
                (high @ ..14, low) if low + 1 == high => Kind::Refinement(low),
                _ => return Err(damaged("a scan's header gives an impossible precision")),
            },
        };
        let parts = parts.chunks_exact(2).map(|part| {
            let plane = frame.components.iter().position(|c| c.id == part[0]);
            let plane = plane.ok_or_else(|| damaged("a scan is of an unknown component"))?;
            let (dc, ac) = ((part[1] >> 4).into(), (part[1] & 15).into());
            Ok(Part { plane, dc, ac })
        });
        let parts: Vec<Part> = parts.collect::<Result<_, _>>()?;
        if parts.is_empty() || parts.len() > frame.components.len() {
            return Err(damaged("a scan has an impossible number of components"));
        }
        Ok(Some(Self { parts, kind }))
    }
}

/// How the DC coefficient of a block is read.
#[derive(Clone, Copy)]
pub(super) enum Code<'a> {
    Sequential(&'a Table, &'a Skips),
    First(&'a Table, u8),
    Refinement(u8),
}

impl Kind {
    /// With the tables that a component uses.
    pub(super) fn code<'a>(self, tables: &'a Tables, part: &Part) -> Result<Code<'a>, Error> {
        let missing = || damaged("a Huffman table is missing");
        let dc = tables.dc.get(part.dc).and_then(Option::as_ref);
        let ac = tables.ac.get(part.ac).and_then(Option::as_ref);
        Ok(match self {
            Self::Sequential => Code::Sequential(dc.ok_or_else(missing)?, ac.ok_or_else(missing)?),
            Self::First(low) => Code::First(dc.ok_or_else(missing)?, low),
            Self::Refinement(low) => Code::Refinement(low),
        })
    }
}

/// A component while its scan is read.
pub(super) struct Reader<'a> {
    code: Code<'a>,
    /// The DC coefficient of the block before (T.81, F.2.1.3.1).
    before: i32,
    blocks: Vec<i16>,
    /// Blocks in a row.
    stride: usize,
    /// The blocks of a unit, across and down.
    unit: (usize, usize),
}

impl<'a> Reader<'a> {
    pub(super) const fn new(
        code: Code<'a>,
        blocks: Vec<i16>,
        stride: usize,
        unit: (usize, usize),
    ) -> Self {
        Self {
            code,
            before: 0,
            blocks,
            stride,
            unit,
        }
    }

    pub(super) fn into_blocks(self) -> Vec<i16> {
        self.blocks
    }

    /// Reads the blocks of a unit; `None` where they are damaged.
    #[inline]
    fn read_unit(&mut self, (column, row): (usize, usize), bits: &mut Bits) -> Option<()> {
        let (across, down) = self.unit;
        for y in 0..down {
            let first = (row * down + y) * self.stride + column * across;
            for block in self.blocks.get_mut(first..first + across)? {
                match self.code {
                    Code::Sequential(dc, ac) => {
                        self.before = self.before.wrapping_add(difference(dc, bits)?);
                        *block = saturated(self.before);
                        ac.pass_block(bits)?;
                    }
                    Code::First(dc, low) => {
                        self.before = self.before.wrapping_add(difference(dc, bits)?);
                        *block = saturated(self.before.wrapping_shl(low.into()));
                    }
                    Code::Refinement(low) => {
                        bits.fill();
                        *block |= saturated(bits.take(1) << low);
                    }
                }
            }
        }
        Some(())
    }
}

/// What a DC coefficient differs by from the one before (T.81, F.2.2.1); `None` where it is
/// damaged, or bigger than one of 8-bit samples (table F.1).
#[inline]
fn difference(table: &Table, bits: &mut Bits) -> Option<i32> {
    bits.fill();
    let size = table.decode(bits)?;
    if size > 11 {
        return None;
    }
    let value = bits.take(size.into());
    // EXTEND, in figure F.12
    let least = (1 << size) >> 1;
    Some(if value < least {
        value + 1 - (1 << size)
    } else {
        value
    })
}

fn saturated(value: i32) -> i16 {
    i16::try_from(value).unwrap_or(if value < 0 { i16::MIN } else { i16::MAX })
}

/// Reads a scan's units, and says how many there were.
pub(super) fn read(
    units: Size,
    readers: &mut [Reader],
    bits: &mut Bits,
    restart_interval: u32,
    stop: &Stop,
) -> Result<u64, Error> {
    let mut done = 0;
    let mut left = restart_interval;
    let mut restarts = 0;
    for row in 0..units.height as usize {
        for column in 0..units.width as usize {
            if restart_interval > 0 {
                if left == 0 {
                    match bits.restart() {
                        None => return Ok(done),
                        // They are numbered modulo 8 (T.81, E.1.4).
                        Some(number) if number != restarts % 8 => {
                            return Err(damaged("its restart markers are out of order"));
                        }
                        Some(_) => {}
                    }
                    restarts = (restarts + 1) % 8;
                    left = restart_interval;
                    for reader in &mut *readers {
                        reader.before = 0;
                    }
                }
                left -= 1;
            }
            for reader in &mut *readers {
                let read = reader.read_unit((column, row), bits);
                if bits.is_exhausted() {
                    return Ok(done);
                }
                if read.is_none() {
                    let percent = done * 100 / units.pixels().max(1);
                    let what = format!("its coded data break off after {percent} %");
                    return Err(damaged(what));
                }
            }
            done += 1;
            if done.is_multiple_of(UNITS_A_LOOK) {
                stop.check()?;
            }
        }
    }
    Ok(done)
}
