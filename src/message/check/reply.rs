//! What is wrong with a reply to buttons or to a list: what it selects, and what it answers.

use super::{Problem, is_blank};
use crate::message::{Draft, Field, QuotePart, SelectedPart};

/// `item` is what was selected: a button, a row.
pub(super) fn check(item: &str, id: &str, text: &str, draft: &Draft, problems: &mut Vec<Problem>) {
    if is_blank(id) {
        problems.push(Problem::error(
            Field::Selected(SelectedPart::Id),
            format!("the {item}'s id is empty: write the id that it has in the quoted message"),
        ));
    } else if id.trim() != id {
        problems.push(Problem::warning(
            Field::Selected(SelectedPart::Id),
            "the id begins or ends with white space: it answers only if the quoted message's does",
        ));
    }
    if is_blank(text) {
        problems.push(Problem::error(
            Field::Selected(SelectedPart::Text),
            format!("the {item}'s text is empty: write its label"),
        ));
    }
    match &draft.quote {
        None => problems.push(Problem::error(
            Field::Quote,
            "a reply quotes the message that it answers: write the quote's id and participant",
        )),
        Some(quote) if is_blank(&quote.participant) => problems.push(Problem::error(
            Field::QuotePart(QuotePart::Participant),
            "a reply needs to know who wrote the quoted message: write their address, such as \
             5511999999999@s.whatsapp.net",
        )),
        Some(_) => {}
    }
}
