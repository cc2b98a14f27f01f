//! Decodes the DC coefficients alone: each is eight times the mean of a block of 8×8 samples
//! (T.81, A.3.3), so that together they are the picture at an eighth of its size.
//!
//! Sequential files are Huffman-decoded to their end, with everything but the DC coefficients passed
//! over; of progressive ones only the scans with DC coefficients are looked at.

use image::RgbImage;

use super::bits::Bits;
use super::header::{Component, Frame, Header, Process};
use super::huffman::Tables;
use super::scan::{self, Kind, Reader, Scan};
use super::segments::{Segments, marker};
use super::{Size, Stop, damaged};
use crate::thumbnail::Error;
use crate::thumbnail::colour::ColourModel;
use crate::thumbnail::scale::resample;

impl Size {
    /// The picture in blocks of 8×8.
    pub(super) const fn eighth(self) -> Self {
        Self::new(self.width.div_ceil(8), self.height.div_ceil(8))
    }
}

/// The picture at an eighth of its size, a plane a component.
pub(super) struct Eighth {
    planes: Vec<Plane>,
    model: ColourModel,
}

/// The DC coefficients of a component.
struct Plane {
    component: Component,
    /// In blocks, without those that only fill up the last units (T.81, A.2.4).
    size: Size,
    /// Blocks in a row, with those that fill up.
    stride: usize,
    /// The coefficients, before they are multiplied with `quantum`.
    blocks: Vec<i16>,
    /// The DC coefficient's divisor (T.81, A.3.4).
    quantum: u16,
    /// How many bits of the coefficients are still to come (T.81, G.1.2.1); `None` before any.
    missing_bits: Option<u8>,
    /// How much of it there is.
    percent: u8,
}

/// Decodes the DC coefficients; what is missing at the end is grey.
pub(super) fn decode(data: &[u8], header: &Header, stop: &Stop) -> Result<Eighth, Error> {
    let frame = &header.frame;
    let mut decoder = Decoder {
        frame,
        planes: frame
            .components
            .iter()
            .map(|c| Plane::new(*c, frame))
            .collect(),
        tables: Tables::default(),
        quanta: [None; 4],
        restart_interval: 0,
        stop,
    };
    let mut segments = Segments::new(data);
    while let Some(segment) = segments.next()? {
        stop.check()?;
        match segment.marker {
            marker::EOI => break,
            marker::DQT => decoder.read_quanta(segment.parameters)?,
            marker::DHT => {
                let ac_wanted = frame.process == Process::Sequential;
                decoder.tables.read(segment.parameters, ac_wanted)?;
            }
            marker::DRI => {
                let Some(interval) = segment.parameters.first_chunk() else {
                    return Err(damaged("its restart interval is too short"));
                };
                decoder.restart_interval = u16::from_be_bytes(*interval).into();
            }
            marker::SOS => {
                if let Some(scan) = Scan::read(segment.parameters, frame)? {
                    let mut bits = Bits::new(data, segment.end);
                    decoder.scan(&scan, &mut bits)?;
                    segments.skip_to(bits.at());
                    if decoder.is_done() {
                        break;
                    }
                }
            }
            _ => {}
        }
    }
    Ok(Eighth {
        planes: decoder.planes,
        model: model(header),
    })
}

/// What the components are: what APP14 says (T.872, 6.5.3), else what is usual.
fn model(header: &Header) -> ColourModel {
    let ids: Vec<u8> = header.frame.components.iter().map(|c| c.id).collect();
    match (ids.as_slice(), header.adobe) {
        ([_], _) => ColourModel::Grey,
        ([_, _, _], Some(0)) => ColourModel::Rgb,
        (b"RGB", None) if !header.has_jfif => ColourModel::Rgb,
        ([_, _, _], _) => ColourModel::YCbCr,
        (_, Some(2)) => ColourModel::InvertedYcck,
        (_, Some(_)) => ColourModel::InvertedCmyk,
        (_, None) => ColourModel::Cmyk,
    }
}

impl Eighth {
    /// How much of the picture there is.
    pub(super) fn percent(&self) -> u8 {
        self.planes
            .iter()
            .map(|plane| plane.percent)
            .min()
            .unwrap_or(0)
    }

    /// The picture in a size, in RGB.
    pub(super) fn into_rgb(self, to: Size) -> RgbImage {
        let planes = self.planes.into_iter().map(|plane| plane.into_samples(to));
        let planes: Vec<Vec<u8>> = planes.collect();
        self.model.to_rgb(&planes, to)
    }
}

impl Plane {
    fn new(component: Component, frame: &Frame) -> Self {
        let most = |of: fn(&Component) -> u8| frame.components.iter().map(of).max().unwrap_or(1);
        let (most_h, most_v) = (most(|c| c.horizontal).into(), most(|c| c.vertical).into());
        let (h, v) = (
            u32::from(component.horizontal),
            u32::from(component.vertical),
        );
        let units = frame.units();
        // T.81, A.1.1
        let samples = Size::new(
            (frame.size.width * h).div_ceil(most_h),
            (frame.size.height * v).div_ceil(most_v),
        );
        let stride = (units.width * h) as usize;
        Self {
            component,
            size: samples.eighth(),
            stride,
            blocks: vec![0; stride * (units.height * v) as usize],
            quantum: 0,
            missing_bits: None,
            percent: 0,
        }
    }

    /// Checks that a scan may come now, and remembers what it brings.
    fn begin(&mut self, kind: Kind, quanta: &[Option<u16>; 4]) -> Result<(), Error> {
        let missing = match (kind, self.missing_bits) {
            (Kind::Sequential, None) => 0,
            (Kind::First(low), None) => low,
            (Kind::Refinement(low), Some(missing)) if missing == low + 1 => low,
            _ => return Err(damaged("its scans are out of order")),
        };
        if self.missing_bits.is_none() {
            let quantum = quanta.get(usize::from(self.component.table)).copied();
            let quantum = quantum.flatten();
            self.quantum = quantum.ok_or_else(|| damaged("a quantization table is missing"))?;
        }
        self.missing_bits = Some(missing);
        Ok(())
    }

    /// The mean of each block as a sample (T.81, A.3.1 and A.3.3), in another size.
    fn into_samples(self, to: Size) -> Vec<u8> {
        let quantum = i32::from(self.quantum);
        let mut samples = Vec::with_capacity(self.size.pixels().try_into().unwrap_or(0));
        let rows = self.blocks.chunks_exact(self.stride);
        for row in rows.take(self.size.height as usize) {
            samples.extend(row[..self.size.width as usize].iter().map(|&dc| {
                let mean = (i32::from(dc) * quantum + 4).div_euclid(8) + 128;
                u8::try_from(mean.clamp(0, 255)).unwrap_or(0)
            }));
        }
        drop(self.blocks);
        resample::<1>(&samples, self.size, to)
    }
}

impl Frame {
    /// The picture in minimum coded units of all components (T.81, A.2.3).
    fn units(&self) -> Size {
        let most = |of: fn(&Component) -> u8| self.components.iter().map(of).max().unwrap_or(1);
        Size::new(
            self.size
                .width
                .div_ceil(8 * u32::from(most(|c| c.horizontal))),
            self.size
                .height
                .div_ceil(8 * u32::from(most(|c| c.vertical))),
        )
    }
}

/// What is known between two segments.
struct Decoder<'a> {
    frame: &'a Frame,
    planes: Vec<Plane>,
    tables: Tables,
    /// The first divisor of each quantization table.
    quanta: [Option<u16>; 4],
    /// Minimum coded units between two restart markers; 0 for none.
    restart_interval: u32,
    stop: &'a Stop<'a>,
}

impl Decoder<'_> {
    /// Reads a DQT segment (T.81, B.2.4.1).
    fn read_quanta(&mut self, mut parameters: &[u8]) -> Result<(), Error> {
        while let Some((&precision_and_number, rest)) = parameters.split_first() {
            let wide = precision_and_number >> 4 != 0;
            let number = usize::from(precision_and_number & 15);
            let bytes = if wide { 128 } else { 64 };
            let (table, rest) = rest
                .split_at_checked(bytes)
                .ok_or_else(|| damaged("a quantization table is too short"))?;
            let first = if wide {
                u16::from_be_bytes([table[0], table[1]])
            } else {
                table[0].into()
            };
            let quantum = self.quanta.get_mut(number);
            *quantum.ok_or_else(|| damaged("a quantization table has an unknown number"))? =
                Some(first);
            parameters = rest;
        }
        Ok(())
    }

    /// Whether there is nothing more to come.
    fn is_done(&self) -> bool {
        self.planes
            .iter()
            .all(|plane| plane.missing_bits == Some(0))
    }

    /// Reads the entropy-coded data of a scan.
    fn scan(&mut self, scan: &Scan, bits: &mut Bits) -> Result<(), Error> {
        for part in &scan.parts {
            self.planes[part.plane].begin(scan.kind, &self.quanta)?;
        }
        // A scan of one component has its blocks in their order, and none to fill up (A.2.2).
        let (units, alone) = match scan.parts.as_slice() {
            [part] => (self.planes[part.plane].size, true),
            _ => (self.frame.units(), false),
        };
        let mut readers = Vec::with_capacity(scan.parts.len());
        for part in &scan.parts {
            let plane = &mut self.planes[part.plane];
            let Component {
                horizontal,
                vertical,
                ..
            } = plane.component;
            let (across, down) = if alone {
                (1, 1)
            } else {
                (horizontal.into(), vertical.into())
            };
            let blocks = std::mem::take(&mut plane.blocks);
            let code = scan.kind.code(&self.tables, part)?;
            readers.push(Reader::new(code, blocks, plane.stride, (across, down)));
        }
        let done = scan::read(units, &mut readers, bits, self.restart_interval, self.stop)?;
        let percent = done * 100 / units.pixels().max(1);
        let blocks: Vec<Vec<i16>> = readers.into_iter().map(Reader::into_blocks).collect();
        for (part, blocks) in scan.parts.iter().zip(blocks) {
            let plane = &mut self.planes[part.plane];
            plane.blocks = blocks;
            if !matches!(scan.kind, Kind::Refinement(_)) {
                plane.percent = u8::try_from(percent).unwrap_or(100);
            }
        }
        Ok(())
    }
}
