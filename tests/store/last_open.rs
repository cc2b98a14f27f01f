//! What the next start opens, and which drafts are none any more.

use std::path::Path;

use rstest::rstest;
use wacompose::gateway::{Exchange, GatewayKind, Outcome};
use wacompose::message::{Buttons, Draft, Kind, Message};
use wacompose::store::{Begin, DraftId, LastOpen, Origin, SendId, Store, Written};

use super::{DAY, Data, NOW, WIDE, accepted, begin, refusal, request, text};

const TO: &str = "+55 11 99999-9999";

fn save(store: &mut Store, draft: &Draft) -> DraftId {
    store.save_draft(None, draft, None, NOW).unwrap()
}

/// What the next start opens, in words.
fn next(data: &Data) -> String {
    match data.open().open_last(NOW + 9).unwrap() {
        LastOpen::Never => "never".to_owned(),
        LastOpen::Draft(kept) => format!("draft {}", kept.draft.message.text()),
        LastOpen::File(path) => format!("file {}", path.display()),
        LastOpen::Empty(kind) => format!("empty {kind}"),
        LastOpen::Elsewhere(kind) => format!("elsewhere {kind}"),
    }
}

fn begin_from(store: &mut Store, draft: &Draft, id: DraftId, source: &Draft) -> SendId {
    let origin = Origin {
        draft: id,
        source: source.clone(),
    };
    let begin = Begin {
        profile: "p",
        gateway: GatewayKind::Wuts,
        draft,
        request: &request(draft),
        file: None,
        now: NOW,
        again: None,
        from: Some(&origin),
    };
    store.begin(&begin).unwrap()
}

fn with(outcome: Outcome, draft: &Draft) -> Exchange {
    Exchange {
        outcome,
        ..accepted(draft, "3EB0")
    }
}

// -------------------------------------------------------------------- what was open

#[rstest]
#[case::nothing(|_: &mut Store| {}, "never")]
#[case::a_draft(|store: &mut Store| { save(store, &text(TO, "um 日")); }, "draft um 日")]
#[case::the_one_that_was_opened(|store: &mut Store| {
    let one = save(store, &text(TO, "um 日"));
    save(store, &text(TO, "dois"));
    store.open_draft(one, NOW).unwrap();
}, "draft um 日")]
#[case::the_one_that_was_in_the_form(|store: &mut Store| {
    let one = save(store, &text(TO, "um 日"));
    save(store, &text(TO, "dois"));
    store.note_open_draft(one).unwrap();
}, "draft um 日")]
#[case::left_empty(|store: &mut Store| {
    save(store, &text(TO, "um 日"));
    store.note_open(Kind::List, None).unwrap();
}, "empty list")]
#[case::empty_from_the_first(|store: &mut Store| {
    store.note_open(Kind::Text, None).unwrap();
}, "empty text")]
#[case::a_file(|store: &mut Store| {
    let file = Path::new("/tmp/日本.toml");
    store.note_open(Kind::Text, Some(file)).unwrap();
}, "file /tmp/日本.toml")]
#[case::deleted(|store: &mut Store| {
    save(store, &text(TO, "um 日"));
    let two = save(store, &text(TO, "dois"));
    store.delete_draft(two, NOW).unwrap();
}, "empty text")]
#[case::forgotten(|store: &mut Store| {
    save(store, &text(TO, "um 日"));
    let two = save(store, &text(TO, "dois"));
    store.forget_draft(two, NOW).unwrap();
}, "empty text")]
#[case::another_was_forgotten(|store: &mut Store| {
    let one = save(store, &text(TO, "um 日"));
    save(store, &text(TO, "dois"));
    store.forget_draft(one, NOW).unwrap();
}, "draft dois")]
#[case::only_looked_at(|store: &mut Store| {
    let one = save(store, &text(TO, "um 日"));
    save(store, &text(TO, "dois"));
    store.read_draft(one, NOW).unwrap();
}, "draft dois")]
#[case::something_was_sent_at_the_prompt(|store: &mut Store| {
    begin(store, &text(TO, WIDE), NOW, None);
}, "empty text")]
#[case::all_is_gone_since(|store: &mut Store| {
    let one = save(store, &text(TO, "um 日"));
    store.delete_draft(one, NOW).unwrap();
    store.purge(NOW + 31 * DAY, 90).unwrap();
}, "empty text")]
fn what_was_open_opens(#[case] act: fn(&mut Store), #[case] expected: &str) {
    let data = Data::new();
    let mut store = data.open();
    act(&mut store);
    drop(store);
    assert_eq!(next(&data), expected);
}

#[test]
fn what_another_composer_has_is_not_opened_twice() {
    let data = Data::new();
    let mut first = data.open();
    let id = save(&mut first, &text(TO, WIDE));
    assert_eq!(next(&data), "elsewhere text");
    // Nor is it noted by whoever does not have it.
    let mut second = data.open();
    second.note_open(Kind::Catalog, None).unwrap();
    second.note_open_draft(id).unwrap();
    drop(first);
    drop(second);
    assert_eq!(next(&data), "empty catalog");
}

// -------------------------------------------------------------------- what was sent

#[rstest]
#[case::as_it_is(text(TO, WIDE), text(TO, WIDE), true)]
#[case::with_blanks_at_the_ends(text(TO, WIDE), text(TO, &format!("{WIDE} \n")), true)]
#[case::spelt_otherwise(text(TO, WIDE), text("5511999999999", WIDE), true)]
#[case::changed(text(TO, WIDE), text(TO, &format!("{WIDE}!")), false)]
#[case::to_another(text(TO, WIDE), text("+55 11 99999-9998", WIDE), false)]
fn what_was_accepted_is_no_draft(#[case] sent: Draft, #[case] now: Draft, #[case] gone: bool) {
    let data = Data::new();
    let mut store = data.open();
    let id = save(&mut store, &sent);
    let send = begin_from(&mut store, &sent, id, &sent);
    store.save_draft(Some(id), &now, None, NOW + 1).unwrap();
    store
        .finish(send, &accepted(&sent, "3EB0"), NOW + 2)
        .unwrap();
    assert_eq!(store.drafts().unwrap().is_empty(), gone);
    // The outcome and the draft are written in one step.
    drop(store);
    let words = now.message.text();
    let expected = if gone {
        "empty text".to_owned()
    } else {
        format!("draft {words}")
    };
    assert_eq!(next(&data), expected);
}

#[test]
fn variables_and_pictures_make_it_no_other_message() {
    let data = Data::new();
    let mut store = data.open();
    let template = text(TO, "Olá {{name}} 日");
    let id = save(&mut store, &template);
    let filled = text(TO, "Olá Ana 日");
    let send = begin_from(&mut store, &filled, id, &template);
    store
        .finish(send, &accepted(&filled, "3EB0"), NOW + 1)
        .unwrap();
    assert_eq!(store.drafts().unwrap(), []);
    drop(store);
    assert_eq!(next(&data), "empty text");
}

#[test]
fn a_named_draft_stays_in_the_list_and_is_not_open() {
    let data = Data::new();
    let mut store = data.open();
    let draft = text(TO, WIDE);
    let id = save(&mut store, &draft);
    store.rename_draft(id, Some("Boas-vindas 日")).unwrap();
    let send = begin_from(&mut store, &draft, id, &draft);
    store
        .finish(send, &accepted(&draft, "3EB0"), NOW + 1)
        .unwrap();
    assert_eq!(store.drafts().unwrap().len(), 1);
    drop(store);
    assert_eq!(next(&data), "empty text");
}

#[rstest]
#[case::rejected(Outcome::Rejected(refusal("403")), false)]
#[case::unknown(Outcome::Unknown(refusal("timeout")), true)]
fn what_was_not_accepted_stays_a_draft(#[case] outcome: Outcome, #[case] in_doubt: bool) {
    let data = Data::new();
    let mut store = data.open();
    let draft = text(TO, WIDE);
    let id = save(&mut store, &draft);
    let send = begin_from(&mut store, &draft, id, &draft);
    store.finish(send, &with(outcome, &draft), NOW + 1).unwrap();
    drop(store);
    assert_eq!(next(&data), format!("draft {WIDE}"));
    let mut store = data.open();
    let kept = store.open_draft(id, NOW).unwrap();
    assert_eq!(
        kept.in_doubt.as_ref().map(|sent| sent.id),
        in_doubt.then_some(send)
    );
    if let Some(sent) = kept.in_doubt {
        assert!(sent.at.contains(':'), "today it is a time: {}", sent.at);
        let later = store
            .open_draft(id, NOW + 2 * DAY)
            .unwrap()
            .in_doubt
            .unwrap();
        assert!(later.at.contains('-'), "then it is a day: {}", later.at);
    }
    // Changed it is another message.
    store
        .save_draft(Some(id), &text(TO, "日"), None, NOW + 3)
        .unwrap();
    assert_eq!(store.open_draft(id, NOW).unwrap().in_doubt, None);
}

/// Killed under way it stays a draft, in doubt; what somebody says then decides.
#[rstest]
#[case::marked_as_sent(true)]
#[case::kept_unknown(false)]
fn what_was_under_way_is_in_doubt_with_its_draft(#[case] is_sent: bool) {
    let data = Data::new();
    let mut store = data.open();
    let template = text(TO, "Olá {{name}} 日");
    let id = save(&mut store, &template);
    let send = begin_from(&mut store, &text(TO, "Olá Ana 日"), id, &template);
    drop(store);
    let mut store = data.open();
    assert_eq!(store.interrupted().unwrap().len(), 1);
    let kept = store.open_draft(id, NOW).unwrap();
    assert_eq!(kept.in_doubt.map(|sent| sent.id), Some(send));
    if is_sent {
        store.mark_sent(send, None).unwrap();
    } else {
        store.keep_unknown(send).unwrap();
    }
    drop(store);
    let expected = if is_sent {
        "empty text"
    } else {
        "draft Olá {{name}} 日"
    };
    assert_eq!(next(&data), expected);
}

#[test]
fn sent_again_in_its_place_it_is_from_the_same_draft() {
    let data = Data::new();
    let mut store = data.open();
    let draft = text(TO, WIDE);
    let id = save(&mut store, &draft);
    let lost = begin_from(&mut store, &draft, id, &draft);
    drop(store);
    let mut store = data.open();
    let again = begin(&mut store, &draft, NOW + 5, Some(lost));
    store
        .finish(again, &accepted(&draft, "3EB0"), NOW + 6)
        .unwrap();
    assert_eq!(store.drafts().unwrap(), []);
}

// -------------------------------------------------------------------- what another kind set aside

fn buttons() -> Message {
    Message::Buttons(Buttons {
        header: "cabeçalho 日".to_owned(),
        text: WIDE.to_owned(),
        footer: "rodapé שלום".to_owned(),
        ..Buttons::default()
    })
}

#[test]
fn what_another_kind_set_aside_goes_with_its_draft() {
    let data = Data::new();
    let mut store = data.open();
    let draft = text(TO, WIDE);
    let aside = [Kind::List.empty(), buttons()];
    let written = Written {
        aside: &aside,
        ..Written::from(&draft)
    };
    let id = store.save_draft(None, written, None, NOW).unwrap();
    assert_eq!(store.open_draft(id, NOW).unwrap().aside, aside);
    // The same draft with less aside is another one.
    let less = Written {
        aside: &aside[1..],
        ..Written::from(&draft)
    };
    assert_eq!(store.save_draft(Some(id), less, None, NOW).unwrap(), id);
    assert_eq!(store.open_draft(id, NOW).unwrap().aside, aside[1..]);

    store.rename_draft(id, Some("日")).unwrap();
    store.delete_draft(id, NOW).unwrap();
    store.restore_draft(id).unwrap();
    let copy = store.duplicate_draft(id, NOW + 1).unwrap();
    for id in [id, copy] {
        let kept = store.open_draft(id, NOW).unwrap();
        assert_eq!((kept.draft, &kept.aside[..]), (draft.clone(), &aside[1..]));
    }
}

#[test]
fn what_was_set_aside_comes_out_of_a_damaged_file() {
    let data = Data::new();
    let mut store = data.open();
    let draft = text(TO, WIDE);
    let written = Written {
        aside: &[buttons()],
        ..Written::from(&draft)
    };
    store.save_draft(None, written, None, NOW).unwrap();
    drop(store);
    std::fs::write(data.folder().join("wacompose.db.damaged"), "").unwrap();
    let (mut store, _) = data.open_with_notice();
    let kept = store.open_last_draft(NOW).unwrap().unwrap();
    assert_eq!((kept.draft, kept.aside), (draft, vec![buttons()]));
}
