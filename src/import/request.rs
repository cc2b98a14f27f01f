//! What a command or a file would send, as far as it matters here: where to, and the body.

/// A request. The values of its headers are not read: tokens stand there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Request {
    /// The byte of the text at which it begins.
    pub at: usize,
    pub url: String,
    /// The names of its headers, in lower case.
    pub headers: Vec<String>,
    pub body: Sent,
    /// Whether it goes without a body where standard input has none.
    pub is_optional: bool,
}

/// Where a request's body is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum Sent {
    #[default]
    Nothing,
    Text(String),
    /// Several `-d`, joined by `&` as curl does.
    Joined(String),
    /// In a file of this name.
    File(String),
    /// On standard input.
    Input,
    /// A form, or something else that is no JSON: the option that says so.
    Form(&'static str),
    /// A program or a variable has it, by its name.
    Computed(String),
}

impl Request {
    pub(super) fn has_body(&self) -> bool {
        self.body != Sent::Nothing
    }

    /// Notes the name of a header.
    pub(super) fn header(&mut self, header: &str) {
        if let Some((name, _)) = header.split_once(':') {
            self.headers.push(name.trim().to_ascii_lowercase());
        }
    }
}
