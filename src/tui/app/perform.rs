//! What each action does.

use super::composer::turn;
use super::toast::Tone;
use super::{App, Tab};
use crate::gateway::{Fallback, Platform};
use crate::message::{Kind, Message, duplicate};
use crate::secret::MASK;
use crate::tui::action::Action;
use crate::tui::draw;
use crate::tui::effect::Effect;
use crate::tui::focus::Focus;
use crate::tui::modal::{Modal, Palette, Purpose};
use crate::tui::widget::field::{Field, Response};

impl App {
    /// Does what an action means here.
    pub fn perform(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Send => return self.ask_to_send(),
            Action::Close => return self.close(),
            Action::Palette => self.modals.push(Modal::Palette(Palette::default())),
            Action::Help => self.modals.push(Modal::Help { scroll: 0 }),
            Action::Quit => return self.quit(),
            Action::Suspend => return vec![Effect::Suspend],
            Action::NextField => self.step_focus(false),
            Action::PreviousField => self.step_focus(true),
            Action::OtherSide => match self.focus {
                Focus::Pane => self.back_to_form(),
                _ => self.focus_on(Focus::Pane),
            },
            Action::Compose => self.back_to_form(),
            Action::Preview => self.show(Tab::Preview),
            Action::Payload => self.show(Tab::Payload),
            Action::Problems => {
                self.show(Tab::Problems);
                self.focus_on(Focus::Pane);
            }
            Action::Response => self.show(Tab::Response),
            Action::ScrollUp => self.scroll_pane(-5),
            Action::ScrollDown => self.scroll_pane(5),
            Action::NextProblem => self.next_problem(),
            Action::Platform => {
                self.platform = turn(&Platform::ALL, self.platform, false);
                self.show(Tab::Preview);
            }
            Action::New => self.new_draft(),
            Action::Open => self.ask_to_open(),
            Action::Save => return self.save(),
            Action::SaveAs => self.ask_path(Purpose::SaveAs),
            Action::Undo => self.undo(),
            Action::Redo => {
                if self.composer.edit(self.focus, Field::redo) == Response::Ignored {
                    self.toast("Nothing to do again here", Tone::Info);
                }
            }
            Action::Editor => return self.edit_outside(),
            Action::SelectAll => {
                self.composer.edit(self.focus, |field| {
                    field.select_all();
                    Response::Moved
                });
            }
            Action::Copy => return self.copy(),
            Action::Cut => return self.cut(),
            Action::Paste => {
                let text = self.clipboard.clone();
                self.insert(&text);
            }
            Action::KindText => self.set_kind(Kind::Text),
            Action::KindButtons => self.set_kind(Kind::Buttons),
            Action::AddItem => self.add_item(),
            Action::RemoveItem => self.remove_item(),
            Action::MoveUp => self.move_item(true),
            Action::MoveDown => self.move_item(false),
            Action::Duplicate => self.become_numbered_text(),
            Action::SendInteractive => return self.send_instead(Fallback::InteractiveReply),
            Action::SendNumbered => return self.send_instead(Fallback::NumberedText),
            Action::CopyId => return self.copy_id(),
            Action::CopyCurl => return self.copy_curl(),
        }
        Vec::new()
    }

    /// Esc, outside of a dialog.
    fn close(&mut self) -> Vec<Effect> {
        if self.sending.is_some() {
            return self.cancel();
        }
        if self.focus == Focus::Pane {
            self.back_to_form();
        } else {
            self.toasts.clear();
        }
        Vec::new()
    }

    // ---------------------------------------------------------------- focus

    /// Moves the focus; a place that this message does not have is the choice of its kind.
    pub(super) fn focus_on(&mut self, focus: Focus) {
        let is_there = focus == Focus::Pane || Focus::stops(&self.draft().message).contains(&focus);
        let focus = if is_there { focus } else { Focus::Kind };
        self.focus = focus;
        if focus != Focus::Pane {
            self.last_field = focus;
        }
    }

    /// Shows a tab; where only one side is seen, that side comes to the front.
    pub(super) fn show(&mut self, tab: Tab) {
        if self.tab != tab {
            self.tab = tab;
            self.scroll = 0;
        }
        if self.is_narrow() {
            self.focus_on(Focus::Pane);
        }
    }

    /// Whether only one side is seen.
    pub(super) fn is_narrow(&self) -> bool {
        self.screen().is_some_and(|screen| screen.divider.is_none())
    }

    /// Puts the focus where it was in the form, or on the nearest place that still is.
    pub(super) fn back_to_form(&mut self) {
        let stops = Focus::stops(&self.draft().message);
        let focus = if stops.contains(&self.last_field) {
            self.last_field
        } else {
            Focus::Text
        };
        self.focus_on(focus);
    }

    pub(super) fn step_focus(&mut self, back: bool) {
        let mut stops = Focus::stops(&self.draft().message);
        stops.push(Focus::Pane);
        let next = turn(&stops, self.focus, back);
        self.focus_on(next);
    }

    fn next_problem(&mut self) {
        let stops = Focus::stops(&self.draft().message);
        let here = stops.iter().position(|&stop| stop == self.focus);
        let mut places: Vec<usize> = self
            .findings
            .problems
            .iter()
            .filter_map(|problem| {
                let focus = Focus::of_field(problem.field);
                stops.iter().position(|&stop| stop == focus)
            })
            .collect();
        places.sort_unstable();
        let next = places
            .iter()
            .find(|&&at| here.is_none_or(|here| at > here))
            .or(places.first());
        match next {
            Some(&at) => self.focus_on(stops[at]),
            None => self.toast("No problems", Tone::Good),
        }
    }

    /// Goes to the selected problem's field.
    pub(super) fn jump_to_problem(&mut self) {
        let field = self
            .problem_list()
            .nth(self.selected_problem)
            .map(|problem| problem.field);
        if let Some(field) = field {
            self.jump_to(Focus::of_field(field));
        }
    }

    /// Goes to the first problem's field.
    pub(super) fn fix(&mut self) {
        let first = self
            .findings
            .problems
            .iter()
            .min_by_key(|problem| problem.severity);
        if let Some(field) = first.map(|problem| problem.field) {
            self.jump_to(Focus::of_field(field));
        }
    }

    fn jump_to(&mut self, focus: Focus) {
        let stops = Focus::stops(&self.draft().message);
        self.focus_on(if stops.contains(&focus) {
            focus
        } else {
            Focus::Text
        });
    }

    /// Scrolls the right-hand side; drawing stops at its end.
    pub(super) fn scroll_pane(&mut self, by: isize) {
        let last = draw::pane_rows(self).saturating_sub(self.pane_height());
        self.scroll = self.scroll.saturating_add_signed(by).min(last);
    }

    /// Rows of the right-hand side.
    pub(super) fn pane_height(&self) -> usize {
        self.screen()
            .map_or(0, |screen| usize::from(screen.pane.height))
    }

    // ---------------------------------------------------------------- the draft

    pub(super) fn set_kind(&mut self, kind: Kind) {
        self.composer.set_kind(kind);
        self.last_field = Focus::Kind;
        self.back_to_form();
    }

    fn undo(&mut self) {
        if !self.focus.is_text() {
            self.restore_item();
            return;
        }
        if self.composer.edit(self.focus, Field::undo) == Response::Ignored {
            self.toast("Nothing to undo here", Tone::Info);
        }
    }

    /// Inserts a text where the focus is.
    pub(super) fn insert(&mut self, text: &str) {
        let now = self.now;
        self.composer
            .edit(self.focus, |field| field.insert(text, now));
    }

    fn copy(&mut self) -> Vec<Effect> {
        match self.composer.field(self.focus).and_then(Field::selected) {
            Some(text) => {
                self.clipboard.clone_from(&text);
                self.toast("Copied", Tone::Good);
                vec![Effect::Copy(text)]
            }
            None => {
                let quit = self
                    .keymap
                    .key(Action::Quit)
                    .map_or_else(String::new, |key| format!("; {key} quits"));
                self.toast(
                    format!("Nothing is selected (Shift+arrows select){quit}"),
                    Tone::Info,
                );
                Vec::new()
            }
        }
    }

    fn cut(&mut self) -> Vec<Effect> {
        let (now, mut taken) = (self.now, None);
        self.composer.edit(self.focus, |field| {
            taken = field.cut(now);
            if taken.is_some() {
                Response::Changed
            } else {
                Response::Ignored
            }
        });
        let Some(text) = taken else { return Vec::new() };
        self.clipboard.clone_from(&text);
        vec![Effect::Copy(text)]
    }

    fn add_item(&mut self) {
        if !matches!(self.draft().message, Message::Buttons(_)) {
            self.toast("Only a buttons message has buttons", Tone::Info);
            return;
        }
        let at = self
            .focus
            .item()
            .map_or(self.composer.button_count(), |index| index + 1);
        if let Some(at) = self.composer.add_button(at) {
            self.focus_on(Focus::ButtonText(at));
        }
    }

    fn remove_item(&mut self) {
        let Some(index) = self.focus.item() else {
            self.toast("Go to a button first", Tone::Info);
            return;
        };
        let Some(button) = self.composer.remove_button(index) else {
            return;
        };
        let undo = self.keymap.key(Action::Undo);
        let undo = undo.map_or_else(String::new, |key| {
            format!("; {key} on the list brings it back")
        });
        self.toast(format!("Button {} removed{undo}", index + 1), Tone::Info);
        self.removed = Some((index, button));
        let count = self.composer.button_count();
        self.focus_on(if count == 0 {
            Focus::Buttons
        } else {
            Focus::Item(index.min(count - 1))
        });
    }

    /// Brings the button that was removed last back.
    fn restore_item(&mut self) {
        match self.removed.take() {
            Some((index, button)) => {
                self.composer.insert_button(index, button);
                self.focus_on(Focus::Item(
                    index.min(self.composer.button_count().saturating_sub(1)),
                ));
            }
            None => self.toast("Nothing to undo here", Tone::Info),
        }
    }

    fn move_item(&mut self, up: bool) {
        let moved = self
            .focus
            .item()
            .and_then(|index| self.composer.move_button(index, up));
        if let Some(index) = moved {
            self.focus_on(self.focus.with_item(index));
        }
    }

    fn become_numbered_text(&mut self) {
        match duplicate::as_text(self.draft()) {
            Some(text) => {
                let text = text.message.text().to_owned();
                self.set_kind(Kind::Text);
                self.composer
                    .edit(Focus::Text, |field| field.replace(&text));
                self.focus_on(Focus::Text);
            }
            None => self.toast(
                "Only a buttons message can become numbered text",
                Tone::Info,
            ),
        }
    }

    // ---------------------------------------------------------------- what was answered

    fn copy_id(&mut self) -> Vec<Effect> {
        let id = self
            .delivery
            .as_ref()
            .and_then(|delivery| delivery.exchange()?.outcome.message_id());
        match id.map(str::to_owned) {
            Some(id) => {
                self.toast(format!("Copied {id}"), Tone::Good);
                vec![Effect::Copy(id)]
            }
            None => {
                self.toast("No message id was answered yet", Tone::Info);
                Vec::new()
            }
        }
    }

    fn copy_curl(&mut self) -> Vec<Effect> {
        match self.account().encode(self.draft()) {
            Ok(request) => {
                self.toast("Copied, the token masked", Tone::Good);
                vec![Effect::Copy(request.to_curl(MASK))]
            }
            Err(unsupported) => {
                self.toast(unsupported.to_string(), Tone::Bad);
                Vec::new()
            }
        }
    }
}
