//! Addresses, e-mail addresses and telephone numbers in a text, which clients show as links.
//!
//! What counts as one is assumed, and modest: `http://` and `https://`, plain e-mail addresses, and
//! numbers of 7 to 15 digits after a `+` or of 9 to 15 without.

/// Finds links in a text, from left to right.
pub(super) struct Links<'a> {
    text: &'a str,
    /// Whether the text has `://` at all.
    addresses: bool,
    /// Whether the text has `@` at all.
    mails: bool,
    /// Up to here there is no further e-mail address: each word is read once.
    no_mail: usize,
    /// Up to here there is no further telephone number.
    no_phone: usize,
}

impl<'a> Links<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            addresses: text.contains("://"),
            mails: text.contains('@'),
            no_mail: 0,
            no_phone: 0,
        }
    }

    /// Where the link ends that begins at `pos`, which stands after no letter or digit.
    pub(super) fn at(&mut self, pos: usize) -> Option<usize> {
        match *self.text.as_bytes().get(pos)? {
            b'h' | b'H' if self.addresses => address(self.text, pos).or_else(|| self.mail(pos)),
            b'0'..=b'9' => self.mail(pos).or_else(|| self.phone(pos)),
            b'+' | b'(' => self.phone(pos),
            byte if byte.is_ascii_alphabetic() => self.mail(pos),
            _ => None,
        }
    }

    fn mail(&mut self, pos: usize) -> Option<usize> {
        if !self.mails || pos < self.no_mail {
            return None;
        }
        let local = pos
            + length(self.text, pos, |b| {
                b.is_ascii_alphanumeric() || b"._%+-".contains(&b)
            });
        self.no_mail = local;
        if self.text.as_bytes().get(local) != Some(&b'@') {
            return None;
        }
        let start = local + 1;
        let domain = length(self.text, start, |b| {
            b.is_ascii_alphanumeric() || b"-.".contains(&b)
        });
        let domain = self.text[start..start + domain].trim_end_matches(['.', '-']);
        let (name, top) = domain.rsplit_once('.')?;
        let is_domain = name.split('.').all(|label| !label.is_empty())
            && top.len() >= 2
            && top.bytes().all(|b| b.is_ascii_alphabetic());
        is_domain.then_some(start + domain.len())
    }

    fn phone(&mut self, pos: usize) -> Option<usize> {
        if pos < self.no_phone {
            return None;
        }
        let bytes = self.text.as_bytes();
        let is_international = bytes[pos] == b'+';
        if bytes[pos] == b'(' {
            let code = length(self.text, pos + 1, |b| b.is_ascii_digit());
            if code == 0 || bytes.get(pos + 1 + code) != Some(&b')') {
                return None;
            }
        }
        let (mut end, mut digits, mut groups, mut gap) = (pos, 0, 0, 1);
        for (at, byte) in (pos..).zip(&bytes[pos..]) {
            match byte {
                b'0'..=b'9' => {
                    digits += 1;
                    groups += usize::from(gap > 0);
                    gap = 0;
                    end = at + 1;
                }
                b'+' if at == pos => {}
                b' ' | b'-' | b'(' | b')' if gap < 2 => gap += 1,
                _ => break,
            }
        }
        self.no_phone = end;
        let is_phone = if is_international {
            (7..=15).contains(&digits) && bytes[pos + 1].is_ascii_digit()
        } else {
            // more groups are a list of numbers
            (9..=15).contains(&digits) && groups <= 4
        };
        (is_phone && !continues(self.text, end)).then_some(end)
    }
}

/// Whether a number that ends here is part of something longer: a word, a time, a price.
fn continues(text: &str, end: usize) -> bool {
    let mut rest = text[end..].chars();
    match rest.next() {
        Some('.' | ',' | ':' | '/') => rest.next().is_some_and(|c| c.is_ascii_digit()),
        Some(c) => c.is_alphanumeric() || matches!(c, '@' | '\u{fe0f}' | '\u{20e3}'),
        None => false,
    }
}

/// How many bytes from here on are of one kind.
fn length(text: &str, pos: usize, is_part: impl Fn(u8) -> bool) -> usize {
    let rest = &text.as_bytes()[pos.min(text.len())..];
    rest.iter().take_while(|&&b| is_part(b)).count()
}

/// Where the `http` or `https` address ends that begins here.
fn address(text: &str, pos: usize) -> Option<usize> {
    let rest = &text[pos..];
    let scheme = ["https://", "http://"].into_iter().find(|scheme| {
        rest.get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    })?;
    let host = &rest[scheme.len()..];
    if !host.starts_with(|c: char| c.is_alphanumeric() || c == '[') {
        return None;
    }
    let length = host.find(|c: char| !is_in_address(c)).unwrap_or(host.len());
    Some(pos + scheme.len() + trimmed(&host[..length]))
}

fn is_in_address(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"' | '`' | '\\' | '^' | '|')
    } else {
        c.is_alphanumeric()
    }
}

/// The length of an address without the punctuation and marks that follow it in a sentence; a
/// closing bracket belongs to it if its opening one does.
fn trimmed(address: &str) -> usize {
    let count = |bracket| address.matches(bracket).count();
    let mut surplus = count(')').saturating_sub(count('('));
    address
        .trim_end_matches(|c| match c {
            ')' if surplus > 0 => {
                surplus -= 1;
                true
            }
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | ']' | '}' | '*' | '_' | '~' => true,
            _ => false,
        })
        .len()
}
