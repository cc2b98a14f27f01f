//! The gateways side by side: what each would make of the draft, and what its request would be.

use std::borrow::Cow;

use super::App;
use super::toast::Tone;
use crate::config::{Profile, ThumbnailAs};
use crate::gateway::{Account, Fallback, GatewayKind, Support};
use crate::message::check::{Problem, Severity};
use crate::message::{Draft, duplicate};
use crate::secret::MASK;
use crate::tui::modal::Modal;
use crate::tui::pane;
use crate::tui::widget::comparison::Comparison;

/// What a gateway would make of the draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Which gateway.
    pub gateway: GatewayKind,
    /// The profile whose account it was asked for; without one, the gateway's public address.
    pub profile: Option<String>,
    /// Whether it can be sent there.
    pub support: Support,
    /// What can be done where it cannot, or where its method is switched off; in words.
    pub instead: String,
    /// What would be wrong there.
    pub problems: Vec<Problem>,
}

impl Standing {
    /// How many problems of a severity there are.
    pub fn count(&self, severity: Severity) -> usize {
        let problems = self.problems.iter();
        problems
            .filter(|problem| problem.severity == severity)
            .count()
    }
}

/// The first gateway that is another one.
pub fn first_other(gateway: GatewayKind) -> GatewayKind {
    let mut all = GatewayKind::ALL.into_iter();
    all.find(|one| *one != gateway).unwrap_or_default()
}

impl App {
    /// What a gateway would make of the draft.
    pub fn standing(&self, gateway: GatewayKind) -> Standing {
        let (account, profile) = self.account_of(gateway);
        let draft = self.shown();
        let support = account.support(draft);
        let instead = match &support {
            Support::Native { .. } => String::new(),
            Support::SwitchedOff { instead, .. } | Support::Impossible { instead, .. } => {
                in_words(instead, &account, draft)
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
    fn account_of(&self, gateway: GatewayKind) -> (Cow<'_, Account>, Option<&Profile>) {
        match Profile::of_gateway(gateway, self.profile(), &self.profiles) {
            Some(profile) => (Cow::Borrowed(&profile.account), Some(profile)),
            None => {
                let country = self.account().country;
                let account = Account::public(gateway);
                (Cow::Owned(Account { country, ..account }), None)
            }
        }
    }

    /// Selects a gateway before or after the selected one.
    pub(super) fn select_gateway(&mut self, by: isize) {
        let all = GatewayKind::ALL;
        let here = all.iter().position(|&one| one == self.selected_gateway);
        let at = here.unwrap_or(0).saturating_add_signed(by);
        self.selected_gateway = all[at.min(all.len() - 1)];
        let Some(screen) = self.screen() else { return };
        let rows = pane::gateways::rows_of(self, self.selected_gateway, screen.pane.width);
        self.keep_in_view(rows);
        self.scroll_pane(0);
    }

    /// A click selects a gateway; one on the selected one compares.
    pub(super) fn click_gateway(&mut self, row: usize, width: u16) {
        match pane::gateways::at_row(self, row, width) {
            Some(gateway) if gateway == self.selected_gateway => self.compare(),
            Some(gateway) => self.selected_gateway = gateway,
            None => {}
        }
    }

    /// Opens the request that is shown beside that of the selected gateway.
    pub(super) fn compare(&mut self) {
        let gateway = self.selected_gateway;
        if gateway == self.account().gateway {
            let words = format!("{} is in use here: choose another gateway", gateway.title());
            self.toast(words, Tone::Info);
            return;
        }
        let [(left, before), (right, after)] = [self.account().gateway, gateway].map(|gateway| {
            let (account, profile) = self.account_of(gateway);
            let thumbnail_as =
                profile.map_or_else(ThumbnailAs::default, |profile| profile.thumbnail_as);
            let (how, text) = request(&account, &self.to_send_by(&account, thumbnail_as));
            let text = pane::payload::without_picture(self, text);
            let place = profile.map_or("no profile", |profile| &profile.name);
            (format!("{} · {place}{how}", gateway.title()), text)
        });
        let comparison = Comparison::new([left, right], [&before, &after]);
        self.modals.push(Modal::Compare(Box::new(comparison)));
    }
}

/// The request for a draft, the token masked; where there is none, that of the nearest thing, or why
/// there is none.
fn request(account: &Account, draft: &Draft) -> (&'static str, String) {
    let unsupported = match account.encode(draft) {
        Ok(request) => return ("", request.to_http(MASK)),
        Err(unsupported) => unsupported,
    };
    let text = unsupported.instead.contains(&Fallback::NumberedText);
    let text = text.then(|| duplicate::as_text(draft)).flatten();
    match text.and_then(|text| account.encode(&text).ok()) {
        Some(request) => (" · as numbered text", request.to_http(MASK)),
        None => (
            " · no request",
            format!("No request can be written.\n{unsupported}\n"),
        ),
    }
}

/// What can be sent instead: `by sendInteractiveButtonsReply or as numbered text`.
fn in_words(instead: &[Fallback], account: &Account, draft: &Draft) -> String {
    let words = instead.iter().map(|fallback| match fallback {
        Fallback::NumberedText => "as numbered text".to_owned(),
        Fallback::InteractiveReply => match account.clone().turned_to(*fallback).support(draft) {
            Support::Native { method } => format!("by {method}"),
            _ => "by the interactive method".to_owned(),
        },
    });
    let words: Vec<String> = words.collect();
    if words.is_empty() {
        "as a text".to_owned()
    } else {
        words.join(" or ")
    }
}
