//! PNG, row by row: what is kept of a big picture is no more than its thumbnail needs.

use std::io::{self, Cursor};

use image::metadata::Orientation;
use png::{Decoder, DecodingError, Limits, Reader, Transformations};

use super::blocks::Blocks;
use super::colour::flatten;
use super::scale::Size;
use super::stop::Stop;
use super::{Decoded, Error, Format, MAX_MEMORY, Warning, check_memory, check_pixels};

/// The samples between two looks at whether to stop, in bytes.
const BYTES_A_LOOK: usize = 1 << 20;

pub(super) fn decode(data: &[u8], max_side: u32, stop: &Stop) -> Result<Decoded, Error> {
    let bytes = usize::try_from(MAX_MEMORY).unwrap_or(usize::MAX);
    let mut decoder = Decoder::new_with_limits(Cursor::new(data), Limits { bytes });
    decoder.set_ignore_text_chunk(true);
    decoder.set_transformations(Transformations::EXPAND | Transformations::STRIP_16);
    let info = decoder
        .read_header_info()
        .map_err(|error| explain(&error, false))?;
    let size = Size::new(info.width, info.height);
    check_pixels(Format::Png, size)?;
    // A row as it is stored, as it is decoded, and as RGB: of 8 bytes a pixel at the most each.
    check_memory(Format::Png, Size::new(size.width, 1), 3 * 8)?;
    let ends = memchr::memmem::rfind(data, b"IEND").is_some();
    let mut reader = decoder.read_info().map_err(|error| explain(&error, ends))?;

    let mut blocks = Blocks::new(size, size.within(max_side));
    let channels = reader.output_color_type().0.samples();
    let ended = if reader.info().interlaced {
        check_memory(Format::Png, size, channels as u64)?;
        add_interlaced(&mut reader, &mut blocks, size)
    } else {
        add_rows(&mut reader, &mut blocks, stop)?
    };
    let mut warnings = Vec::new();
    if let Err(error) = ended {
        if ends && !is_cut_off(&error) {
            return Err(explain(&error, ends));
        }
        let percent = u64::from(blocks.rows()) * 100 / u64::from(size.height);
        let percent = u8::try_from(percent).unwrap_or(100);
        if percent < 50 {
            let format = Format::Png;
            return Err(Error::CutOff { format, percent });
        }
        warnings.push(Warning::CutOff { percent });
    }
    let info = reader.info();
    let orientation = info.exif_metadata.as_deref();
    let orientation = orientation.and_then(Orientation::from_exif_chunk);
    Ok(Decoded {
        original: size,
        orientation: orientation.unwrap_or(Orientation::NoTransforms),
        profile: info.icc_profile.as_deref().map(<[u8]>::to_vec),
        pixels: blocks.finish(),
        warnings,
    })
}

/// Adds rows as they come; within, how the rows ended.
fn add_rows(
    reader: &mut Reader<Cursor<&[u8]>>,
    blocks: &mut Blocks,
    stop: &Stop,
) -> Result<Result<(), DecodingError>, Error> {
    let channels = reader.output_color_type().0.samples();
    let mut pixels = Vec::new();
    let mut bytes = 0;
    loop {
        let row = match reader.next_row() {
            Ok(Some(row)) => row,
            Ok(None) => return Ok(Ok(())),
            Err(error) => return Ok(Err(error)),
        };
        pixels.clear();
        flatten(channels, row.data(), &mut pixels);
        blocks.add_row(&pixels);
        bytes += row.data().len();
        if bytes >= BYTES_A_LOOK {
            stop.check()?;
            bytes = 0;
        }
    }
}

/// Adds the rows of an interlaced picture, which are whole only at its end.
fn add_interlaced(
    reader: &mut Reader<Cursor<&[u8]>>,
    blocks: &mut Blocks,
    size: Size,
) -> Result<(), DecodingError> {
    let channels = reader.output_color_type().0.samples();
    let mut samples = vec![0; reader.output_buffer_size().unwrap_or(0)];
    reader.next_frame(&mut samples)?;
    let mut pixels = Vec::new();
    for row in samples.chunks_exact(channels * size.width as usize) {
        pixels.clear();
        flatten(channels, row, &mut pixels);
        blocks.add_row(&pixels);
    }
    Ok(())
}

fn is_cut_off(error: &DecodingError) -> bool {
    matches!(error, DecodingError::IoError(error) if error.kind() == io::ErrorKind::UnexpectedEof)
}

/// What the library says, in words; `ends` where the file is as long as it should be.
fn explain(error: &DecodingError, ends: bool) -> Error {
    let format = Format::Png;
    if !ends || is_cut_off(error) {
        return Error::CutOff { format, percent: 0 };
    }
    Error::damaged(format, crate::visible::line(&error.to_string()))
}
