//! What became of the messages of a `send`, told in words or as objects, and in the exit code.

use std::time::Duration;

use serde_json::Value;

use super::Sending;
use super::again::{object, prefix, unnoted};
use super::letters::Letter;
use crate::cli::Exit;
use crate::cli::args::SendFormat;
use crate::cli::report::{self, Warning};
use crate::dispatch::{Delivered, NoteError, Part, Sent};
use crate::gateway::{Account, Exchange, Outcome, Refusal};
use crate::visible;

impl Sending<'_> {
    /// Tells that a message was not tried.
    pub(super) fn refuse(&mut self, letter: &Letter, code: &str, message: &str) {
        self.exit = self.exit.worst(Exit::Invalid);
        self.json_of(letter, |account| {
            report::not_sent(&letter.file, account.gateway, code, message)
        });
        self.text(&letter.file, &format!("rejected {code}"));
    }

    /// Tells what became of a message, and puts what people were told of it in its object.
    pub(super) fn tell(&mut self, letter: &Letter, sent: &Sent, warnings: &[(Part, Warning)]) {
        let text = sent.numbered_text.as_ref();
        let parts = std::iter::once((Part::Main, &sent.main));
        let parts: Vec<_> = parts
            .chain(text.map(|text| (Part::NumberedText, text)))
            .collect();
        self.json_of(letter, |account| {
            let mut objects = parts.iter().map(|&(part, delivered)| {
                let own = warnings.iter().filter(|(of, _)| *of == part);
                let own: Vec<Warning> = own.map(|(_, warning)| warning.clone()).collect();
                object(delivered, &own, &letter.file, account.gateway)
            });
            let mut main = objects.next().unwrap_or_default();
            if let Some(text) = objects.next() {
                main["duplicate"] = text;
            }
            main
        });
        for &(part, delivered) in &parts {
            self.tell_one(letter, part, delivered);
        }
        // the next one may take its time
        self.output.flush();
        // Nobody reads the result: the outcome is among the words for people.
        for (part, delivered) in parts {
            if let (false, Ok(tried)) = (self.output.is_read(), delivered) {
                let (what, words) = (prefix(part), outcome_words(&tried.exchange.outcome));
                self.output.say(format!("{}: {what}{words}", letter.file));
            }
        }
    }

    fn tell_one(&mut self, letter: &Letter, part: Part, delivered: &Delivered) {
        match delivered {
            Ok(tried) => self.tell_tried(letter, prefix(part), &tried.exchange),
            Err(NoteError::SentBefore(twin)) => self.tell_before(letter, part, twin),
            Err(why) => {
                self.exit = self.exit.worst(Exit::Usage);
                let what = prefix(part);
                self.text(&letter.file, &format!("{what}rejected not-noted"));
                self.output
                    .say(format!("{}: {}", letter.file, unnoted(why)));
            }
        }
    }

    fn tell_tried(&mut self, letter: &Letter, what: &str, exchange: &Exchange) {
        self.exit = self.exit.worst(match exchange.outcome {
            Outcome::Accepted { .. } => Exit::Done,
            Outcome::Rejected(_) => Exit::Invalid,
            Outcome::Unknown(_) => Exit::Unknown,
        });
        let words = outcome_words(&exchange.outcome);
        self.text(&letter.file, &format!("{what}{words}"));
        if let Some(refusal) = exchange.outcome.refusal() {
            self.explain(refusal, exchange.elapsed);
        }
    }

    fn explain(&mut self, refusal: &Refusal, elapsed: Duration) {
        let who = self.profile.account.gateway.title();
        let message = visible::line(&refusal.message);
        if !message.is_empty() {
            let seconds = elapsed.as_secs_f32();
            self.output
                .say(format!("{who}: {message} (after {seconds:.1} s)"));
        }
        if !refusal.explanation.is_empty() {
            self.output.say(visible::lines(&refusal.explanation));
        }
        for sentence in report::fallbacks(&refusal.instead) {
            self.output.say(sentence);
        }
    }

    /// The object of a message, with what people were told of it before.
    pub(super) fn json_of(&mut self, letter: &Letter, object: impl FnOnce(&Account) -> Value) {
        self.json(|account| {
            let mut object = object(account);
            report::put_first(&mut object, &letter.warnings);
            object
        });
    }

    pub(super) fn json(&mut self, object: impl FnOnce(&Account) -> Value) {
        if self.command.format == SendFormat::Json {
            self.output.json(&object(&self.profile.account));
        }
    }

    /// A line of the result, with the file's name where there are several.
    pub(super) fn text(&mut self, file: &str, line: &str) {
        if self.command.format == SendFormat::Text {
            if self.has_several {
                self.output.line(format!("{file}: {line}"));
            } else {
                self.output.line(line);
            }
        }
    }
}

/// An outcome with the message's id, or the code of the refusal.
fn outcome_words(outcome: &Outcome) -> String {
    let result = match outcome {
        Outcome::Accepted { message_id } => message_id,
        Outcome::Rejected(refusal) | Outcome::Unknown(refusal) => &refusal.code,
    };
    let words = format!("{} {}", outcome.name(), visible::line(result));
    words.trim_end().to_owned()
}
