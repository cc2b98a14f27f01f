//! `config`: a first configuration, and what is said of one.

use std::path::Path;

use rstest::rstest;

use crate::prompt::{Prompt, Ran, VALID};

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
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(
        ran.out
            .contains("a: wuts at https://api.wuts.com.br, token from file ")
    );
    assert!(ran.out.contains("token: can be read"), "{}", ran.out);
    assert!(
        ran.err
            .contains("error: b 日本: the environment variable WACOMPOSE_NO_TOKEN")
    );
    assert!(!format!("{ran:?}").contains("s3cret"));
}

#[test]
fn a_broken_profile_is_in_nobody_elses_way() {
    let prompt = Prompt::new()
        .file("token", "s3cret-日本")
        .file("a.toml", VALID)
        .file(
            "config.toml",
            "[profiles.good]\ngateway = \"wuts\"\ntoken = { file = \"token\" }\n\
             [profiles.\"bad 日本\"]\ngateway = \"wutz\"\ntoken = { env = \"T\" }\n\
             [profiles.worse]\ngateway = \"wuts\"\n",
        );
    let config = prompt.path("config.toml");
    let config = config.display();
    for arguments in [
        &["check", "a.toml"][..],
        &["payload", "a.toml", "--profile", "good"],
        &["send", "a.toml"],
    ] {
        assert_eq!(prompt.run(arguments).code, 0, "{arguments:?}");
    }
    let ran = prompt.run(&["check", "a.toml", "--profile", "bad 日本"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(
        ran.err.starts_with(&format!(
            "{config}:5:11: profiles.bad 日本.gateway: expected"
        )),
        "{}",
        ran.err
    );
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
    let ran = prompt.run(&["config", "check"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains(&format!("{config}:5:11: "))
            && ran.err.contains(&format!("{config}:7:11: ")),
        "{}",
        ran.err
    );
    for line in [
        "good: wuts at",
        "bad 日本: cannot be used",
        "worse: cannot be used",
        "sandbox (default): wuts, built in",
    ] {
        assert!(ran.out.contains(line), "{}", ran.out);
    }
}

#[test]
fn config_check_looks_at_the_keys() {
    let keys = "[keys]\nsend = [\"f5\", \"hyper+日\"]\n";
    let prompt = Prompt::new().file("config.toml", keys);
    let ran = prompt.run(&["config", "check"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.err.contains("hyper+日"), "{ran:?}");
    assert!(!ran.out.contains(": ok"), "{ran:?}");
}

#[test]
fn config_check_names_the_file_the_key_and_both_actions() {
    let keys = "[keys]\nsend = [\"ctrl+s\"]\nsned = [\"f9\"]\n";
    let prompt = Prompt::new().file("config.toml", keys);
    let ran = prompt.run(&["config", "check"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    for words in [
        "config.toml: error: keys: ",
        "Ctrl+S",
        "both save and send",
        "sned",
    ] {
        assert!(ran.err.contains(words), "{words}: {ran:?}");
    }
}

#[test]
fn config_check_warns_of_keys_that_few_terminals_send() {
    let keys = "[keys]\nsend = [\"ctrl+enter\", \"f5\"]\n";
    let prompt = Prompt::new().file("config.toml", keys);
    let ran = prompt.run(&["config", "check"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(
        ran.err.contains("warning: keys: [keys] send: Ctrl+Enter"),
        "{ran:?}"
    );
    assert!(ran.out.contains(": ok"), "{ran:?}");
}

/// A token with something around it is named, with what to leave out, and never shown.
#[rstest]
#[case::bearer("wuts", "Bearer s3cret-1", "leave it out")]
#[case::quotes("cloud-api", "\"s3cret-1\"", "quotes")]
#[case::header("wuts", "Authorization: Bearer s3cret-1", "Authorization")]
#[case::blank("wuts", "s3cret-1 s3cret-2", "space")]
#[case::masked("wuts", "s3cret-***", "masked")]
#[case::another_path("green-api", "../s3cret-1", "another address")]
fn config_check_names_a_misspelt_token(
    #[case] gateway: &str,
    #[case] token: &str,
    #[case] said: &str,
) {
    let own = match gateway {
        "green-api" => "base_url = \"https://api.green-api.com\"\nid_instance = \"1\"\n",
        "cloud-api" => "phone_number_id = \"1\"\n",
        _ => "",
    };
    let config =
        format!("[profiles.a]\ngateway = \"{gateway}\"\n{own}token = {{ file = \"token\" }}\n");
    let prompt = Prompt::new()
        .file("token", token)
        .file("a.toml", VALID)
        .file("config.toml", &config);
    let ran = prompt.run(&["config", "check"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(
        ran.err.contains("error: a: the token") && ran.err.contains(said),
        "{}",
        ran.err
    );
    let sent = prompt.run(&["send", "a.toml", "--profile", "a"]);
    assert!(sent.err.contains(said), "{}", sent.err);
    assert!(!format!("{ran:?}{sent:?}").contains("s3cret"));
}

#[test]
fn an_address_with_a_method_in_it_is_refused_with_the_right_one() {
    let config = "[profiles.a]\ngateway = \"green-api\"\nid_instance = \"1\"\n\
                  base_url = \"https://api.green-api.com/waInstance1/sendMessage/s3cret\"\n\
                  token = { env = \"T\" }\n";
    let ran = Prompt::new()
        .file("config.toml", config)
        .run(&["config", "check"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("write \"https://api.green-api.com\""),
        "{}",
        ran.err
    );
    assert!(!format!("{ran:?}").contains("s3cret"));
}
