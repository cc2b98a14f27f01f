//! The message in the form: as it would be sent, what is wrong with it, and what became of it.

use std::borrow::Cow;
use std::path::Path;

use super::Model;
use super::delivery::Delivery;
use super::mark::Mark;
use super::picture::Wanted;
use super::standing::{self, Standing};
use crate::config::{Profile, ThumbnailAs};
use crate::gateway::{Account, GatewayKind, Support};
use crate::message::check::{Problem, Severity};
use crate::message::{Draft, Message, Thumbnail as Named, variables};
use crate::tui::focus::Focus;

impl Model {
    /// The draft as it would be sent: with its variables filled in.
    pub fn shown(&self) -> &Draft {
        self.filled.as_ref().unwrap_or_else(|| self.draft())
    }

    /// The worst problem at a place in the form.
    pub fn problem_at(&self, focus: Focus) -> Option<&Problem> {
        let here = |problem: &&Problem| Focus::of_field(problem.field) == focus;
        let near = self.findings.near.iter().filter(here);
        self.findings
            .problems
            .iter()
            .filter(here)
            .chain(near)
            .min_by_key(|problem| problem.severity)
    }

    /// Everything in the problems tab: what is wrong, then what is near a limit.
    pub fn problem_list(&self) -> impl Iterator<Item = &Problem> {
        self.findings.problems.iter().chain(&self.findings.near)
    }

    /// How many errors there are.
    pub fn error_count(&self) -> usize {
        self.findings
            .problems
            .iter()
            .filter(|problem| problem.severity == Severity::Error)
            .count()
    }

    /// The draft with every variable filled in whose value is known.
    pub(crate) fn fill_in(&self) -> Option<Draft> {
        let known = self.values.known(&self.draft().to)?;
        let mut filled = self.draft().clone();
        let used = variables::fill(&mut filled, known);
        (!used.is_empty()).then_some(filled)
    }

    /// What was answered last, for as long as the form holds what it held then: an answer does not stand
    /// beside the next message.
    pub fn answer(&self) -> Option<&Delivery> {
        let answers = |delivery: &&Delivery| !delivery.is_left && delivery.form.is(&self.composer);
        self.delivery.as_ref().filter(answers)
    }

    /// The mark of the message in the form, if it was sent as it is.
    pub fn sent_mark(&self) -> Option<&Mark> {
        let mark = self.mark.as_ref();
        mark.filter(|mark| mark.form.is(&self.composer))
    }

    /// Whether the message in the form was accepted as it is.
    pub fn is_sent(&self) -> bool {
        self.sent_mark().is_some_and(|mark| mark.is_accepted)
    }

    /// What a gateway would make of the draft.
    pub fn standing(&self, gateway: GatewayKind) -> Standing {
        let (account, profile) = self.account_of(gateway);
        let draft = self.shown();
        let support = account.support(draft);
        let instead = match &support {
            Support::Native { .. } => String::new(),
            Support::SwitchedOff { instead, .. } | Support::Impossible { instead, .. } => {
                standing::in_words(instead, &account, draft)
            }
        };
        Standing {
            gateway,
            profile: profile.map(|profile| profile.name.clone()),
            support,
            instead,
            problems: account.check(draft),
        }
    }

    /// The account that stands for a gateway, with its profile where there is one.
    pub(crate) fn account_of(&self, gateway: GatewayKind) -> (Cow<'_, Account>, Option<&Profile>) {
        match Profile::of_gateway(gateway, self.profile(), &self.profiles) {
            Some(profile) => (Cow::Borrowed(&profile.account), Some(profile)),
            None => {
                let country = self.account().country;
                let account = Account::public(gateway);
                (Cow::Owned(Account { country, ..account }), None)
            }
        }
    }

    /// The picture that the draft names, where it has to be loaded.
    pub(crate) fn wanted_picture(&self) -> Option<Wanted> {
        let Message::Catalog(message) = &self.shown().message else {
            return None;
        };
        let name = message.thumbnail.as_str();
        Named::of(name)?;
        if variables::has(name) {
            return None;
        }
        let folder = self.file.as_deref().and_then(Path::parent);
        Some(Wanted {
            name: variables::sent(name).into_owned(),
            folder: folder.unwrap_or(Path::new("")).to_owned(),
            allow_private: self.allow_private || self.profile().allow_private_urls,
        })
    }

    /// The draft as it is encoded: with its variables filled in, and its picture.
    pub fn to_send(&self) -> Cow<'_, Draft> {
        self.to_send_by(self.account(), self.profile().thumbnail_as)
    }

    /// The same for another account.
    pub(crate) fn to_send_by(
        &self,
        account: &Account,
        thumbnail_as: ThumbnailAs,
    ) -> Cow<'_, Draft> {
        let shown = self.shown();
        let Some(wanted) = &self.picture.wanted else {
            return Cow::Borrowed(shown);
        };
        let is_url = matches!(Named::of(&wanted.name), Some(Named::Url(_)));
        let sends_url = is_url && thumbnail_as == ThumbnailAs::Url;
        if sends_url || !account.takes_pictures() {
            return Cow::Borrowed(shown);
        }
        let mut draft = shown.clone();
        if let Message::Catalog(message) = &mut draft.message {
            let jpeg = self
                .picture
                .ready()
                .map(|thumbnail| thumbnail.data_uri.clone());
            message.thumbnail = jpeg.unwrap_or_default();
        }
        Cow::Owned(draft)
    }

    /// Whether a variable is not filled in.
    pub(crate) fn has_open_variables(&self) -> bool {
        !variables::variables(self.shown()).is_empty()
    }
}
