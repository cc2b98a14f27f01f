//! What the store makes is for its owner alone, whatever the umask says: folders 0700, files 0600.
//!
//! What is there already is changed by its path. Opening a file to do so, and closing it, would let go
//! of every lock that this process has on it, those of another store too.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io;
use std::path::Path;

/// A file that was not there.
pub(super) fn new_file(path: &Path) -> io::Result<File> {
    let file = options(OpenOptions::new().create_new(true)).open(path)?;
    // The umask may have taken away what its owner needs.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        file.set_permissions(fs::Permissions::from_mode(0o600))?;
    }
    Ok(file)
}

/// Makes a file that is there its owner's alone; what is no file stays as it is.
pub(super) fn restrict(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let found = fs::metadata(path)?;
        if found.is_file() && found.permissions().mode() & 0o7777 != 0o600 {
            fs::set_permissions(path, fs::Permissions::from_mode(0o600))?;
        }
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

/// A file with nothing in it that counts, which may be there already.
pub(super) fn file(path: &Path) -> io::Result<File> {
    match new_file(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            // Whoever may open it may not always change its mode.
            let _ = restrict(path);
            options(&mut OpenOptions::new()).open(path)
        }
        made => made,
    }
}

/// A folder with those above it, where it is missing.
pub(super) fn make_folder(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(folder)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
    }
    Ok(())
}

/// Takes a folder away from everybody else, if it is this user's and holds files of these names alone:
/// one with other things in it is somebody's home, or shared on purpose.
pub(super) fn restrict_folder(folder: &Path, is_known: impl Fn(&str) -> bool) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
        let found = fs::metadata(folder)?;
        let mode = found.mode() & 0o7777;
        let is_private = mode & !0o077 == mode;
        if is_private || found.uid() != rustix::process::geteuid().as_raw() {
            return Ok(());
        }
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            if !entry.file_type()?.is_file() || !entry.file_name().to_str().is_some_and(&is_known) {
                return Ok(());
            }
        }
        fs::set_permissions(folder, fs::Permissions::from_mode(mode & 0o700))?;
    }
    #[cfg(not(unix))]
    let _ = (folder, is_known);
    Ok(())
}

/// How a file is made and opened.
fn options(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.read(true).write(true)
}
