//! The home folder in a path that a person wrote: `~` and what begins with `~/`.

use std::path::PathBuf;

use directories::BaseDirs;

/// The path with the home folder in the place of `~`; as it is where it does not begin with one, or
/// nothing says where the home folder is.
pub fn expand(path: PathBuf, home: impl FnOnce() -> Option<PathBuf>) -> PathBuf {
    let rest = path.strip_prefix("~").ok();
    let expanded = rest.and_then(|rest| Some(home()?.join(rest)));
    expanded.unwrap_or(path)
}

/// The home folder of whoever runs the program.
pub fn home() -> Option<PathBuf> {
    BaseDirs::new().map(|dirs| dirs.home_dir().to_owned())
}
