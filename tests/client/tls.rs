//! TLS, with an authority of the test's own, and proxies on the way.

use std::io::Write as _;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use rstest::rstest;
use tempfile::NamedTempFile;
use tokio::io::{
    AsyncBufReadExt as _, AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, BufReader,
};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::PrivatePkcs8KeyDer;
use tokio_util::sync::CancellationToken;
use wacompose::client::{Client, Proxies};
use wacompose::gateway::{Account, Exchange, GatewayKind};
use wacompose::secret::{Secret, redact_known};

use super::{ACCEPTED, PATIENT, TOKEN, account, http, request, told};

/// A certificate authority that nobody knows, and the file with its certificate.
pub(super) struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pub(super) file: NamedTempFile,
}

impl Authority {
    pub(super) fn new() -> Self {
        Self::named("ours")
    }

    fn named(name: &str) -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let certificate = params.self_signed(&key).unwrap();
        let mut file = NamedTempFile::new().unwrap();
        file.write_all(certificate.pem().as_bytes()).unwrap();
        Self {
            issuer: Issuer::new(params, key),
            file,
        }
    }

    /// What a server needs to be these hosts.
    pub(super) fn acceptor(&self, hosts: &[&str]) -> TlsAcceptor {
        let hosts: Vec<String> = hosts.iter().map(|host| (*host).to_owned()).collect();
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new(hosts).unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        let key = PrivatePkcs8KeyDer::from(key.serialize_der());
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key.into())
            .unwrap();
        TlsAcceptor::from(Arc::new(config))
    }
}

/// What a listener read, request lines and headers.
pub(super) type Heard = Arc<Mutex<Vec<String>>>;

/// Reads a request over any stream, whole; its head.
async fn read(stream: &mut BufReader<impl AsyncRead + AsyncWrite + Unpin>) -> Option<String> {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if stream.read_line(&mut head).await.ok()? == 0 {
            return None;
        }
    }
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(": ")?;
        name.eq_ignore_ascii_case("content-length").then_some(value)
    });
    let length: usize = length.map_or(0, |length| length.parse().unwrap());
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.ok()?;
    Some(head)
}

/// A gateway that takes every message, over TLS where there is an acceptor.
pub(super) async fn gateway(tls: Option<TlsAcceptor>) -> (SocketAddr, Heard) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let heard = Heard::default();
    let notes = heard.clone();
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            match &tls {
                // A client that does not trust it goes away.
                Some(tls) => {
                    if let Ok(stream) = tls.accept(stream).await {
                        answer(stream, &notes).await;
                    }
                }
                None => answer(stream, &notes).await,
            }
        }
    });
    (address, heard)
}

async fn answer(stream: impl AsyncRead + AsyncWrite + Unpin, notes: &Heard) {
    let mut stream = BufReader::new(stream);
    if let Some(head) = read(&mut stream).await {
        notes.lock().unwrap().push(head);
        let answer = http("200 OK", "", ACCEPTED);
        stream.write_all(answer.as_bytes()).await.unwrap();
        let _ = stream.shutdown().await;
    }
}

pub(super) async fn send(client: &Client, account: &Account) -> Exchange {
    let (token, cancel) = (Secret::new(TOKEN), CancellationToken::new());
    client
        .send(account, &token, request(account), &cancel)
        .await
}

pub(super) fn wuts(base_url: impl Into<String>) -> Account {
    account(GatewayKind::Wuts, base_url)
}

#[tokio::test]
async fn a_ca_of_the_profile_is_trusted() {
    let authority = Authority::new();
    let (address, heard) = gateway(Some(authority.acceptor(&["127.0.0.1"]))).await;
    let client = Client::new(PATIENT).with_ca_file(Some(authority.file.path()));
    let exchange = send(&client, &wuts(format!("https://{address}"))).await;
    assert_eq!(told(&exchange), ("accepted", ""), "{:?}", exchange.outcome);
    assert_eq!(heard.lock().unwrap().len(), 1);
}

#[rstest]
#[case::unknown_ca(&["127.0.0.1"], false, &["does not trust", "ca_file = \"ca.pem\""])]
#[case::other_name(&["other.test"], true, &["not for 127.0.0.1", "base_url"])]
#[tokio::test]
async fn a_certificate_that_is_not_trusted(
    #[case] hosts: &[&str],
    #[case] knows: bool,
    #[case] said: &[&str],
) {
    let (authority, other) = (Authority::new(), Authority::named("other"));
    let (address, heard) = gateway(Some(authority.acceptor(hosts))).await;
    let trusted = if knows { &authority } else { &other };
    let client = Client::new(PATIENT).with_ca_file(Some(trusted.file.path()));
    let exchange = send(&client, &wuts(format!("https://{address}"))).await;
    assert_eq!(told(&exchange), ("rejected", "tls"));
    let refusal = exchange.outcome.refusal().unwrap();
    assert!(!refusal.repeatable);
    for said in said {
        assert!(
            refusal.explanation.contains(said),
            "{}",
            refusal.explanation
        );
    }
    assert!(heard.lock().unwrap().is_empty());
}

#[rstest]
#[case::empty("", "holds no certificate")]
#[case::words("日本 👩‍👩‍👧 e\u{301} שלום", "holds no certificate")]
#[case::broken(
    "-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n",
    "cannot be understood"
)]
#[case::no_certificate(
    "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
    "cannot be used"
)]
#[tokio::test]
async fn a_ca_file_that_is_none(#[case] content: &str, #[case] said: &str) {
    let mut file = NamedTempFile::with_suffix("-日本\u{1b}.pem").unwrap();
    file.write_all(content.as_bytes()).unwrap();
    let client = Client::new(PATIENT).with_ca_file(Some(file.path()));
    let exchange = send(&client, &wuts("https://127.0.0.1:1")).await;
    assert_eq!(told(&exchange), ("rejected", "tls"));
    let refusal = exchange.outcome.refusal().unwrap();
    assert!(
        refusal.message.contains(said) && refusal.message.contains("日本"),
        "{}",
        refusal.message
    );
    assert!(!refusal.message.contains('\u{1b}') && refusal.explanation.contains("PEM"));
}

#[tokio::test]
async fn a_ca_file_that_is_missing() {
    let client = Client::new(PATIENT).with_ca_file(Some("/nowhere/ca.pem".as_ref()));
    let exchange = send(&client, &wuts("https://127.0.0.1:1")).await;
    let refusal = exchange.outcome.refusal().unwrap();
    assert!(
        refusal.message.contains("/nowhere/ca.pem cannot be read"),
        "{}",
        refusal.message
    );
}

/// What a proxy answers to a CONNECT.
#[derive(Debug, Clone, Copy)]
enum Tunnel {
    To(SocketAddr),
    Refused(&'static str),
}

/// A proxy. A request that is no CONNECT it answers itself, as a gateway would.
async fn proxy(tunnel: Tunnel) -> (SocketAddr, Heard) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let heard = Heard::default();
    let notes = heard.clone();
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            let mut stream = BufReader::new(stream);
            let Some(request) = read(&mut stream).await else {
                continue;
            };
            let connects = request.starts_with("CONNECT ");
            notes.lock().unwrap().push(request);
            match tunnel {
                Tunnel::To(gateway) if connects => {
                    stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.unwrap();
                    let mut there = TcpStream::connect(gateway).await.unwrap();
                    tokio::spawn(async move {
                        let _ = tokio::io::copy_bidirectional(&mut stream, &mut there).await;
                    });
                }
                Tunnel::To(_) => {
                    let answer = http("200 OK", "", ACCEPTED);
                    stream.write_all(answer.as_bytes()).await.unwrap();
                }
                Tunnel::Refused(answer) => stream.write_all(answer.as_bytes()).await.unwrap(),
            }
        }
    });
    (address, heard)
}

pub(super) fn environment(name: &'static str, value: &str) -> Proxies {
    Proxies::from_env(&|asked| (asked == name).then(|| value.to_owned())).unwrap()
}

const PASSWORD: &str = "pr0xy-w0rd";

#[tokio::test]
async fn through_a_proxy_to_a_gateway_over_tls() {
    let authority = Authority::new();
    let (address, heard) = gateway(Some(authority.acceptor(&["gateway.test"]))).await;
    let (proxy, tunnels) = proxy(Tunnel::To(address)).await;
    let client = Client::new(PATIENT)
        .with_ca_file(Some(authority.file.path()))
        .with_proxies(environment(
            "https_proxy",
            &format!("http://me:{PASSWORD}@{proxy}"),
        ));
    let exchange = send(&client, &wuts("https://gateway.test")).await;
    assert_eq!(told(&exchange), ("accepted", ""), "{:?}", exchange.outcome);
    assert_eq!(heard.lock().unwrap().len(), 1);
    let tunnels = tunnels.lock().unwrap();
    assert!(
        tunnels[0].starts_with("CONNECT gateway.test:443 "),
        "{tunnels:?}"
    );
    let tunnel = tunnels[0].to_lowercase();
    assert!(tunnel.contains("proxy-authorization: basic "), "{tunnel}");
    // The gateway's token is not the proxy's to see.
    assert!(!tunnel.contains(TOKEN) && tunnels.len() == 1);
    let redacted = redact_known(&tunnels[0]).into_owned();
    assert!(
        redacted.to_lowercase().contains("basic") && redacted.contains("***"),
        "{redacted}"
    );
}

#[tokio::test]
async fn through_a_proxy_without_tls() {
    let unreached = "127.0.0.1:1".parse().unwrap();
    let (proxy, heard) = proxy(Tunnel::To(unreached)).await;
    let client = Client::new(PATIENT)
        .with_http_allowed(true)
        .with_proxies(environment("ALL_PROXY", &format!("{proxy}")));
    let exchange = send(&client, &wuts("http://gateway.test:8080")).await;
    assert_eq!(told(&exchange), ("accepted", ""), "{:?}", exchange.outcome);
    let heard = heard.lock().unwrap();
    assert!(
        heard[0].starts_with("POST http://gateway.test:8080/send/text "),
        "{heard:?}"
    );
}

#[rstest]
#[case::wrong_password(
    "HTTP/1.1 407 Proxy Authentication Required\r\n\r\n",
    "user name and",
    false
)]
#[case::forbidden("HTTP/1.1 403 Forbidden\r\n\r\n", "rule", false)]
#[case::wrong_password_of_some("HTTP/1.0 401 Unauthorized\r\n\r\n", "user name and", false)]
#[case::unreachable("HTTP/1.1 502 Bad Gateway\r\n\r\n", "", true)]
#[case::nonsense("日本\r\n\r\n", "", true)]
#[tokio::test]
async fn a_tunnel_that_is_not_made_is_not_sent(
    #[case] answer: &'static str,
    #[case] said: &str,
    #[case] again: bool,
) {
    let (proxy, tunnels) = proxy(Tunnel::Refused(answer)).await;
    let client = Client::new(PATIENT).with_proxies(environment(
        "HTTPS_PROXY",
        &format!("http://me:{PASSWORD}@{proxy}"),
    ));
    let exchange = send(&client, &wuts("https://gateway.test")).await;
    assert_eq!(
        told(&exchange),
        ("rejected", "connect"),
        "{:?}",
        exchange.outcome
    );
    let refusal = exchange.outcome.refusal().unwrap();
    assert_eq!(refusal.repeatable, again, "{refusal:?}");
    assert!(refusal.explanation.contains("HTTPS_PROXY"), "{refusal:?}");
    assert!(refusal.explanation.contains(said), "{refusal:?}");
    assert!(!format!("{refusal:?}").contains(PASSWORD));
    assert_eq!(tunnels.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn this_machine_is_reached_without_a_proxy() {
    let (address, heard) = gateway(None).await;
    let (proxy, tunnels) = proxy(Tunnel::To(address)).await;
    let client = Client::new(PATIENT).with_proxies(environment("all_proxy", &format!("{proxy}")));
    let port = address.port();
    for host in ["127.0.0.1", "localhost"] {
        let exchange = send(&client, &wuts(format!("http://{host}:{port}"))).await;
        assert_eq!(
            told(&exchange),
            ("accepted", ""),
            "{host} {:?}",
            exchange.outcome
        );
    }
    assert_eq!(heard.lock().unwrap().len(), 2);
    assert!(tunnels.lock().unwrap().is_empty());
}

#[rstest]
#[case::all("*")]
#[case::host("example.com, 0.0.0.0")]
#[tokio::test]
async fn a_host_of_no_proxy_is_reached_without_one(#[case] without: &'static str) {
    let (address, heard) = gateway(None).await;
    let (proxy, tunnels) = proxy(Tunnel::To(address)).await;
    let proxies = Proxies::from_env(&|name| match name {
        "http_proxy" => Some(format!("http://{proxy}")),
        "NO_PROXY" => Some(without.to_owned()),
        _ => None,
    });
    let client = Client::new(PATIENT)
        .with_http_allowed(true)
        .with_proxies(proxies.unwrap());
    // Not a loopback address, but this machine all the same.
    let exchange = send(&client, &wuts(format!("http://0.0.0.0:{}", address.port()))).await;
    assert_eq!(told(&exchange), ("accepted", ""), "{:?}", exchange.outcome);
    assert_eq!(
        (heard.lock().unwrap().len(), tunnels.lock().unwrap().len()),
        (1, 0)
    );
}
