//! Where in a text something is wrong, and in which words: message files and the configuration
//! collect [`Issue`]s by the byte, and get lines and columns for all of them in one walk.

use super::FileProblem;
use crate::message::nearest::nearest;
use crate::visible;

/// The most problems that are reported of a file.
const MOST_PROBLEMS: usize = 100;

/// So many problems say what was meant: to look for that takes its time.
const MOST_HINTS: usize = 200;

/// The most characters of a key that are repeated.
const LONGEST_KEY: usize = 60;

/// Something that is wrong, at a byte of the text.
#[derive(Debug)]
pub(crate) struct Issue {
    pub at: usize,
    /// The key that it is about, as a path; empty for the file as a whole.
    pub key: String,
    pub message: String,
}

/// Lines and columns of a text. What it is asked for in the order of the text, it counts once.
#[derive(Debug)]
pub(crate) struct Locator<'t> {
    text: &'t str,
    /// How far is counted: the byte, its line and its column, both from 1.
    counted: (usize, usize, usize),
}

impl Issue {
    pub(crate) fn new(at: usize, key: impl AsRef<str>, message: impl AsRef<str>) -> Self {
        Self {
            at,
            key: visible::line(key.as_ref()).into_owned(),
            message: visible::line(message.as_ref()).into_owned(),
        }
    }
}

impl<'t> Locator<'t> {
    pub(crate) const fn new(text: &'t str) -> Self {
        Self {
            text,
            counted: (0, 1, 1),
        }
    }

    /// The issues in the order of the file, with their lines and columns.
    pub(crate) fn problems(&mut self, mut issues: Vec<Issue>) -> Vec<FileProblem> {
        issues.sort_by_key(|issue| issue.at);
        let located = issues.into_iter().map(|issue| {
            let (line, column) = self.locate(issue.at);
            FileProblem {
                line,
                column,
                key: issue.key,
                message: issue.message,
            }
        });
        located.collect()
    }

    /// The line and the column of a byte, counted from the last one that was asked for, if that is not
    /// behind it.
    fn locate(&mut self, at: usize) -> (usize, usize) {
        if at < self.counted.0 {
            self.counted = (0, 1, 1);
        }
        let (from, mut line, mut column) = self.counted;
        let mut end = from;
        for c in self.text[from..].chars() {
            if end >= at {
                break;
            }
            (line, column) = if c == '\n' {
                (line + 1, 1)
            } else {
                (line, column + 1)
            };
            end += c.len_utf8();
        }
        self.counted = (end, line, column);
        (line, column)
    }
}

/// The first problems of very many, and how many more there are.
pub(crate) fn at_most(mut problems: Vec<FileProblem>) -> Vec<FileProblem> {
    let more = problems.len().saturating_sub(MOST_PROBLEMS);
    problems.truncate(MOST_PROBLEMS);
    if let Some(last) = problems.last().filter(|_| more > 0) {
        problems.push(FileProblem {
            key: String::new(),
            message: format!("and {more} more problems"),
            ..last.clone()
        });
    }
    problems
}

/// What is said of a key that is not known at a place; `so_far` is how much was found before it.
pub(crate) fn unknown_key(key: &str, place: &str, known: &[&str], so_far: usize) -> String {
    let place = if place.is_empty() {
        String::new()
    } else {
        format!(" in {place}")
    };
    let near = (so_far < MOST_HINTS)
        .then(|| nearest(key, known.iter().copied()))
        .flatten();
    let hint = match near {
        Some(meant) => format!("did you mean {}?", quote(meant)),
        None => format!("known here are {}", known.join(", ")),
    };
    format!("unknown key {}{place}; {hint}", quote(key))
}

/// The path of a key: `buttons[0].text`, `profiles.staging.token`.
pub(crate) fn join(path: &str, key: &str) -> String {
    let key = shortened(key);
    if path.is_empty() {
        key
    } else {
        format!("{path}.{key}")
    }
}

/// A word of the file in a sentence, in quotes.
pub(crate) fn quote(word: &str) -> String {
    format!("\"{}\"", shortened(word))
}

fn shortened(word: &str) -> String {
    match word.char_indices().nth(LONGEST_KEY) {
        Some((end, _)) => format!("{}…", &word[..end]),
        None => word.to_owned(),
    }
}
