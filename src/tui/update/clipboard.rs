//! What is copied, cut and pasted.

use crate::secret::MASK;
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::event::Copied;
use crate::tui::focus::Focus;
use crate::tui::model::toast::Tone;
use crate::tui::model::{Model, Tab};
use crate::tui::pane;
use crate::tui::widget::field::{Field as Editor, Response};

pub fn copy_message_id(model: &mut Model, id: Option<String>) -> Vec<Effect> {
    let Some(id) = id else {
        model.toast("This one has no message id", Tone::Info);
        return Vec::new();
    };
    vec![Effect::copy(id.clone(), &id)]
}

/// Copies what the right-hand side shows: of the problems the marked one, else all of it.
pub fn copy_pane(model: &mut Model) -> Vec<Effect> {
    let problem = model.problem_list().nth(model.selected_problem);
    let (text, what) = match (model.tab, problem) {
        (Tab::Problems, Some(problem)) => (problem.message.clone(), "the problem"),
        (Tab::Payload, _) => (pane::payload::text(model), "the request, the token masked"),
        _ => {
            // As wide as it wants to be.
            let lines = pane::lines(model, u16::MAX / 2);
            let lines = lines
                .iter()
                .map(|line| line.to_string().trim_end().to_owned());
            (lines.collect::<Vec<_>>().join("\n"), model.tab.title())
        }
    };
    vec![Effect::copy(text, what)]
}

/// Selects all of the text that has the focus.
pub fn select_all(model: &mut Model) {
    if let Some(field) = model.focus.field() {
        model.composer.edit(field, |editor| {
            editor.select_all();
            Response::Moved
        });
    }
}

/// Inserts what was copied or cut here.
pub fn paste(model: &mut Model) {
    let text = model.clipboard.clone();
    insert(model, &text);
}

/// Inserts a text where the focus is.
pub fn insert(model: &mut Model, text: &str) {
    let now = model.now;
    if let Some(field) = model.focus.field() {
        model
            .composer
            .edit(field, |editor| editor.insert(text, now));
    }
}

pub fn copy(model: &mut Model) -> Vec<Effect> {
    if model.focus == Focus::Pane {
        return copy_pane(model);
    }
    let editor = model
        .focus
        .field()
        .and_then(|field| model.composer.editor(field));
    match editor.and_then(Editor::selected) {
        Some(text) => {
            model.clipboard.clone_from(&text);
            vec![Effect::copy(text, "")]
        }
        None => {
            let quit = model
                .keymap
                .key(Action::Quit)
                .map_or_else(String::new, |key| format!("; {key} quits"));
            say_nothing_is_selected(model, "copied", &quit);
            Vec::new()
        }
    }
}

pub fn say_nothing_is_selected(model: &mut Model, done: &str, more: &str) {
    let words = format!("Nothing is selected, nothing {done} (Shift+arrows select){more}");
    model.toast(words, Tone::Info);
}

/// A text was copied, or handed to the terminal.
pub fn copied(model: &mut Model, what: &str, copied: &Copied) {
    let after = |sign: &str| match what {
        "" => String::new(),
        what => format!("{sign} {what}"),
    };
    let (words, tone) = match copied {
        Copied::Clipboard => (format!("Copied{}", after("")), Tone::Good),
        Copied::Tmux => (format!("Copied to tmux's buffer{}", after(":")), Tone::Good),
        Copied::Terminal(None) => (
            format!("Sent to the terminal's clipboard{}", after(":")),
            Tone::Good,
        ),
        Copied::Terminal(Some(error)) => (
            format!(
                "{error}; sent to the terminal's clipboard instead{}",
                after(":")
            ),
            Tone::Bad,
        ),
    };
    model.toast(words, tone);
}

pub fn cut(model: &mut Model) -> Vec<Effect> {
    let (now, mut taken) = (model.now, None);
    let Some(field) = model.focus.field() else {
        return Vec::new();
    };
    model.composer.edit(field, |editor| {
        taken = editor.cut(now);
        if taken.is_some() {
            Response::Changed
        } else {
            Response::Ignored
        }
    });
    let Some(text) = taken else {
        say_nothing_is_selected(model, "cut", "");
        return Vec::new();
    };
    model.clipboard.clone_from(&text);
    vec![Effect::copy(text, "what was cut")]
}

pub fn copy_id(model: &mut Model) -> Vec<Effect> {
    let delivery = model.delivery.as_ref();
    let id = delivery.and_then(|delivery| delivery.exchange()?.outcome.message_id());
    match id.map(str::to_owned) {
        Some(id) => {
            // Whose it is has to be said once another message is in the form.
            let former = delivery.filter(|_| model.answer().is_none());
            let to = former.map(|former| format!(", of the message to {}", former.draft.to));
            let what = format!("{id}{}", to.unwrap_or_default());
            vec![Effect::copy(id, &what)]
        }
        None => {
            model.toast("No message id was answered yet", Tone::Info);
            Vec::new()
        }
    }
}

pub fn copy_curl(model: &mut Model) -> Vec<Effect> {
    match model.account().encode(&model.to_send()) {
        Ok(request) => {
            vec![Effect::copy(
                request.to_curl(MASK),
                "the curl command, the token masked",
            )]
        }
        Err(unsupported) => {
            model.toast(unsupported.to_string(), Tone::Bad);
            Vec::new()
        }
    }
}

/// The most bytes that are pasted at once: a text has 65,536 characters at the most, and a picture in
/// base64 is read from its file with less.
const MOST_PASTED: usize = 1 << 20;

/// A pasted text with line breaks as they are written here, as many terminals paste them as the Enter
/// key has them; one that is too long is refused, which is said.
pub fn taken(model: &mut Model, text: &str) -> Option<String> {
    if text.len() > MOST_PASTED {
        let words = format!(
            "Nothing was inserted: the paste has {} kB, and no message holds as much. Save it to a \
             file; a picture can be named by its file",
            text.len() / 1000
        );
        model.toast(words, Tone::Bad);
        return None;
    }
    Some(line_breaks(text))
}

/// A text whose lines end as they do here.
pub fn line_breaks(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}
