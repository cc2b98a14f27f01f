//! The outbox at the prompt: what is sent is in the store before it leaves, and what became of it
//! after.
//!
//! A store that cannot be written is told on standard error, and keeps nothing from being sent:
//! whoever runs the command has its result.

use std::collections::HashMap;
use std::time::{SystemTime, UNIX_EPOCH};

use super::output::Output;
use crate::config::paths::process_env;
use crate::config::{Paths, Profile};
use crate::gateway::Exchange;
use crate::gateway::wire::Request;
use crate::message::Draft;
use crate::store::{Begin, Opened, SendId, Store, StoreError};

/// The outbox of the store in the data folder.
pub(super) struct Outbox {
    store: Option<Store>,
    /// The numbers of messages that have others since the store was written again.
    renumbered: HashMap<SendId, SendId>,
}

impl Outbox {
    /// Opens the store, tells what has to be told of it, and forgets what is too old.
    pub(super) fn open(history_days: u32, output: &mut Output) -> Self {
        let folder = Paths::find(&process_env).data;
        let store = match Store::open(folder.as_deref()) {
            Ok(Opened { mut store, notice }) => {
                if let Some(notice) = notice {
                    output.say(format!("warning: {notice}"));
                }
                match store.purge_by_clock(now(), history_days) {
                    Ok(purged) => {
                        if let Some(words) = purged.words() {
                            output.say(format!("note: {words}"));
                        }
                    }
                    Err(error) => output.say(format!(
                        "warning: old messages stay in the history: {error}"
                    )),
                }
                Some(store)
            }
            Err(error) => {
                output.say(format!("warning: nothing goes into the history: {error}"));
                None
            }
        };
        Self {
            store,
            renumbered: HashMap::new(),
        }
    }

    /// Writes that a message is about to leave; `None` where that could not be written, which is
    /// told.
    pub(super) fn begin(
        &mut self,
        profile: &Profile,
        file: &str,
        draft: &Draft,
        request: &Request,
        output: &mut Output,
    ) -> Option<SendId> {
        self.look_after_file(output);
        let begun = self.store.as_mut()?.begin(&Begin {
            profile: &profile.name,
            gateway: profile.account.gateway,
            draft,
            request,
            file: Some(file),
            now: now(),
            again: None,
        });
        tell(begun, file, output)
    }

    /// Writes what became of it.
    pub(super) fn finish(&mut self, id: Option<SendId>, sent: &Exchange, output: &mut Output) {
        self.look_after_file(output);
        if let (Some(store), Some(id)) = (&mut self.store, id) {
            let id = self.renumbered.get(&id).copied().unwrap_or(id);
            let finished = store.finish(id, sent, now());
            tell(finished, &format!("message {id}"), output);
        }
    }
}

impl Outbox {
    /// Writes the store again where its file was removed, moved or replaced, and tells that.
    fn look_after_file(&mut self, output: &mut Output) {
        match self.store.as_mut().map(Store::recover) {
            Some(Ok(Some(recovered))) => {
                output.say(format!("warning: {}", recovered.notice));
                for message in self.renumbered.values_mut() {
                    *message = recovered.message(*message);
                }
                self.renumbered.extend(recovered.messages());
            }
            Some(Err(error)) => output.say(format!(
                "warning: the store was removed meanwhile, and cannot be written again: {error}"
            )),
            Some(Ok(None)) | None => {}
        }
    }
}

fn tell<T>(written: Result<T, StoreError>, what: &str, output: &mut Output) -> Option<T> {
    match written {
        Ok(written) => Some(written),
        Err(error) => {
            output.say(format!(
                "warning: {what}: the history does not have it: {error}"
            ));
            None
        }
    }
}

/// The time, in Unix milliseconds.
fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let since = since.unwrap_or_default().as_millis();
    i64::try_from(since).unwrap_or(i64::MAX)
}
