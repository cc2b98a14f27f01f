//! Carries out what the state asks for: the one file of the screen that uses the client, the
//! sandbox and the file system.

mod clipboard;
mod editor;
mod files;
mod last_open;
mod outbox;
mod picture;
mod question;
mod store;
mod twin;
mod unwritten;

use std::io;
use std::sync::Arc;

#[cfg(unix)]
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::{Mutex, OnceCell, mpsc::UnboundedSender};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use self::outbox::{Line, Outbox};
use self::store::StoreThread;
pub use self::store::{Left, StoreSettings};
use super::effect::{Effect, Ticket};
use super::event::{Event, Sent, Step, Wait};
use crate::client::{Client, Progress, Recall, Retries};
use crate::config::Profile;
use crate::message::Draft;
use crate::sandbox::Sandbox;
use crate::secret::Secret;
use crate::store::Origin;

/// What carries effects out, and what it keeps for that.
pub struct Effects {
    events: UnboundedSender<Event>,
    sandbox: Arc<OnceCell<Sandbox>>,
    /// What is being sent, and how to stop it.
    sending: Vec<(Ticket, Stops, JoinHandle<()>)>,
    saves: Arc<Mutex<()>>,
    /// The picture that is being loaded, and how to stop it.
    loading: Option<(Ticket, CancellationToken)>,
    store: StoreThread,
}

/// The ways to stop what is being sent.
#[derive(Debug, Clone, Default)]
struct Stops {
    /// It is wanted back, if nothing of it was written.
    back: CancellationToken,
    /// Its answer is not waited for.
    give_up: CancellationToken,
}

impl Effects {
    /// Results come as events.
    pub fn new(events: UnboundedSender<Event>, store: StoreSettings) -> Self {
        Self {
            store: StoreThread::start(store, events.clone()),
            events,
            sandbox: Arc::default(),
            sending: Vec::new(),
            saves: Arc::default(),
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
                twice,
                from,
            } => {
                // Asked for now: the draft may be left before the message is under way.
                let origin = from.map(|from| self.store.origin(*from));
                let hand = self.store.hand();
                let outbox = Outbox {
                    hand,
                    events: self.events.clone(),
                    file,
                    again,
                    twice,
                    origin: None,
                    ticket,
                };
                self.send(*profile, *draft, origin, outbox);
            }
            Effect::Cancel(ticket) => self.stop(ticket, |stops| &stops.back),
            Effect::GiveUp(ticket) => self.stop(ticket, |stops| &stops.give_up),
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
            Effect::Copy { text, what } => {
                let events = self.events.clone();
                tokio::spawn(async move {
                    let copied = clipboard::copy(text).await;
                    let _ = events.send(Event::Copied { what, copied });
                });
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
                let text = tokio::task::spawn_blocking(move || editor::edit(&text)).await;
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
                started.map(|sandbox| sandbox.host(profile.account))
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

    fn stop(&self, ticket: Ticket, how: impl Fn(&Stops) -> &CancellationToken) {
        let mut sending = self.sending.iter();
        if let Some((_, stops, _)) = sending.find(|(under_way, ..)| *under_way == ticket) {
            how(stops).cancel();
        }
    }

    fn send(
        &mut self,
        profile: Profile,
        draft: Draft,
        origin: Option<impl Future<Output = Option<Origin>> + Send + 'static>,
        mut outbox: Outbox,
    ) {
        let ticket = outbox.ticket;
        self.sending.retain(|(.., work)| !work.is_finished());
        let stops = Stops::default();
        let own = stops.clone();
        let (events, sandbox) = (self.events.clone(), self.sandbox.clone());
        let work = tokio::spawn(async move {
            // The command that gives the token can take as long as a person at a password.
            let ready = tokio::select! {
                ready = ready(profile, &sandbox) => ready,
                () = stops.back.cancelled() => Err("cancelled before it began".to_owned()),
                () = stops.give_up.cancelled() => Err("cancelled before it began".to_owned()),
            };
            let (profile, token) = match ready {
                Ok(ready) => ready,
                Err(why) => {
                    let sent = Box::new(Sent::NotTried(why));
                    let _ = events.send(Event::Answered { ticket, sent });
                    return;
                }
            };
            let told = {
                let events = events.clone();
                move |step| drop(events.send(Event::Trying { ticket, step }))
            };
            let told_too = told.clone();
            let written = move || told(Step::Written);
            let client = client(&profile)
                .with_retries(Retries::new(move |progress| told_too(step(progress))))
                .with_recall(Some(Recall::new(stops.back.clone(), written)));
            let line = Line {
                client: &client,
                profile: &profile,
                token: &token,
                cancel: &stops.give_up,
                back: &stops.back,
            };
            let hand = outbox.hand.clone();
            if let Some(origin) = origin {
                outbox.origin = origin.await;
            }
            let done = match outbox.send(line, &draft).await {
                Ok(done) => done,
                Err(twin) => {
                    let _ = events.send(Event::SentBefore { ticket, twin });
                    return;
                }
            };
            let _ = events.send(Event::Answered {
                ticket,
                sent: Box::new(done.sent),
            });
            if let Some(id) = done.in_doubt {
                question::follow(line, (ticket, id), &hand, &events).await;
            }
        });
        self.sending.push((ticket, own, work));
    }
}

async fn start_sandbox() -> io::Result<Sandbox> {
    Sandbox::start(([127, 0, 0, 1], 0).into(), Vec::new(), None).await
}

/// The profile with its gateway's address, and its token.
async fn ready(
    mut profile: Profile,
    sandbox: &OnceCell<Sandbox>,
) -> Result<(Profile, Secret), String> {
    if profile.is_sandbox() {
        let sandbox = sandbox.get_or_try_init(start_sandbox).await;
        let sandbox = sandbox.map_err(|error| format!("the sandbox does not start: {error}"))?;
        profile.account = sandbox.host(profile.account);
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
