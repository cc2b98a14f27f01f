//! The gateways side by side: what each would make of the draft, and what its request would be.

use super::focus;
use crate::config::ThumbnailAs;
use crate::gateway::{Account, Fallback, GatewayKind};
use crate::message::{Draft, duplicate};
use crate::secret::MASK;
use crate::tui::dialog::Modal;
use crate::tui::model::Model;
use crate::tui::model::toast::Tone;
use crate::tui::widget::comparison::Comparison;
use crate::tui::{layout, pane};

/// Selects a gateway before or after the selected one.
pub fn select_gateway(model: &mut Model, by: isize) {
    let all = GatewayKind::ALL;
    let here = all.iter().position(|&one| one == model.selected_gateway);
    let at = here.unwrap_or(0).saturating_add_signed(by);
    model.selected_gateway = all[at.min(all.len() - 1)];
    let Some(screen) = layout::regions(model) else {
        return;
    };
    let rows = pane::gateways::rows_of(model, model.selected_gateway, screen.pane.width);
    focus::keep_in_view(model, rows);
    focus::scroll_pane(model, 0);
}

/// A click selects a gateway; one on the selected one compares.
pub fn click_gateway(model: &mut Model, row: usize, width: u16) {
    match pane::gateways::at_row(model, row, width) {
        Some(gateway) if gateway == model.selected_gateway => compare(model),
        Some(gateway) => model.selected_gateway = gateway,
        None => {}
    }
}

/// Opens the request that is shown beside that of the selected gateway.
pub fn compare(model: &mut Model) {
    let gateway = model.selected_gateway;
    if gateway == model.account().gateway {
        let words = format!("{} is in use here: choose another gateway", gateway.title());
        model.toast(words, Tone::Info);
        return;
    }
    let [(left, before), (right, after)] = [model.account().gateway, gateway].map(|gateway| {
        let (account, profile) = model.account_of(gateway);
        let thumbnail_as =
            profile.map_or_else(ThumbnailAs::default, |profile| profile.thumbnail_as);
        let (how, text) = request(&account, &model.to_send_by(&account, thumbnail_as));
        let text = pane::payload::without_picture(model, text);
        let place = profile.map_or("no profile", |profile| &profile.name);
        (format!("{} · {place}{how}", gateway.title()), text)
    });
    let comparison = Comparison::new([left, right], [&before, &after]);
    model.modals.push(Modal::Compare(Box::new(comparison)));
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
