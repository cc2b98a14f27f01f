//! A catalog's picture: loaded while its name is written, shown and sent as a thumbnail.
//!
//! ```text
//! none ─ named ─> waiting ─ a pause, or another field ─> loading ─┬─> ready
//!   └──────────── named anew, whatever it was ────────────┘       └─> failed
//! ```

use super::{files, findings, focus};
use crate::failure::Failure;
use crate::message::inline::Inline;
use crate::message::{Field, Message, Thumbnail as Named};
use crate::tui::action::Action;
use crate::tui::dialog::Purpose;
use crate::tui::effect::{Effect, Ticket};
use crate::tui::event::Thumbnail;
use crate::tui::focus::Focus;
use crate::tui::graphics::Way;
use crate::tui::model::Model;
use crate::tui::model::picture::State;
use crate::tui::model::toast::Tone;
use crate::tui::pane;
use crate::tui::widget::pixels::{Pixels, fitted};
use ratatui::layout::Size;
use std::borrow::Cow;
use std::path::Path;
use std::time::Duration;

/// How long nothing is typed into the name before it is loaded.
const PAUSE: Duration = Duration::from_millis(400);

/// Loads the picture that is named now, and lets go of another one.
pub fn follow_picture(model: &mut Model) -> Vec<Effect> {
    let mut effects = Vec::new();
    let wanted = model.wanted_picture();
    let mut changed = false;
    if wanted != model.picture.wanted {
        effects.extend(stop_picture(model));
        model.picture.state = match wanted {
            Some(_) => State::Waiting {
                due: model.now + PAUSE,
            },
            None => State::None,
        };
        model.picture.wanted = wanted;
        (model.picture.pixels, model.picture.drawn) = (None, None);
        changed = true;
    }
    if let State::Waiting { due } = model.picture.state
        && (model.now >= due || model.focus != Focus::Edit(Field::Thumbnail))
        && let Some(wanted) = model.picture.wanted.clone()
    {
        let ticket = model.ticket();
        model.picture.state = State::Loading {
            ticket,
            since: model.now,
            received: None,
        };
        effects.push(Effect::LoadThumbnail {
            ticket,
            name: wanted.name,
            folder: wanted.folder,
            allow_private: wanted.allow_private,
        });
    }
    if changed {
        findings::examine(model);
    }
    effects
}

/// Stops what is being loaded.
pub fn stop_picture(model: &mut Model) -> Option<Effect> {
    match model.picture.state {
        State::Loading { ticket, .. } => Some(Effect::CancelThumbnail(ticket)),
        _ => None,
    }
}

/// Esc, while it is loaded.
pub fn give_picture_up(model: &mut Model) -> Vec<Effect> {
    let stop = stop_picture(model);
    let words = "loading it was stopped: Enter in its field loads it again";
    model.picture.state = State::Failed(Failure::new(words));
    findings::examine(model);
    stop.into_iter().collect()
}

/// More of the picture came.
pub fn picture_comes(model: &mut Model, ticket: Ticket, so_far: u64, total: Option<u64>) {
    if let State::Loading {
        ticket: wanted,
        received,
        ..
    } = &mut model.picture.state
        && *wanted == ticket
    {
        *received = Some((so_far, total));
    }
}

/// A picture was loaded, or cannot be.
pub fn picture_came(model: &mut Model, ticket: Ticket, thumbnail: Result<Box<Thumbnail>, Failure>) {
    if !matches!(model.picture.state, State::Loading { ticket: wanted, .. } if wanted == ticket) {
        return;
    }
    model.picture.state = match thumbnail {
        Ok(thumbnail) => State::Ready(thumbnail),
        Err(why) => State::Failed(why),
    };
    findings::examine(model);
}

/// Fits the picture to a pane: at most half of its rows, so that the words are seen too.
pub fn fit_picture(model: &mut Model, pane: Size) {
    let Some(thumbnail) = model
        .picture
        .ready()
        .filter(|_| model.graphics.way != Way::None)
    else {
        (model.picture.pixels, model.picture.drawn) = (None, None);
        return;
    };
    let room = Size {
        width: pane::preview::picture_columns(pane.width),
        height: pane.height / 2,
    };
    let size = fitted(thumbnail.width, thumbnail.height, room);
    let known = model.picture.pixels.as_ref().map(|pixels| pixels.size);
    let Some(size) = size.filter(|size| known != Some(*size)) else {
        return;
    };
    let pixels = Pixels::new(&thumbnail.rgb, thumbnail.width, thumbnail.height, size);
    let drawn = model.graphics.drawn(thumbnail, size);
    (model.picture.pixels, model.picture.drawn) = (Some(pixels), drawn);
}

/// Whether sending has to wait for the picture, which is told.
pub fn waits_for_picture(model: &mut Model) -> bool {
    let waits = model.picture.is_coming() && model.account().takes_pictures();
    if waits {
        let stops = model.keymap.hint(Action::Close, "stops that");
        let stops = stops.map_or_else(String::new, |hint| format!("; {hint}"));
        let words = format!("The picture is still being loaded{stops}");
        model.toast(words, Tone::Info);
    }
    waits
}

/// Loads the picture again that could not be had, or that was changed meanwhile.
pub fn load_picture_again(model: &mut Model) -> bool {
    let may = matches!(model.picture.state, State::Failed(_) | State::Ready(_));
    if may {
        model.picture.state = State::Waiting { due: model.now };
        (model.picture.pixels, model.picture.drawn) = (None, None);
        findings::examine(model);
    }
    may
}

/// What the picture is called in a message file of another folder, where that is not the same.
pub fn picture_from(model: &Model, path: &Path) -> Option<String> {
    let folder = |path: Option<&Path>| {
        let folder = path.and_then(Path::parent).unwrap_or(Path::new(""));
        model.folder.join(folder)
    };
    let (from, to) = (folder(model.file.as_deref()), folder(Some(path)));
    let name = model.draft().text_at(Field::Thumbnail)?;
    if Inline::of(name).is_some() {
        return None;
    }
    let Named::File(name) = Named::of(name)? else {
        return None;
    };
    if from == to || name.starts_with('~') || Path::new(name).is_absolute() {
        return None;
    }
    let picture = from.join(name);
    let name = picture.strip_prefix(&to).unwrap_or(&picture);
    Some(name.to_string_lossy().into_owned())
}

/// Asks for a picture's file.
pub fn choose_picture(model: &mut Model) {
    if !matches!(model.draft().message, Message::Catalog(_)) {
        model.toast("Only a catalog has a picture of its own", Tone::Info);
        return;
    }
    focus::focus_on(model, Focus::Edit(Field::Thumbnail));
    files::ask_path(model, Purpose::Picture);
}

/// A picture's file was chosen: it is named from where the message file is, if it is below it.
pub fn picture_chosen(model: &mut Model, path: &Path) {
    let name = match model.file.as_deref().and_then(Path::parent) {
        Some(folder) if !path.starts_with("~") => {
            let (path, folder) = (model.folder.join(path), model.folder.join(folder));
            path.strip_prefix(folder).unwrap_or(&path).to_owned()
        }
        _ => path.to_owned(),
    };
    let name = name.to_string_lossy();
    model
        .composer
        .edit(Field::Thumbnail, |editor| editor.replace(&name));
    focus::focus_on(model, Focus::Edit(Field::Thumbnail));
}

/// Whether a pasted name stands for itself, whatever was written before.
pub fn is_whole(name: &str) -> bool {
    Inline::of(name).is_some()
        || ["/", "~/", "http://", "https://"]
            .iter()
            .any(|start| name.starts_with(start))
        || is_of_windows(name)
}

/// Whether a whole path has the ending of a picture that can be taken.
pub fn is_file_of_picture(name: &str) -> bool {
    let is_address = name.starts_with("http://") || name.starts_with("https://");
    let ending = name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_lowercase());
    let known = ["jpg", "jpeg", "png", "webp", "gif"];
    is_whole(name) && !is_address && ending.is_some_and(|ending| known.contains(&ending.as_str()))
}

/// Whether a path is written as Windows has them, `C:\p.jpg` or `\\server\p.jpg`: its backslashes
/// are no quotes.
fn is_of_windows(path: &str) -> bool {
    let drive = path.as_bytes();
    path.starts_with("\\\\")
        || matches!(drive, [letter, b':', b'\\' | b'/', ..] if letter.is_ascii_alphabetic())
}

/// A path as terminals paste it when a file is dropped on them: in quotes, with backslashes, or as a
/// `file://` address. A picture in base64 is put on one line.
pub fn dropped(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    if Inline::of(text).is_some() {
        return Cow::Owned(text.split_whitespace().collect());
    }
    if text.starts_with("file://")
        && let Ok(url) = url::Url::parse(text)
        && let Ok(path) = url.to_file_path()
    {
        return Cow::Owned(path.to_string_lossy().into_owned());
    }
    let bare = ['"', '\'']
        .iter()
        .find_map(|&quote| text.strip_prefix(quote)?.strip_suffix(quote));
    let bare = bare.unwrap_or(text);
    if is_of_windows(bare) {
        return Cow::Borrowed(bare);
    }
    if text.contains(['\'', '"', '\\'])
        && let Ok(words) = shell_words::split(text)
        && let [word] = words.as_slice()
    {
        return Cow::Owned(word.clone());
    }
    Cow::Borrowed(text)
}
