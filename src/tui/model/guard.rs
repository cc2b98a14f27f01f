//! What keeps keys from answering a question that nobody has read, and from writing into the message
//! what was meant for a question: keys pressed twice or held, and pastes without brackets.
//!
//! ```text
//! a question opens ── 300 ms, more for each Enter and character ──> it can be confirmed
//! Enter answers it ── Enters do nothing until none came for 300 ms ──> they count again
//! ```
//!
//! A key that is held repeats for the first time after up to a second: an Enter that comes in that time
//! waits a moment for the next ones. Two of them are one that was pressed twice, and more are none.

use std::mem::Discriminant;
use std::time::Duration;

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use crate::tui::dialog::{Modal, Subject};

/// How long a question is there before a key confirms it, and how long no Enter came before one counts.
pub const READING: Duration = Duration::from_millis(300);

/// What comes with a shorter gap is a burst: no person types it.
const BURST: Duration = Duration::from_millis(10);

/// Keys that were read together are taken in within this time of each other.
const TOGETHER: Duration = Duration::from_millis(5);

/// After this time a key that is held has repeated.
const FIRST_REPEAT: Duration = Duration::from_secs(1);

/// A key that is held repeats at least this often from then on.
const REPEAT: Duration = Duration::from_millis(120);

/// A dialog: its place in the stack, and its sort.
type Top = Option<(usize, (Discriminant<Modal>, Option<Discriminant<Subject>>))>;

/// An Enter that counts later, or never.
#[derive(Debug, Clone, Copy)]
struct Waiting {
    key: KeyEvent,
    due: Duration,
    /// Whether another one came: twice is a key that was pressed twice, and more is one that is held.
    is_twice: bool,
}

/// When which keys last came, and what follows from that.
#[derive(Debug, Clone, Default)]
pub struct Guard {
    /// The dialog on top.
    top: Top,
    /// Whether it is a question.
    asks: bool,
    /// When it can be confirmed, if it cannot yet.
    opens: Option<Duration>,
    /// Until when Enters do nothing.
    quiet: Option<Duration>,
    /// When the last Enter opened or answered a dialog or came too early for one, if no other key came
    /// since.
    acted: Option<Duration>,
    /// An Enter that may be a held key's first repetition, and when it counts.
    waiting: Option<Waiting>,
    /// When what was refused can be sent another way, if it cannot yet.
    offers: Option<Duration>,
    /// When the last key came.
    last: Option<Duration>,
    /// When the last character was typed.
    typed: Option<Duration>,
    /// When the key that ends the composer last came.
    left: Option<Duration>,
    /// When that key counts, as it may be held.
    quit: Option<Duration>,
    /// Whether a letter closed a question, so that what came together with it is not for the message.
    closed: bool,
}

/// Whether a key is Enter, whatever the terminal makes of it.
fn is_enter(key: KeyEvent) -> bool {
    match key.code {
        KeyCode::Enter => true,
        KeyCode::Char('j' | 'm') => key.modifiers.contains(KeyModifiers::CONTROL),
        _ => false,
    }
}

fn is_character(key: KeyEvent) -> bool {
    matches!(key.code, KeyCode::Char(_))
        && !key
            .modifiers
            .intersects(KeyModifiers::CONTROL | KeyModifiers::ALT)
}

impl Guard {
    /// Whether a key counts. One that does not is gone, or is had from [`Self::take_waiting`] later.
    pub fn admits(&mut self, key: KeyEvent, now: Duration) -> bool {
        let last = self.last.replace(now);
        self.closed &= last.is_some_and(|last| now < last + TOGETHER);
        if self.closed && (is_enter(key) || is_character(key)) {
            return false;
        }
        if is_enter(key) {
            return self.admits_enter(key, now);
        }
        // Whoever pressed another key does not hold Enter.
        (self.acted, self.quiet) = (None, None);
        if is_character(key) {
            self.typed = Some(now);
            self.interrupted(now);
        }
        true
    }

    fn admits_enter(&mut self, key: KeyEvent, now: Duration) -> bool {
        let is_held = key.kind == KeyEventKind::Repeat && (self.asks || self.acted.is_some());
        let is_held = match self.waiting.take() {
            Some(waiting) if !waiting.is_twice => {
                self.waiting = Some(Waiting {
                    due: now + REPEAT,
                    is_twice: true,
                    ..waiting
                });
                return false;
            }
            waiting => is_held || waiting.is_some(),
        };
        let is_quiet = self.quiet.is_some_and(|until| now < until);
        if is_quiet || is_held {
            self.quiet = Some(now + READING);
            self.interrupted(now);
            self.acted = Some(now);
            return false;
        }
        let is_pasted = self.typed.is_some_and(|typed| now < typed + BURST);
        if self.asks && (self.opens.is_some() || is_pasted) {
            self.interrupted(now);
            self.acted = Some(now);
            return false;
        }
        if self.acted.is_some_and(|acted| now < acted + FIRST_REPEAT) {
            self.waiting = Some(Waiting {
                key,
                due: now + REPEAT,
                is_twice: false,
            });
            return false;
        }
        self.acted = None;
        true
    }

    /// The Enter that waited, once it counts: its time has come, or another key.
    pub fn take_waiting(&mut self, next: Option<KeyEvent>, now: Duration) -> Option<KeyEvent> {
        let Waiting { key, due, .. } = self.waiting?;
        let is_other = next.is_some_and(|next| !is_enter(next));
        if now < due && !is_other {
            return None;
        }
        self.waiting = None;
        let begins_burst = is_other && self.last.is_some_and(|last| now < last + BURST);
        (!begins_burst).then_some(key)
    }

    /// Time has passed.
    pub fn pass(&mut self, now: Duration) {
        self.opens = self.opens.filter(|&at| now < at);
        self.quiet = self.quiet.filter(|&until| now < until);
        self.offers = self.offers.filter(|&at| now < at);
    }

    /// Something has happened; perhaps another dialog is on top since, or a message is being sent.
    pub fn look(&mut self, modals: &[Modal], key: Option<KeyEvent>, sends: bool, now: Duration) {
        let key = key.filter(|key| key.kind != KeyEventKind::Release);
        let modal = modals.last();
        let top = modal.map(|modal| (modals.len(), modal.sort()));
        let is_other = top != self.top;
        let mut is_sudden = false;
        if is_other {
            // What was meant for a question that went away is not for the message.
            is_sudden = self.asks && key.is_none();
            let closed = self.asks && top.is_none();
            self.top = top;
            self.asks = modal.is_some_and(Modal::asks);
            self.opens = self.asks.then_some(now + READING);
            self.waiting = None;
            self.closed = closed && key.is_some_and(is_character);
        }
        let is_entered = is_other && key.is_some_and(is_enter);
        // What another key than Enter sends leaves no Enter behind that was meant for it.
        let is_sent = sends && key.is_none_or(is_enter);
        // A dialog that takes a text is written into at once.
        if is_sent || is_sudden || is_entered && (self.asks || top.is_none()) {
            self.quiet = Some(now + READING);
        }
        if is_entered {
            self.acted = Some(now);
        }
    }

    /// A text was pasted into the message or a dialog: it is no key that is held.
    pub fn pasted(&mut self) {
        (self.acted, self.quiet) = (None, None);
    }

    /// Something came that is not for the question on top: it is there from now on.
    pub fn interrupted(&mut self, now: Duration) {
        self.quit = None;
        if self.asks {
            self.opens = Some(now + READING);
        }
    }

    /// Whether the key that ends the composer answers the question that it asked before. One that may
    /// be held answers a moment later, unless it comes again; see [`Self::takes_quit`].
    pub fn quits(&mut self, now: Duration) -> bool {
        let last = self.left.replace(now);
        let Some(last) = last.filter(|&last| now < last + FIRST_REPEAT) else {
            self.quit = None;
            return true;
        };
        let is_held = self.quit.take().is_some() || now < last + REPEAT;
        self.quit = (!is_held).then_some(now + REPEAT);
        false
    }

    /// Whether that key, which waited, answers now.
    pub fn takes_quit(&mut self, now: Duration) -> bool {
        self.quit.take_if(|due| now >= *due).is_some()
    }

    /// Whether the question on top can be confirmed.
    pub fn is_open(&self) -> bool {
        self.opens.is_none()
    }

    /// What was refused can be sent another way from now on, once that was read.
    pub fn offered(&mut self, now: Duration) {
        self.offers = Some(now + READING);
    }

    /// Whether what was refused can be sent another way.
    pub fn is_offered(&self) -> bool {
        self.offers.is_none()
    }

    /// Whether it is sent another way now. A key that comes too early makes it later.
    pub fn takes_offer(&mut self, now: Duration) -> bool {
        self.offers.replace(now + READING).is_none()
    }

    /// When something changes by itself.
    pub fn next_wake(&self) -> Option<Duration> {
        let waiting = self.waiting.map(|waiting| waiting.due);
        self.opens
            .into_iter()
            .chain(self.offers)
            .chain(waiting)
            .chain(self.quit)
            .min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    const ENTER: KeyCode = KeyCode::Enter;

    fn question() -> Vec<Modal> {
        vec![Modal::ask(Subject::ReplaceDraft)]
    }

    /// Presses keys at times in milliseconds, on a question that opened at 0 by a key that is not
    /// Enter; which ones count, once all of them came and two seconds passed.
    fn counted(keys: &[(u64, KeyCode)]) -> Vec<u64> {
        let mut guard = Guard::default();
        guard.look(&question(), None, false, Duration::ZERO);
        play(&mut guard, &question(), keys)
    }

    fn play(guard: &mut Guard, modals: &[Modal], keys: &[(u64, KeyCode)]) -> Vec<u64> {
        let mut counted = Vec::new();
        let mut at_enter = 0;
        for &(at, code) in keys {
            let key = KeyEvent::new(code, KeyModifiers::NONE);
            let now = Duration::from_millis(at);
            guard.pass(now);
            if guard.take_waiting(Some(key), now).is_some() {
                counted.push(at_enter);
            }
            if guard.admits(key, now) {
                counted.push(at);
            } else if code == ENTER {
                at_enter = at;
            }
            guard.look(modals, Some(key), false, now);
        }
        let end = Duration::from_secs(20);
        if guard.take_waiting(None, end).is_some() {
            counted.push(at_enter);
        }
        counted
    }

    #[rstest]
    #[case::at_once(&[(0, ENTER)], &[])]
    #[case::just_too_early(&[(299, ENTER)], &[])]
    #[case::once_it_was_read(&[(300, ENTER)], &[300])]
    #[case::twice_too_early(&[(200, ENTER), (310, ENTER)], &[])]
    #[case::held_since_before(&[(30, ENTER), (160, ENTER), (290, ENTER), (420, ENTER), (700, ENTER)], &[])]
    #[case::patient_after_all(&[(200, ENTER), (500, ENTER)], &[500])]
    #[case::after_a_letter(&[(400, KeyCode::Char('語')), (450, ENTER)], &[400])]
    #[case::well_after_a_letter(&[(400, KeyCode::Char('á')), (700, ENTER)], &[400, 700])]
    #[case::a_paste(&[(900, KeyCode::Char('D')), (901, KeyCode::Char('e')), (902, ENTER)], &[900, 901])]
    #[case::an_arrow(&[(400, KeyCode::Left), (401, ENTER)], &[400, 401])]
    fn on_a_question(#[case] keys: &[(u64, KeyCode)], #[case] expected: &[u64]) {
        assert_eq!(counted(keys), expected);
    }

    /// After an Enter at 0 that answered a question, in the message.
    #[rstest]
    #[case::twice(&[(80, ENTER)], &[])]
    #[case::again_and_again(&[(200, ENTER), (450, ENTER), (700, ENTER)], &[])]
    #[case::held(&[(500, ENTER), (530, ENTER), (560, ENTER), (590, ENTER)], &[])]
    #[case::held_long_before_it_repeats(&[(660, ENTER), (700, ENTER), (740, ENTER)], &[])]
    #[case::held_slowly(&[(400, ENTER), (490, ENTER), (580, ENTER)], &[])]
    #[case::meant(&[(500, ENTER)], &[500])]
    #[case::meant_and_pressed_twice(&[(500, ENTER), (580, ENTER)], &[580])]
    #[case::meant_before_a_letter(&[(500, ENTER), (590, KeyCode::Char('a'))], &[500, 590])]
    #[case::a_letter(&[(20, KeyCode::Char('語'))], &[20])]
    #[case::after_a_letter(&[(40, KeyCode::Char('a')), (60, ENTER)], &[40, 60])]
    #[case::after_a_key(&[(40, KeyCode::Tab), (41, ENTER)], &[40, 41])]
    #[case::later(&[(1200, ENTER), (1230, ENTER)], &[1200, 1230])]
    fn after_an_answer(#[case] keys: &[(u64, KeyCode)], #[case] expected: &[u64]) {
        let mut guard = Guard::default();
        guard.look(&question(), None, false, Duration::ZERO);
        let enter = KeyEvent::new(ENTER, KeyModifiers::NONE);
        guard.look(&[], Some(enter), true, Duration::ZERO);
        assert_eq!(play(&mut guard, &[], keys), expected);
    }

    /// A question that an Enter opened, which may still be held.
    #[rstest]
    #[case::held(&[(500, ENTER), (540, ENTER), (580, ENTER)], &[])]
    #[case::meant(&[(500, ENTER)], &[500])]
    #[case::meant_and_pressed_twice(&[(500, ENTER), (501, ENTER)], &[501])]
    fn on_a_question_that_enter_opened(#[case] keys: &[(u64, KeyCode)], #[case] expected: &[u64]) {
        let mut guard = Guard::default();
        let enter = KeyEvent::new(ENTER, KeyModifiers::NONE);
        guard.look(&question(), Some(enter), false, Duration::ZERO);
        assert_eq!(play(&mut guard, &question(), keys), expected);
    }

    /// Where the terminal tells which keys are held.
    #[test]
    fn repetitions_that_are_told() {
        let mut guard = Guard::default();
        guard.look(&question(), None, false, Duration::ZERO);
        let now = Duration::from_secs(5);
        guard.pass(now);
        let held = KeyEvent::new_with_kind(ENTER, KeyModifiers::NONE, KeyEventKind::Repeat);
        assert!(!guard.admits(held, now));
    }

    /// A paste whose first letter cancels the question: the rest of it is not for the message.
    #[test]
    fn the_rest_of_a_burst_that_closed_a_question() {
        let first = KeyCode::Char('C');
        let mut guard = Guard::default();
        guard.look(&question(), None, false, Duration::ZERO);
        let at = Duration::from_millis;
        let press = |guard: &mut Guard, code, time| {
            guard.pass(at(time));
            guard.admits(KeyEvent::new(code, KeyModifiers::NONE), at(time))
        };
        assert!(press(&mut guard, first, 400));
        let key = KeyEvent::new(first, KeyModifiers::NONE);
        guard.look(&[], Some(key), false, at(400));
        assert!(!press(&mut guard, KeyCode::Char('a'), 401));
        assert!(!press(&mut guard, ENTER, 405));
        assert!(press(&mut guard, KeyCode::F(2), 406), "no part of a text");
        assert!(!press(&mut guard, KeyCode::Char('語'), 410));
        assert!(press(&mut guard, KeyCode::Char('語'), 415));
    }
}
