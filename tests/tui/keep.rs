//! Drafts: kept as they are typed, opened again, listed.

use std::path::Path;
use std::time::Duration;

use crate::desk::{Desk, order, text};
use rstest::rstest;
use wacompose::config::Profile;
use wacompose::failure::Failure;
use wacompose::gateway::GatewayKind;
use wacompose::message::{Draft, Kind, file};
use wacompose::store::{DraftId, DraftRow, KeptDraft};
use wacompose::tui::dialog::Subject;
use wacompose::tui::effect::{Effect, Over};
use wacompose::tui::event::{Event, Opened, SaveError};
use wacompose::tui::keep::{Ask, Last, Slot, Taken, Told};

const SECOND: Duration = Duration::from_secs(1);

pub fn opened(last: Option<Box<Taken>>) -> Event {
    Event::Store(Told::Opened {
        notice: None,
        is_kept: true,
        last: last.map_or(Last::Nothing, Last::Draft),
        doubts: Vec::new(),
    })
}

fn taken(slot: u64, draft: Draft) -> Box<Taken> {
    Box::new(Taken {
        slot: Slot(slot),
        kept: KeptDraft {
            id: DraftId(7),
            name: None,
            file: None,
            base: None,
            draft,
            aside: Vec::new(),
            derived: std::collections::BTreeSet::new(),
            undo: wacompose::message::undo::Undo::default(),
            in_doubt: None,
            updated: 0,
        },
        is_older: false,
        on_disk: None,
    })
}

/// A composer whose store is open and empty.
pub fn desk(draft: Draft) -> Desk {
    let mut desk = Desk::wuts(draft);
    desk.happen(opened(None));
    desk.take_effects();
    desk
}

/// A composer that opened on the sample, its store not open yet.
fn resuming(width: u16, height: u16) -> Desk {
    let profile = Profile::sandbox(GatewayKind::Wuts);
    Desk::start(order(), profile, (width, height), true)
}

pub fn asks(desk: &mut Desk) -> Vec<Ask> {
    let effects = desk.take_effects().into_iter();
    let asks = effects.filter_map(|effect| match effect {
        Effect::Store(ask) => Some(ask),
        _ => None,
    });
    asks.collect()
}

/// The texts that were to be kept.
fn kept(desk: &mut Desk) -> Vec<String> {
    let asks = asks(desk).into_iter();
    let kept = asks.filter_map(|ask| match ask {
        Ask::Keep { draft, .. } => Some(draft.message.text().to_owned()),
        _ => None,
    });
    kept.collect()
}

/// The store keeps what it was asked to.
fn saves(desk: &mut Desk, result: Result<i64, &str>) {
    for ask in asks(desk) {
        if let Ask::Keep { slot, draft, .. } = ask {
            desk.happen(Event::Store(Told::Saved {
                slot,
                draft,
                written: result.map(DraftId).map_err(Failure::new),
            }));
        }
    }
}

#[rstest]
#[case::nothing("", &[])]
#[case::only_looking("<tab><alt-2><f1><esc>", &[])]
#[case::a_letter("x", &["ax"])]
#[case::wide("日👩‍👩‍👧e\u{301}ש", &["a日👩‍👩‍👧e\u{301}ש"])]
#[case::and_back("x<bs>", &[])]
fn what_is_typed_is_kept_within_a_second(#[case] keys: &str, #[case] expected: &[&str]) {
    let mut desk = desk(text("a"));
    desk.press(keys).wait(SECOND);
    assert_eq!(kept(&mut desk), expected);
    // And nothing more while nothing changes.
    assert!(desk.app.toasts.is_empty());
    assert_eq!(desk.app.next_wake(), None);
    desk.wait(SECOND * 60);
    assert_eq!(kept(&mut desk), Vec::<String>::new());
}

#[test]
fn whoever_types_on_and_on_is_never_a_second_ahead_of_what_is_kept() {
    let mut desk = desk(text(""));
    let mut last = desk.now;
    for _ in 0..500 {
        desk.press("字");
        if !kept(&mut desk).is_empty() {
            assert!(
                desk.now.saturating_sub(last) <= SECOND,
                "{:?}",
                desk.now.saturating_sub(last)
            );
            last = desk.now;
        }
    }
    assert!(desk.now.saturating_sub(last) <= SECOND);
}

#[rstest]
#[case::quit("<ctrl-q>")]
#[case::editor("<ctrl-e>")]
#[case::suspend("<ctrl-p>suspend<enter>")]
fn what_stops_the_composer_keeps_the_draft_first(#[case] keys: &str) {
    let mut desk = desk(text("a"));
    desk.press("é日").press(keys);
    let effects = desk.take_effects();
    let keep = effects.iter().position(|effect| {
        matches!(effect, Effect::Store(Ask::Keep { draft, .. }) if draft.message.text() == "aé日")
    });
    let stop = effects.iter().position(Effect::stops);
    assert!(keep.unwrap() < stop.unwrap(), "{effects:?}");
}

#[test]
fn a_signal_keeps_the_draft_first() {
    let mut desk = desk(text("a"));
    desk.press("é");
    desk.happen(Event::Terminated);
    assert_eq!(kept(&mut desk), ["aé"]);
    // A terminal that is gone ends it without any event.
    assert_eq!(desk.app.last_words(), None);
    desk.press("日");
    assert!(desk.app.last_words().is_some());
}

#[test]
fn the_status_says_whether_it_is_kept() {
    let mut desk = desk(text("a"));
    desk.press("x");
    assert!(desk.screen().contains("draft typed"), "{}", desk.screen());
    desk.wait(SECOND);
    saves(&mut desk, Ok(1));
    assert!(desk.screen().contains("draft saved"), "{}", desk.screen());
    desk.press("y").wait(SECOND);
    saves(&mut desk, Err("the disk is full"));
    let screen = desk.screen();
    assert!(screen.contains("not kept"), "{screen}");
    assert!(screen.contains("the disk is full"), "{screen}");
    // It is tried again with the next change, and not before.
    desk.wait(SECOND * 10);
    assert_eq!(kept(&mut desk), Vec::<String>::new());
    desk.press("z").wait(SECOND);
    saves(&mut desk, Ok(1));
    assert!(desk.screen().contains("draft saved"), "{}", desk.screen());
}

#[test]
fn a_store_that_is_not_there_is_told_and_the_composer_works_on() {
    let mut desk = Desk::wuts(text("a"));
    let why = "the disk is full".to_owned();
    desk.happen(Event::Store(Told::Missing(why)));
    assert!(
        desk.screen().contains("nothing is kept"),
        "{}",
        desk.screen()
    );
    desk.press("日").wait(SECOND * 9);
    assert_eq!(desk.app.draft().message.text(), "a日");
    assert!(
        desk.screen().contains("nothing is kept · F5"),
        "{}",
        desk.screen()
    );
    desk.press("<f1><end>");
    assert!(
        desk.screen().contains("nothing is kept"),
        "{}",
        desk.screen()
    );
    // Here a question has to be asked.
    desk.press("<esc><ctrl-n>");
    assert!(desk.screen().contains("Unsaved"), "{}", desk.screen());
}

// -------------------------------------------------------------------- the last draft

#[rstest]
#[case::nothing_typed("", "restored 日")]
#[case::typed_meanwhile("!👩‍👩‍👧", "restored 日!👩‍👩‍👧")]
#[case::taken_back("x<bs>!", "restored 日!")]
fn the_last_draft_opens_with_what_was_typed_meanwhile(#[case] keys: &str, #[case] expected: &str) {
    let mut desk = resuming(100, 30);
    desk.press(keys);
    desk.happen(opened(Some(taken(0, text("restored 日")))));
    assert_eq!(desk.app.draft().message.text(), expected);
    assert!(desk.screen().contains("/4096"), "{}", desk.screen());
    assert!(desk.app.focus.is_text());
    desk.take_effects();
    desk.press("+").wait(SECOND);
    let asks = asks(&mut desk);
    assert!(
        matches!(&asks[..], [Ask::Keep { slot: Slot(0), .. }]),
        "{asks:?}"
    );
}

#[test]
fn whoever_began_something_else_keeps_it() {
    let mut desk = resuming(100, 30);
    desk.press("<ctrl-n>");
    desk.happen(opened(Some(taken(0, text("restored")))));
    assert_ne!(desk.app.draft().message.text(), "restored");
    assert!(
        desk.screen().contains("list of drafts"),
        "{}",
        desk.screen()
    );
    assert!(asks(&mut desk).contains(&Ask::Leave {
        slot: Slot(0),
        forget: false
    }));
}

#[rstest]
#[case::a_tab("<tab><alt-2>")]
#[case::typed_and_taken_back("x<ctrl-z>")]
fn whoever_only_looked_around_gets_the_last_draft(#[case] keys: &str) {
    let mut desk = resuming(100, 30);
    desk.press(keys);
    desk.happen(opened(Some(taken(0, text("restored 日")))));
    assert_eq!(desk.app.draft().message.text(), "restored 日");
}

#[test]
fn ending_before_the_store_is_open_writes_over_nothing() {
    let mut desk = resuming(100, 30);
    desk.take_effects();
    desk.press("x<ctrl-q>");
    let asks = asks(&mut desk);
    assert!(
        matches!(&asks[..], [Ask::Keep { slot, .. }] if *slot != Slot(0)),
        "{asks:?}"
    );
}

#[test]
fn a_draft_of_a_file_comes_back_as_that_files() {
    let mut desk = resuming(100, 30);
    let mut last = taken(0, text("changed"));
    last.kept.file = Some("/tmp/bom dia 日.toml".into());
    last.on_disk = Some(Box::new(Opened {
        draft: text("as it was"),
        text: file::write(&text("as it was"), file::Format::Toml),
    }));
    desk.happen(opened(Some(last)));
    assert!(desk.app.is_modified());
    assert!(
        desk.screen().contains("bom dia 日.toml, changed"),
        "{}",
        desk.screen()
    );
}

/// A draft of a file that held `base` when the draft was begun, and now holds `now`.
fn of_file(base: Option<&str>, now: &str, is_older: bool) -> Box<Taken> {
    let on_file = |words: &str| file::write(&text(words), file::Format::Toml);
    let mut last = taken(0, text("typed 日"));
    last.kept.file = Some("/tmp/bom dia 日.toml".into());
    last.kept.base = base.map(on_file);
    last.is_older = is_older;
    last.on_disk = Some(Box::new(Opened {
        draft: text(now),
        text: on_file(now),
    }));
    last
}

#[rstest]
#[case::nobody_wrote_it(Some("as it was"), "as it was", false, Some("as it was"))]
#[case::whatever_the_clocks_say(Some("as it was"), "as it was", true, Some("as it was"))]
#[case::somebody_did(Some("as it was"), "theirs", false, Some("as it was"))]
#[case::the_same_is_in_it(Some("as it was"), "typed 日", false, Some("typed 日"))]
#[case::kept_before_and_older(None, "theirs", true, None)]
#[case::kept_before(None, "theirs", false, Some("theirs"))]
fn a_kept_draft_is_saved_over_what_it_was_begun_from_alone(
    #[case] base: Option<&str>,
    #[case] now: &str,
    #[case] is_older: bool,
    #[case] over: Option<&str>,
) {
    let mut desk = resuming(100, 30);
    desk.happen(opened(Some(of_file(base, now, is_older))));
    // What is typed since changes nothing of that, nor does keeping it.
    desk.press("x").wait(SECOND);
    let bases: Vec<_> = asks(&mut desk)
        .into_iter()
        .filter_map(|ask| match ask {
            Ask::Keep { base, .. } => Some(base),
            _ => None,
        })
        .collect();
    let text_of = |words| file::write(&text(words), file::Format::Toml);
    assert_eq!(bases, [over.map(text_of)]);
    desk.press("<ctrl-s>");
    let effects = desk.take_effects();
    let saved = effects.iter().find_map(|effect| match effect {
        Effect::Save { over, .. } => Some(over),
        _ => None,
    });
    match over {
        Some(words) => assert_eq!(saved, Some(&Over::Text(text_of(words)))),
        None => {
            assert_eq!(saved, None);
            assert!(desk.screen().contains("changed by another program"));
            // Nor does its name in "Save as" get around the question.
            desk.press("<esc><ctrl-p>save as<enter><enter>");
            let effects = desk.take_effects();
            let over = effects.iter().find_map(|effect| match effect {
                Effect::Save { over, .. } => Some(over),
                _ => None,
            });
            assert_eq!(over, Some(&Over::Nothing), "{}", desk.screen());
        }
    }
}

#[test]
fn a_draft_whose_file_is_gone_is_written_there_again() {
    let mut desk = resuming(100, 30);
    let mut last = taken(0, text("olá 👩‍👩‍👧"));
    last.kept.file = Some("/tmp/bom dia 日.toml".into());
    desk.happen(opened(Some(last)));
    let screen = desk.screen();
    assert!(screen.contains("bom dia 日.toml, changed"), "{screen}");
    assert!(
        screen.contains("bom dia 日.toml cannot be read"),
        "{screen}"
    );
    desk.take_effects();
    desk.press("<ctrl-s>");
    let effects = desk.take_effects();
    let Some(Effect::Save {
        ticket, path, over, ..
    }) = effects.first()
    else {
        panic!("{effects:?}");
    };
    assert_eq!(path, Path::new("/tmp/bom dia 日.toml"));
    assert_eq!(
        *over,
        Over::Nothing,
        "what is there after all is asked about"
    );
    let draft = text("olá 👩‍👩‍👧");
    desk.happen(Event::Saved {
        ticket: *ticket,
        path: path.clone(),
        draft: Box::new(draft.clone()),
        written: Err(SaveError::Exists),
    });
    assert!(matches!(desk.asked(), Some(Subject::Replace { .. })));
}

// -------------------------------------------------------------------- leaving a draft

#[test]
fn a_new_message_asks_nothing_as_the_draft_is_kept() {
    let mut desk = desk(text("a"));
    desk.press("x<ctrl-n>");
    assert!(desk.app.modals.is_empty());
    let asks = asks(&mut desk);
    assert!(
        matches!(
            &asks[..],
            [
                Ask::Keep { slot: Slot(0), .. },
                Ask::Leave {
                    slot: Slot(0),
                    forget: false
                },
                Ask::Begun {
                    slot: Slot(1),
                    kind: Kind::Text,
                    file: None
                }
            ]
        ),
        "{asks:?}"
    );
    desk.press("<tab>日").wait(SECOND);
    assert!(matches!(&self::asks(&mut desk)[..], [Ask::Keep { slot, .. }] if *slot != Slot(0)));
}

#[rstest]
#[case::emptied(text(""), "<ctrl-a>", true)]
#[case::said_something(text("a"), "x", false)]
fn what_says_nothing_is_forgotten(#[case] draft: Draft, #[case] keys: &str, #[case] gone: bool) {
    let mut desk = desk(draft);
    desk.press("y").wait(SECOND);
    saves(&mut desk, Ok(1));
    desk.press("<bs>").press(keys);
    if gone {
        desk.press("<shift-tab><shift-tab><alt-a><bs>");
    }
    desk.take_effects();
    desk.press("<ctrl-n>");
    let forgotten = asks(&mut desk);
    let forgotten = forgotten
        .iter()
        .any(|ask| matches!(ask, Ask::Leave { forget: true, .. }));
    assert_eq!(forgotten, gone, "{}", desk.screen());
}

// -------------------------------------------------------------------- changes of a file

#[rstest]
#[case::taken("<enter>", true)]
#[case::the_file("<right><enter>", false)]
#[case::closed("<esc>", false)]
fn kept_changes_of_a_file_are_offered(#[case] keys: &str, #[case] takes: bool) {
    let mut desk = desk(text("as it is"));
    desk.happen(Event::Store(Told::Changes {
        slot: Slot(0),
        id: DraftId(3),
    }));
    assert!(desk.screen().contains("Kept changes"), "{}", desk.screen());
    desk.press(keys);
    let asked = asks(&mut desk);
    let took = asked
        .iter()
        .any(|ask| matches!(ask, Ask::Take { id: DraftId(3), .. }));
    assert_eq!(took, takes, "{asked:?}");
    assert!(desk.app.modals.is_empty());
}

// -------------------------------------------------------------------- the list

pub fn row(id: i64, name: Option<&str>, line: &str) -> DraftRow {
    DraftRow {
        id: DraftId(id),
        name: name.map(str::to_owned),
        file: None,
        kind: Kind::Text,
        to: "+55 11 99999-9999".into(),
        first_line: line.into(),
        created: 0,
        updated: 0,
        updated_local: "2026-03-01 14:32".into(),
        is_open_elsewhere: id == 4,
    }
}

fn rows() -> Vec<DraftRow> {
    vec![
        row(1, None, "Bom dia 日本 👩‍👩‍👧 e\u{301}"),
        row(2, Some("Entrega"), "O seu pedido saiu"),
        row(3, None, "שלום עולם"),
        row(4, Some("안녕"), "elsewhere\u{1b}[31m"),
    ]
}

fn listing(width: u16, height: u16) -> Desk {
    let profile = Profile::sandbox(GatewayKind::Wuts);
    let mut desk = Desk::new(order(), profile, width, height);
    desk.happen(opened(None));
    desk.press("<alt-l>");
    desk.happen(Event::Store(Told::Drafts(rows())));
    desk.take_effects();
    desk
}

#[rstest]
#[case::first("<enter>", &[Ask::Take { slot: Slot(1), id: DraftId(1) }])]
#[case::second("<down><enter>", &[Ask::Take { slot: Slot(1), id: DraftId(2) }])]
#[case::found("שלום<enter>", &[Ask::Take { slot: Slot(1), id: DraftId(3) }])]
#[case::found_by_name("entr<enter>", &[Ask::Take { slot: Slot(1), id: DraftId(2) }])]
#[case::nothing_found("zzz<enter>", &[])]
#[case::duplicated("<alt-u>", &[Ask::Duplicate(DraftId(1))])]
#[case::deleted("<del>", &[Ask::Delete(DraftId(1))])]
#[case::deleted_and_back("<del><ctrl-z>", &[Ask::Delete(DraftId(1)), Ask::Restore(DraftId(1))])]
#[case::open_elsewhere("<up><del>", &[])]
#[case::named("<alt-r>Olá 日<enter>", &[Ask::Rename { id: DraftId(1), name: Some("Olá 日".into()) }])]
#[case::unnamed("<down><alt-r><bs><enter>", &[Ask::Rename { id: DraftId(2), name: None }])]
#[case::not_named("<alt-r>x<esc><esc>", &[])]
fn the_list_of_drafts(#[case] keys: &str, #[case] expected: &[Ask]) {
    let mut desk = listing(100, 30);
    desk.press(keys);
    assert_eq!(asks(&mut desk), expected);
}

#[test]
fn a_draft_from_the_list_is_composed_and_the_one_before_is_kept() {
    let mut desk = desk(text("a"));
    desk.press("x<alt-l>");
    let listed = asks(&mut desk);
    assert!(
        matches!(&listed[..], [Ask::Keep { .. }, Ask::Drafts]),
        "{listed:?}"
    );
    desk.happen(Event::Store(Told::Drafts(rows())));
    desk.press("<enter>");
    desk.take_effects();
    desk.happen(Event::Store(Told::Taken(taken(1, text("日")))));
    assert_eq!(desk.app.draft().message.text(), "日");
    assert_eq!(
        asks(&mut desk),
        [Ask::Leave {
            slot: Slot(0),
            forget: false
        }]
    );
}

#[rstest]
fn drafts_on_the_screen(#[values((80, 24), (120, 40), (50, 15))] size: (u16, u16)) {
    let (width, height) = size;
    let desk = listing(width, height);
    insta::assert_snapshot!(format!("drafts_{width}x{height}"), desk.screen());
}

#[test]
fn an_empty_list_says_what_it_is() {
    let mut desk = desk(text(""));
    desk.press("<alt-l>");
    desk.happen(Event::Store(Told::Drafts(Vec::new())));
    assert!(desk.screen().contains("No drafts yet"), "{}", desk.screen());
}

/// While a draft of a file was kept, another program may have written the file.
#[rstest]
#[case::written_by_others(true, "theirs 日本", true)]
#[case::written_here(true, "kept 日本", false)]
#[case::not_written(false, "theirs 日本", false)]
fn a_kept_draft_does_not_replace_what_others_wrote_unasked(
    #[case] is_older: bool,
    #[case] in_file: &str,
    #[case] asks: bool,
) {
    let mut kept = taken(0, text("kept 日本"));
    kept.kept.file = Some("a.toml".into());
    kept.is_older = is_older;
    kept.on_disk = Some(Box::new(Opened {
        draft: text(in_file),
        text: String::new(),
    }));
    let mut desk = resuming(100, 30);
    desk.happen(opened(Some(kept)));
    desk.take_effects();
    desk.press("!<ctrl-s>");
    let effects = desk.take_effects();
    let saves = effects
        .iter()
        .any(|effect| matches!(effect, Effect::Save { .. }));
    assert_eq!(saves, !asks, "{effects:?}");
    assert_eq!(
        desk.screen().contains("another program"),
        asks,
        "{}",
        desk.screen()
    );
}

// -------------------------------------------------------------------- what cannot be kept

/// What stands in the way of keeping.
fn without_store() -> Desk {
    let mut desk = Desk::wuts(text("Olá 日"));
    desk.happen(Event::Store(Told::Missing("the disk is gone".into())));
    desk.take_effects();
    desk
}

fn in_memory() -> Desk {
    let mut desk = Desk::wuts(text("Olá 日"));
    desk.happen(Event::Store(Told::Opened {
        notice: Some("read-only".into()),
        is_kept: false,
        last: Last::Nothing,
        doubts: Vec::new(),
    }));
    desk.take_effects();
    desk
}

fn on_a_full_disk() -> Desk {
    let mut desk = desk(text("Olá 日"));
    desk.press("x").wait(SECOND);
    saves(&mut desk, Err("the disk is full"));
    desk.take_effects();
    desk
}

#[rstest]
#[case::without_a_store(without_store())]
#[case::in_memory(in_memory())]
#[case::on_a_full_disk(on_a_full_disk())]
fn what_cannot_be_kept_is_set_aside_at_the_end(#[case] mut desk: Desk) {
    desk.press("👩‍👩‍👧<ctrl-q>");
    assert!(desk.take_effects().contains(&Effect::Quit));
    assert_eq!(desk.app.unkept(true), [desk.app.draft()]);
}

#[rstest]
#[case::nothing_was_typed(without_store(), false)]
#[case::it_is_kept(desk(text("Olá 日")), false)]
#[case::it_says_nothing(without_store(), true)]
fn what_is_kept_or_says_nothing_is_not_set_aside(#[case] mut desk: Desk, #[case] emptied: bool) {
    if emptied {
        desk.press("<alt-a><bs><shift-tab><shift-tab><alt-a><bs>");
    }
    desk.press("<ctrl-q>");
    assert_eq!(
        desk.app.unkept(false),
        [] as [&Draft; 0],
        "{}",
        desk.screen()
    );
}

#[test]
fn another_draft_does_not_take_the_place_of_one_that_is_not_kept() {
    let mut desk = on_a_full_disk();
    desk.press("<alt-l>");
    let row = row(3, Some("日"), "outro");
    desk.happen(Event::Store(Told::Drafts(vec![row])));
    desk.press("<enter>");
    let screen = desk.screen();
    assert!(
        screen.contains("Opening another draft would lose"),
        "{screen}"
    );
    let takes = |desk: &mut Desk| {
        let asks = asks(desk);
        asks.iter().any(|ask| matches!(ask, Ask::Take { .. }))
    };
    assert!(!takes(&mut desk));
    desk.press("<left><enter>");
    assert!(takes(&mut desk));
}

#[test]
fn what_was_left_and_not_kept_is_kept_once_anything_can_be() {
    let mut desk = desk(text("a 日"));
    desk.press("x<ctrl-n>");
    desk.take_effects();
    // The store says so only now.
    desk.happen(Event::Store(Told::Saved {
        slot: Slot(0),
        draft: Box::new(text("a 日x")),
        written: Err(Failure::new("the disk is full")),
    }));
    assert_eq!(desk.app.unkept(false), [&text("a 日x")]);
    desk.press("<tab>b").wait(SECOND);
    saves(&mut desk, Ok(2));
    assert_eq!(kept(&mut desk), ["a 日x"]);
    assert!(desk.app.unkept(false).is_empty());
}

#[test]
fn a_deleted_draft_comes_back_also_when_the_list_was_closed() {
    let mut desk = desk(text("Olá 日"));
    desk.press("<alt-l>");
    desk.happen(Event::Store(Told::Drafts(vec![row(1, None, "outro")])));
    desk.press("<del><esc><alt-l>");
    desk.happen(Event::Store(Told::Drafts(Vec::new())));
    desk.take_effects();
    desk.press("<ctrl-z>");
    assert_eq!(asks(&mut desk), [Ask::Restore(DraftId(1))]);
}
