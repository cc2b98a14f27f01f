//! GREEN-API's bodies, by the pages `sending/…` of <https://green-api.com/en/docs/api>.

use super::reader::Reader;
use crate::message::{Action, ActionKind, Button, Buttons, Draft, Message, Quote, Text};

/// The draft; nothing where it is no body of GREEN-API's.
pub(super) fn draft(body: &mut Reader<'_>) -> Option<Draft> {
    let message = if body.has("buttons") {
        let text = if body.has("message") {
            "message"
        } else {
            "body"
        };
        Message::Buttons(Buttons {
            header: body.text("header"),
            text: body.text(text),
            footer: body.text("footer"),
            buttons: body.objects("buttons", button),
        })
    } else if body.has("message") {
        Message::Text(Text {
            text: body.text("message"),
        })
    } else {
        return None;
    };
    let quoted = body.text("quotedMessageId");
    Some(Draft {
        to: body.text("chatId"),
        quote: (!quoted.is_empty()).then(|| Quote {
            id: quoted,
            ..Quote::default()
        }),
        link_preview: body.boolean("linkPreview"),
        typing: body.number("typingTime", 1000),
        delay: None,
        message,
    })
}

fn button(button: &mut Reader<'_>) -> Button {
    let kind = button.word("type", |word| {
        let mut kinds = ActionKind::ALL.into_iter();
        kinds.find(|kind| kind.name() == word)
    });
    let action = match kind.unwrap_or(ActionKind::Reply) {
        ActionKind::Reply => Action::Reply,
        ActionKind::Copy => Action::Copy {
            code: button.text("copyCode"),
        },
        ActionKind::Call => Action::Call {
            phone: button.text("phoneNumber"),
        },
        ActionKind::Url => Action::Url {
            url: button.text("url"),
        },
    };
    Button {
        id: button.text("buttonId"),
        text: button.text("buttonText"),
        action,
    }
}
