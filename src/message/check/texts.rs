//! What a text that the recipient reads holds, and that `WhatsApp` shows as it is: Markdown, HTML,
//! the two characters of an escaped line break, as chatbots and other programs write them.
//!
//! It warns of what is certainly none of `WhatsApp`'s own marks, and once for each kind.

mod html;
mod markdown;

use super::{Problem, is_blank};
use crate::message::spec::Shown;
use crate::message::{Field, RowPart, SectionPart};
use crate::visible;

/// The most characters of a text that a warning repeats.
const LONGEST_SHOWN: usize = 30;

/// Reports what stands in a text that the recipient reads and was meant for another program.
pub(super) fn check(field: Field, text: &str, problems: &mut Vec<Problem>) {
    let Some(shown) = field.spec().shown else {
        return;
    };
    if shown == Shown::Plain && !text.is_empty() && is_blank(text) && may_be_left_out(field) {
        problems.push(Problem::warning(
            field,
            "there is nothing to see in it: leave it empty, or write something",
        ));
    }
    let found = suspects(text);
    let mut warn = |words: String| problems.push(Problem::warning(field, words));
    if found & MARKDOWN != 0 {
        markdown::check(text, shown, &mut warn);
    }
    if found & BACKSLASH != 0
        && let Some(escape) = escaped(text)
    {
        warn(format!(
            "the text has the two characters {escape} in it, which WhatsApp shows so: {}",
            match (escape, shown) {
                ("\\t", _) => "write a tab or spaces in their place",
                (_, Shown::Formatted) => "write a line break in their place",
                (_, Shown::Plain) => "write a space in their place, as this is one line",
            }
        ));
    }
    if found & HTML != 0 {
        html::check(text, shown, &mut warn);
    }
    if shown == Shown::Formatted && is_pix_code(text) {
        warn(
            "this looks like a Pix code: as a text its *** may be taken for formatting, and it is \
             hard to copy; send it in a button with action = \"copy\""
                .to_owned(),
        );
    }
}

/// Whether a text that is not there is just not shown; others have an error of their own then.
const fn may_be_left_out(field: Field) -> bool {
    matches!(
        field,
        Field::Header
            | Field::Footer
            | Field::Title
            | Field::Section(_, SectionPart::Row(_, RowPart::Description))
    )
}

const MARKDOWN: u8 = 1;
const BACKSLASH: u8 = 2;
const HTML: u8 = 4;

/// Which of the checks a text is worth: by its bytes, as most have none of these.
fn suspects(text: &str) -> u8 {
    const KINDS: [u8; 256] = {
        let mut kinds = [0; 256];
        kinds[b'*' as usize] = MARKDOWN;
        kinds[b'_' as usize] = MARKDOWN;
        kinds[b'~' as usize] = MARKDOWN;
        kinds[b'#' as usize] = MARKDOWN;
        kinds[b'`' as usize] = MARKDOWN;
        kinds[b'|' as usize] = MARKDOWN;
        kinds[b']' as usize] = MARKDOWN;
        kinds[b'\\' as usize] = BACKSLASH;
        kinds[b'<' as usize] = HTML;
        kinds[b'&' as usize] = HTML;
        kinds
    };
    text.bytes()
        .fold(0, |found, byte| found | KINDS[usize::from(byte)])
}

/// The first `\n`, `\r\n` or `\t` of two characters that is no part of a Windows path.
fn escaped(text: &str) -> Option<&'static str> {
    text.lines().find_map(|line| {
        let path = path_start(line).unwrap_or(line.len());
        let line = &line[..path];
        let mut marks = line.match_indices('\\').map(|(at, _)| &line[at..]);
        marks.find_map(|rest| {
            let mut escapes = ["\\r\\n", "\\n", "\\t"].into_iter();
            escapes.find(|escape| rest.starts_with(escape))
        })
    })
}

/// Where a path such as `C:\new` or `\\server\team` begins in a line.
fn path_start(line: &str) -> Option<usize> {
    let bytes = line.as_bytes();
    let is_word = |at: usize| at == 0 || !bytes[at - 1].is_ascii_alphanumeric();
    let drive = line
        .match_indices(":\\")
        .map(|(at, _)| at)
        .find(|at| *at > 0 && bytes[at - 1].is_ascii_alphabetic() && is_word(at - 1))
        .map(|at| at - 1);
    let share = line
        .match_indices("\\\\")
        .map(|(at, _)| at)
        .find(|at| *at == 0 || bytes[at - 1].is_ascii_whitespace());
    [drive, share].into_iter().flatten().min()
}

/// Whether a text holds a Pix code, which begins as every EMV code does and names the Pix.
fn is_pix_code(text: &str) -> bool {
    text.contains("0002") && text.to_ascii_lowercase().contains("br.gov.bcb.pix")
}

/// A part of a text as a warning repeats it.
fn excerpt(text: &str) -> String {
    let mut shown: String = text.chars().take(LONGEST_SHOWN).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    visible::line(&shown).into_owned()
}
