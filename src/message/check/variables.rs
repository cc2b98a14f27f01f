//! Variables that are not filled in, and what looks like one and would reach the recipient.

use std::collections::HashSet;

use super::Problem;
use crate::message::Field;
use crate::message::variables::{self, Mistake};

/// So many different texts that look like variables are reported of one field.
const MOST: usize = 10;

/// So many of them are looked at: a long text may have one at every word.
const LOOKED_AT: usize = 500;

/// One problem for each variable in a text and for each text that looks like one, however often it
/// stands there.
pub(super) fn check(field: Field, text: &str, problems: &mut Vec<Problem>) {
    let mut seen = HashSet::new();
    for name in variables::names_in(text) {
        if seen.insert(name) {
            problems.push(Problem::error(
                field,
                format!("the variable {{{{{name}}}}} is not filled in"),
            ));
        }
    }
    let mut said = HashSet::new();
    for wrong in variables::wrong_in(text).into_iter().take(LOOKED_AT) {
        if said.len() == MOST {
            break;
        }
        let sentence = wrong.to_string();
        if said.insert(sentence.clone()) {
            problems.push(if wrong.mistake == Mistake::Escaped {
                Problem::warning(field, sentence)
            } else {
                Problem::error(field, sentence)
            });
        }
    }
}
