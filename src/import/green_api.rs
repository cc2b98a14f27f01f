//! GREEN-API's bodies, by the pages `sending/…` of <https://green-api.com/en/docs/api>.

use super::gateway::Gateway;
use super::items;
use super::json::Json;
use super::reader::Reader;
use super::refusal::Matter;
use super::route::{Address, Route};
use super::{ImportError, Source};
use crate::message::{Action, Button, Buttons, Draft, List, Message, Poll, Text};

const WHOSE: &str = Source::GreenApi.whose();

/// The methods that are read.
const READ: [&str; 7] = [
    "sendMessage",
    "sendPoll",
    "sendButtons",
    "sendInteractiveButtons",
    "sendInteractiveButtonsReply",
    "sendListMessage",
    "sendTemplateButtons",
];

/// What tells the other methods where no address does: keys that are all there.
const OTHERS: [(&[&str], &str); 14] = [
    (&["urlFile"], "sendFileByUrl"),
    (&["fileName"], "sendFileByUpload"),
    (&["latitude"], "sendLocation"),
    (&["nameLocation"], "sendLocation"),
    (&["contact"], "sendContact"),
    (&["urlLink"], "sendLink"),
    (&["chatIdFrom"], "forwardMessages"),
    (&["idMessage", "reaction"], "sendReaction"),
    (&["idMessage", "message"], "editMessage"),
    (&["idMessage", "onlySenderDelete"], "deleteMessage"),
    (&["idMessage"], "readChat or deleteMessage"),
    (&["typingType"], "sendTyping"),
    (&["ephemeralExpiration"], "setDisappearingChat"),
    (&["count"], "getChatHistory"),
];

pub(super) struct GreenApi;

impl Gateway for GreenApi {
    /// Where the instance is, the method follows, and then the token.
    fn method_of<'a>(&self, address: &Address<'a>) -> Option<&'a str> {
        let is_instance = |part: &&str| {
            let start = part.get(..10);
            start.is_some_and(|start| start.eq_ignore_ascii_case("waInstance"))
        };
        let at = address.parts().iter().position(is_instance)?;
        Some(address.part(at + 1))
    }

    fn knows(&self, body: &Reader<'_>) -> bool {
        body.has("chatId") || body.has("chatIdFrom")
    }

    fn draft(&self, body: &mut Reader<'_>, route: &Route) -> Result<Option<Draft>, ImportError> {
        let method = route.method.as_str();
        if !method.is_empty() && !READ.contains(&method) {
            return Err(Matter::of(method).refused(WHOSE, method));
        }
        if method.is_empty() {
            let says_all = |keys: &[&str]| keys.iter().all(|key| body.says(key));
            if let Some((_, name)) = OTHERS.iter().find(|(keys, _)| says_all(keys)) {
                return Err(Matter::of(name).refused(WHOSE, name));
            }
        }
        let message = match method {
            "sendMessage" => Some(text(body)),
            "sendPoll" => Some(poll(body)),
            "sendListMessage" => Some(list(body)),
            "sendTemplateButtons" => Some(template_buttons(body)),
            _ if body.says("templateButtons") => Some(template_buttons(body)),
            _ if body.has("buttons") => Some(buttons(body)),
            _ if body.says("sections") => Some(list(body)),
            _ if body.says("options") => Some(poll(body)),
            _ if body.has("message") => Some(text(body)),
            _ => None,
        };
        let Some(message) = message else {
            return Ok(None);
        };
        let quoted = body.text("quotedMessageId");
        Ok(Some(Draft {
            to: body.text_of(&["chatId", "phoneNumber"]),
            quote: items::quote(quoted),
            link_preview: body.boolean("linkPreview"),
            typing: body
                .number("typingTime", 1000)
                .or_else(|| body.milliseconds("typingTime")),
            delay: None,
            message,
        }))
    }
}

fn text(body: &mut Reader<'_>) -> Message {
    Message::Text(Text {
        text: body.text("message"),
    })
}

fn buttons(body: &mut Reader<'_>) -> Message {
    let text = if body.has("message") {
        "message"
    } else {
        "body"
    };
    Message::Buttons(Buttons {
        header: body.text("header"),
        text: body.text(text),
        footer: body.text("footer"),
        buttons: items::buttons(body, "buttons"),
    })
}

fn poll(body: &mut Reader<'_>) -> Message {
    let options = body.objects("options", |option| option.text("optionName"));
    let is_many = body.boolean("multipleAnswers") == Some(true);
    Message::Poll(Poll {
        text: body.text("message"),
        options,
        choices: is_many.then_some(0),
    })
}

fn list(body: &mut Reader<'_>) -> Message {
    no_longer_offered(body, "sendListMessage");
    Message::List(List {
        title: body.text("title"),
        text: body.text_of(&["message", "body"]),
        footer: body.text("footer"),
        button: body.text_of(&["buttonText", "button"]),
        sections: items::row_sections(body, "sections"),
    })
}

/// Each button is in an object that says what it does.
fn template_buttons(body: &mut Reader<'_>) -> Message {
    no_longer_offered(body, "sendTemplateButtons");
    let key = body.name_of(&["templateButtons", "buttons"]);
    let mut buttons: Vec<(u64, Button)> = body.objects(key, |item| {
        let index = item.whole("index");
        item.number("index", 1);
        let label = |part: &mut Reader<'_>| part.text_of(&["displayText", "buttonText", "text"]);
        let url = item.object("urlButton", |part| Button {
            id: "url".to_owned(),
            text: label(part),
            action: Action::Url {
                url: part.text("url"),
            },
        });
        let call = item.object("callButton", |part| Button {
            id: "call".to_owned(),
            text: label(part),
            action: Action::Call {
                phone: part.text("phoneNumber"),
            },
        });
        let reply = item.object("quickReplyButton", |part| Button {
            id: part.text_of(&["id", "buttonId"]),
            text: label(part),
            action: Action::Reply,
        });
        let button = url.or(call).or(reply).unwrap_or_default();
        (index.unwrap_or(u64::MAX), button)
    });
    buttons.sort_by_key(|(index, _)| *index);
    items::tell_apart(buttons.iter_mut().map(|(_, button)| {
        let is_invented = button.action != Action::Reply;
        (&mut button.id, is_invented)
    }));
    Message::Buttons(Buttons {
        header: String::new(),
        text: body.text("message"),
        footer: body.text("footer"),
        buttons: buttons.into_iter().map(|(_, button)| button).collect(),
    })
}

fn no_longer_offered(body: &mut Reader<'_>, method: &str) {
    body.warn(format!(
        "GREEN-API's {method} is no longer offered by GREEN-API: send the message by another method, or another gateway"
    ));
}

/// Whether a button has its parts under GREEN-API's names.
pub(super) fn has_its_buttons(body: &Reader<'_>) -> bool {
    let buttons = body.peek("buttons").map(Json::items).unwrap_or_default();
    buttons
        .iter()
        .any(|button| button.get("buttonText").is_some() || button.get("buttonId").is_some())
}
