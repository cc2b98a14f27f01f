//! Where tokens come from: configurations, commands, files and keyrings that are wrong, and a proxy
//! that repeats its password.

use rstest::rstest;

use crate::gateway::{Gateway, Goes};
use crate::prompt::{Prompt, config};
use crate::scan::{PASSWORD, TOKEN};

/// What a configuration must not repeat stands in the configuration itself.
#[rstest]
#[case::a_text(&format!("'{TOKEN}'"))]
#[case::a_variable(&format!("{{ env = '{TOKEN}' }}"))]
#[case::an_unknown_way(&format!("{{ tokn = '{TOKEN}' }}"))]
#[case::a_key(&format!("{{ '{TOKEN}' = 'env' }}"))]
#[case::a_command_that_is_a_text(&format!("{{ command = '{TOKEN}' }}"))]
#[case::broken(&format!("{{ env = '{TOKEN}"))]
fn a_token_in_the_configuration_is_not_repeated(#[case] token: &str) {
    let prompt = Prompt::with_config(&config("wuts", "https://gateway.test", token));
    for arguments in [&["config", "check"][..], &["send", "m.toml"]] {
        let output = prompt.run(arguments);
        assert_eq!(output.status.code(), Some(2));
    }
    prompt.scan.assert_clean("the log", prompt.log().as_bytes());
}

#[cfg(unix)]
#[rstest]
#[case::fails_after_it(
    r#"command = ["/bin/sh", "-c", "echo \"$T\"; echo \"bad $T\" >&2; exit 3"]"#
)]
#[case::complains_of_it(
    r#"command = ["/bin/sh", "-c", "echo \"日本 bad token: '$T'.\" >&2; exit 3"]"#
)]
#[case::shows_its_steps(r#"command = ["/bin/sh", "-xc", "printf %s \"$T\" >&2; exit 3"]"#)]
#[case::is_not_there(r#"command = ["./日本"]"#)]
#[case::more_than_a_token(r#"command = ["/bin/sh", "-c", "echo \"$T 日本\""]"#)]
#[case::no_file("file = \"日本\"")]
#[case::a_folder("file = \"/\"")]
#[case::no_variable("env = \"U\"")]
#[case::no_keyring("keyring = \"日本\"")]
fn a_token_that_cannot_be_read(#[case] token: &str) {
    let token = format!("{{ {token} }}");
    let prompt = Prompt::with_config(&config("wuts", "https://127.0.0.1:9", &token));
    for arguments in [
        &["config", "check"][..],
        &["send", "m.toml", "--no-retry"],
        &["send", "m.toml", "--no-retry", "--format", "json"],
        &["send", "m.toml", "--dry-run"],
        &["payload", "m.toml", "--show-secrets"],
    ] {
        // Too much of a token can be read, and not be sent: it is shown where that is wanted.
        if !(token.contains("$T 日本") && arguments.contains(&"--show-secrets")) {
            prompt.run(arguments);
        }
    }
    prompt.ends();
}

#[cfg(unix)]
#[test]
fn a_keyring_that_complains() {
    use std::os::unix::fs::PermissionsExt as _;

    let token = "{ keyring = \"日本\" }";
    let prompt = Prompt::with_config(&config("wuts", "https://127.0.0.1:9", token));
    for name in ["secret-tool", "security"] {
        let tool = prompt.home.path().join(name);
        let script = "#!/bin/sh\necho \"$T\"\necho \"no $T\" >&2\nexit 3\n";
        std::fs::write(&tool, script).unwrap();
        std::fs::set_permissions(&tool, std::fs::Permissions::from_mode(0o700)).unwrap();
    }
    for arguments in [&["config", "check"][..], &["send", "m.toml"]] {
        let mut command = prompt.command(arguments);
        let output = command.env("PATH", prompt.home.path()).output().unwrap();
        prompt.look_at(&output);
        let words = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(words.contains("no ***"), "{words}");
    }
    prompt.ends();
}

/// A proxy that repeats what it is told, its password with it.
#[rstest]
#[case::refuses_the_tunnel("https", Goes::Status(407))]
#[case::is_no_tunnel("https", Goes::Well)]
#[case::goes_away("https", Goes::Away)]
#[case::takes_the_message("http", Goes::Well)]
#[case::refuses_the_message("http", Goes::Status(407))]
#[case::shows_a_page("http", Goes::Page(502))]
fn a_proxy_without_discretion(
    #[case] scheme: &str,
    #[case] goes: Goes,
    #[values("wuts", "green-api", "cloud-api")] name: &str,
) {
    let proxy = Gateway::start(goes);
    let mut prompt = Prompt::new(name, &format!("{scheme}://gateway.test"));
    prompt.proxy = proxy
        .url
        .replace("http://", &format!("http://me:{PASSWORD}@"));
    prompt.run(&["send", "m.toml", "--no-retry"]);
    prompt.run(&["send", "m.toml", "--no-retry", "--format", "json"]);
    prompt.run(&["history", "show", "1"]);
    prompt.run(&["history", "show", "1", "--format", "json"]);
    prompt.ends();
    proxy.was_asked("gateway.test");
}
