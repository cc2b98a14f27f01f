//! What keys do: draft and keys in, draft, focus and effects out.

use crate::desk::{Desk, LOOK, order, text};
use rstest::rstest;
use wacompose::gateway::wire::{Response, Template};
use wacompose::gateway::{Exchange, Fallback, Outcome, Refusal};
use wacompose::message::outline::Item;
use wacompose::message::{Action, ActionKind, ButtonPart, Draft, Field, Kind, Message};
use wacompose::tui::dialog::Subject;
use wacompose::tui::effect::{Effect, Ticket};
use wacompose::tui::event::{Event, Sent, Step, Wait};
use wacompose::tui::focus::{Focus, Heading};
use wacompose::tui::keep::Ask;
use wacompose::tui::model::Tab;

fn button_text(at: usize) -> Focus {
    Focus::Edit(Field::Button(at, ButtonPart::Text))
}

fn button_id(at: usize) -> Focus {
    Focus::Edit(Field::Button(at, ButtonPart::Id))
}

fn text_of(desk: &Desk) -> &str {
    desk.app.draft().message.text()
}

#[rstest]
#[case::typing("", "Olá 日本 👋", "Olá 日本 👋")]
#[case::newline("a", "<enter>b", "a\nb")]
#[case::backspace_takes_a_whole_family("x👨‍👩‍👧‍👦", "<bs>", "x")]
#[case::backspace_takes_a_letter_with_its_mark("e\u{301}", "<bs>", "")]
#[case::delete_takes_a_flag("🇧🇷b", "<home><del>", "b")]
#[case::left_steps_over_a_cluster("a👩‍🚀b", "<left><left>-", "a-👩‍🚀b")]
#[case::right_steps_over_a_cluster("👩‍🚀b", "<home><right>-", "👩‍🚀-b")]
#[case::backspace_joins_lines("a\nb", "<home><bs>", "ab")]
#[case::word_delete("one 二つ three", "<ctrl-w>", "one 二つ ")]
#[case::to_the_beginning("one\ntwo 語", "<ctrl-home>X", "Xone\ntwo 語")]
#[case::to_the_end("one\ntwo 語", "<ctrl-home><ctrl-end>X", "one\ntwo 語X")]
#[case::up_from_the_first_line_selects("one two", "<left><shift-up>X", "Xo")]
#[case::kill_to_the_end("one two", "<home><ctrl-k>", "")]
#[case::undo_takes_a_word("", "one two<ctrl-z>", "one ")]
#[case::undo_twice("", "one two<ctrl-z><ctrl-z>", "")]
#[case::redo("", "one two<ctrl-z><ctrl-z><ctrl-y><ctrl-y>", "one two")]
#[case::typing_after_undo_drops_redo("", "one two<ctrl-z>x<ctrl-y>", "one x")]
#[case::selection_is_replaced("abc", "<shift-left><shift-left>X", "aX")]
#[case::select_all("日本", "<alt-a>x", "x")]
#[case::cut_and_paste("abc", "<shift-left><ctrl-x><home><ctrl-v>", "cab")]
#[case::delete_takes_the_selection("a👋c", "<shift-left><shift-left><del>", "a")]
#[case::up_and_down_keep_the_column("abc\nde\nfgh", "<left><up><up>X", "abXc\nde\nfgh")]
fn the_text_is_an_editor(#[case] before: &str, #[case] keys: &str, #[case] after: &str) {
    let mut desk = Desk::wuts(text(before));
    desk.press(keys);
    assert_eq!(text_of(&desk), after);
}

#[test]
fn a_paste_is_one_step_with_its_line_ends_normalised() {
    let mut desk = Desk::wuts(text("x"));
    desk.paste("one\rtwo\r\n三 👨‍👩‍👧");
    assert_eq!(text_of(&desk), "xone\ntwo\n三 👨‍👩‍👧");
    desk.press("<ctrl-z>");
    assert_eq!(text_of(&desk), "x");
}

#[test]
fn a_paste_of_four_thousand_characters_arrives_whole() {
    let mut desk = Desk::wuts(text(""));
    let long = "Ação 日本 ".repeat(500);
    desk.paste(&long);
    assert_eq!(text_of(&desk), long);
}

#[test]
fn a_paste_into_one_line_keeps_to_one_line() {
    let mut desk = Desk::wuts(order());
    desk.press("<tab>");
    assert_eq!(desk.app.focus, Focus::Edit(Field::Footer));
    desk.press("<alt-a>").paste("a\r\nb\n");
    assert_eq!(desk.buttons().footer, "a b");
}

#[test]
fn line_ends_of_a_file_stay_until_they_are_edited() {
    let desk = Desk::wuts(text("one\r\ntwo"));
    assert_eq!(text_of(&desk), "one\r\ntwo");
    assert!(desk.screen().contains("one␍"), "{}", desk.screen());
}

#[test]
fn tab_walks_every_field_and_the_right_hand_side() {
    let mut desk = Desk::wuts(order());
    let mut seen = vec![desk.app.focus];
    loop {
        desk.press("<tab>");
        if desk.app.focus == seen[0] {
            break;
        }
        seen.push(desk.app.focus);
    }
    // Ids are passed by.
    assert_eq!(seen.len(), 6 + 3 * 2 + 2);
    assert!(seen.contains(&Focus::Pane));
    desk.press("<shift-tab>");
    assert_eq!(desk.app.focus, *seen.last().unwrap());
}

#[rstest]
#[case::up_from_a_button(button_text(1), "<up>", button_text(0))]
#[case::down_between_ids(button_id(0), "<down>", button_id(1))]
#[case::down_to_the_buttons(Focus::Edit(Field::Footer), "<down>", Focus::Heading(Heading::Buttons))]
#[case::down_to_the_first_button(
    Focus::Heading(Heading::Buttons),
    "<down>",
    Focus::Item(Item::Button(0))
)]
#[case::enter_goes_on(
    Focus::Edit(Field::Footer),
    "<enter>",
    Focus::Heading(Heading::Buttons)
)]
#[case::enter_edits_a_button(Focus::Item(Item::Button(2)), "<enter>", button_text(2))]
fn arrows_and_enter_walk_the_form(#[case] from: Focus, #[case] keys: &str, #[case] to: Focus) {
    let mut desk = Desk::wuts(order());
    desk.press("<ctrl-p>ids of b<enter>");
    while desk.app.focus != from {
        desk.press("<tab>");
    }
    desk.press(keys);
    assert_eq!(desk.app.focus, to);
}

#[test]
fn buttons_are_added_removed_moved_and_brought_back() {
    let mut desk = Desk::wuts(order());
    desk.press("<tab><tab><tab>");
    assert_eq!(desk.app.focus, Focus::Item(Item::Button(0)));
    desk.press("<ins>Später 👋");
    assert_eq!(desk.buttons().buttons[1].text, "Später 👋");
    assert_eq!(desk.buttons().buttons[1].id, "später");
    assert_eq!(
        desk.buttons().buttons.len(),
        4,
        "a fourth stays, and is a problem"
    );
    assert!(desk.app.error_count() > 0);
    desk.press("<alt-up>");
    assert_eq!(desk.buttons().buttons[0].text, "Später 👋");
    assert_eq!(desk.app.focus, button_text(0));
    desk.press("<shift-tab><del>");
    assert_eq!(desk.buttons(), &order_buttons());
    desk.press("<ctrl-z>");
    assert_eq!(desk.buttons().buttons[0].text, "Später 👋");
}

fn order_buttons() -> wacompose::message::Buttons {
    match order().message {
        Message::Buttons(buttons) => buttons,
        _ => panic!("the sample has buttons"),
    }
}

#[test]
fn delete_inside_a_text_never_removes_a_button() {
    let mut desk = Desk::wuts(order());
    while desk.app.focus != button_text(0) {
        desk.press("<tab>");
    }
    desk.press("<home><del><del>");
    assert_eq!(desk.buttons().buttons.len(), 3);
    assert_eq!(desk.buttons().buttons[0].text, "nfirm");
}

#[test]
fn what_is_typed_on_a_button_goes_into_its_text() {
    let mut desk = Desk::wuts(order());
    desk.press("<tab><tab><tab>!日");
    assert_eq!(desk.buttons().buttons[0].text, "Confirm!日");
}

#[test]
fn another_action_of_a_button_keeps_each_value() {
    let mut desk = Desk::wuts(order());
    desk.press("<tab><tab><tab><right>");
    assert_eq!(desk.buttons().buttons[0].action.kind(), ActionKind::Copy);
    desk.press("<tab><tab>C0DE");
    assert_eq!(
        desk.buttons().buttons[0].action,
        Action::Copy {
            code: "C0DE".into()
        }
    );
    desk.press("<shift-tab><shift-tab><right><left>");
    assert_eq!(
        desk.buttons().buttons[0].action,
        Action::Copy {
            code: "C0DE".into()
        }
    );
}

#[test]
fn another_kind_keeps_what_both_have_and_loses_nothing() {
    let mut desk = Desk::wuts(order());
    desk.press("<shift-tab><shift-tab>");
    assert_eq!(desk.app.focus, Focus::Kind);
    desk.press("<left>");
    assert_eq!(desk.app.draft().message.kind(), Kind::Text);
    assert_eq!(text_of(&desk), order().message.text());
    desk.press("<right>");
    assert_eq!(desk.app.draft(), &order());
}

#[test]
fn f5_asks_once_and_enter_sends() {
    let mut desk = Desk::wuts(order());
    desk.take_effects();
    desk.press("<f5>");
    assert!(matches!(
        desk.asks().as_slice(),
        [Some(Subject::Confirm(_))]
    ));
    assert!(desk.take_effects().is_empty());
    desk.press("<esc>");
    assert!(desk.app.modals.is_empty() && desk.take_effects().is_empty());
    desk.press("<f5><enter>");
    let effects = desk.take_effects();
    assert!(
        matches!(effects.as_slice(), [Effect::Send { ticket: Ticket(1), draft, .. }] if **draft == order()),
        "{effects:?}"
    );
    // While it is under way another is not begun, and typing goes on: the Enter is not a line break.
    desk.press("<f5><enter>é");
    assert!(desk.take_effects().is_empty());
    assert!(text_of(&desk).ends_with("?é"), "{}", text_of(&desk));
}

#[test]
fn errors_block_and_can_be_fixed_or_sent_on_purpose() {
    let mut draft = order();
    draft.to.clear();
    let mut desk = Desk::wuts(draft);
    desk.take_effects();
    desk.press("<f5>");
    assert!(matches!(
        desk.asks().as_slice(),
        [Some(Subject::Blocked {
            forceable: true,
            ..
        })]
    ));
    desk.press("<enter>");
    assert_eq!(
        desk.app.focus,
        Focus::Edit(Field::To),
        "fix goes to the first problem"
    );
    desk.press("<f5><right><enter>");
    assert!(matches!(desk.asks().as_slice(), [Some(Subject::Confirm(confirm))] if confirm.forced));
    assert!(desk.take_effects().is_empty(), "it is asked again");
    desk.press("<enter>");
    assert!(matches!(
        desk.take_effects().as_slice(),
        [Effect::Send { .. }]
    ));
}

#[test]
fn what_a_gateway_has_no_method_for_cannot_be_forced() {
    let mut desk = Desk::wuts(order());
    desk.press("<tab><tab><tab><right><f5>");
    assert!(matches!(
        desk.asks().as_slice(),
        [Some(Subject::Blocked {
            forceable: false,
            ..
        })]
    ));
}

pub fn exchange(outcome: Outcome) -> Sent {
    let request = wacompose::gateway::wire::Request {
        url: Template::text("http://127.0.0.1:9/send/buttons"),
        headers: Vec::new(),
        body: serde_json::Value::Null,
    };
    let response = Response {
        status: 403,
        body: b"Forbidden \x1b[31m".to_vec(),
        ..Response::default()
    };
    Sent::Tried {
        main: Box::new(Exchange {
            request,
            response: Some(response),
            outcome,
            elapsed: std::time::Duration::ZERO,
            attempts: 1,
        }),
        duplicate: None,
    }
}

fn answered(desk: &mut Desk, ticket: u64, outcome: Outcome) {
    desk.happen(Event::Answered {
        ticket: Ticket(ticket),
        sent: Box::new(exchange(outcome)),
    });
}

#[test]
fn the_message_id_is_shown_and_can_be_copied() {
    let mut desk = Desk::wuts(order());
    desk.press("<f5><enter>");
    answered(
        &mut desk,
        1,
        Outcome::Accepted {
            message_id: "3EB0ABCDEF".into(),
        },
    );
    assert_eq!(desk.app.tab, Tab::Response);
    assert!(desk.screen().contains("3EB0ABCDEF"), "{}", desk.screen());
    desk.take_effects();
    desk.press("<alt-c>");
    assert_eq!(
        desk.take_effects(),
        [Effect::Copy {
            text: "3EB0ABCDEF".into(),
            what: "3EB0ABCDEF".into()
        }]
    );
}

#[test]
fn esc_cancels_and_a_stale_answer_is_dropped() {
    let mut desk = Desk::wuts(order());
    desk.press("<f5><enter>");
    desk.take_effects();
    desk.press("<esc><esc>");
    assert_eq!(desk.take_effects(), [Effect::Cancel(Ticket(1))]);
    answered(
        &mut desk,
        7,
        Outcome::Accepted {
            message_id: "of another time".into(),
        },
    );
    assert!(desk.app.sends.watched().is_some() && desk.app.delivery.is_none());
    answered(
        &mut desk,
        1,
        Outcome::Unknown(Refusal {
            code: "cancelled".into(),
            ..Refusal::default()
        }),
    );
    assert!(
        desk.screen().contains("Outcome unknown"),
        "{}",
        desk.screen()
    );
}

#[rstest]
#[case::interactive("<alt-i>", Kind::Buttons)]
#[case::numbered_text("<alt-n>", Kind::Text)]
fn a_refused_method_offers_two_ways_with_one_key_each(#[case] key: &str, #[case] kind: Kind) {
    let mut desk = Desk::wuts(order());
    desk.press("<f5><enter>");
    let instead = vec![Fallback::InteractiveReply, Fallback::NumberedText];
    answered(
        &mut desk,
        1,
        Outcome::Rejected(Refusal {
            code: "403".into(),
            instead,
            ..Refusal::default()
        }),
    );
    let screen = desk.screen();
    assert!(
        screen.contains("Alt+I") && screen.contains("Alt+N"),
        "{screen}"
    );
    desk.take_effects();
    desk.press(key);
    assert_eq!(desk.take_effects(), [], "nobody has read it");
    desk.wait(LOOK);
    // Once the message is another one, nothing is sent in place of the one that was refused.
    desk.press("n").press(key);
    assert_eq!(desk.take_effects(), []);
    desk.press("<bs>").press(key);
    let effects = desk.take_effects();
    let [Effect::Send { draft, .. }] = effects.as_slice() else {
        panic!("{effects:?}")
    };
    assert_eq!(draft.message.kind(), kind);
    assert!(!draft.message.text().contains("?n"));
}

#[test]
fn escape_sequences_of_an_answer_are_shown_as_characters() {
    let mut desk = Desk::wuts(order());
    desk.press("<f5><enter>");
    answered(
        &mut desk,
        1,
        Outcome::Rejected(Refusal {
            message: "\u{1b}]0;owned\u{7}".into(),
            ..Refusal::default()
        }),
    );
    let screen = desk.screen();
    assert!(
        screen.contains("␛]0;owned␇") && !screen.contains('\u{1b}'),
        "{screen}"
    );
}

#[test]
fn enter_on_a_problem_goes_to_its_field() {
    let mut draft = order();
    draft.to = "not a number".into();
    let mut desk = Desk::wuts(draft);
    desk.press("<alt-3>");
    assert_eq!((desk.app.tab, desk.app.focus), (Tab::Problems, Focus::Pane));
    desk.press("<enter>");
    assert_eq!(desk.app.focus, Focus::Edit(Field::To));
}

#[test]
fn what_is_typed_while_the_right_side_has_the_focus_is_no_text() {
    let mut desk = Desk::wuts(text("a"));
    desk.press("<f6>x語<ctrl-alt-@>").paste("日本\nb");
    assert_eq!(text_of(&desk), "a");
    assert_eq!(desk.app.focus, Focus::Pane);
    assert!(desk.screen().contains("Nothing is typed here"));
    desk.press("i語");
    assert_eq!(text_of(&desk), "a語");
}

#[test]
fn the_palette_finds_by_words_and_runs() {
    let mut desk = Desk::wuts(order());
    desk.press("<ctrl-p>add button<enter>");
    assert_eq!(desk.buttons().buttons.len(), 4);
    desk.press("<ctrl-p>profile green<enter>");
    assert_eq!(desk.app.profile().name, "sandbox-green-api");
}

#[test]
fn the_external_editor_gives_one_step_back() {
    let mut desk = Desk::wuts(text("before"));
    desk.take_effects();
    desk.press("<ctrl-e>");
    let effects = desk.take_effects();
    let [Effect::OpenEditor { ticket, text }] = effects.as_slice() else {
        panic!("{effects:?}")
    };
    assert_eq!(text, "before");
    desk.happen(Event::Edited {
        ticket: *ticket,
        text: Ok("after\n日本".into()),
    });
    assert_eq!(text_of(&desk), "after\n日本");
    desk.press("<ctrl-z>");
    assert_eq!(text_of(&desk), "before");
}

#[test]
fn quitting_asks_nothing() {
    let mut desk = Desk::wuts(order());
    desk.take_effects();
    desk.press("x<ctrl-q>");
    assert_eq!(desk.take_effects().last(), Some(&Effect::Quit));
}

#[test]
fn clicks_focus_fields_press_tabs_and_hints() {
    let mut desk = Desk::wuts(order());
    desk.click(12, 1);
    assert_eq!(desk.app.focus, Focus::Edit(Field::To));
    let screen = desk.screen();
    let row = screen.lines().nth(1).unwrap();
    let column = row.chars().take_while(|&c| c != 'y').count();
    let payload = row[..row.find("2 {}").unwrap()].chars().count();
    assert!(column > 0);
    desk.click(u16::try_from(payload).unwrap() + 1, 1);
    assert_eq!(desk.app.tab, Tab::Payload);
    desk.click(3, 28);
    assert!(
        matches!(desk.asks().as_slice(), [Some(Subject::Confirm(_))]),
        "the hint F5 presses"
    );
}

#[test]
fn nothing_is_due_when_nothing_goes_on() {
    let mut desk = Desk::wuts(order());
    assert_eq!(desk.app.next_wake(), None);
    desk.press("<f5><enter>");
    assert!(desk.app.next_wake().is_some(), "the spinner turns");
}

#[rstest]
#[case::on_the_kind("<shift-tab><shift-tab><shift-tab>", true)]
#[case::on_the_right_hand_side("<f6>", true)]
#[case::on_the_options("<alt-o><shift-tab>", true)]
#[case::in_the_history("<f3>", true)]
#[case::in_a_text_as_it_was("", true)]
#[case::in_a_text("x", false)]
#[case::on_a_button("<tab><tab><tab>", true)]
#[case::over_a_dialog("<f1>", false)]
fn ctrl_z_never_suspends(#[case] keys: &str, #[case] says_so: bool) {
    let mut desk = Desk::wuts(order());
    desk.press(keys);
    desk.take_effects();
    desk.press("<ctrl-z>");
    let effects = desk.take_effects();
    assert!(!effects.contains(&Effect::Suspend), "{effects:?}");
    let screen = desk.screen();
    assert_eq!(screen.contains("Nothing to undo here"), says_so, "{screen}");
}

#[test]
fn a_problem_taller_than_its_pane_can_be_chosen() {
    let long = "日本_".repeat(400);
    let mut desk = Desk::wuts(text(&format!("{{{{{long}}}}} {{{{b}}}}")));
    desk.resize(80, 15);
    desk.press("<alt-3><down><up><end>");
    assert_eq!(desk.app.selected_problem, 1);
}

#[test]
fn more_buttons_than_a_screen_has_rows_do_no_harm() {
    let mut draft = order();
    if let Message::Buttons(message) = &mut draft.message {
        let one = message.buttons[0].clone();
        message.buttons = vec![one; 70_000];
    }
    let mut desk = Desk::wuts(draft);
    desk.press("x");
    assert!(desk.screen().contains("more"));
}

#[test]
fn the_kind_that_it_has_already_changes_nothing() {
    let mut desk = Desk::wuts(order());
    desk.press("<tab>!<ctrl-p>make it a buttons<enter>");
    desk.press("<tab><tab>");
    while desk.app.focus != Focus::Edit(Field::Footer) {
        desk.press("<tab>");
    }
    desk.press("<ctrl-z>");
    assert_eq!(desk.buttons().footer, "WUTS Store");
}

#[test]
fn an_answer_says_nothing_of_another_profile() {
    let mut desk = Desk::wuts(order());
    desk.press("<f5><enter><ctrl-p>profile green<enter>");
    let link = desk.app.link.clone();
    answered(
        &mut desk,
        1,
        Outcome::Accepted {
            message_id: "3EB0".into(),
        },
    );
    assert_eq!(desk.app.link, link);
}

#[test]
fn end_never_leads_into_a_cluster_at_a_wrapped_rows_end() {
    const FAMILY: &str = "👨‍👩‍👧‍👦";
    let mut desk = Desk::wuts(text(&FAMILY.repeat(60)));
    desk.press("<ctrl-home><end>X");
    let (before, after) = text_of(&desk).split_once('X').unwrap();
    assert!(!after.is_empty(), "the row ends before the text");
    assert_eq!(before, FAMILY.repeat(before.matches(FAMILY).count()));
}

#[test]
fn quitting_anyway_while_a_message_is_sent_waits_only_for_what_was_written() {
    let mut desk = Desk::wuts(order());
    desk.press("<f5><enter>");
    desk.take_effects();
    desk.press("<ctrl-q><right><enter>");
    assert_eq!(desk.take_effects(), [Effect::GiveUp(Ticket(1))]);
    let refusal = Refusal {
        code: "cancelled".into(),
        ..Refusal::default()
    };
    answered(&mut desk, 1, Outcome::Unknown(refusal));
    // Nobody has read what became of it: it is asked about at the next start.
    let expected = [Effect::Store(Ask::StayInDoubt(None)), Effect::Quit];
    assert_eq!(desk.take_effects(), expected);
    let words = desk.app.unsettled().unwrap();
    assert!(words.contains("+55 11 99999-9999"), "{words}");
}

#[test]
fn quitting_twice_waits_for_nothing() {
    let mut desk = Desk::wuts(order());
    desk.press("<f5><enter><ctrl-q>").wait(LOOK);
    desk.take_effects();
    desk.press("<ctrl-q>");
    assert_eq!(desk.take_effects(), [Effect::GiveUp(Ticket(1))]);
    desk.press("<ctrl-q>");
    assert_eq!(desk.take_effects(), [Effect::Quit]);
    assert!(desk.app.unsettled().is_some());
}

#[test]
fn an_answer_does_not_take_the_form_from_whoever_types() {
    let mut desk = Desk::wuts(order());
    desk.resize(60, 20).press("<f5><enter><f2>a");
    let accepted = Outcome::Accepted {
        message_id: "3EB0".into(),
    };
    answered(&mut desk, 1, accepted);
    desk.press("<bs>b");
    assert!(text_of(&desk).ends_with("*?b"), "{}", text_of(&desk));
    assert_eq!(desk.app.unsettled(), None);
}

#[test]
fn insert_in_a_buttons_text_adds_the_next_one() {
    let mut desk = Desk::wuts(text("Hi"));
    desk.press("<ctrl-p>buttons message<enter>");
    while desk.app.focus != Focus::Heading(Heading::Buttons) {
        desk.press("<tab>");
    }
    desk.press("<ins>Yes<ins>No<ins>Later");
    let texts = |desk: &Desk| -> Vec<String> {
        let buttons = desk.buttons().buttons.iter();
        buttons.map(|button| button.text.clone()).collect()
    };
    assert_eq!(texts(&desk), ["Yes", "No", "Later"]);
    desk.press("<home><del>");
    assert_eq!(texts(&desk), ["Yes", "No", "ater"]);
}

#[test]
fn a_second_send_after_an_unknown_outcome_says_so() {
    let mut desk = Desk::wuts(order());
    desk.press("<f5>");
    assert!(!desk.screen().contains("sent already"), "{}", desk.screen());
    desk.press("<enter>");
    answered(&mut desk, 1, Outcome::Unknown(Refusal::default()));
    desk.press("<f5>");
    assert!(desk.screen().contains("sent already"), "{}", desk.screen());
    desk.press("<esc>x<f5>");
    assert!(!desk.screen().contains("sent already"), "{}", desk.screen());
}

#[test]
fn a_forced_send_to_nobody_says_so() {
    let mut desk = Desk::wuts(Draft {
        to: String::new(),
        ..order()
    });
    desk.press("<f5><right><enter>");
    assert!(desk.screen().contains("nobody"), "{}", desk.screen());
}

#[test]
fn a_wait_before_another_attempt_counts_down_and_can_be_cancelled() {
    let mut desk = Desk::wuts(order());
    desk.press("<f5><enter>");
    desk.take_effects();
    desk.happen(Event::Trying {
        ticket: Ticket(1),
        step: Step::Wait(Wait {
            attempt: 2,
            of: 5,
            delay: std::time::Duration::from_secs(3),
            reason: "429".into(),
        }),
    });
    let waits = |seconds: u32| format!("trying again in {seconds} s (2 of 5)");
    assert!(desk.screen().contains(&waits(3)), "{}", desk.screen());
    assert!(desk.app.next_wake().is_some());
    desk.now += std::time::Duration::from_secs(2);
    desk.happen(Event::Wake);
    assert!(desk.screen().contains(&waits(1)), "{}", desk.screen());
    desk.happen(Event::Trying {
        ticket: Ticket(7),
        step: Step::Attempt(2),
    });
    assert!(
        desk.screen().contains("trying again"),
        "that was another send"
    );
    desk.press("<esc>");
    assert_eq!(desk.take_effects(), [Effect::Cancel(Ticket(1))]);
    assert!(!desk.screen().contains("trying again"));
}

/// Refused, with numbered text as the way out.
fn refused(desk: &mut Desk) {
    answered(
        desk,
        1,
        Outcome::Rejected(Refusal {
            instead: vec![Fallback::NumberedText],
            ..Refusal::default()
        }),
    );
}

#[rstest]
#[case::once_it_was_refused(false)]
#[case::while_it_is_sent(true)]
fn nothing_is_sent_instead_of_a_message_that_was_left(#[case] is_early: bool) {
    let mut desk = Desk::wuts(order());
    desk.press("<f5><enter>");
    if is_early {
        desk.press("<ctrl-n>");
    }
    refused(&mut desk);
    if !is_early {
        assert!(desk.screen().contains("Alt+N"), "{}", desk.screen());
        desk.press("<ctrl-n>");
    }
    assert!(!desk.screen().contains("Alt+N"), "{}", desk.screen());
    desk.take_effects();
    desk.press("<alt-n>");
    assert_eq!(desk.take_effects(), []);
}

/// What is sent instead is of the file that the message was sent from, whatever it is saved as since.
#[test]
fn what_is_sent_instead_has_the_name_of_its_file() {
    let mut desk = Desk::wuts(order());
    desk.app.file = Some("/tmp/日本.toml".into());
    desk.press("<f5><enter>");
    refused(&mut desk);
    desk.app.file = Some("/tmp/other.toml".into());
    desk.take_effects();
    desk.wait(LOOK).press("<alt-n>");
    let effects = desk.take_effects();
    let [Effect::Send { file, .. }] = effects.as_slice() else {
        panic!("{effects:?}")
    };
    assert_eq!(file.as_deref(), Some("日本.toml"));
}
