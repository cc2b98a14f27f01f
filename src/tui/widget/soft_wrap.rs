//! Soft wrap for the editors: where each line of a text breaks, as places in the text. It breaks
//! where [`crate::wrap`] would, but keeps every character: white space hangs over the edge.

use unicode_segmentation::UnicodeSegmentation;

use super::glyph;
use crate::wrap;

/// One row on the screen: a part of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// The line.
    pub line: usize,
    /// Its first character, counted in the line.
    pub start: usize,
    /// One past its last.
    pub end: usize,
    /// The same in bytes.
    pub start_byte: usize,
    /// The same in bytes.
    pub end_byte: usize,
    /// Whether the line ends here.
    pub last: bool,
}

/// The rows of these lines at a width. Words stay whole where they fit; white space at a break
/// hangs over the edge.
pub fn rows(lines: &[String], width: usize) -> Vec<Row> {
    let mut rows = Vec::with_capacity(lines.len());
    for (index, line) in lines.iter().enumerate() {
        wrap_line(index, line, width.max(1), &mut rows);
    }
    rows
}

/// A place in a line.
#[derive(Clone, Copy, Default)]
struct Place {
    char: usize,
    byte: usize,
}

fn wrap_line<'a>(line: usize, text: &'a str, width: usize, rows: &mut Vec<Row>) {
    let mut push = |from: Place, to: Place, last: bool| {
        rows.push(Row {
            line,
            start: from.char,
            end: to.char,
            start_byte: from.byte,
            end_byte: to.byte,
            last,
        });
    };
    let plain = glyph::is_plain(text);
    if plain && text.len() <= width {
        let end = Place {
            char: text.len(),
            byte: text.len(),
        };
        push(Place::default(), end, true);
        return;
    }
    let mut row = Place::default();
    let mut here = Place::default();
    let mut columns = 0;
    // The last place where this row may break, and the columns of what follows it.
    let mut chance: Option<(Place, usize)> = None;
    let mut previous = "";
    let mut step = |cluster: &'a str, chars: usize, cluster_width: usize| {
        let space = wrap::is_space(cluster);
        if !space && here.char > row.char && wrap::breaks_between(previous, cluster) {
            chance = Some((here, 0));
        }
        previous = cluster;
        if !space && columns + cluster_width > width && here.char > row.char {
            let (break_at, rest) = chance
                .take()
                .filter(|(place, _)| place.char > row.char)
                .unwrap_or((here, 0));
            push(row, break_at, false);
            row = break_at;
            columns = rest;
        }
        here.char += chars;
        here.byte += cluster.len();
        columns += cluster_width;
        if space {
            chance = Some((here, 0));
        } else if let Some((_, rest)) = &mut chance {
            *rest += cluster_width;
        }
    };
    if plain {
        for index in 0..text.len() {
            step(&text[index..=index], 1, 1);
        }
    } else {
        for cluster in text.graphemes(true) {
            step(
                cluster,
                cluster.chars().count(),
                glyph::glyph(cluster).width,
            );
        }
    }
    push(row, here, true);
}
