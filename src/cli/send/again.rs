//! The same again at the prompt: a command is asked for, so that it sends and says so; with `--once` it
//! does not. And what a gateway's journal says of a message whose answer was lost.
//!
//! ```text
//! begin ─┬─ the same was accepted ─> --once: already-sent     else: a warning, and sent
//!        ├─ it may have been ──────> --once: unknown, exit 3  else: a warning, and sent
//!        └─ new ───────────────────> sent
//! ```

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::Value;

use super::letters::Letter;
use super::{Line, Sending};
use crate::cli::Exit;
use crate::cli::outbox::{Once, Outbox};
use crate::cli::report::{self, Warning};
use crate::gateway::journal::{Traced, Verdict};
use crate::gateway::wire::Request;
use crate::gateway::{Exchange, GatewayKind, Outcome, Refusal};
use crate::message::Draft;
use crate::store::{SendId, Twin, TwinState};
use crate::visible;

/// The word for what is not sent since it may have been before, as an error's code.
const SAME_AGAIN: &str = "same-again";

/// What became of a request.
pub(super) enum Delivered {
    /// It was tried; and what people were told before.
    Tried(Box<Exchange>, Vec<Warning>),
    /// It was not sent, as the same was sent before, or may have been.
    Before(Twin),
    /// It was not sent, as that could not be noted, and why.
    Unnoted(String),
}

impl Delivered {
    /// Whether the numbered text is to follow now.
    pub(super) fn calls_for_duplicate(&self) -> bool {
        match self {
            Self::Tried(exchange, _) => exchange.outcome.calls_for_duplicate(),
            Self::Before(twin) => twin.is_accepted(),
            Self::Unnoted(_) => false,
        }
    }

    /// The object that reports it.
    pub(super) fn object(&self, file: &str, gateway: GatewayKind) -> Value {
        match self {
            Self::Tried(exchange, warnings) => {
                let mut object = report::exchange(file, gateway, exchange);
                report::put_first(&mut object, warnings);
                object
            }
            Self::Before(twin) if twin.is_accepted() => {
                let id = twin.message_id.as_deref();
                let mut object = report::already_sent(file, gateway, id);
                report::put_first(&mut object, &[warning("", twin)]);
                object
            }
            Self::Before(twin) => {
                let warning = warning("", twin);
                let mut object = report::not_sent(file, gateway, SAME_AGAIN, &warning.message);
                object["outcome"] = "unknown".into();
                report::put_first(&mut object, &[warning]);
                object
            }
            Self::Unnoted(why) => report::not_sent(file, gateway, "not-noted", why),
        }
    }
}

fn warning(what: &str, twin: &Twin) -> Warning {
    Warning {
        rule: SAME_AGAIN,
        message: format!("{what}{twin}"),
    }
}

impl Sending<'_> {
    /// Says that the same was sent before.
    pub(super) fn warn_again(
        &mut self,
        line: &Line,
        file: &str,
        what: &str,
        request: &Request,
    ) -> Option<Warning> {
        let twin = line.outbox.same_again(&self.profile.name, request);
        let twin = match twin {
            Ok(twin) => twin?,
            Err(error) => {
                self.output.say(format!(
                    "warning: {file}: it is not known whether it was sent before: {error}"
                ));
                return None;
            }
        };
        let warning = warning(what, &twin);
        self.output.say(warning.line(file));
        Some(warning)
    }

    /// Begins a message that is not to be sent twice. One that may have been is looked up first, where
    /// its gateway can be asked.
    pub(super) async fn begin_once(
        &mut self,
        line: &mut Line,
        file: &str,
        message: (&Draft, &Request),
    ) -> Result<SendId, Delivered> {
        match line.outbox.begin_once(&self.profile, file, message) {
            Once::New(id) => Ok(id),
            Once::Before(twin) => Err(Delivered::Before(self.look_up(line, twin).await)),
            Once::Failed(why) => Err(Delivered::Unnoted(why)),
        }
    }

    /// What is known of a message of unknown outcome once its gateway's journal was asked.
    async fn look_up(&mut self, line: &mut Line, twin: Twin) -> Twin {
        let (Some(id), TwinState::Unknown) = (twin.id, twin.state) else {
            return twin;
        };
        let Some(sent) = line.outbox.sent(id) else {
            return twin;
        };
        let since = UNIX_EPOCH + Duration::from_millis(twin.started.unsigned_abs());
        let Some(Ok(traced)) = self.trace(line, &sent.request, since).await else {
            return twin;
        };
        match line.outbox.trace(id, traced) {
            Ok(Verdict::Taken(found)) => Twin {
                state: TwinState::Accepted,
                message_id: Some(found.message_id),
                ..twin
            },
            _ => twin,
        }
    }

    /// Asks the gateway's journal, where it has one, for a message whose outcome has just become unknown.
    pub(super) async fn follow(
        &mut self,
        line: &mut Line,
        (file, row): (&str, Option<SendId>),
        since: SystemTime,
        exchange: &mut Exchange,
    ) {
        if !matches!(exchange.outcome, Outcome::Unknown(_)) || line.cancel.is_cancelled() {
            return;
        }
        let Some(traced) = self.trace(line, &exchange.request, since).await else {
            return;
        };
        let verdict = match (traced, row) {
            (Ok(traced), Some(id)) => line.outbox.trace(id, traced),
            (Ok(traced), None) => Ok(traced.verdict()),
            (Err(refusal), _) if refusal.message.trim().is_empty() => Err(refusal.explanation),
            (Err(refusal), _) => Err(refusal.message),
        };
        let words = match verdict {
            Ok(Verdict::Taken(found)) => {
                let words = Verdict::Taken(found.clone()).to_string();
                let words = visible::line(&words);
                self.output.say(format!("{file}: no id came, and {words}"));
                exchange.outcome = Outcome::Accepted {
                    message_id: found.message_id,
                };
                return;
            }
            Ok(verdict) => format!("But {verdict}."),
            Err(why) => format!(
                "The chat's journal could not be read: {}.",
                why.trim_end_matches('.')
            ),
        };
        if let Outcome::Unknown(refusal) = &mut exchange.outcome {
            if !refusal.explanation.is_empty() {
                refusal.explanation.push('\n');
            }
            refusal.explanation.push_str(&words);
        }
    }

    async fn trace(
        &mut self,
        line: &Line,
        sent: &Request,
        since: SystemTime,
    ) -> Option<Result<Traced, Refusal>> {
        let account = &self.profile.account;
        account.journal_query(sent)?;
        self.output.progress("looking into the chat's journal …");
        let asking = line
            .client
            .trace(account, &line.token, sent, since, &line.cancel);
        Some(asking.await)
    }

    /// Tells what was not sent, as the same was before.
    pub(super) fn tell_before(&mut self, letter: &Letter, what: &str, twin: &Twin) {
        let warning = warning(what, twin);
        self.output.say(warning.line(&letter.file));
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
        let Ok(Some(twin)) = outbox.same_again(&self.profile.name, request) else {
            return false;
        };
        self.output.say(warning("", &twin).line(&letter.file));
        if self.command.once && !twin.is_accepted() {
            self.exit = self.exit.worst(Exit::Unknown);
        }
        self.command.once
    }
}
