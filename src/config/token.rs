//! Where a token comes from, and how it is read when it is needed.
//!
//! No error here holds a token: what a command printed is never repeated, and is cut out of what it
//! complained.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _};
use tokio::process::Command;
use tokio::time::timeout;

use super::paths::{Env, expand, process_env};
use crate::secret::{self, Secret};
use crate::visible;

/// Where a token comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenSource {
    /// The embedded sandbox makes its own.
    Sandbox,
    /// An environment variable.
    Env(String),
    /// The first line that a command prints.
    Command(Vec<String>),
    /// The first line of a file.
    File(PathBuf),
    /// An entry of the platform's keyring, read through its own command: `secret-tool` of libsecret
    /// (service `wacompose`, account as named), on macOS `security` (service `wacompose`).
    Keyring(String),
}

/// How long a command may take.
pub const COMMAND_TIMEOUT: Duration = Duration::from_secs(30);

/// The environment variables that profiles name for their tokens: other programs do not get them.
static VARIABLES: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

/// The most bytes that are read of a file, or of what a command prints.
const MAX_BYTES: u64 = 64 << 10;

/// Why there is no token.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// The environment variable is not set, or is empty.
    #[error("the environment variable {0} is not set: set it to the token, or name another one")]
    NoVariable(String),
    /// What was read is not text.
    #[error("{0} holds no text")]
    NoText(String),
    /// What was read is empty.
    #[error("{0} gives no token: its first line is empty")]
    Empty(String),
    /// What was read would be another address in GREEN-API's.
    #[error("{0} gives dots alone, which are no token: give it the token")]
    Dots(String),
    /// The file cannot be read.
    #[error("the token's file {} cannot be read", shown(.path))]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        error: io::Error,
    },
    /// The command cannot be run.
    #[error("the token's command {} cannot be run", visible::line(.program))]
    Start {
        /// The program.
        program: String,
        /// What the system said.
        #[source]
        error: io::Error,
    },
    /// The command ran, and failed.
    #[error(
        "the token's command {} failed ({status}){}",
        visible::line(.program),
        complaint(.stderr)
    )]
    Failed {
        /// The program.
        program: String,
        /// How it ended.
        status: ExitStatus,
        /// What it complained, without what it printed.
        stderr: String,
    },
    /// The command did not end in time.
    #[error(
        "the token's command {} did not end within {} seconds",
        visible::line(.program),
        .limit.as_secs_f32()
    )]
    Late {
        /// The program.
        program: String,
        /// How long it had.
        limit: Duration,
    },
    /// The platform has no keyring that is read.
    #[error(
        "keyrings are not read on this platform: use a command that prints the entry {}, as \
         token = {{ command = [\"program\", \"argument\"] }}",
        visible::line(.0)
    )]
    Keyring(String),
    /// The command that reads the keyring is not there.
    #[error(
        "the keyring is read with {program}, which is not on the PATH: {install}, or use \
         token = {{ command = [\"program\", \"argument\"] }}"
    )]
    NoKeyringTool {
        /// The program.
        program: &'static str,
        /// How to get it.
        install: &'static str,
    },
    /// The keyring has no such entry.
    #[error("the keyring has no entry {}: store the token with `{store}`", visible::line(.entry))]
    NoEntry {
        /// The entry.
        entry: String,
        /// The command that stores it.
        store: String,
    },
    /// The embedded sandbox makes its token when it starts.
    #[error("the sandbox makes its token when it starts")]
    Sandbox,
}

/// Takes the variables of every profile's token out of what a program gets that is started. What
/// gives the token of one profile has no use for those of the others.
pub fn withhold(command: &mut std::process::Command) {
    let variables = VARIABLES.lock().unwrap_or_else(PoisonError::into_inner);
    for name in variables.iter() {
        command.env_remove(name);
    }
}

impl TokenSource {
    /// The variable of this name, which is withheld from other programs from now on.
    pub fn env(name: &str) -> Self {
        let mut variables = VARIABLES.lock().unwrap_or_else(PoisonError::into_inner);
        variables.insert(name.to_owned());
        Self::Env(name.to_owned())
    }

    /// Reads the token, an environment variable from the process's own. A command gets
    /// [`COMMAND_TIMEOUT`], no standard input and no shell.
    ///
    /// # Errors
    /// When it is not there, cannot be read, or is empty.
    pub async fn read(&self) -> Result<Secret, TokenError> {
        self.read_with(&process_env, COMMAND_TIMEOUT).await
    }

    /// [`TokenSource::read`] with an environment, and another time for a command.
    ///
    /// # Errors
    /// As there.
    pub async fn read_with(&self, env: Env<'_>, limit: Duration) -> Result<Secret, TokenError> {
        match self {
            Self::Sandbox => Err(TokenError::Sandbox),
            Self::Env(name) => from_env(name, env),
            Self::Command(words) => from_command(words, limit).await,
            Self::File(path) => from_file(&expand(path, env)).await,
            Self::Keyring(entry) => from_keyring(entry, env, limit).await,
        }
    }

    /// Where it comes from, in a few words for people; never the token.
    pub fn describe(&self) -> String {
        match self {
            Self::Sandbox => "made by the sandbox".to_owned(),
            Self::Env(name) => format!("environment variable {name}"),
            Self::Command(words) => {
                let program = words.first().map(String::as_str).unwrap_or_default();
                format!("command {}", visible::line(program))
            }
            Self::File(path) => format!("file {}", shown(path)),
            Self::Keyring(entry) => format!("keyring entry {}", visible::line(entry)),
        }
    }
}

fn from_env(name: &str, env: Env<'_>) -> Result<Secret, TokenError> {
    let value = env(name).filter(|value| !value.is_empty());
    let value = value.ok_or_else(|| TokenError::NoVariable(name.to_owned()))?;
    let what = format!("the environment variable {name}");
    let Ok(text) = value.into_string() else {
        return Err(TokenError::NoText(what));
    };
    first_line(&text, &what)
}

async fn from_file(path: &Path) -> Result<Secret, TokenError> {
    let failed = |error| TokenError::File {
        path: path.to_owned(),
        error,
    };
    let file = tokio::fs::File::from_std(crate::message::file::open(path).map_err(failed)?);
    let bytes = read_some(file).await.map_err(failed)?;
    let what = format!("the file {}", shown(path));
    match String::from_utf8(bytes) {
        Ok(text) => first_line(&text, &what),
        Err(_) => Err(TokenError::NoText(what)),
    }
}

async fn from_command(words: &[String], limit: Duration) -> Result<Secret, TokenError> {
    let [program, arguments @ ..] = words else {
        return Err(TokenError::Empty("an empty command".to_owned()));
    };
    let failed = |error| TokenError::Start {
        program: program.clone(),
        error,
    };
    let mut command = Command::new(program);
    withhold(command.as_std_mut());
    let mut child = command
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .map_err(failed)?;
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let run = async {
        let (stdout, stderr) = tokio::try_join!(read_pipe(stdout), read_pipe(stderr))?;
        Ok((child.wait().await?, stdout, stderr))
    };
    let Ok(ended) = timeout(limit, run).await else {
        return Err(TokenError::Late {
            program: program.clone(),
            limit,
        });
    };
    let (status, stdout, stderr) = ended.map_err(failed)?;
    if !status.success() {
        return Err(TokenError::Failed {
            program: program.clone(),
            status,
            stderr: complaints(&stdout, &stderr),
        });
    }
    let what = format!("the command {}", visible::line(program));
    match String::from_utf8(stdout) {
        Ok(text) => first_line(&text, &what),
        Err(_) => Err(TokenError::NoText(what)),
    }
}

/// A platform's own way to read its keyring.
struct Keyring {
    program: &'static str,
    arguments: Vec<String>,
    install: &'static str,
    /// The command that stores an entry.
    store: String,
    /// The exit code by which it says that there is none, silently or not.
    missing: i32,
}

impl Keyring {
    /// macOS' own `security`, elsewhere libsecret's `secret-tool`, which speaks to GNOME's and KDE's
    /// keyrings.
    fn of(entry: &str) -> Option<Self> {
        let quoted = shell_words::quote(entry);
        if cfg!(target_os = "macos") {
            let find = [
                "find-generic-password",
                "-s",
                "wacompose",
                "-a",
                entry,
                "-w",
            ];
            Some(Self {
                program: "security",
                arguments: find.map(str::to_owned).to_vec(),
                install: "it is a part of macOS",
                store: format!("security add-generic-password -s wacompose -a {quoted} -w"),
                missing: 44,
            })
        } else if cfg!(unix) {
            let look_up = ["lookup", "service", "wacompose", "account", entry];
            Some(Self {
                program: "secret-tool",
                arguments: look_up.map(str::to_owned).to_vec(),
                install: "install libsecret's tools (Debian: libsecret-tools)",
                store: format!(
                    "secret-tool store --label=wacompose service wacompose account {quoted}"
                ),
                missing: 1,
            })
        } else {
            None
        }
    }
}

async fn from_keyring(entry: &str, env: Env<'_>, limit: Duration) -> Result<Secret, TokenError> {
    let keyring = Keyring::of(entry).ok_or_else(|| TokenError::Keyring(entry.to_owned()))?;
    let path = env("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path)
        .map(|folder| folder.join(keyring.program))
        .find(|program| program.is_file());
    let Some(program) = found else {
        return Err(TokenError::NoKeyringTool {
            program: keyring.program,
            install: keyring.install,
        });
    };
    let mut words = vec![program.to_string_lossy().into_owned()];
    words.extend(keyring.arguments);
    let no_entry = || TokenError::NoEntry {
        entry: entry.to_owned(),
        store: keyring.store.clone(),
    };
    match from_command(&words, limit).await {
        Err(TokenError::Failed { status, stderr, .. })
            if status.code() == Some(keyring.missing)
                && (stderr.is_empty() || stderr.contains("could not be found")) =>
        {
            Err(no_entry())
        }
        Err(TokenError::Empty(_)) => Err(no_entry()),
        other => other,
    }
}

async fn read_pipe(pipe: Option<impl AsyncRead + Unpin>) -> io::Result<Vec<u8>> {
    match pipe {
        Some(pipe) => read_some(pipe).await,
        None => Ok(Vec::new()),
    }
}

async fn read_some(from: impl AsyncRead + Unpin) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(MAX_BYTES).read_to_end(&mut bytes).await?;
    Ok(bytes)
}

fn first_line(text: &str, what: &str) -> Result<Secret, TokenError> {
    let line = text.trim_start_matches('\u{feff}').lines().next();
    let secret = Secret::new(line.unwrap_or_default());
    if secret.reveal().is_empty() {
        return Err(TokenError::Empty(what.to_owned()));
    }
    if secret.reveal().bytes().all(|byte| byte == b'.') {
        return Err(TokenError::Dots(what.to_owned()));
    }
    Ok(secret)
}

/// What a command complained, without any line that it printed and without what may be the token:
/// it may have complained of that alone.
fn complaints(stdout: &[u8], stderr: &[u8]) -> String {
    const LONGEST: usize = 500;
    let printed = String::from_utf8_lossy(stdout);
    let mut complaint = String::from_utf8_lossy(stderr).trim().to_owned();
    for line in printed.lines() {
        complaint = Secret::passing(line).redact(&complaint);
    }
    complaint = secret::redact_likely(&complaint);
    if let Some((end, _)) = complaint.char_indices().nth(LONGEST) {
        complaint.truncate(end);
        complaint.push('…');
    }
    complaint
}

fn complaint(stderr: &str) -> String {
    if stderr.is_empty() {
        String::new()
    } else {
        format!(": {}", visible::line(&stderr.replace('\n', " / ")))
    }
}

fn shown(path: &Path) -> String {
    visible::line(&path.display().to_string()).into_owned()
}
