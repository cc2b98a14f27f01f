//! The messages of a `send`, read from their files before the first one leaves.

use std::path::{Path, PathBuf};

use super::Sending;
use crate::cli::messages::{self, Messages};
use crate::cli::report::{self, Warning};
use crate::message::Draft;

/// A message that was read.
pub(super) struct Letter {
    pub path: PathBuf,
    pub file: String,
    pub draft: Draft,
    /// What people were told of it before it was sent.
    pub warnings: Vec<Warning>,
}

impl Sending<'_> {
    /// Reads every file, or tells which cannot be read and that nothing was sent.
    pub(super) fn read(&mut self) -> Option<Vec<Letter>> {
        let mut messages = Messages::new(&self.command.fill);
        let read: Vec<_> = once_each(&self.command.files)
            .into_iter()
            .map(|(path, times)| (path, times, messages.read(path)))
            .collect();
        messages.report_unused(self.output);
        if read.iter().all(|(_, _, draft)| draft.is_ok()) {
            let letters = read.into_iter().filter_map(|(path, times, draft)| {
                let draft = draft.ok()?;
                let (path, file) = (path.clone(), messages::name(path));
                let warnings = self.warn_named(&file, times);
                Some(Letter {
                    path,
                    file,
                    draft,
                    warnings,
                })
            });
            return Some(letters.collect());
        }
        for (path, _, draft) in &read {
            let file = &messages::name(path);
            let (code, message) = match draft {
                Err(error) => {
                    self.output.say(error.to_string());
                    ("unreadable", error.to_string())
                }
                Ok(_) => ("not-sent", "another file cannot be read".to_owned()),
            };
            self.json(|account| report::not_sent(file, account.gateway, code, &message));
        }
        self.output.say("nothing was sent");
        None
    }

    /// Tells that a file was named more than once.
    fn warn_named(&mut self, file: &str, times: usize) -> Vec<Warning> {
        let times = match times {
            ..2 => return Vec::new(),
            2 => "twice".to_owned(),
            times => format!("{times} times"),
        };
        let warning = Warning {
            rule: "duplicate",
            message: format!("named {times}: it is sent once"),
        };
        self.output.say(warning.line(file));
        vec![warning]
    }
}

/// Each file once, where it is named first, with how often it is named: by another path too, and
/// through links.
fn once_each(files: &[PathBuf]) -> Vec<(&PathBuf, usize)> {
    let mut each: Vec<(&PathBuf, PathBuf, usize)> = Vec::new();
    for path in files {
        let own = canonical(path);
        match each.iter_mut().find(|(_, seen, _)| *seen == own) {
            Some((_, _, times)) => *times += 1,
            None => each.push((path, own, 1)),
        }
    }
    let each = each.into_iter().map(|(path, _, times)| (path, times));
    each.collect()
}

/// The path by which a file is the same one; standard input has none.
fn canonical(path: &Path) -> PathBuf {
    if messages::is_stdin(path) {
        return path.to_owned();
    }
    let own = path.canonicalize().or_else(|_| std::path::absolute(path));
    own.unwrap_or_else(|_| path.to_owned())
}
