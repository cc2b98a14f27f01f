//! What is worked out from the draft when it changes.

use crate::message::check::Problem;
use crate::message::limits::Limits;

/// Everything that is computed from the draft when it changes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Findings {
    /// The limits for this draft.
    pub limits: Limits,
    /// What is wrong.
    pub problems: Vec<Problem>,
    /// What is near a limit.
    pub near: Vec<Problem>,
}
