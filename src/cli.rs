//! The prompt: one file a subcommand.
//!
//! Standard output carries the result alone, words for people go to standard error, and the exit
//! code says how it ended (`Exit`). Only `output` writes to either.

mod args;
mod check;
mod completions;
mod compose;
mod config;
mod folder;
mod history;
mod import;
mod interrupt;
mod limits;
mod log_file;
mod messages;
mod output;
mod panic;
mod payload;
mod picture;
mod preview;
mod report;
mod sandbox;
mod send;
mod status;
mod target;
mod thumbnail;

use std::ffi::OsString;
use std::process::ExitCode;

use crate::config::ConfigError;
use crate::message::file::{self, ReadError};
use args::{Arguments, Command};
use output::Output;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Exit {
    /// 0: it is done.
    Done,
    /// 1: the message is invalid, or was refused.
    Invalid,
    /// 2: the command line is wrong, or something cannot be read.
    Usage,
    /// 3: the outcome is unknown.
    Unknown,
}

impl Exit {
    /// What several files come to: what has to be fixed at the prompt first, then what has to be
    /// looked up at the gateway, then what has to be fixed in a message.
    fn worst(self, other: Self) -> Self {
        let rank = |exit| match exit {
            Self::Done => 0,
            Self::Invalid => 1,
            Self::Unknown => 2,
            Self::Usage => 3,
        };
        if rank(other) > rank(self) {
            other
        } else {
            self
        }
    }

    const fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Invalid => 1,
            Self::Usage => 2,
            Self::Unknown => 3,
        }
    }
}

/// Runs the program with the process's arguments.
pub fn run() -> ExitCode {
    panic::report_without_secrets();
    limits::write_errors_not_signals();
    let mut output = Output::standard();
    let exit = run_with(std::env::args_os(), &mut output);
    let has_outcome = output.has_outcome();
    let exit = match output.finish() {
        Some(_) if !has_outcome => exit.worst(Exit::Usage),
        _ => exit,
    };
    ExitCode::from(exit.code())
}

fn run_with(arguments: impl Iterator<Item = OsString>, output: &mut Output) -> Exit {
    let arguments = match Arguments::read(arguments) {
        Ok(arguments) => arguments,
        Err(words) => {
            output.clap(&words);
            return if words.use_stderr() {
                Exit::Usage
            } else {
                Exit::Done
            };
        }
    };
    if let Some(path) = &arguments.log {
        let filter = std::env::var("RUST_LOG").ok();
        if let Err(error) = log_file::start(path, filter.as_deref()) {
            output.say(format!("error: {error:#}"));
            return Exit::Usage;
        }
    }
    let ended = match arguments.command {
        None => compose::run(&arguments.compose, output),
        Some(Command::Check(command)) => check::run(&command, output),
        Some(Command::Payload(command)) => payload::run(&command, output),
        Some(Command::Send(command)) => send::run(&command, output),
        Some(Command::Preview(command)) => preview::run(&command, output),
        Some(Command::Thumbnail(command)) => thumbnail::run(&command, output),
        Some(Command::Import(command)) => import::run(&command, output),
        Some(Command::Schema) => Ok(schema(output)),
        Some(Command::Sandbox(command)) => sandbox::run(&command, output),
        Some(Command::Status(command)) => status::run(&command, output),
        Some(Command::History(command)) => history::run(&command, output),
        Some(Command::Config { command }) => config::run(command, output),
        Some(Command::Completions { shell }) => Ok(completions::run(shell, output)),
    };
    ended.unwrap_or_else(|error| {
        if error.is::<ConfigError>() || error.is::<ReadError>() {
            // Their lines begin with the file's name, as compilers write them.
            output.say(format!("{error}"));
        } else {
            output.say(format!("error: {error:#}"));
        }
        Exit::Usage
    })
}

/// `wacompose schema`
fn schema(output: &mut Output) -> Exit {
    output.pretty_json(&file::schema());
    Exit::Done
}

/// Waits for one thing, on a runtime that is made for it. Its end waits for nobody: a name that is
/// still looked up would keep the process for as long as DNS is silent.
fn block_on<T: Future>(work: T) -> anyhow::Result<T::Output> {
    limits::enough_files()?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let output = runtime.block_on(work);
    runtime.shutdown_background();
    Ok(output)
}
