//! A few colours in, every style out.

use ratatui::style::{Color, Modifier, Style};
use serde::Deserialize;

use super::widget::field::FieldStyle;

/// The colours of a theme file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Palette {
    accent: String,
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
    /// Plain text, labels, and what could be chosen.
    pub text: Style,
    /// What may be missed: hints.
    pub dim: Style,
    /// What an empty field is for, until something is typed.
    pub placeholder: Style,
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

/// A style that leaves nothing of what is below it.
const fn whole(colour: Color, modifiers: Modifier) -> Style {
    Style::new()
        .fg(colour)
        .remove_modifier(Modifier::all())
        .add_modifier(modifiers)
}

/// What [`Theme::new`] does not understand.
#[derive(Debug, thiserror::Error)]
pub enum ThemeError {
    /// There is none of this name.
    #[error("there is no theme {0:?}; there are auto, dark and light")]
    Unknown(String),
    /// The embedded file.
    #[error("the theme cannot be read")]
    File(#[from] toml::de::Error),
    /// A colour in it.
    #[error("the theme's colour {0:?} is none")]
    Colour(String),
}

/// The ground that a terminal says it has, in the words of `COLORFGBG`: `15;0`, and `0;default;15` where
/// the text has a colour of its own.
pub fn ground(colours: &str) -> Option<&'static str> {
    match colours.rsplit(';').next()?.parse().ok()? {
        7u8 | 9..=15 => Some("light"),
        0..=6 | 8 => Some("dark"),
        _ => None,
    }
}

impl Theme {
    /// The theme of a name, or one without colours. `auto` is the terminal's own colours, with the
    /// hues that can be read on black and on white.
    ///
    /// # Errors
    /// When there is none of that name, or the embedded file cannot be read.
    pub fn new(name: &str, colours: bool) -> Result<Self, ThemeError> {
        let source = match name {
            "auto" => include_str!("../../assets/themes/auto.toml"),
            "dark" => include_str!("../../assets/themes/dark.toml"),
            "light" => include_str!("../../assets/themes/light.toml"),
            unknown => return Err(ThemeError::Unknown(unknown.to_owned())),
        };
        let palette: Palette = toml::from_str(source)?;
        let hue = |name: &str| -> Result<Color, ThemeError> {
            if !colours || name == "default" {
                return Ok(Color::Reset);
            }
            name.parse()
                .map_err(|_| ThemeError::Colour(name.to_owned()))
        };
        let accent = hue(&palette.accent)?;
        let plain = Color::Reset;
        Ok(Self {
            text: whole(plain, Modifier::empty()),
            dim: whole(plain, Modifier::DIM),
            placeholder: whole(plain, Modifier::DIM | Modifier::ITALIC),
            frame: whole(plain, Modifier::DIM),
            focus: whole(accent, Modifier::BOLD),
            title: whole(plain, Modifier::BOLD),
            selected: whole(accent, Modifier::REVERSED | Modifier::BOLD),
            selection: whole(plain, Modifier::REVERSED),
            control: whole(hue(&palette.warning)?, Modifier::REVERSED),
            error: whole(hue(&palette.error)?, Modifier::BOLD),
            warning: whole(hue(&palette.warning)?, Modifier::empty()),
            ok: whole(hue(&palette.ok)?, Modifier::BOLD),
            key: whole(accent, Modifier::BOLD),
            // It comes over a text's own style.
            link: Style::new()
                .fg(hue(&palette.link)?)
                .add_modifier(Modifier::UNDERLINED),
            button: whole(hue(&palette.button)?, Modifier::empty()),
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

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
mod tests {
    use super::*;
    use rstest::rstest;

    type Rgb = [u8; 3];

    const BLACK: Rgb = [0, 0, 0];
    const WHITE: Rgb = [255, 255, 255];

    /// The sixteen colours of xterm and of kitty, as they are without a configuration.
    const TERMINALS: [[u32; 16]; 2] = [
        [
            0x00_0000, 0xcd_0000, 0x00_cd00, 0xcd_cd00, 0x00_00ee, 0xcd_00cd, 0x00_cdcd, 0xe5_e5e5,
            0x7f_7f7f, 0xff_0000, 0x00_ff00, 0xff_ff00, 0x5c_5cff, 0xff_00ff, 0x00_ffff, 0xff_ffff,
        ],
        [
            0x00_0000, 0xcc_0403, 0x19_cb00, 0xce_cb00, 0x0d_73cc, 0xcb_1ed1, 0x0d_cdcd, 0xdd_dddd,
            0x76_7676, 0xf2_201f, 0x23_fd00, 0xff_fd00, 0x1a_8fff, 0xfd_28ff, 0x14_ffff, 0xff_ffff,
        ],
    ];

    fn rgb(colour: u32) -> Rgb {
        let [_, red, green, blue] = colour.to_be_bytes();
        [red, green, blue]
    }

    /// The place of a colour among the sixteen.
    fn place(colour: Color) -> usize {
        let all = [
            Color::Black,
            Color::Red,
            Color::Green,
            Color::Yellow,
            Color::Blue,
            Color::Magenta,
            Color::Cyan,
            Color::Gray,
            Color::DarkGray,
            Color::LightRed,
            Color::LightGreen,
            Color::LightYellow,
            Color::LightBlue,
            Color::LightMagenta,
            Color::LightCyan,
            Color::White,
        ];
        all.iter().position(|&one| one == colour).unwrap()
    }

    /// How bright a colour is, from 0 to 1 (WCAG 2.1, relative luminance).
    fn luminance(colour: Rgb) -> f64 {
        let [red, green, blue] = colour.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    fn contrast(one: Rgb, other: Rgb) -> f64 {
        let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
        one.max(other) / one.min(other)
    }

    fn styles(theme: &Theme) -> [(&'static str, Style); 15] {
        [
            ("text", theme.text),
            ("dim", theme.dim),
            ("placeholder", theme.placeholder),
            ("frame", theme.frame),
            ("focus", theme.focus),
            ("title", theme.title),
            ("selected", theme.selected),
            ("selection", theme.selection),
            ("control", theme.control),
            ("error", theme.error),
            ("warning", theme.warning),
            ("ok", theme.ok),
            ("key", theme.key),
            ("link", theme.link),
            ("button", theme.button),
        ]
    }

    /// What has a colour of its own can be read on every ground that the theme is for; reversed, it is
    /// the ground that is read on the colour. What is dim is half way to the ground.
    #[rstest]
    #[case::auto("auto", &[BLACK, WHITE])]
    #[case::dark("dark", &[BLACK])]
    #[case::light("light", &[WHITE])]
    fn everything_can_be_read(#[case] name: &str, #[case] grounds: &[Rgb]) {
        let theme = Theme::new(name, true).unwrap();
        for (role, style) in styles(&theme) {
            assert_eq!(style.bg, None, "{role}: the ground is the terminal's");
            for (&ground, terminal) in grounds
                .iter()
                .flat_map(|ground| TERMINALS.map(|one| (ground, one)))
            {
                let own = if ground == WHITE { BLACK } else { [0xdd; 3] };
                let colour = match style.fg.unwrap() {
                    Color::Reset if style.add_modifier.contains(Modifier::DIM) => {
                        [0, 1, 2].map(|part| own[part].midpoint(ground[part]))
                    }
                    Color::Reset => own,
                    hue => rgb(terminal[place(hue)]),
                };
                let ratio = contrast(colour, ground);
                assert!(ratio >= 3.0, "{name}, {role}: {ratio:.2} on {ground:?}");
            }
        }
    }

    /// A hue says nothing alone: whatever has one is told from plain text without it, or has a sign.
    #[rstest]
    #[case::selected(|theme: &Theme| theme.selected, |theme: &Theme| theme.text)]
    #[case::placeholder(|theme: &Theme| theme.placeholder, |theme: &Theme| theme.text)]
    #[case::focus(|theme: &Theme| theme.focus, |theme: &Theme| theme.text)]
    #[case::key(|theme: &Theme| theme.key, |theme: &Theme| theme.text)]
    fn it_is_told_without_colours(
        #[case] one: fn(&Theme) -> Style,
        #[case] other: fn(&Theme) -> Style,
        #[values("auto", "dark", "light")] name: &str,
    ) {
        let theme = Theme::new(name, false).unwrap();
        assert_ne!(one(&theme), other(&theme));
        let hues = styles(&theme)
            .into_iter()
            .filter(|(_, style)| style.fg != Some(Color::Reset));
        assert_eq!(hues.count(), 0);
    }

    #[rstest]
    #[case::unknown("solarized")]
    #[case::wide("日本")]
    #[case::empty("")]
    fn an_unknown_theme_is_named_with_the_known_ones(#[case] name: &str) {
        let words = Theme::new(name, true).unwrap_err().to_string();
        assert!(words.contains(&format!("{name:?}")), "{words}");
        for known in ["auto", "dark", "light"] {
            assert!(words.contains(known), "{words}");
        }
    }

    #[rstest]
    #[case::dark("15;0", Some("dark"))]
    #[case::light("0;15", Some("light"))]
    #[case::of_rxvt("0;default;15", Some("light"))]
    #[case::grey_text_on_black("7;0", Some("dark"))]
    #[case::grey_ground("0;7", Some("light"))]
    #[case::dark_grey("15;8", Some("dark"))]
    #[case::default("default;default", None)]
    #[case::of_256_colours("0;231", None)]
    #[case::empty("", None)]
    #[case::nonsense("日本;x", None)]
    fn the_ground_that_the_environment_names(#[case] said: &str, #[case] expected: Option<&str>) {
        assert_eq!(ground(said), expected);
    }
}
