//! The outbox at the prompt, and what is said while a message is sent.
//!
//! A store that cannot be written is told on standard error, and keeps nothing from being sent:
//! whoever runs the command has its result.

use super::again::same_again;
use crate::cli::output::Output;
use crate::cli::report::Warning;
use crate::config::Paths;
use crate::config::paths::process_env;
use crate::dispatch::{Ledger, Outbox, Part, Progress, Step, now};
use crate::store::{Notice, Opened, Store, Twin};
use crate::visible;

/// Opens the store in the data folder, tells what has to be told of it, and forgets what is too old.
/// Says too why it does not say for certain what was sent before, or will not the next time.
pub(super) fn open(history_days: u32, output: &mut Output) -> (Outbox, Option<String>) {
    let folder = Paths::find(&process_env).data;
    match Store::open(folder.as_deref()) {
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
            (Outbox::new(Some(store)), lost)
        }
        Err(error) => {
            output.say(format!("warning: nothing goes into the history: {error}"));
            (Outbox::default(), Some(error.to_string()))
        }
    }
}

/// Why nobody can say for certain what was sent in the last 24 hours, though there is a history.
pub(super) fn doubt() -> Option<String> {
    let folder = Paths::find(&process_env).data?;
    let file = Store::set_aside_since(&folder, now().saturating_sub(Twin::WITHIN))?;
    let file = file.display().to_string();
    Some(format!(
        "{} was set aside as unreadable, and was in use in the last 24 hours: messages in it may not be \
         in the history. Look into it, then delete or rename it; or send without --once",
        visible::line(&file)
    ))
}

/// The outbox of the store, if there is one: it is only looked at, and nothing is told of it.
pub(super) fn look() -> Outbox {
    let folder = Paths::find(&process_env).data;
    let folder = folder.filter(|folder| folder.join(Store::FILE).exists());
    let opened = folder.and_then(|folder| Store::open(Some(&folder)).ok());
    Outbox::new(opened.map(|opened| opened.store))
}

/// A message that the prompt sends.
pub(super) struct AtPrompt<'a> {
    pub outbox: &'a mut Outbox,
    pub output: &'a mut Output,
    /// The message file's name.
    pub file: &'a str,
    /// What people were told of the message and of its numbered text.
    pub warnings: Vec<(Part, Warning)>,
}

impl Ledger for AtPrompt<'_> {
    async fn with<T: Send + 'static>(
        &mut self,
        work: impl FnOnce(&mut Outbox) -> T + Send + 'static,
    ) -> Option<T> {
        match self.outbox.recover() {
            Ok(None) => {}
            Ok(Some(recovered)) => self.output.say(format!("warning: {}", recovered.notice)),
            Err(error) => self.output.say(format!(
                "warning: the store was removed meanwhile, and cannot be written again: {error}"
            )),
        }
        Some(work(self.outbox))
    }

    fn hear(&mut self, part: Part, progress: Progress) {
        let file = self.file;
        match progress {
            Progress::Step(Step::Attempt(attempt @ 2..)) => self
                .output
                .progress(&format!("sending {file}, attempt {attempt} …")),
            Progress::Step(Step::Wait(wait)) => {
                let wait = wait.to_string();
                let line = format!("{file}: {}", visible::line(&wait));
                self.output.progress(&line);
            }
            Progress::Tracing => self.output.progress("looking into the chat's journal …"),
            Progress::SentBefore(twin) => {
                let warning = same_again(part, &twin);
                self.output.say(warning.line(file));
                self.warnings.push((part, warning));
            }
            Progress::SentBeforeUnknown(why) => self.output.say(format!(
                "warning: {file}: it is not known whether it was sent before: {}",
                why.title
            )),
            Progress::Unrecorded { why, .. } => self.output.say(format!(
                "warning: {file}: the history does not have it: {}",
                why.title
            )),
            Progress::OutcomeUnrecorded { id: Some(id), why } => self.output.say(format!(
                "warning: message {}: the history does not have it: {}",
                self.outbox.number(id),
                why.title
            )),
            // That the history does not have the message was told.
            Progress::OutcomeUnrecorded { id: None, .. }
            | Progress::Begun { .. }
            | Progress::Held { .. }
            | Progress::Step(Step::Attempt(_) | Step::Written) => {}
        }
    }
}
