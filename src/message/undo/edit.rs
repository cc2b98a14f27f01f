//! A change of a draft as data: it can be made, and taken back, in the document that it was made in.

use crate::message::document::Document;
use crate::message::outline::{Change, Content, Item, Shift};
use crate::message::{Action, Field, Message};

/// A change of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// A part of a text is another one.
    Text {
        /// Which text.
        field: Field,
        /// Where the part begins, in bytes.
        at: usize,
        /// What it was.
        old: String,
        /// What it is.
        new: String,
    },
    /// Items are put in, the first one at this place.
    Insert(Item, Content),
    /// Items are taken out, the first one from this place.
    Remove(Item, Content),
    /// An item is taken out and put in at another place, which is counted without it.
    Move(Item, Item),
    /// Another message is in the place of this one.
    Replace {
        /// What it was.
        old: Box<Message>,
        /// What it is.
        new: Box<Message>,
    },
    /// The message is one of another kind; what it was is put aside.
    Kind {
        /// What it was as that kind before, with its place among what is aside.
        aside: Option<(usize, Box<Message>)>,
        /// What it is.
        new: Box<Message>,
    },
    /// A button does something else.
    Action {
        /// Which button.
        at: usize,
        /// What it did.
        old: Action,
        /// What it does.
        new: Action,
    },
    /// Links show a preview, or not, or as the gateway does.
    LinkPreview {
        /// What was chosen.
        old: Option<bool>,
        /// What is.
        new: Option<bool>,
    },
    /// Whether the id of a button or row is made from its text, from here on.
    Derived(Item, bool),
}

impl Edit {
    /// What makes one text of another; `None` where they are the same.
    pub fn text(field: Field, before: &str, after: &str) -> Option<Self> {
        if before == after {
            return None;
        }
        let common = |(a, b): (&u8, &u8)| a == b;
        let pairs = before.as_bytes().iter().zip(after.as_bytes());
        let mut at = pairs.take_while(|&pair| common(pair)).count();
        while !before.is_char_boundary(at) || !after.is_char_boundary(at) {
            at -= 1;
        }
        let (old, new) = (&before[at..], &after[at..]);
        let pairs = old.as_bytes().iter().rev().zip(new.as_bytes().iter().rev());
        let mut same = pairs.take_while(|&pair| common(pair)).count();
        while !old.is_char_boundary(old.len() - same) || !new.is_char_boundary(new.len() - same) {
            same -= 1;
        }
        Some(Self::Text {
            field,
            at,
            old: old[..old.len() - same].to_owned(),
            new: new[..new.len() - same].to_owned(),
        })
    }

    /// Makes a change of the order; `None` where there was nothing to change.
    pub fn change(document: &mut Document, change: Change) -> Option<Vec<Self>> {
        let shift = change.shift();
        let mut edits = Vec::new();
        if let Some(shift) = shift {
            let gone = document.derived_in(shift).into_iter();
            edits.extend(gone.map(|item| Self::Derived(item, false)));
        }
        let copy = match &change {
            Change::Insert(_, content) => Some(content.clone()),
            _ => None,
        };
        let message = &mut document.draft.message;
        edits.push(match (message.change(change)?, copy) {
            (Change::Remove(at, _), Some(content)) => Self::Insert(at, content),
            (Change::Insert(at, content), _) => Self::Remove(at, content),
            (Change::Move(to, from), _) => Self::Move(from, to),
            (Change::Replace(old), _) => Self::Replace {
                old,
                new: Box::new(message.clone()),
            },
            (Change::Remove(..), None) => return None,
        });
        if let Some(shift) = shift {
            document.shift(shift);
        }
        Some(edits)
    }

    /// The text that it changes, where that is all.
    pub const fn field(&self) -> Option<Field> {
        match self {
            Self::Text { field, .. } => Some(*field),
            _ => None,
        }
    }

    /// Where it moves the items to, when it is made or taken back.
    pub fn shift(&self, back: bool) -> Option<Shift> {
        Some(match (self, back) {
            (Self::Insert(at, content), false) | (Self::Remove(at, content), true) => {
                Shift::Insert(*at, content.len())
            }
            (Self::Remove(at, content), false) | (Self::Insert(at, content), true) => {
                Shift::Remove(*at, content.len())
            }
            (Self::Move(from, to), false) | (Self::Move(to, from), true) => Shift::Move(*from, *to),
            _ => return None,
        })
    }

    /// Makes it in a document; whether that was possible.
    pub fn make(&self, document: &mut Document) -> bool {
        self.apply(document, false)
    }

    /// Makes it in a document, or takes it back; whether that was possible. Where it was not, nothing
    /// changes.
    fn apply(&self, document: &mut Document, back: bool) -> bool {
        let draft = &mut document.draft;
        match self {
            Self::Text {
                field,
                at,
                old,
                new,
            } => {
                let (was, is) = if back { (new, old) } else { (old, new) };
                replace(document, *field, *at, was, is)
            }
            Self::Insert(at, content) | Self::Remove(at, content) => {
                let puts_in = matches!(self, Self::Insert(..)) != back;
                let change = if puts_in {
                    Change::Insert(*at, content.clone())
                } else {
                    Change::Remove(*at, content.len())
                };
                draft.message.change(change).is_some()
            }
            Self::Move(from, to) => {
                let (from, to) = if back { (to, from) } else { (from, to) };
                draft.message.change(Change::Move(*from, *to)).is_some()
            }
            Self::Replace { old, new } => {
                draft.message = (**if back { old } else { new }).clone();
                true
            }
            Self::Kind { aside, new } => turn(document, aside.as_ref(), new, back),
            Self::Action { at, old, new } => {
                let Message::Buttons(message) = &mut draft.message else {
                    return false;
                };
                let action = if back { old } else { new };
                let button = message.buttons.get_mut(*at);
                button.is_some_and(|button| {
                    button.action.clone_from(action);
                    true
                })
            }
            Self::LinkPreview { old, new } => {
                draft.link_preview = if back { *old } else { *new };
                true
            }
            Self::Derived(item, on) => {
                if *on == back {
                    document.derived.remove(item);
                } else {
                    document.derived.insert(*item);
                }
                true
            }
        }
        .then(|| {
            if let Some(shift) = self.shift(back) {
                document.shift(shift);
            }
        })
        .is_some()
    }

    /// Takes in what was changed next in the same text, if it is beside or within; whether it was.
    pub(super) fn join(&mut self, next: &Self) -> bool {
        let Self::Text { at, old, new, .. } = self else {
            return false;
        };
        let Self::Text {
            at: next_at,
            old: gone,
            new: come,
            ..
        } = next
        else {
            return false;
        };
        let (end, gone_end) = (*at + new.len(), next_at + gone.len());
        if *next_at > end || gone_end < *at {
            return false;
        }
        let before = &gone[..at.saturating_sub(*next_at).min(gone.len())];
        let behind = &gone[gone.len() - gone_end.saturating_sub(end).min(gone.len())..];
        let kept = &new[..next_at.saturating_sub(*at)];
        let rest = &new[new.len() - end.saturating_sub(gone_end).min(new.len())..];
        let joined = ([before, old, behind].concat(), [kept, come, rest].concat());
        *at = (*at).min(*next_at);
        (*old, *new) = joined;
        true
    }

    /// About as many bytes as it takes.
    pub fn size(&self) -> usize {
        let own = size_of::<Self>();
        own + match self {
            Self::Text { old, new, .. } => old.len() + new.len(),
            Self::Insert(_, content) | Self::Remove(_, content) => content.size(),
            Self::Replace { old, new } => old.size() + new.size(),
            Self::Kind { aside, new } => {
                new.size() + aside.as_ref().map_or(0, |(_, message)| message.size())
            }
            Self::Action { old, new, .. } => old.size() + new.size(),
            Self::Move(..) | Self::LinkPreview { .. } | Self::Derived(..) => 0,
        }
    }
}

/// Makes edits in a document, in order, or takes them back, the last one first; whether that was
/// possible. Where it was not, nothing changes.
pub(super) fn apply(edits: &[Edit], document: &mut Document, back: bool) -> bool {
    let order: Vec<&Edit> = if back {
        edits.iter().rev().collect()
    } else {
        edits.iter().collect()
    };
    let failed = order.iter().position(|edit| !edit.apply(document, back));
    let Some(failed) = failed else { return true };
    for edit in order[..failed].iter().rev() {
        edit.apply(document, !back);
    }
    false
}

fn replace(document: &mut Document, field: Field, at: usize, was: &str, is: &str) -> bool {
    let Some(text) = document.text_at(field) else {
        return false;
    };
    let (Some(before), Some(rest)) = (text.get(..at), text.get(at..)) else {
        return false;
    };
    let Some(after) = rest.strip_prefix(was) else {
        return false;
    };
    let text = [before, is, after].concat();
    document.write(field, text)
}

fn turn(
    document: &mut Document,
    aside: Option<&(usize, Box<Message>)>,
    new: &Message,
    back: bool,
) -> bool {
    let all = &mut document.aside;
    if back {
        let Some(former) = all.pop() else {
            return false;
        };
        if let Some((at, message)) = aside {
            all.insert((*at).min(all.len()), (**message).clone());
        }
        document.draft.message = former;
        return true;
    }
    if let Some((at, _)) = aside {
        if *at >= all.len() {
            return false;
        }
        all.remove(*at);
    }
    all.push(std::mem::replace(&mut document.draft.message, new.clone()));
    true
}
