//! A gateway's answer on the screen: as it came, laid out, and what it says besides.

use wacompose::gateway::wire::{Request, Response, Template};
use wacompose::gateway::{Exchange, Outcome};
use wacompose::tui::effect::Ticket;
use wacompose::tui::event::{Event, Sent};

use crate::desk::{Desk, order};

/// The composer after an accepting answer of WUTS, wide enough for it.
fn after(body: &str, headers: &[(&str, &str)]) -> Desk {
    let mut desk = Desk::wuts(order());
    desk.press("<f5><enter>");
    let request = Request {
        url: Template::text("http://127.0.0.1:9/send/buttons"),
        headers: Vec::new(),
        body: serde_json::json!({ "to": "5511999999999" }),
    };
    let headers = headers.iter();
    let response = Response {
        status: 200,
        headers: headers
            .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()))
            .collect(),
        body: body.as_bytes().to_vec(),
        truncated: false,
    };
    let main = Exchange {
        request,
        response: Some(response),
        outcome: Outcome::Accepted {
            message_id: "3EB0".to_owned(),
        },
        elapsed: std::time::Duration::ZERO,
        attempts: 1,
    };
    desk.happen(Event::Answered {
        ticket: Ticket(1),
        sent: Box::new(Sent::Tried {
            main: Box::new(main),
            duplicate: None,
        }),
    });
    desk
}

#[test]
fn every_digit_is_shown_and_alt_j_shows_the_answer_as_it_came() {
    let body = "{\"n\":12345678901234567890123,\"n\":1.10,\"日\": \"本\"}";
    let mut desk = after(body, &[("x-request-id", "r-1"), ("set-cookie", "***")]);
    let screen = desk.screen();
    for part in [
        "x-request-id: r-1",
        "set-cookie: ***",
        "  \"n\": 12345678901234567890123,",
        "  \"n\": 1.10,",
    ] {
        assert!(screen.contains(part), "{part}\n{screen}");
    }
    desk.press("<alt-j>");
    let screen = desk.screen();
    assert!(
        screen.contains("{\"n\":12345678901234567890123,\"n\":"),
        "{screen}"
    );
    desk.press("<alt-j>");
    assert!(
        desk.screen().contains("  \"n\": 1.10,"),
        "{}",
        desk.screen()
    );
}

#[test]
fn another_number_is_told() {
    let desk = after("{\"chat_jid\":\"551199999999@s.whatsapp.net\"}", &[]);
    let screen = desk.screen();
    assert!(screen.contains("! the gateway writes to"), "{screen}");
    assert!(screen.contains("+551199999999"), "{screen}");
}

#[test]
fn what_is_compressed_is_named() {
    let desk = after("", &[("content-encoding", "br")]);
    let screen = desk.screen();
    assert!(screen.contains("compressed with br"), "{screen}");
    assert!(!screen.contains("(no body)"), "{screen}");
}
