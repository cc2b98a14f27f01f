//! The same again in the whole program: in a later run, from the prompt and from the history; what every
//! built-in profile makes of every sample, at the prompt and on the screen; and a journal that is asked.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use rstest::rstest;
use serde_json::Value;
use tempfile::TempDir;
use wacompose::config::Config;

use crate::session::{Session, program};

const F3: &str = "\u{1b}OR";
const F5: &str = "\u{1b}[15~";
const LEFT: &str = "\u{1b}[D";
const AGAIN: &str = "\u{1b}r";
const QUIT: &str = "\u{11}";

const TEXT: &str = "kind = \"text\"\nto = \"+55 11 99999-9999\"\ntext = \"Olá 日本 👩‍👩‍👧 שלום\"\n";

fn prompt(home: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(program());
    command.args(arguments).current_dir(home);
    command.env_clear().env("HOME", home).output().unwrap()
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap()
}

fn home() -> TempDir {
    let home = TempDir::new().unwrap();
    std::fs::write(home.path().join("m.toml"), TEXT).unwrap();
    home
}

/// The composer on the message, ready to send it.
fn start(home: &Path) -> Session {
    let mut session = Session::start_in(home, &["m.toml"], &[]);
    session.sees("● connect");
    session.sees("Olá 日本");
    session
}

fn quit(mut session: Session) {
    session.types(QUIT);
    assert_eq!(session.ends().0, 0);
}

/// Asks to send, and waits for the warning; Enter alone then sends nothing.
fn is_warned(session: &mut Session, id: &str) {
    session.types(F5);
    session.sees("accepted already");
    session.sees(&id[..16]);
    session.answers();
    session.until("the question is gone", |screen| {
        !screen.contains("Send this message?")
    });
}

fn sent(home: &Path) -> usize {
    let listed = prompt(home, &["history", "--format", "json"]).stdout;
    String::from_utf8(listed).unwrap().lines().count()
}

#[test]
fn what_was_sent_at_the_prompt_is_known_in_every_later_run() {
    let home = home();
    let home = home.path();
    let output = prompt(home, &["send", "m.toml", "--format", "json"]);
    let id = json(&output)["message_id"].as_str().unwrap().to_owned();
    for _ in 0..2 {
        let mut session = start(home);
        is_warned(&mut session, &id);
        quit(session);
    }
    assert_eq!(sent(home), 1);

    // From the history too; and whoever wants it sent twice can have that.
    let mut session = start(home);
    session.types(F3);
    session.sees("✓ accepted");
    session.types(AGAIN);
    session.sees("A new draft");
    is_warned(&mut session, &id);
    session.types(F5);
    session.sees("accepted already");
    session.types(LEFT);
    session.answers();
    session.sees("✓ Accepted");
    quit(session);
    assert_eq!(sent(home), 2);
}

#[test]
fn what_was_sent_on_the_screen_is_known_at_the_prompt() {
    let home = home();
    let home = home.path();
    let mut session = start(home);
    session.types(F5);
    session.sees("Send this message?");
    session.answers();
    session.sees("✓ Accepted");
    quit(session);
    let output = prompt(home, &["send", "m.toml", "--once", "--format", "json"]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(json(&output)["outcome"], "already-sent");
    assert_eq!(sent(home), 1);
}

/// What a message comes to on the screen: accepted, or refused before it leaves.
fn on_screen(home: &Path, sample: &str, profile: &str) -> String {
    let arguments = [
        sample,
        "--profile",
        profile,
        "--var",
        "name=日本",
        "--var",
        "order=1042",
    ];
    let mut session = Session::start_in(home, &arguments, &[]);
    session.sees("● connect");
    session.types(F5);
    let asked = [
        "Send this message?",
        "This gateway cannot send it",
        "Not ready to send",
    ];
    session.until("a question", |screen| {
        asked.iter().any(|title| screen.contains(title))
    });
    if !session.text().contains(asked[0]) {
        let is_unsupported = session.text().contains(asked[1]);
        session.types("\u{1b}[27u");
        quit(session);
        let code = if is_unsupported {
            "unsupported"
        } else {
            "invalid"
        };
        return format!("rejected {code}");
    }
    session.answers();
    session.until("an outcome", |screen| {
        ["✓ Accepted", "✗ ", "? Outcome"]
            .iter()
            .any(|sign| screen.contains(sign))
    });
    let screen = session.text();
    quit(session);
    if screen.contains("✓ Accepted") {
        "accepted".to_owned()
    } else {
        screen
    }
}

#[rstest]
fn every_sample_comes_to_the_same_on_every_profile_that_is_built_in(
    #[files("assets/samples/*")] sample: PathBuf,
) {
    let sample = sample.to_str().unwrap();
    let profiles = Config::default().profiles;
    let mut accepted = 0;
    for profile in profiles.iter().map(|profile| profile.name.as_str()) {
        let (here, there) = (TempDir::new().unwrap(), TempDir::new().unwrap());
        let arguments = ["send", sample, "--profile", profile, "--format", "json"];
        let variables = ["--var", "name=日本", "--var", "order=1042"];
        let output = prompt(here.path(), &[&arguments[..], &variables[..]].concat());
        let at_prompt = match json(&output) {
            object if object["outcome"] == "accepted" => "accepted".to_owned(),
            object => format!("rejected {}", object["error"]["code"].as_str().unwrap()),
        };
        let on_screen = on_screen(there.path(), sample, profile);
        assert_eq!(on_screen, at_prompt, "{sample} {profile}");
        assert!(
            ["accepted", "rejected unsupported"].contains(&at_prompt.as_str()),
            "{sample} {profile}: {at_prompt}"
        );
        accepted += usize::from(at_prompt == "accepted");
    }
    assert!(accepted > 0, "{sample}");
}

/// A sandbox that another process runs, until it is dropped.
struct Running {
    child: Child,
    base_url: String,
    token: String,
}

impl Running {
    fn start(fault: &str) -> Self {
        let mut command = Command::new(program());
        command.args(["sandbox", "--fault", fault]);
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut value = || {
            let line = lines.next().unwrap().unwrap();
            line.split('"').nth(1).unwrap().to_owned()
        };
        let (base_url, token) = (value(), value());
        // It writes a line for each request.
        std::thread::spawn(move || lines.for_each(drop));
        Self {
            child,
            base_url,
            token,
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_lost_answer_is_looked_up_by_itself() {
    let running = Running::start("sendMessage=lost*1");
    let home = home();
    let home = home.path();
    let config = home.join("config.toml");
    let profile = format!(
        "default_profile = \"p\"\n[profiles.p]\ngateway = \"green-api\"\nid_instance = \"1101000001\"\n\
         base_url = \"{}\"\ntoken = {{ env = \"T\" }}\n",
        running.base_url
    );
    std::fs::write(&config, profile).unwrap();
    let environment = [
        ("T", running.token.as_str()),
        ("WACOMPOSE_CONFIG", config.to_str().unwrap()),
    ];
    let mut session = Session::start_in(home, &["m.toml"], &environment);
    session.sees("Olá 日本");
    session.sees("● connect");
    session.types(F5);
    session.sees("Send this message?");
    session.answers();
    session.sees("✓ Accepted");
    session.sees("(sent)");
    let listed = json(&prompt(home, &["history", "--format", "json"]));
    assert_eq!(listed["outcome"], "accepted");
    is_warned(&mut session, listed["message_id"].as_str().unwrap());
    quit(session);
    assert_eq!(sent(home), 1);
}
