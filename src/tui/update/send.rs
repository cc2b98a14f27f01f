//! A send, from F5 to the answer.
//!
//! ```text
//! F5 ─ errors? ─ yes ─> Blocked: fix | send as it is ─> Confirm (by name)
//!         └───── no ──> Confirm ─ Enter ─> Sending ─┬─ answered ─> Delivery
//!                                                   └─ Esc ─┬─ nothing written ─> not sent
//!                                                            └─ written ─> in the background, then told
//! ```

use super::{files, findings, focus, history, keep, picture, status, twin, values};
use crate::tui::layout;

use crate::gateway::journal::Verdict;
use crate::gateway::{Fallback, Outcome};
use crate::store::{SendId, Twin, TwinState};
use crate::tui::dialog::question::{Confirm, Wanted};
use crate::tui::dialog::{Modal, Subject};
use crate::tui::effect::{Effect, Ticket};
use crate::tui::event::{Sent, Step};
use crate::tui::focus::Focus;
use crate::tui::keep::{Ask, Composed};
use crate::tui::model::delivery::{self, Delivery};
use crate::tui::model::mark::Mark;
use crate::tui::model::snapshot::Snapshot;
use crate::tui::model::toast::Tone;
use crate::tui::model::under_way::Sending;
use crate::tui::model::{Model, Tab, View, under_way};
use crate::tui::question::Followed;
use crate::visible;
use std::time::Duration;

/// F5: asks once, or says what is in the way.
pub fn ask_to_send(model: &mut Model) -> Vec<Effect> {
    if model.before_this_one().is_some() {
        model.modals.push(Modal::ask(Subject::Busy));
        return Vec::new();
    }
    if model.has_open_variables() {
        values::ask_values(model, true);
        return Vec::new();
    }
    ask_to_send_filled(model)
}

/// Whether a message is being sent, which is told.
pub fn is_sending(model: &mut Model) -> bool {
    let Some(sending) = &model.sending else {
        return false;
    };
    let to = visible::line(&sending.draft.to);
    let words = format!("A message is being sent to {to}: wait for its answer");
    model.toast(words, Tone::Info);
    true
}

/// The same, once the variables were asked for.
pub fn ask_to_send_filled(model: &mut Model) -> Vec<Effect> {
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
    } else {
        confirm(model, false);
    }
    Vec::new()
}

/// The draft as it is, where it was sent last in this run and may have been taken. The store, which
/// is asked too, knows of more.
pub fn earlier(model: &Model) -> Option<Twin> {
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
pub fn confirm(model: &mut Model, forced: bool) {
    let earlier = earlier(model);
    let asked = None;
    model.modals.push(Modal::ask(Subject::Confirm(Confirm {
        forced,
        earlier,
        asked,
    })));
    twin::look_for_twin(model);
}

/// Sends the draft as it is; although the same was sent before, where that was known.
pub fn send(model: &mut Model, twice: bool) -> Vec<Effect> {
    if picture::waits_for_picture(model) {
        return Vec::new();
    }
    let wanted = Wanted {
        draft: model.to_send().into_owned(),
        profile: model.profile().clone(),
        file: model.file.as_deref().map(files::name),
        again: None,
        is_forms: true,
    };
    // The next message has values of its own.
    model.values.set_aside(&model.composer.draft().to);
    findings::examine(model);
    start(model, wanted, twice)
}

/// Sends. Where the same was sent before, that is asked first, unless it is wanted twice.
pub fn start(model: &mut Model, wanted: Wanted, twice: bool) -> Vec<Effect> {
    let ticket = model.ticket();
    let Wanted {
        draft,
        profile,
        file,
        again,
        is_forms,
    } = wanted;
    let from = is_forms.then(|| Composed {
        slot: model.keeping.slot,
        draft: model.draft().clone(),
    });
    if is_forms {
        keep::keep_for_sending(model);
    }
    model.sending = Some(Sending {
        ticket,
        since: model.now,
        cancelled: false,
        is_written: false,
        waits: None,
        draft: draft.clone(),
        profile: profile.clone(),
        file: file.clone(),
        again,
        form: Snapshot::message(model.draft().clone()),
        is_forms,
        id: None,
        at: String::new(),
        is_left: false,
    });
    model.view = View::Compose;
    focus::show(model, Tab::Response);
    vec![Effect::Send {
        ticket,
        profile: Box::new(profile),
        draft: Box::new(draft),
        file,
        again,
        twice,
        from: from.map(Box::new),
    }]
}

/// A send was not begun, as the same message was sent before: asks, unless nobody waits for it.
pub fn was_sent_before(model: &mut Model, ticket: Ticket, twin: Box<Twin>) -> Vec<Effect> {
    let Some(sending) = model.sending.take_if(|sending| sending.ticket == ticket) else {
        return Vec::new();
    };
    model.modals.retain(|modal| !is_busy(modal));
    files::left_unasked(model);
    if sending.cancelled || model.leaving {
        model.toast("Not sent", Tone::Info);
        return files::leave_if_done(model);
    }
    let wanted = Box::new(Wanted {
        draft: sending.draft,
        profile: sending.profile,
        file: sending.file,
        again: sending.again,
        is_forms: sending.is_forms && !sending.is_left,
    });
    model.modals.push(Modal::ask(Subject::Twice(wanted, twin)));
    Vec::new()
}

/// Sends what was sent before, as somebody wants it.
pub fn send_twice(model: &mut Model, wanted: Wanted) -> Vec<Effect> {
    if is_sending(model) {
        return Vec::new();
    }
    start(model, wanted, true)
}

/// A message is under way, and in the history.
pub fn send_begun(model: &mut Model, ticket: Ticket, id: Option<SendId>, at: String) {
    let mut all = model.sending.iter_mut().chain(&mut model.background);
    // The text that goes along with it comes later.
    if let Some(sending) = all.find(|sending| sending.ticket == ticket)
        && sending.at.is_empty()
    {
        (sending.id, sending.at) = (id, at);
    }
}

/// Esc while a message is being sent: it is wanted back, or only its answer is not waited for
/// any more.
pub fn cancel(model: &mut Model) -> Vec<Effect> {
    match &mut model.sending {
        Some(sending) if sending.is_written => {
            watch_no_longer(model);
            Vec::new()
        }
        Some(sending) if !sending.cancelled => {
            sending.cancelled = true;
            vec![Effect::Cancel(sending.ticket)]
        }
        _ => Vec::new(),
    }
}

/// The answer comes while something else is done.
pub fn watch_no_longer(model: &mut Model) {
    let Some(sending) = model.sending.take() else {
        return;
    };
    let to = visible::line(&sending.draft.to);
    let words =
        format!("The message to {to} is written already: its answer is recorded when it comes");
    model.toast(words, Tone::Info);
    if let Some(toast) = model.toasts.last_mut() {
        toast.awaits = Some(sending.ticket);
    }
    model.background.push(sending);
}

/// Sends what was refused in another way; one key each, as it was confirmed already.
pub fn send_instead(model: &mut Model, fallback: Fallback) -> Vec<Effect> {
    let offered = model
        .answer()
        .filter(|delivery| delivery.fallbacks().contains(&fallback));
    let offered = offered.filter(|_| model.before_this_one().is_none());
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
    };
    start(model, wanted, false)
}

/// Another message is composed: nothing is sent instead of the one before.
pub fn leave_sent(model: &mut Model) {
    if let Some(delivery) = &mut model.delivery {
        delivery.is_left = true;
    }
    for sending in model.sending.iter_mut().chain(&mut model.background) {
        sending.is_left = true;
    }
    model.mark = None;
    findings::hide_answer(model);
}

/// A send tries again, or waits for that, or cannot be taken back any more.
pub fn goes_on(model: &mut Model, ticket: Ticket, step: Step) {
    let now = model.now;
    let mut all = model.sending.iter_mut().chain(&mut model.background);
    let Some(sending) = all.find(|sending| sending.ticket == ticket) else {
        return;
    };
    sending.step(step, now);
    if sending.cancelled && sending.is_written && is_watched(model, ticket) {
        watch_no_longer(model);
    }
}

pub fn is_watched(model: &Model, ticket: Ticket) -> bool {
    let watched = model.sending.as_ref().map(|sending| sending.ticket);
    watched == Some(ticket)
}

/// A send has ended.
pub fn answered(model: &mut Model, ticket: Ticket, sent: Sent) -> Vec<Effect> {
    let is_watched = is_watched(model, ticket);
    let Some(sending) = take_sending(model, ticket) else {
        return Vec::new();
    };
    model.toasts.retain(|toast| toast.awaits != Some(ticket));
    if !is_watched {
        let (words, tone) = under_way::news(&sending.draft, &sent);
        model.toast(words, tone);
    }
    let is_same = sending.form.is(&model.composer);
    let is_last = model.sending.is_none()
        && !sending.is_left
        && model
            .delivery
            .as_ref()
            .is_none_or(|last| last.ticket < ticket);
    let id = sending.id;
    let unknown = matches!(sent.outcome(), Some(Outcome::Unknown(_)))
        .then(|| delivery::unknown(&sending.draft, &sending.profile));
    // What is said of another message stays where it is.
    let mut effects = if is_watched || is_last || model.leaving {
        delivered(model, sending, sent, is_watched)
    } else {
        Vec::new()
    };
    effects.extend(history::refresh_history(model));
    let count = model.modals.len();
    model.modals.retain(|modal| !is_busy(modal));
    // This one waited for it.
    if model.modals.len() < count && !is_same {
        effects.extend(ask_to_send(model));
    }
    files::left_unasked(model);
    if let (true, Some(line)) = (model.leaving, unknown) {
        model.unsettled.push(line);
        effects.push(Effect::Store(Ask::StayInDoubt(id)));
    }
    effects.extend(files::leave_if_done(model));
    effects
}

pub fn take_sending(model: &mut Model, ticket: Ticket) -> Option<Sending> {
    let watched = model.sending.take_if(|sending| sending.ticket == ticket);
    let mut others = model.background.iter();
    let at = others.position(|sending| sending.ticket == ticket);
    watched.or_else(|| at.map(|at| model.background.remove(at)))
}

/// Says what became of a message, in its tab. Whoever waited for it sees that at once.
pub fn delivered(model: &mut Model, sending: Sending, sent: Sent, is_watched: bool) -> Vec<Effect> {
    // What became of it is the tab's to say, which comes to the front.
    // How another profile stands, chosen meanwhile, it does not.
    if let Sent::Tried { main, .. } = &sent
        && sending.profile.name == model.profile().name
    {
        delivery::follow(&mut model.link, main);
    }
    let mark = match &sent {
        Sent::Tried { main, .. } if sending.is_forms && !sending.is_left => {
            let form = sending.form.clone();
            Mark::of(&main.outcome, form, sending.id, sending.at)
        }
        _ => None,
    };
    model.delivery = Some(Delivery {
        ticket: sending.ticket,
        at: model.now,
        draft: sending.draft,
        profile: sending.profile,
        file: sending.file,
        sent,
        form: sending.form,
        is_forms: sending.is_forms,
        is_left: sending.is_left,
        waits: None,
        followed: None,
    });
    if let Some(mark) = mark {
        findings::put_mark(model, mark);
    }
    model.guard.offered(model.now);
    let effects = status::follow_send(model).into_iter().collect();
    if !is_watched {
        return effects;
    }
    if model.answer().is_none() {
        findings::hide_answer(model);
        findings::tell_outcome(model);
    } else if layout::is_narrow(model) && model.focus != Focus::Pane {
        // Whoever is typing keeps the form.
        model.tab = Tab::Response;
        model.scroll = 0;
        model.toast("Answered: see Response", Tone::Info);
    } else {
        focus::show(model, Tab::Response);
    }
    effects
}

/// The gateway's journal is asked what became of the message that was sent last, or has answered.
pub fn followed(model: &mut Model, ticket: Ticket, followed: Followed) -> Vec<Effect> {
    let delivery = model.delivery.as_mut();
    let Some(delivery) = delivery.filter(|delivery| delivery.ticket == ticket) else {
        return Vec::new();
    };
    let mut effects = Vec::new();
    if let (Followed::Said(Verdict::Taken(found)), Sent::Tried { main, .. }) =
        (&followed, &mut delivery.sent)
    {
        main.outcome = Outcome::Accepted {
            message_id: found.message_id.clone(),
        };
    }
    let is_taken = matches!(followed, Followed::Said(Verdict::Taken(_)));
    let is_over = followed != Followed::Asking;
    let is_forms = delivery.is_forms && !delivery.is_left;
    delivery.followed = Some(followed);
    if is_taken && is_forms {
        findings::mark_taken(model);
    }
    if is_over {
        effects.extend(status::follow_send(model));
        effects.extend(history::refresh_history(model));
    }
    effects
}

/// Whether a dialog says that the message waits for another one.
fn is_busy(modal: &Modal) -> bool {
    matches!(modal.subject(), Some(Subject::Busy))
}
