//! A message that the screen sends: its ledger is on the store's thread, and what it hears is events.

use tokio::sync::mpsc::UnboundedSender;
use tokio_util::sync::CancellationToken;

use super::Effects;
use super::store::StoreHand;
use crate::dispatch::{
    Dispatch, Ledger, NoteError, Order, Outbox, Part, Progress, Requests, Same, Stops, Tried,
};
use crate::failure::Failure;
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
        } = effect
        else {
            return;
        };
        // Asked for now: the draft may be left before the message is under way.
        let origin = from.map(|from| self.store.origin(*from));
        self.sending.retain(|(.., work)| !work.is_finished());
        let stops = Stops::default();
        let own = stops.clone();
        let connections = self.connections.clone();
        let mut ledger = AtScreen {
            hand: self.store.hand(),
            events: self.events.clone(),
            profile: profile.name.clone(),
            ticket,
        };
        let work = tokio::spawn(async move {
            // The command that gives the token can take as long as a person at a password.
            let opened = tokio::select! {
                opened = connections.open(*profile) => opened.map_err(Failure::from),
                () = stops.back.cancelled() => Err(Failure::new("cancelled before it began")),
                () = stops.give_up.cancelled() => Err(Failure::new("cancelled before it began")),
            };
            let connection = match opened {
                Ok(connection) => connection,
                Err(why) => return ledger.answered(Sent::NotTried(why)),
            };
            let requests = match Requests::of(&connection.profile, *draft) {
                Ok(requests) => requests,
                Err(unsupported) => return ledger.answered(Sent::NotTried(unsupported.into())),
            };
            let order = Order {
                requests,
                file,
                origin: match origin {
                    Some(origin) => origin.await,
                    None => None,
                },
                again,
                same: if twice { Same::Send } else { Same::Ask },
                traces: false,
            };
            let dispatch = Dispatch {
                connection: &connection,
                retries: true,
                stops: &stops,
            };
            let sent = dispatch.send(order, &mut ledger).await;
            match sent.main {
                Err(NoteError::SentBefore(twin)) => ledger.tell(Event::SentBefore { ticket, twin }),
                Err(why) => ledger.answered(Sent::NotTried(unnoted(why))),
                Ok(tried) => {
                    let (main, text) = (tried.exchange.clone(), sent.numbered_text);
                    let duplicate = text.and_then(Result::ok).map(|text| text.exchange);
                    ledger.answered(Sent::Tried { main, duplicate });
                    ledger.follow(dispatch, &tried).await;
                }
            }
        });
        self.sending.push((ticket, own, work));
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
                return self.tell(Event::Store(Told::Begun { ticket, id, at }));
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
