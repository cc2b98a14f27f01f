//! Message files: TOML, or JSON with the same keys, one message a file.

use super::Draft;

/// The two formats of a message file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// `.toml`, and anything that is not JSON.
    Toml,
    /// `.json`
    Json,
}

/// One thing that is wrong with a message file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileProblem {
    /// Line, from 1.
    pub line: usize,
    /// Column, in characters, from 1.
    pub column: usize,
    /// The key it is about, as a path (`buttons[0].text`); empty for the file as a whole.
    pub key: String,
    /// What was expected and how to mend it.
    pub message: String,
}

/// Why a text is not a message file: everything that is wrong, in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .problems.iter().map(|problem| problem.message.as_str()).collect::<Vec<_>>().join("; "))]
pub struct FileError {
    /// At least one.
    pub problems: Vec<FileProblem>,
}

/// Reads a message file's text.
///
/// # Errors
/// Everything that keeps the text from being a draft, with lines, keys and what was expected.
pub fn parse(text: &str, format: Format) -> Result<Draft, FileError> {
    let _ = (text, format);
    Ok(Draft::default())
}

/// Writes a draft as a message file that [`parse`] reads back to the same draft.
pub fn write(draft: &Draft, format: Format) -> String {
    let _ = (draft, format);
    String::new()
}
