//! `WhatsApp`'s formatting, mark by mark. A run of text is written here with its style before it:
//! `b{bold}`, `bi{both}`, `m{code}`; plain text stands as it is, and lines are joined by `⏎`.

use proptest::prelude::*;
use rstest::rstest;
use wacompose::message::markup::{Lead, Line, Style, format};

fn drawn(text: &str) -> String {
    let lines: Vec<_> = format(text).iter().map(draw).collect();
    lines.join("⏎")
}

fn draw(line: &Line) -> String {
    let mut drawn = match &line.lead {
        Lead::None => String::new(),
        Lead::Bullet => "•|".to_owned(),
        Lead::Number(number) => format!("{number}.|"),
        Lead::Quote => ">|".to_owned(),
    };
    for span in &line.spans {
        let Style {
            bold,
            italic,
            strike,
            mono,
            link,
        } = span.style;
        let marks = [
            (bold, 'b'),
            (italic, 'i'),
            (strike, 's'),
            (mono, 'm'),
            (link, 'l'),
        ];
        let style: String = marks.into_iter().filter(|m| m.0).map(|m| m.1).collect();
        if style.is_empty() {
            drawn.push_str(&span.text);
        } else {
            drawn.extend([&style, "{", &span.text, "}"]);
        }
    }
    drawn
}

#[rstest]
#[case::bold("a *bold* word", "a b{bold} word")]
#[case::italic("_italic_", "i{italic}")]
#[case::strike("~strike~", "s{strike}")]
#[case::several_words("*two words*", "b{two words}")]
#[case::nested("*_both_*", "bi{both}")]
#[case::all_three("*_~all~_*", "bis{all}")]
#[case::nested_in_part("*a _b_ c*", "b{a }bi{b}b{ c}")]
#[case::neighbours("*a* *b*", "b{a} b{b}")]
#[case::between_punctuation("(*a*), \"_b_\"!", "(b{a}), \"i{b}\"!")]
#[case::touching_other_mark("*a*_b_", "b{a}i{b}")]
#[case::inside_a_word("2*3*4", "2*3*4")]
#[case::snake_case("snake_case_name", "snake_case_name")]
#[case::arithmetic("2 * 3 * 4", "2 * 3 * 4")]
#[case::space_inside("x * a*", "x * a*")]
#[case::space_inside_at_the_end("*a *", "*a *")]
#[case::unpaired("*a", "*a")]
#[case::unpaired_inside("*a _b*", "b{a _b}")]
#[case::crossing("*a _b* c_", "b{a _b} c_")]
#[case::opened_once("*a *b*", "b{a *b}")]
#[case::closed_at_a_word_end("*a*b*", "b{a*b}")]
#[case::a_mark_in_a_mark("*_*", "b{_}")]
#[case::across_a_line("*a\nb*", "*a⏎b*")]
#[case::across_a_carriage_return("*a\rb*", "*a⏎b*")]
#[case::cjk("*太字*と_斜体_", "*太字*と_斜体_")]
#[case::cjk_apart("*太字* と、_斜体_。", "b{太字} と、i{斜体}。")]
#[case::emoji_beside("👍*ok*👍", "👍b{ok}👍")]
#[case::zwj_inside("*👩‍👩‍👧‍👦*", "b{👩‍👩‍👧‍👦}")]
#[case::letter_with_combining_mark("e\u{301}*a*", "e\u{301}*a*")]
#[case::combining_mark_inside("*cafe\u{301}*", "b{cafe\u{301}}")]
#[case::keycap("*\u{fe0f}\u{20e3} *a*", "*\u{fe0f}\u{20e3} b{a}")]
#[case::keycap_is_no_close("*a*\u{fe0f}\u{20e3}", "*a*\u{fe0f}\u{20e3}")]
#[case::hebrew("*שלום* עולם", "b{שלום} עולם")]
#[case::arabic_with_mark("*مرحبا\u{200f}*", "b{مرحبا\u{200f}}")]
fn formats_paired_marks(#[case] text: &str, #[case] shown: &str) {
    assert_eq!(drawn(text), shown);
}

#[rstest]
#[case::asterisks("**bold**", "*bold*")]
#[case::underscores("__init__", "_init_")]
#[case::tildes("~~", "~")]
#[case::backticks("``code``", "`code`")]
#[case::inside_bold("*a**b*", "b{a*b}")]
#[case::beside_a_keycap("***\u{fe0f}\u{20e3}", "**\u{fe0f}\u{20e3}")]
#[case::blanks_to_fill_in("name: ____", "name: ____")]
#[case::a_rule("*****", "*****")]
#[case::three("***太字***", "***太字***")]
fn a_doubled_mark_stands_for_itself(#[case] text: &str, #[case] shown: &str) {
    assert_eq!(drawn(text), shown);
}

#[rstest]
#[case::code("run `cargo *test*` now", "run m{cargo *test*} now")]
#[case::code_inside_bold("*a `b` c*", "b{a }bm{b}b{ c}")]
#[case::code_within_a_line("`a\nb`", "`a⏎b`")]
#[case::code_unpaired("it`s", "it`s")]
#[case::code_holds_fences("`a ``` b`", "m{a ``` b}")]
#[case::block("```*a* _b_```", "m{*a* _b_}")]
#[case::block_over_lines("x ```a\n* b\n日本``` *y*", "x m{a}⏎m{* b}⏎m{日本} b{y}")]
#[case::block_on_its_own_lines("```\nlet x;\n```", "⏎m{let x;}⏎")]
#[case::block_with_crlf("```a\r\nb```", "m{a}⏎m{b}")]
#[case::block_with_backtick("```a ` b```", "m{a ` b}")]
#[case::block_unpaired("```a *b*", "```a b{b}")]
#[case::block_empty("``````", "``````")]
#[case::block_ends_no_mark("*a ```b\nc``` d*", "*a m{b}⏎m{c} d*")]
#[case::link_in_code("`https://a.bc`", "m{https://a.bc}")]
fn formats_code(#[case] text: &str, #[case] shown: &str) {
    assert_eq!(drawn(text), shown);
}

#[rstest]
#[case::bullets("* a\n- *b*", "•|a⏎•|b{b}")]
#[case::numbers("1. a\n12. b", "1.|a⏎12.|b")]
#[case::quotation("> _a_ 日本", ">|i{a} 日本")]
#[case::one_space_is_taken("-  a", "•| a")]
#[case::after_a_space(" * a", " * a")]
#[case::without_a_space("-a\n1.b\n>c", "-a⏎1.b⏎>c")]
#[case::without_content("* \n1. \n>  ", "* ⏎1. ⏎>  ")]
#[case::not_in_a_block("```\n* a```", "⏎m{* a}")]
#[case::one_a_line("> * a", ">|* a")]
#[case::bullet_or_bold("* a*", "•|a*")]
#[case::keycap_number("1\u{fe0f}\u{20e3} a", "1\u{fe0f}\u{20e3} a")]
#[case::long_number("20250. a", "20250. a")]
#[case::content_starts_a_line("- 2*3*", "•|2*3*")]
fn finds_leads(#[case] text: &str, #[case] shown: &str) {
    assert_eq!(drawn(text), shown);
}

#[rstest]
#[case::address(
    "see https://a.bc/d_e_f?g=*h*&i=~j.",
    "see l{https://a.bc/d_e_f?g=*h*&i=~j}."
)]
#[case::address_in_bold("*https://a.bc*", "bl{https://a.bc}")]
#[case::address_in_brackets("(https://a.bc/d)", "(l{https://a.bc/d})")]
#[case::address_with_brackets("https://a.bc/(d)", "l{https://a.bc/(d)}")]
#[case::address_in_capitals("HTTP://A.BC!", "l{HTTP://A.BC}!")]
#[case::address_in_any_script("https://日本.jp/ü👍", "l{https://日本.jp/ü}👍")]
#[case::address_inside_a_word("xhttps://a.bc", "xhttps://a.bc")]
#[case::address_without_host("https:// https://*", "https:// https://*")]
#[case::mail("to ana_m.b+x@mail.example.com.", "to l{ana_m.b+x@mail.example.com}.")]
#[case::mail_in_italics("_a_b@c.de_", "il{a_b@c.de}")]
#[case::mail_without_domain("a@b, a@b.c, a@b..de, @c.de", "a@b, a@b.c, a@b..de, @c.de")]
#[case::phone("call +55 11 99999-9999!", "call l{+55 11 99999-9999}!")]
#[case::phone_with_code_in_brackets("+55 (11) 99999-9999", "l{+55 (11) 99999-9999}")]
#[case::phone_without_country("(11) 99999-9999", "l{(11) 99999-9999}")]
#[case::phone_digits_alone("11999999999", "l{11999999999}")]
#[case::phone_in_cjk("電話：+81312345678。", "電話：l{+81312345678}。")]
#[case::phone_too_short("+55 119, 1042", "+55 119, 1042")]
#[case::phone_too_long("1234567890123456", "1234567890123456")]
#[case::date_and_time("2024-01-15 14:30", "2024-01-15 14:30")]
#[case::price("R$ 1.234,56", "R$ 1.234,56")]
#[case::list_of_numbers("10 11 12 13 14", "10 11 12 13 14")]
#[case::part_of_a_word("a119999999999 119999999999é", "a119999999999 119999999999é")]
fn finds_links(#[case] text: &str, #[case] shown: &str) {
    assert_eq!(drawn(text), shown);
}

#[rstest]
#[case::empty("", 0)]
#[case::final_break("a\n", 1)]
#[case::every_break("a\nb\r\nc\rd", 4)]
#[case::empty_lines("\n\r\n\r", 3)]
#[case::block_that_ends_in_a_break("```日\n```", 2)]
fn counts_lines(#[case] text: &str, #[case] count: usize) {
    assert_eq!(format(text).len(), count);
}

/// Quadratic time would take minutes here, and recursion the stack.
#[rstest]
#[case::asterisks("*", 65_536)]
#[case::backticks("`", 65_536)]
#[case::every_mark("*_~", 21_845)]
#[case::openers("*a _b ~c ", 7_000)]
#[case::closers("a* b_ c~ ", 7_000)]
#[case::code_openers("``` `` ` \n", 7_000)]
#[case::brackets("+(1(", 16_000)]
#[case::digits("1 2-", 16_000)]
#[case::mails("a@b.c", 13_000)]
#[case::addresses("https://*", 7_000)]
#[case::closing_brackets("https://a)))", 6_000)]
#[case::combining_marks("*\u{301}", 20_000)]
fn long_texts_stay_whole(#[case] part: &str, #[case] count: usize) {
    let text = part.repeat(count);
    let shown: Vec<_> = format(&text).iter().map(written).collect();
    for (shown, source) in shown.iter().zip(source_lines(&text)) {
        assert!(lacks_only_marks(&source, shown));
    }
    assert_eq!(shown.len(), source_lines(&text).len());
}

/// What a line shows, with its lead as it was written; a bullet as `-`.
fn written(line: &Line) -> String {
    let lead = match &line.lead {
        Lead::None => String::new(),
        Lead::Bullet => "- ".to_owned(),
        Lead::Number(number) => format!("{number}. "),
        Lead::Quote => "> ".to_owned(),
    };
    line.spans
        .iter()
        .fold(lead, |text, span| text + span.text.as_str())
}

fn source_lines(text: &str) -> Vec<String> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.lines().map(str::to_owned).collect()
}

/// Whether `shown` is `source` with nothing but marks taken out.
fn lacks_only_marks(source: &str, shown: &str) -> bool {
    let mut left = shown.chars().peekable();
    for c in source.chars() {
        if left.peek() == Some(&c) {
            left.next();
        } else if !"*_~`".contains(c) {
            return false;
        }
    }
    left.peek().is_none()
}

proptest! {
    #[test]
    fn only_marks_are_taken_out(
        text in r"(\PC|[*_~`\- .>1a\n\r\t]|```|\*\x{fe0f}\x{20e3}|👩‍👧|\*a\*|e\x{301}){0,60}",
    ) {
        let shown: Vec<_> = format(&text).iter().map(written).collect();
        let source = source_lines(&text);
        prop_assert_eq!(shown.len(), source.len());
        for (shown, source) in shown.iter().zip(&source) {
            let source = match source.strip_prefix("* ") {
                Some(rest) if shown.starts_with("- ") => format!("- {rest}"),
                _ => source.clone(),
            };
            prop_assert!(lacks_only_marks(&source, shown), "{:?} became {:?}", source, shown);
        }
    }

    #[test]
    fn text_without_marks_stays(text in r"[^*_~`\n\r>.\-]{1,80}") {
        let lines = format(&text);
        prop_assert_eq!(lines.len(), 1);
        prop_assert_eq!(written(&lines[0]), text);
    }

    #[test]
    fn neighbours_differ_and_none_is_empty(text in r"[*_~`ab \n日+1(]{0,60}") {
        for line in format(&text) {
            prop_assert!(line.spans.iter().all(|span| !span.text.is_empty()));
            prop_assert!(line.spans.windows(2).all(|pair| pair[0].style != pair[1].style));
        }
    }

    #[test]
    fn anything_is_formatted(text in any::<String>()) {
        prop_assert_eq!(format(&text).len(), source_lines(&text).len());
    }
}
