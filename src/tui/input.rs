//! What comes from the terminal: the runtime watches it, crossterm reads it.
//!
//! No thread stands between a key and the state, and nothing wakes while no key comes.

use std::io;
use std::time::Duration;

use crossterm::event::{poll, read};

use super::event::Event;

/// How long to look for what is there already. A time-out of zero would not even look at what was
/// read together with the last event.
const LOOK: Duration = Duration::from_micros(10);

/// What there is to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ready {
    /// Something came: read it.
    Keys,
    /// The terminal has another size.
    Resized,
    /// The terminal is gone.
    Ended,
}

/// The terminal's input.
#[cfg(unix)]
#[derive(Debug)]
pub struct Input {
    terminal: tokio::io::unix::AsyncFd<io::Stdin>,
    resized: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Input {
    /// Begins to watch the terminal; from here on changes of its size are reported.
    ///
    /// # Errors
    /// When it cannot be watched.
    pub fn open() -> io::Result<Self> {
        use tokio::io::Interest;
        use tokio::io::unix::AsyncFd;
        use tokio::signal::unix::{SignalKind, signal};

        let resized = signal(SignalKind::window_change())?;
        #[expect(
            deprecated,
            reason = "its successor is unsafe for descriptors that may be closed; standard input is not"
        )]
        let terminal = AsyncFd::with_interest(io::stdin(), Interest::READABLE)?;
        Ok(Self { terminal, resized })
    }

    /// Waits until there is something to do.
    ///
    /// # Errors
    /// When the terminal cannot be watched any more.
    pub async fn ready(&mut self) -> io::Result<Ready> {
        tokio::select! {
            ready = self.terminal.readable() => {
                let mut ready = ready?;
                let ended = ready.ready().is_read_closed();
                // Everything is read before the next wait, so what comes from here on wakes again.
                ready.clear_ready();
                Ok(if ended { Ready::Ended } else { Ready::Keys })
            }
            _ = self.resized.recv() => Ok(Ready::Resized),
        }
    }
}

/// What the terminal has sent, after [`Ready::Keys`]: it is there, so that this look ends at once
/// unless only a part of a key has come.
///
/// # Errors
/// When it cannot be read.
pub fn first() -> io::Result<Option<Event>> {
    if poll(Duration::from_millis(2))? {
        return read().map(|event| Some(Event::Term(event)));
    }
    Ok(None)
}

/// What else the terminal has sent already.
///
/// # Errors
/// When it cannot be read.
pub fn next() -> io::Result<Option<Event>> {
    // Twice: whoever is put to sleep for as long as the first look takes has not looked at all.
    if poll(LOOK)? || poll(LOOK)? {
        return read().map(|event| Some(Event::Term(event)));
    }
    Ok(None)
}
