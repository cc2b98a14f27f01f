//! The gateways side by side, the comparison of two requests, and the tabs that do not all fit.

use crate::desk::{Desk, order, sample, text};
use crate::screens::cells;
use ratatui::backend::TestBackend;
use ratatui::layout::Size;
use ratatui::{Terminal, buffer::Buffer};
use rstest::rstest;
use wacompose::config::{Profile, TokenSource};
use wacompose::gateway::{Account, GatewayKind, Support};
use wacompose::message::Draft;
use wacompose::tui::dialog::Modal;
use wacompose::tui::keymap::Keymap;
use wacompose::tui::model::Tab;
use wacompose::tui::theme::Theme;
use wacompose::tui::widget::comparison::Comparison;

const SAMPLES: [&str; 9] = [
    "text.toml",
    "order.toml",
    "links.toml",
    "catalog.toml",
    "list.toml",
    "button-reply.toml",
    "list-reply.toml",
    "variables.toml",
    "template.toml",
];

/// A profile that somebody configured.
fn configured(name: &str, gateway: GatewayKind) -> Profile {
    Profile {
        name: name.into(),
        account: Account {
            base_url: format!("https://{name}.example"),
            ..Account::public(gateway).with("id_instance", "1101000001")
        },
        token: TokenSource::Env("NEVER_READ".into()),
        ..Profile::sandbox(gateway)
    }
}

fn at(draft: Draft, width: u16, height: u16) -> Desk {
    Desk::new(draft, Profile::sandbox(GatewayKind::Wuts), width, height)
}

fn tab_row(desk: &Desk) -> String {
    let screen = desk.screen();
    let row = screen.lines().nth(1).unwrap();
    row.rsplit('│').nth(1).unwrap().trim().to_owned()
}

// -------------------------------------------------------------------- tabs

/// A draft with one problem, as the README's picture has it.
fn one_problem() -> Draft {
    let mut draft = order();
    draft.to = "日本".into();
    draft
}

#[rstest]
#[case::first(80, "", "1 Preview  2 {}  3 ✗ 1  4 ↩  5 ⇄")]
#[case::second(80, "<alt-2>", "1 ◻  2 Payload  3 ✗ 1  4 ↩  5 ⇄")]
#[case::third(80, "<alt-3>", "1 ◻  2 {}  3 Problems 1  4 ↩  5 ⇄")]
#[case::fourth(119, "<alt-4>", "1 ◻  2 {}  3 ✗ 1  4 Response  5 ⇄")]
#[case::last(80, "<alt-5>", "1 ◻  2 {}  3 ✗ 1  4 ↩  5 Gateways")]
#[case::from_120_on(120, "", "1 Preview  2 Payload  3 Problems 1  4 Response  5 ⇄")]
#[case::the_last_one(120, "<alt-5>", "1 ◻  2 {}  3 ✗ 1  4 ↩  5 Gateways")]
#[case::wider(140, "", "1 Preview  2 Payload  3 Problems 1  4 Response  5 Gateways")]
#[case::whole(
    200,
    "",
    "Alt+1 Preview  Alt+2 Payload  Alt+3 Problems 1  Alt+4 Response  Alt+5 Gateways"
)]
#[case::narrow_form(50, "", "Form 1 Preview 2 {} 3 ✗ 1 4 ↩ 5 ⇄")]
#[case::narrow_last(50, "<alt-5>", "Form 1 ◻ 2 {} 3 ✗ 1 4 ↩ 5 Gateways")]
fn as_many_tabs_as_fit_stand_around_the_one_that_is_on(
    #[case] width: u16,
    #[case] keys: &str,
    #[case] row: &str,
) {
    let mut desk = at(one_problem(), width, 24);
    desk.press(keys);
    assert_eq!(tab_row(&desk), row);
}

/// At every width all tabs are there, whole, and the one that is on has its name.
#[rstest]
fn no_tab_is_cut(#[values("", "<alt-2>", "<alt-3>", "<alt-4>", "<alt-5>")] keys: &str) {
    for width in 50..=210 {
        let mut desk = at(one_problem(), width, 24);
        desk.press(keys);
        let screen = wacompose::tui::layout::regions(&desk.app).unwrap();
        let narrow = screen.divider.is_none();
        let mut all: Vec<Option<Tab>> = Tab::ALL.map(Some).to_vec();
        if narrow {
            all.insert(0, None);
        }
        let shown: Vec<_> = screen.tabs.iter().map(|placed| placed.tab).collect();
        assert_eq!(shown, all, "{width}");
        assert_eq!(screen.more_tabs, [], "{width}");
        for placed in &screen.tabs {
            let area = placed.area;
            let words = placed.words.chars().count();
            assert_eq!(usize::from(area.width), words, "{width}: {placed:?}");
            assert!(area.right() < width - 1, "{width}: {placed:?}");
            if placed.tab == Some(desk.app.tab) && !narrow {
                assert!(placed.words.contains(desk.app.tab.title()), "{placed:?}");
            }
        }
        assert_eq!(tab_row(&desk).contains("Form"), narrow);
    }
}

/// A key that is bound to something else is what stands there, and none where there is none.
#[test]
fn tabs_have_the_keys_of_the_keymap() {
    let mut desk = at(one_problem(), 80, 24);
    let bound = [
        ("preview".to_owned(), vec!["f9".to_owned()]),
        ("payload".to_owned(), Vec::new()),
    ];
    desk.app.keymap = Keymap::new(&bound.into()).unwrap();
    assert_eq!(tab_row(&desk), "F9 Preview  {}  3 ✗ 1  4 ↩  5 ⇄");
}

#[test]
fn a_click_on_a_tab_shows_it() {
    let mut desk = at(one_problem(), 80, 24);
    for tab in Tab::ALL {
        let screen = wacompose::tui::layout::regions(&desk.app).unwrap();
        let placed = screen.tabs.iter().find(|placed| placed.tab == Some(tab));
        let area = placed.unwrap().area;
        desk.click(area.right() - 1, area.y);
        assert_eq!(desk.app.tab, tab);
    }
}

#[test]
fn the_arrows_walk_all_five_tabs() {
    let mut desk = at(order(), 80, 24);
    desk.press("<f6>");
    let mut seen = vec![desk.app.tab];
    for _ in 0..4 {
        desk.press("<right>");
        seen.push(desk.app.tab);
    }
    assert_eq!(seen, Tab::ALL);
    desk.press("<right>");
    assert_eq!(desk.app.tab, Tab::Preview);
    desk.press("<left>");
    assert_eq!(desk.app.tab, Tab::Gateways);
}

// -------------------------------------------------------------------- the tab

#[rstest]
#[case::order_80x24("gateways_order_80x24", sample("order.toml"), 80, 24)]
#[case::list_120x40("gateways_list_120x40", sample("list.toml"), 120, 40)]
#[case::catalog_50x15("gateways_catalog_50x15", sample("catalog.toml"), 50, 15)]
fn screens(#[case] name: &str, #[case] draft: Draft, #[case] width: u16, #[case] height: u16) {
    let mut desk = at(draft, width, height);
    desk.press("<alt-5>");
    insta::assert_snapshot!(name, desk.screen());
}

/// Every kind on every gateway: what the row says is what the gateway's support says.
#[rstest]
fn a_row_says_what_the_gateway_supports(
    #[values((80, 60), (160, 60))] size: (u16, u16),
    #[values("sendInteractiveButtonsReply", "sendButtons")] method: &str,
) {
    let mut verdicts = std::collections::BTreeSet::new();
    for name in SAMPLES {
        let draft = sample(name);
        let mut desk = at(draft.clone(), size.0, size.1);
        let mut green = configured("green", GatewayKind::GreenApi);
        green.account = green.account.with("buttons_method", method);
        let account = green.account.clone();
        desk.app.profiles.push(green);
        desk.press("<alt-5>");
        let screen = desk.screen();
        for gateway in GatewayKind::ALL {
            let account = match gateway {
                GatewayKind::GreenApi => account.clone(),
                other => Account::public(other),
            };
            let (verdict, way) = match account.support(&draft) {
                Support::Native { method } if gateway == GatewayKind::CloudApi => {
                    ("✓ native", format!("as type {method}"))
                }
                Support::Native { method } => ("✓ native", format!("by {method}")),
                Support::SwitchedOff { method, .. } => {
                    ("~ other method", format!("{method} is switched off"))
                }
                Support::Impossible { .. } => ("✗ not at all", "the nearest: as".to_owned()),
            };
            verdicts.insert(verdict);
            let mut rows = screen.lines().skip_while(|row| {
                !(row.contains(gateway.title()) && row.contains(['✓', '~', '✗']))
            });
            let row = rows
                .next()
                .unwrap_or_else(|| panic!("{gateway} in\n{screen}"));
            assert!(row.contains(verdict), "{name}: {row}");
            let below: Vec<_> = rows.take(2).collect();
            assert!(below.join("").contains(&way), "{name}: {way} in\n{screen}");
        }
    }
    let expected = if method == "sendButtons" { 3 } else { 2 };
    assert_eq!(verdicts.len(), expected, "{verdicts:?}");
}

#[test]
fn the_selected_row_says_what_would_be_wrong_there() {
    let mut desk = at(order(), 160, 60);
    desk.press("<alt-5>");
    assert_eq!(desk.app.selected_gateway, GatewayKind::GreenApi);
    for _ in 0..3 {
        let standing = desk.app.standing(desk.app.selected_gateway);
        let expected = Account::public(standing.gateway).check(&order());
        assert_eq!(standing.problems, expected);
        let screen = desk.screen();
        for problem in expected {
            let begin: String = problem.message.chars().take(30).collect();
            assert!(screen.contains(&begin), "{begin} in\n{screen}");
        }
        desk.press("<up>");
    }
    assert_eq!(desk.app.selected_gateway, GatewayKind::Wuts);
    let last = GatewayKind::ALL[GatewayKind::ALL.len() - 1];
    desk.press("<end>");
    assert_eq!(desk.app.selected_gateway, last);
    desk.press("<down>");
    assert_eq!(desk.app.selected_gateway, last);
    desk.press("<home>");
    assert_eq!(desk.app.selected_gateway, GatewayKind::Wuts);
}

#[test]
fn it_is_the_draft_as_it_would_be_sent() {
    let mut desk = at(text("Olá {{name}} 日本"), 160, 40);
    desk.press("<alt-5>");
    assert!(desk.screen().contains("1 error"), "{}", desk.screen());
    desk.press("<alt-v>Ana 👩‍🚀<enter>");
    assert!(!desk.screen().contains("1 error"), "{}", desk.screen());
    desk.press("<alt-5><enter>");
    assert!(desk.screen().contains("Ana 👩‍🚀"), "{}", desk.screen());
}

#[test]
fn what_is_typed_shows_at_once_while_the_tab_is_up() {
    let mut desk = at(text(""), 160, 40);
    desk.press("<alt-5>");
    assert!(desk.screen().contains("1 error"), "{}", desk.screen());
    desk.press("i日");
    assert_eq!(desk.app.tab, Tab::Gateways);
    assert!(!desk.screen().contains("1 error"), "{}", desk.screen());
}

/// In use before configured before none; a sandbox that is not in use has no address.
#[rstest]
#[case::none(&[], GatewayKind::CloudApi, None)]
#[case::first_configured(&["a:green-api", "b:green-api"], GatewayKind::GreenApi, Some("a"))]
#[case::in_use_first(&["a:wuts"], GatewayKind::Wuts, Some("sandbox"))]
#[case::another_gateways(&["語:wuts"], GatewayKind::GreenApi, None)]
fn a_gateway_is_asked_by_a_profile(
    #[case] profiles: &[&str],
    #[case] gateway: GatewayKind,
    #[case] expected: Option<&str>,
) {
    let mut desk = at(order(), 100, 30);
    for profile in profiles {
        let (name, kind) = profile.split_once(':').unwrap();
        let mut all = GatewayKind::ALL.into_iter();
        let kind = all.find(|gateway| gateway.name() == kind).unwrap();
        desk.app.profiles.push(configured(name, kind));
    }
    let standing = desk.app.standing(gateway);
    assert_eq!(standing.profile.as_deref(), expected);
}

#[test]
fn a_list_longer_than_the_pane_scrolls() {
    let mut draft = sample("catalog.toml");
    draft.to = "120363039000000000@g.us".into();
    let mut desk = at(draft, 50, 15);
    desk.press("<alt-5>");
    while desk.app.selected_gateway != GatewayKind::CloudApi {
        desk.press("<down>");
    }
    let first = desk.screen();
    assert!(first.contains("▸ Cloud API"), "{first}");
    assert!(first.contains(" more "), "{first}");
    desk.press("<pgdn><pgdn>");
    assert!(!desk.screen().contains("▸"), "{}", desk.screen());
    assert!(
        desk.screen().contains("Enter compares"),
        "{}",
        desk.screen()
    );
    desk.press("<up>");
    assert!(desk.screen().contains("▸ GREEN-API"), "{}", desk.screen());
}

#[test]
fn a_click_selects_and_another_compares() {
    let mut desk = at(order(), 80, 24);
    desk.press("<alt-5>");
    let screen = desk.screen();
    let row = screen.lines().position(|row| row.contains("Cloud API"));
    let row = u16::try_from(row.unwrap()).unwrap();
    desk.click(46, row);
    assert_eq!(desk.app.selected_gateway, GatewayKind::CloudApi);
    let screen = desk.screen();
    let row = screen.lines().position(|row| row.contains("▸ Cloud API"));
    desk.click(46, u16::try_from(row.unwrap()).unwrap());
    assert!(matches!(desk.app.modals.as_slice(), [Modal::Compare(_)]));
}

// -------------------------------------------------------------------- the comparison

#[rstest]
#[case::order_80x24("compare_order_80x24", sample("order.toml"), 80, 24)]
#[case::order_120x40("compare_order_120x40", sample("order.toml"), 120, 40)]
#[case::order_50x15("compare_order_50x15", sample("order.toml"), 50, 15)]
fn compared(#[case] name: &str, #[case] draft: Draft, #[case] width: u16, #[case] height: u16) {
    let mut desk = at(draft, width, height);
    desk.press("<alt-5><enter>");
    insta::assert_snapshot!(name, desk.screen());
}

#[rstest]
#[case::closed("<alt-5><enter><esc>", false)]
#[case::open("<alt-5><enter>", true)]
#[case::from_the_palette("<ctrl-p>compare<enter><enter>", true)]
#[case::with_the_other("<alt-5><down><enter>", true)]
#[case::with_itself("<alt-5><up><enter>", false)]
#[case::help_stays_closed("<alt-5><enter><f1>", true)]
fn enter_opens_it_and_esc_closes(#[case] keys: &str, #[case] open: bool) {
    let mut desk = at(order(), 120, 40);
    desk.press(keys);
    let is_open = matches!(desk.app.modals.as_slice(), [Modal::Compare(_)]);
    assert_eq!(is_open, open);
    assert_eq!(desk.app.draft(), &order());
}

#[test]
fn the_other_request_is_that_of_its_profile_with_the_token_masked() {
    let mut desk = at(order(), 200, 50);
    let green = configured("green", GatewayKind::GreenApi);
    desk.app.profiles.push(green);
    desk.press("<alt-5><enter>");
    let screen = desk.screen();
    for part in [
        "WUTS · sandbox",
        "GREEN-API · green",
        "POST /send/buttons HTTP/1.1",
        "Host: green.example",
        "POST /waInstance1101000001/sendInteractiveButtonsReply/***",
        "Authorization: Bearer ***",
        "- Authorization",
    ] {
        assert!(screen.contains(part), "{part} in\n{screen}");
    }
}

#[rstest]
#[case::numbered("list.toml", "as numbered text")]
#[case::nothing("catalog.toml", "No request can be written")]
#[case::reply("button-reply.toml", "No request can be written")]
fn what_cannot_be_sent_there_shows_the_nearest_or_why(#[case] name: &str, #[case] said: &str) {
    let mut desk = at(sample(name), 200, 60);
    desk.press("<alt-5><enter>");
    assert!(desk.screen().contains(said), "{}", desk.screen());
}

fn shown(comparison: &Comparison, width: u16, height: u16) -> Buffer {
    let theme = Theme::new("dark", true).unwrap();
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    terminal
        .draw(|frame| comparison.draw(&theme, Some("Esc closes"), frame.buffer_mut()))
        .unwrap();
    terminal.backend().buffer().clone()
}

fn compare(before: &str, after: &str, width: u16, height: u16) -> Comparison {
    let titles = ["left 日本".to_owned(), "right 👩‍🚀".to_owned()];
    let mut comparison = Comparison::new(titles, [before, after]);
    comparison.resize(Size { width, height });
    comparison
}

/// The signs in a gutter, without the empty rows below.
fn gutter(buffer: &Buffer, x: u16) -> String {
    let rows = 1..buffer.area.height - 1;
    let signs: String = rows.map(|y| buffer[(x, y)].symbol()).collect();
    signs.trim_end().to_owned()
}

#[rstest]
#[case::same("a\nb", "a\nb", "", "", "")]
#[case::changed("a\nb\nc", "a\n日\nc", " ~", " ~", " -+")]
#[case::added("a\nc", "a\n👩‍👩‍👧\nc", "", " +", " +")]
#[case::removed("a\ne\u{301}\nc", "a\nc", " -", "", " -")]
#[case::more_than_before("a\nb\nz", "a\n1\n2\n3\nz", " ~", " ~++", " -+++")]
#[case::fewer_than_before("a\n1\n2\nz", "a\nשלום\nz", " ~-", " ~", " --+")]
#[case::all("a\nb", "c\nd", "~~", "~~", "--++")]
#[case::one_is_empty("", "a\nb", "", "++", "++")]
#[case::both_are_empty("", "", "", "", "")]
fn differences_have_signs(
    #[case] before: &str,
    #[case] after: &str,
    #[case] left: &str,
    #[case] right: &str,
    #[case] one_column: &str,
) {
    let wide = shown(&compare(before, after, 100, 12), 100, 12);
    assert_eq!(gutter(&wide, 1), left);
    assert_eq!(gutter(&wide, 50), right);
    let narrow = shown(&compare(before, after, 99, 12), 99, 12);
    assert_eq!(gutter(&narrow, 1), one_column);
}

#[test]
fn signs_and_colours_say_the_same() {
    let theme = Theme::new("dark", true).unwrap();
    let buffer = shown(&compare("a\nb\nx\nc", "a\nd\nx\nc\ne", 100, 8), 100, 8);
    for (x, y, style) in [
        (1, 2, theme.warning),
        (50, 2, theme.warning),
        (50, 5, theme.ok),
    ] {
        assert_eq!(buffer[(x, y)].fg, style.fg.unwrap(), "{x},{y}");
    }
    let plain = Theme::new("dark", false).unwrap();
    let mut terminal = Terminal::new(TestBackend::new(100, 8)).unwrap();
    let comparison = compare("a\nb", "a\nc", 100, 8);
    terminal
        .draw(|frame| comparison.draw(&plain, Some("Esc closes"), frame.buffer_mut()))
        .unwrap();
    assert_eq!(terminal.backend().buffer()[(1, 2)].symbol(), "~");
}

/// Whatever stands in the texts, the borders and the divider stay where they are.
#[rstest]
fn borders_hold_beside_wide_characters(
    #[values(50, 80, 99, 100, 101, 120, 200)] width: u16,
    #[values(15, 24, 40)] height: u16,
) {
    let before = format!(
        "\"text\": \"{}\"\n{}\n\u{1b}[31m\ttab\r\nשלום עולם\n{}",
        "日本語 👨‍👩‍👧‍👦 e\u{301} ".repeat(30),
        "한국어ﾊﾝｶｸ".repeat(20),
        "x".repeat(300)
    );
    let after = before.replace("日本", "🇧🇷❤️").replace('x', "ab👩🏽‍🚀");
    let mut comparison = compare(&before, &after, width, height);
    for _ in 0..8 {
        let mut desk = at(order(), width, height);
        desk.app
            .modals
            .push(Modal::Compare(Box::new(comparison.clone())));
        let screen = desk.screen();
        for line in screen.lines() {
            let last = line.chars().last().unwrap();
            assert!("╮│╯".contains(last), "{line:?} of\n{screen}");
            assert_eq!(cells(line), usize::from(width), "{line:?} of\n{screen}");
        }
        let buffer = shown(&comparison, width, height);
        if width >= 100 {
            let divider = 1 + (width - 3) / 2;
            assert_eq!(buffer[(divider, 0)].symbol(), "┬");
            for y in 1..height - 1 {
                assert_eq!(buffer[(divider, y)].symbol(), "│", "{y} of\n{screen}");
            }
        }
        comparison.scroll(5);
    }
}

#[test]
fn both_sides_scroll_together_and_tab_goes_to_the_next_difference() {
    let lines = |changed: &[usize]| {
        let line = |at| {
            if changed.contains(&at) {
                format!("other {at}")
            } else {
                format!("line {at}")
            }
        };
        (0..200).map(line).collect::<Vec<_>>().join("\n")
    };
    let mut desk = at(order(), 120, 24);
    let comparison = compare(&lines(&[]), &lines(&[50, 51, 120, 199]), 120, 24);
    desk.app.modals.push(Modal::Compare(Box::new(comparison)));
    let first_row = |desk: &Desk| desk.screen().lines().nth(1).unwrap().to_owned();
    for (keys, left, right) in [
        ("", "line 0 ", "line 0 "),
        ("<down><down>", "line 2 ", "line 2 "),
        ("<pgdn>", "line 23 ", "line 23 "),
        ("<tab>", "line 50 ", "other 50 "),
        ("<tab>", "line 120 ", "other 120 "),
        ("<shift-tab>", "line 50 ", "other 50 "),
        ("<end>", "line 178 ", "line 178 "),
        ("<home>", "line 0 ", "line 0 "),
    ] {
        desk.press(keys);
        let row = first_row(&desk);
        let row = row.trim_matches('│');
        let (one, other) = row.split_once('│').unwrap();
        assert!(one.contains(left), "{keys}: {row}");
        assert!(other.contains(right), "{keys}: {row}");
    }
    assert!(desk.screen().contains("3 differences"), "{}", desk.screen());
    // Another size keeps it open, and shows one under the other.
    desk.resize(60, 15);
    assert!(desk.screen().contains("- left 日本"), "{}", desk.screen());
    desk.resize(20, 5).resize(120, 24);
    assert!(desk.screen().contains('┬'), "{}", desk.screen());
}

#[test]
fn texts_with_nothing_in_common_are_compared_in_no_time() {
    let lines = |word: &str| {
        let lines = (0..20_000).map(|at| format!("{word} {}", at % 977));
        lines.collect::<Vec<_>>().join("\n")
    };
    let (before, after) = (lines("日"), lines("語"));
    let comparison = compare(&before, &after, 120, 24);
    assert_eq!(gutter(&shown(&comparison, 120, 24), 1).len(), 22);
}
