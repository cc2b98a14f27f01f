//! Composing: the form, and beside it what the tabs show.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::Frame;
use ratatui::layout::{Position, Rect};

mod hints;

use super::Screen;
use crate::gateway::{Fallback, Platform};
use crate::message::outline::Item;
use crate::message::{Field, Kind};
use crate::tui::action::{Action, Context};
use crate::tui::dialog::{Help, Meant, Modal, Purpose};
use crate::tui::effect::Effect;
use crate::tui::focus::{Focus, Heading};
use crate::tui::layout::{self, Regions, Row, RowKind, kinds};
use crate::tui::model::composer::turn;
use crate::tui::model::picture::State;
use crate::tui::model::{Model, Tab, View};
use crate::tui::pane::status::Hint;
use crate::tui::pane::{self, side};
use crate::tui::update::{
    clipboard, drafts, emoji, enter, files, find, focus, form, gateways, history, import, markup,
    next, outline, palette, picture, recipients, reply, seek, send, sent, side as tabs, status,
    values,
};
use crate::tui::widget::field::Response;

/// The screen.
pub struct Compose;

impl Screen for Compose {
    fn title(&self) -> &'static str {
        "Compose"
    }

    fn action(&self) -> Action {
        Action::Compose
    }

    fn open(&self, model: &mut Model) -> Vec<Effect> {
        model.view = View::Compose;
        Vec::new()
    }

    fn context(&self, model: &Model) -> Context {
        match model.focus {
            Focus::Heading(_) | Focus::Item(_) => Context::Item,
            focus if focus.is_text() => Context::Text,
            _ => Context::Elsewhere,
        }
    }

    fn perform(&self, model: &mut Model, action: Action) -> Vec<Effect> {
        if matches!(
            action,
            Action::Send | Action::SendNext | Action::Save | Action::SaveAs
        ) {
            enter::leave_begun(model);
        }
        match action {
            Action::Send => return send::ask_to_send(model),
            Action::SendNext => return next::send_and_next(model),
            Action::Close => return close(model),
            Action::Palette => palette::open(model),
            Action::Help => show_help(model),
            Action::Quit => return files::quit(model),
            Action::Suspend => return vec![Effect::Suspend],
            Action::NextField => focus::step_focus(model, false),
            Action::PreviousField => focus::step_focus(model, true),
            Action::OtherSide => to_other_side(model),
            Action::Compose => focus::back_to_form(model),
            Action::Preview => focus::show(model, Tab::Preview),
            Action::Payload => focus::show(model, Tab::Payload),
            Action::Problems => go_to(model, Tab::Problems),
            Action::Response => focus::show(model, Tab::Response),
            Action::Gateways | Action::Compare => go_to(model, Tab::Gateways),
            Action::ScrollUp => focus::scroll_pane(model, -5),
            Action::ScrollDown => focus::scroll_pane(model, 5),
            Action::Find => seek::begin(model),
            Action::NextProblem => focus::next_problem(model),
            Action::RawAnswer => {
                model.answers = model.answers.other();
                focus::show(model, Tab::Response);
            }
            Action::Platform => {
                model.platform = turn(&Platform::ALL, model.platform, false);
                focus::show(model, Tab::Preview);
            }
            Action::New => files::new_draft(model),
            Action::Open if model.focus == Focus::Edit(Field::Thumbnail) => {
                picture::choose_picture(model);
            }
            Action::Open => files::ask_to_open(model),
            Action::Picture => picture::choose_picture(model),
            Action::History | Action::Mark | Action::SendAgain | Action::Resolve => {
                return history::show_history(model);
            }
            Action::AskState => return status::ask_state_by_hand(model),
            Action::Queue => return status::ask_for_queue(model),
            Action::ClearQueue => status::ask_to_clear_queue(model),
            Action::Drafts | Action::Rename | Action::DuplicateDraft | Action::DeleteDraft => {
                return drafts::show_drafts(model);
            }
            Action::Import => import::ask_to_import(model),
            Action::Save => return files::save(model),
            Action::SaveAs => files::ask_path(model, Purpose::SaveAs),
            Action::Undo => outline::undo(model, false),
            Action::Redo => outline::undo(model, true),
            Action::Editor => return files::edit_outside(model),
            Action::SelectAll => clipboard::select_all(model),
            Action::Copy => return clipboard::copy(model),
            Action::Cut => return clipboard::cut(model),
            Action::Paste => clipboard::paste(model),
            Action::Kind => focus::focus_on(model, Focus::Kind),
            Action::Bold => markup::toggle(model, '*'),
            Action::Italic => markup::toggle(model, '_'),
            Action::Strike => markup::toggle(model, '~'),
            Action::Code => markup::toggle(model, '`'),
            Action::Emoji => emoji::open(model),
            Action::KindText => form::set_kind(model, Kind::Text),
            Action::KindButtons => form::set_kind(model, Kind::Buttons),
            Action::KindCatalog => form::set_kind(model, Kind::Catalog),
            Action::KindList => form::set_kind(model, Kind::List),
            Action::KindTemplate => form::set_kind(model, Kind::Template),
            Action::KindPoll => form::set_kind(model, Kind::Poll),
            Action::KindButtonReply => form::set_kind(model, Kind::ButtonReply),
            Action::KindListReply => form::set_kind(model, Kind::ListReply),
            Action::AddItem => outline::add_item(model),
            Action::AddEntry => outline::add_entry(model),
            Action::RemoveItem => outline::remove_item(model),
            Action::MoveUp => outline::move_item(model, true),
            Action::MoveDown => outline::move_item(model, false),
            Action::Fold => outline::fold(model),
            Action::FoldAll => outline::fold_all(model),
            Action::Ids => outline::toggle_ids(model),
            Action::Options => form::toggle_options(model),
            Action::Pick => reply::pick(model),
            Action::Quote => return history::choose_quote(model),
            Action::Fill => values::ask_values(model, Meant::Fill),
            Action::Duplicate => outline::become_numbered_text(model),
            Action::SendInteractive => {
                return send::send_instead(model, Fallback::InteractiveReply);
            }
            Action::SendNumbered => return send::send_instead(model, Fallback::NumberedText),
            Action::LastSent => sent::show_last(model),
            Action::CopyId => return clipboard::copy_id(model),
            Action::CopyCurl => return clipboard::copy_curl(model),
        }
        Vec::new()
    }

    fn key(&self, model: &mut Model, key: KeyEvent) -> Vec<Effect> {
        if adds_item(model, key) {
            return self.perform(model, Action::AddItem);
        }
        if model.keymap.action(key, Context::Text) == Some(Action::Copy) {
            return clipboard::copy(model);
        }
        match model.focus {
            Focus::Kind | Focus::LinkPreview => form::choice_key(model, key),
            Focus::Heading(_) | Focus::Item(_) => return outline::item_key(model, key),
            Focus::Pane => return tabs::pane_key(model, key),
            Focus::Edit(field) => form::field_key(model, field, key),
        }
        Vec::new()
    }

    fn paste(&self, model: &mut Model, text: &str) -> Vec<Effect> {
        let Some(text) = clipboard::taken(model, text) else {
            return Vec::new();
        };
        if layout::regions(model).is_none() {
            return Vec::new();
        }
        let text = text.as_str();
        model.guard.pasted();
        if model.focus == Focus::Pane && model.find.is_typing {
            find::paste(model, text);
            return Vec::new();
        }
        if model.focus == Focus::Pane {
            tabs::say_nothing_is_typed_here(model);
            return Vec::new();
        }
        if outline::paste_block(model, text) {
            return Vec::new();
        }
        if model.focus == Focus::Edit(Field::Thumbnail) {
            let name = picture::dropped(text);
            if picture::is_whole(&name) {
                model
                    .composer
                    .edit(Field::Thumbnail, |editor| editor.replace(&name));
            } else {
                clipboard::insert(model, &name);
            }
            return Vec::new();
        }
        if let Focus::Item(item) = model.focus
            && let Some(field) = model.composer.first_field(item)
        {
            focus::focus_on(model, Focus::Edit(field));
        }
        if !model.focus.is_text() {
            focus::focus_on_text(model);
        }
        clipboard::insert(model, text);
        Vec::new()
    }

    fn click(&self, model: &mut Model, regions: &Regions, at: Position) -> Vec<Effect> {
        let tabs = regions.tabs.iter().map(|placed| (placed.tab, placed.area));
        let more = regions.more_tabs.iter().map(|more| (more.tab, more.area));
        if let Some((tab, _)) = tabs.chain(more).find(|(_, area)| area.contains(at)) {
            match tab {
                Some(tab) => focus::show(model, tab),
                None => focus::back_to_form(model),
            }
            return Vec::new();
        }
        if regions.pane.contains(at) {
            focus::focus_on(model, Focus::Pane);
            // What is shown may have become shorter since it was scrolled.
            focus::scroll_pane(model, 0);
            let row = usize::from(at.y - regions.pane.y) + model.scroll;
            let width = regions.pane.width;
            if model.tab == Tab::Gateways {
                gateways::click_gateway(model, row, width);
            }
            if model.tab == Tab::Problems
                && let Some(index) = pane::problems::at_row(model, row, width)
            {
                model.selected_problem = index;
                focus::jump_to_problem(model);
            }
            return Vec::new();
        }
        let form = layout::form_of(model, regions);
        if let Some(offered) = pane::form::offered_at(model, &form, regions.form, at) {
            recipients::take(&mut model.recipients, &mut model.composer, offered);
            return Vec::new();
        }
        let hit = form.rows.into_iter().find(|row| row.area.contains(at));
        hit.map_or_else(Vec::new, |row| click_row(model, row, at))
    }

    fn wheel(&self, model: &mut Model, at: Position, by: isize) -> Vec<Effect> {
        let Some(screen) = layout::regions(model) else {
            return Vec::new();
        };
        if screen.pane.contains(at) {
            focus::scroll_pane(model, by);
        } else if screen.form.contains(at) {
            let form = layout::form_of(model, &screen);
            let text = form.rows.iter().find(|row| row.kind == RowKind::TextBox);
            if text.is_some_and(|row| row.area.contains(at)) || form.above + form.below == 0 {
                model.composer.edit(Field::Text, |editor| {
                    editor.scroll(by);
                    Response::Moved
                });
            } else if model.focus != Focus::Pane {
                (0..by.unsigned_abs()).for_each(|_| focus::step_row(model, by < 0));
            }
        }
        Vec::new()
    }

    fn hints(&self, model: &Model) -> Vec<Hint> {
        hints::hints(model)
    }

    fn draw(&self, model: &Model, regions: &Regions, frame: &mut Frame) {
        let title_end = super::titles(model, regions)
            .last()
            .map_or(0, |title| title.place.right() + 1);
        side::draw_tabs(model, regions, frame.buffer_mut());
        // The problem stands between what says how much is hidden on either side.
        let mut problem = Rect {
            x: regions.outer.x + 2,
            y: regions.rule,
            width: regions.outer.width.saturating_sub(4),
            height: 1,
        };
        if regions.form.height > 0 {
            let form = layout::form_of(model, regions);
            pane::form::draw(model, &form, regions.form, frame);
            let hidden = (form.above, form.below);
            let taken = side::draw_more(
                model,
                title_end,
                regions.form,
                hidden,
                true,
                frame.buffer_mut(),
            );
            problem.x += taken;
            problem.width = problem.width.saturating_sub(taken);
        }
        if regions.pane.height > 0 {
            let taken = side::draw(model, title_end, regions, frame);
            problem.width = problem.width.saturating_sub(taken);
        }
        pane::status::draw_problem(model, problem, frame.buffer_mut());
    }
}

/// Esc, outside of a dialog.
fn close(model: &mut Model) -> Vec<Effect> {
    if model.recipients.is_open() {
        model.recipients.close();
        return Vec::new();
    }
    if model.sends.to_cancel().is_some() {
        return sent::cancel(model);
    }
    if matches!(model.picture.state, State::Loading { .. }) {
        return picture::give_picture_up(model);
    }
    if model.focus == Focus::Pane {
        if !find::end(model) {
            focus::back_to_form(model);
        }
    } else if let (Focus::Edit(_), Some(item)) = (model.focus, model.focus.item()) {
        focus::focus_on(model, Focus::Item(item));
    } else {
        model.toasts.clear();
    }
    Vec::new()
}

/// Whether a key that types nothing adds an item from within one's texts, as it does on the item.
fn adds_item(model: &Model, key: KeyEvent) -> bool {
    key.code == KeyCode::Insert
        && model.focus.item().is_some()
        && model.keymap.action(key, Context::Item) == Some(Action::AddItem)
}

fn click_row(model: &mut Model, row: Row, at: Position) -> Vec<Effect> {
    let cells = pane::form::cells(model, row);
    let hit = cells
        .iter()
        .find(|(_, area)| area.contains(at))
        .or(cells.last());
    let Some(&(focus, area)) = hit else {
        return Vec::new();
    };
    let again = model.focus == focus;
    focus::focus_on(model, focus);
    match focus {
        Focus::Kind => click_kind(model, row.area, at),
        Focus::LinkPreview if again => model.composer.turn_link_preview(false),
        Focus::Item(item) if again || matches!(item, Item::Section(_)) => {
            outline::turn_item(model, item, false);
        }
        Focus::Heading(heading) if again => return outline::enter_heading(model, heading),
        Focus::Edit(field) => {
            let column = usize::from(at.x.saturating_sub(area.x));
            let row = usize::from(at.y.saturating_sub(area.y));
            model.composer.edit(field, |editor| {
                editor.click(column, row);
                Response::Moved
            });
        }
        _ => {}
    }
    Vec::new()
}

/// A click on the row of kinds: on a choice picks it, beside them all moves on.
fn click_kind(model: &mut Model, row: Rect, at: Position) {
    let mut choices = kinds::choices(model.draft().message.kind(), row).into_iter();
    match choices.find(|choice| choice.area.contains(at)) {
        Some(choice) => form::set_kind(model, choice.kind),
        None => focus::step_focus(model, false),
    }
}

/// The help, from what counts where it is asked for.
fn show_help(model: &mut Model) {
    let context = super::of(model.view).context(model);
    let notice = model.keeping.notice.clone();
    model.modals.push(Modal::Help(Help::new(context, notice)));
}

/// Between the form and the right-hand side.
fn to_other_side(model: &mut Model) {
    match model.focus {
        Focus::Pane => focus::back_to_form(model),
        _ => focus::focus_on(model, Focus::Pane),
    }
}

/// Shows a tab, and goes there.
fn go_to(model: &mut Model, tab: Tab) {
    focus::show(model, tab);
    focus::focus_on(model, Focus::Pane);
}
