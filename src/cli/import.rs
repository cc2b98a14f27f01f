//! `wacompose import`: a message file from what was sent.

use std::io::{self, IsTerminal as _};

use super::args::{Import, ImportFormat};
use super::output::Output;
use super::{Exit, messages};
use crate::import::{self, Imported};
use crate::message::file::{self, Format, ReadError};

pub(super) fn run(command: &Import, output: &mut Output) -> anyhow::Result<Exit> {
    let text = read(command, output)?;
    let name = messages::stream_name(&command.file);
    let Imported {
        draft,
        left_out,
        warnings,
        missing,
        ..
    } = match import::import(&text) {
        Ok(imported) => imported,
        Err(error) => {
            output.say(format!("{name}: {error}"));
            return Ok(Exit::Usage);
        }
    };
    for place in left_out {
        output.say(format!(
            "{name}: warning: {place} is left out: a message file has no place for it, or not for this value"
        ));
    }
    for warning in warnings {
        output.say(format!("{name}: warning: {warning}"));
    }
    let is_whole = missing.is_empty();
    for place in missing {
        output.say(format!(
            "{name}: error: {place} is empty: the body has none; add {}",
            if place.to_string().ends_with('s') {
                "them"
            } else {
                "it"
            }
        ));
    }
    let format = match command.format {
        ImportFormat::Toml => Format::Toml,
        ImportFormat::Json => Format::Json,
    };
    output.text(&file::write(&draft, format));
    Ok(if is_whole { Exit::Done } else { Exit::Invalid })
}

fn read(command: &Import, output: &mut Output) -> Result<String, ReadError> {
    let name = messages::stream_name(&command.file);
    if messages::is_stdin(&command.file) {
        let stdin = io::stdin();
        if stdin.is_terminal() {
            output.say("paste a JSON body or the command that sends it, then press Ctrl+D");
        }
        return file::read_text(&name, stdin.lock());
    }
    match crate::message::file::open(&command.file) {
        Ok(file) => file::read_text(&name, file),
        Err(error) => Err(ReadError::Io { name, error }),
    }
}
