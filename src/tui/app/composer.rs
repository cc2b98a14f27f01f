//! The draft and the editors of its texts. The draft is the model; every editor writes into it.

use std::time::Duration;

use crate::message::{ActionKind, Button, Draft, Field as DraftField, Kind, Message};
use crate::tui::focus::Focus;
use crate::tui::widget::field::{Field, Response};

/// The draft that is being composed, with an editor for each of its texts.
#[derive(Debug, Clone)]
pub struct Composer {
    draft: Draft,
    /// What the message was as each of its other kinds, so that a change of kind and back loses
    /// nothing.
    aside: Vec<Message>,
    to: Field,
    header: Field,
    text: Field,
    footer: Field,
    buttons: Vec<ButtonFields>,
}

/// The editors of one button, and the values that its other actions had.
#[derive(Debug, Clone)]
struct ButtonFields {
    id: Field,
    text: Field,
    value: Field,
    values: Vec<(ActionKind, String)>,
}

impl ButtonFields {
    fn new(button: &Button) -> Self {
        Self {
            id: Field::new(&button.id, false),
            text: Field::new(&button.text, false),
            value: Field::new(button.action.value().unwrap_or_default(), false),
            values: Vec::new(),
        }
    }
}

impl Composer {
    /// Editors for a draft.
    pub fn new(draft: Draft) -> Self {
        let mut composer = Self {
            to: Field::new(&draft.to, false),
            header: Field::new("", false),
            text: Field::new("", true),
            footer: Field::new("", false),
            buttons: Vec::new(),
            aside: Vec::new(),
            draft,
        };
        composer.open_parts();
        composer
    }

    /// The draft as it is now.
    pub const fn draft(&self) -> &Draft {
        &self.draft
    }

    /// Makes the editors of the message from the draft.
    fn open_parts(&mut self) {
        if let Some(text) = self.draft.text_at(DraftField::Text)
            && text != self.text.text()
        {
            self.text = Field::new(text, true);
        }
        if let Some(footer) = self.draft.text_at(DraftField::Footer) {
            self.footer = Field::new(footer, false);
        }
        if let Message::Buttons(buttons) = &self.draft.message {
            self.header = Field::new(&buttons.header, false);
            self.buttons = buttons.buttons.iter().map(ButtonFields::new).collect();
        }
    }

    /// The editor that has the focus.
    pub fn field(&self, focus: Focus) -> Option<&Field> {
        if !self.has(focus) {
            return None;
        }
        match focus {
            Focus::To => Some(&self.to),
            Focus::Header => Some(&self.header),
            Focus::Text => Some(&self.text),
            Focus::Footer => Some(&self.footer),
            Focus::ButtonId(index) => self.buttons.get(index).map(|button| &button.id),
            Focus::ButtonText(index) => self.buttons.get(index).map(|button| &button.text),
            Focus::ButtonValue(index) => self.buttons.get(index).map(|button| &button.value),
            Focus::Kind | Focus::Buttons | Focus::Item(_) | Focus::Pane => None,
        }
    }

    /// Whether the message has such a text; those of buttons are asked for by their place.
    fn has(&self, focus: Focus) -> bool {
        place(focus).is_none_or(|place| self.draft.text_at(place).is_some())
    }

    fn field_mut(&mut self, focus: Focus) -> Option<&mut Field> {
        if !self.has(focus) {
            return None;
        }
        match focus {
            Focus::To => Some(&mut self.to),
            Focus::Header => Some(&mut self.header),
            Focus::Text => Some(&mut self.text),
            Focus::Footer => Some(&mut self.footer),
            Focus::ButtonId(index) => self.buttons.get_mut(index).map(|button| &mut button.id),
            Focus::ButtonText(index) => self.buttons.get_mut(index).map(|button| &mut button.text),
            Focus::ButtonValue(index) => {
                self.buttons.get_mut(index).map(|button| &mut button.value)
            }
            Focus::Kind | Focus::Buttons | Focus::Item(_) | Focus::Pane => None,
        }
    }

    /// Lets something happen to an editor, and takes what it changed into the draft.
    pub fn edit(&mut self, focus: Focus, edit: impl FnOnce(&mut Field) -> Response) -> Response {
        let Some(field) = self.field_mut(focus) else {
            return Response::Ignored;
        };
        let response = edit(field);
        if response == Response::Changed {
            let text = field.text();
            self.write(focus, text);
        }
        response
    }

    fn write(&mut self, focus: Focus, text: String) {
        if let Some(place) = place(focus) {
            if let Some(old) = self.draft.text_at_mut(place) {
                *old = text;
            }
            return;
        }
        match (&mut self.draft.message, focus) {
            (Message::Buttons(message), Focus::ButtonId(index)) => {
                message
                    .buttons
                    .get_mut(index)
                    .into_iter()
                    .for_each(|button| button.id.clone_from(&text));
            }
            (Message::Buttons(message), Focus::ButtonText(index)) => {
                message
                    .buttons
                    .get_mut(index)
                    .into_iter()
                    .for_each(|button| button.text.clone_from(&text));
            }
            (Message::Buttons(message), Focus::ButtonValue(index)) => {
                if let Some(button) = message.buttons.get_mut(index) {
                    button.action = button.action.kind().with_value(text);
                }
            }
            _ => {}
        }
    }

    /// Fits the editors to the screen; see [`Field::resize`].
    pub fn resize(&mut self, focus: Focus, width: u16, height: u16) {
        if let Some(field) = self.field_mut(focus) {
            field.resize(width, height);
        }
    }

    // ---------------------------------------------------------------- kind

    /// Makes it a message of another kind; what both kinds have stays, the rest is kept aside.
    pub fn set_kind(&mut self, kind: Kind) {
        if kind == self.draft.message.kind() {
            return; // its editors keep what they can undo
        }
        let known = |place| {
            let aside = self.aside.iter().rev();
            let mut messages = std::iter::once(&self.draft.message).chain(aside);
            messages.find_map(|message| message.text_at(place).map(str::to_owned))
        };
        let shared = [DraftField::Text, DraftField::Footer].map(|place| (place, known(place)));
        let at = self.aside.iter().position(|aside| aside.kind() == kind);
        let new = at.map_or_else(|| kind.empty(), |at| self.aside.remove(at));
        self.aside
            .push(std::mem::replace(&mut self.draft.message, new));
        for (place, text) in shared {
            if let (Some(text), Some(new)) = (text, self.draft.text_at_mut(place)) {
                *new = text;
            }
        }
        self.open_parts();
    }

    /// The next or the previous kind, among those that have editors and those that this message
    /// already was.
    pub fn turn_kind(&mut self, back: bool) {
        let current = self.draft.message.kind();
        let mut kinds = Kind::ALL.to_vec();
        kinds.retain(|&kind| {
            matches!(kind, Kind::Text | Kind::Buttons)
                || kind == current
                || self.aside.iter().any(|aside| aside.kind() == kind)
        });
        self.set_kind(turn(&kinds, current, back));
    }

    // ---------------------------------------------------------------- buttons

    fn buttons_mut(&mut self) -> Option<&mut Vec<Button>> {
        match &mut self.draft.message {
            Message::Buttons(message) => Some(&mut message.buttons),
            _ => None,
        }
    }

    /// How many buttons there are.
    pub const fn button_count(&self) -> usize {
        match &self.draft.message {
            Message::Buttons(message) => message.buttons.len(),
            _ => 0,
        }
    }

    /// Adds an empty button at a place; its id is a free one. Returns the place.
    pub fn add_button(&mut self, at: usize) -> Option<usize> {
        let buttons = self.buttons_mut()?;
        let at = at.min(buttons.len());
        let free = (1..).map(|number| format!("button_{number}"));
        let mut free = free.filter(|id| buttons.iter().all(|button| button.id != *id));
        let button = Button {
            id: free.next().unwrap_or_default(),
            ..Button::default()
        };
        let fields = ButtonFields::new(&button);
        buttons.insert(at, button);
        self.buttons.insert(at, fields);
        Some(at)
    }

    /// Takes a button out, and returns it, so that it can come back.
    pub fn remove_button(&mut self, at: usize) -> Option<Button> {
        let buttons = self.buttons_mut()?;
        if at >= buttons.len() {
            return None;
        }
        let button = buttons.remove(at);
        self.buttons.remove(at);
        Some(button)
    }

    /// Puts a button in at a place.
    pub fn insert_button(&mut self, at: usize, button: Button) {
        let fields = ButtonFields::new(&button);
        if let Some(buttons) = self.buttons_mut() {
            let at = at.min(buttons.len());
            buttons.insert(at, button);
            self.buttons.insert(at, fields);
        }
    }

    /// Moves a button up or down; returns where it is now.
    pub fn move_button(&mut self, at: usize, up: bool) -> Option<usize> {
        let count = self.button_count();
        let to = if up {
            at.checked_sub(1)?
        } else {
            Some(at + 1).filter(|&to| to < count)?
        };
        self.buttons_mut()?.swap(at, to);
        self.buttons.swap(at, to);
        Some(to)
    }

    /// The next or the previous action of a button; the value of each action is remembered.
    pub fn turn_action(&mut self, at: usize, back: bool) {
        let Message::Buttons(message) = &mut self.draft.message else {
            return;
        };
        let (Some(button), Some(fields)) = (message.buttons.get_mut(at), self.buttons.get_mut(at))
        else {
            return;
        };
        let old = button.action.kind();
        let new = turn(&ActionKind::ALL, old, back);
        fields.values.retain(|&(kind, _)| kind != old);
        fields
            .values
            .push((old, button.action.value().unwrap_or_default().to_owned()));
        let value = fields
            .values
            .iter()
            .find(|&&(kind, _)| kind == new)
            .map(|(_, value)| value.clone());
        button.action = new.with_value(value.unwrap_or_default());
        fields.value = Field::new(button.action.value().unwrap_or_default(), false);
    }

    /// Types into a field whatever the editor does with a key.
    pub fn key(
        &mut self,
        focus: Focus,
        key: crossterm::event::KeyEvent,
        now: Duration,
    ) -> Response {
        self.edit(focus, |field| field.key(key, now))
    }
}

/// Where a text stands in the draft that every message has at the same place, if at all.
const fn place(focus: Focus) -> Option<DraftField> {
    match focus {
        Focus::To => Some(DraftField::To),
        Focus::Header => Some(DraftField::Header),
        Focus::Text => Some(DraftField::Text),
        Focus::Footer => Some(DraftField::Footer),
        _ => None,
    }
}

/// The one after, or before, `current` in a ring.
pub fn turn<T: Copy + PartialEq>(all: &[T], current: T, back: bool) -> T {
    let at = all.iter().position(|&one| one == current).unwrap_or(0);
    let step = if back { all.len() - 1 } else { 1 };
    all[(at + step) % all.len()]
}
