//! The screen: wait for one event, drain the rest, then draw once; asleep when nothing happens.
//!
//! [`model::Model`] is the state and [`model::Model::update`] the only function that changes it;
//! [`draw::draw`] reads it; `effects` carries out what it asks for.

pub mod action;
pub mod bubble;
pub mod dialog;
pub mod draw;
pub mod effect;
mod effects;
pub mod ended;
pub mod event;
pub mod focus;
pub mod graphics;
pub mod input;
pub mod keep;
pub mod keymap;
pub mod layout;
pub mod model;
pub mod name;
pub mod outcome;
pub mod pane;
pub mod question;
pub mod recent;
mod screen;
mod terminal;
pub mod theme;
mod update;
pub mod widget;

use std::collections::BTreeMap;
use std::io::{self, IsTerminal, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crossterm::event::Event as TermEvent;
use ratatui::layout::Size;
use tokio::sync::mpsc;

use self::effect::Effect;
use self::effects::{Effects, Left, StoreSettings};
use self::event::Event;
use self::graphics::Graphics;
use self::input::{Input, Reader, Ready};
use self::keymap::{Key, Keymap, KeymapError};
use self::model::toast::Tone;
use self::model::{Model, Setup};
use self::theme::{Theme, ThemeError};
use crate::config::{GraphicsChoice, Profile};
use crate::message::Draft;
use crate::message::file::{self, Format};
use crate::visible;

/// What the composer starts with.
#[derive(Debug, Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a choice of the prompt or of the configuration"
)]
pub struct Start {
    /// What to compose.
    pub draft: Draft,
    /// The file that it came from.
    pub file: Option<PathBuf>,
    /// The text of that file.
    pub source: Option<String>,
    /// The message that a reply answers, where its file is named.
    pub quoted: Option<Draft>,
    /// Every profile there is, at least one.
    pub profiles: Vec<Profile>,
    /// The one to use, as an index.
    pub profile: usize,
    /// The theme's name: `auto`, `dark` or `light`.
    pub theme: String,
    /// Whether pictures may be on private networks, whatever the profile says.
    pub allow_private: bool,
    /// How pictures are shown.
    pub graphics: GraphicsChoice,
    /// Whether colours are wanted.
    pub colours: bool,
    /// Whether the draft only stands in for the one that was last in use.
    pub resume: bool,
    /// The folder of the store; `None` where the system has none.
    pub data: Option<PathBuf>,
    /// For how many days the history is kept; 0 keeps it for ever.
    pub history_days: u32,
    /// The configuration's own keys, by action.
    pub keys: BTreeMap<String, Vec<String>>,
    /// The configuration's file, for what is wrong with its keys.
    pub config: Option<PathBuf>,
    /// Whether the mouse is wanted.
    pub mouse: bool,
}

/// Why the composer did not run, or stopped.
#[derive(Debug, thiserror::Error)]
pub enum TuiError {
    /// Standard input or output is no terminal.
    #[error("the composer needs a terminal; `wacompose --help` lists what works without one")]
    NoTerminal,
    /// The configuration's keys.
    #[error(transparent)]
    Keymap(#[from] KeymapError),
    /// The theme.
    #[error(transparent)]
    Theme(#[from] ThemeError),
    /// The terminal.
    #[error("the terminal cannot be used")]
    Terminal(#[from] io::Error),
}

/// What is left to say when the person has left.
#[derive(Debug)]
pub struct Ended {
    /// A message was being sent, and nobody knows whether it was.
    pub unsettled: Option<String>,
    /// Why the message whose answer was waited for at the end was not sent.
    pub refused: Option<String>,
    /// The files that hold the drafts which could not be kept, each with why there is none instead.
    pub set_aside: Vec<io::Result<PathBuf>>,
    /// How many messages were sent that the history does not have, or without their outcome.
    pub unwritten: usize,
    /// What became of a store that was removed, moved or replaced meanwhile.
    pub removed: Option<String>,
}

/// What is wrong with the configuration's own keys, which are left out then: an unknown action or key,
/// or a key that two actions want.
///
/// # Errors
/// When the program's own keys cannot be read.
pub fn check_keys(keys: &BTreeMap<String, Vec<String>>) -> Result<Vec<String>, TuiError> {
    let (_, wrong) = Keymap::with_errors(keys)?;
    Ok(wrong.iter().map(KeymapError::to_string).collect())
}

/// Which of the configuration's own keys few terminals send.
pub fn doubtful_keys(keys: &BTreeMap<String, Vec<String>>) -> Vec<String> {
    let all = keys.iter().flat_map(|(action, keys)| {
        let parsed = keys.iter().filter_map(|key| key.parse::<Key>().ok());
        parsed.map(move |key| (action, key))
    });
    let doubts =
        all.filter_map(|(action, key)| Some(format!("[keys] {action}: {key}: {}", key.doubt()?)));
    doubts.collect()
}

/// Opens the composer, and returns when the person leaves it.
///
/// # Errors
/// When there is no terminal, when the keys or the theme are wrong, or when the terminal fails.
pub fn run(start: Start) -> Result<Ended, TuiError> {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Err(TuiError::NoTerminal);
    }
    let (keymap, wrong_keys) = Keymap::with_errors(&start.keys)?;
    let ground = std::env::var("COLORFGBG").ok();
    let ground = ground.as_deref().and_then(theme::ground);
    let name = match start.theme.as_str() {
        "auto" => ground.unwrap_or("auto"),
        name => name,
    };
    let theme = Theme::new(name, start.colours)?;
    terminal::give_back_on_panic();
    let _guard = terminal::Guard;
    let mut screen = terminal::enter(start.mouse)?;
    let (mut model, effects) = Model::new(Setup {
        draft: start.draft,
        file: start.file,
        source: start.source,
        quoted: start.quoted,
        resume: start.resume,
        profiles: start.profiles,
        profile: start.profile,
        keymap,
        theme,
        size: screen.get_frame().area().as_size(),
        allow_private: start.allow_private,
        graphics: Graphics::new(
            start.graphics,
            |name| std::env::var(name).ok(),
            start.colours,
            cell(),
        ),
        folder: std::env::current_dir().unwrap_or_default(),
    });
    for wrong in wrong_keys {
        let file = start.config.as_deref().map(name_of).unwrap_or_default();
        model.toast(format!("{wrong}: left out, see {file}"), Tone::Bad);
    }
    // The first frame waits for nothing else.
    screen.draw(|frame| draw::draw(&model, frame))?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let store = StoreSettings {
        folder: start.data,
        history_days: start.history_days,
    };
    let composed = compose(&mut model, &mut screen, effects, store, start.mouse);
    let (ended, left) = runtime.block_on(composed);
    // A sandbox or a send that is still busy is not waited for.
    runtime.shutdown_background();
    // Also when the terminal was taken away.
    let unkept = model.unkept(left.draft).into_iter();
    let set_aside = unkept.map(set_aside).collect();
    ended?;
    Ok(Ended {
        unsettled: model.unsettled(),
        refused: model.refused(),
        set_aside,
        unwritten: left.messages,
        removed: left.removed,
    })
}

/// A file's path as it can be shown.
fn name_of(path: &Path) -> String {
    visible::line(&path.display().to_string()).into_owned()
}

/// Writes a draft that could not be kept to a file of its own, in the folder for such files.
fn set_aside(draft: &Draft) -> io::Result<PathBuf> {
    let mut file = tempfile::Builder::new()
        .prefix("wacompose-draft-")
        .suffix(".toml")
        .tempfile()?;
    file.write_all(file::write(draft, Format::Toml).as_bytes())?;
    Ok(file.keep()?.1)
}

/// The pixels of a cell, where the terminal tells.
fn cell() -> Option<Size> {
    let window = crossterm::terminal::window_size().ok()?;
    Some(Size {
        width: window.width.checked_div(window.columns)?,
        height: window.height.checked_div(window.rows)?,
    })
}

async fn compose(
    model: &mut Model,
    screen: &mut terminal::Screen,
    first: Vec<Effect>,
    store: StoreSettings,
    mouse: bool,
) -> (io::Result<()>, Left) {
    let (sender, receiver) = mpsc::unbounded_channel();
    let mut effects = Effects::new(sender, store);
    let ended = turn(model, screen, first, &mut effects, receiver, mouse).await;
    // Also when the terminal was taken away: what was typed is kept.
    if let Some(effect) = model.last_words() {
        effects.carry_out(effect);
    }
    (ended, effects.close())
}

/// Waits, changes the state and draws, until the end.
async fn turn(
    model: &mut Model,
    screen: &mut terminal::Screen,
    first: Vec<Effect>,
    effects: &mut Effects,
    mut receiver: mpsc::UnboundedReceiver<Event>,
    mouse: bool,
) -> io::Result<()> {
    let begin = Instant::now();
    let mut terminal = Input::open()?;
    let mut reader = Reader::default();
    let mut stop = std::pin::pin!(asked_to_stop()?);
    // From here on changes of size are reported; one that came before is not.
    effects.tell(size_event()?);
    let mut todo = first;
    let mut is_news = true;
    let mut is_resized = false;
    loop {
        for effect in todo.drain(..) {
            match effect {
                Effect::Quit => return Ok(()),
                Effect::OpenEditor { .. } | Effect::Suspend => {
                    // The other program reads the terminal alone.
                    drop(terminal);
                    terminal::give_back();
                    effects.in_foreground(effect).await?;
                    // An alternate screen is empty when it is entered, and a new one knows that;
                    // clearing the old one would ask the terminal where its cursor is, and wait.
                    *screen = terminal::enter(mouse)?;
                    terminal = Input::open()?;
                    effects.tell(size_event()?);
                }
                other => effects.carry_out(other),
            }
        }
        if !terminal::is_taken() {
            // A panic in a task gave it back, and was reported.
            return Err(io::Error::other("a part of the composer failed"));
        }
        let area = terminal::area(model.size);
        if is_resized || screen.get_frame().area() != area {
            // Also where it has its old size again: what was cut off in between is gone.
            screen.resize(area)?;
            is_resized = false;
        }
        if is_news {
            screen.draw(|frame| draw::draw(model, frame))?;
        }
        is_news = false;
        let wake = model.next_wake().map(|at| begin + at);
        let event = tokio::select! {
            ready = terminal.ready(reader.due()) => match ready? {
                Ready::Keys => reader.next_event()?,
                Ready::Resized => {
                    is_resized = true;
                    Some(size_event()?)
                }
                Ready::Ended => Some(Event::Terminated),
            },
            event = receiver.recv() => Some(event.unwrap_or(Event::Terminated)),
            () = until(wake) => Some(Event::Wake),
            () = &mut stop => Some(Event::Terminated),
        };
        // Whatever else is there already, before one draw.
        let mut next = event;
        while let Some(event) = next {
            is_news |= change(model, event, begin.elapsed(), &mut todo);
            if ends(&todo) {
                break;
            }
            next = match reader.next_event()? {
                Some(event) => Some(event),
                None => receiver.try_recv().ok(),
            };
        }
    }
}

/// Changes the state; returns whether that can be seen.
fn change(model: &mut Model, event: Event, now: Duration, todo: &mut Vec<Effect>) -> bool {
    let is_seen = match &event {
        Event::Wake => model.next_sight().is_some_and(|at| at <= now),
        event => !event.is_silent(),
    };
    let before = pane::status::kept(model);
    todo.extend(model.update(event, now));
    is_seen || before != pane::status::kept(model)
}

fn size_event() -> io::Result<Event> {
    let Size { width, height } = terminal::size()?;
    Ok(Event::Term(TermEvent::Resize(width, height)))
}

/// Whether what follows waits until these are done.
fn ends(effects: &[Effect]) -> bool {
    effects.iter().any(Effect::stops)
}

async fn until(wake: Option<Instant>) {
    match wake {
        Some(at) => {
            tokio::time::sleep_until(at.max(Instant::now() + Duration::from_millis(1)).into())
                .await;
        }
        None => std::future::pending().await,
    }
}

/// Ends when the process is told to.
#[cfg(unix)]
fn asked_to_stop() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut hang_up = signal(SignalKind::hangup())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = hang_up.recv() => {}
        }
    })
}

/// Ends when the process is told to.
#[cfg(not(unix))]
fn asked_to_stop() -> io::Result<impl Future<Output = ()>> {
    Ok(std::future::pending())
}
