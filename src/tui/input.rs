//! What comes from the terminal: the runtime watches it, and [`Reader`] makes events of its bytes.
//!
//! No thread stands between a key and the state, and nothing wakes while no key comes. The bytes are
//! read here and not by crossterm, since only whoever reads knows what came together.

pub mod burst;
pub mod decoder;

use std::collections::VecDeque;
use std::io;
use std::time::{Duration, Instant};

use crossterm::event::Event as TermEvent;

use self::burst::Bursts;
use self::decoder::{Decoder, Piece};
use super::event::Event;

/// The most bytes that one look reads; what is left is read by the next one.
const BUFFER: usize = 64 * 1024;

/// What there is to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ready {
    /// Something came, or is due: read it.
    Keys,
    /// The terminal has another size.
    Resized,
    /// The terminal is gone.
    Ended,
}

/// Watches the terminal's input.
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

    /// Waits until there is something to do, at the latest until `due`.
    ///
    /// # Errors
    /// When the terminal cannot be watched any more.
    pub async fn ready(&mut self, due: Option<Instant>) -> io::Result<Ready> {
        tokio::select! {
            ready = self.terminal.readable() => {
                let mut ready = ready?;
                let ended = ready.ready().is_read_closed();
                // Everything is read before the next wait, so what comes from here on wakes again.
                ready.clear_ready();
                Ok(if ended { Ready::Ended } else { Ready::Keys })
            }
            _ = self.resized.recv() => Ok(Ready::Resized),
            () = super::until(due) => Ok(Ready::Keys),
        }
    }
}

/// Reads the terminal. It is kept when another program has the terminal: what was read already comes
/// after it.
#[derive(Debug)]
pub struct Reader {
    begin: Instant,
    decoder: Decoder,
    bursts: Bursts,
    pieces: Vec<Piece>,
    events: VecDeque<TermEvent>,
    buffer: Vec<u8>,
}

impl Default for Reader {
    fn default() -> Self {
        Self {
            begin: Instant::now(),
            decoder: Decoder::default(),
            bursts: Bursts::default(),
            pieces: Vec::new(),
            events: VecDeque::new(),
            buffer: vec![0; 4096],
        }
    }
}

impl Reader {
    /// What the terminal has sent already; `None` when that is all.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn next_event(&mut self) -> io::Result<Option<Event>> {
        if self.events.is_empty() && !self.read()? {
            return Ok(Some(Event::Terminated));
        }
        Ok(self.events.pop_front().map(Event::Term))
    }

    /// When there is something though nothing more comes.
    pub fn due(&self) -> Option<Instant> {
        self.bursts.due().map(|due| self.begin + due)
    }

    /// Reads all that is there; whether the terminal is.
    fn read(&mut self) -> io::Result<bool> {
        let (mut bytes, mut is_there) = (Vec::new(), true);
        while bytes.len() < BUFFER && has_input()? {
            match read(&mut self.buffer) {
                Ok(0) => is_there = false,
                Ok(count) => bytes.extend_from_slice(&self.buffer[..count]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            }
            if !is_there {
                break;
            }
        }
        let now = self.begin.elapsed();
        if bytes.is_empty() {
            self.bursts.release(now, &mut self.events);
        } else {
            self.take(&bytes, now);
        }
        Ok(is_there || !self.events.is_empty())
    }

    fn take(&mut self, bytes: &[u8], now: Duration) {
        // More was there before the gap was seen to have passed: nobody knows since when.
        self.bursts.keep_open(now);
        self.decoder.feed(bytes, &mut self.pieces);
        let mut text = String::new();
        for piece in self.pieces.drain(..) {
            match piece {
                Piece::Text(c) => text.push(c),
                Piece::Event(event) => {
                    if !text.is_empty() {
                        self.bursts.text(&text, now, &mut self.events);
                        text.clear();
                    }
                    self.bursts.event(event, &mut self.events);
                }
            }
        }
        if !text.is_empty() {
            self.bursts.text(&text, now, &mut self.events);
        }
    }
}

/// Whether the terminal has sent something that was not read.
#[cfg(unix)]
fn has_input() -> io::Result<bool> {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};

    let stdin = io::stdin();
    let mut look = [PollFd::new(&stdin, PollFlags::IN)];
    let at_once = Timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    match poll(&mut look, Some(&at_once)) {
        Ok(ready) => Ok(ready > 0),
        Err(rustix::io::Errno::INTR) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Reads past the buffer of the standard library, which would keep what nobody asks for.
#[cfg(unix)]
fn read(buffer: &mut [u8]) -> io::Result<usize> {
    match rustix::io::read(io::stdin(), buffer) {
        // A terminal that was hung up has ended.
        Err(rustix::io::Errno::IO) => Ok(0),
        read => Ok(read?),
    }
}
