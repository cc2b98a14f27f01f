//! `wacompose [FILE]`: the composer.

use std::path::Path;

use super::args::{Arguments, Compose};
use super::messages::{self, Messages};
use super::output::{Output, wants_colour};
use super::{Exit, limits, target};
use crate::config::Paths;
use crate::config::paths::process_env;
use crate::message::file::{self, Format};
use crate::message::nearest::nearest;
use crate::message::{Draft, Kind};
use crate::tui::{self, Start};

/// What the composer opens on where nothing was ever composed.
const SAMPLE: &str = include_str!("../../assets/samples/order.toml");

pub(super) fn run(command: &Compose, output: &mut Output) -> anyhow::Result<Exit> {
    let config = target::configuration()?;
    let name = target::profile_of(&config, command.profile.as_deref())?;
    let name = name.name.clone();
    let profile = config.profiles.iter().position(|p| p.name == name);
    let mut messages = Messages::new(&command.fill);
    let quoted = command.quote_file.as_deref().map(file::read).transpose()?;
    let (draft, source) = match (&command.file, &quoted) {
        (Some(path), _) => read(path, &mut messages)?,
        (None, Some(quoted)) => (reply_to(quoted)?, None),
        (None, None) => {
            // The sample has somebody's number in it: it is for the sandbox, and for nobody named.
            let is_sandbox = profile.is_some_and(|at| config.profiles[at].is_sandbox());
            let mut draft = if is_sandbox && !command.fill.is_given() {
                file::parse(SAMPLE, Format::Toml)?
            } else {
                empty(Kind::Text)
            };
            messages.fill_any(&mut draft);
            (draft, None)
        }
    };
    limits::enough_files()?;
    let ended = tui::run(Start {
        draft,
        file: command
            .file
            .clone()
            .filter(|path| !messages::is_stdin(path)),
        source,
        resume: command.file.is_none() && quoted.is_none() && !command.fill.is_given(),
        data: Paths::find(&process_env).data,
        history_days: config.history_days,
        quoted,
        profile: profile.unwrap_or_default(),
        profiles: config.profiles,
        theme: config.theme.name().to_owned(),
        allow_private: command.allow_private,
        graphics: command.graphics.unwrap_or(config.graphics),
        colours: wants_colour(),
        keys: config.keys,
        config: Paths::find(&process_env).config,
        mouse: config.mouse,
    })?;
    if let Some(words) = ended.removed {
        output.say(format!("warning: {words}"));
    }
    for set_aside in ended.set_aside {
        output.say(match set_aside {
            Ok(path) => format!(
                "the draft could not be kept: it is in {}; open it with `wacompose FILE`",
                path.display()
            ),
            Err(error) => format!("the draft could not be kept, nor be put into a file: {error}"),
        });
    }
    if ended.unwritten > 0 {
        output.say(format!(
            "warning: messages that were sent and are not in the history, which could not be \
             written: {}",
            ended.unwritten
        ));
    }
    if let Some(words) = ended.refused {
        output.say(&words);
    }
    let Some(words) = ended.unsettled else {
        return Ok(Exit::Done);
    };
    output.say(&words);
    Ok(Exit::Unknown)
}

/// An empty reply to a message.
fn reply_to(quoted: &Draft) -> anyhow::Result<Draft> {
    let kind = match quoted.message.kind() {
        Kind::Buttons => Kind::ButtonReply,
        Kind::List => Kind::ListReply,
        other => anyhow::bail!(
            "--quote-file: a {other} message has nothing to pick: name a buttons message or a list"
        ),
    };
    Ok(empty(kind))
}

/// A message without anything in it.
fn empty(kind: Kind) -> Draft {
    Draft {
        message: kind.empty(),
        ..Draft::default()
    }
}

/// The message in a file, and the file's text. A file that is not there may be a command that was
/// mistyped.
fn read(path: &Path, messages: &mut Messages<'_>) -> anyhow::Result<(Draft, Option<String>)> {
    let read = if messages::is_stdin(path) {
        messages.read(path).map(|draft| (draft, None))
    } else {
        messages::read_with_text(path).and_then(|(mut draft, text)| {
            messages.fill(path, &mut draft)?;
            Ok((draft, Some(text)))
        })
    };
    read.map_err(|error| {
        let name = messages::name(path);
        match nearest_command(&name) {
            Some(command) if !path.exists() && !messages::is_stdin(path) => {
                anyhow::anyhow!("{error}; did you mean the command `{command}`?")
            }
            _ => error.into(),
        }
    })
}

fn nearest_command(word: &str) -> Option<String> {
    use clap::CommandFactory as _;

    let command = Arguments::command();
    let names = command.get_subcommands().map(clap::Command::get_name);
    nearest(word, names).map(str::to_owned)
}
