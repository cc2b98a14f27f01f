//! What gateways are asked besides sending: their state, the queue, and a lost answer.

use std::time::{Duration, SystemTime};

use rstest::rstest;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use wacompose::client::Client;
use wacompose::gateway::state::{State, Status};
use wacompose::gateway::{Account, GatewayKind};
use wacompose::message::{Draft, Message, Text};
use wacompose::sandbox::Sandbox;
use wacompose::secret::Secret;

use super::{PATIENT, TEXT, TOKEN, account, answering, buttons_draft, http, short, silent};

async fn sandbox(faults: &[&str]) -> Sandbox {
    let faults = faults.iter().map(|fault| fault.parse().unwrap()).collect();
    Sandbox::start("127.0.0.1:0".parse().unwrap(), faults, None)
        .await
        .unwrap()
}

async fn status(client: &Client, account: &Account, token: &Secret) -> Status {
    client
        .status(account, token, &CancellationToken::new())
        .await
}

#[rstest]
#[case::wuts(GatewayKind::Wuts, "status=state:connected", State::Connected)]
#[case::wuts_without_device(GatewayKind::Wuts, "status=state:disconnected", State::Disconnected)]
#[case::wuts_token(GatewayKind::Wuts, "status=401", State::NoAccess)]
#[case::wuts_fails(GatewayKind::Wuts, "status=500", State::Unclear)]
#[case::wuts_drops(GatewayKind::Wuts, "status=drop", State::Unreachable)]
#[case::green_api(GatewayKind::GreenApi, "status=500", State::Connected)]
#[case::not_authorized(
    GatewayKind::GreenApi,
    "getStateInstance=state:notAuthorized",
    State::Disconnected
)]
#[case::blocked(
    GatewayKind::GreenApi,
    "getStateInstance=state:blocked",
    State::Blocked
)]
#[case::asleep(
    GatewayKind::GreenApi,
    "getStateInstance=state:sleepMode",
    State::Asleep
)]
#[case::starting(
    GatewayKind::GreenApi,
    "getStateInstance=state:starting",
    State::Starting
)]
#[case::yellow_card(
    GatewayKind::GreenApi,
    "getStateInstance=state:yellowCard",
    State::Suspended
)]
#[case::green_token(GatewayKind::GreenApi, "getStateInstance=200", State::NoAccess)]
#[case::cloud_api(GatewayKind::CloudApi, "*=500", State::NotAsked)]
#[tokio::test]
async fn a_state(#[case] gateway: GatewayKind, #[case] fault: &str, #[case] state: State) {
    let sandbox = sandbox(&[fault]).await;
    let account = sandbox.account(gateway);
    let status = status(&Client::new(PATIENT), &account, &sandbox.token()).await;
    assert_eq!(status.state, state, "{status:?}");
    let asked = usize::from(gateway != GatewayKind::CloudApi);
    assert_eq!(sandbox.received().len(), asked, "asked once, never again");
}

#[tokio::test]
async fn a_gateway_that_cannot_be_asked() {
    let refusing = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = refusing.local_addr().unwrap();
    drop(refusing);
    for (base_url, token, state, word) in [
        (
            format!("http://{address}"),
            TOKEN,
            State::Unreachable,
            "connect",
        ),
        (
            "http://x.test".to_owned(),
            TOKEN,
            State::NoAccess,
            "address",
        ),
        (format!("http://{address}"), "", State::NoAccess, "token"),
    ] {
        for gateway in [GatewayKind::Wuts, GatewayKind::GreenApi] {
            let account = account(gateway, base_url.as_str());
            let status = status(&Client::new(PATIENT), &account, &Secret::new(token)).await;
            assert_eq!((status.state, status.word.as_str()), (state, word));
            assert!(!status.meaning.contains("message"), "{}", status.meaning);
        }
    }
}

#[tokio::test]
async fn a_gateway_that_does_not_answer_in_time() {
    let (address, _read) = silent("").await;
    let client = short(|timeouts| timeouts.total = Duration::from_millis(300));
    let account = account(GatewayKind::GreenApi, format!("http://{address}"));
    let request = account.encode(&text()).unwrap();
    let (token, cancel) = (Secret::new(TOKEN), CancellationToken::new());
    let now = SystemTime::now();
    let found = client.trace(&account, &token, &request, now, &cancel).await;
    assert_eq!(found.unwrap_err().code, "timeout");
}

#[tokio::test]
async fn a_question_can_be_cancelled() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let account = account(
        GatewayKind::Wuts,
        format!("http://{}", listener.local_addr().unwrap()),
    );
    let cancel = CancellationToken::new();
    let (client, token) = (Client::new(PATIENT), Secret::new(TOKEN));
    let asking = client.status(&account, &token, &cancel);
    let (status, ()) = tokio::join!(asking, async {
        listener.accept().await.unwrap();
        cancel.cancel();
    });
    assert_eq!(
        (status.state, status.word.as_str()),
        (State::Unreachable, "cancelled")
    );
}

#[tokio::test]
async fn what_is_asked_is_written_as_documented() {
    for (gateway, line, token) in [
        (
            GatewayKind::Wuts,
            "GET /status HTTP/1.1\r\n".to_owned(),
            true,
        ),
        (
            GatewayKind::GreenApi,
            format!("GET /waInstance1101000001/getStateInstance/{TOKEN} HTTP/1.1\r\n"),
            false,
        ),
    ] {
        let echo = format!(r#"{{"stateInstance":"{TOKEN}","error":"{TOKEN}"}}"#);
        // A listener that wants a length for its body.
        let (address, read) = answering_without_body(http("400 Bad Request", "", &echo)).await;
        let account = account(gateway, format!("http://{address}"));
        let status = status(&Client::new(PATIENT), &account, &Secret::new(TOKEN)).await;
        assert!(!format!("{status:?}").contains(TOKEN), "{status:?}");
        let head = read.await.unwrap();
        assert!(head.starts_with(&line), "{head}");
        let head = head.to_lowercase();
        assert_eq!(
            head.contains(&format!("authorization: bearer {TOKEN}")),
            token,
            "{head}"
        );
        assert!(
            !head.contains("transfer-encoding") && !head.contains("content-type"),
            "{head}"
        );
    }
}

/// A listener that reads one request without a body and answers; the request's head.
async fn answering_without_body(
    answer: String,
) -> (std::net::SocketAddr, tokio::task::JoinHandle<String>) {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let task = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            assert!(stream.read_buf(&mut head).await.unwrap() > 0);
        }
        stream.write_all(answer.as_bytes()).await.unwrap();
        String::from_utf8(head).unwrap()
    });
    (address, task)
}

fn text() -> Draft {
    Draft {
        to: "+55 11 99999-9999".to_owned(),
        message: Message::Text(Text {
            text: TEXT.to_owned(),
        }),
        ..Draft::default()
    }
}

#[rstest]
#[case::text(text())]
#[case::buttons(buttons_draft("5511999999999"))]
#[tokio::test]
async fn a_message_whose_answer_was_lost_is_found(#[case] draft: Draft) {
    let sandbox = sandbox(&["sendMessage=lost*1", "sendInteractiveButtonsReply=lost*1"]).await;
    let account = sandbox.account(GatewayKind::GreenApi);
    let (client, token) = (Client::new(PATIENT), sandbox.token());
    let cancel = CancellationToken::new();
    let since = SystemTime::now();
    let request = account.encode(&draft).unwrap();
    let none = client
        .trace(&account, &token, &request, since, &cancel)
        .await;
    assert!(none.unwrap().found.is_missing());
    let lost = client.send(&account, &token, request, &cancel).await;
    assert_eq!(lost.outcome.name(), "unknown");
    let found = client
        .trace(&account, &token, &lost.request, since, &cancel)
        .await
        .unwrap()
        .found;
    let found = found.likely;
    assert_eq!(found.len(), 1);
    assert!(found[0].time.is_some() && found[0].status.as_deref() == Some("sent"));
    // Sent again on purpose, the answer comes, and names another id.
    let again = client.send(&account, &token, lost.request, &cancel).await;
    let id = again.outcome.message_id().unwrap();
    assert_ne!(found[0].message_id, id);
    let later = since + Duration::from_secs(3600);
    let found = client
        .trace(&account, &token, &again.request, later, &cancel)
        .await
        .unwrap()
        .found;
    assert!(
        found.likely.is_empty(),
        "what went out before is another one"
    );
    assert!(!found.is_missing(), "or a clock is wrong");
}

#[tokio::test]
async fn what_waits_is_shown_found_and_cleared() {
    let sandbox = sandbox(&["getStateInstance=state:yellowCard", "sendMessage=lost*1"]).await;
    let account = sandbox.account(GatewayKind::GreenApi);
    let (client, token) = (Client::new(PATIENT), sandbox.token());
    let cancel = CancellationToken::new();
    let request = account.encode(&text()).unwrap();
    let lost = client.send(&account, &token, request, &cancel).await;
    assert_eq!(lost.outcome.name(), "unknown");
    let queue = client.queue(&account, &token, &cancel).await.unwrap();
    assert_eq!(queue.len(), 1);
    assert_eq!(
        (queue[0].text.as_str(), queue[0].to.as_str()),
        (TEXT, "5511999999999@c.us")
    );
    let since = SystemTime::now();
    let found = client
        .trace(&account, &token, &lost.request, since, &cancel)
        .await
        .unwrap()
        .found;
    let found = found.likely;
    assert_eq!(found.len(), 1);
    assert_eq!(Some(&found[0].message_id), queue[0].message_id.as_ref());
    assert_eq!(found[0].time, None);
    assert_eq!(client.clear_queue(&account, &token, &cancel).await, Ok(()));
    assert_eq!(
        client.queue(&account, &token, &cancel).await,
        Ok(Vec::new())
    );
}

#[tokio::test]
async fn an_instance_that_starts_is_waited_for() {
    let sandbox = sandbox(&["getStateInstance=state:starting"]).await;
    let account = sandbox.account(GatewayKind::GreenApi);
    let cancel = CancellationToken::new();
    let request = account.encode(&text()).unwrap();
    let exchange = Client::new(PATIENT)
        .send(&account, &sandbox.token(), request, &cancel)
        .await;
    assert!(exchange.outcome.refusal().unwrap().repeatable);
}

#[rstest]
#[case::wuts(GatewayKind::Wuts)]
#[case::cloud_api(GatewayKind::CloudApi)]
#[tokio::test]
async fn other_gateways_have_no_queue(#[case] gateway: GatewayKind) {
    let account = account(gateway, "http://127.0.0.1:1");
    let (client, token) = (Client::new(PATIENT), Secret::new(TOKEN));
    let cancel = CancellationToken::new();
    let request = account.encode(&text()).unwrap();
    let now = SystemTime::now();
    let codes = [
        client.queue(&account, &token, &cancel).await.map(drop),
        client.clear_queue(&account, &token, &cancel).await,
        client
            .trace(&account, &token, &request, now, &cancel)
            .await
            .map(drop),
    ];
    for code in codes {
        assert_eq!(code.unwrap_err().code, "unsupported");
    }
}

#[tokio::test]
async fn a_queue_that_is_refused_says_why() {
    let sandbox = sandbox(&[]).await;
    let account = sandbox.account(GatewayKind::GreenApi);
    let cancel = CancellationToken::new();
    let client = Client::new(PATIENT);
    let wrong = Secret::new(TOKEN);
    let refusal = client.queue(&account, &wrong, &cancel).await.unwrap_err();
    assert_eq!(refusal.code, "401");
    assert!(refusal.explanation.contains("apiTokenInstance"));
    let heard = answering("SSH-2.0\r\n").await;
    let strange = super::account(GatewayKind::GreenApi, format!("http://{}", heard.address));
    let request = strange.encode(&text()).unwrap();
    let now = SystemTime::now();
    let refusal = client
        .trace(&strange, &wrong, &request, now, &cancel)
        .await
        .unwrap_err();
    assert_eq!(refusal.code, "bad-answer");
}
