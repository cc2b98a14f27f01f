//! The body in a command: which of a text's commands sends a request, and what it sends.

use super::json::{self, Json, place};
use super::request::{Request, Sent};
use super::shell::Unclosed;
use super::step::{Input, Program, Step, input};
use super::{
    ImportError, Imported, Place, body, clients, cmd, curl, foreign, http_file, paste, powershell,
    route, shell, variable,
};

/// Reads a text as commands of the shell that it was most likely written for, then of others; nothing
/// where none of its commands sends requests.
pub(super) fn read(
    text: &str,
    lines: usize,
    is_of_windows: bool,
) -> Option<Result<Imported, ImportError>> {
    let mut first = None;
    for dialect in dialects(text, is_of_windows) {
        let Some(read) = dialect.read(text, lines) else {
            continue;
        };
        match read {
            Err(error) if is_of_syntax(&error) => {
                first.get_or_insert(error);
            }
            read => return Some(read),
        }
    }
    let error = first?;
    Some(Err(typographic(text, lines).unwrap_or(error)))
}

/// The only request of a request file.
pub(super) fn read_http_file(text: &str, lines: usize) -> Result<Imported, ImportError> {
    let requests = http_file::requests(text).into_iter();
    let requests: Vec<(Request, Option<Input>)> = requests.map(|request| (request, None)).collect();
    sent(text, lines, requests)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dialect {
    Posix,
    Cmd,
    PowerShell,
    /// A POSIX shell's, with `PowerShell`'s backticks at the ends of lines.
    Mixed,
}

/// The shells that a text may be for, the likeliest first.
fn dialects(text: &str, is_of_windows: bool) -> Vec<Dialect> {
    let ends_with = |sign: char| text.lines().any(|line| line.trim_end().ends_with(sign));
    let invokes = text.lines().any(|line| {
        let mut words = line
            .split([' ', '\t', '(', '=', '|'])
            .filter(|word| !word.is_empty());
        words.any(|word| Program::of(word) == Some(Program::Invoke)) || clients::invokes(line)
    });
    let sets = text.lines().any(|line| {
        let mut words = line.split_ascii_whitespace();
        words
            .next()
            .is_some_and(|word| word.starts_with('$') && word.len() > 1)
            && words.next() == Some("=")
    });
    if text.contains("^\"") || ends_with('^') {
        vec![Dialect::Cmd, Dialect::Posix]
    } else if invokes || sets || ends_with('`') {
        vec![Dialect::PowerShell, Dialect::Mixed]
    } else if is_of_windows || is_of_cmd(text) {
        vec![Dialect::Cmd, Dialect::Posix]
    } else if text.contains("\"\"") || text.contains("\\\"") {
        vec![Dialect::Posix, Dialect::Cmd]
    } else {
        vec![Dialect::Posix]
    }
}

/// Whether a text is Windows' `cmd`'s though it has no carets: it sets a variable as that shell does, or
/// has `%NAME%` in it and nothing of another shell's.
fn is_of_cmd(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim);
    let sets = lines.any(|line| {
        let rest = line
            .get(..4)
            .filter(|start| start.eq_ignore_ascii_case("set "));
        let rest = rest.map_or("", |start| {
            line[start.len()..].trim_start_matches(['"', ' '])
        });
        let name = rest.split_once('=').map_or("", |(name, _)| name);
        is_name_of_cmd(name)
    });
    let is_of_another = text.contains('\'')
        || text.lines().any(|line| line.trim_end().ends_with('\\'))
        || text.split('$').skip(1).any(|after| {
            after.starts_with(['{', '(', '_'])
                || after.starts_with(|c: char| c.is_ascii_alphabetic())
        });
    // of an address, `%C3%A7` is a letter
    let is_code = |name: &str| name.len() == 2 && name.bytes().all(|c| c.is_ascii_hexdigit());
    // what comes after the last one is between no two
    let signs = text.matches('%').count();
    let mut between = text.split('%').skip(1).take(signs.saturating_sub(1));
    sets || !is_of_another && between.any(|name| is_name_of_cmd(name) && !is_code(name))
}

fn is_name_of_cmd(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

impl Dialect {
    fn steps(self, text: &str) -> Result<Vec<Step>, Unclosed> {
        match self {
            Self::Posix => shell::steps(text),
            Self::Cmd => cmd::steps(text),
            Self::PowerShell => powershell::steps(text),
            Self::Mixed => shell::steps(&text.replace("`\n", "\\\n")),
        }
    }

    fn read(self, text: &str, lines: usize) -> Option<Result<Imported, ImportError>> {
        let steps = match self.steps(text) {
            Ok(steps) => steps,
            Err(Unclosed(at)) => return Some(Err(unclosed(text, lines, at))),
        };
        let mut requests = Vec::new();
        let mut is_sent = false;
        for step in &steps {
            let Some(program) = step.program() else {
                continue;
            };
            is_sent = true;
            match requests_of(program, step) {
                Ok(found) => requests.extend(found.into_iter().map(|request| {
                    let input = (request.body == Sent::Input).then(|| input(&steps, step));
                    (request, input.flatten())
                })),
                Err(error) => return Some(Err(ImportError::Command(error.to_owned()))),
            }
        }
        is_sent.then(|| {
            let mut imported = sent(text, lines, requests)?;
            let braces = variable::sent_braces(&imported.draft);
            imported.warnings.extend(braces);
            Ok(imported)
        })
    }
}

fn requests_of(program: Program, step: &Step) -> Result<Vec<Request>, &'static str> {
    let words = step.arguments();
    // `PowerShell` 5 calls its own command by these names
    let is_invoked = words.iter().any(|word| clients::is_parameter(word));
    Ok(match program {
        Program::Curl | Program::Wget if is_invoked => vec![clients::invoke(words, step.at)],
        Program::Curl => return curl::requests(words, step.at),
        Program::Wget => vec![clients::wget(words, step.at)],
        Program::Httpie => vec![clients::httpie(words, step.at)],
        Program::Invoke => vec![clients::invoke(words, step.at)],
    })
}

/// The draft of the only request that has a body.
fn sent(
    text: &str,
    lines: usize,
    requests: Vec<(Request, Option<Input>)>,
) -> Result<Imported, ImportError> {
    let with_body: Vec<(Request, Option<Input>)> = requests
        .into_iter()
        // HTTPie reads standard input where there is one
        .filter(|(request, input)| {
            request.has_body()
                && (request.body != Sent::Input || input.is_some() || !request.is_optional)
        })
        .collect();
    if with_body.len() > 1 {
        const NAMED: usize = 8;
        let count = with_body.len();
        let line = |request: &Request| (place(text, request.at).0 + lines).to_string();
        let named = with_body
            .iter()
            .take(NAMED)
            .map(|(request, _)| line(request));
        let named = named.collect::<Vec<_>>().join(", ");
        let more = if count > NAMED { ", …" } else { "" };
        return Err(ImportError::Several(format!(
            "{count} requests that send something are in it (lines {named}{more})"
        )));
    }
    let Some((request, input)) = with_body.into_iter().next() else {
        return Err(ImportError::Command(
            "the command sends no body: there is no -d, --data or --json in it".to_owned(),
        ));
    };
    read_request(request, input)
}

/// The draft of a request.
pub(super) fn read_request(
    request: Request,
    input: Option<Input>,
) -> Result<Imported, ImportError> {
    let route = route::of(&request.url, &request.headers);
    let is_joined = matches!(request.body, Sent::Joined(_));
    let is_form = matches!(request.body, Sent::Form(_));
    let body = match text_of(request.body, input) {
        Ok(body) => body,
        Err(error) => {
            return Err(match route.whose {
                route::Whose::Other(service) => foreign::named(service),
                // a form to a method that is named sooner than the form
                _ if is_form => body::read_without(&route).unwrap_or(error),
                _ => error,
            });
        }
    };
    match parsed(&body) {
        Ok(json) => body::read(unwrapped(json), &route),
        Err(syntax) => Err(match route.whose {
            route::Whose::Other(service) => foreign::named(service),
            _ => not_json(&body, syntax, is_joined),
        }),
    }
}

/// The text that a request sends, or why it is not known.
fn text_of(body: Sent, input: Option<Input>) -> Result<String, ImportError> {
    let from_file = |file: &str| {
        let file = variable::plain(file);
        let file: String = crate::visible::line(&file).chars().take(80).collect();
        format!("the command reads its body from the file {file}: import that file")
    };
    let computed = |name: &str| {
        let name: String = crate::visible::line(name).chars().take(60).collect();
        format!("the body is made by {name}, which is not run here: paste the JSON that it makes")
    };
    Err(ImportError::Command(match (body, input) {
        (Sent::Text(text) | Sent::Joined(text), _) | (Sent::Input, Some(Input::Text(text))) => {
            if let Some(source) = variable::alone_expression(&text) {
                computed(&source)
            } else if let Some(name) = variable::alone(&text) {
                let name = crate::visible::line(name.trim());
                format!(
                    "the body is in the variable {name}, which is not set in what was pasted: paste its JSON"
                )
            } else {
                return Ok(text);
            }
        }
        (Sent::File(file), _) | (Sent::Input, Some(Input::File(file))) => from_file(&file),
        (Sent::Computed(name), _) | (Sent::Input, Some(Input::Computed(name))) => computed(&name),
        (Sent::Input, None) => {
            "the command reads its body from standard input: import what it reads".to_owned()
        }
        (Sent::Form(option), _) => {
            format!("the command sends a form or a file ({option}), and no JSON body")
        }
        (Sent::Nothing, _) => {
            "the command sends no body: there is no -d, --data or --json in it".to_owned()
        }
    }))
}

/// A body as JSON; its quotes may have backslashes that older `PowerShell`s take away.
fn parsed(body: &str) -> Result<Json, Place> {
    let body = body.trim_start_matches('\u{feff}').trim();
    json::parse(body).or_else(|error| {
        if !body.contains("\\\"") {
            return Err(error);
        }
        json::parse(&unescaped(body)).map_err(|_| error)
    })
}

/// A text without one level of backslashes.
fn unescaped(text: &str) -> String {
    let mut unescaped = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match characters.peek() {
            Some('"' | '\\') if c == '\\' => unescaped.extend(characters.next()),
            _ => unescaped.push(c),
        }
    }
    unescaped
}

/// The body in what `payload` printed, when it was put into a command.
fn unwrapped(json: Json) -> Json {
    super::unwrapped(json).0
}

fn not_json(body: &str, syntax: Place, is_joined: bool) -> ImportError {
    if is_joined {
        return ImportError::Command(
            "the body is not JSON: curl joins several -d with &; write the body into one"
                .to_owned(),
        );
    }
    foreign::form(body).unwrap_or(ImportError::Broken(syntax))
}

fn unclosed(text: &str, lines: usize, at: usize) -> ImportError {
    let (line, column) = place(text, at);
    ImportError::Command(format!(
        "a quote in the curl command is not closed (it opens at line {}, column {column}): copy all of it, as for bash",
        line + lines
    ))
}

/// Whether another reading of the text may do better.
const fn is_of_syntax(error: &ImportError) -> bool {
    matches!(error, ImportError::Broken { .. } | ImportError::Command(_))
}

/// The error for a command whose quotes or dashes a word processor replaced.
fn typographic(text: &str, lines: usize) -> Option<ImportError> {
    let mut before = ' ';
    let mut quote = None;
    let (at, c) = text.char_indices().find(|(_, c)| {
        let begins = before.is_whitespace() || before == '=';
        let is_escaped = std::mem::replace(&mut before, *c) == '\\';
        match (quote, *c) {
            (None, c @ ('"' | '\'')) if !is_escaped => quote = Some(c),
            (Some(open), c) if open == c && !(is_escaped && c == '"') => quote = None,
            _ => {}
        }
        quote.is_none() && begins && matches!(c, '“' | '”' | '„' | '‘' | '’' | '«' | '–' | '—')
    })?;
    let (line, column) = place(text, at);
    let line = line + lines;
    let is_dash = matches!(c, '–' | '—');
    if is_dash
        && !text[at..]
            .chars()
            .nth(1)
            .is_some_and(|c| c.is_alphabetic() || "-–—".contains(c))
    {
        return None;
    }
    Some(ImportError::Command(if is_dash {
        format!(
            "line {line}, column {column}: a typographic dash ({c}) comes before an option: write - or --"
        )
    } else {
        format!(
            "line {line}, column {column}: typographic quotes ({c}) are around a word of the command: replace them by '"
        )
    }))
}

/// Whether a text begins as a command does.
pub(super) fn begins(text: &str) -> bool {
    paste::begins(text.lines().next().unwrap_or_default())
}
