//! The keys of a text: Alt Gr, line feeds, selections, copies, the wheel, and the pager beside it.

use crossterm::event::{Event as TermEvent, KeyModifiers, MouseEvent, MouseEventKind};
use rstest::rstest;
use wacompose::message::Field;
use wacompose::tui::effect::Effect;
use wacompose::tui::event::{Copied, Event};
use wacompose::tui::focus::Focus;
use wacompose::tui::keymap::Keymap;
use wacompose::tui::model::Tab;

use crate::desk::{Desk, order, text};

fn text_of(desk: &Desk) -> &str {
    desk.app.draft().message.text()
}

#[rstest]
#[case::brace("<ctrl-alt-{>", "a{")]
#[case::at("<ctrl-alt-@>", "a@")]
#[case::backslash("<ctrl-alt-\\>", "a\\")]
#[case::euro("<ctrl-alt-€>", "a€")]
#[case::polish("<ctrl-alt-ł>", "ał")]
#[case::cjk("<ctrl-alt-語>", "a語")]
#[case::a_letter_is_a_command("<ctrl-alt-d>", "a")]
#[case::a_digit_is_one_too("<ctrl-alt-4>", "a")]
#[case::line_feed("<ctrl-j>日", "a\n日")]
#[case::shift_enter("<shift-enter>日", "a\n日")]
#[case::alt_enter("<alt-enter>日", "a\n日")]
fn a_key_types(#[case] keys: &str, #[case] expected: &str) {
    let mut desk = Desk::wuts(text("a"));
    desk.press(keys);
    assert_eq!(text_of(&desk), expected);
}

#[rstest]
#[case::line_feed("<ctrl-j>")]
#[case::shift_enter("<shift-enter>")]
fn in_a_field_of_one_line_it_goes_on(#[case] keys: &str) {
    let mut desk = Desk::wuts(order());
    desk.go(Focus::Edit(Field::Footer)).press(keys);
    assert_ne!(desk.app.focus, Focus::Edit(Field::Footer));
    assert_eq!(desk.buttons().footer, "WUTS Store");
}

#[test]
fn all_of_a_line_beyond_65535_characters_is_selected() {
    let long = "日a".repeat(35_000) + "fim";
    for (keys, after) in [("x", "x"), ("<ctrl-x>", ""), ("<bs>", "")] {
        let mut desk = Desk::wuts(text(&long));
        desk.press("<alt-a>").press(keys);
        assert_eq!(text_of(&desk), after);
        desk.press("<ctrl-z>");
        assert!(text_of(&desk) == long, "undo brings it back after {keys}");
        desk.press("!");
        assert!(
            text_of(&desk).ends_with("fim!"),
            "the cursor is where it was"
        );
    }
}

#[rstest]
#[case::word("<ctrl-w>")]
#[case::line_end("<home><ctrl-k>")]
#[case::line_begin("<ctrl-u>")]
#[case::word_behind("<home><alt-d>")]
fn what_was_deleted_is_not_the_clipboard(#[case] keys: &str) {
    for (copy, says) in [("<ctrl-c>", "nothing copied"), ("<ctrl-x>", "nothing cut")] {
        let mut desk = Desk::wuts(text("um dois 日本"));
        desk.press(keys);
        let before = text_of(&desk).to_owned();
        desk.take_effects();
        desk.press(copy);
        let effects = desk.take_effects();
        assert!(
            !effects
                .iter()
                .any(|effect| matches!(effect, Effect::Copy { .. }))
        );
        assert!(desk.screen().contains(says), "{}", desk.screen());
        desk.press("<ctrl-v>");
        assert_eq!(text_of(&desk), before);
    }
}

#[rstest]
#[case::clipboard(Copied::Clipboard, "✓ Copied 3EB0日本")]
#[case::tmux(Copied::Tmux, "✓ Copied to tmux's buffer: 3EB0日本")]
#[case::terminal(Copied::Terminal(None), "✓ Sent to the terminal's clipboard: 3EB0日本")]
#[case::failed(
    Copied::Terminal(Some("xclip failed (exit status: 1)".into())),
    "✗ xclip failed (exit status: 1)"
)]
fn what_is_said_of_a_copy_is_what_is_known(#[case] copied: Copied, #[case] says: &str) {
    let mut desk = Desk::wuts(text("a"));
    desk.happen(Event::Copied {
        what: "3EB0日本".into(),
        copied,
    });
    assert!(desk.screen().contains(says), "{}", desk.screen());
}

#[test]
fn an_undo_that_worked_takes_the_former_words_away() {
    let mut desk = Desk::wuts(text("a"));
    desk.press("b<ctrl-y>");
    assert!(desk.screen().contains("Nothing to do again here"));
    desk.press("<ctrl-z>");
    assert!(!desk.screen().contains("Nothing to do again here"));
    assert_eq!(text_of(&desk), "a");
}

/// With another key for the external editor.
#[test]
fn ctrl_e_is_the_lines_end_where_it_is_free() {
    let mut desk = Desk::wuts(text("日本 b"));
    let own = [("editor".to_owned(), vec!["alt+w".to_owned()])];
    desk.app.keymap = Keymap::new(&own.into()).unwrap();
    desk.press("<home>x<ctrl-e>!");
    assert_eq!(text_of(&desk), "x日本 b!");
}

// -------------------------------------------------------------------- the right-hand side

fn lines() -> Desk {
    let lines: Vec<String> = (1..=60).map(|line| format!("linha {line} 日本")).collect();
    Desk::wuts(text(&lines.join("\n")))
}

#[test]
fn the_right_hand_side_is_read_like_a_pager() {
    let mut desk = lines();
    let before = text_of(&desk).to_owned();
    desk.press("<f6>");
    let mut scrolled = Vec::new();
    for keys in ["j", "j", "k", "G", "g", " ", "b", "<end>", "<home>"] {
        desk.press(keys);
        scrolled.push(desk.app.scroll);
    }
    assert_eq!(scrolled[..3], [1, 2, 1]);
    assert!(scrolled[3] > 30 && scrolled[4] == 0, "{scrolled:?}");
    assert!(scrolled[5] > 10 && scrolled[6] == 0, "{scrolled:?}");
    assert_eq!((scrolled[7], scrolled[8]), (scrolled[3], 0));
    for (key, tab) in ["1", "2", "3", "4", "5"].into_iter().zip(Tab::ALL) {
        desk.press(key);
        assert_eq!(desk.app.tab, tab);
    }
    desk.press("qxZé語");
    assert!(
        desk.screen().contains("Nothing is typed here"),
        "{}",
        desk.screen()
    );
    assert_eq!(
        (text_of(&desk), desk.app.focus),
        (before.as_str(), Focus::Pane)
    );
    desk.press("i");
    assert_eq!(desk.app.focus, Focus::TEXT);
}

#[rstest]
#[case::preview("1", "linha 60 日本")]
#[case::payload("2", "POST /send/text")]
#[case::ctrl_c("2", "POST /send/text")]
fn y_copies_what_is_shown(#[case] tab: &str, #[case] expected: &str) {
    let mut desk = lines();
    desk.press("<f6>").press(tab);
    desk.take_effects();
    desk.press("y");
    let effects = desk.take_effects();
    let [Effect::Copy { text, .. }] = effects.as_slice() else {
        panic!("{effects:?}");
    };
    assert!(text.contains(expected), "{text}");
}

#[test]
fn the_wheel_scrolls_a_text_and_leaves_the_caret() {
    let mut desk = lines();
    let wheel = |desk: &mut Desk, kind| {
        desk.happen(Event::Term(TermEvent::Mouse(MouseEvent {
            kind,
            column: 12,
            row: 4,
            modifiers: KeyModifiers::NONE,
        })));
    };
    assert!(
        desk.screen().contains("│linha 60 日本"),
        "{}",
        desk.screen()
    );
    for _ in 0..4 {
        wheel(&mut desk, MouseEventKind::ScrollUp);
    }
    assert!(
        !desk.screen().contains("│linha 60 日本"),
        "{}",
        desk.screen()
    );
    desk.press("!");
    assert!(text_of(&desk).ends_with("linha 60 日本!"));
    assert!(
        desk.screen().contains("│linha 60 日本!"),
        "{}",
        desk.screen()
    );
    for _ in 0..40 {
        wheel(&mut desk, MouseEventKind::ScrollUp);
    }
    assert!(desk.screen().contains("│linha 1 日本"), "{}", desk.screen());
}
