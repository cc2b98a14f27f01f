//! What the markers say before anything is decoded: size, kind, scans, orientation, profile, and
//! whether the end is there.

use image::metadata::Orientation;

use super::segments::{Segments, marker};
use super::{Format, Size, check_pixels, damaged, unsupported};
use crate::thumbnail::Error;

/// The bytes of Huffman tables at the most: a table takes a hundred or so, and microseconds to build.
const MAX_TABLES: usize = 1 << 18;

/// The biggest profile that is put together from its parts, in bytes.
const MAX_PROFILE: usize = 4 << 20;

pub(super) struct Header {
    pub frame: Frame,
    /// How samples are coded, as APP14 of Adobe says.
    pub adobe: Option<u8>,
    pub has_jfif: bool,
    pub orientation: Orientation,
    pub profile: Option<Vec<u8>>,
    /// Whether the marker of the end was seen.
    pub ended: bool,
    /// How many scans there are.
    pub scans: u32,
    /// Where what is decoded at the most ends, in bytes.
    pub end: usize,
}

/// A frame header (T.81, B.2.2).
pub(super) struct Frame {
    pub process: Process,
    pub size: Size,
    pub components: Vec<Component>,
}

/// How coefficients are coded; both with Huffman codes and 8 bits a sample.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Process {
    /// Baseline and extended sequential (SOF0, SOF1).
    Sequential,
    /// Progressive (SOF2).
    Progressive,
}

#[derive(Clone, Copy)]
pub(super) struct Component {
    pub id: u8,
    pub horizontal: u8,
    pub vertical: u8,
    /// Which quantization table.
    pub table: u8,
}

impl Header {
    /// Walks all markers, and refuses what is not to be decoded as soon as it is seen.
    pub(super) fn read(data: &[u8], max_scans: u32) -> Result<Self, Error> {
        let mut segments = Segments::new(data);
        let mut frame = None;
        let (mut adobe, mut has_jfif, mut ended) = (None, false, false);
        let mut orientation = None;
        let mut profile = Profile::default();
        let (mut scans, mut end) = (0, data.len());
        let mut tables = 0;
        while let Some(segment) = segments.next()? {
            let parameters = segment.parameters;
            match segment.marker {
                marker::EOI => {
                    ended = true;
                    end = end.min(segment.end);
                    break;
                }
                marker::SOS => {
                    if frame.is_none() {
                        return Err(damaged("a scan comes before the frame's header"));
                    }
                    scans += 1;
                    if scans == max_scans + 1 {
                        end = segment.at;
                    }
                }
                marker::DHT => {
                    tables += parameters.len();
                    if tables > MAX_TABLES {
                        return Err(damaged("it has more Huffman tables than any picture needs"));
                    }
                }
                0xc0..=0xc7 | 0xc9..=0xcf | 0xde => {
                    if frame.is_some() {
                        return Err(damaged("it has a second frame header"));
                    }
                    frame = Some(Frame::read(segment.marker, parameters)?);
                }
                0xe0 => has_jfif |= parameters.starts_with(b"JFIF\0"),
                marker::APP1 => {
                    if let Some(exif) = parameters.strip_prefix(b"Exif\0\0") {
                        orientation = orientation.or_else(|| Orientation::from_exif_chunk(exif));
                    }
                }
                marker::APP2 => {
                    if let Some(part) = parameters.strip_prefix(b"ICC_PROFILE\0") {
                        profile.add(part);
                    }
                }
                // T.872, 6.5.3: "Adobe", version, two flags, and the transform.
                marker::APP14 if parameters.starts_with(b"Adobe") => {
                    adobe = adobe.or_else(|| parameters.get(11).copied());
                }
                _ => {}
            }
        }
        let Some(frame) = frame else {
            return Err(if ended {
                damaged("there is no picture in it")
            } else {
                cut_off()
            });
        };
        if scans == 0 && ended {
            return Err(damaged("there is no picture in it"));
        }
        Ok(Self {
            frame,
            adobe,
            has_jfif,
            orientation: orientation.unwrap_or(Orientation::NoTransforms),
            profile: profile.whole(),
            ended,
            scans,
            end,
        })
    }
}

fn cut_off() -> Error {
    Error::CutOff {
        format: Format::Jpeg,
        percent: 0,
    }
}

impl Frame {
    fn read(marker: u8, parameters: &[u8]) -> Result<Self, Error> {
        let process = match marker {
            0xc0 | 0xc1 => Process::Sequential,
            0xc2 => Process::Progressive,
            0xc3 => return Err(unsupported("is a lossless one")),
            0xc9 | 0xca | 0xcc => return Err(unsupported("uses arithmetic coding")),
            0xcb => return Err(unsupported("is a lossless one with arithmetic coding")),
            _ => return Err(unsupported("is a hierarchical one")),
        };
        let &[precision, y1, y0, x1, x0, count, ref rest @ ..] = parameters else {
            return Err(damaged("its frame header is too short"));
        };
        let size = Size::new(
            u16::from_be_bytes([x1, x0]).into(),
            u16::from_be_bytes([y1, y0]).into(),
        );
        match precision {
            8 => {}
            12 => return Err(unsupported("has 12 bits a sample")),
            _ => return Err(damaged("its frame header gives an unknown precision")),
        }
        if size.height == 0 && size.width > 0 {
            return Err(unsupported("tells its height only at its end"));
        }
        check_pixels(Format::Jpeg, size)?;
        if !matches!(count, 1 | 3 | 4) {
            return Err(unsupported("has neither one nor three nor four components"));
        }
        let components = rest.chunks_exact(3).take(count.into()).map(|component| {
            let (horizontal, vertical) = (component[1] >> 4, component[1] & 15);
            if !(1..=4).contains(&horizontal) || !(1..=4).contains(&vertical) {
                return Err(damaged("its frame header gives an impossible sampling"));
            }
            Ok(Component {
                id: component[0],
                horizontal,
                vertical,
                table: component[2],
            })
        });
        let components: Vec<Component> = components.collect::<Result<_, _>>()?;
        if components.len() < count.into() {
            return Err(damaged("its frame header is too short"));
        }
        Ok(Self {
            process,
            size,
            components,
        })
    }
}

/// An ICC profile, which comes in numbered parts (ICC.1, annex B.4).
#[derive(Default)]
struct Profile<'a> {
    parts: Vec<(u8, &'a [u8])>,
    bytes: usize,
}

impl<'a> Profile<'a> {
    fn add(&mut self, part: &'a [u8]) {
        if let [number, _, data @ ..] = part {
            self.parts.push((*number, data));
            self.bytes += data.len();
        }
    }

    /// The parts in their order. What they come to is looked at by those who use it.
    fn whole(mut self) -> Option<Vec<u8>> {
        if self.parts.is_empty() {
            return None;
        }
        if self.bytes > MAX_PROFILE {
            return Some(Vec::new());
        }
        self.parts.sort_by_key(|(number, _)| *number);
        Some(
            self.parts
                .iter()
                .flat_map(|(_, data)| *data)
                .copied()
                .collect(),
        )
    }
}
