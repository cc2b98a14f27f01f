//! The exact request, the token masked.

use ratatui::text::Line;

use crate::secret::MASK;
use crate::tui::app::App;
use crate::tui::widget::paragraph::{http, wrapped};

/// The lines of the request.
pub fn lines(app: &App, width: usize) -> Vec<Line<'static>> {
    match app.account().encode(app.shown()) {
        Ok(request) => http(&app.theme, &request.to_http(MASK), width),
        Err(unsupported) => {
            let mut lines = wrapped("No request can be written.", width, app.theme.error);
            lines.push(Line::default());
            lines.extend(wrapped(&unsupported.to_string(), width, app.theme.text));
            lines
        }
    }
}
