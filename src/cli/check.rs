//! `wacompose check`: what is wrong with messages, by the limits of one gateway or of all.

mod junit;

use std::path::Path;

use serde_json::json;

use super::args::{Check, CheckFormat};
use super::messages::{self, Messages};
use super::output::Output;
use super::picture::warnings;
use super::{Exit, folder, report};
use crate::gateway::{Account, Fallback, Support};
use crate::message::check::{Problem, Severity};
use crate::message::file::ReadError;
use crate::message::{Draft, Field};
use crate::picture;

/// What was found in one file.
struct Checked {
    file: String,
    /// For each gateway, or why there is nothing to check.
    found: Result<Vec<Found>, ReadError>,
}

/// What was found for one gateway.
struct Found {
    problems: Vec<Problem>,
    support: Support,
}

impl Checked {
    fn read(messages: &mut Messages<'_>, path: &Path, accounts: &[Account]) -> Self {
        let draft = messages.read(path);
        let found = |draft: Draft| {
            let picture = picture_problems(&draft);
            let found = accounts.iter().map(|at| Found::at(at, &draft, &picture));
            found.collect()
        };
        Self {
            file: messages::name(path),
            found: draft.map(found),
        }
    }

    /// How the gateway at this place takes it.
    fn exit_at(&self, gateway: usize) -> Exit {
        match &self.found {
            Err(_) => Exit::Usage,
            Ok(found) if found.get(gateway).is_some_and(Found::blocks) => Exit::Invalid,
            Ok(_) => Exit::Done,
        }
    }

    /// How the worst of all gateways takes it.
    fn exit(&self) -> Exit {
        match &self.found {
            Err(_) => Exit::Usage,
            Ok(found) if found.iter().any(Found::blocks) => Exit::Invalid,
            Ok(_) => Exit::Done,
        }
    }
}

impl Found {
    fn at(account: &Account, draft: &Draft, picture: &[Problem]) -> Self {
        let mut problems = account.check(draft);
        if account.takes_pictures() {
            problems.extend_from_slice(picture);
        }
        Self {
            problems,
            support: account.support(draft),
        }
    }

    fn blocks(&self) -> bool {
        Account::blocks(&self.problems)
    }
}

/// What is wrong with a picture that stands in the message itself.
fn picture_problems(draft: &Draft) -> Vec<Problem> {
    match picture::check_inline(draft) {
        None => Vec::new(),
        Some(Ok(thumbnail)) => warnings(&thumbnail).collect(),
        Some(Err(error)) => vec![Problem::error(Field::Thumbnail, error.to_string())],
    }
}

pub(super) fn run(command: &Check, output: &mut Output) -> anyhow::Result<Exit> {
    messages::refuse_stdin_twice(&command.files)?;
    let accounts = command.targets.accounts()?;
    let files = folder::files(&command.files)?;
    let mut messages = Messages::new(&command.fill);
    let mut all = Vec::new();
    let mut exit = Exit::Done;
    let mut left_out = 0;
    for named in &files {
        let path = &named.path;
        let one = Checked::read(&mut messages, path, &accounts);
        if one.found.is_err() && named.is_found && folder::is_no_message(path) {
            left_out += 1;
            continue;
        }
        exit = exit.worst(one.exit());
        if let Err(error) = &one.found {
            output.say(error.to_string());
        }
        match command.format {
            CheckFormat::Text => text(&one, &accounts, command.targets.is_all(), output),
            CheckFormat::Json => json(&one, &accounts, output),
            CheckFormat::Junit => all.push(one),
        }
    }
    if command.format == CheckFormat::Junit {
        output.text(&junit::document(&all, &accounts));
    }
    messages.report_unused(output);
    if left_out > 0 {
        let files = if left_out == 1 { "file" } else { "files" };
        let holds = if left_out == 1 { "holds" } else { "hold" };
        output.say(format!(
            "left out {left_out} {files} that {holds} no message"
        ));
    }
    Ok(exit)
}

fn text(checked: &Checked, accounts: &[Account], is_all: bool, output: &mut Output) {
    let Ok(found) = &checked.found else {
        return;
    };
    for (account, found) in accounts.iter().zip(found) {
        let (file, how) = if is_all {
            let how = format!(", {}", how(&found.support));
            (format!("{}: {}", checked.file, account.gateway), how)
        } else {
            (checked.file.clone(), String::new())
        };
        for problem in &found.problems {
            output.line(report::problem_line(&file, problem));
        }
        let count = |severity| {
            let problems = found.problems.iter();
            problems.filter(|p| p.severity == severity).count()
        };
        let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
        let counts = [counted(errors, "error"), counted(warnings, "warning")];
        let counts: Vec<String> = counts.into_iter().flatten().collect();
        output.line(match (errors, counts.is_empty()) {
            (_, true) => format!("{file}: ok{how}"),
            (0, _) => format!("{file}: ok, {}{how}", counts.join(", ")),
            _ => format!("{file}: {}{how}", counts.join(", ")),
        });
    }
}

/// How a gateway carries a message.
fn how(support: &Support) -> String {
    let other = |instead: &[Fallback]| {
        let ways = instead.iter().map(|fallback| match fallback {
            Fallback::InteractiveReply => "sendInteractiveButtonsReply",
            Fallback::NumberedText => "numbered text",
        });
        ways.collect::<Vec<_>>().join(" or ")
    };
    match support {
        Support::Native { method } => format!("native ({method})"),
        Support::SwitchedOff { method, instead } => {
            format!(
                "by another method ({method} is switched off: {})",
                other(instead)
            )
        }
        Support::Impossible { instead, .. } if instead.is_empty() => "not at all".to_owned(),
        Support::Impossible { instead, .. } => {
            format!("not at all (the nearest: {})", other(instead))
        }
    }
}

fn counted(count: usize, what: &str) -> Option<String> {
    match count {
        0 => None,
        1 => Some(format!("1 {what}")),
        _ => Some(format!("{count} {what}s")),
    }
}

fn json(checked: &Checked, accounts: &[Account], output: &mut Output) {
    for (at, account) in accounts.iter().enumerate() {
        let problems = match &checked.found {
            Ok(found) => {
                let problems = found.get(at).map(|found| found.problems.as_slice());
                let problems = problems.unwrap_or_default().iter();
                problems.map(report::problem).collect()
            }
            Err(error) => report::unreadable(error),
        };
        output.json(&json!({
            "file": checked.file,
            "gateway": account.gateway.name(),
            "ok": checked.exit_at(at) == Exit::Done,
            "problems": problems,
        }));
    }
}
