//! The parts of a shell's words: quotes, escapes, variables and substitutions.

use std::str::Chars;

use super::{DEEPEST, Shell, Unclosed};
use crate::import::variable::{bracketed, expression};

/// So many characters an expression in braces may have.
const LONGEST: usize = 200;

impl Shell<'_> {
    /// Adds the next part of a word: a quoted text, an escaped character, a variable, or a character.
    pub(super) fn word_part(&mut self, word: &mut String) -> Result<(), Unclosed> {
        let at = self.at;
        let Some(c) = self.next() else {
            return Ok(());
        };
        match c {
            '\'' => {
                let text = self.rest();
                let end = text.find('\'').ok_or(Unclosed(at))?;
                word.push_str(&text[..end]);
                self.at += end + 1;
            }
            '"' => self.double_quoted(word, at)?,
            '\\' => {
                self.at = at;
                if !self.continuation() {
                    self.at += 1;
                    word.extend(self.next());
                }
            }
            '$' if self.eat("'") => {
                let mut characters = self.rest().chars();
                word.push_str(&ansi_c(&mut characters).ok_or(Unclosed(at))?);
                self.at = self.text.len() - characters.as_str().len();
            }
            '$' if self.eat("\"") => self.double_quoted(word, at)?,
            '$' => self.dollar(word)?,
            '`' => self.backquoted(word),
            c => word.push(c),
        }
        Ok(())
    }

    /// Passes over a backslash that ends its line, with the blanks that a web page put behind it.
    pub(super) fn continuation(&mut self) -> bool {
        let Some(rest) = self.rest().strip_prefix('\\') else {
            return false;
        };
        let after = rest.trim_start_matches([' ', '\t', '\r']);
        let is_end = after.starts_with('\n') || after.is_empty() && !rest.is_empty();
        if is_end {
            self.at = self.text.len() - after.len() + usize::from(!after.is_empty());
        }
        is_end
    }

    fn double_quoted(&mut self, word: &mut String, open: usize) -> Result<(), Unclosed> {
        loop {
            match self.next().ok_or(Unclosed(open))? {
                '"' => return Ok(()),
                '\\' => match self.next().ok_or(Unclosed(open))? {
                    '\n' => {}
                    c @ ('"' | '\\' | '$' | '`') => word.push(c),
                    c => word.extend(['\\', c]),
                },
                '$' => self.dollar(word)?,
                '`' => self.backquoted(word),
                c => word.push(c),
            }
        }
    }

    /// A line of a here-document, its variables filled in.
    pub(super) fn expand(&mut self, line: &str, text: &mut String) {
        let mut shell = Shell {
            text: line,
            at: 0,
            depth: DEEPEST,
            steps: Vec::new(),
            variables: std::mem::take(&mut self.variables),
            documents: Vec::new(),
        };
        while let Some(c) = shell.next() {
            match c {
                '\\' => match shell.next() {
                    Some('\n') => {}
                    Some(c @ ('\\' | '$' | '`')) => text.push(c),
                    other => text.extend(std::iter::once('\\').chain(other)),
                },
                '$' => drop(shell.dollar(text)),
                '`' => shell.backquoted(text),
                c => text.push(c),
            }
        }
        self.variables = shell.variables;
    }

    /// What follows a `$`.
    fn dollar(&mut self, word: &mut String) -> Result<(), Unclosed> {
        let (text, at) = (self.rest(), self.at);
        if let Some(inner) = text.strip_prefix('{') {
            if let Some((name, length)) = braced(inner) {
                self.at += length + 2;
                word.push_str(&self.variables.value(name));
                return Ok(());
            }
            // `${arr[0]}`, `${#name}`
            let mut places = inner.char_indices().take(LONGEST);
            let end = places.find(|(_, c)| matches!(c, '}' | '\n' | '"'));
            if let Some((end, '}')) = end {
                self.unknown(end + 2, text, word);
                return Ok(());
            }
        } else if text.starts_with('(') && !text.starts_with("((") && self.depth < DEEPEST {
            self.at += 1;
            self.depth += 1;
            let (waiting, start) = (std::mem::take(&mut self.documents), self.at);
            let step = self.commands();
            self.depth -= 1;
            self.documents = waiting;
            let step = step.map_err(|_| Unclosed(at))?;
            let source = self
                .text
                .get(start..self.at.saturating_sub(1))
                .unwrap_or_default();
            word.push_str(&self.printed(step, source));
            return Ok(());
        } else if text.starts_with('(') {
            if let Some(length) = bracketed(text) {
                self.unknown(length, text, word);
                return Ok(());
            }
        } else {
            let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
            let length = text.find(|c| !is_part(c)).unwrap_or(text.len());
            // `$5` is a price sooner than an argument, and stays
            if text.starts_with(|c: char| c.is_ascii_digit()) {
                self.unknown(1, text, word);
                return Ok(());
            }
            if length > 0 {
                self.at += length;
                word.push_str(&self.variables.value(&text[..length]));
                return Ok(());
            }
        }
        word.push('$');
        Ok(())
    }

    /// Passes over so many bytes behind a `$` that stay as they are written.
    fn unknown(&mut self, length: usize, text: &str, word: &mut String) {
        self.at += length;
        word.push_str(&expression(&format!("${}", &text[..length])));
    }

    /// An old substitution stays as it is written, since nothing is run.
    fn backquoted(&mut self, word: &mut String) {
        let text = self.rest();
        match text.find('`') {
            Some(end) => {
                self.at += end + 1;
                word.push_str(&expression(&format!("`{}", &text[..=end])));
            }
            None => word.push('`'),
        }
    }
}

/// The name in `${name}` or `${name:-…}`, and the length up to its closing brace.
fn braced(inner: &str) -> Option<(&str, usize)> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let length = inner.find(|c| !is_part(c)).filter(|length| *length > 0)?;
    let (name, rest) = inner.split_at(length);
    // what may follow a name there: a default, a part to cut off
    if !rest.starts_with(['}', ':', '-', '=', '?', '+', '#', '%', '/', '^', ',']) {
        return None;
    }
    let mut places = rest.char_indices().take(LONGEST);
    let (end, c) = places.find(|(_, c)| matches!(c, '}' | '\n'))?;
    (c == '}').then_some((name, length + end))
}

/// The text up to the closing quote of `$'…'`, its escapes read; nothing where it is not closed.
fn ansi_c(characters: &mut Chars<'_>) -> Option<String> {
    let mut text = String::new();
    loop {
        let c = characters.next()?;
        if c == '\'' {
            return Some(text);
        }
        if c != '\\' {
            text.push(c);
            continue;
        }
        match characters.next()? {
            'n' => text.push('\n'),
            't' => text.push('\t'),
            'r' => text.push('\r'),
            'a' => text.push('\u{7}'),
            'b' => text.push('\u{8}'),
            'e' | 'E' => text.push('\u{1b}'),
            'u' => push_utf16(&mut text, characters),
            'U' => text.push(character(hexadecimal(characters, 8))),
            'x' => text.push(character(hexadecimal(characters, 2))),
            other => text.push(other),
        }
    }
}

/// A `\uXXXX`, with the second half where it is the first one of a pair, as browsers write them.
fn push_utf16(text: &mut String, characters: &mut Chars<'_>) {
    let first = hexadecimal(characters, 4);
    let mut ahead = characters.clone();
    if (0xd800..0xdc00).contains(&first) && ahead.next() == Some('\\') && ahead.next() == Some('u')
    {
        let second = hexadecimal(&mut ahead, 4);
        if (0xdc00..0xe000).contains(&second) {
            *characters = ahead;
            text.push(character(
                0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00),
            ));
            return;
        }
    }
    text.push(character(first));
}

/// Up to so many hexadecimal digits.
fn hexadecimal(characters: &mut Chars<'_>, most: usize) -> u32 {
    let mut value = 0;
    for _ in 0..most {
        let next = characters.clone().next();
        let Some(digit) = next.and_then(|c| c.to_digit(16)) else {
            break;
        };
        value = value << 4 | digit;
        characters.next();
    }
    value
}

fn character(value: u32) -> char {
    char::from_u32(value).unwrap_or(char::REPLACEMENT_CHARACTER)
}
