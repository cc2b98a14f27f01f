//! The commands of the prompt.

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use rstest::rstest;
use tempfile::TempDir;

use crate::gateway::{Gateway, Goes};
use crate::scan::{PASSWORD, SECRETS, Scan, TOKEN, spellings};

const BUTTONS: &str = "kind = \"buttons\"\nto = \"5511999999999\"\ntext = \"Olá 日本 👩‍👩‍👧 e\u{301} שלום\"\n\
                       [[buttons]]\nid = \"a\"\ntext = \"Sim\"\n";

/// Every command that the tests here run.
const COMMANDS: [&str; 12] = [
    "check",
    "completions",
    "config",
    "history",
    "import",
    "payload",
    "preview",
    "sandbox",
    "schema",
    "send",
    "status",
    "thumbnail",
];

/// A profile of a gateway at an address, with where its token comes from.
pub fn config(gateway: &str, base_url: &str, token: &str) -> String {
    let own = match gateway {
        "green-api" => "id_instance = \"1101000001\"\n",
        "cloud-api" => "phone_number_id = \"106540352242922\"\n",
        _ => "",
    };
    format!(
        "default_profile = \"p\"\n[profiles.p]\ngateway = \"{gateway}\"\n{own}\
         base_url = \"{base_url}\"\nallow_http = true\nduplicate_as_text = true\ntoken = {token}\n"
    )
}

/// A home with a configuration, and the commands that are run in it.
pub struct Prompt {
    pub home: TempDir,
    /// The proxy that the environment names.
    pub proxy: String,
    pub scan: Scan,
}

impl Prompt {
    pub fn new(gateway: &str, base_url: &str) -> Self {
        Self::with_config(&config(gateway, base_url, "{ env = \"T\" }"))
    }

    pub fn with_config(config: &str) -> Self {
        let home = TempDir::new().unwrap();
        std::fs::write(home.path().join("config.toml"), config).unwrap();
        for name in ["m.toml", "n.toml"] {
            std::fs::write(home.path().join(name), BUTTONS).unwrap();
        }
        Self {
            home,
            // There is none.
            proxy: format!("http://me:{PASSWORD}@127.0.0.1:9"),
            scan: Scan::new(&SECRETS),
        }
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_wacompose"));
        command
            .args(arguments)
            .args(["--log", "log"])
            .current_dir(self.home.path())
            .env_clear()
            .env("HOME", self.home.path())
            .env("WACOMPOSE_CONFIG", self.home.path().join("config.toml"))
            .env("WACOMPOSE_DATA", self.home.path().join("data"))
            .env("RUST_LOG", "trace")
            .env("T", TOKEN)
            .env("HTTPS_PROXY", &self.proxy)
            .env("HTTP_PROXY", &self.proxy)
            .stdin(Stdio::null());
        command
    }

    /// Runs a command with a log of everything, and looks for secrets in what it printed.
    pub fn run(&self, arguments: &[&str]) -> Output {
        let output = self.command(arguments).output().unwrap();
        self.look_at(&output);
        output
    }

    /// The same, with something on standard input.
    fn run_with_input(&self, arguments: &[&str], input: &str) -> Output {
        let mut command = self.command(arguments);
        let streams = command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = streams.stderr(Stdio::piped()).spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(input.as_bytes()).unwrap();
        drop(stdin);
        let output = child.wait_with_output().unwrap();
        self.look_at(&output);
        output
    }

    pub fn look_at(&self, output: &Output) {
        self.scan.assert_clean("standard output", &output.stdout);
        self.scan.assert_clean("standard error", &output.stderr);
    }

    /// Looks for secrets in all that was left; returns the log.
    pub fn ends(&self) -> String {
        let files = self.scan.assert_folder_clean(self.home.path());
        assert!(files >= 3, "the log is searched too");
        self.log()
    }

    pub fn log(&self) -> String {
        std::fs::read_to_string(self.home.path().join("log")).unwrap()
    }
}

// -------------------------------------------------------------------- messages

#[rstest]
fn what_was_sent_and_looked_at(
    #[values("wuts", "green-api", "cloud-api")] name: &str,
    #[values(
        Goes::Well,
        Goes::Status(200),
        Goes::Status(302),
        Goes::Status(401),
        Goes::Status(403),
        Goes::Status(429),
        Goes::Status(500),
        Goes::Page(502),
        Goes::Away,
        Goes::Garbage,
        Goes::Short
    )]
    goes: Goes,
) {
    let gateway = Gateway::start(goes);
    let prompt = Prompt::new(name, &gateway.url);
    prompt.run(&["send", "m.toml", "--no-retry"]);
    let output = prompt.run(&["send", "m.toml", "n.toml", "--no-retry", "--format", "json"]);
    let lines = String::from_utf8(output.stdout).unwrap();
    assert_eq!(lines.lines().count(), 2, "{lines}");
    for arguments in [
        &["history"][..],
        &["history", "--format", "json", "--limit", "0"],
        &["history", "5511999999999", "日本", "--format", "json"],
        &["history", "show", "1"],
        &["history", "show", "1", "--format", "json"],
        &["history", "show", "1", "--raw"],
    ] {
        let output = prompt.run(arguments);
        assert_eq!(output.status.code(), Some(0));
        assert!(!output.stdout.is_empty(), "{arguments:?} {name}");
    }
    let answered = !matches!(goes, Goes::Away | Goes::Garbage);
    let shown = prompt.run(&["history", "show", "1"]);
    let shown = String::from_utf8(shown.stdout).unwrap();
    let answer = shown.split("\n\n").skip(2).collect::<String>();
    assert_eq!(answer.contains("***"), answered, "{shown}");
    for format in ["json", "curl", "http"] {
        prompt.run(&["payload", "m.toml", "--format", format]);
    }
    let log = prompt.ends();
    assert!(log.contains("TRACE") && log.contains("attempt 1"), "{log}");
    // It is the gateway's words that are searched.
    gateway.was_asked("");
}

#[rstest]
#[case::payload_json(&["payload", "m.toml"], 0)]
#[case::payload_curl(&["payload", "m.toml", "--format", "curl"], 0)]
#[case::payload_http(&["payload", "m.toml", "--format", "http"], 0)]
#[case::payload_elsewhere(&["payload", "m.toml", "--gateway", "wuts"], 0)]
#[case::dry_run(&["send", "m.toml", "--dry-run"], 0)]
#[case::dry_run_json(&["send", "m.toml", "n.toml", "--dry-run", "--format", "json"], 0)]
#[case::check(&["check", "m.toml"], 0)]
#[case::check_json(&["check", ".", "--format", "json"], 0)]
#[case::check_junit(&["check", ".", "--format", "junit"], 0)]
#[case::check_for_all(&["check", "m.toml", "--gateway", "all"], 0)]
#[case::preview(&["preview", "m.toml"], 0)]
#[case::preview_in_colour(&["preview", "m.toml", "--color", "always", "--platform", "ios"], 0)]
#[case::schema(&["schema"], 0)]
#[case::completions(&["completions", "bash"], 0)]
#[case::history_of_nothing(&["history"], 0)]
#[case::history_without_it(&["history", "show", "7"], 2)]
#[case::config_path(&["config", "path"], 0)]
#[case::config_is_there(&["config", "init"], 2)]
#[case::config_check(&["config", "check"], 0)]
#[case::status(&["status"], 3)]
#[case::status_json(&["status", "--format", "json"], 3)]
#[case::no_proxy_there(&["send", "m.toml", "--no-retry"], 1)]
#[case::no_such_file(&["send", "日本.toml"], 2)]
#[case::no_such_picture(&["thumbnail", "日本.png"], 2)]
#[case::no_such_address(&["thumbnail", "https://127.0.0.1:9/日本.png", "--allow-private"], 2)]
#[case::no_command(&["sned", "m.toml"], 2)]
fn other_commands(
    #[case] arguments: &[&str],
    #[case] code: i32,
    #[values("wuts", "green-api", "cloud-api")] name: &str,
) {
    let prompt = Prompt::new(name, "https://gateway.test");
    // A folder that is checked holds messages alone.
    let prompt_in = prompt.home.path().join("messages");
    std::fs::create_dir(&prompt_in).unwrap();
    std::fs::write(prompt_in.join("n.toml"), BUTTONS).unwrap();
    let arguments: Vec<&str> = arguments
        .iter()
        .map(|&word| if word == "." { "messages" } else { word })
        .collect();
    let output = prompt.run(&arguments);
    let words = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(code), "{words}");
    prompt.scan.assert_folder_clean(prompt.home.path());
}

#[test]
fn a_first_configuration() {
    let prompt = Prompt::new("wuts", "https://gateway.test");
    let path = prompt.home.path().join("日本/new.toml");
    let mut command = prompt.command(&["config", "init"]);
    let output = command.env("WACOMPOSE_CONFIG", &path).output().unwrap();
    prompt.look_at(&output);
    assert!(path.exists());
    prompt.ends();
}

#[rstest]
#[case::base64("base64")]
#[case::data_uri("data-uri")]
#[case::json("json")]
fn a_thumbnail(#[case] format: &str) {
    let prompt = Prompt::new("wuts", "https://gateway.test");
    let pictures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/pictures");
    let mut all: Vec<PathBuf> = pictures
        .read_dir()
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "png"))
        .collect();
    all.sort();
    let source = all[0].to_str().unwrap();
    let arguments = [
        "thumbnail",
        source,
        "--format",
        format,
        "--output",
        "日本.jpg",
    ];
    let output = prompt.run(&arguments);
    assert!(output.status.success());
    prompt.ends();
}

// -------------------------------------------------------------------- import

#[rstest]
#[case::curl(&format!(
    "curl -X POST 'https://api.test/send/text' -H 'Authorization: Bearer {TOKEN}' -u 'me:{PASSWORD}' \
     -d '{{\"number\":\"5511999999999\",\"text\":\"Olá 日本\"}}'"
), 0)]
#[case::curl_with_it_in_the_path(&format!(
    "curl 'https://api.test/waInstance1/sendMessage/{TOKEN}' \
     --data-raw '{{\"chatId\":\"5511999999999@c.us\",\"message\":\"Olá 日本\"}}'"
), 0)]
#[case::body(&serde_json::json!({
    "chatId": "5511999999999@c.us", "message": "Olá 日本", "token": TOKEN, "more": [PASSWORD],
}).to_string(), 0)]
#[case::request(&serde_json::json!({
    "method": "POST", "url": format!("https://api.test/{TOKEN}"),
    "headers": { "Authorization": format!("Bearer {TOKEN}") },
    "body": { "number": "5511999999999", "text": "Olá 日本" },
}).to_string(), 0)]
#[case::broken_curl(&format!("curl -H 'Authorization: Bearer {}", TOKEN.replace('"', "")), 2)]
#[case::broken_json(&format!("{{\"token\": {TOKEN}"), 2)]
#[case::a_token_alone(TOKEN, 2)]
#[case::unknown_body(&serde_json::json!({ "a": TOKEN }).to_string(), 2)]
#[case::wrong_type(&serde_json::json!({
    "number": [TOKEN, TOKEN], "text": { "x": TOKEN },
}).to_string(), 2)]
fn what_is_imported(#[case] text: &str, #[case] code: i32) {
    let prompt = Prompt::new("wuts", "https://gateway.test");
    for format in ["toml", "json"] {
        let output = prompt.run_with_input(&["import", "--format", format], text);
        let words = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(code), "{words}");
        assert_eq!(output.stdout.is_empty(), code == 2, "{words}");
    }
    prompt.ends();
}

// -------------------------------------------------------------------- where it is shown

#[rstest]
#[case::json("json")]
#[case::curl("curl")]
#[case::http("http")]
fn the_one_option_that_shows_it(
    #[case] format: &str,
    #[values("wuts", "green-api", "cloud-api")] name: &str,
) {
    let prompt = Prompt::new(name, "https://gateway.test");
    let arguments = ["payload", "m.toml", "--show-secrets", "--format", format];
    let output = prompt.command(&arguments).output().unwrap();
    let found = prompt.scan.find(&output.stdout);
    assert!(found.is_some(), "it is shown where that is wanted");
    prompt.scan.assert_clean("standard error", &output.stderr);
    prompt.ends();
}

#[test]
fn every_command_is_looked_at_and_one_shows_secrets() {
    let prompt = Prompt::new("wuts", "https://gateway.test");
    let help = |arguments: &[&str]| String::from_utf8(prompt.run(arguments).stdout).unwrap();
    let whole = help(&["--help"]);
    let list = whole.split("Commands:\n").nth(1).unwrap();
    let list = list.split("\n\n").next().unwrap();
    let words = list
        .lines()
        .filter_map(|line| line.split_whitespace().next());
    let commands: BTreeSet<&str> = words.filter(|word| *word != "help").collect();
    assert_eq!(commands, BTreeSet::from(COMMANDS));
    let shows: Vec<&str> = commands
        .into_iter()
        .filter(|command| help(&[command, "--help"]).contains("secrets"))
        .collect();
    assert_eq!(shows, ["payload"]);
}

struct Killed(Child);

impl Drop for Killed {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The sandbox prints its token once, for others to use it, and never again.
#[rstest]
#[case::wuts("wuts")]
#[case::green_api("green-api")]
#[case::cloud_api("cloud-api")]
fn the_sandbox_shows_its_token_once(#[case] name: &str) {
    let prompt = Prompt::new(name, "https://gateway.test");
    let mut command = prompt.command(&["sandbox", "--fault", "*=500*1"]);
    let mut child = Killed(command.stdout(Stdio::piped()).spawn().unwrap());
    let mut lines = BufReader::new(child.0.stdout.take().unwrap()).lines();
    let mut value = |key: &str| {
        let line = lines.next().unwrap().unwrap();
        let value = line.strip_prefix(&format!("{key} = ")).unwrap();
        value.trim_matches('"').to_owned()
    };
    let (base_url, token) = (value("base_url"), value("token"));
    let (instance, number) = (value("id_instance"), value("phone_number_id"));
    value("instance");
    let scan = Scan::new(&[&token]);
    let config = config(name, &base_url, "{ env = \"T\" }")
        .replace("1101000001", &instance)
        .replace("106540352242922", &number);
    std::fs::write(prompt.home.path().join("config.toml"), config).unwrap();
    for wrong in [false, false, true] {
        let mut command = prompt.command(&["send", "m.toml", "--no-retry"]);
        let token = if wrong {
            format!("{token}x")
        } else {
            token.clone()
        };
        let output = command.env("T", &token).output().unwrap();
        scan.assert_clean("standard output", &output.stdout);
        scan.assert_clean("standard error", &output.stderr);
        // What is unknown is looked up in the journal, and what was accepted is followed by the
        // question for the state, which take lines of their own.
        let line = loop {
            let line = lines.next().unwrap().unwrap();
            scan.assert_clean("a line of the sandbox", line.as_bytes());
            let is_question = ["getChatHistory", "showMessagesQueue", "getStateInstance"];
            if !is_question.iter().any(|method| line.contains(method)) {
                break line;
            }
        };
        assert!(line.contains("POST"), "{line}");
    }
    assert!(scan.assert_folder_clean(prompt.home.path()) >= 4);
}

/// What a gateway repeats is what the program has to find: the program is asked itself.
#[test]
fn every_spelling_is_cut_out() {
    let secret = wacompose::secret::Secret::new(TOKEN);
    let scan = Scan::new(&[TOKEN]);
    for spelling in spellings(TOKEN) {
        let text = format!("Olá 日本 👩‍👩‍👧 e\u{301} שלום {spelling} שלום");
        let clean = secret.redact(&text);
        scan.assert_clean(&spelling, clean.as_bytes());
        assert!(clean.contains("***"), "{clean}");
    }
}
