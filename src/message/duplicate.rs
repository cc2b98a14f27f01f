//! Buttons, lists and polls as numbered text, for gateways and clients that do not show them.
//!
//! GREEN-API recommends it beside every buttons message (`sending/SendButtons`).

use super::recipient::Recipient;
use super::{Action, Button, Buttons, Draft, List, Message, Poll, Text};

/// The marks of `WhatsApp`'s formatting.
const MARKS: [char; 4] = ['*', '_', '~', '`'];

/// The numbered text of a buttons message, a list or a poll, to the same recipient and with the same quote;
/// `None` for a kind that has no choices to number.
///
/// The header or title stands above the text in bold, the footer on the last line in italics. In
/// between, after an empty line, is a line for each button, with the code, number or address that a
/// tap would have used, or for each row, with its description; the title of a section stands in
/// bold above its rows, which are numbered through. A line that holds marks of its own stays
/// without ours, which would pair with them.
pub fn as_text(draft: &Draft) -> Option<Draft> {
    let text = match &draft.message {
        Message::Buttons(message) => buttons(message),
        Message::List(message) => list(message),
        Message::Poll(message) => poll(message),
        Message::Text(_)
        | Message::Template(_)
        | Message::Catalog(_)
        | Message::ButtonReply(_)
        | Message::ListReply(_) => return None,
    };
    Some(Draft {
        message: Message::Text(Text { text }),
        ..draft.clone()
    })
}

fn buttons(message: &Buttons) -> String {
    let mut lines = above(&message.header, &message.text);
    if !message.buttons.is_empty() && !lines.is_empty() {
        lines.push(String::new());
    }
    for (index, button) in message.buttons.iter().enumerate() {
        lines.push(choice(index + 1, button));
    }
    lines.extend(marked(&message.footer, '_'));
    lines.join("\n")
}

fn list(message: &List) -> String {
    let mut lines = above(&message.title, &message.text);
    let mut number = 0;
    for section in &message.sections {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(marked(&section.title, '*'));
        for row in &section.rows {
            number += 1;
            lines.push(numbered(number, &row.title, &one_line(&row.description)));
        }
    }
    lines.extend(marked(&message.footer, '_'));
    lines.join("\n")
}

fn poll(message: &Poll) -> String {
    let mut lines = above("", &message.text);
    if !message.options.is_empty() && !lines.is_empty() {
        lines.push(String::new());
    }
    let options = message.options.iter().enumerate();
    lines.extend(options.map(|(index, option)| numbered(index + 1, option, "")));
    lines.join("\n")
}

/// The lines above the choices.
fn above(title: &str, text: &str) -> Vec<String> {
    let text = Some(text.trim_end()).filter(|text| !text.is_empty());
    let title = marked(title, '*').into_iter();
    title.chain(text.map(str::to_owned)).collect()
}

/// `1 - Confirm`, `2 - Call us: +5511999999999`.
fn choice(number: usize, button: &Button) -> String {
    let value = match &button.action {
        Action::Reply => String::new(),
        Action::Copy { code } => one_line(code),
        Action::Call { phone } => match phone.parse() {
            Ok(Recipient::User(digits)) => format!("+{digits}"),
            _ => one_line(phone),
        },
        Action::Url { url } => one_line(url),
        Action::Pix(pix) => one_line(&pix.key),
    };
    numbered(number, &button.text, &value)
}

/// `1 - Coffee`, `1 - Coffee: Freshly brewed`.
fn numbered(number: usize, words: &str, more: &str) -> String {
    let words = one_line(words);
    if more.is_empty() {
        format!("{number} - {words}")
    } else {
        format!("{number} - {words}: {more}")
    }
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
