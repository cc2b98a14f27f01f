//! Which pictures a terminal can show, told from its environment: nothing is asked of it, so that no
//! answer can be taken for a keystroke and nothing waits.
//!
//! Half blocks are drawn everywhere that has colours; kitty's, iTerm2's and sixel graphics where the
//! terminal is known to have them, or where they are asked for.

use std::fmt;

use image::{DynamicImage, RgbImage};
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use ratatui::widgets::Widget;
use ratatui_image::picker::{Picker, ProtocolType};
use ratatui_image::protocol::Protocol;
use ratatui_image::{FontSize, Image, Resize};

use super::event::Thumbnail;
use crate::config::GraphicsChoice;

/// The pixels of a cell where the terminal does not tell.
const USUAL_CELL: Size = Size {
    width: 10,
    height: 20,
};

/// How pictures are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Graphics {
    /// The way.
    pub way: Way,
    /// The pixels of a cell.
    pub cell: Size,
}

/// A way to show a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Not at all: its name stands there.
    None,
    /// In cells of two colours.
    HalfBlocks,
    /// The terminal's own graphics.
    Own(ProtocolType),
}

/// A picture as the terminal's own graphics have it, at a size.
pub struct Drawn {
    /// Its size in cells.
    pub size: Size,
    protocol: Protocol,
}

impl fmt::Debug for Drawn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Drawn")
            .field("size", &self.size)
            .finish_non_exhaustive()
    }
}

impl Graphics {
    /// No pictures.
    pub const NONE: Self = Self {
        way: Way::None,
        cell: USUAL_CELL,
    };

    /// What was chosen, or what the environment tells; without colours there are no half blocks.
    pub fn new(
        choice: GraphicsChoice,
        env: impl Fn(&str) -> Option<String>,
        colours: bool,
        cell: Option<Size>,
    ) -> Self {
        let half_blocks = if colours { Way::HalfBlocks } else { Way::None };
        let way = match choice {
            GraphicsChoice::Auto if !colours => Way::None,
            GraphicsChoice::Auto => known(env).map_or(half_blocks, Way::Own),
            GraphicsChoice::Kitty => Way::Own(ProtocolType::Kitty),
            GraphicsChoice::Iterm2 => Way::Own(ProtocolType::Iterm2),
            GraphicsChoice::Sixel => Way::Own(ProtocolType::Sixel),
            GraphicsChoice::HalfBlocks => half_blocks,
            GraphicsChoice::None => Way::None,
        };
        let told = cell.filter(|cell| cell.width > 0 && cell.height > 0);
        Self {
            way,
            cell: told.unwrap_or(USUAL_CELL),
        }
    }

    /// A picture in the terminal's own graphics, fitted to cells; `None` where it has none.
    pub fn drawn(self, thumbnail: &Thumbnail, size: Size) -> Option<Drawn> {
        let Way::Own(protocol) = self.way else {
            return None;
        };
        #[expect(
            deprecated,
            reason = "the other ways to make one write to the terminal and read its answer"
        )]
        let mut picker = Picker::from_fontsize(FontSize::new(self.cell.width, self.cell.height));
        picker.set_protocol_type(protocol);
        let rgb = RgbImage::from_raw(thumbnail.width, thumbnail.height, thumbnail.rgb.clone())?;
        let image = DynamicImage::ImageRgb8(rgb);
        let protocol = picker.new_protocol(image, size, Resize::Scale(None)).ok()?;
        Some(Drawn { size, protocol })
    }
}

impl Drawn {
    /// Draws it; nothing where it does not fit whole.
    pub fn draw(&self, area: Rect, buffer: &mut Buffer) {
        Image::new(&self.protocol).render(area, buffer);
    }
}

/// The graphics of terminals that are known by their environment. Inside tmux and screen nothing is
/// known of the terminal around them.
fn known(env: impl Fn(&str) -> Option<String>) -> Option<ProtocolType> {
    let value = |name: &str| env(name).unwrap_or_default();
    let is_set = |name: &str| !value(name).is_empty();
    let term = value("TERM");
    if is_set("TMUX") || is_set("STY") || term.starts_with("tmux") || term.starts_with("screen") {
        return None;
    }
    let program = value("TERM_PROGRAM");
    // Placeholders, which are used here, came with kitty 0.28, and kitty's environment does not say its
    // version: an older one shows a box for each.
    if term.contains("ghostty") {
        return Some(ProtocolType::Kitty);
    }
    if is_set("KITTY_WINDOW_ID") || term.contains("kitty") {
        return None;
    }
    match program.as_str() {
        "ghostty" => return Some(ProtocolType::Kitty),
        "iTerm.app" | "WezTerm" | "mintty" => return Some(ProtocolType::Iterm2),
        _ => {}
    }
    if value("LC_TERMINAL") == "iTerm2" {
        return Some(ProtocolType::Iterm2);
    }
    let sixel = ["foot", "mlterm", "yaft", "contour"];
    sixel
        .iter()
        .any(|name| term.starts_with(name))
        .then_some(ProtocolType::Sixel)
}
