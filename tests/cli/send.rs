//! `send` and `sandbox`: what became of messages.

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::Child;

use rstest::rstest;
use serde_json::Value;

use crate::prompt::{COPY, NO_BUTTONS, Prompt, Ran, Running, SEND_KEYS, UNREADABLE, VALID, keys};

#[test]
fn the_sample_is_sent_with_nothing_configured() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/samples/order.toml");
    let ran = Prompt::new().run(&["send", sample.to_str().unwrap()]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(ran.out.starts_with("accepted 3EB0"), "{}", ran.out);
    assert_eq!(ran.out.lines().count(), 1);
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
        .file("v.toml", VALID)
        .file("w.toml", VALID);
    std::fs::remove_file(prompt.path("token")).unwrap();
    for arguments in [&["send", "v.toml"][..], &["send", "--dry-run", "v.toml"]] {
        let ran = prompt.run(arguments);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""));
        assert!(ran.err.contains("token"), "{}", ran.err);
    }
    for arguments in [&["send"][..], &["send", "--dry-run"]] {
        let ran = prompt.run(&[arguments, &["--format", "json", "v.toml", "w.toml"]].concat());
        let objects = ran.json();
        assert_eq!((ran.code, objects.len()), (2, 2), "{ran:?}");
        for object in objects {
            assert_eq!(keys(&object), SEND_KEYS);
            assert_eq!(object["outcome"], "rejected");
            assert_eq!(object["attempts"], 0);
            assert_eq!(object["error"]["code"], "no-token");
            let message = object["error"]["message"].as_str().unwrap();
            assert!(message.contains("the token's file"), "{message}");
        }
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
    // Both messages, and the question for the phone's state.
    assert_eq!(running.requests(), 3);
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
        .file("v.toml", VALID)
        .file("w.toml", VALID);
    let child = prompt
        .command(&["send", "--format", "json", "v.toml", "w.toml"])
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

/// The log goes where the test reads it, so that it knows when the wait has begun.
#[cfg(unix)]
#[test]
fn ctrl_c_while_it_waits_to_try_again_sends_nothing() {
    let running = Running::start(&["*=429:50"]);
    let prompt = Prompt::new()
        .profile("wuts", &running, "")
        .file("v.toml", VALID);
    let mut child = prompt
        .command(&["send", "--format", "json", "v.toml", "--log", "/dev/stderr"])
        .spawn()
        .unwrap();
    let mut log = BufReader::new(child.stderr.take().unwrap()).lines();
    let wait = log.find(|line| {
        line.as_ref()
            .is_ok_and(|line| line.contains("trying again"))
    });
    let wait = wait.unwrap().unwrap();
    assert!(
        wait.ends_with("429: trying again in 50 s (2 of 5)"),
        "{wait}"
    );
    interrupt(&child, rustix::process::Signal::INT);
    let ran = Ran::of(child.wait_with_output().unwrap());
    let object = &ran.json()[0];
    assert_eq!(ran.code, 1, "{ran:?}");
    assert_eq!(object["outcome"], "rejected");
    assert_eq!(object["error"]["code"], "cancelled");
    assert_eq!(
        (&object["attempts"], &object["status"]),
        (&1.into(), &429.into())
    );
    assert_eq!(running.requests(), 1);
    let listed = prompt.run(&["history", "--format", "json"]);
    assert_eq!(listed.json()[0]["outcome"], "not-sent", "{listed:?}");
}

#[rstest]
#[case::taken_at_last("/send/buttons=503*1", &[], 0, "accepted", 2)]
#[case::asked_to_wait_too_long("/send/buttons=503:3600", &[], 1, "rejected", 1)]
#[case::once_alone("/send/buttons=503*1", &["--no-retry"], 1, "rejected", 1)]
#[case::what_is_refused("/send/buttons=400", &[], 1, "rejected", 1)]
#[case::what_nobody_knows("/send/buttons=500", &[], 3, "unknown", 1)]
#[case::what_was_taken_without_an_answer("/send/buttons=lost", &[], 3, "unknown", 1)]
fn send_counts_its_attempts(
    #[case] fault: &str,
    #[case] options: &[&str],
    #[case] code: i32,
    #[case] outcome: &str,
    #[case] attempts: usize,
) {
    let running = Running::start(&[fault]);
    let prompt = Prompt::new()
        .profile("wuts", &running, "")
        .file("v.toml", VALID);
    let ran = prompt.run(&[&["send", "--format", "json", "v.toml"], options].concat());
    let object = &ran.json()[0];
    assert_eq!(ran.code, code, "{ran:?}");
    assert_eq!(object["outcome"], outcome);
    assert_eq!(object["attempts"], attempts);
    assert_eq!(running.requests(), attempts);
}

#[cfg(unix)]
#[rstest]
#[case::before_the_command(&["--log", "日本.log", "send", "v.toml"])]
#[case::after_it(&["send", "v.toml", "--log", "日本.log"])]
fn the_log_is_for_its_owner_alone_and_holds_no_text(#[case] arguments: &[&str]) {
    use std::os::unix::fs::PermissionsExt as _;

    let running = Running::start(&[]);
    let prompt = Prompt::new()
        .profile("green-api", &running, "")
        .file("v.toml", VALID)
        .file("日本.log", "what was there\n");
    let path = prompt.path("日本.log");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
    let ran = prompt.run(arguments);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let mode = std::fs::metadata(&path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let log = std::fs::read_to_string(&path).unwrap();
    let lines: Vec<&str> = log.lines().collect();
    assert_eq!(lines.len(), 3, "{log}");
    assert_eq!(lines[0], "what was there");
    assert!(lines[2].contains("/sendInteractiveButtonsReply/***, attempt 1: 200 in "));
    assert!(lines[2].contains(", accepted 3EB0"), "{log}");
    assert!(
        !log.contains("Olá") && !log.contains("5511999999999"),
        "{log}"
    );
}

#[test]
fn a_log_filter_that_is_none_is_told() {
    let prompt = Prompt::new().file("v.toml", VALID);
    let mut command = prompt.command(&["send", "v.toml", "--log", "l"]);
    let ran = Ran::of(command.env("RUST_LOG", "a==日本").output().unwrap());
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(
        ran.err.contains("RUST_LOG is not understood"),
        "{}",
        ran.err
    );
}

#[test]
fn a_ca_file_and_a_proxy_that_are_none_are_told_before_anything_is_sent() {
    let config = "default_profile = \"p\"\n[profiles.p]\ngateway = \"wuts\"\n\
                  base_url = \"https://gateway.test\"\ntoken = { env = \"T\" }\n\
                  ca_file = \"日本.pem\"\n";
    let prompt = Prompt::new()
        .file("v.toml", VALID)
        .file("config.toml", config);
    let mut command = prompt.command(&["send", "v.toml"]);
    let ran = Ran::of(command.env("T", "6f9619ff-8b86").output().unwrap());
    assert_eq!(ran.out, "rejected tls\n");
    assert!(ran.err.contains("日本.pem cannot be read"), "{}", ran.err);
    let mut command = prompt.command(&["send", "v.toml"]);
    let command = command
        .env("T", "6f9619ff-8b86")
        .env("HTTPS_PROXY", "pr0xy:w0rd@:x");
    let ran = Ran::of(command.output().unwrap());
    assert_eq!(ran.out, "rejected proxy\n");
    assert!(
        ran.err.contains("HTTPS_PROXY") && !ran.err.contains("w0rd"),
        "{}",
        ran.err
    );
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
    for key in [
        "base_url",
        "token",
        "id_instance",
        "phone_number_id",
        "instance",
    ] {
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
