//! Where the keys go: moves between the rows of the form, the tabs and the problems.

use crate::message::Field;
use crate::message::outline::Item;
use crate::tui::focus::{Focus, Heading};
use crate::tui::layout::{self, RowKind};
use crate::tui::model::composer::turn;
use crate::tui::model::toast::Tone;
use crate::tui::model::{Model, Tab};
use crate::tui::pane;
use crate::tui::widget::field::Response;

/// How far Page Up and Page Down go.
const PAGE: usize = 10;

/// To the row above or below: to the same column of a row of its sort, else to its first place.
pub fn step_row(model: &mut Model, up: bool) {
    let rows = layout::rows(&model.composer);
    let Some(here) = rows
        .iter()
        .position(|row| row.stops().contains(&model.focus))
    else {
        return;
    };
    let current = rows[here];
    let column = current.stops().iter().position(|&stop| stop == model.focus);
    let item = model
        .focus
        .item()
        .filter(|_| matches!(model.focus, Focus::Item(_)));
    let is_of_item =
        |row: &RowKind| item.is_some() && row.stops().iter().all(|stop| stop.item() == item);
    let target = if up {
        rows[..here].iter().rev().find(|row| !is_of_item(row))
    } else {
        rows[here + 1..].iter().find(|row| !is_of_item(row))
    };
    let Some(&target) = target else { return };
    let stops = target.stops();
    let focus = match column {
        Some(column) if target.is_like(current) => stops[column],
        // From a section to its entries and back, an item stays one.
        _ => match stops[0].item().filter(|_| item.is_some()) {
            Some(item) => Focus::Item(item),
            None => stops[0],
        },
    };
    focus_on(model, focus);
}

pub fn select_problem(model: &mut Model, by: isize) {
    let last = model.problem_list().count().saturating_sub(1);
    model.selected_problem = model.selected_problem.saturating_add_signed(by).min(last);
    let Some(screen) = layout::regions(model) else {
        return;
    };
    let rows = pane::problems::rows_of(model, model.selected_problem, screen.pane.width);
    keep_in_view(model, rows);
}

/// Scrolls the right-hand side to these rows: the first one, and one past the last.
pub fn keep_in_view(model: &mut Model, (top, bottom): (usize, usize)) {
    let height = layout::pane_height(model);
    // Of an entry that is taller than the pane, the beginning is what matters.
    model.scroll = model.scroll.max(bottom.saturating_sub(height)).min(top);
}

/// Page Up and Page Down: within an outline between its items, else between the rows of the form.
pub fn step_page(model: &mut Model, up: bool) {
    let places = alike(model);
    let Some(here) = places.iter().position(|&place| place == model.focus) else {
        return (0..PAGE).for_each(|_| step_row(model, up));
    };
    let there = if up {
        here.saturating_sub(PAGE)
    } else {
        (here + PAGE).min(places.len() - 1)
    };
    focus_on(model, places[there]);
}

/// To the first or the last item of the outline; from a text to the same text of that one.
pub fn step_to_end(model: &mut Model, first: bool) {
    let places = alike(model);
    let place = if first { places.first() } else { places.last() };
    if let Some(&place) = place {
        focus_on(model, place);
    }
}

/// The outline's places like the one that has the focus: of a text the same text of each item of its
/// sort, else the items.
fn alike(model: &Model) -> Vec<Focus> {
    let rows = layout::rows(&model.composer);
    let here = rows.iter().find(|row| row.stops().contains(&model.focus));
    let column = here.and_then(|row| row.stops().iter().position(|&stop| stop == model.focus));
    let (Some(here), Some(column)) = (here.copied(), column) else {
        return Vec::new();
    };
    let is_text = matches!(model.focus, Focus::Edit(_));
    let places = rows.iter().filter_map(|row| {
        let stops = row.stops();
        match stops.first()?.item() {
            Some(_) if is_text => row.is_like(here).then(|| stops[column]),
            item => item.map(Focus::Item),
        }
    });
    let mut places: Vec<Focus> = places.collect();
    // An item may take several rows.
    places.dedup();
    places
}

/// Moves the focus; a place that this message does not have is the choice of its kind.
pub fn focus_on(model: &mut Model, focus: Focus) {
    let focus = model.composer.settle(focus);
    let is_there = focus == Focus::Pane || layout::stops(model).contains(&focus);
    let focus = if is_there { focus } else { Focus::Kind };
    if focus != Focus::Edit(Field::To) {
        model.recipients.close();
    }
    if focus != model.focus {
        model.touched.leave(model.focus);
    }
    model.focus = focus;
    if focus != Focus::Pane {
        model.find.is_typing = false;
        model.last_field = focus;
    }
    if let Some(field) = focus.field() {
        model.composer.open(field);
    }
}

/// Goes to the recipient, which is typed over.
pub fn select_recipient(model: &mut Model) {
    focus_on(model, Focus::Edit(Field::To));
    model.composer.edit(Field::To, |editor| {
        editor.select_all();
        Response::Moved
    });
}

/// Where a message is begun: its text, or what a reply selects.
pub fn focus_on_first(model: &mut Model) {
    let is_reply = model.draft().message.kind().is_reply();
    focus_on(
        model,
        if is_reply {
            Focus::Heading(Heading::Selected)
        } else {
            Focus::TEXT
        },
    );
}

/// To the first text of the message's kind; of a reply, to what it selects.
pub fn focus_on_first_text(model: &mut Model) {
    let kind = model.draft().message.kind();
    match kind.texts().first() {
        Some(&field) if !kind.is_reply() => focus_on(model, Focus::Edit(field)),
        _ => focus_on_first(model),
    }
}

/// Goes to the message's text, or where it has none to the first text from here on.
pub fn focus_on_text(model: &mut Model) {
    let stops = layout::stops(model);
    let here = stops.iter().position(|&stop| stop == model.focus);
    let mut after = stops.iter().skip(here.unwrap_or(0));
    let focus = if stops.contains(&Focus::TEXT) {
        Focus::TEXT
    } else {
        *after.find(|stop| stop.is_text()).unwrap_or(&Focus::Kind)
    };
    focus_on(model, focus);
}

/// Shows a tab; where only one side is seen, that side comes to the front.
pub fn show(model: &mut Model, tab: Tab) {
    if model.tab != tab {
        model.tab = tab;
        model.scroll = 0;
    }
    if layout::is_narrow(model) {
        focus_on(model, Focus::Pane);
    }
}

/// Puts the focus where it was in the form, or on the nearest place that still is.
pub fn back_to_form(model: &mut Model) {
    let stops = layout::stops(model);
    let nearest = [model.last_field, Focus::TEXT, Focus::Kind];
    let focus = nearest.into_iter().find(|focus| stops.contains(focus));
    focus_on(model, focus.unwrap_or(Focus::Kind));
}

/// Tab: a product or row has no stop of its own but its texts; the arrows go to it. Ids have one while
/// they are wanted.
pub fn step_focus(model: &mut Model, back: bool) {
    let mut stops = layout::stops(model);
    let has_ids = model.composer.shows_ids();
    stops.retain(|&stop| {
        let passed = matches!(stop, Focus::Item(Item::Entry(..))) || stop.is_id() && !has_ids;
        stop == model.focus || !passed
    });
    stops.push(Focus::Pane);
    let next = turn(&stops, model.focus, back);
    focus_on(model, next);
}

pub fn next_problem(model: &mut Model) {
    model.touched.show_all();
    let mut places: Vec<Focus> = Vec::new();
    for problem in &model.findings.problems {
        let focus = Focus::of_field(problem.field);
        if !places.contains(&focus) {
            places.push(focus);
        }
    }
    let here = places.iter().position(|&place| place == model.focus);
    let next = match here {
        Some(here) => places.get(here + 1),
        None => {
            let here = model.focus.place();
            places.iter().find(|place| place.place() > here)
        }
    };
    match next.or(places.first()) {
        Some(&focus) => jump_to(model, focus),
        None => model.toast("No problems", Tone::Good),
    }
}

/// Goes to the selected problem's field.
pub fn jump_to_problem(model: &mut Model) {
    let field = model
        .problem_list()
        .nth(model.selected_problem)
        .map(|problem| problem.field);
    if let Some(field) = field {
        jump_to(model, Focus::of_field(field));
    }
}

/// Goes to the first problem's field.
pub fn fix(model: &mut Model) {
    let first = model
        .findings
        .problems
        .iter()
        .min_by_key(|problem| problem.severity);
    if let Some(field) = first.map(|problem| problem.field) {
        jump_to(model, Focus::of_field(field));
    }
}

pub fn jump_to(model: &mut Model, focus: Focus) {
    model.composer.reveal(focus);
    focus_on(model, focus);
}

/// Scrolls the right-hand side; drawing stops at its end.
pub fn scroll_pane(model: &mut Model, by: isize) {
    let last = pane::rows(model).saturating_sub(layout::pane_height(model));
    model.scroll = model.scroll.saturating_add_signed(by).min(last);
}
