//! The outbox: what is sent is in the store before its first byte leaves, what became of it after.

use tokio::sync::mpsc::UnboundedSender;
use tokio_util::sync::CancellationToken;

use super::store::{StoreHand, now};
use super::unwritten::{Noted, Row};
use crate::client::Client;
use crate::config::Profile;
use crate::gateway::Exchange;
use crate::gateway::wire::Request;
use crate::message::{Draft, duplicate};
use crate::secret::Secret;
use crate::store::{SendId, StoreError};
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
}

/// What a message is sent with.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    pub client: &'a Client,
    pub profile: &'a Profile,
    pub token: &'a Secret,
    pub cancel: &'a CancellationToken,
}

impl Outbox {
    /// Sends a message, and the numbered text that goes along where the profile wants it.
    pub(super) async fn send(mut self, line: Line<'_>, draft: &Draft) -> Sent {
        let account = &line.profile.account;
        let request = match account.encode(draft) {
            Ok(request) => request,
            Err(unsupported) => return Sent::NotTried(unsupported.to_string()),
        };
        let along = duplicate::as_text(draft).filter(|_| line.profile.duplicate_as_text);
        let along = along.and_then(|text| {
            let request = account.encode(&text).ok()?;
            Some((text, request))
        });
        let main = match self.send_one(line, draft, request).await {
            Ok(main) => main,
            Err(why) => return Sent::NotTried(why),
        };
        let duplicate = match along {
            Some((text, request)) if main.outcome.calls_for_duplicate() => {
                self.send_one(line, &text, request).await.ok()
            }
            _ => None,
        };
        Sent::Tried {
            main: Box::new(main),
            duplicate: duplicate.map(Box::new),
        }
    }

    /// Sends one request. A store that fails keeps nothing from being sent, but for what is sent in
    /// place of a message in doubt: that would be offered once more.
    async fn send_one(
        &mut self,
        line: Line<'_>,
        draft: &Draft,
        request: Request,
    ) -> Result<Exchange, String> {
        let row = self.begin(line.profile, draft, &request).await?;
        let account = &line.profile.account;
        let sending = line.client.send(account, line.token, request, line.cancel);
        let exchange = sending.await;
        if let Some(row) = row {
            self.finish(row, &exchange).await;
        }
        Ok(exchange)
    }

    async fn begin(
        &mut self,
        profile: &Profile,
        draft: &Draft,
        request: &Request,
    ) -> Result<Option<Row>, String> {
        let again = self.again.take();
        let noted = Noted {
            profile: profile.name.clone(),
            gateway: profile.account.gateway,
            draft: draft.clone(),
            request: request.clone(),
            file: self.file.clone(),
            now: now(),
        };
        let later = Row::Later(Box::new(noted.clone()));
        let begun = self.hand.run(move |keeper| {
            keeper.look_after_file();
            let again = again.map(|id| keeper.number(id));
            let store = keeper.store.as_mut()?;
            Some(store.begin(&noted.begin(again)))
        });
        let (why, row) = match begun.await {
            Some(Some(Ok(id))) => return Ok(Some(Row::Written(id))),
            Some(Some(Err(why @ (StoreError::Settled(_) | StoreError::NoMessage(_))))) => {
                return Err(why.to_string());
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
            return Err(format!(
                "It was not sent again, as that could not be noted: {why}. It stays in doubt: settle it in \
                 the history, or at the next start"
            ));
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
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
mod tests {
    use super::*;
    use crate::gateway::GatewayKind;
    use crate::message::{Message, Text};
    use crate::tui::effects::store::{StoreSettings, StoreThread};
    use rstest::rstest;
    use tokio::sync::mpsc::unbounded_channel;

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
        let profile = Profile::sandbox(GatewayKind::Wuts);
        let draft = Draft {
            to: "5511999999999".to_owned(),
            message: Message::Text(Text {
                text: "Olá 日本".to_owned(),
            }),
            ..Draft::default()
        };
        let request = profile.account.encode(&draft).unwrap();
        let mut outbox = Outbox {
            hand,
            events,
            file: None,
            again,
        };
        let begun = outbox.begin(&profile, &draft, &request).await;
        match (begun, expected) {
            (Err(why), Err(part)) => assert!(why.contains(part), "{why}"),
            (begun, expected) => assert_eq!(begun, expected.map_err(str::to_owned)),
        }
        let mut count = 0;
        while let Ok(event) = happened.try_recv() {
            assert!(matches!(event, Event::Store(Told::Failed(_))), "{event:?}");
            count += 1;
        }
        assert_eq!(count, told);
    }
}
