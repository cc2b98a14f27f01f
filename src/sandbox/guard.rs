//! Who may talk to a sandbox that listens on the loopback interface: programs of this machine, and no
//! web page that the machine's browser has open.
//!
//! A page can send requests to loopback addresses, and can have its own name resolve to one (DNS
//! rebinding). The first carries an `Origin`, the second a `Host` that is not this machine's.

use std::net::IpAddr;

use http::request::Parts;
use hyper::HeaderMap;
use hyper::header::{HOST, ORIGIN};
use url::{Host, Url};

/// Why a request is refused; `None` where it may be made.
pub(super) fn refusal(head: &Parts) -> Option<String> {
    let host = match head.uri.authority() {
        Some(authority) => Some(authority.as_str()),
        None => text(&head.headers, &HOST),
    };
    if let Some(host) = host
        && !is_local(&format!("http://{host}"))
    {
        return Some(format!(
            "the sandbox answers to names of this machine alone, not to the host {host}"
        ));
    }
    let origin = text(&head.headers, &ORIGIN)?;
    (!is_local(origin)).then(|| format!("the sandbox answers no web page of the origin {origin}"))
}

/// A header's text; one that is no text is nobody's name.
fn text<'a>(headers: &'a HeaderMap, name: &hyper::header::HeaderName) -> Option<&'a str> {
    let value = headers.get(name)?;
    Some(value.to_str().unwrap_or("?"))
}

/// Whether an address is on this machine, by its name alone: nothing is resolved.
fn is_local(address: &str) -> bool {
    let Ok(url) = Url::parse(address) else {
        return false;
    };
    match url.host() {
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            name == "localhost" || name.ends_with(".localhost")
        }
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => IpAddr::from(ip).to_canonical().is_loopback(),
        None => false,
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
mod tests {
    use super::*;
    use hyper::Request;
    use rstest::rstest;

    #[rstest]
    #[case::address("127.0.0.1:8080", None, true)]
    #[case::another_loopback("127.9.9.9", None, true)]
    #[case::name("localhost:1", None, true)]
    #[case::name_in_capitals("LocalHost", None, true)]
    #[case::name_below("gateway.localhost:8080", None, true)]
    #[case::v6("[::1]:8080", None, true)]
    #[case::v4_in_v6("[::ffff:127.0.0.1]", None, true)]
    #[case::local_page("127.0.0.1", Some("http://localhost:3000"), true)]
    #[case::rebound("evil.example", None, false)]
    #[case::rebound_with_port("evil.example:8080", None, false)]
    #[case::looks_local("localhost.evil.example", None, false)]
    #[case::looks_like_an_address("127.0.0.1.evil.example", None, false)]
    #[case::user("127.0.0.1@evil.example", None, false)]
    #[case::private("192.168.1.7", None, false)]
    #[case::anywhere("0.0.0.0", None, false)]
    #[case::wide("日本.example", None, false)]
    #[case::empty("", None, false)]
    #[case::page("127.0.0.1", Some("https://evil.example"), false)]
    #[case::page_without_origin("127.0.0.1", Some("null"), false)]
    #[case::page_from_a_file("127.0.0.1", Some("file://"), false)]
    #[case::extension("127.0.0.1", Some("chrome-extension://abcdef"), false)]
    fn by_host_and_origin(#[case] host: &str, #[case] origin: Option<&str>, #[case] may: bool) {
        let mut request = Request::get("/status").header(HOST, host.as_bytes());
        if let Some(origin) = origin {
            request = request.header(ORIGIN, origin);
        }
        let (head, ()) = request.body(()).unwrap().into_parts();
        assert_eq!(refusal(&head).is_none(), may, "{:?}", refusal(&head));
    }

    #[rstest]
    #[case::here("http://127.0.0.1:8080/status", true)]
    #[case::elsewhere("http://evil.example/status", false)]
    fn by_the_address_in_the_request_line(#[case] address: &str, #[case] may: bool) {
        let request = Request::get(address).header(HOST, "127.0.0.1");
        let (head, ()) = request.body(()).unwrap().into_parts();
        assert_eq!(refusal(&head).is_none(), may);
    }

    #[test]
    fn old_clients_name_no_host() {
        let (head, ()) = Request::get("/status").body(()).unwrap().into_parts();
        assert_eq!(refusal(&head), None);
    }
}
