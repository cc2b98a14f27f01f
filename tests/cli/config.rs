//! `config`: a first configuration, and what is said of one.

use std::path::Path;

use crate::prompt::{Prompt, Ran};

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
