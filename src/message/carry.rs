//! What the kinds of message have in common, and how it goes over when a message becomes one of
//! another kind: its text, its footer, the line above it, and what is chosen from.
//!
//! What the new kind has no place for stays where it was: nothing is taken out of the old message.

use super::{
    Action, Button, Buttons, Field, Kind, List, Message, Poll, Row, RowSection, SelectedPart,
};

/// The texts that go over; those of one line are one text, whatever it is called.
const TEXTS: [&[Field]; 6] = [
    &[Field::Header, Field::Title],
    &[Field::Text],
    &[Field::Footer],
    &[Field::MenuButton],
    &[Field::Selected(SelectedPart::Id)],
    &[Field::Selected(SelectedPart::Text)],
];

/// Something to choose from: a button that replies, a list's row, or a poll's option, which has no id.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Choice {
    id: Option<String>,
    text: String,
}

impl Message {
    /// Takes what it has a place for from other messages, the newest first: each text from the first
    /// of them that has one, and what is chosen from as well.
    pub fn take_over<'a>(&mut self, others: &(impl Iterator<Item = &'a Self> + Clone)) {
        let text = |message: &Self, places: &[Field]| {
            let mut texts = places.iter().filter_map(|&place| message.text_at(place));
            texts.next().map(str::to_owned)
        };
        for places in TEXTS {
            let known = others.clone().find_map(|message| text(message, places));
            let place = places.iter().find(|&&place| self.text_at(place).is_some());
            if let (Some(known), Some(&place)) = (known, place)
                && let Some(own) = self.text_at_mut(place)
            {
                *own = known;
            }
        }
        let source = others.clone().find(|message| message.kind().room() > 0);
        if let Some(source) = source
            && source.kind() != self.kind()
        {
            let mut choices = source.choices();
            for choice in choices.iter_mut().filter(|choice| choice.id.is_none()) {
                let known = others.clone().flat_map(Self::choices);
                let mut known = known.filter(|known| known.id.is_some());
                let same = known.find(|known| known.text == choice.text);
                choice.id = same.and_then(|known| known.id);
            }
            self.take_choices(choices, source.kind().room());
        }
    }

    /// What a recipient of this message chooses from.
    fn choices(&self) -> Vec<Choice> {
        let choice = |id: Option<&str>, text: &str| Choice {
            id: id.map(str::to_owned),
            text: text.to_owned(),
        };
        match self {
            Self::Buttons(message) => {
                let buttons = message.buttons.iter().filter(|button| replies(button));
                let choices = buttons.map(|button| choice(Some(&button.id), &button.text));
                choices.collect()
            }
            Self::List(message) => {
                let rows = message.sections.iter().flat_map(|section| &section.rows);
                rows.map(|row| choice(Some(&row.id), &row.title)).collect()
            }
            Self::Poll(message) => {
                let options = message.options.iter();
                options.map(|option| choice(None, option)).collect()
            }
            Self::Text(_)
            | Self::Catalog(_)
            | Self::Template(_)
            | Self::ButtonReply(_)
            | Self::ListReply(_) => Vec::new(),
        }
    }

    /// Takes as many choices as there is room for. What this message has itself, and has no room in
    /// the other one, stays.
    fn take_choices(&mut self, mut choices: Vec<Choice>, room_there: usize) {
        let went_over = self.choices().len().min(room_there);
        choices.truncate(self.kind().room().max(went_over));
        if choices.is_empty() {
            return;
        }
        match self {
            Self::Buttons(Buttons { buttons, .. }) => {
                let own = vec![std::mem::take(buttons)];
                let merged = merge(own, choices, room_there, replies);
                *buttons = merged.into_iter().flatten().collect();
            }
            Self::List(List { sections, .. }) => {
                if sections.is_empty() {
                    sections.push(RowSection::default());
                }
                let rows = sections.iter_mut();
                let own = rows
                    .map(|section| std::mem::take(&mut section.rows))
                    .collect();
                let merged = merge(own, choices, room_there, |_| true);
                for (section, rows) in sections.iter_mut().zip(merged) {
                    section.rows = rows;
                }
            }
            Self::Poll(Poll { options, .. }) => {
                let own = vec![std::mem::take(options)];
                let merged = merge(own, choices, room_there, |_| true);
                *options = merged.into_iter().flatten().collect();
            }
            Self::Text(_)
            | Self::Catalog(_)
            | Self::Template(_)
            | Self::ButtonReply(_)
            | Self::ListReply(_) => {}
        }
    }
}

impl Kind {
    /// How many choices `WhatsApp` shows with a message of this kind; 0 where there are none.
    const fn room(self) -> usize {
        match self {
            Self::Buttons => 3,
            Self::List => 10,
            Self::Poll => 12,
            Self::Text | Self::Catalog | Self::Template | Self::ButtonReply | Self::ListReply => 0,
        }
    }
}

/// An item that a choice becomes.
trait Chosen: Default {
    fn id(&self) -> &str;
    fn text(&self) -> &str;
    fn set(&mut self, choice: Choice);
}

impl Chosen for Button {
    fn id(&self) -> &str {
        &self.id
    }

    fn text(&self) -> &str {
        &self.text
    }

    fn set(&mut self, choice: Choice) {
        if let Some(id) = choice.id {
            self.id = id;
        }
        self.text = choice.text;
    }
}

impl Chosen for Row {
    fn id(&self) -> &str {
        &self.id
    }

    fn text(&self) -> &str {
        &self.title
    }

    fn set(&mut self, choice: Choice) {
        if let Some(id) = choice.id {
            self.id = id;
        }
        self.title = choice.text;
    }
}

/// A poll's option.
impl Chosen for String {
    fn id(&self) -> &'static str {
        ""
    }

    fn text(&self) -> &str {
        self
    }

    fn set(&mut self, choice: Choice) {
        *self = choice.text;
    }
}

fn replies(button: &Button) -> bool {
    button.action == Action::Reply
}

impl Choice {
    /// Whether it was made of an item, or the item of it: their ids tell, or their texts where it has no id.
    fn is_of(&self, item: &impl Chosen) -> bool {
        match self.id.as_deref() {
            Some("") => false,
            Some(id) if !item.id().is_empty() => id == item.id(),
            _ => self.text == item.text(),
        }
    }
}

/// An item with the section that it is in, and its place there.
struct Placed<T> {
    item: T,
    section: usize,
    at: usize,
}

/// The items of sections with these choices in the place of those that went over to where the
/// choices come from: the first `room_there` that can. An item that a choice was made of, by its id,
/// its text where it has none, or else by its place, keeps whatever else it holds.
fn merge<T: Chosen>(
    own: Vec<Vec<T>>,
    choices: Vec<Choice>,
    room_there: usize,
    goes_over: impl Fn(&T) -> bool,
) -> Vec<Vec<T>> {
    let mut merged: Vec<Vec<T>> = own.iter().map(|_| Vec::new()).collect();
    let (mut moved, mut stays) = (Vec::new(), Vec::new());
    for (section, items) in own.into_iter().enumerate() {
        for (at, item) in items.into_iter().enumerate() {
            let is_moved = goes_over(&item) && moved.len() < room_there;
            let items = if is_moved { &mut moved } else { &mut stays };
            items.push(Some(Placed { item, section, at }));
        }
    }
    let all = choices.clone();
    let mut section = 0;
    for (place, mut choice) in choices.into_iter().enumerate() {
        let has_id = |placed: &Option<Placed<T>>| {
            let item = placed.as_ref().map(|placed| &placed.item);
            item.is_some_and(|item| choice.is_of(item))
        };
        // the one at the same place, unless it is another choice's
        let is_free = |&at: &usize| {
            let placed = moved.get(at).and_then(Option::as_ref);
            placed.is_some_and(|placed| !all.iter().any(|other| other.is_of(&placed.item)))
        };
        let from = moved.iter().position(has_id);
        let from = from.or_else(|| Some(place).filter(is_free));
        let mut item = match from.and_then(|from| moved.get_mut(from)?.take()) {
            Some(placed) => {
                section = placed.section;
                placed.item
            }
            None => {
                choice
                    .id
                    .get_or_insert_with(|| format!("option_{}", place + 1));
                T::default()
            }
        };
        item.set(choice);
        if let Some(items) = merged.get_mut(section) {
            items.push(item);
        }
    }
    for Placed { item, section, at } in stays.into_iter().flatten() {
        if let Some(items) = merged.get_mut(section) {
            items.insert(at.min(items.len()), item);
        }
    }
    merged
}
