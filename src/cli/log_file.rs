//! The log file of `--log`: what went over the network and what came of it, without secrets.
//!
//! It is meant to be attached to a bug report. Every line passes [`secret::redact_known`] on its way
//! to the file, which is for its owner alone. `RUST_LOG` says what is written; texts of messages are
//! at `trace` alone. Without `--log` nothing is set up.

use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use anyhow::Context as _;
use env_filter::Filter;
use log::{Log, Metadata, Record};

use super::messages;
use crate::{secret, visible};

/// What is written where `RUST_LOG` says nothing.
const DEFAULT: &str = "warn,wacompose=info";

struct FileLog {
    filter: Filter,
    file: Mutex<File>,
}

/// Writes a log to the end of a file from now on.
pub(super) fn start(path: &Path, filter: Option<&str>) -> anyhow::Result<()> {
    let filter = filter.filter(|filter| !filter.trim().is_empty());
    let filter = env_filter::Builder::new()
        .try_parse(filter.unwrap_or(DEFAULT))
        .map_err(|error| {
            anyhow::anyhow!("RUST_LOG is not understood: {error}; write it as in wacompose=debug")
        })?
        .build();
    let file = open(path)
        .with_context(|| format!("{}: the log cannot be written", messages::name(path)))?;
    let level = filter.filter();
    let log = FileLog {
        filter,
        file: Mutex::new(file),
    };
    log::set_boxed_logger(Box::new(log))?;
    log::set_max_level(level);
    log::info!("wacompose {} begins", env!("CARGO_PKG_VERSION"));
    Ok(())
}

/// A file for its owner alone, also where it was there before.
fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
        options.mode(0o600);
        let file = options.open(path)?;
        if file.metadata()?.is_file() {
            file.set_permissions(std::fs::Permissions::from_mode(0o600))?;
        }
        Ok(file)
    }
    #[cfg(not(unix))]
    options.open(path)
}

/// A line of the log.
fn line(record: &Record<'_>, now: SystemTime) -> String {
    let words = record.args().to_string();
    let (level, target) = (record.level(), record.target());
    let time = humantime::format_rfc3339_millis(now);
    let line = format!("{time} {level:5} {target}: {}", visible::line(&words));
    let mut line = secret::redact_known(&line).into_owned();
    line.push('\n');
    line
}

impl Log for FileLog {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        self.filter.enabled(metadata)
    }

    fn log(&self, record: &Record<'_>) {
        if self.filter.matches(record) {
            let line = line(record, SystemTime::now());
            let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
            // In one piece; a full disk is no reason to stop.
            let _ = file.write_all(line.as_bytes());
        }
    }

    fn flush(&self) {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret::Secret;
    use log::Level;
    use std::time::Duration;

    #[test]
    fn a_line_is_one_line_and_holds_no_secret() {
        let _secret = Secret::new("l0g-t0ken/1");
        let now = SystemTime::UNIX_EPOCH + Duration::from_millis(1_234_567_890_042);
        let written = line(
            &Record::builder()
                .level(Level::Info)
                .target("wacompose")
                .args(format_args!(
                    "日本\n\u{1b}[2J 👩‍👩‍👧 e\u{301} שלום l0g-t0ken%2F1"
                ))
                .build(),
            now,
        );
        assert!(written.starts_with("2009-02-13T23:31:30.042Z INFO  wacompose: 日本"));
        assert!(written.ends_with(" 👩‍👩‍👧 e\u{301} שלום ***\n"), "{written}");
        assert_eq!(written.matches(char::is_control).count(), 1);
    }
}
