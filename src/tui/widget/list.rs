//! A list of which one entry is marked: where its keys go.

use crossterm::event::{KeyCode, KeyEvent};

/// The entry of a list that a key goes to; the list is a ring.
pub fn stepped(selected: usize, count: usize, key: KeyEvent) -> usize {
    const PAGE: usize = 8;
    let last = count.saturating_sub(1);
    match key.code {
        KeyCode::Up | KeyCode::BackTab => selected.checked_sub(1).unwrap_or(last),
        KeyCode::Down | KeyCode::Tab if selected >= last => 0,
        KeyCode::Down | KeyCode::Tab => selected + 1,
        KeyCode::PageUp => selected.saturating_sub(PAGE),
        KeyCode::PageDown => (selected + PAGE).min(last),
        KeyCode::Home => 0,
        KeyCode::End => last,
        _ => selected,
    }
}
