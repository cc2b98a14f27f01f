//! What the screen shows: plain data with its own small methods, and what is worked out from it. No
//! updating, no drawing and no I/O.

pub mod composer;
pub mod delivery;
pub mod find;
pub mod findings;
pub mod followed;
pub mod guard;
pub mod history;
pub mod keeping;
pub mod link;
pub mod mark;
mod message;
pub mod picture;
pub mod pointer;
pub mod recheck;
pub mod recipients;
pub mod saving;
pub mod sends;
pub mod snapshot;
pub mod standing;
pub mod toast;
pub mod touched;
pub mod under_way;
pub mod values;

use std::path::PathBuf;
use std::time::Duration;

use ratatui::layout::Size;

use self::composer::Composer;
use self::delivery::Delivery;
use self::find::Find;
pub use self::findings::Findings;
use self::followed::Followed;
use self::guard::Guard;
use self::history::History;
use self::keeping::{DELAY, Keeping};
use self::link::Asked;
pub use self::link::Link;
use self::mark::Mark;
use self::picture::Picture;
use self::pointer::Pointer;
use self::recheck::Recheck;
use self::recipients::Recipients;
use self::saving::Saving;
use self::sends::Sends;
use self::snapshot::Snapshot;
use self::toast::{Toast, Tone};
use self::touched::Touched;
use self::values::Values;
use super::dialog::{Finder, Look, Modal};
use super::effect::{Effect, Ticket};
use super::focus::Focus;
use super::graphics::Graphics;
use super::keymap::Keymap;
use super::outcome::AnswerView;
use super::recent::Recent;
use super::theme::Theme;
use crate::config::{Profile, TokenSource};
use crate::gateway::{Account, GatewayKind, Platform};
use crate::message::{Draft, Field, Message};

/// The right-hand tabs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Tab {
    /// What the recipient sees.
    #[default]
    Preview,
    /// The exact request.
    Payload,
    /// What is wrong.
    Problems,
    /// What was answered.
    Response,
    /// What each gateway would make of it.
    Gateways,
}

/// What the screen is for just now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum View {
    /// Composing.
    #[default]
    Compose,
    /// Looking at what was sent.
    History,
}

/// What the composer starts with.
#[derive(Debug, Clone)]
pub struct Setup {
    /// What to compose.
    pub draft: Draft,
    /// The file that it came from.
    pub file: Option<PathBuf>,
    /// The text of that file.
    pub source: Option<String>,
    /// The message that a reply answers, where its file is named.
    pub quoted: Option<Draft>,
    /// Whether the draft only stands in for the one that was last in use.
    pub resume: bool,
    /// Every profile there is, at least one.
    pub profiles: Vec<Profile>,
    /// The one to use.
    pub profile: usize,
    /// The keys.
    pub keymap: Keymap,
    /// The styles.
    pub theme: Theme,
    /// The terminal's size.
    pub size: Size,
    /// Whether pictures may be on private networks, whatever the profile says.
    pub allow_private: bool,
    /// How pictures are shown.
    pub graphics: Graphics,
    /// The folder that relative paths are in.
    pub folder: PathBuf,
}

/// The state.
#[derive(Debug)]
pub struct Model {
    /// The draft and its editors.
    pub composer: Composer,
    /// Where the keys go.
    pub focus: Focus,
    /// Where in the form they went last.
    pub last_field: Focus,
    /// The tab on the right.
    pub tab: Tab,
    /// Rows of the tab that are scrolled out above.
    pub scroll: usize,
    /// What is looked for there.
    pub find: Find,
    /// Rows of the form that are scrolled out above.
    pub(crate) form_scroll: usize,
    /// What was given for the variables.
    pub(crate) values: Values,
    /// The message that a reply answers, where its file was named.
    pub(crate) quoted: Option<Draft>,
    /// The draft's picture.
    pub picture: Picture,
    /// Whether pictures may be on private networks, whatever the profile says.
    pub(crate) allow_private: bool,
    /// How pictures are shown.
    pub graphics: Graphics,
    /// The folder that the composer was started in.
    pub(crate) folder: PathBuf,
    /// The draft with its variables filled in, where that makes a difference.
    pub(crate) filled: Option<Draft>,
    /// The problem that is selected.
    pub selected_problem: usize,
    /// The gateway that is selected in its tab.
    pub selected_gateway: GatewayKind,
    /// The dialogs, the top one last.
    pub modals: Vec<Modal>,
    /// Keeps keys from answering what nobody has read.
    pub guard: Guard,
    /// When the store is asked again about the same message, which is on its way.
    pub(crate) recheck: Recheck,
    /// Short messages, the newest last.
    pub toasts: Vec<Toast>,
    /// Every profile.
    pub profiles: Vec<Profile>,
    /// The one in use.
    pub profile: usize,
    /// How it stands.
    pub link: Link,
    /// What waits or is on its way.
    pub sends: Sends,
    /// What was sent last, and what became of it.
    pub delivery: Option<Delivery>,
    /// What the form held when it was sent last.
    pub(crate) mark: Option<Mark>,
    /// What follows from the draft.
    pub findings: Findings,
    /// How answers are shown.
    pub answers: AnswerView,
    /// The platform of the preview.
    pub platform: Platform,
    /// The file of the draft.
    pub file: Option<PathBuf>,
    /// The keys.
    pub keymap: Keymap,
    /// The styles.
    pub theme: Theme,
    /// The terminal's size.
    pub size: Size,
    /// The time of the last event.
    pub now: Duration,
    /// The draft as it is in its file.
    pub(crate) filed: Snapshot,
    /// The text of that file.
    pub(crate) source: Option<String>,
    /// Whether another program wrote that file while a draft of it was kept.
    pub(crate) is_in_doubt: bool,
    pub(crate) clipboard: String,
    pub(crate) editing: Option<(Ticket, Field)>,
    pub(crate) saving: Saving,
    /// How the draft is kept.
    pub keeping: Keeping,
    /// What the screen is for just now.
    pub view: View,
    /// What was sent.
    pub history: History,
    /// What is known of the mouse.
    pub(crate) pointer: Pointer,
    /// What was used lately.
    pub(crate) recent: Recent,
    /// What somebody has seen of a new message.
    pub(crate) touched: Touched,
    /// Where the caret was when the preview followed it last.
    pub(crate) followed: Option<Followed>,
    /// To whom something was written before.
    pub recipients: Recipients,
    /// When the gateway was asked how it stands.
    pub(crate) asked: Asked,
    /// What is to be done before what an event leads to.
    pub(crate) queued: Vec<Effect>,
    /// Whether the composer ends as soon as nothing is under way.
    pub(crate) leaving: bool,
    /// The messages whose outcome became unknown while the composer was ending, a line each.
    pub(crate) unsettled: Vec<String>,
    pub(crate) next_ticket: u64,
}

impl View {
    /// Every view, in order.
    pub const ALL: [Self; 2] = [Self::Compose, Self::History];

    /// Whether it lists what was sent, which is read as it is needed.
    pub(crate) const fn lists_sends(self) -> bool {
        match self {
            Self::History => true,
            Self::Compose => false,
        }
    }
}

impl Tab {
    /// Every tab, in order.
    pub const ALL: [Self; 5] = [
        Self::Preview,
        Self::Payload,
        Self::Problems,
        Self::Response,
        Self::Gateways,
    ];

    /// Its word.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Preview => "Preview",
            Self::Payload => "Payload",
            Self::Problems => "Problems",
            Self::Response => "Response",
            Self::Gateways => "Gateways",
        }
    }
}

impl Model {
    /// The draft.
    pub const fn draft(&self) -> &Draft {
        self.composer.draft()
    }

    /// What is found in the message, while it is searched.
    pub fn finder(&self) -> Option<&Finder> {
        match self.modals.last()? {
            Modal::Find(finder) => Some(finder),
            _ => None,
        }
    }

    /// The profile in use.
    pub fn profile(&self) -> &Profile {
        &self.profiles[self.profile]
    }

    /// The account of the profile in use.
    pub fn account(&self) -> &Account {
        &self.profile().account
    }

    /// Whether the draft is not what its file holds.
    pub fn is_modified(&self) -> bool {
        !self.filed.is(&self.composer)
    }

    /// Whether a narrow screen shows the right-hand side.
    pub fn pane_front(&self) -> bool {
        self.focus == Focus::Pane
    }

    /// What dialogs are drawn with.
    pub fn look(&self) -> Look<'_> {
        Look {
            size: self.size,
            theme: &self.theme,
            keymap: &self.keymap,
            now: self.now,
            is_open: self.guard.is_open(),
        }
    }

    /// Says something for a few seconds.
    pub fn toast(&mut self, text: impl Into<String>, tone: Tone) {
        // What is only to know gives way to the next one.
        self.toasts
            .retain(|toast| toast.tone != Tone::Info || tone != Tone::Info);
        self.toasts.push(Toast::new(text, tone, self.now));
        if self.toasts.len() > 3 {
            self.toasts.remove(0);
        }
    }

    pub(crate) fn ticket(&mut self) -> Ticket {
        self.next_ticket += 1;
        Ticket(self.next_ticket)
    }

    /// Whether changes would be nowhere once another draft is composed.
    pub(crate) fn would_lose_changes(&self) -> bool {
        self.is_modified() && (!self.keeping.is_on() || self.keeping.failed.is_some())
    }

    /// Whether the draft as it is now is kept.
    pub fn is_kept(&self) -> bool {
        self.keeping
            .saved
            .as_ref()
            .is_some_and(|saved| saved.is(&self.composer))
    }

    /// When the draft has to be kept.
    pub(crate) fn keep_at(&self) -> Option<Duration> {
        let changed = self.keeping.changed.filter(|_| self.keeping.is_on());
        changed.map(|changed| changed + DELAY)
    }

    pub(crate) fn is_to_be_kept(&self) -> bool {
        match &self.keeping.asked {
            Some(asked) => {
                !asked.draft.is(&self.composer)
                    || self.composer.has_undo_news()
                    || asked.aside != self.composer.kept_aside()
                    || asked.file != self.file
                    || asked.base.as_deref() != self.base()
            }
            None => self.is_modified() || self.keeping.is_only_here,
        }
    }

    /// What the draft's file held when the draft was begun from it; where that is not known, it stays
    /// so.
    pub(crate) fn base(&self) -> Option<&str> {
        self.source.as_deref().filter(|_| !self.is_in_doubt)
    }

    /// Whether the draft is in its file, or was accepted as it is, or says nothing.
    pub(crate) fn is_finished(&self) -> bool {
        let draft = self.draft();
        let is_in_file = self.file.is_some() && !self.is_modified();
        let was_written = |message: &Message| *message != message.kind().empty();
        let is_empty = draft.message == draft.message.kind().empty()
            && draft.to.is_empty()
            && !self.composer.aside().any(was_written);
        is_in_file || is_empty || self.is_sent()
    }

    /// Whether the gateway in use could be asked how it stands, and is not asked by itself.
    pub fn is_left_unasked(&self) -> bool {
        let is_command = matches!(self.profile().token, TokenSource::Command(_));
        is_command && self.account().status_query().is_some()
    }
}
