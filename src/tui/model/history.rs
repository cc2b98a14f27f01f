//! The part of the history that is in memory: a window, which moves ahead of the selection.

use crate::failure::Failure;
use crate::store::{Entry, PageFrom, SendId, SendState, Sent};
use crate::tui::effect::Ticket;
use crate::tui::widget::field::Field;

/// Rows that are asked for at once.
pub const PAGE: usize = 300;
/// Rows that are in memory, at the most.
pub const WINDOW: usize = 5 * PAGE;
/// How near to an end of the window the selection may come before more is asked for.
const AHEAD: usize = 200;

/// The history as it is shown.
#[derive(Debug)]
pub struct History {
    /// What is looked for.
    pub search: Field,
    /// The outcome that the list is limited to.
    pub filter: Option<SendState>,
    /// The window, the newest first.
    pub entries: Vec<Entry>,
    /// The row of the window that is selected.
    pub selected: usize,
    /// The row of the window that is seen first.
    pub top: usize,
    /// Rows that are newer than the window, where that is known.
    pub newer: Option<usize>,
    /// Whether nothing is older than the window.
    pub is_at_end: bool,
    /// Whether anything was read.
    pub is_read: bool,
    /// Why it cannot be read.
    pub failed: Option<Failure>,
    /// What is marked, to be compared.
    pub marked: Vec<SendId>,
    /// The message that is shown beside the list.
    pub peeked: Option<Box<Sent>>,
    /// The one that is being read for that.
    pub(crate) peeking: Option<SendId>,
    /// Whether one is chosen to be quoted by the message in the form.
    pub quotes: bool,
    pub(crate) asked: Option<(Ticket, Wanted)>,
    /// What is wanted instead since that was asked.
    pub(crate) next: Option<Wanted>,
}

/// A page that is wanted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted {
    pub(crate) from: PageFrom,
    /// Whether the message that is selected stays so.
    pub(crate) stays: bool,
}

impl Default for History {
    fn default() -> Self {
        Self {
            search: Field::new("", false),
            filter: None,
            entries: Vec::new(),
            selected: 0,
            top: 0,
            newer: Some(0),
            is_at_end: false,
            is_read: false,
            failed: None,
            marked: Vec::new(),
            peeked: None,
            peeking: None,
            quotes: false,
            asked: None,
            next: None,
        }
    }
}

impl History {
    /// The message that is selected.
    pub fn chosen(&self) -> Option<&Entry> {
        self.entries.get(self.selected)
    }

    /// Selects another row, by so many.
    pub(crate) fn step(&mut self, by: isize) {
        let last = self.entries.len().saturating_sub(1);
        self.selected = self.selected.saturating_add_signed(by).min(last);
    }

    /// Keeps the selection in view.
    pub(crate) fn fit(&mut self, height: usize) {
        let height = height.max(1);
        let lowest = (self.selected + 1).saturating_sub(height);
        self.top = self.top.clamp(lowest, self.selected.max(lowest));
        self.top = self.top.min(self.entries.len().saturating_sub(height));
    }

    /// What has to be read so that the selection does not come to an end of the window.
    pub(crate) fn wanted(&self) -> Option<PageFrom> {
        if !self.is_read {
            return Some(PageFrom::Newest);
        }
        let below = self.entries.len().saturating_sub(self.selected);
        if !self.is_at_end && below <= AHEAD {
            return self.entries.last().map(|entry| PageFrom::Before(entry.id));
        }
        if self.newer != Some(0) && self.selected < AHEAD {
            return self.entries.first().map(|entry| PageFrom::After(entry.id));
        }
        None
    }

    /// What is under way, or comes after it.
    pub(crate) fn coming(&self) -> Option<Wanted> {
        let asked = self.asked.map(|(_, wanted)| wanted);
        self.next.or(asked)
    }

    /// Whether what comes is another list than the one that is shown.
    pub(crate) fn is_leaving(&self) -> bool {
        let coming = self.coming();
        coming.is_some_and(|wanted| {
            !wanted.stays && matches!(wanted.from, PageFrom::Newest | PageFrom::Oldest)
        })
    }

    pub(crate) fn take(&mut self, Wanted { from, stays }: Wanted, page: Vec<Entry>) {
        let is_last = page.len() < PAGE;
        match from {
            PageFrom::Newest => {
                self.is_at_end = is_last;
                self.newer = Some(0);
                let chosen = self.chosen().filter(|_| stays).map(|entry| entry.id);
                // One that is not listed any more has the next older one in its place.
                let place = chosen.map(|id| {
                    let same = page.iter().position(|entry| entry.id == id);
                    same.or_else(|| page.iter().position(|entry| entry.id <= id))
                });
                let last = page.len().saturating_sub(1);
                let top = self.top;
                self.start_with(page, place.map_or(0, |place| place.unwrap_or(last)));
                self.top = if stays { top } else { 0 };
            }
            PageFrom::Oldest => {
                self.is_at_end = true;
                self.newer = is_last.then_some(0);
                let last = page.len().saturating_sub(1);
                self.start_with(page, last);
            }
            PageFrom::Before(_) => {
                self.is_at_end = is_last;
                self.entries.extend(page);
                let over = self.entries.len().saturating_sub(WINDOW).min(self.selected);
                self.entries.drain(..over);
                self.selected -= over;
                self.top = self.top.saturating_sub(over);
                self.newer = self.newer.map(|newer| newer + over);
            }
            PageFrom::After(_) => {
                let added = page.len();
                let newer = self.newer.map(|newer| newer.saturating_sub(added));
                self.newer = if is_last { Some(0) } else { newer };
                self.entries.splice(0..0, page);
                self.selected += added;
                self.top += added;
                if self.entries.len() > WINDOW {
                    self.entries.truncate(WINDOW.max(self.selected + 1));
                    self.is_at_end = false;
                }
            }
        }
        self.is_read = true;
    }

    fn start_with(&mut self, page: Vec<Entry>, selected: usize) {
        self.entries = page;
        self.selected = selected;
        self.top = 0;
    }
}
