//! Marks around a part of a text: put there, and taken away where they are already.
//!
//! `WhatsApp` takes a mark that stands right at a word, on one line: blanks at the ends stay outside, and
//! each line gets its own.

use std::ops::Range;
use std::time::Duration;

use tui_textarea::{CursorMove, TextArea};
use unicode_segmentation::UnicodeSegmentation;

use super::{Field, Response, StepKind};

/// What can stand around a text, one in another.
const MARKS: [char; 4] = ['*', '_', '~', '`'];

/// A place: line, and character in it.
type Place = (usize, usize);

/// What becomes of a part of a text.
#[derive(Debug, PartialEq, Eq)]
struct Change {
    /// The part that is replaced.
    from: Place,
    to: Place,
    /// What stands there then.
    text: String,
    /// What is selected then; where nothing was, the caret stays at its letter.
    selected: (Place, Place),
}

impl Field {
    /// Puts a mark around what is selected, or around the word at the caret, or a pair of them at the
    /// caret; takes it away where it is. One step to undo.
    pub fn toggle_mark(&mut self, mark: char, now: Duration) -> Response {
        let selection = self.area.selection_range();
        let selection = selection.filter(|(start, end)| start != end);
        let caret = self.cursor();
        let lines = self.area.lines();
        let change = match selection {
            Some((start, end)) if start.0 != end.0 => of_lines(lines, (start, end), mark),
            Some((start, end)) => {
                let line: Vec<char> = lines[start.0].chars().collect();
                let part = trimmed(&line, start.1..end.1);
                (!part.is_empty()).then(|| of_part(&line, start.0, part, mark))
            }
            None => {
                let line: Vec<char> = lines[caret.0].chars().collect();
                let word = word_at(&lines[caret.0], caret.1).unwrap_or(caret.1..caret.1);
                Some(of_part(&line, caret.0, word, mark))
            }
        };
        let Some(change) = change else {
            return Response::Ignored;
        };
        let edited = self.edit(StepKind::Other, now, |area| {
            select(area, change.from, change.to);
            if change.text.is_empty() {
                area.cut()
            } else {
                area.insert_str(&change.text)
            }
        });
        if edited != Response::Changed {
            return edited;
        }
        let (start, end) = change.selected;
        if selection.is_some() {
            select(&mut self.area, start, end);
        } else {
            // Where the mark came or went before the caret, that goes along.
            let by = start.1.cast_signed() - change.from.1.cast_signed();
            let column = if change.text.contains(mark) && change.text.len() > 1 && by > 0 {
                caret.1 + 1
            } else {
                caret.1.saturating_sub(1)
            };
            self.jump(start.0, column.clamp(start.1, end.1));
        }
        self.follow();
        Response::Changed
    }
}

/// Selects a part, the caret at its end.
fn select(area: &mut TextArea<'static>, from: Place, to: Place) {
    let jump = |(line, column): Place| {
        let clamp = |number: usize| u16::try_from(number).unwrap_or(u16::MAX);
        CursorMove::Jump(clamp(line), clamp(column))
    };
    area.cancel_selection();
    area.move_cursor(jump(from));
    if from != to {
        area.start_selection();
        area.move_cursor(jump(to));
    }
}

/// A part without the blanks at its ends.
fn trimmed(line: &[char], part: Range<usize>) -> Range<usize> {
    let part = part.start.min(line.len())..part.end.min(line.len());
    let inside = &line[part.clone()];
    let blanks = inside.iter().take_while(|c| c.is_whitespace()).count();
    if blanks == inside.len() {
        return part.start..part.start;
    }
    let after = inside
        .iter()
        .rev()
        .take_while(|c| c.is_whitespace())
        .count();
    part.start + blanks..part.end - after
}

/// The word that a caret is in, or at the end of; in characters.
fn word_at(line: &str, column: usize) -> Option<Range<usize>> {
    let mut begin = 0;
    let words = line.split_word_bounds().map(|word| {
        let range = begin..begin + word.chars().count();
        begin = range.end;
        (word, range)
    });
    let words = words.filter(|(word, _)| word.chars().any(char::is_alphanumeric));
    words
        .map(|(_, range)| range)
        .find(|range| (range.start..=range.end).contains(&column))
}

/// A part of one line with the mark, or without it where it stands around or within already.
fn of_part(line: &[char], row: usize, part: Range<usize>, mark: char) -> Change {
    let text = |range: Range<usize>| line[range].iter().collect::<String>();
    let change = |from: usize, to: usize, text: String, selected: Range<usize>| Change {
        from: (row, from),
        to: (row, to),
        text,
        selected: ((row, selected.start), (row, selected.end)),
    };
    // Around it, behind others that stand around it too.
    let (mut left, mut right) = (part.start, part.end);
    while left > 0 && right < line.len() && line[left - 1] == line[right] {
        if line[right] == mark {
            let inner = text(left..right);
            let selected = part.start - 1..part.end - 1;
            return change(left - 1, right + 1, inner, selected);
        }
        if !MARKS.contains(&line[right]) {
            break;
        }
        (left, right) = (left - 1, right + 1);
    }
    let has_both = part.len() >= 2 && line[part.start] == mark && line[part.end - 1] == mark;
    if has_both {
        let inner = text(part.start + 1..part.end - 1);
        return change(part.start, part.end, inner, part.start..part.end - 2);
    }
    let marked = format!("{mark}{}{mark}", text(part.clone()));
    change(part.start, part.end, marked, part.start + 1..part.end + 1)
}

/// Several lines, each with the mark, or all without it where each has it.
fn of_lines(lines: &[String], (start, end): (Place, Place), mark: char) -> Option<Change> {
    let parts: Vec<String> = (start.0..=end.0)
        .map(|row| {
            let chars: Vec<char> = lines[row].chars().collect();
            let from = if row == start.0 { start.1 } else { 0 };
            let to = if row == end.0 { end.1 } else { chars.len() };
            chars[from.min(chars.len())..to.min(chars.len())]
                .iter()
                .collect()
        })
        .collect();
    let core = |part: &String| part.trim().to_owned();
    let is_marked =
        |core: &str| core.chars().count() > 2 && core.starts_with(mark) && core.ends_with(mark);
    let cores: Vec<String> = parts.iter().map(core).collect();
    let filled = || cores.iter().filter(|core| !core.is_empty());
    filled().next()?;
    let all = filled().all(|core| is_marked(core));
    let changed: Vec<String> = parts
        .iter()
        .zip(&cores)
        .map(|(part, core)| {
            if core.is_empty() || !all && is_marked(core) {
                return part.clone();
            }
            let new = if all {
                core[mark.len_utf8()..core.len() - mark.len_utf8()].to_owned()
            } else {
                format!("{mark}{core}{mark}")
            };
            part.replacen(core.as_str(), &new, 1)
        })
        .collect();
    let last = changed.last().map_or(0, |part| part.chars().count());
    Some(Change {
        from: start,
        to: end,
        text: changed.join("\n"),
        selected: (start, (end.0, last)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    /// A field whose text has `|` at the caret, or two of them around what is selected.
    fn field(text: &str) -> Field {
        let mut field = Field::new(&text.replace('|', ""), true);
        let place = |at: usize| {
            let before = text[..at].replace('|', "");
            let row = before.matches('\n').count();
            let line = before.rsplit('\n').next().unwrap_or_default();
            (row, line.chars().count())
        };
        let places: Vec<Place> = text.match_indices('|').map(|(at, _)| place(at)).collect();
        select(
            &mut field.area,
            places[0],
            *places.last().unwrap_or(&places[0]),
        );
        field
    }

    fn shown(field: &Field) -> String {
        let caret = field.cursor();
        let selection = field.area.selection_range();
        let (start, end) = selection
            .filter(|(start, end)| start != end)
            .unwrap_or((caret, caret));
        let mut lines: Vec<String> = field.area.lines().to_vec();
        let marks = if start == end {
            vec![start]
        } else {
            vec![end, start]
        };
        for (row, column) in marks {
            let at = lines[row]
                .char_indices()
                .nth(column)
                .map_or(lines[row].len(), |(at, _)| at);
            lines[row].insert(at, '|');
        }
        lines.join("\n")
    }

    #[rstest]
    #[case::selection("a |two words| b", "a *|two words|* b")]
    #[case::off_again("a *|two words|* b", "a |two words| b")]
    #[case::selected_with_its_marks("a |*two words*| b", "a |two words| b")]
    #[case::blanks_stay_outside("a| two |b", "a *|two|* b")]
    #[case::word_at_the_caret("a tw|o b", "a *tw|o* b")]
    #[case::word_before_the_caret("a two|", "a *two|*")]
    #[case::word_off_again("a *tw|o* b", "a tw|o b")]
    #[case::empty_pair("a | b", "a *|* b")]
    #[case::empty_pair_off("a *|* b", "a | b")]
    #[case::inside_another("_|x|_", "_*|x|*_")]
    #[case::behind_another("*_|x|_*", "_|x|_")]
    #[case::wide("Olá |日本 👨‍👩‍👧| ok", "Olá *|日本 👨‍👩‍👧|* ok")]
    #[case::accents("e\u{301}t|e\u{301}", "*e\u{301}t|e\u{301}*")]
    #[case::lines("x |one\n\n two| y", "x |*one*\n\n *two*| y")]
    #[case::lines_off("x |*one*\n*two*| y", "x |one\ntwo| y")]
    #[case::lines_of_which_one_has_it("|*one*\ntwo|", "|*one*\n*two*|")]
    #[case::other_marks_are_left("|_x_|", "*|_x_|*")]
    fn bold(#[case] before: &str, #[case] after: &str) {
        let mut field = field(before);
        assert_eq!(field.toggle_mark('*', Duration::ZERO), Response::Changed);
        assert_eq!(shown(&field), after);
        field.undo();
        assert_eq!(field.text(), before.replace('|', ""), "one step");
    }

    #[rstest]
    #[case::blanks("a|  |b")]
    #[case::blank_lines("a|\n \n|b")]
    fn nothing_but_blanks_is_left_alone(#[case] before: &str) {
        let mut field = field(before);
        assert_eq!(field.toggle_mark('`', Duration::ZERO), Response::Ignored);
        assert_eq!(field.text(), before.replace('|', ""));
    }
}
