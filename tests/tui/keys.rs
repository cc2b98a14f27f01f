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
