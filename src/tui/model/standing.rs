//! What a gateway would make of the draft.

use crate::gateway::{Account, Fallback, GatewayKind, Support};
use crate::message::Draft;
use crate::message::check::{Problem, Severity};

/// What a gateway would make of the draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Which gateway.
    pub gateway: GatewayKind,
    /// The profile whose account it was asked for; without one, the gateway's public address.
    pub profile: Option<String>,
    /// Whether it can be sent there.
    pub support: Support,
    /// What can be done where it cannot, or where its method is switched off; in words.
    pub instead: String,
    /// What would be wrong there.
    pub problems: Vec<Problem>,
}

impl Standing {
    /// How many problems of a severity there are.
    pub fn count(&self, severity: Severity) -> usize {
        let problems = self.problems.iter();
        problems
            .filter(|problem| problem.severity == severity)
            .count()
    }
}

/// The first gateway that is another one.
pub fn first_other(gateway: GatewayKind) -> GatewayKind {
    let mut all = GatewayKind::ALL.into_iter();
    all.find(|one| *one != gateway).unwrap_or_default()
}

/// What can be sent instead: `by sendInteractiveButtonsReply or as numbered text`.
pub(crate) fn in_words(instead: &[Fallback], account: &Account, draft: &Draft) -> String {
    let words = instead.iter().map(|fallback| match fallback {
        Fallback::NumberedText => "as numbered text".to_owned(),
        Fallback::InteractiveReply => match account.clone().turned_to(*fallback).support(draft) {
            Support::Native { method } => format!("by {method}"),
            _ => "by the interactive method".to_owned(),
        },
    });
    let words: Vec<String> = words.collect();
    if words.is_empty() {
        "as a text".to_owned()
    } else {
        words.join(" or ")
    }
}
