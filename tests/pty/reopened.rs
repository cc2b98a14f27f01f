//! What the next start opens: what was open last, and nothing that was sent.

use std::path::Path;

use tempfile::TempDir;

use crate::session::{ENTER, Session};

const F5: &str = "\u{1b}[15~";
const ALT_A: &str = "\u{1b}a";
const DRAFTS: &str = "\u{1b}l";
const CTRL_N: &str = "\u{e}";
const ESC: &str = "\u{1b}";
const QUIT: &str = "\u{11}";

fn start(home: &Path) -> Session {
    Session::start_in(home, &[], &[])
}

fn quits(mut session: Session) {
    session.types(QUIT);
    assert_eq!(session.ends().0, 0);
}

/// A composer on its first start, with another text in the sample.
fn written(home: &Path, text: &str) -> Session {
    let mut session = start(home);
    session.sees("48/4096");
    session.sees("connected");
    session.types(ALT_A);
    session.types(text);
    session.sees("draft saved");
    session
}

/// Sends what is in the form, which is accepted.
fn sends(session: &mut Session) {
    session.types(F5);
    session.sees("Send this message?");
    session.answers();
    session.sees("Accepted in");
    session.sees("✓ sent ");
}

/// Nothing is in the form, and no draft in the list.
fn is_empty(session: &mut Session) {
    session.sees("phone number or");
    session.sees(" 0/4096");
    session.sees("connected");
    session.types(DRAFTS);
    session.sees("No drafts yet");
    session.types(ESC);
    session.until("the list is closed", |screen| !screen.contains("No drafts"));
}

#[rstest::rstest]
#[case::quit(false)]
#[case::killed(true)]
fn what_was_sent_does_not_come_back(#[case] is_killed: bool) {
    let home = TempDir::new().unwrap();
    let mut session = written(home.path(), "enviada ontem 日本 👩‍👩‍👧");
    sends(&mut session);
    if is_killed {
        session.kill();
    } else {
        quits(session);
    }
    let mut session = start(home.path());
    is_empty(&mut session);
    assert!(!session.text().contains("enviada"), "{}", session.text());
    quits(session);
}

#[test]
fn an_edit_of_what_was_sent_comes_back() {
    let home = TempDir::new().unwrap();
    let mut session = written(home.path(), "enviada 日");
    sends(&mut session);
    session.types("!");
    session.sees("draft saved");
    session.until("the answer is gone", |screen| {
        !screen.contains("Accepted") && !screen.contains("✓ sent")
    });
    session.kill();
    let mut session = start(home.path());
    session.sees("enviada 日!");
    quits(session);
}

#[test]
fn a_file_opens_again_until_it_is_sent() {
    let home = TempDir::new().unwrap();
    let file = home.path().join("bom dia 日.toml");
    let text = "kind = \"text\"\nto = \"5511999999999\"\ntext = \"Bom dia 日\"\n";
    std::fs::write(&file, text).unwrap();
    let named = |home: &Path| Session::start_in(home, &[file.to_str().unwrap()], &[]);
    let mut session = named(home.path());
    session.sees("bom dia");
    session.sees("connected");
    quits(session);
    let mut session = start(home.path());
    session.sees("bom dia 日.toml");
    session.sees("connected");
    sends(&mut session);
    quits(session);
    let mut session = start(home.path());
    is_empty(&mut session);
    quits(session);
    // The file is as it was, and opens where it is named.
    assert_eq!(std::fs::read_to_string(&file).unwrap(), text);
    let mut session = named(home.path());
    session.sees(" 9/4096");
    session.types("!");
    session.sees("draft saved");
    session.kill();
    let mut session = start(home.path());
    session.sees("Bom dia 日!");
    session.sees("bom dia");
    quits(session);
}

#[test]
fn what_was_left_open_opens_and_what_was_left_empty_is_empty() {
    let home = TempDir::new().unwrap();
    let mut session = written(home.path(), "janela um 日");
    session.types(CTRL_N);
    session.sees(" 0/4096");
    session.types("5511988887777\t\tjanela dois");
    session.sees("draft saved");
    session.types(DRAFTS);
    session.sees("janela um");
    session.types(&format!("um{ENTER}"));
    session.sees("janela um 日");
    session.sees(" 11/4096");
    quits(session);
    let mut session = start(home.path());
    session.sees(" 11/4096");
    session.types(CTRL_N);
    session.sees(" 0/4096");
    quits(session);
    let mut session = start(home.path());
    session.sees("2 drafts kept · Alt+L lists them");
    session.sees(" 0/4096");
    assert!(!session.text().contains("99999-9999"), "{}", session.text());
    quits(session);
}

#[rstest::rstest]
#[case::quit(false)]
#[case::killed(true)]
fn what_another_kind_set_aside_comes_back(#[case] is_killed: bool) {
    let home = TempDir::new().unwrap();
    let mut session = start(home.path());
    session.sees("48/4096");
    session.types(&format!("\u{10}kind text{ENTER}"));
    session.sees("[Text]");
    session.sees("draft saved");
    if is_killed {
        session.kill();
    } else {
        quits(session);
    }
    let mut session = start(home.path());
    session.sees("[Text]");
    session.sees("draft saved");
    session.types("\u{1b}[Z\u{1b}[C");
    session.sees("[Buttons]");
    session.sees("WUTS Store");
    session.sees("confirm_order");
    quits(session);
}

#[test]
fn the_first_message_on_a_real_gateway_is_empty() {
    let home = TempDir::new().unwrap();
    let config = home.path().join("config.toml");
    let profile = "default_profile = \"p\"\n[profiles.p]\ngateway = \"wuts\"\n\
                   base_url = \"http://127.0.0.1:9\"\ntoken = { env = \"TOKEN\" }\n";
    std::fs::write(&config, profile).unwrap();
    let env = [
        ("WACOMPOSE_CONFIG", config.to_str().unwrap()),
        ("TOKEN", "t"),
    ];
    let mut session = Session::start_in(home.path(), &[], &env);
    session.sees("[Text]");
    session.sees("unreachable");
    session.sees("what you want to say");
    quits(session);
    // On the sandbox nothing was composed yet either.
    let mut session = Session::start_in(home.path(), &["--profile", "sandbox"], &env);
    session.sees("48/4096");
    quits(session);
    // A recipient that is named is nobody of a sample.
    let to = ["--profile", "sandbox", "--to", "+55 11 98888-7777"];
    let mut session = Session::start_in(home.path(), &to, &env);
    session.sees("98888-7777");
    session.sees(" 0/4096");
    quits(session);
}
