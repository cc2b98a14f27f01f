//! A template by keys: its values are added, moved and removed, its header and its buttons chosen.

use rstest::rstest;
use wacompose::gateway::GatewayKind;
use wacompose::message::outline::Item;
use wacompose::message::{
    ButtonPart, Draft, Field, Filling, MediaPart, Message, Template, TemplateHeader, TemplateValue,
};
use wacompose::tui::focus::{Focus, Heading};

use crate::desk::Desk;

fn template(values: &str) -> Draft {
    let values = values.split('|').filter(|it| !it.is_empty());
    Draft {
        to: "+55 11 99999-9999".to_owned(),
        message: Message::Template(Template {
            name: "order_update".to_owned(),
            language: "pt_BR".to_owned(),
            values: values
                .map(|text| TemplateValue {
                    text: text.to_owned(),
                    ..TemplateValue::default()
                })
                .collect(),
            ..Template::default()
        }),
        ..Draft::default()
    }
}

fn desk(draft: Draft) -> Desk {
    let profile = wacompose::config::Profile::sandbox(GatewayKind::CloudApi);
    Desk::new(draft, profile, 100, 30)
}

fn message(desk: &Desk) -> Template {
    match &desk.app.draft().message {
        Message::Template(message) => message.clone(),
        _ => Template::default(),
    }
}

fn shown(desk: &Desk) -> String {
    let values = message(desk).values.into_iter();
    let value = |value: TemplateValue| match value.name.as_str() {
        "" => value.text,
        name => format!("{name}={}", value.text),
    };
    values.map(value).collect::<Vec<_>>().join("|")
}

const HEADING: Focus = Focus::Heading(Heading::Values);

const fn item(at: usize) -> Focus {
    Focus::Item(Item::Value(at))
}

const fn text(at: usize) -> Focus {
    Focus::Edit(Field::Value(at))
}

#[rstest]
#[case::in_one_go(
    "",
    HEADING,
    "<enter>Ana 日本<enter>שלום<enter><enter>",
    "Ana 日本|שלום"
)]
#[case::on_to_the_next("a|b", text(0), "<enter>c", "a|bc")]
#[case::begun_and_left_is_gone("a", text(0), "<enter><up>", "a")]
#[case::insert_adds_below("a|b", item(0), "<ins>é", "a|é|b")]
#[case::delete_removes("a|b|c", item(1), "<del>", "a|c")]
#[case::undo_brings_it_back("a|b|c", item(1), "<del><ctrl-z>", "a|b|c")]
#[case::move_down("a|b|c", item(0), "<alt-down>", "b|a|c")]
#[case::move_up("a|👩‍👩‍👧", item(1), "<alt-up>", "👩‍👩‍👧|a")]
#[case::typing_edits("a|b", item(1), "é", "a|bé")]
#[case::a_name("a", Focus::Edit(Field::ValueName(0)), "nome", "nome=a")]
fn keys_change_the_values(
    #[case] before: &str,
    #[case] at: Focus,
    #[case] keys: &str,
    #[case] after: &str,
) {
    let mut desk = desk(template(before));
    desk.go(at);
    desk.press(keys);
    assert_eq!(shown(&desk), after);
    desk.screen();
}

#[test]
fn a_block_becomes_values() {
    let mut desk = desk(template("a"));
    desk.go(item(0));
    desk.paste("日本\ne\u{301}");
    assert_eq!(shown(&desk), "a|日本|e\u{301}");
    assert!(
        desk.screen().contains("2 values added"),
        "{}",
        desk.screen()
    );
}

#[test]
fn a_header_is_chosen_and_nothing_is_lost() {
    let mut desk = desk(template("a"));
    desk.go(Focus::Edit(Field::Header));
    desk.press("1042");
    desk.go(Focus::Heading(Heading::Header));
    desk.press("<right>");
    assert!(desk.screen().contains("‹image›"), "{}", desk.screen());
    desk.go(Focus::Edit(Field::Media(MediaPart::Url)));
    desk.press("https://example.com/日.png");
    desk.go(Focus::Heading(Heading::Header));
    desk.press("<right>");
    let TemplateHeader::Media(media) = message(&desk).header else {
        panic!("{:?}", message(&desk).header)
    };
    assert_eq!(
        media.url, "https://example.com/日.png",
        "a video has it too"
    );
    desk.press("<right><right>");
    assert!(desk.screen().contains("‹place›"), "{}", desk.screen());
    desk.press("<right>");
    let text = TemplateHeader::Text("1042".to_owned());
    assert_eq!(message(&desk).header, text);
    desk.press("<ctrl-z>");
    assert!(desk.screen().contains("‹place›"), "{}", desk.screen());
}

#[test]
fn buttons_are_added_and_filled() {
    let mut desk = desk(template("a"));
    desk.go(Focus::Heading(Heading::Buttons));
    desk.press("<enter>confirm");
    desk.go(Focus::Heading(Heading::Buttons));
    desk.press("<enter>日本");
    desk.go(Focus::Item(Item::Button(1)));
    desk.press("<right>");
    desk.go(Focus::Edit(Field::Button(1, ButtonPart::Index)));
    desk.press("<bs>2x");
    let buttons = message(&desk).buttons.into_iter();
    let buttons: Vec<_> = buttons
        .map(|button| (button.index, button.filling, button.value))
        .collect();
    assert_eq!(
        buttons,
        [
            (0, Filling::Payload, "confirm".to_owned()),
            (2, Filling::Suffix, "日本".to_owned()),
        ]
    );
    assert!(desk.screen().contains("A whole number, in digits"));
}
