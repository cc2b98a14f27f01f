//! Whatever is pasted: nothing panics, no control character comes out, and a long text takes no longer than
//! its length asks for.

use proptest::prelude::*;
use rstest::rstest;
use wacompose::import::import;

const PIECES: [&str; 58] = [
    "curl ",
    "curl.exe ",
    "-d ",
    "--json ",
    "--data=",
    "-d @- ",
    "<<EOF\n",
    "<<'EOF'\n",
    "\nEOF\n",
    "$(",
    "$(cat ",
    ")",
    "`",
    "'",
    "\"",
    "$'",
    "$",
    "${",
    "}",
    "{",
    "[",
    "]",
    ":",
    ",",
    "\\",
    "\\\n",
    "^",
    "^\n",
    "^\"",
    "\"\"",
    "%A%",
    "`\n",
    "@'\n",
    "\n'@",
    "@{",
    "(",
    "|",
    ";",
    "\n",
    " ",
    "###\n",
    "POST https://h/send/text\n\n",
    "```\n",
    "> ",
    "$ ",
    "# ",
    "//",
    "/*",
    "*/",
    "<!--",
    "-->",
    "“",
    "\u{a0}",
    "日本",
    "\u{fdd0}",
    "\u{fdd1}",
    "{\"number\":\"1\",\"text\":\"x\"}",
    "Invoke-RestMethod -Body ",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn pieces_are_read_or_explained(pieces in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..24)) {
        let text = pieces.concat();
        match import(&text) {
            Ok(imported) => {
                for words in imported.left_out.iter().chain(&imported.warnings) {
                    prop_assert!(!words.contains(char::is_control), "{:?}", words);
                }
            }
            Err(error) => prop_assert!(!error.to_string().contains(char::is_control), "{error:?}"),
        }
    }

    #[test]
    fn any_text_is_read_or_explained(text: String) {
        let _ = import(&text).map_err(|error| error.to_string());
    }
}

/// Reading is linear. Nothing is timed here: what is quadratic takes minutes for each of these, and shows.
#[rstest]
fn a_long_text_is_read_in_one_go(
    #[values(
        "{",
        "[",
        "\"",
        "{\"a\":",
        "{\"a\":1,",
        "curl ",
        "$'' ",
        "${",
        "${a",
        "$(",
        "`",
        "'' ",
        "\"\" ",
        "\\ ",
        "\\ \n",
        "^\" ",
        "%a",
        "<<A ",
        "<a",
        "cat | ",
        "A=$A$A\n",
        "\n",
        "\n\n  ",
        "```\n",
        "> ",
        "# \n",
        "//\n",
        "/*",
        "<!--",
        "“",
        "\u{fdd0}",
        "{{",
        "@{",
        "@'\n",
        "(",
        "$a = ",
        "POST https://h\n\n",
        "###\n",
        "a[b]=c ",
        "e\u{301}",
        "\t",
        "\r"
    )]
    piece: &str,
    #[values("", "curl h -d \"")] start: &str,
) {
    const BYTES: usize = 256 << 10;
    let text = format!("{start}{}", piece.repeat(BYTES / piece.len()));
    let _ = import(&text).map_err(|error| error.to_string());
}
