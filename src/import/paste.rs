//! What stands around a command or a body in a chat, a terminal or a web page, and is none of it:
//! Markdown's fences and quotes, prompts, and words before the command.

use std::borrow::Cow;

use super::http_file;
use super::step::Program;

/// The text without what stands around it, and how many lines were taken away above it.
pub(super) fn cleaned(text: &str) -> Result<(Cow<'_, str>, usize), Fences> {
    let text = text.trim_start_matches('\u{feff}');
    let above = |rest: &str| text[..text.len() - rest.len()].matches('\n').count();
    let trimmed = text.trim();
    let start = above(text.trim_start());
    let (block, lines) = match fenced(trimmed)? {
        Some((block, lines)) => (block, start + lines),
        None => (trimmed, start),
    };
    let block = unquoted(block);
    if block.starts_with(['{', '[']) {
        return Ok((block, lines));
    }
    let block = match block {
        Cow::Borrowed(text) => Cow::Borrowed(without_folder(text)),
        owned @ Cow::Owned(_) => owned,
    };
    let (skipped, text) = match block {
        Cow::Borrowed(text) => {
            let (skipped, rest) = without_words(text);
            (skipped, without_prompts(rest))
        }
        Cow::Owned(text) => {
            let (skipped, rest) = without_words(&text);
            (skipped, Cow::Owned(without_prompts(rest).into_owned()))
        }
    };
    Ok((text, lines + skipped))
}

/// The text without the folder of Windows that its program is in, whose backslashes other shells take
/// for their own.
fn without_folder(text: &str) -> &str {
    let first = text.split_ascii_whitespace().next().unwrap_or_default();
    let is_path = first.as_bytes().get(1..3) == Some(b":\\") && Program::of(first).is_some();
    match first.rfind('\\').filter(|_| is_path) {
        Some(at) => &text[at + 1..],
        None => text,
    }
}

/// There are several blocks of code, and more than one of them could be meant.
pub(super) struct Fences;

/// The code between Markdown's fences, and the lines above it; nothing where there are none.
fn fenced(text: &str) -> Result<Option<(&str, usize)>, Fences> {
    const FENCES: [&str; 2] = ["```", "~~~"];
    // one line, or one word of it, in backticks
    let inline = text
        .strip_prefix('`')
        .and_then(|text| text.strip_suffix('`'));
    if let Some(inner) = inline.filter(|inner| !inner.contains(['`', '\n'])) {
        return Ok(Some((inner.trim(), 0)));
    }
    let mut blocks: Vec<(&str, usize)> = Vec::new();
    let mut open: Option<(usize, usize)> = None;
    let mut at = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let is_fence = FENCES
            .iter()
            .any(|fence| line.trim_start().starts_with(fence));
        match open {
            Some((start, first)) if is_fence => {
                blocks.push((&text[start..at], first));
                open = None;
            }
            // a fence within a command's text is one only at the very beginning, or on a line of its own
            None if is_fence => open = Some((at + line.len(), number + 1)),
            _ => {}
        }
        at += line.len();
    }
    if let Some((start, first)) = open {
        blocks.push((text.get(start..).unwrap_or_default(), first));
    }
    // fences that only come later, within a body, are none
    let is_plain = text.starts_with(['{', '[']) || begins(first_line(text));
    if is_plain {
        return Ok(None);
    }
    blocks.retain(|(block, _)| !block.trim().is_empty());
    if blocks.len() > 1 {
        let is_command = |(block, _): &(&str, usize)| begins(first_line(block.trim()));
        let mut commands = blocks.iter().filter(|block| is_command(block));
        return match (commands.next(), commands.next()) {
            (Some((block, lines)), None) => Ok(Some((block.trim(), *lines))),
            _ => Err(Fences),
        };
    }
    Ok(blocks.first().map(|(block, lines)| (block.trim(), *lines)))
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

/// The text without Markdown's `> ` where every line has it.
fn unquoted(text: &str) -> Cow<'_, str> {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let is_quoted = lines.clone().count() > 0 && lines.all(|line| line.starts_with('>'));
    if !is_quoted {
        return Cow::Borrowed(text);
    }
    let lines = text.lines().map(|line| {
        let line = line.strip_prefix('>').unwrap_or(line);
        line.strip_prefix(' ').unwrap_or(line)
    });
    Cow::Owned(lines.collect::<Vec<_>>().join("\n"))
}

/// Takes away lines of words above the first command, and counts them. Where there is no command, all
/// lines stay.
fn without_words(text: &str) -> (usize, &str) {
    let mut at = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        if begins(line) {
            return (number, &text[at..]);
        }
        at += line.len();
    }
    (0, text)
}

/// Whether a command, or what belongs to one, may begin with this line.
pub(super) fn begins(line: &str) -> bool {
    const BEFORE: [&str; 14] = [
        "sudo", "doas", "time", "env", "echo", "printf", "cat", "export", "set", "nohup", "exec",
        "command", "timeout", "read",
    ];
    let line = without_prompt(line.trim()).unwrap_or(line.trim());
    if http_file::is_request_line(line) || line.starts_with("###") {
        return true;
    }
    if calls(line) {
        return true;
    }
    let mut words = line.split_ascii_whitespace();
    let first = words.next().unwrap_or_default();
    let is_set = first.split_once('=').is_some_and(|(name, _)| {
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    });
    // Windows' shell reads it in capitals too
    let sets = first.eq_ignore_ascii_case("set") && line.contains('=');
    sets || BEFORE.contains(&first) && words.next().is_some()
        || is_set
        || first.starts_with('$') && words.next() == Some("=")
        || first.starts_with('@') && line.contains('=')
}

/// Whether a line calls a program that sends requests, alone or after others: `cd /tmp && curl …`.
fn calls(line: &str) -> bool {
    /// So many commands of a line are looked at.
    const MOST: usize = 8;
    let commands = line.split(['|', ';', '&', '(']).take(MOST);
    commands.map(str::split_ascii_whitespace).any(|mut words| {
        words.next().is_some_and(|name| {
            let name = name.trim_start_matches('$');
            Program::of(name).is_some() && is_called(name, words.next())
        })
    })
}

/// Whether a program's name is called and not spoken of: `http` is a word too.
fn is_called(name: &str, next: Option<&str>) -> bool {
    match (Program::of(name), next) {
        (Some(Program::Httpie), Some(next)) => {
            next.starts_with('-')
                || next.contains([':', '/', '.'])
                || next.chars().all(|c| c.is_ascii_uppercase())
        }
        (Some(Program::Httpie), None) => false,
        _ => true,
    }
}

/// A line without a shell's prompt; nothing where it has none.
fn without_prompt(line: &str) -> Option<&str> {
    const LONGEST: usize = 120;
    const SIGNS: [&str; 9] = ["$ ", "# ", "% ", "> ", "❯ ", "➜ ", "» ", "✗ ", "✔ "];
    let windows = line
        .split_once('>')
        .filter(|(path, _)| path.starts_with("PS ") || path.as_bytes().get(1..3) == Some(b":\\"));
    if let Some((path, rest)) = windows.filter(|(path, _)| path.len() <= LONGEST) {
        let _ = path;
        return Some(rest.trim_start_matches('>').trim_start());
    }
    let mut places = line
        .char_indices()
        .take(LONGEST)
        .filter(|(at, _)| SIGNS.iter().any(|sign| line[*at..].starts_with(sign)));
    let first = places.clone().next()?;
    // `➜  ~ git:(main) ✗ curl`: the sign before a program, where there is one
    let calls = |(at, c): &(usize, char)| {
        let mut words = line[at + c.len_utf8()..].split_ascii_whitespace();
        words.next().and_then(Program::of).is_some()
    };
    let at = places.find(calls).unwrap_or(first);
    let (before, rest) = line.split_at(at.0);
    // `user@host:~/a folder$`, `(env) $`, `bash-5.1$`: nothing that a command has
    let is_prompt = !before.contains(['\'', '"', '=', '|', ';']) && {
        let first = before.split_ascii_whitespace().next().unwrap_or_default();
        first.is_empty() || Program::of(first).is_none()
    };
    let mut characters = rest.chars();
    characters.next();
    let rest = characters.as_str().trim_start();
    let is_comment = before.trim().is_empty() && line.starts_with('#');
    let calls = rest.split_ascii_whitespace().next().and_then(Program::of);
    (is_prompt && (!is_comment || calls.is_some())).then_some(rest)
}

/// Whether a line begins with the prompt of Windows' `cmd`, `C:\folder>`.
pub(super) fn has_prompt_of_windows(text: &str) -> bool {
    text.lines().any(|line| {
        let line = line.trim_start();
        line.as_bytes().get(1..3) == Some(b":\\") && without_prompt(line).is_some_and(begins)
    })
}

/// The text without the prompts of its lines: the first one's, those of further commands, and the `> `
/// with which a shell asks for more.
fn without_prompts(text: &str) -> Cow<'_, str> {
    let has = text.lines().any(|line| {
        without_prompt(line.trim_start()).is_some_and(begins) || line.trim_start().starts_with('>')
    });
    if !has
        || !text
            .lines()
            .next()
            .is_some_and(|line| without_prompt(line.trim_start()).is_some_and(begins))
    {
        return Cow::Borrowed(text);
    }
    let mut cleaned = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let bare = line.trim_start();
        let asks = ["> ", ">> ", "More? "];
        let line = match without_prompt(bare).filter(|rest| begins(rest)) {
            Some(rest) => rest,
            None => asks
                .iter()
                .find_map(|ask| bare.strip_prefix(ask))
                .unwrap_or(line),
        };
        cleaned.push_str(line);
    }
    Cow::Owned(cleaned)
}
