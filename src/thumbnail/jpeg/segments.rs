//! The marker segments of a JPEG, one after the other (T.81, B.1.1).

use super::damaged;
use crate::thumbnail::Error;

/// Markers by their second byte (T.81, table B.1).
pub(super) mod marker {
    pub(in super::super) const DHT: u8 = 0xc4;
    pub(in super::super) const SOI: u8 = 0xd8;
    pub(in super::super) const EOI: u8 = 0xd9;
    pub(in super::super) const SOS: u8 = 0xda;
    pub(in super::super) const DQT: u8 = 0xdb;
    pub(in super::super) const DRI: u8 = 0xdd;
    pub(in super::super) const RST: std::ops::RangeInclusive<u8> = 0xd0..=0xd7;
    pub(in super::super) const APP1: u8 = 0xe1;
    pub(in super::super) const APP2: u8 = 0xe2;
    pub(in super::super) const APP14: u8 = 0xee;
}

/// The segments that are read at the most; a file of nothing else could hold ten million.
const MAX_SEGMENTS: u32 = 20_000;

/// A marker, and the parameters of its segment.
pub(super) struct Segment<'a> {
    pub marker: u8,
    pub parameters: &'a [u8],
    /// Where it begins, in bytes from the file's beginning.
    pub at: usize,
    /// Where it ends: behind SOS, entropy-coded data begins here.
    pub end: usize,
}

/// Reads segment after segment, and passes over entropy-coded data.
pub(super) struct Segments<'a> {
    data: &'a [u8],
    at: usize,
    count: u32,
}

impl<'a> Segments<'a> {
    /// The segments behind SOI.
    pub(super) const fn new(data: &'a [u8]) -> Self {
        let (at, count) = (2, 0);
        Self { data, at, count }
    }

    /// The next segment; `None` where the file ends, in the middle of a segment too.
    pub(super) fn next(&mut self) -> Result<Option<Segment<'a>>, Error> {
        let Some(at) = find_marker(self.data, self.at) else {
            self.at = self.data.len();
            return Ok(None);
        };
        self.count += 1;
        if self.count > MAX_SEGMENTS {
            return Err(damaged(format!("it has more than {MAX_SEGMENTS} segments")));
        }
        let marker = self.data[at + 1];
        let behind = at + 2;
        let mut segment = Segment {
            marker,
            parameters: &[],
            at,
            end: behind,
        };
        // SOI and EOI stand alone, as TEM and what is reserved below C0 do.
        if !matches!(marker, ..0xc0 | marker::SOI | marker::EOI) {
            let Some(&[high, low]) = self.data.get(behind..behind + 2) else {
                self.at = self.data.len();
                return Ok(None);
            };
            let length = usize::from(u16::from_be_bytes([high, low]));
            if length < 2 {
                let what = format!("its {} segment has a length of {length}", name(marker));
                return Err(damaged(what));
            }
            segment.end = behind + length;
            let Some(parameters) = self.data.get(behind + 2..segment.end) else {
                self.at = self.data.len();
                return Ok(None);
            };
            segment.parameters = parameters;
        }
        self.at = segment.end;
        Ok(Some(segment))
    }

    /// Goes on behind what has been read otherwise.
    pub(super) fn skip_to(&mut self, at: usize) {
        self.at = self.at.max(at);
    }
}

/// The next marker at or behind `from`, but for those that belong to entropy-coded data: 00, which
/// stuffs a byte FF, and the restart markers (T.81, B.1.1.5). FF may fill up in front of a marker.
pub(super) fn find_marker(data: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += memchr::memchr(0xff, data.get(at..)?)?;
        match *data.get(at + 1)? {
            0x00 => at += 2,
            0xff => at += 1,
            second if marker::RST.contains(&second) => at += 2,
            _ => return Some(at),
        }
    }
}

/// A marker's name (T.81, table B.1).
fn name(marker: u8) -> String {
    match marker {
        marker::DHT => "DHT".to_owned(),
        marker::SOS => "SOS".to_owned(),
        marker::DQT => "DQT".to_owned(),
        marker::DRI => "DRI".to_owned(),
        0xc0..=0xcf => format!("SOF{}", marker - 0xc0),
        0xe0..=0xef => format!("APP{}", marker - 0xe0),
        0xfe => "COM".to_owned(),
        other => format!("FF{other:02X}"),
    }
}
