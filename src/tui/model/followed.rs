//! Where the caret was when the preview followed it last.

use crate::tui::focus::Focus;

/// A place of the caret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Followed {
    /// The state of the draft.
    pub revision: u64,
    /// The field or item.
    pub focus: Focus,
    /// The row and the column in the field's text.
    pub cursor: (usize, usize),
    /// Rows of the preview.
    pub height: u16,
}
