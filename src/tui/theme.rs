//! A few colours in, every style out.

use ratatui::style::{Color, Modifier, Style};
use serde::Deserialize;

use super::widget::field::FieldStyle;

/// The colours of a theme file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Palette {
    accent: String,
    dim: String,
    frame: String,
    error: String,
    warning: String,
    ok: String,
    link: String,
    button: String,
}

/// The styles of everything on the screen. Colour never carries meaning alone: each state has a
/// sign or a modifier of its own as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    /// Plain text.
    pub text: Style,
    /// Labels, hints, placeholders.
    pub dim: Style,
    /// Borders.
    pub frame: Style,
    /// The border and label of what has the focus.
    pub focus: Style,
    /// Titles.
    pub title: Style,
    /// The tab or choice that is on.
    pub selected: Style,
    /// Selected text.
    pub selection: Style,
    /// A control character's picture.
    pub control: Style,
    /// An error, or a limit broken.
    pub error: Style,
    /// A warning, or a limit near.
    pub warning: Style,
    /// Something that worked.
    pub ok: Style,
    /// A key in a hint.
    pub key: Style,
    /// A link in the preview.
    pub link: Style,
    /// A button in the preview.
    pub button: Style,
}

impl Theme {
    /// The dark or the light theme, or one without colours.
    ///
    /// # Errors
    /// When the embedded theme cannot be read.
    pub fn new(name: &str, colours: bool) -> Result<Self, toml::de::Error> {
        let source = match name {
            "light" => include_str!("../../assets/themes/light.toml"),
            _ => include_str!("../../assets/themes/dark.toml"),
        };
        let palette: Palette = toml::from_str(source)?;
        let style = |name: &str| {
            let colour = if colours {
                name.parse().unwrap_or(Color::Reset)
            } else {
                Color::Reset
            };
            Style::new().fg(colour)
        };
        let plain = Style::new();
        Ok(Self {
            text: plain,
            dim: style(&palette.dim),
            frame: style(&palette.frame),
            focus: style(&palette.accent).add_modifier(Modifier::BOLD),
            title: plain.add_modifier(Modifier::BOLD),
            selected: style(&palette.accent).add_modifier(Modifier::REVERSED | Modifier::BOLD),
            selection: plain.add_modifier(Modifier::REVERSED),
            control: style(&palette.warning).add_modifier(Modifier::REVERSED),
            error: style(&palette.error).add_modifier(Modifier::BOLD),
            warning: style(&palette.warning),
            ok: style(&palette.ok),
            key: style(&palette.accent),
            link: style(&palette.link).add_modifier(Modifier::UNDERLINED),
            button: style(&palette.button),
        })
    }

    /// The styles of a text that is being edited.
    pub const fn field(&self) -> FieldStyle {
        FieldStyle {
            text: self.text,
            selection: self.selection,
            control: self.control,
        }
    }
}
