//! What is changed goes into the draft and into its undo history at once, and what is kept by an
//! item's place goes with the item.

use super::Composer;
use crate::message::derived::{self, Ids};
use crate::message::outline::{Change, Item};
use crate::message::undo::{Edit, News, Step};
use crate::message::{ButtonPart, Field};
use crate::tui::focus::Focus;

impl Composer {
    /// Writes what is in an editor into the draft. An id that is made from this text follows it; one
    /// that is written by hand does not any more.
    pub(super) fn write(&mut self, field: Field, text: &str, goes_on: bool) {
        let mut edits = self
            .rewrite(field, text)
            .map_or_else(Vec::new, |edit| vec![edit]);
        if edits.is_empty() {
            return;
        }
        let item = Item::of(field).filter(|item| self.document.derived.contains(item));
        if let Some((item, (id, words))) =
            item.and_then(|item| Some((item, derived::fields(item)?)))
        {
            if field == id {
                let edit = Edit::Derived(item, false);
                edits.extend(edit.make(&mut self.document).then_some(edit));
            } else if field == words {
                let new = Ids::of(&self.draft().message, Some(item)).give(text);
                if let Some(edit) = self.rewrite(id, &new) {
                    self.follow(&edit, false);
                    edits.push(edit);
                }
            }
        }
        self.undo.push_typing(field, edits, goes_on);
    }

    /// Makes the edit that puts a text at a place; the editor there is left as it is.
    fn rewrite(&mut self, field: Field, text: &str) -> Option<Edit> {
        let before = self.document.text_at(field)?;
        let edit = Edit::text(field, &before, text)?;
        edit.make(&mut self.document).then(|| {
            self.revision += 1;
            edit
        })
    }

    /// Makes a change of something else than a text or the order.
    pub(super) fn make(&mut self, edit: Edit) {
        if edit.make(&mut self.document) {
            self.revision += 1;
            self.follow(&edit, false);
            self.undo.push(vec![edit]);
        }
    }

    /// Makes a change of the order; whether there was anything to change.
    pub fn change(&mut self, change: Change) -> bool {
        let Some(edits) = Edit::change(&mut self.document, change) else {
            return false;
        };
        self.revision += 1;
        for edit in &edits {
            self.follow(edit, false);
        }
        self.undo.push(edits);
        true
    }

    /// Makes everything that is changed meanwhile one step.
    pub fn as_one<T>(&mut self, changes: impl FnOnce(&mut Self) -> T) -> T {
        self.undo.begin_group();
        let done = changes(self);
        self.undo.end_group();
        done
    }

    /// Takes the last change of the draft back, or makes it again; returns where it was.
    pub fn undo(&mut self, again: bool) -> Option<Focus> {
        let mut undo = std::mem::take(&mut self.undo);
        let step = undo.step(&mut self.document, again);
        let focus = step.and_then(|step| self.followed(step, !again));
        self.undo = undo;
        focus
    }

    /// What is new of the history since this was asked last.
    pub fn take_undo_news(&mut self) -> News {
        self.undo.take_news()
    }

    /// Whether there is anything new of the history since then.
    pub const fn has_undo_news(&self) -> bool {
        self.undo.has_news()
    }

    /// Whether anything of it is to be written when the draft is.
    pub fn is_undo_behind(&self) -> bool {
        self.undo.is_behind()
    }

    /// The history is to be kept from its beginning, with the next change.
    pub const fn is_all_undo_news(&mut self) {
        self.undo.is_all_news();
    }

    /// Takes it back that an item was put in, if that was the last change.
    pub(super) fn revoke_insert(&mut self, item: Item) -> bool {
        let mut undo = std::mem::take(&mut self.undo);
        let revoked = undo.revoke(&mut self.document, |step| {
            let mut edits = step.0.iter();
            edits.all(|edit| match edit {
                Edit::Insert(at, content) => *at == item && content.len() == 1,
                Edit::Derived(at, _) => *at == item,
                _ => false,
            })
        });
        let revoked = revoked.map(|step| self.followed(&step, true));
        self.undo = undo;
        revoked.is_some()
    }

    /// Takes the editors and whatever else is kept by places along with a step; returns where it was.
    fn followed(&mut self, step: &Step, back: bool) -> Option<Focus> {
        self.revision += 1;
        let order: Vec<&Edit> = if back {
            step.0.iter().rev().collect()
        } else {
            step.0.iter().collect()
        };
        for edit in order {
            self.follow(edit, back);
        }
        let mut edits = step.0.iter();
        edits.find_map(|edit| self.place_of(edit, back))
    }

    fn follow(&mut self, edit: &Edit, back: bool) {
        match edit {
            Edit::Text {
                field,
                at,
                old,
                new,
            } => {
                let text = self.document.text_at(*field).unwrap_or_default();
                if let Some(editor) = self.editors.get_mut(field) {
                    editor.show(&text, at + if back { old.len() } else { new.len() });
                }
            }
            Edit::Replace { .. } | Edit::Kind { .. } => {
                self.folded.clear();
                self.values.clear();
                self.fresh = None;
                self.keep_true_editors();
            }
            Edit::Action { at, .. } => self.editors.retain(|field, _| match field {
                Field::Button(button, part) => {
                    button != at || !matches!(part, ButtonPart::Value(_) | ButtonPart::Pix(_))
                }
                _ => true,
            }),
            Edit::LinkPreview { .. } | Edit::Derived(..) => {}
            Edit::Insert(..) | Edit::Remove(..) | Edit::Move(..) => self.shift(edit, back),
        }
    }

    fn shift(&mut self, edit: &Edit, back: bool) {
        let Some(shift) = edit.shift(back) else {
            return;
        };
        let place = |item| shift.place(item);
        self.editors = std::mem::take(&mut self.editors)
            .into_iter()
            .filter_map(|(field, editor)| match Item::of(field) {
                Some(item) => Some((place(item)?.field(field), editor)),
                None => Some((field, editor)),
            })
            .collect();
        let folded = std::mem::take(&mut self.folded).into_iter();
        self.folded = folded
            .filter_map(|section| place(Item::Section(section))?.section())
            .collect();
        self.values = std::mem::take(&mut self.values)
            .into_iter()
            .filter_map(|(at, values)| match place(Item::Button(at))? {
                Item::Button(at) => Some((at, values)),
                _ => None,
            })
            .collect();
        self.fresh = self.fresh.and_then(place);
    }

    /// Where an edit was, once it is made or taken back.
    fn place_of(&self, edit: &Edit, back: bool) -> Option<Focus> {
        Some(match edit {
            Edit::Text { field, .. } => Focus::Edit(*field),
            Edit::Insert(at, _) | Edit::Remove(at, _) => self.nearest(*at),
            Edit::Move(from, to) => self.nearest(if back { *from } else { *to }),
            Edit::Replace { .. } => Focus::TEXT,
            Edit::Kind { .. } => Focus::Kind,
            Edit::Action { at, .. } => Focus::Item(Item::Button(*at)),
            Edit::LinkPreview { .. } => Focus::LinkPreview,
            Edit::Derived(..) => return None,
        })
    }
}
