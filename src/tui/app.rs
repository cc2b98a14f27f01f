//! The state of the composer, and the one function that changes it.
//!
//! [`App::update`] takes what happened and the time, and returns what is to be done: no I/O, no
//! waiting, no clock of its own. Drawing reads it.

pub mod composer;
mod dialog;
mod doubt;
mod drafts;
mod files;
mod findings;
pub mod gateways;
pub mod guard;
pub mod history;
mod import;
mod input;
pub mod keep;
pub mod mark;
mod mouse;
mod outline;
mod path;
mod perform;
pub mod picture;
mod reply;
pub mod send;
pub mod snapshot;
mod state;
pub mod toast;
pub mod under_way;
pub mod values;

use std::path::PathBuf;
use std::time::Duration;

use ratatui::layout::Size;

use self::composer::Composer;
use self::files::Saving;
pub use self::findings::Findings;
use self::guard::Guard;
use self::history::History;
use self::keep::Keeping;
use self::mark::Mark;
use self::picture::Picture;
use self::send::Delivery;
use self::snapshot::Snapshot;
use self::toast::{Toast, Tone};
use self::under_way::Sending;
use self::values::Values;
use super::effect::{Effect, Ticket};
use super::event::Event;
use super::focus::Focus;
use super::graphics::Graphics;
use super::keymap::Keymap;
use super::layout::{self, Screen};
use super::modal::Modal;
use super::theme::Theme;
use crate::config::Profile;
use crate::gateway::state::Status;
use crate::gateway::{Account, GatewayKind, Platform};
use crate::message::{Draft, Field};

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

/// How the profile in use stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// It is being made ready.
    Starting,
    /// It can be used; nothing was asked of it yet.
    Ready,
    /// The last exchange reached it.
    Connected,
    /// What its gateway says of itself.
    Told(Status),
    /// It cannot be used, or the last exchange did not reach it.
    Down(String),
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

/// How a gateway's answers are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AnswerView {
    /// Laid out for reading, with every token as it came.
    #[default]
    LaidOut,
    /// As they came.
    AsReceived,
}

impl AnswerView {
    /// The other way.
    const fn other(self) -> Self {
        match self {
            Self::LaidOut => Self::AsReceived,
            Self::AsReceived => Self::LaidOut,
        }
    }
}

/// The state.
#[derive(Debug)]
pub struct App {
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
    /// Rows of the form that are scrolled out above.
    form_scroll: usize,
    /// What was given for the variables.
    values: Values,
    /// The message that a reply answers, where its file was named.
    quoted: Option<Draft>,
    /// The texts that the last choice of what a reply answers changed.
    picked: Vec<Field>,
    /// The draft's picture.
    pub picture: Picture,
    /// Whether pictures may be on private networks, whatever the profile says.
    allow_private: bool,
    /// How pictures are shown.
    pub graphics: Graphics,
    /// The folder that the composer was started in.
    folder: PathBuf,
    /// The draft with its variables filled in, where that makes a difference.
    filled: Option<Draft>,
    /// The problem that is selected.
    pub selected_problem: usize,
    /// The gateway that is selected in its tab.
    pub selected_gateway: GatewayKind,
    /// The dialogs, the top one last.
    pub modals: Vec<Modal>,
    /// Keeps keys from answering what nobody has read.
    pub guard: Guard,
    /// Short messages, the newest last.
    pub toasts: Vec<Toast>,
    /// Every profile.
    pub profiles: Vec<Profile>,
    /// The one in use.
    pub profile: usize,
    /// How it stands.
    pub link: Link,
    /// The message whose answer is waited for.
    pub sending: Option<Sending>,
    /// Messages whose answer is not waited for, and recorded when it comes.
    pub background: Vec<Sending>,
    /// What was sent last, and what became of it.
    pub delivery: Option<Delivery>,
    /// What the form held when it was sent last.
    mark: Option<Mark>,
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
    filed: Snapshot,
    /// The text of that file.
    source: Option<String>,
    /// Whether another program wrote that file while a draft of it was kept.
    is_in_doubt: bool,
    clipboard: String,
    editing: Option<(Ticket, Field)>,
    saving: Saving,
    /// How the draft is kept.
    pub keeping: Keeping,
    /// What the screen is for just now.
    pub view: View,
    /// What was sent.
    pub history: History,
    /// When the gateway was asked how it stands.
    asked: state::Asked,
    /// What is to be done before what an event leads to.
    queued: Vec<Effect>,
    /// Whether the composer ends as soon as nothing is under way.
    leaving: bool,
    /// The messages whose outcome became unknown while the composer was ending, a line each.
    unsettled: Vec<String>,
    next_ticket: u64,
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

impl App {
    /// The state at the start, and what is to be done first.
    pub fn new(setup: Setup) -> (Self, Vec<Effect>) {
        let mut app = Self {
            filed: Snapshot::exact(setup.draft.clone()),
            source: setup.source,
            is_in_doubt: false,
            composer: Composer::new(setup.draft),
            focus: Focus::TEXT,
            last_field: Focus::TEXT,
            tab: Tab::default(),
            scroll: 0,
            form_scroll: 0,
            values: Values::default(),
            quoted: setup.quoted,
            picked: Vec::new(),
            picture: Picture::default(),
            allow_private: setup.allow_private,
            graphics: setup.graphics,
            folder: setup.folder,
            filled: None,
            selected_problem: 0,
            selected_gateway: gateways::first_other(setup.profiles[setup.profile].account.gateway),
            modals: Vec::new(),
            guard: Guard::default(),
            toasts: Vec::new(),
            profiles: setup.profiles,
            profile: setup.profile,
            link: Link::Starting,
            sending: None,
            background: Vec::new(),
            delivery: None,
            mark: None,
            findings: Findings::default(),
            answers: AnswerView::default(),
            platform: Platform::default(),
            file: setup.file,
            keymap: setup.keymap,
            theme: setup.theme,
            size: setup.size,
            now: Duration::ZERO,
            clipboard: String::new(),
            editing: None,
            saving: Saving::default(),
            keeping: Keeping::new(setup.resume),
            view: View::default(),
            history: History::default(),
            asked: state::Asked::default(),
            queued: Vec::new(),
            leaving: false,
            unsettled: Vec::new(),
            next_ticket: 0,
        };
        if app.draft().is_blank() && app.file.is_none() {
            app.focus_on(Focus::Edit(Field::To));
        } else {
            app.focus_on_first();
        }
        app.examine();
        app.fit();
        let mut effects = vec![Effect::Connect(Box::new(app.profile().clone()))];
        effects.extend(app.follow_picture());
        effects.extend(app.open_store());
        (app, effects)
    }

    /// Takes in what happened at a time, counted from any fixed moment.
    pub fn update(&mut self, event: Event, now: Duration) -> Vec<Effect> {
        self.now = now;
        self.toasts.retain(|toast| toast.until > now);
        self.guard.pass(now);
        let before = (self.composer.revision(), self.profile);
        let (was_sent, was_answered) = (self.is_sent(), self.answer().is_some());
        let key = event.key();
        let mut effects = self.waiting_key(key);
        effects.extend(match event {
            Event::Term(event) => self.terminal(event),
            Event::Wake => Vec::new(),
            Event::Connected { profile, account } => self.connected(&profile, account),
            Event::Trying { ticket, step } => {
                self.goes_on(ticket, step);
                Vec::new()
            }
            Event::ThumbnailProgress {
                ticket,
                received,
                total,
            } => {
                self.picture_comes(ticket, received, total);
                Vec::new()
            }
            Event::ThumbnailReady { ticket, thumbnail } => {
                self.picture_came(ticket, thumbnail);
                Vec::new()
            }
            Event::Answered { ticket, sent } => self.answered(ticket, *sent),
            Event::Copied { what, copied } => {
                self.copied(&what, &copied);
                Vec::new()
            }
            Event::SentBefore { ticket, twin } => self.was_sent_before(ticket, twin),
            Event::Edited { ticket, text } => self.edited(ticket, text),
            Event::Opened { ticket, path, read } => self.opened(ticket, path, read),
            Event::Saved {
                ticket,
                path,
                draft,
                written,
            } => self.saved(ticket, path, *draft, written),
            Event::Listed { ticket, entries } => {
                self.listed(ticket, entries);
                Vec::new()
            }
            Event::Told { profile, answer } => self.told(&profile, answer),
            Event::Store(told) => self.store_told(told),
            Event::Terminated => vec![Effect::Quit],
        });
        let sends = effects.iter().any(Effect::sends);
        self.guard.look(&self.modals, key, sends, now);
        let after = (self.composer.revision(), self.profile);
        if after.0 != before.0 {
            self.draft_changed(was_sent, was_answered);
        }
        if after != before {
            self.examine();
        }
        self.give_values_to_recipient();
        effects.extend(self.follow_picture());
        effects.extend(self.look_into_folder());
        self.fit();
        let mut todo = std::mem::take(&mut self.queued);
        if effects.iter().any(Effect::stops) {
            todo.extend(self.last_words());
        }
        todo.extend(effects);
        todo.extend(self.keep_in_time());
        todo
    }

    /// When something on the screen changes by itself; `None` while nothing does.
    pub fn next_wake(&self) -> Option<Duration> {
        self.next_sight().into_iter().chain(self.keep_at()).min()
    }

    /// When something that is seen changes by itself.
    pub fn next_sight(&self) -> Option<Duration> {
        let toast = self.toasts.iter().map(|toast| toast.until).min();
        let spinner = self.under_way().next().map(|_| self.now + send::FRAME);
        let picture = self.picture.next_wake(self.now);
        let guard = self.guard.next_wake();
        let sights = toast.into_iter().chain(spinner).chain(picture);
        sights.chain(guard).min()
    }

    /// The draft.
    pub const fn draft(&self) -> &Draft {
        self.composer.draft()
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

    /// The regions of the screen; `None` when it is too small.
    pub fn screen(&self) -> Option<Screen> {
        layout::screen(self.size, &self.tab_titles(), self.tab, self.pane_front())
    }

    /// The tabs' words; the problems are counted.
    pub fn tab_titles(&self) -> Vec<(Tab, String)> {
        let count = self.findings.problems.len();
        Tab::ALL
            .into_iter()
            .map(|tab| match tab {
                Tab::Problems if count > 0 => (tab, format!("{} {count}", tab.title())),
                _ => (tab, tab.title().to_owned()),
            })
            .collect()
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

    fn ticket(&mut self) -> Ticket {
        self.next_ticket += 1;
        Ticket(self.next_ticket)
    }
}
