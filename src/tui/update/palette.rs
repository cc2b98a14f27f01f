//! The palette: what it offers, and which commands were used.

use crate::tui::dialog::palette::name_of;
use crate::tui::dialog::{Entry, Modal, Palette};
use crate::tui::effect::Effect;
use crate::tui::keep::Ask;
use crate::tui::model::Model;
use crate::tui::recent::Sort;

/// Opens it.
pub fn open(model: &mut Model) {
    let recent = model.recent.of(Sort::Command);
    let palette = Palette::new(&model.profiles, model.profile, recent);
    model.modals.push(Modal::Palette(palette));
}

/// A command was chosen: it is offered first from now on.
pub fn used(model: &mut Model, entry: Entry) -> Vec<Effect> {
    note(model, Sort::Command, name_of(entry, &model.profiles))
}

/// Remembers that something was used, in the next runs too.
pub fn note(model: &mut Model, sort: Sort, name: String) -> Vec<Effect> {
    model.recent.used(sort, &name);
    if !model.keeping.is_on() {
        return Vec::new();
    }
    vec![Effect::Store(Ask::Used { sort, name })]
}
