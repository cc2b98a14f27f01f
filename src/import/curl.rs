//! The body in a curl command, as documentation and browsers print them for a POSIX shell.

use std::iter::Peekable;
use std::str::Chars;

use super::ImportError;

/// Options that are followed by the body.
const DATA: [&str; 6] = [
    "-d",
    "--data",
    "--data-raw",
    "--data-binary",
    "--data-ascii",
    "--json",
];
/// Options whose body is something else than JSON.
const OTHER_DATA: [&str; 5] = ["--data-urlencode", "-F", "--form", "-T", "--upload-file"];
/// Options that are followed by something else.
const WITH_VALUE: [&str; 23] = [
    "-X",
    "--request",
    "-H",
    "--header",
    "--url",
    "-u",
    "--user",
    "-A",
    "--user-agent",
    "-e",
    "--referer",
    "-b",
    "--cookie",
    "-o",
    "--output",
    "-m",
    "--max-time",
    "--connect-timeout",
    "-x",
    "--proxy",
    "-w",
    "--write-out",
    "--retry",
];

/// The words of a curl command; nothing where the text is none.
pub(super) fn words(text: &str) -> Option<Result<Vec<String>, ImportError>> {
    let text = text.strip_prefix('$').map_or(text, str::trim_start);
    let rest = text.strip_prefix("curl")?;
    if !rest.is_empty() && !rest.starts_with(|c: char| c.is_whitespace() || c == '\\') {
        return None;
    }
    let text = rest.replace("\r\n", "\n");
    let words = ansi_c_quotes(&text)
        .and_then(|text| shell_words::split(&text).map_err(|_| ImportError::Curl(UNCLOSED)));
    Some(words)
}

const UNCLOSED: &str = "a quote in the curl command is not closed: copy all of it, as for bash";

/// The JSON that the command sends.
pub(super) fn body(words: &[String]) -> Result<String, ImportError> {
    let mut body: Option<String> = None;
    let mut words = words.iter().map(String::as_str);
    while let Some(word) = words.next() {
        let Some((option, attached)) = option(word) else {
            continue;
        };
        if OTHER_DATA.contains(&option) {
            let message = "the curl command sends a form or a file, and no JSON body";
            return Err(ImportError::Curl(message));
        }
        let is_data = DATA.contains(&option);
        if !is_data && !WITH_VALUE.contains(&option) {
            continue;
        }
        let value = attached.or_else(|| words.next());
        let value = value.ok_or(ImportError::Curl(
            "the curl command ends with an option that something has to follow",
        ))?;
        if !is_data {
            continue;
        }
        if value.starts_with('@') && option != "--data-raw" {
            let message = "the curl command reads its body from a file: import that file";
            return Err(ImportError::Curl(message));
        }
        match &mut body {
            // as curl joins them
            Some(body) => {
                body.push_str(if option == "--json" { "" } else { "&" });
                body.push_str(value);
            }
            None => body = Some(value.to_owned()),
        }
    }
    body.ok_or(ImportError::Curl(
        "the curl command sends no body: there is no -d, --data or --json in it",
    ))
}

/// An option, and what stands attached to it: `-XPOST`. Flags may come before it: `-sSd`.
fn option(word: &str) -> Option<(&str, Option<&str>)> {
    if word.starts_with("--") {
        return Some((word, None));
    }
    let letters = word
        .strip_prefix('-')
        .filter(|letters| !letters.is_empty())?;
    for (at, letter) in letters.char_indices() {
        let takes_value = [&DATA[..], &OTHER_DATA, &WITH_VALUE]
            .concat()
            .into_iter()
            .find(|known| known.strip_prefix('-') == Some(letter.encode_utf8(&mut [0; 4])));
        if let Some(option) = takes_value {
            let attached = &letters[at + letter.len_utf8()..];
            return Some((option, Some(attached).filter(|text| !text.is_empty())));
        }
    }
    Some((word, None))
}

/// The command with every `$'…'` written in plain single quotes, which all shells understand.
fn ansi_c_quotes(text: &str) -> Result<String, ImportError> {
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    let mut quote = None;
    while let Some(c) = characters.next() {
        match (quote, c) {
            (None, '$') if characters.next_if_eq(&'\'').is_some() => {
                let word = ansi_c(&mut characters)?;
                plain.push_str(&shell_words::quote(&word));
            }
            (None | Some('"'), '\\') => {
                plain.push(c);
                plain.extend(characters.next());
            }
            (None, '\'' | '"') => {
                quote = Some(c);
                plain.push(c);
            }
            (Some(open), c) => {
                if c == open {
                    quote = None;
                }
                plain.push(c);
            }
            (None, c) => plain.push(c),
        }
    }
    Ok(plain)
}

/// The text up to the closing quote, its escapes read.
fn ansi_c(characters: &mut Peekable<Chars<'_>>) -> Result<String, ImportError> {
    let mut text = String::new();
    loop {
        let c = characters.next().ok_or(ImportError::Curl(UNCLOSED))?;
        if c == '\'' {
            return Ok(text);
        }
        if c != '\\' {
            text.push(c);
            continue;
        }
        let escaped = characters.next().ok_or(ImportError::Curl(UNCLOSED))?;
        match escaped {
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
fn push_utf16(text: &mut String, characters: &mut Peekable<Chars<'_>>) {
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
fn hexadecimal(characters: &mut Peekable<Chars<'_>>, most: usize) -> u32 {
    let mut value = 0;
    for _ in 0..most {
        let Some(digit) = characters.peek().and_then(|c| c.to_digit(16)) else {
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
