//! The hints below the composer: what the keys do where the focus is.

use super::pane::status::Hint;
use super::{Action, Focus, Heading, Item, Model, Tab, pane};

/// What the footer has where there is room for more.
const MORE: [Action; 12] = [
    Action::Kind,
    Action::New,
    Action::Open,
    Action::History,
    Action::Drafts,
    Action::Options,
    Action::NextProblem,
    Action::OtherSide,
    Action::Undo,
    Action::Redo,
    Action::Fill,
    Action::Platform,
];

/// The keys of the footer: what sends, finds and helps, then what the focus has.
pub(super) fn hints(model: &Model) -> Vec<Hint> {
    let mut hints: Vec<Hint> = pane::status::hints_of(model, [Action::Send]).collect();
    let sending = model.sends.to_cancel();
    if let (Some(sending), Some(key)) = (sending, model.keymap.key(Action::Close)) {
        let words = if sending.is_written() {
            "do not wait"
        } else if sending.is_before_its_turn() {
            "take it back"
        } else {
            "cancel"
        };
        hints.push((None, key.to_string(), words));
    }
    hints.extend(pane::status::hints_of(
        model,
        [Action::Palette, Action::Help],
    ));
    let mut fixed = |key: &str, words: &'static str| hints.push((None, key.to_owned(), words));
    let mut actions: Vec<Action> = Vec::new();
    match model.focus {
        Focus::Kind | Focus::LinkPreview | Focus::Heading(Heading::Header) => {
            fixed("← →", "choose");
        }
        Focus::Item(item) => {
            match item {
                Item::Button(_) => fixed("← →", "action"),
                Item::Section(_) => fixed("← →", "fold"),
                Item::Option(_) | Item::Value(_) | Item::Entry(..) => fixed("Enter", "edit"),
            }
            actions.extend([
                Action::AddItem,
                Action::RemoveItem,
                Action::MoveUp,
                Action::MoveDown,
            ]);
        }
        Focus::Heading(
            Heading::Buttons | Heading::Values | Heading::PollOptions | Heading::Sections,
        ) => fixed("Enter", "add"),
        Focus::Heading(Heading::Selected) => fixed("Enter", "pick"),
        Focus::Heading(Heading::Options) => fixed("Enter", "show"),
        Focus::Pane if model.find.is_typing => fixed("Enter", "find"),
        Focus::Pane if model.find.is_on() => fixed("n N", "next, previous hit"),
        Focus::Pane if model.tab == Tab::Problems => fixed("Enter", "go there"),
        Focus::Pane if model.tab == Tab::Gateways => fixed("Enter", "compare"),
        Focus::Pane => {
            fixed("↑ ↓", "scroll");
            fixed("/", "find");
        }
        Focus::TEXT => actions.push(Action::Editor),
        _ => {}
    }
    actions.extend([Action::Save, Action::Quit]);
    actions.extend(MORE);
    hints.extend(pane::status::hints_of(model, actions));
    hints
}
