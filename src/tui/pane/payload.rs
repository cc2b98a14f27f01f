//! The exact request, the token masked.

use ratatui::text::Line;

use crate::message::inline::shortened;
use crate::secret::MASK;
use crate::tui::event::Thumbnail;
use crate::tui::model::Model;
use crate::tui::widget::paragraph::{http, wrapped};

/// The lines of the request.
pub fn lines(model: &Model, width: usize) -> Vec<Line<'static>> {
    match model.account().encode(&model.to_send()) {
        Ok(request) => {
            let text = without_picture(model, request.to_http(MASK));
            http(&model.theme, &text, width)
        }
        Err(unsupported) => {
            let mut lines = wrapped("No request can be written.", width, model.theme.error);
            lines.push(Line::default());
            lines.extend(wrapped(&unsupported.to_string(), width, model.theme.text));
            lines
        }
    }
}

/// The whole request, or why there is none.
pub fn text(model: &Model) -> String {
    match model.account().encode(&model.to_send()) {
        Ok(request) => request.to_http(MASK),
        Err(unsupported) => unsupported.to_string(),
    }
}

/// A request's text with the picture shortened.
pub fn without_picture(model: &Model, text: String) -> String {
    let text = match model.picture.ready().map(Thumbnail::base64) {
        Some(jpeg) => text.replace(jpeg, &beginning(jpeg)),
        None => text,
    };
    shortened(&text).into_owned()
}

/// A picture's beginning, and how much more there is: all of it would hide the rest.
fn beginning(base64: &str) -> String {
    const SHOWN: usize = 24;
    match base64.get(..SHOWN) {
        Some(start) => format!("{start}… ({} characters)", base64.len()),
        None => base64.to_owned(),
    }
}
