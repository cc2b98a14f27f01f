//! Changing the state: [`Model::update`] takes what happened and the time, and returns what is to be
//! done. No I/O, no waiting, no clock of its own.

pub mod clipboard;
pub mod doubt;
pub mod drafts;
pub mod emoji;
pub mod enter;
pub mod files;
pub mod find;
pub mod findings;
pub mod fit;
pub mod focus;
pub mod follow;
pub mod form;
pub mod gateways;
pub mod history;
pub mod import;
pub mod keep;
pub mod markup;
pub mod next;
pub mod outline;
pub mod palette;
pub mod path;
pub mod picture;
pub mod pointer;
pub mod questions;
pub mod quote;
pub mod recipients;
pub mod reply;
pub mod seek;
pub mod send;
pub mod sent;
pub mod side;
pub mod status;
pub mod taken;
pub mod twin;
pub mod values;

use std::time::Duration;

use super::effect::Effect;
use super::event::Event;
use super::focus::Focus;
use super::model::composer::Composer;
use super::model::delivery;
use super::model::find::Find;
use super::model::guard::Guard;
use super::model::history::History;
use super::model::keeping::{Keeping, Keeps};
use super::model::link::{Asked, Link};
use super::model::picture::Picture;
use super::model::pointer::Pointer;
use super::model::recheck::Recheck;
use super::model::recipients::Recipients;
use super::model::saving::Saving;
use super::model::sends::Sends;
use super::model::snapshot::Snapshot;
use super::model::touched::Touched;
use super::model::values::Values;
use super::model::{Findings, Model, Setup, Tab, View, standing};
use super::outcome::AnswerView;
use super::recent::Recent;
use super::screen::input;
use super::widget::spinner::FRAME;
use crate::gateway::Platform;
use crate::message::{Draft, Field};

impl Model {
    /// The state at the start, and what is to be done first.
    pub fn new(setup: Setup) -> (Self, Vec<Effect>) {
        let mut model = Self {
            filed: Snapshot::exact(setup.draft.clone()),
            source: setup.source,
            is_in_doubt: false,
            composer: Composer::new(setup.draft),
            focus: Focus::TEXT,
            last_field: Focus::TEXT,
            tab: Tab::default(),
            scroll: 0,
            find: Find::default(),
            form_scroll: 0,
            values: Values::default(),
            quoted: setup.quoted,
            picture: Picture::default(),
            allow_private: setup.allow_private,
            graphics: setup.graphics,
            folder: setup.folder,
            filled: None,
            selected_problem: 0,
            selected_gateway: standing::first_other(setup.profiles[setup.profile].account.gateway),
            modals: Vec::new(),
            guard: Guard::default(),
            toasts: Vec::new(),
            recheck: Recheck::default(),
            profiles: setup.profiles,
            profile: setup.profile,
            link: Link::Starting,
            sends: Sends::default(),
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
            pointer: Pointer::default(),
            recent: Recent::default(),
            followed: None,
            touched: Touched::default(),
            recipients: Recipients::default(),
            asked: Asked::default(),
            queued: Vec::new(),
            leaving: false,
            unsettled: Vec::new(),
            next_ticket: 0,
        };
        if model.draft().is_blank() && model.file.is_none() {
            focus::focus_on(&mut model, Focus::Edit(Field::To));
        } else {
            focus::focus_on_first(&mut model);
        }
        if model.file.is_none() {
            model.touched = Touched::of(model.composer.draft());
        }
        findings::examine(&mut model);
        fit::fit(&mut model);
        let mut effects = vec![Effect::Connect(Box::new(model.profile().clone()))];
        effects.extend(picture::follow_picture(&mut model));
        effects.extend(keep::open_store(&model));
        (model, effects)
    }

    /// Takes in what happened at a time, counted from any fixed moment.
    pub fn update(&mut self, event: Event, now: Duration) -> Vec<Effect> {
        self.now = now;
        self.toasts.retain(|toast| toast.until > now);
        self.guard.pass(now);
        let before = (self.composer.revision(), self.profile);
        let (was_sent, was_answered) = (self.is_sent(), self.answer().is_some());
        let key = event.key();
        let released = self.sends.release(now).into_iter().map(Effect::Release);
        let mut effects: Vec<Effect> = released.collect();
        effects.extend(input::waiting_key(self, key));
        effects.extend(match event {
            Event::Term(event) => input::terminal(self, event),
            Event::Wake => Vec::new(),
            Event::Connected { profile, account } => status::connected(self, &profile, account),
            Event::Trying { ticket, step } => {
                sent::goes_on(self, ticket, step);
                Vec::new()
            }
            Event::ThumbnailProgress {
                ticket,
                received,
                total,
            } => {
                picture::picture_comes(self, ticket, received, total);
                Vec::new()
            }
            Event::ThumbnailReady { ticket, thumbnail } => {
                picture::picture_came(self, ticket, thumbnail);
                Vec::new()
            }
            Event::Answered { ticket, sent } => sent::answered(self, ticket, *sent),
            Event::Copied { what, copied } => {
                clipboard::copied(self, &what, &copied);
                Vec::new()
            }
            Event::SentBefore { ticket, twin } => sent::was_sent_before(self, ticket, twin),
            Event::Edited { ticket, text } => files::edited(self, ticket, text),
            Event::Opened { ticket, path, read } => files::opened(self, ticket, path, read),
            Event::Saved {
                ticket,
                path,
                draft,
                written,
            } => files::saved(self, ticket, path, *draft, written),
            Event::Listed { ticket, entries } => {
                path::listed(self, ticket, entries);
                Vec::new()
            }
            Event::Told { profile, answer } => status::told(self, &profile, answer),
            Event::Store(told) => keep::store_told(self, told, input::terminal),
            Event::Terminated => vec![Effect::Quit],
        });
        let mut both = effects.iter().chain(&self.queued);
        let sends = both.any(Effect::sends);
        self.guard.look(&self.modals, key, sends, now);
        let after = (self.composer.revision(), self.profile);
        if after.0 != before.0 {
            findings::draft_changed(self, was_sent, was_answered);
        }
        if after != before {
            findings::examine(self);
        }
        values::give_values_to_recipient(self);
        effects.extend(picture::follow_picture(self));
        effects.extend(path::look_into_folder(self));
        twin::look_again(self);
        questions::refresh(self);
        fit::fit(self);
        let mut todo = std::mem::take(&mut self.queued);
        if effects.iter().any(Effect::stops) {
            todo.extend(self.last_words());
        }
        todo.extend(effects);
        todo.extend(keep::keep_in_time(self));
        todo
    }

    /// When something on the screen changes by itself; `None` while nothing does.
    pub fn next_wake(&self) -> Option<Duration> {
        self.next_sight().into_iter().chain(self.keep_at()).min()
    }

    /// When something that is seen changes by itself.
    pub fn next_sight(&self) -> Option<Duration> {
        let toast = self.toasts.iter().map(|toast| toast.until).min();
        let is_turning = self.shows_spinner() && self.sends.counts().sending > 0;
        let spinner = is_turning.then(|| self.now + FRAME);
        let held = self.sends.next_wake(self.now);
        let picture = self.picture.next_wake(self.now);
        let guard = self.guard.next_wake();
        let recheck = self.recheck.next_wake();
        let sights = toast.into_iter().chain(spinner).chain(picture);
        sights.chain(guard).chain(recheck).chain(held).min()
    }

    /// Whether a sign turns for messages on their way.
    fn shows_spinner(&self) -> bool {
        self.tab == Tab::Response || files::asks_to_leave(self)
    }

    /// What is not known of the messages that were sent when the composer ends, a line each.
    pub fn unsettled(&self) -> Option<String> {
        let open = self.sends.under_way();
        let open = open.map(|sending| delivery::unknown(&sending.draft, &sending.profile));
        let all: Vec<String> = open.chain(self.unsettled.iter().cloned()).collect();
        (!all.is_empty()).then(|| all.join("\n"))
    }

    /// Why messages were not sent, when the composer ended as soon as that was known.
    pub fn refused(&self) -> Option<String> {
        let all = &self.sends.refused;
        (!all.is_empty()).then(|| all.join("\n"))
    }

    /// What is asked for last, however the composer ends: the draft as it is now, unless it is kept.
    pub fn last_words(&mut self) -> Option<Effect> {
        if self.keeping.keeps == Keeps::Opening {
            // The name may be the last draft's, which this is not.
            self.keeping.slot = self.keeping.next_slot();
        }
        if self.is_sent() {
            return keep::let_go(self);
        }
        let is_wanted = self.is_to_be_kept() || self.keeping.failed.is_some();
        is_wanted.then(|| keep::keep_now(self))
    }

    /// What would be nowhere after the end, of all that was typed. `lost` says that the last of it was
    /// not kept after all.
    pub fn unkept(&self, lost: bool) -> Vec<&Draft> {
        let is_kept = matches!(self.keeping.keeps, Keeps::Opening | Keeps::All) && !lost;
        let is_needed = self.is_modified() && !self.is_finished();
        let current = Some(self.draft()).filter(|_| is_needed && !is_kept);
        self.keeping.unkept.iter().chain(current).collect()
    }

    /// Why what was typed is nowhere else, as the end of a sentence.
    pub fn not_kept(&self) -> &str {
        match self.keeping.keeps {
            Keeps::Nothing => "no drafts are kept",
            Keeps::InMemory => "drafts are kept only until the composer ends",
            Keeps::Opening | Keeps::All => "the draft could not be kept",
        }
    }
}
