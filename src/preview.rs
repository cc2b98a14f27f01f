//! What the recipient sees: a draft as styled lines, for the screen and for the prompt alike.

use crate::gateway::Platform;
use crate::message::Draft;

/// What a run of text is, for a theme to give it colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Role {
    /// The bubble's frame.
    Frame,
    /// The header.
    Header,
    /// The text.
    #[default]
    Body,
    /// The footer, and the time.
    Faint,
    /// A button.
    Button,
    /// A quotation, and the quoted message.
    Quote,
}

/// A run of text in one style; never a control character.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Span {
    /// The text.
    pub text: String,
    /// What it is.
    pub role: Role,
    /// Its formatting.
    pub style: crate::message::markup::Style,
}

/// One line, not wider than was asked for.
pub type Line = Vec<Span>;

/// The bubble, `width` columns wide at the most.
pub fn bubble(draft: &Draft, platform: Platform, time: Option<&str>, width: usize) -> Vec<Line> {
    let _ = (platform, time, width);
    vec![vec![Span {
        text: draft.message.text().to_owned(),
        ..Span::default()
    }]]
}
