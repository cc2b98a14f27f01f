//! The proxies that the environment names: `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`,
//! in lower case too, which comes first.
//!
//! What stands before the `@` of a proxy's address is a secret. Nothing here shows an address.

use std::borrow::Cow;
use std::fmt;
use std::net::{IpAddr, SocketAddr};

use reqwest::{NoProxy, Proxy};
use url::Url;

use crate::secret::Secret;
use crate::visible;

/// The proxies to use.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Proxies {
    http: Option<Named>,
    https: Option<Named>,
    /// The hosts without one, as `NO_PROXY` lists them.
    without: String,
}

/// A proxy, and the variable that names it.
#[derive(Clone, PartialEq, Eq)]
struct Named {
    variable: &'static str,
    address: Url,
    /// Its password, with the user name before it too; none that is too short to tell.
    passwords: Vec<Secret>,
}

/// A variable that names no proxy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "the environment variable {variable} holds no address of a proxy, or one that is not percent-encoded"
)]
pub struct ProxyError {
    /// The variable's name, which may be shown; its value holds a password.
    pub variable: &'static str,
}

const SCHEMES: [&str; 6] = ["http", "https", "socks4", "socks4a", "socks5", "socks5h"];

impl Proxies {
    /// No proxy for anything.
    pub const fn none() -> Self {
        Self {
            http: None,
            https: None,
            without: String::new(),
        }
    }

    /// The proxies that an environment names. A web server's environment (`REQUEST_METHOD`) has a
    /// client's header in `HTTP_PROXY`, which is not used.
    ///
    /// # Errors
    /// When a variable does not hold an address; the error does not repeat it.
    pub fn from_env(env: &dyn Fn(&str) -> Option<String>) -> Result<Self, ProxyError> {
        let set = |name: &str| env(name).filter(|value| !value.trim().is_empty());
        let without = set("no_proxy").or_else(|| set("NO_PROXY"));
        let without = without.unwrap_or_default();
        if without.split(',').any(|host| host.trim() == "*") {
            return Ok(Self::none());
        }
        let first = |names: &[&'static str]| {
            names
                .iter()
                .find_map(|name| Some((*name, set(name)?)))
                .map(|(variable, value)| Named::parse(variable, value.trim()))
                .transpose()
        };
        let all = first(&["all_proxy", "ALL_PROXY"])?;
        let http: &[&'static str] = if env("REQUEST_METHOD").is_some() {
            &["http_proxy"]
        } else {
            &["http_proxy", "HTTP_PROXY"]
        };
        Ok(Self {
            http: first(http)?.or_else(|| all.clone()),
            https: first(&["https_proxy", "HTTPS_PROXY"])?.or(all),
            without,
        })
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.http.is_none() && self.https.is_none()
    }

    /// Whether a proxy itself is spoken to over TLS.
    pub(super) fn need_tls(&self) -> bool {
        let mut named = self.http.iter().chain(&self.https);
        named.any(|named| named.address.scheme() == "https")
    }

    /// The proxy for an address in words, without its user name and password. Whether `NO_PROXY`
    /// leaves it out is not looked at where it lists anything.
    pub(super) fn name_for(&self, url: &Url) -> Option<String> {
        let named = self.named_for(url)?;
        let host = visible::line(named.address.host_str()?);
        let port = named.address.port_or_known_default();
        let port = port.map_or_else(String::new, |port| format!(":{port}"));
        let unless = if self.without.is_empty() {
            ""
        } else {
            ", unless NO_PROXY leaves it out"
        };
        Some(format!(
            "the proxy {host}{port} ({} names it{unless})",
            named.variable
        ))
    }

    /// The scheme of the proxy for an address, where it takes no names, and its own address is no name:
    /// a name that is not found is the gateway's then.
    pub(super) fn resolves_by(&self, url: &Url) -> Option<&'static str> {
        let address = &self.named_for(url)?.address;
        let host = address.host_str()?;
        let is_address =
            host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok() || host == "localhost";
        let schemes = ["socks4", "socks5"];
        schemes
            .into_iter()
            .find(|scheme| *scheme == address.scheme())
            .filter(|_| is_address)
    }

    /// The host and port of the proxy that is asked, over plain HTTP, for a connection to an address;
    /// `None` where there is none, or it is spoken to in another way.
    pub(super) fn tunnel_for(&self, url: &Url) -> Option<(String, u16)> {
        let named = self.named_for(url).filter(|_| url.scheme() == "https")?;
        let address = Some(&named.address).filter(|address| address.scheme() == "http")?;
        let port = address.port_or_known_default()?;
        Some((address.host_str()?.to_owned(), port))
    }

    /// The same proxies, but the one for `https://` is reached at another address.
    pub(super) fn by_way_of(&self, way: SocketAddr) -> Self {
        let mut proxies = self.clone();
        if let Some(named) = &mut proxies.https {
            // What is set on a URL that has a host is set.
            let _ = named.address.set_ip_host(way.ip());
            let _ = named.address.set_port(Some(way.port()));
        }
        proxies
    }

    /// The password of the proxy for an address, in every way that it may be repeated.
    pub(super) fn passwords_for(&self, url: &Url) -> Vec<Secret> {
        let named = self.named_for(url);
        named.map_or_else(Vec::new, |named| named.passwords.clone())
    }

    fn named_for(&self, url: &Url) -> Option<&Named> {
        if url.scheme() == "https" {
            self.https.as_ref()
        } else {
            self.http.as_ref()
        }
    }

    pub(super) fn to_reqwest(&self) -> reqwest::Result<Vec<Proxy>> {
        let without = NoProxy::from_string(&self.without);
        let http = self
            .http
            .iter()
            .map(|named| Proxy::http(named.address.as_str()));
        let https = self
            .https
            .iter()
            .map(|named| Proxy::https(named.address.as_str()));
        http.chain(https)
            .map(|proxy| Ok(proxy?.no_proxy(without.clone())))
            .collect()
    }
}

impl Named {
    /// An address, `http://` where it names no scheme.
    fn parse(variable: &'static str, value: &str) -> Result<Self, ProxyError> {
        let wrong = |_| ProxyError { variable };
        let address = if value.contains("://") {
            Url::parse(value)
        } else {
            Url::parse(&format!("http://{value}"))
        };
        let address = address.map_err(wrong)?;
        if !SCHEMES.contains(&address.scheme()) || address.host_str().is_none_or(str::is_empty) {
            return Err(ProxyError { variable });
        }
        // A password with a # or a / that is not percent-encoded: what stands before it would be
        // taken for the host, and shown.
        let is_misspelt = address.fragment().is_some()
            || address.query().is_some()
            || address.path().contains('@');
        if is_misspelt {
            return Err(ProxyError { variable });
        }
        let mut passwords = Vec::new();
        if let Some(password) = address.password() {
            // Each is remembered, and cut out of whatever is written.
            let decoded = percent_decoded(password);
            let pair = format!("{}:{decoded}", percent_decoded(address.username()));
            passwords.extend([pair.as_str(), password, &*decoded].map(Secret::new));
            passwords.retain(Secret::is_telling);
        }
        Ok(Self {
            variable,
            address,
            passwords,
        })
    }
}

/// As the HTTP library decodes it before it is sent.
fn percent_decoded(text: &str) -> Cow<'_, str> {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy()
}

impl fmt::Debug for Proxies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let variable = |named: &Option<Named>| named.as_ref().map(|named| named.variable);
        f.debug_struct("Proxies")
            .field("http", &variable(&self.http))
            .field("https", &variable(&self.https))
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
mod tests {
    use super::*;
    use crate::secret::redact_known;
    use rstest::rstest;

    fn read(variables: &[(&str, &str)]) -> Result<Proxies, ProxyError> {
        Proxies::from_env(&|name| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    fn name(variables: &[(&str, &str)], url: &str) -> Option<String> {
        read(variables).ok()?.name_for(&Url::parse(url).ok()?)
    }

    #[rstest]
    #[case::none(&[], None)]
    #[case::empty(&[("HTTPS_PROXY", " ")], None)]
    #[case::https(&[("HTTPS_PROXY", "http://p:8080")], Some("p:8080 (HTTPS_PROXY names it)"))]
    #[case::http_is_for_others(&[("HTTP_PROXY", "http://p:8080")], None)]
    #[case::lower_case_first(&[("HTTPS_PROXY", "http://p"), ("https_proxy", "http://q")], Some("q:80 (https_proxy names it)"))]
    #[case::all(&[("ALL_PROXY", "socks5://p:1080")], Some("p:1080 (ALL_PROXY names it)"))]
    #[case::own_before_all(&[("all_proxy", "http://p"), ("HTTPS_PROXY", "http://q")], Some("q:80 (HTTPS_PROXY names it)"))]
    #[case::without_scheme(&[("https_proxy", "p:3128")], Some("p:3128 (https_proxy names it)"))]
    #[case::wide(&[("https_proxy", "http://例え:1")], Some("xn--r8jz45g:1 (https_proxy names it)"))]
    #[case::left_out(&[("https_proxy", "http://p:1"), ("NO_PROXY", "x")], Some("p:1 (https_proxy names it, unless NO_PROXY leaves it out)"))]
    fn is_named_without_its_password(
        #[case] variables: &[(&str, &str)],
        #[case] expected: Option<&str>,
    ) {
        let expected = expected.map(|expected| format!("the proxy {expected}"));
        assert_eq!(name(variables, "https://gateway.test/"), expected);
    }

    #[test]
    fn a_web_servers_header_is_no_proxy() {
        let variables = [("HTTP_PROXY", "http://p:1"), ("REQUEST_METHOD", "GET")];
        assert_eq!(
            name(&variables[..1], "http://gateway.test/").as_deref(),
            Some("the proxy p:1 (HTTP_PROXY names it)")
        );
        assert_eq!(name(&variables, "http://gateway.test/"), None);
    }

    #[rstest]
    #[case::words("👩‍👩‍👧 e\u{301} שלום")]
    #[case::scheme("ftp://p:1")]
    #[case::port("http://pass-0w0rd@p:99999")]
    #[case::at_and_hash("http://user:p@ss#1@127.0.0.1:1")]
    #[case::hash("http://user:pa#ss@127.0.0.1:1")]
    #[case::hash_alone("user:12#3@p:1")]
    #[case::question_mark("socks5://user:12?3@p:1")]
    #[case::slash("http://user:12/34@p:1")]
    #[case::backslash("http://user:12\\34@p:1")]
    #[case::wide_password("http://user:日本#é@p:1")]
    fn what_is_no_address_is_not_repeated(#[case] value: &str) {
        let error = read(&[("HTTPS_PROXY", value)]).unwrap_err();
        assert_eq!(
            error,
            ProxyError {
                variable: "HTTPS_PROXY"
            }
        );
        assert!(!error.to_string().contains(value));
    }

    /// The secret is what is sent: `user:password`, as it was written, and decoded.
    #[rstest]
    #[case::plain("pass-w0rd", "pass-w0rd")]
    #[case::ampersand("pa&ss-w0rd&x", "pa&ss-w0rd&x")]
    #[case::encoded_ampersand("pa%26ss-w0rd", "pa&ss-w0rd")]
    #[case::plus("pa+ss-w0rd", "pa+ss-w0rd")]
    #[case::encoded_plus("pa%2Bss-w0rd", "pa+ss-w0rd")]
    #[case::equals("pa=ss;w0rd", "pa=ss;w0rd")]
    #[case::percent("pa%25ss-w0rd", "pa%ss-w0rd")]
    #[case::percent_alone("pa%ss-w0rd%", "pa%ss-w0rd%")]
    #[case::percent_twice("pa%2526ss-w0rd", "pa%26ss-w0rd")]
    #[case::wide("日本👩‍👩‍👧e\u{301}שלום", "日本👩‍👩‍👧e\u{301}שלום")]
    #[case::no_utf_8("pass-w0rd%ff", "pass-w0rd\u{fffd}")]
    fn its_password_is_decoded_as_it_is_sent(#[case] written: &str, #[case] sent: &str) {
        let proxies = read(&[("HTTPS_PROXY", &format!("http://m%2Be:{written}@p:1"))]).unwrap();
        let url = Url::parse("https://gateway.test/").unwrap();
        let secrets = proxies.passwords_for(&url);
        let revealed: Vec<&str> = secrets.iter().map(Secret::reveal).collect();
        assert_eq!(revealed[0], format!("m+e:{sent}"));
        assert_eq!(revealed[2], sent);
    }

    #[test]
    fn its_password_is_a_secret() {
        let proxies = read(&[("HTTPS_PROXY", "http://me:pa%20ss-w0rd@p:1")]).unwrap();
        assert!(!format!("{proxies:?}").contains("w0rd"));
        // `me:pa ss-w0rd` in base64
        let log = "pa ss-w0rd pa%20ss-w0rd Basic bWU6cGEgc3MtdzByZA==";
        let clean = redact_known(log);
        assert!(
            !clean.contains("w0rd") && !clean.contains("bWU6cGEgc3M"),
            "{clean}"
        );
    }
}
