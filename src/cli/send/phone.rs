//! What there is to know of a message that was accepted: what its answer says besides, and whether the
//! phone is there that it waits for. It changes nothing of the outcome.

use std::time::Duration;

use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use super::{Line, Sending};
use crate::cli::report::Warning;
use crate::dispatch::Connection;
use crate::gateway::remark::Remark;
use crate::gateway::{Exchange, Outcome};

/// How long a message that was accepted may be told later because of the question for the state.
const PATIENCE: Duration = Duration::from_secs(2);

/// The state of the phone, for messages that were accepted: it is asked once a run.
#[derive(Debug, Default)]
pub(super) enum Phone {
    #[default]
    NotAsked,
    Asked(Option<Remark>),
}

impl Phone {
    /// What to know of a message with this outcome. Only a gateway that takes messages for a phone
    /// which is not there is asked: the others refuse them, or have no phone.
    pub(super) async fn remark(
        &mut self,
        outcome: &Outcome,
        connection: &Connection,
        cancel: &CancellationToken,
    ) -> Option<Remark> {
        let Connection {
            profile,
            token,
            client,
            ..
        } = connection;
        let is_asked = matches!(outcome, Outcome::Accepted { .. })
            && profile.account.keeps_for_the_phone()
            && !profile.is_sandbox();
        if !is_asked {
            return None;
        }
        if let Self::Asked(remark) = self {
            return remark.clone();
        }
        let status = timeout(PATIENCE, client.status(&profile.account, token, cancel)).await;
        // One that did not answer in time is not asked for the next message again.
        let remark = status
            .ok()
            .and_then(|status| status.remark(profile.account.gateway));
        *self = Self::Asked(remark.clone());
        remark
    }
}

impl Sending<'_> {
    /// Tells what there is to know of a message, and gives it back for the object.
    pub(super) async fn warn_of_answer(
        &mut self,
        line: &mut Line,
        file: &str,
        sent: &Exchange,
    ) -> Vec<Warning> {
        let account = &self.profile.account;
        let answered = sent.response.as_ref();
        let accepted = answered.filter(|_| sent.outcome.message_id().is_some());
        let mut remarks = accepted.map_or_else(Vec::new, |response| {
            account.remarks(&sent.request, response)
        });
        let phone = line
            .phone
            .remark(&sent.outcome, &line.connection, &line.stops.give_up);
        remarks.extend(phone.await);
        let warnings: Vec<Warning> = remarks.into_iter().map(Warning::from).collect();
        for warning in &warnings {
            self.output.say(warning.line(file));
        }
        warnings
    }
}
