//! The history: what was sent, searched and scrolled, and what its keys do.

mod window;

use crossterm::event::{KeyCode, KeyEvent};

use self::window::Wanted;
pub use self::window::{History, PAGE, WINDOW};
use super::toast::Tone;
use super::{App, View};
use crate::failure::Failure;
use crate::message::inline::shortened;
use crate::secret::MASK;
use crate::store::{Entry, PageFrom, SendState, Sent};
use crate::tui::action::Action;
use crate::tui::effect::{Effect, Ticket};
use crate::tui::keep::{Ask, Why};
use crate::tui::modal::{self, Modal, Page, Then};
use crate::tui::pane;
use crate::tui::widget::comparison::Comparison;
use crate::tui::widget::field::{Field, Response};

/// The outcomes that the list can be limited to.
const FILTERS: [Option<SendState>; 6] = [
    None,
    Some(SendState::Accepted),
    Some(SendState::Rejected),
    Some(SendState::NotSent),
    Some(SendState::Unknown),
    Some(SendState::Sending),
];

impl App {
    /// Shows the history, from its newest message on.
    pub(super) fn show_history(&mut self) -> Vec<Effect> {
        self.view = View::History;
        self.history.marked.clear();
        self.read_history(PageFrom::Newest)
    }

    /// Reads from somewhere. What is being read meanwhile is not taken then.
    fn read_history(&mut self, from: PageFrom) -> Vec<Effect> {
        self.read_page(Wanted { from, stays: false })
    }

    fn read_page(&mut self, wanted: Wanted) -> Vec<Effect> {
        if !self.keeping.is_on() {
            return Vec::new();
        }
        if self.history.asked.is_some() {
            self.history.next = Some(wanted);
            return Vec::new();
        }
        let ticket = self.ticket();
        self.history.asked = Some((ticket, wanted));
        vec![Effect::Store(Ask::Page {
            ticket,
            search: self.history.search.text(),
            state: self.history.filter,
            from: wanted.from,
            at_most: PAGE,
        })]
    }

    /// Reads what the selection comes near to.
    pub(super) fn read_ahead(&mut self) -> Vec<Effect> {
        let history = &self.history;
        if self.view != View::History || history.asked.is_some() || history.failed.is_some() {
            return Vec::new();
        }
        let wanted = history.wanted();
        wanted.map_or_else(Vec::new, |from| self.read_history(from))
    }

    /// A page was read.
    pub(super) fn page_read(
        &mut self,
        ticket: Ticket,
        page: Result<Vec<Entry>, Failure>,
    ) -> Vec<Effect> {
        let asked = self.history.asked.take_if(|(asked, _)| *asked == ticket);
        let Some((_, wanted)) = asked else {
            return Vec::new();
        };
        if let Some(next) = self.history.next.take() {
            return self.read_page(next);
        }
        match page {
            Ok(page) => {
                self.history.failed = None;
                self.history.take(wanted, page);
            }
            Err(why) => self.history.failed = Some(why),
        }
        self.fit_history();
        self.read_ahead()
    }

    /// Something else is known of a message in the list.
    pub(super) fn entry_changed(&mut self, entry: Entry) {
        self.mark_settled(&entry);
        let mut entries = self.history.entries.iter_mut();
        if let Some(old) = entries.find(|old| old.id == entry.id) {
            *old = entry;
        }
    }

    /// A message was sent: whoever looks at the newest ones sees it. What they selected stays so.
    pub(super) fn refresh_history(&mut self) -> Vec<Effect> {
        let history = &self.history;
        if self.view != View::History {
            return Vec::new();
        }
        if history.is_leaving() {
            // What was being read may be without it.
            let coming = history.coming();
            return coming.map_or_else(Vec::new, |wanted| self.read_page(wanted));
        }
        if history.newer != Some(0) || history.top != 0 {
            return Vec::new();
        }
        self.read_page(Wanted {
            from: PageFrom::Newest,
            stays: true,
        })
    }

    /// Fits the list to the screen.
    pub(super) fn fit_history(&mut self) {
        let Some(screen) = self.screen() else { return };
        let places = pane::history::places(&screen);
        self.history.fit(usize::from(places.list.height));
        self.history.search.resize(places.search.width, 1);
    }

    // ---------------------------------------------------------------- keys

    /// What an action means in the history; what it does not know brings the composer back.
    pub(super) fn perform_in_history(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::NextField => self.turn_filter(false),
            Action::PreviousField => self.turn_filter(true),
            Action::Close if self.sending.is_some() => self.cancel(),
            Action::Close if !self.history.search.is_empty() => {
                self.history.search = Field::new("", false);
                self.read_history(PageFrom::Newest)
            }
            Action::Close | Action::Compose => {
                self.view = View::Compose;
                Vec::new()
            }
            Action::Undo | Action::Redo => self.undo_in_history(action == Action::Redo),
            Action::History => self.show_history(),
            Action::ScrollUp => self.step_history(-5),
            Action::ScrollDown => self.step_history(5),
            Action::Mark => self.mark(),
            Action::Compare => self.compare_marked(),
            Action::SendAgain => self.look(Why::Draft),
            Action::Send if self.history.chosen().is_none() => {
                self.toast("No message is selected", Tone::Info);
                Vec::new()
            }
            Action::Send => self.look(Why::Send),
            Action::CopyCurl => self.look(Why::Curl),
            Action::CopyId => match self.history.chosen() {
                Some(entry) => {
                    let id = entry.message_id.clone();
                    self.copy_message_id(id)
                }
                None => Vec::new(),
            },
            Action::Resolve => match self.history.chosen().cloned() {
                Some(entry) => self.resolve(entry),
                None => Vec::new(),
            },
            Action::Palette
            | Action::Help
            | Action::Quit
            | Action::Suspend
            | Action::Drafts
            | Action::AskState
            | Action::Queue
            | Action::ClearQueue => self.perform_composing(action),
            _ => {
                self.view = View::Compose;
                self.perform_composing(action)
            }
        }
    }

    /// A key that is no action.
    pub(super) fn history_key(&mut self, key: KeyEvent) -> Vec<Effect> {
        let screen = self.screen();
        let page = screen.map_or(1, |screen| pane::history::places(&screen).list.height);
        let page = isize::try_from(page.saturating_sub(1).max(1)).unwrap_or(1);
        match key.code {
            KeyCode::Up => self.step_history(-1),
            KeyCode::Down => self.step_history(1),
            KeyCode::PageUp => self.step_history(-page),
            KeyCode::PageDown => self.step_history(page),
            KeyCode::Home => self.go_to_end(PageFrom::Newest),
            KeyCode::End => self.go_to_end(PageFrom::Oldest),
            KeyCode::Enter => self.look(Why::Show),
            _ => {
                let now = self.now;
                if self.history.search.key(key, now) == Response::Changed {
                    return self.read_history(PageFrom::Newest);
                }
                Vec::new()
            }
        }
    }

    /// Takes the last change of the search back, or makes it again: what is composed is not seen here.
    fn undo_in_history(&mut self, again: bool) -> Vec<Effect> {
        let step = if again { Field::redo } else { Field::undo };
        if step(&mut self.history.search) == Response::Ignored {
            self.say_nothing_to_undo(again);
            return Vec::new();
        }
        self.read_history(PageFrom::Newest)
    }

    /// A text for the search.
    pub(super) fn paste_in_history(&mut self, text: &str) -> Vec<Effect> {
        self.history.search.insert(text, self.now);
        self.read_history(PageFrom::Newest)
    }

    /// Selects another message, by so many.
    pub(super) fn step_history(&mut self, by: isize) -> Vec<Effect> {
        self.history.step(by);
        self.fit_history();
        self.read_ahead()
    }

    /// A click selects a message; one on the selected one shows it.
    pub(super) fn click_history(&mut self, row: usize) -> Vec<Effect> {
        if self.history.selected == row {
            return self.look(Why::Show);
        }
        self.history.selected = row;
        self.step_history(0)
    }

    fn go_to_end(&mut self, from: PageFrom) -> Vec<Effect> {
        let (is_there, by) = match from {
            PageFrom::Newest => (self.history.newer == Some(0), isize::MIN / 2),
            _ => (self.history.is_at_end, isize::MAX / 2),
        };
        if is_there && !self.history.is_leaving() {
            self.step_history(by)
        } else {
            self.read_history(from)
        }
    }

    fn turn_filter(&mut self, back: bool) -> Vec<Effect> {
        let next = super::composer::turn(&FILTERS, self.history.filter, back);
        self.history.filter = next;
        self.read_history(PageFrom::Newest)
    }

    fn mark(&mut self) -> Vec<Effect> {
        let Some(id) = self.history.chosen().map(|entry| entry.id) else {
            return Vec::new();
        };
        let marked = &mut self.history.marked;
        match marked.iter().position(|&one| one == id) {
            Some(at) => {
                marked.remove(at);
            }
            None => marked.push(id),
        }
        match marked.len() {
            1 => self.toast("Marked: mark another one to compare them", Tone::Info),
            2 => return self.compare_marked(),
            _ => {}
        }
        Vec::new()
    }

    fn compare_marked(&mut self) -> Vec<Effect> {
        if let [one, other] = self.history.marked[..] {
            self.history.marked.clear();
            // The older one is on the left.
            let ids = [one.min(other), one.max(other)];
            return vec![Effect::Store(Ask::Compare(ids))];
        }
        self.toast("Mark two messages to compare them", Tone::Info);
        Vec::new()
    }

    fn look(&self, why: Why) -> Vec<Effect> {
        let id = self.history.chosen().map(|entry| entry.id);
        let ask = id.map(|id| Effect::Store(Ask::Look { id, why }));
        ask.into_iter().collect()
    }

    fn resolve(&mut self, entry: Entry) -> Vec<Effect> {
        if entry.state == SendState::Unknown {
            return self.ask_about_one(entry);
        }
        self.toast("It is known what became of this one", Tone::Info);
        Vec::new()
    }

    // ---------------------------------------------------------------- one message

    /// A message was read for something.
    pub(super) fn looked_at(&mut self, why: Why, sent: Box<Sent>) -> Vec<Effect> {
        match why {
            Why::Show => {
                let page = Page::Sent(sent);
                self.modals.push(Modal::Page { page, scroll: 0 });
            }
            Why::Again => self.again_looked_at(sent),
            Why::Draft => self.compose_again(sent),
            Why::Send => {
                self.compose_again(sent);
                // What may be lost is asked first.
                if self.modals.is_empty() {
                    // Problems are this message's from now on.
                    self.examine();
                    return self.ask_to_send();
                }
            }
            Why::Curl => return copy_sent_curl(&sent),
        }
        Vec::new()
    }

    fn compose_again(&mut self, sent: Box<Sent>) {
        if self.would_lose_changes() {
            self.ask_to_discard(Then::Again(sent));
        } else {
            self.compose_sent(&sent);
        }
    }

    pub(super) fn compose_sent(&mut self, sent: &Sent) {
        self.view = View::Compose;
        self.load(sent.draft.clone(), None);
        self.keep_as_it_is();
        let (now, then) = (&self.profile().name, &sent.entry.profile);
        if now == then {
            self.toast("A new draft, as it was sent", Tone::Good);
        } else {
            let words = format!("A new draft, as it was sent through {then}; {now} is in use now");
            self.toast(words, Tone::Info);
        }
    }

    fn copy_message_id(&mut self, id: Option<String>) -> Vec<Effect> {
        let Some(id) = id else {
            self.toast("This one has no message id", Tone::Info);
            return Vec::new();
        };
        vec![Effect::copy(id.clone(), &id)]
    }

    /// Two messages were read, to be compared.
    pub(super) fn compared(&mut self, both: &[Sent; 2]) {
        let titles = both.each_ref().map(|sent| {
            let entry = &sent.entry;
            format!("{} · {}", entry.started_local, entry.profile)
        });
        let texts = both
            .each_ref()
            .map(|sent| shortened(&sent.request.to_http(MASK)).into_owned());
        let comparison = Comparison::new(titles, [&texts[0], &texts[1]]);
        self.modals.push(Modal::Compare(Box::new(comparison)));
    }

    /// A key for a page, which is off the stack.
    pub(super) fn page_key(
        &mut self,
        page: Page,
        scroll: usize,
        action: Option<Action>,
        key: KeyEvent,
    ) -> Vec<Effect> {
        let effects = match (&page, action) {
            (Page::Sent(sent), Some(Action::SendAgain)) => {
                self.compose_again(sent.clone());
                return Vec::new();
            }
            (Page::Sent(sent), Some(Action::Resolve)) => return self.resolve(sent.entry.clone()),
            (Page::Sent(sent), Some(Action::CopyId)) => {
                self.copy_message_id(sent.entry.message_id.clone())
            }
            (Page::Sent(sent), Some(Action::CopyCurl)) => copy_sent_curl(sent),
            (Page::Queue { .. }, Some(Action::ClearQueue)) => {
                self.ask_to_clear_queue();
                return Vec::new();
            }
            _ => Vec::new(),
        };
        let height = modal::page_height(self.size);
        let last = modal::page_rows(self, &page).saturating_sub(height);
        let by = height.saturating_sub(1);
        let scroll = match key.code {
            KeyCode::Up => scroll.saturating_sub(1),
            KeyCode::Down => scroll + 1,
            KeyCode::PageUp => scroll.saturating_sub(by),
            KeyCode::PageDown | KeyCode::Char(' ') => scroll + by,
            KeyCode::Home => 0,
            KeyCode::End => last,
            _ => scroll,
        };
        let scroll = scroll.min(last);
        self.modals.push(Modal::Page { page, scroll });
        effects
    }
}

fn copy_sent_curl(sent: &Sent) -> Vec<Effect> {
    let what = "the curl command, the token masked";
    vec![Effect::copy(sent.request.to_curl(MASK), what)]
}
