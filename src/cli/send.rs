//! `wacompose send`: sends messages, one after the other, and says what became of each.
//!
//! Every file is read before the first message leaves: a file that cannot be read stops them all, so
//! that fixing it and sending again sends nothing twice. Each message is written to the outbox
//! before it leaves, where the store can be written, and what became of it after.

mod about;
mod again;
mod ledger;
mod letters;
mod phone;
mod tell;

use tokio_util::sync::CancellationToken;

use super::args::{Send, SendFormat};
use super::messages;
use super::output::Output;
use super::picture::Plan;
use super::{Exit, interrupt, payload, report, target};
use crate::config::Profile;
use crate::dispatch::{
    ConnectError, Connection, Connections, Dispatch, Order, Outbox, Part, Requests, Same, Stops,
};
use crate::gateway::{Account, Refusal};
use crate::message::check::Severity;
use crate::secret::MASK;
use ledger::AtPrompt;
use letters::Letter;
use phone::Phone;

pub(super) fn run(command: &Send, output: &mut Output) -> anyhow::Result<Exit> {
    messages::refuse_stdin_twice(&command.files)?;
    let config = target::configuration()?;
    let mut sending = Sending {
        command,
        profile: config.profile(command.profile.as_deref())?.clone(),
        output,
        exit: Exit::Done,
        has_several: false,
    };
    let Some(letters) = sending.read() else {
        return Ok(Exit::Usage);
    };
    sending.has_several = letters.len() > 1;
    if command.dry_run {
        sending.rehearse(&letters)?;
    } else {
        let send_all = sending.send_all(&letters, config.history_days);
        super::block_on(send_all)??;
    }
    Ok(sending.exit)
}

/// What messages go out through.
struct Line {
    connection: Connection,
    stops: Stops,
    outbox: Outbox,
    phone: Phone,
}

/// One run of the command.
struct Sending<'a> {
    command: &'a Send,
    profile: Profile,
    output: &'a mut Output,
    exit: Exit,
    /// Whether there are several messages.
    has_several: bool,
}

impl Sending<'_> {
    /// Does everything but send: the requests go to standard output.
    fn rehearse(&mut self, letters: &[Letter]) -> anyhow::Result<()> {
        let mask = if self.profile.is_sandbox() {
            payload::name_sandbox(&mut self.profile);
            payload::NO_TOKEN
        } else {
            if let Err(error) = super::block_on(self.profile.token.read())? {
                let error = ConnectError::from(error);
                return Err(self.unsent(letters, error.into()));
            }
            MASK
        };
        if self.command.once
            && let Some(why) = ledger::doubt()
        {
            let error = anyhow::anyhow!("--once: nothing would be sent: {why}");
            return Err(self.unsent(letters, error));
        }
        let cancel = CancellationToken::new();
        let outbox = ledger::look();
        for letter in letters {
            let Some(requests) = super::block_on(self.requests(letter, &cancel))? else {
                continue;
            };
            for (_, request) in std::iter::once(&requests.main).chain(&requests.numbered_text) {
                if self.is_left_out(letter, request, &outbox) {
                    continue;
                }
                match self.command.format {
                    SendFormat::Json => self.output.json(&request.to_json(mask)),
                    SendFormat::Text => self.output.text(&request.to_http(mask)),
                }
            }
        }
        self.output.say("dry run: nothing was sent");
        Ok(())
    }

    async fn send_all(&mut self, letters: &[Letter], history_days: u32) -> anyhow::Result<()> {
        // Whoever tries again where this says that nothing could be written would send twice.
        self.output.keep_exit_code();
        // Until the message leaves, the sandbox is all that has to be kept running.
        let mut connection = match Connections::default().open(self.profile.clone()).await {
            Ok(connection) => connection,
            Err(error) => return Err(self.unsent(letters, error.into())),
        };
        self.profile = connection.profile.clone();
        if self.has_several {
            connection.client = connection.client.keeping_connections();
        }
        let (outbox, lost) = ledger::open(history_days, self.output);
        if self.command.once
            && let Some(why) = lost.or_else(ledger::doubt)
        {
            let error = anyhow::anyhow!("--once: nothing was sent: {why}");
            return Err(self.unsent(letters, error));
        }
        let stops = Stops {
            give_up: interrupt::cancelled()?,
            ..Stops::default()
        };
        self.learn(letters, &mut connection, &stops.give_up).await;
        let mut line = Line {
            connection,
            stops,
            outbox,
            phone: Phone::default(),
        };
        for letter in letters {
            self.send(letter, &mut line).await;
        }
        Ok(())
    }

    /// Sends one message, and tells what became of it.
    async fn send(&mut self, letter: &Letter, line: &mut Line) {
        if line.stops.give_up.is_cancelled() {
            return self.refuse_cancelled(letter);
        }
        let Some(requests) = self.requests(letter, &line.stops.give_up).await else {
            return;
        };
        let (file, gateway) = (&letter.file, self.profile.account.gateway.title());
        self.output
            .progress(&format!("sending {file} to {gateway} …"));
        let same = if self.command.once {
            Same::Once
        } else {
            Same::Warn
        };
        let order = Order {
            requests,
            file: Some(file.clone()),
            origin: None,
            again: None,
            same,
            traces: true,
            held: None,
        };
        let dispatch = Dispatch {
            connection: &line.connection,
            retries: !self.command.no_retry,
            stops: &line.stops,
        };
        let mut ledger = AtPrompt {
            outbox: &mut line.outbox,
            output: self.output,
            file,
            warnings: Vec::new(),
        };
        let mut sent = dispatch.send(order, &mut ledger).await;
        let mut warnings = ledger.warnings;
        let main = std::iter::once((Part::Main, &mut sent.main));
        let text = sent.numbered_text.iter_mut();
        for (part, delivered) in main.chain(text.map(|text| (Part::NumberedText, text))) {
            let traced = delivered.as_mut().ok();
            let warning = traced.and_then(|tried| self.tell_traced(file, tried));
            warnings.extend(warning.map(|warning| (part, warning)));
        }
        warnings.extend(self.undelivered(letter));
        if let Ok(tried) = &sent.main {
            let remarks = self.warn_of_answer(line, file, &tried.exchange).await;
            warnings.extend(remarks.into_iter().map(|warning| (Part::Main, warning)));
        }
        self.tell(letter, &sent, &warnings);
    }

    fn refuse_cancelled(&mut self, letter: &Letter) {
        let message = "not sent: it was cancelled before its turn";
        self.refuse(letter, Refusal::CANCELLED, message);
    }

    /// Reports that no message was tried, and why.
    fn unsent(&mut self, letters: &[Letter], error: anyhow::Error) -> anyhow::Error {
        let code = match error.downcast_ref() {
            Some(ConnectError::Token(_)) => "no-token",
            _ => "not-sent",
        };
        let message = format!("{error:#}");
        for letter in letters {
            self.json_of(letter, |account| {
                report::not_sent(&letter.file, account.gateway, code, &message)
            });
        }
        error
    }

    /// What goes out for a message; `None` where it is refused, which is told.
    async fn requests(&mut self, letter: &Letter, cancel: &CancellationToken) -> Option<Requests> {
        let mut problems = self.profile.account.check(&letter.draft);
        let mut draft = letter.draft.clone();
        if !cancel.is_cancelled() {
            let plan = Plan::of_profile(&self.profile, self.command.allow_private);
            let carried_out = plan.carry_out(&mut draft, &letter.path, self.output, cancel);
            problems.extend(carried_out.await);
        }
        if cancel.is_cancelled() {
            self.refuse_cancelled(letter);
            return None;
        }
        for problem in &problems {
            let line = report::problem_line(&letter.file, problem);
            self.output.say(line);
        }
        let requests = match Requests::of(&self.profile, draft) {
            Ok(requests) => requests,
            Err(unsupported) => {
                self.refuse(letter, "unsupported", &unsupported.to_string());
                for sentence in report::fallbacks(&unsupported.instead) {
                    self.output.say(sentence);
                }
                return None;
            }
        };
        if Account::blocks(&problems) && !self.command.force {
            let errors = problems.iter().filter(|p| p.severity == Severity::Error);
            let errors: Vec<String> = errors
                .map(|problem| format!("{}: {}", problem.field, problem.message))
                .collect();
            self.refuse(letter, "invalid", &errors.join("; "));
            return None;
        }
        Some(requests)
    }
}
