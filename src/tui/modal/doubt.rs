//! The question what became of a message whose outcome is unknown.

use ratatui::text::{Line, Span};

use super::Choice;
use crate::failure::Failure;
use crate::gateway::journal::{Found, LookedUp};
use crate::store::{Entry, Sent};
use crate::tui::model::Model;
use crate::tui::widget::paragraph::wrapped;
use crate::visible;

/// From this height on, there is room for empty lines.
const ROOMY: u16 = 20;

/// What is said where the journal does not have the message.
const MISSING: &str = "The chat's journal does not have it. It takes up to two minutes to come there: look into the chat before you send it again.";

/// What is said where the journal has what may be the message, or not.
const OPEN: &str = "The chat's journal does not say whether it was taken: it looks like other messages there. Look into the chat.";

/// The question about one message.
#[derive(Debug, Clone)]
pub struct Doubt {
    /// The message.
    pub entry: Entry,
    /// What the gateway's journal says.
    pub look_up: LookUp,
    /// What was chosen; whoever is typing something else has not, and their Enter does nothing.
    pub choice: Option<Choice>,
    /// The id that was proposed when that was chosen.
    pub agreed: Option<String>,
}

/// What a gateway's journal says of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LookUp {
    /// It has none, or its profile is gone.
    Impossible,
    /// It was not asked yet.
    Possible,
    /// It is being asked.
    Running,
    /// What may be the message.
    Done(LookedUp),
    /// It could not be asked.
    Failed(Failure),
}

impl Doubt {
    /// What is most likely the message.
    pub fn found(&self) -> Option<&Found> {
        match &self.look_up {
            LookUp::Done(looked_up) => looked_up.likely.first(),
            _ => None,
        }
    }

    pub(super) fn choices(&self) -> Vec<Choice> {
        let mut choices = vec![Choice::MarkSent, Choice::SendAgain, Choice::KeepUnknown];
        if matches!(self.look_up, LookUp::Possible | LookUp::Failed(_)) {
            choices.insert(2, Choice::LookUp);
        }
        choices
    }

    /// Where the choice is that was made.
    pub(super) fn chosen(&self) -> Option<usize> {
        let mut choices = self.choices().into_iter();
        choices.position(|choice| Some(choice) == self.choice)
    }

    /// Makes a choice, knowing what is known now.
    pub(super) fn choose(&mut self, chosen: usize) {
        self.choice = self.choices().get(chosen).copied();
        self.agreed = self.found().map(|found| found.message_id.clone());
    }

    /// Takes the choice back.
    pub fn choose_nothing(&mut self) {
        (self.choice, self.agreed) = (None, None);
    }

    /// The choice that is proposed.
    pub(super) fn proposed(&self) -> Option<Choice> {
        self.found().map(|_| Choice::MarkSent)
    }
}

pub(super) fn body(model: &Model, doubt: &Doubt, width: usize) -> Vec<Line<'static>> {
    let entry = &doubt.entry;
    let why = if entry.ended.is_none() {
        "The program ended while this message was being sent. It is not known whether the gateway took it."
    } else {
        "No answer came for this message: it is not known whether the gateway took it."
    };
    let mut lines = wrapped(why, width, model.theme.text);
    // Where there is little room, all of it is for words.
    let air = usize::from(model.size.height >= ROOMY);
    lines.extend(vec![Line::default(); air]);
    let (words, style) = match &doubt.look_up {
        LookUp::Impossible | LookUp::Possible => (
            "Look into the chat before you decide.".to_owned(),
            model.theme.text,
        ),
        LookUp::Running => (
            "Looking into the chat's journal …".to_owned(),
            model.theme.text,
        ),
        LookUp::Done(looked_up) => match looked_up.likely.first() {
            Some(found) => (proposal(found), model.theme.ok),
            None if looked_up.is_missing() => (MISSING.to_owned(), model.theme.warning),
            None => (OPEN.to_owned(), model.theme.warning),
        },
        LookUp::Failed(why) => (
            format!(
                "The chat's journal could not be read: {}",
                visible::line(why)
            ),
            model.theme.warning,
        ),
    };
    lines.extend(wrapped(&words, width, style));
    lines.extend(vec![Line::default(); air]);
    lines.extend(facts(model, entry, width));
    lines
}

fn proposal(found: &Found) -> String {
    let id = visible::line(&found.message_id);
    let status = found.status.as_deref().map(visible::line);
    let place = match (found.time, status) {
        (None, _) => format!("It waits in the gateway's queue as {id}."),
        (Some(_), Some(status)) => {
            format!("The chat's journal has it as {id} ({status}).")
        }
        (Some(_), None) => format!("The chat's journal has it as {id}."),
    };
    format!("✓ {place} Proposed: mark it as sent.")
}

/// Who was to get what, when and how.
fn facts(model: &Model, entry: &Entry, width: usize) -> Vec<Line<'static>> {
    let through = format!("{} ({})", entry.profile, entry.gateway);
    let rows = [
        ("To", entry.to.as_str()),
        ("Text", entry.first_line.as_str()),
        ("Kind", entry.kind.name()),
        ("Through", &through),
        ("At", &entry.started_local),
    ];
    let mut lines = Vec::new();
    for (label, value) in rows {
        let value = visible::line(value);
        let rows = wrapped(&value, width.saturating_sub(9), model.theme.title);
        for (index, line) in rows.into_iter().take(2).enumerate() {
            let label = if index == 0 { label } else { "" };
            let mut spans = vec![Span::styled(format!("{label:<9}"), model.theme.text)];
            spans.extend(line.spans);
            lines.push(Line::from(spans));
        }
    }
    lines
}

pub(super) fn again_body(model: &Model, sent: &Sent, width: usize) -> Vec<Line<'static>> {
    let mut lines = facts(model, &sent.entry, width);
    lines.push(Line::default());
    lines.extend(wrapped(
        "! It may have been sent already: then it arrives twice.",
        width,
        model.theme.warning,
    ));
    lines
}
