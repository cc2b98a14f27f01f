//! JSON in the styles of its parts: keys, texts, and numbers, true, false and null. What is no JSON keeps
//! the style of a text.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::tui::theme::Theme;

/// The parts that are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Key,
    Text,
    Literal,
    Other,
}

/// Goes through a JSON text line by line, whatever the lines were broken at.
#[derive(Debug)]
pub struct Painter<'a> {
    theme: &'a Theme,
    /// What is open: whether each is an object.
    open: Vec<bool>,
    /// The string that is open, and whether its next character is escaped.
    string: Option<(Part, bool)>,
    /// Whether a string here is a key.
    is_key: bool,
}

impl<'a> Painter<'a> {
    /// A painter at the beginning of a text; `None` where that is no JSON.
    pub fn new(theme: &'a Theme, text: &str) -> Option<Self> {
        text.trim_start().starts_with(['{', '[']).then(|| Self {
            theme,
            open: Vec::new(),
            string: None,
            is_key: false,
        })
    }

    fn style(&self, part: Part) -> Style {
        let Theme {
            text,
            key,
            ok,
            button,
            ..
        } = *self.theme;
        let hue = |style: Style| Style {
            fg: style.fg,
            ..text
        };
        match part {
            Part::Key => key,
            Part::Text => hue(ok),
            Part::Literal => hue(button),
            Part::Other => text,
        }
    }

    /// The part that a character belongs to.
    fn part(&mut self, c: char) -> Part {
        if let Some((part, is_escaped)) = self.string {
            let ends = c == '"' && !is_escaped;
            self.string = (!ends).then_some((part, c == '\\' && !is_escaped));
            return part;
        }
        match c {
            '"' => {
                let part = if self.is_key { Part::Key } else { Part::Text };
                self.string = Some((part, false));
                return part;
            }
            '{' | '[' => self.open.push(c == '{'),
            '}' | ']' => {
                self.open.pop();
            }
            '0'..='9' | '-' | '+' | '.' | 'a'..='z' | 'E' => return Part::Literal,
            _ => {}
        }
        self.is_key = match c {
            '{' => true,
            ',' => self.open.last() == Some(&true),
            c if c.is_whitespace() => self.is_key,
            _ => false,
        };
        Part::Other
    }

    /// A line in its styles.
    pub fn line(&mut self, text: &str) -> Line<'static> {
        let mut spans: Vec<Span<'static>> = Vec::new();
        let (mut begin, mut before) = (0, None);
        for (at, c) in text.char_indices() {
            let part = self.part(c);
            if before.is_some_and(|before| before != part) {
                let style = self.style(before.unwrap_or(part));
                spans.push(Span::styled(text[begin..at].to_owned(), style));
                begin = at;
            }
            before = Some(part);
        }
        if let Some(part) = before {
            spans.push(Span::styled(text[begin..].to_owned(), self.style(part)));
        }
        Line::from(spans)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
mod tests {
    use super::*;
    use rstest::rstest;

    fn parts(theme: &Theme, lines: &[&str], style: Style) -> Vec<String> {
        let mut painter = Painter::new(theme, lines[0]).unwrap();
        let lines: Vec<Line<'_>> = lines.iter().map(|line| painter.line(line)).collect();
        let spans = lines.into_iter().flat_map(|line| line.spans);
        let spans = spans.filter(|span| span.style == style);
        spans.map(|span| span.content.into_owned()).collect()
    }

    #[rstest]
    #[case::flat(&["{\"a\": \"b\", \"c\": [\"d\", {\"日本\": 1}]}"], &["\"a\"", "\"c\"", "\"日本\""])]
    #[case::a_text_with_signs(&["{\"a\": \"{\\\"x\\\": 1},\", \"b\": 2}"], &["\"a\"", "\"b\""])]
    #[case::wrapped(&["{\"a\": \"one,", "two: {\",", "\"b\":", "null}"], &["\"a\"", "\"b\""])]
    #[case::backslash_at_the_end(&["{\"a\": \"x\\\\\", \"b\": 1}"], &["\"a\"", "\"b\""])]
    fn keys(#[case] lines: &[&str], #[case] expected: &[&str]) {
        let theme = Theme::new("dark", true).unwrap();
        assert_eq!(parts(&theme, lines, theme.key), expected);
    }

    #[test]
    fn numbers_and_words() {
        let theme = Theme::new("dark", true).unwrap();
        let style = theme.text.fg(theme.button.fg.unwrap());
        let lines = ["{\"n\": -1.5e+3, \"t\": true, \"s\": \"12 👋\", \"x\": null}"];
        assert_eq!(parts(&theme, &lines, style), ["-1.5e+3", "true", "null"]);
    }

    #[test]
    fn without_colours_keys_alone_are_told_apart() {
        let theme = Theme::new("dark", false).unwrap();
        let lines = ["{\"a\": \"b\", \"c\": 1}"];
        assert_eq!(parts(&theme, &lines, theme.key), ["\"a\"", "\"c\""]);
        assert_ne!(theme.key, theme.text);
    }

    #[rstest]
    #[case::words("not found")]
    #[case::page("<html>")]
    #[case::nothing("")]
    fn what_is_no_json_is_left_alone(#[case] text: &str) {
        let theme = Theme::new("dark", true).unwrap();
        assert!(Painter::new(&theme, text).is_none());
    }
}
