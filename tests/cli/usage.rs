//! What is asked for, what is wrong with how it is asked for, and what never reaches a terminal.

use std::io::{Read as _, Write as _};
use std::process::Stdio;

use rstest::rstest;
use serde_json::Value;

use crate::prompt::{Prompt, UNREADABLE, VALID};

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
#[case::mistyped_command_with_a_file(&["chekc", "x"], "there is no command `chekc`: did you mean the command `check`?")]
#[case::mistyped_command_with_an_option(&["histroy", "--limit", "3"], "did you mean the command `history`?")]
#[case::no_command_at_all(&["日本", "x"], "there is no command `日本`")]
#[case::stdin_twice(&["send", "-", "-"], "standard input")]
#[case::no_terminal(&[], "needs a terminal")]
#[case::profile_before_a_command(&["--profile", "sandbox", "send", "a.toml"], "write it after the command")]
#[case::log_that_cannot_be_written(&["--log", "nowhere/日本.log", "check", "a.toml"], "nowhere/日本.log: the log cannot be written")]
fn usage_is_exit_code_2(#[case] arguments: &[&str], #[case] expected: &str) {
    let ran = Prompt::new().run(arguments);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{}", ran.err);
    assert!(ran.err.contains(expected), "{}", ran.err);
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

/// What only the composer knows is not passed over before a command.
#[rstest]
#[case::graphics(&["--graphics", "none", "schema"])]
#[case::quote_file(&["--quote-file", "a.toml", "schema"])]
#[case::allow_private(&["--allow-private", "schema"])]
#[case::profile(&["--profile", "sandbox", "schema"])]
fn the_composers_options_stand_before_no_command(#[case] arguments: &[&str]) {
    let ran = Prompt::new().run(arguments);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{ran:?}");
    assert!(ran.err.contains("belongs to the composer"), "{ran:?}");
}
