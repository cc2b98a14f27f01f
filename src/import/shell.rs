//! Commands as a POSIX shell reads them: words, quotes, here-documents, pipes and variables.
//!
//! Nothing is run. A variable that the text sets has its value, another one is marked
//! ([`variable`](super::variable)); what a command inside `$(…)` would print is known where it is
//! `echo`, `printf` or `cat` of a here-document.

mod word;

use super::step::{Input, Program, Step, Variables, next, output, rest};
use super::variable;

/// So deep `$(…)` may be nested.
const DEEPEST: usize = 16;

/// A quote or a bracket that is not closed, by the byte at which it opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unclosed(pub usize);

/// The commands of a text, those within `$(…)` too, in the order in which they begin.
pub(super) fn steps(text: &str) -> Result<Vec<Step>, Unclosed> {
    let mut shell = Shell {
        text,
        at: 0,
        depth: 0,
        steps: Vec::new(),
        variables: Variables::default(),
        documents: Vec::new(),
    };
    shell.commands()?;
    Ok(shell.steps)
}

struct Shell<'a> {
    text: &'a str,
    at: usize,
    /// How many `$(` are open.
    depth: usize,
    steps: Vec<Step>,
    variables: Variables,
    /// Here-documents whose text begins on the next line.
    documents: Vec<Document>,
}

struct Document {
    /// The step that reads it.
    step: usize,
    end: String,
    strips_tabs: bool,
    /// Whether variables in it are left alone.
    is_raw: bool,
}

/// A command while it is read.
#[derive(Default)]
struct Open {
    /// Its step, once it has a word.
    step: Option<usize>,
    /// The step whose output it reads.
    piped: Option<usize>,
    word: Option<String>,
    target: Target,
    /// The last step that ended.
    last: Option<usize>,
    /// How many brackets of subshells are open.
    groups: usize,
}

/// Where the next word goes.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Target {
    #[default]
    Words,
    /// After `<`.
    Input,
    /// After `>`.
    Output,
    /// After `<<<`.
    HereString,
}

impl<'a> Shell<'a> {
    fn rest(&self) -> &'a str {
        rest(self.text, self.at)
    }

    fn next(&mut self) -> Option<char> {
        next(self.text, &mut self.at)
    }

    fn eat(&mut self, wanted: &str) -> bool {
        let is_next = self.rest().starts_with(wanted);
        if is_next {
            self.at += wanted.len();
        }
        is_next
    }

    /// Reads up to the end, or to the bracket that closes a `$(…)`; the last command's step.
    fn commands(&mut self) -> Result<Option<usize>, Unclosed> {
        let start = self.at;
        let mut open = Open::default();
        loop {
            let at = self.at;
            let Some(c) = self.next() else {
                break;
            };
            match c {
                ' ' | '\t' | '\r' => self.end_word(&mut open),
                '\n' => self.line_end(&mut open),
                ';' | '&' | '|' => self.operator(c, &mut open),
                ')' if open.groups > 0 => {
                    self.end_command(&mut open, false);
                    open.groups -= 1;
                }
                ')' if self.depth > 0 => {
                    self.end_command(&mut open, false);
                    return Ok(open.last);
                }
                '(' if open.word.is_none() => {
                    self.end_command(&mut open, false);
                    open.groups += 1;
                }
                ')' if open.word.is_none() => self.end_command(&mut open, false),
                '<' | '>' => self.redirection(c, at, &mut open)?,
                '#' if open.word.is_none() => {
                    self.at += self.rest().find('\n').unwrap_or(self.rest().len());
                }
                _ => {
                    self.at = at;
                    // a line that goes on has no word in it
                    if c == '\\' && self.continuation() {
                        // bash would join `'a'\` and `-d` below it, which nobody means
                        if self.rest().starts_with('-') {
                            self.end_word(&mut open);
                        }
                        continue;
                    }
                    self.step_of(&mut open, at);
                    let mut word = open.word.take().unwrap_or_default();
                    self.word_part(&mut word)?;
                    open.word = Some(word);
                }
            }
        }
        self.end_command(&mut open, false);
        if self.depth > 0 {
            return Err(Unclosed(start));
        }
        Ok(open.last)
    }

    /// The step of the command that is read, which begins here where it has none yet.
    fn step_of(&mut self, open: &mut Open, at: usize) -> usize {
        *open.step.get_or_insert_with(|| {
            self.steps.push(Step {
                at,
                piped: open.piped.take(),
                ..Step::default()
            });
            self.steps.len() - 1
        })
    }

    /// The end of a line ends a command, but for documentation that lost its backslashes: a line that
    /// begins with `-` goes on with curl's options.
    fn line_end(&mut self, open: &mut Open) {
        self.end_word(open);
        for document in std::mem::take(&mut self.documents) {
            let text = self.document(&document);
            self.steps[document.step].input = Some(Input::Text(text));
        }
        let next = self.rest().trim_start_matches([' ', '\t']);
        let is_curl = |step: usize| self.steps[step].program() == Some(Program::Curl);
        if !next.starts_with('-') || !open.step.is_some_and(is_curl) {
            self.end_command(open, false);
        }
    }

    fn operator(&mut self, c: char, open: &mut Open) {
        if c == '&' && (self.eat(">>") || self.eat(">")) {
            self.end_word(open);
            open.target = Target::Output;
            return;
        }
        let is_pipe = c == '|' && !self.rest().starts_with('|');
        if is_pipe {
            self.eat("&");
        }
        self.end_command(open, is_pipe);
    }

    fn end_word(&mut self, open: &mut Open) {
        let Some(word) = open.word.take() else {
            return;
        };
        let Some(step) = open.step.and_then(|step| self.steps.get_mut(step)) else {
            return;
        };
        match std::mem::take(&mut open.target) {
            Target::Words => step.words.push(word),
            Target::Input => step.input = Some(Input::File(variable::plain(&word))),
            Target::HereString => step.input = Some(Input::Text(word)),
            Target::Output => {}
        }
    }

    /// Ends a command. Where it is in a pipe, the next one reads what it prints.
    fn end_command(&mut self, open: &mut Open, is_piped: bool) {
        self.end_word(open);
        let Some(step) = open.step.take() else {
            return;
        };
        self.variables.set(&self.steps[step].words);
        open.target = Target::default();
        open.last = Some(step);
        open.piped = is_piped.then_some(step);
    }

    fn redirection(&mut self, c: char, at: usize, open: &mut Open) -> Result<(), Unclosed> {
        // `<PHONE_NUMBER_ID>` within a word is a documentation's place for something
        if c == '<'
            && let Some(word) = &mut open.word
            && let Some(length) = placeholder(self.rest())
        {
            word.push('<');
            word.push_str(&self.rest()[..length]);
            self.at += length;
            return Ok(());
        }
        // the number of a stream: `2>`
        let is_stream = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
        if open.word.as_deref().is_some_and(is_stream) {
            open.word = None;
        }
        self.end_word(open);
        let step = self.step_of(open, at);
        if c == '>' {
            let _ = self.eat(">") || self.eat("&") || self.eat("|");
            open.target = Target::Output;
        } else if self.eat("<<") {
            open.target = Target::HereString;
        } else if self.eat("<") {
            let strips_tabs = self.eat("-");
            self.at += self.rest().len() - self.rest().trim_start_matches([' ', '\t']).len();
            let is_raw = self.rest().starts_with(['\'', '"', '\\']);
            let mut end = String::new();
            let is_part = |c: char| !c.is_whitespace() && !";&|<>()".contains(c);
            while self.rest().starts_with(is_part) {
                self.word_part(&mut end)?;
            }
            self.documents.push(Document {
                step,
                end: variable::plain(&end),
                strips_tabs,
                is_raw,
            });
        } else {
            self.eat("&");
            open.target = Target::Input;
        }
        Ok(())
    }

    /// The text of a here-document, which begins here.
    fn document(&mut self, document: &Document) -> String {
        let mut text = String::new();
        while !self.rest().is_empty() {
            let line = self.rest().split_inclusive('\n').next().unwrap_or_default();
            self.at += line.len();
            let bare = line.trim_end_matches(['\n', '\r']);
            let is_end = |line: &str| line == document.end;
            // its end may be indented, and be followed by the bracket of a `$(…)`
            if is_end(bare) || is_end(bare.trim()) {
                return text;
            }
            if self.depth > 0 && is_end(bare.trim_end_matches([')', '"', '\'', ' '])) {
                self.at -= line.len() - document.end.len();
                return text;
            }
            let line = if document.strips_tabs {
                line.trim_start_matches('\t')
            } else {
                line
            };
            if document.is_raw {
                text.push_str(line);
            } else {
                self.expand(line, &mut text);
            }
        }
        text
    }

    /// What a substitution puts into a word, as far as it can be known.
    fn printed(&self, step: Option<usize>, source: &str) -> String {
        match step.map(|step| output(&self.steps, step)) {
            Some(Input::Text(text)) => text.trim_end_matches('\n').to_owned(),
            _ => variable::expression(&format!("$({source})")),
        }
    }
}

/// The length of `NAME>` where a text begins with it.
fn placeholder(text: &str) -> Option<usize> {
    const LONGEST: usize = 100;
    let first = text.chars().next()?;
    let mut places = text.char_indices().take(LONGEST);
    let (at, c) = places.find(|(_, c)| matches!(c, '>' | '\n' | '<'))?;
    (first.is_alphabetic() && c == '>').then_some(at + 1)
}
