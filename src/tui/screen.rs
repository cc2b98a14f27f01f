//! The screens: a screen is one file, a variant of [`View`] and rows of actions. Whatever differs from one
//! screen to another is asked of [`Screen`], so that nothing else looks at the view.

mod compose;
mod dialogs;
mod history;
pub mod input;

use crossterm::event::KeyEvent;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};

use super::action::{Action, Context};
use super::effect::Effect;
use super::layout::{self, Regions};
use super::model::{Model, View};
use super::pane::status::Hint;

/// What a screen answers.
pub trait Screen {
    /// Its word in the title.
    fn title(&self) -> &'static str;

    /// The action that shows it.
    fn action(&self) -> Action;

    /// Shows it.
    fn open(&self, model: &mut Model) -> Vec<Effect>;

    /// Which keys count where the focus is.
    fn context(&self, model: &Model) -> Context;

    /// Does what an action means here.
    fn perform(&self, model: &mut Model, action: Action) -> Vec<Effect>;

    /// A key that is no action here.
    fn key(&self, model: &mut Model, key: KeyEvent) -> Vec<Effect>;

    /// A text that is pasted.
    fn paste(&self, model: &mut Model, text: &str) -> Vec<Effect>;

    /// A click outside of the title.
    fn click(&self, model: &mut Model, regions: &Regions, at: Position) -> Vec<Effect>;

    /// The wheel, by so many rows.
    fn wheel(&self, model: &mut Model, at: Position, by: isize) -> Vec<Effect>;

    /// The keys of the status line and what they do.
    fn hints(&self, model: &Model) -> Vec<Hint>;

    /// The regions that it takes of those at this size.
    fn regions(&self, regions: Regions) -> Regions {
        regions
    }

    /// Draws what is inside of the frame.
    fn draw(&self, model: &Model, regions: &Regions, frame: &mut Frame);
}

/// The screen of a view.
pub fn of(view: View) -> &'static dyn Screen {
    match view {
        View::Compose => &compose::Compose,
        View::History => &history::History,
    }
}

/// Does what an action means on the screen that is shown.
pub fn perform(model: &mut Model, action: Action) -> Vec<Effect> {
    of(model.view).perform(model, action)
}

/// A view's word in the title, behind its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    /// The view.
    pub view: View,
    /// The key that shows it, where there is one.
    pub key: Option<String>,
    /// Its word.
    pub words: &'static str,
    /// The cells of its word.
    pub place: Rect,
}

/// The views in the title, and where they are.
pub fn titles(model: &Model, regions: &Regions) -> Vec<Title> {
    let Rect { x, y, .. } = regions.outer;
    let mut x = x + 2;
    let titles = View::ALL.into_iter().map(|view| {
        let screen = of(view);
        let key = model.keymap.key(screen.action()).map(|key| key.to_string());
        let before = key.as_ref().map_or(0, |key| layout::columns(key) + 1);
        let words = screen.title();
        let place = Rect::new(x + before, y, layout::columns(words), 1);
        x = place.right() + 2;
        Title {
            view,
            key,
            words,
            place,
        }
    });
    titles.collect()
}
