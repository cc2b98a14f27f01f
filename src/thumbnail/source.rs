//! Reads a file, no more of it than a picture may have, and nothing that could wait forever.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use super::stop::Stop;
use super::{Error, MAX_SOURCE_BYTES};

/// How much is read between two looks at whether to stop, in bytes.
const STEP: u64 = 1 << 20;

pub(super) fn read(path: &Path, stop: &Stop) -> Result<Vec<u8>, Error> {
    let reading = |error| Error::reading(path, error);
    // Looked at before it is opened: to open a pipe is to wait for its writer.
    let metadata = path.metadata().map_err(reading)?;
    if metadata.is_dir() {
        return Err(reading(io::ErrorKind::IsADirectory.into()));
    }
    if !metadata.is_file() {
        let path = path.to_owned();
        return Err(Error::Special { path });
    }
    let length = usize::try_from(metadata.len()).unwrap_or(usize::MAX);
    if length > MAX_SOURCE_BYTES {
        return Err(Error::TooManyBytes);
    }
    let mut file = File::open(path).map_err(reading)?;
    let mut data = Vec::with_capacity(length);
    loop {
        stop.check()?;
        let read = (&mut file).take(STEP).read_to_end(&mut data);
        if read.map_err(reading)? == 0 {
            return Ok(data);
        }
        // The file may have grown since.
        if data.len() > MAX_SOURCE_BYTES {
            return Err(Error::TooManyBytes);
        }
    }
}
