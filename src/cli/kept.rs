//! The draft that was left unsaved: one message file in the data folder, until the composer opens
//! again. It is there for quitting, not for crashes; only its owner may read it.

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use crate::config::paths::{Paths, process_env};
use crate::message::Draft;
use crate::message::file::{self, Format, ReadError};

/// The place of that draft.
pub(super) struct Kept(PathBuf);

impl Kept {
    /// The place, on a system that has a folder for it.
    pub(super) fn find() -> Option<Self> {
        Some(Self(Paths::find(&process_env).data?.join("draft.toml")))
    }

    /// The draft, if one was left. One that cannot be read is put aside, never overwritten.
    ///
    /// # Errors
    /// When there is one that cannot be read.
    pub(super) fn read(&self) -> Result<Option<Draft>, ReadError> {
        if !self.0.exists() {
            return Ok(None);
        }
        file::read(&self.0).map(Some).inspect_err(|_| {
            // What cannot be put aside either is said all the same.
            let _ = fs::rename(&self.0, self.0.with_extension("unreadable.toml"));
        })
    }

    /// Keeps a draft, in the place of the one that was left before.
    ///
    /// # Errors
    /// When the system does not let it be written.
    pub(super) fn write(&self, draft: &Draft) -> io::Result<()> {
        let folder = self.0.parent().unwrap_or(&self.0);
        create_folder(folder)?;
        let mut new = tempfile::NamedTempFile::new_in(folder)?;
        new.write_all(file::write(draft, Format::Toml).as_bytes())?;
        new.as_file().sync_all()?;
        new.persist(&self.0).map_err(|error| error.error)?;
        Ok(())
    }

    /// Forgets the draft: it has a file of its own now.
    pub(super) fn forget(&self) {
        // What is not there needs no forgetting.
        let _ = fs::remove_file(&self.0);
    }
}

fn create_folder(folder: &std::path::Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}
