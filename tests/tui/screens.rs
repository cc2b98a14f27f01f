//! Whole screens, read like code.

use crate::desk::{Desk, LOOK, order};
use rstest::rstest;
use std::time::Duration;
use unicode_width::UnicodeWidthStr;
use wacompose::config::Profile;
use wacompose::gateway::GatewayKind;
use wacompose::message::{Action, Draft, Message};
use wacompose::tui::effect::Effect;
use wacompose::tui::event::Event;
use wacompose::tui::keep::{Last, Told};
use wacompose::tui::keymap::Keymap;

fn at(draft: Draft, width: u16, height: u16) -> Desk {
    Desk::new(draft, Profile::sandbox(GatewayKind::Wuts), width, height)
}

/// A draft with everything that makes columns hard to count, and with problems.
fn hard() -> Draft {
    let mut draft = order();
    draft.to = "120363039000000000@g.us".into();
    if let Message::Buttons(buttons) = &mut draft.message {
        buttons.header = "👨‍👩‍👧‍👦 Família".into();
        buttons.text = "*日本語* e\u{301} _שלום עולם_ 🇧🇷❤️\n\tpreço: ~10~ `9`\u{1b}[31m".into();
        buttons.footer = "ﾊﾝｶｸ 한국어 ".repeat(6);
        buttons.buttons[1].text = "ab👩🏽‍🚀".repeat(9);
        buttons.buttons[2].action = Action::Url {
            url: "https://example.com/日本".into(),
        };
    }
    draft
}

#[rstest]
#[case::sample_80x24("sample_80x24", order(), 80, 24, "")]
#[case::sample_120x40("sample_120x40", order(), 120, 40, "")]
#[case::hard_80x24("hard_80x24", hard(), 80, 24, "<alt-3>")]
#[case::hard_120x40("hard_120x40", hard(), 120, 40, "")]
#[case::payload_120x40("payload_120x40", order(), 120, 40, "<alt-2>")]
#[case::narrow("narrow_60x16", order(), 60, 16, "")]
#[case::confirm("confirm_80x24", order(), 80, 24, "<f5>")]
#[case::blocked("blocked_80x24", hard(), 80, 24, "<f5>")]
#[case::palette("palette_80x24", order(), 80, 24, "<ctrl-p>but")]
#[case::help("help_80x24", order(), 80, 24, "<f1>")]
fn screens(
    #[case] name: &str,
    #[case] draft: Draft,
    #[case] width: u16,
    #[case] height: u16,
    #[case] keys: &str,
) {
    let mut desk = at(draft, width, height);
    desk.press(keys).wait(LOOK);
    insta::assert_snapshot!(name, desk.screen());
}

/// Each kind, as its sample opens: where everything is seen at once, and where it is not.
#[rstest]
fn kinds(
    #[values(
        "text",
        "catalog",
        "list",
        "poll",
        "button-reply",
        "list-reply",
        "links",
        "variables",
        "template"
    )]
    sample: &str,
    #[values((80, 24), (120, 40))] size: (u16, u16),
) {
    let path = format!("assets/samples/{sample}.toml");
    let draft = wacompose::message::file::read(std::path::Path::new(&path)).unwrap();
    let (width, height) = size;
    let mut desk = at(draft, width, height);
    desk.press("<alt-o>");
    let name = format!("kind_{sample}_{width}x{height}");
    insta::assert_snapshot!(name, desk.screen());
}

#[rstest]
#[case::below_the_width(49, 15)]
#[case::below_the_height(80, 14)]
#[case::hardly_anything(20, 5)]
#[case::one_cell(1, 1)]
fn too_small_a_terminal_says_what_is_needed(#[case] width: u16, #[case] height: u16) {
    let mut desk = at(order(), width, height);
    let screen = desk.screen();
    assert_eq!(
        screen.lines().filter(|line| !line.is_empty()).count(),
        1,
        "{screen}"
    );
    if width >= 20 {
        assert!(screen.contains("needs 50×15"), "{screen}");
    }
    // Typing into what is not seen does nothing; a larger terminal has it all again.
    desk.press("x").resize(80, 24);
    assert_eq!(desk.screen(), at(order(), 80, 24).screen());
}

/// How to leave is said where it has room, and works.
#[rstest]
#[case::wide(
    80,
    14,
    true,
    "the composer needs 50×15, here 80×14 · Ctrl+Q quits; the draft is kept"
)]
#[case::not_kept(80, 14, false, "needs 50×15, here 80×14 · Ctrl+Q quits")]
#[case::narrow(49, 15, true, "needs 50×15 · Ctrl+Q quits; the draft is kept")]
#[case::small(40, 12, true, "needs 50×15, here 40×12 · Ctrl+Q quits")]
#[case::smaller(30, 10, true, "needs 50×15 · Ctrl+Q quits")]
#[case::hardly_anything(20, 5, true, "needs 50×15")]
fn too_small_a_terminal_says_how_to_leave(
    #[case] width: u16,
    #[case] height: u16,
    #[case] is_kept: bool,
    #[case] expected: &str,
) {
    let mut desk = at(order(), width, height);
    if is_kept {
        desk.happen(Event::Store(Told::Opened {
            doubts: Vec::new(),
            notice: None,
            is_kept: true,
            last: Last::Nothing,
        }));
        desk.wait(Duration::from_secs(20));
    }
    assert_eq!(desk.screen().trim(), expected);
    desk.press("<ctrl-q>").wait(LOOK);
    assert!(desk.effects.contains(&Effect::Quit), "{:?}", desk.effects);
}

#[test]
fn too_small_a_terminal_names_the_key_that_was_bound() {
    let mut desk = at(order(), 49, 14);
    let bound = [("quit".to_owned(), vec!["ctrl+k".to_owned()])];
    desk.app.keymap = Keymap::new(&bound.into()).unwrap();
    assert!(desk.screen().contains("Ctrl+K quits"), "{}", desk.screen());
    let unbound = [("quit".to_owned(), Vec::new())];
    desk.app.keymap = Keymap::new(&unbound.into()).unwrap();
    assert_eq!(desk.screen().trim(), "the composer needs 50×15, here 49×14");
}

/// Whatever is typed, every line with a border on both sides is as wide as the terminal.
#[rstest]
fn borders_hold(
    #[values(50, 79, 80, 81, 100, 119, 120, 200)] width: u16,
    #[values(15, 24, 50)] height: u16,
    #[values(
        "",
        "<alt-2>",
        "<alt-3>",
        "<alt-4>",
        "<alt-5>",
        "<alt-5><enter>",
        "<f5>",
        "<ctrl-p>",
        "<ctrl-p>import<enter>",
        "<f1>",
        "<ctrl-s>"
    )]
    keys: &str,
) {
    let mut desk = at(hard(), width, height);
    desk.press(keys);
    let screen = desk.screen();
    for line in screen.lines() {
        let last = line.chars().last().unwrap();
        assert!("┐│┤┘╮╯".contains(last), "{line:?} of\n{screen}");
        // TestBackend writes a wide cell's neighbour not at all, so that widths add up.
        assert_eq!(cells(line), usize::from(width), "{line:?} of\n{screen}");
    }
}

/// A message of each kind with as much wrong as can be.
fn wrong(kind: &str) -> Draft {
    if kind == "buttons" {
        return hard();
    }
    let path = format!("assets/samples/{kind}.toml");
    let mut draft = wacompose::message::file::read(std::path::Path::new(&path)).unwrap();
    draft.to = "12".into();
    draft.quote = Some(wacompose::message::Quote {
        body: "日本".into(),
        ..Default::default()
    });
    let long = "語é".repeat(40);
    match &mut draft.message {
        Message::Catalog(catalog) => {
            catalog.button.clone_from(&long);
            catalog.business_owner = "x".into();
            catalog.thumbnail = "photo.jpg".into();
            catalog.header_product = "9".into();
            for section in &mut catalog.sections {
                section.title.clone_from(&long);
                let product = section.products[0].clone();
                section.products.extend(vec![product; 120]);
            }
        }
        Message::List(list) => {
            list.button.clone_from(&long);
            for section in &mut list.sections {
                section.title.clone_from(&long);
                let row = section.rows[0].clone();
                section.rows.extend(vec![row; 12]);
            }
        }
        Message::ListReply(reply) => reply.selected.id.clear(),
        _ => {}
    }
    draft
}

/// A sign is no part of a label or of a value: on both sides of it is a blank, or a border.
#[rstest]
fn signs_stand_alone(
    #[values("buttons", "catalog", "list", "list-reply", "text")] kind: &str,
    #[values(50, 79, 80, 100, 120, 200)] width: u16,
    #[values(true, false)] is_long: bool,
) {
    let mut desk = at(wrong(kind), width, if is_long { 200 } else { 24 });
    desk.press("<alt-o>");
    for _ in 0..6 {
        let screen = desk.screen();
        let form = screen.lines().filter_map(|line| line.split('│').nth(1));
        for row in form {
            let chars: Vec<char> = format!(" {row} ").chars().collect();
            for at in chars
                .iter()
                .enumerate()
                .filter_map(|(at, &c)| "✗!".contains(c).then_some(at))
            {
                let around = [chars[at - 1], chars[at + 1]];
                assert_eq!(around, [' ', ' '], "{row:?} of\n{screen}");
            }
        }
        desk.press("<pgdn><tab><tab><tab><tab>");
    }
}

/// What an empty field is for is there until something is typed, in its own style.
#[test]
fn placeholders_stay_until_something_is_typed() {
    use wacompose::message::Field;
    use wacompose::tui::focus::Focus;

    let mut draft = order();
    draft.to.clear();
    let mut desk = at(draft, 120, 40);
    for (field, hint) in [
        (Field::To, "phone number or address"),
        (Field::Header, "none"),
    ] {
        desk.go(Focus::Edit(field));
        let seen = |desk: &Desk| desk.style_of(hint);
        assert_eq!(
            seen(&desk),
            Some(desk.app.theme.placeholder),
            "{hint}, with the focus"
        );
        desk.press("1");
        assert_eq!(seen(&desk), None, "{hint}");
        desk.press("<bs>");
        assert_eq!(seen(&desk), Some(desk.app.theme.placeholder), "{hint}");
        desk.press("<tab>");
        assert_eq!(
            seen(&desk),
            Some(desk.app.theme.placeholder),
            "{hint}, without"
        );
    }
}

/// The view in use is told from the other one, and not by being fainter.
#[test]
fn the_view_in_use_is_the_brightest() {
    let mut desk = at(order(), 80, 24);
    let (on, off) = (desk.app.theme.selected, desk.app.theme.text);
    assert_eq!(
        [desk.style_of("Compose"), desk.style_of("History")],
        [Some(on), Some(off)]
    );
    desk.press("<f3>");
    assert_eq!(
        [desk.style_of("Compose"), desk.style_of("History")],
        [Some(off), Some(on)]
    );
}

/// Columns of a line as the screen counts them: cluster by cluster.
pub fn cells(line: &str) -> usize {
    use unicode_segmentation::UnicodeSegmentation;
    line.graphemes(true).map(UnicodeWidthStr::width).sum()
}

#[test]
fn a_form_that_does_not_fit_scrolls_and_says_so() {
    let mut draft = order();
    if let Message::Buttons(buttons) = &mut draft.message {
        buttons
            .buttons
            .extend(std::iter::repeat_n(buttons.buttons[0].clone(), 20));
    }
    let mut desk = at(draft, 80, 24);
    assert!(desk.screen().contains("more"), "{}", desk.screen());
    for _ in 0..70 {
        desk.press("<tab>");
        if desk.app.focus
            == wacompose::tui::focus::Focus::Item(wacompose::message::outline::Item::Button(22))
        {
            break;
        }
    }
    assert!(desk.screen().contains("23↩"), "{}", desk.screen());
    assert!(desk.screen().contains('↑'), "{}", desk.screen());
}

/// What is only missing in a new message is not held against anybody before they left the field, or
/// wanted to send.
#[rstest]
#[case::at_first("", false, false)]
#[case::while_a_number_is_typed("551", false, false)]
#[case::in_the_text("5511999999999<enter>", false, false)]
#[case::left_without_a_recipient("<enter>", true, false)]
#[case::left_half_typed("551<enter>", true, false)]
#[case::left_without_a_text("5511999999999<enter><shift-tab>", false, true)]
#[case::sent("<f5><esc>", true, true)]
#[case::asked_for("<f8>", true, true)]
#[case::of_another_kind("<ctrl-t>l", true, false)]
fn a_new_message_has_no_red_before_a_field_was_left(
    #[case] keys: &str,
    #[case] to: bool,
    #[case] text: bool,
) {
    let mut desk = at(order(), 120, 40);
    desk.press("<ctrl-n>").press(keys).wait(LOOK);
    let screen = desk.screen();
    let form = |start: &str| {
        let row = screen.lines().find(|line| line.contains(start)).unwrap();
        row.split('│').nth(1).unwrap_or(row).to_owned()
    };
    assert_eq!(form(" To ").contains('✗'), to, "{screen}");
    let label = screen
        .lines()
        .find(|line| line.contains("╭─ Text"))
        .unwrap();
    assert_eq!(label.contains("Text ✗"), text, "{screen}");
}

/// Each kind with wide characters everywhere: every row's borders hold, and no label is cut.
#[rstest]
fn kinds_with_wide_characters(
    #[values("text", "buttons", "list", "catalog", "button-reply", "list-reply")] kind: &str,
    #[values((80, 24), (120, 40))] (width, height): (u16, u16),
) {
    let mut draft = match kind {
        "buttons" => order(),
        _ => {
            let path = format!("assets/samples/{kind}.toml");
            wacompose::message::file::read(std::path::Path::new(&path)).unwrap()
        }
    };
    for field in draft.text_fields() {
        if field == wacompose::message::Field::To {
            continue;
        }
        if let Some(text) = draft.text_at_mut(field) {
            *text = "日本 👩‍👩‍👧 e\u{301} שלום".into();
        }
    }
    let desk = at(draft, width, height);
    let screen = desk.screen();
    for line in screen.lines() {
        assert_eq!(cells(line), usize::from(width), "{line:?} of\n{screen}");
    }
    insta::assert_snapshot!(format!("wide_{kind}_{width}x{height}"), screen);
}

/// The preview is scrolled to what is edited, and stays where somebody scrolls it.
#[test]
fn the_preview_follows_the_caret() {
    let mut draft = order();
    if let Message::Buttons(message) = &mut draft.message {
        let lines = (0..60).map(|at| format!("linha {at} 日本\n"));
        message.text = lines.collect();
    }
    let mut desk = at(draft, 80, 24);
    assert_eq!(
        desk.app.scroll, 0,
        "what was opened is read from its beginning"
    );
    desk.press("!");
    assert!(desk.app.scroll > 30, "{}", desk.screen());
    desk.press("<ctrl-home>");
    let top = desk.app.scroll;
    assert!(top < 3, "{}", desk.screen());
    desk.press("<alt-pgdn><alt-pgdn>");
    assert_eq!(desk.app.scroll, top + 10, "{}", desk.screen());
    desk.press("<tab>");
    let screen = desk.screen();
    assert!(screen.matches("WUTS Store").count() > 1, "{screen}");
}
