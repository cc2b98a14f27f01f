//! The outbox: what is sent is in the store before its first byte leaves, what became of it after.

use tokio_util::sync::CancellationToken;

use super::store::{StoreHand, now};
use crate::client::Client;
use crate::config::Profile;
use crate::gateway::Exchange;
use crate::gateway::wire::Request;
use crate::message::{Draft, duplicate};
use crate::secret::Secret;
use crate::store::{Begin, SendId, StoreError};
use crate::tui::event::Sent;
use crate::tui::keep::Told;

/// What a send is noted with.
pub(super) struct Outbox {
    pub hand: StoreHand,
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

    /// Sends one request. A store that fails keeps nothing from being sent, but what is settled
    /// already is not sent again.
    async fn send_one(
        &mut self,
        line: Line<'_>,
        draft: &Draft,
        request: Request,
    ) -> Result<Exchange, String> {
        let id = self.begin(line.profile, draft, &request).await?;
        let account = &line.profile.account;
        let sending = line.client.send(account, line.token, request, line.cancel);
        let exchange = sending.await;
        if let Some(id) = id {
            self.finish(id, &exchange).await;
        }
        Ok(exchange)
    }

    async fn begin(
        &mut self,
        profile: &Profile,
        draft: &Draft,
        request: &Request,
    ) -> Result<Option<SendId>, String> {
        let (name, gateway) = (profile.name.clone(), profile.account.gateway);
        let (draft, request, file) = (draft.clone(), request.clone(), self.file.clone());
        let again = self.again.take();
        let begun = self.hand.run(move |keeper| {
            let Some(store) = &mut keeper.store else {
                return Ok(None);
            };
            let begun = store.begin(&Begin {
                profile: &name,
                gateway,
                draft: &draft,
                request: &request,
                file: file.as_deref(),
                now: now(),
                again,
            });
            match begun {
                Ok(id) => Ok(Some(id)),
                Err(why @ (StoreError::Settled(_) | StoreError::NoMessage(_))) => {
                    Err(why.to_string())
                }
                Err(why) => {
                    let words = format!("The history does not have this message: {why}");
                    keeper.tell(Told::Failed(words));
                    Ok(None)
                }
            }
        });
        begun.await.unwrap_or(Ok(None))
    }

    async fn finish(&self, id: SendId, exchange: &Exchange) {
        let exchange = exchange.clone();
        let finished = self.hand.run(move |keeper| {
            let store = keeper.store.as_mut();
            if let Some(Err(why)) = store.map(|store| store.finish(id, &exchange, now())) {
                let words = format!("The history does not have the outcome: {why}");
                keeper.tell(Told::Failed(words));
            }
        });
        // A thread that is gone leaves the message in doubt, which is asked about at the next start.
        let _ = finished.await;
    }
}
