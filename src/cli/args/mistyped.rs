//! A command's name that is not spelt right: clap takes it for the composer's file, and its error is
//! about what comes after.

use std::ffi::OsString;
use std::path::Path;

use clap::CommandFactory as _;
use clap::error::ErrorKind;

use super::Arguments;
use crate::message::nearest::nearest;
use crate::visible;

/// The same error, or one that names the word where it is neither a command nor a file.
pub(super) fn explain(line: &[OsString], error: clap::Error) -> clap::Error {
    let word = line
        .get(1)
        .and_then(|word| word.to_str())
        .unwrap_or_default();
    let is_word = !word.is_empty() && !word.starts_with('-') && !word.contains(['.', '/', '\\']);
    if error.kind() != ErrorKind::UnknownArgument || !is_word || Path::new(word).exists() {
        return error;
    }
    let command = Arguments::command();
    let mut names = command.get_subcommands().map(clap::Command::get_name);
    if names.any(|name| name == word) {
        return error;
    }
    let meant = nearest(word, command.get_subcommands().map(clap::Command::get_name));
    let meant = meant.map_or_else(String::new, |name| {
        format!(": did you mean the command `{name}`?")
    });
    let word = visible::line(word);
    Arguments::command().error(
        ErrorKind::InvalidSubcommand,
        format!("there is no command `{word}`{meant}"),
    )
}
