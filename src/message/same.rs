//! Whether two drafts are the same message for the one who gets it.

use super::Draft;
use super::recipient::Recipient;

impl Draft {
    /// Whether both say the same to the same recipient. How the recipient's number is spelt and blanks
    /// at the ends of texts do not count.
    pub fn is_same_message(&self, other: &Self) -> bool {
        self == other
            || (self.message.kind() == other.message.kind() && self.trimmed() == other.trimmed())
    }

    /// Whether nothing was written yet, no recipient either.
    pub fn is_blank(&self) -> bool {
        let empty = Self {
            message: self.message.kind().empty(),
            ..Self::default()
        };
        self.is_same_message(&empty)
    }

    /// The draft without what does not count.
    fn trimmed(&self) -> Self {
        let mut draft = self.clone();
        for field in self.text_fields() {
            if let Some(text) = draft.text_at_mut(field) {
                let trimmed = text.trim();
                if trimmed.len() < text.len() {
                    *text = trimmed.to_owned();
                }
            }
        }
        draft.to = recipient_key(&draft.to);
        draft
    }
}

/// A recipient as it is compared: its address, or what was written where that is none.
pub fn recipient_key(to: &str) -> String {
    to.parse::<Recipient>()
        .map_or_else(|_| to.trim().to_owned(), |recipient| recipient.jid())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::{Button, Buttons, Kind, Message, Quote, Text};
    use rstest::rstest;

    fn text(to: &str, text: &str) -> Draft {
        Draft {
            to: to.to_owned(),
            message: Message::Text(Text {
                text: text.to_owned(),
            }),
            ..Draft::default()
        }
    }

    fn buttons(id: &str, footer: &str) -> Draft {
        Draft {
            message: Message::Buttons(Buttons {
                text: "日本".to_owned(),
                footer: footer.to_owned(),
                buttons: vec![Button {
                    id: id.to_owned(),
                    ..Button::default()
                }],
                ..Buttons::default()
            }),
            ..Draft::default()
        }
    }

    fn quoting(id: &str) -> Draft {
        Draft {
            quote: Some(Quote {
                id: id.to_owned(),
                ..Quote::default()
            }),
            ..text("1", "ok")
        }
    }

    #[rstest]
    #[case::equal(text("5511999999999", "👩‍👩‍👧 日"), text("5511999999999", "👩‍👩‍👧 日"), true)]
    #[case::spelling(text("+55 11 99999-9999", "a"), text("tel:5511999999999", "a"), true)]
    #[case::address(text("5511999999999@c.us", "a"), text(" 5511999999999", "a"), true)]
    #[case::blanks_at_the_ends(
        text("1", "\n שלום e\u{301}"),
        text("1", "שלום e\u{301} \n\n"),
        true
    )]
    #[case::no_break_space(text("1", "日\u{a0}"), text("1", "日"), true)]
    #[case::blanks_inside(text("1", "a  b"), text("1", "a b"), false)]
    #[case::another_number(text("5511999999999", "a"), text("5511999999998", "a"), false)]
    #[case::group_and_user(
        text("120363179345385836@g.us", "a"),
        text("120363179345385836@lid", "a"),
        false
    )]
    #[case::no_number(text(" Ana ", "a"), text("Ana", "a"), true)]
    #[case::a_mark(text("1", "e\u{301}"), text("1", "e"), false)]
    #[case::id(buttons("a", ""), buttons("b", ""), false)]
    #[case::footer(buttons("a", "x"), buttons("a", " x "), true)]
    #[case::kind(buttons("a", ""), text("", "日本"), false)]
    #[case::quote(quoting("3EB0"), quoting("3EB1"), false)]
    #[case::quote_or_none(quoting("3EB0"), text("1", "ok"), false)]
    fn the_same_or_not(#[case] one: Draft, #[case] other: Draft, #[case] expected: bool) {
        assert_eq!(one.is_same_message(&other), expected);
        assert_eq!(other.is_same_message(&one), expected);
    }

    #[rstest]
    #[case::nothing(text("", ""), true)]
    #[case::blanks(text(" ", "\n \u{a0}"), true)]
    #[case::a_text(text("", "日"), false)]
    #[case::a_recipient(text("1", ""), false)]
    #[case::a_quote(Draft { to: String::new(), ..quoting("3EB0") }, false)]
    #[case::an_option(Draft { delay: Some(1), ..text("", "") }, false)]
    #[case::buttons(Draft { message: Kind::Buttons.empty(), ..Draft::default() }, true)]
    fn blank_or_not(#[case] draft: Draft, #[case] expected: bool) {
        assert_eq!(draft.is_blank(), expected);
    }
}
