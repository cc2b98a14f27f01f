//! The program in an empty folder, and a sandbox that runs beside it.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread::JoinHandle;
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;
use tokio::sync::oneshot;
use wacompose::sandbox::Sandbox;

/// How long anything may take before a test fails; nothing waits that long when all is well.
pub const PATIENCE: Duration = Duration::from_secs(30);

pub const VALID: &str = "kind = \"buttons\"\nto = \"5511999999999\"\ntext = \"Olá 日本 👩‍👩‍👧 e\u{301} שלום\"\n\
                     [[buttons]]\nid = \"a\"\ntext = \"Sim\"\n";
pub const NO_BUTTONS: &str = "kind = \"buttons\"\nto = \"5511999999999\"\ntext = \"日本\"\n";
pub const COPY: &str = "kind = \"buttons\"\nto = \"5511999999999\"\ntext = \"日本\"\n\
                    [[buttons]]\nid = \"a\"\ntext = \"Copy\"\naction = \"copy\"\ncode = \"1\"\n";
pub const UNREADABLE: &str = "kind = \"text\"\nto = \"5511999999999\"\ntxt = \"日本\"\n";

/// A folder with nothing in it, to run the program in.
pub struct Prompt {
    home: TempDir,
}

/// What the program did.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Ran {
    pub fn of(output: std::process::Output) -> Self {
        Self {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// The objects on standard output, one a line.
    pub fn json(&self) -> Vec<Value> {
        let objects = self.out.lines().map(serde_json::from_str);
        objects.collect::<Result<_, _>>().unwrap()
    }
}

impl Prompt {
    pub fn new() -> Self {
        Self {
            home: TempDir::new().unwrap(),
        }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// A file in the folder.
    pub fn file(self, name: &str, text: &str) -> Self {
        std::fs::write(self.path(name), text).unwrap();
        self
    }

    /// A profile `p`, the default one, on a gateway that runs.
    pub fn profile(self, gateway: &str, running: &Running, more: &str) -> Self {
        let (base_url, token) = (&running.base_url, &running.token);
        let id = if gateway == "green-api" {
            "id_instance = \"1101000001\"\n"
        } else {
            ""
        };
        let config = format!(
            "default_profile = \"p\"\n[profiles.p]\ngateway = \"{gateway}\"\n{id}\
             base_url = \"{base_url}\"\ntoken = {{ file = \"token\" }}\n{more}\n"
        );
        self.file("token", token).file("config.toml", &config)
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_wacompose"));
        command
            .args(arguments)
            .current_dir(self.home.path())
            .env_clear()
            .env("HOME", self.home.path())
            .env("WACOMPOSE_CONFIG", self.path("config.toml"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Ran {
        Ran::of(self.command(arguments).output().unwrap())
    }

    pub fn run_with_input(&self, arguments: &[&str], input: &str) -> Ran {
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(input.as_bytes()).unwrap();
        drop(stdin);
        Ran::of(child.wait_with_output().unwrap())
    }
}

/// A sandbox that runs beside the program.
pub struct Running {
    pub base_url: String,
    pub token: String,
    lines: mpsc::Receiver<String>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Running {
    pub fn start(faults: &[&str]) -> Self {
        let faults: Vec<_> = faults.iter().map(|fault| fault.parse().unwrap()).collect();
        let (log, lines) = mpsc::channel();
        let (started, ready) = mpsc::channel();
        let (stop, stopped) = oneshot::channel::<()>();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(async move {
                let log = std::sync::Mutex::new(log);
                let log = Box::new(move |line| drop(log.lock().unwrap().send(line)));
                let listen = ([127, 0, 0, 1], 0).into();
                let sandbox = Sandbox::start(listen, faults, Some(log)).await.unwrap();
                let token = sandbox.token().reveal().to_owned();
                started.send((sandbox.base_url(), token)).unwrap();
                let _ = stopped.await;
            });
        });
        let (base_url, token) = ready.recv_timeout(PATIENCE).unwrap();
        Self {
            base_url,
            token,
            lines,
            stop: Some(stop),
            thread: Some(thread),
        }
    }

    /// The next request's line.
    pub fn request(&self) -> String {
        self.lines.recv_timeout(PATIENCE).unwrap()
    }

    /// The lines of the requests since the last look.
    pub fn lines(&self) -> Vec<String> {
        self.lines.try_iter().collect()
    }

    pub fn requests(&self) -> usize {
        self.lines.try_iter().count()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

pub fn keys(object: &Value) -> Vec<&str> {
    object
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

pub const SEND_KEYS: [&str; 9] = [
    "file",
    "gateway",
    "outcome",
    "message_id",
    "status",
    "attempts",
    "elapsed_ms",
    "error",
    "warnings",
];
