//! Asks gateways what they can be asked besides sending.

use std::time::{Duration, UNIX_EPOCH};

use tokio_util::sync::CancellationToken;

use super::store::StoreHand;
use super::{Effects, client, ready};
use crate::client::Client;
use crate::config::Profile;
use crate::gateway::Refusal;
use crate::gateway::journal::LookedUp;
use crate::gateway::state::{State, Status};
use crate::secret::Secret;
use crate::store::{SendId, SendState};
use crate::tui::event::Event;
use crate::tui::question::{Answer, Question};

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
