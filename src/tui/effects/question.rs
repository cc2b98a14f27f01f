//! Asks gateways what they can be asked besides sending.

use std::time::{Duration, UNIX_EPOCH};

use tokio::sync::mpsc::UnboundedSender;
use tokio_util::sync::CancellationToken;

use super::outbox::Line;
use super::store::{StoreHand, now};
use super::{Effects, client, ready};
use crate::client::Client;
use crate::config::Profile;
use crate::gateway::Refusal;
use crate::gateway::journal::LookedUp;
use crate::gateway::state::{State, Status};
use crate::secret::Secret;
use crate::store::{SendId, SendState};
use crate::tui::effect::Ticket;
use crate::tui::event::Event;
use crate::tui::question::{Answer, Followed, Question};

impl Effects {
    /// Asks, and tells the answer.
    pub(super) fn question(&self, profile: Profile, question: Question) {
        let (events, sandbox) = (self.events.clone(), self.sandbox.clone());
        let hand = self.store.hand();
        tokio::spawn(async move {
            let name = profile.name.clone();
            let answer = match ready(profile, &sandbox).await {
                Ok((profile, token)) => ask(&profile, &token, question, &hand).await,
                Err(why) => without_token(question, why),
            };
            let profile = name;
            let _ = events.send(Event::Told { profile, answer });
        });
    }
}

async fn ask(profile: &Profile, token: &Secret, question: Question, hand: &StoreHand) -> Answer {
    let client = client(profile);
    let account = &profile.account;
    let cancel = CancellationToken::new();
    match question {
        Question::State => Answer::State(client.status(account, token, &cancel).await),
        Question::Queue => {
            let queue = client.queue(account, token, &cancel).await;
            Answer::Queue(queue.map_err(in_words))
        }
        Question::ClearQueue => {
            let cleared = client.clear_queue(account, token, &cancel).await;
            Answer::Cleared(cleared.map_err(in_words))
        }
        Question::LookUp(id) => {
            Answer::LookedUp(id, look_up(&client, profile, token, id, hand).await)
        }
    }
}

async fn look_up(
    client: &Client,
    profile: &Profile,
    token: &Secret,
    id: SendId,
    hand: &StoreHand,
) -> Result<LookedUp, String> {
    let sent = hand.run(move |keeper| Some(keeper.store.as_ref()?.sent(id)));
    let sent = sent.await.flatten().ok_or("the store is not open")?;
    let sent = sent.map_err(|error| error.to_string())?;
    let started = Duration::from_millis(sent.entry.started.unsigned_abs());
    let cancel = CancellationToken::new();
    let since = UNIX_EPOCH + started;
    let asked = client.look_up(&profile.account, token, &sent.request, since, &cancel);
    let mut looked_up = asked.await.map_err(in_words)?;
    // What the history has as another message's is not this one, however alike they are.
    let ids: Vec<String> = looked_up.ids().map(str::to_owned).collect();
    let others = hand.run(move |keeper| Some(keeper.store.as_ref()?.ids_of_others(id, &ids)));
    let others = others.await.flatten().ok_or("the store is not open")?;
    for (message_id, state) in others.map_err(|error| error.to_string())? {
        looked_up.leave_out(&message_id, state == SendState::Accepted);
    }
    Ok(looked_up)
}

/// Asks by itself what became of a message whose outcome has just become unknown, where its gateway has
/// a journal, and tells.
pub(super) async fn follow(
    line: Line<'_>,
    (ticket, id): (Ticket, SendId),
    hand: &StoreHand,
    events: &UnboundedSender<Event>,
) {
    let kept = hand.run(move |keeper| Some(keeper.store.as_ref()?.sent(id)));
    let Some(Some(Ok(sent))) = kept.await else {
        return;
    };
    let account = &line.profile.account;
    if account.journal_query(&sent.request).is_none() {
        return;
    }
    let tell = |followed| {
        let profile = line.profile.name.clone();
        let answer = Answer::Followed(ticket, followed);
        let _ = events.send(Event::Told { profile, answer });
    };
    tell(Followed::Asking);
    let since = UNIX_EPOCH + Duration::from_millis(sent.entry.started.unsigned_abs());
    // Whoever cancelled the send wants to know all the more.
    let cancel = CancellationToken::new();
    let asked = line
        .client
        .trace(account, line.token, &sent.request, since, &cancel);
    let traced = match asked.await {
        Ok(traced) => traced,
        Err(refusal) => return tell(Followed::Failed(in_words(refusal))),
    };
    let verdict = hand.run(move |keeper| Some(keeper.store.as_mut()?.trace(id, traced, now())));
    tell(match verdict.await.flatten() {
        Some(Ok(verdict)) => Followed::Said(verdict),
        Some(Err(why)) => Followed::Failed(why.to_string()),
        None => Followed::Failed("the store is not open".to_owned()),
    });
}

fn without_token(question: Question, why: String) -> Answer {
    match question {
        Question::State => Answer::State(Status::new(State::NoAccess, "token", why)),
        Question::Queue => Answer::Queue(Err(why)),
        Question::ClearQueue => Answer::Cleared(Err(why)),
        Question::LookUp(id) => Answer::LookedUp(id, Err(why)),
    }
}

fn in_words(refusal: Refusal) -> String {
    let parts = [refusal.message, refusal.explanation];
    let parts = parts.into_iter().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(". ")
}
