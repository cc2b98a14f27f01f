//! `WhatsApp`'s text formatting as styled lines, for the preview.

/// How a run of text is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one mark that combines with the others"
)]
pub struct Style {
    /// `*bold*`
    pub bold: bool,
    /// `_italic_`
    pub italic: bool,
    /// `~strike~`
    pub strike: bool,
    /// Inline code or a monospace block.
    pub mono: bool,
    /// An address, e-mail address or telephone number.
    pub link: bool,
}

/// A run of text in one style; it holds no line break.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// What is shown, without its marks.
    pub text: String,
    /// How.
    pub style: Style,
}

/// What stands before a line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Lead {
    /// Nothing.
    #[default]
    None,
    /// A bullet.
    Bullet,
    /// A number, as written, without its dot.
    Number(String),
    /// A quotation's bar.
    Quote,
}

/// One line of a formatted text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    /// What stands before it.
    pub lead: Lead,
    /// Its runs.
    pub spans: Vec<Span>,
}

/// The lines of a text, formatted.
pub fn format(text: &str) -> Vec<Line> {
    text.lines()
        .map(|line| Line {
            lead: Lead::None,
            spans: vec![Span {
                text: line.to_owned(),
                style: Style::default(),
            }],
        })
        .collect()
}
