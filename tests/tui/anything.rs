//! Whatever keys come: nothing panics, every editor shows its text, and what was undone comes back.

use std::path::Path;

use crate::desk::Desk;
use proptest::prelude::*;
use wacompose::config::Profile;
use wacompose::gateway::GatewayKind;
use wacompose::message::file;

const SAMPLES: [&str; 6] = [
    "text.toml",
    "order.toml",
    "catalog.toml",
    "list.toml",
    "button-reply.toml",
    "list-reply.toml",
];

/// Keys that change, move, go somewhere else or open something; quitting is none of them.
const KEYS: &[&str] = &[
    "a",
    "日",
    "👩‍👩‍👧",
    " ",
    "e\u{301}",
    "<enter>",
    "<bs>",
    "<del>",
    "<ins>",
    "<alt-ins>",
    "<tab>",
    "<shift-tab>",
    "<up>",
    "<down>",
    "<left>",
    "<right>",
    "<home>",
    "<end>",
    "<pgup>",
    "<pgdn>",
    "<alt-up>",
    "<alt-down>",
    "<ctrl-z>",
    "<ctrl-y>",
    "<alt-z>",
    "<alt-o>",
    "<alt-k>",
    "<alt-v>",
    "<esc>",
    "<f5>",
    "<f6>",
    "<f8>",
    "<f1>",
    "<ctrl-p>",
    "<alt-1>",
    "<alt-2>",
    "<alt-3>",
    "<alt-4>",
    "<alt-5>",
    "<alt-a>",
    "<ctrl-x>",
    "<ctrl-v>",
    "<ctrl-w>",
    "<ctrl-k>",
    "<ctrl-n>",
    "<ctrl-home>",
    "<ctrl-end>",
    "<shift-left>",
];

const PASTES: [&str; 4] = [
    "1 2;3\n4",
    "linha 日\t二\t三\noutra",
    "'/tmp/a b.png'",
    "{{nome}}",
];

#[derive(Debug, Clone)]
enum Step {
    Press(&'static str),
    Paste(&'static str),
    Click(u16, u16),
    Resize(u16, u16),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        20 => prop::sample::select(KEYS).prop_map(Step::Press),
        1 => prop::sample::select(&PASTES[..]).prop_map(Step::Paste),
        1 => (0..100_u16, 0..30_u16).prop_map(|(x, y)| Step::Click(x, y)),
        1 => (40..130_u16, 10..50_u16).prop_map(|(w, h)| Step::Resize(w, h)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_steps_are_taken(
        sample in prop::sample::select(&SAMPLES[..]),
        steps in prop::collection::vec(step(), 1..60),
    ) {
        let draft = file::read(&Path::new("assets/samples").join(sample)).unwrap();
        let mut desk = Desk::new(draft, Profile::sandbox(GatewayKind::Wuts), 100, 30);
        for step in steps {
            match step {
                Step::Press(keys) => desk.press(keys),
                Step::Paste(text) => desk.paste(text),
                Step::Click(x, y) => desk.click(x, y),
                Step::Resize(width, height) => desk.resize(width, height),
            };
            desk.screen();
            let draft = desk.app.draft();
            for field in draft.text_fields() {
                if let Some(editor) = desk.app.composer.editor(field) {
                    let text = editor.text();
                    prop_assert_eq!(Some(text.as_str()), draft.text_at(field), "{}", field);
                }
            }
            if let Some(field) = desk.app.focus.field() {
                prop_assert!(desk.app.composer.text_at(field).is_some(), "{} is not there", field);
            }
            if let Some(item) = desk.app.focus.item() {
                prop_assert!(draft.message.has(item), "{:?} is not there", item);
            }
        }
    }
}
