//! The history: listed page by page, searched as it is typed, forgotten after a while.

use rstest::{fixture, rstest};
use wacompose::gateway::{Exchange, Outcome};
use wacompose::message::file::{self, Format};
use wacompose::store::{PageFrom, SendId, SendState, Store, StoreError};

use super::{DAY, Data, NOW, WIDE, accepted, begin, refusal, text};

/// Three messages: accepted, not sent, under way.
#[fixture]
fn store() -> Store {
    let mut store = Store::in_memory().unwrap();
    let order = text(
        "+55 11 99999-9999",
        "Olá *Maria*,\no seu pedido ÇÃO está pronto",
    );
    let id = begin(&mut store, &order, NOW, None);
    store.finish(id, &accepted(&order, "3EB0ABC"), NOW).unwrap();
    let wide = text("120363000000000000@g.us", WIDE);
    let id = begin(&mut store, &wide, NOW + 1, None);
    store.finish_unsent(id, &refusal("token"), NOW).unwrap();
    begin(
        &mut store,
        &text("+1 202 555 0100", "100 % O'Neill_\\ ΑΣ"),
        NOW + 2,
        None,
    );
    store
}

/// Pages from either end, the newest message first.
#[rstest]
#[case::newest("", None, PageFrom::Newest, &[3, 2])]
#[case::before("", None, PageFrom::Before(SendId(2)), &[1])]
#[case::after("", None, PageFrom::After(SendId(1)), &[3, 2])]
#[case::after_the_newest("", None, PageFrom::After(SendId(3)), &[])]
#[case::oldest("", None, PageFrom::Oldest, &[2, 1])]
#[case::of_a_state("", Some(SendState::NotSent), PageFrom::Newest, &[2])]
#[case::of_a_state_and_found("日本", Some(SendState::NotSent), PageFrom::Oldest, &[2])]
#[case::of_another_state("日本", Some(SendState::Accepted), PageFrom::Newest, &[])]
fn pages(
    store: Store,
    #[case] search: &str,
    #[case] state: Option<SendState>,
    #[case] from: PageFrom,
    #[case] expected: &[i64],
) {
    let page = store.history_page(search, state, from, 2).unwrap();
    let page: Vec<i64> = page.iter().map(|entry| entry.id.0).collect();
    assert_eq!(page, expected);
}

/// An id belongs to one message of a gateway.
#[rstest]
#[case::of_the_first(1, &["3EB0ABC", "日"], &[])]
#[case::of_another(3, &["3EB0ABC", "日"], &[("3EB0ABC", SendState::Accepted)])]
#[case::said_to_be_its_own(4, &["3EB0GUESS", "3EB0ABC"], &[("3EB0ABC", SendState::Accepted)])]
#[case::said_to_be_anothers(3, &["3EB0GUESS"], &[("3EB0GUESS", SendState::Unknown)])]
#[case::none(3, &[], &[])]
#[case::nobody(9, &["3EB0ABC"], &[])]
fn ids_of_other_messages_are_known(
    mut store: Store,
    #[case] id: i64,
    #[case] ids: &[&str],
    #[case] expected: &[(&str, SendState)],
) {
    let order = text("5511999999999", WIDE);
    let unknown = begin(&mut store, &order, NOW, None);
    let lost = wacompose::gateway::Exchange {
        response: None,
        outcome: wacompose::gateway::Outcome::Unknown(refusal("timeout")),
        ..accepted(&order, "")
    };
    store.finish(unknown, &lost, NOW).unwrap();
    store.mark_sent(unknown, Some("3EB0GUESS")).unwrap();
    let ids: Vec<String> = ids.iter().map(|&id| id.to_owned()).collect();
    let others = store.ids_of_others(SendId(id), &ids).unwrap();
    let others = others.iter().map(|(id, state)| (id.as_str(), *state));
    assert_eq!(others.collect::<Vec<_>>(), expected);
}

#[rstest]
#[case::all("", &[3, 2, 1])]
#[case::blank(" \t ", &[3, 2, 1])]
#[case::recipient("99999-9999", &[1])]
#[case::digits("5511999999999", &[1])]
#[case::part_of_the_digits("1199999", &[1])]
#[case::group("@g.us", &[2])]
#[case::profile("PRODUÇÃO", &[3, 2, 1])]
#[case::gateway("wuts", &[3, 2, 1])]
#[case::second_line("pronto", &[1])]
#[case::case_of_ascii("mARIA", &[1])]
#[case::case_beyond_ascii("ção está", &[1])]
#[case::without_its_accents("producao", &[3, 2, 1])]
#[case::with_more_accents("ÇÃO ÉSTÁ", &[1])]
#[case::greek("ας", &[])]
#[case::greek_as_it_is_lowered("ΑΣ", &[3])]
#[case::wide("日本", &[2])]
#[case::part_of_a_sequence("👩", &[2])]
#[case::an_accent_does_not_count("e\u{301}", &[3, 2, 1])]
#[case::right_to_left("שלום", &[2])]
#[case::accepted("accepted", &[1])]
#[case::not_sent("not-sent", &[2])]
#[case::message_id("3eb0ab", &[1])]
#[case::every_word("maria accepted 5511", &[1])]
#[case::one_word_missing("maria rejected", &[])]
#[case::percent("100 %", &[3])]
#[case::underscore("l_", &[3])]
#[case::quote("o'n", &[3])]
#[case::backslash("\\", &[3])]
#[case::nothing("nobody", &[])]
fn parts_of_words_are_found(store: Store, #[case] search: &str, #[case] expected: &[i64]) {
    let found = store.history(search, None, 10).unwrap();
    let found: Vec<i64> = found.iter().map(|entry| entry.id.0).collect();
    assert_eq!(found, expected);
}

/// Messages of which nobody knew what became of them: marked as sent, left unknown, sent again as
/// the one that was accepted, and one that nobody has said anything about.
#[fixture]
fn settled() -> Store {
    let mut store = Store::in_memory().unwrap();
    let draft = text("5511", WIDE);
    let ids: Vec<SendId> = (0..4)
        .map(|number| {
            let id = begin(&mut store, &draft, NOW + number, None);
            let unknown = Exchange {
                outcome: Outcome::Unknown(refusal("timeout")),
                ..accepted(&draft, "")
            };
            store.finish(id, &unknown, NOW + number).unwrap();
            id
        })
        .collect();
    store.mark_sent(ids[0], None).unwrap();
    store.keep_unknown(ids[1]).unwrap();
    let again = begin(&mut store, &draft, NOW + 9, Some(ids[2]));
    store
        .finish(again, &accepted(&draft, "3EB0"), NOW + 9)
        .unwrap();
    store
}

#[rstest]
#[case::marked("MARKED", None, &[1])]
#[case::marked_at_the_prompt("marked as sent", None, &[1])]
#[case::again("sent again", None, &[3])]
#[case::kept("kept", None, &[2])]
#[case::unknown("日本", Some(SendState::Unknown), &[4, 3, 2])]
#[case::accepted("日本", Some(SendState::Accepted), &[5, 1])]
#[case::accepted_and_marked("marked", Some(SendState::Accepted), &[1])]
#[case::rejected("", Some(SendState::Rejected), &[])]
fn what_somebody_said_is_found(
    settled: Store,
    #[case] search: &str,
    #[case] state: Option<SendState>,
    #[case] expected: &[i64],
) {
    let page = settled.history_page(search, state, PageFrom::Newest, 10);
    let ids: Vec<i64> = page.unwrap().iter().map(|entry| entry.id.0).collect();
    assert_eq!(ids, expected);
}

#[rstest]
fn pages_follow_one_another(store: Store) {
    let ids = |search, before: Option<i64>, at_most| -> Vec<i64> {
        let page = store.history(search, before.map(SendId), at_most).unwrap();
        page.iter().map(|entry| entry.id.0).collect()
    };
    assert_eq!(ids("", None, 2), [3, 2]);
    assert_eq!(ids("", Some(2), 2), [1]);
    assert_eq!(ids("", Some(1), 2), [0; 0]);
    assert_eq!(ids("", None, 0), [0; 0]);
    assert_eq!(ids("o", Some(3), usize::MAX), [2, 1]);
}

/// Also in titles, buttons and rows.
#[rstest]
#[case::header("cafe", "buttons")]
#[case::footer("noite", "buttons")]
#[case::button("sim", "buttons")]
#[case::row("agua com gas", "list")]
#[case::section("bebidas", "list")]
fn every_text_is_searched(mut store: Store, #[case] search: &str, #[case] kind: &str) {
    let buttons = "kind = 'buttons'\nto = '5511'\nheader = 'Café 日本'\ntext = 'Olá'\nfooter = 'Boa noite'\n\
        [[buttons]]\nid = 'a'\ntext = 'Sím'\n";
    let list = "kind = 'list'\nto = '5511'\ntext = 'Olá'\nbutton = 'Ver'\n[[sections]]\n\
        title = 'BEBIDAS 👩‍👩‍👧'\n[[sections.rows]]\nid = 'a'\ntitle = 'Água'\ndescription = 'com gás'\n";
    let text = if kind == "list" { list } else { buttons };
    let draft = file::parse(text, Format::Toml).unwrap();
    let id = begin(&mut store, &draft, NOW + 3, None);
    let found = store.history(search, None, 10).unwrap();
    let found: Vec<SendId> = found.iter().map(|entry| entry.id).collect();
    assert_eq!(found, [id]);
}

#[rstest]
fn a_very_long_search_does_no_harm(store: Store) {
    let search = format!("{} 日本", "maria ".repeat(100_000));
    assert_eq!(store.history(&search, None, 10).unwrap().len(), 1);
    let search = "日".repeat(1_000_000);
    assert_eq!(store.history(&search, None, 10).unwrap(), []);
}

#[rstest]
fn a_message_that_is_not_there_is_told(store: Store) {
    let error = store.sent(SendId(4711)).unwrap_err();
    assert!(matches!(error, StoreError::NoMessage(SendId(4711))));
}

#[rstest]
#[case::just_within(90, NOW + 90 * DAY, &[3, 2, 1])]
#[case::just_past(90, NOW + 90 * DAY + 1, &[3, 2])]
#[case::long_past(1, NOW + 1000 * DAY, &[3])]
#[case::for_ever(0, i64::MAX, &[3, 2, 1])]
#[case::no_sense(u32::MAX, i64::MIN, &[3, 2, 1])]
fn what_is_old_is_forgotten(
    mut store: Store,
    #[case] days: u32,
    #[case] now: i64,
    #[case] left: &[i64],
) {
    let gone = store.purge(now, days).unwrap();
    assert_eq!(gone, 3 - left.len());
    let entries = store.history("", None, 10).unwrap();
    let ids: Vec<i64> = entries.iter().map(|entry| entry.id.0).collect();
    assert_eq!(ids, left);
    assert!(store.sent(SendId(1)).is_ok() == left.contains(&1));
}

#[test]
fn what_is_in_doubt_is_not_forgotten() {
    let data = Data::new();
    begin(&mut data.open(), &text("5511", WIDE), NOW, None);
    let mut store = data.open();
    assert_eq!(store.purge(NOW + 1000 * DAY, 1).unwrap(), 0);
    let id = store.interrupted().unwrap()[0].id;
    store.keep_unknown(id).unwrap();
    assert_eq!(store.purge(NOW + 1000 * DAY, 1).unwrap(), 1);
    assert_eq!(store.history("", None, 10).unwrap(), []);
}
