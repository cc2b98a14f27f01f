//! A message whose send has ended, as the strip and the list of the last ones show it.

use ratatui::style::Style;
use ratatui::text::Line;

use super::effect::Ticket;
use super::event::Sent;
use super::outcome::{AnswerView, answer};
use super::theme::Theme;
use super::widget::paragraph::wrapped;
use crate::gateway::Outcome;
use crate::message::phone::spelled;
use crate::message::recipient::Recipient;
use crate::store::{Entry, SendId};
use crate::visible;

/// What became of a message, in short.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Became {
    /// The gateway took it, or somebody marked it as sent.
    Sent,
    /// The gateway refused it.
    Refused,
    /// It did not reach the gateway.
    NotSent,
    /// Nobody knows.
    Unknown,
}

/// A message whose send has ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Ended {
    /// The name of the send.
    pub ticket: Ticket,
    /// Its number in the history.
    pub id: Option<SendId>,
    /// Its recipient, as it can be shown.
    pub to: String,
    /// When it was begun, in the time of this machine: `11:08`; empty where that is not known.
    pub at: String,
    /// The profile's name.
    pub profile: String,
    /// What became of it.
    pub became: Became,
    /// What was answered, while it is one of the last ones.
    pub sent: Option<Sent>,
    /// Whether somebody looked at that.
    pub is_seen: bool,
}

impl Became {
    /// What became of a message.
    pub fn of(sent: &Sent) -> Self {
        match sent {
            Sent::NotTried(_) => Self::NotSent,
            Sent::Tried { main, .. } => match &main.outcome {
                Outcome::Accepted { .. } => Self::Sent,
                Outcome::Unknown(_) => Self::Unknown,
                Outcome::Rejected(_) if main.response.is_none() => Self::NotSent,
                Outcome::Rejected(_) => Self::Refused,
            },
        }
    }

    /// Its sign.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Sent => "✓",
            Self::Refused => "✗",
            Self::NotSent => "–",
            Self::Unknown => "?",
        }
    }

    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Refused => "refused",
            Self::NotSent => "not sent",
            Self::Unknown => "unknown",
        }
    }

    /// The style of its sign.
    pub const fn style(self, theme: &Theme) -> Style {
        match self {
            Self::Sent => theme.ok,
            Self::Refused | Self::NotSent => theme.error,
            Self::Unknown => theme.warning,
        }
    }
}

impl Ended {
    /// A message that waited for its turn when its composer ended.
    pub fn never_begun(entry: &Entry) -> Self {
        Self {
            ticket: Ticket::default(),
            id: Some(entry.id),
            to: Self::name_of(entry),
            at: String::new(),
            profile: entry.profile.clone(),
            became: Became::NotSent,
            sent: None,
            is_seen: false,
        }
    }

    /// The recipient of a message of the history, as it can be shown.
    pub fn name_of(entry: &Entry) -> String {
        let to = match entry.to.parse::<Recipient>() {
            Ok(Recipient::User(digits)) => spelled(&digits),
            Ok(other) => other.to_string(),
            Err(_) => entry.to.clone(),
        };
        visible::line(&to).into_owned()
    }

    /// Its time and its recipient, where they are known.
    pub fn whom(&self) -> String {
        format!("{} {}", self.at, self.to).trim().to_owned()
    }

    /// Everything that is known of it.
    pub fn lines(&self, theme: &Theme, view: AnswerView, width: usize) -> Vec<Line<'static>> {
        let (sign, word) = (self.became.sign(), self.became.word());
        let mut head = format!("{sign} {} {word}", self.whom());
        if let Some(Outcome::Accepted { message_id }) = self.sent.as_ref().and_then(Sent::outcome) {
            head = format!("{head} as {message_id}");
        }
        let head = visible::line(&head).into_owned();
        let mut lines = wrapped(&head, width, self.became.style(theme));
        let through = format!("through {}", self.profile);
        lines.extend(wrapped(&visible::line(&through), width, theme.dim));
        match &self.sent {
            None => {
                let words = if self.became == Became::NotSent {
                    "Nothing of it left: its draft is in the list of drafts."
                } else {
                    "Its answer is in the history."
                };
                lines.extend(wrapped(words, width, theme.text));
            }
            Some(Sent::NotTried(why)) => lines.extend(wrapped(&why.on_lines(), width, theme.text)),
            Some(Sent::Tried { main, .. }) => {
                if let Some(refusal) = main.outcome.refusal() {
                    let why = [&*refusal.message, &*refusal.explanation].join("\n");
                    let why = visible::lines(why.trim_end()).into_owned();
                    lines.extend(wrapped(&why, width, theme.text));
                }
                if let Some(response) = &main.response {
                    lines.extend(answer(theme, view, response, width));
                }
            }
        }
        lines
    }
}
