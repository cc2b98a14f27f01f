//! Commands as Windows' `cmd` and its programs read them: carets, `\"` and `""` within quotes.
//!
//! Browsers' "Copy as cURL (cmd)" is written so, in three forms that grew over the years, and so is what
//! people type. `cmd` takes the carets away, the program splits what is left into words.

use super::shell::Unclosed;
use super::step::{Step, Variables};

/// The commands of a text.
pub(super) fn steps(text: &str) -> Result<Vec<Step>, Unclosed> {
    let mut reader = Reader {
        // browsers escape the quotes themselves, and everything within them
        is_escaped: text.contains("^\""),
        variables: Variables::default(),
        steps: Vec::new(),
        piped: None,
    };
    let mut step = Step::default();
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut backslashes = 0;
    let mut characters = text.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let mut c = c;
        let mut is_literal = false;
        if c == '^' && (quote.is_none() || reader.is_escaped) {
            let Some((_, escaped)) = characters.next() else {
                break;
            };
            is_literal = true;
            c = escaped;
            if c == '\n' {
                // the end of the line goes, and what follows is taken as it is
                match characters.peek() {
                    Some((_, '\n')) => c = characters.next().map_or('\n', |(_, c)| c),
                    _ => {
                        is_literal = false;
                        c = ' ';
                    }
                }
                if c == ' ' && quote.is_some() {
                    continue;
                }
            }
        }
        if step.words.is_empty() && word.is_none() {
            step.at = at;
        }
        if c == '\\' {
            backslashes += 1;
            continue;
        }
        let escapes = std::mem::take(&mut backslashes);
        if c == '"' {
            let word = word.get_or_insert_default();
            push_backslashes(word, escapes / 2);
            // `\"` is a quote of the text, and so is `""` between quotes
            let mut is_doubled =
                || quote.is_some() && next_is_quote(&mut characters, reader.is_escaped);
            if escapes % 2 == 1 || is_doubled() {
                word.push('"');
            } else if quote.take().is_none() {
                quote = Some(at);
            }
            continue;
        }
        if escapes > 0 {
            push_backslashes(word.get_or_insert_default(), escapes);
        }
        match c {
            '%' if !is_literal => {
                let value = reader.variable(&mut characters);
                word.get_or_insert_default().push_str(&value);
            }
            ' ' | '\t' if quote.is_none() => step.words.extend(word.take()),
            '\n' | '&' | '|' if quote.is_none() && !is_literal => {
                step.words.extend(word.take());
                reader.end(&mut step, c == '|');
            }
            '>' if quote.is_none() && !is_literal => {
                step.words.extend(word.take());
                // where it goes is no word of the command
                while characters
                    .next_if(|(_, c)| matches!(c, '>' | ' '))
                    .is_some()
                {}
                while characters.next_if(|(_, c)| !c.is_whitespace()).is_some() {}
            }
            c => word.get_or_insert_default().push(c),
        }
    }
    if let Some(open) = quote {
        return Err(Unclosed(open));
    }
    push_backslashes(word.get_or_insert_default(), backslashes);
    step.words
        .extend(word.take().filter(|word| !word.is_empty()));
    reader.end(&mut step, false);
    Ok(reader.steps)
}

type Characters<'a> = std::iter::Peekable<std::str::CharIndices<'a>>;

struct Reader {
    is_escaped: bool,
    variables: Variables,
    steps: Vec<Step>,
    /// The step whose output the next one reads.
    piped: Option<usize>,
}

impl Reader {
    fn end(&mut self, step: &mut Step, is_piped: bool) {
        let mut step = std::mem::take(step);
        if step.words.is_empty() {
            return;
        }
        step.piped = self.piped.take();
        let sets = step
            .words
            .first()
            .is_some_and(|word| word.eq_ignore_ascii_case("set"));
        // all of the line is the value, and a name is the same in upper and in lower case
        if let Some((name, value)) = step.words[1..].join(" ").split_once('=').filter(|_| sets) {
            self.variables.insert(&name.to_ascii_uppercase(), value);
        }
        self.steps.push(step);
        self.piped = is_piped.then(|| self.steps.len() - 1);
    }

    /// What stands for `%NAME%`; a lone percent sign is one.
    fn variable(&mut self, characters: &mut Characters<'_>) -> String {
        const LONGEST: usize = 60;
        let mut ahead = characters.clone();
        let mut name = String::new();
        for (_, c) in ahead.by_ref().take(LONGEST) {
            if c == '%' && !name.is_empty() {
                *characters = ahead;
                let upper = name.to_ascii_uppercase();
                let is_set = self.variables.knows(&upper);
                return self.variables.value(if is_set { &upper } else { &name });
            }
            if !(c.is_ascii_alphanumeric() || c == '_') {
                break;
            }
            name.push(c);
        }
        "%".to_owned()
    }
}

fn push_backslashes(word: &mut String, count: usize) {
    word.extend(std::iter::repeat_n('\\', count));
}

/// Passes over the second one of two quotes.
fn next_is_quote(characters: &mut Characters<'_>, is_escaped: bool) -> bool {
    if characters.next_if(|(_, c)| *c == '"').is_some() {
        return true;
    }
    let mut ahead = characters.clone();
    let is_next = is_escaped
        && ahead.next().is_some_and(|(_, c)| c == '^')
        && ahead.next().is_some_and(|(_, c)| c == '"');
    if is_next {
        *characters = ahead;
    }
    is_next
}
