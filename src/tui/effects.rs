//! Carries out what the state asks for: the one file of the screen that uses the client, the
//! sandbox and the file system.

mod clipboard;
mod editor;
mod files;
mod last_open;
mod picture;
mod question;
mod send;
mod store;

use std::io;
use std::sync::Arc;

#[cfg(unix)]
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::{Mutex, mpsc::UnboundedSender};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use self::store::StoreThread;
pub use self::store::{Left, StoreSettings};
use super::effect::{Effect, Ticket};
use super::event::Event;
use crate::config::Profile;
use crate::dispatch::{Connections, Stops, Turns};
use crate::failure::Failure;

/// What carries effects out, and what it keeps for that.
pub struct Effects {
    events: UnboundedSender<Event>,
    connections: Connections,
    /// What is being sent, and how to stop it.
    sending: Vec<(Ticket, Hold, JoinHandle<()>)>,
    turns: Turns,
    saves: Arc<Mutex<()>>,
    /// The picture that is being loaded, and how to stop it.
    loading: Option<(Ticket, CancellationToken)>,
    store: StoreThread,
}

/// What a message that is being sent can be told.
struct Hold {
    /// How to stop it.
    stops: Stops,
    /// Has one that is held go.
    release: Option<CancellationToken>,
}

impl Effects {
    /// Results come as events.
    pub fn new(events: UnboundedSender<Event>, store: StoreSettings) -> Self {
        Self {
            store: StoreThread::start(store, events.clone()),
            events,
            connections: Connections::default(),
            sending: Vec::new(),
            turns: Turns::default(),
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
            effect @ Effect::Send { .. } => self.send(effect),
            Effect::Cancel(ticket) => self.stop(ticket, |hold| Some(&hold.stops.back)),
            Effect::GiveUp(ticket) => self.stop(ticket, |hold| Some(&hold.stops.give_up)),
            Effect::Release(ticket) => self.stop(ticket, |hold| hold.release.as_ref()),
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
                let text = text.unwrap_or_else(|error| Err(error.into()));
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
        let (events, connections) = (self.events.clone(), self.connections.clone());
        tokio::spawn(async move {
            let account = connections.account(&profile).await;
            let _ = events.send(Event::Connected {
                profile: profile.name,
                account: account.map_err(Failure::from),
            });
        });
    }

    fn stop(&self, ticket: Ticket, how: impl Fn(&Hold) -> Option<&CancellationToken>) {
        let mut sending = self.sending.iter();
        let hold = sending.find(|(under_way, ..)| *under_way == ticket);
        if let Some(token) = hold.and_then(|(_, hold, _)| how(hold)) {
            token.cancel();
        }
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
