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
use crate::gateway::journal::{Traced, Verdict};
use crate::gateway::wire::Request;
use crate::message::Draft;
use crate::store::{Begin, Begun, Notice, Opened, SendId, Sent, Store, StoreError, Twin};

/// The outbox of the store in the data folder.
pub(super) struct Outbox {
    store: Option<Store>,
    /// Why it does not say what was sent before.
    lost: Option<String>,
    /// The numbers of messages that have others since the store was written again.
    renumbered: HashMap<SendId, SendId>,
}

/// What became of the wish to send a message that is not to be sent twice.
pub(super) enum Once {
    /// It may leave.
    New(SendId),
    /// The same was sent before, or may have been.
    Before(Twin),
    /// That it leaves could not be written, and why.
    Failed(String),
}

impl Outbox {
    /// Opens the store, tells what has to be told of it, and forgets what is too old.
    pub(super) fn open(history_days: u32, output: &mut Output) -> Self {
        let folder = Paths::find(&process_env).data;
        let (store, lost) = match Store::open(folder.as_deref()) {
            Ok(Opened { mut store, notice }) => {
                let lost = notice.as_ref().map(Notice::to_string);
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
                (Some(store), lost)
            }
            Err(error) => {
                output.say(format!("warning: nothing goes into the history: {error}"));
                (None, Some(error.to_string()))
            }
        };
        Self {
            store,
            lost,
            renumbered: HashMap::new(),
        }
    }

    /// The outbox of the store, if there is one: it is only looked at, and nothing is told of it.
    pub(super) fn look() -> Self {
        let folder = Paths::find(&process_env).data;
        let folder = folder.filter(|folder| folder.join(Store::FILE).exists());
        let opened = folder.and_then(|folder| Store::open(Some(&folder)).ok());
        Self {
            store: opened.map(|opened| opened.store),
            lost: None,
            renumbered: HashMap::new(),
        }
    }

    /// Why the history does not say for certain what was sent before, or will not the next time.
    pub(super) fn cannot_say(&self) -> Option<&str> {
        self.lost.as_deref()
    }

    /// The same message, where it was sent before.
    pub(super) fn same_again(
        &self,
        profile: &str,
        request: &Request,
    ) -> Result<Option<Twin>, StoreError> {
        match &self.store {
            Some(store) => store.same_again(profile, request, now()),
            None => Ok(None),
        }
    }

    /// Writes that a message is about to leave, unless the same was sent before.
    pub(super) fn begin_once(
        &mut self,
        profile: &Profile,
        file: &str,
        (draft, request): (&Draft, &Request),
    ) -> Once {
        let Some(store) = &mut self.store else {
            return Once::Failed("the store is not open".to_owned());
        };
        match store.begin_unless_same(&begin(profile, file, draft, request)) {
            Ok(Begun::New(id)) => Once::New(id),
            Ok(Begun::Before(twin)) => Once::Before(twin),
            Err(error) => Once::Failed(format!(
                "not sent, as the history would not know of it the next time: {error}"
            )),
        }
    }

    /// A message that was sent.
    pub(super) fn sent(&self, id: SendId) -> Option<Sent> {
        self.store.as_ref()?.sent(id).ok()
    }

    /// What a gateway's journal proves of a message; what it does is written.
    pub(super) fn trace(&mut self, id: SendId, traced: Traced) -> Result<Verdict, String> {
        match &mut self.store {
            Some(store) => {
                let verdict = store.trace(id, traced, now());
                verdict.map_err(|error| error.to_string())
            }
            None => Ok(traced.verdict()),
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
        let message = begin(profile, file, draft, request);
        let begun = self.store.as_mut()?.begin(&message);
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

fn begin<'a>(
    profile: &'a Profile,
    file: &'a str,
    draft: &'a Draft,
    request: &'a Request,
) -> Begin<'a> {
    Begin {
        profile: &profile.name,
        gateway: profile.account.gateway,
        draft,
        request,
        file: Some(file),
        now: now(),
        again: None,
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
