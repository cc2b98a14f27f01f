//! A catalog's picture: loaded while its name is written, shown and sent as a thumbnail.
//!
//! ```text
//! none ─ named ─> waiting ─ a pause, or another field ─> loading ─┬─> ready
//!   └──────────── named anew, whatever it was ────────────┘       └─> failed
//! ```

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::time::Duration;

use ratatui::layout::Size;

use super::App;
use super::send::FRAME;
use super::toast::Tone;
use crate::config::ThumbnailAs;
use crate::failure::Failure;
use crate::gateway::Account;
use crate::message::check::Problem;
use crate::message::inline::Inline;
use crate::message::{Draft, Field, Message, Thumbnail as Named, variables};
use crate::tui::effect::{Effect, Ticket};
use crate::tui::event::Thumbnail;
use crate::tui::focus::Focus;
use crate::tui::graphics::{Drawn, Way};
use crate::tui::modal::Purpose;
use crate::tui::pane;
use crate::tui::widget::pixels::{Pixels, fitted};

/// How long nothing is typed into the name before it is loaded.
const PAUSE: Duration = Duration::from_millis(400);

/// The picture of the draft.
#[derive(Debug, Default)]
pub struct Picture {
    wanted: Option<Wanted>,
    /// How far it is.
    pub state: State,
    /// What is drawn of it, at the size that it was fitted to.
    pub pixels: Option<Pixels>,
    /// The same in the terminal's own graphics, where it has any.
    pub drawn: Option<Drawn>,
}

/// Which picture, and where it may be.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Wanted {
    name: String,
    folder: PathBuf,
    allow_private: bool,
}

/// How far a picture is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum State {
    /// None is named.
    #[default]
    None,
    /// It is loaded once nothing is typed any more.
    Waiting {
        /// The screen's time from which it is loaded.
        due: Duration,
    },
    /// It is being loaded.
    Loading {
        /// Which loading.
        ticket: Ticket,
        /// When it began.
        since: Duration,
        /// The bytes that came so far, and how many there are, where that is known.
        received: Option<(u64, Option<u64>)>,
    },
    /// It is there.
    Ready(Box<Thumbnail>),
    /// It cannot be had, and why.
    Failed(Failure),
}

impl Picture {
    /// The thumbnail, once it is ready.
    pub fn ready(&self) -> Option<&Thumbnail> {
        match &self.state {
            State::Ready(thumbnail) => Some(thumbnail),
            _ => None,
        }
    }

    /// Whether it is still to come.
    pub const fn is_coming(&self) -> bool {
        matches!(self.state, State::Waiting { .. } | State::Loading { .. })
    }

    /// When something changes by itself.
    pub(super) fn next_wake(&self, now: Duration) -> Option<Duration> {
        match self.state {
            State::Waiting { due } => Some(due),
            State::Loading { .. } => Some(now + FRAME),
            State::None | State::Ready(_) | State::Failed(_) => None,
        }
    }

    /// What is wrong with it, or lost in it.
    pub(super) fn problems(&self) -> Vec<Problem> {
        match &self.state {
            State::Failed(why) => vec![Problem::error(Field::Thumbnail, why.title.clone())],
            State::Ready(thumbnail) => {
                let warnings = thumbnail.warnings.iter();
                warnings
                    .map(|words| Problem::warning(Field::Thumbnail, words.clone()))
                    .collect()
            }
            _ => Vec::new(),
        }
    }
}

impl App {
    /// The picture that the draft names, where it has to be loaded.
    fn wanted_picture(&self) -> Option<Wanted> {
        let Message::Catalog(message) = &self.shown().message else {
            return None;
        };
        let name = message.thumbnail.as_str();
        Named::of(name)?;
        if variables::has(name) {
            return None;
        }
        let folder = self.file.as_deref().and_then(Path::parent);
        Some(Wanted {
            name: variables::sent(name).into_owned(),
            folder: folder.unwrap_or(Path::new("")).to_owned(),
            allow_private: self.allow_private || self.profile().allow_private_urls,
        })
    }

    /// Loads the picture that is named now, and lets go of another one.
    pub(super) fn follow_picture(&mut self) -> Vec<Effect> {
        let mut effects = Vec::new();
        let wanted = self.wanted_picture();
        let mut changed = false;
        if wanted != self.picture.wanted {
            effects.extend(self.stop_picture());
            self.picture.state = match wanted {
                Some(_) => State::Waiting {
                    due: self.now + PAUSE,
                },
                None => State::None,
            };
            self.picture.wanted = wanted;
            (self.picture.pixels, self.picture.drawn) = (None, None);
            changed = true;
        }
        if let State::Waiting { due } = self.picture.state
            && (self.now >= due || self.focus != Focus::Edit(Field::Thumbnail))
            && let Some(wanted) = self.picture.wanted.clone()
        {
            let ticket = self.ticket();
            self.picture.state = State::Loading {
                ticket,
                since: self.now,
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
            self.examine();
        }
        effects
    }

    /// Stops what is being loaded.
    pub(super) fn stop_picture(&mut self) -> Option<Effect> {
        match self.picture.state {
            State::Loading { ticket, .. } => Some(Effect::CancelThumbnail(ticket)),
            _ => None,
        }
    }

    /// Esc, while it is loaded.
    pub(super) fn give_picture_up(&mut self) -> Vec<Effect> {
        let stop = self.stop_picture();
        let words = "loading it was stopped: Enter in its field loads it again";
        self.picture.state = State::Failed(Failure::new(words));
        self.examine();
        stop.into_iter().collect()
    }

    /// More of the picture came.
    pub(super) fn picture_comes(&mut self, ticket: Ticket, so_far: u64, total: Option<u64>) {
        if let State::Loading {
            ticket: wanted,
            received,
            ..
        } = &mut self.picture.state
            && *wanted == ticket
        {
            *received = Some((so_far, total));
        }
    }

    /// A picture was loaded, or cannot be.
    pub(super) fn picture_came(
        &mut self,
        ticket: Ticket,
        thumbnail: Result<Box<Thumbnail>, Failure>,
    ) {
        if !matches!(self.picture.state, State::Loading { ticket: wanted, .. } if wanted == ticket)
        {
            return;
        }
        self.picture.state = match thumbnail {
            Ok(thumbnail) => State::Ready(thumbnail),
            Err(why) => State::Failed(why),
        };
        self.examine();
    }

    /// Fits the picture to a pane: at most half of its rows, so that the words are seen too.
    pub(super) fn fit_picture(&mut self, pane: Size) {
        let Some(thumbnail) = self
            .picture
            .ready()
            .filter(|_| self.graphics.way != Way::None)
        else {
            (self.picture.pixels, self.picture.drawn) = (None, None);
            return;
        };
        let room = Size {
            width: pane::preview::picture_columns(pane.width),
            height: pane.height / 2,
        };
        let size = fitted(thumbnail.width, thumbnail.height, room);
        let known = self.picture.pixels.as_ref().map(|pixels| pixels.size);
        let Some(size) = size.filter(|size| known != Some(*size)) else {
            return;
        };
        let pixels = Pixels::new(&thumbnail.rgb, thumbnail.width, thumbnail.height, size);
        let drawn = self.graphics.drawn(thumbnail, size);
        (self.picture.pixels, self.picture.drawn) = (Some(pixels), drawn);
    }

    /// The draft as it is encoded: with its variables filled in, and its picture.
    pub fn to_send(&self) -> Cow<'_, Draft> {
        self.to_send_by(self.account(), self.profile().thumbnail_as)
    }

    /// The same for another account.
    pub(super) fn to_send_by(
        &self,
        account: &Account,
        thumbnail_as: ThumbnailAs,
    ) -> Cow<'_, Draft> {
        let shown = self.shown();
        let Some(wanted) = &self.picture.wanted else {
            return Cow::Borrowed(shown);
        };
        let is_url = matches!(Named::of(&wanted.name), Some(Named::Url(_)));
        let sends_url = is_url && thumbnail_as == ThumbnailAs::Url;
        if sends_url || !account.takes_pictures() {
            return Cow::Borrowed(shown);
        }
        let mut draft = shown.clone();
        if let Message::Catalog(message) = &mut draft.message {
            let jpeg = self
                .picture
                .ready()
                .map(|thumbnail| thumbnail.data_uri.clone());
            message.thumbnail = jpeg.unwrap_or_default();
        }
        Cow::Owned(draft)
    }

    /// Whether sending has to wait for the picture, which is told.
    pub(super) fn waits_for_picture(&mut self) -> bool {
        let waits = self.picture.is_coming() && self.account().takes_pictures();
        if waits {
            let words = "The picture is still being loaded; Esc stops that";
            self.toast(words, Tone::Info);
        }
        waits
    }

    /// Loads the picture again that could not be had, or that was changed meanwhile.
    pub(super) fn load_picture_again(&mut self) -> bool {
        let may = matches!(self.picture.state, State::Failed(_) | State::Ready(_));
        if may {
            self.picture.state = State::Waiting { due: self.now };
            (self.picture.pixels, self.picture.drawn) = (None, None);
            self.examine();
        }
        may
    }

    /// What the picture is called in a message file of another folder, where that is not the same.
    pub(super) fn picture_from(&self, path: &Path) -> Option<String> {
        let folder = |path: Option<&Path>| {
            let folder = path.and_then(Path::parent).unwrap_or(Path::new(""));
            self.folder.join(folder)
        };
        let (from, to) = (folder(self.file.as_deref()), folder(Some(path)));
        let name = self.draft().text_at(Field::Thumbnail)?;
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
    pub(super) fn choose_picture(&mut self) {
        if !matches!(self.draft().message, Message::Catalog(_)) {
            self.toast("Only a catalog has a picture of its own", Tone::Info);
            return;
        }
        self.focus_on(Focus::Edit(Field::Thumbnail));
        self.ask_path(Purpose::Picture);
    }

    /// A picture's file was chosen: it is named from where the message file is, if it is below it.
    pub(super) fn picture_chosen(&mut self, path: &Path) {
        let name = match self.file.as_deref().and_then(Path::parent) {
            Some(folder) if !path.starts_with("~") => {
                let (path, folder) = (self.folder.join(path), self.folder.join(folder));
                path.strip_prefix(folder).unwrap_or(&path).to_owned()
            }
            _ => path.to_owned(),
        };
        let name = name.to_string_lossy();
        self.composer
            .edit(Field::Thumbnail, |editor| editor.replace(&name));
        self.focus_on(Focus::Edit(Field::Thumbnail));
    }
}

/// Whether a pasted name stands for itself, whatever was written before.
pub(super) fn is_whole(name: &str) -> bool {
    Inline::of(name).is_some()
        || ["/", "~/", "http://", "https://"]
            .iter()
            .any(|start| name.starts_with(start))
        || is_of_windows(name)
}

/// Whether a whole path has the ending of a picture that can be taken.
pub(super) fn is_file_of_picture(name: &str) -> bool {
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
pub(super) fn dropped(text: &str) -> Cow<'_, str> {
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
