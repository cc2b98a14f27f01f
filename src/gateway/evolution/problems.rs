//! What Evolution leaves out of a request, and what it asks for besides what every message needs.

use super::about::{VERSION, is_new, is_on_cloud};
use super::body::titled;
use super::{is_reply, method};
use crate::gateway::Account;
use crate::gateway::parts::first_pix;
use crate::message::check::Problem;
use crate::message::recipient::Recipient;
use crate::message::{
    ButtonPart, Buttons, Draft, Field, List, Message, RowPart, RowSection, SectionPart,
};
use crate::visible;

pub(super) fn problems(account: &Account, draft: &Draft) -> Vec<Problem> {
    let mut problems: Vec<Problem> = recipient_problem(account, &draft.to).into_iter().collect();
    let name = method(draft.message.kind());
    if draft.link_preview.is_some() && !matches!(draft.message, Message::Text(_)) {
        let message = format!(
            "Evolution API's {name} carries no choice of link previews: it is left out of the request"
        );
        problems.push(Problem::warning(Field::LinkPreview, message));
    }
    if let (Some(delay @ 1..), Some(typing @ 1..)) = (draft.delay, draft.typing) {
        let both = u64::from(delay) + u64::from(typing);
        let message = format!(
            "Evolution API has one wait, in which it shows \"typing\": delay and typing become one of {both} seconds"
        );
        problems.push(Problem::warning(Field::Delay, message));
    }
    match &draft.message {
        Message::Buttons(message) if is_on_cloud(account) => on_cloud(message, &mut problems),
        Message::Buttons(message) if first_pix(message).is_some() => pix(message, &mut problems),
        Message::Buttons(message) => title(message, &mut problems),
        Message::List(message) if is_on_cloud(account) => list_on_cloud(message, &mut problems),
        _ => {}
    }
    problems
}

/// What a message may not come to, by the server's version and channel.
pub(super) fn undelivered(account: &Account, draft: &Draft) -> Option<Problem> {
    let things = match &draft.message {
        Message::Buttons(_) => "buttons",
        Message::List(_) => "lists",
        _ => return None,
    };
    let message = if is_on_cloud(account) {
        format!(
            "the instance is on Meta's Cloud API, where Evolution API sends less of {things} than Meta takes: a profile of gateway = \"cloud-api\" sends all of it"
        )
    } else if is_new(account) == Some(false) {
        let version = visible::line(account.setting(&VERSION));
        format!(
            "Evolution API {version} answers as if {things} were sent, and most phones do not show them: send the choices as numbered text, or use version 2.4"
        )
    } else {
        return None;
    };
    Some(Problem::warning(Field::Kind, message))
}

/// What is not shown of a message with a pix button.
fn pix(message: &Buttons, problems: &mut Vec<Problem>) {
    problems.push(Problem::warning(
        Field::Text,
        "a pix button of Evolution API shows no header, no text and no footer: send a text beside it",
    ));
    if let Some(index) = first_pix(message) {
        problems.push(Problem::warning(
            Field::Button(index, ButtonPart::Text),
            "Evolution API sends no label of a pix button: WhatsApp writes its own",
        ));
    }
}

/// What becomes of the title, which is set between two asterisks.
fn title(message: &Buttons, problems: &mut Vec<Problem>) {
    let (title, _) = titled(message);
    let has_header = !message.header.trim().is_empty();
    let field = if has_header {
        Field::Header
    } else {
        if !title.is_empty() {
            problems.push(Problem::warning(
                Field::Header,
                "Evolution API needs a title: without a header the text's first line is it, and is shown in bold",
            ));
        }
        Field::Text
    };
    if title.contains('*') {
        let what = if has_header {
            "the header"
        } else {
            "the text's first line, which is the title,"
        };
        problems.push(Problem::warning(
            field,
            format!(
                "Evolution API shows {what} in bold by putting it between two asterisks: remove the * in it, which ends that"
            ),
        ));
    }
}

/// What of buttons Meta's Cloud API gets from Evolution: a text and reply buttons.
fn on_cloud(message: &Buttons, problems: &mut Vec<Problem>) {
    for (index, button) in message.buttons.iter().enumerate() {
        if !is_reply(button) {
            let kind = button.action.kind();
            problems.push(Problem::warning(
                Field::Button(index, ButtonPart::Action),
                format!(
                    "on the Cloud channel Evolution API makes a reply button of a {kind} button: use a profile of gateway = \"cloud-api\""
                ),
            ));
        }
    }
}

/// What Meta asks of a list, and Evolution does not fill in.
fn list_on_cloud(message: &List, problems: &mut Vec<Problem>) {
    let mut needed = |field, what: &str, is_empty: bool| {
        if is_empty {
            problems.push(Problem::error(
                field,
                format!(
                    "on the Cloud channel Evolution API sends no list without {what}: write it"
                ),
            ));
        }
    };
    needed(Field::Title, "a title", message.title.trim().is_empty());
    needed(Field::Footer, "a footer", message.footer.trim().is_empty());
    for (section, RowSection { rows, .. }) in message.sections.iter().enumerate() {
        for (at, row) in rows.iter().enumerate() {
            let part = SectionPart::Row(at, RowPart::Description);
            let field = Field::Section(section, part);
            let is_empty = row.description.trim().is_empty();
            needed(field, "a description of each row", is_empty);
        }
    }
}

/// Whom Evolution does not reach; a recipient that cannot be read is reported with the message.
fn recipient_problem(account: &Account, to: &str) -> Option<Problem> {
    let Recipient::Channel(_) = to.parse().ok()? else {
        return None;
    };
    match is_new(account) {
        Some(true) => None,
        Some(false) => Some(Problem::error(
            Field::To,
            "Evolution API sends to channels (@newsletter) from version 2.4 on: choose a person or a group",
        )),
        None => Some(Problem::warning(
            Field::To,
            "Evolution API sends to channels (@newsletter) from version 2.4 on: an older server refuses this one",
        )),
    }
}
