//! What is said of each question, and the choices that it offers.

use crate::config::Profile;
use crate::gateway::journal::Found;
use crate::message::check::Severity;
use crate::message::{Draft, duplicate};
use crate::store::{Entry, Twin, TwinState};
use crate::tui::dialog::question::{Confirm, Mood, Part, Said};
use crate::tui::dialog::{Choice, Doubt, LookUp, Modal, Subject};
use crate::tui::model::Model;
use crate::tui::model::under_way::Sending;
use crate::tui::name;
use crate::tui::pane::recipient;
use crate::visible;

/// The most messages that are named.
const NAMED: usize = 4;

/// What is said where the journal does not have the message.
const MISSING: &str = "The chat's journal does not have it. It takes up to two minutes to come there: look into the chat before you send it again.";

/// What is said where the journal has what may be the message, or not.
const OPEN: &str = "The chat's journal does not say whether it was taken: it looks like other messages there. Look into the chat.";

/// Says of every question what is so now, and of the list of drafts which is composed.
pub fn refresh(model: &mut Model) {
    let mut modals = std::mem::take(&mut model.modals);
    for modal in &mut modals {
        match modal {
            Modal::Question(question) => question.say(said(model, &question.subject)),
            Modal::Drafts(list) => {
                list.composed = model.keeping.id;
                list.restores = !model.keeping.deleted.is_empty();
            }
            _ => {}
        }
    }
    model.modals = modals;
}

fn said(model: &Model, subject: &Subject) -> Said {
    use Choice::{Cancel, Discard, QuitAnyway, Replace, SaveAs, Send, TakeChanges, TakeFile, Wait};
    let (title, body, choices, first) = match subject {
        Subject::Confirm(confirm) => return confirmed(model, confirm),
        Subject::Blocked {
            forceable,
            numbered,
        } => return blocked(model, *forceable, *numbered),
        Subject::Doubt(doubt) => return doubted(doubt),
        Subject::Discard(then) => {
            let (then, why) = (then.words(), model.not_kept());
            let words = format!(
                "{then} would lose the changes to this message: they are in no file, and {why}."
            );
            (
                " Unsaved changes ",
                text(words),
                vec![Discard, Cancel],
                Cancel,
            )
        }
        Subject::ReplaceDraft => {
            let words = "What is imported would take the place of this message, whose changes are in no file.";
            (
                " Unsaved changes ",
                text(words),
                vec![Discard, Cancel],
                Cancel,
            )
        }
        Subject::Replace {
            path,
            changed: false,
        } => {
            let words = text(format!("{} is there already.", path.display()));
            (" Replace the file? ", words, vec![Replace, Cancel], Cancel)
        }
        Subject::Replace {
            path,
            changed: true,
        } => {
            let words = format!(
                "{} was changed by another program since it was opened or saved here.",
                path.display()
            );
            let choices = vec![Replace, SaveAs, Cancel];
            (" The file was changed ", text(words), choices, Cancel)
        }
        Subject::Changes { name, .. } => {
            let words = format!(
                "{name} was being changed when it was left; the changes are kept, and not in the file."
            );
            let choices = vec![TakeChanges, TakeFile];
            (" Kept changes ", text(words), choices, TakeChanges)
        }
        Subject::Again(sent) => {
            let words = "! It may have been sent already: then it arrives twice.";
            let warning = Part::Words(Mood::Warning, words.to_owned());
            let body = vec![entry_facts(&sent.entry), Part::Blank, warning];
            (" Send it again? ", body, vec![Send, Cancel], Cancel)
        }
        Subject::Twice(wanted, twin) => {
            let facts = facts(&wanted.draft, &wanted.profile);
            let body = vec![facts, Part::Blank, warning(twin)];
            (" Send it again? ", body, vec![Send, Cancel], Cancel)
        }
        Subject::ClearQueue(profile) => {
            let words = format!(
                "What waits for the phone in the queue of {profile} is thrown away for ever, also \
                 what others have sent."
            );
            let choices = vec![Choice::ClearQueue, Cancel];
            (" Clear the queue? ", text(words), choices, Cancel)
        }
        Subject::Leave { waits } => {
            let choices = vec![Wait, QuitAnyway];
            (" Still being sent ", leave(model, *waits), choices, Wait)
        }
    };
    Said {
        title,
        body,
        choices,
        first: Some(first),
        proposed: None,
    }
}

fn text(words: impl Into<String>) -> Vec<Part> {
    vec![Part::Words(Mood::Text, words.into())]
}

fn confirmed(model: &Model, confirm: &Confirm) -> Said {
    let draft = model.shown();
    let mut body = vec![
        facts(draft, model.profile()),
        Part::Air,
        Part::Bubble(Box::new(draft.clone()), model.platform),
    ];
    let is_under_way = |twin: &Twin| twin.state == TwinState::UnderWay;
    let goes_after = model.sends.before(draft, model.profile()).is_some()
        && !confirm.earlier.as_ref().is_some_and(is_under_way);
    if goes_after {
        let words = "It goes after the one that is on its way to the same recipient.";
        body.extend(text(words));
    }
    if confirm.forced {
        let errors = count(model.error_count(), "error");
        let words = format!("✗ As it is, with {errors}. The gateway may refuse it.");
        body.push(Part::Words(Mood::Error, words));
    }
    body.extend(confirm.earlier.as_ref().map(warning));
    body.extend(warnings(model));
    let title = if confirm.forced {
        " Send it as it is? "
    } else {
        " Send this message? "
    };
    // Where the same message may have been taken, Enter sends nothing.
    let first = match confirm.earlier {
        Some(_) => Choice::Cancel,
        None => Choice::Send,
    };
    Said {
        title,
        body,
        choices: vec![Choice::Send, Choice::Cancel],
        first: Some(first),
        proposed: None,
    }
}

/// What else speaks against a message, a line each.
fn warnings(model: &Model) -> Vec<Part> {
    let problems = model.findings.problems.iter();
    let warnings = problems.filter(|problem| problem.severity == Severity::Warning);
    let all = warnings.clone().count();
    let mut parts: Vec<Part> = warnings
        .take(NAMED)
        .map(|problem| {
            let words = format!("! {}: {}", name::of(problem.field), problem.message);
            Part::Words(Mood::Warning, visible::line(&words).into_owned())
        })
        .collect();
    if all > NAMED {
        let more = count(all - NAMED, "warning").replacen(' ', " more ", 1);
        parts.push(Part::Words(Mood::Warning, format!("! and {more}")));
    }
    parts
}

fn blocked(model: &Model, forceable: bool, numbered: bool) -> Said {
    let problems = model.findings.problems.iter();
    let errors = problems.filter(|problem| problem.severity == Severity::Error);
    let errors = errors.take(NAMED).map(|problem| {
        let words = format!("✗ {}: {}", name::of(problem.field), problem.message);
        Part::Words(Mood::Error, words)
    });
    let mut body: Vec<Part> = errors.collect();
    let rest = model.error_count().saturating_sub(NAMED);
    if rest > 0 {
        body.extend(text(format!("and {rest} more")));
    }
    let mut choices = vec![Choice::Fix, Choice::Cancel];
    if forceable {
        choices.insert(1, Choice::Force);
    } else if numbered {
        choices.insert(1, Choice::NumberedText);
    }
    Said {
        title: if forceable {
            " Not ready to send "
        } else {
            " This gateway cannot send it "
        },
        body,
        choices,
        first: Some(Choice::Fix),
        proposed: None,
    }
}

fn doubted(doubt: &Doubt) -> Said {
    let why = if doubt.entry.ended.is_none() {
        "The program ended while this message was being sent. It is not known whether the gateway took it."
    } else {
        "No answer came for this message: it is not known whether the gateway took it."
    };
    let (mood, words) = match &doubt.look_up {
        LookUp::Impossible | LookUp::Possible => (
            Mood::Text,
            "Look into the chat before you decide.".to_owned(),
        ),
        LookUp::Running => (Mood::Text, "Looking into the chat's journal …".to_owned()),
        LookUp::Done(looked_up) => match looked_up.likely.first() {
            Some(found) => (Mood::Ok, proposal(found)),
            None if looked_up.is_missing() => (Mood::Warning, MISSING.to_owned()),
            None => {
                let why = looked_up.unread_queue.as_ref();
                let queue = why.map_or_else(String::new, |why| {
                    format!(" The gateway's queue could not be read: {why}.")
                });
                (Mood::Warning, format!("{OPEN}{queue}"))
            }
        },
        LookUp::Failed(why) => {
            let why = why.on_lines();
            let words = format!("The chat's journal could not be read: {why}");
            (Mood::Warning, words)
        }
    };
    let mut body = text(why);
    body.extend([
        Part::Air,
        Part::Words(mood, words),
        Part::Air,
        entry_facts(&doubt.entry),
    ]);
    let mut choices = vec![Choice::MarkSent, Choice::SendAgain, Choice::KeepUnknown];
    if matches!(doubt.look_up, LookUp::Possible | LookUp::Failed(_)) {
        choices.insert(2, Choice::LookUp);
    }
    Said {
        title: " Outcome unknown ",
        body,
        choices,
        first: None,
        proposed: doubt.found().map(|_| Choice::MarkSent),
    }
}

fn proposal(found: &Found) -> String {
    let id = visible::line(&found.message_id);
    let status = found.status.as_deref().map(visible::line);
    let place = match (found.time, status) {
        (None, _) => format!("It waits in the gateway's queue as {id}."),
        (Some(_), Some(status)) => {
            format!("The chat's journal has it as {id} ({status}).")
        }
        (Some(_), None) => format!("The chat's journal has it as {id}."),
    };
    format!("✓ {place} Proposed: mark it as sent.")
}

/// Who was to get what, when and how.
fn entry_facts(entry: &Entry) -> Part {
    let through = format!("{} ({})", entry.profile, entry.gateway);
    let rows = [
        ("To", entry.to.as_str()),
        ("Text", entry.first_line.as_str()),
        ("Kind", entry.kind.name()),
        ("Through", &through),
        ("At", &entry.started_local),
    ];
    let rows = rows.map(|(label, value)| (label, visible::line(value).into_owned()));
    Part::Facts(rows.to_vec())
}

/// Who gets what, and how.
fn facts(draft: &Draft, profile: &Profile) -> Part {
    let mut rows = vec![
        ("To", recipient::named(&draft.to, profile.account.country)),
        (
            "Through",
            format!("{} · {}", profile.name, profile.account.gateway.title()),
        ),
    ];
    if profile.duplicate_as_text && duplicate::as_text(draft).is_some() {
        rows.push(("Along", "the buttons as numbered text".to_owned()));
    }
    Part::Facts(rows)
}

/// What speaks against sending a message that was sent before.
fn earlier_words(twin: &Twin) -> String {
    let at = match twin.started_local.as_str() {
        "" => String::new(),
        time => format!(", {time}"),
    };
    match (twin.state, &twin.message_id) {
        (TwinState::Accepted, Some(id)) => {
            format!("! This very message was accepted already, as {id}{at}.")
        }
        (TwinState::Accepted, None) => {
            format!("! This very message was sent already{at}: it is marked as sent.")
        }
        (TwinState::Unknown, _) => {
            format!("! This very message may have been sent already{at}: its outcome is unknown.")
        }
        (TwinState::UnderWay, _) => {
            format!(
                "! This very message may have been sent already{at}: it is being sent just now."
            )
        }
    }
}

fn warning(twin: &Twin) -> Part {
    let words = visible::line(&earlier_words(twin)).into_owned();
    Part::Words(Mood::Warning, words)
}

fn on_the_way(sending: &Sending) -> Part {
    Part::OnTheWay {
        to: sending.recipient(),
        since: sending.since,
    }
}

fn leave(model: &Model, waits: bool) -> Vec<Part> {
    let count = model.sends.under_way().count();
    let (messages, answers) = match count {
        1 => ("1 message is".to_owned(), "its answer has"),
        _ => (format!("{count} messages are"), "their answers have"),
    };
    let words = if waits {
        format!("{messages} being sent. The composer ends when {answers} come.")
    } else {
        format!("{messages} being sent: wait, or quit anyway?")
    };
    let mut body = text(words);
    body.push(Part::Blank);
    let named = model.sends.under_way().take(NAMED);
    body.extend(named.map(|sending| {
        if sending.is_before_its_turn() {
            let words = format!("◌ {} has not left yet", sending.recipient());
            Part::Words(Mood::Title, words)
        } else {
            on_the_way(sending)
        }
    }));
    if count > NAMED {
        body.extend(text(format!("and {} more", count - NAMED)));
    }
    if !waits {
        body.push(Part::Blank);
        let words = "Without an answer it is not known whether a message was sent: you are asked at the next start. One that has not left is not sent.";
        let has_unsent = model.sends.under_way().any(Sending::is_before_its_turn);
        let end = words.find(" One that").filter(|_| !has_unsent);
        body.extend(text(&words[..end.unwrap_or(words.len())]));
    }
    body
}

/// `1 error`, `3 errors`.
fn count(number: usize, word: &str) -> String {
    if number == 1 {
        format!("1 {word}")
    } else {
        format!("{number} {word}s")
    }
}
