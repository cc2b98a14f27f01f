//! `wacompose thumbnail`: a picture, small and bare, in base64 or as a file.

use std::borrow::Cow;
use std::io::{self, Read as _};
use std::path::Path;
use std::time::Duration;

use anyhow::Context as _;
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use super::Exit;
use super::args::{Thumbnail as Command, ThumbnailFormat};
use super::output::Output;
use super::picture::show;
use crate::client::FetchSettings;
use crate::message::inline::Inline;
use crate::picture::{LoadError, Loader, Source};
use crate::thumbnail::{MAX_SOURCE_BYTES, Settings, Thumbnail};
use crate::visible;

/// The time for a picture: somebody waits, or a script that knows what it asks for.
const TIME: Duration = Duration::from_secs(60);

pub(super) fn run(command: &Command, output: &mut Output) -> anyhow::Result<Exit> {
    if let Some(path) = &command.output {
        let there = |path: &Path| path.canonicalize().ok();
        anyhow::ensure!(
            there(path).is_none() || there(path) != there(Path::new(&command.source)),
            "--output names the picture itself, which would be lost: give another name"
        );
    }
    let made = super::block_on(make(command, output))??;
    let thumbnail = match made {
        Ok(thumbnail) => thumbnail,
        Err(error) => {
            output.say(format!("error: {error}"));
            return Ok(Exit::Usage);
        }
    };
    for warning in &thumbnail.warnings {
        output.say(format!("warning: {warning}"));
    }
    if let Some(path) = &command.output {
        let shown = visible::line(&path.display().to_string()).into_owned();
        std::fs::write(path, &thumbnail.jpeg)
            .with_context(|| format!("{shown} cannot be written"))?;
        output.say(format!("{shown}: {}", thumbnail.facts()));
    }
    match (command.format, &command.output) {
        // The file is the result, unless another was asked for by its name.
        (None, Some(_)) => {}
        (None | Some(ThumbnailFormat::Base64), _) => output.line(thumbnail.base64()),
        (Some(ThumbnailFormat::DataUri), _) => output.line(thumbnail.data_uri()),
        (Some(ThumbnailFormat::Json), _) => {
            output.json(&object(&name(&command.source), &thumbnail));
        }
    }
    Ok(Exit::Done)
}

async fn make(
    command: &Command,
    output: &mut Output,
) -> anyhow::Result<Result<Thumbnail, LoadError>> {
    let settings = Settings {
        max_side: command.max_side,
        max_bytes: command.max_bytes.unwrap_or(Settings::default().max_bytes),
        time: TIME,
    };
    let fetch = FetchSettings {
        allow_private: command.allow_private,
        ..FetchSettings::default()
    };
    let loader = Loader::new(settings, fetch);
    // Nothing is left half done: a signal may end the process.
    let cancel = CancellationToken::new();
    if command.source == "-" {
        // One byte more tells what is too big.
        let most = MAX_SOURCE_BYTES as u64 + 1;
        let mut bytes = Vec::new();
        let read = io::stdin().lock().take(most).read_to_end(&mut bytes);
        read.context("standard input cannot be read")?;
        return Ok(loader.load_bytes("<stdin>", bytes, &cancel).await);
    }
    let source = Source::of(&command.source, Path::new(""));
    let progress = |at| show(at, &source, output);
    Ok(loader.load(&source, progress, &cancel).await)
}

/// What the picture is called: one that stands in the argument itself, by its kind.
fn name(source: &str) -> Cow<'_, str> {
    match Inline::of(source) {
        Some(inline) => Cow::Owned(inline.name()),
        None => Cow::Borrowed(source),
    }
}

/// `{"source","width","height","bytes","original":{"format","width","height","bytes"},"base64"}`
fn object(source: &str, thumbnail: &Thumbnail) -> Value {
    let original = thumbnail.original;
    json!({
        "source": source,
        "width": thumbnail.width,
        "height": thumbnail.height,
        "bytes": thumbnail.jpeg.len(),
        "original": {
            "format": original.format.name().to_ascii_lowercase(),
            "width": original.width,
            "height": original.height,
            "bytes": original.bytes,
        },
        "base64": thumbnail.base64(),
    })
}
