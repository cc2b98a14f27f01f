//! What gateways are asked besides sending, as it is written.

use rstest::rstest;
use serde_json::{Value, json};
use wacompose::gateway::Account;
use wacompose::gateway::wire::Query;

use super::To::{self, Cloud, Green, GreenLegacy, Wuts};
use super::{GROUP, replies, text};
use wacompose::message::Draft;

/// A method, a URL, headers and a body.
type Written = (
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str)],
    Option<Value>,
);

fn journal(account: &Account) -> Option<Query> {
    let draft = Draft {
        to: GROUP.to_owned(),
        ..text()
    };
    account.journal_query(&account.encode(&draft).unwrap())
}

#[rstest]
#[case::wuts_status(
    Wuts,
    Account::status_query,
    Some(("GET", "https://api.wuts.com.br/status", &[("Authorization", "Bearer TOKEN")][..], None))
)]
#[case::green_state(
    Green,
    Account::status_query,
    Some(("GET", "https://api.green-api.com/waInstance1101000001/getStateInstance/TOKEN", &[][..], None))
)]
#[case::queue(
    Green,
    Account::queue_query,
    Some(("GET", "https://api.green-api.com/waInstance1101000001/showMessagesQueue/TOKEN", &[][..], None))
)]
#[case::clear_queue(
    GreenLegacy,
    Account::clear_queue_query,
    Some(("GET", "https://api.green-api.com/waInstance1101000001/clearMessagesQueue/TOKEN", &[][..], None))
)]
#[case::journal(
    Green,
    journal,
    Some((
        "POST",
        "https://api.green-api.com/waInstance1101000001/getChatHistory/TOKEN",
        &[("Content-Type", "application/json")][..],
        Some(json!({ "chatId": GROUP, "count": 100 }))
    ))
)]
#[case::cloud_status(Cloud, Account::status_query, None)]
#[case::cloud_queue(Cloud, Account::queue_query, None)]
#[case::wuts_queue(Wuts, Account::clear_queue_query, None)]
#[case::wuts_journal(Wuts, journal, None)]
fn a_question(
    #[case] to: To,
    #[case] ask: fn(&Account) -> Option<Query>,
    #[case] expected: Option<Written>,
) {
    let query = ask(&to.account());
    let written = query.as_ref().map(|query| {
        let headers = query.headers.iter();
        let headers: Vec<_> = headers
            .map(|(name, value)| (name.name(), value.fill("TOKEN")))
            .collect();
        (
            query.method,
            query.url.fill("TOKEN"),
            headers,
            query.body.clone(),
        )
    });
    let expected = expected.map(|(method, url, headers, body)| {
        let headers = headers.iter();
        let headers: Vec<_> = headers
            .map(|(name, value)| (*name, (*value).to_owned()))
            .collect();
        (method, url.to_owned(), headers, body)
    });
    assert_eq!(written, expected);
}

#[test]
fn a_message_of_buttons_has_a_chat_too() {
    let account = Green.account();
    let request = account.encode(&replies()).unwrap();
    assert!(account.journal_query(&request).is_some());
}
