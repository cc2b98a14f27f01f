//! A command of a text, whatever shell it was written for, and what it would print.

use std::collections::HashMap;

use super::variable;

/// One command with its words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Step {
    /// The byte at which it begins.
    pub at: usize,
    pub words: Vec<String>,
    /// Its standard input, where a redirection names it.
    pub input: Option<Input>,
    /// The earlier step whose output it reads.
    pub piped: Option<usize>,
}

/// What of a text follows a byte.
pub(super) fn rest(text: &str, at: usize) -> &str {
    text.get(at..).unwrap_or_default()
}

/// The character at a byte, which is moved behind it.
pub(super) fn next(text: &str, at: &mut usize) -> Option<char> {
    let c = rest(text, *at).chars().next()?;
    *at += c.len_utf8();
    Some(c)
}

/// What a command reads, or prints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Input {
    Text(String),
    /// A file by its name.
    File(String),
    /// What a program would have to be run for, by its name.
    Computed(String),
}

/// A program that sends requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Program {
    Curl,
    Wget,
    /// `HTTPie` and `xh`.
    Httpie,
    /// `PowerShell`'s `Invoke-RestMethod` and `Invoke-WebRequest`.
    Invoke,
}

/// Words that may stand before a program.
const WRAPPERS: [&str; 22] = [
    "sudo", "doas", "time", "env", "command", "exec", "nohup", "timeout", "nice", "stdbuf",
    "xargs", "do", "then", "else", "if", "while", "until", "!", "{", "&", "export", "call",
];

/// How many words may stand before a program: `sudo -u www-data env A=b timeout 10`.
const MOST_BEFORE: usize = 12;

impl Program {
    /// The program that a word names, with its folder or its ending or not.
    pub(super) fn of(word: &str) -> Option<Self> {
        let name = word.rsplit(['/', '\\']).next().unwrap_or(word);
        let name = name.to_ascii_lowercase();
        Some(match name.strip_suffix(".exe").unwrap_or(&name) {
            "curl" | "curlie" => Self::Curl,
            "wget" | "wget2" => Self::Wget,
            "http" | "https" | "xh" | "xhs" => Self::Httpie,
            "invoke-restmethod" | "invoke-webrequest" | "irm" | "iwr" => Self::Invoke,
            _ => return None,
        })
    }
}

impl Step {
    /// The program that it runs, if it sends requests.
    pub(super) fn program(&self) -> Option<Program> {
        self.program_at().map(|(program, _)| program)
    }

    /// The words after the program's name.
    pub(super) fn arguments(&self) -> &[String] {
        let after = self.program_at().map_or(0, |(_, at)| at + 1);
        self.words.get(after..).unwrap_or_default()
    }

    fn program_at(&self) -> Option<(Program, usize)> {
        let mut is_wrapped = false;
        for (at, word) in self.words.iter().take(MOST_BEFORE).enumerate() {
            if let Some(program) = Program::of(word) {
                return Some((program, at));
            }
            let is_before = WRAPPERS.contains(&word.as_str()) || assignment(word).is_some();
            is_wrapped |= is_before;
            if !is_wrapped {
                return None;
            }
        }
        None
    }
}

/// The name and the value of `NAME=value`.
fn assignment(word: &str) -> Option<(&str, &str)> {
    let (name, value) = word.split_once('=')?;
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let starts = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    (starts && name.chars().all(is_part)).then_some((name, value))
}

/// What a step prints, without running anything.
pub(super) fn output(steps: &[Step], step: usize) -> Input {
    let mut at = step;
    loop {
        let Some(step) = steps.get(at) else {
            return Input::Computed("a command".to_owned());
        };
        let mut words = step.words.iter().map(String::as_str);
        let words: Vec<&str> = match words.next() {
            Some("echo" | "Write-Output" | "write-output") => return Input::Text(echo(words)),
            Some("printf") => return Input::Text(printf(words)),
            Some("cat" | "Get-Content" | "get-content" | "type") => words.collect(),
            name => {
                let name = name.unwrap_or_default();
                return Input::Computed(variable::plain(name));
            }
        };
        let file = words.iter().find(|word| !word.starts_with('-'));
        match (file, &step.input, step.piped) {
            (Some(file), ..) => return Input::File(variable::plain(file)),
            (None, Some(input), _) => return input.clone(),
            (None, None, Some(before)) if before < at => at = before,
            _ => return Input::Computed("cat".to_owned()),
        }
    }
}

/// What a step reads.
pub(super) fn input(steps: &[Step], step: &Step) -> Option<Input> {
    match (&step.input, step.piped) {
        (Some(input), _) => Some(input.clone()),
        (None, Some(before)) => Some(output(steps, before)),
        (None, None) => None,
    }
}

fn echo<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let words = words.skip_while(|word| matches!(*word, "-n" | "-e" | "-E" | "-ne" | "-en"));
    words.collect::<Vec<_>>().join(" ")
}

/// A format with its arguments put in.
fn printf<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let mut words = words.skip_while(|word| *word == "--");
    let format = words.next().unwrap_or_default();
    let mut text = String::new();
    let mut characters = format.chars();
    while let Some(c) = characters.next() {
        match c {
            '\\' => match characters.next() {
                Some('n') => text.push('\n'),
                Some('t') => text.push('\t'),
                Some('r') => text.push('\r'),
                other => text.extend(other),
            },
            '%' => match characters.next() {
                Some('%') | None => text.push('%'),
                Some(_) => text.push_str(words.next().unwrap_or_default()),
            },
            c => text.push(c),
        }
    }
    text
}

/// The variables that a text sets. What looks like a secret by its name is not kept.
#[derive(Debug, Default)]
pub(super) struct Variables {
    values: HashMap<String, String>,
    /// How many bytes were put in for variables.
    spent: usize,
}

impl Variables {
    /// As much is put in for variables as a file may be long: a few lines can double a text many times.
    const MOST: usize = 4 << 20;
    /// Parts of names whose values are nobody's business.
    const SECRET: [&'static str; 6] = ["TOKEN", "KEY", "SECRET", "PASS", "AUTH", "BEARER"];

    /// Remembers what a command sets: `NAME=value`, after `export` and its like too.
    pub(super) fn set(&mut self, words: &[String]) {
        const SETS: [&str; 6] = ["export", "set", "local", "declare", "readonly", "typeset"];
        let words = match words.split_first() {
            Some((first, rest)) if SETS.contains(&first.to_ascii_lowercase().as_str()) => rest,
            _ if words.iter().all(|word| assignment(word).is_some()) => words,
            _ => return,
        };
        for (name, value) in words.iter().filter_map(|word| assignment(word)) {
            self.insert(name, value);
        }
    }

    /// Remembers a value.
    pub(super) fn insert(&mut self, name: &str, value: &str) {
        let upper = name.to_ascii_uppercase();
        if !Self::SECRET.iter().any(|part| upper.contains(part)) {
            self.values.insert(name.to_owned(), value.to_owned());
        }
    }

    /// Whether a variable has a value.
    pub(super) fn knows(&self, name: &str) -> bool {
        self.values.contains_key(name)
    }

    /// What a variable stands for: its value, or its name marked.
    pub(super) fn value(&mut self, name: &str) -> String {
        match self.values.get(name) {
            Some(value) if self.spent + value.len() <= Self::MOST => {
                self.spent += value.len();
                value.clone()
            }
            _ => variable::marked(name),
        }
    }
}
