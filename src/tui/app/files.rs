//! Message files in the composer: new, open, save, and the external editor.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use super::composer::Composer;
use super::send;
use super::snapshot::Snapshot;
use super::toast::Tone;
use super::values::Values;
use super::{App, Focus};
use crate::failure::Failure;
use crate::message::{Draft, Field, Kind, check};
use crate::tui::effect::{Effect, Over, Ticket};
use crate::tui::event::{Opened, SaveError};
use crate::tui::modal::{Modal, PathPrompt, Purpose, Then};
use crate::tui::widget::field::Field as Editor;

/// The saves that are under way.
#[derive(Debug, Default)]
pub(super) struct Saving {
    /// How many.
    count: usize,
    /// The last one of the message that is composed.
    last: Option<Ticket>,
}

impl App {
    /// Leaves, once what is being saved is saved; with a message on the way it is asked whether to
    /// wait for its answer. A second time it waits for nothing.
    pub(super) fn quit(&mut self) -> Vec<Effect> {
        let counts = self.guard.quits(self.now);
        if let Some(Modal::Leave { .. }) = self.modals.last() {
            // A key that is held asks and does not answer.
            if !self.guard.is_open() {
                self.guard.interrupted(self.now);
                return Vec::new();
            }
            if !counts {
                return Vec::new();
            }
            self.modals.pop();
            return self.quit_anyway();
        }
        if self.leaving || self.saving.count == 0 && self.under_way().next().is_none() {
            return vec![Effect::Quit];
        }
        if self.under_way().next().is_none() {
            self.leaving = true;
            self.toast("Saving; then it ends", Tone::Info);
            return Vec::new();
        }
        if self.screen().is_none() {
            // A question would not be seen.
            return self.quit_anyway();
        }
        self.modals.push(Modal::Leave {
            waits: false,
            choice: 0,
        });
        Vec::new()
    }

    /// Leaves without the answers of what is being sent, once it is known what was written of it.
    pub(super) fn quit_anyway(&mut self) -> Vec<Effect> {
        self.leaving = true;
        let tickets = self.under_way().map(|sending| sending.ticket);
        let effects: Vec<Effect> = tickets.map(Effect::GiveUp).collect();
        if effects.is_empty() {
            return self.leave_if_done();
        }
        effects
    }

    /// Leaves as soon as every message on the way is answered.
    pub(super) fn wait_and_quit(&mut self) -> Vec<Effect> {
        self.leaving = true;
        self.modals.push(Modal::Leave {
            waits: true,
            choice: 0,
        });
        self.leave_if_done()
    }

    /// Every message is answered before it was said whether to wait for that: there is nothing to
    /// wait for.
    pub(super) fn left_unasked(&mut self) {
        if let Some(Modal::Leave { .. }) = self.modals.last()
            && self.under_way().next().is_none()
        {
            self.modals.pop();
            self.leaving = true;
        }
    }

    /// A dialog was closed without an answer.
    pub(super) fn closed(&mut self, modal: &Modal) {
        if let Modal::Leave { .. } = modal {
            self.leaving = false;
        }
    }

    /// What is not known of the messages that were sent when the composer ends, a line each.
    pub fn unsettled(&self) -> Option<String> {
        let open = self.under_way();
        let open = open.map(|sending| send::unknown(&sending.draft, &sending.profile));
        let all: Vec<String> = open.chain(self.unsettled.iter().cloned()).collect();
        (!all.is_empty()).then(|| all.join("\n"))
    }

    /// Why the last message was not sent, when the composer ended as soon as that was known.
    pub fn refused(&self) -> Option<String> {
        self.delivery.as_ref().filter(|_| self.leaving)?.refused()
    }

    /// Leaves, if that was wanted and nothing is under way any more.
    pub(super) fn leave_if_done(&self) -> Vec<Effect> {
        if self.leaving && self.saving.count == 0 && self.under_way().next().is_none() {
            return vec![Effect::Quit];
        }
        Vec::new()
    }

    /// An empty message of the same kind; what was there can be asked for again by opening its file.
    pub(super) fn new_draft(&mut self) {
        if self.would_lose_changes() {
            self.ask_to_discard(Then::New);
        } else {
            self.start_new();
        }
    }

    /// Whether changes would be nowhere once another draft is composed.
    pub(super) fn would_lose_changes(&self) -> bool {
        self.is_modified() && (!self.keeping.is_on() || self.keeping.failed.is_some())
    }

    pub(super) fn ask_to_discard(&mut self, then: Then) {
        self.modals.push(Modal::Discard { then, choice: 1 });
    }

    /// Does what waited: the changes may be lost.
    pub(super) fn go_on(&mut self, then: Then) -> Vec<Effect> {
        if !matches!(then, Then::Open) {
            self.abandon_draft();
        }
        match then {
            Then::New => self.start_new(),
            Then::Open => self.ask_path(Purpose::Open),
            Then::Take(id) => return self.take(id),
            Then::Again(sent) => self.compose_sent(&sent),
        }
        Vec::new()
    }

    pub(super) fn start_new(&mut self) {
        self.start_empty(self.draft().message.kind());
    }

    /// Composes a message without anything in it.
    pub(super) fn start_empty(&mut self, kind: Kind) {
        let draft = Draft {
            message: kind.empty(),
            ..Draft::default()
        };
        self.load(draft, None);
        self.focus_on(Focus::Edit(Field::To));
    }

    /// Composes another draft, with the file that it is from.
    pub(super) fn load(&mut self, draft: Draft, file: Option<(PathBuf, String)>) {
        self.leave_draft();
        self.filed = Snapshot::exact(draft.clone());
        (self.file, self.source) = file.unzip();
        self.is_in_doubt = false;
        self.compose_other(Composer::new(draft));
        self.note_begun();
        let changes = self.changes_of_file();
        self.queued.extend(changes);
    }

    /// Composes another draft from here on.
    pub(super) fn compose_other(&mut self, composer: Composer) {
        self.composer = composer.after(&self.composer);
        self.form_scroll = 0;
        self.values = Values::default();
        self.leave_sent();
        self.keeping.stands_in = false;
        self.quoted = None;
        self.editing = None;
        self.saving.last = None;
        self.focus_on_first();
    }

    /// Asks for a file to open.
    pub(super) fn ask_to_open(&mut self) {
        if self.would_lose_changes() {
            self.ask_to_discard(Then::Open);
        } else {
            self.ask_path(Purpose::Open);
        }
    }

    pub(super) fn ask_path(&mut self, purpose: Purpose) {
        let start = self.file.as_deref().map(|path| path.display().to_string());
        let start = match (purpose, start) {
            (Purpose::SaveAs, Some(path)) => path,
            (Purpose::SaveAs, None) => "message.toml".to_owned(),
            (Purpose::Open, Some(path)) => beside(&path),
            _ => String::new(),
        };
        let proposed = self.file.is_none();
        let mut field = Editor::new(&start, false);
        if proposed {
            // What is typed takes the place of a name that nobody chose.
            field.select_all();
        }
        self.modals
            .push(Modal::Path(PathPrompt::new(purpose, field)));
    }

    /// Writes the draft to its file, or asks for one.
    pub(super) fn save(&mut self) -> Vec<Effect> {
        match self.file.clone() {
            Some(path) if self.is_in_doubt => {
                self.ask_to_replace(path);
                Vec::new()
            }
            Some(path) => {
                let over = self.source.clone().map_or(Over::Nothing, Over::Text);
                self.save_to(path, over)
            }
            None => {
                self.ask_path(Purpose::SaveAs);
                Vec::new()
            }
        }
    }

    pub(super) fn save_to(&mut self, path: PathBuf, over: Over) -> Vec<Effect> {
        let ticket = self.ticket();
        self.saving.count += 1;
        self.saving.last = Some(ticket);
        // Below the question whether to replace a file is the one for its name.
        if let Some(Modal::Path(prompt)) = self.modals.last_mut() {
            prompt.asked = Some(ticket);
        }
        let mut draft = self.draft().clone();
        if let Some(name) = self.picture_from(&path)
            && let Some(picture) = draft.text_at_mut(Field::Thumbnail)
        {
            *picture = name;
        }
        vec![Effect::Save {
            ticket,
            path,
            draft: Box::new(draft),
            base: self.source.clone(),
            over,
        }]
    }

    /// A path was entered.
    pub(super) fn path_entered(&mut self, prompt: &mut PathPrompt) -> Vec<Effect> {
        let text = prompt.field.text();
        let path = PathBuf::from(text.trim());
        if path.as_os_str().is_empty() {
            return Vec::new();
        }
        if prompt.purpose == Purpose::Picture {
            self.picture_chosen(&path);
            return Vec::new();
        }
        if prompt.purpose != Purpose::SaveAs {
            let ticket = self.ticket();
            prompt.asked = Some(ticket);
            return vec![Effect::Open { ticket, path }];
        }
        if !is_named_so(&path) {
            prompt.error = Some("a message file's name ends in .toml or .json".to_owned());
            return Vec::new();
        }
        let over = match &self.source {
            Some(text) if self.file.as_deref() == Some(&path) && !self.is_in_doubt => {
                Over::Text(text.clone())
            }
            _ => Over::Nothing,
        };
        let effects = self.save_to(path, over);
        prompt.asked = self.saving.last;
        effects
    }

    /// A file was read, or not. Where its question was closed meanwhile, another message is being
    /// composed, which stays.
    pub(super) fn opened(
        &mut self,
        ticket: Ticket,
        path: PathBuf,
        read: Result<Box<Opened>, Failure>,
    ) -> Vec<Effect> {
        let prompt = self.modals.iter().find_map(|modal| match modal {
            Modal::Path(prompt) if prompt.asked == Some(ticket) => Some(prompt.purpose),
            _ => None,
        });
        let Some(purpose) = prompt else {
            return Vec::new();
        };
        match read {
            Ok(read) if purpose == Purpose::Quote => {
                self.close_prompt(ticket);
                self.quote_read(read.draft);
            }
            Ok(read) => {
                self.close_prompt(ticket);
                self.toast(format!("Opened {}", name(&path)), Tone::Good);
                self.load(read.draft, Some((path, read.text)));
            }
            Err(why) => self.prompt_error(ticket, why),
        }
        Vec::new()
    }

    /// A file was written, or not.
    pub(super) fn saved(
        &mut self,
        ticket: Ticket,
        path: PathBuf,
        draft: Draft,
        written: Result<String, SaveError>,
    ) -> Vec<Effect> {
        self.saving.count = self.saving.count.saturating_sub(1);
        self.leaving &= written.is_ok();
        match written {
            Ok(text) => {
                self.close_prompt(ticket);
                self.toast(format!("Saved {}", name(&path)), Tone::Good);
                // The file of a message that was left is not the next one's.
                if self.saving.last == Some(ticket) {
                    if let Some(name) = self.picture_from(&path) {
                        self.composer
                            .edit(Field::Thumbnail, |editor| editor.replace(&name));
                    }
                    self.filed = Snapshot::exact(draft);
                    self.file = Some(path);
                    self.source = Some(text);
                    self.is_in_doubt = false;
                    self.note_saved();
                }
            }
            Err(SaveError::Exists | SaveError::Changed) if self.saving.last != Some(ticket) => {
                let words = format!(
                    "{} was not saved: another message is composed now",
                    name(&path)
                );
                self.toast(words, Tone::Bad);
            }
            Err(SaveError::Exists) => self.modals.push(Modal::Replace {
                path,
                changed: false,
                choice: 1,
            }),
            Err(SaveError::Changed) => self.ask_to_replace(path),
            Err(SaveError::Failed(why)) => self.prompt_error(ticket, why),
        }
        self.leave_if_done()
    }

    /// Asks whether to replace a file that another program wrote.
    fn ask_to_replace(&mut self, path: PathBuf) {
        self.modals.push(Modal::Replace {
            path,
            changed: true,
            choice: 2,
        });
    }

    /// Closes the question that asked for this.
    fn close_prompt(&mut self, ticket: Ticket) {
        self.modals.retain(|modal| !modal.asked_for(ticket));
    }

    fn prompt_error(&mut self, ticket: Ticket, why: Failure) {
        let mut prompts = self.modals.iter_mut();
        match prompts.find(|modal| modal.asked_for(ticket)) {
            Some(Modal::Path(prompt)) => prompt.error = Some(why.into()),
            _ => self.toast(why, Tone::Bad),
        }
    }

    /// Opens the focused text in the external editor.
    pub(super) fn edit_outside(&mut self) -> Vec<Effect> {
        let Some(field) = self.focus.field() else {
            return Vec::new();
        };
        let Some(text) = self.composer.text_at(field).map(Cow::into_owned) else {
            return Vec::new();
        };
        let ticket = self.ticket();
        self.editing = Some((ticket, field));
        vec![Effect::OpenEditor { ticket, text }]
    }

    /// The external editor is done.
    pub(super) fn edited(&mut self, ticket: Ticket, text: Result<String, Failure>) -> Vec<Effect> {
        let Some((_, field)) = self.editing.take_if(|(asked, _)| *asked == ticket) else {
            return Vec::new();
        };
        match text {
            Ok(text) => {
                let text = if check::may_span_lines(field) {
                    text
                } else {
                    text.replace('\n', " ")
                };
                self.composer.edit(field, |editor| editor.replace(&text));
            }
            Err(why) => self.toast(why, Tone::Bad),
        }
        Vec::new()
    }
}

/// Whether a file is named as message files are.
fn is_named_so(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| ["toml", "json"].contains(&ending.to_lowercase().as_str()))
}

/// A path's last part, for a short message.
pub(super) fn name(path: &Path) -> String {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}

/// The folder of a file, to write another name after it.
fn beside(path: &str) -> String {
    let name = path.rfind(std::path::is_separator);
    name.map_or_else(String::new, |at| path[..=at].to_owned())
}
