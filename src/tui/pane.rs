//! The parts of the screen: the form, what the tabs show, the strip and the status line.

pub mod find;
pub mod form;
pub mod gateways;
pub mod history;
pub mod payload;
pub mod preview;
pub mod problems;
pub mod recipient;
pub mod response;
pub mod side;
pub mod status;
pub mod strip;

use ratatui::text::Line;

use super::layout;
use super::model::{Model, Tab};

/// How many rows the shown tab has.
pub fn rows(model: &Model) -> usize {
    layout::regions(model).map_or(0, |screen| lines(model, screen.pane.width).len())
}

/// The lines of the tab that is shown, at a width.
pub fn lines(model: &Model, width: u16) -> Vec<Line<'static>> {
    let width = usize::from(width);
    match model.tab {
        Tab::Preview => preview::lines(model, width),
        Tab::Payload => payload::lines(model, width),
        Tab::Problems => problems::lines(model, width),
        Tab::Response => response::lines(model, width),
        Tab::Gateways => gateways::lines(model, width),
    }
}
