//! The program at the prompt: results, words and exit codes.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread::JoinHandle;
use std::time::Duration;

use rstest::rstest;
use serde_json::Value;
use tempfile::TempDir;
use tokio::sync::oneshot;
use wacompose::sandbox::Sandbox;

/// How long anything may take before a test fails; nothing waits that long when all is well.
const PATIENCE: Duration = Duration::from_secs(30);

const VALID: &str = "kind = \"buttons\"\nto = \"5511999999999\"\ntext = \"Olá 日本 👩‍👩‍👧 e\u{301} שלום\"\n\
                     [[buttons]]\nid = \"a\"\ntext = \"Sim\"\n";
const NO_BUTTONS: &str = "kind = \"buttons\"\nto = \"5511999999999\"\ntext = \"日本\"\n";
const COPY: &str = "kind = \"buttons\"\nto = \"5511999999999\"\ntext = \"日本\"\n\
                    [[buttons]]\nid = \"a\"\ntext = \"Copy\"\naction = \"copy\"\ncode = \"1\"\n";
const UNREADABLE: &str = "kind = \"text\"\nto = \"5511999999999\"\ntxt = \"日本\"\n";

/// A folder with nothing in it, to run the program in.
struct Prompt {
    home: TempDir,
}

/// What the program did.
#[derive(Debug)]
struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl Ran {
    fn of(output: std::process::Output) -> Self {
        Self {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// The objects on standard output, one a line.
    fn json(&self) -> Vec<Value> {
        let objects = self.out.lines().map(serde_json::from_str);
        objects.collect::<Result<_, _>>().unwrap()
    }
}

impl Prompt {
    fn new() -> Self {
        Self {
            home: TempDir::new().unwrap(),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// A file in the folder.
    fn file(self, name: &str, text: &str) -> Self {
        std::fs::write(self.path(name), text).unwrap();
        self
    }

    /// A profile `p`, the default one, on a gateway that runs.
    fn profile(self, gateway: &str, running: &Running, more: &str) -> Self {
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

    fn command(&self, arguments: &[&str]) -> Command {
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

    fn run(&self, arguments: &[&str]) -> Ran {
        Ran::of(self.command(arguments).output().unwrap())
    }

    fn run_with_input(&self, arguments: &[&str], input: &str) -> Ran {
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
struct Running {
    base_url: String,
    token: String,
    lines: mpsc::Receiver<String>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Running {
    fn start(faults: &[&str]) -> Self {
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
    fn request(&self) -> String {
        self.lines.recv_timeout(PATIENCE).unwrap()
    }

    fn requests(&self) -> usize {
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

fn keys(object: &Value) -> Vec<&str> {
    object
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

const SEND_KEYS: [&str; 8] = [
    "file",
    "gateway",
    "outcome",
    "message_id",
    "status",
    "attempts",
    "elapsed_ms",
    "error",
];

#[rstest]
#[case::version(&["--version"], "wacompose ")]
#[case::help(&["--help"], "Exit codes: 0 done")]
#[case::help_of_a_command(&["send", "--help"], "--dry-run")]
#[case::bash(&["completions", "bash"], "_wacompose")]
#[case::fish(&["completions", "fish"], "complete -c wacompose")]
#[case::zsh(&["completions", "zsh"], "#compdef wacompose")]
#[case::elvish(&["completions", "elvish"], "wacompose")]
#[case::powershell(&["completions", "powershell"], "wacompose")]
fn what_is_asked_for_goes_to_standard_output(#[case] arguments: &[&str], #[case] expected: &str) {
    let ran = Prompt::new().run(arguments);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(ran.out.contains(expected), "{}", ran.out);
}

#[rstest]
#[case::unknown_option(&["--nonsense"], "--nonsense")]
#[case::no_file(&["check"], "FILE")]
#[case::unknown_format(&["check", "a.toml", "--format", "jsn"], "json")]
#[case::unknown_gateway(&["check", "a.toml", "--gateway", "wut"], "'wuts'")]
#[case::both(&["check", "a.toml", "--gateway", "wuts", "--profile", "sandbox"], "cannot be used with")]
#[case::unknown_profile(&["check", "a.toml", "--profile", "sandbx"], "did you mean \"sandbox\"?; known profiles: sandbox, sandbox-green-api")]
#[case::not_a_variable(&["send", "a.toml", "--var", "日本"], "NAME=VALUE")]
#[case::listen(&["sandbox", "--listen", "nowhere"], "--listen")]
#[case::listen_port(&["sandbox", "--listen", "127.0.0.1:99999"], "--listen")]
#[case::fault(&["sandbox", "--fault", "/send/buttons=maybe"], "maybe")]
#[case::fault_endpoint(&["sandbox", "--fault", "/nothing=500"], "nothing")]
#[case::missing_file(&["payload", "日本.toml"], "日本.toml: ")]
#[case::mistyped_command(&["chekc"], "did you mean the command `check`?")]
#[case::stdin_twice(&["send", "-", "-"], "standard input")]
#[case::no_terminal(&[], "needs a terminal")]
fn usage_is_exit_code_2(#[case] arguments: &[&str], #[case] expected: &str) {
    let ran = Prompt::new().run(arguments);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{}", ran.err);
    assert!(ran.err.contains(expected), "{}", ran.err);
}

#[test]
fn the_sample_is_sent_with_nothing_configured() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/samples/order.toml");
    let ran = Prompt::new().run(&["send", sample.to_str().unwrap()]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(ran.out.starts_with("accepted 3EB0"), "{}", ran.out);
    assert_eq!(ran.out.lines().count(), 1);
}

#[test]
fn a_broken_configuration_is_named_by_its_lines() {
    let prompt = Prompt::new()
        .file("config.toml", "them = 1\nthema = 2\n")
        .file("a.toml", VALID);
    let ran = prompt.run(&["check", "a.toml"]);
    let config = prompt.path("config.toml");
    assert_eq!(ran.code, 2);
    let lines: Vec<&str> = ran.err.lines().collect();
    assert!(lines[0].starts_with(&format!("{}:1:1: unknown key", config.display())));
    assert!(lines[1].starts_with(&format!("{}:2:1: unknown key", config.display())));
    assert_eq!(
        prompt.run(&["check", "a.toml", "--gateway", "wuts"]).code,
        0
    );
}

#[rstest]
#[case::valid(&["v.toml"], 0)]
#[case::invalid(&["i.toml"], 1)]
#[case::unreadable(&["u.toml"], 2)]
#[case::invalid_among_valid(&["v.toml", "i.toml", "v.toml"], 1)]
#[case::unreadable_first(&["u.toml", "i.toml", "v.toml"], 2)]
#[case::missing(&["v.toml", "none.toml"], 2)]
fn check_goes_on_and_ends_with_the_worst(
    #[case] files: &[&str],
    #[case] code: i32,
    #[values("text", "json", "junit")] format: &str,
) {
    let prompt = Prompt::new()
        .file("v.toml", VALID)
        .file("i.toml", NO_BUTTONS)
        .file("u.toml", UNREADABLE);
    let ran = prompt.run(&[&["check", "--format", format], files].concat());
    assert_eq!(ran.code, code, "{ran:?}");
    let reported = match format {
        "json" => ran.json().len(),
        "junit" => ran.out.matches("<testcase ").count(),
        _ => return,
    };
    assert_eq!(reported, files.len());
}

#[test]
fn check_reports_objects_whose_keys_are_always_there() {
    let prompt = Prompt::new()
        .file("v.toml", VALID)
        .file("i.toml", &VALID.replace("Sim", &"é".repeat(26)))
        .file("u.toml", UNREADABLE);
    let ran = prompt.run(&["check", "--format", "json", "v.toml", "i.toml", "u.toml"]);
    let objects = ran.json();
    for object in &objects {
        assert_eq!(keys(object), ["file", "gateway", "ok", "problems"]);
        assert_eq!(object["gateway"], "wuts");
        for problem in object["problems"].as_array().unwrap() {
            let expected = ["severity", "field", "message", "actual", "limit", "unit"];
            assert_eq!(keys(problem), expected);
        }
    }
    assert_eq!(objects[0]["ok"], true);
    let over = &objects[1]["problems"][0];
    assert_eq!(objects[1]["ok"], false);
    assert_eq!(over["severity"], "error");
    assert_eq!(over["field"], "buttons[0].text");
    assert_eq!((&over["actual"], &over["limit"]), (&26.into(), &25.into()));
    assert_eq!(over["unit"], "unicode_scalar_values");
    let unreadable = &objects[2]["problems"];
    assert!(
        unreadable
            .as_array()
            .unwrap()
            .iter()
            .any(|problem| problem["field"] == "txt")
    );
    assert!(ran.err.contains("u.toml:3:1: "), "{}", ran.err);
}

#[test]
fn check_writes_junit() {
    let prompt = Prompt::new()
        .file("v.toml", VALID)
        .file("i&<\">.toml", NO_BUTTONS);
    let ran = prompt.run(&[
        "check",
        "--format",
        "junit",
        "v.toml",
        "i&<\">.toml",
        "none.toml",
    ]);
    assert!(
        ran.out
            .starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
    );
    assert!(
        ran.out.contains("tests=\"3\" failures=\"1\" errors=\"1\""),
        "{}",
        ran.out
    );
    assert!(
        ran.out.contains("name=\"i&amp;&lt;&quot;&gt;.toml\""),
        "{}",
        ran.out
    );
    assert!(
        ran.out.contains("<failure message=\"error: buttons: "),
        "{}",
        ran.out
    );
    assert!(ran.out.ends_with("</testsuites>\n"));
}

#[test]
fn standard_input_and_values_from_the_prompt() {
    let prompt = Prompt::new();
    let text = VALID.replace("Sim", "{{answer}}");
    let arguments = [
        "payload",
        "-",
        "--var",
        "answer=はい=",
        "--to",
        "+55 11 98888-7777",
    ];
    let ran = prompt.run_with_input(&arguments, &text);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
    let payload: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(payload["body"]["to"], "5511988887777");
    assert_eq!(payload["body"]["buttons"][0]["display_text"], "はい=");
    let ran = prompt.run_with_input(
        &["check", "-", "--var", "answr=x", "--format", "json"],
        &text,
    );
    assert_eq!((ran.code, &ran.json()[0]["file"]), (1, &"-".into()));
    assert!(
        ran.err.contains("--var answr: no message has {{answr}}"),
        "{}",
        ran.err
    );
    let json = r#"{"kind":"text","to":"5511999999999","text":"日本"}"#;
    assert_eq!(prompt.run_with_input(&["check", "-"], json).code, 0);
    let ran = prompt.run_with_input(&["check", "-"], UNREADABLE);
    assert!(ran.err.contains("<stdin>:3:1: "), "{}", ran.err);
}

#[test]
fn payload_masks_the_token() {
    let running = Running::start(&[]);
    for gateway in ["wuts", "green-api"] {
        let prompt = Prompt::new()
            .profile(gateway, &running, "")
            .file("a.toml", VALID);
        for format in ["json", "curl", "http"] {
            let ran = prompt.run(&["payload", "a.toml", "--format", format]);
            assert_eq!(ran.code, 0, "{ran:?}");
            assert!(ran.out.contains("***"), "{}", ran.out);
            assert!(!format!("{ran:?}").contains(&running.token), "{ran:?}");
            let ran = prompt.run(&["payload", "a.toml", "--format", format, "--show-secrets"]);
            assert!(ran.out.contains(&running.token), "{}", ran.out);
        }
        std::fs::remove_file(prompt.path("token")).unwrap();
        assert_eq!(
            prompt.run(&["payload", "a.toml"]).code,
            0,
            "the token is not asked for"
        );
        let ran = prompt.run(&["payload", "a.toml", "--show-secrets"]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    }
    assert_eq!(running.requests(), 0);
}

#[test]
fn payload_is_printed_despite_problems() {
    let prompt = Prompt::new()
        .file("i.toml", NO_BUTTONS)
        .file("c.toml", COPY);
    let ran = prompt.run(&["payload", "i.toml", "--gateway", "wuts"]);
    assert_eq!(ran.code, 0);
    assert!(ran.err.contains("i.toml: error: buttons: "), "{}", ran.err);
    let payload: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(keys(&payload), ["method", "url", "headers", "body"]);
    assert_eq!(payload["url"], "https://api.wuts.com.br/send/buttons");
    assert_eq!(payload["headers"]["Authorization"], "Bearer <token>");
    let ran = prompt.run(&["payload", "c.toml", "--gateway", "wuts"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    assert!(ran.err.contains("buttons[0].action"), "{}", ran.err);
    let ran = prompt.run(&[
        "payload",
        "c.toml",
        "--gateway",
        "green-api",
        "--format",
        "curl",
    ]);
    assert!(ran.out.starts_with("curl --request POST"), "{}", ran.out);
}

#[test]
fn send_reports_objects_whose_keys_are_always_there() {
    let running = Running::start(&["/send/text=500"]);
    let prompt = Prompt::new()
        .profile("wuts", &running, "")
        .file("v.toml", VALID)
        .file(
            "t.toml",
            "kind = \"text\"\nto = \"5511999999999\"\ntext = \"日本\"\n",
        )
        .file("i.toml", NO_BUTTONS)
        .file("c.toml", COPY);
    let ran = prompt.run(&[
        "send", "--format", "json", "v.toml", "t.toml", "i.toml", "c.toml",
    ]);
    let objects = ran.json();
    for object in &objects {
        assert_eq!(keys(object), SEND_KEYS);
        assert_eq!(object["gateway"], "wuts");
        if !object["error"].is_null() {
            assert_eq!(keys(&object["error"]), ["code", "message"]);
        }
    }
    let outcomes: Vec<&Value> = objects.iter().map(|object| &object["outcome"]).collect();
    assert_eq!(outcomes[0], "accepted");
    assert_eq!(
        (&objects[0]["status"], &objects[0]["attempts"]),
        (&200.into(), &1.into())
    );
    assert!(objects[0]["error"].is_null());
    assert_eq!(objects[1]["status"], 500);
    assert_ne!(outcomes[1], "accepted");
    assert!(objects[1]["message_id"].is_null());
    for (object, code) in [(&objects[2], "invalid"), (&objects[3], "unsupported")] {
        assert_eq!(
            (&object["outcome"], &object["error"]["code"]),
            (&"rejected".into(), &code.into())
        );
        assert_eq!(
            (&object["attempts"], &object["status"]),
            (&0.into(), &Value::Null)
        );
    }
    assert_eq!(running.requests(), 2);
}

#[test]
fn send_refuses_errors_unless_forced() {
    let running = Running::start(&[]);
    let prompt = Prompt::new()
        .profile("wuts", &running, "")
        .file("i.toml", NO_BUTTONS);
    let ran = prompt.run(&["send", "i.toml"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, "rejected invalid\n"));
    assert!(ran.err.contains("i.toml: error: buttons: "), "{}", ran.err);
    assert_eq!(running.requests(), 0);
    let ran = prompt.run(&["send", "--force", "i.toml"]);
    assert_eq!(
        ran.code, 1,
        "the gateway refuses it in its own words: {ran:?}"
    );
    assert!(ran.err.contains("WUTS: "), "{}", ran.err);
    assert!(running.request().contains("/send/buttons"));
}

#[test]
fn nothing_is_sent_where_a_file_cannot_be_read() {
    let running = Running::start(&[]);
    let prompt = Prompt::new()
        .profile("wuts", &running, "")
        .file("v.toml", VALID)
        .file("u.toml", UNREADABLE);
    let ran = prompt.run(&["send", "v.toml", "u.toml"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("u.toml:3:1: ") && ran.err.contains("nothing was sent"));
    let ran = prompt.run(&["send", "--format", "json", "v.toml", "u.toml"]);
    let codes: Vec<Value> = ran
        .json()
        .iter()
        .map(|one| one["error"]["code"].clone())
        .collect();
    assert_eq!(codes, ["not-sent", "unreadable"]);
    assert_eq!(running.requests(), 0);
}

#[test]
fn a_token_that_cannot_be_read_sends_nothing() {
    let running = Running::start(&[]);
    let prompt = Prompt::new()
        .profile("wuts", &running, "")
        .file("v.toml", VALID);
    std::fs::remove_file(prompt.path("token")).unwrap();
    for arguments in [&["send", "v.toml"][..], &["send", "--dry-run", "v.toml"]] {
        let ran = prompt.run(arguments);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""));
        assert!(ran.err.contains("token"), "{}", ran.err);
    }
    assert_eq!(running.requests(), 0);
}

#[test]
fn a_dry_run_prints_the_request_and_sends_nothing() {
    let running = Running::start(&[]);
    let prompt = Prompt::new()
        .profile("wuts", &running, "")
        .file("v.toml", VALID)
        .file("i.toml", NO_BUTTONS);
    let ran = prompt.run(&["send", "--dry-run", "v.toml"]);
    assert_eq!(ran.code, 0);
    assert!(
        ran.out.starts_with("POST /send/buttons HTTP/1.1\n"),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("Bearer ***") && ran.err.contains("nothing was sent"));
    let ran = prompt.run(&["send", "--dry-run", "--format", "json", "v.toml"]);
    assert_eq!(keys(&ran.json()[0]), ["method", "url", "headers", "body"]);
    assert_eq!(prompt.run(&["send", "--dry-run", "i.toml"]).code, 1);
    assert_eq!(running.requests(), 0);
}

#[test]
fn an_outcome_that_nobody_knows_is_exit_code_3() {
    let running = Running::start(&["*=drop"]);
    let prompt = Prompt::new()
        .profile("wuts", &running, "")
        .file("v.toml", VALID)
        .file("i.toml", NO_BUTTONS);
    let ran = prompt.run(&["send", "v.toml", "i.toml"]);
    assert_eq!(ran.code, 3, "{ran:?}");
    let lines: Vec<&str> = ran.out.lines().collect();
    assert!(lines[0].starts_with("v.toml: unknown "), "{}", ran.out);
    assert_eq!(lines[1], "i.toml: rejected invalid");
}

#[test]
fn the_numbered_text_is_reported_where_it_went_along() {
    let running = Running::start(&[]);
    let prompt = Prompt::new()
        .profile("green-api", &running, "duplicate_as_text = true")
        .file("v.toml", VALID);
    let ran = prompt.run(&["send", "--format", "json", "v.toml"]);
    let object = &ran.json()[0];
    assert_eq!(keys(object), [&SEND_KEYS[..], &["duplicate"]].concat());
    assert_eq!(keys(&object["duplicate"]), SEND_KEYS);
    assert_ne!(object["message_id"], object["duplicate"]["message_id"]);
    assert_eq!(running.requests(), 2);
    let ran = prompt.run(&["send", "v.toml"]);
    let lines: Vec<&str> = ran.out.lines().collect();
    assert!(lines[0].starts_with("accepted ") && lines[1].starts_with("numbered text accepted "));
}

#[test]
fn a_method_that_is_switched_off_names_what_else_there_is() {
    let running = Running::start(&[]);
    let prompt = Prompt::new()
        .profile("green-api", &running, "buttons_method = \"sendButtons\"")
        .file("v.toml", VALID);
    let ran = prompt.run(&["send", "v.toml"]);
    assert_eq!(
        (ran.code, ran.out.as_str()),
        (1, "rejected 403\n"),
        "{ran:?}"
    );
    assert!(
        ran.err.contains("sendInteractiveButtonsReply"),
        "{}",
        ran.err
    );
    assert!(!ran.err.contains(&running.token), "{}", ran.err);
}

#[cfg(unix)]
fn interrupt(child: &Child, signal: rustix::process::Signal) {
    let id = rustix::process::Pid::from_child(child);
    rustix::process::kill_process(id, signal).unwrap();
}

#[cfg(unix)]
#[test]
fn ctrl_c_stops_a_send_and_says_what_is_known() {
    let running = Running::start(&["*=timeout"]);
    let prompt = Prompt::new()
        .profile("wuts", &running, "")
        .file("v.toml", VALID);
    let child = prompt
        .command(&["send", "--format", "json", "v.toml", "v.toml"])
        .spawn()
        .unwrap();
    assert!(running.request().contains("/send/buttons"));
    interrupt(&child, rustix::process::Signal::INT);
    let ran = Ran::of(child.wait_with_output().unwrap());
    let objects = ran.json();
    assert_eq!(ran.code, 3, "{ran:?}");
    assert_eq!(objects[0]["outcome"], "unknown");
    assert_eq!(objects[0]["error"]["code"], "cancelled");
    assert_eq!(objects[1]["outcome"], "rejected");
    assert_eq!(objects[1]["attempts"], 0);
    assert_eq!(running.requests(), 0);
}

#[cfg(unix)]
#[rstest]
#[case::ctrl_c(rustix::process::Signal::INT)]
#[case::terminated(rustix::process::Signal::TERM)]
fn the_sandbox_prints_what_it_is_and_each_request(#[case] signal: rustix::process::Signal) {
    let prompt = Prompt::new().file("v.toml", VALID);
    let mut child = prompt.command(&["sandbox"]).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut values = Vec::new();
    for key in ["base_url", "token", "id_instance", "phone_number_id"] {
        let line = lines.next().unwrap().unwrap();
        let value = line.strip_prefix(&format!("{key} = \"")).unwrap();
        values.push(value.strip_suffix('"').unwrap().to_owned());
    }
    let (base_url, token) = (&values[0], &values[1]);
    let config = format!(
        "[profiles.p]\ngateway = \"wuts\"\nbase_url = \"{base_url}\"\ntoken = {{ file = \"token\" }}\n"
    );
    let prompt = prompt.file("config.toml", &config).file("token", token);
    let ran = prompt.run(&["send", "v.toml", "--profile", "p"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let request = lines.next().unwrap().unwrap();
    assert!(
        request.contains("/send/buttons") && !request.contains(token),
        "{request}"
    );
    interrupt(&child, signal);
    assert!(lines.next().is_none());
    let mut err = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut err)
        .unwrap();
    assert_eq!((child.wait().unwrap().code(), err.as_str()), (Some(0), ""));
}

#[test]
fn a_reader_that_has_gone_is_no_error() {
    let prompt = Prompt::new();
    let mut child = prompt
        .command(&["check", "-"])
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(VALID.as_bytes()).unwrap();
    drop(stdin);
    let mut err = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut err)
        .unwrap();
    assert_eq!((child.wait().unwrap().code(), err.as_str()), (Some(0), ""));
}

#[test]
fn preview_draws_the_bubble() {
    let prompt = Prompt::new().file("v.toml", &VALID.replace("Olá", "*Olá*"));
    let plain = prompt.run(&["preview", "v.toml", "--width", "30"]);
    assert_eq!((plain.code, plain.err.as_str()), (0, ""));
    assert!(
        plain.out.contains("日本") && plain.out.contains("↩ Sim"),
        "{}",
        plain.out
    );
    assert!(!plain.out.contains('\u{1b}') && !plain.out.contains('*'));
    assert!(
        plain
            .out
            .lines()
            .all(|line| wacompose::wrap::width(line) <= 30)
    );
    let styled = prompt.run(&["preview", "v.toml", "--color", "always"]);
    assert!(
        styled.out.contains("\u{1b}[1mOlá\u{1b}[0m"),
        "{}",
        styled.out
    );
    let ran = prompt.run(&["preview", "v.toml", "--platform", "ios", "--color", "never"]);
    assert_eq!(ran.code, 0);
    assert_eq!(prompt.run(&["preview", "v.toml", "--width", "0"]).code, 2);
}

#[rstest]
#[case::check(&["check"])]
#[case::check_json(&["check", "--format", "json"])]
#[case::check_junit(&["check", "--format", "junit"])]
#[case::payload(&["payload"])]
#[case::payload_curl(&["payload", "--format", "curl"])]
#[case::payload_http(&["payload", "--format", "http"])]
#[case::preview(&["preview"])]
#[case::send(&["send", "--force"])]
#[case::send_json(&["send", "--force", "--format", "json"])]
fn escape_sequences_never_reach_the_terminal(#[case] arguments: &[&str]) {
    let prompt = Prompt::new().file(
        "\u{1b}[31m\u{202e}.toml",
        &VALID.replace("Sim", "\\u001b[31m\\u202e\\u009b"),
    );
    let ran = prompt.run(&[arguments, &["\u{1b}[31m\u{202e}.toml"]].concat());
    assert!(!ran.out.is_empty() || !ran.err.is_empty());
    for text in [&ran.out, &ran.err] {
        assert!(!text.contains(['\u{1b}', '\u{202e}', '\u{9b}']), "{text:?}");
    }
}

#[test]
fn config_is_written_once_and_for_its_owner_alone() {
    let prompt = Prompt::new();
    let path = prompt.path("new 日本/config.toml");
    let run = |arguments: &[&str]| {
        let mut command = prompt.command(arguments);
        Ran::of(command.env("WACOMPOSE_CONFIG", &path).output().unwrap())
    };
    assert_eq!(
        run(&["config", "path"]).out,
        format!("{}\n", path.display())
    );
    let ran = run(&["config", "check"]);
    assert_eq!(ran.code, 0);
    assert!(ran.out.contains("wacompose config init"), "{}", ran.out);
    let ran = run(&["config", "init"]);
    assert_eq!((ran.code, ran.out), (0, format!("{}\n", path.display())));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&path), 0o600);
        assert_eq!(mode(path.parent().unwrap()), 0o700);
    }
    std::fs::write(&path, "theme = \"light\"\n").unwrap();
    let ran = run(&["config", "init"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("there already"), "{}", ran.err);
    assert_eq!(
        std::fs::read_to_string(&path).unwrap(),
        "theme = \"light\"\n"
    );
    assert_eq!(run(&["config", "check"]).code, 0);
}

#[test]
fn config_check_tells_whether_tokens_can_be_read_and_never_shows_them() {
    let prompt = Prompt::new().file("token", "s3cret-日本").file(
        "config.toml",
        "[profiles.a]\ngateway = \"wuts\"\ntoken = { file = \"token\" }\n\
         [profiles.\"b 日本\"]\ngateway = \"wuts\"\ntoken = { env = \"WACOMPOSE_NO_TOKEN\" }\n",
    );
    let ran = prompt.run(&["config", "check"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(
        ran.out
            .contains("a: wuts at https://api.wuts.com.br, token from file ")
    );
    assert!(ran.out.contains("token: can be read"), "{}", ran.out);
    assert!(
        ran.err
            .contains("warning: b 日本: the environment variable WACOMPOSE_NO_TOKEN")
    );
    assert!(!format!("{ran:?}").contains("s3cret"));
}
