//! `wacompose payload`: the request that would send a message, whatever is wrong with it.

use tokio_util::sync::CancellationToken;

use super::args::{Payload, PayloadFormat};
use super::messages::{self, Messages};
use super::output::Output;
use super::picture::Plan;
use super::target::Chosen;
use super::{Exit, report};
use crate::config::Profile;
use crate::gateway::wire::Request;
use crate::secret::MASK;
use crate::visible;

/// What stands for a token that there is none of.
pub(super) const NO_TOKEN: &str = "<token>";

pub(super) fn run(command: &Payload, output: &mut Output) -> anyhow::Result<Exit> {
    let mut chosen = command.message.target.choose()?;
    if let Chosen::Profile(profile) = &mut chosen {
        name_sandbox(profile);
    }
    let messages = Messages::new(&command.message.fill);
    let Some(mut draft) = messages.read_or_report(&command.message.file, output) else {
        return Ok(Exit::Usage);
    };
    let file = messages::name(&command.message.file);
    let account = chosen.account();
    let mut problems = account.check(&draft);
    let plan = Plan::of(&chosen, command.allow_private);
    let cancel = CancellationToken::new();
    let carried_out = plan.carry_out(&mut draft, &command.message.file, output, &cancel);
    problems.extend(super::block_on(carried_out)?);
    for problem in &problems {
        output.say(report::problem_line(&file, problem));
    }
    let request = match account.encode(&draft) {
        Ok(request) => request,
        Err(unsupported) => {
            // The problem itself is among those above.
            for sentence in report::fallbacks(&unsupported.instead) {
                output.say(sentence);
            }
            return Ok(Exit::Invalid);
        }
    };
    print(&request, command.format, &token(&chosen, command)?, output);
    Ok(Exit::Done)
}

/// The sandbox gets its port when it starts, so that the place of the port is shown.
pub(super) fn name_sandbox(profile: &mut Profile) {
    if profile.is_sandbox() {
        "http://127.0.0.1:<port>".clone_into(&mut profile.account.base_url);
    }
}

/// What is shown in the token's place.
fn token(chosen: &Chosen, command: &Payload) -> anyhow::Result<String> {
    Ok(match chosen {
        Chosen::Profile(profile) if !profile.is_sandbox() => {
            if command.show_secrets {
                let token = super::block_on(profile.token.read())??;
                visible::line(token.reveal()).into_owned()
            } else {
                MASK.to_owned()
            }
        }
        Chosen::Profile(_) | Chosen::Gateway(_) => NO_TOKEN.to_owned(),
    })
}

fn print(request: &Request, format: PayloadFormat, token: &str, output: &mut Output) {
    match format {
        PayloadFormat::Json => output.pretty_json(&request.to_json(token)),
        PayloadFormat::Curl => output.line(request.to_curl(token)),
        PayloadFormat::Http => output.text(&request.to_http(token)),
    }
}
