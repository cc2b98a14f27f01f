//! What surrounds a command does it no harm: pipes, full disks, too few open files, names with control
//! characters, variables that are secrets.

use std::fs::{File, OpenOptions};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rstest::rstest;

use crate::prompt::{NO_BUTTONS, Prompt, Ran, Running, VALID};

/// What the terminal must not get.
fn is_safe(words: &str) -> bool {
    !words.contains(|c: char| c.is_control() && c != '\n' || c == '\u{202e}')
}

/// A shell in the prompt's folder that runs a script, with the program as `$0`.
fn shell(prompt: &Prompt, script: &str) -> Command {
    let mut command = Command::new("bash");
    command
        .args(["-c", script, env!("CARGO_BIN_EXE_wacompose")])
        .current_dir(prompt.path(""))
        .env_clear()
        .env("HOME", prompt.path(""))
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("WACOMPOSE_CONFIG", prompt.path("config.toml"))
        .stdin(Stdio::null());
    command
}

// ------------------------------------------------------------------------- standard output

#[cfg(target_os = "linux")]
#[rstest]
#[case::accepted(&[], VALID, &[], 0, "v.toml: accepted 3EB0")]
#[case::json(&[], VALID, &["--format", "json"], 0, "v.toml: accepted 3EB0")]
#[case::rejected(&["*=401"], VALID, &[], 1, "v.toml: rejected ")]
#[case::unknown(&["*=500"], VALID, &[], 3, "v.toml: unknown ")]
#[case::invalid(&[], NO_BUTTONS, &[], 1, "standard output cannot be written")]
fn an_outcome_is_told_where_standard_output_is_full(
    #[case] faults: &[&str],
    #[case] message: &str,
    #[case] more: &[&str],
    #[case] code: i32,
    #[case] told: &str,
) {
    let running = Running::start(faults);
    let prompt = Prompt::new()
        .profile("wuts", &running, "")
        .file("v.toml", message);
    let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
    let arguments = [&["send", "v.toml"][..], more].concat();
    let ran = Ran::of(prompt.command(&arguments).stdout(full).output().unwrap());
    assert_eq!(ran.code, code, "{ran:?}");
    assert!(ran.err.contains(told), "{ran:?}");
    assert!(
        ran.err.contains("standard output cannot be written"),
        "{ran:?}"
    );
}

#[test]
fn an_outcome_is_told_where_nobody_reads_standard_output() {
    let running = Running::start(&[]);
    let prompt = Prompt::new()
        .profile("wuts", &running, "")
        .file("v.toml", VALID);
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let ran = Ran::of(
        prompt
            .command(&["send", "v.toml"])
            .stdout(writer)
            .output()
            .unwrap(),
    );
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.err.contains("v.toml: accepted 3EB0"), "{ran:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn other_commands_fail_where_standard_output_is_full() {
    let prompt = Prompt::new().file("v.toml", VALID);
    for arguments in [
        &["check", "v.toml"][..],
        &["payload", "--gateway", "wuts", "v.toml"],
    ] {
        let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
        let ran = Ran::of(prompt.command(arguments).stdout(full).output().unwrap());
        assert_eq!(ran.code, 2, "{ran:?}");
    }
}

// ------------------------------------------------------------------------- pipes and limits

#[cfg(unix)]
#[rstest]
#[case::message(&["check", "pipe.toml"], "pipe.toml: this is a named pipe")]
#[case::sent(&["send", "pipe.toml"], "pipe.toml: this is a named pipe")]
#[case::shown(&["preview", "pipe.toml"], "pipe.toml: this is a named pipe")]
#[case::imported(&["import", "pipe.toml"], "pipe.toml: this is a named pipe")]
#[case::picture(&["thumbnail", "pipe.toml"], "is no ordinary file")]
fn a_named_pipe_is_not_waited_for(#[case] arguments: &[&str], #[case] told: &str) {
    let prompt = Prompt::new();
    let made = Command::new("mkfifo")
        .arg(prompt.path("pipe.toml"))
        .status();
    assert!(made.unwrap().success());
    let begun = Instant::now();
    let ran = prompt.run(arguments);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.err.contains(told), "{ran:?}");
    assert!(begun.elapsed() < Duration::from_secs(20));
}

#[cfg(unix)]
#[rstest]
#[case::configuration("WACOMPOSE_CONFIG")]
#[case::token("")]
#[case::store("WACOMPOSE_DATA")]
fn a_named_pipe_in_the_surroundings_is_not_waited_for(#[case] variable: &str) {
    let prompt = Prompt::new().file("v.toml", VALID);
    let pipe = match variable {
        "WACOMPOSE_DATA" => {
            std::fs::create_dir(prompt.path("data")).unwrap();
            prompt.path("data/wacompose.db")
        }
        _ => prompt.path("pipe"),
    };
    assert!(
        Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap()
            .success()
    );
    let prompt = prompt.file(
        "config.toml",
        "[profiles.p]\ngateway = \"wuts\"\nbase_url = \"http://127.0.0.1:9\"\ntoken = { file = \"pipe\" }\n",
    );
    let mut command = match variable {
        "" => prompt.command(&["send", "--profile", "p", "v.toml"]),
        _ => prompt.command(&["send", "v.toml"]),
    };
    match variable {
        "WACOMPOSE_CONFIG" => drop(command.env(variable, &pipe)),
        "WACOMPOSE_DATA" => drop(command.env(variable, prompt.path("data"))),
        _ => {}
    }
    let ran = Ran::of(command.output().unwrap());
    match variable {
        "WACOMPOSE_DATA" => {
            assert_eq!(ran.code, 0, "{ran:?}");
            assert!(
                ran.err
                    .contains("wacompose.db cannot be opened (it is not a file)"),
                "{ran:?}"
            );
        }
        _ => {
            assert_eq!(ran.code, 2, "{ran:?}");
            assert!(ran.err.contains("this is a named pipe"), "{ran:?}");
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_pipe_of_a_shell_is_read() {
    let prompt = Prompt::new().file("v.toml", VALID);
    let ran = Ran::of(
        shell(&prompt, "\"$0\" check <(cat v.toml)")
            .output()
            .unwrap(),
    );
    assert_eq!(ran.code, 0, "{ran:?}");
}

#[cfg(target_os = "linux")]
#[rstest]
fn too_few_open_files_are_told(#[values(4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 16, 20)] files: u32) {
    let prompt = Prompt::new().file("v.toml", VALID);
    let script = format!("ulimit -n {files}; exec \"$0\" send v.toml");
    let begun = Instant::now();
    let ran = Ran::of(shell(&prompt, &script).output().unwrap());
    assert!(begun.elapsed() < Duration::from_secs(20));
    // With fewer still the system does not load the program's libraries.
    assert!([2, 127].contains(&ran.code), "{ran:?}");
    if ran.code == 2 {
        assert!(ran.err.contains("ulimit -n 64"), "{ran:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_may_not_grow_is_an_error() {
    let prompt = Prompt::new().file("v.toml", VALID);
    let script = "ulimit -f 0; exec \"$0\" send v.toml --log log 2>err";
    let ran = Ran::of(shell(&prompt, script).output().unwrap());
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.starts_with("accepted 3EB0"), "{ran:?}");
}

// ------------------------------------------------------------------------- words from outside

const ESCAPES: &str = "日\u{1b}[2J\u{202e}";

#[cfg(target_os = "linux")]
#[rstest]
#[case::file(&["check", "日\u{1b}[2J\u{202e}.toml"], 0)]
#[case::folder(&["check", "."], 0)]
#[case::junit(&["check", "--format", "junit", "."], 0)]
#[case::unknown_command(&["日\u{1b}[2J\u{202e}", "x"], 2)]
#[case::unknown_option(&["check", "--日\u{1b}[2J\u{202e}"], 2)]
#[case::unknown_value(&["check", "--gateway", "\u{1b}[2J", "v.toml"], 2)]
#[case::c1(&["check", "--\u{9b}2J"], 2)]
#[case::no_such_file(&["check", "\u{1b}]0;x\u{7}.toml"], 2)]
#[case::variable(&["check", "--var", "\u{1b}[2J=x", "v.toml"], 0)]
#[case::profile(&["send", "--profile", "\u{1b}[2J", "v.toml"], 2)]
#[case::configuration(&["config", "check"], 2)]
fn no_control_character_of_an_argument_reaches_the_terminal(
    #[case] arguments: &[&str],
    #[case] code: i32,
) {
    let prompt = Prompt::new()
        .file("v.toml", VALID)
        .file(&format!("{ESCAPES}.toml"), VALID)
        .file(
            "config.toml",
            "[keys]\n\"日\\u001b[2J\\u202e\" = \"f5\"\n\
             [profiles.\"日\\u001b[2J\\u202e\"]\ngateway = \"wuts\"\ntoken = { env = \"NOT_SET\" }\n",
        );
    let ran = prompt.run(arguments);
    assert!(is_safe(&ran.out) && is_safe(&ran.err), "{ran:?}");
    if arguments[0] != "send" {
        assert_eq!(ran.code, code, "{ran:?}");
    }
}

#[test]
fn no_control_character_of_the_environment_reaches_the_terminal() {
    let prompt = Prompt::new().file("v.toml", VALID);
    let mut command = prompt.command(&["--log", "log", "check", "v.toml"]);
    let ran = Ran::of(
        command
            .env("RUST_LOG", "a=\u{1b}[31m日\u{202e}")
            .output()
            .unwrap(),
    );
    assert!(is_safe(&ran.out) && is_safe(&ran.err), "{ran:?}");
}

// ------------------------------------------------------------------------- tokens

#[cfg(unix)]
#[test]
fn a_tokens_command_gets_no_variable_of_another_token() {
    let running = Running::start(&[]);
    let token = &running.token;
    let script = format!("env > seen; printf %s '{token}'");
    let prompt = Prompt::new().file("v.toml", VALID).file(
        "config.toml",
        &format!(
            "[profiles.p]\ngateway = \"wuts\"\nbase_url = \"{}\"\n\
             token = {{ command = [\"/bin/sh\", \"-c\", \"{script}\"] }}\n\
             [profiles.q]\ngateway = \"wuts\"\ntoken = {{ env = \"OTHER_TOKEN\" }}\n\
             [profiles.broken]\ngateway = \"no such\"\ntoken = {{ env = \"BROKEN_TOKEN\" }}\n",
            running.base_url
        ),
    );
    let mut command = prompt.command(&["send", "--profile", "p", "v.toml"]);
    command
        .env("OTHER_TOKEN", "0ther-secret")
        .env("BROKEN_TOKEN", "br0ken-secret");
    command.env("HARMLESS", "日本");
    let ran = Ran::of(command.output().unwrap());
    assert_eq!(ran.code, 0, "{ran:?}");
    let seen = std::fs::read_to_string(prompt.path("seen")).unwrap();
    assert!(
        seen.contains("HARMLESS=日本") && !seen.contains("secret"),
        "{seen}"
    );
}

#[rstest]
#[case::folder_above("..")]
#[case::folder(".")]
#[case::with_blanks(" .. \n")]
fn what_can_be_no_token_is_refused(#[case] token: &str) {
    let prompt = Prompt::new().file("v.toml", VALID).file(
        "config.toml",
        "[profiles.p]\ngateway = \"green-api\"\nid_instance = \"1101000001\"\n\
         base_url = \"https://7103.api.greenapi.com\"\ntoken = { env = \"TOK\" }\n",
    );
    for arguments in [
        &["send", "--profile", "p", "v.toml"][..],
        &["config", "check"],
    ] {
        let ran = Ran::of(
            prompt
                .command(arguments)
                .env("TOK", token)
                .output()
                .unwrap(),
        );
        assert_ne!(ran.code, 0);
        assert!(ran.err.contains("gives dots alone"), "{ran:?}");
    }
}

#[rstest]
#[case::letter("T")]
#[case::word("sent")]
#[case::wide_enough("The")]
fn a_short_token_masks_no_words_of_the_program(#[case] token: &str) {
    let prompt = Prompt::new().file("v.toml", VALID).file(
        "config.toml",
        "[profiles.p]\ngateway = \"wuts\"\nbase_url = \"http://127.0.0.1:9\"\ntoken = { env = \"TOK\" }\n",
    );
    let mut command = prompt.command(&["send", "--no-retry", "--profile", "p", "v.toml"]);
    let ran = Ran::of(command.env("TOK", token).output().unwrap());
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.err.contains("The message was not sent"), "{ran:?}");
}

// ------------------------------------------------------------------------- big texts

#[rstest]
#[case::signs("q.toml", "=".repeat(400_000))]
#[case::signs_of_four_megabytes("q.toml", "=".repeat(4 << 20))]
#[case::nests("q.json", "[".repeat(4 << 20))]
#[case::keys("q.toml", keys(250_000))]
fn what_is_big_and_wrong_is_told_at_once(#[case] name: &str, #[case] text: String) {
    let prompt = Prompt::new().file(name, &text);
    let begun = Instant::now();
    let ran = prompt.run(&["check", name]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.len() < 100_000, "{}", ran.err.len());
    // In a build for tests, on a machine that is busy; what is quadratic takes hours.
    assert!(begun.elapsed() < Duration::from_secs(120));
}

/// A short file can ask for more than memory holds.
#[test]
fn values_that_make_a_message_huge_are_refused() {
    let text = "{{日}}".repeat(20_000);
    let file = format!("kind = \"text\"\nto = \"5511999999999\"\ntext = \"{text}\"\n");
    let prompt = Prompt::new().file("m.toml", &file);
    let value = format!("日={}", "語".repeat(10_000));
    for command in ["check", "payload", "send"] {
        let ran = prompt.run(&[command, "m.toml", "--var", &value]);
        assert_eq!(ran.code, 2, "{command}");
        let words = "m.toml: with the values of its variables it has more than 4 MiB";
        assert!(ran.err.contains(words), "{}", &ran.err[..200]);
    }
}

/// So many keys, a line each.
fn keys(count: usize) -> String {
    let lines: Vec<String> = (0..count).map(|n| format!("k{n}=1\n")).collect();
    lines.concat()
}

#[test]
fn a_big_configuration_that_is_wrong_is_told_at_once() {
    let text: String = keys(100_000);
    assert!(text.len() < 1 << 20 && text.len() > 700_000);
    let prompt = Prompt::new().file("config.toml", &text);
    let ran = prompt.run(&["config", "check"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.lines().count() <= 102,
        "{}",
        ran.err.lines().count()
    );
}

#[test]
fn a_file_that_is_too_large_says_so() {
    let prompt = Prompt::new();
    let file = File::create(prompt.path("big.toml")).unwrap();
    file.set_len(1 << 40).unwrap();
    let ran = prompt.run(&["check", "big.toml"]);
    assert_eq!(
        ran.err,
        "big.toml: larger than 4 MiB: this is no message file\n"
    );
}
