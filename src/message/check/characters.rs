//! Characters that no message may hold: controls, and line breaks where there is one line.

use super::{Problem, may_span_lines};
use crate::message::Field;
use crate::message::inline::Inline;

/// Reports the first offending character of a text, and how many more there are.
pub(super) fn check(field: Field, text: &str, problems: &mut Vec<Problem>) {
    if field == Field::To || !may_hold_any(text) {
        return;
    }
    if field == Field::Thumbnail && Inline::of(text).is_some() {
        // It is decoded, and its line breaks are not sent.
        return;
    }
    if !may_span_lines(field) {
        report(field, text, &|c, _| c.is_control() || is_break(c), problems);
        return;
    }
    report(
        field,
        text,
        &|c, next| match c {
            '\n' | '\t' => false,
            '\r' => next != Some('\n'),
            other => other.is_control(),
        },
        problems,
    );
    if text.contains("\r\n") {
        problems.push(Problem::warning(
            field,
            "its lines end in U+000D U+000A, as on Windows: both are counted and sent; end them \
             in U+000A alone",
        ));
    }
}

/// Whether a text can hold such a character at all, quickly: by the first byte of their UTF-8.
fn may_hold_any(text: &str) -> bool {
    text.bytes()
        .any(|byte| byte < 0x20 || matches!(byte, 0x7f | 0xc2 | 0xe2))
}

const fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}')
}

fn report(
    field: Field,
    text: &str,
    offends: &dyn Fn(char, Option<char>) -> bool,
    problems: &mut Vec<Problem>,
) {
    let mut first = None;
    let mut more = 0;
    let (mut line, mut column) = (1, 0);
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        column += 1;
        if offends(c, characters.peek().copied()) {
            if first.is_none() {
                first = Some((c, line, column));
            } else {
                more += 1;
            }
        }
        if c == '\n' && may_span_lines(field) {
            line += 1;
            column = 0;
        }
    }
    let Some((c, line, column)) = first else {
        return;
    };
    let place = if may_span_lines(field) {
        format!("line {line}, character {column}")
    } else {
        format!("character {column}")
    };
    let more = match more {
        0 => String::new(),
        more => format!(" (and {more} more)"),
    };
    let code = u32::from(c);
    let message = if is_break(c) && !may_span_lines(field) {
        format!(
            "{} is one line: a line break, U+{code:04X}, is at {place}{more}",
            field.spec().noun
        )
    } else {
        format!("the control character U+{code:04X} at {place}{more} cannot be sent: remove it")
    };
    problems.push(Problem::error(field, message));
}
