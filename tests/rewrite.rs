//! A file that was opened is saved with its comments: what changes, what goes, and what stays as it is.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]

mod common;

use std::path::PathBuf;

use proptest::prelude::*;
use rstest::rstest;
use wacompose::message::file::{Format, parse, rewrite, write};
use wacompose::message::{
    Action, Button, Draft, Kind, Message, ProductSection, Quote, Row, RowSection,
};

/// Every spelling that TOML has for a buttons message, with a comment in every place.
const ORDER: &str = r#"# Order messages, by the shop's team

# kind first
kind = 'buttons'   # the kind
to   = "+55 11 99999-9999"
typing = 0x3 # seconds

# what is said
text = """
Olá *Maria* 日本
👩‍👩‍👧""" # three lines

# --- the end of it ---

# who we are
footer = 'WUTS "Store"'
quote = { id = "3EB0",  body = "שלום" } # the question

# The choices.

# good
[[buttons]] # first
id = "yes"
text = "Sim" # yes
# end of yes

# bad
[[buttons]]
  text = "Não"
  id = "no"

# ugly
[[buttons]]
id = "call"
action = "call" # dials
text = "e\u0301"
phone = "+55 11 98888-7777"
# the end
"#;

const CATALOG: &str = r#"kind = "catalog"
text = "x"

# shirts
[[sections]]
title = "Camisetas"
products = [ # all in stock
    "1", # white
    # the blue one
    "2",
    "3", # 日本
    # more to come
]

# trousers
[[sections]]
title = "Calças"
products = ['4', "5"]
"#;

const LIST: &str = r#"kind = "list"
text = "x"
button = "View"

# drinks
[[sections]]
title = "飲み物"

# hot
[[sections.rows]]
id = "coffee"
title = "Coffee"

# cold
[[sections.rows]]
id = "tea"
title = "Tea"

# food
[[sections]]
title = "Bakery"

# of cheese
[[sections.rows]]
id = "bread"
title = "Bread"
"#;

/// What the file is after the draft in it was changed.
fn changed(file: &str, change: impl FnOnce(&mut Draft)) -> String {
    let format = Format::of("", file);
    let mut draft = parse(file, format).unwrap();
    change(&mut draft);
    let rewritten = rewrite(file, format, &draft);
    assert_eq!(parse(&rewritten, format).as_ref(), Ok(&draft));
    rewritten
}

fn buttons(draft: &mut Draft) -> &mut Vec<Button> {
    match &mut draft.message {
        Message::Buttons(message) => &mut message.buttons,
        other => panic!("{other:?}"),
    }
}

fn products(draft: &mut Draft, section: usize) -> &mut Vec<String> {
    match &mut draft.message {
        Message::Catalog(message) => &mut message.sections[section].products,
        other => panic!("{other:?}"),
    }
}

fn rows(draft: &mut Draft, section: usize) -> &mut Vec<Row> {
    match &mut draft.message {
        Message::List(message) => &mut message.sections[section].rows,
        other => panic!("{other:?}"),
    }
}

fn set(draft: &mut Draft, field: &str, text: &str) {
    let fields = draft.text_fields();
    let field = fields.into_iter().find(|known| known.to_string() == field);
    text.clone_into(draft.text_at_mut(field.unwrap()).unwrap());
}

/// Each change stands as what is to be replaced in the file, and by what.
#[rstest]
#[case::nothing(ORDER, |_: &mut Draft| {}, &[])]
#[case::a_value(
    ORDER,
    |draft: &mut Draft| draft.typing = Some(5),
    &[("0x3 # seconds", "5 # seconds")]
)]
#[case::a_text(
    ORDER,
    |draft: &mut Draft| set(draft, "text", "Tchau"),
    &[("\"\"\"\nOlá *Maria* 日本\n👩‍👩‍👧\"\"\" # three", "\"Tchau\" # three")]
)]
#[case::in_braces(
    ORDER,
    |draft: &mut Draft| draft.quote.as_mut().unwrap().body.push('!'),
    &[("\"שלום\"", "\"שלום!\"")]
)]
#[case::more_in_braces(
    ORDER,
    |draft: &mut Draft| draft.quote.as_mut().unwrap().participant.push('x'),
    &[("id = \"3EB0\",  body", "id = \"3EB0\", participant = \"x\",  body")]
)]
#[case::less_in_braces(
    ORDER,
    |draft: &mut Draft| draft.quote.as_mut().unwrap().body.clear(),
    &[("\"3EB0\",  body = \"שלום\" }", "\"3EB0\" }")]
)]
#[case::a_new_key(
    ORDER,
    |draft: &mut Draft| set(draft, "header", "👋"),
    &[("99999-9999\"\n", "99999-9999\"\nheader = \"👋\"\n")]
)]
#[case::a_new_last_key(
    ORDER,
    |draft: &mut Draft| draft.delay = Some(0),
    &[("# the question\n", "# the question\ndelay = 0\n")]
)]
#[case::a_key_that_is_gone(
    ORDER,
    |draft: &mut Draft| set(draft, "footer", ""),
    &[("# who we are\nfooter = 'WUTS \"Store\"'\n", "")]
)]
#[case::a_table_that_is_gone(
    ORDER,
    |draft: &mut Draft| draft.quote = None,
    &[("quote = { id = \"3EB0\",  body = \"שלום\" } # the question\n", "")]
)]
#[case::a_buttons_text(
    ORDER,
    |draft: &mut Draft| buttons(draft)[0].text = "はい".to_owned(),
    &[("\"Sim\" # yes", "\"はい\" # yes")]
)]
#[case::a_buttons_id(
    ORDER,
    |draft: &mut Draft| buttons(draft)[1].id = "não".to_owned(),
    &[("  id = \"no\"", "  id = \"não\"")]
)]
#[case::another_action(
    ORDER,
    |draft: &mut Draft| buttons(draft)[2].action = Action::Url { url: "https://é".to_owned() },
    &[("\"call\" # dials", "\"url\" # dials\nurl = \"https://é\""), ("phone = \"+55 11 98888-7777\"\n", "")]
)]
#[case::no_action(
    ORDER,
    |draft: &mut Draft| buttons(draft)[2].action = Action::Reply,
    &[("action = \"call\" # dials\n", ""), ("phone = \"+55 11 98888-7777\"\n", "")]
)]
#[case::a_button_less(
    ORDER,
    |draft: &mut Draft| { buttons(draft).remove(1); },
    &[("\n# bad\n[[buttons]]\n  text = \"Não\"\n  id = \"no\"\n", "")]
)]
#[case::the_first_button_less(
    ORDER,
    |draft: &mut Draft| { buttons(draft).remove(0); },
    &[("# good\n[[buttons]] # first\nid = \"yes\"\ntext = \"Sim\" # yes\n# end of yes\n\n", "")]
)]
#[case::a_button_more(
    ORDER,
    |draft: &mut Draft| buttons(draft).insert(1, Button { id: "x".to_owned(), ..Button::default() }),
    &[("# end of yes\n", "# end of yes\n\n[[buttons]]\nid = \"x\"\ntext = \"\"\n")]
)]
#[case::a_button_at_the_end(
    ORDER,
    |draft: &mut Draft| buttons(draft).push(Button { id: "x".to_owned(), ..Button::default() }),
    &[("98888-7777\"\n", "98888-7777\"\n\n[[buttons]]\nid = \"x\"\ntext = \"\"\n")]
)]
#[case::buttons_in_another_order(
    ORDER,
    |draft: &mut Draft| buttons(draft).swap(0, 1),
    &[
        ("# good\n[[buttons]] # first\nid = \"yes\"\ntext = \"Sim\" # yes\n# end of yes\n\n", ""),
        (
            "  id = \"no\"\n",
            "  id = \"no\"\n\n# good\n[[buttons]] # first\nid = \"yes\"\ntext = \"Sim\" # yes\n# end of yes\n",
        ),
    ]
)]
#[case::a_product(
    CATALOG,
    |draft: &mut Draft| products(draft, 0)[1] = "22".to_owned(),
    &[("    \"2\"", "    \"22\"")]
)]
#[case::a_product_less(
    CATALOG,
    |draft: &mut Draft| { products(draft, 0).remove(1); },
    &[("    # the blue one\n    \"2\",\n", "")]
)]
#[case::the_last_product_less(
    CATALOG,
    |draft: &mut Draft| { products(draft, 0).remove(2); },
    &[("    \"3\", # 日本\n", "")]
)]
#[case::a_product_more(
    CATALOG,
    |draft: &mut Draft| products(draft, 0).insert(1, "👩‍👩‍👧".to_owned()),
    &[("# white\n", "# white\n    \"👩‍👩‍👧\",\n")]
)]
#[case::products_in_another_order(
    CATALOG,
    |draft: &mut Draft| products(draft, 0).rotate_left(1),
    &[("    \"1\", # white\n", ""), ("# 日本\n", "# 日本\n    \"1\", # white\n")]
)]
#[case::a_product_of_a_short_line(
    CATALOG,
    |draft: &mut Draft| products(draft, 1).insert(1, "é".to_owned()),
    &[("['4', ", "['4', \"é\", ")]
)]
#[case::a_product_in_another_section(
    CATALOG,
    |draft: &mut Draft| {
        let product = products(draft, 1).remove(1);
        products(draft, 0).push(product);
        let product = products(draft, 0).remove(0);
        products(draft, 1).push(product);
    },
    &[
        ("    \"1\", # white\n", ""),
        ("\"3\", # 日本\n", "\"3\", # 日本\n    \"5\",\n"),
        ("'4', \"5\"]", "\n    '4',\n    \"1\", # white\n]"),
    ]
)]
#[case::no_products(
    CATALOG,
    |draft: &mut Draft| products(draft, 1).clear(),
    &[("['4', \"5\"]", "[]")]
)]
#[case::a_title_less(
    CATALOG,
    |draft: &mut Draft| set(draft, "sections[0].title", ""),
    &[("title = \"Camisetas\"\n", "")]
)]
#[case::a_row_in_another_section(
    LIST,
    |draft: &mut Draft| {
        let row = rows(draft, 0).remove(1);
        rows(draft, 1).insert(0, row);
    },
    &[
        ("\n# cold\n[[sections.rows]]\nid = \"tea\"\ntitle = \"Tea\"\n", ""),
        ("\"Bakery\"\n", "\"Bakery\"\n\n# cold\n[[sections.rows]]\nid = \"tea\"\ntitle = \"Tea\"\n"),
    ]
)]
#[case::a_row_in_a_new_section(
    LIST,
    |draft: &mut Draft| {
        let row = rows(draft, 0).remove(1);
        match &mut draft.message {
            Message::List(list) => {
                list.sections.push(RowSection { title: "é".to_owned(), rows: vec![row] });
            }
            other => panic!("{other:?}"),
        }
    },
    &[
        ("\n# cold\n[[sections.rows]]\nid = \"tea\"\ntitle = \"Tea\"\n", ""),
        (
            "\"Bread\"\n",
            "\"Bread\"\n\n[[sections]]\ntitle = \"é\"\n\n# cold\n[[sections.rows]]\nid = \"tea\"\ntitle = \"Tea\"\n",
        ),
    ]
)]
#[case::a_product_in_a_new_section(
    CATALOG,
    |draft: &mut Draft| {
        let product = products(draft, 0).remove(1);
        match &mut draft.message {
            Message::Catalog(catalog) => {
                let products = vec!["é".to_owned(), product];
                catalog.sections.push(ProductSection { title: "é".to_owned(), products });
            }
            other => panic!("{other:?}"),
        }
    },
    &[
        ("    # the blue one\n    \"2\",\n", ""),
        (
            "\"5\"]\n",
            "\"5\"]\n\n[[sections]]\ntitle = \"é\"\nproducts = [\n    \"é\",\n    # the blue one\n    \"2\",\n]\n",
        ),
    ]
)]
#[case::a_row_more(
    LIST,
    |draft: &mut Draft| rows(draft, 0).push(Row { id: "é".to_owned(), ..Row::default() }),
    &[("\"Tea\"\n", "\"Tea\"\n\n[[sections.rows]]\nid = \"é\"\ntitle = \"\"\n")]
)]
#[case::sections_in_another_order(
    LIST,
    |draft: &mut Draft| match &mut draft.message {
        Message::List(list) => list.sections.swap(0, 1),
        other => panic!("{other:?}"),
    },
    &[
        (
            "# drinks\n[[sections]]\ntitle = \"飲み物\"\n\n# hot\n[[sections.rows]]\nid = \"coffee\"\n\
             title = \"Coffee\"\n\n# cold\n[[sections.rows]]\nid = \"tea\"\ntitle = \"Tea\"\n\n",
            "",
        ),
        (
            "title = \"Bread\"\n",
            "title = \"Bread\"\n\n# drinks\n[[sections]]\ntitle = \"飲み物\"\n\n# hot\n[[sections.rows]]\n\
             id = \"coffee\"\ntitle = \"Coffee\"\n\n# cold\n[[sections.rows]]\nid = \"tea\"\ntitle = \"Tea\"\n",
        ),
    ]
)]
fn what_did_not_change_stays(
    #[case] file: &str,
    #[case] change: impl Fn(&mut Draft),
    #[case] replaced: &[(&str, &str)],
) {
    let mut expected = file.to_owned();
    for (from, to) in replaced {
        assert_eq!(expected.matches(from).count(), 1, "{from}\n{expected}");
        expected = expected.replace(from, to);
    }
    assert_eq!(changed(file, &change), expected);
    // as editors on Windows save it, with or without the last line's end
    let windows = format!("\u{feff}{}", file.trim_end().replace('\n', "\r\n"));
    let expected = format!("\u{feff}{}", expected.trim_end().replace('\n', "\r\n"));
    assert_eq!(changed(&windows, &change), expected);
}

#[rstest]
#[case::in_brackets(
    "kind = \"buttons\"\ntext = \"x\"\nbuttons = [\n  { id = \"a\", text = \"日\" }, # one\n  # two\n  { text = 'é', id = 'b' },\n]\n",
    |draft: &mut Draft| { buttons(draft)[0].text = "中".to_owned(); buttons(draft).reverse(); },
    "kind = \"buttons\"\ntext = \"x\"\nbuttons = [\n  # two\n  { text = 'é', id = 'b' },\n  { id = \"a\", text = \"中\" }, # one\n]\n"
)]
#[case::first_of_all(
    "kind = \"buttons\"\ntext = \"x\"\nbuttons = [] # none\n# end\n",
    |draft: &mut Draft| buttons(draft).push(Button::default()),
    "kind = \"buttons\"\ntext = \"x\"\n\n[[buttons]]\nid = \"\"\ntext = \"\"\n# end\n"
)]
#[case::a_quote_under_a_header(
    "text = \"x\"\nkind = \"text\"\n\n# why\n[quote] # q\nbody = \"日本\" # b\nid = \"1\"\n",
    |draft: &mut Draft| draft.quote = Some(Quote { id: "2".to_owned(), participant: "é".to_owned(), body: String::new() }),
    "text = \"x\"\nkind = \"text\"\n\n# why\n[quote] # q\nid = \"2\"\nparticipant = \"é\"\n"
)]
#[case::dotted(
    "kind = \"text\"\nquote.id = \"1\" # id\ntext = \"x\"\n",
    |draft: &mut Draft| draft.quote.as_mut().unwrap().body = "שלום".to_owned(),
    "kind = \"text\"\nquote.id = \"1\" # id\nquote.body = \"שלום\"\ntext = \"x\"\n"
)]
#[case::empty_is_absent(
    "kind = \"buttons\"\nheader = \"\" # none\ntext = \"x\"\nfooter = '' # none\n",
    |draft: &mut Draft| set(draft, "footer", "é"),
    "kind = \"buttons\"\nheader = \"\" # none\ntext = \"x\"\nfooter = \"é\" # none\n"
)]
#[case::another_kind(
    "# c\nkind = \"buttons\" # k\ntext = \"日\"\nfooter = \"f\"\n\n[[buttons]]\nid = \"a\"\ntext = \"b\"\n",
    |draft: &mut Draft| { draft.message = Kind::Text.empty(); set(draft, "text", "日"); },
    "# c\nkind = \"text\" # k\ntext = \"日\"\n"
)]
#[case::json(
    "{\n\t\"text\": \"é\",\n\t\"kind\": \"buttons\",\n\t\"buttons\": [\n\t\t{\n\t\t\t\"text\": \"日\",\n\t\t\t\"id\": \"1\"\n\t\t}\n\t]\n}\n",
    |draft: &mut Draft| { buttons(draft)[0].text.push('!'); draft.to = "1".to_owned(); draft.typing = Some(1); },
    "{\n\t\"text\": \"é\",\n\t\"typing\": 1,\n\t\"kind\": \"buttons\",\n\t\"to\": \"1\",\n\t\"buttons\": [\n\t\t{\n\t\t\t\"text\": \"日!\",\n\t\t\t\"id\": \"1\"\n\t\t}\n\t]\n}\n"
)]
#[case::json_on_a_line(
    "{\"text\":\"é\",\"kind\":\"text\"}",
    |draft: &mut Draft| set(draft, "text", "👩‍👩‍👧"),
    "{\"text\":\"👩‍👩‍👧\",\"kind\":\"text\"}"
)]
fn every_spelling_stays(
    #[case] file: &str,
    #[case] change: impl Fn(&mut Draft),
    #[case] expected: &str,
) {
    assert_eq!(changed(file, change), expected);
}

/// A line that becomes too long is broken as it would be in a new file.
#[test]
fn a_long_line_of_products_is_broken() {
    let file = changed(CATALOG, |draft| {
        products(draft, 1).extend((10..40).map(|number| number.to_string()));
    });
    assert!(file.contains("products = [\n    \"4\",\n    \"5\",\n    \"10\",\n"));
    assert!(file.contains("# white"));
}

#[test]
fn what_is_no_message_file_is_replaced() {
    let draft = parse(ORDER, Format::Toml).unwrap();
    for text in ["", "kind = ", "{}", "日本"] {
        for format in [Format::Toml, Format::Json] {
            assert_eq!(rewrite(text, format, &draft), write(&draft, format));
        }
    }
}

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-c]{1,2}",
        1 => prop::sample::select(vec![
            "\"", "\"\"\"", "'", "'''", "\\", "\n", "\r\n", "\r", "\u{1b}", "👩‍👩‍👧", "e\u{301}", "שלום", "日本",
            "#", "# x\n", ",", "]", "}", "[[buttons]]",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..3).prop_map(|pieces| pieces.concat())
}

fn draft() -> impl Strategy<Value = Draft> {
    common::draft(text(), text().boxed())
}

/// A file with comments in all places where its texts do not span lines, else at its top alone.
fn with_comments(file: &str) -> String {
    if file.contains("\"\"\"") || file.contains("'''") {
        return format!("# above\n{file}# below\n");
    }
    let lines = file.lines().map(|line| {
        if line.is_empty() {
            "\n".to_owned()
        } else {
            format!("# above\n{line} # beside\n")
        }
    });
    lines.collect()
}

/// Saves a draft over a file, and reads it back.
fn save(file: &str, format: Format, draft: &Draft) -> Result<String, TestCaseError> {
    let file = rewrite(file, format, draft);
    let read = parse(&file, format);
    prop_assert_eq!(read.as_ref(), Ok(draft), "{}", file);
    Ok(file)
}

proptest! {
    /// Whatever the file and the draft, the draft is what is read again.
    #[test]
    fn a_draft_is_saved_over_another(before in draft(), after in draft()) {
        for format in [Format::Toml, Format::Json] {
            let file = write(&before, format);
            prop_assert_eq!(&rewrite(&file, format, &before), &file);
            save(&file, format, &after)?;
        }
    }

    #[test]
    fn a_draft_is_saved_among_comments(before in draft(), after in draft()) {
        let file = with_comments(&write(&before, Format::Toml));
        prop_assert_eq!(parse(&file, Format::Toml), Ok(before));
        let file = save(&file, Format::Toml, &after)?;
        prop_assert!(file.contains("# above\nkind = "));
    }

    #[test]
    fn any_draft_is_saved_over_a_sample(after in draft()) {
        for (file, format) in samples() {
            prop_assert_eq!(&rewrite(&file, format, &parse(&file, format).unwrap()), &file);
            save(&file, format, &after)?;
        }
        for file in [ORDER, CATALOG, LIST] {
            let file = save(file, Format::Toml, &after)?;
            prop_assert!(file.starts_with(ORDER.lines().next().unwrap()) || file.starts_with("kind = "));
        }
    }
}

fn samples() -> Vec<(String, Format)> {
    let files = std::fs::read_dir("assets/samples").unwrap();
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).unwrap();
        let format = Format::of(path.to_str().unwrap(), &text);
        (text, format)
    };
    files.map(|file| read(file.unwrap().path())).collect()
}
