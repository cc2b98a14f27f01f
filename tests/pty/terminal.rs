//! What real terminals send, and what is asked of them.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use rstest::rstest;
use tempfile::TempDir;

use crate::session::Session;

const F5: &str = "\u{1b}[15~";
const QUIT: &str = "\u{11}";

/// What a message file of its own holds.
const MESSAGE: &str =
    "kind = \"text\"\nto = \"5511999999999\"\ntext = \"Olá\"\nlink_preview = true\n";

/// The composer on a text message in a folder.
fn on_a_text(folder: &Path, env: &[(&str, &str)]) -> Session {
    let path = folder.join("a.toml");
    fs::write(&path, MESSAGE).unwrap();
    let mut session = Session::start(&[path.to_str().unwrap()], env);
    session.sees("3/4096");
    session.sees("connected");
    session
}

fn quits(mut session: Session) -> String {
    session.types(QUIT);
    let (code, output) = session.ends();
    assert_eq!(code, 0);
    output
}

#[rstest]
#[case::carriage_returns("\r")]
#[case::line_feeds("\n")]
#[case::both("\r\n")]
fn a_paste_without_brackets_is_a_text_with_its_lines(#[case] line_break: &str) {
    let folder = TempDir::new().unwrap();
    let mut session = on_a_text(folder.path(), &[]);
    let pasted = [" Ana,", "seu pedido 日本", "\tsaiu 👋", "Bye"].join(line_break);
    session.types(&pasted);
    session.sees("Bye");
    session.types("\u{13}");
    session.sees("Saved a.toml");
    quits(session);
    let saved = fs::read_to_string(folder.path().join("a.toml")).unwrap();
    let read = wacompose::message::file::parse(&saved, wacompose::message::file::Format::Toml);
    assert_eq!(
        read.unwrap().message.text(),
        "Olá Ana,\nseu pedido 日本\n\tsaiu 👋\nBye"
    );
}

/// As much as a terminal holds at once, its last line break at the end.
#[test]
fn a_long_paste_without_brackets_is_one_step() {
    let folder = TempDir::new().unwrap();
    let mut session = on_a_text(folder.path(), &[]);
    let pasted = "0123456789 日本 👋\r".repeat(150);
    let characters = 3 + pasted.chars().count();
    session.types(&pasted);
    session.sees(&format!("{characters}/"));
    session.types("\u{1a}");
    session.sees("3/4096");
    quits(session);
}

#[test]
fn a_paste_without_brackets_over_the_question_sends_nothing() {
    let folder = TempDir::new().unwrap();
    let mut session = on_a_text(folder.path(), &[]);
    session.types(F5);
    session.sees("Send this message?");
    session.types("Dear Ana,\ryour order 1042\r\thas left\rBye\r");
    session.types("\u{1b}");
    session.until("the question is closed", |screen| {
        !screen.contains("Send this message?")
    });
    session.sees("3/4096");
    session.types("\u{1b}OR");
    session.sees("Nothing was sent yet");
    quits(session);
}

#[rstest]
#[case::line_feed("\n")]
#[case::shift_enter_of_xterm("\u{1b}[27;2;13~")]
#[case::shift_enter("\u{1b}[13;2u")]
#[case::alt_enter("\u{1b}\r")]
fn each_of_these_breaks_the_line(#[case] keys: &str) {
    let folder = TempDir::new().unwrap();
    let mut session = on_a_text(folder.path(), &[]);
    session.types(&format!("{keys}\u{1b}[C日本"));
    session.sees("6/4096");
    session.sees("│日本");
    quits(session);
}

#[rstest]
#[case::brace("\u{1b}[123;7u", "Olá{")]
#[case::at("\u{1b}[64;7u", "Olá@")]
#[case::euro("\u{1b}[8364;7u", "Olá€")]
fn alt_gr_types(#[case] keys: &str, #[case] expected: &str) {
    let folder = TempDir::new().unwrap();
    let mut session = on_a_text(folder.path(), &[]);
    session.types(keys);
    session.sees(expected);
    quits(session);
}

#[test]
fn the_mouse_can_be_left_alone() {
    let folder = TempDir::new().unwrap();
    let config = folder.path().join("config.toml");
    fs::write(&config, "mouse = false\n").unwrap();
    let env = [("WACOMPOSE_CONFIG", config.to_str().unwrap())];
    let output = quits(on_a_text(folder.path(), &env));
    assert!(!output.contains("\u{1b}[?1000h"));
}

/// A program that keeps what it is given.
fn program(folder: &Path, name: &str, script: &str) {
    let path = folder.join(name);
    fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
}

#[rstest]
#[case::wayland("wl-copy", ("WAYLAND_DISPLAY", "wayland-0"), "✓ Copied")]
#[case::x11("xclip", ("DISPLAY", ":7"), "✓ Copied")]
#[case::x11_otherwise("xsel", ("DISPLAY", ":7"), "✓ Copied")]
#[case::tmux("tmux", ("TMUX", "/tmp/tmux-0/default,1,0"), "✓ Copied to tmux's buffer")]
fn a_copy_goes_to_the_program_that_is_there(
    #[case] name: &str,
    #[case] set: (&str, &str),
    #[case] said: &str,
) {
    let folder = TempDir::new().unwrap();
    let got = folder.path().join("got");
    program(
        folder.path(),
        name,
        &format!("/bin/cat > {}", got.display()),
    );
    let env = [set, ("PATH", folder.path().to_str().unwrap())];
    let mut session = on_a_text(folder.path(), &env);
    session.types(" 日本 👋\u{1b}a\u{3}");
    session.sees(said);
    let output = quits(session);
    assert_eq!(fs::read_to_string(got).unwrap(), "Olá 日本 👋");
    assert!(!output.contains("\u{1b}]52;"), "the terminal is not asked");
}

#[rstest]
#[case::nothing_there("", &[], "✓ Sent to the terminal's clipboard")]
#[case::not_installed("", &[("WAYLAND_DISPLAY", "wayland-0")], "✓ Sent to the terminal's clipboard")]
#[case::failed("exit 3", &[("WAYLAND_DISPLAY", "wayland-0")], "wl-copy failed")]
fn without_one_the_terminal_is_asked(
    #[case] script: &str,
    #[case] set: &[(&str, &str)],
    #[case] said: &str,
) {
    let folder = TempDir::new().unwrap();
    if !script.is_empty() {
        program(folder.path(), "wl-copy", script);
    }
    let mut env = set.to_vec();
    env.push(("PATH", folder.path().to_str().unwrap()));
    let mut session = on_a_text(folder.path(), &env);
    session.types("\u{1b}a\u{3}");
    session.sees(said);
    let output = quits(session);
    assert!(
        output.contains("\u{1b}]52;c;T2zDoQ=="),
        "the terminal is asked"
    );
}

#[test]
fn an_editor_that_ends_at_once_is_told_and_its_file_stays() {
    let folder = TempDir::new().unwrap();
    let temporary = TempDir::new().unwrap();
    let env = [
        ("VISUAL", "true"),
        ("TMPDIR", temporary.path().to_str().unwrap()),
    ];
    let mut session = on_a_text(folder.path(), &env);
    session.types("\u{5}");
    session.sees("The editor ended at once and changed nothing");
    session.sees("--wait?");
    quits(session);
    let kept = fs::read_dir(temporary.path()).unwrap().next();
    let kept = kept.unwrap().unwrap().path();
    let file = kept.join("message.txt");
    assert_eq!(fs::read_to_string(&file).unwrap(), "Olá");
    for (path, mode) in [(kept, 0o700), (file, 0o600)] {
        let there = fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(there & 0o777, mode);
    }
}

#[test]
fn an_editor_that_changes_the_text_leaves_nothing_behind() {
    let folder = TempDir::new().unwrap();
    let temporary = TempDir::new().unwrap();
    let env = [
        ("VISUAL", r#"sh -c 'printf " 日本" >> "$1"' editor"#),
        ("TMPDIR", temporary.path().to_str().unwrap()),
    ];
    let mut session = on_a_text(folder.path(), &env);
    session.types("\u{5}");
    session.sees("Olá 日本");
    quits(session);
    assert_eq!(fs::read_dir(temporary.path()).unwrap().count(), 0);
}

#[test]
fn a_wrong_binding_is_left_out_and_told() {
    let folder = TempDir::new().unwrap();
    let config = folder.path().join("minha.toml");
    let keys = "[keys]\nsend = [\"ctrl+s\"]\nsave-as = [\"alt+w\"]\n";
    fs::write(&config, keys).unwrap();
    let env = [("WACOMPOSE_CONFIG", config.to_str().unwrap())];
    let message = folder.path().join("a.toml");
    fs::write(&message, MESSAGE).unwrap();
    let mut session = Session::start(&[message.to_str().unwrap()], &env);
    crate::unkept::is_told(&mut session, "bound to both save and send");
    crate::unkept::is_told(&mut session, "minha.toml");
    session.types("\u{1b}w");
    session.sees("Save as");
    session.types("\u{1b}");
    session.types(F5);
    session.sees("Send this message?");
    session.types("\u{1b}");
    session.until("the question is closed", |screen| {
        !screen.contains("Send this message?")
    });
    quits(session);
}
