//! Pieces of the screen that know nothing of messages.

pub mod comparison;
pub mod facts;
pub mod field;
pub mod fuzzy;
pub mod glyph;
pub mod hits;
pub mod json;
pub mod list;
pub mod paragraph;
pub mod pixels;
pub mod soft_wrap;
pub mod spinner;
