//! What bytes of a terminal become: keys, and pastes with brackets and without.

use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use rstest::rstest;
use wacompose::tui::input::burst::Bursts;
use wacompose::tui::input::decoder::{Decoder, Piece};

const NONE: KeyModifiers = KeyModifiers::NONE;
const CTRL: KeyModifiers = KeyModifiers::CONTROL;
const ALT: KeyModifiers = KeyModifiers::ALT;
const SHIFT: KeyModifiers = KeyModifiers::SHIFT;

fn at(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

/// Events in short: a key's character, `⏎`, `⇥`, `^J`, and pastes in `[…]`.
fn shown(events: &[Event]) -> String {
    let shown = events.iter().map(|event| match event {
        Event::Paste(text) => format!("[{text}]"),
        Event::Key(key) => match key.code {
            KeyCode::Char(c) if key.modifiers.contains(CTRL) => {
                format!("^{}", c.to_ascii_uppercase())
            }
            KeyCode::Char(c) => c.to_string(),
            KeyCode::Enter => "⏎".to_owned(),
            KeyCode::Tab => "⇥".to_owned(),
            code => format!("<{code}>"),
        },
        other => format!("{other:?}"),
    });
    shown.collect()
}

/// What was read, each with the millisecond at which it was.
fn read(reads: &[(u64, &str)]) -> String {
    let (mut decoder, mut bursts) = (Decoder::default(), Bursts::default());
    let mut events = Vec::new();
    for &(millis, bytes) in reads {
        let (mut pieces, mut text) = (Vec::new(), String::new());
        decoder.feed(bytes.as_bytes(), &mut pieces);
        for piece in pieces {
            match piece {
                Piece::Text(c) => text.push(c),
                Piece::Event(event) => {
                    if !text.is_empty() {
                        bursts.text(&std::mem::take(&mut text), at(millis), &mut events);
                    }
                    bursts.event(event, &mut events);
                }
            }
        }
        if !text.is_empty() {
            bursts.text(&text, at(millis), &mut events);
        }
    }
    bursts.release(at(100_000), &mut events);
    shown(&events)
}

#[rstest]
#[case::a_key(&[(0, "a")], "a")]
#[case::enter(&[(0, "\r")], "⏎")]
#[case::a_key_and_enter(&[(0, "a\r")], "a⏎")]
#[case::typed(&[(0, "a"), (30, "b"), (60, "\r")], "ab⏎")]
#[case::typed_at_the_gap(&[(0, "a"), (10, "b"), (20, "\r")], "ab⏎")]
#[case::enter_after_a_pause(&[(0, "ab"), (20, "\r")], "ab⏎")]
#[case::enter_twice(&[(0, "\r\r")], "⏎⏎")]
#[case::blank_lines_of_returns(&[(0, "\r\r\r")], "[\r\r\r]")]
#[case::blank_lines_with_a_tab(&[(0, "\r\t\r")], "[\r\t\r]")]
#[case::blank_lines(&[(0, "\r\n\r\n")], "[\r\n\r\n]")]
#[case::a_blank_line_and_a_letter(&[(0, "\r\ra")], "[\r\ra]")]
#[case::an_enter_that_is_held(&[(0, "\r"), (33, "\r"), (66, "\r")], "⏎⏎⏎")]
#[case::tabs_and_enter(&[(0, "\t\t\r")], "⇥⇥⏎")]
#[case::a_key_that_is_held(&[(0, "aaaa")], "aaaa")]
#[case::composed(&[(0, "日本👩‍🔬e\u{301}")], "日本👩‍🔬e\u{301}")]
#[case::enter_as_two(&[(0, "\r\n")], "⏎")]
#[case::ctrl_j(&[(0, "\n")], "^J")]
#[case::a_text_and_enter(&[(0, "ok\r")], "[ok\r]")]
#[case::lines(&[(0, "Olá 日本\r👋\tBye")], "[Olá 日本\r👋\tBye]")]
#[case::line_feeds(&[(0, "a\nb\n")], "[a\nb\n]")]
#[case::both(&[(0, "a\r\nb")], "[a\r\nb]")]
#[case::a_break_first(&[(0, "\rab")], "[\rab]")]
#[case::in_several_reads(&[(0, "Dear Ana,"), (3, "\ryour order"), (9, " 1042\r")], "[Dear Ana,\ryour order 1042\r]")]
#[case::its_tail(&[(0, "ab\rcd"), (9, "\r")], "[ab\rcd\r]")]
#[case::after_its_end(&[(0, "ab\rcd"), (10, "\r")], "[ab\rcd]⏎")]
#[case::a_character_at_a_time(&[(0, "o"), (1, "i"), (2, "\r"), (3, "t"), (4, "u")], "o[i\rtu]")]
#[case::enter_within_the_gap(&[(0, "a"), (3, "\r")], "a⏎")]
#[case::a_long_line(&[(0, "aa"), (9, "b"), (18, "b"), (27, "b"), (36, "b"), (45, "b"), (54, "c"), (60, "\r")], "aabbbbb[c\r]")]
#[case::a_function_key_before(&[(0, "\u{1b}[15~ab\rcd")], "<F5>[ab\rcd]")]
#[case::a_function_key_and_enter(&[(0, "\u{1b}[15~\r\u{5}")], "<F5>⏎^E")]
#[case::a_control_key_between(&[(0, "ab\u{13}\r")], "ab^S⏎")]
#[case::brackets_between(&[(0, "a\u{1b}[200~x\ry\u{1b}[201~\r")], "a[x\ry]⏎")]
fn a_burst_is_a_paste(#[case] reads: &[(u64, &str)], #[case] expected: &str) {
    assert_eq!(read(reads), expected);
}

#[test]
fn a_key_alone_does_not_wait() {
    let (mut bursts, mut events) = (Bursts::default(), Vec::new());
    for millis in [0, 10, 20, 500] {
        bursts.text("é", at(millis), &mut events);
        assert_eq!(bursts.due(), None, "at {millis} ms");
    }
    bursts.text("\r", at(600), &mut events);
    assert_eq!(shown(&events), "éééé⏎");
    assert_eq!(bursts.due(), None);
}

#[test]
fn what_comes_together_waits_for_the_gap_alone() {
    let (mut bursts, mut events) = (Bursts::default(), Vec::new());
    bursts.text("日本", at(5), &mut events);
    assert_eq!(bursts.due(), Some(at(15)));
    bursts.release(at(14), &mut events);
    assert_eq!(shown(&events), "");
    bursts.release(at(15), &mut events);
    assert_eq!(shown(&events), "日本");
    assert_eq!(bursts.due(), None);
}

/// What was there already when the program came to look belongs to what is held.
#[test]
fn a_program_that_was_busy_takes_no_paste_apart() {
    let (mut bursts, mut events) = (Bursts::default(), Vec::new());
    bursts.text("Olá\rAn", at(0), &mut events);
    bursts.keep_open(at(40));
    bursts.text("a\r", at(40), &mut events);
    bursts.release(at(50), &mut events);
    assert_eq!(shown(&events), "[Olá\rAna\r]");
}

fn decoded(reads: &[&str]) -> Vec<Piece> {
    let (mut decoder, mut pieces) = (Decoder::default(), Vec::new());
    for bytes in reads {
        decoder.feed(bytes.as_bytes(), &mut pieces);
    }
    pieces
}

/// What a terminal sends that has kitty's keyboard protocol, once its first flag is set.
#[rstest]
#[case::enter("\x1b[13;5u", KeyCode::Enter, CTRL)]
#[case::shift_enter("\x1b[13;2u", KeyCode::Enter, SHIFT)]
#[case::alt_enter("\x1b[13;3u", KeyCode::Enter, ALT)]
#[case::esc("\x1b[27u", KeyCode::Esc, NONE)]
#[case::ctrl_i("\x1b[105;5u", KeyCode::Char('i'), CTRL)]
#[case::ctrl_h("\x1b[104;5u", KeyCode::Char('h'), CTRL)]
#[case::alt_digit("\x1b[56;3u", KeyCode::Char('8'), ALT)]
#[case::alt_quote("\x1b[39;3u", KeyCode::Char('\''), ALT)]
#[case::ctrl_space("\x1b[32;5u", KeyCode::Char(' '), CTRL)]
#[case::ctrl_backspace("\x1b[127;5u", KeyCode::Backspace, CTRL)]
#[case::num_lock_is_on("\x1b[113;133u", KeyCode::Char('q'), CTRL)]
fn a_key_of_kittys_protocol_arrives(
    #[case] bytes: &str,
    #[case] code: KeyCode,
    #[case] modifiers: KeyModifiers,
) {
    let keys: Vec<(KeyCode, KeyModifiers)> = decoded(&[bytes])
        .into_iter()
        .filter_map(|piece| match piece {
            Piece::Event(Event::Key(key)) => Some((key.code, key.modifiers)),
            _ => None,
        })
        .collect();
    assert_eq!(keys, [(code, modifiers)]);
}

#[rstest]
#[case::esc("\u{1b}", KeyCode::Esc, NONE)]
#[case::arrow("\u{1b}[A", KeyCode::Up, NONE)]
#[case::application_arrow("\u{1b}OB", KeyCode::Down, NONE)]
#[case::modified_arrow("\u{1b}[1;3C", KeyCode::Right, ALT)]
#[case::alt_page_up("\u{1b}[5;3~", KeyCode::PageUp, ALT)]
#[case::f1("\u{1b}OP", KeyCode::F(1), NONE)]
#[case::f1_of_rxvt("\u{1b}[11~", KeyCode::F(1), NONE)]
#[case::f5("\u{1b}[15~", KeyCode::F(5), NONE)]
#[case::f5_of_the_linux_console("\u{1b}[[E", KeyCode::F(5), NONE)]
#[case::back_tab("\u{1b}[Z", KeyCode::BackTab, SHIFT)]
#[case::alt_letter("\u{1b}a", KeyCode::Char('a'), ALT)]
#[case::alt_digit("\u{1b}2", KeyCode::Char('2'), ALT)]
#[case::alt_wide("\u{1b}語", KeyCode::Char('語'), ALT)]
#[case::alt_enter("\u{1b}\r", KeyCode::Enter, ALT)]
#[case::alt_bracket_close("\u{1b}]", KeyCode::Char(']'), ALT)]
#[case::ctrl_space("\u{0}", KeyCode::Char(' '), CTRL)]
#[case::backspace("\u{7f}", KeyCode::Backspace, NONE)]
#[case::shift_enter("\u{1b}[13;2u", KeyCode::Enter, SHIFT)]
#[case::shift_enter_of_xterm("\u{1b}[27;2;13~", KeyCode::Enter, SHIFT)]
#[case::ctrl_enter_of_xterm("\u{1b}[27;5;13~", KeyCode::Enter, CTRL)]
#[case::ctrl_letter_of_xterm("\u{1b}[27;5;115~", KeyCode::Char('s'), CTRL)]
#[case::alt_gr("\u{1b}[123;7u", KeyCode::Char('{'), CTRL.union(ALT))]
fn a_sequence_is_a_key(
    #[case] bytes: &str,
    #[case] code: KeyCode,
    #[case] modifiers: KeyModifiers,
) {
    let key = Piece::Event(Event::Key(KeyEvent::new(code, modifiers)));
    assert_eq!(decoded(&[bytes]), std::slice::from_ref(&key));
    // In two pieces it is the same, unless the first one is the Esc key.
    for cut in (2..bytes.len()).filter(|&cut| bytes.is_char_boundary(cut)) {
        let pieces = decoded(&[&bytes[..cut], &bytes[cut..]]);
        assert_eq!(pieces, std::slice::from_ref(&key), "cut at {cut}");
    }
}

#[rstest]
#[case::unknown("\u{1b}[?1;2;3y")]
#[case::unknown_special("\u{1b}[99~")]
#[case::colour_answer("\u{1b}]11;rgb:0000/0000/0000\u{7}")]
#[case::colour_answer_with_st("\u{1b}]11;rgb:ffff/ffff/ffff\u{1b}\\")]
#[case::version_answer("\u{1b}P>|XTerm(390)\u{1b}\\")]
#[case::graphics_answer("\u{1b}_Gi=31;OK\u{1b}\\")]
#[case::device_answer("\u{1b}[?64;1;2;6;22c")]
#[case::window_answer("\u{1b}[8;24;80t")]
fn what_means_nothing_here_is_dropped_to_its_end(#[case] bytes: &str) {
    // Its first two bytes alone are a key.
    for cut in 3..bytes.len() {
        let pieces = decoded(&[&bytes[..cut], &bytes[cut..], "é"]);
        let texts = pieces
            .iter()
            .filter(|piece| matches!(piece, Piece::Text(_)));
        assert_eq!(
            texts.collect::<Vec<_>>(),
            [&Piece::Text('é')],
            "cut at {cut}"
        );
    }
}

#[test]
fn characters_and_pastes_may_come_in_pieces() {
    let text = "\u{1b}[200~Olá\r\n日本\u{1b}[201~é";
    let expected = [
        Piece::Event(Event::Paste("Olá\r\n日本".into())),
        Piece::Text('é'),
    ];
    for cut in 2..text.len() {
        let (mut decoder, mut pieces) = (Decoder::default(), Vec::new());
        decoder.feed(&text.as_bytes()[..cut], &mut pieces);
        decoder.feed(&text.as_bytes()[cut..], &mut pieces);
        assert_eq!(pieces, expected, "cut at {cut}");
    }
}

#[test]
fn a_sequence_that_is_broken_off_takes_nothing_with_it() {
    let pieces = decoded(&["\u{1b}[1;\u{1b}]4;1;rgb:1/2/3\u{7}\u{1b}]4;1é\rü"]);
    let texts = ['\r', 'ü'].map(Piece::Text);
    assert_eq!(pieces, texts);
}

#[test]
fn a_byte_that_is_no_text_is_dropped() {
    let (mut decoder, mut pieces) = (Decoder::default(), Vec::new());
    decoder.feed(b"a\xffb\xe3\x81z", &mut pieces);
    assert_eq!(pieces, ['a', 'b', 'z'].map(Piece::Text));
}
