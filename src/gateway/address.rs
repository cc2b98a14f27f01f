//! Which addresses a request may go to: a token is never sent over an open line by accident.
//!
//! The configuration asks when a profile is read, and the client again before each request.

pub(super) mod base;

pub use base::{base_url, without_own};
use url::{Host, Url};

/// Why no request goes to an address; its sentence says how to fix it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// It is no URL.
    #[error("this is not a whole address ({0}): write it as https://host")]
    Invalid(#[from] url::ParseError),
    /// It is neither `https` nor `http`.
    #[error("`{0}:` is not spoken: write the address as https://host")]
    Scheme(String),
    /// It holds a user name or a password.
    #[error("the address holds a user name or a password: leave out what stands before the @")]
    Credentials,
    /// It is plain `http`, and not to this machine.
    #[error(
        "http:// would send the token readable to everyone on the way to {0}: write https://, \
         or say allow_http = true in the profile"
    )]
    PlainHttp(String),
}

/// Reads an address and says whether requests may go there: `https://` anywhere, `http://` to this
/// machine alone unless `allow_http`.
///
/// # Errors
/// When they may not. The error never holds the path, where GREEN-API's token stands.
pub fn check(address: &str, allow_http: bool) -> Result<Url, AddressError> {
    let url = Url::parse(address)?;
    if !matches!(url.scheme(), "https" | "http") {
        return Err(AddressError::Scheme(url.scheme().to_owned()));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(AddressError::Credentials);
    }
    if url.scheme() == "http" && !allow_http && !is_loopback(&url) {
        let host = url.host_str().unwrap_or_default();
        return Err(AddressError::PlainHttp(host.to_owned()));
    }
    Ok(url)
}

/// Whether an address is on this machine: one that no proxy is asked for.
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.to_canonical().is_loopback(),
        Some(Host::Domain(name)) => {
            let name = name.strip_suffix('.').unwrap_or(name);
            name == "localhost" || name.ends_with(".localhost")
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::https("https://api.example.com/waInstance1/sendMessage/t")]
    #[case::loopback("http://127.0.0.1:8080/send/text")]
    #[case::all_of_127("http://127.8.9.1/")]
    #[case::ipv6("http://[::1]:80/")]
    #[case::mapped("http://[::ffff:127.0.0.1]/")]
    #[case::name("http://localhost:1/")]
    #[case::name_with_dot("http://LOCALHOST./")]
    #[case::below_localhost("http://wuts.localhost/")]
    #[case::wide("https://例え.テスト/")]
    fn allowed(#[case] address: &str) {
        assert!(check(address, false).is_ok());
    }

    #[rstest]
    #[case::public("http://api.example.com/secret-path", "api.example.com")]
    #[case::looks_like_loopback("http://127.0.0.1.example.com/", "127.0.0.1.example.com")]
    #[case::looks_like_localhost("http://notlocalhost/", "notlocalhost")]
    #[case::private("http://192.168.0.1/", "192.168.0.1")]
    #[case::any("http://0.0.0.0/", "0.0.0.0")]
    fn plain_http_elsewhere(#[case] address: &str, #[case] host: &str) {
        let error = AddressError::PlainHttp(host.to_owned());
        assert!(!error.to_string().contains("secret-path"));
        assert_eq!(check(address, false), Err(error));
        assert!(check(address, true).is_ok());
    }

    #[rstest]
    #[case::no_scheme("api.example.com", "not a whole address")]
    #[case::empty("", "not a whole address")]
    #[case::no_host("https://", "not a whole address")]
    #[case::port("https://host:99999", "not a whole address")]
    #[case::host_and_port("localhost:8080", "`localhost:` is not spoken")]
    #[case::file("file:///etc/passwd", "`file:` is not spoken")]
    #[case::user("http://127.0.0.1@example.com/", "user name")]
    #[case::password("https://:s3cret@example.com/", "user name")]
    fn refused_whatever_is_allowed(#[case] address: &str, #[case] said: &str) {
        let error = check(address, true).err().map(|error| error.to_string());
        assert!(error.is_some_and(|text| text.contains(said) && !text.contains("s3cret")));
    }
}
