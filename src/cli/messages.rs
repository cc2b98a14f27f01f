//! Message files at the prompt: `-` is standard input, `--to` and `--var` change what was read.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use clap::Args;

use super::output::Output;
use crate::import;
use crate::message::file::{self, FileError, FileProblem, Format, MAX_BYTES, ReadError};
use crate::message::{Draft, variables};
use crate::visible;

/// What the prompt puts into a message.
#[derive(Debug, Clone, Args)]
pub(super) struct Fill {
    /// The recipient, in the place of the file's
    #[arg(long, value_name = "RECIPIENT")]
    to: Option<String>,
    /// Fill {{K}} in the message with V; can be given several times
    #[arg(long = "var", value_name = "K=V", value_parser = variable)]
    variables: Vec<(String, String)>,
}

impl Fill {
    /// Whether anything is put in.
    pub(super) fn is_given(&self) -> bool {
        self.to.is_some() || !self.variables.is_empty()
    }
}

/// Reads message files and fills them.
pub(super) struct Messages<'a> {
    fill: &'a Fill,
    /// The values; of a name that was given twice, the last one.
    values: BTreeMap<String, String>,
    used: BTreeSet<String>,
}

impl<'a> Messages<'a> {
    pub(super) fn new(fill: &'a Fill) -> Self {
        Self {
            fill,
            values: fill.variables.iter().cloned().collect(),
            used: BTreeSet::new(),
        }
    }

    /// Reads one file.
    pub(super) fn read(&mut self, path: &Path) -> Result<Draft, ReadError> {
        let (mut draft, _) = read_with_text(path)?;
        self.fill(path, &mut draft)?;
        Ok(draft)
    }

    /// Reads the one file of a command, or tells why it cannot be read.
    pub(super) fn read_or_report(mut self, path: &Path, output: &mut Output) -> Option<Draft> {
        match self.read(path) {
            Ok(draft) => {
                self.report_unused(output);
                Some(draft)
            }
            Err(error) => {
                output.say(error.to_string());
                None
            }
        }
    }

    /// Puts the prompt's values into the draft of a file.
    pub(super) fn fill(&mut self, path: &Path, draft: &mut Draft) -> Result<(), ReadError> {
        if !self.values.is_empty() && variables::filled_bytes(draft, &self.values) > MAX_BYTES {
            let name = stream_name(path);
            return Err(ReadError::TooLargeFilled { name });
        }
        self.fill_any(draft);
        Ok(())
    }

    /// Puts the prompt's values into a draft of the program's own.
    pub(super) fn fill_any(&mut self, draft: &mut Draft) {
        if let Some(to) = &self.fill.to {
            to.clone_into(&mut draft.to);
        }
        let used = variables::fill(draft, &self.values);
        self.used.extend(used.into_iter().map(str::to_owned));
    }

    /// Says which `--var` no file had a place for: most likely its name is mistyped.
    pub(super) fn report_unused(&self, output: &mut Output) {
        for (name, _) in &self.fill.variables {
            if !self.used.contains(name.as_str()) {
                let name = visible::line(name);
                output.say(format!(
                    "warning: --var {name}: no message has {{{{{name}}}}} to fill"
                ));
            }
        }
    }
}

/// The message in a file or on standard input, and its text. What is no message file and can be imported is
/// an error that says so, in place of one for each key.
pub(super) fn read_with_text(path: &Path) -> Result<(Draft, String), ReadError> {
    let name = if is_stdin(path) {
        STDIN.to_owned()
    } else {
        path.display().to_string()
    };
    let text = if is_stdin(path) {
        file::read_text(&name, io::stdin().lock())?
    } else {
        match file::open(path) {
            Ok(file) => file::read_text(&name, file)?,
            Err(error) => {
                let name = self::name(path);
                return Err(ReadError::Io { name, error });
            }
        }
    };
    match file::parse(&text, Format::of(&name, &text)) {
        Ok(draft) => Ok((draft, text)),
        Err(error) => {
            let file = self::name(path);
            let message = import::pointer(&text, &shell_words::quote(&file));
            let error = message.map_or(error, |message| FileError {
                problems: vec![FileProblem {
                    line: 1,
                    column: 1,
                    key: String::new(),
                    message,
                }],
            });
            let name = stream_name(path);
            Err(ReadError::Invalid { name, error })
        }
    }
}

/// Standard input can be read once.
pub(super) fn refuse_stdin_twice(files: &[PathBuf]) -> anyhow::Result<()> {
    let times = files.iter().filter(|file| is_stdin(file)).count();
    anyhow::ensure!(
        times < 2,
        "- is given twice, but standard input can be read only once"
    );
    Ok(())
}

/// A file's name as it is shown and reported; `-` for standard input.
pub(super) fn name(path: &Path) -> String {
    visible::line(&path.display().to_string()).into_owned()
}

/// A file's name as errors begin with it.
pub(super) fn stream_name(path: &Path) -> String {
    if is_stdin(path) {
        STDIN.to_owned()
    } else {
        name(path)
    }
}

/// What errors call standard input.
const STDIN: &str = "<stdin>";

/// Whether a file is standard input.
pub(super) fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

fn variable(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() => {
            Ok((name.trim().to_owned(), value.to_owned()))
        }
        _ => Err("write it as NAME=VALUE".to_owned()),
    }
}
