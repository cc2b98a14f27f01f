//! The history: its list, and one message of it.

use std::time::Duration;

use crate::desk::{Desk, order};
use crate::stands::answers;
use rstest::rstest;
use wacompose::config::Profile;
use wacompose::gateway::wire::Response;
use wacompose::gateway::{GatewayKind, Refusal};
use wacompose::message::{Draft, Kind, Message};
use wacompose::store::{Entry, PageFrom, SendId, SendState, Sent};
use wacompose::tui::effect::{Effect, Ticket};
use wacompose::tui::event::Event;
use wacompose::tui::keep::{Ask, Last, Told, Why};
use wacompose::tui::model::View;
use wacompose::tui::model::history::{PAGE, WINDOW};

const MINUTE: Duration = Duration::from_secs(60);

pub fn entry(id: i64, state: SendState) -> Entry {
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

pub fn sent(entry: Entry) -> Box<Sent> {
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

pub fn opened(doubts: Vec<Entry>) -> Event {
    Event::Store(Told::Opened {
        notice: None,
        is_kept: true,
        last: Last::Nothing,
        doubts,
    })
}

pub fn at(width: u16, height: u16) -> Desk {
    let profile = Profile::sandbox(GatewayKind::Wuts);
    let mut desk = Desk::new(order(), profile, width, height);
    desk.happen(opened(Vec::new()));
    desk.take_effects();
    desk
}

pub fn asks(desk: &mut Desk) -> Vec<Ask> {
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

pub fn listed(width: u16, height: u16) -> Desk {
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
    // The corner is of three bytes.
    let column = column - 2;
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
        copied.contains(&Effect::Copy {
            text: expected.into(),
            what: expected.into()
        }),
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
            [
                Ask::Keep { .. },
                Ask::Leave { forget: false, .. },
                Ask::Begun { .. }
            ]
        ),
        "{asks:?}"
    );
}

/// It is asked about with its own problems, not with those of the message in the form before.
#[rstest]
#[case::good_in_the_form(order(), blank(), "Not ready to send")]
#[case::good_in_the_history(blank(), order(), "Send this message?")]
fn a_message_of_the_history_is_sent_as_what_it_is(
    #[case] form: Draft,
    #[case] draft: Draft,
    #[case] question: &str,
) {
    let profile = Profile::sandbox(GatewayKind::Wuts);
    let mut desk = Desk::new(form, profile, 80, 24);
    desk.happen(opened(Vec::new()));
    let sent = Sent {
        draft,
        ..*sent(entry(1, SendState::Accepted))
    };
    desk.happen(Event::Store(Told::Looked {
        why: Why::Send,
        sent: Box::new(sent),
    }));
    assert!(desk.screen().contains(question), "{}", desk.screen());
}

/// The sample without its text.
fn blank() -> Draft {
    let mut draft = order();
    let Message::Buttons(message) = &mut draft.message else {
        panic!("{draft:?}");
    };
    message.text.clear();
    draft
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
        Effect::Copy { text, .. } => Some(text),
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

/// The asks of the marked message, answered with it.
fn peeks(desk: &mut Desk) -> Vec<SendId> {
    let mut seen = Vec::new();
    if desk.app.history.peeked.is_none()
        && let Some(id) = desk.app.history.chosen().map(|entry| entry.id)
    {
        // The one that was asked for when the list came.
        let sent = Some(sent(entry(id.0, SendState::Accepted)));
        desk.happen(Event::Store(Told::Peeked { id, sent }));
    }
    loop {
        let effects = desk.take_effects();
        let asked = effects.iter().find_map(|effect| match effect {
            Effect::Store(Ask::Peek(id)) => Some(*id),
            _ => None,
        });
        let Some(id) = asked else { return seen };
        seen.push(id);
        let sent = Some(sent(entry(id.0, SendState::Accepted)));
        desk.happen(Event::Store(Told::Peeked { id, sent }));
    }
}

#[rstest]
#[case::small(80, 24)]
#[case::wide(120, 40)]
fn the_marked_message_stands_beside_the_list(#[case] width: u16, #[case] height: u16) {
    let mut desk = listed(width, height);
    assert_eq!(peeks(&mut desk), []);
    let screen = desk.screen();
    assert!(screen.contains("How would you like"), "{screen}");
    // While one is being read, the next one waits.
    desk.press("<down><down>");
    assert_eq!(peeks(&mut desk), [SendId(4), SendId(3)]);
    insta::assert_snapshot!(format!("history_beside_{width}x{height}"), desk.screen());
}

#[test]
fn a_narrow_screen_reads_no_message_for_it() {
    let mut desk = listed(70, 20);
    assert_eq!(peeks(&mut desk), []);
}

#[test]
fn what_is_looked_for_is_marked_without_its_accents() {
    let mut desk = listed(120, 40);
    peeks(&mut desk);
    desk.press("PROCEED");
    let style = desk.style_of("proceed").unwrap();
    assert!(
        style
            .add_modifier
            .contains(ratatui::style::Modifier::REVERSED)
    );
}

#[test]
fn a_message_is_quoted_with_one_key() {
    let mut desk = listed(100, 30);
    let at = sent(entry(1, SendState::Accepted));
    desk.take_effects();
    desk.press("<alt-q>");
    let wanted = Ask::Look {
        id: SendId(5),
        why: Why::Quote,
    };
    assert!(desk.take_effects().contains(&Effect::Store(wanted)));
    desk.happen(Event::Store(Told::Looked {
        why: Why::Quote,
        sent: at,
    }));
    let quote = desk.app.draft().quote.clone().unwrap();
    assert_eq!(
        (quote.id.as_str(), quote.participant.as_str()),
        ("3EB00001", "")
    );
    assert!(quote.body.starts_with("How would you"));
    assert_eq!(desk.app.view, View::Compose);
    desk.press("<ctrl-z>");
    assert_eq!(desk.app.draft().quote, None, "one step");
}

#[test]
fn quoting_picks_from_the_history_with_enter() {
    let mut desk = listed(100, 30);
    desk.press("<f2><alt-q>");
    assert_eq!(desk.app.view, View::History);
    desk.take_effects();
    desk.press("<enter>");
    let wanted = Ask::Look {
        id: SendId(5),
        why: Why::Quote,
    };
    assert!(desk.take_effects().contains(&Effect::Store(wanted)));
    // Another way in, and Enter shows a message again.
    desk.press("<f7><enter>");
    let wanted = Ask::Look {
        id: SendId(5),
        why: Why::Show,
    };
    assert!(desk.take_effects().contains(&Effect::Store(wanted)));
}

/// Four keys to send it to another number: the history, again, send, and the question's.
#[test]
fn again_has_the_recipient_selected() {
    let mut desk = listed(100, 30);
    let again = sent(entry(1, SendState::Accepted));
    desk.press("<alt-r>");
    desk.happen(Event::Store(Told::Looked {
        why: Why::Draft,
        sent: again,
    }));
    desk.press("+55 11 98888-7777");
    assert_eq!(desk.app.draft().to, "+55 11 98888-7777");
    desk.press("<f5><enter>");
    assert_eq!(desk.sent().to, "+55 11 98888-7777");
}
