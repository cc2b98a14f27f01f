//! A button that asks for a payment by Pix, by keys.

use rstest::rstest;
use wacompose::config::Profile;
use wacompose::gateway::GatewayKind;
use wacompose::message::outline::Item;
use wacompose::message::{Action, Button, Buttons, Draft, Message, Pix};
use wacompose::tui::focus::Focus;

use crate::desk::Desk;

fn order() -> Draft {
    Draft {
        to: "+55 11 99999-9999".to_owned(),
        message: Message::Buttons(Buttons {
            text: "Pedido 1042 日本 👩‍👩‍👧".to_owned(),
            buttons: vec![Button {
                id: "pay".to_owned(),
                text: "Pagar".to_owned(),
                action: Action::Reply,
            }],
            ..Buttons::default()
        }),
        ..Draft::default()
    }
}

fn pix() -> Action {
    Action::Pix(Pix {
        name: "José 日本".to_owned(),
        key_type: "email".to_owned(),
        key: "loja@example.com".to_owned(),
        currency: "BRL".to_owned(),
    })
}

/// Back from a reply is the last action.
const KEYS: &str = "<left><enter><enter>loja@example.com<enter>José 日本<enter>email<enter>";

#[test]
fn enter_goes_through_whom_it_pays() {
    let mut desk = Desk::wuts(order());
    desk.go(Focus::Item(Item::Button(0)));
    desk.press(KEYS);
    assert_eq!(desk.buttons().buttons.len(), 1);
    assert_eq!(desk.buttons().buttons[0].action, pix());
    desk.press("<enter>");
    assert_eq!(desk.buttons().buttons.len(), 2, "the next one begins");
}

#[test]
fn another_action_keeps_whom_it_pays_and_undo_brings_it_back() {
    let mut desk = Desk::wuts(order());
    desk.go(Focus::Item(Item::Button(0)));
    desk.press(KEYS);
    desk.go(Focus::Item(Item::Button(0)));
    desk.press("<right>");
    assert_eq!(desk.buttons().buttons[0].action, Action::Reply);
    desk.press("<left>");
    assert_eq!(desk.buttons().buttons[0].action, pix());
    desk.press("<right><ctrl-z>");
    assert_eq!(desk.buttons().buttons[0].action, pix());
}

#[rstest]
fn it_is_shown(#[values((80, 24), (120, 40))] size: (u16, u16)) {
    let mut draft = order();
    if let Message::Buttons(message) = &mut draft.message {
        message.buttons[0].action = pix();
    }
    let (width, height) = size;
    let profile = Profile::sandbox(GatewayKind::Evolution);
    let desk = Desk::new(draft, profile, width, height);
    insta::assert_snapshot!(format!("pix_{width}x{height}"), desk.screen());
}
