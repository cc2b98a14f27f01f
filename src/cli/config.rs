//! `wacompose config`: where the configuration is, a first one, and what is wrong with it.

use std::fs::{DirBuilder, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

use anyhow::Context as _;

use super::args::Config as Command;
use super::output::Output;
use super::{Exit, messages};
use crate::config::file::TEMPLATE;
use crate::config::{self, ConfigError, Paths, Profile, paths::process_env};
use crate::{tui, visible};

pub(super) fn run(command: Command, output: &mut Output) -> anyhow::Result<Exit> {
    let path = Paths::find(&process_env).config.context(
        "there is no folder for a configuration: name a file in the environment variable \
         WACOMPOSE_CONFIG",
    )?;
    match command {
        Command::Path => output.line(messages::name(&path)),
        Command::Init => init(&path, output)?,
        Command::Check => return check(&path, output),
    }
    Ok(Exit::Done)
}

/// Writes the first configuration; one that is there stays as it is.
fn init(path: &Path, output: &mut Output) -> anyhow::Result<()> {
    let name = messages::name(path);
    if let Some(folder) = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        make_folder(folder)
            .with_context(|| format!("{}: the folder cannot be made", messages::name(folder)))?;
    }
    let mut file = match new_file(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            anyhow::bail!("{name}: the file is there already, and stays as it is")
        }
        Err(error) => return Err(error).context(format!("{name}: it cannot be written")),
    };
    file.write_all(TEMPLATE.as_bytes())
        .with_context(|| format!("{name}: it cannot be written"))?;
    output.line(name);
    Ok(())
}

/// A folder for its owner alone, with those above it.
fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(folder)
}

/// A file that was not there, for its owner alone.
fn new_file(path: &Path) -> io::Result<std::fs::File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(path)
}

/// Reads the configuration, and each profile's token: one that cannot be read is exit code 1, and a
/// profile that cannot be used exit code 2.
fn check(path: &Path, output: &mut Output) -> anyhow::Result<Exit> {
    let config = config::load(path)?;
    let name = messages::name(path);
    let mut exit = Exit::Done;
    let wrong_keys = tui::check_keys(&config.keys)?;
    if !config.broken.is_empty() {
        let problems = config.broken.iter();
        let problems = problems.flat_map(|broken| broken.problems.clone());
        let error = ConfigError::Invalid {
            path: path.to_owned(),
            problems: problems.collect(),
        };
        output.say(error.to_string());
        exit = Exit::Usage;
    } else if path.exists() && wrong_keys.is_empty() {
        output.line(format!("{name}: ok"));
    } else if !path.exists() {
        output.line(format!(
            "{name}: there is none; `wacompose config init` writes one"
        ));
    }
    for wrong in wrong_keys {
        output.say(format!("{name}: error: keys: {wrong}"));
        exit = Exit::Usage;
    }
    for doubt in tui::doubtful_keys(&config.keys) {
        output.say(format!("{name}: warning: keys: {doubt}"));
    }
    for profile in &config.profiles {
        let is_default = profile.name == config.default_profile;
        let token = if profile.is_sandbox() {
            "built in".to_owned()
        } else {
            let (found, told) = token(profile, output)?;
            exit = exit.worst(found);
            told
        };
        output.line(line(profile, &token, is_default));
    }
    for broken in &config.broken {
        output.line(format!("{}: cannot be used", visible::line(&broken.name)));
    }
    Ok(exit)
}

/// Whether a profile's token can be read, and be one; in words.
fn token(profile: &Profile, output: &mut Output) -> anyhow::Result<(Exit, String)> {
    let name = visible::line(&profile.name);
    output.progress(&format!("reading the token of {name} …"));
    let token = super::block_on(profile.token.read())?;
    let in_path = profile.account.has_token_in_path();
    let from = format!("token from {}", profile.token.describe());
    Ok(match &token {
        Err(error) => {
            let causes: Vec<String> = anyhow::Chain::new(error).map(ToString::to_string).collect();
            output.say(format!("error: {name}: {}", causes.join(": ")));
            (Exit::Invalid, format!("{from}: cannot be read"))
        }
        Ok(token) => match token.misspelt(in_path) {
            Some(misspelt) => {
                output.say(format!("error: {name}: {misspelt}"));
                (
                    Exit::Invalid,
                    format!("{from}: can be read, but cannot be sent"),
                )
            }
            None => {
                if in_path && token.is_unusual_in_path() {
                    let gateway = profile.account.gateway.title();
                    output.say(format!(
                        "warning: {name}: {gateway}'s tokens have letters and digits alone, and \
                         this one holds something else"
                    ));
                }
                (Exit::Done, format!("{from}: can be read"))
            }
        },
    })
}

fn line(profile: &Profile, token: &str, is_default: bool) -> String {
    let name = visible::line(&profile.name);
    let gateway = profile.account.gateway;
    let default = if is_default { " (default)" } else { "" };
    if profile.is_sandbox() {
        format!("{name}{default}: {gateway}, {token}")
    } else {
        let base_url = visible::line(&profile.account.base_url);
        format!("{name}{default}: {gateway} at {base_url}, {token}")
    }
}
