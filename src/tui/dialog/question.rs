//! A question with choices: what is asked is data, so that a new question is a [`Subject`], what is said
//! of it, and what its answers do.

mod body;

use std::mem::{Discriminant, discriminant};
use std::path::PathBuf;
use std::time::Duration;

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;

use super::Dialog;
use super::doubt::Doubt;
use super::shape::{self, Look, Shape};
use crate::config::Profile;
use crate::gateway::Platform;
use crate::message::Draft;
use crate::store::{DraftId, SendId, Sent, Twin};
use crate::tui::action::Action;
use crate::tui::effect::Ticket;
use crate::tui::keep::Composed;
use crate::tui::theme::Theme;
use crate::tui::widget::glyph;
use ratatui::style::Style;

/// How many rows Page Up and Page Down scroll it.
const PAGE: isize = 4;

/// What is asked, with what its answers need.
#[derive(Debug, Clone)]
pub enum Subject {
    /// Whether to send.
    Confirm(Confirm),
    /// Errors are in the way of sending.
    Blocked {
        /// Whether it can be sent as it is.
        forceable: bool,
        /// Whether it could be sent as numbered text.
        numbered: bool,
    },
    /// Changes would be lost by what the person was about to do.
    Discard(Then),
    /// Changes of the file are kept that are not in it.
    Changes {
        /// The draft with the changes.
        id: DraftId,
        /// The file's name.
        name: String,
    },
    /// Another file has the name, or it was changed by another program.
    Replace {
        /// The file.
        path: PathBuf,
        /// Whether it is the message's own file, which was changed meanwhile.
        changed: bool,
    },
    /// What became of a message whose outcome is unknown.
    Doubt(Box<Doubt>),
    /// Whether to send such a message again.
    Again(Box<Sent>),
    /// Whether to send a message although the same was sent before, which was found as it was to leave.
    Twice(Box<Wanted>, Box<Twin>),
    /// Whether to throw away what waits in the queue of a profile.
    ClearQueue(String),
    /// Messages are on the way: whether to wait for their answers before the composer ends.
    Leave {
        /// Whether that was chosen, so that it ends with the last answer.
        waits: bool,
    },
    /// What was imported, by the dialog below, would take the place of changes.
    ReplaceDraft,
}

/// What waits for the answer whether changes may be lost.
#[derive(Debug, Clone)]
pub enum Then {
    /// A new message.
    New,
    /// Opening a file.
    Open,
    /// Composing a kept draft.
    Take(DraftId),
    /// Composing a message of the history again.
    Again(Box<Sent>),
}

impl Then {
    /// What it is, as the beginning of a sentence.
    pub const fn words(&self) -> &'static str {
        match self {
            Self::New => "A new message",
            Self::Open => "Opening a file",
            Self::Take(_) => "Opening another draft",
            Self::Again(_) => "A new draft",
        }
    }
}

/// The question before a send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirm {
    /// Whether errors are sent along on purpose.
    pub forced: bool,
    /// The same message, where it was sent before.
    pub earlier: Option<Twin>,
    /// Names the store's answer to the question for that.
    pub asked: Option<Ticket>,
    /// Whether the next message is begun then.
    pub next: bool,
}

/// A message that is wanted to be sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Wanted {
    /// What is sent.
    pub draft: Draft,
    /// The profile that it is sent through.
    pub profile: Profile,
    /// The name of its message file.
    pub file: Option<String>,
    /// The message of unknown outcome that it is sent in place of.
    pub again: Option<SendId>,
    /// Whether it is the message in the form.
    pub is_forms: bool,
    /// The draft that it is sent from, where that is another one than the form's.
    pub from: Option<Composed>,
}

/// What picking a choice does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// Nothing more.
    Cancel,
    /// Send.
    Send,
    /// Go to the first problem.
    Fix,
    /// Ask whether to send as it is.
    Force,
    /// Turn the message into numbered text.
    NumberedText,
    /// Go on, and lose the changes.
    Discard,
    /// Replace the file.
    Replace,
    /// Save under another name.
    SaveAs,
    /// Take the kept changes.
    TakeChanges,
    /// Compose what the file holds.
    TakeFile,
    /// The message was sent.
    MarkSent,
    /// Ask whether to send the message again.
    SendAgain,
    /// Look for the message in the chat's journal.
    LookUp,
    /// Nobody is asked about the message again.
    KeepUnknown,
    /// Throw away what waits.
    ClearQueue,
    /// End once the answers have come.
    Wait,
    /// End without the answers.
    QuitAnyway,
}

impl Choice {
    /// Its word.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Cancel => "Cancel",
            Self::Send => "Send",
            Self::Fix => "Fix",
            Self::Force => "Send as it is",
            Self::NumberedText => "As numbered text",
            Self::Discard => "Discard the changes",
            Self::Replace => "Replace it",
            Self::SaveAs => "Save as",
            Self::TakeChanges => "Take the changes",
            Self::TakeFile => "The file as it is",
            Self::MarkSent => "Mark as sent",
            Self::SendAgain => "Send again",
            Self::LookUp => "Look it up",
            Self::KeepUnknown => "Keep",
            Self::ClearQueue => "Clear the queue",
            Self::Wait => "Wait",
            Self::QuitAnyway => "Quit anyway",
        }
    }
}

/// How a text of a question is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// What is so.
    Text,
    /// What it is about.
    Title,
    /// What speaks for it.
    Ok,
    /// What speaks against it.
    Warning,
    /// What is wrong.
    Error,
}

impl Mood {
    const fn style(self, theme: &Theme) -> Style {
        match self {
            Self::Text => theme.text,
            Self::Title => theme.title,
            Self::Ok => theme.ok,
            Self::Warning => theme.warning,
            Self::Error => theme.error,
        }
    }
}

/// A part of what is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A text, in lines.
    Words(Mood, String),
    /// Labels, and what each says.
    Facts(Vec<(&'static str, String)>),
    /// A message as its recipient sees it, as much of it as has room.
    Bubble(Box<Draft>, Platform),
    /// An empty line.
    Blank,
    /// An empty line, where there is room.
    Air,
    /// A message that is on the way, since when.
    OnTheWay {
        /// Its recipient, as it can be shown.
        to: String,
        /// When it began.
        since: Duration,
    },
}

/// What is said of a question, and the choices that it offers, the safe one last.
#[derive(Debug, Clone, Default)]
pub struct Said {
    /// The title, between two blanks.
    pub title: &'static str,
    /// The parts, from the top.
    pub body: Vec<Part>,
    /// The choices, from left to right.
    pub choices: Vec<Choice>,
    /// The one that Enter takes at first; `None` where one has to be made.
    pub first: Option<Choice>,
    /// The one that is proposed.
    pub proposed: Option<Choice>,
}

/// A question with choices.
#[derive(Debug, Clone)]
pub struct Question {
    /// What is asked.
    pub subject: Subject,
    said: Option<Said>,
    chosen: Option<Choice>,
    /// Rows of the message that are scrolled out above.
    scroll: usize,
}

impl Question {
    /// A question of which nothing is said yet.
    pub const fn new(subject: Subject) -> Self {
        Self {
            subject,
            said: None,
            chosen: None,
            scroll: 0,
        }
    }

    /// Says something of it, at first or anew; what was chosen stays so.
    pub fn say(&mut self, said: Said) {
        if self.said.is_none() {
            self.chosen = said.first;
        }
        self.said = Some(said);
    }

    /// The choices that it offers.
    pub fn choices(&self) -> &[Choice] {
        self.said.as_ref().map_or(&[], |said| &said.choices)
    }

    /// The choice that Enter takes; `None` where one has to be made first.
    pub const fn chosen(&self) -> Option<Choice> {
        self.chosen
    }

    /// Makes a choice, knowing what is known now.
    pub fn choose(&mut self, choice: Option<Choice>) {
        self.chosen = choice;
        if let Subject::Doubt(doubt) = &mut self.subject {
            let found = doubt.found().filter(|_| choice.is_some());
            doubt.agreed = found.map(|found| found.message_id.clone());
        }
    }

    /// What was typed or pasted is meant for the message below: where a choice has to be made, it is not
    /// made any more, so that an Enter after it does nothing.
    pub fn disturbed(&mut self) {
        if self.is_open_ended() {
            self.choose(None);
        }
    }

    /// Whether a choice has to be made before Enter counts.
    const fn is_open_ended(&self) -> bool {
        matches!(self.subject, Subject::Doubt(_))
    }

    /// Whether it asks for the last time before a message is sent.
    pub const fn starts_a_send(&self) -> bool {
        matches!(
            self.subject,
            Subject::Confirm(_) | Subject::Again(_) | Subject::Twice(..)
        )
    }

    /// Which question it is, whatever is asked about.
    pub const fn sort(&self) -> Discriminant<Subject> {
        discriminant(&self.subject)
    }

    /// The choice at a place.
    pub fn choice_at(&self, look: &Look<'_>, at: Position) -> Option<Choice> {
        let (_, choices) = self.shape(look);
        let mut choices = choices.into_iter();
        choices
            .find(|(_, area)| area.contains(at))
            .map(|(choice, _)| choice)
    }

    fn shape(&self, look: &Look<'_>) -> (Shape, Vec<(Choice, Rect)>) {
        let width = shape::width(look.size);
        let room = width.saturating_sub(4);
        let (choices, rows) = body::in_rows(self.choices(), room);
        // What does not fit is cut, the choices stay.
        let most = usize::from(look.size.height.saturating_sub(4));
        let most = most.saturating_sub(1 + usize::from(rows));
        let parts = self.said.as_ref().map_or(&[][..], |said| &said.body);
        let mut body = self.body(look, parts, (usize::from(room), most));
        body.push(Line::default());
        let height = u16::try_from(body.len()).unwrap_or(0) + 2 + rows;
        let area = shape::centred(look.size, width, height);
        let (x, y) = (area.x + 2, area.bottom().saturating_sub(1 + rows));
        let choices = choices.into_iter().map(|(choice, place)| {
            let place = Rect {
                x: x + place.x,
                y: y + place.y,
                ..place
            };
            (choice, place)
        });
        let title = self.said.as_ref().map_or("", |said| said.title);
        (Shape { area, title, body }, choices.collect())
    }

    /// Its keys. Enter is among them once it counts.
    fn keys(&self, look: &Look<'_>) -> Vec<String> {
        let mut keys = Vec::new();
        if self.chosen.is_none() {
            keys.push("← → choose".to_owned());
            if look.is_open {
                keys[0].push_str(", then Enter");
            }
        } else if look.is_open {
            keys.push("Enter picks".to_owned());
        }
        let closes = if self.is_open_ended() {
            look.keymap
                .key(Action::Close)
                .map(|key| format!("{key}: later"))
        } else {
            look.keymap.hint(Action::Close, "closes")
        };
        keys.extend(closes);
        if self.starts_a_send() {
            keys.push("C cancels".to_owned());
        }
        if let Subject::Confirm(_) = self.subject {
            keys.push("L looks at it".to_owned());
        }
        keys
    }
}

impl Dialog for Question {
    fn scroll(&mut self, look: &Look<'_>, by: isize) {
        self.scroll_by(look, by);
    }

    fn area(&self, look: &Look<'_>) -> Rect {
        self.shape(look).0.area
    }

    fn draw(&self, look: &Look<'_>, frame: &mut Frame) {
        let (shape, choices) = self.shape(look);
        let buffer = frame.buffer_mut();
        shape.draw(look, buffer);
        let proposed = self.said.as_ref().and_then(|said| said.proposed);
        for (choice, area) in choices {
            let style = match Some(choice) == self.chosen {
                true if look.is_open => look.theme.selected,
                true => look.theme.dim,
                false => look.theme.text,
            };
            let sign = if proposed == Some(choice) { '✓' } else { ' ' };
            let words = format!("[{sign}{} ]", choice.title());
            glyph::put_cut(buffer, area, &words, style);
        }
        shape::draw_on_border(shape.area, &self.keys(look), look.theme.dim, buffer);
    }

    /// Left and right, up and down, or Tab: another choice.
    fn key(&mut self, look: &Look<'_>, key: KeyEvent) {
        let back = match key.code {
            KeyCode::Left | KeyCode::Up | KeyCode::BackTab => true,
            KeyCode::Right | KeyCode::Down | KeyCode::Tab => false,
            KeyCode::PageUp => return self.scroll_by(look, -PAGE),
            KeyCode::PageDown => return self.scroll_by(look, PAGE),
            _ => return self.disturbed(),
        };
        let choices = self.choices();
        let Some(last) = choices.len().checked_sub(1) else {
            return;
        };
        let at = choices
            .iter()
            .position(|&choice| Some(choice) == self.chosen);
        let next = match (at, back) {
            (None | Some(0), true) => last,
            (Some(at), true) => at - 1,
            (None, false) => 0,
            (Some(at), false) => (at + 1) % (last + 1),
        };
        self.choose(Some(choices[next]));
    }
}
