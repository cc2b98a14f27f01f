//! A catalog's picture in the composer: named, loaded, shown and sent.

use std::path::PathBuf;
use std::time::Duration;

use crate::desk::Desk;
use crate::files::saved;
use crate::stands::accepted;
use rstest::rstest;
use wacompose::config::{GraphicsChoice, Profile, ThumbnailAs};
use wacompose::failure::Failure;
use wacompose::gateway::GatewayKind;
use wacompose::message::{Catalog, Draft, Field, Message, ProductSection};
use wacompose::tui::dialog::Modal;
use wacompose::tui::effect::{Effect, Ticket};
use wacompose::tui::event::{Event, FolderEntry, Thumbnail};
use wacompose::tui::focus::Focus;
use wacompose::tui::graphics::{Graphics, Way};
use wacompose::tui::keep::{Ask, Last, Told};
use wacompose::tui::model::picture::State;

const FIELD: Focus = Focus::Edit(Field::Thumbnail);

fn catalog(thumbnail: &str) -> Draft {
    Draft {
        to: "5511999999999".into(),
        message: Message::Catalog(Catalog {
            title: "Verão 夏".into(),
            text: "Olá 👕".into(),
            button: "Ver".into(),
            business_owner: "5511988887777".into(),
            thumbnail: thumbnail.into(),
            sections: vec![ProductSection {
                title: String::new(),
                products: vec!["9876543210".into()],
            }],
            ..Catalog::default()
        }),
        ..Draft::default()
    }
}

/// A red picture above, blue below.
fn thumbnail() -> Thumbnail {
    let rgb = [[220, 30, 30], [30, 30, 220]];
    let rgb = rgb.iter().flat_map(|pixel| pixel.repeat(40 * 15)).collect();
    Thumbnail {
        data_uri: "data:image/jpeg;base64,/9j/4AAQSkZJRgABAQAAAQABAAD=".into(),
        bytes: 1234,
        rgb,
        width: 40,
        height: 30,
        facts: "PNG 400×300, 12.3 kB → JPEG 40×30, 1.2 kB, quality 80".into(),
        warnings: Vec::new(),
    }
}

fn desk(thumbnail: &str) -> Desk {
    let mut desk = Desk::wuts(catalog(thumbnail));
    desk.app.graphics = Graphics {
        way: Way::HalfBlocks,
        ..Graphics::NONE
    };
    desk
}

/// The loading that was asked for last: its ticket, and what.
fn loading(desk: &mut Desk) -> (Ticket, String, PathBuf) {
    let effects = desk.take_effects();
    let asked = effects.into_iter().rev().find_map(|effect| match effect {
        Effect::LoadThumbnail {
            ticket,
            name,
            folder,
            ..
        } => Some((ticket, name, folder)),
        _ => None,
    });
    asked.unwrap_or_else(|| panic!("nothing is loaded"))
}

fn is_loading(desk: &mut Desk) -> bool {
    let effects = desk.take_effects();
    effects
        .iter()
        .any(|effect| matches!(effect, Effect::LoadThumbnail { .. }))
}

fn comes(desk: &mut Desk, ticket: Ticket, thumbnail: Result<Thumbnail, String>) {
    let thumbnail = thumbnail.map(Box::new).map_err(Failure::new);
    desk.happen(Event::ThumbnailReady { ticket, thumbnail });
}

fn ready() -> Desk {
    let mut desk = desk("camiseta 日本.png");
    let (ticket, ..) = loading(&mut desk);
    comes(&mut desk, ticket, Ok(thumbnail()));
    desk
}

#[test]
fn what_a_file_names_is_loaded_at_once() {
    let mut desk = desk("camiseta 日本.png");
    let (_, name, folder) = loading(&mut desk);
    assert_eq!(
        (name.as_str(), folder),
        ("camiseta 日本.png", PathBuf::new())
    );
    assert!(
        desk.screen().contains("loading the picture"),
        "{}",
        desk.screen()
    );
}

#[test]
fn what_is_typed_is_loaded_after_a_pause_or_on_leaving() {
    let mut desk = desk("");
    desk.go(FIELD);
    desk.take_effects();
    desk.press("a.png");
    assert!(!is_loading(&mut desk));
    assert!(matches!(desk.app.picture.state, State::Waiting { .. }));
    assert!(desk.app.next_wake().is_some());
    desk.now += Duration::from_secs(1);
    desk.happen(Event::Wake);
    assert_eq!(loading(&mut desk).1, "a.png");
    desk.press("<bs>");
    assert!(!is_loading(&mut desk), "another one is waited for");
    desk.press("<tab>");
    assert_eq!(loading(&mut desk).1, "a.pn");
}

#[test]
fn a_newer_choice_replaces_one_that_is_loading() {
    let mut desk = desk("a.png");
    let (first, ..) = loading(&mut desk);
    desk.go(FIELD);
    desk.press("<alt-a>b.png<tab>");
    let effects = desk.take_effects();
    assert!(effects.contains(&Effect::CancelThumbnail(first)));
    comes(&mut desk, first, Ok(thumbnail()));
    assert!(
        matches!(desk.app.picture.state, State::Loading { .. }),
        "the old one is dropped"
    );
}

#[test]
fn progress_is_shown_and_esc_stops_it() {
    let mut desk = desk("https://example.com/a.jpg");
    let (ticket, ..) = loading(&mut desk);
    desk.happen(Event::ThumbnailProgress {
        ticket,
        received: 120_000,
        total: Some(2_100_000),
    });
    assert!(
        desk.screen().contains("120.0 kB of 2.1 MB"),
        "{}",
        desk.screen()
    );
    desk.press("<f5>");
    assert!(desk.screen().contains("still being loaded"));
    desk.press("<esc>");
    assert_eq!(desk.take_effects(), [Effect::CancelThumbnail(ticket)]);
    assert!(desk.screen().contains("was stopped"), "{}", desk.screen());
}

#[test]
fn a_picture_that_cannot_be_had_blocks_but_can_be_left_out() {
    let mut desk = desk("nada.png");
    let (ticket, ..) = loading(&mut desk);
    comes(
        &mut desk,
        ticket,
        Err("nada.png: there is no such file".into()),
    );
    assert!(
        desk.screen().contains("✗ nada.png: there is no such file"),
        "{}",
        desk.screen()
    );
    let errors = desk.app.error_count();
    assert!(errors > 0);
    desk.press("<f5><right><enter><enter>");
    let sent = desk.sent();
    assert_eq!(sent.text_at(Field::Thumbnail), Some(""));
    // The draft itself still names it.
    assert_eq!(desk.app.draft().text_at(Field::Thumbnail), Some("nada.png"));
}

#[test]
fn it_goes_along_and_stays_out_of_the_draft() {
    let mut desk = ready();
    desk.press("<f5><enter>");
    assert_eq!(
        desk.sent().text_at(Field::Thumbnail),
        Some(thumbnail().data_uri.as_str())
    );
    assert_eq!(
        desk.app.draft().text_at(Field::Thumbnail),
        Some("camiseta 日本.png")
    );
    desk.press("<alt-2>");
    let screen = desk.screen();
    assert!(screen.contains("jpeg_thumbnail"), "{screen}");
}

#[test]
fn a_message_that_was_accepted_with_it_is_finished() {
    let mut desk = ready();
    desk.happen(Event::Store(Told::Opened {
        notice: None,
        is_kept: true,
        last: Last::Nothing,
        doubts: Vec::new(),
    }));
    desk.go(Focus::TEXT)
        .press("日")
        .wait(Duration::from_secs(1));
    accepted(&mut desk);
    desk.press("<ctrl-n>");
    let effects = desk.take_effects();
    let forgotten = effects
        .iter()
        .any(|effect| matches!(effect, Effect::Store(Ask::Leave { forget: true, .. })));
    assert!(forgotten, "{effects:?}");
}

#[test]
fn one_that_a_variable_names_is_waited_for() {
    let mut desk = desk("{{foto}}.png");
    desk.press("<f5>日本<enter><enter>");
    let (ticket, name, _) = loading(&mut desk);
    assert_eq!(name, "日本.png");
    assert!(desk.app.modals.is_empty());
    assert!(desk.screen().contains("still being loaded"));
    comes(&mut desk, ticket, Ok(thumbnail()));
    desk.press("<f5><enter>");
    assert_eq!(
        desk.sent().text_at(Field::Thumbnail),
        Some(thumbnail().data_uri.as_str())
    );
}

#[test]
fn a_long_picture_does_not_hide_the_payload() {
    let mut desk = desk("a.png");
    let (ticket, ..) = loading(&mut desk);
    let mut long = thumbnail();
    long.data_uri = format!("data:image/jpeg;base64,{}", "Q".repeat(20_000));
    comes(&mut desk, ticket, Ok(long));
    desk.press("<alt-2>");
    assert!(
        desk.screen().contains("(20000 characters)"),
        "{}",
        desk.screen()
    );
}

#[test]
fn the_comparison_has_it_too() {
    let mut desk = ready();
    desk.press("<alt-5><down><down><enter><end>");
    let screen = desk.screen();
    assert!(screen.contains("jpeg_thumbnail"), "{screen}");
}

#[test]
fn an_address_goes_along_where_the_profile_says_so() {
    let profile = Profile {
        thumbnail_as: ThumbnailAs::Url,
        ..Profile::sandbox(GatewayKind::Wuts)
    };
    let address = "https://example.com/a.jpg";
    let mut desk = Desk::new(catalog(address), profile, 100, 30);
    assert_eq!(desk.app.to_send().text_at(Field::Thumbnail), Some(address));
    let (ticket, ..) = loading(&mut desk);
    comes(&mut desk, ticket, Ok(thumbnail()));
    assert_eq!(desk.app.to_send().text_at(Field::Thumbnail), Some(address));
}

#[rstest]
#[case::plain("/tmp/a b.png", "/tmp/a b.png")]
#[case::quoted("'/tmp/a b.png'", "/tmp/a b.png")]
#[case::escaped("/tmp/a\\ b.png ", "/tmp/a b.png")]
#[case::address("file:///tmp/a%20b%E6%97%A5.png\n", "/tmp/a b日.png")]
#[case::web("https://example.com/a%20b.png", "https://example.com/a%20b.png")]
fn a_dropped_file_is_understood(#[case] pasted: &str, #[case] written: &str) {
    let mut desk = desk("");
    desk.go(FIELD);
    desk.paste(pasted);
    assert_eq!(desk.app.draft().text_at(Field::Thumbnail), Some(written));
}

#[test]
fn a_file_is_chosen_from_its_folder_and_named_from_the_messages() {
    let mut desk = desk("");
    desk.app.file = Some("/home/mensagens/verao.toml".into());
    desk.go(FIELD);
    desk.press("<ctrl-o>mensagens/");
    let effects = desk.take_effects();
    let Some(Effect::List { ticket, .. }) = effects.last() else {
        panic!("{effects:?}")
    };
    let entry = |name: &str| FolderEntry {
        name: name.into(),
        is_folder: false,
    };
    desk.happen(Event::Listed {
        ticket: *ticket,
        entries: vec![entry("camiseta 日本.webp"), entry("verao.toml")],
    });
    assert!(desk.screen().contains("camiseta 日本.webp"));
    desk.press("<down><enter>");
    assert!(desk.app.modals.is_empty());
    assert_eq!(
        desk.app.draft().text_at(Field::Thumbnail),
        Some("camiseta 日本.webp")
    );
    assert_eq!(desk.app.focus, FIELD);
}

#[test]
fn the_palette_chooses_a_picture_too() {
    let mut desk = desk("");
    desk.press("<ctrl-p>picture<enter>");
    assert!(matches!(desk.app.modals.last(), Some(Modal::Path(_))));
    assert!(desk.screen().contains("A picture for the catalog"));
}

#[rstest]
fn states(
    #[values("none", "loading", "ready", "failed")] state: &str,
    #[values((80, 24), (120, 40))] size: (u16, u16),
) {
    let name = if state == "none" { "" } else { "camiseta.png" };
    let mut desk = desk(name);
    let (width, height) = size;
    desk.resize(width, height);
    if state != "none" {
        let (ticket, ..) = loading(&mut desk);
        match state {
            "ready" => comes(&mut desk, ticket, Ok(thumbnail())),
            "failed" => comes(
                &mut desk,
                ticket,
                Err("camiseta.png: this is HTML, not a picture: save the picture itself".into()),
            ),
            _ => {}
        }
    }
    insta::assert_snapshot!(format!("picture_{state}_{width}x{height}"), desk.screen());
}

/// The terminal's own graphics stand where the half blocks do, and never over a dialog.
#[rstest]
#[case::kitty(GraphicsChoice::Kitty)]
#[case::iterm2(GraphicsChoice::Iterm2)]
#[case::sixel(GraphicsChoice::Sixel)]
fn graphics_keep_to_their_place(#[case] choice: GraphicsChoice) {
    let mut desk = desk("a.png");
    desk.app.graphics = Graphics::new(choice, |_| None, true, None);
    let (ticket, ..) = loading(&mut desk);
    comes(&mut desk, ticket, Ok(thumbnail()));
    assert!(desk.app.picture.drawn.is_some());
    assert!(desk.screen().contains('\u{1b}'), "the graphics are drawn");
    desk.press("<f5>");
    assert!(!desk.screen().contains('\u{1b}'), "a dialog is in front");
    desk.press("<esc>").resize(60, 15).press("<alt-1>");
    desk.screen();
}

#[rstest]
#[case::kitty(&[("KITTY_WINDOW_ID", "1"), ("TERM", "xterm-kitty")], "HalfBlocks")]
#[case::kitty_in_tmux(&[("KITTY_WINDOW_ID", "1"), ("TMUX", "/tmp/x")], "HalfBlocks")]
#[case::ghostty(&[("TERM", "xterm-ghostty")], "Kitty")]
#[case::iterm(&[("TERM_PROGRAM", "iTerm.app")], "Iterm2")]
#[case::foot(&[("TERM", "foot")], "Sixel")]
#[case::unknown(&[("TERM", "xterm-256color")], "HalfBlocks")]
fn terminals_are_known_by_their_environment(#[case] env: &[(&str, &str)], #[case] way: &str) {
    let value = |name: &str| {
        let found = env.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| (*value).to_owned())
    };
    let graphics = Graphics::new(GraphicsChoice::Auto, value, true, None);
    assert!(format!("{:?}", graphics.way).contains(way), "{graphics:?}");
    let plain = Graphics::new(GraphicsChoice::Auto, value, false, None);
    assert_eq!(plain.way, Way::None, "without colours there is no picture");
}

#[test]
fn a_dropped_file_replaces_the_one_before() {
    let mut desk = desk("");
    desk.go(FIELD);
    desk.paste("/tmp/a.png").paste("'/tmp/b 日本.png'");
    let name = desk.app.draft().text_at(Field::Thumbnail);
    assert_eq!(name, Some("/tmp/b 日本.png"));
}

#[test]
fn enter_loads_a_picture_again() {
    let mut desk = desk("a.png");
    let (ticket, ..) = loading(&mut desk);
    comes(&mut desk, ticket, Err("a.png: gone".into()));
    desk.go(FIELD);
    desk.press("<enter>");
    desk.now += Duration::from_secs(1);
    desk.happen(Event::Wake);
    let (again, name, _) = loading(&mut desk);
    assert_ne!(again, ticket);
    assert_eq!(name, "a.png");
}

#[rstest]
#[case::below("mensagens/fotos/novo.toml", "a 日本.png")]
#[case::beside("outra/novo.toml", "/home/mensagens/fotos/a 日本.png")]
#[case::same("mensagens/novo.toml", "fotos/a 日本.png")]
fn saved_in_another_folder_the_picture_is_named_from_there(#[case] path: &str, #[case] name: &str) {
    let mut desk = desk("fotos/a 日本.png");
    desk.app.file = Some("mensagens/verao.toml".into());
    desk.press("<ctrl-p>another name<enter><alt-a>").press(path);
    desk.press("<enter>");
    let named = |desk: &Desk| {
        desk.app
            .draft()
            .text_at(Field::Thumbnail)
            .map(str::to_owned)
    };
    assert_eq!(named(&desk).as_deref(), Some("fotos/a 日本.png"), "not yet");
    saved(&mut desk, None);
    assert_eq!(named(&desk).as_deref(), Some(name));
    assert!(!desk.app.is_modified());
}

#[rstest]
#[case::png("data:image/png;base64,", "data:image/png;base64,… (3 KB)")]
#[case::jpeg("data:image/jpeg;base64,", "data:image/jpeg;base64,… (3 KB)")]
#[case::alone("", "data:image/png;base64,… (3 KB)")]
fn a_picture_in_base64_is_loaded_and_shown_by_its_name(#[case] prefix: &str, #[case] name: &str) {
    let text = format!("{prefix}iVBORw0KGgo{}", "QUJDREVG\n".repeat(500));
    let mut desk = desk("");
    desk.go(FIELD);
    desk.take_effects();
    desk.paste(&text);
    desk.press("<tab>");
    let (ticket, named, _) = loading(&mut desk);
    assert!(text.split_whitespace().collect::<String>() == named);
    let screen = desk.screen();
    assert!(screen.contains(name), "{screen}");
    comes(&mut desk, ticket, Err(format!("{name}: it is no picture")));
    for key in ["<alt-1>", "<alt-2>", "<alt-3>"] {
        desk.press(key);
        let screen = desk.screen();
        assert!(!screen.contains("QUJDREVG"), "{screen}");
    }
}
