//! `wacompose check`: what is wrong with messages, by a gateway's limits.

mod junit;

use serde_json::json;

use super::args::{Check, CheckFormat};
use super::messages::{self, Messages};
use super::output::Output;
use super::{Exit, report};
use crate::gateway::{Account, GatewayKind};
use crate::message::check::{Problem, Severity};
use crate::message::file::ReadError;

/// What was found in one file.
struct Checked {
    file: String,
    found: Result<Vec<Problem>, ReadError>,
}

impl Checked {
    fn exit(&self) -> Exit {
        match &self.found {
            Err(_) => Exit::Usage,
            Ok(problems) if Account::blocks(problems) => Exit::Invalid,
            Ok(_) => Exit::Done,
        }
    }
}

pub(super) fn run(command: &Check, output: &mut Output) -> anyhow::Result<Exit> {
    messages::refuse_stdin_twice(&command.files)?;
    let chosen = command.target.choose()?;
    let account = chosen.account();
    let mut messages = Messages::new(&command.fill);
    let mut checked = Vec::new();
    let mut exit = Exit::Done;
    for path in &command.files {
        let draft = messages.read(path);
        let one = Checked {
            file: messages::name(path),
            found: draft.map(|draft| account.check(&draft)),
        };
        exit = exit.worst(one.exit());
        if let Err(error) = &one.found {
            output.say(error.to_string());
        }
        match command.format {
            CheckFormat::Text => text(&one, output),
            CheckFormat::Json => json(&one, account.gateway, output),
            CheckFormat::Junit => checked.push(one),
        }
    }
    if command.format == CheckFormat::Junit {
        output.text(&junit::document(&checked, account.gateway));
    }
    messages.tell_unused(output);
    Ok(exit)
}

fn text(checked: &Checked, output: &mut Output) {
    let Ok(problems) = &checked.found else {
        return;
    };
    for problem in problems {
        output.line(report::problem_line(&checked.file, problem));
    }
    let count = |severity| problems.iter().filter(|p| p.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let counts = [counted(errors, "error"), counted(warnings, "warning")];
    let counts: Vec<String> = counts.into_iter().flatten().collect();
    let file = &checked.file;
    output.line(match (errors, counts.is_empty()) {
        (_, true) => format!("{file}: ok"),
        (0, _) => format!("{file}: ok, {}", counts.join(", ")),
        _ => format!("{file}: {}", counts.join(", ")),
    });
}

fn counted(count: usize, what: &str) -> Option<String> {
    match count {
        0 => None,
        1 => Some(format!("1 {what}")),
        _ => Some(format!("{count} {what}s")),
    }
}

fn json(checked: &Checked, gateway: GatewayKind, output: &mut Output) {
    let problems = match &checked.found {
        Ok(problems) => problems.iter().map(report::problem).collect(),
        Err(error) => report::unreadable(error),
    };
    output.json(&json!({
        "file": checked.file,
        "gateway": gateway.name(),
        "ok": checked.exit() == Exit::Done,
        "problems": problems,
    }));
}
