//! Which gateway and which method an address names.
//!
//! Of an address only words are read that are methods' names; a token stands in some, and is none.

use super::{GATEWAYS, Source};

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

/// An address, with the names of the request's headers.
pub(super) struct Address<'a> {
    host: String,
    parts: Vec<&'a str>,
    headers: &'a [String],
}

impl<'a> Address<'a> {
    fn new(url: &'a str, headers: &'a [String]) -> Self {
        let address = url.split(['?', '#']).next().unwrap_or_default();
        let address = address.split_once("://").map_or(address, |(_, rest)| rest);
        let mut parts = address.split('/');
        let host = parts.next().unwrap_or_default().to_ascii_lowercase();
        let host = host.rsplit('@').next().unwrap_or_default();
        Self {
            host: host.split(':').next().unwrap_or_default().to_owned(),
            parts: parts.filter(|part| !part.is_empty()).take(40).collect(),
            headers,
        }
    }

    /// Whether the host is this one, or below it.
    pub(super) fn is_host(&self, name: &str) -> bool {
        let before = self.host.strip_suffix(name);
        before.is_some_and(|before| before.is_empty() || before.ends_with('.'))
    }

    /// Whether the request has a header of this name, in lower case.
    pub(super) fn has_header(&self, name: &str) -> bool {
        self.headers.iter().any(|header| header == name)
    }

    /// The pieces of the path; of a long one the first.
    pub(super) fn parts(&self) -> &[&'a str] {
        &self.parts
    }

    /// A piece of the path, empty where there is none.
    pub(super) fn part(&self, at: usize) -> &'a str {
        self.parts.get(at).copied().unwrap_or_default()
    }

    /// The last piece of the path.
    pub(super) fn last(&self) -> &'a str {
        self.parts.last().copied().unwrap_or_default()
    }
}

/// Reads an address, with the names of the request's headers.
pub(super) fn of(url: &str, headers: &[String]) -> Route {
    let address = &Address::new(url, headers);
    if let Some((_, name)) = SERVICES.iter().find(|(host, _)| address.is_host(host)) {
        return Route::new(Whose::Other(name), "");
    }
    let by_mark = GATEWAYS
        .iter()
        .find_map(|(source, one)| Some(Route::known(*source, one.method_of(address)?)));
    let by_path = |at| {
        let route = GATEWAYS
            .iter()
            .find_map(|(_, one)| one.route_at(address, at));
        // the paths of WPPConnect have a hyphen, and a session before them
        let is_other = || address.part(at) == "api" && address.part(at + 2).starts_with("send-");
        route.or_else(|| is_other().then(|| Route::new(Whose::Other("WPPConnect"), "")))
    };
    let at_last = || {
        let mut gateways = GATEWAYS.iter();
        gateways.find_map(|(source, one)| Some(Route::known(*source, one.method_at_last(address)?)))
    };
    by_mark
        .or_else(|| (0..address.parts().len()).find_map(by_path))
        .or_else(at_last)
        .unwrap_or_default()
}

impl Route {
    /// A route whose method is a word, and nothing else that stood in its place.
    pub(super) fn new(whose: Whose, method: &str) -> Self {
        let is_word = |c: char| c.is_ascii_alphabetic() || matches!(c, '-' | '_');
        let is_method = method.len() <= 40 && method.chars().all(is_word);
        Self {
            whose,
            method: if is_method { method } else { "" }.to_owned(),
        }
    }

    /// A route to a gateway that is read.
    pub(super) fn known(source: Source, method: &str) -> Self {
        Self::new(Whose::Known(source), method)
    }
}
