//! A web page's words: what a proxy or another site said in the gateway's place.
//!
//! No HTML parser: what a person would read of an error page, on one line, each line once.

/// What of a page is not shown by a browser.
const UNSHOWN: [&str; 4] = ["script", "style", "head", "noscript"];

/// The tags that break no line: their words belong to what is around them.
const INLINE: [&str; 10] = [
    "a", "abbr", "b", "code", "em", "i", "small", "span", "strong", "u",
];

/// The names of the characters from U+00A0 to U+00FF, in their order.
const LATIN_1: &str = "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml";

/// The other names that error pages use.
const NAMED: [(&str, char); 18] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("ndash", '–'),
    ("mdash", '—'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bull", '•'),
    ("hellip", '…'),
    ("trade", '™'),
    ("euro", '€'),
    ("larr", '←'),
    ("rarr", '→'),
    ("zwnj", '\u{200c}'),
];

/// So many bytes, and lines, of a page are enough: an answer is shown by its first words.
const ENOUGH: usize = 4096;
const MOST_LINES: usize = 100;

/// The longest name, or number, between `&` and `;`.
const LONGEST_NAME: usize = 10;

/// A page's words. Its title counts where the page shows nothing else.
pub(super) fn words(page: &str) -> String {
    let shown = lines(page);
    if shown.is_empty() {
        title(page).unwrap_or_default()
    } else {
        shown.join(" ")
    }
}

/// The lines that a browser shows, each once.
fn lines(page: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut rest = page;
    while let Some(start) = rest.find('<') {
        line.push_str(&rest[..start]);
        rest = &rest[start..];
        let (name, after) = tag(rest);
        if !INLINE.contains(&name.trim_start_matches('/')) {
            finish(&mut line, &mut lines);
        }
        rest = after;
        if lines.iter().map(String::len).sum::<usize>() > ENOUGH || lines.len() > MOST_LINES {
            return lines;
        }
        if UNSHOWN.contains(&name.as_str()) {
            rest = after_the_end_of(&name, rest);
        }
    }
    line.push_str(rest);
    finish(&mut line, &mut lines);
    lines
}

/// Puts a line to those that there are, unless it is there.
fn finish(line: &mut String, lines: &mut Vec<String>) {
    let words = on_one_line(line);
    line.clear();
    if !words.is_empty() && !lines.contains(&words) {
        lines.push(words);
    }
}

/// The name of the tag that a text begins with, in lower case, and what comes after it. One that
/// does not end takes the rest.
fn tag(text: &str) -> (String, &str) {
    if let Some(comment) = text.strip_prefix("<!--") {
        let after = comment.split_once("-->").map_or("", |(_, after)| after);
        return ("!--".to_owned(), after);
    }
    let (inside, after) = text.split_once('>').unwrap_or((text, ""));
    let name = inside.trim_start_matches('<');
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '/' || c == '!';
    let end = name.find(|c| !is_name(c)).unwrap_or(name.len());
    let name = if end > 1 {
        name[..end].trim_end_matches('/')
    } else {
        &name[..end]
    };
    (name.to_ascii_lowercase(), after)
}

/// What comes after an element's end; nothing where it has none.
fn after_the_end_of<'a>(name: &str, text: &'a str) -> &'a str {
    let end = format!("</{name}");
    let at = text
        .as_bytes()
        .windows(end.len())
        .position(|window| window.eq_ignore_ascii_case(end.as_bytes()));
    at.and_then(|at| text[at..].split_once('>'))
        .map_or("", |(_, after)| after)
}

/// The page's title.
fn title(page: &str) -> Option<String> {
    let start = page
        .as_bytes()
        .windows(6)
        .position(|window| window.eq_ignore_ascii_case(b"<title"))?;
    let (_, text) = page[start..].split_once('>')?;
    let text = text.split('<').next().unwrap_or_default();
    Some(on_one_line(text))
}

fn on_one_line(text: &str) -> String {
    let text = decoded(text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text with its character references as the characters; what is none stays.
fn decoded(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        decoded.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let end = rest.bytes().take(LONGEST_NAME + 1).position(|b| b == b';');
        let reference = end.and_then(|end| Some((character(&rest[..end])?, &rest[end + 1..])));
        match reference {
            Some((character, after)) => {
                decoded.push(character);
                rest = after;
            }
            None => decoded.push('&'),
        }
    }
    decoded.push_str(rest);
    decoded
}

fn character(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16),
            None => number.parse(),
        };
        return char::from_u32(code.ok()?).filter(|c| *c != '\0');
    }
    let named = NAMED.iter().find(|(known, _)| *known == name);
    named.map(|(_, character)| *character).or_else(|| {
        let at = LATIN_1.split(' ').position(|known| known == name)?;
        char::from_u32(0xa0 + u32::try_from(at).ok()?)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::nginx(
        "<html>\r\n<head><title>413 Request Entity Too Large</title></head>\r\n<body>\r\n<center><h1>413 Request Entity Too Large</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>",
        "413 Request Entity Too Large nginx"
    )]
    #[case::haproxy(
        "<html><body><h1>502 Bad Gateway</h1>\nThe server returned an invalid or incomplete response.\n</body></html>",
        "502 Bad Gateway The server returned an invalid or incomplete response."
    )]
    #[case::title_alone(
        "<html><head><title>Sign in &ndash; 日本</title></head></html>",
        "Sign in – 日本"
    )]
    #[case::same_line_again("<h1>Oh no</h1><p>x</p><h2>Oh no</h2>", "Oh no x")]
    #[case::within_a_line(
        "<p>This <b>page</b> is <a href='x'>elsewhere</a>.</p>",
        "This page is elsewhere."
    )]
    #[case::unshown(
        "<STYLE>b{}</STYLE><script>if(a<b){}</script><!-- <p>no</p> --><p>yes</p>",
        "yes"
    )]
    #[case::references(
        "<p>can&#x27;t &amp; won&#39;t &lt;x&gt; &eacute; &Uuml;ber &yuml;&nbsp;&quot;ok&quot;</p>",
        "can't & won't <x> é Über ÿ \"ok\""
    )]
    #[case::no_references(
        "<p>a & b &unknown; &#xd800; &#; &;</p>",
        "a & b &unknown; &#xd800; &#; &;"
    )]
    #[case::wide("<p>日本 👩‍👩‍👧 e\u{301} שלום</p>", "日本 👩‍👩‍👧 e\u{301} שלום")]
    #[case::cut("<p>words<scr", "words")]
    #[case::cut_script("<p>words<script>alert(1)", "words")]
    #[case::empty("<html></html>", "")]
    fn are_read(#[case] page: &str, #[case] expected: &str) {
        assert_eq!(words(page), expected);
    }
}
