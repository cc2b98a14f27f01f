//! JPEG (ITU-T T.81): the markers are walked first, then it is decided how to decode.
//!
//! Every file goes through our own decoder of DC coefficients, which gives the picture at an eighth
//! of its size, finds damage, and knows how much of a file that was cut off is there. Where an
//! eighth is enough, that is all; else the library decodes the whole, which is small then.

mod bits;
mod dc;
mod header;
mod huffman;
mod scan;
mod segments;

use super::scale::Size;
use super::stop::Stop;
use super::{Decoded, Error, Format, Warning, check_pixels, library};
use header::{Header, Process};

/// The scans that the library decodes at the most: each costs it as much as a whole picture, and
/// a progressive file says all that matters in the first ten or so.
const MAX_SCANS: u32 = 64;

pub(super) fn decode(data: &[u8], max_side: u32, stop: &Stop) -> Result<Decoded, Error> {
    let header = Header::read(data, MAX_SCANS)?;
    let size = header.frame.size;
    let to = size.within(max_side);
    stop.check()?;
    let eighth = dc::decode(data, &header, stop)?;
    let percent = eighth.percent();
    if percent < 50 {
        let format = Format::Jpeg;
        return Err(Error::CutOff { format, percent });
    }
    let mut warnings = Vec::new();
    if !header.ended || percent < 100 {
        warnings.push(Warning::CutOff { percent });
    }
    let is_enough = size != to && Size::eighth(size).longer() >= to.longer();
    let several_scans = header.frame.process == Process::Progressive || header.scans > 1;
    // The library takes the components' scans of a sequential file for one another's: what the DC
    // coefficients show is coarse there, but true.
    let is_coarse = header.frame.process == Process::Sequential && header.scans > 1;
    let pixels = if is_enough || is_coarse {
        if !is_enough {
            warnings.push(Warning::Coarse);
        }
        eighth.into_rgb(to)
    } else {
        drop(eighth);
        // Samples, and for more than one scan the coefficients of the whole picture.
        let components = header.frame.components.len() as u64;
        let bytes = if several_scans { 2 * components } else { 0 } + 3;
        super::check_memory(Format::Jpeg, size, bytes)?;
        library::decode_jpeg(&data[..header.end])?
    };
    Ok(Decoded {
        pixels,
        original: size,
        orientation: header.orientation,
        profile: header.profile,
        warnings,
    })
}

fn damaged(what: impl Into<String>) -> Error {
    Error::damaged(Format::Jpeg, what)
}

fn unsupported(what: &'static str) -> Error {
    let format = Format::Jpeg;
    Error::Unsupported { format, what }
}
