//! The history: what was sent, searched and listed.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::Frame;
use ratatui::layout::Position;

use super::Screen;
use crate::store::{PageFrom, SendState};
use crate::tui::action::{Action, Context};
use crate::tui::effect::Effect;
use crate::tui::keep::Why;
use crate::tui::layout::{self, Regions};
use crate::tui::model::toast::Tone;
use crate::tui::model::{Model, View};
use crate::tui::pane;
use crate::tui::pane::status::Hint;
use crate::tui::update::{clipboard, history, sent};
use crate::tui::widget::field::{Field, Response};

/// The screen.
pub struct History;

impl Screen for History {
    fn title(&self) -> &'static str {
        "History"
    }

    fn action(&self) -> Action {
        Action::History
    }

    fn open(&self, model: &mut Model) -> Vec<Effect> {
        history::show_history(model)
    }

    fn context(&self, _: &Model) -> Context {
        Context::History
    }

    fn perform(&self, model: &mut Model, action: Action) -> Vec<Effect> {
        match action {
            Action::NextField => history::turn_filter(model, false),
            Action::PreviousField => history::turn_filter(model, true),
            Action::Close if model.sends.to_cancel().is_some() => sent::cancel(model),
            Action::Close if !model.history.search.is_empty() => {
                model.history.search = Field::new("", false);
                history::read_history(model, PageFrom::Newest)
            }
            Action::Close | Action::Compose => {
                model.view = View::Compose;
                Vec::new()
            }
            Action::Undo | Action::Redo => history::undo_in_history(model, action == Action::Redo),
            Action::History => history::show_history(model),
            Action::ScrollUp => history::step_history(model, -5),
            Action::ScrollDown => history::step_history(model, 5),
            Action::Mark => history::mark(model),
            Action::Compare => history::compare_marked(model),
            Action::SendAgain => history::look(model, Why::Draft),
            Action::Quote => history::look(model, Why::Quote),
            Action::Send if model.history.chosen().is_none() => {
                model.toast("No message is selected", Tone::Info);
                Vec::new()
            }
            Action::Send => history::look(model, Why::Send),
            Action::CopyCurl => history::look(model, Why::Curl),
            Action::CopyId => match model.history.chosen() {
                Some(entry) => {
                    let id = entry.message_id.clone();
                    clipboard::copy_message_id(model, id)
                }
                None => Vec::new(),
            },
            Action::Resolve => match model.history.chosen().cloned() {
                Some(entry) => history::resolve(model, entry),
                None => Vec::new(),
            },
            Action::Palette
            | Action::Help
            | Action::Quit
            | Action::Suspend
            | Action::Drafts
            | Action::LastSent
            | Action::AskState
            | Action::Queue
            | Action::ClearQueue => super::of(View::Compose).perform(model, action),
            _ => {
                model.view = View::Compose;
                super::of(View::Compose).perform(model, action)
            }
        }
    }

    fn key(&self, model: &mut Model, key: KeyEvent) -> Vec<Effect> {
        let screen = layout::regions(model);
        let page = screen.map_or(1, |screen| pane::history::places(&screen).list.height);
        let page = isize::try_from(page.saturating_sub(1).max(1)).unwrap_or(1);
        match key.code {
            KeyCode::Up => history::step_history(model, -1),
            KeyCode::Down => history::step_history(model, 1),
            KeyCode::PageUp => history::step_history(model, -page),
            KeyCode::PageDown => history::step_history(model, page),
            KeyCode::Home => history::go_to_end(model, PageFrom::Newest),
            KeyCode::End => history::go_to_end(model, PageFrom::Oldest),
            KeyCode::Enter if model.history.quotes => history::look(model, Why::Quote),
            KeyCode::Enter => history::look(model, Why::Show),
            _ => {
                let now = model.now;
                if model.history.search.key(key, now) == Response::Changed {
                    return history::read_history(model, PageFrom::Newest);
                }
                Vec::new()
            }
        }
    }

    fn paste(&self, model: &mut Model, text: &str) -> Vec<Effect> {
        history::paste_in_history(model, text)
    }

    fn click(&self, model: &mut Model, regions: &Regions, at: Position) -> Vec<Effect> {
        let row = pane::history::at_row(model, regions, at.y);
        row.map_or_else(Vec::new, |row| history::click_history(model, row))
    }

    fn wheel(&self, model: &mut Model, _: Position, by: isize) -> Vec<Effect> {
        history::step_history(model, by)
    }

    fn hints(&self, model: &Model) -> Vec<Hint> {
        let words = if model.history.quotes {
            "quote"
        } else {
            "request and answer"
        };
        let mut hints = vec![(None, "Enter".to_owned(), words)];
        let chosen = model.history.chosen().map(|entry| entry.state);
        let resolve = (chosen == Some(SendState::Unknown)).then_some(Action::Resolve);
        let actions = resolve.into_iter().chain([
            Action::SendAgain,
            Action::Quote,
            Action::CopyId,
            Action::Mark,
            Action::Compose,
            Action::Palette,
            Action::Help,
            Action::Quit,
        ]);
        hints.extend(pane::status::hints_of(model, actions));
        hints
    }

    fn regions(&self, regions: Regions) -> Regions {
        Regions {
            divider: None,
            ..regions
        }
    }

    fn draw(&self, model: &Model, regions: &Regions, frame: &mut Frame) {
        pane::history::draw(model, regions, frame);
    }
}
