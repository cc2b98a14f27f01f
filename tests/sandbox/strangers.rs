//! Who has no business with the sandbox: web pages, other names for this machine, and clients that fill
//! it with what it has to forget.

use rstest::rstest;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use wacompose::sandbox::Sandbox;

use super::{BEARER, JSON, PERSON, post, raw, start};

/// Sends a request as it is written; `{address}` and `{token}` in it are the sandbox's.
async fn talk(sandbox: &Sandbox, request: &str) -> String {
    let address = sandbox.base_url().replace("http://", "");
    let request = request
        .replace("{address}", &address)
        .replace("{token}", sandbox.token().reveal());
    let mut stream = TcpStream::connect(&address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

#[rstest]
#[case::own("Host: {address}\r\n", "200")]
#[case::name("Host: localhost\r\n", "200")]
#[case::page_of_this_machine("Host: {address}\r\nOrigin: http://localhost:3000\r\n", "200")]
#[case::rebound("Host: evil.example\r\n", "403")]
#[case::page("Host: {address}\r\nOrigin: https://evil.example\r\n", "403")]
#[case::sandboxed_page("Host: {address}\r\nOrigin: null\r\n", "403")]
#[tokio::test]
async fn a_web_page_gets_no_answer(#[case] headers: &str, #[case] status: &str) {
    let sandbox = start(&[]).await;
    let request = format!(
        "GET /status HTTP/1.1\r\nConnection: close\r\nAuthorization: Bearer {{token}}\r\n{headers}\r\n"
    );
    let answer = talk(&sandbox, &request).await;
    assert_eq!(answer.split(' ').nth(1), Some(status), "{answer}");
    assert!(
        !answer.to_lowercase().contains("access-control"),
        "{answer}"
    );
}

/// A page cannot even have a message taken: the request is refused before anything is done.
#[rstest]
#[case::wuts("/send/text", r#"{"error":"#)]
#[case::green_api("/waInstance1101000001/sendMessage/{token}", r#""statusCode":403"#)]
#[case::cloud_api("/v23.0/106540352242922/messages", r#""fbtrace_id""#)]
#[tokio::test]
async fn a_page_is_refused_in_the_gateways_own_shape(#[case] path: &str, #[case] part: &str) {
    let sandbox = start(&[]).await;
    let body = format!(r#"{{"number":"{PERSON}","text":"日本"}}"#);
    let length = body.len();
    let request = format!(
        "POST {path} HTTP/1.1\r\nHost: {{address}}\r\nOrigin: https://evil.example\r\nConnection: close\r\n\
         Authorization: Bearer {{token}}\r\n{JSON}Content-Length: {length}\r\n\r\n{body}"
    );
    let answer = talk(&sandbox, &request).await;
    assert!(
        answer.contains(" 403 ") && answer.contains(part),
        "{answer}"
    );
    let received = sandbox.received();
    assert_eq!(
        (received[0].status, received[0].body.as_str()),
        (Some(403), "")
    );
}

#[rstest]
#[case::wuts("POST /send/text", JSON)]
#[case::wuts_other_token(
    "POST /send/text",
    "Content-Type: application/json\r\nAuthorization: Bearer x\r\n"
)]
#[case::green_api("POST /waInstance1101000001/sendMessage/x", JSON)]
#[case::other_instance("POST /waInstance1/sendMessage/{token}", JSON)]
#[case::cloud_api("POST /v23.0/106540352242922/messages", JSON)]
#[case::cloud_api_query("POST /v23.0/106540352242922/messages?access_token=x", JSON)]
#[case::unknown("POST /日本", JSON)]
#[tokio::test]
async fn nothing_of_the_unauthorised_is_remembered(
    #[case] start_line: &str,
    #[case] headers: &str,
) {
    let sandbox = start(&[]).await;
    let start_line = start_line.replace('日', "%E6%97%A5").replace('本', "");
    let answer = raw(&sandbox, &start_line, headers, &"x".repeat(1 << 20)).await;
    assert!((400..500).contains(&answer.status), "{}", answer.body);
    assert_eq!(sandbox.received()[0].body, "");
}

#[tokio::test]
async fn little_is_remembered_of_much() {
    let sandbox = start(&[]).await;
    let body = format!(
        r#"{{"number":"{PERSON}","text":"{}"}}"#,
        "日".repeat(300_000)
    );
    for _ in 0..12 {
        assert_eq!(post(&sandbox, "/send/text", &body).await.status, 400);
    }
    let bytes: usize = sandbox.received().iter().map(|one| one.body.len()).sum();
    assert!(bytes <= 4 << 20, "{bytes}");
    assert_eq!(sandbox.received().last().unwrap().body, body);
}

#[tokio::test]
async fn a_long_path_is_cut() {
    let sandbox = start(&[]).await;
    raw(
        &sandbox,
        &format!("GET /{}", "a".repeat(10_000)),
        BEARER,
        "",
    )
    .await;
    assert_eq!(sandbox.received()[0].path.len(), 2048);
}
