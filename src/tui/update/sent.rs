//! What is heard of messages that are being sent, up to their answers.

use super::{files, findings, focus, history, status, taken};
use crate::gateway::Outcome;
use crate::gateway::journal::Verdict;
use crate::store::{Entry, SendId, Twin};
use crate::tui::action::Action;
use crate::tui::dialog::question::Wanted;
use crate::tui::dialog::{Content, Modal, Page, Subject};
use crate::tui::effect::{Effect, Ticket};
use crate::tui::ended::{Became, Ended};
use crate::tui::event::{Sent, Step};
use crate::tui::focus::Focus;
use crate::tui::keep::Ask;
use crate::tui::layout;
use crate::tui::model::delivery::{self, Delivery};
use crate::tui::model::mark::Mark;
use crate::tui::model::toast::Tone;
use crate::tui::model::under_way::{Phase, Sending};
use crate::tui::model::{Model, Tab, under_way};
use crate::tui::question::Followed;
use crate::visible;

/// A send was not begun, as the same message was sent before: asks, unless it was taken back.
pub fn was_sent_before(model: &mut Model, ticket: Ticket, twin: Box<Twin>) -> Vec<Effect> {
    let Some(sending) = model.sends.take(ticket) else {
        return Vec::new();
    };
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
        from: sending.from,
    });
    model.modals.push(Modal::ask(Subject::Twice(wanted, twin)));
    Vec::new()
}

/// A message is not sent a second time; where another one is composed, it says which.
pub fn say_not_sent(model: &mut Model, wanted: &Wanted) {
    if !wanted.is_forms {
        let to = visible::line(&wanted.draft.to);
        let words = format!("Not sent to {to} a second time: it is in the list of drafts");
        model.toast(words, Tone::Info);
    }
}

/// A message waits for its turn, and is in the history.
pub fn waits(model: &mut Model, ticket: Ticket, id: Option<SendId>) {
    let Some(sending) = model.sends.get_mut(ticket) else {
        return;
    };
    sending.id = id;
    if sending.phase == Phase::Starting {
        sending.phase = Phase::Waiting;
    }
}

/// A message is under way, and in the history.
pub fn begun(model: &mut Model, ticket: Ticket, id: Option<SendId>, at: String) {
    // The text that goes along with it comes later.
    if let Some(sending) = model.sends.get_mut(ticket)
        && sending.at.is_empty()
    {
        (sending.id, sending.at) = (id, at);
        if !sending.is_written() {
            sending.phase = Phase::Begun;
        }
    }
}

/// The messages that waited for their turn when their composer ended.
pub fn never_begun(model: &mut Model, entries: &[Entry]) {
    for entry in entries {
        model.sends.remember_never_begun(Ended::never_begun(entry));
    }
    let names: Vec<String> = entries.iter().take(3).map(Ended::name_of).collect();
    let more = match entries.len().saturating_sub(names.len()) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let drafts = match model.keymap.hint(Action::Drafts, "lists the drafts") {
        Some(hint) => format!(": {hint}"),
        None => ": they are in the list of drafts".to_owned(),
    };
    let to = names.join(", ");
    let words = format!("Not sent when the composer ended, to {to}{more}{drafts}");
    model.toast(words, Tone::Bad);
}

/// A send tries again, or waits for that, or cannot be taken back any more.
pub fn goes_on(model: &mut Model, ticket: Ticket, step: Step) {
    let now = model.now;
    let Some(sending) = model.sends.get_mut(ticket) else {
        return;
    };
    sending.step(step, now);
    if sending.cancelled && sending.is_written() && model.sends.is_watched(ticket) {
        watch_no_longer(model);
    }
}

/// Esc: a message is wanted back, or only its answer is not waited for any more.
pub fn cancel(model: &mut Model) -> Vec<Effect> {
    let sending = model.sends.to_cancel();
    let Some((ticket, is_written)) = sending.map(|one| (one.ticket, one.is_written())) else {
        return Vec::new();
    };
    if is_written {
        watch_no_longer(model);
        return Vec::new();
    }
    match model.sends.get_mut(ticket) {
        Some(sending) if !sending.cancelled => {
            sending.cancelled = true;
            vec![Effect::Cancel(ticket)]
        }
        _ => Vec::new(),
    }
}

/// The answer comes while something else is done.
pub fn watch_no_longer(model: &mut Model) {
    let Some(sending) = model.sends.watch_none() else {
        return;
    };
    let (to, ticket) = (sending.recipient(), sending.ticket);
    let words =
        format!("The message to {to} is written already: its answer is recorded when it comes");
    model.toast(words, Tone::Info);
    if let Some(toast) = model.toasts.last_mut() {
        toast.awaits = Some(ticket);
    }
}

/// A send has ended.
pub fn answered(model: &mut Model, ticket: Ticket, sent: Sent) -> Vec<Effect> {
    let is_watched = model.sends.is_watched(ticket);
    let Some(sending) = model.sends.take(ticket) else {
        return Vec::new();
    };
    model.toasts.retain(|toast| toast.awaits != Some(ticket));
    let is_unsent = matches!(sent, Sent::NotTried(_));
    if is_unsent && sending.cancelled && sending.is_before_its_turn() {
        return taken_back(model, &sending);
    }
    model.sends.remember(&sending, &sent);
    let became = Became::of(&sent);
    if !is_watched && became != Became::Sent {
        let (words, tone) = under_way::news(&sending.draft, &sent);
        model.toast(words, tone);
    }
    let is_last = !sending.is_left
        && model.sends.watched().is_none()
        && model
            .delivery
            .as_ref()
            .is_none_or(|last| last.ticket < ticket);
    let id = sending.id;
    let unknown =
        (became == Became::Unknown).then(|| delivery::unknown(&sending.draft, &sending.profile));
    if model.leaving {
        let line = delivery::refused(&sending.draft, &sending.profile, &sent);
        model.sends.refused.extend(line);
    }
    if became != Became::Sent && sending.is_left && !model.keeping.is_on() {
        // It is nowhere else.
        let form = sending.form.draft().clone();
        model.keeping.unkept.push(form);
    }
    // What is said of another message stays where it is.
    let mut effects = if is_watched || is_last {
        delivered(model, sending, sent, is_watched)
    } else {
        Vec::new()
    };
    effects.extend(history::refresh_history(model));
    files::left_unasked(model);
    if let (true, Some(line)) = (model.leaving, unknown) {
        model.unsettled.push(line);
        effects.push(Effect::Store(Ask::StayInDoubt(id)));
    }
    effects.extend(files::leave_if_done(model));
    effects
}

/// A message was taken back before its turn: it is in the form again.
fn taken_back(model: &mut Model, sending: &Sending) -> Vec<Effect> {
    model.toast("Taken back: nothing was sent", Tone::Info);
    files::left_unasked(model);
    let mut effects = history::refresh_history(model);
    if sending.is_left && sending.is_forms && !model.leaving {
        match sending.left {
            Some(id) => effects.extend(taken::ask_to_take(model, id)),
            None => files::load(model, sending.form.draft().clone(), None),
        }
    }
    effects.extend(files::leave_if_done(model));
    effects
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
    if matches!(followed, Followed::Said(Verdict::Taken(_))) {
        model
            .sends
            .settle(|ended| ended.ticket == ticket, Became::Sent);
    }
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

/// Shows what became of the last messages, the newest first.
pub fn show_last(model: &mut Model) {
    let last: Vec<Ended> = model.sends.ended().rev().cloned().collect();
    if last.is_empty() {
        model.toast("No message was answered yet", Tone::Info);
        return;
    }
    model.sends.seen();
    let page = Page::new(Content::Last(last), model.answers);
    model.modals.push(Modal::Page(page));
}
