//! `wacompose status`: whether a profile's gateway can send, and how many messages wait in its queue.

use clap::{Args, ValueEnum};
use serde_json::json;

use super::output::Output;
use super::{Exit, interrupt, target};
use crate::config::Profile;
use crate::dispatch::Connections;
use crate::gateway::state::{self, State};
use crate::visible;

/// What can be written after `wacompose status`.
#[derive(Debug, Args)]
pub(super) struct Status {
    /// The profile to ask [default: the configuration's default profile]
    #[arg(long, value_name = "NAME")]
    pub profile: Option<String>,
    /// How to write the result
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: Format,
}

/// How the result is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// A line for people
    Text,
    /// One JSON object: profile, gateway, state, ready, queue, explanation
    Json,
}

/// What a gateway says of itself.
struct Answer {
    status: state::Status,
    /// How many messages wait for the phone, where the gateway says so.
    queue: Option<usize>,
}

pub(super) fn run(command: &Status, output: &mut Output) -> anyhow::Result<Exit> {
    let mut profile = target::profile(command.profile.as_deref())?;
    let answer = super::block_on(ask(profile.clone(), output))??;
    let Answer { status, queue } = &answer;
    profile.account.learn(&status.about);
    let ready = status.state.is_ready();
    match command.format {
        Format::Json => {
            let explanation = Some(status.meaning.as_str()).filter(|words| !words.is_empty());
            let mut object = json!({
                "profile": profile.name,
                "gateway": profile.account.gateway.name(),
                "state": status.name(),
                "ready": ready,
                "queue": queue,
                "explanation": explanation,
            });
            for (name, value) in profile.account.about() {
                object[name] = value.into();
            }
            output.json(&object);
        }
        Format::Text => {
            output.line(line(&profile, &answer));
            if !status.meaning.is_empty() {
                output.say(visible::lines(&status.meaning));
            }
        }
    }
    Ok(match ready {
        Some(true) => Exit::Done,
        Some(false) => Exit::Invalid,
        None => Exit::Unknown,
    })
}

/// `support: not connected (notAuthorized), 3 messages wait in the queue`
fn line(profile: &Profile, answer: &Answer) -> String {
    let Answer { status, queue } = answer;
    let label = status.state.label();
    let word = match status.word.as_str() {
        "" => String::new(),
        word if word == label => String::new(),
        word => format!(" ({})", visible::line(word)),
    };
    let queue = match queue {
        None => String::new(),
        Some(0) => ", the queue is empty".to_owned(),
        Some(1) => ", 1 message waits in the queue".to_owned(),
        Some(many) => format!(", {many} messages wait in the queue"),
    };
    let name = visible::line(&profile.name);
    let about = match profile.account.about_words() {
        words if words.is_empty() => words,
        words => format!(", {words}"),
    };
    format!("{name}: {label}{word}{queue}{about}")
}

async fn ask(profile: Profile, output: &mut Output) -> anyhow::Result<Answer> {
    let connection = Connections::default().open(profile).await?;
    let (client, token) = (&connection.client, &connection.token);
    let cancel = interrupt::cancelled()?;
    let account = &connection.profile.account;
    output.progress(&format!("asking {} …", account.gateway.title()));
    let status = client.status(account, token, &cancel).await;
    // A gateway that did not let anybody in has no queue to show.
    let is_asked = !matches!(
        status.state,
        State::NoAccess | State::Unreachable | State::NotAsked
    );
    let queue = if is_asked && account.queue_query().is_some() {
        client.queue(account, token, &cancel).await.ok()
    } else {
        None
    };
    Ok(Answer {
        status,
        queue: queue.map(|queue| queue.len()),
    })
}
