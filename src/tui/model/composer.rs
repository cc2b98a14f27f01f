//! The draft and the editors of its texts. The draft is the model; every editor writes into it.
//!
//! An editor is made when its text is first gone to. It is found by the text's place in the draft,
//! and moves with the item that it belongs to.

pub mod pasted;
pub(crate) mod structure;
mod template;
mod undo;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::time::Duration;

use crossterm::event::KeyEvent;

use crate::message::derived;
use crate::message::document::Document;
use crate::message::outline::Item;
use crate::message::undo::{Edit, Undo};
use crate::message::{
    ActionKind, ButtonPart, Draft, Field, Kind, Message, QuotePart, TemplateHeader,
};
use crate::tui::widget::field::{Field as Editor, Response};

/// The parts of a quote, in the order of the form.
pub const QUOTE_PARTS: [QuotePart; 3] = [QuotePart::Id, QuotePart::Participant, QuotePart::Body];

/// The draft that is being composed, with the editors of its texts.
#[derive(Debug, Clone)]
pub struct Composer {
    document: Document,
    /// Counts up with every change of the draft.
    revision: u64,
    /// What can be taken back.
    undo: Undo,
    editors: HashMap<Field, Editor>,
    /// The values that the other actions of a button had.
    values: BTreeMap<usize, Vec<(ActionKind, String)>>,
    /// What the header of a template was as each of its other forms, the last one last.
    headers: Vec<TemplateHeader>,
    folded: BTreeSet<usize>,
    options_shown: bool,
    /// Whether Tab goes to ids.
    ids_shown: bool,
    /// An entry that goes again when it is left empty.
    fresh: Option<Item>,
}

impl Composer {
    /// Editors for a draft.
    pub fn new(draft: Draft) -> Self {
        Self::with_undo(draft.into(), Undo::default())
    }

    /// Editors for a draft that was kept, with what can be taken back in it.
    pub fn with_undo(document: Document, undo: Undo) -> Self {
        let mut composer = Self {
            document,
            revision: 0,
            undo,
            editors: HashMap::new(),
            values: BTreeMap::new(),
            headers: Vec::new(),
            folded: BTreeSet::new(),
            options_shown: false,
            ids_shown: false,
            fresh: None,
        };
        composer.open(Field::Text);
        composer
    }

    /// The draft as it is now.
    pub const fn draft(&self) -> &Draft {
        &self.document.draft
    }

    /// The draft with all that is kept of it.
    pub const fn document(&self) -> &Document {
        &self.document
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
        self.ids_shown = before.ids_shown;
        self
    }

    // ---------------------------------------------------------------- texts

    /// What an editor of a place shows; `None` where this draft has no such text.
    pub fn text_at(&self, field: Field) -> Option<Cow<'_, str>> {
        self.document.text_at(field)
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
            let editor = Editor::of_draft(&text, field == Field::Text);
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
        let goes_on = editor.goes_on();
        self.write(field, &text, goes_on);
        response
    }

    /// Types into an editor whatever it does with a key.
    pub fn key(&mut self, field: Field, key: KeyEvent, now: Duration) -> Response {
        self.edit(field, |editor| editor.key(key, now))
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
        if kind == self.draft().message.kind() {
            return;
        }
        let Document { draft, aside, .. } = &self.document;
        let at = aside.iter().position(|aside| aside.kind() == kind);
        let former = at.map(|at| (at, Box::new(aside[at].clone())));
        let mut new = at.map_or_else(|| kind.empty(), |at| aside[at].clone());
        // What was there before it was of this kind last is in it already.
        let since = aside.get(at.map_or(0, |at| at + 1)..).unwrap_or_default();
        new.take_over(&std::iter::once(&draft.message).chain(since.iter().rev()));
        let derived =
            derived::carried(&self.document, former.as_ref().map(|(_, old)| &**old), &new);
        self.as_one(|composer| {
            composer.make(Edit::Kind {
                aside: former,
                new: Box::new(new),
            });
            for (item, on) in derived {
                composer.make(Edit::Derived(item, on));
            }
        });
    }

    /// The message as it was before it became one of another kind, and as each kind before.
    pub fn aside(&self) -> impl Iterator<Item = &Message> {
        self.document.aside.iter().rev()
    }

    /// The same to be kept, the last one last.
    pub fn kept_aside(&self) -> &[Message] {
        &self.document.aside
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
        let Message::Buttons(message) = &self.draft().message else {
            return self.turn_filling(at, back);
        };
        let Some(button) = message.buttons.get(at) else {
            return;
        };
        let (kind, action) = (button.action.kind(), button.action.clone());
        let new = turn(ActionKind::ALL, kind, back);
        let values = self.values.entry(at).or_default();
        values.retain(|&(known, _)| known != kind);
        values.push((kind, action.packed().unwrap_or_default()));
        let known = values.iter().find(|&&(kind, _)| kind == new);
        let value = known.map(|(_, value)| value.clone());
        self.make(Edit::Action {
            at,
            old: action,
            new: new.unpacked(value.unwrap_or_default()),
        });
    }

    /// The gateway's own way with links, then a preview, then none.
    pub fn turn_link_preview(&mut self, back: bool) {
        let old = self.draft().link_preview;
        let new = turn(&[None, Some(true), Some(false)], old, back);
        self.make(Edit::LinkPreview { old, new });
    }

    /// Whether the options are shown.
    pub const fn shows_options(&self) -> bool {
        self.options_shown
    }

    /// Whether Tab goes to the ids of buttons and rows.
    pub const fn shows_ids(&self) -> bool {
        self.ids_shown
    }

    /// Has Tab go to ids, or pass them by.
    pub const fn show_ids(&mut self, shown: bool) {
        self.ids_shown = shown;
    }

    /// Shows or hides the options.
    pub const fn show_options(&mut self, shown: bool) {
        self.options_shown = shown;
    }
}

/// Whether a field takes digits alone.
pub const fn is_number(field: Field) -> bool {
    matches!(
        field,
        Field::Choices | Field::Delay | Field::Typing | Field::Button(_, ButtonPart::Index)
    )
}

/// The one after, or before, `current` in a ring.
pub fn turn<T: Copy + PartialEq>(all: &[T], current: T, back: bool) -> T {
    let at = all.iter().position(|&one| one == current).unwrap_or(0);
    let step = if back { all.len() - 1 } else { 1 };
    all[(at + step) % all.len()]
}
