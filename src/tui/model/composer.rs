//! The draft and the editors of its texts. The draft is the model; every editor writes into it.
//!
//! An editor is made when its text is first gone to. It is found by the text's place in the draft,
//! and moves with the item that it belongs to.

pub mod pasted;
pub(crate) mod structure;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::time::Duration;

use crossterm::event::KeyEvent;

use crate::message::outline::{Change, Item};
use crate::message::{ActionKind, ButtonPart, Draft, Field, Kind, Message, Quote, QuotePart};
use crate::tui::widget::field::{Field as Editor, Response};

/// The parts of a quote, in the order of the form.
pub const QUOTE_PARTS: [QuotePart; 3] = [QuotePart::Id, QuotePart::Participant, QuotePart::Body];

/// The draft that is being composed, with the editors of its texts.
#[derive(Debug, Clone)]
pub struct Composer {
    draft: Draft,
    /// Counts up with every change of the draft.
    revision: u64,
    /// What the message was as each of its other kinds, so that a change of kind and back loses
    /// nothing.
    aside: Vec<Message>,
    editors: HashMap<Field, Editor>,
    /// The values that the other actions of a button had.
    values: BTreeMap<usize, Vec<(ActionKind, String)>>,
    folded: BTreeSet<usize>,
    options_shown: bool,
    /// What takes the last changes of the order back, and what makes them again.
    done: Vec<Change>,
    undone: Vec<Change>,
    /// An entry that goes again when it is left empty.
    fresh: Option<Item>,
}

impl Composer {
    /// Editors for a draft.
    pub fn new(draft: Draft) -> Self {
        Self::with_aside(draft, Vec::new())
    }

    /// Editors for a draft that was kept, with what it was as its other kinds, the last one last.
    pub fn with_aside(draft: Draft, aside: Vec<Message>) -> Self {
        let mut composer = Self {
            draft,
            revision: 0,
            aside,
            editors: HashMap::new(),
            values: BTreeMap::new(),
            folded: BTreeSet::new(),
            options_shown: false,
            done: Vec::new(),
            undone: Vec::new(),
            fresh: None,
        };
        composer.open(Field::Text);
        composer
    }

    /// The draft as it is now.
    pub const fn draft(&self) -> &Draft {
        &self.draft
    }

    /// Which state of the draft this is: what was worked out for a revision holds for as long as it
    /// is the same.
    pub const fn revision(&self) -> u64 {
        self.revision
    }

    /// Counts on from the draft that was composed before.
    #[must_use]
    pub const fn after(mut self, before: &Self) -> Self {
        self.revision = before.revision + 1;
        self
    }

    // ---------------------------------------------------------------- texts

    /// What an editor of a place shows; `None` where this draft has no such text.
    pub fn text_at(&self, field: Field) -> Option<Cow<'_, str>> {
        let number = |number: Option<u32>| {
            Cow::Owned(number.map_or_else(String::new, |number| number.to_string()))
        };
        match field {
            Field::Delay => Some(number(self.draft.delay)),
            Field::Typing => Some(number(self.draft.typing)),
            Field::QuotePart(_) => {
                Some(Cow::Borrowed(self.draft.text_at(field).unwrap_or_default()))
            }
            _ => self.draft.text_at(field).map(Cow::Borrowed),
        }
    }

    /// The editor of a place, if it was made already.
    pub fn editor(&self, field: Field) -> Option<&Editor> {
        self.editors.get(&field)
    }

    /// Makes the editor of a place.
    pub fn open(&mut self, field: Field) {
        if self.editors.contains_key(&field) {
            return;
        }
        if let Some(text) = self.text_at(field) {
            let editor = Editor::new(&text, field == Field::Text);
            self.editors.insert(field, editor);
        }
    }

    /// Lets something happen to an editor, and takes what it changed into the draft.
    pub fn edit(&mut self, field: Field, edit: impl FnOnce(&mut Editor) -> Response) -> Response {
        self.open(field);
        let Some(editor) = self.editors.get_mut(&field) else {
            return Response::Ignored;
        };
        let before = is_number(field).then(|| editor.clone());
        let response = edit(editor);
        if response != Response::Changed {
            return response;
        }
        let text = editor.text();
        if let Some(before) = before
            && !text.is_empty()
            && text.parse::<u32>().is_err()
        {
            *editor = before;
            return Response::Ignored;
        }
        self.write(field, text);
        response
    }

    /// Types into an editor whatever it does with a key.
    pub fn key(&mut self, field: Field, key: KeyEvent, now: Duration) -> Response {
        self.edit(field, |editor| editor.key(key, now))
    }

    fn write(&mut self, field: Field, text: String) {
        self.revision += 1;
        match field {
            Field::Delay => self.draft.delay = text.parse().ok(),
            Field::Typing => self.draft.typing = text.parse().ok(),
            Field::QuotePart(_) => {
                self.draft.quote.get_or_insert_default();
                if let Some(old) = self.draft.text_at_mut(field) {
                    *old = text;
                }
                self.draft.quote.take_if(|quote| *quote == Quote::default());
            }
            _ => {
                if let Some(old) = self.draft.text_at_mut(field) {
                    *old = text;
                }
            }
        }
    }

    /// Fits an editor to the screen; see [`Editor::resize`].
    pub fn resize(&mut self, field: Field, width: u16, height: u16) {
        if let Some(editor) = self.editors.get_mut(&field) {
            editor.resize(width, height);
        }
    }

    // ---------------------------------------------------------------- kind

    /// Makes it a message of another kind; what both kinds have stays, the rest is kept aside.
    pub fn set_kind(&mut self, kind: Kind) {
        if kind == self.draft.message.kind() {
            return; // its editors keep what they can undo
        }
        self.revision += 1;
        let at = self.aside.iter().position(|aside| aside.kind() == kind);
        let new = at.map_or_else(|| kind.empty(), |at| self.aside.remove(at));
        self.aside
            .push(std::mem::replace(&mut self.draft.message, new));
        // What was there before it was of this kind last is in it already.
        let since = self.aside[at.unwrap_or(0)..].iter().rev();
        self.draft.message.take_over(since);
        self.done.clear();
        self.undone.clear();
        self.folded.clear();
        self.values.clear();
        self.fresh = None;
        self.keep_true_editors();
    }

    /// The message as it was before it became one of another kind, and as each kind before.
    pub fn aside(&self) -> impl Iterator<Item = &Message> {
        self.aside.iter().rev()
    }

    /// The same to be kept, the last one last.
    pub fn kept_aside(&self) -> &[Message] {
        &self.aside
    }

    /// Drops the editors of texts that are not what they show any more.
    fn keep_true_editors(&mut self) {
        let mut editors = std::mem::take(&mut self.editors);
        editors.retain(|&field, editor| {
            self.text_at(field)
                .is_some_and(|text| text == editor.text())
        });
        self.editors = editors;
        self.open(Field::Text);
    }

    // ---------------------------------------------------------------- choices

    /// The next or the previous action of a button; the value of each action is remembered.
    pub fn turn_action(&mut self, at: usize, back: bool) {
        let Message::Buttons(message) = &mut self.draft.message else {
            return;
        };
        let Some(button) = message.buttons.get_mut(at) else {
            return;
        };
        self.revision += 1;
        let values = self.values.entry(at).or_default();
        let old = button.action.kind();
        let new = turn(ActionKind::ALL, old, back);
        values.retain(|&(kind, _)| kind != old);
        let value = button.action.value().unwrap_or_default().to_owned();
        values.push((old, value));
        let known = values.iter().find(|&&(kind, _)| kind == new);
        let value = known.map(|(_, value)| value.clone());
        button.action = new.with_value(value.unwrap_or_default());
        self.editors
            .remove(&Field::Button(at, ButtonPart::Value(new)));
    }

    /// The gateway's own way with links, then a preview, then none.
    pub fn turn_link_preview(&mut self, back: bool) {
        self.revision += 1;
        let all = [None, Some(true), Some(false)];
        self.draft.link_preview = turn(&all, self.draft.link_preview, back);
    }

    /// Whether the options are shown.
    pub const fn shows_options(&self) -> bool {
        self.options_shown
    }

    /// Shows or hides the options.
    pub const fn show_options(&mut self, shown: bool) {
        self.options_shown = shown;
    }
}

/// Whether a field takes digits alone.
const fn is_number(field: Field) -> bool {
    matches!(field, Field::Delay | Field::Typing)
}

/// The one after, or before, `current` in a ring.
pub fn turn<T: Copy + PartialEq>(all: &[T], current: T, back: bool) -> T {
    let at = all.iter().position(|&one| one == current).unwrap_or(0);
    let step = if back { all.len() - 1 } else { 1 };
    all[(at + step) % all.len()]
}
