//! What each action does.

use super::clipboard;
use super::drafts;
use super::files;
use super::focus;
use super::history;
use super::import;
use super::outline;
use super::picture;
use super::reply;
use super::send;
use super::status;
use super::values;
use crate::gateway::{Fallback, Platform};
use crate::message::{Field, Kind};
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::focus::{Focus, Heading};
use crate::tui::modal::{Modal, Palette, Purpose};
use crate::tui::model::composer::turn;
use crate::tui::model::picture::State;
use crate::tui::model::{Model, Tab, View};
use crate::tui::widget::field::Response;

/// Does what an action means here.
pub fn perform(model: &mut Model, action: Action) -> Vec<Effect> {
    match model.view {
        View::Compose => perform_composing(model, action),
        View::History => history::perform_in_history(model, action),
    }
}

/// Does what an action means for the message that is composed.
pub fn perform_composing(model: &mut Model, action: Action) -> Vec<Effect> {
    match action {
        Action::Send => return send::ask_to_send(model),
        Action::Close => return close(model),
        Action::Palette => model.modals.push(Modal::Palette(Palette::default())),
        Action::Help => model.modals.push(Modal::Help { scroll: 0 }),
        Action::Quit => return files::quit(model),
        Action::Suspend => return vec![Effect::Suspend],
        Action::NextField => focus::step_focus(model, false),
        Action::PreviousField => focus::step_focus(model, true),
        Action::OtherSide => match model.focus {
            Focus::Pane => focus::back_to_form(model),
            _ => focus::focus_on(model, Focus::Pane),
        },
        Action::Compose => focus::back_to_form(model),
        Action::Preview => focus::show(model, Tab::Preview),
        Action::Payload => focus::show(model, Tab::Payload),
        Action::Problems => {
            focus::show(model, Tab::Problems);
            focus::focus_on(model, Focus::Pane);
        }
        Action::Response => focus::show(model, Tab::Response),
        Action::Gateways | Action::Compare => {
            focus::show(model, Tab::Gateways);
            focus::focus_on(model, Focus::Pane);
        }
        Action::ScrollUp => focus::scroll_pane(model, -5),
        Action::ScrollDown => focus::scroll_pane(model, 5),
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
            picture::choose_picture(model)
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
        Action::SelectAll => {
            if let Some(field) = model.focus.field() {
                model.composer.edit(field, |editor| {
                    editor.select_all();
                    Response::Moved
                });
            }
        }
        Action::Copy => return clipboard::copy(model),
        Action::Cut => return clipboard::cut(model),
        Action::Paste => {
            let text = model.clipboard.clone();
            clipboard::insert(model, &text);
        }
        Action::KindText => set_kind(model, Kind::Text),
        Action::KindButtons => set_kind(model, Kind::Buttons),
        Action::KindCatalog => set_kind(model, Kind::Catalog),
        Action::KindList => set_kind(model, Kind::List),
        Action::KindButtonReply => set_kind(model, Kind::ButtonReply),
        Action::KindListReply => set_kind(model, Kind::ListReply),
        Action::AddItem => outline::add_item(model),
        Action::AddEntry => outline::add_entry(model),
        Action::RemoveItem => outline::remove_item(model),
        Action::MoveUp => outline::move_item(model, true),
        Action::MoveDown => outline::move_item(model, false),
        Action::Fold => outline::fold(model),
        Action::FoldAll => outline::fold_all(model),
        Action::Options => toggle_options(model),
        Action::Pick => reply::pick(model),
        Action::Fill => values::ask_values(model, false),
        Action::Duplicate => outline::become_numbered_text(model),
        Action::SendInteractive => return send::send_instead(model, Fallback::InteractiveReply),
        Action::SendNumbered => return send::send_instead(model, Fallback::NumberedText),
        Action::CopyId => return clipboard::copy_id(model),
        Action::CopyCurl => return clipboard::copy_curl(model),
    }
    Vec::new()
}

/// Esc, outside of a dialog.
pub fn close(model: &mut Model) -> Vec<Effect> {
    if model.sending.is_some() {
        return send::cancel(model);
    }
    if matches!(model.picture.state, State::Loading { .. }) {
        return picture::give_picture_up(model);
    }
    if model.focus == Focus::Pane {
        focus::back_to_form(model);
    } else if let (Focus::Edit(_), Some(item)) = (model.focus, model.focus.item()) {
        focus::focus_on(model, Focus::Item(item));
    } else {
        model.toasts.clear();
    }
    Vec::new()
}

pub fn set_kind(model: &mut Model, kind: Kind) {
    model.composer.set_kind(kind);
    focus::focus_on(model, Focus::Kind);
}

pub fn toggle_options(model: &mut Model) {
    let shown = !model.composer.shows_options();
    model.composer.show_options(shown);
    focus::focus_on(model, Focus::Heading(Heading::Options));
    if shown {
        focus::step_row(model, false);
    }
}
