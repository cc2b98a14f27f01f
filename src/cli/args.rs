//! What can be written at the prompt.

#![expect(
    clippy::doc_markdown,
    reason = "its comments are shown as help, which knows no markup"
)]

mod mistyped;

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Args, CommandFactory as _, Parser, Subcommand, ValueEnum};

use super::messages::Fill;
use super::status::Status;
use super::target::{Target, Targets};
use crate::config::GraphicsChoice;
use crate::gateway::Platform;
use crate::message::Thumbnail as Named;
use crate::thumbnail::Settings;

/// Compose, preview, check and send WhatsApp interactive messages
///
/// Without a command, the composer opens on FILE, or on what was open last; at first on a sample
/// message. With nothing configured, messages go to a sandbox gateway inside the program and reach
/// nobody.
#[derive(Debug, Parser)]
#[command(
    name = "wacompose",
    version,
    verbatim_doc_comment,
    override_usage = "wacompose [OPTIONS] [FILE]\n       wacompose [--log FILE] <COMMAND>",
    after_help = "\
Examples:
  wacompose                          compose a message, in the sandbox
  wacompose order.toml               compose the message in a file
  wacompose check messages           say what is wrong with all of a folder's
  wacompose send order.toml --profile staging

FILE is a message in TOML or JSON; - is standard input.
Exit codes: 0 done, 1 the message is invalid or was refused, 2 wrong usage or an unreadable file,
3 the outcome is unknown."
)]
pub(super) struct Arguments {
    #[command(flatten)]
    pub compose: Compose,
    /// Write what goes over the network to the end of FILE, without tokens; RUST_LOG says how much
    #[arg(long, value_name = "FILE", global = true)]
    pub log: Option<PathBuf>,
    #[command(subcommand)]
    pub command: Option<Command>,
}

impl Arguments {
    /// Reads a command line. What the composer takes does not go before a command, `--log` does.
    pub(super) fn read(line: impl Iterator<Item = OsString>) -> Result<Self, clap::Error> {
        let line: Vec<OsString> = line.collect();
        let read = Self::try_parse_from(&line).map_err(|error| mistyped::explain(&line, error))?;
        if read.command.is_some() && read.compose.is_given() {
            let words =
                "an option before a command belongs to the composer: write it after the command";
            return Err(Self::command().error(ErrorKind::ArgumentConflict, words));
        }
        Ok(read)
    }
}

/// The composer.
#[derive(Debug, Args)]
pub(super) struct Compose {
    /// The message file to open
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// The profile to send with
    #[arg(long, value_name = "NAME")]
    pub profile: Option<String>,
    /// How pictures are shown, in the place of the configuration's
    #[arg(long, value_name = "WAY", value_parser = PossibleValuesParser::new(GraphicsChoice::ALL.iter().map(|choice| choice.name())).try_map(|name| name.parse::<GraphicsChoice>()))]
    pub graphics: Option<GraphicsChoice>,
    /// The buttons or list message that a reply answers: what is selected is picked from it
    #[arg(long, value_name = "FILE")]
    pub quote_file: Option<PathBuf>,
    /// Fetch pictures from this machine and private networks too
    #[arg(long)]
    pub allow_private: bool,
    #[command(flatten)]
    pub fill: Fill,
}

impl Compose {
    /// Whether anything of it was written.
    fn is_given(&self) -> bool {
        self.file.is_some()
            || self.profile.is_some()
            || self.graphics.is_some()
            || self.quote_file.is_some()
            || self.allow_private
            || self.fill.is_given()
    }
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Say what is wrong with messages
    #[command(after_help = "\
Examples:
  wacompose check order.toml
  wacompose check --gateway green-api --format junit messages > report.xml
  wacompose check --gateway all order.toml

Of a folder every .toml and .json file is checked, those in its folders too, but none whose name begins
with a dot. With --gateway all each file is checked for every gateway: whether it can be sent there as it
is (native), by another method, or not at all, and what is wrong with it there.

Errors make the exit code 1; warnings do not. Of several files and gateways the worst one counts: with
--gateway all it is 0 only where every gateway takes every message.")]
    Check(Check),
    /// Print the request that would send a message
    #[command(after_help = "\
Examples:
  wacompose payload order.toml --format curl
  wacompose payload order.toml --gateway wuts

The request is printed whatever is wrong with the message; problems go to standard error. The token
is masked.")]
    Payload(Payload),
    /// Send messages
    #[command(after_help = "\
Examples:
  wacompose send order.toml                       to the sandbox: it reaches nobody
  wacompose send order.toml --profile staging --to \"+55 11 99999-9999\"
  wacompose send a.toml b.toml --format json

A message with errors is refused, unless --force. What a gateway certainly did not take (no
connection, status 429 or 503) is sent again after a while, five times at the most. Ctrl+C stops a
send and says what is known.

The same message again (profile, recipient, everything that is sent) is sent, with a warning. With
--once it is not sent where it was accepted in the last 24 hours (already-sent, exit code 0), nor where
it may have been (exit code 3), so that a script can be run again. A file that is named twice is sent
once.")]
    Send(Send),
    /// Draw what the recipient sees
    #[command(after_help = "\
Examples:
  wacompose preview order.toml
  wacompose preview order.toml --platform ios --width 40 --color never")]
    Preview(Preview),
    /// Make a small, bare JPEG from a picture
    #[command(after_help = "\
Examples:
  wacompose thumbnail photo.jpg
  wacompose thumbnail https://example.com/shirt.png --format data-uri
  wacompose thumbnail - --max-side 200 --max-bytes 8000 --output shirt.jpg < shirt.webp

SRC is a JPEG, PNG, WebP or GIF; - is standard input. The JPEG is turned the right way up and holds
nothing but the picture: no place, no camera, no comment.")]
    Thumbnail(Thumbnail),
    /// Turn a gateway's JSON body, or the command that sends it, into a message file
    #[command(after_help = "\
Examples:
  wacompose import body.json > order.toml
  pbpaste | wacompose import > order.toml
  wacompose payload order.toml --gateway wuts | wacompose import
  wacompose import request.http          a request file; curl, wget, HTTPie, PowerShell are read too

It reads a JSON body of WUTS, GREEN-API, the Cloud API, Evolution API, WAHA or wuzapi, what payload prints,
and commands as documentation, browsers and shells have them: curl of bash, cmd and PowerShell, wget, HTTPie,
.http files, and exports of Postman, Insomnia and browsers (HAR) with one request. What a message file has
no place for is named on standard error, and what cannot be composed is refused by name. A message that
lacks its text or a label is printed with exit code 1. A token is never read.")]
    Import(Import),
    /// Print the JSON Schema of message files
    #[command(after_help = "\
Examples:
  wacompose schema > message.schema.json

Editors complete and check message files with it, in TOML as in JSON.")]
    Schema,
    /// Run the sandbox gateway
    #[command(after_help = "\
Examples:
  wacompose sandbox --listen 127.0.0.1:8080
  wacompose sandbox --fault /send/buttons=500 --fault 'sendButtons=slow:3000'

It prints its address and its token, and then each request on a line. ENDPOINT is as in the path, or
* for all. A fault is a status code (429:30 with a Retry-After of 30 seconds), timeout, drop, lost (it
takes the message and closes without an answer), or slow:MILLISECONDS; *2 after it is for the first
two requests alone. status=state:disconnected and getStateInstance=state:notAuthorized (or another of
GREEN-API's words) put the phone into a state.")]
    Sandbox(Sandbox),
    /// Say whether the gateway can send, and how many messages wait in its queue
    #[command(after_help = "\
Examples:
  wacompose status
  wacompose status --profile support --format json

Exit codes: 0 it is ready, 1 it is not, 3 it is not known.")]
    Status(Status),
    /// List or search what was sent
    #[command(
        args_conflicts_with_subcommands = true,
        after_help = "\
Examples:
  wacompose history
  wacompose history rejected 5511999999999        messages that hold both words
  wacompose history show 42                       one with its request and answer

The newest come first. SEARCH looks for parts of words in the profile, gateway, kind, recipient, text,
outcome and message id, whatever their case; after -- it may begin with \"show\" too."
    )]
    History(History),
    /// Find, write or check the configuration
    Config {
        #[command(subcommand)]
        command: Config,
    },
    /// Print a script that completes commands in a shell
    #[command(after_help = "\
Examples:
  wacompose completions bash > ~/.local/share/bash-completion/completions/wacompose
  wacompose completions fish > ~/.config/fish/completions/wacompose.fish")]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

#[derive(Debug, Args)]
pub(super) struct Check {
    /// Message files, or folders of them; - is standard input
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    #[command(flatten)]
    pub targets: Targets,
    #[command(flatten)]
    pub fill: Fill,
    /// How to write the result
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: CheckFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum CheckFormat {
    /// A line a problem, for people
    Text,
    /// A JSON object a file and gateway, one a line
    Json,
    /// One JUnit XML document, for CI
    Junit,
}

/// One message, filled in, for a profile or a gateway.
#[derive(Debug, Args)]
pub(super) struct OneMessage {
    /// A message file; - is standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[command(flatten)]
    pub target: Target,
    #[command(flatten)]
    pub fill: Fill,
}

#[derive(Debug, Args)]
pub(super) struct Payload {
    #[command(flatten)]
    pub message: OneMessage,
    /// How to write the request
    #[arg(long, value_name = "FORMAT", default_value = "json")]
    pub format: PayloadFormat,
    /// Fetch the message's picture from this machine and private networks too
    #[arg(long)]
    pub allow_private: bool,
    /// Show the token instead of masking it
    #[arg(long, conflicts_with = "gateway")]
    pub show_secrets: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum PayloadFormat {
    /// One JSON object: method, url, headers, body
    Json,
    /// A curl command
    Curl,
    /// As HTTP is written
    Http,
}

#[derive(Debug, Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is an option of its own at the prompt"
)]
pub(super) struct Send {
    /// Message files; - is standard input
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// The profile to send with
    #[arg(long, value_name = "NAME")]
    pub profile: Option<String>,
    #[command(flatten)]
    pub fill: Fill,
    /// Fetch the message's picture from this machine and private networks too
    #[arg(long)]
    pub allow_private: bool,
    /// Do everything but send, and print the request instead
    #[arg(long)]
    pub dry_run: bool,
    /// Send despite errors
    #[arg(long)]
    pub force: bool,
    /// Do not send what was accepted already in the last 24 hours, or may have been
    #[arg(long)]
    pub once: bool,
    /// Try once, even where it is certain that the gateway did not take the message
    #[arg(long)]
    pub no_retry: bool,
    /// How to write the result
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: SendFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum SendFormat {
    /// A line a message, for people
    Text,
    /// A JSON object a message, one a line
    Json,
}

#[derive(Debug, Args)]
pub(super) struct History {
    #[command(subcommand)]
    pub command: Option<HistoryCommand>,
    /// Words that a message has to hold, all of them
    #[arg(value_name = "SEARCH")]
    pub search: Vec<String>,
    /// The most messages to list; 0 lists all
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub limit: usize,
    /// How to write the result
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: HistoryFormat,
}

#[derive(Debug, Subcommand)]
pub(super) enum HistoryCommand {
    /// Show a message with its request and answer
    Show {
        /// Its number in the list
        #[arg(value_name = "ID")]
        id: i64,
        /// Show the answer's body as it came, and not laid out for reading
        #[arg(long)]
        raw: bool,
        /// How to write the result
        #[arg(long, value_name = "FORMAT", default_value = "text")]
        format: HistoryFormat,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum HistoryFormat {
    /// Lines for people
    Text,
    /// A JSON object a message, one a line
    Json,
}

#[derive(Debug, Args)]
pub(super) struct Preview {
    #[command(flatten)]
    pub message: OneMessage,
    /// Fetch the message's picture from this machine and private networks too
    #[arg(long)]
    pub allow_private: bool,
    /// Columns to draw in [default: the terminal's, 60 at the most]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub width: Option<u16>,
    /// Where the recipient reads it
    #[arg(long, value_name = "PLATFORM", default_value = "android", value_parser = platform())]
    pub platform: Platform,
    /// Whether to use colours and styles
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub color: Color,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[derive(Debug, Args)]
pub(super) struct Thumbnail {
    /// A file, an address of http or https, or - for standard input
    #[arg(value_name = "SRC")]
    pub source: String,
    /// Pixels of the longer side at most
    #[arg(long, value_name = "N", default_value_t = Named::MAX_SIDE, value_parser = clap::value_parser!(u32).range(1..=i64::from(Settings::MAX_SIDE)))]
    pub max_side: u32,
    /// Bytes of the JPEG at most [default: 16384]
    #[arg(long, value_name = "N")]
    pub max_bytes: Option<usize>,
    /// How to write the result [default: base64, or nothing with --output]
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<ThumbnailFormat>,
    /// Write the JPEG itself to FILE
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Fetch from this machine and private networks too
    #[arg(long)]
    pub allow_private: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ThumbnailFormat {
    /// Base64 on one line
    Base64,
    /// A data: address with it
    DataUri,
    /// One JSON object: source, width, height, bytes, original, base64
    Json,
}

#[derive(Debug, Args)]
pub(super) struct Import {
    /// A body or a command; - is standard input
    #[arg(value_name = "FILE", default_value = "-")]
    pub file: PathBuf,
    /// How to write the message
    #[arg(long, value_name = "FORMAT", default_value = "toml")]
    pub format: ImportFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ImportFormat {
    /// A message file in TOML
    Toml,
    /// A message file in JSON
    Json,
}

#[derive(Debug, Args)]
pub(super) struct Sandbox {
    /// Where to listen; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:0")]
    pub listen: SocketAddr,
    /// Go wrong on purpose; can be given several times
    #[arg(long = "fault", value_name = "ENDPOINT=FAULT")]
    pub faults: Vec<crate::sandbox::Fault>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Subcommand)]
pub(super) enum Config {
    /// Print where the configuration is
    Path,
    /// Write a commented configuration to begin with
    Init,
    /// Say what is wrong with the configuration, and whether each token can be read
    Check,
}

fn platform() -> impl TypedValueParser<Value = Platform> {
    PossibleValuesParser::new(Platform::ALL.map(Platform::name)).map(|name| {
        let found = Platform::ALL.into_iter().find(|p| p.name() == name);
        found.unwrap_or_default()
    })
}
