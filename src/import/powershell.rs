//! Commands as `PowerShell` reads them: backticks, here-strings, `$variables`.
//!
//! Programs are called as in other shells (`curl.exe …`), and `Invoke-RestMethod` and
//! `Invoke-WebRequest` are commands of its own.

use super::shell::Unclosed;
use super::step::{Step, Variables, next, rest};
use super::variable;

/// So deep brackets may be nested.
const DEEPEST: usize = 16;

/// The commands of a text.
pub(super) fn steps(text: &str) -> Result<Vec<Step>, Unclosed> {
    let mut reader = Reader {
        text,
        at: 0,
        steps: Vec::new(),
        variables: Variables::default(),
        piped: None,
        step: Step::default(),
        word: None,
        assigns: None,
    };
    reader.read()?;
    Ok(reader.steps)
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    steps: Vec<Step>,
    variables: Variables,
    /// The step whose output the next one reads.
    piped: Option<usize>,
    step: Step,
    word: Option<String>,
    /// The variable that the command's value goes to.
    assigns: Option<String>,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        rest(self.text, self.at)
    }

    fn next(&mut self) -> Option<char> {
        next(self.text, &mut self.at)
    }

    fn read(&mut self) -> Result<(), Unclosed> {
        loop {
            if self.word.is_none() && self.step.words.is_empty() {
                self.step.at = self.at;
                if self.assigns.is_none() {
                    self.assignment();
                }
            }
            let at = self.at;
            let Some(c) = self.next() else {
                break;
            };
            match c {
                ' ' | '\t' | '\r' => self.end_word(),
                '\n' | ';' => self.end(false),
                '|' => self.end(true),
                '#' if self.word.is_none() => {
                    self.at += self.rest().find('\n').unwrap_or(self.rest().len());
                }
                '&' if self.word.is_none() => {}
                '`' => self.backtick(),
                _ => {
                    self.at = at;
                    let mut word = self.word.take().unwrap_or_default();
                    self.part(&mut word)?;
                    self.word = Some(word);
                }
            }
        }
        self.end(false);
        Ok(())
    }

    /// Passes over `$name = ` where a command begins with it.
    fn assignment(&mut self) {
        let Some(rest) = self.rest().trim_start().strip_prefix('$') else {
            return;
        };
        let length = rest.find(|c| !is_name(c)).unwrap_or(0);
        let (name, after) = rest.split_at(length);
        let after = after.trim_start_matches([' ', '\t']);
        if let Some(value) = after.strip_prefix('=').filter(|_| !name.is_empty()) {
            self.at = self.text.len() - value.trim_start_matches([' ', '\t']).len();
            self.assigns = Some(unscoped(name));
        }
    }

    /// A backtick joins two lines, or takes the next character as it is.
    fn backtick(&mut self) {
        let after = self.rest().trim_start_matches([' ', '\t', '\r']);
        if after.starts_with('\n') || after.is_empty() {
            self.end_word();
            self.at = self.text.len() - after.len();
            self.next();
        } else if let Some(c) = self.next() {
            self.word.get_or_insert_default().push(escaped(c));
        }
    }

    fn part(&mut self, word: &mut String) -> Result<(), Unclosed> {
        let at = self.at;
        match self.next() {
            Some('@') if self.rest().starts_with(['\'', '"']) => self.here_string(word, at)?,
            Some('\'') => self.single_quoted(word, at)?,
            Some('"') => self.double_quoted(word, at)?,
            Some('$') => {
                let value = self.variable();
                word.push_str(&value);
            }
            Some('(') => {
                let inner = self.balanced(at)?;
                match literal(inner, 0) {
                    Some(text) => word.push_str(&self.expanded(text)),
                    None => word.push_str(&self.text[at..self.at]),
                }
            }
            // a table or a block: its text is not read
            Some('{') => {
                self.balanced(at)?;
                word.push_str(&self.text[at..self.at]);
            }
            Some(c) => word.push(c),
            None => {}
        }
        Ok(())
    }

    fn single_quoted(&mut self, word: &mut String, open: usize) -> Result<(), Unclosed> {
        loop {
            match self.next().ok_or(Unclosed(open))? {
                '\'' if self.rest().starts_with('\'') => {
                    self.at += 1;
                    word.push('\'');
                }
                '\'' => return Ok(()),
                c => word.push(c),
            }
        }
    }

    fn double_quoted(&mut self, word: &mut String, open: usize) -> Result<(), Unclosed> {
        loop {
            match self.next().ok_or(Unclosed(open))? {
                '"' if self.rest().starts_with('"') => {
                    self.at += 1;
                    word.push('"');
                }
                '"' => return Ok(()),
                '`' => word.push(escaped(self.next().ok_or(Unclosed(open))?)),
                '$' => {
                    let value = self.variable();
                    word.push_str(&value);
                }
                c => word.push(c),
            }
        }
    }

    /// A text between `@'` and `'@`, each on a line.
    fn here_string(&mut self, word: &mut String, open: usize) -> Result<(), Unclosed> {
        let quote = self.next().unwrap_or_default();
        let rest = self.rest();
        let start = rest.find('\n').map_or(rest.len(), |at| at + 1);
        let end = format!("\n{quote}@");
        // an empty one closes on the line after
        let from = start.saturating_sub(1);
        let length = rest[from..].find(&end).ok_or(Unclosed(open))?;
        let text = rest[from..from + length].trim_start_matches('\n');
        self.at += from + length + end.len();
        if quote == '"' {
            let text = self.expanded(text);
            word.push_str(&text);
        } else {
            word.push_str(text);
        }
        Ok(())
    }

    /// A text with its variables and backticks read.
    fn expanded(&mut self, text: &str) -> String {
        let mut reader = Reader {
            text,
            at: 0,
            steps: Vec::new(),
            variables: std::mem::take(&mut self.variables),
            piped: None,
            step: Step::default(),
            word: None,
            assigns: None,
        };
        let mut expanded = String::with_capacity(text.len());
        while let Some(c) = reader.next() {
            match c {
                '`' => expanded.extend(reader.next().map(escaped)),
                '$' => {
                    let value = reader.variable();
                    expanded.push_str(&value);
                }
                c => expanded.push(c),
            }
        }
        self.variables = reader.variables;
        expanded
    }

    /// What follows a `$`.
    fn variable(&mut self) -> String {
        let rest = self.rest();
        // how browsers write what is not ASCII
        if let Some(code) = rest.strip_prefix("([char]") {
            let digits = code.split(')').next().filter(|code| code.len() <= 8);
            let c =
                digits.and_then(|code| Some((code, char::from_u32(code.trim().parse().ok()?)?)));
            if let Some((digits, c)) = c {
                self.at += "([char])".len() + digits.len();
                return c.to_string();
            }
        }
        // `$($order.id)`
        if rest.starts_with('(')
            && let Some(length) = variable::bracketed(rest)
        {
            self.at += length;
            return variable::expression(&format!("${}", &rest[..length]));
        }
        let (open, close) = if rest.starts_with('{') {
            (1, 1)
        } else {
            (0, 0)
        };
        let name = &rest[open..];
        let length = name.find(|c| !is_name(c)).unwrap_or(name.len());
        let is_closed = close == 0 || name[length..].starts_with('}');
        if length == 0 || !is_closed || name.starts_with(|c: char| c.is_ascii_digit()) {
            return "$".to_owned();
        }
        let mut name = &name[..length];
        // a colon or a point that ends it is the text's
        if open == 0 {
            name = name.trim_end_matches(':');
        }
        if name.is_empty() {
            return "$".to_owned();
        }
        self.at += open + name.len() + close;
        self.variables.value(&unscoped(name))
    }

    /// The text up to the bracket that closes this one; quotes hide brackets.
    fn balanced(&mut self, open: usize) -> Result<&'a str, Unclosed> {
        let start = self.at;
        let mut depth = 1_usize;
        let mut quote = None;
        while let Some(c) = self.next() {
            match (quote, c) {
                (None | Some('"'), '`') => drop(self.next()),
                (Some(open), c) if c == open => quote = None,
                (None, '\'' | '"') => quote = Some(c),
                (None, '(' | '{') => depth += 1,
                (None, ')' | '}') => depth -= 1,
                (Some(_) | None, _) => {}
            }
            if depth == 0 {
                return Ok(&self.text[start..self.at - c.len_utf8()]);
            }
        }
        Err(Unclosed(open))
    }

    fn end_word(&mut self) {
        self.step.words.extend(self.word.take());
    }

    fn end(&mut self, is_piped: bool) {
        self.end_word();
        let step = std::mem::take(&mut self.step);
        if step.words.is_empty() {
            return;
        }
        if let Some(name) = self.assigns.take()
            && let [value] = step.words.as_slice()
            && step.program().is_none()
            && !is_piped
        {
            self.variables.insert(&name, value);
            return;
        }
        self.steps.push(Step {
            piped: self.piped.take(),
            ..step
        });
        self.piped = is_piped.then(|| self.steps.len() - 1);
    }
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == ':'
}

/// A variable's name without its scope, in lower case: `$env:TO` and `$to` are two, but hold the same
/// for whoever fills them in.
fn unscoped(name: &str) -> String {
    let name = name.rsplit(':').next().unwrap_or(name);
    name.to_ascii_lowercase()
}

fn escaped(c: char) -> char {
    match c {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        '0' => '\0',
        other => other,
    }
}

/// The text in double quotes within brackets, as it is written: `("…")`, `(…GetBytes("…"))`.
fn literal(inner: &str, depth: usize) -> Option<&str> {
    // a table is made into JSON by a command
    if inner.trim_start().starts_with("@{") {
        return None;
    }
    let open = inner.find(['"', '(', '\''])?;
    let rest = &inner[open + 1..];
    match inner.as_bytes().get(open)? {
        b'(' if depth < DEEPEST => literal(rest, depth + 1),
        b'\'' => rest.find('\'').map(|end| &rest[..end]),
        b'"' => {
            let mut characters = rest.char_indices();
            while let Some((at, c)) = characters.next() {
                match c {
                    '`' => drop(characters.next()),
                    '"' => return Some(&rest[..at]),
                    _ => {}
                }
            }
            None
        }
        _ => None,
    }
}
