//! The external editor: a text goes out in a file, and comes back when the editor has ended.

use std::io;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::config::token::withhold;
use crate::failure::Failure;

/// Whoever reads a text and leaves it as it is takes longer.
const AT_ONCE: Duration = Duration::from_secs(1);

/// Lets the person edit a text in `$VISUAL` or `$EDITOR`.
///
/// # Errors
/// When there is no editor, it failed, or it left no text.
pub(super) fn edit(text: &str) -> Result<String, Failure> {
    let set = |name| {
        std::env::var(name)
            .ok()
            .filter(|value| !value.trim().is_empty())
    };
    let editor = set("VISUAL")
        .or_else(|| set("EDITOR"))
        .unwrap_or_else(|| "vi".to_owned());
    let words = shell_words::split(&editor)
        .map_err(|error| Failure::because(format!("$EDITOR is {editor:?}"), error))?;
    let (program, arguments) = words
        .split_first()
        .ok_or_else(|| Failure::new("$EDITOR is empty"))?;
    let io_error = |error: io::Error| Failure::because("the editor's file cannot be used", error);
    // A folder of its own, for its owner alone: also a file that the editor makes anew is.
    let mut builder = tempfile::Builder::new();
    builder.prefix("wacompose-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(std::fs::Permissions::from_mode(0o700));
    }
    let folder = builder.tempdir().map_err(io_error)?;
    let path = folder.path().join("message.txt");
    write(&path, text).map_err(io_error)?;
    let begin = Instant::now();
    let mut command = Command::new(program);
    withhold(&mut command);
    let status = command
        .args(arguments)
        .arg(&path)
        .status()
        .map_err(|error| {
            let title = format!("{program} does not start: set $VISUAL or $EDITOR");
            Failure::because(title, error)
        })?;
    if !status.success() {
        return Err(Failure::new(format!(
            "{program} ended with {status}; the text stays as it was"
        )));
    }
    let bytes = std::fs::read(&path).map_err(io_error)?;
    if bytes == text.as_bytes() && begin.elapsed() < AT_ONCE {
        // It may be open still: what is saved later is not lost.
        let _ = folder.keep();
        return Err(Failure::new(format!(
            "The editor ended at once and changed nothing: does it need --wait? Its file is kept: {}",
            path.display()
        )));
    }
    // Editors end a file with a line break; the text did not have it.
    let edited = String::from_utf8(bytes)
        .map_err(|_| Failure::new("the editor left a text that is not UTF-8; it was not taken"))?;
    let edited = edited.replace("\r\n", "\n");
    Ok(match edited.strip_suffix('\n') {
        Some(stripped) if !text.ends_with('\n') => stripped.to_owned(),
        _ => edited,
    })
}

/// Writes a file for its owner alone.
fn write(path: &Path, text: &str) -> io::Result<()> {
    use std::io::Write as _;

    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(path)?.write_all(text.as_bytes())
}
