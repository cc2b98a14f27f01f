//! How the gateway in use stands, asked gently: when it comes into use, and then while keys are
//! pressed; and what waits in its queue.
//!
//! A command that gives the token may ask a person for a password. Such a profile is asked right after
//! a send of it, when the password was just given, and when somebody wants it asked; never else.

use super::{doubt, files, findings, sent};
use crate::config::TokenSource;
use crate::failure::Failure;
use crate::gateway::queue::Queued;
use crate::gateway::state::{State, Status};
use crate::gateway::{Account, Outcome};
use crate::message::Kind;
use crate::tui::dialog::{Content, Modal, Page, Subject};
use crate::tui::effect::Effect;
use crate::tui::model::link::Asked;
use crate::tui::model::toast::Tone;
use crate::tui::model::{Link, Model};
use crate::tui::question::{Answer, Question};
use std::time::Duration;

/// How long an answer is good for.
const FRESH: Duration = Duration::from_secs(60);

/// The same, where a message was accepted that may wait for the phone.
const FRESH_AFTER_SEND: Duration = Duration::from_secs(10);

/// Asks how the gateway stands, if it can be asked by itself and was not lately.
pub fn ask_state(model: &mut Model, fresh: Duration) -> Option<Effect> {
    match model.profile().token {
        // The one runs in here, the other may ask a person for a password.
        TokenSource::Sandbox | TokenSource::Command(_) => None,
        _ => ask_state_now(model, fresh),
    }
}

/// Asks how the gateway stands, wherever its token comes from.
pub fn ask_state_now(model: &mut Model, fresh: Duration) -> Option<Effect> {
    let is_fresh = model
        .asked
        .at
        .is_some_and(|at| model.now.saturating_sub(at) < fresh);
    let can_be_asked = model.account().status_query().is_some();
    if is_fresh || model.asked.is_waiting || !can_be_asked || model.link == Link::Starting {
        return None;
    }
    model.asked = Asked {
        at: Some(model.now),
        is_waiting: true,
        by_hand: model.asked.by_hand,
    };
    Some(question(model, Question::State))
}

/// Somebody wants to know how the gateway stands.
pub fn ask_state_by_hand(model: &mut Model) -> Vec<Effect> {
    if model.account().status_query().is_none() {
        let gateway = model.account().gateway.title();
        let words = format!("{gateway} cannot be asked for its status");
        model.toast(words, Tone::Info);
        return Vec::new();
    }
    model.asked.by_hand = true;
    let effect = ask_state_now(model, Duration::ZERO);
    effect.into_iter().collect()
}

/// A key was pressed: the composer is in use.
pub fn ask_state_gently(model: &mut Model) -> Option<Effect> {
    model.asked.at?;
    ask_state(model, FRESH)
}

/// A profile was made ready, or could not be.
pub fn connected(model: &mut Model, name: &str, account: Result<Account, Failure>) -> Vec<Effect> {
    let Some(at) = model
        .profiles
        .iter()
        .position(|profile| profile.name == name)
    else {
        return Vec::new();
    };
    let link = match account {
        Ok(account) => {
            model.profiles[at].account = account;
            // The sandbox runs inside of this program; the others were not asked yet.
            if model.profiles[at].is_sandbox() {
                Link::Connected
            } else {
                Link::Ready
            }
        }
        Err(why) => Link::Down(why.into()),
    };
    if at == model.profile {
        if let Link::Down(why) = &link {
            model.toast(why.clone(), Tone::Bad);
        }
        model.link = link;
        findings::examine(model);
        return ask_state(model, Duration::ZERO).into_iter().collect();
    }
    Vec::new()
}

/// Composes for another profile.
pub fn use_profile(model: &mut Model, at: usize) -> Vec<Effect> {
    if at >= model.profiles.len() || at == model.profile {
        return Vec::new();
    }
    model.profile = at;
    model.link = Link::Starting;
    forget_state(model);
    let is_sample = model.keeping.stands_in && !model.is_modified() && !model.draft().is_blank();
    if is_sample && !model.profile().is_sandbox() {
        // Its recipient may be somebody's number.
        files::start_empty(model, Kind::Text);
    }
    vec![Effect::Connect(Box::new(model.profile().clone()))]
}

/// Another profile is in use.
pub fn forget_state(model: &mut Model) {
    model.asked = Asked::default();
}

pub fn question(model: &Model, question: Question) -> Effect {
    Effect::Question {
        profile: Box::new(model.profile().clone()),
        question,
    }
}

/// A gateway answered.
pub fn told(model: &mut Model, profile: &str, answer: Answer) -> Vec<Effect> {
    match answer {
        Answer::State(status) if profile == model.profile().name => stands(model, status),
        Answer::State(_) => {}
        Answer::Queue(Ok(queue)) => show_queue(model, profile, queue),
        Answer::Cleared(Ok(())) => {
            model.toast(format!("The queue of {profile} is empty now"), Tone::Good);
        }
        Answer::Queue(Err(why)) | Answer::Cleared(Err(why)) => model.toast(why, Tone::Bad),
        Answer::LookedUp(id, found) => doubt::looked_up(model, id, &found),
        Answer::Followed(ticket, followed) => return sent::followed(model, ticket, followed),
    }
    Vec::new()
}

pub fn stands(model: &mut Model, status: Status) {
    model.asked.is_waiting = false;
    if !status.about.is_empty() {
        let at = model.profile;
        model.profiles[at].account.learn(&status.about);
        findings::examine(model);
    }
    let by_hand = std::mem::take(&mut model.asked.by_hand);
    if status.state == State::NotAsked {
        return;
    }
    let is_news = match &model.link {
        Link::Told(before) => before.state != status.state,
        _ => true,
    };
    let is_bad = !matches!(status.state, State::Connected | State::Starting);
    let is_explained = is_bad && !status.meaning.is_empty();
    if is_explained && (is_news || by_hand) {
        model.toast(status.meaning.clone(), Tone::Bad);
    } else if by_hand {
        let about = match model.account().about_words() {
            words if words.is_empty() => words,
            words => format!(", {words}"),
        };
        let words = format!("{}: {}{about}", model.profile().name, status.state.label());
        model.toast(words, if is_bad { Tone::Bad } else { Tone::Good });
    }
    model.link = Link::Told(status);
    note_waiting(model);
}

/// After a send: whether an accepted message waits for the phone; and how the gateway stands
/// where only now is the time to ask.
pub fn follow_send(model: &mut Model) -> Option<Effect> {
    let delivery = model.delivery.as_ref()?;
    // Where nothing was tried, the token may not have been read.
    let outcome = &delivery.exchange()?.outcome;
    if delivery.profile.name != model.profile().name || model.leaving {
        return None;
    }
    let is_accepted = matches!(outcome, Outcome::Accepted { .. });
    let may_wait = is_accepted && model.account().keeps_for_the_phone();
    if may_wait {
        note_waiting(model);
    }
    if model.is_left_unasked() {
        return ask_state_now(model, FRESH_AFTER_SEND);
    }
    may_wait.then(|| ask_state(model, FRESH_AFTER_SEND))?
}

/// Notes whether the accepted message waits for the phone.
pub fn note_waiting(model: &mut Model) {
    let (Link::Told(status), Some(delivery)) = (&model.link, &mut model.delivery) else {
        return;
    };
    let exchange = delivery.exchange().map(|exchange| &exchange.outcome);
    let is_accepted = matches!(exchange, Some(Outcome::Accepted { .. }));
    let account = &delivery.profile.account;
    let waits = status.state.keeps_waiting()
        && is_accepted
        && account.keeps_for_the_phone()
        && delivery.profile.name == model.profiles[model.profile].name;
    delivery.waits = waits.then(|| status.meaning.clone());
}

/// Asks what waits for the phone.
pub fn ask_for_queue(model: &mut Model) -> Vec<Effect> {
    if !has_queue(model) {
        return Vec::new();
    }
    vec![question(model, Question::Queue)]
}

/// Asks whether to throw away what waits.
pub fn ask_to_clear_queue(model: &mut Model) {
    if has_queue(model) {
        let profile = model.profile().name.clone();
        model.modals.push(Modal::ask(Subject::ClearQueue(profile)));
    }
}

pub fn clear_queue(model: &mut Model, profile: &str) -> Vec<Effect> {
    // It is the queue that was named.
    if model.profile().name != profile {
        return Vec::new();
    }
    vec![question(model, Question::ClearQueue)]
}

pub fn has_queue(model: &mut Model) -> bool {
    let has = model.account().queue_query().is_some();
    if !has {
        let gateway = model.account().gateway.title();
        model.toast(format!("{gateway} has no queue to show"), Tone::Info);
    }
    has
}

pub fn show_queue(model: &mut Model, profile: &str, queue: Vec<Queued>) {
    let profile = profile.to_owned();
    let content = Content::Queue { profile, queue };
    model
        .modals
        .push(Modal::Page(Page::new(content, model.answers)));
}
