//! Copies a text: by the display's own program where there is one, through tmux, or else by asking the
//! terminal (OSC 52), which also works over SSH and says nothing of what becomes of it.

use std::io;
use std::process::Stdio;
use std::time::Duration;

use crossterm::clipboard::CopyToClipboard;
use crossterm::execute;
use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;

use crate::config::token::withhold;
use crate::tui::event::Copied;
use crate::tui::terminal;

/// So long a program may take to accept a text.
const PATIENCE: Duration = Duration::from_secs(3);

/// A program that takes a text on its standard input, with its arguments.
type Program = &'static [&'static str];

/// The programs to try, in order, by what the environment says of displays.
fn programs(is_set: impl Fn(&str) -> bool) -> Vec<(Program, Copied)> {
    let mut programs: Vec<(Program, Copied)> = Vec::new();
    if cfg!(target_os = "macos") {
        programs.push((&["pbcopy"], Copied::Clipboard));
    }
    if is_set("WAYLAND_DISPLAY") {
        programs.push((&["wl-copy"], Copied::Clipboard));
    }
    if is_set("DISPLAY") {
        programs.push((&["xclip", "-selection", "clipboard"], Copied::Clipboard));
        programs.push((&["xsel", "--clipboard", "--input"], Copied::Clipboard));
    }
    if is_set("TMUX") {
        // With its default `set-clipboard external`, tmux drops what a program asks of the terminal.
        programs.push((&["tmux", "load-buffer", "-w", "-"], Copied::Tmux));
    }
    programs
}

/// Puts a text on the clipboard.
pub(super) async fn copy(text: String) -> Copied {
    let mut failed = None;
    for (program, copied) in programs(|name| std::env::var_os(name).is_some_and(|v| !v.is_empty()))
    {
        match hand_over(program, &text).await {
            Ok(()) => return copied,
            // One that is not installed is no failure.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => {
                failed.get_or_insert(format!("{} failed ({error})", program[0]));
            }
        }
    }
    if terminal::is_taken() {
        let _ = execute!(io::stdout(), CopyToClipboard::to_clipboard_from(text));
    }
    Copied::Terminal(failed)
}

/// Gives a text to a program, and waits until it has taken it. What it leaves running to serve the
/// text has none of the composer's streams.
async fn hand_over(program: Program, text: &str) -> io::Result<()> {
    let mut command = Command::new(program[0]);
    withhold(command.as_std_mut());
    let mut child = command
        .args(&program[1..])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()?;
    let work = async {
        if let Some(mut stdin) = child.stdin.take() {
            stdin.write_all(text.as_bytes()).await?;
        }
        child.wait().await
    };
    let status = tokio::time::timeout(PATIENCE, work)
        .await
        .map_err(|_| io::Error::other("it does not answer"))??;
    if status.success() {
        Ok(())
    } else {
        Err(io::Error::other(status.to_string()))
    }
}

#[cfg(all(test, not(target_os = "macos")))]
mod tests {
    use rstest::rstest;

    use super::programs;

    #[rstest]
    #[case::none(&[], &[])]
    #[case::wayland(&["WAYLAND_DISPLAY"], &["wl-copy"])]
    #[case::both_displays(&["WAYLAND_DISPLAY", "DISPLAY"], &["wl-copy", "xclip", "xsel"])]
    #[case::tmux(&["TMUX"], &["tmux"])]
    #[case::tmux_under_x(&["TMUX", "DISPLAY"], &["xclip", "xsel", "tmux"])]
    fn the_display_comes_before_the_terminal(#[case] set: &[&str], #[case] expected: &[&str]) {
        let programs = programs(|name| set.contains(&name));
        let names: Vec<&str> = programs.iter().map(|(program, _)| program[0]).collect();
        assert_eq!(names, expected);
    }
}
