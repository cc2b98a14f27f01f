//! Requests as HTTP is written: `.http` and `.rest` files of VS Code and `JetBrains`, and what
//! `payload --format http` prints.
//!
//! `{{name}}` in such a file is a variable of it, but where the request is whole (a path and a `Host`),
//! as a program prints it.

use super::request::{Request, Sent};
use super::step::Variables;
use super::variable;

const METHODS: [&str; 7] = ["POST", "GET", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

/// Whether a line begins a request: `POST https://… HTTP/1.1`.
pub(super) fn is_request_line(line: &str) -> bool {
    let mut words = line.split_ascii_whitespace();
    let is_method = words.next().is_some_and(|word| METHODS.contains(&word));
    let is_target = |word: &str| {
        word.contains("://")
            || word.starts_with('/')
            || word.starts_with("{{")
            || word.contains('.')
    };
    is_method && words.next().is_some_and(is_target)
}

/// Whether a text is such a file: after comments, separators and variables comes a request.
pub(super) fn is_file(text: &str) -> bool {
    let first = text.lines().map(str::trim).find(|line| !is_before(line));
    first.is_some_and(is_request_line)
}

/// Whether a line may stand before a request.
fn is_before(line: &str) -> bool {
    line.is_empty() || line.starts_with(['#', '@', '<']) || line.starts_with("//")
}

/// The requests of a file.
pub(super) fn requests(text: &str) -> Vec<Request> {
    let mut variables = Variables::default();
    let mut requests = Vec::new();
    let mut open: Option<Open> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let bare = line.trim_end();
        if bare.starts_with("###") {
            requests.extend(open.take().map(|open| open.request(&mut variables)));
            continue;
        }
        match &mut open {
            Some(open) => open.line(bare, line),
            None if bare.trim_start().starts_with('@') => {
                if let Some((name, value)) = bare.trim_start()[1..].split_once('=') {
                    variables.insert(name.trim(), value.trim());
                }
            }
            None if is_request_line(bare) => open = Some(Open::new(start, bare)),
            None => {}
        }
    }
    requests.extend(open.map(|open| open.request(&mut variables)));
    requests
}

/// A request while it is read.
struct Open {
    request: Request,
    host: String,
    body: String,
    is_in_body: bool,
    /// The script for the response has begun.
    is_over: bool,
}

impl Open {
    fn new(at: usize, line: &str) -> Self {
        let url = line.split_ascii_whitespace().nth(1).unwrap_or_default();
        Self {
            request: Request {
                at,
                url: url.to_owned(),
                ..Request::default()
            },
            host: String::new(),
            body: String::new(),
            is_in_body: false,
            is_over: false,
        }
    }

    fn line(&mut self, bare: &str, line: &str) {
        if self.is_over {
            return;
        }
        if self.is_in_body {
            let is_script = ["> {%", ">> ", "<> ", "> ./", "> ../"];
            if is_script.iter().any(|start| bare.starts_with(start)) {
                self.is_over = true;
            } else if let (true, Some(file)) =
                (self.body.trim().is_empty(), bare.strip_prefix("< "))
            {
                self.request.body = Sent::File(file.trim().to_owned());
            } else {
                self.body.push_str(line);
            }
        } else if bare.is_empty() {
            self.is_in_body = true;
        } else if bare.starts_with([' ', '\t', '?', '&']) {
            // the address goes on
            self.request.url.push_str(bare.trim());
        } else if !bare.starts_with('#') && !bare.starts_with("//") {
            if let Some((name, value)) = bare.split_once(':')
                && name.eq_ignore_ascii_case("host")
            {
                value.trim().clone_into(&mut self.host);
            }
            self.request.header(bare);
        }
    }

    fn request(mut self, variables: &mut Variables) -> Request {
        let is_whole = self.request.url.starts_with('/');
        if is_whole {
            self.request.url = format!("http://{}{}", self.host, self.request.url);
        }
        if self.request.body == Sent::Nothing && !self.body.trim().is_empty() {
            let body = self.body.trim();
            self.request.body = Sent::Text(if is_whole {
                body.to_owned()
            } else {
                filled(body, variables)
            });
        }
        self.request
    }
}

/// A text with the variables of a request file filled in or marked.
pub(super) fn filled(text: &str, variables: &mut Variables) -> String {
    const LONGEST: usize = 80;
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        filled.push_str(before);
        let mut places = after.char_indices().take(LONGEST);
        let end = places.find(|(_, c)| matches!(c, '}' | '{' | '\n'));
        let name = end.map(|(end, _)| &after[..end]);
        let name = name.filter(|name| after[name.len()..].starts_with("}}"));
        match name {
            Some(inner) => {
                // Insomnia writes the environment before the name
                let name = inner.trim();
                let name = name.strip_prefix("_.").unwrap_or(name);
                if variable::is_name(name) {
                    filled.push_str(&variables.value(name));
                } else {
                    // `{{$guid}}` is computed: it stays, for whoever fills it in
                    filled.push_str(&variable::marked(inner));
                }
                rest = &after[inner.len() + 2..];
            }
            None => {
                filled.push_str("{{");
                rest = after;
            }
        }
    }
    filled.push_str(rest);
    filled
}
