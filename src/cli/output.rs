//! Writes to standard output and standard error: nothing else at the prompt does.
//!
//! A reader that has gone away (`| head`) is no error: what is left is dropped quietly. On a terminal each
//! line of the result is written when it is there; elsewhere many at once, but always before words for
//! people, so that the order is kept where both go to the same place.

use std::io::{self, BufWriter, IsTerminal as _, Write};

use serde::Serialize;
use serde_json::Value;

use crate::gateway::wire::escape_unsafe;
use crate::{secret, visible};

/// So many bytes of the result are written at once where nobody watches.
const BUFFER: usize = 64 << 10;

/// Both streams.
pub(super) struct Output {
    out: Stream,
    err: Stream,
    has_progress: bool,
    /// Whether the exit code says more than whether the result could be written.
    has_outcome: bool,
}

struct Stream {
    to: Box<dyn Write>,
    is_terminal: bool,
    failed: Option<io::Error>,
}

impl Output {
    /// The process's own streams.
    pub(super) fn standard() -> Self {
        let (out, err) = (io::stdout(), io::stderr());
        let (out_is_terminal, err_is_terminal) = (out.is_terminal(), err.is_terminal());
        Self {
            out: if out_is_terminal {
                Stream::new(out, true)
            } else {
                Stream::new(BufWriter::with_capacity(BUFFER, out), false)
            },
            err: Stream::new(err, err_is_terminal),
            has_progress: false,
            has_outcome: false,
        }
    }

    /// Other streams, which are no terminals.
    #[cfg(test)]
    pub(super) fn new(out: impl Write + 'static, err: impl Write + 'static) -> Self {
        Self {
            out: Stream::new(out, false),
            err: Stream::new(err, false),
            has_progress: false,
            has_outcome: false,
        }
    }

    /// A line of the result.
    pub(super) fn line(&mut self, line: impl AsRef<str>) {
        self.clear_progress();
        self.out.write(line.as_ref());
        self.out.write("\n");
    }

    /// A part of the result, as it is.
    pub(super) fn text(&mut self, text: &str) {
        self.clear_progress();
        self.out.write(text);
    }

    /// A JSON object of the result, on one line.
    pub(super) fn json(&mut self, value: &impl Serialize) {
        // What is written here has texts as keys, and is always JSON.
        let json = serde_json::to_string(value).unwrap_or_default();
        self.line(escape_unsafe(&json));
    }

    /// A JSON object of the result, on as many lines as it takes.
    pub(super) fn pretty_json(&mut self, value: &Value) {
        self.line(escape_unsafe(&format!("{value:#}")));
    }

    /// A line of words for people, without any secret.
    pub(super) fn say(&mut self, line: impl AsRef<str>) {
        self.clear_progress();
        self.out.flush();
        let line = secret::redact_known(line.as_ref());
        self.err.write(&visible::lines(&line));
        self.err.write("\n");
    }

    /// What is going on, for people who watch; the next words take its place.
    pub(super) fn progress(&mut self, line: &str) {
        if self.err.is_terminal {
            self.clear_progress();
            self.err.write(&visible::line(line));
            self.err.flush();
            self.has_progress = true;
        }
    }

    /// What the parser of arguments has to say: help and version to standard output, errors to
    /// standard error.
    pub(super) fn clap(&mut self, words: &clap::Error) {
        let stream = if words.use_stderr() {
            &mut self.err
        } else {
            &mut self.out
        };
        let text = words.render();
        // Its colours are escape sequences, as what an argument may hold.
        let is_safe = std::env::args_os().all(|argument| {
            argument
                .to_str()
                .is_some_and(|text| !text.contains(visible::is_unsafe))
        });
        if stream.is_terminal && wants_colour() && is_safe {
            stream.write(&text.ansi().to_string());
        } else {
            stream.write(&visible::lines(&text.to_string()));
        }
    }

    /// Whether standard output is a terminal.
    pub(super) const fn is_terminal(&self) -> bool {
        self.out.is_terminal
    }

    /// Whether somebody still reads standard output.
    pub(super) const fn is_read(&self) -> bool {
        self.out.failed.is_none()
    }

    /// From now on the exit code is that of what was done, whether its result could be written or not.
    pub(super) const fn keep_exit_code(&mut self) {
        self.has_outcome = true;
    }

    /// Whether the exit code is that of what was done.
    pub(super) const fn has_outcome(&self) -> bool {
        self.has_outcome
    }

    /// Lets the result so far be read.
    pub(super) fn flush(&mut self) {
        self.out.flush();
    }

    /// Writes what is left, and says why the result is not whole; a reader that has gone away
    /// wanted no more of it.
    pub(super) fn finish(mut self) -> Option<io::Error> {
        self.clear_progress();
        self.out.flush();
        let error = self.out.failed.take();
        let error = error.filter(|error| error.kind() != io::ErrorKind::BrokenPipe)?;
        self.say(format!("error: standard output cannot be written: {error}"));
        Some(error)
    }

    fn clear_progress(&mut self) {
        if std::mem::take(&mut self.has_progress) {
            self.err.write("\r\u{1b}[K");
        }
    }
}

impl Stream {
    fn new(to: impl Write + 'static, is_terminal: bool) -> Self {
        Self {
            to: Box::new(to),
            is_terminal,
            failed: None,
        }
    }

    fn write(&mut self, text: &str) {
        if self.failed.is_none() {
            self.failed = self.to.write_all(text.as_bytes()).err();
        }
    }

    fn flush(&mut self) {
        if self.failed.is_none() {
            self.failed = self.to.flush().err();
        }
    }
}

/// Whether `NO_COLOR` (<https://no-color.org>) and `TERM` leave colours on.
pub(super) fn wants_colour() -> bool {
    let set = |name| std::env::var_os(name).filter(|value| !value.is_empty());
    set("NO_COLOR").is_none() && set("TERM").is_none_or(|term| term != "dumb")
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Broken(io::ErrorKind);

    impl Write for Broken {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_reader_that_has_gone_is_no_error() {
        let mut output = Output::new(Broken(io::ErrorKind::BrokenPipe), io::sink());
        output.line("日本語");
        assert!(!output.is_read());
        output.line("more");
        assert!(output.finish().is_none());
    }

    #[test]
    fn a_full_disk_is_an_error() {
        let mut output = Output::new(Broken(io::ErrorKind::StorageFull), io::sink());
        output.line("👩‍👩‍👧");
        assert!(output.finish().is_some());
    }
}
