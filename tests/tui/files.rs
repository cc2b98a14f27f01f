//! Message files in the composer: opened, saved, chosen from a folder.

use std::path::PathBuf;

use crate::desk::{Desk, order, text};
use rstest::rstest;
use wacompose::failure::Failure;
use wacompose::message::{Draft, file};
use wacompose::tui::dialog::Modal;
use wacompose::tui::effect::{Effect, Over, Ticket};
use wacompose::tui::event::{Event, FolderEntry, Opened, SaveError};

fn text_of(desk: &Desk) -> &str {
    desk.app.draft().message.text()
}

/// What reading a draft's file gives.
fn read(draft: &Draft) -> Box<Opened> {
    Box::new(Opened {
        draft: draft.clone(),
        text: file::write(draft, file::Format::Toml),
    })
}

/// A composer with an opened file.
fn with_file(draft: &Draft, path: &str) -> Desk {
    let mut desk = Desk::wuts(text(""));
    desk.press("<ctrl-o>").press(path).press("<enter>");
    let ticket = opening(&mut desk);
    desk.happen(Event::Opened {
        ticket,
        path: path.into(),
        read: Ok(read(draft)),
    });
    desk.take_effects();
    desk
}

/// The last save that was asked for, done or failed.
pub fn saved(desk: &mut Desk, error: Option<SaveError>) {
    let effects = desk.take_effects();
    let Some(Effect::Save {
        ticket,
        path,
        draft,
        ..
    }) = effects.last()
    else {
        panic!("{effects:?}")
    };
    desk.happen(Event::Saved {
        ticket: *ticket,
        path: path.clone(),
        draft: draft.clone(),
        written: match error {
            Some(error) => Err(error),
            None => Ok(file::write(draft, file::Format::Toml)),
        },
    });
}

#[test]
fn quitting_waits_for_what_is_being_saved() {
    let mut desk = Desk::wuts(order());
    desk.app.file = Some("日本.toml".into());
    desk.press("x<ctrl-s><ctrl-q>");
    saved(&mut desk, None);
    assert_eq!(desk.take_effects(), [Effect::Quit]);
}

#[test]
fn a_save_that_fails_keeps_the_composer_open() {
    let mut desk = Desk::wuts(order());
    desk.app.file = Some("日本.toml".into());
    desk.press("x<ctrl-s><ctrl-q>");
    saved(
        &mut desk,
        Some(SaveError::Failed(Failure::new("no room 日本"))),
    );
    assert_eq!(desk.take_effects(), []);
    assert!(desk.screen().contains("no room 日本"), "{}", desk.screen());
    desk.press("<ctrl-s><ctrl-q><ctrl-q>");
    assert_eq!(
        desk.take_effects().last(),
        Some(&Effect::Quit),
        "a second time it waits for nothing"
    );
}

#[test]
fn a_file_that_comes_after_its_question_was_closed_replaces_nothing() {
    let mut desk = Desk::wuts(text("a"));
    desk.press("<ctrl-o>slow.toml<enter>");
    let effects = desk.take_effects();
    let Some(Effect::Open { ticket, path }) = effects.last() else {
        panic!("{effects:?}")
    };
    desk.press("<esc>b語");
    desk.happen(Event::Opened {
        ticket: *ticket,
        path: path.clone(),
        read: Ok(read(&text("other"))),
    });
    assert_eq!(text_of(&desk), "ab語");
}

#[test]
fn a_message_does_not_get_the_file_of_the_one_before() {
    let mut desk = Desk::wuts(text("a"));
    desk.app.file = Some("日本.toml".into());
    desk.press("<ctrl-s><ctrl-n>");
    saved(&mut desk, None);
    assert_eq!(desk.app.file, None);
}

#[test]
fn the_name_that_save_proposes_gives_way_to_what_is_typed() {
    let mut desk = Desk::wuts(order());
    desk.press("<ctrl-s>");
    assert!(desk.screen().contains("message.toml"), "{}", desk.screen());
    desk.take_effects();
    desk.press("a.toml<enter>");
    let effects = desk.take_effects();
    assert!(
        matches!(&effects[..], [Effect::Save { path, .. }] if path.as_os_str() == "a.toml"),
        "{effects:?}"
    );
}

/// The opening that was asked for last.
fn opening(desk: &mut Desk) -> Ticket {
    match desk.take_effects().pop() {
        Some(Effect::Open { ticket, .. }) => ticket,
        other => panic!("nothing is opened: {other:?}"),
    }
}

#[test]
fn what_is_wrong_with_a_file_is_shown_whole_or_counted() {
    let mut desk = Desk::wuts(order());
    desk.press("<ctrl-o>bad.toml<enter>");
    let ticket = opening(&mut desk);
    let wrong = |count: usize| -> String {
        let lines = (1..=count).map(|line| format!("bad.toml:{line}:1: wrong"));
        lines.collect::<Vec<_>>().join("\n")
    };
    desk.happen(Event::Opened {
        ticket,
        path: "bad.toml".into(),
        read: Err(Failure::new(wrong(6))),
    });
    for line in 1..=6 {
        let screen = desk.screen();
        assert!(screen.contains(&format!("bad.toml:{line}:1")), "{screen}");
    }
    desk.press("<enter>");
    let ticket = opening(&mut desk);
    desk.happen(Event::Opened {
        ticket,
        path: "bad.toml".into(),
        read: Err(Failure::new(wrong(60))),
    });
    let screen = desk.screen();
    assert!(screen.contains("lines more"), "{screen}");
    assert!(screen.contains("Enter opens"), "{screen}");
}

/// The save that was asked for last: where, what it may replace, and whose comments it keeps.
fn asked(desk: &mut Desk) -> (PathBuf, Over, Option<String>) {
    let effects = desk.take_effects();
    let save = effects.into_iter().rev().find_map(|effect| match effect {
        Effect::Save {
            path, over, base, ..
        } => Some((path, over, base)),
        _ => None,
    });
    save.unwrap_or_else(|| panic!("nothing is saved"))
}

#[test]
fn a_save_replaces_only_what_was_read() {
    let before = text("Olá 日本");
    let mut desk = with_file(&before, "a.toml");
    desk.press("!<ctrl-s>");
    let was = file::write(&before, file::Format::Toml);
    assert_eq!(
        asked(&mut desk),
        (PathBuf::from("a.toml"), Over::Text(was.clone()), Some(was))
    );
}

#[test]
fn a_file_that_changed_meanwhile_is_asked_about() {
    let mut desk = with_file(&text("Olá 日本"), "a.toml");
    desk.press("!<ctrl-s>");
    saved(&mut desk, Some(SaveError::Changed));
    assert!(
        desk.screen().contains("was changed by another program"),
        "{}",
        desk.screen()
    );
    desk.take_effects();
    desk.press("<enter>");
    assert_eq!(desk.take_effects(), [], "the safe answer is the first");
    desk.press("<ctrl-s>");
    saved(&mut desk, Some(SaveError::Changed));
    desk.take_effects();
    desk.press("<left><left><enter>");
    assert_eq!(asked(&mut desk).1, Over::Anything);
    // Or under another name, with the comments of the one that was opened.
    desk.press("<ctrl-s>");
    saved(&mut desk, Some(SaveError::Changed));
    desk.press("<left><enter><alt-a>b.toml<enter>");
    let (path, over, base) = asked(&mut desk);
    assert_eq!((path, over), (PathBuf::from("b.toml"), Over::Nothing));
    assert!(base.is_some());
}

#[test]
fn another_file_is_not_overwritten_unasked() {
    let mut desk = with_file(&text("Olá"), "a.toml");
    desk.press("<ctrl-p>another name<enter><alt-a>b.toml<enter>");
    let effects = desk.take_effects();
    let Some(Effect::Save {
        ticket,
        path,
        draft,
        over,
        ..
    }) = effects.last()
    else {
        panic!("{effects:?}")
    };
    assert_eq!(over, &Over::Nothing);
    desk.happen(Event::Saved {
        ticket: *ticket,
        path: path.clone(),
        draft: draft.clone(),
        written: Err(SaveError::Exists),
    });
    assert!(desk.screen().contains("is there already"));
    assert_eq!(desk.app.file, Some("a.toml".into()));
}

fn entry(name: &str, is_folder: bool) -> FolderEntry {
    FolderEntry {
        name: name.into(),
        is_folder,
    }
}

/// The composer asking for a file to open, with a folder listed.
fn choosing(typed: &str, folder: &str, entries: &[FolderEntry]) -> Desk {
    let mut desk = Desk::wuts(text("Olá"));
    desk.press("<ctrl-o>").press(typed);
    list(&mut desk, folder, entries);
    desk
}

fn list(desk: &mut Desk, wanted: &str, entries: &[FolderEntry]) {
    let effects = desk.take_effects();
    let asked = effects.into_iter().rev().find_map(|effect| match effect {
        Effect::List { ticket, folder } => Some((ticket, folder)),
        _ => None,
    });
    let (ticket, folder) = asked.unwrap_or_else(|| panic!("no folder is looked into"));
    assert_eq!(folder, wanted);
    desk.happen(Event::Listed {
        ticket,
        entries: entries.to_vec(),
    });
}

fn typed(desk: &Desk) -> String {
    match desk.app.modals.last() {
        Some(Modal::Path(prompt)) => prompt.field.text(),
        other => panic!("{other:?}"),
    }
}

fn folder() -> Vec<FolderEntry> {
    vec![
        entry("modelos 日本", true),
        entry(".git", true),
        entry("order.toml", false),
        entry("order-two.toml", false),
        entry("Notas.txt", false),
        entry(".hidden.toml", false),
    ]
}

#[rstest]
#[case::common_part("o", "<tab>", "order")]
#[case::whatever_the_case("O", "<tab>", "order")]
#[case::only_match("order-", "<tab>", "order-two.toml")]
#[case::folder_with_its_slash("m", "<tab>", "modelos 日本/")]
#[case::chosen("", "<down><down><tab>", "order.toml")]
#[case::up_is_the_last("", "<up><tab>", "order-two.toml")]
#[case::no_match("x", "<tab>", "x")]
#[case::other_files_are_not_offered("No", "<tab>", "No")]
#[case::hidden_ones_when_asked_for(".h", "<tab>", ".hidden.toml")]
fn a_path_is_completed(#[case] begun: &str, #[case] keys: &str, #[case] after: &str) {
    let mut desk = choosing(begun, "", &folder());
    desk.press(keys);
    assert_eq!(typed(&desk), after);
    desk.screen();
}

#[test]
fn enter_on_a_folder_goes_into_it_and_on_a_file_opens_it() {
    let mut desk = choosing("", "", &folder());
    let screen = desk.screen();
    assert!(
        screen.contains("modelos 日本/") && !screen.contains(".git"),
        "{screen}"
    );
    desk.press("<down><enter>");
    assert_eq!(typed(&desk), "modelos 日本/");
    list(&mut desk, "modelos 日本/", &[entry("ação 👋.toml", false)]);
    desk.press("<down><enter>");
    let effects = desk.take_effects();
    assert!(
        matches!(&effects[..], [Effect::Open { path, .. }] if path.as_os_str() == "modelos 日本/ação 👋.toml"),
        "{effects:?}"
    );
}

#[test]
fn a_late_list_of_another_folder_is_dropped() {
    let mut desk = Desk::wuts(text("Olá"));
    desk.press("<ctrl-o>");
    let Some(Effect::List { ticket, .. }) = desk.take_effects().pop() else {
        panic!("no folder is looked into")
    };
    desk.press("a/");
    desk.happen(Event::Listed {
        ticket,
        entries: folder(),
    });
    assert!(!desk.screen().contains("order.toml"));
}

#[test]
fn a_name_written_in_full_opens_though_others_begin_so() {
    let mut desk = choosing("order.toml", "", &folder());
    desk.press("<enter>");
    let effects = desk.take_effects();
    assert!(
        matches!(&effects[..], [Effect::Open { path, .. }] if path.as_os_str() == "order.toml"),
        "{effects:?}"
    );
}

#[test]
fn a_name_that_is_pasted_is_what_is_opened() {
    let mut desk = choosing("", "", &folder());
    desk.press("<down><down>").paste("order-日本.toml");
    desk.press("<enter>");
    let effects = desk.take_effects();
    assert!(
        matches!(&effects[..], [Effect::Open { path, .. }] if path.as_os_str() == "order-日本.toml"),
        "{effects:?}"
    );
    let mut desk = choosing("", "", &folder());
    desk.press("<down><down>").paste("o");
    desk.press("<enter>");
    let effects = desk.take_effects();
    assert!(
        matches!(&effects[..], [Effect::Open { path, .. }] if path.as_os_str() == "o"),
        "{effects:?}"
    );
}

#[test]
fn a_long_folder_scrolls_with_the_choice() {
    let entries: Vec<FolderEntry> = (0..50)
        .map(|at| entry(&format!("{at:02}.toml"), false))
        .collect();
    let mut desk = choosing("", "", &entries);
    for at in 0..50 {
        desk.press("<down>");
        assert!(
            desk.screen().contains(&format!("▸ {at:02}.toml")),
            "{}",
            desk.screen()
        );
    }
    assert!(desk.screen().contains("50 of 50"));
}

#[test]
fn a_message_file_is_named_as_one() {
    let mut desk = Desk::wuts(text("Olá"));
    desk.press("<ctrl-s>foo.txt");
    desk.take_effects();
    desk.press("<enter>");
    assert_eq!(desk.take_effects(), []);
    assert!(desk.screen().contains("ends in .toml or .json"));
}
