//! Which gateway and which method an address names.
//!
//! Of an address only words are read that are methods' names; a token stands in some, and is none.

use super::Source;

/// What an address says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Route {
    /// Whose address it is; a path alone may be several gateways'.
    pub whose: Whose,
    /// The method, as its documentation names it.
    pub method: String,
}

/// Whose an address is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Whose {
    #[default]
    Unknown,
    /// One of those that are read.
    Known(Source),
    /// Evolution Go's, whose paths are WUTS' and whose delays are milliseconds.
    EvolutionGo,
    /// A service that is known by its name only.
    Other(&'static str),
}

/// Services that are known by a part of their host's name, and are not read.
const SERVICES: [(&str, &str); 21] = [
    ("api.twilio.com", "Twilio"),
    ("z-api.io", "Z-API"),
    ("ultramsg.com", "UltraMsg"),
    ("whapi.cloud", "Whapi.Cloud"),
    ("gupshup.io", "Gupshup"),
    ("infobip.com", "Infobip"),
    ("nexmo.com", "Vonage"),
    ("vonage.com", "Vonage"),
    ("messagebird.com", "MessageBird"),
    ("bird.com", "Bird"),
    ("maytapi.com", "Maytapi"),
    ("wati.io", "WATI"),
    ("interakt.ai", "Interakt"),
    ("aisensy.com", "AiSensy"),
    ("uazapi.com", "uazapi"),
    ("w-api.app", "W-API"),
    ("chat-api.com", "Chat-API"),
    ("wassenger.com", "Wassenger"),
    ("plivo.com", "Plivo"),
    ("sinch.com", "Sinch"),
    ("api.telegram.org", "Telegram"),
];

/// Reads an address, with the names of the request's headers.
pub(super) fn of(url: &str, headers: &[String]) -> Route {
    let address = url.split(['?', '#']).next().unwrap_or_default();
    let address = address.split_once("://").map_or(address, |(_, rest)| rest);
    let mut parts = address.split('/');
    let host = parts.next().unwrap_or_default().to_ascii_lowercase();
    let host = host.rsplit('@').next().unwrap_or_default();
    let host = host.split(':').next().unwrap_or_default();
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).take(40).collect();
    let is_host = |name: &str| {
        host.strip_suffix(name)
            .is_some_and(|before| before.is_empty() || before.ends_with('.'))
    };
    if let Some((_, name)) = SERVICES.iter().find(|(service, _)| is_host(service)) {
        return route(Whose::Other(name), "");
    }
    let known = |source, method| route(Whose::Known(source), method);
    // where GREEN-API's instance is, the method follows, and then the token
    let instance = |part: &&str| {
        part.len() >= 10 && part[..10.min(part.len())].eq_ignore_ascii_case("waInstance")
    };
    if let Some(at) = parts
        .iter()
        .position(|part| part.is_char_boundary(10) && instance(part))
    {
        return known(
            Source::GreenApi,
            parts.get(at + 1).copied().unwrap_or_default(),
        );
    }
    let part = |at: usize| parts.get(at).copied().unwrap_or_default();
    let last = parts.last().copied().unwrap_or_default();
    if is_host("facebook.com") || is_host("360dialog.io") || is_host("360dialog.com") {
        return known(Source::CloudApi, last);
    }
    // a path of its own may stand before any of these
    for at in 0..parts.len() {
        match (part(at), part(at + 1)) {
            ("message", method) if method.starts_with("send") => {
                return known(Source::Evolution, method);
            }
            ("chat", "send") => return known(Source::Wuzapi, part(at + 2)),
            ("chat", method @ ("react" | "delete" | "markread" | "presence" | "downloadimage")) => {
                return known(Source::Wuzapi, method);
            }
            (
                "chat",
                method @ ("markMessageAsRead"
                | "sendPresence"
                | "updateMessage"
                | "findMessages"
                | "deleteMessageForEveryone"
                | "archiveChat"
                | "whatsappNumbers"),
            ) => return known(Source::Evolution, method),
            ("send", method) => return send(method, is_host("wuts.com.br"), headers),
            ("api", method)
                if method.starts_with("send")
                    || matches!(
                        method,
                        "reply"
                            | "reaction"
                            | "startTyping"
                            | "stopTyping"
                            | "forwardMessage"
                            | "star"
                    ) =>
            {
                // the paths of WPPConnect have a hyphen, and a session before them
                return known(Source::Waha, method);
            }
            ("api", _) if part(at + 2).starts_with("send-") => {
                return route(Whose::Other("WPPConnect"), "");
            }
            _ => {}
        }
    }
    let is_version = |part: &str| {
        part.strip_prefix('v')
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    if last == "messages" && parts.iter().any(|part| is_version(part)) {
        return known(Source::CloudApi, last);
    }
    Route::default()
}

/// The paths `/send/…` are WUTS' and Evolution Go's; how they authenticate tells them apart.
fn send(method: &str, is_wuts: bool, headers: &[String]) -> Route {
    const WUTS: [&str; 7] = [
        "text",
        "buttons",
        "catalog",
        "interactive",
        "buttons-response",
        "list-response",
        "product",
    ];
    const GO: [&str; 3] = ["button", "list", "carousel"];
    let has = |name: &str| headers.iter().any(|header| header == name);
    let whose = if !is_wuts && (has("apikey") || GO.contains(&method)) {
        Whose::EvolutionGo
    } else if is_wuts || WUTS.contains(&method) && (method != "text" || has("authorization")) {
        Whose::Known(Source::Wuts)
    } else {
        Whose::Unknown
    };
    route(whose, method)
}

/// A route whose method is a word, and nothing else that stood in its place.
fn route(whose: Whose, method: &str) -> Route {
    let is_word = |c: char| c.is_ascii_alphabetic() || matches!(c, '-' | '_');
    let is_method = method.len() <= 40 && method.chars().all(is_word);
    Route {
        whose,
        method: if is_method { method } else { "" }.to_owned(),
    }
}
