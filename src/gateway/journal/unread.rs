//! A journal whose gateway has a queue beside it that could not be read: what the journal has counts, and
//! proves nothing, since the message or another one of its text may wait in the queue.

use super::{Found, LookedUp};
use crate::gateway::Refusal;
use crate::visible;

impl LookedUp {
    /// What was found in the journal, where the queue could not be read.
    #[must_use]
    pub fn without_queue(self, why: &Refusal) -> Self {
        let words = [&why.message, &why.explanation];
        let words = words.into_iter().find(|words| !words.trim().is_empty());
        let words = words.map_or("", |words| words.trim().trim_end_matches('.'));
        Self {
            is_whole: false,
            unread_queue: Some(visible::line(words).into_owned()),
            ..self
        }
    }
}

/// What is said of such a journal.
pub(super) fn sentence(likely: Option<&Found>, why: &str) -> String {
    let journal = likely.map_or_else(
        || "the chat's journal does not have it".to_owned(),
        |found| {
            format!(
                "the chat's journal has {}, which is likely it",
                found.message_id
            )
        },
    );
    format!("{journal}, and the gateway's queue could not be read ({why}): look into the chat")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gateway::journal::Traced;
    use rstest::rstest;

    #[rstest]
    #[case::there(&["3EB0A"], "the chat's journal has 3EB0A, which is likely it")]
    #[case::not_there(&[], "the chat's journal does not have it")]
    fn both_are_said(#[case] ids: &[&str], #[case] words: &str) {
        let likely = ids.iter().map(|id| Found {
            message_id: (*id).to_owned(),
            time: Some(1_750_000_002),
            status: None,
        });
        let found = LookedUp {
            likely: likely.collect(),
            hardly: Vec::new(),
            is_whole: true,
            unread_queue: None,
        };
        let refusal = Refusal {
            message: "it answered with status 500 and no JSON".to_owned(),
            ..Refusal::default()
        };
        let traced = Traced {
            found: found.without_queue(&refusal),
            times: 1_750_000_000..=1_750_000_060,
        };
        assert!(!traced.found.is_missing());
        let said = traced.verdict().to_string();
        assert!(said.starts_with(words), "{said}");
        let queue =
            "the gateway's queue could not be read (it answered with status 500 and no JSON)";
        assert!(said.contains(queue), "{said}");
    }
}
