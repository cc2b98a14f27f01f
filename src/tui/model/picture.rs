//! A catalog's picture, as far as it is loaded.
//!
//! ```text
//! none ─ named ─> waiting ─ a pause, or another field ─> loading ─┬─> ready
//!   └──────────── named anew, whatever it was ────────────┘       └─> failed
//! ```

use crate::failure::Failure;
use std::path::PathBuf;
use std::time::Duration;

use crate::message::Field;
use crate::message::check::Problem;
use crate::tui::effect::Ticket;
use crate::tui::event::Thumbnail;
use crate::tui::graphics::Drawn;
use crate::tui::widget::pixels::Pixels;
use crate::tui::widget::spinner::FRAME;

/// The picture of the draft.
#[derive(Debug, Default)]
pub struct Picture {
    pub(crate) wanted: Option<Wanted>,
    /// How far it is.
    pub state: State,
    /// What is drawn of it, at the size that it was fitted to.
    pub pixels: Option<Pixels>,
    /// The same in the terminal's own graphics, where it has any.
    pub drawn: Option<Drawn>,
}

/// Which picture, and where it may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wanted {
    pub(crate) name: String,
    pub(crate) folder: PathBuf,
    pub(crate) allow_private: bool,
}

/// How far a picture is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum State {
    /// None is named.
    #[default]
    None,
    /// It is loaded once nothing is typed any more.
    Waiting {
        /// The time at which it begins, by the composer's clock.
        due: Duration,
    },
    /// It is being loaded.
    Loading {
        /// Which loading.
        ticket: Ticket,
        /// When it began.
        since: Duration,
        /// The bytes that came so far, and how many there are, where that is known.
        received: Option<(u64, Option<u64>)>,
    },
    /// It is there.
    Ready(Box<Thumbnail>),
    /// It cannot be had, and why.
    Failed(Failure),
}

impl Picture {
    /// The thumbnail, once it is ready.
    pub fn ready(&self) -> Option<&Thumbnail> {
        match &self.state {
            State::Ready(thumbnail) => Some(thumbnail),
            _ => None,
        }
    }

    /// Whether it is still to come.
    pub const fn is_coming(&self) -> bool {
        matches!(self.state, State::Waiting { .. } | State::Loading { .. })
    }

    /// When something changes by itself.
    pub(crate) fn next_wake(&self, now: Duration) -> Option<Duration> {
        match self.state {
            State::Waiting { due } => Some(due),
            State::Loading { .. } => Some(now + FRAME),
            State::None | State::Ready(_) | State::Failed(_) => None,
        }
    }

    /// What is wrong with it, or lost in it.
    pub(crate) fn problems(&self) -> Vec<Problem> {
        match &self.state {
            State::Failed(why) => vec![Problem::error(Field::Thumbnail, why.title.clone())],
            State::Ready(thumbnail) => {
                let warnings = thumbnail.warnings.iter();
                warnings
                    .map(|words| Problem::warning(Field::Thumbnail, words.clone()))
                    .collect()
            }
            _ => Vec::new(),
        }
    }
}
