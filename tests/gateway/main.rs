//! What gateways carry, leave out and refuse, requests as people read them, and answers that no
//! documentation has.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]

mod answers;
mod anything;
mod carried;
mod codes;
#[path = "../common/mod.rs"]
mod common;
mod evolution;
mod kinds;
mod pix;
mod questions;
mod requests;

use std::path::Path;

use To::{Cloud, Green, GreenLegacy, Wuts};
use wacompose::gateway::wire::Response;
use wacompose::gateway::{Account, GatewayKind, Outcome};
use wacompose::message::file::read;
use wacompose::message::{ActionKind, Button, Buttons, Draft, Message, Text};

const PERSON: &str = "5511999999999";
const GROUP: &str = "120363039000000000@g.us";
const CHANNEL: &str = "120363039000000000@newsletter";
const LID: &str = "120363039000000000@lid";

/// The four accounts that differ in what they do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum To {
    Wuts,
    Green,
    GreenLegacy,
    Cloud,
}

impl To {
    fn account(self) -> Account {
        let account = Account::public(match self {
            Wuts => GatewayKind::Wuts,
            Green | GreenLegacy => GatewayKind::GreenApi,
            Cloud => GatewayKind::CloudApi,
        });
        let buttons_method = match self {
            GreenLegacy => "sendButtons",
            Wuts | Green | Cloud => "sendInteractiveButtonsReply",
        };
        account
            .with("id_instance", "1101000001")
            .with("phone_number_id", "106540352242922")
            .with("catalog_id", "194836987003835")
            .with("buttons_method", buttons_method)
    }
}

fn text() -> Draft {
    Draft {
        to: PERSON.to_owned(),
        message: Message::Text(Text {
            text: "Olá 👋".to_owned(),
        }),
        ..Draft::default()
    }
}

fn buttons(kinds: &[ActionKind]) -> Draft {
    let buttons = kinds.iter().enumerate().map(|(index, kind)| Button {
        id: format!("b{index}"),
        text: format!("Choice {index}"),
        action: kind.with_value(
            match kind {
                ActionKind::Call => "+55 11 98888-7777",
                _ => "https://example.com",
            }
            .to_owned(),
        ),
    });
    Draft {
        to: PERSON.to_owned(),
        message: Message::Buttons(Buttons {
            text: "Choose".to_owned(),
            buttons: buttons.collect(),
            ..Buttons::default()
        }),
        ..Draft::default()
    }
}

fn replies() -> Draft {
    buttons(&[ActionKind::Reply, ActionKind::Reply])
}

fn actions() -> Draft {
    buttons(&[ActionKind::Copy, ActionKind::Call, ActionKind::Url])
}

fn sample(name: &str) -> Draft {
    read(&Path::new("assets/samples").join(name)).unwrap()
}

fn catalog() -> Draft {
    sample("catalog.toml")
}

fn list() -> Draft {
    sample("list.toml")
}

fn poll() -> Draft {
    sample("poll.toml")
}

fn template() -> Draft {
    sample("template.toml")
}

fn button_reply() -> Draft {
    sample("button-reply.toml")
}

fn list_reply() -> Draft {
    sample("list-reply.toml")
}

fn decode_response(to: To, response: &Response) -> Outcome {
    let account = to.account();
    let request = account.encode(&text()).unwrap();
    account.decode(&request, response)
}
