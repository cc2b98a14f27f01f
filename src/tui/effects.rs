//! Carries out what the state asks for: the one file of the screen that uses the client, the
//! sandbox and the file system.

mod files;
mod outbox;
mod picture;
mod question;
mod store;
mod unwritten;

use std::io::{self, Write};
use std::process::Command;

use crossterm::clipboard::CopyToClipboard;
use crossterm::execute;
#[cfg(unix)]
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::{Mutex, OnceCell, mpsc::UnboundedSender};
use tokio_util::sync::CancellationToken;

use self::outbox::{Line, Outbox};
use self::store::StoreThread;
pub use self::store::{Left, StoreSettings};
use super::effect::{Effect, Ticket};
use super::event::{Event, Sent, Step, Wait};
use crate::client::{Client, Progress, Retries};
use crate::config::Profile;
use crate::config::token::withhold;
use crate::gateway::Account;
use crate::message::Draft;
use crate::sandbox::Sandbox;
use crate::secret::Secret;

/// What carries effects out, and what it keeps for that.
pub struct Effects {
    events: UnboundedSender<Event>,
    sandbox: std::sync::Arc<OnceCell<Sandbox>>,
    /// What is being sent, and how to stop it.
    sending: Option<(Ticket, CancellationToken)>,
    saves: std::sync::Arc<Mutex<()>>,
    /// The picture that is being loaded, and how to stop it.
    loading: Option<(Ticket, CancellationToken)>,
    store: StoreThread,
}

impl Effects {
    /// Results come as events.
    pub fn new(events: UnboundedSender<Event>, store: StoreSettings) -> Self {
        Self {
            store: StoreThread::start(store, events.clone()),
            events,
            sandbox: std::sync::Arc::default(),
            sending: None,
            saves: std::sync::Arc::default(),
            loading: None,
        }
    }

    /// Lets an event happen.
    pub fn tell(&self, event: Event) {
        // Nobody listens any more when the composer ends.
        let _ = self.events.send(event);
    }

    /// Waits until the store has written everything, and says what it has not.
    pub fn close(self) -> Left {
        self.store.close()
    }

    /// Carries out what needs no terminal, without waiting for it.
    pub fn carry_out(&mut self, effect: Effect) {
        match effect {
            Effect::Connect(profile) => self.connect(*profile),
            Effect::Send {
                ticket,
                profile,
                draft,
                file,
                again,
            } => {
                let hand = self.store.hand();
                let outbox = Outbox {
                    hand,
                    events: self.events.clone(),
                    file,
                    again,
                };
                self.send(ticket, *profile, *draft, outbox);
            }
            Effect::Cancel(ticket) => {
                if let Some((_, cancel)) =
                    self.sending.take_if(|(under_way, _)| *under_way == ticket)
                {
                    cancel.cancel();
                }
            }
            Effect::Open { ticket, path } => self.in_background(move || {
                let path = files::at_home(path);
                let read = files::open(&path).map(Box::new);
                Event::Opened { ticket, path, read }
            }),
            Effect::List { ticket, folder } => self.in_background(move || Event::Listed {
                ticket,
                entries: files::list(&folder),
            }),
            Effect::Save {
                ticket,
                path,
                draft,
                base,
                over,
            } => {
                let (events, saves) = (self.events.clone(), self.saves.clone());
                let work = move || {
                    let path = files::at_home(path);
                    let written = files::save(&path, &draft, base.as_deref(), &over);
                    Event::Saved {
                        ticket,
                        path,
                        draft,
                        written,
                    }
                };
                tokio::spawn(async move {
                    // It is locked in the order in which it was asked for.
                    let _turn = saves.lock().await;
                    if let Ok(saved) = tokio::task::spawn_blocking(work).await {
                        let _ = events.send(saved);
                    }
                });
            }
            Effect::LoadThumbnail {
                ticket,
                name,
                folder,
                allow_private,
            } => self.load_thumbnail(ticket, &name, &folder, allow_private),
            Effect::CancelThumbnail(ticket) => {
                if let Some((_, cancel)) =
                    self.loading.take_if(|(under_way, _)| *under_way == ticket)
                {
                    cancel.cancel();
                }
            }
            Effect::Question { profile, question } => self.question(*profile, question),
            Effect::Store(ask) => self.store.ask(ask),
            Effect::Copy(text) => {
                // The terminal's own clipboard, which also works over SSH; one that has none
                // ignores it.
                let _ = execute!(io::stdout(), CopyToClipboard::to_clipboard_from(text));
            }
            Effect::OpenEditor { .. } | Effect::Suspend | Effect::Quit => {}
        }
    }

    /// Carries out what needs the terminal for itself; it was given back. What is being sent goes on
    /// meanwhile, but for a suspended composer.
    ///
    /// # Errors
    /// When the system does not tell about signals.
    pub async fn in_foreground(&self, effect: Effect) -> io::Result<()> {
        match effect {
            Effect::OpenEditor { ticket, text } => {
                // Ctrl+C and Ctrl+\ in there are the editor's, and would end both.
                #[cfg(unix)]
                let _keys = [SignalKind::interrupt(), SignalKind::quit()]
                    .map(signal)
                    .into_iter()
                    .collect::<io::Result<Vec<_>>>()?;
                let text = tokio::task::spawn_blocking(move || edit(&text)).await;
                let text = text.unwrap_or_else(|error| Err(error.to_string()));
                self.tell(Event::Edited { ticket, text });
            }
            Effect::Suspend => {
                // A stopped process writes nothing.
                self.store.settle().await;
                suspend();
            }
            _ => {}
        }
        Ok(())
    }

    fn in_background(&self, work: impl FnOnce() -> Event + Send + 'static) {
        let events = self.events.clone();
        tokio::task::spawn_blocking(move || {
            let _ = events.send(work());
        });
    }

    fn connect(&self, profile: Profile) {
        let (events, sandbox) = (self.events.clone(), self.sandbox.clone());
        tokio::spawn(async move {
            let account = if profile.is_sandbox() {
                let started = sandbox.get_or_try_init(start_sandbox).await;
                started.map(|sandbox| on_sandbox(profile.account, sandbox))
            } else {
                Ok(profile.account)
            };
            let account = account.map_err(|error| format!("the sandbox does not start: {error}"));
            let _ = events.send(Event::Connected {
                profile: profile.name,
                account,
            });
        });
    }

    fn send(&mut self, ticket: Ticket, profile: Profile, draft: Draft, outbox: Outbox) {
        let cancel = CancellationToken::new();
        self.sending = Some((ticket, cancel.clone()));
        let (events, sandbox) = (self.events.clone(), self.sandbox.clone());
        tokio::spawn(async move {
            // The command that gives the token can take as long as a person at a password.
            let ready = tokio::select! {
                ready = ready(profile, &sandbox) => ready,
                () = cancel.cancelled() => Err("cancelled before it began".to_owned()),
            };
            let sent = match ready {
                Ok((profile, token)) => {
                    let events = events.clone();
                    let told = move |progress| {
                        let step = step(progress);
                        let _ = events.send(Event::Trying { ticket, step });
                    };
                    let client = client(&profile).with_retries(Retries::new(told));
                    let line = Line {
                        client: &client,
                        profile: &profile,
                        token: &token,
                        cancel: &cancel,
                    };
                    outbox.send(line, &draft).await
                }
                Err(why) => Sent::NotTried(why),
            };
            let _ = events.send(Event::Answered {
                ticket,
                sent: Box::new(sent),
            });
        });
    }
}

async fn start_sandbox() -> io::Result<Sandbox> {
    Sandbox::start(([127, 0, 0, 1], 0).into(), Vec::new(), None).await
}

/// The account, at the running sandbox.
fn on_sandbox(account: Account, sandbox: &Sandbox) -> Account {
    let there = sandbox.account(account.gateway);
    Account {
        base_url: there.base_url,
        id_instance: there.id_instance,
        ..account
    }
}

/// The profile with its gateway's address, and its token.
async fn ready(
    mut profile: Profile,
    sandbox: &OnceCell<Sandbox>,
) -> Result<(Profile, Secret), String> {
    if profile.is_sandbox() {
        let sandbox = sandbox.get_or_try_init(start_sandbox).await;
        let sandbox = sandbox.map_err(|error| format!("the sandbox does not start: {error}"))?;
        profile.account = on_sandbox(profile.account, sandbox);
        return Ok((profile, sandbox.token()));
    }
    let token = profile
        .token
        .read()
        .await
        .map_err(|error| error.to_string())?;
    Ok((profile, token))
}

/// The client for a profile; it tries once.
fn client(profile: &Profile) -> Client {
    let ca_file = profile.trusted_ca(&|name| std::env::var_os(name));
    Client::new(profile.timeouts)
        .with_http_allowed(profile.allow_http)
        .with_ca_file(ca_file.as_deref())
}

fn step(progress: Progress) -> Step {
    match progress {
        Progress::Trying { attempt } => Step::Attempt(attempt),
        Progress::Waiting(wait) => Step::Wait(Wait {
            attempt: wait.attempt,
            of: wait.of,
            delay: wait.delay,
            reason: wait.reason,
        }),
    }
}

/// Lets the person edit a text in `$VISUAL` or `$EDITOR`.
fn edit(text: &str) -> Result<String, String> {
    let set = |name| {
        std::env::var(name)
            .ok()
            .filter(|value| !value.trim().is_empty())
    };
    let editor = set("VISUAL")
        .or_else(|| set("EDITOR"))
        .unwrap_or_else(|| "vi".to_owned());
    let words =
        shell_words::split(&editor).map_err(|error| format!("$EDITOR is {editor:?}: {error}"))?;
    let (program, arguments) = words.split_first().ok_or("$EDITOR is empty")?;
    let io_error = |error: io::Error| format!("the editor's file cannot be used: {error}");
    let mut file = tempfile::Builder::new()
        .prefix("wacompose-")
        .suffix(".txt")
        .tempfile()
        .map_err(io_error)?;
    file.write_all(text.as_bytes()).map_err(io_error)?;
    file.flush().map_err(io_error)?;
    let mut command = Command::new(program);
    withhold(&mut command);
    let status = command
        .args(arguments)
        .arg(file.path())
        .status()
        .map_err(|error| format!("{program} does not start: {error}; set $VISUAL or $EDITOR"))?;
    if !status.success() {
        return Err(format!(
            "{program} ended with {status}; the text stays as it was"
        ));
    }
    // Editors end a file with a line break; the text did not have it.
    let bytes = std::fs::read(file.path()).map_err(io_error)?;
    let edited = String::from_utf8(bytes)
        .map_err(|_| "the editor left a text that is not UTF-8; it was not taken".to_owned())?;
    let edited = edited.replace("\r\n", "\n");
    Ok(match edited.strip_suffix('\n') {
        Some(stripped) if !text.ends_with('\n') => stripped.to_owned(),
        _ => edited,
    })
}

/// Stops this job until the shell lets it go on.
#[cfg(unix)]
fn suspend() {
    use rustix::process::{Signal, kill_current_process_group};
    // A shell waits for the whole job: with `cargo run`, cargo stops too. One that does no job control
    // leaves the composer running.
    let _ = kill_current_process_group(Signal::TSTP);
}

#[cfg(not(unix))]
fn suspend() {}
