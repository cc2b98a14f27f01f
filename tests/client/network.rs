//! What stands between here and a gateway: SOCKS proxies, compressed answers, and servers whose
//! certificates are their own or that want one of the client.

use std::io::Write as _;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use flate2::Compression;
use flate2::write::GzEncoder;
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, KeyPair, date_time_ymd};
use rstest::rstest;
use tempfile::NamedTempFile;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use tokio_rustls::rustls::server::WebPkiClientVerifier;
use tokio_rustls::rustls::version::{TLS12, TLS13};
use tokio_rustls::rustls::{RootCertStore, ServerConfig, SupportedProtocolVersion};
use wacompose::client::{Client, Retries};

use super::faults::PassingPace;
use super::tls::{environment, gateway, send, wuts};
use super::{PATIENT, answering, at, http, told};

const TEXT: &str = "日本 👩‍👩‍👧 e\u{301} שלום";

fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

fn coded(status: &str, coding: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Encoding: {coding}\r\nContent-Length: {length}\r\n\r\n"
    );
    [head.as_bytes(), body].concat()
}

#[rstest]
#[case::accepted(
    "200 OK",
    "gzip",
    gzip(r#"{"success":true,"message_id":"3EB0ABC"}"#),
    "accepted",
    ""
)]
#[case::refused("400 Bad Request", "gzip", gzip(&format!(r#"{{"error":"{TEXT}"}}"#)), "rejected", TEXT)]
#[case::brotli("200 OK", "br", vec![0x8b, 1, 0x80, 0xff], "unknown", "compressed with br, which was not asked for")]
#[case::brotli_of_a_refusal("401 Unauthorized", "br", vec![0x8b, 1, 0x80, 0xff], "rejected", "compressed with br")]
#[case::zstd("503 No", "zstd", vec![0x28, 0xb5, 0x2f, 0xfd], "rejected", "compressed with zstd")]
#[case::broken("200 OK", "gzip", vec![0x1f, 0x8b, 0, 0xff], "unknown", "compressed with gzip")]
#[tokio::test]
async fn a_compressed_answer(
    #[case] status: &str,
    #[case] coding: &str,
    #[case] body: Vec<u8>,
    #[case] outcome: &str,
    #[case] said: &str,
) {
    let heard = answering(coded(status, coding, &body)).await;
    let exchange = super::send(&Client::new(PATIENT), &at(heard.address)).await;
    assert_eq!(exchange.outcome.name(), outcome, "{:?}", exchange.outcome);
    if let Some(refusal) = exchange.outcome.refusal() {
        assert!(refusal.message.contains(said), "{refusal:?}");
        assert!(!refusal.message.contains('\u{fffd}'), "{refusal:?}");
    }
    let (head, _) = heard.only().await;
    assert!(
        head.to_lowercase()
            .contains("accept-encoding: identity\r\n"),
        "{head}"
    );
}

/// A SOCKS5 proxy that wants a password, or refuses by its reply's number.
async fn socks(reply: Option<u8>) -> (SocketAddr, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            counted.fetch_add(1, Ordering::SeqCst);
            let mut read = [0; 512];
            let _ = stream.read(&mut read).await;
            let _ = stream.write_all(&[5, 2]).await;
            let _ = stream.read(&mut read).await;
            // RFC 1929: 0 is success.
            let _ = stream.write_all(&[1, u8::from(reply.is_none())]).await;
            if let Some(reply) = reply {
                let _ = stream.read(&mut read).await;
                let _ = stream.write_all(&[5, reply, 0, 1, 0, 0, 0, 0, 0, 0]).await;
            }
        }
    });
    (address, count)
}

#[rstest]
#[case::wrong_password(None, 1, "does not accept the user name and the password")]
#[case::not_allowed(Some(2), 1, "refused to make the connection")]
#[case::host_unreachable(Some(4), 5, "unreachable")]
#[case::refused(Some(5), 5, "refused")]
#[tokio::test]
async fn a_socks_proxy(#[case] reply: Option<u8>, #[case] tries: usize, #[case] said: &str) {
    let (proxy, count) = socks(reply).await;
    let address = format!("socks5h://me:pr0xy-w0rd@{proxy}");
    let client = Client::new(PATIENT)
        .with_proxies(environment("ALL_PROXY", &address))
        .with_retries(Retries::new(drop).at(PassingPace::new()));
    let exchange = send(&client, &wuts("https://gateway.test")).await;
    assert_eq!(
        told(&exchange),
        ("rejected", "connect"),
        "{:?}",
        exchange.outcome
    );
    assert_eq!(count.load(Ordering::SeqCst), tries);
    let refusal = exchange.outcome.refusal().unwrap();
    assert!(refusal.message.contains(said), "{refusal:?}");
    assert!(!format!("{refusal:?}").contains("pr0xy-w0rd"));
}

/// The plain schemes of SOCKS have names looked up here: it is the gateway's that is not found.
#[rstest]
#[case::socks5("socks5", "socks5h://")]
#[case::socks4("socks4", "socks4a://")]
#[tokio::test]
async fn a_name_that_is_not_found_here_is_the_gateways(#[case] scheme: &str, #[case] offer: &str) {
    let (proxy, count) = socks(None).await;
    let client =
        Client::new(PATIENT).with_proxies(environment("ALL_PROXY", &format!("{scheme}://{proxy}")));
    let exchange = send(&client, &wuts("https://gateway.invalid")).await;
    assert_eq!(told(&exchange), ("rejected", "dns"), "{exchange:?}");
    let refusal = exchange.outcome.refusal().unwrap();
    let words = &refusal.explanation;
    assert!(
        words.contains("The name gateway.invalid was not found"),
        "{words}"
    );
    assert!(words.contains(offer), "{words}");
    assert_eq!(count.load(Ordering::SeqCst), 0);
}

#[rstest]
#[case::forbidden("403 Forbidden")]
#[case::password("407 Proxy Authentication Required")]
#[tokio::test]
async fn a_proxy_that_refuses_is_asked_once(#[case] status: &str) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let proxy = listener.local_addr().unwrap();
    let count = Arc::new(AtomicUsize::new(0));
    let (counted, answer) = (Arc::clone(&count), http(status, "", ""));
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            counted.fetch_add(1, Ordering::SeqCst);
            let _ = stream.read(&mut [0; 2048]).await;
            let _ = stream.write_all(answer.as_bytes()).await;
        }
    });
    for base_url in ["https://gateway.test", "http://gateway.test"] {
        count.store(0, Ordering::SeqCst);
        let client = Client::new(PATIENT)
            .with_http_allowed(true)
            .with_proxies(environment("ALL_PROXY", &format!("http://me:pw@{proxy}")))
            .with_retries(Retries::new(drop).at(PassingPace::new()));
        let exchange = send(&client, &wuts(base_url)).await;
        assert_eq!(exchange.outcome.name(), "rejected");
        assert_eq!((exchange.attempts, count.load(Ordering::SeqCst)), (1, 1));
    }
}

/// A certificate that signs itself, as `openssl req -x509` makes it, and what a server needs for it.
struct SelfSigned {
    certificate: CertificateDer<'static>,
    file: NamedTempFile,
    key: KeyPair,
}

impl SelfSigned {
    fn new(host: &str, year: i32) -> Self {
        // `CN=…` for a certificate that has its name there alone.
        let (names, common) = match host.strip_prefix("CN=") {
            Some(name) => (Vec::new(), name),
            None => (vec![host.to_owned()], "日本"),
        };
        let mut params = CertificateParams::new(names).unwrap();
        params.distinguished_name.push(DnType::CommonName, common);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.not_before = date_time_ymd(year, 1, 1);
        params.not_after = date_time_ymd(year + 60, 1, 1);
        let key = KeyPair::generate().unwrap();
        let certificate = params.self_signed(&key).unwrap();
        let mut file = NamedTempFile::new().unwrap();
        file.write_all(certificate.pem().as_bytes()).unwrap();
        Self {
            certificate: certificate.der().clone(),
            file,
            key,
        }
    }

    fn acceptor(&self, wants: Option<&'static SupportedProtocolVersion>) -> TlsAcceptor {
        let provider = Arc::new(ring::default_provider());
        let versions: &[_] = match wants {
            Some(version) => &[version],
            None => &[&TLS12, &TLS13],
        };
        let builder = ServerConfig::builder_with_provider(Arc::clone(&provider))
            .with_protocol_versions(versions)
            .unwrap();
        let builder = match wants {
            None => builder.with_no_client_auth(),
            Some(_) => {
                let mut roots = RootCertStore::empty();
                roots.add(self.certificate.clone()).unwrap();
                let verifier =
                    WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
                builder.with_client_cert_verifier(verifier.build().unwrap())
            }
        };
        let key = PrivatePkcs8KeyDer::from(self.key.serialize_der());
        let config = builder
            .with_single_cert(vec![self.certificate.clone()], key.into())
            .unwrap();
        TlsAcceptor::from(Arc::new(config))
    }
}

/// As `curl --cacert` does: the very certificate is trusted, for its names and while it is valid.
#[rstest]
#[case::its_own("127.0.0.1", 2000, true, "accepted", "", "")]
#[case::named_as_of_old("CN=127.0.0.1", 2000, true, "accepted", "", "")]
#[case::of_old_for_another(
    "CN=other.test",
    2000,
    true,
    "rejected",
    "names no host",
    "subjectAltName=IP:127.0.0.1"
)]
#[case::other_name(
    "other.test",
    2000,
    true,
    "rejected",
    "is for other.test",
    "not for 127.0.0.1"
)]
#[case::expired("127.0.0.1", 1960, true, "rejected", "has expired", "clock")]
#[case::not_yet("127.0.0.1", 2980, true, "rejected", "not valid yet", "clock")]
#[case::not_named("127.0.0.1", 2000, false, "rejected", "self-signed", "ca_file")]
#[tokio::test]
async fn a_self_signed_certificate(
    #[case] host: &str,
    #[case] year: i32,
    #[case] named: bool,
    #[case] outcome: &str,
    #[case] message: &str,
    #[case] advice: &str,
) {
    let server = SelfSigned::new(host, year);
    let other = SelfSigned::new(host, year);
    let (address, heard) = gateway(Some(server.acceptor(None))).await;
    let file = if named { &server.file } else { &other.file };
    let client = Client::new(PATIENT).with_ca_file(Some(file.path()));
    let exchange = send(&client, &wuts(format!("https://{address}"))).await;
    assert_eq!(exchange.outcome.name(), outcome, "{:?}", exchange.outcome);
    assert_eq!(
        heard.lock().unwrap().len(),
        usize::from(outcome == "accepted")
    );
    if let Some(refusal) = exchange.outcome.refusal() {
        assert_eq!(refusal.code, "tls");
        assert!(refusal.message.contains(message), "{refusal:?}");
        assert!(refusal.explanation.contains(advice), "{refusal:?}");
        let text = format!("{} {}", refusal.message, refusal.explanation);
        assert!(
            !text.contains("Other(") && !text.contains("docs.rs"),
            "{text}"
        );
    }
}

#[rstest]
#[case::tls_1_3(&TLS13, "asks for a client certificate")]
#[case::tls_1_2(&TLS12, "")]
#[tokio::test]
async fn a_server_that_wants_a_client_certificate_takes_nothing(
    #[case] version: &'static SupportedProtocolVersion,
    #[case] message: &str,
) {
    let server = SelfSigned::new("127.0.0.1", 2000);
    let (address, heard) = gateway(Some(server.acceptor(Some(version)))).await;
    let client = Client::new(PATIENT).with_ca_file(Some(server.file.path()));
    let exchange = send(&client, &wuts(format!("https://{address}"))).await;
    assert_eq!(
        told(&exchange),
        ("rejected", "tls"),
        "{:?}",
        exchange.outcome
    );
    let refusal = exchange.outcome.refusal().unwrap();
    assert!(refusal.message.contains(message), "{refusal:?}");
    assert!(
        refusal.explanation.contains("client certificate"),
        "{refusal:?}"
    );
    assert!(!refusal.repeatable && heard.lock().unwrap().is_empty());
}

#[tokio::test]
async fn plain_http_where_tls_is_expected() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let _ = stream.read(&mut [0; 4096]).await;
        let _ = stream.write_all(http("400 No", "", "").as_bytes()).await;
        let _ = stream.shutdown().await;
        let _ = stream.read_to_end(&mut Vec::new()).await;
    });
    let exchange = send(&Client::new(PATIENT), &wuts(format!("https://{address}"))).await;
    assert_eq!(
        told(&exchange),
        ("rejected", "tls"),
        "{:?}",
        exchange.outcome
    );
    let refusal = exchange.outcome.refusal().unwrap();
    assert!(
        refusal.message.contains("does not speak TLS"),
        "{refusal:?}"
    );
    assert!(refusal.explanation.contains("http://"), "{refusal:?}");
    let text = format!("{:?}", exchange.outcome);
    assert!(
        !text.contains("InvalidContentType") && !text.contains("docs.rs"),
        "{text}"
    );
}
