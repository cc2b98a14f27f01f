//! Where the configuration and the data are.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use directories::ProjectDirs;

use crate::message::file::home;

/// Reads an environment variable; a parameter, so that nothing here depends on the process's own.
pub type Env<'a> = &'a (dyn Fn(&str) -> Option<OsString> + Sync);

/// The program's file and folder; neither needs to exist.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Paths {
    /// The configuration; `None` on a system that has no folder for one.
    pub config: Option<PathBuf>,
    /// The folder for what the program keeps; `None` on a system that has none.
    pub data: Option<PathBuf>,
}

impl Paths {
    /// `$WACOMPOSE_CONFIG` (a file) and `$WACOMPOSE_DATA` (a folder), else the platform's own places.
    /// An empty variable counts as none.
    pub fn find(env: Env<'_>) -> Self {
        let platform = ProjectDirs::from("", "", "wacompose");
        let set = |name| env(name).filter(|value| !value.is_empty());
        Self {
            config: set("WACOMPOSE_CONFIG").map(PathBuf::from).or_else(|| {
                let folders = platform.as_ref()?;
                Some(folders.config_dir().join("config.toml"))
            }),
            data: set("WACOMPOSE_DATA").map(PathBuf::from).or_else(|| {
                let folders = platform.as_ref()?;
                Some(folders.data_dir().to_owned())
            }),
        }
    }
}

/// The process's own environment.
pub fn process_env(name: &str) -> Option<OsString> {
    std::env::var_os(name)
}

/// A path with the home folder in the place of `~`: `$HOME`, else what the platform says.
pub fn expand(path: &Path, env: Env<'_>) -> PathBuf {
    home::expand(path.to_owned(), || {
        let set = env("HOME").filter(|home| !home.is_empty());
        set.map(PathBuf::from).or_else(home::home)
    })
}
