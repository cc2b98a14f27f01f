//! Message files in the composer: new, open, save, and the external editor.

use super::{focus, history, keep, picture, reply, send, sent, taken};
use crate::failure::Failure;
use crate::tui::layout;
use crate::tui::model::composer::Composer;
use std::borrow::Cow;
use std::path::{Path, PathBuf};

use crate::message::{Draft, Field, Kind, check};
use crate::tui::dialog::question::Then;
use crate::tui::dialog::{Modal, PathPrompt, Purpose, Subject};
use crate::tui::effect::{Effect, Over, Ticket};
use crate::tui::event::{Opened, SaveError};
use crate::tui::focus::Focus;
use crate::tui::model::Model;
use crate::tui::model::snapshot::Snapshot;
use crate::tui::model::toast::Tone;
use crate::tui::model::touched::Touched;
use crate::tui::model::values::Values;
use crate::tui::widget::field::Field as Editor;

/// Leaves, once what is being saved is saved; with a message on the way it is asked whether to
/// wait for its answer. A second time it waits for nothing.
pub fn quit(model: &mut Model) -> Vec<Effect> {
    let counts = model.guard.quits(model.now);
    if asks_to_leave(model) {
        // A key that is held asks and does not answer.
        if !model.guard.is_open() {
            model.guard.interrupted(model.now);
            return Vec::new();
        }
        if !counts {
            return Vec::new();
        }
        model.modals.pop();
        return quit_anyway(model);
    }
    if model.leaving || model.saving.count == 0 && model.sends.under_way().next().is_none() {
        return vec![Effect::Quit];
    }
    if model.sends.under_way().next().is_none() {
        model.leaving = true;
        model.toast("Saving; then it ends", Tone::Info);
        return Vec::new();
    }
    if layout::regions(model).is_none() {
        // A question would not be seen.
        return quit_anyway(model);
    }
    model
        .modals
        .push(Modal::ask(Subject::Leave { waits: false }));
    Vec::new()
}

/// Whether it is asked whether to wait before the composer ends.
pub fn asks_to_leave(model: &Model) -> bool {
    let subject = model.modals.last().and_then(Modal::subject);
    matches!(subject, Some(Subject::Leave { .. }))
}

/// Leaves without the answers of what is being sent, once it is known what was written of it.
pub fn quit_anyway(model: &mut Model) -> Vec<Effect> {
    model.leaving = true;
    let tickets = model.sends.under_way().map(|sending| sending.ticket);
    let effects: Vec<Effect> = tickets.map(Effect::GiveUp).collect();
    if effects.is_empty() {
        return leave_if_done(model);
    }
    effects
}

/// Leaves as soon as every message on the way is answered.
pub fn wait_and_quit(model: &mut Model) -> Vec<Effect> {
    model.leaving = true;
    model
        .modals
        .push(Modal::ask(Subject::Leave { waits: true }));
    leave_if_done(model)
}

/// Every message is answered before it was said whether to wait for that: there is nothing to
/// wait for.
pub fn left_unasked(model: &mut Model) {
    if asks_to_leave(model) && model.sends.under_way().next().is_none() {
        model.modals.pop();
        model.leaving = true;
    }
}

/// A dialog was closed without an answer.
pub fn closed(model: &mut Model, dialog: &Modal) {
    match dialog.subject() {
        Some(Subject::Leave { .. }) => model.leaving = false,
        Some(Subject::Twice(wanted, _)) => sent::say_not_sent(model, wanted),
        _ => {}
    }
}

/// Leaves, if that was wanted and nothing is under way any more.
pub fn leave_if_done(model: &Model) -> Vec<Effect> {
    if model.leaving && model.saving.count == 0 && model.sends.under_way().next().is_none() {
        return vec![Effect::Quit];
    }
    Vec::new()
}

/// An empty text; what was there can be asked for again by opening its file.
pub fn new_draft(model: &mut Model) {
    if model.would_lose_changes() {
        ask_to_discard(model, Then::New);
    } else {
        start_new(model);
    }
}

pub fn ask_to_discard(model: &mut Model, then: Then) {
    model.modals.push(Modal::ask(Subject::Discard(then)));
}

/// Does what waited: the changes may be lost.
pub fn go_on(model: &mut Model, then: Then) -> Vec<Effect> {
    if !matches!(then, Then::Open) {
        keep::abandon_draft(model);
    }
    match then {
        Then::New => start_new(model),
        Then::Open => ask_path(model, Purpose::Open),
        Then::Take(id) => return taken::take(model, id),
        Then::Again(sent) => history::compose_sent(model, &sent),
    }
    Vec::new()
}

pub fn start_new(model: &mut Model) {
    start_empty(model, Kind::Text);
}

/// Composes a message without anything in it.
pub fn start_empty(model: &mut Model, kind: Kind) {
    let draft = Draft {
        message: kind.empty(),
        ..Draft::default()
    };
    load(model, draft, None);
    focus::focus_on(model, Focus::Edit(Field::To));
    // nobody was anywhere else in it yet
    model.touched = Touched::of(model.composer.draft());
}

/// Composes another draft, with the file that it is from.
pub fn load(model: &mut Model, draft: Draft, file: Option<(PathBuf, String)>) {
    keep::leave_draft(model);
    model.filed = Snapshot::exact(draft.clone());
    (model.file, model.source) = file.unzip();
    model.is_in_doubt = false;
    compose_other(model, Composer::new(draft));
    keep::note_begun(model);
    let changes = taken::changes_of_file(model);
    model.queued.extend(changes);
}

/// Composes another draft from here on.
pub fn compose_other(model: &mut Model, composer: Composer) {
    model.composer = composer.after(&model.composer);
    model.form_scroll = 0;
    model.values = Values::default();
    send::leave_sent(model);
    model.keeping.stands_in = false;
    model.quoted = None;
    model.editing = None;
    model.saving.last = None;
    focus::focus_on_first(model);
    model.touched = Touched::of(model.composer.draft());
}

/// Asks for a file to open.
pub fn ask_to_open(model: &mut Model) {
    if model.would_lose_changes() {
        ask_to_discard(model, Then::Open);
    } else {
        ask_path(model, Purpose::Open);
    }
}

pub fn ask_path(model: &mut Model, purpose: Purpose) {
    let start = model.file.as_deref().map(|path| path.display().to_string());
    let start = match (purpose, start) {
        (Purpose::SaveAs, Some(path)) => path,
        (Purpose::SaveAs, None) => "message.toml".to_owned(),
        (Purpose::Open, Some(path)) => beside(&path),
        _ => String::new(),
    };
    let proposed = model.file.is_none();
    let mut field = Editor::new(&start, false);
    if proposed {
        // What is typed takes the place of a name that nobody chose.
        field.select_all();
    }
    model
        .modals
        .push(Modal::Path(PathPrompt::new(purpose, field)));
}

/// Writes the draft to its file, or asks for one.
pub fn save(model: &mut Model) -> Vec<Effect> {
    match model.file.clone() {
        Some(path) if model.is_in_doubt => {
            ask_to_replace(model, path);
            Vec::new()
        }
        Some(path) => {
            let over = model.source.clone().map_or(Over::Nothing, Over::Text);
            save_to(model, path, over)
        }
        None => {
            ask_path(model, Purpose::SaveAs);
            Vec::new()
        }
    }
}

pub fn save_to(model: &mut Model, path: PathBuf, over: Over) -> Vec<Effect> {
    let ticket = model.ticket();
    model.saving.count += 1;
    model.saving.last = Some(ticket);
    // Below the question whether to replace a file is the one for its name.
    if let Some(Modal::Path(prompt)) = model.modals.last_mut() {
        prompt.asked = Some(ticket);
    }
    let mut draft = model.draft().clone();
    if let Some(name) = picture::picture_from(model, &path)
        && let Some(picture) = draft.text_at_mut(Field::Thumbnail)
    {
        *picture = name;
    }
    vec![Effect::Save {
        ticket,
        path,
        draft: Box::new(draft),
        base: model.source.clone(),
        over,
    }]
}

/// A path was entered.
pub fn path_entered(model: &mut Model, prompt: &mut PathPrompt) -> Vec<Effect> {
    let text = prompt.field.text();
    let path = PathBuf::from(text.trim());
    if path.as_os_str().is_empty() {
        return Vec::new();
    }
    if prompt.purpose == Purpose::Picture {
        picture::picture_chosen(model, &path);
        return Vec::new();
    }
    if prompt.purpose != Purpose::SaveAs {
        let ticket = model.ticket();
        prompt.asked = Some(ticket);
        return vec![Effect::Open { ticket, path }];
    }
    if !is_named_so(&path) {
        prompt.error = Some("a message file's name ends in .toml or .json".to_owned());
        return Vec::new();
    }
    let over = match &model.source {
        Some(text) if model.file.as_deref() == Some(&path) && !model.is_in_doubt => {
            Over::Text(text.clone())
        }
        _ => Over::Nothing,
    };
    let effects = save_to(model, path, over);
    prompt.asked = model.saving.last;
    effects
}

/// A file was read, or not. Where its question was closed meanwhile, another message is being
/// composed, which stays.
pub fn opened(
    model: &mut Model,
    ticket: Ticket,
    path: PathBuf,
    read: Result<Box<Opened>, Failure>,
) -> Vec<Effect> {
    let prompt = model.modals.iter().find_map(|modal| match modal {
        Modal::Path(prompt) if prompt.asked == Some(ticket) => Some(prompt.purpose),
        _ => None,
    });
    let Some(purpose) = prompt else {
        return Vec::new();
    };
    match read {
        Ok(read) if purpose == Purpose::Quote => {
            close_prompt(model, ticket);
            reply::quote_read(model, read.draft);
        }
        Ok(read) => {
            close_prompt(model, ticket);
            model.toast(format!("Opened {}", name(&path)), Tone::Good);
            load(model, read.draft, Some((path, read.text)));
        }
        Err(why) => prompt_error(model, ticket, why),
    }
    Vec::new()
}

/// A file was written, or not.
pub fn saved(
    model: &mut Model,
    ticket: Ticket,
    path: PathBuf,
    draft: Draft,
    written: Result<String, SaveError>,
) -> Vec<Effect> {
    model.saving.count = model.saving.count.saturating_sub(1);
    model.leaving &= written.is_ok();
    match written {
        Ok(text) => {
            close_prompt(model, ticket);
            model.toast(format!("Saved {}", name(&path)), Tone::Good);
            // The file of a message that was left is not the next one's.
            if model.saving.last == Some(ticket) {
                if let Some(name) = picture::picture_from(model, &path) {
                    model
                        .composer
                        .edit(Field::Thumbnail, |editor| editor.replace(&name));
                }
                model.filed = Snapshot::exact(draft);
                model.file = Some(path);
                model.source = Some(text);
                model.is_in_doubt = false;
                keep::note_saved(model);
            }
        }
        Err(SaveError::Exists | SaveError::Changed) if model.saving.last != Some(ticket) => {
            let words = format!(
                "{} was not saved: another message is composed now",
                name(&path)
            );
            model.toast(words, Tone::Bad);
        }
        Err(SaveError::Exists) => model.modals.push(Modal::ask(Subject::Replace {
            path,
            changed: false,
        })),
        Err(SaveError::Changed) => ask_to_replace(model, path),
        Err(SaveError::Failed(why)) => prompt_error(model, ticket, why),
    }
    leave_if_done(model)
}

/// Asks whether to replace a file that another program wrote.
pub fn ask_to_replace(model: &mut Model, path: PathBuf) {
    model.modals.push(Modal::ask(Subject::Replace {
        path,
        changed: true,
    }));
}

/// Closes the question that asked for this.
pub fn close_prompt(model: &mut Model, ticket: Ticket) {
    model.modals.retain(|modal| !modal.asked_for(ticket));
}

pub fn prompt_error(model: &mut Model, ticket: Ticket, why: Failure) {
    let mut prompts = model.modals.iter_mut();
    match prompts.find(|modal| modal.asked_for(ticket)) {
        Some(Modal::Path(prompt)) => prompt.error = Some(why.into()),
        _ => model.toast(why, Tone::Bad),
    }
}

/// Opens the focused text in the external editor.
pub fn edit_outside(model: &mut Model) -> Vec<Effect> {
    let Some(field) = model.focus.field() else {
        return Vec::new();
    };
    let Some(text) = model.composer.text_at(field).map(Cow::into_owned) else {
        return Vec::new();
    };
    let ticket = model.ticket();
    model.editing = Some((ticket, field));
    vec![Effect::OpenEditor { ticket, text }]
}

/// The external editor is done.
pub fn edited(model: &mut Model, ticket: Ticket, text: Result<String, Failure>) -> Vec<Effect> {
    let Some((_, field)) = model.editing.take_if(|(asked, _)| *asked == ticket) else {
        return Vec::new();
    };
    match text {
        Ok(text) => {
            let text = if check::may_span_lines(field) {
                text
            } else {
                text.replace('\n', " ")
            };
            model.composer.edit(field, |editor| editor.replace(&text));
        }
        Err(why) => model.toast(why, Tone::Bad),
    }
    Vec::new()
}

/// Whether a file is named as message files are.
fn is_named_so(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| ["toml", "json"].contains(&ending.to_lowercase().as_str()))
}

/// A path's last part, for a short message.
pub fn name(path: &Path) -> String {
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
