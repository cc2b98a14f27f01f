//! The names of emoji are those of the crate `emojis`, which follows Unicode. They are written anew by
//!
//!     EMOJI=write cargo test --test emoji

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fmt::Write as _;
use std::path::Path;

use wacompose::tui::widget::fuzzy::searched;

/// An emoji on each line, its name and its short names behind tabs, as they are searched.
fn text() -> String {
    let mut text = String::new();
    for emoji in emojis::iter() {
        let name = searched(emoji.name());
        let short = emoji
            .shortcodes()
            .map(|code| searched(&code.replace('_', " ")));
        let short: Vec<String> = short.filter(|code| *code != name).collect();
        writeln!(text, "{}\t{name}\t{}", emoji.as_str(), short.join(", ")).unwrap();
    }
    text
}

#[test]
fn the_names_are_those_of_unicode() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/emoji.txt");
    let text = text();
    if std::env::var_os("EMOJI").is_some_and(|value| value == "write") {
        std::fs::write(&path, &text).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap();
    assert!(
        written == text,
        "write them anew: EMOJI=write cargo test --test emoji"
    );
    assert!(text.lines().count() > 1800);
}
