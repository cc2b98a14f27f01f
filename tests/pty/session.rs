//! The program itself in a pseudo-terminal.
//!
//! `WACOMPOSE_BIN` names another build of it, which the check script uses for the release build.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use tempfile::TempDir;

/// How long anything may take before the test fails; nothing waits that long when all is well.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// Enter as a key of its own behind what is typed: line breaks that come together with characters are
/// a paste's, and the End key comes between.
pub const ENTER: &str = "\u{1b}[F\r";

/// The composer in a pseudo-terminal.
pub struct Session {
    pub screen: vt100::Parser,
    pub raw: Vec<u8>,
    pub output: Receiver<Vec<u8>>,
    pub input: Box<dyn Write + Send>,
    pub child: Box<dyn Child + Send + Sync>,
    pub master: Box<dyn MasterPty + Send>,
    /// Its home, where it has one of its own.
    home: Option<TempDir>,
}

pub fn nonzero(number: u16) -> std::num::NonZeroU16 {
    number.try_into().unwrap()
}

/// Whether the question on the screen says that Enter counts.
pub fn can_be_answered(screen: &str) -> bool {
    screen.contains("Enter picks ·") || screen.contains("choose, then Enter")
}

pub fn program() -> PathBuf {
    std::env::var_os("WACOMPOSE_BIN")
        .map_or_else(|| env!("CARGO_BIN_EXE_wacompose").into(), PathBuf::from)
}

impl Session {
    pub fn start(args: &[&str], env: &[(&str, &str)]) -> Self {
        let mut command = CommandBuilder::new(program());
        command.args(args);
        Self::run(command, env)
    }

    /// A shell's script that runs the composer as `$0`.
    pub fn start_shell(script: &str) -> Self {
        let mut command = CommandBuilder::new("bash");
        command.args(["-c", script]);
        command.arg(program());
        Self::run(command, &[])
    }

    /// In a home that is there before and after.
    pub fn start_in(home: &Path, args: &[&str], env: &[(&str, &str)]) -> Self {
        let mut command = CommandBuilder::new(program());
        command.args(args);
        Self::run_in(home, command, env)
    }

    /// The same, started by another program: its arguments end with the composer's path.
    pub fn start_through(home: &Path, through: &[&str], env: &[(&str, &str)]) -> Self {
        let mut command = CommandBuilder::new(through[0]);
        command.args(&through[1..]);
        command.arg(program());
        Self::run_in(home, command, env)
    }

    fn run(command: CommandBuilder, env: &[(&str, &str)]) -> Self {
        let home = TempDir::new().unwrap();
        let mut session = Self::run_in(home.path(), command, env);
        session.home = Some(home);
        session
    }

    fn run_in(home: &Path, mut command: CommandBuilder, env: &[(&str, &str)]) -> Self {
        let size = PtySize {
            rows: 24,
            cols: 80,
            pixel_width: 0,
            pixel_height: 0,
        };
        let pair = native_pty_system().openpty(size).unwrap();
        command.env_clear();
        command.env("HOME", home);
        command.env("TERM", "xterm-256color");
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        for (name, value) in env {
            command.env(name, value);
        }
        command.cwd(home);
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (sender, output) = channel();
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(read @ 1..) = reader.read(&mut buffer) {
                if sender.send(buffer[..read].to_vec()).is_err() {
                    break;
                }
            }
        });
        let input = pair.master.take_writer().unwrap();
        let screen = vt100::Parser::new(nonzero(24), nonzero(80), 0);
        Self {
            screen,
            raw: Vec::new(),
            output,
            input,
            child,
            master: pair.master,
            home: None,
        }
    }

    pub fn text(&self) -> String {
        self.screen.screen().contents()
    }

    /// Waits until the screen is as wanted.
    pub fn until(&mut self, what: &str, wanted: impl Fn(&str) -> bool) {
        let end = Instant::now() + PATIENCE;
        while !wanted(&self.text()) {
            let left = end.saturating_duration_since(Instant::now());
            match self.output.recv_timeout(left) {
                Ok(bytes) => {
                    self.screen.process(&bytes);
                    self.raw.extend(bytes);
                }
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                    panic!("never seen: {what}\n{}", self.text())
                }
            }
        }
    }

    /// Answers the question on the screen with what is chosen, once Enter counts.
    pub fn answers(&mut self) {
        self.answers_with("\r");
    }

    /// Waits until what was typed is in a draft.
    pub fn keeps(&mut self, typed: &str) {
        self.until("what was typed is kept", |screen| {
            screen.contains(typed) && screen.contains("draft saved")
        });
    }

    pub fn sees(&mut self, text: &str) {
        self.until(text, |screen| screen.contains(text));
    }

    /// Presses a key that answers a question, again where it came before it counts, until the screen says
    /// something.
    pub fn insists(&mut self, key: &str, text: &str) {
        let end = Instant::now() + PATIENCE;
        while !self.text().contains(text) {
            assert!(Instant::now() < end, "never seen: {text}\n{}", self.text());
            self.answers_with(key);
            let end = Instant::now() + Duration::from_secs(1);
            while !self.text().contains(text)
                && let Ok(bytes) = self
                    .output
                    .recv_timeout(end.saturating_duration_since(Instant::now()))
            {
                self.screen.process(&bytes);
                self.raw.extend(bytes);
            }
        }
    }

    fn answers_with(&mut self, key: &str) {
        self.until("Enter counts", can_be_answered);
        self.types(key);
    }

    /// Waits until a question is there that can be answered.
    pub fn asks(&mut self, title: &str) {
        self.until(title, |screen| {
            screen.contains(title) && can_be_answered(screen)
        });
    }

    pub fn types(&mut self, keys: &str) {
        self.input.write_all(keys.as_bytes()).unwrap();
        self.input.flush().unwrap();
    }

    /// Waits for the end, and returns the exit code and everything that was written.
    pub fn ends(&mut self) -> (u32, String) {
        let end = Instant::now() + PATIENCE;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            match self.output.recv_timeout(left) {
                Ok(bytes) => {
                    self.screen.process(&bytes);
                    self.raw.extend(bytes);
                }
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => panic!("it does not end\n{}", self.text()),
            }
        }
        let code = self.child.wait().unwrap().exit_code();
        (code, String::from_utf8_lossy(&self.raw).into_owned())
    }
}

impl Session {
    /// Ends it at once, as nothing can be caught.
    pub fn kill(mut self) {
        let id = i32::try_from(self.child.process_id().unwrap()).unwrap();
        let id = rustix::process::Pid::from_raw(id).unwrap();
        rustix::process::kill_process(id, rustix::process::Signal::KILL).unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Session {
    /// A test that fails leaves nothing running.
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}
