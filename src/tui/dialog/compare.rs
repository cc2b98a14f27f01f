//! Two requests side by side, over the whole screen.

use crossterm::event::KeyEvent;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};

use super::{Dialog, Look};
use crate::tui::action::Action;
use crate::tui::widget::comparison::Comparison;

impl Dialog for Comparison {
    fn area(&self, look: &Look<'_>) -> Rect {
        Rect::from((Position::ORIGIN, look.size))
    }

    fn draw(&self, look: &Look<'_>, frame: &mut Frame) {
        let closes = look.keymap.hint(Action::Close, "closes");
        self.draw(look.theme, closes.as_deref(), frame.buffer_mut());
    }

    fn key(&mut self, _: &Look<'_>, key: KeyEvent) {
        self.key(key);
    }

    fn fit(&mut self, look: &Look<'_>) {
        self.resize(look.size);
    }

    fn scroll(&mut self, _: &Look<'_>, by: isize) {
        self.scroll(by);
    }
}
