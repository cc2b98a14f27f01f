//! What is to be known of a gateway's server before the first message leaves, where that decides what
//! becomes of it: its version, say. It is asked once a run, and what is not answered stays open.

use tokio_util::sync::CancellationToken;

use super::Sending;
use super::letters::Letter;
use crate::cli::report::Warning;
use crate::dispatch::{Connection, Part};
use crate::message::Kind;

impl Sending<'_> {
    /// Asks, unless there are texts alone, which every server sends.
    pub(super) async fn learn(
        &mut self,
        letters: &[Letter],
        connection: &mut Connection,
        cancel: &CancellationToken,
    ) {
        let is_plain = |letter: &Letter| letter.draft.message.kind() == Kind::Text;
        let account = &connection.profile.account;
        if letters.iter().all(is_plain) || account.about_queries().is_empty() {
            return;
        }
        self.output
            .progress(&format!("asking {} …", account.gateway.title()));
        let (client, token) = (&connection.client, &connection.token);
        let about = client.about(account, token, cancel).await;
        connection.profile.account.learn(&about);
        self.profile.account.learn(&about);
    }

    /// What the server does not deliver of a message, which is among its problems too.
    pub(super) fn undelivered(&self, letter: &Letter) -> impl Iterator<Item = (Part, Warning)> {
        let problems = self.profile.account.undelivered(&letter.draft).into_iter();
        problems.map(|problem| {
            let rule = "version";
            let message = problem.message;
            (Part::Main, Warning { rule, message })
        })
    }
}
