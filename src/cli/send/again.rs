//! The same again at the prompt: a command is asked for, so that it sends and says so; with `--once` it
//! does not. And what a gateway's journal says of a message whose answer was lost.
//!
//! ```text
//! begin ─┬─ the same was accepted ─> --once: already-sent     else: a warning, and sent
//!        ├─ it may have been ──────> --once: unknown, exit 3  else: a warning, and sent
//!        └─ new ───────────────────> sent
//! ```

use serde_json::Value;

use super::Sending;
use super::letters::Letter;
use crate::cli::Exit;
use crate::cli::report::{self, Warning};
use crate::dispatch::{Delivered, NoteError, Outbox, Part, Tried, now};
use crate::gateway::journal::Verdict;
use crate::gateway::wire::Request;
use crate::gateway::{GatewayKind, Outcome};
use crate::store::{Twin, TwinState};
use crate::visible;

/// The word for what is not sent since it may have been before, as an error's code.
const SAME_AGAIN: &str = "same-again";

/// The object that reports what became of a request, with what people were told before.
pub(super) fn object(
    delivered: &Delivered,
    warnings: &[Warning],
    file: &str,
    gateway: GatewayKind,
) -> Value {
    match delivered {
        Ok(tried) => {
            let mut object = report::exchange(file, gateway, &tried.exchange);
            report::put_first(&mut object, warnings);
            object
        }
        Err(NoteError::SentBefore(twin)) if twin.is_accepted() => {
            let id = twin.message_id.as_deref();
            let mut object = report::already_sent(file, gateway, id);
            report::put_first(&mut object, &[same_again(Part::Main, twin)]);
            object
        }
        Err(NoteError::SentBefore(twin)) => {
            let warning = same_again(Part::Main, twin);
            let mut object = report::not_sent(file, gateway, SAME_AGAIN, &warning.message);
            object["outcome"] = "unknown".into();
            report::put_first(&mut object, &[warning]);
            object
        }
        Err(why) => report::not_sent(file, gateway, "not-noted", &unnoted(why)),
    }
}

/// That the same was sent before.
pub(super) fn same_again(part: Part, twin: &Twin) -> Warning {
    Warning {
        rule: SAME_AGAIN,
        message: format!("{}{twin}", prefix(part)),
    }
}

/// What is put before words about one of the two that go out.
pub(super) const fn prefix(part: Part) -> &'static str {
    match part {
        Part::Main => "",
        Part::NumberedText => "numbered text ",
    }
}

/// Why a message was not sent that is to be sent once only.
pub(super) fn unnoted(why: &NoteError) -> String {
    match why {
        NoteError::Store(why) => {
            format!("not sent, as the history would not know of it the next time: {why}")
        }
        why => why.to_string(),
    }
}

impl Sending<'_> {
    /// Tells what a gateway's journal says of a message whose outcome became unknown; a warning where
    /// it was taken and reaches nobody.
    pub(super) fn tell_traced(&mut self, file: &str, tried: &mut Tried) -> Option<Warning> {
        let words = match &tried.traced {
            None => return None,
            Some(Ok(verdict @ Verdict::Taken(found))) => {
                let words = verdict.to_string();
                let words = visible::line(&words);
                self.output.say(format!("{file}: no id came, and {words}"));
                let warning = Warning::from(found.undelivered()?);
                self.output.say(warning.line(file));
                return Some(warning);
            }
            Some(Ok(verdict)) => format!("But {verdict}."),
            Some(Err(why)) => format!("The chat's journal could not be read: {}.", why.title),
        };
        if let Outcome::Unknown(refusal) = &mut tried.exchange.outcome {
            if !refusal.explanation.is_empty() {
                refusal.explanation.push('\n');
            }
            refusal.explanation.push_str(&words);
        }
        None
    }

    /// Tells what was not sent, as the same was before.
    pub(super) fn tell_before(&mut self, letter: &Letter, part: Part, twin: &Twin) {
        let what = prefix(part);
        self.output.say(same_again(part, twin).line(&letter.file));
        if twin.is_accepted() {
            let id = visible::line(twin.message_id.as_deref().unwrap_or_default());
            let line = format!("{what}already-sent {id}");
            self.text(&letter.file, line.trim_end());
            return;
        }
        self.exit = self.exit.worst(Exit::Unknown);
        self.text(&letter.file, &format!("{what}unknown {SAME_AGAIN}"));
        let words = if twin.state == TwinState::UnderWay {
            "It was not sent a second time: wait for the answer of the first one."
        } else {
            "It was not sent a second time. Look into the chat; then set its outcome in the composer's \
             history, or send it without --once."
        };
        self.output.say(words);
    }

    /// Whether a dry run leaves a request out, as `--once` does not send it. What was sent before is
    /// told.
    pub(super) fn is_left_out(
        &mut self,
        letter: &Letter,
        request: &Request,
        outbox: &Outbox,
    ) -> bool {
        let Ok(Some(twin)) = outbox.twin(&self.profile.name, request, now()) else {
            return false;
        };
        let warning = same_again(Part::Main, &twin);
        self.output.say(warning.line(&letter.file));
        if self.command.once && !twin.is_accepted() {
            self.exit = self.exit.worst(Exit::Unknown);
        }
        self.command.once
    }
}
