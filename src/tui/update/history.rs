//! The history: what was sent, searched and scrolled, and what its keys do.

use super::{clipboard, doubt, files, findings, focus, keep, outline, quote, send, status};
use crate::failure::Failure;
use crate::tui::{layout, pane};

use crate::tui::model::history::{PAGE, Wanted};
use crossterm::event::KeyEvent;

use crate::message::Field;
use crate::message::inline::shortened;
use crate::secret::MASK;
use crate::store::{Entry, PageFrom, SendId, SendState, Sent};
use crate::tui::action::Action;
use crate::tui::dialog::question::Then;
use crate::tui::dialog::{Content, Dialog, Modal, Page};
use crate::tui::effect::{Effect, Ticket};
use crate::tui::focus::Focus;
use crate::tui::keep::{Ask, Why};
use crate::tui::model::toast::Tone;
use crate::tui::model::{Model, View};
use crate::tui::widget::comparison::Comparison;
use crate::tui::widget::field::{Field as Editor, Response};

/// The outcomes that the list can be limited to.
const FILTERS: [Option<SendState>; 7] = [
    None,
    Some(SendState::Accepted),
    Some(SendState::Rejected),
    Some(SendState::NotSent),
    Some(SendState::Unknown),
    Some(SendState::Held),
    Some(SendState::Sending),
];

/// Shows the history, from its newest message on.
pub fn show_history(model: &mut Model) -> Vec<Effect> {
    model.view = View::History;
    model.history.marked.clear();
    model.history.quotes = false;
    read_history(model, PageFrom::Newest)
}

/// Opens it to choose the message that is quoted.
pub fn choose_quote(model: &mut Model) -> Vec<Effect> {
    let effects = show_history(model);
    model.history.quotes = true;
    effects
}

/// Reads from somewhere. What is being read meanwhile is not taken then.
pub fn read_history(model: &mut Model, from: PageFrom) -> Vec<Effect> {
    read_page(model, Wanted { from, stays: false })
}

pub fn read_page(model: &mut Model, wanted: Wanted) -> Vec<Effect> {
    if !model.keeping.is_on() {
        return Vec::new();
    }
    if model.history.asked.is_some() {
        model.history.next = Some(wanted);
        return Vec::new();
    }
    let ticket = model.ticket();
    model.history.asked = Some((ticket, wanted));
    vec![Effect::Store(Ask::Page {
        ticket,
        search: model.history.search.text(),
        state: model.history.filter,
        from: wanted.from,
        at_most: PAGE,
    })]
}

/// Reads what the selection comes near to.
pub fn read_ahead(model: &mut Model) -> Vec<Effect> {
    let history = &model.history;
    if !model.view.lists_sends() || history.asked.is_some() || history.failed.is_some() {
        return Vec::new();
    }
    let wanted = history.wanted();
    wanted.map_or_else(Vec::new, |from| read_history(model, from))
}

/// A page was read.
pub fn page_read(
    model: &mut Model,
    ticket: Ticket,
    page: Result<Vec<Entry>, Failure>,
) -> Vec<Effect> {
    let asked = model.history.asked.take_if(|(asked, _)| *asked == ticket);
    let Some((_, wanted)) = asked else {
        return Vec::new();
    };
    if let Some(next) = model.history.next.take() {
        return read_page(model, next);
    }
    match page {
        Ok(page) => {
            model.history.failed = None;
            model.history.take(wanted, page);
        }
        Err(why) => model.history.failed = Some(why),
    }
    fit_history(model);
    let mut effects = read_ahead(model);
    effects.extend(peek(model));
    effects
}

/// Reads the marked message, where it is shown beside the list and is not that one yet.
pub fn peek(model: &mut Model) -> Vec<Effect> {
    let is_shown = layout::regions(model)
        .is_some_and(|screen| pane::history::places(&screen).message.width > 0);
    let history = &mut model.history;
    let Some(id) = history.chosen().map(|entry| entry.id) else {
        return Vec::new();
    };
    let is_known = history
        .peeked
        .as_ref()
        .is_some_and(|sent| sent.entry.id == id);
    if !is_shown || !model.view.lists_sends() || is_known || history.peeking.is_some() {
        return Vec::new();
    }
    history.peeking = Some(id);
    vec![Effect::Store(Ask::Peek(id))]
}

/// The marked message was read; another one may be marked by now.
pub fn peeked(model: &mut Model, id: SendId, sent: Option<Box<Sent>>) -> Vec<Effect> {
    let history = &mut model.history;
    if history.peeking != Some(id) {
        return Vec::new();
    }
    history.peeking = None;
    let is_marked = history.chosen().is_some_and(|entry| entry.id == id);
    let is_there = sent.is_some();
    history.peeked = sent;
    if is_marked && !is_there {
        return Vec::new();
    }
    peek(model)
}

/// Something else is known of a message in the list.
pub fn entry_changed(model: &mut Model, entry: Entry) {
    findings::mark_settled(model, &entry);
    let mut entries = model.history.entries.iter_mut();
    if let Some(old) = entries.find(|old| old.id == entry.id) {
        *old = entry;
    }
}

/// A message was sent: whoever looks at the newest ones sees it. What they selected stays so.
pub fn refresh_history(model: &mut Model) -> Vec<Effect> {
    let history = &model.history;
    if !model.view.lists_sends() {
        return Vec::new();
    }
    if history.is_leaving() {
        // What was being read may be without it.
        let coming = history.coming();
        return coming.map_or_else(Vec::new, |wanted| read_page(model, wanted));
    }
    if history.newer != Some(0) || history.top != 0 {
        return Vec::new();
    }
    read_page(
        model,
        Wanted {
            from: PageFrom::Newest,
            stays: true,
        },
    )
}

/// Fits the list to the screen.
pub fn fit_history(model: &mut Model) {
    let Some(screen) = layout::regions(model) else {
        return;
    };
    let places = pane::history::places(&screen);
    model.history.fit(usize::from(places.list.height));
    model.history.search.resize(places.search.width, 1);
}

/// Takes the last change of the search back, or makes it again: what is composed is not seen here.
pub fn undo_in_history(model: &mut Model, again: bool) -> Vec<Effect> {
    let step = if again { Editor::redo } else { Editor::undo };
    if step(&mut model.history.search) == Response::Ignored {
        outline::say_nothing_to_undo(model, again);
        return Vec::new();
    }
    read_history(model, PageFrom::Newest)
}

/// A text for the search.
pub fn paste_in_history(model: &mut Model, text: &str) -> Vec<Effect> {
    model.history.search.insert(text, model.now);
    read_history(model, PageFrom::Newest)
}

/// Selects another message, by so many.
pub fn step_history(model: &mut Model, by: isize) -> Vec<Effect> {
    model.history.step(by);
    fit_history(model);
    let mut effects = read_ahead(model);
    effects.extend(peek(model));
    effects
}

/// A click selects a message; one on the selected one shows it.
pub fn click_history(model: &mut Model, row: usize) -> Vec<Effect> {
    if model.history.selected == row {
        return look(model, Why::Show);
    }
    model.history.selected = row;
    step_history(model, 0)
}

pub fn go_to_end(model: &mut Model, from: PageFrom) -> Vec<Effect> {
    let (is_there, by) = match from {
        PageFrom::Newest => (model.history.newer == Some(0), isize::MIN / 2),
        _ => (model.history.is_at_end, isize::MAX / 2),
    };
    if is_there && !model.history.is_leaving() {
        step_history(model, by)
    } else {
        read_history(model, from)
    }
}

pub fn turn_filter(model: &mut Model, back: bool) -> Vec<Effect> {
    let next = crate::tui::model::composer::turn(&FILTERS, model.history.filter, back);
    model.history.filter = next;
    read_history(model, PageFrom::Newest)
}

pub fn mark(model: &mut Model) -> Vec<Effect> {
    let Some(id) = model.history.chosen().map(|entry| entry.id) else {
        return Vec::new();
    };
    let marked = &mut model.history.marked;
    match marked.iter().position(|&one| one == id) {
        Some(at) => {
            marked.remove(at);
        }
        None => marked.push(id),
    }
    match marked.len() {
        1 => model.toast("Marked: mark another one to compare them", Tone::Info),
        2 => return compare_marked(model),
        _ => {}
    }
    Vec::new()
}

pub fn compare_marked(model: &mut Model) -> Vec<Effect> {
    if let [one, other] = model.history.marked[..] {
        model.history.marked.clear();
        // The older one is on the left.
        let ids = [one.min(other), one.max(other)];
        return vec![Effect::Store(Ask::Compare(ids))];
    }
    model.toast("Mark two messages to compare them", Tone::Info);
    Vec::new()
}

pub fn look(model: &Model, why: Why) -> Vec<Effect> {
    let id = model.history.chosen().map(|entry| entry.id);
    let ask = id.map(|id| Effect::Store(Ask::Look { id, why }));
    ask.into_iter().collect()
}

pub fn resolve(model: &mut Model, entry: Entry) -> Vec<Effect> {
    if entry.state == SendState::Unknown {
        return doubt::ask_about_one(model, entry);
    }
    model.toast("It is known what became of this one", Tone::Info);
    Vec::new()
}

/// A message was read for something.
pub fn looked_at(model: &mut Model, why: Why, sent: Box<Sent>) -> Vec<Effect> {
    match why {
        Why::Show => {
            let page = Page::new(Content::Sent(sent), model.answers);
            model.modals.push(Modal::Page(page));
        }
        Why::Again => doubt::again_looked_at(model, sent),
        Why::Draft => compose_again(model, sent),
        Why::Send => {
            compose_again(model, sent);
            // What may be lost is asked first.
            if model.modals.is_empty() {
                // Problems are this message's from now on.
                findings::examine(model);
                return send::ask_to_send(model);
            }
        }
        Why::Curl => return copy_sent_curl(&sent),
        Why::Quote => quote::quote(model, &sent),
    }
    Vec::new()
}

pub fn compose_again(model: &mut Model, sent: Box<Sent>) {
    if model.would_lose_changes() {
        files::ask_to_discard(model, Then::Again(sent));
    } else {
        compose_sent(model, &sent);
    }
}

pub fn compose_sent(model: &mut Model, sent: &Sent) {
    model.view = View::Compose;
    files::load(model, sent.draft.clone(), None);
    // Another number is typed over it; the same one stays where something else is done.
    focus::focus_on(model, Focus::Edit(Field::To));
    clipboard::select_all(model);
    keep::keep_as_it_is(model);
    let (now, then) = (&model.profile().name, &sent.entry.profile);
    if now == then {
        model.toast("A new draft, as it was sent", Tone::Good);
    } else {
        let words = format!("A new draft, as it was sent through {then}; {now} is in use now");
        model.toast(words, Tone::Info);
    }
}

/// Two messages were read, to be compared.
pub fn compared(model: &mut Model, both: &[Sent; 2]) {
    let titles = both.each_ref().map(|sent| {
        let entry = &sent.entry;
        format!("{} · {}", entry.started_local, entry.profile)
    });
    let texts = both
        .each_ref()
        .map(|sent| shortened(&sent.request.to_http(MASK)).into_owned());
    let comparison = Comparison::new(titles, [&texts[0], &texts[1]]);
    model.modals.push(Modal::Compare(Box::new(comparison)));
}

/// A key for a page, which is off the stack.
pub fn page_key(
    model: &mut Model,
    mut page: Page,
    action: Option<Action>,
    key: KeyEvent,
) -> Vec<Effect> {
    let effects = match (&page.content, action) {
        (Content::Sent(sent), Some(Action::SendAgain)) => {
            compose_again(model, sent.clone());
            return Vec::new();
        }
        (Content::Sent(sent), Some(Action::Resolve)) => return resolve(model, sent.entry.clone()),
        (Content::Sent(sent), Some(Action::CopyId)) => {
            clipboard::copy_message_id(model, sent.entry.message_id.clone())
        }
        (Content::Sent(sent), Some(Action::CopyCurl)) => copy_sent_curl(sent),
        (Content::Queue { .. }, Some(Action::ClearQueue)) => {
            status::ask_to_clear_queue(model);
            return Vec::new();
        }
        _ => Vec::new(),
    };
    page.key(&model.look(), key);
    model.modals.push(Modal::Page(page));
    effects
}

fn copy_sent_curl(sent: &Sent) -> Vec<Effect> {
    let what = "the curl command, the token masked";
    vec![Effect::copy(sent.request.to_curl(MASK), what)]
}
