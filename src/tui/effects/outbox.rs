//! The outbox: what is sent is in the store before its first byte leaves, what became of it after.

use tokio::sync::mpsc::UnboundedSender;
use tokio_util::sync::CancellationToken;

use super::store::{StoreHand, now};
use super::unwritten::{Noted, Row};
use crate::client::Client;
use crate::config::Profile;
use crate::gateway::wire::Request;
use crate::gateway::{Exchange, Outcome};
use crate::message::{Draft, duplicate};
use crate::secret::Secret;
use crate::store::{Begun, Origin, SendId, StoreError, Twin};
use crate::tui::effect::Ticket;
use crate::tui::event::{Event, Sent};
use crate::tui::keep::Told;

/// What a send is noted with.
pub(super) struct Outbox {
    pub hand: StoreHand,
    /// Where people are told what the history does not have.
    pub events: UnboundedSender<Event>,
    /// The name of the message file.
    pub file: Option<String>,
    /// The message in doubt that it is sent in place of.
    pub again: Option<SendId>,
    /// Whether it is sent although the same was sent before.
    pub twice: bool,
    /// The draft that it is sent from.
    pub origin: Option<Origin>,
    /// Names the message.
    pub ticket: Ticket,
}

/// Why a message was not begun.
#[derive(Debug, PartialEq)]
pub(super) enum Stopped {
    /// It cannot be, in words.
    Failed(String),
    /// The same was sent before, and nobody knew who wanted it sent.
    Before(Box<Twin>),
}

/// What was sent, and the number of the message whose outcome is unknown.
pub(super) struct Done {
    pub sent: Sent,
    pub in_doubt: Option<SendId>,
}

impl From<Sent> for Done {
    fn from(sent: Sent) -> Self {
        let in_doubt = None;
        Self { sent, in_doubt }
    }
}

/// What a message is sent with.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    pub client: &'a Client,
    pub profile: &'a Profile,
    pub token: &'a Secret,
    pub cancel: &'a CancellationToken,
    /// Says that the message is wanted back.
    pub back: &'a CancellationToken,
}

impl Outbox {
    /// Sends a message, and the numbered text that goes along where the profile wants it.
    ///
    /// # Errors
    /// The same message, where it was sent before and is not to be sent twice.
    pub(super) async fn send(mut self, line: Line<'_>, draft: &Draft) -> Result<Done, Box<Twin>> {
        let account = &line.profile.account;
        let request = match account.encode(draft) {
            Ok(request) => request,
            Err(unsupported) => return Ok(Sent::NotTried(unsupported.to_string()).into()),
        };
        let along = duplicate::as_text(draft).filter(|_| line.profile.duplicate_as_text);
        let along = along.and_then(|text| {
            let request = account.encode(&text).ok()?;
            Some((text, request))
        });
        let (main, in_doubt) = match self.send_one(line, draft, request).await {
            Ok(sent) => sent,
            Err(Stopped::Failed(why)) => return Ok(Sent::NotTried(why).into()),
            Err(Stopped::Before(twin)) => return Err(twin),
        };
        // It belongs to the message, which is wanted.
        self.twice = true;
        let duplicate = match along {
            Some((text, request)) if main.outcome.calls_for_duplicate() => {
                // The message was wanted back too late: it is sent, and its text goes along with it.
                let whole = line.client.clone().with_recall(None);
                let client = if line.back.is_cancelled() {
                    &whole
                } else {
                    line.client
                };
                let line = Line { client, ..line };
                self.send_one(line, &text, request).await.ok()
            }
            _ => None,
        };
        let sent = Sent::Tried {
            main: Box::new(main),
            duplicate: duplicate.map(|(duplicate, _)| Box::new(duplicate)),
        };
        Ok(Done { sent, in_doubt })
    }

    /// Sends one request, and says its number where its outcome is unknown. A store that fails keeps
    /// nothing from being sent, but for what is sent in place of a message in doubt: that would be
    /// offered once more.
    async fn send_one(
        &mut self,
        line: Line<'_>,
        draft: &Draft,
        request: Request,
    ) -> Result<(Exchange, Option<SendId>), Stopped> {
        // What goes along with a message is from no draft.
        let origin = self.origin.take();
        let noted = Noted {
            profile: line.profile.name.clone(),
            gateway: line.profile.account.gateway,
            draft: draft.clone(),
            request: request.clone(),
            file: self.file.clone(),
            origin,
            now: now(),
        };
        let row = self.begin(noted.clone()).await?;
        let account = &line.profile.account;
        let sending = line.client.send(account, line.token, request, line.cancel);
        let exchange = sending.await;
        let in_doubt = match (&row, &exchange.outcome) {
            (Some(Row::Written(id)), Outcome::Unknown(_)) => Some(*id),
            _ => None,
        };
        match row {
            Some(row) => self.finish(row, &exchange).await,
            None => self.remember(noted, &exchange).await,
        }
        Ok((exchange, in_doubt))
    }

    async fn begin(&mut self, noted: Noted) -> Result<Option<Row>, Stopped> {
        let (again, twice, ticket) = (self.again.take(), self.twice, self.ticket);
        let later = Row::Later(Box::new(noted.clone()));
        let begun = self.hand.run(move |keeper| {
            keeper.look_after_file();
            let again = again.map(|id| keeper.number(id));
            if !twice
                && let Some(twin) = keeper.twin_only_here(&noted.profile, &noted.request)
                && (again.is_none() || twin.is_accepted())
            {
                return Some(Ok(Begun::Before(twin)));
            }
            let store = keeper.store.as_mut()?;
            let message = noted.begin(again);
            let origin = noted.origin.as_ref();
            let begun = if twice {
                store.begin_from(&message, origin).map(Begun::New)
            } else {
                store.begin_unless_same_from(&message, origin)
            };
            let id = match &begun {
                Ok(Begun::New(id)) => Some(*id),
                _ => None,
            };
            let at = store.time_of_day(noted.now);
            keeper.tell(Told::Begun { ticket, id, at });
            Some(begun)
        });
        let (why, row) = match begun.await {
            Some(Some(Ok(Begun::New(id)))) => return Ok(Some(Row::Written(id))),
            Some(Some(Ok(Begun::Before(twin)))) => return Err(Stopped::Before(Box::new(twin))),
            Some(Some(Err(why @ (StoreError::Settled(_) | StoreError::NoMessage(_))))) => {
                return Err(Stopped::Failed(why.to_string()));
            }
            // Nothing more is ever written into that one.
            Some(Some(Err(why @ StoreError::Damaged(_)))) => (why.to_string(), None),
            Some(Some(Err(why))) => (why.to_string(), Some(later)),
            // That nothing is kept was told when it was to be opened.
            Some(None) if again.is_none() => return Ok(None),
            Some(None) => ("the store is not open".to_owned(), None),
            None => ("the store has ended: start again".to_owned(), None),
        };
        if again.is_some() {
            return Err(Stopped::Failed(format!(
                "It was not sent again, as that could not be noted: {why}. It stays in doubt: settle it in \
                 the history, or at the next start"
            )));
        }
        let words = match row {
            Some(_) => "The history has this message once it can be written",
            None => "The history does not have this message",
        };
        // Nobody listens any more when the composer ends.
        let told = Told::Failed(format!("{words}: {why}"));
        let _ = self.events.send(Event::Store(told));
        Ok(row)
    }

    async fn finish(&self, row: Row, exchange: &Exchange) {
        let exchange = exchange.clone();
        let finished = self.hand.run(move |keeper| {
            if let Err(why) = keeper.finish(row, exchange) {
                let words = "The history has the outcome once it can be written";
                keeper.tell(Told::Failed(format!("{words}: {why}")));
            }
        });
        // A thread that is gone leaves the message in doubt, which is asked about at the next start.
        let _ = finished.await;
    }

    /// What the history never has is still not to be sent twice in this run.
    async fn remember(&self, noted: Noted, exchange: &Exchange) {
        let sent = (noted, exchange.clone());
        let _ = self
            .hand
            .run(move |keeper| keeper.only_here.push(sent))
            .await;
    }
}

#[cfg(test)]
#[expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]
mod tests {
    use super::*;
    use std::time::Duration;

    use crate::gateway::{GatewayKind, Refusal};
    use crate::message::{Message, Text};
    use crate::tui::effects::store::{StoreSettings, StoreThread};
    use rstest::rstest;
    use tokio::sync::mpsc::unbounded_channel;

    fn noted(text: &str) -> Noted {
        let profile = Profile::sandbox(GatewayKind::default());
        let text = text.to_owned();
        let draft = Draft {
            to: "5511999999999".to_owned(),
            message: Message::Text(Text { text }),
            ..Draft::default()
        };
        let request = profile.account.encode(&draft).unwrap();
        Noted {
            profile: profile.name,
            gateway: profile.account.gateway,
            draft,
            request,
            file: None,
            origin: None,
            now: now(),
        }
    }

    /// What is sent in place of another one is sent only where that is settled with it; what else is
    /// sent is sent, and people are told that the history does not have it.
    #[rstest]
    #[case::not_open(false, None, Ok(None), 0)]
    #[case::not_open_and_again(false, Some(SendId(1)), Err("the store is not open"), 0)]
    #[case::ended(true, None, Ok(None), 1)]
    #[case::ended_and_again(true, Some(SendId(1)), Err("the store has ended"), 0)]
    #[tokio::test]
    async fn without_a_store(
        #[case] has_ended: bool,
        #[case] again: Option<SendId>,
        #[case] expected: Result<Option<Row>, &str>,
        #[case] told: usize,
    ) {
        let (events, mut happened) = unbounded_channel();
        let settings = StoreSettings {
            folder: None,
            history_days: 0,
        };
        let thread = StoreThread::start(settings, events.clone());
        let hand = thread.hand();
        if has_ended {
            let end = hand.run(|_| std::panic::resume_unwind(Box::new(())));
            assert_eq!(end.await, None::<()>);
        }
        let mut outbox = Outbox {
            hand,
            events,
            file: None,
            again,
            twice: false,
            origin: None,
            ticket: Ticket(1),
        };
        let begun = outbox.begin(noted("Olá 日本")).await;
        match (begun, expected) {
            (Err(Stopped::Failed(why)), Err(part)) => assert!(why.contains(part), "{why}"),
            (begun, Ok(expected)) => assert_eq!(begun, Ok(expected)),
            (begun, Err(part)) => panic!("{part}: {begun:?}"),
        }
        let mut count = 0;
        while let Ok(event) = happened.try_recv() {
            assert!(matches!(event, Event::Store(Told::Failed(_))), "{event:?}");
            count += 1;
        }
        assert_eq!(count, told);
    }

    /// What the store never had is still known for as long as the composer runs.
    #[rstest]
    #[case::accepted(Outcome::Accepted { message_id: "3EB0日".to_owned() }, false, true)]
    #[case::unknown(Outcome::Unknown(Refusal::default()), false, true)]
    #[case::rejected(Outcome::Rejected(Refusal::default()), false, false)]
    #[case::wanted_twice(Outcome::Accepted { message_id: "3EB0日".to_owned() }, true, false)]
    #[tokio::test]
    async fn the_same_again_without_a_store(
        #[case] outcome: Outcome,
        #[case] twice: bool,
        #[case] is_stopped: bool,
    ) {
        let (events, _happened) = unbounded_channel();
        let settings = StoreSettings {
            folder: None,
            history_days: 0,
        };
        let thread = StoreThread::start(settings, events.clone());
        let mut outbox = Outbox {
            hand: thread.hand(),
            events,
            file: None,
            again: None,
            twice,
            origin: None,
            ticket: Ticket(1),
        };
        let sent = noted("Olá 日本");
        let exchange = Exchange {
            request: sent.request.clone(),
            response: None,
            outcome,
            elapsed: Duration::ZERO,
            attempts: 1,
        };
        assert_eq!(outbox.begin(sent.clone()).await, Ok(None));
        outbox.remember(sent, &exchange).await;
        let again = outbox.begin(noted(" Olá 日本\n")).await;
        assert_eq!(
            matches!(again, Err(Stopped::Before(_))),
            is_stopped,
            "{again:?}"
        );
        let other = outbox.begin(noted("日本")).await;
        assert_eq!(other, Ok(None));
    }
}
