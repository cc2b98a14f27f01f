//! A buttons message as numbered text, for gateways and clients that do not show buttons.
//!
//! GREEN-API recommends it beside every buttons message (`sending/SendButtons`).

use std::fmt::Write as _;

use super::recipient::Recipient;
use super::{Action, Button, Draft, Message, Text};

/// The marks of `WhatsApp`'s formatting.
const MARKS: [char; 4] = ['*', '_', '~', '`'];

/// The numbered text of a buttons message, to the same recipient and with the same quote; `None`
/// for a kind that has no choices to number.
///
/// The header stands above the text in bold, the footer on the last line in italics. In between,
/// after an empty line, is a line for each button, with the code, number or address that a tap
/// would have used. A header or footer that holds marks of its own stays without ours, which would
/// pair with them.
pub fn as_text(draft: &Draft) -> Option<Draft> {
    let Message::Buttons(message) = &draft.message else {
        return None;
    };
    let header = marked(&message.header, '*');
    let body = message.text.trim_end();
    let mut text = header.into_iter().collect::<Vec<_>>();
    if !body.is_empty() {
        text.push(body.to_owned());
    }
    if !message.buttons.is_empty() && !text.is_empty() {
        text.push(String::new());
    }
    for (index, button) in message.buttons.iter().enumerate() {
        text.push(choice(index + 1, button));
    }
    text.extend(marked(&message.footer, '_'));
    Some(Draft {
        message: Message::Text(Text {
            text: text.join("\n"),
        }),
        ..draft.clone()
    })
}

/// `1 - Confirm`, `2 - Call us: +5511999999999`.
fn choice(number: usize, button: &Button) -> String {
    let mut choice = format!("{number} - {}", one_line(&button.text));
    let value = match &button.action {
        Action::Reply => String::new(),
        Action::Copy { code } => one_line(code),
        Action::Call { phone } => match phone.parse() {
            Ok(Recipient::User(digits)) => format!("+{digits}"),
            _ => one_line(phone),
        },
        Action::Url { url } => one_line(url),
    };
    if !value.is_empty() {
        let _ = write!(choice, ": {value}");
    }
    choice
}

/// A line between marks; `None` where there is nothing on it.
fn marked(line: &str, mark: char) -> Option<String> {
    let line = one_line(line);
    if line.is_empty() {
        None
    } else if line.contains(MARKS) {
        Some(line)
    } else {
        Some(format!("{mark}{line}{mark}"))
    }
}

/// A text on one line, without white space around it: marks do not reach across a line break.
fn one_line(text: &str) -> String {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
