//! What each action does.

use super::composer::turn;
use super::toast::Tone;
use super::{App, Tab, View, picture};
use crate::gateway::{Fallback, Platform};
use crate::message::outline::Item;
use crate::message::{Field, Kind};
use crate::secret::MASK;
use crate::tui::action::Action;
use crate::tui::draw;
use crate::tui::effect::Effect;
use crate::tui::event::Copied;
use crate::tui::focus::{Focus, Heading};
use crate::tui::layout::{self, RowKind};
use crate::tui::modal::{Modal, Palette, Purpose};
use crate::tui::widget::field::{Field as Editor, Response};

impl App {
    /// Does what an action means here.
    pub fn perform(&mut self, action: Action) -> Vec<Effect> {
        match self.view {
            View::Compose => self.perform_composing(action),
            View::History => self.perform_in_history(action),
        }
    }

    /// Does what an action means for the message that is composed.
    pub(super) fn perform_composing(&mut self, action: Action) -> Vec<Effect> {
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
            Action::Gateways | Action::Compare => {
                self.show(Tab::Gateways);
                self.focus_on(Focus::Pane);
            }
            Action::ScrollUp => self.scroll_pane(-5),
            Action::ScrollDown => self.scroll_pane(5),
            Action::NextProblem => self.next_problem(),
            Action::RawAnswer => {
                self.answers = self.answers.other();
                self.show(Tab::Response);
            }
            Action::Platform => {
                self.platform = turn(&Platform::ALL, self.platform, false);
                self.show(Tab::Preview);
            }
            Action::New => self.new_draft(),
            Action::Open if self.focus == Focus::Edit(Field::Thumbnail) => self.choose_picture(),
            Action::Open => self.ask_to_open(),
            Action::Picture => self.choose_picture(),
            Action::History | Action::Mark | Action::SendAgain | Action::Resolve => {
                return self.show_history();
            }
            Action::AskState => return self.ask_state_by_hand(),
            Action::Queue => return self.ask_for_queue(),
            Action::ClearQueue => self.ask_to_clear_queue(),
            Action::Drafts | Action::Rename | Action::DuplicateDraft | Action::DeleteDraft => {
                return self.show_drafts();
            }
            Action::Import => self.ask_to_import(),
            Action::Save => return self.save(),
            Action::SaveAs => self.ask_path(Purpose::SaveAs),
            Action::Undo => self.undo(false),
            Action::Redo => self.undo(true),
            Action::Editor => return self.edit_outside(),
            Action::SelectAll => {
                if let Some(field) = self.focus.field() {
                    self.composer.edit(field, |editor| {
                        editor.select_all();
                        Response::Moved
                    });
                }
            }
            Action::Copy => return self.copy(),
            Action::Cut => return self.cut(),
            Action::Paste => {
                let text = self.clipboard.clone();
                self.insert(&text);
            }
            Action::KindText => self.set_kind(Kind::Text),
            Action::KindButtons => self.set_kind(Kind::Buttons),
            Action::KindCatalog => self.set_kind(Kind::Catalog),
            Action::KindList => self.set_kind(Kind::List),
            Action::KindButtonReply => self.set_kind(Kind::ButtonReply),
            Action::KindListReply => self.set_kind(Kind::ListReply),
            Action::AddItem => self.add_item(),
            Action::AddEntry => self.add_entry(),
            Action::RemoveItem => self.remove_item(),
            Action::MoveUp => self.move_item(true),
            Action::MoveDown => self.move_item(false),
            Action::Fold => self.fold(),
            Action::FoldAll => self.fold_all(),
            Action::Options => self.toggle_options(),
            Action::Pick => self.pick(),
            Action::Fill => self.ask_values(false),
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
        if matches!(self.picture.state, picture::State::Loading { .. }) {
            return self.give_picture_up();
        }
        if self.focus == Focus::Pane {
            self.back_to_form();
        } else if let (Focus::Edit(_), Some(item)) = (self.focus, self.focus.item()) {
            self.focus_on(Focus::Item(item));
        } else {
            self.toasts.clear();
        }
        Vec::new()
    }

    // ---------------------------------------------------------------- focus

    /// Moves the focus; a place that this message does not have is the choice of its kind.
    pub(super) fn focus_on(&mut self, focus: Focus) {
        let focus = self.composer.settle(focus);
        let is_there = focus == Focus::Pane || self.stops().contains(&focus);
        let focus = if is_there { focus } else { Focus::Kind };
        self.focus = focus;
        if focus != Focus::Pane {
            self.last_field = focus;
        }
        if let Some(field) = focus.field() {
            self.composer.open(field);
        }
    }

    /// Where a message is begun: its text, or what a reply selects.
    pub(super) fn focus_on_first(&mut self) {
        let is_reply = self.draft().message.kind().is_reply();
        self.focus_on(if is_reply {
            Focus::Heading(Heading::Selected)
        } else {
            Focus::TEXT
        });
    }

    /// Goes to the message's text, or where it has none to the first text from here on.
    pub(super) fn focus_on_text(&mut self) {
        let stops = self.stops();
        let here = stops.iter().position(|&stop| stop == self.focus);
        let mut after = stops.iter().skip(here.unwrap_or(0));
        let focus = if stops.contains(&Focus::TEXT) {
            Focus::TEXT
        } else {
            *after.find(|stop| stop.is_text()).unwrap_or(&Focus::Kind)
        };
        self.focus_on(focus);
    }

    /// Every place in the form, in order.
    pub(super) fn stops(&self) -> Vec<Focus> {
        let rows = layout::rows(&self.composer);
        rows.into_iter().flat_map(RowKind::stops).collect()
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
    pub fn is_narrow(&self) -> bool {
        self.screen().is_some_and(|screen| screen.divider.is_none())
    }

    /// Puts the focus where it was in the form, or on the nearest place that still is.
    pub(super) fn back_to_form(&mut self) {
        let stops = self.stops();
        let nearest = [self.last_field, Focus::TEXT, Focus::Kind];
        let focus = nearest.into_iter().find(|focus| stops.contains(focus));
        self.focus_on(focus.unwrap_or(Focus::Kind));
    }

    /// Tab: a product or row has no stop of its own but its texts; the arrows go to it.
    pub(super) fn step_focus(&mut self, back: bool) {
        let mut stops = self.stops();
        stops.retain(|&stop| stop == self.focus || !matches!(stop, Focus::Item(Item::Entry(..))));
        stops.push(Focus::Pane);
        let next = turn(&stops, self.focus, back);
        self.focus_on(next);
    }

    fn next_problem(&mut self) {
        let mut places: Vec<Focus> = Vec::new();
        for problem in &self.findings.problems {
            let focus = Focus::of_field(problem.field);
            if !places.contains(&focus) {
                places.push(focus);
            }
        }
        let here = places.iter().position(|&place| place == self.focus);
        let next = match here {
            Some(here) => places.get(here + 1),
            None => {
                let here = self.focus.place();
                places.iter().find(|place| place.place() > here)
            }
        };
        match next.or(places.first()) {
            Some(&focus) => self.jump_to(focus),
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
        self.composer.reveal(focus);
        self.focus_on(focus);
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
        self.focus_on(Focus::Kind);
    }

    fn toggle_options(&mut self) {
        let shown = !self.composer.shows_options();
        self.composer.show_options(shown);
        self.focus_on(Focus::Heading(Heading::Options));
        if shown {
            self.step_row(false);
        }
    }

    /// Inserts a text where the focus is.
    pub(super) fn insert(&mut self, text: &str) {
        let now = self.now;
        if let Some(field) = self.focus.field() {
            self.composer.edit(field, |editor| editor.insert(text, now));
        }
    }

    pub(super) fn copy(&mut self) -> Vec<Effect> {
        if self.focus == Focus::Pane {
            return self.copy_pane();
        }
        let editor = self
            .focus
            .field()
            .and_then(|field| self.composer.editor(field));
        match editor.and_then(Editor::selected) {
            Some(text) => {
                self.clipboard.clone_from(&text);
                vec![Effect::copy(text, "")]
            }
            None => {
                let quit = self
                    .keymap
                    .key(Action::Quit)
                    .map_or_else(String::new, |key| format!("; {key} quits"));
                self.say_nothing_is_selected("copied", &quit);
                Vec::new()
            }
        }
    }

    fn say_nothing_is_selected(&mut self, done: &str, more: &str) {
        let words = format!("Nothing is selected, nothing {done} (Shift+arrows select){more}");
        self.toast(words, Tone::Info);
    }

    /// A text was copied, or handed to the terminal.
    pub(super) fn copied(&mut self, what: &str, copied: &Copied) {
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
        self.toast(words, tone);
    }

    fn cut(&mut self) -> Vec<Effect> {
        let (now, mut taken) = (self.now, None);
        let Some(field) = self.focus.field() else {
            return Vec::new();
        };
        self.composer.edit(field, |editor| {
            taken = editor.cut(now);
            if taken.is_some() {
                Response::Changed
            } else {
                Response::Ignored
            }
        });
        let Some(text) = taken else {
            self.say_nothing_is_selected("cut", "");
            return Vec::new();
        };
        self.clipboard.clone_from(&text);
        vec![Effect::copy(text, "what was cut")]
    }

    // ---------------------------------------------------------------- what was answered

    fn copy_id(&mut self) -> Vec<Effect> {
        let delivery = self.delivery.as_ref();
        let id = delivery.and_then(|delivery| delivery.exchange()?.outcome.message_id());
        match id.map(str::to_owned) {
            Some(id) => {
                // Whose it is has to be said once another message is in the form.
                let former = delivery.filter(|_| self.answer().is_none());
                let to = former.map(|former| format!(", of the message to {}", former.draft.to));
                let what = format!("{id}{}", to.unwrap_or_default());
                vec![Effect::copy(id, &what)]
            }
            None => {
                self.toast("No message id was answered yet", Tone::Info);
                Vec::new()
            }
        }
    }

    fn copy_curl(&mut self) -> Vec<Effect> {
        match self.account().encode(&self.to_send()) {
            Ok(request) => {
                vec![Effect::copy(
                    request.to_curl(MASK),
                    "the curl command, the token masked",
                )]
            }
            Err(unsupported) => {
                self.toast(unsupported.to_string(), Tone::Bad);
                Vec::new()
            }
        }
    }
}
