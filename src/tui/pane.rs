//! The parts of the screen: the form, what the tabs show, the status line.

pub mod form;
pub mod gateways;
pub mod history;
pub mod payload;
pub mod preview;
pub mod problems;
pub mod response;
pub mod status;

use ratatui::text::Line;

use super::app::{App, Tab};

/// The lines of the tab that is shown, at a width.
pub fn lines(app: &App, width: u16) -> Vec<Line<'static>> {
    let width = usize::from(width);
    match app.tab {
        Tab::Preview => preview::lines(app, width),
        Tab::Payload => payload::lines(app, width),
        Tab::Problems => problems::lines(app, width),
        Tab::Response => response::lines(app, width),
        Tab::Gateways => gateways::lines(app, width),
    }
}
