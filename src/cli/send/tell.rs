//! What became of the messages of a `send`, told in words or as objects, and in the exit code.

use std::time::Duration;

use serde_json::Value;

use super::Sending;
use super::again::Delivered;
use super::letters::Letter;
use crate::cli::args::SendFormat;
use crate::cli::{Exit, report};
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

    /// Tells what became of a message.
    pub(super) fn tell(
        &mut self,
        letter: &Letter,
        main: &Delivered,
        duplicate: Option<&Delivered>,
    ) {
        self.json_of(letter, |account| {
            let mut object = main.object(&letter.file, account.gateway);
            if let (Some(duplicate), Value::Object(keys)) = (duplicate, &mut object) {
                let duplicate = duplicate.object(&letter.file, account.gateway);
                keys.insert("duplicate".to_owned(), duplicate);
            }
            object
        });
        self.tell_one(letter, "", main);
        if let Some(duplicate) = duplicate {
            self.tell_one(letter, "numbered text ", duplicate);
        }
        // the next one may take its time
        self.output.flush();
        if !self.output.is_read() {
            self.tell_aside(letter, "", main);
            if let Some(duplicate) = duplicate {
                self.tell_aside(letter, "numbered text ", duplicate);
            }
        }
    }

    /// Tells an outcome among the words for people, where standard output cannot be written.
    fn tell_aside(&mut self, letter: &Letter, what: &str, delivered: &Delivered) {
        if let Delivered::Tried(exchange, _) = delivered {
            let words = outcome_words(&exchange.outcome);
            self.output.say(format!("{}: {what}{words}", letter.file));
        }
    }

    fn tell_one(&mut self, letter: &Letter, what: &str, delivered: &Delivered) {
        match delivered {
            Delivered::Tried(exchange, _) => self.tell_tried(letter, what, exchange),
            Delivered::Before(twin) => self.tell_before(letter, what, twin),
            Delivered::Unnoted(why) => {
                self.exit = self.exit.worst(Exit::Usage);
                self.text(&letter.file, &format!("{what}rejected not-noted"));
                self.output.say(format!("{}: {why}", letter.file));
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
