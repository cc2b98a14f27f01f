//! `payload` and `preview`: the request and the bubble.

use serde_json::Value;

use crate::prompt::{COPY, NO_BUTTONS, Prompt, Running, VALID, keys};

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
