//! The saves that are under way.

use crate::tui::effect::Ticket;

/// The saves that are under way.
#[derive(Debug, Default)]
pub struct Saving {
    /// How many.
    pub(crate) count: usize,
    /// The last one of the message that is composed.
    pub(crate) last: Option<Ticket>,
}
