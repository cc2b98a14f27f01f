//! The history, messages of unknown outcome, and how the gateway stands.

use std::time::Duration;

use crate::desk::{Desk, order};
use rstest::rstest;
use wacompose::config::{Profile, TokenSource};
use wacompose::gateway::journal::{Found, LookedUp};
use wacompose::gateway::queue::Queued;
use wacompose::gateway::state::{State, Status};
use wacompose::gateway::wire::Response;
use wacompose::gateway::{Exchange, GatewayKind, Outcome, Refusal};
use wacompose::message::{Draft, Kind};
use wacompose::store::{Entry, PageFrom, Resolution, SendId, SendState, Sent};
use wacompose::tui::app::View;
use wacompose::tui::app::history::{PAGE, WINDOW};
use wacompose::tui::effect::{Effect, Ticket};
use wacompose::tui::event::{self, Event};
use wacompose::tui::keep::{Ask, Told, Why};
use wacompose::tui::question::{Answer, Question};

const MINUTE: Duration = Duration::from_secs(60);

fn entry(id: i64, state: SendState) -> Entry {
    let texts = ["Bom dia 日本", "👩‍👩‍👧 e\u{301}", "שלום עולם", "\u{1b}[31mred"];
    let at = usize::try_from(id).unwrap() % texts.len();
    Entry {
        id: SendId(id),
        started: 0,
        started_local: format!("2026-03-01 14:{:02}:07", id % 60),
        started_utc: String::new(),
        ended: (state != SendState::Sending).then_some(1),
        profile: "sandbox".into(),
        gateway: GatewayKind::Wuts,
        kind: Kind::Buttons,
        to: "+55 11 99999-9999".into(),
        first_line: texts[at].into(),
        file: None,
        state,
        resolution: None,
        message_id: (state == SendState::Accepted).then(|| format!("3EB0{id:04}")),
        status: (state == SendState::Accepted).then_some(200),
        attempts: 1,
        elapsed: Some(Duration::from_millis(42)),
        refusal: None,
    }
}

fn sent(entry: Entry) -> Box<Sent> {
    let account = Profile::sandbox(entry.gateway).account;
    let draft = order();
    let request = account.encode(&draft).unwrap();
    let response = entry.status.map(|status| Response {
        status,
        headers: vec![("content-type".into(), "application/json".into())],
        body: br#"{"success":true,"message_id":"3EB00001"}"#.to_vec(),
        truncated: false,
    });
    Box::new(Sent {
        entry,
        draft,
        request,
        response,
    })
}

fn five() -> Vec<Entry> {
    let states = [
        SendState::Accepted,
        SendState::Rejected,
        SendState::NotSent,
        SendState::Unknown,
        SendState::Sending,
    ];
    let entries = states.into_iter().rev().zip([5, 4, 3, 2, 1]);
    entries.map(|(state, id)| entry(id, state)).collect()
}

fn opened(doubts: Vec<Entry>) -> Event {
    Event::Store(Told::Opened {
        notice: None,
        is_kept: true,
        last: None,
        doubts,
    })
}

fn at(width: u16, height: u16) -> Desk {
    let profile = Profile::sandbox(GatewayKind::Wuts);
    let mut desk = Desk::new(order(), profile, width, height);
    desk.happen(opened(Vec::new()));
    desk.take_effects();
    desk
}

fn asks(desk: &mut Desk) -> Vec<Ask> {
    let effects = desk.take_effects().into_iter();
    let asks = effects.filter_map(|effect| match effect {
        Effect::Store(ask) => Some(ask),
        _ => None,
    });
    asks.collect()
}

/// The store reads the pages that were asked for.
fn reads(desk: &mut Desk, page: impl Fn(PageFrom) -> Vec<Entry>) -> usize {
    let mut count = 0;
    loop {
        let pages = asks(desk).into_iter().filter_map(|ask| match ask {
            Ask::Page { ticket, from, .. } => Some((ticket, from)),
            _ => None,
        });
        let pages: Vec<_> = pages.collect();
        if pages.is_empty() {
            return count;
        }
        for (ticket, from) in pages {
            count += 1;
            let entries = Ok(page(from));
            desk.happen(Event::Store(Told::Page { ticket, entries }));
        }
    }
}

fn listed(width: u16, height: u16) -> Desk {
    let mut desk = at(width, height);
    desk.press("<f3>");
    reads(&mut desk, |_| five());
    desk
}

// -------------------------------------------------------------------- the list

#[rstest]
fn screens(#[values((80, 24), (120, 40), (50, 15))] size: (u16, u16)) {
    let (width, height) = size;
    let mut desk = listed(width, height);
    desk.press("<down><ins><down>");
    desk.wait(MINUTE);
    insta::assert_snapshot!(format!("history_{width}x{height}"), desk.screen());
    let sent = sent(entry(1, SendState::Accepted));
    desk.happen(Event::Store(Told::Looked {
        why: Why::Show,
        sent,
    }));
    insta::assert_snapshot!(format!("history_message_{width}x{height}"), desk.screen());
}

#[test]
fn an_empty_history_says_what_it_is() {
    let mut desk = at(80, 24);
    desk.press("<f3>");
    assert!(desk.screen().contains("Reading"), "{}", desk.screen());
    reads(&mut desk, |_| Vec::new());
    assert!(desk.screen().contains("Nothing was sent yet"));
    desk.press("日");
    reads(&mut desk, |_| Vec::new());
    assert!(desk.screen().contains("Nothing was found"));
}

/// What a key in the list asks for.
#[rstest]
#[case::look("<enter>", &[Ask::Look { id: SendId(5), why: Why::Show }])]
#[case::look_at_another("<down><down><enter>", &[Ask::Look { id: SendId(3), why: Why::Show }])]
#[case::to_the_end("<end><enter>", &[Ask::Look { id: SendId(1), why: Why::Show }])]
#[case::again("<alt-r>", &[Ask::Look { id: SendId(5), why: Why::Draft }])]
#[case::compare("<ins><end><ins>", &[Ask::Compare([SendId(1), SendId(5)])])]
#[case::not_marked("<ins><ins><down><ins>", &[])]
#[case::nothing_typed_into_the_draft("<alt-up><alt-ins>", &[])]
fn keys_in_the_list(#[case] keys: &str, #[case] expected: &[Ask]) {
    let mut desk = listed(80, 24);
    desk.press(keys);
    assert_eq!(asks(&mut desk), expected);
    assert_eq!(desk.app.draft(), &order());
}

#[rstest]
#[case::typed("日本 é", "日本 é", None)]
#[case::accepted("<tab>", "", Some(SendState::Accepted))]
#[case::around("<shift-tab>", "", Some(SendState::Sending))]
#[case::both("x<tab><tab>", "x", Some(SendState::Rejected))]
#[case::cleared("abc<esc>", "", None)]
fn searches_and_filters(
    #[case] keys: &str,
    #[case] search: &str,
    #[case] state: Option<SendState>,
) {
    let mut desk = listed(80, 24);
    desk.press(keys);
    // What was typed while a page was read is looked for after it.
    let mut last = None;
    loop {
        let asked = asks(&mut desk).into_iter().next_back();
        let Some(Ask::Page {
            ticket,
            search,
            state,
            ..
        }) = asked
        else {
            break;
        };
        last = Some((search, state));
        let entries = Ok(Vec::new());
        desk.happen(Event::Store(Told::Page { ticket, entries }));
    }
    assert_eq!(last, Some((search.to_owned(), state)));
}

#[test]
fn a_paste_is_searched_and_escape_goes_back() {
    let mut desk = listed(80, 24);
    desk.paste("שלום");
    assert!(matches!(&asks(&mut desk)[..], [Ask::Page { search, .. }] if search == "שלום"));
    desk.press("<esc><esc>");
    assert_eq!(desk.app.view, View::Compose);
    assert_eq!(desk.app.draft(), &order());
}

#[test]
fn the_title_switches_views() {
    let mut desk = at(80, 24);
    let column = desk.screen().lines().next().unwrap().find("History");
    let column = u16::try_from(column.unwrap()).unwrap();
    // Box-drawing characters are three bytes each.
    let column = column - 2 * 3;
    desk.click(column, 0);
    assert_eq!(desk.app.view, View::History);
    desk.press("<f2>");
    assert_eq!(desk.app.view, View::Compose);
}

/// Tens of thousands of messages: the window moves ahead of the selection, and stays small.
#[test]
fn a_long_history_scrolls_to_its_end_and_back() {
    const ALL: i64 = 20_000;
    let page = |from: PageFrom| -> Vec<Entry> {
        let most = i64::try_from(PAGE).unwrap();
        let newest = match from {
            PageFrom::Newest => ALL,
            PageFrom::Before(id) => id.0 - 1,
            PageFrom::After(id) => (id.0 + most).min(ALL),
            PageFrom::Oldest => most,
        };
        let oldest = match from {
            PageFrom::After(id) => id.0 + 1,
            _ => (newest - most + 1).max(1),
        };
        let ids = (oldest..=newest).rev();
        ids.map(|id| entry(id, SendState::Accepted)).collect()
    };
    let chosen = |desk: &Desk| desk.app.history.chosen().unwrap().id.0;
    let mut desk = at(80, 24);
    desk.press("<f3>");
    reads(&mut desk, page);
    let mut steps = 0;
    while chosen(&desk) > 1 && steps < 2000 {
        let before = chosen(&desk);
        desk.press("<pgdn>");
        assert!(before - chosen(&desk) <= 20, "no row is passed by");
        assert_ne!(chosen(&desk), before, "it never has to wait");
        reads(&mut desk, page);
        assert!(desk.app.history.entries.len() <= WINDOW);
        steps += 1;
    }
    assert_eq!(chosen(&desk), 1);
    assert!(desk.screen().contains("↑ 19982 more"), "{}", desk.screen());
    while chosen(&desk) < ALL && steps < 4000 {
        let before = chosen(&desk);
        desk.press("<pgup>");
        assert_ne!(chosen(&desk), before);
        reads(&mut desk, page);
        assert!(desk.app.history.entries.len() <= WINDOW);
        steps += 1;
    }
    assert_eq!(chosen(&desk), ALL);
    desk.press("<end>");
    reads(&mut desk, page);
    assert_eq!(chosen(&desk), 1);
    desk.press("<home>");
    reads(&mut desk, page);
    assert_eq!(chosen(&desk), ALL);
}

/// The ids of the pages that are being read, in the order in which they were asked for.
fn pages(desk: &mut Desk) -> Vec<(Ticket, PageFrom)> {
    let pages = asks(desk).into_iter().filter_map(|ask| match ask {
        Ask::Page { ticket, from, .. } => Some((ticket, from)),
        _ => None,
    });
    pages.collect()
}

fn page_is(desk: &mut Desk, ticket: Ticket, ids: impl DoubleEndedIterator<Item = i64>) {
    let entries = ids.rev().map(|id| entry(id, SendState::Accepted));
    let entries = Ok(entries.collect());
    desk.happen(Event::Store(Told::Page { ticket, entries }));
}

/// A list of 350 messages of which the newest 300 were read and the rest is being read; and which.
fn reading_on() -> (Desk, Ticket) {
    let mut desk = at(80, 24);
    desk.press("<f3>");
    let asked = pages(&mut desk);
    page_is(&mut desk, asked[0].0, 51..=350);
    for _ in 0..10 {
        desk.press("<pgdn>");
    }
    let asked = pages(&mut desk);
    assert!(
        matches!(asked[..], [(_, PageFrom::Before(SendId(51)))]),
        "{asked:?}"
    );
    (desk, asked[0].0)
}

/// Where a key wanted to go while a page was read is where it goes.
#[rstest]
#[case::the_end("<end>", &[PageFrom::Oldest], 1)]
#[case::the_end_and_back("<end><home>", &[PageFrom::Newest], 350)]
#[case::the_end_of_what_is_found("日<end>", &[PageFrom::Oldest], 1)]
#[case::what_is_found("<end>日", &[PageFrom::Newest], 350)]
fn what_is_wanted_while_a_page_is_read(
    #[case] keys: &str,
    #[case] expected: &[PageFrom],
    #[case] chosen: i64,
) {
    let (mut desk, ticket) = reading_on();
    desk.press(keys);
    assert_eq!(pages(&mut desk), []);
    page_is(&mut desk, ticket, 1..=50);
    let asked = pages(&mut desk);
    let from: Vec<_> = asked.iter().map(|(_, from)| *from).collect();
    assert_eq!(from, expected);
    let ids = if from[0] == PageFrom::Oldest {
        1..=300
    } else {
        51..=350
    };
    page_is(&mut desk, asked[0].0, ids);
    assert_eq!(desk.app.history.chosen().unwrap().id, SendId(chosen));
}

/// Sends, looks at the history meanwhile, and moves there.
fn sending_and_looking(keys: &str) -> (Desk, Ticket, Draft) {
    let mut desk = at(80, 24);
    desk.press("<f5><enter>");
    let effects = desk.take_effects();
    let sent = effects.into_iter().find_map(|effect| match effect {
        Effect::Send { ticket, draft, .. } => Some((ticket, *draft)),
        _ => None,
    });
    let (ticket, draft) = sent.unwrap();
    desk.press("<f3>");
    let asked = pages(&mut desk);
    page_is(&mut desk, asked[0].0, 1..=5);
    desk.press(keys);
    (desk, ticket, draft)
}

/// An answer brings a new row, and moves nobody's selection.
#[rstest]
#[case::the_third("<down><down>", 1..=6, 3)]
#[case::the_last("<end>", 1..=6, 1)]
#[case::the_newest("", 1..=6, 5)]
#[case::one_that_is_gone("<down><down>", 4..=6, 4)]
fn an_answer_moves_no_selection(
    #[case] keys: &str,
    #[case] ids: std::ops::RangeInclusive<i64>,
    #[case] expected: i64,
) {
    let (mut desk, ticket, draft) = sending_and_looking(keys);
    answers(&mut desk, ticket, &draft);
    let asked = pages(&mut desk);
    assert!(matches!(asked[..], [(_, PageFrom::Newest)]), "{asked:?}");
    page_is(&mut desk, asked[0].0, ids);
    assert_eq!(desk.app.history.chosen().unwrap().id, SendId(expected));
    desk.press("<enter>");
    let look = Ask::Look {
        id: SendId(expected),
        why: Why::Show,
    };
    assert_eq!(asks(&mut desk), [look]);
}

/// An answer that comes while somebody goes elsewhere lets them go there, and is listed.
#[rstest]
#[case::the_end("<end>", PageFrom::Oldest)]
#[case::what_is_found("日", PageFrom::Newest)]
fn an_answer_keeps_nobody_from_where_they_go(#[case] keys: &str, #[case] expected: PageFrom) {
    let (mut desk, ticket, draft) = sending_and_looking("");
    // More than one page, so that its end has to be read.
    desk.press("<f3>");
    let asked = pages(&mut desk);
    page_is(&mut desk, asked[0].0, 51..=350);
    desk.press(keys);
    let first = pages(&mut desk);
    answers(&mut desk, ticket, &draft);
    page_is(&mut desk, first.last().unwrap().0, 1..=3);
    let again = pages(&mut desk);
    assert!(
        matches!(again[..], [(_, from)] if from == expected),
        "{again:?}"
    );
}

// -------------------------------------------------------------------- one message

#[rstest]
#[case::id("<alt-c>", "3EB00001")]
fn a_message_gives_its_id(#[case] keys: &str, #[case] expected: &str) {
    let mut desk = listed(80, 24);
    desk.press("<end>").press(keys);
    let copied = desk.take_effects();
    assert!(
        copied.contains(&Effect::Copy(expected.into())),
        "{copied:?}"
    );
}

#[test]
fn a_message_is_composed_again_and_the_draft_before_it_is_kept() {
    let mut desk = listed(80, 24);
    desk.press("<f2>x<f3>");
    desk.take_effects();
    let sent = sent(entry(1, SendState::Accepted));
    desk.happen(Event::Store(Told::Looked {
        why: Why::Draft,
        sent,
    }));
    assert_eq!(desk.app.view, View::Compose);
    assert_eq!(desk.app.draft(), &order());
    let asks = asks(&mut desk);
    assert!(
        matches!(
            &asks[..],
            [Ask::Keep { .. }, Ask::Leave { forget: false, .. }]
        ),
        "{asks:?}"
    );
}

#[test]
fn its_curl_has_no_token() {
    let mut desk = listed(80, 24);
    let sent = sent(entry(1, SendState::Accepted));
    desk.happen(Event::Store(Told::Looked {
        why: Why::Curl,
        sent,
    }));
    let effects = desk.take_effects();
    let curl = effects.iter().find_map(|effect| match effect {
        Effect::Copy(text) => Some(text),
        _ => None,
    });
    let curl = curl.unwrap();
    assert!(
        curl.starts_with("curl") && curl.contains("Bearer ***"),
        "{curl}"
    );
}

#[test]
fn two_messages_are_compared() {
    let mut desk = listed(120, 40);
    let both = [1, 2].map(|id| *sent(entry(id, SendState::Accepted)));
    desk.happen(Event::Store(Told::Compared(Box::new(both))));
    assert!(desk.screen().contains("no difference"), "{}", desk.screen());
}

// -------------------------------------------------------------------- unknown outcomes

fn in_doubt(id: i64, profile: &str, gateway: GatewayKind) -> Entry {
    Entry {
        profile: profile.into(),
        gateway,
        ended: None,
        message_id: None,
        ..entry(id, SendState::Unknown)
    }
}

fn doubting(width: u16, height: u16) -> Desk {
    let profile = Profile::sandbox(GatewayKind::Wuts);
    let mut desk = Desk::new(order(), profile, width, height);
    let wuts = in_doubt(1, "sandbox", GatewayKind::Wuts);
    let name = Profile::sandbox(GatewayKind::GreenApi).name;
    let green = in_doubt(2, &name, GatewayKind::GreenApi);
    desk.take_effects();
    desk.happen(opened(vec![wuts, green]));
    desk
}

#[rstest]
fn a_doubt_on_the_screen(#[values((80, 24), (120, 40), (50, 15))] size: (u16, u16)) {
    let (width, height) = size;
    let mut desk = doubting(width, height);
    insta::assert_snapshot!(format!("doubt_{width}x{height}"), desk.screen());
    desk.press("<esc>");
    assert!(desk.screen().contains("Looking into"), "{}", desk.screen());
}

#[rstest]
#[case::sent("<right><enter>", &[Ask::MarkSent { id: SendId(1), message_id: None }])]
#[case::sent_by_tab("<tab><enter>", &[Ask::MarkSent { id: SendId(1), message_id: None }])]
#[case::kept("<left><enter>", &[Ask::KeepUnknown(SendId(1))])]
#[case::kept_around("<up><right><left><enter>", &[Ask::KeepUnknown(SendId(1))])]
#[case::again("<right><right><enter>", &[Ask::Look { id: SendId(1), why: Why::Again }])]
#[case::later("<esc>", &[])]
#[case::later_after_all("<left><esc>", &[])]
#[case::a_stray_enter("<enter><enter>", &[])]
#[case::typed_on("日本 olá<enter>", &[])]
#[case::typed_on_after_a_tab("<tab>olá 👩‍👩‍👧<enter>", &[])]
fn what_is_said_about_a_doubt(#[case] keys: &str, #[case] expected: &[Ask]) {
    let mut desk = doubting(80, 24);
    desk.take_effects();
    desk.press(keys);
    assert_eq!(asks(&mut desk), expected);
}

/// A journal with messages that are likely the one that was looked for.
fn journal(ids: &[&str]) -> LookedUp {
    let likely = ids.iter().map(|&id| Found {
        message_id: id.into(),
        time: Some(1_772_371_927),
        status: Some("delivered".into()),
    });
    LookedUp {
        likely: likely.collect(),
        hardly: Vec::new(),
        is_whole: true,
    }
}

fn looks_up(desk: &mut Desk, id: i64, looked_up: LookedUp) {
    desk.happen(Event::Told {
        profile: "sandbox-green-api".into(),
        answer: Answer::LookedUp(SendId(id), Ok(looked_up)),
    });
}

#[rstest]
#[case::missing(journal(&[]), "does not have it")]
#[case::found(journal(&["BAE5日"]), "has it as BAE5日")]
#[case::not_told_apart(LookedUp { hardly: journal(&["BAE5日"]).likely, ..journal(&[]) }, "does not say")]
#[case::not_seen(LookedUp { is_whole: false, ..journal(&[]) }, "does not say")]
fn a_journal_says_no_more_than_it_knows(#[case] looked_up: LookedUp, #[case] words: &str) {
    let mut desk = doubting(80, 24);
    desk.press("<esc>");
    looks_up(&mut desk, 2, looked_up);
    let screen = desk.screen();
    let said = ["does not have it", "has it as", "does not say"];
    let said: Vec<_> = said.iter().filter(|said| screen.contains(*said)).collect();
    assert_eq!(said.len(), 1, "{screen}");
    assert!(screen.contains(words), "{screen}");
}

/// What is found once is not two messages.
#[test]
fn what_one_message_is_said_to_be_another_one_is_not() {
    let mut desk = at(80, 24);
    let name = Profile::sandbox(GatewayKind::GreenApi).name;
    let doubts = [1, 2].map(|id| in_doubt(id, &name, GatewayKind::GreenApi));
    desk.happen(opened(doubts.to_vec()));
    looks_up(&mut desk, 1, journal(&["BAE5日"]));
    looks_up(&mut desk, 2, journal(&["BAE5日"]));
    desk.take_effects();
    desk.press("<right><enter>");
    assert_eq!(asks(&mut desk).len(), 1);
    let screen = desk.screen();
    assert!(screen.contains("does not say"), "{screen}");
    desk.press("<right><enter>");
    let expected = Ask::MarkSent {
        id: SendId(2),
        message_id: None,
    };
    assert_eq!(asks(&mut desk), [expected]);
}

#[test]
fn the_journal_is_asked_and_proposes() {
    let mut desk = doubting(80, 24);
    let effects = desk.take_effects();
    let question = Question::LookUp(SendId(2));
    assert!(effects.iter().any(
        |effect| matches!(effect, Effect::Question { question: asked, .. } if *asked == question)
    ));
    desk.press("<esc>");
    looks_up(&mut desk, 2, journal(&["BAE5日"]));
    assert!(desk.screen().contains("BAE5日"), "{}", desk.screen());
    assert!(
        desk.screen().contains("[✓Mark as sent ]"),
        "{}",
        desk.screen()
    );
    desk.take_effects();
    desk.press("<enter>");
    assert_eq!(asks(&mut desk), [], "a proposal is no choice");
    desk.press("<right><enter>");
    let expected = Ask::MarkSent {
        id: SendId(2),
        message_id: Some("BAE5日".into()),
    };
    assert_eq!(asks(&mut desk), [expected]);
    assert!(desk.app.modals.is_empty());
}

/// What is chosen stays chosen, whatever the journal says then; an id that was not seen yet is not
/// agreed to.
#[rstest]
#[case::kept("<left>", Ok(journal(&["BAE5日"])), Ask::KeepUnknown(SendId(2)))]
#[case::kept_and_failed("<left>", Err("gone".to_owned()), Ask::KeepUnknown(SendId(2)))]
#[case::sent("<right>", Ok(journal(&["BAE5日"])), Ask::MarkSent { id: SendId(2), message_id: None })]
#[case::again("<right><right>", Err("gone".to_owned()), Ask::Look { id: SendId(2), why: Why::Again })]
fn a_look_up_moves_no_choice(
    #[case] keys: &str,
    #[case] found: Result<LookedUp, String>,
    #[case] expected: Ask,
) {
    let mut desk = doubting(80, 24);
    desk.press("<esc>").press(keys);
    desk.take_effects();
    desk.happen(Event::Told {
        profile: "sandbox-green-api".into(),
        answer: Answer::LookedUp(SendId(2), found),
    });
    desk.press("<enter>");
    assert_eq!(asks(&mut desk), [expected]);
}

/// Where four choices are more than a row.
#[test]
fn every_choice_is_seen_in_a_narrow_dialog() {
    let mut desk = doubting(50, 15);
    desk.press("<esc>");
    desk.happen(Event::Told {
        profile: "sandbox-green-api".into(),
        answer: Answer::LookedUp(SendId(2), Err("日本".into())),
    });
    let screen = desk.screen();
    for choice in ["Mark as sent", "Send again", "Look it up", "Keep"] {
        assert!(screen.contains(&format!("[ {choice} ]")), "{screen}");
    }
    for row in screen.lines() {
        assert!(row.ends_with(['│', '┐', '┘', '┤']), "{row} of\n{screen}");
    }
}

#[test]
fn a_click_chooses() {
    let mut desk = doubting(80, 24);
    desk.take_effects();
    let screen = desk.screen();
    let row = screen.lines().position(|row| row.contains("[ Keep ]"));
    let line = screen.lines().nth(row.unwrap()).unwrap();
    let column = line.chars().position(|c| c == 'K').unwrap();
    let at = |number| u16::try_from(number).unwrap();
    desk.click(at(column), at(row.unwrap()));
    assert_eq!(asks(&mut desk), [Ask::KeepUnknown(SendId(1))]);
}

#[test]
fn an_enter_without_a_choice_says_how_to_choose() {
    let mut desk = doubting(80, 24);
    assert!(desk.screen().contains("← → choose"), "{}", desk.screen());
    desk.press("<enter><left>");
    assert!(desk.screen().contains("Enter picks"), "{}", desk.screen());
    assert!(
        desk.screen().contains("Outcome unknown"),
        "{}",
        desk.screen()
    );
    desk.press("<esc><esc>");
    assert!(desk.screen().contains("Choose with"), "{}", desk.screen());
}

#[test]
fn sending_again_is_asked_by_name_and_settles_the_doubt() {
    let mut desk = doubting(80, 24);
    let told = || {
        let sent = sent(in_doubt(1, "sandbox", GatewayKind::Wuts));
        Event::Store(Told::Looked {
            why: Why::Again,
            sent,
        })
    };
    desk.press("<right><right><enter>");
    desk.happen(told());
    assert!(
        desk.screen().contains("Send it again?"),
        "{}",
        desk.screen()
    );
    assert!(desk.screen().contains("arrives twice"), "{}", desk.screen());
    // Enter alone does not.
    desk.press("<enter>");
    assert!(
        desk.screen().contains("Outcome unknown"),
        "{}",
        desk.screen()
    );
    desk.happen(told());
    desk.take_effects();
    desk.press("<left><enter>");
    let effects = desk.take_effects();
    assert!(
        matches!(
            &effects[..],
            [Effect::Send {
                again: Some(SendId(1)),
                ..
            }]
        ),
        "{effects:?}"
    );
    assert_eq!(desk.app.modals.len(), 1, "the other one");
}

#[test]
fn a_profile_that_is_gone_is_told() {
    let mut desk = at(80, 24);
    let sent = sent(in_doubt(1, "gone", GatewayKind::Wuts));
    desk.happen(Event::Store(Told::Looked {
        why: Why::Again,
        sent,
    }));
    assert!(
        desk.screen().contains("not there any more"),
        "{}",
        desk.screen()
    );
}

#[test]
fn the_history_settles_a_doubt_later() {
    let mut desk = listed(80, 24);
    desk.press("<down><alt-u>");
    assert!(
        desk.screen().contains("No answer came"),
        "{}",
        desk.screen()
    );
    desk.press("<right><enter>");
    let changed = Entry {
        resolution: Some(Resolution::Sent),
        ..entry(4, SendState::Unknown)
    };
    desk.happen(Event::Store(Told::Changed(Box::new(changed))));
    assert!(desk.screen().contains("marked sent"), "{}", desk.screen());
    desk.press("<down><alt-u>");
    assert!(desk.screen().contains("It is known"), "{}", desk.screen());
}

// -------------------------------------------------------------------- how the gateway stands

/// A composer for a gateway elsewhere.
fn elsewhere(gateway: GatewayKind, token: TokenSource) -> Desk {
    let mut profile = Profile::sandbox(gateway);
    profile.name = "p".into();
    profile.token = token;
    let mut desk = Desk::new(order(), profile, 100, 30);
    desk.happen(opened(Vec::new()));
    desk
}

fn questions(desk: &mut Desk) -> Vec<Question> {
    let effects = desk.take_effects().into_iter();
    let asked = effects.filter_map(|effect| match effect {
        Effect::Question { question, .. } => Some(question),
        _ => None,
    });
    asked.collect()
}

fn stands(desk: &mut Desk, state: State) {
    desk.happen(Event::Told {
        profile: "p".into(),
        answer: Answer::State(Status::new(state, "word", "What it means 日本.")),
    });
}

#[test]
fn a_gateway_is_asked_when_it_comes_into_use_and_then_while_keys_are_pressed() {
    let mut desk = elsewhere(GatewayKind::Wuts, TokenSource::Env("T".into()));
    assert_eq!(questions(&mut desk), [Question::State]);
    stands(&mut desk, State::Connected);
    assert!(
        desk.screen().contains("p·wuts ● connected"),
        "{}",
        desk.screen()
    );
    desk.press("x").wait(MINUTE / 2).press("y");
    assert_eq!(questions(&mut desk), []);
    // Nobody presses a key: nobody asks, and nothing wakes.
    desk.wait(MINUTE * 60);
    assert_eq!(questions(&mut desk), []);
    assert_eq!(desk.app.next_wake(), None);
    desk.press("z");
    assert_eq!(questions(&mut desk), [Question::State]);
    // Nor twice at a time.
    desk.wait(MINUTE * 2).press("z");
    assert_eq!(questions(&mut desk), []);
}

#[rstest]
#[case::inside(TokenSource::Sandbox, GatewayKind::Wuts)]
#[case::a_password(TokenSource::Command(vec!["pass".into()]), GatewayKind::Wuts)]
#[case::nothing_to_ask(TokenSource::Env("T".into()), GatewayKind::CloudApi)]
fn others_are_not_asked(#[case] token: TokenSource, #[case] gateway: GatewayKind) {
    let mut desk = elsewhere(gateway, token);
    desk.press("x").wait(MINUTE * 2).press("x");
    assert_eq!(questions(&mut desk), []);
}

fn by_command(gateway: GatewayKind) -> Desk {
    let mut desk = elsewhere(gateway, TokenSource::Command(vec!["pass".into()]));
    assert!(desk.screen().contains("○ not asked"), "{}", desk.screen());
    desk.take_effects();
    desk
}

/// The command may want a password, which was given for the send.
#[rstest]
#[case::green_api(GatewayKind::GreenApi)]
#[case::wuts(GatewayKind::Wuts)]
fn a_tokens_command_is_asked_for_after_a_send_and_no_sooner(#[case] gateway: GatewayKind) {
    let mut desk = by_command(gateway);
    desk.press("x").wait(MINUTE * 2).press("<bs>");
    assert_eq!(questions(&mut desk), []);
    accepted(&mut desk);
    assert_eq!(questions(&mut desk), [Question::State]);
    stands(&mut desk, State::Blocked);
    assert!(desk.screen().contains("✗ blocked"), "{}", desk.screen());
    desk.press("x").wait(MINUTE * 2).press("<bs>");
    assert_eq!(questions(&mut desk), [], "nor later by itself");
    accepted(&mut desk);
    assert_eq!(questions(&mut desk), [Question::State]);
}

#[test]
fn a_token_that_could_not_be_read_is_not_asked_for_again() {
    let mut desk = by_command(GatewayKind::GreenApi);
    desk.press("<f5><enter>");
    let effects = desk.take_effects();
    let ticket = effects.iter().find_map(|effect| match effect {
        Effect::Send { ticket, .. } => Some(*ticket),
        _ => None,
    });
    desk.happen(Event::Answered {
        ticket: ticket.unwrap(),
        sent: Box::new(event::Sent::NotTried("no password".into())),
    });
    assert_eq!(questions(&mut desk), []);
}

#[test]
fn a_message_by_a_tokens_command_waits_for_the_phone_too() {
    let mut desk = by_command(GatewayKind::GreenApi);
    accepted(&mut desk);
    stands(&mut desk, State::Disconnected);
    assert!(
        desk.screen().contains("Accepted, waiting for the phone"),
        "{}",
        desk.screen()
    );
}

/// Whoever asks is told, each time.
#[rstest]
#[case::a_command(TokenSource::Command(vec!["pass".into()]))]
#[case::others(TokenSource::Env("T".into()))]
#[case::inside(TokenSource::Sandbox)]
fn a_gateway_is_asked_by_hand_at_any_time(#[case] token: TokenSource) {
    let mut desk = elsewhere(GatewayKind::GreenApi, token);
    stands(&mut desk, State::Connected);
    desk.take_effects();
    for (state, words) in [
        (State::Connected, "p: connected"),
        (State::Disconnected, "What it means 日本."),
        (State::Disconnected, "What it means 日本."),
    ] {
        desk.wait(MINUTE);
        assert!(!desk.screen().contains(words), "{}", desk.screen());
        desk.press("<ctrl-p>how the gateway stands<enter>");
        assert_eq!(questions(&mut desk), [Question::State]);
        stands(&mut desk, state);
        assert!(desk.screen().contains(words), "{}", desk.screen());
    }
    // What nobody asked for is not told.
    stands(&mut desk, State::Connected);
    assert!(!desk.screen().contains("p: connected"), "{}", desk.screen());
}

#[test]
fn a_gateway_that_cannot_be_asked_says_so() {
    let mut desk = elsewhere(GatewayKind::CloudApi, TokenSource::Env("T".into()));
    desk.press("<ctrl-p>how the gateway stands<enter>");
    assert_eq!(questions(&mut desk), []);
    assert!(
        desk.screen().contains("cannot be asked"),
        "{}",
        desk.screen()
    );
}

#[rstest]
#[case::disconnected(State::Disconnected, "! not connected")]
#[case::asleep(State::Asleep, "! asleep")]
#[case::blocked(State::Blocked, "✗ blocked")]
#[case::no_access(State::NoAccess, "✗ no access")]
#[case::unreachable(State::Unreachable, "✗ unreachable")]
fn what_is_bad_is_explained_once(#[case] state: State, #[case] words: &str) {
    let mut desk = elsewhere(GatewayKind::GreenApi, TokenSource::Env("T".into()));
    stands(&mut desk, state);
    let screen = desk.screen();
    assert!(
        screen.contains(words) && screen.contains("What it means 日本."),
        "{screen}"
    );
    desk.wait(MINUTE);
    stands(&mut desk, state);
    assert!(
        !desk.screen().contains("What it means"),
        "{}",
        desk.screen()
    );
}

pub fn accepted(desk: &mut Desk) {
    desk.press("<f5><enter>");
    let effects = desk.take_effects();
    let Some(Effect::Send { ticket, draft, .. }) = effects
        .iter()
        .find(|effect| matches!(effect, Effect::Send { .. }))
    else {
        panic!("{effects:?}");
    };
    answers(desk, *ticket, draft);
}

fn answers(desk: &mut Desk, ticket: Ticket, draft: &Draft) {
    let exchange = Exchange {
        request: desk.app.account().encode(draft).unwrap(),
        response: Some(Response {
            status: 200,
            headers: Vec::new(),
            body: b"{}".to_vec(),
            truncated: false,
        }),
        outcome: Outcome::Accepted {
            message_id: "BAE5".into(),
        },
        elapsed: Duration::from_millis(9),
        attempts: 1,
    };
    desk.happen(Event::Answered {
        ticket,
        sent: Box::new(event::Sent::Tried {
            main: Box::new(exchange),
            duplicate: None,
        }),
    });
}

#[test]
fn an_accepted_message_that_waits_for_the_phone_says_so() {
    let mut desk = elsewhere(GatewayKind::GreenApi, TokenSource::Env("T".into()));
    stands(&mut desk, State::Disconnected);
    desk.wait(MINUTE / 4);
    accepted(&mut desk);
    assert!(
        desk.screen().contains("Accepted, waiting for the phone"),
        "{}",
        desk.screen()
    );
    // It is asked again, as that may be old; the phone is back.
    assert_eq!(questions(&mut desk), [Question::State]);
    stands(&mut desk, State::Connected);
    assert!(!desk.screen().contains("waiting for"), "{}", desk.screen());
}

#[test]
fn the_queue_is_shown_and_cleared_by_name() {
    let mut desk = elsewhere(GatewayKind::GreenApi, TokenSource::Env("T".into()));
    desk.take_effects();
    desk.press("<ctrl-p>what waits<enter>");
    assert_eq!(questions(&mut desk), [Question::Queue]);
    let queued = Queued {
        message_id: Some("BAE5".into()),
        method: "sendMessage".into(),
        to: "5511999999999@c.us".into(),
        text: "Olá 日本 👩‍👩‍👧\u{1b}[31m".into(),
    };
    let told = |answer| Event::Told {
        profile: "p".into(),
        answer,
    };
    desk.happen(told(Answer::Queue(Ok(vec![queued]))));
    assert!(desk.screen().contains("Olá 日本 👩‍👩‍👧"), "{}", desk.screen());
    desk.press("<esc><ctrl-p>throw away<enter><enter>");
    assert_eq!(questions(&mut desk), [], "Enter alone does not");
    desk.press("<ctrl-p>throw away<enter><left><enter>");
    assert_eq!(questions(&mut desk), [Question::ClearQueue]);
    desk.happen(told(Answer::Cleared(Ok(()))));
    assert!(desk.screen().contains("is empty now"), "{}", desk.screen());
    desk.happen(told(Answer::Queue(Err("it does not answer".into()))));
    assert!(
        desk.screen().contains("it does not answer"),
        "{}",
        desk.screen()
    );
}

#[test]
fn a_gateway_without_a_queue_says_so() {
    let mut desk = elsewhere(GatewayKind::Wuts, TokenSource::Env("T".into()));
    desk.take_effects();
    desk.press("<ctrl-p>what waits<enter>");
    assert_eq!(questions(&mut desk), []);
    assert!(desk.screen().contains("has no queue"), "{}", desk.screen());
}

#[test]
fn a_refused_message_shows_its_error() {
    let mut desk = listed(120, 40);
    let refused = Entry {
        status: Some(403),
        refusal: Some(Refusal {
            code: "403".into(),
            message: "Forbidden 日本".into(),
            explanation: "The method is switched off.".into(),
            ..Refusal::default()
        }),
        ..entry(2, SendState::Rejected)
    };
    desk.happen(Event::Store(Told::Looked {
        why: Why::Show,
        sent: sent(refused),
    }));
    let screen = desk.screen();
    assert!(screen.contains("403 Forbidden 日本"), "{screen}");
    assert!(screen.contains("The method is switched off."), "{screen}");
}
