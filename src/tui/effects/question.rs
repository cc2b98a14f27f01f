//! Asks gateways what they can be asked besides sending.

use std::time::{Duration, UNIX_EPOCH};

use tokio_util::sync::CancellationToken;

use super::Effects;
use super::store::StoreHand;
use crate::config::Profile;
use crate::dispatch::{Connection, NoteError, failure};
use crate::failure::Failure;
use crate::gateway::journal::LookedUp;
use crate::gateway::state::{State, Status};
use crate::store::SendId;
use crate::tui::event::Event;
use crate::tui::question::{Answer, Question};

impl Effects {
    /// Asks, and tells the answer.
    pub(super) fn question(&self, profile: Profile, question: Question) {
        let (events, connections) = (self.events.clone(), self.connections.clone());
        let hand = self.store.hand();
        tokio::spawn(async move {
            let name = profile.name.clone();
            let answer = match connections.open(profile).await {
                Ok(connection) => ask(&connection, question, &hand).await,
                Err(why) => without_token(question, why.into()),
            };
            let profile = name;
            let _ = events.send(Event::Told { profile, answer });
        });
    }
}

async fn ask(connection: &Connection, question: Question, hand: &StoreHand) -> Answer {
    let Connection { client, token, .. } = connection;
    let account = &connection.profile.account;
    let cancel = CancellationToken::new();
    match question {
        Question::State => Answer::State(client.status(account, token, &cancel).await),
        Question::Queue => {
            let queue = client.queue(account, token, &cancel).await;
            Answer::Queue(queue.map_err(failure))
        }
        Question::ClearQueue => {
            let cleared = client.clear_queue(account, token, &cancel).await;
            Answer::Cleared(cleared.map_err(failure))
        }
        Question::LookUp(id) => Answer::LookedUp(id, look_up(connection, id, hand).await),
    }
}

async fn look_up(
    connection: &Connection,
    id: SendId,
    hand: &StoreHand,
) -> Result<LookedUp, Failure> {
    let sent = hand.run(move |keeper| {
        keeper.look_after_file();
        keeper.sent(id)
    });
    let sent = sent.await.flatten().ok_or(NoteError::NotOpen)??;
    let started = Duration::from_millis(sent.entry.started.unsigned_abs());
    let cancel = CancellationToken::new();
    let since = UNIX_EPOCH + started;
    let Connection { client, token, .. } = connection;
    let account = &connection.profile.account;
    let asked = client.trace(account, token, &sent.request, since, &cancel);
    let mut looked_up = asked.await.map_err(failure)?.found;
    let others = hand.run(move |keeper| {
        keeper.look_after_file();
        let id = keeper.outbox.number(id);
        let store = keeper.outbox.store.as_ref()?;
        let others = store.leave_out_others(id, &mut looked_up);
        Some(others.map(|()| looked_up))
    });
    Ok(others.await.flatten().ok_or(NoteError::NotOpen)??)
}

fn without_token(question: Question, why: Failure) -> Answer {
    match question {
        Question::State => Answer::State(Status::new(State::NoAccess, "token", why.to_string())),
        Question::Queue => Answer::Queue(Err(why)),
        Question::ClearQueue => Answer::Cleared(Err(why)),
        Question::LookUp(id) => Answer::LookedUp(id, Err(why)),
    }
}
