//! What is wrong with a poll, but for the number and the lengths of its options above their limits.

use std::collections::HashMap;

use super::{Problem, is_blank};
use crate::message::limits::Unit;
use crate::message::{Field, Poll};

/// The fewest options of a poll, by every gateway that sends polls.
const FEWEST: usize = 2;

pub(super) fn check(poll: &Poll, problems: &mut Vec<Problem>) {
    let count = poll.options.len();
    if count < FEWEST {
        let message = match count {
            0 => "there is no option: a poll needs at least two",
            _ => "there is one option alone: a poll needs at least two",
        };
        problems.push(Problem {
            actual: Some(count),
            limit: Some(FEWEST),
            unit: Some(Unit::Items),
            ..Problem::error(Field::Options, message)
        });
    }
    let mut seen = HashMap::new();
    for (index, option) in poll.options.iter().enumerate() {
        let field = Field::Option(index);
        if is_blank(option) {
            problems.push(Problem::error(
                field,
                "the option is empty: write it, or remove it",
            ));
            continue;
        }
        let first = *seen.entry(option.trim()).or_insert(index);
        if first < index {
            problems.push(Problem::error(
                field,
                format!(
                    "option {} is the same: votes could not be told apart, so write each once",
                    first + 1
                ),
            ));
        }
    }
    let most = poll
        .most()
        .map(|most| usize::try_from(most).unwrap_or(usize::MAX));
    if let Some(most) = most
        && most > count.max(1)
    {
        problems.push(Problem {
            actual: Some(most),
            limit: Some(count),
            unit: Some(Unit::Items),
            ..Problem::error(
                Field::Choices,
                format!(
                    "{most} options may be picked, and there are {count}: write at most so many, \
                     or 0 for any number"
                ),
            )
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn problems(options: &[&str], choices: Option<u32>) -> Vec<String> {
        let mut problems = Vec::new();
        let poll = Poll {
            text: "Quando? 日本 👩‍👩‍👧 e\u{301} שלום".to_owned(),
            options: options.iter().map(|&option| option.to_owned()).collect(),
            choices,
        };
        check(&poll, &mut problems);
        let named = problems.iter();
        named
            .map(|problem| format!("{}: {}", problem.field, problem.message))
            .collect()
    }

    #[rstest]
    #[case::nothing_wrong(&["日本", "👩‍👩‍👧"], None, &[])]
    #[case::any_number(&["日本", "👩‍👩‍👧"], Some(0), &[])]
    #[case::all_of_them(&["a", "b"], Some(2), &[])]
    #[case::none(&[], None, &["options: there is no option"])]
    #[case::one(&["שלום"], None, &["options: there is one option alone"])]
    #[case::empty(&["a", " \u{200b}"], None, &["options[1]: the option is empty"])]
    #[case::twice(&["é", "b", " é"], None, &["options[2]: option 1 is the same"])]
    #[case::more_than_there_are(&["a", "b"], Some(3), &["choices: 3 options may be picked, and there are 2"])]
    fn what_is_wrong_is_at_its_place(
        #[case] options: &[&str],
        #[case] choices: Option<u32>,
        #[case] expected: &[&str],
    ) {
        let said = problems(options, choices);
        assert_eq!(said.len(), expected.len(), "{said:?}");
        for (said, expected) in said.iter().zip(expected) {
            assert!(said.starts_with(expected), "{said}");
        }
    }
}
