//! The mouse in the texts of the form.

use std::time::Duration;

use crossterm::event::{Event as TermEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use rstest::rstest;
use wacompose::tui::event::Event;
use wacompose::tui::focus::Focus;

use crate::desk::{Desk, order, text};

/// The cell at which words are seen first in the form, which is on the left.
fn place(desk: &Desk, words: &str) -> (u16, u16) {
    let screen = desk.screen();
    let middle = screen
        .lines()
        .map(unicode_width::UnicodeWidthStr::width)
        .max()
        .unwrap()
        / 2;
    let mut lines = screen.lines().enumerate();
    let found = lines.find_map(|(y, line)| {
        let before = &line[..line.find(words)?];
        Some((unicode_width::UnicodeWidthStr::width(before), y)).filter(|(x, _)| *x < middle)
    });
    let (x, y) = found.unwrap_or_else(|| panic!("{words} is not there:\n{screen}"));
    (u16::try_from(x).unwrap(), u16::try_from(y).unwrap())
}

fn mouse(desk: &mut Desk, kind: MouseEventKind, (column, row): (u16, u16)) {
    let modifiers = KeyModifiers::NONE;
    desk.happen(Event::Term(TermEvent::Mouse(MouseEvent {
        kind,
        column,
        row,
        modifiers,
    })));
}

fn press(desk: &mut Desk, at: (u16, u16)) {
    mouse(desk, MouseEventKind::Down(MouseButton::Left), at);
    mouse(desk, MouseEventKind::Up(MouseButton::Left), at);
}

#[rstest]
#[case::once(1, "one X日本語 👨‍👩‍👧 end\nnext line")]
#[case::a_word(2, "one X 👨‍👩‍👧 end\nnext line")]
#[case::a_line(3, "X\nnext line")]
#[case::a_fourth_click_is_a_first_one(4, "one X日本語 👨‍👩‍👧 end\nnext line")]
fn clicks_select(#[case] times: usize, #[case] expected: &str) {
    let mut desk = Desk::wuts(text("one 日本語 👨‍👩‍👧 end\nnext line"));
    let at = place(&desk, "日本語");
    let word = place(&desk, "one");
    let at = if times == 2 { at } else { (word.0 + 4, word.1) };
    (0..times).for_each(|_| press(&mut desk, at));
    desk.press("X");
    let text = desk.app.draft().message.text();
    // Han has no words for a segmenter without a dictionary: each sign is one.
    let expected = if times == 2 {
        expected.replace("one X", "one X本語")
    } else {
        expected.to_owned()
    };
    assert_eq!(text, expected);
}

#[test]
fn a_slow_second_click_is_a_first_one() {
    let mut desk = Desk::wuts(text("one two"));
    let at = place(&desk, "two");
    press(&mut desk, at);
    desk.wait(Duration::from_secs(1));
    press(&mut desk, at);
    desk.press("X");
    assert_eq!(desk.app.draft().message.text(), "one Xtwo");
}

#[test]
fn dragging_selects_within_the_text_where_it_began() {
    let mut desk = Desk::wuts(text("one 日本 two\nthree"));
    let (from, to) = (place(&desk, "日本"), place(&desk, "three"));
    mouse(&mut desk, MouseEventKind::Down(MouseButton::Left), from);
    mouse(
        &mut desk,
        MouseEventKind::Drag(MouseButton::Left),
        (to.0 + 2, to.1),
    );
    mouse(
        &mut desk,
        MouseEventKind::Up(MouseButton::Left),
        (to.0 + 2, to.1),
    );
    mouse(
        &mut desk,
        MouseEventKind::Drag(MouseButton::Left),
        (to.0, to.1),
    );
    desk.press("<bs>");
    assert_eq!(desk.app.draft().message.text(), "one ree");
}

#[test]
fn dragging_below_a_text_goes_on_there_and_never_into_another_field() {
    let mut desk = Desk::wuts(order());
    let (x, y) = place(&desk, "│How would");
    let from = (x + 1, y);
    let below = place(&desk, "WUTS Store");
    mouse(&mut desk, MouseEventKind::Down(MouseButton::Left), from);
    mouse(
        &mut desk,
        MouseEventKind::Drag(MouseButton::Left),
        (below.0 + 90, below.1),
    );
    desk.press("X");
    assert_eq!(desk.app.focus, Focus::TEXT);
    assert_eq!(desk.app.draft().message.text(), "X");
    assert_eq!(desk.buttons().footer, "WUTS Store");
}

#[test]
fn a_drag_over_a_dialog_or_from_nowhere_does_nothing() {
    let mut desk = Desk::wuts(order());
    let (x, y) = place(&desk, "│How would");
    let at = (x + 1, y);
    mouse(&mut desk, MouseEventKind::Drag(MouseButton::Left), at);
    desk.press("<ctrl-p>");
    mouse(&mut desk, MouseEventKind::Drag(MouseButton::Left), at);
    desk.press("<esc>X");
    let text = desk.app.draft().message.text();
    assert_eq!(text, "How would you like to proceed with your *order*?X");
}
