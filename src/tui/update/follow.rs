//! Scrolls the preview to what is edited in the form, whenever the caret moved: the view of a long
//! message is of use where it shows what is being written.

use super::focus;
use crate::message::{Draft, Field};
use crate::tui::focus::Focus;
use crate::tui::layout::Regions;
use crate::tui::model::followed::Followed;
use crate::tui::model::{Model, Tab};
use crate::tui::pane::preview;
use crate::tui::widget::field;

/// Stands for the caret in a text: a character that nobody types.
const CARET: char = '\u{f8ff}';

/// Characters on a row of a bubble, at the least, but for very long words.
const NARROWEST: usize = 10;

/// Rows of a bubble and around it that hold no text.
const BESIDES: usize = 12;

/// Keeps in view what is edited, where the preview is taller than its place.
pub fn follow_caret(model: &mut Model, regions: &Regions) {
    let height = regions.pane.height;
    if model.tab != Tab::Preview || model.focus == Focus::Pane || height == 0 {
        return;
    }
    let item = || model.composer.first_field(model.focus.item()?);
    let Some(field) = model.focus.field().or_else(item) else {
        return;
    };
    let editor = model.composer.editor(field);
    let here = Followed {
        revision: model.composer.revision(),
        focus: model.focus,
        cursor: editor.map_or((0, 0), field::Field::cursor),
        height,
    };
    let before = model.followed.replace(here);
    // What was opened is read from its beginning.
    let has_moved = before.is_some_and(|before| before != here);
    if !has_moved || !may_be_taller(model.draft(), height) {
        return;
    }
    let Some(marked) = with_caret(model.draft(), field, here.cursor) else {
        return;
    };
    let width = usize::from(regions.pane.width);
    if let Some(row) = preview::row_with(model, &marked, CARET, width) {
        focus::keep_in_view(model, (row.saturating_sub(1), row + 2));
    }
}

/// Whether a message may take more rows than so many.
fn may_be_taller(draft: &Draft, height: u16) -> bool {
    let rows = |text: &str| 1 + text.len() / NARROWEST + text.matches('\n').count();
    let fields = draft.text_fields();
    let texts = fields.iter().filter_map(|&field| draft.text_at(field));
    texts.map(rows).sum::<usize>() + BESIDES > usize::from(height)
}

/// The draft with a mark in the place of the caret.
fn with_caret(draft: &Draft, field: Field, (row, column): (usize, usize)) -> Option<Draft> {
    let mut draft = draft.clone();
    let text = draft.text_at_mut(field)?;
    let line = text.split_inclusive('\n').take(row).map(str::len).sum();
    let rest = text.get(line..)?;
    let at = rest
        .char_indices()
        .nth(column)
        .map_or(rest.len(), |(at, _)| at);
    text.insert(line + at, CARET);
    Some(draft)
}
