//! `wacompose send`: sends messages, one after the other, and says what became of each.
//!
//! Every file is read before the first message leaves: a file that cannot be read stops them all, so
//! that mending it and sending again sends nothing twice. Each message is written to the outbox
//! before it leaves, where the store can be written, and what became of it after.

mod again;
mod letters;
mod phone;
mod tell;

use std::time::SystemTime;

use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio_util::sync::CancellationToken;

use super::args::{Send, SendFormat};
use super::interrupt::interrupted;
use super::messages;
use super::outbox::Outbox;
use super::output::Output;
use super::picture::Plan;
use super::{Exit, payload, report, target};
use crate::client::{Client, Progress, Retries};
use crate::config::paths::process_env;
use crate::config::{Profile, TokenError};
use crate::gateway::wire::Request;
use crate::gateway::{Account, Exchange, Refusal};
use crate::message::check::Severity;
use crate::message::{Draft, duplicate};
use crate::sandbox::Sandbox;
use crate::secret::{MASK, Secret};
use crate::visible;
use again::Delivered;
use letters::Letter;
use phone::Phone;

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

/// What a message goes out through.
struct Line {
    client: Client,
    /// The steps that the client tells.
    progress: UnboundedReceiver<Progress>,
    token: Secret,
    /// Stops what is under way, and what comes after.
    cancel: CancellationToken,
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
                return Err(self.unsent(letters, error.into()));
            }
            MASK
        };
        let cancel = CancellationToken::new();
        let outbox = Outbox::look();
        for letter in letters {
            let Some(requests) = super::block_on(self.requests(letter, &cancel))? else {
                continue;
            };
            let duplicate = requests.duplicate.as_ref().map(|(_, request)| request);
            for request in std::iter::once(&requests.main).chain(duplicate) {
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
            phone: Phone::default(),
        };
        if self.command.once
            && let Some(why) = line.outbox.cannot_say()
        {
            let error = anyhow::anyhow!("--once: nothing was sent: {why}");
            return Err(self.unsent(letters, error));
        }
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
            let mut main = self
                .deliver(&mut line, file, "", (&letter.draft, requests.main))
                .await;
            let duplicate = match &requests.duplicate {
                Some((text, request)) if main.calls_for_duplicate() => {
                    let what = "numbered text ";
                    let message = (text, request.clone());
                    Some(self.deliver(&mut line, file, what, message).await)
                }
                _ => None,
            };
            if let Delivered::Tried(exchange, warnings) = &mut main {
                warnings.extend(self.warn_of_answer(&mut line, file, exchange).await);
            }
            self.tell(letter, &main, duplicate.as_ref());
        }
        Ok(())
    }

    /// Sends one request. It is in the outbox before it leaves, and what became of it after. With
    /// `--once`, what was sent before is not sent.
    async fn deliver(
        &mut self,
        line: &mut Line,
        file: &str,
        what: &str,
        (draft, request): (&Draft, Request),
    ) -> Delivered {
        let mut warnings = Vec::new();
        let row = if self.command.once {
            match self.begin_once(line, file, (draft, &request)).await {
                Ok(row) => Some(row),
                Err(delivered) => return delivered,
            }
        } else {
            warnings.extend(self.warn_again(line, file, what, &request));
            line.outbox
                .begin(&self.profile, file, draft, &request, self.output)
        };
        let since = SystemTime::now();
        let mut exchange = self.exchange(line, file, request).await;
        line.outbox.finish(row, &exchange, self.output);
        self.follow(line, (file, row), since, &mut exchange).await;
        Delivered::Tried(Box::new(exchange), warnings)
    }

    /// Sends one request, and shows how it comes along.
    async fn exchange(&mut self, line: &mut Line, file: &str, request: Request) -> Exchange {
        let account = self.profile.account.clone();
        let sending = line
            .client
            .send(&account, &line.token, request, &line.cancel);
        let mut sending = std::pin::pin!(sending);
        loop {
            tokio::select! {
                biased;
                Some(step) = line.progress.recv() => self.show(file, &step),
                sent = &mut sending => break sent,
            }
        }
    }

    /// The client, and the steps that it tells.
    fn client(&self) -> (Client, UnboundedReceiver<Progress>) {
        let (told, progress) = unbounded_channel();
        let profile = &self.profile;
        let mut client = Client::new(profile.timeouts)
            .with_http_allowed(profile.allow_http)
            .with_ca_file(profile.trusted_ca(&process_env).as_deref());
        if self.has_several {
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
            self.json_of(letter, |account| {
                report::not_sent(&letter.file, account.gateway, code, &message)
            });
        }
        error
    }

    /// The token, and the sandbox where the profile needs one.
    async fn connect(&mut self) -> anyhow::Result<(Option<Sandbox>, Secret)> {
        if !self.profile.is_sandbox() {
            return Ok((None, self.profile.token.read().await?));
        }
        let sandbox = Sandbox::start(([127, 0, 0, 1], 0).into(), Vec::new(), None).await?;
        self.profile.account = sandbox.host(self.profile.account.clone());
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
}
