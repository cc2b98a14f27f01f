//! Texts that hold what was meant for another program, or nothing that can be seen; and options that
//! are most likely not meant so.

use proptest::prelude::*;
use rstest::rstest;
use wacompose::message::check::{Severity, check};
use wacompose::message::limits::{Limit, LimitKey, Limits, Unit};
use wacompose::message::{
    Action, Button, ButtonPart, Buttons, Draft, Field, List, Message, Row, RowPart, RowSection,
    SectionPart, Text,
};

fn text(text: &str) -> Draft {
    Draft {
        to: "+55 11 99999-9999".to_owned(),
        message: Message::Text(Text {
            text: text.to_owned(),
        }),
        ..Draft::default()
    }
}

/// What is said of a draft at a field, with the severity.
fn at(draft: &Draft, field: Field) -> Vec<String> {
    let problems = check(draft, &Limits::default()).into_iter();
    problems
        .filter(|problem| problem.field == field)
        .map(|problem| format!("{}: {}", problem.severity, problem.message))
        .collect()
}

#[rstest]
#[case::bold(
    "Olá **Ana**!",
    "warning: **Ana** is Markdown, and its marks are seen: WhatsApp's bold has one mark on each side: write *Ana*"
)]
#[case::bold_wide("**日本 👩‍👩‍👧**", "write *日本 👩‍👩‍👧*")]
#[case::bold_hebrew("שלום **עולם**.", "write *עולם*")]
#[case::bold_in_a_list("- **Total:** R$ 10", "write *Total:*")]
#[case::bold_italic("***Ana***", "write *Ana*")]
#[case::bold_underscores("__Ana__ e", "write *Ana*")]
#[case::strike(
    "de ~~R$ 10~~ por",
    "strike-through has one mark on each side: write ~R$ 10~"
)]
#[case::heading("## Título\nOlá", "## Título is Markdown's heading")]
#[case::heading_one("Oi\n# Pedido", "write *Pedido*")]
#[case::heading_bold("### **Pedido**", "Markdown's heading")]
#[case::link(
    "veja [o site](https://example.com)!",
    "[o site](https://example.com) is Markdown's link"
)]
#[case::link_without_scheme("[site](example.com/a)", "Markdown's link")]
#[case::link_to_a_phone("[ligue](tel:+5511999999999)", "Markdown's link")]
#[case::picture("![foto](https://example.com/a.png)", "it sends no picture")]
#[case::table("| a | b |\n|---|:-:|\n| 1 | 2 |", "Markdown's table")]
#[case::language(
    "```json\n{\"a\": 1}\n```",
    "the word json behind ``` is shown with the code"
)]
#[case::line_break(
    "Olá\\nTudo bem?",
    "the two characters \\n in it, which WhatsApp shows so: write a line break"
)]
#[case::line_break_of_windows("Olá\\r\\nTudo", "the two characters \\r\\n")]
#[case::line_break_before_a_path("Olá\\nveja C:\\temp", "the two characters \\n")]
#[case::tab(
    "a\\tb",
    "the two characters \\t in it, which WhatsApp shows so: write a tab"
)]
#[case::tag("Olá <b>Ana</b>", "<b> is HTML")]
#[case::tag_in_capitals("<BR>", "<BR> is HTML")]
#[case::tag_that_closes_itself("a<br/>b", "<br/> is HTML")]
#[case::tag_with_attributes(
    "<a href=\"https://example.com\">x</a>",
    "is HTML, which WhatsApp shows"
)]
#[case::closing_tag("fim</p>", "</p> is HTML")]
#[case::entity("Tom &amp; Jerry", "&amp; is HTML")]
#[case::entity_of_a_space("a&nbsp;b", "&nbsp; is HTML")]
#[case::entity_with_an_accent("n&atilde;o", "&atilde; is HTML")]
#[case::entity_by_number("it&#39;s", "&#39; is HTML")]
#[case::entity_in_hexadecimal("it&#x27;s", "&#x27; is HTML")]
#[case::pix(
    "00020126580014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-4266554400005204000053039865802BR5913Fulano6008BRASILIA62070503***63041D3D",
    "send it in a button with action = \"copy\""
)]
fn what_another_program_reads_is_a_warning(#[case] written: &str, #[case] expected: &str) {
    let said = at(&text(written), Field::Text);
    assert!(said.iter().any(|said| said.contains(expected)), "{said:?}");
    assert!(
        said.iter().all(|said| said.starts_with("warning")),
        "{said:?}"
    );
    assert!(
        said.iter().all(|said| !said.contains(char::is_control)),
        "{said:?}"
    );
}

#[rstest]
#[case::whatsapps_own(
    "*negrito* _itálico_ ~riscado~ `código` ```bloco```\n- item\n1. item\n> citação"
)]
#[case::multiplication("2*3*4 = 24, 2**3**4, 2 ** 3 ** 4")]
#[case::stars("***** 5 estrelas ** nota **")]
#[case::keycaps("*️⃣*️⃣ ligue *️⃣9")]
#[case::censored("que m**da, p**a")]
#[case::lines_to_fill_in("Nome: ______ CPF: ____ __")]
#[case::rulers("---\n***\n___\n=====\n* * *")]
#[case::snake("snake__case__name a__b")]
#[case::hashes("#1 #promo # 1 ## Nº#2 C# #️⃣")]
#[case::brackets("[x] feito [ ] a fazer [nota](ver) f[0](x)")]
#[case::pipes("a | b | c || d\n|texto|")]
#[case::windows_path("Salve em C:\\novo\\temp\\notas.txt")]
#[case::windows_path_in_words("pasta D:\\nova pasta\\teste e \\\\servidor\\nuvem\\temp")]
#[case::shrug("¯\\_(ツ)_/¯ \\o/ \\m/")]
#[case::comparisons("a < b > c, x<3, <3, 1 <2> 3, <nome>, 5 <b e c> 2")]
#[case::ampersand("P&D, Tom & Jerry; AT&T; R&B; &co; &; &a;")]
#[case::query("https://example.com/?a=1&copy=2&lt=3")]
#[case::code_block("```\n**a** [b](https://example.com)\n```")]
#[case::inline_code("escreva `**a**` ou `[b](c.com)`")]
#[case::tilde("~ 10 ~ 20 ~~ é ~~~")]
#[case::emoji("👩‍👩‍👧 日本語 שלום e\u{301} ﷽")]
#[case::signature("__\nAna")]
#[case::math("a*b*c _x_ 3_000_000")]
fn ordinary_texts_are_left_alone(#[case] written: &str) {
    assert_eq!(at(&text(written), Field::Text), [""; 0]);
}

/// Each kind is said once, at the first place.
#[test]
fn each_kind_is_said_once() {
    let said = at(&text("**a** **b** <b> <i> \\n \\n ## T\n## U"), Field::Text);
    assert_eq!(said.len(), 4, "{said:?}");
    let said = at(&text("## T\n## U\n[a](b.com) [c](d.com)"), Field::Text);
    assert_eq!(said.len(), 2, "{said:?}");
}

fn buttons() -> Draft {
    Draft {
        message: Message::Buttons(Buttons {
            text: "日本".to_owned(),
            buttons: vec![Button {
                id: "a".to_owned(),
                text: "A".to_owned(),
                action: Action::Copy {
                    code: "1".to_owned(),
                },
            }],
            ..Buttons::default()
        }),
        ..text("")
    }
}

fn list() -> Draft {
    Draft {
        message: Message::List(List {
            text: "日本".to_owned(),
            button: "B".to_owned(),
            sections: vec![RowSection {
                title: "S".to_owned(),
                rows: vec![Row {
                    id: "1".to_owned(),
                    title: "R".to_owned(),
                    description: String::new(),
                }],
            }],
            ..List::default()
        }),
        ..text("")
    }
}

fn with(mut draft: Draft, field: Field, text: &str) -> Draft {
    if let Some(place) = draft.text_at_mut(field) {
        text.clone_into(place);
    }
    draft
}

#[rstest]
#[case::header(buttons(), Field::Header)]
#[case::footer(buttons(), Field::Footer)]
#[case::button(buttons(), Field::Button(0, ButtonPart::Text))]
#[case::title(list(), Field::Title)]
#[case::menu_button(list(), Field::MenuButton)]
#[case::section(list(), Field::Section(0, SectionPart::Title))]
#[case::row(list(), Field::Section(0, SectionPart::Row(0, RowPart::Title)))]
#[case::description(list(), Field::Section(0, SectionPart::Row(0, RowPart::Description)))]
fn other_texts_that_are_read_are_looked_at(#[case] draft: Draft, #[case] field: Field) {
    let said = at(&with(draft.clone(), field, "**日**"), field);
    assert!(
        said.iter()
            .any(|said| said.contains("nothing is formatted here: write 日")),
        "{said:?}"
    );
    let said = at(&with(draft.clone(), field, "日\\n本"), field);
    assert!(
        said.iter()
            .any(|said| said.contains("write a space in their place")),
        "{said:?}"
    );
    let said = at(&with(draft, field, "日&amp;本"), field);
    assert!(
        said.iter().any(|said| said.contains("&amp; is HTML")),
        "{said:?}"
    );
}

#[rstest]
#[case::id(buttons(), Field::Button(0, ButtonPart::Id))]
#[case::code(
    buttons(),
    Field::Button(0, ButtonPart::Value(wacompose::message::ActionKind::Copy))
)]
#[case::row_id(list(), Field::Section(0, SectionPart::Row(0, RowPart::Id)))]
fn what_nobody_reads_is_not(#[case] draft: Draft, #[case] field: Field) {
    let written = "**日** \\n <b> &amp; 0002br.gov.bcb.pix***";
    assert_eq!(at(&with(draft, field, written), field), [""; 0]);
}

#[rstest]
#[case::nothing("")]
#[case::blanks(" \u{a0}\u{3000}\n\t")]
#[case::zero_width_space("\u{200b}")]
#[case::blanks_between("  \u{200b} \u{200d} ")]
#[case::word_joiner("\u{2060}")]
#[case::byte_order_mark("\u{feff}")]
#[case::soft_hyphen("\u{ad}")]
#[case::braille_blank("\u{2800}")]
#[case::hangul_filler("\u{3164}\u{115f}\u{1160}\u{ffa0}")]
#[case::direction("\u{200e}\u{200f}")]
#[case::variation_selector("\u{fe0f}")]
#[case::tags("\u{e0020}\u{e007f}")]
fn a_text_that_nobody_sees_is_empty(#[case] written: &str) {
    let said = at(&text(written), Field::Text);
    let empty = "error: the text is empty: every message needs one".to_owned();
    assert!(said.contains(&empty), "{said:?}");
    for draft in [buttons(), list()] {
        let said = at(&with(draft, Field::Text, written), Field::Text);
        assert!(said.contains(&empty), "{said:?}");
    }
    let field = Field::Button(0, ButtonPart::Text);
    let said = at(&with(buttons(), field, written), field);
    assert!(
        said.iter().any(|said| said.contains("has no text")),
        "{said:?}"
    );
    let said = at(&with(buttons(), Field::Footer, written), Field::Footer);
    let seen = said.iter().any(|said| said.contains("nothing to see"));
    assert_eq!(seen, !written.is_empty(), "{said:?}");
}

#[rstest]
#[case::joined_emoji("👩‍👩‍👧")]
#[case::keycap("1️⃣")]
#[case::braille("⠁")]
#[case::combining("e\u{301}")]
#[case::dot(".")]
fn a_text_with_anything_in_it_is_none(#[case] written: &str) {
    assert_eq!(at(&text(written), Field::Text), [""; 0]);
}

#[rstest]
#[case::minute(60, "")]
#[case::more(61, "delay is in seconds: 61 are more than the minute")]
#[case::milliseconds(
    1200,
    "1200 are 20.0 minutes, more than the minute that is assumed to be the longest; if 1200 milliseconds are meant, write 1"
)]
#[case::few_milliseconds(500, "write 1")]
#[case::most(u32::MAX, "are 71582788.2 minutes")]
fn a_delay_above_a_minute_is_a_warning(#[case] seconds: u32, #[case] expected: &str) {
    for (field, expected) in [
        (Field::Delay, expected.to_owned()),
        (Field::Typing, expected.replace("delay", "typing")),
    ] {
        let mut draft = text("日本");
        if field == Field::Delay {
            draft.delay = Some(seconds);
        } else {
            draft.typing = Some(seconds);
        }
        let said = at(&draft, field).join(" | ");
        assert!(said.contains(&expected), "{said}");
        assert_eq!(said.is_empty(), expected.is_empty(), "{said}");
        assert!(!said.contains("error"), "{said}");
    }
}

/// A gateway's own limit is not said twice.
#[test]
fn a_gateways_own_limit_of_typing_stands() {
    let limits = Limits::new([Limit::documented(
        LimitKey::Typing,
        20,
        Unit::Seconds,
        "the docs",
    )]);
    let draft = Draft {
        typing: Some(1200),
        ..text("日本")
    };
    let problems = check(&draft, &limits);
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert_eq!(problems[0].severity, Severity::Error);
}

#[rstest]
#[case::www("www.example.com", Some(true), true)]
#[case::www_in_capitals("veja WWW.example.com", Some(true), true)]
#[case::http("http://example.com", Some(true), true)]
#[case::https("https://www.example.com", Some(true), false)]
#[case::both("www.example.com https://example.com", Some(true), false)]
#[case::no_link("日本", Some(true), false)]
#[case::no_preview("www.example.com", Some(false), false)]
#[case::as_the_gateway_does("www.example.com", None, false)]
fn only_https_links_have_a_preview(
    #[case] written: &str,
    #[case] link_preview: Option<bool>,
    #[case] expected: bool,
) {
    let draft = Draft {
        link_preview,
        ..text(written)
    };
    let said = at(&draft, Field::LinkPreview);
    assert_eq!(!said.is_empty(), expected, "{said:?}");
    assert!(
        said.iter()
            .all(|said| said.starts_with("warning: only links"))
    );
}

proptest! {
    /// Whatever a text holds, nothing panics and what is said can be shown.
    #[test]
    fn any_text_is_looked_at(
        pieces in prop::collection::vec(prop_oneof![
            3 => prop::sample::select(vec![
                "**", "***", "__", "~~", "#", "## ", "[", "](", ")", "!", "```", "`", "|---|", "\n", "\\n",
                "\\t", ":\\", "C", "<", "b>", "/", "&", "amp;", "#39;", " ", "日", "👩‍👩‍👧", "e\u{301}", "ש",
            ]).prop_map(str::to_owned),
            1 => any::<String>(),
        ], 0..12),
    ) {
        for said in at(&text(&pieces.concat()), Field::Text) {
            prop_assert!(!said.contains(char::is_control), "{said:?}");
        }
    }
}
