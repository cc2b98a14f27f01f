//! `wacompose history`: what was sent, from the composer and from the prompt.

use anyhow::Context as _;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;
use serde_json::{Map, Value, json};

use super::args::{History, HistoryCommand, HistoryFormat};
use super::output::Output;
use super::{Exit, report};
use crate::config::Paths;
use crate::config::paths::process_env;
use crate::gateway::wire::Response;
use crate::message::file::{self, Format};
use crate::message::inline::shortened;
use crate::secret::MASK;
use crate::store::{Entry, NotKept, Notice, Opened, Resolution, SendId, SendState, Sent, Store};
use crate::visible;

/// So many messages are read at once.
const PAGE: usize = 500;

pub(super) fn run(command: &History, output: &mut Output) -> anyhow::Result<Exit> {
    let store = open(output)?;
    match &command.command {
        Some(HistoryCommand::Show { id, format, raw }) => {
            let id = SendId(*id);
            let sent = match &store {
                Some(store) => store.sent(id)?,
                None => anyhow::bail!("there is no message {id}: nothing was sent yet"),
            };
            match format {
                HistoryFormat::Json => output.json(&whole_object(&sent)),
                HistoryFormat::Text => show(&sent, *raw, output),
            }
        }
        None => list(command, store.as_ref(), output)?,
    }
    Ok(Exit::Done)
}

/// The store, if there is one: looking makes none.
fn open(output: &mut Output) -> anyhow::Result<Option<Store>> {
    let folder = Paths::find(&process_env)
        .data
        .context(NotKept::NoFolder.to_string())?;
    if !folder.join(Store::FILE).exists() {
        return Ok(None);
    }
    let Opened { store, notice } = Store::open(Some(&folder))?;
    match notice {
        // With a copy, all that can be read is there to be read.
        None | Some(Notice::InMemory { has_copy: true, .. }) => {}
        Some(Notice::InMemory { why, .. }) => anyhow::bail!("{why}"),
        Some(notice) => output.say(format!("warning: {notice}")),
    }
    Ok(Some(store))
}

fn list(command: &History, store: Option<&Store>, output: &mut Output) -> anyhow::Result<()> {
    let search = command.search.join(" ");
    let mut left = match command.limit {
        0 => usize::MAX,
        limit => limit,
    };
    let mut before = None;
    while let Some(store) = store
        && output.is_read()
    {
        let page = PAGE.min(left);
        // One more than is shown says whether there are more.
        let mut entries = store.history(&search, before, page + 1)?;
        let has_more = entries.len() > page;
        entries.truncate(page);
        for entry in &entries {
            match command.format {
                HistoryFormat::Json => output.json(&object(entry)),
                HistoryFormat::Text => output.line(line(entry)),
            }
        }
        before = entries.last().map(|entry| entry.id).or(before);
        left -= entries.len();
        if !has_more {
            break;
        }
        if left == 0 {
            output.say("there are older ones: --limit N lists more, --limit 0 all");
            break;
        }
    }
    if before.is_none() {
        output.say(if search.trim().is_empty() {
            "nothing was sent yet"
        } else {
            "nothing was found"
        });
    }
    Ok(())
}

/// A message on a line: its number, when, what became of it, by which profile, to whom, and what.
fn line(entry: &Entry) -> String {
    let texts = [
        &entry.profile,
        &entry.to,
        entry.message_id.as_ref().unwrap_or(&String::new()),
        &entry.first_line,
    ]
    .map(|text| visible::line(text).into_owned());
    let [profile, to, message_id, first_line] = texts;
    format!(
        "{:>5}  {}  {:<8}  {profile}  {to}  {}{first_line}",
        entry.id.0,
        entry.started_local,
        outcome(entry),
        if message_id.is_empty() {
            message_id
        } else {
            message_id + "  "
        }
    )
}

/// What is known of a message, in words.
fn outcome(entry: &Entry) -> String {
    let state = entry.state.name();
    match entry.resolution {
        Some(Resolution::Sent) => format!("{state} (marked as sent)"),
        Some(Resolution::Again) => format!("{state} (sent again)"),
        Some(Resolution::Kept) | None => state.to_owned(),
    }
}

/// A message as an object: what `send` says of it, with when, by whom and to whom.
fn object(entry: &Entry) -> Value {
    let elapsed = entry.elapsed.map(|elapsed| elapsed.as_millis());
    json!({
        "id": entry.id.0,
        "sent_at": entry.started_utc,
        "file": entry.file,
        "profile": entry.profile,
        "gateway": entry.gateway.name(),
        "kind": entry.kind.name(),
        "to": entry.to,
        "first_line": entry.first_line,
        "outcome": entry.state.name(),
        "resolution": entry.resolution.map(Resolution::name),
        "message_id": entry.message_id,
        "status": entry.status,
        "attempts": entry.attempts,
        "elapsed_ms": elapsed.and_then(|elapsed| u64::try_from(elapsed).ok()),
        "error": entry.refusal.as_ref().map(report::error),
    })
}

/// The same with the message, the request and the answer.
fn whole_object(sent: &Sent) -> Whole {
    let mut object = object(&sent.entry);
    let message = file::write(&sent.draft, Format::Json);
    let message: Value = serde_json::from_str(&message).unwrap_or_default();
    let response = sent.response.as_ref().map(|response| {
        let raw = response.text();
        let json = response.compact();
        let json = json.and_then(|json| RawValue::from_string(json).ok());
        Answer {
            status: response.status,
            headers: headers(response),
            body: (json, raw.clone()),
            truncated: response.truncated,
            raw,
        }
    });
    if let Value::Object(keys) = &mut object {
        keys.insert("message".to_owned(), message);
        keys.insert("request".to_owned(), sent.request.to_json(MASK));
    }
    Whole {
        rest: object,
        response,
    }
}

/// The headers of an answer; one that is there several times is a list.
fn headers(response: &Response) -> Map<String, Value> {
    let mut headers = Map::new();
    for (name, value) in &response.headers {
        let value = Value::from(value.as_str());
        match headers.get_mut(name) {
            None => {
                headers.insert(name.clone(), value);
            }
            Some(Value::Array(values)) => values.push(value),
            Some(first) => *first = json!([first, value]),
        }
    }
    headers
}

/// A message with everything about it, for programs. The body of its answer is written as it came,
/// which a [`Value`] would not: a long number stays whole.
#[derive(Serialize)]
struct Whole {
    #[serde(flatten)]
    rest: Value,
    response: Option<Answer>,
}

/// An answer: its body as JSON where it is, else as a text, and as it came in `raw`.
#[derive(Serialize)]
struct Answer {
    status: u16,
    headers: Map<String, Value>,
    #[serde(serialize_with = "json_or_text")]
    body: (Option<Box<RawValue>>, String),
    truncated: bool,
    raw: String,
}

fn json_or_text<S: Serializer>(
    (json, text): &(Option<Box<RawValue>>, String),
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match json {
        Some(json) => json.serialize(serializer),
        None => text.serialize(serializer),
    }
}

/// A message with everything about it, for people.
fn show(sent: &Sent, is_raw: bool, output: &mut Output) {
    let entry = &sent.entry;
    let mut row = |name: &str, text: &str| {
        if !text.is_empty() {
            output.line(format!("{name:<9} {}", visible::line(text)));
        }
    };
    row("id", &entry.id.to_string());
    row("sent", &entry.started_local);
    row("profile", &format!("{} ({})", entry.profile, entry.gateway));
    row("to", &entry.to);
    row("kind", entry.kind.name());
    row("file", entry.file.as_deref().unwrap_or_default());
    row("outcome", &outcome(entry));
    row("message", entry.message_id.as_deref().unwrap_or_default());
    if let Some(elapsed) = entry.elapsed {
        let attempts = match entry.attempts {
            1 => "1 attempt".to_owned(),
            attempts => format!("{attempts} attempts"),
        };
        row(
            "took",
            &format!("{:.1} s, {attempts}", elapsed.as_secs_f32()),
        );
    }
    if let Some(refusal) = &entry.refusal {
        row(
            "error",
            format!("{} {}", refusal.code, refusal.message).trim(),
        );
        row("meaning", &refusal.explanation);
    } else if entry.state == SendState::Unknown {
        row("meaning", NOT_HEARD_OF);
    }
    output.line("");
    // A terminal is read by people, anything else by programs.
    let fit = |text: String, output: &Output| match output.is_terminal() {
        true => shortened(&text).into_owned(),
        false => text,
    };
    let request = fit(sent.request.to_http(MASK), output);
    output.text(&visible::lines(&request));
    let Some(response) = &sent.response else {
        return;
    };
    output.line(format!("\n{}", response.status));
    for (name, value) in &response.headers {
        output.line(format!("{}: {}", visible::line(name), visible::line(value)));
    }
    let body = match response.coded() {
        Some(coded) => format!("({coded})"),
        None if is_raw => response.text(),
        None => response.pretty(),
    };
    let body = fit(body, output);
    output.line(format!("\n{}", visible::lines(&body)));
    if response.truncated {
        output.say("the answer was cut short");
    }
}

const NOT_HEARD_OF: &str =
    "The program ended while it was under way. Look into the chat before you send it again.";
