//! A message that the screen sends: its ledger is on the store's thread, and what it hears is events.

use tokio::sync::mpsc::UnboundedSender;
use tokio_util::sync::CancellationToken;

use super::store::StoreHand;
use super::{Effects, Hold};
use crate::config::Profile;
use crate::dispatch::{
    Connections, Dispatch, Ledger, NoteError, Order, Outbox, Part, Place, Progress, Requests, Same,
    Stops, Tried,
};
use crate::failure::Failure;
use crate::message::Draft;
use crate::store::StoreError;
use crate::tui::effect::{Effect, Ticket};
use crate::tui::event::{Event, Sent};
use crate::tui::keep::Told;
use crate::tui::question::{Answer, Followed};

impl Effects {
    /// Sends a message, without waiting for it.
    pub(super) fn send(&mut self, effect: Effect) {
        let Effect::Send {
            ticket,
            profile,
            draft,
            file,
            again,
            twice,
            from,
            is_held,
        } = effect
        else {
            return;
        };
        // Asked for now: the draft may be left before the message is under way.
        let origin = from.map(|from| self.store.origin(*from));
        self.sending.retain(|(.., work)| !work.is_finished());
        let place = self.turns.place(&draft.to, &profile.account);
        let release = is_held.then(CancellationToken::new);
        let stops = Stops::default();
        let hold = Hold {
            stops: stops.clone(),
            release: release.clone(),
        };
        let connections = self.connections.clone();
        let ledger = AtScreen {
            hand: self.store.hand(),
            events: self.events.clone(),
            profile: profile.name.clone(),
            ticket,
        };
        let work = tokio::spawn(async move {
            let order = Order {
                requests: match requests(&connections, &profile, *draft).await {
                    Ok(requests) => requests,
                    Err(why) => return ledger.answered(Sent::NotTried(why)),
                },
                file,
                origin: match origin {
                    Some(origin) => origin.await,
                    None => None,
                },
                again,
                same: if twice { Same::Send } else { Same::Ask },
                traces: false,
                held: None,
            };
            let turn = (place, release.as_ref());
            Box::pin(deliver(
                &connections,
                *profile,
                (order, turn),
                &stops,
                ledger,
            ))
            .await;
        });
        self.sending.push((ticket, hold, work));
    }
}

/// What goes out through a profile.
async fn requests(
    connections: &Connections,
    profile: &Profile,
    draft: Draft,
) -> Result<Requests, Failure> {
    let account = connections.account(profile).await?;
    let profile = Profile {
        account,
        ..profile.clone()
    };
    Ok(Requests::of(&profile, draft)?)
}

/// Sends a message when its turn comes, and tells what becomes of it.
async fn deliver(
    connections: &Connections,
    profile: Profile,
    (mut order, (mut place, release)): (Order, (Place, Option<&CancellationToken>)),
    stops: &Stops,
    mut ledger: AtScreen,
) {
    let turn = place.turn(&mut order, &profile, (release, stops), &mut ledger);
    if let Err(why) = turn.await {
        return ledger.not_sent(why);
    }
    // The command that gives the token can take as long as a person at a password.
    let opened = tokio::select! {
        opened = connections.open(profile) => opened.map_err(Failure::from),
        () = stops.back.cancelled() => Err(Failure::new("cancelled before it began")),
        () = stops.give_up.cancelled() => Err(Failure::new("cancelled before it began")),
    };
    let connection = match opened {
        Ok(connection) => connection,
        Err(why) => {
            order.take_back(&why.title, &mut ledger).await;
            return ledger.answered(Sent::NotTried(why));
        }
    };
    let dispatch = Dispatch {
        connection: &connection,
        retries: true,
        stops,
    };
    let sent = dispatch.send(order, &mut ledger).await;
    match sent.main {
        Err(why) => ledger.not_sent(why),
        Ok(tried) => {
            let (main, text) = (tried.exchange.clone(), sent.numbered_text);
            let duplicate = text.and_then(Result::ok).map(|text| text.exchange);
            ledger.answered(Sent::Tried { main, duplicate });
            // The next one to this recipient does not wait for what the journal says.
            drop(place);
            ledger.follow(dispatch, &tried).await;
        }
    }
}

/// The screen, for a message that it sends.
struct AtScreen {
    hand: StoreHand,
    events: UnboundedSender<Event>,
    /// The profile's name.
    profile: String,
    /// Names the message.
    ticket: Ticket,
}

impl AtScreen {
    fn tell(&self, event: Event) {
        // Nobody listens any more when the composer ends.
        let _ = self.events.send(event);
    }

    fn answered(&self, sent: Sent) {
        let (ticket, sent) = (self.ticket, Box::new(sent));
        self.tell(Event::Answered { ticket, sent });
    }

    fn not_sent(&self, why: NoteError) {
        let ticket = self.ticket;
        match why {
            NoteError::SentBefore(twin) => self.tell(Event::SentBefore { ticket, twin }),
            NoteError::TakenBack => self.answered(Sent::NotTried(why.into())),
            why => self.answered(Sent::NotTried(unnoted(why))),
        }
    }

    fn followed(&self, followed: Followed) {
        let profile = self.profile.clone();
        let answer = Answer::Followed(self.ticket, followed);
        self.tell(Event::Told { profile, answer });
    }

    /// Asks by itself what became of a message whose outcome has just become unknown, where its gateway
    /// has a journal, and tells.
    async fn follow(&mut self, dispatch: Dispatch<'_>, tried: &Tried) {
        // Whoever cancelled the send wants to know all the more.
        let cancel = CancellationToken::new();
        match dispatch.trace(Part::Main, tried, &cancel, self).await {
            None => {}
            Some(Ok(verdict)) => self.followed(Followed::Said(verdict)),
            Some(Err(why)) => self.followed(Followed::Failed(why)),
        }
    }
}

impl Ledger for AtScreen {
    async fn with<T: Send + 'static>(
        &mut self,
        work: impl FnOnce(&mut Outbox) -> T + Send + 'static,
    ) -> Option<T> {
        let done = self.hand.run(move |keeper| {
            keeper.look_after_file();
            work(&mut keeper.outbox)
        });
        done.await
    }

    fn hear(&mut self, part: Part, progress: Progress) {
        let ticket = self.ticket;
        let (words, why) = match progress {
            Progress::Begun { id, at } if part == Part::Main => {
                self.tell(Event::Store(Told::Begun { ticket, id, at }));
                return drop(self.hand.run(|keeper| keeper.tell_recipients()));
            }
            Progress::Held { id } => {
                return self.tell(Event::Store(Told::Held { ticket, id }));
            }
            Progress::Step(step) => return self.tell(Event::Trying { ticket, step }),
            Progress::Tracing => return self.followed(Followed::Asking),
            Progress::Unrecorded { is_later, why } if is_later => {
                ("The history has this message once it can be written", why)
            }
            Progress::Unrecorded { why, .. } => ("The history does not have this message", why),
            Progress::OutcomeUnrecorded { why, .. } => {
                ("The history has the outcome once it can be written", why)
            }
            // The same again is asked about before.
            Progress::Begun { .. } | Progress::SentBefore(_) | Progress::SentBeforeUnknown(_) => {
                return;
            }
        };
        let told = Told::Failed(format!("{words}: {}", why.title));
        self.tell(Event::Store(told));
    }
}

/// Why a message was not sent in place of one in doubt.
fn unnoted(why: NoteError) -> Failure {
    match why {
        NoteError::Store(why @ (StoreError::Settled(_) | StoreError::NoMessage(_))) => why.into(),
        why => Failure::because(
            "It was not sent again, as that could not be noted. It stays in doubt: settle it in the \
             history, or at the next start",
            why,
        ),
    }
}
