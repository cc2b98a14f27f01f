//! A profile's `base_url`: where a gateway is, without what wacompose puts behind it.
//!
//! Addresses are copied from documentation and from other programs, with a version, an instance, a
//! method or a token in them. Such a one is refused, and what it should be is offered. Nothing of
//! what may be a token is repeated.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;
use url::Url;

use crate::gateway::{GatewayKind, address};
use crate::visible;

/// From so many characters on, with a digit among them, a piece of a path may be a token.
const LIKELY_TOKEN: usize = 16;

/// An id in a path has this many digits at the least.
const SHORTEST_ID: usize = 6;

/// The address without a slash at its end.
///
/// # Errors
/// What is wrong with it, with what was most likely meant; never with anything that may be a token.
pub fn base_url(
    text: &str,
    gateway: Option<GatewayKind>,
    allow_http: bool,
) -> Result<String, String> {
    let wrong = match address::check(text, allow_http) {
        // The parser repairs these, and takes the scheme for the host.
        Ok(_) if slashes_before_host(text) != Some("//") => {
            Some("after https: come two slashes and the host".to_owned())
        }
        Ok(url)
            if url
                .host_str()
                .is_some_and(|host| matches!(host, "http" | "https")) =>
        {
            Some("the scheme is there twice".to_owned())
        }
        Err(error) => Some(error.to_string()),
        Ok(url) if url.query().is_some() || url.fragment().is_some() => {
            Some("an address has no ? and no #: leave out what begins with it".to_owned())
        }
        // What the parser would have to repair is not what would be shown and sent.
        Ok(_) if text.chars().any(|c| c.is_whitespace() || c.is_control()) => {
            Some("an address has no white space".to_owned())
        }
        Ok(url) => gateway.and_then(|gateway| of_gateway(&url, gateway)),
    };
    match wrong {
        None => Ok(in_lower_case(text.trim_end_matches('/'))),
        Some(wrong) => Err(match suggestion(text, gateway) {
            Some(meant) => format!("{wrong}: write \"{meant}\""),
            None => wrong,
        }),
    }
}

/// What of a path belongs to a gateway's methods and not to its address.
fn of_gateway(url: &Url, gateway: GatewayKind) -> Option<String> {
    let (base, rest) = split(url, gateway);
    if rest.is_empty() && base.len() == segments(url).len() {
        return None;
    }
    Some(gateway.own().facts().puts_in.to_owned())
}

/// What was most likely meant by an address that ends in a value of the profile's own, such as the
/// instance, which is put in for each message; `None` where it does not.
pub fn without_own<'a>(text: &str, mut values: impl Iterator<Item = &'a str>) -> Option<String> {
    let url = Url::parse(text).ok()?;
    let last = *segments(&url).last()?;
    let name = percent_decode_str(last).decode_utf8_lossy();
    values.find(|value| *value == name)?;
    let text = text.trim_end_matches('/');
    let (before, _) = text.rsplit_once('/')?;
    Some(visible::line(before.trim_end_matches('/')).into_owned())
}

fn segments(url: &Url) -> Vec<&str> {
    let segments = url.path_segments().into_iter().flatten();
    segments.filter(|segment| !segment.is_empty()).collect()
}

/// The pieces of a path that belong to the address, and the others.
fn split(url: &Url, gateway: GatewayKind) -> (Vec<&str>, Vec<&str>) {
    let mut base = segments(url);
    let own = gateway.own();
    // Where ids are put in, any number is one at the gateway's own address, however short.
    let has_ids = own.puts_in("123456789");
    let is_own = has_ids
        && url
            .host_str()
            .is_some_and(|host| own.facts().public_url.ends_with(host));
    let is_first = |segment: &&str| own.puts_in(segment) || is_own && is_number(segment);
    let mut at = base.iter().position(is_first).unwrap_or(base.len());
    // What comes before the method is the id of the number.
    if has_ids && at > 0 && at < base.len() && is_number(base[at - 1]) {
        at -= 1;
    }
    let rest = base.split_off(at);
    (base, rest)
}

/// Whether a piece of a path is the id of an instance or of a phone number.
pub(in crate::gateway) fn is_id(segment: &str) -> bool {
    segment.len() >= SHORTEST_ID && is_number(segment)
}

fn is_number(segment: &str) -> bool {
    !segment.is_empty() && segment.bytes().all(|byte| byte.is_ascii_digit())
}

fn may_be_token(segment: &str) -> bool {
    segment.len() >= LIKELY_TOKEN && segment.bytes().any(|byte| byte.is_ascii_digit())
}

/// What was most likely meant: scheme, host, port and what of the path belongs to the address.
fn suggestion(text: &str, gateway: Option<GatewayKind>) -> Option<String> {
    let text = once(text.trim());
    let text = text.as_ref();
    let url = match Url::parse(text) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => url,
        // `localhost:8080` is read as a scheme.
        Ok(_) | Err(url::ParseError::RelativeUrlWithoutBase) if !text.contains("://") => {
            let local = Url::parse(&format!("http://{text}")).ok()?;
            if address::is_loopback(&local) {
                local
            } else {
                Url::parse(&format!("https://{text}")).ok()?
            }
        }
        _ => return None,
    };
    let host = url.host_str()?;
    if !host.contains(['.', ':']) && !address::is_loopback(&url) {
        return None;
    }
    // Plain http:// to elsewhere is what is wrong with it.
    let scheme = if address::is_loopback(&url) {
        url.scheme()
    } else {
        "https"
    };
    let port = url
        .port()
        .map_or_else(String::new, |port| format!(":{port}"));
    let base = match gateway {
        Some(gateway) => split(&url, gateway).0,
        None => segments(&url),
    };
    let path = base.iter().take_while(|segment| !may_be_token(segment));
    let path: String = path.flat_map(|segment| ["/", segment]).collect();
    let meant = format!("{scheme}://{host}{port}{path}");
    Some(visible::line(&meant).into_owned())
}

/// The slashes between an address's scheme and its host.
fn slashes_before_host(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once(':')?;
    let host = rest.trim_start_matches(['/', '\\']);
    Some(&rest[..rest.len() - host.len()])
}

/// An address with its scheme once, and two slashes behind it; as it is where it begins otherwise.
fn once(text: &str) -> Cow<'_, str> {
    let mut scheme = None;
    let mut rest = text;
    while let Some((name, after)) = rest.split_once(':')
        && (name.eq_ignore_ascii_case("http") || name.eq_ignore_ascii_case("https"))
    {
        scheme = Some(name);
        rest = after.trim_start_matches(['/', '\\']);
    }
    match scheme {
        Some(scheme) => Cow::Owned(format!("{scheme}://{rest}")),
        None => Cow::Borrowed(text),
    }
}

/// The same address with its scheme and host in lower case, which is how they are compared.
fn in_lower_case(text: &str) -> String {
    let after = text.find("://").map_or(0, |at| at + 3);
    let end = text[after..].find('/').map_or(text.len(), |at| after + at);
    format!("{}{}", text[..end].to_ascii_lowercase(), &text[end..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    use GatewayKind::{CloudApi, GreenApi, Wuts};

    #[rstest]
    #[case::host(Wuts, "https://api.wuts.com.br", "https://api.wuts.com.br")]
    #[case::slash(Wuts, "https://api.wuts.com.br//", "https://api.wuts.com.br")]
    #[case::capitals(Wuts, "HTTPS://API.wuts.com.BR/Own", "https://api.wuts.com.br/Own")]
    #[case::prefix(Wuts, "https://proxy.test/wuts/v2", "https://proxy.test/wuts/v2")]
    #[case::prefix_of_green(GreenApi, "https://proxy.test/green", "https://proxy.test/green")]
    #[case::prefix_of_cloud(CloudApi, "https://proxy.test/meta", "https://proxy.test/meta")]
    #[case::port(Wuts, "http://127.0.0.1:8080", "http://127.0.0.1:8080")]
    #[case::wide(Wuts, "https://例え.テスト", "https://例え.テスト")]
    fn is_taken(#[case] gateway: GatewayKind, #[case] text: &str, #[case] expected: &str) {
        assert_eq!(
            base_url(text, Some(gateway), false).as_deref(),
            Ok(expected)
        );
    }

    #[rstest]
    #[case::version(
        CloudApi,
        "https://graph.facebook.com/v23.0",
        "version",
        "https://graph.facebook.com"
    )]
    #[case::version_with_slash(
        CloudApi,
        "https://graph.facebook.com/v23.0/",
        "version",
        "https://graph.facebook.com"
    )]
    #[case::whole(
        CloudApi,
        "https://graph.facebook.com/v23.0/106540352242922/messages",
        "phone_number_id",
        "https://graph.facebook.com"
    )]
    #[case::unversioned(
        CloudApi,
        "https://proxy.test/meta/106540352242922/messages",
        "phone_number_id",
        "https://proxy.test/meta"
    )]
    #[case::instance(
        GreenApi,
        "https://api.green-api.com/waInstance1101000001",
        "id_instance",
        "https://api.green-api.com"
    )]
    #[case::method_and_token(
        GreenApi,
        "https://api.green-api.com/waInstance1101000001/sendMessage/s3cret-9f1c2d3e4b5a",
        "id_instance",
        "https://api.green-api.com"
    )]
    #[case::instance_without_its_word(
        GreenApi,
        "https://api.green-api.com/1101000001/s3cret-9f1c2d3e4b5a",
        "id_instance",
        "https://api.green-api.com"
    )]
    #[case::method(
        GreenApi,
        "https://7103.api.greenapi.com/sendMessage",
        "method",
        "https://7103.api.greenapi.com"
    )]
    #[case::endpoint(
        Wuts,
        "https://api.wuts.com.br/send/text",
        "endpoint",
        "https://api.wuts.com.br"
    )]
    #[case::status(
        Wuts,
        "https://api.wuts.com.br/status",
        "endpoint",
        "https://api.wuts.com.br"
    )]
    #[case::query(
        Wuts,
        "https://api.wuts.com.br/send/text?token=s3cret-9f1c2d3e4b5a",
        "no ? and no #",
        "https://api.wuts.com.br"
    )]
    #[case::fragment(
        Wuts,
        "https://api.wuts.com.br#s3cret-9f1c2d3e4b5a",
        "no ? and no #",
        "https://api.wuts.com.br"
    )]
    #[case::user(
        Wuts,
        "https://me:s3cret-9f1c2d3e4b5a@api.wuts.com.br",
        "user name",
        "https://api.wuts.com.br"
    )]
    #[case::no_scheme(
        Wuts,
        "api.wuts.com.br",
        "not a whole address",
        "https://api.wuts.com.br"
    )]
    #[case::no_scheme_but_a_path(
        CloudApi,
        "graph.facebook.com/v23.0",
        "not a whole address",
        "https://graph.facebook.com"
    )]
    #[case::no_scheme_but_a_port(Wuts, "localhost:8080", "is not spoken", "http://localhost:8080")]
    #[case::blank(
        Wuts,
        " https://api.wuts.com.br ",
        "white space",
        "https://api.wuts.com.br"
    )]
    #[case::line_break(
        Wuts,
        "https://api.wuts.com.br\n",
        "white space",
        "https://api.wuts.com.br"
    )]
    #[case::a_short_id(
        CloudApi,
        "https://graph.facebook.com/1055/messages",
        "phone_number_id",
        "https://graph.facebook.com"
    )]
    #[case::a_short_id_alone(
        CloudApi,
        "https://graph.facebook.com/1055",
        "phone_number_id",
        "https://graph.facebook.com"
    )]
    #[case::a_short_id_elsewhere(
        CloudApi,
        "https://proxy.test/meta/1055/messages",
        "phone_number_id",
        "https://proxy.test/meta"
    )]
    #[case::scheme_twice(
        Wuts,
        "https://https://api.wuts.com.br",
        "there twice",
        "https://api.wuts.com.br"
    )]
    #[case::two_schemes(
        Wuts,
        "https://http://127.0.0.1:8080/own",
        "there twice",
        "http://127.0.0.1:8080/own"
    )]
    #[case::one_slash(
        Wuts,
        "https:/api.wuts.com.br",
        "two slashes",
        "https://api.wuts.com.br"
    )]
    #[case::three_slashes(
        Wuts,
        "https:///api.wuts.com.br",
        "two slashes",
        "https://api.wuts.com.br"
    )]
    #[case::backslashes(
        Wuts,
        "https:\\\\api.wuts.com.br",
        "two slashes",
        "https://api.wuts.com.br"
    )]
    #[case::plain_http_with_a_port(
        Wuts,
        "http://192.168.0.5:8080",
        "readable",
        "https://192.168.0.5:8080"
    )]
    #[case::plain_http(Wuts, "http://api.wuts.com.br", "readable", "https://api.wuts.com.br")]
    #[case::token_in_a_path(
        Wuts,
        "https://proxy.test/own/s3cret-9f1c2d3e4b5a?x",
        "no ? and no #",
        "https://proxy.test/own"
    )]
    fn is_refused_with_what_was_meant(
        #[case] gateway: GatewayKind,
        #[case] text: &str,
        #[case] said: &str,
        #[case] meant: &str,
    ) {
        let error = base_url(text, Some(gateway), false)
            .err()
            .unwrap_or_default();
        assert!(error.contains(said), "{error}");
        assert!(error.ends_with(&format!(": write \"{meant}\"")), "{error}");
        assert!(!error.contains("s3cret"), "{error}");
        assert_eq!(base_url(meant, Some(gateway), false).as_deref(), Ok(meant));
    }

    #[rstest]
    #[case::words("日本 👩‍👩‍👧 e\u{301} שלום")]
    #[case::scheme("ftp://api.wuts.com.br")]
    #[case::empty("")]
    fn is_refused(#[case] text: &str) {
        assert!(base_url(text, Some(Wuts), false).is_err_and(|error| !error.contains("write \"")));
    }
}
