//! `wacompose send`: sends messages, one after the other, and says what became of each.
//!
//! Every file is read before the first message leaves: a file that cannot be read stops them all, so
//! that mending it and sending again sends nothing twice. Each message is written to the outbox
//! before it leaves, where the store can be written, and what became of it after.

use std::path::PathBuf;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio_util::sync::CancellationToken;

use super::args::{Send, SendFormat};
use super::interrupt::interrupted;
use super::messages::{self, Messages};
use super::outbox::Outbox;
use super::output::Output;
use super::picture::Plan;
use super::{Exit, payload, report, target};
use crate::client::{Client, Progress, Retries, WithDuplicate};
use crate::config::paths::process_env;
use crate::config::{Profile, TokenError};
use crate::gateway::wire::Request;
use crate::gateway::{Account, Exchange, Outcome, Refusal};
use crate::message::check::Severity;
use crate::message::{Draft, duplicate};
use crate::sandbox::Sandbox;
use crate::secret::{MASK, Secret};
use crate::visible;

/// A message that was read.
struct Letter {
    path: PathBuf,
    file: String,
    draft: Draft,
}

/// What goes out for a message.
struct Requests {
    main: Request,
    /// The numbered text that goes along.
    duplicate: Option<(Draft, Request)>,
}

pub(super) fn run(command: &Send, output: &mut Output) -> anyhow::Result<Exit> {
    messages::refuse_stdin_twice(&command.files)?;
    let config = target::configuration()?;
    let mut sending = Sending {
        command,
        profile: config.profile(command.profile.as_deref())?.clone(),
        output,
        exit: Exit::Done,
    };
    let Some(letters) = sending.read() else {
        return Ok(Exit::Usage);
    };
    if command.dry_run {
        sending.rehearse(&letters)?;
    } else {
        let send_all = sending.send_all(&letters, config.history_days);
        super::runtime()?.block_on(send_all)?;
    }
    Ok(sending.exit)
}

/// What a message goes out through.
struct Line {
    client: Client,
    /// The steps that the client tells.
    progress: UnboundedReceiver<Progress>,
    token: Secret,
    /// Stops what is under way, and what comes after.
    cancel: CancellationToken,
    outbox: Outbox,
}

/// One run of the command.
struct Sending<'a> {
    command: &'a Send,
    profile: Profile,
    output: &'a mut Output,
    exit: Exit,
}

impl Sending<'_> {
    /// Reads every file, or tells which cannot be read and that nothing was sent.
    fn read(&mut self) -> Option<Vec<Letter>> {
        let mut messages = Messages::new(&self.command.fill);
        let read: Vec<_> = self
            .command
            .files
            .iter()
            .map(|path| (path, messages.read(path)))
            .collect();
        messages.tell_unused(self.output);
        if read.iter().all(|(_, draft)| draft.is_ok()) {
            let letters = read.into_iter().filter_map(|(path, draft)| {
                let draft = draft.ok()?;
                let (path, file) = (path.clone(), messages::name(path));
                Some(Letter { path, file, draft })
            });
            return Some(letters.collect());
        }
        for (path, draft) in &read {
            let file = &messages::name(path);
            let (code, message) = match draft {
                Err(error) => {
                    self.output.say(error.to_string());
                    ("unreadable", error.to_string())
                }
                Ok(_) => ("not-sent", "another file cannot be read".to_owned()),
            };
            self.json(|account| report::not_sent(file, account.gateway, code, &message));
        }
        self.output.say("nothing was sent");
        None
    }

    /// Does everything but send: the requests go to standard output.
    fn rehearse(&mut self, letters: &[Letter]) -> anyhow::Result<()> {
        let mask = if self.profile.is_sandbox() {
            payload::name_sandbox(&mut self.profile);
            payload::NO_TOKEN
        } else {
            if let Err(error) = super::runtime()?.block_on(self.profile.token.read()) {
                return Err(self.unsent(letters, error.into()));
            }
            MASK
        };
        let runtime = super::runtime()?;
        let cancel = CancellationToken::new();
        for letter in letters {
            let Some(requests) = runtime.block_on(self.requests(letter, &cancel)) else {
                continue;
            };
            let duplicate = requests.duplicate.as_ref().map(|(_, request)| request);
            for request in std::iter::once(&requests.main).chain(duplicate) {
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
        let (_sandbox, token) = match self.connect().await {
            Ok(connected) => connected,
            Err(error) => return Err(self.unsent(letters, error)),
        };
        let (client, progress) = self.client();
        let mut line = Line {
            client,
            progress,
            token,
            cancel: CancellationToken::new(),
            outbox: Outbox::open(history_days, self.output),
        };
        let guard = line.cancel.clone();
        let interrupted = interrupted()?;
        tokio::spawn(async move {
            interrupted.await;
            guard.cancel();
        });
        for letter in letters {
            if line.cancel.is_cancelled() {
                self.refuse(
                    letter,
                    Refusal::CANCELLED,
                    "not sent: it was cancelled before its turn",
                );
                continue;
            }
            let Some(requests) = self.requests(letter, &line.cancel).await else {
                continue;
            };
            let (file, gateway) = (&letter.file, self.profile.account.gateway.title());
            self.output
                .progress(&format!("sending {file} to {gateway} …"));
            let main = self
                .send(&mut line, file, &letter.draft, requests.main)
                .await;
            let duplicate = match requests.duplicate {
                Some((text, request)) if main.outcome.calls_for_duplicate() => {
                    Some(self.send(&mut line, file, &text, request).await)
                }
                _ => None,
            };
            self.tell(letter, &WithDuplicate { main, duplicate });
        }
        Ok(())
    }

    /// Sends one request. It is in the outbox before it leaves, and what became of it after.
    async fn send(
        &mut self,
        line: &mut Line,
        file: &str,
        draft: &Draft,
        request: Request,
    ) -> Exchange {
        let row = line
            .outbox
            .begin(&self.profile, file, draft, &request, self.output);
        let account = self.profile.account.clone();
        let sending = line
            .client
            .send(&account, &line.token, request, &line.cancel);
        let mut sending = std::pin::pin!(sending);
        let sent = loop {
            tokio::select! {
                biased;
                Some(step) = line.progress.recv() => self.show(file, &step),
                sent = &mut sending => break sent,
            }
        };
        line.outbox.finish(row, &sent, self.output);
        sent
    }

    /// The client, and the steps that it tells.
    fn client(&self) -> (Client, UnboundedReceiver<Progress>) {
        let (told, progress) = unbounded_channel();
        let profile = &self.profile;
        let mut client = Client::new(profile.timeouts)
            .with_http_allowed(profile.allow_http)
            .with_ca_file(profile.trusted_ca(&process_env).as_deref());
        if self.command.files.len() > 1 {
            client = client.keeping_connections();
        }
        if !self.command.no_retry {
            // Nobody listens any more when the command ends.
            client = client.with_retries(Retries::new(move |step| drop(told.send(step))));
        }
        (client, progress)
    }

    /// Shows how a message comes along, on a terminal.
    fn show(&mut self, file: &str, step: &Progress) {
        match step {
            Progress::Trying { attempt: 1 } => {}
            Progress::Trying { attempt } => {
                let line = format!("sending {file}, attempt {attempt} …");
                self.output.progress(&line);
            }
            Progress::Waiting(wait) => {
                let wait = wait.to_string();
                self.output
                    .progress(&format!("{file}: {}", visible::line(&wait)));
            }
        }
    }

    /// Reports that no message was tried, and why.
    fn unsent(&mut self, letters: &[Letter], error: anyhow::Error) -> anyhow::Error {
        let code = if error.is::<TokenError>() {
            "no-token"
        } else {
            "not-sent"
        };
        let message = format!("{error:#}");
        for letter in letters {
            self.json(|account| report::not_sent(&letter.file, account.gateway, code, &message));
        }
        error
    }

    /// The token, and the sandbox where the profile needs one.
    async fn connect(&mut self) -> anyhow::Result<(Option<Sandbox>, Secret)> {
        if !self.profile.is_sandbox() {
            return Ok((None, self.profile.token.read().await?));
        }
        let sandbox = Sandbox::start(([127, 0, 0, 1], 0).into(), Vec::new(), None).await?;
        self.profile.account = Account {
            buttons_method: self.profile.account.buttons_method,
            limits: std::mem::take(&mut self.profile.account.limits),
            ..sandbox.account(self.profile.account.gateway)
        };
        let token = sandbox.token();
        Ok((Some(sandbox), token))
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
            let message = "not sent: it was cancelled before its turn";
            self.refuse(letter, Refusal::CANCELLED, message);
            return None;
        }
        let account = &self.profile.account;
        for problem in &problems {
            let line = report::problem_line(&letter.file, problem);
            self.output.say(line);
        }
        let main = match account.encode(&draft) {
            Ok(request) => request,
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
        let along = duplicate::as_text(&draft).filter(|_| self.profile.duplicate_as_text);
        let duplicate = along.and_then(|text| {
            let request = account.encode(&text).ok()?;
            Some((text, request))
        });
        Some(Requests { main, duplicate })
    }

    /// Tells that a message was not tried.
    fn refuse(&mut self, letter: &Letter, code: &str, message: &str) {
        self.exit = self.exit.worst(Exit::Invalid);
        self.json(|account| report::not_sent(&letter.file, account.gateway, code, message));
        self.text(&letter.file, &format!("rejected {code}"));
    }

    /// Tells what became of a message.
    fn tell(&mut self, letter: &Letter, sent: &WithDuplicate) {
        self.json(|account| {
            let mut object = report::exchange(&letter.file, account.gateway, &sent.main);
            if let (Some(duplicate), Value::Object(keys)) = (&sent.duplicate, &mut object) {
                let duplicate = report::exchange(&letter.file, account.gateway, duplicate);
                keys.insert("duplicate".to_owned(), json!(duplicate));
            }
            object
        });
        self.tell_one(letter, "", &sent.main);
        if let Some(duplicate) = &sent.duplicate {
            self.tell_one(letter, "numbered text ", duplicate);
        }
        // the next one may take its time
        self.output.flush();
        if !self.output.is_read() {
            self.tell_aside(letter, "", &sent.main);
            if let Some(duplicate) = &sent.duplicate {
                self.tell_aside(letter, "numbered text ", duplicate);
            }
        }
    }

    /// Tells an outcome among the words for people, where standard output cannot be written.
    fn tell_aside(&mut self, letter: &Letter, what: &str, exchange: &Exchange) {
        let words = outcome_words(&exchange.outcome);
        self.output.say(format!("{}: {what}{words}", letter.file));
    }

    fn tell_one(&mut self, letter: &Letter, what: &str, exchange: &Exchange) {
        self.exit = self.exit.worst(match exchange.outcome {
            Outcome::Accepted { .. } => Exit::Done,
            Outcome::Rejected(_) => Exit::Invalid,
            Outcome::Unknown(_) => Exit::Unknown,
        });
        let words = outcome_words(&exchange.outcome);
        self.text(&letter.file, &format!("{what}{words}"));
        if let Some(refusal) = exchange.outcome.refusal() {
            self.explain(refusal, exchange.elapsed);
        }
    }

    fn explain(&mut self, refusal: &Refusal, elapsed: Duration) {
        let who = self.profile.account.gateway.title();
        let message = visible::line(&refusal.message);
        if !message.is_empty() {
            let seconds = elapsed.as_secs_f32();
            self.output
                .say(format!("{who}: {message} (after {seconds:.1} s)"));
        }
        if !refusal.explanation.is_empty() {
            self.output.say(visible::lines(&refusal.explanation));
        }
        for sentence in report::fallbacks(&refusal.instead) {
            self.output.say(sentence);
        }
    }

    fn json(&mut self, object: impl FnOnce(&Account) -> Value) {
        if self.command.format == SendFormat::Json {
            self.output.json(&object(&self.profile.account));
        }
    }

    /// A line of the result, with the file's name where there are several.
    fn text(&mut self, file: &str, line: &str) {
        if self.command.format == SendFormat::Text {
            if self.command.files.len() > 1 {
                self.output.line(format!("{file}: {line}"));
            } else {
                self.output.line(line);
            }
        }
    }
}

/// An outcome with the message's id, or the code of the refusal.
fn outcome_words(outcome: &Outcome) -> String {
    let result = match outcome {
        Outcome::Accepted { message_id } => message_id,
        Outcome::Rejected(refusal) | Outcome::Unknown(refusal) => &refusal.code,
    };
    let words = format!("{} {}", outcome.name(), visible::line(result));
    words.trim_end().to_owned()
}
