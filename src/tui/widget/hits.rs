//! Where words are in a line, whatever their case and accents, and the line with those places marked.

use std::ops::Range;

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::message::folded;

/// The places of what is looked for, which is folded, in a line: ranges of bytes, in order, none over
/// another.
pub fn hits(line: &str, wanted: &str) -> Vec<Range<usize>> {
    if wanted.is_empty() || line.is_empty() {
        return Vec::new();
    }
    if line.is_ascii() {
        let lower = line.to_ascii_lowercase();
        let found = lower.match_indices(wanted);
        return found.map(|(at, hit)| at..at + hit.len()).collect();
    }
    // Each byte of the folded line, with the character that it comes from.
    let (mut text, mut from) = (String::new(), Vec::new());
    for (at, c) in line.char_indices() {
        let mut one = [0; 4];
        let part = folded(c.encode_utf8(&mut one));
        from.extend(std::iter::repeat_n(at, part.len()));
        text.push_str(&part);
    }
    let found = text.match_indices(wanted).map(|(at, hit)| {
        let end = from.get(at + hit.len()).copied();
        from[at]..end.unwrap_or(line.len())
    });
    // Where one character became several, a hit may be a part of them.
    found.filter(|range| !range.is_empty()).collect()
}

/// The places of each of some words, which are folded, merged where they touch.
pub fn hits_of_words(line: &str, words: &[&str]) -> Vec<Range<usize>> {
    let mut all: Vec<Range<usize>> = words.iter().flat_map(|word| hits(line, word)).collect();
    all.sort_by_key(|range| range.start);
    let mut merged: Vec<Range<usize>> = Vec::new();
    for range in all {
        match merged.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

/// A line with ranges of its text in styles of their own, over the ones that it has.
pub fn marked(line: Line<'static>, ranges: &[(Range<usize>, Style)]) -> Line<'static> {
    if ranges.is_empty() {
        return line;
    }
    let (mut spans, mut begin) = (Vec::new(), 0);
    for span in line.spans {
        let text = &*span.content;
        let end = begin + text.len();
        let mut at = begin;
        let mut put = |from: usize, to: usize, style: Style| {
            if from < to {
                spans.push(Span::styled(
                    text[from - begin..to - begin].to_owned(),
                    style,
                ));
            }
        };
        for (range, style) in ranges {
            let (from, to) = (range.start.clamp(at, end), range.end.clamp(at, end));
            if from < to {
                put(at, from, span.style);
                put(from, to, span.style.patch(*style));
                at = to;
            }
        }
        put(at, end, span.style);
        begin = end;
    }
    Line { spans, ..line }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::case("One one ONE", "one", &["One", "one", "ONE"])]
    #[case::accents("Não, NAO e na\u{303}o.", "nao", &["Não", "NAO", "na\u{303}o"])]
    #[case::wide("a 日本 日本", "日本", &["日本", "日本"])]
    #[case::emoji("👍🏽 ok 👍", "👍", &["👍", "👍"])]
    #[case::nothing("abc", "d", &[])]
    #[case::nothing_wanted("abc", "", &[])]
    #[case::right_to_left("שלום עולם", "עולם", &["עולם"])]
    #[case::ligature_of_one_letter("ﬁm", "m", &["m"])]
    fn places(#[case] line: &str, #[case] wanted: &str, #[case] expected: &[&str]) {
        let found: Vec<&str> = hits(line, wanted).into_iter().map(|at| &line[at]).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn the_marks_go_across_spans_and_the_text_stays() {
        let line = Line::from(vec![Span::raw("Olá 日"), Span::raw("本 ok")]);
        let text = line.to_string();
        let mark = Style::new().bold();
        let ranges: Vec<_> = hits(&text, "日本 o")
            .into_iter()
            .map(|at| (at, mark))
            .collect();
        let line = marked(line, &ranges);
        assert_eq!(line.to_string(), text);
        let bold = line.spans.iter().filter(|span| span.style == mark);
        let bold: Vec<&str> = bold.map(|span| &*span.content).collect();
        assert_eq!(bold, ["日", "本 o"]);
    }

    #[test]
    fn words_that_touch_are_one_place() {
        assert_eq!(hits_of_words("Maria", &["mar", "ari"]), vec![0..4]);
    }
}
