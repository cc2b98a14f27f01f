//! Text that comes faster than a person types: a terminal without bracketed paste sends what is
//! pasted as keys, line breaks as Enter.
//!
//! Two or more characters and a line break without a gap of [`GAP`] are one paste, and so are blank
//! lines that were read at once. A character that
//! comes alone is a key at once; only what comes together with others waits for the gap, since only
//! then it is known what it was.

use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

/// So long nothing has come when a burst is over.
pub const GAP: Duration = Duration::from_millis(10);

/// So long characters without a line break wait; then they are keys, whatever follows.
const PATIENCE: Duration = Duration::from_millis(50);

/// The most bytes of a burst that are one paste: 4 MiB. What follows is another one.
const MAX_BYTES: usize = 4 << 20;

/// Tells pastes from keys by when their characters came. Times are counted from any fixed moment.
#[derive(Debug, Default)]
pub struct Bursts {
    /// What came and is neither keys nor a paste yet.
    held: String,
    /// When the first of it came.
    since: Duration,
    /// When the last character came; `None` after anything else.
    last: Option<Duration>,
    /// How many characters came without a gap, line breaks and tabs aside: those in `held` too.
    characters: usize,
    /// Whether a line break came among them.
    has_break: bool,
}

impl Bursts {
    /// Takes in characters that were read at once, and adds the events that are certain.
    pub fn text(&mut self, text: &str, now: Duration, events: &mut impl Extend<Event>) {
        self.release(now, events);
        let follows = self.last.is_some_and(|last| now.saturating_sub(last) < GAP);
        if !follows {
            self.characters = 0;
            self.has_break = false;
        }
        if self.held.is_empty() {
            self.since = now;
        }
        self.last = Some(now);
        self.held.push_str(text);
        self.characters += text.chars().filter(|&c| !is_break(c) && c != '\t').count();
        self.has_break |= text.contains(is_break);
        let mut chars = self.held.chars();
        let is_single = chars.next().is_some() && chars.next().is_none();
        if is_single && !follows || self.held.len() > MAX_BYTES {
            self.give(events);
        }
    }

    /// Takes in something else, which ends what came before it.
    pub fn event(&mut self, event: Event, events: &mut impl Extend<Event>) {
        self.give(events);
        self.last = None;
        events.extend([event]);
    }

    /// Adds what was held, once nothing came for long enough.
    pub fn release(&mut self, now: Duration, events: &mut impl Extend<Event>) {
        if self.due().is_some_and(|due| due <= now) {
            self.give(events);
        }
    }

    /// When what is held has waited long enough.
    pub fn due(&self) -> Option<Duration> {
        let quiet = self.last.filter(|_| !self.held.is_empty())? + GAP;
        let is_keys = !self.has_break;
        Some(if is_keys {
            quiet.min(self.since + PATIENCE)
        } else {
            quiet
        })
    }

    /// Lets what comes next belong to what is held, however late it is looked at.
    pub fn keep_open(&mut self, now: Duration) {
        if !self.held.is_empty() {
            self.last = Some(now);
        }
    }

    fn give(&mut self, events: &mut impl Extend<Event>) {
        if self.held.is_empty() {
            return;
        }
        let held = std::mem::take(&mut self.held);
        // A terminal may send both for one Enter.
        let keys = held.replace("\r\n", "\r");
        let breaks = keys.chars().filter(|&c| is_break(c)).count();
        // Enter pressed twice can arrive at once; lines that are blank are pasted.
        let is_blank_lines = breaks >= 2 && held != "\r\r";
        if self.characters >= 2 && self.has_break || is_blank_lines {
            events.extend([Event::Paste(held)]);
        } else {
            events.extend(keys.chars().map(|c| Event::Key(key(c))));
        }
    }
}

const fn is_break(c: char) -> bool {
    matches!(c, '\r' | '\n')
}

/// The key that types a character.
fn key(c: char) -> KeyEvent {
    let (code, modifiers) = match c {
        '\r' => (KeyCode::Enter, KeyModifiers::NONE),
        '\n' => (KeyCode::Char('j'), KeyModifiers::CONTROL),
        '\t' => (KeyCode::Tab, KeyModifiers::NONE),
        c if c.is_uppercase() => (KeyCode::Char(c), KeyModifiers::SHIFT),
        c => (KeyCode::Char(c), KeyModifiers::NONE),
    };
    KeyEvent::new(code, modifiers)
}
