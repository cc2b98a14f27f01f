//! Commands by name, and the help: what is found, and what comes first.

use rstest::rstest;
use wacompose::config::Profile;
use wacompose::gateway::GatewayKind;
use wacompose::message::Kind;
use wacompose::tui::dialog::{Entry, Palette};
use wacompose::tui::effect::Effect;
use wacompose::tui::event::Event;
use wacompose::tui::keep::{Ask, Last, Told};
use wacompose::tui::model::Tab;
use wacompose::tui::recent::{Recent, Sort};

use crate::desk::{Desk, order, text};

/// The entries of the palette as they are seen.
fn entries(desk: &Desk) -> Vec<String> {
    let screen = desk.screen();
    let rows = screen.lines().filter_map(|line| {
        let (_, row) = line
            .split_once("│ ▸ ")
            .or_else(|| line.split_once("│   "))?;
        Some(row.split("  ").next().unwrap_or_default().trim().to_owned())
    });
    rows.filter(|row| !row.is_empty()).collect()
}

#[rstest]
#[case::letters_of_a_name("prvw", "Show what the recipient sees")]
#[case::name_of_an_action("kind text", "Make it a text message")]
#[case::name_as_in_the_keymap("kind-list", "Make it a list: sections of rows to pick from")]
#[case::words_of_the_sentence("gateway answered", "Show what the gateway answered")]
#[case::accents_do_not_count("PAYLÔAD", "Show the exact request")]
#[case::profile("prof green", "Use profile sandbox-green-api (green-api)")]
#[case::title("save", "Save the message file")]
fn the_first_one_is(#[case] typed: &str, #[case] expected: &str) {
    let mut desk = Desk::wuts(order());
    desk.press("<ctrl-p>").press(typed);
    let entries = entries(&desk);
    assert!(
        entries.iter().any(|entry| entry.starts_with(expected)),
        "{}",
        desk.screen()
    );
    assert!(
        desk.screen().contains(&format!("▸ {expected}")),
        "{}",
        desk.screen()
    );
}

#[test]
fn a_kind_is_found_by_the_name_of_its_action() {
    let mut desk = Desk::wuts(order());
    desk.press("<ctrl-p>kind text<enter>");
    assert_eq!(desk.app.draft().message.kind(), Kind::Text);
    desk.press("<ctrl-p>prvw<enter>");
    assert_eq!(desk.app.tab, Tab::Preview);
}

#[test]
fn nothing_is_found_for_words_that_no_command_has() {
    let mut desk = Desk::wuts(order());
    desk.press("<ctrl-p>日本 zzz");
    assert!(desk.screen().contains("No command has these words"));
    desk.press("<enter>");
    assert_eq!(desk.app.modals.len(), 1, "it stays open");
}

#[test]
fn what_was_used_lately_comes_first() {
    let mut desk = Desk::wuts(order());
    desk.press("<ctrl-p>platform<enter><ctrl-p>payload<enter><ctrl-p>");
    let first = "▸ Show the exact request";
    assert!(desk.screen().contains(first), "{}", desk.screen());
    desk.press("<down>");
    assert!(desk.screen().contains("▸ Preview for the next platform"));
    desk.press("<up>prvw");
    assert!(desk.screen().contains("▸ Show what the recipient sees"));
}

fn opened() -> Event {
    Event::Store(Told::Opened {
        notice: None,
        is_kept: true,
        last: Last::Nothing,
        doubts: Vec::new(),
    })
}

#[test]
fn what_was_used_is_noted_once_the_store_is_open_and_comes_first_in_the_next_run() {
    let mut desk = Desk::wuts(text("日本"));
    desk.happen(opened());
    desk.take_effects();
    desk.press("<ctrl-p>payload<enter>");
    let noted = Effect::Store(Ask::Used {
        sort: Sort::Command,
        name: "payload".into(),
    });
    assert!(desk.take_effects().contains(&noted));

    let mut desk = Desk::wuts(text("日本"));
    desk.happen(opened());
    let recent = Recent {
        commands: vec![
            "gone since".into(),
            "profile sandbox-green-api".into(),
            "fold".into(),
        ],
        ..Recent::default()
    };
    let told = Event::Store(Told::Recent(recent));
    assert!(told.is_silent());
    desk.happen(told);
    desk.press("<ctrl-p>");
    assert!(
        desk.screen().contains("▸ Use profile sandbox-green-api"),
        "{}",
        desk.screen()
    );
}

#[test]
fn one_of_two_thousand_commands_is_found() {
    let mut profiles = vec![Profile::sandbox(GatewayKind::Wuts); 2001];
    for (at, profile) in profiles.iter_mut().enumerate() {
        profile.name = format!("customer-{at}-ação-日本");
    }
    let palette = Palette::new(&profiles, 0, &[]);
    assert!(matches!(palette.chosen(), Some(Entry::Action(_))));
    let mut desk = Desk::wuts(order());
    desk.app.profiles.extend(profiles);
    desk.press("<ctrl-p>");
    desk.press("cstmr 1999 日本");
    assert!(
        desk.screen().contains("customer-1999-"),
        "{}",
        desk.screen()
    );
}

#[test]
fn the_help_is_searched_as_one_types() {
    let mut desk = Desk::wuts(order());
    desk.press("<f1>curl");
    let screen = desk.screen();
    assert!(
        screen.contains("Copy the request as a curl command"),
        "{screen}"
    );
    assert!(!screen.contains("Leave the composer"), "{screen}");
    desk.press("<ctrl-u>preview platform");
    assert!(
        desk.screen().contains("Android, iOS, web"),
        "{}",
        desk.screen()
    );
    desk.press("<ctrl-u>zzz 日本");
    assert!(
        desk.screen().contains("No key and no command"),
        "{}",
        desk.screen()
    );
    desk.press("<esc>");
    assert!(desk.app.modals.is_empty());
}

#[rstest]
#[case::in_a_text("", "In a text")]
#[case::on_the_right_hand_side("<f6>", "On the right-hand side")]
#[case::in_the_history("<f3>", "In the history")]
fn the_help_begins_with_where_one_is(#[case] keys: &str, #[case] title: &str) {
    let mut desk = Desk::wuts(text("日本"));
    desk.press(keys).press("<f1>");
    let screen = desk.screen();
    let lines: Vec<&str> = screen.lines().collect();
    let help = lines
        .iter()
        .position(|line| line.contains(" Help "))
        .unwrap();
    assert!(lines[help + 3].contains(title), "{screen}");
}
