//! A send, from F5 until it is on its way; what is heard of it then is [`sent`](super::sent)'s.
//!
//! ```text
//! F5 ─ errors? ─ yes ─> Blocked: fix | send as it is ─> Confirm (by name)
//!         ├───── no ──> Confirm ─ Enter ─> Sending ─┬─ answered ─> Delivery
//!         │                                  │      └─ Esc ─┬─ nothing written ─> not sent
//!         └─ nothing to ask ─> Held ─ 5 s ───┘              └─ written ─> in the background, then told
//! ```

use super::{files, findings, focus, keep, next, picture, twin, values};
use crate::config;
use crate::gateway::{Fallback, Outcome};
use crate::message::{Field, phone};
use crate::store::{Twin, TwinState};
use crate::tui::dialog::question::{Confirm, Wanted};
use crate::tui::dialog::{Meant, Modal, Subject};
use crate::tui::effect::Effect;
use crate::tui::keep::Composed;
use crate::tui::model::sends::HELD;
use crate::tui::model::snapshot::Snapshot;
use crate::tui::model::toast::Tone;
use crate::tui::model::under_way::{Phase, Sending};
use crate::tui::model::{Model, Tab, View};
use std::time::Duration;

/// F5: asks once, or says what is in the way.
pub fn ask_to_send(model: &mut Model) -> Vec<Effect> {
    model.touched.show_all();
    if model.has_open_variables() {
        values::ask_values(model, Meant::Send);
        return Vec::new();
    }
    ask_to_send_filled(model, Meant::Send)
}

/// The same, once the variables were asked for.
pub fn ask_to_send_filled(model: &mut Model, meant: Meant) -> Vec<Effect> {
    if picture::waits_for_picture(model) {
        return Vec::new();
    }
    if let Err(unsupported) = model.account().encode(&model.to_send()) {
        let possible = unsupported.instead.contains(&Fallback::NumberedText);
        model.modals.push(Modal::ask(Subject::Blocked {
            forceable: false,
            numbered: possible,
        }));
        return Vec::new();
    }
    if model.error_count() > 0 {
        model.modals.push(Modal::ask(Subject::Blocked {
            forceable: true,
            numbered: false,
        }));
        return Vec::new();
    }
    let speaks_against = has_warnings(model) || earlier(model).is_some();
    let is_held = model.profile().confirm == config::Confirm::Warnings;
    let next = meant == Meant::SendNext;
    if speaks_against || !(next || is_held) {
        confirm(model, false, next);
        return Vec::new();
    }
    let how = How {
        is_held: is_held && !next,
        next,
        ..How::default()
    };
    send(model, how)
}

/// Whether there is more to say than that a number got the code of the country that is configured.
fn has_warnings(model: &Model) -> bool {
    let problems = &model.findings.problems;
    let is_alone = problems.len() == 1 && problems[0].field == Field::To;
    let read = || phone::read(&model.draft().to, model.account().country).ok();
    let is_note = is_alone && read().is_some_and(|reading| reading.added.is_some());
    !problems.is_empty() && !is_note
}

/// The draft as it is, where it is on its way, or was sent last in this run and may have been taken. The
/// store, which is asked too, knows of more.
pub fn earlier(model: &Model) -> Option<Twin> {
    let request = model.account().encode(&model.to_send());
    let request = request.ok();
    let under_way = request.and_then(|request| model.sends.same(model.profile(), &request));
    if let Some(sending) = under_way {
        return Some(Twin {
            id: sending.id,
            started: 0,
            started_local: sending.at.clone(),
            state: TwinState::UnderWay,
            message_id: None,
        });
    }
    let delivery = model.delivery.as_ref()?;
    let lately = Duration::from_millis(Twin::WITHIN.unsigned_abs());
    if delivery.profile.name != model.profile().name
        || model.now.saturating_sub(delivery.at) > lately
    {
        return None;
    }
    let (state, message_id) = match &delivery.exchange()?.outcome {
        Outcome::Unknown(_) => (TwinState::Unknown, None),
        Outcome::Accepted { message_id } => (TwinState::Accepted, Some(message_id.clone())),
        Outcome::Rejected(_) => return None,
    };
    let account = model.account();
    let [now, then] = [&*model.to_send(), &delivery.draft].map(|draft| account.encode(draft));
    let is_same = now.ok()?.says_the_same(&then.ok()?);
    is_same.then(|| Twin {
        id: None,
        started: 0,
        started_local: String::new(),
        state,
        message_id,
    })
}

/// Asks by name. Where the same message may have been taken, Enter sends nothing.
pub fn confirm(model: &mut Model, forced: bool, next: bool) {
    let earlier = earlier(model);
    let asked = None;
    model.modals.push(Modal::ask(Subject::Confirm(Confirm {
        forced,
        earlier,
        asked,
        next,
    })));
    twin::look_for_twin(model);
}

/// How a message is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct How {
    /// Although the same was sent before, where that was known.
    pub twice: bool,
    /// After five seconds, in which it can be taken back.
    pub is_held: bool,
    /// The next message is begun with it.
    pub next: bool,
}

/// Sends the draft as it is.
pub fn send(model: &mut Model, how: How) -> Vec<Effect> {
    if picture::waits_for_picture(model) {
        return Vec::new();
    }
    let wanted = Wanted {
        draft: model.to_send().into_owned(),
        profile: model.profile().clone(),
        file: model.file.as_deref().map(files::name),
        again: None,
        is_forms: true,
        from: None,
    };
    // The next message has values of its own.
    model.values.set_aside(&model.composer.draft().to);
    findings::examine(model);
    let sends = start(model, wanted, how);
    if how.next {
        next::begin(model, sends);
        return Vec::new();
    }
    sends
}

/// Sends. Where the same was sent before, that is asked first, unless it is wanted twice.
pub fn start(model: &mut Model, wanted: Wanted, how: How) -> Vec<Effect> {
    let ticket = model.ticket();
    let Wanted {
        draft,
        profile,
        file,
        again,
        is_forms,
        from,
    } = wanted;
    let from = from.or_else(|| {
        is_forms.then(|| Composed {
            slot: model.keeping.slot,
            draft: model.draft().clone(),
        })
    });
    if is_forms {
        keep::keep_for_sending(model);
    }
    let sending = Sending {
        ticket,
        since: model.now,
        cancelled: false,
        phase: if how.is_held {
            Phase::Held(model.now + HELD)
        } else {
            Phase::Starting
        },
        waits: None,
        draft: draft.clone(),
        profile: profile.clone(),
        file: file.clone(),
        again,
        form: Snapshot::message(model.draft().clone()),
        is_forms,
        from: from.clone(),
        left: None,
        id: None,
        at: String::new(),
        is_left: false,
    };
    model.sends.add(sending, true);
    model.view = View::Compose;
    if !(how.is_held || how.next) {
        focus::show(model, Tab::Response);
    }
    vec![Effect::Send {
        ticket,
        profile: Box::new(profile),
        draft: Box::new(draft),
        file,
        again,
        twice: how.twice,
        from: from.map(Box::new),
        is_held: how.is_held,
    }]
}

/// Sends what was sent before, as somebody wants it.
pub fn send_twice(model: &mut Model, wanted: Wanted) -> Vec<Effect> {
    let twice = true;
    let how = How {
        twice,
        ..How::default()
    };
    start(model, wanted, how)
}

/// Sends what was refused in another way; one key each, as it was confirmed already.
pub fn send_instead(model: &mut Model, fallback: Fallback) -> Vec<Effect> {
    let offered = model
        .answer()
        .filter(|delivery| delivery.fallbacks().contains(&fallback));
    let is_forms = |one: &Sending| one.is_forms && !one.is_left;
    let is_under_way = model.sends.under_way().any(is_forms);
    let offered = offered.filter(|_| !is_under_way);
    let Some((instead, file)) =
        offered.map(|delivery| (delivery.instead(fallback), delivery.file.clone()))
    else {
        model.toast(
            "Nothing was refused that could be sent another way",
            Tone::Info,
        );
        return Vec::new();
    };
    let instead = instead.filter(|_| model.guard.takes_offer(model.now));
    let Some((draft, profile)) = instead else {
        return Vec::new();
    };
    let again = None;
    let wanted = Wanted {
        draft,
        profile,
        file,
        again,
        is_forms: true,
        from: None,
    };
    start(model, wanted, How::default())
}

/// Another message is composed: nothing is sent instead of the one before.
pub fn leave_sent(model: &mut Model) {
    if let Some(delivery) = &mut model.delivery {
        delivery.is_left = true;
    }
    model.sends.leave();
    model.mark = None;
    findings::hide_answer(model);
}
