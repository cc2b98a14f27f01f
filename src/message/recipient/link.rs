//! Links to a chat as recipients, as `WhatsApp` itself and its partners write them.

use percent_encoding::percent_decode_str;

use super::{RecipientError, fail};

/// The number that a link to a chat names, as it is written there; `None` where the text, in lower
/// case, is no link.
pub(super) fn number_in(text: &str) -> Result<Option<String>, RecipientError> {
    if let Some(rest) = text.strip_prefix("whatsapp:") {
        return match rest.strip_prefix("//") {
            // the way Twilio writes a recipient
            None => Ok(Some(decoded(rest))),
            Some(action) => query_number(action).map(Some),
        };
    }
    let link = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    let address = link.unwrap_or(text);
    let end = address.find(['/', '?', '#']).unwrap_or(address.len());
    let (host, rest) = address.split_at(end);
    let host = host.split(':').next().unwrap_or_default();
    let host = host.strip_prefix("www.").unwrap_or(host);
    match host {
        "wa.me" => short_link(rest).map(Some),
        "whatsapp.com" | "api.whatsapp.com" | "web.whatsapp.com" => full_link(rest).map(Some),
        "chat.whatsapp.com" => fail(
            "this link invites to a group, and nobody can be reached by it: join the group, and \
             write its address, …@g.us",
        ),
        _ if link.is_some() => fail(
            "of links only https://wa.me/ with a number, and WhatsApp's others to a chat, are \
             understood: write the phone number",
        ),
        _ => Ok(None),
    }
}

/// `wa.me/5511…`; with `c/` before the number it is that of a catalog, with `p/ID/` of a product.
fn short_link(rest: &str) -> Result<String, RecipientError> {
    let path = rest.split(['?', '#']).next().unwrap_or(rest);
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        ["message" | "qr", ..] => fail(
            "this short link of a business does not name its number: open it in WhatsApp, and \
             write the number that is shown there",
        ),
        ["channel", ..] => fail(CHANNEL),
        ["c", number] | ["p", _, number] | [number] => Ok(decoded(number)),
        [] => query_number(rest),
        _ => fail(NO_NUMBER),
    }
}

/// `whatsapp.com/…`
fn full_link(rest: &str) -> Result<String, RecipientError> {
    let path = rest.split(['?', '#']).next().unwrap_or(rest);
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        ["channel", ..] => fail(CHANNEL),
        ["catalog", number] | ["product", _, number] => Ok(decoded(number)),
        _ => query_number(rest),
    }
}

/// The parameter `phone` of a link.
fn query_number(link: &str) -> Result<String, RecipientError> {
    let query = link.split_once('?').map_or("", |(_, query)| query);
    let query = query.split('#').next().unwrap_or_default();
    let mut parameters = query.split('&').map(|one| {
        // as it stands in a page's source
        let one = one.strip_prefix("amp;").unwrap_or(one);
        one.split_once('=').unwrap_or((one, ""))
    });
    let phone = parameters.find(|(name, value)| *name == "phone" && !value.is_empty());
    match phone {
        Some((_, number)) => {
            let number = decoded(number);
            // a + in a query is a space, but where it begins the number
            let start = number.find(|c: char| c != '+' && !c.is_whitespace());
            let (before, digits) = number.split_at(start.unwrap_or(0));
            let plus = if before.contains('+') { "+" } else { "" };
            Ok(format!("{plus}{}", digits.replace('+', " ")))
        }
        None => fail(NO_NUMBER),
    }
}

/// A part of a link without percent signs; digits with white space around them at the most.
fn decoded(part: &str) -> String {
    let decoded = percent_decode_str(part).decode_utf8_lossy();
    decoded.trim().to_owned()
}

const CHANNEL: &str = "this is the link of a channel, which does not hold its address: write the \
                       address, …@newsletter";
const NO_NUMBER: &str = "this link names no phone number: write the number that it leads to";
