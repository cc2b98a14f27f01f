//! Messages that are wanted back: those of which nothing was written are not sent, the others are
//! waited for.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rstest::rstest;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio_util::sync::CancellationToken;
use wacompose::client::{Client, Progress, Recall, Retries};
use wacompose::secret::Secret;

use super::{ACCEPTED, PATIENT, TOKEN, at, http, read_request, request, told};

/// How often it was told that the message is written.
type Written = Arc<AtomicUsize>;

fn client(wish: &CancellationToken) -> (Client, Written) {
    let written = Written::default();
    let told = Arc::clone(&written);
    let recall = Recall::new(wish.clone(), move || {
        told.fetch_add(1, Ordering::SeqCst);
    });
    (Client::new(PATIENT).with_recall(recall), written)
}

#[rstest]
#[case::before_anything_is_opened(true)]
#[case::while_it_connects(false)]
#[tokio::test]
async fn what_is_not_written_is_not_sent(#[case] at_once: bool) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let account = at(listener.local_addr().unwrap());
    let (wish, never) = (CancellationToken::new(), CancellationToken::new());
    if at_once {
        wish.cancel();
    }
    let (client, written) = client(&wish);
    let token = Secret::new(TOKEN);
    let sending = client.send(&account, &token, request(&account), &never);
    let (exchange, ()) = tokio::join!(sending, async { wish.cancel() });
    assert_eq!(told(&exchange), ("rejected", "cancelled"));
    assert_eq!(exchange.attempts, u32::from(!at_once));
    assert_eq!(written.load(Ordering::SeqCst), 0);
    drop(client);
    if !at_once {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut came = Vec::new();
        let _ = stream.read_to_end(&mut came).await;
        assert_eq!(came, b"", "said to be unsent");
    }
}

/// A gateway that answers once it is told to, and tells that it has read.
async fn patient(
    answer: String,
) -> (
    std::net::SocketAddr,
    oneshot::Receiver<()>,
    oneshot::Sender<()>,
) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (heard, read) = oneshot::channel();
    let (go, told) = oneshot::channel();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        read_request(&mut stream).await.unwrap();
        heard.send(()).unwrap();
        told.await.unwrap();
        stream.write_all(answer.as_bytes()).await.unwrap();
        stream.shutdown().await.unwrap();
        // Another attempt would be heard, and not answered.
        std::future::pending::<()>().await;
    });
    (address, read, go)
}

#[rstest]
#[case::accepted("200 OK", ACCEPTED, "accepted", "")]
#[case::refused("401 Unauthorized", "{}", "rejected", "401")]
#[case::to_be_tried_again("429 Too Many Requests", "{}", "rejected", "cancelled")]
#[tokio::test]
async fn what_is_written_is_waited_for(
    #[case] status: &str,
    #[case] body: &str,
    #[case] outcome: &str,
    #[case] code: &str,
) {
    let (address, read, go) = patient(http(status, "", body)).await;
    let account = at(address);
    let (wish, never) = (CancellationToken::new(), CancellationToken::new());
    let (client, written) = client(&wish);
    let client = client.with_retries(Retries::new(|_| {}));
    let token = Secret::new(TOKEN);
    let sending = client.send(&account, &token, request(&account), &never);
    let (exchange, ()) = tokio::join!(sending, async {
        read.await.unwrap();
        wish.cancel();
        // It does not end by that: it goes on as if nobody had asked.
        for _ in 0..20 {
            tokio::task::yield_now().await;
        }
        go.send(()).unwrap();
    });
    assert_eq!(exchange.outcome.name(), outcome);
    let refusal = exchange.outcome.refusal();
    assert_eq!(refusal.map_or("", |refusal| refusal.code.as_str()), code);
    assert_eq!((exchange.attempts, written.load(Ordering::SeqCst)), (1, 1));
    assert!(exchange.response.is_some(), "what was answered is known");
}

#[tokio::test]
async fn between_two_attempts_it_is_not_sent() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let account = at(listener.local_addr().unwrap());
    drop(listener);
    let (wish, never) = (CancellationToken::new(), CancellationToken::new());
    let (client, written) = client(&wish);
    let stop = wish.clone();
    let client = client.with_retries(Retries::new(move |step| {
        if matches!(step, Progress::Waiting(_)) {
            stop.cancel();
        }
    }));
    let token = Secret::new(TOKEN);
    let exchange = client
        .send(&account, &token, request(&account), &never)
        .await;
    assert_eq!(told(&exchange), ("rejected", "cancelled"));
    assert_eq!(written.load(Ordering::SeqCst), 0);
}
