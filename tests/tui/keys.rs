//! How keys are written in the configuration.

use std::collections::BTreeMap;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use rstest::rstest;
use wacompose::tui::action::{Action, Context};
use wacompose::tui::keymap::Keymap;

fn bound(key: &str) -> Result<Keymap, String> {
    let keys = BTreeMap::from([("copy-curl".to_owned(), vec![key.to_owned()])]);
    Keymap::new(&keys).map_err(|error| error.to_string())
}

#[rstest]
#[case::as_in_the_file("ctrl+g", KeyCode::Char('g'), KeyModifiers::CONTROL)]
#[case::as_in_the_help("Ctrl+G", KeyCode::Char('g'), KeyModifiers::CONTROL)]
#[case::function("F9", KeyCode::F(9), KeyModifiers::NONE)]
#[case::page("Ctrl+PgUp", KeyCode::PageUp, KeyModifiers::CONTROL)]
#[case::arrow("Alt+←", KeyCode::Left, KeyModifiers::ALT)]
#[case::space("ctrl+space", KeyCode::Char(' '), KeyModifiers::CONTROL)]
#[case::wide("alt+語", KeyCode::Char('語'), KeyModifiers::ALT)]
fn a_key_is_written_in_either_spelling(
    #[case] key: &str,
    #[case] code: KeyCode,
    #[case] modifiers: KeyModifiers,
) {
    let keymap = bound(key).unwrap();
    let action = keymap.action(KeyEvent::new(code, modifiers), Context::Text);
    assert_eq!(action, Some(Action::CopyCurl));
}

#[test]
fn the_help_writes_every_key_so_that_it_can_be_read_again() {
    let keymap = Keymap::new(&BTreeMap::new()).unwrap();
    for &action in Action::ALL {
        for key in keymap.keys(action) {
            assert_eq!(key.to_string().parse(), Ok(key));
        }
    }
}

#[rstest]
#[case::bare_letter("g")]
#[case::bare_space("space")]
#[case::never_told_from_ctrl_g("ctrl+shift+g")]
#[case::unknown_modifier("hyper+g")]
#[case::nothing("")]
fn what_could_not_be_pressed_or_typed_is_refused(#[case] key: &str) {
    let error = bound(key).unwrap_err();
    assert!(error.contains("is not a key"), "{error}");
}

#[test]
fn one_key_in_two_spellings_is_one_key() {
    let error = bound("Ctrl+S").unwrap_err();
    assert!(error.contains("bound to both"), "{error}");
}

/// Keys of the configuration, and what is left of them.
fn left(own: &[(&str, &[&str])]) -> (Keymap, String) {
    let own = own.iter().map(|(action, keys)| {
        let keys = keys.iter().map(|&key| key.to_owned());
        ((*action).to_owned(), keys.collect())
    });
    let (keymap, wrong) = Keymap::with_errors(&own.collect()).unwrap();
    let wrong: Vec<String> = wrong.iter().map(ToString::to_string).collect();
    (keymap, wrong.join("\n"))
}

#[rstest]
#[case::taken(&[("send", &["ctrl+s"][..])], "[keys] Ctrl+S is bound to both save and send")]
#[case::taken_by_another_of_ones_own(
    &[("send", &["alt+w"][..]), ("save-as", &["alt+w"])],
    "[keys] Alt+W is bound to both send and save-as"
)]
#[case::no_such_key(&[("send", &["hyper+日"][..])], "\"hyper+日\" is not a key")]
#[case::no_such_action(&[("sned", &["f9"][..])], "did you mean \"send\"?")]
#[case::several(&[("send", &["ctrl+s", "nö"][..])], "Ctrl+S is bound")]
fn what_is_wrong_is_left_out_and_named(#[case] own: &[(&str, &[&str])], #[case] expected: &str) {
    let (keymap, wrong) = left(own);
    assert!(wrong.contains(expected), "{wrong}");
    // The others are as they were, and an action that lost all of its keys has the program's.
    for action in [Action::Save, Action::Palette, Action::Send, Action::Undo] {
        assert!(keymap.key(action).is_some(), "{action:?}");
    }
    assert_eq!(keymap.key(Action::Save), "ctrl+s".parse().ok());
}

#[test]
fn keys_of_ones_own_come_before_the_programs() {
    let (keymap, wrong) = left(&[("send", &["ctrl+s"]), ("save", &["f5"])]);
    assert_eq!(wrong, "");
    assert_eq!(keymap.key(Action::Send), "ctrl+s".parse().ok());
    assert_eq!(keymap.key(Action::Save), "f5".parse().ok());
    let (keymap, wrong) = left(&[("send", &["nö", "f9"])]);
    assert!(wrong.contains("nö"), "{wrong}");
    let keys: Vec<String> = keymap
        .keys(Action::Send)
        .map(|key| key.to_string())
        .collect();
    assert_eq!(keys, ["F9"], "one of them is right: it is meant");
}

#[test]
fn an_action_without_a_key_is_in_the_palette() {
    let (keymap, wrong) = left(&[("send", &[])]);
    assert_eq!((wrong.as_str(), keymap.key(Action::Send)), ("", None));
    let (keymap, _) = left(&[]);
    let ctrl_z = KeyEvent::new(KeyCode::Char('z'), KeyModifiers::CONTROL);
    assert_eq!(keymap.key(Action::Suspend), None);
    for place in [
        Context::Text,
        Context::Item,
        Context::Elsewhere,
        Context::History,
    ] {
        assert_eq!(keymap.action(ctrl_z, place), Some(Action::Undo));
    }
}

/// What each row of README's table of keys is about; a row's keys are those of its actions, in this order.
const README: [(&str, &[Action]); 23] = [
    (
        "next, previous field",
        &[Action::NextField, Action::PreviousField],
    ),
    ("send, after one question", &[Action::Send]),
    ("send at once", &[Action::SendNext]),
    ("close; cancel a send", &[Action::Close]),
    ("every command", &[Action::Palette, Action::Help]),
    (
        "save, open, new",
        &[Action::Save, Action::Open, Action::New],
    ),
    ("the kind", &[Action::Kind]),
    ("undo, redo", &[Action::Undo, Action::Redo]),
    ("the text in `$VISUAL`", &[Action::Editor]),
    ("Preview, Payload", &[Action::Preview, Action::Gateways]),
    ("compose; the history", &[Action::Compose, Action::History]),
    ("the drafts", &[Action::Drafts]),
    ("the other side", &[Action::OtherSide, Action::NextProblem]),
    ("find", &[Action::Find]),
    (
        "add, remove, move",
        &[
            Action::AddItem,
            Action::RemoveItem,
            Action::MoveUp,
            Action::MoveDown,
        ],
    ),
    ("fold or unfold", &[Action::FoldAll]),
    ("quote, delay", &[Action::Options]),
    ("answers as they came", &[Action::RawAnswer]),
    ("fill in the variables", &[Action::Fill]),
    (
        "bold, italic, strike, code",
        &[Action::Bold, Action::Italic, Action::Strike, Action::Code],
    ),
    ("an emoji", &[Action::Emoji]),
    ("quote a message", &[Action::Quote]),
    ("quit", &[Action::Quit]),
];

/// Keys that are no actions: they turn what is marked, whatever is bound.
const FIXED: [&str; 2] = ["←", "→"];

#[test]
fn the_readmes_table_has_the_keys_of_the_keymap() {
    let keymap = Keymap::new(&BTreeMap::new()).unwrap();
    let readme = std::fs::read_to_string("README.md").unwrap();
    let table = readme.lines().skip_while(|line| *line != "| key | does |");
    let rows: Vec<(&str, &str)> = table
        .skip(2)
        .map_while(|line| {
            line.strip_prefix("| ")?
                .strip_suffix(" |")?
                .split_once(" | ")
        })
        .collect();
    assert_eq!(rows.len(), README.len());
    for ((keys, does), (words, actions)) in rows.iter().zip(README) {
        assert!(does.starts_with(words), "{does} is not {words}");
        let keys = keys.split([',', '…']).map(str::trim);
        let keys: Vec<_> = keys
            .filter(|key| !FIXED.contains(key))
            .map(|key| key.parse().map_err(|()| key))
            .collect();
        let bound: Vec<_> = actions
            .iter()
            .map(|&action| Ok(keymap.key(action).unwrap()))
            .collect();
        assert_eq!(keys, bound, "{does}");
    }
}

/// A hint follows its key, and goes where there is none.
#[rstest]
#[case::as_it_comes("esc", Some("Esc closes 語"))]
#[case::another("alt+語", Some("Alt+語 closes 語"))]
#[case::none("", None)]
fn a_hint_is_made_from_the_keymap(#[case] key: &str, #[case] hint: Option<&str>) {
    let keys = Some(key.to_owned()).filter(|key| !key.is_empty());
    let keys = BTreeMap::from([("close".to_owned(), keys.into_iter().collect())]);
    let keymap = Keymap::new(&keys).unwrap();
    let made = keymap.hint(Action::Close, "closes 語");
    assert_eq!(made.as_deref(), hint);
}
