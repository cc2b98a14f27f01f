//! The composer, through everything that shows or writes something, with each gateway.

use rstest::rstest;
use wacompose::tui::action::Action;

use crate::desk::{DELETE, DOWN, Desk, ESC, F1, F2, F3, INSERT, LEFT, PALETTE, RIGHT};
use crate::gateway::Goes;
use crate::scan::PASTED;
use crate::session::ENTER;

#[rstest]
#[case::wuts("wuts")]
#[case::green_api("green-api")]
#[case::cloud_api("cloud-api")]
fn through_every_feature(#[case] gateway: &str) {
    let is_green = gateway == "green-api";
    let mut desk = Desk::new(gateway);
    how_it_stands(&mut desk, gateway);
    sends(&mut desk, is_green);
    other_profiles(&mut desk);
    history(&mut desk);
    drafts_and_files(&mut desk);
    every_command(&mut desk, is_green);
    killed(&mut desk, is_green);
    desk.quits();
    assert!(desk.copied.iter().any(|text| text.contains("3EB0-***")));
    assert!(desk.copied.iter().any(|text| text.starts_with("curl ")));
    let log = std::fs::read_to_string(desk.home.path().join("log")).unwrap();
    assert!(log.contains("TRACE") && log.contains("attempt 1"), "{log}");
}

/// The title, the request, and the requests of the other gateways.
fn how_it_stands(desk: &mut Desk, gateway: &str) {
    match gateway {
        "wuts" => desk.sees("● connected"),
        "green-api" => desk.sees("names a state that its page does not"),
        _ => {}
    }
    desk.does("\u{1b}2", "***");
    desk.does("\u{1b}5", "Enter compares the requests");
    let all = [
        ("wuts", "WUTS"),
        ("green-api", "GREEN-API"),
        ("cloud-api", "Cloud API"),
    ];
    for (_, title) in all.into_iter().filter(|(name, _)| *name != gateway) {
        let selected = format!("▸ {title}");
        while !desk.session.text().contains(&selected) {
            let before = marked(&desk.session.text());
            desk.types(DOWN);
            desk.session
                .until("another gateway", |screen| marked(screen) != before);
        }
        desk.does("\r", " difference");
        desk.closes(" difference");
    }
    desk.types(F2);
}

/// The gateway that is marked in the comparison.
fn marked(screen: &str) -> Option<&'static str> {
    let all = ["WUTS", "GREEN-API", "Cloud API", "Evolution"];
    let is_marked = |title: &&&str| screen.contains(&format!("▸ {title}"));
    all.iter().find(is_marked).copied()
}

/// Every answer there may be.
fn sends(desk: &mut Desk, is_green: bool) {
    desk.sends(Goes::Well, "✓ Accepted");
    desk.sees("***");
    desk.does("\u{1b}c", "✓ Sent to the terminal's clipboard");
    desk.commands("copy as curl");
    desk.sees("the token masked");
    desk.sends(Goes::Status(401), "✗ Rejected");
    desk.sees("HTTP 401");
    desk.sends(Goes::Status(403), "HTTP 403");
    if is_green {
        desk.sees("▸ Alt+I  send by the interactive method");
        desk.types("\u{1b}i");
        desk.sees("sendInteractiveButtonsReply/***");
        desk.sends(Goes::Status(403), "▸ Alt+N  send as numbered text");
        desk.gateway.goes(Goes::Well);
        desk.does("\u{1b}n", "✓ Accepted");
        desk.commands("what waits");
        desk.does("", "Waiting for the phone");
        desk.closes("Waiting for the phone");
        desk.commands("throw away");
        desk.sees("Clear the queue?");
        desk.chooses(LEFT, "Clear the queue?", "***");
    }
    desk.sends(Goes::Status(500), "HTTP 500");
    desk.sends(Goes::Page(500), "<html>");
    desk.sends(Goes::Short, "broke off here");
    desk.sends(Goes::Away, "? Outcome unknown");
    desk.sends(Goes::Garbage, "is not HTTP");
}

/// A token that cannot be read, and a proxy that repeats its password.
fn other_profiles(desk: &mut Desk) {
    desk.commands("use profile broken");
    desk.sends(Goes::Well, "bad ***");
    desk.commands("use profile proxied");
    desk.sends(Goes::Well, "✓ Accepted");
    desk.sends(Goes::Status(407), "HTTP 407");
    desk.commands("use profile ours");
}

fn history(desk: &mut Desk) {
    desk.does(F3, "‹all›");
    desk.sees("? unknown");
    desk.types("accepted");
    desk.sees_no_more("? unknown");
    desk.does("\r", "── Answer");
    desk.sees("***");
    desk.does("\u{1b}c", "✓ Sent to the terminal's clipboard");
    desk.closes("── Answer");
    desk.commands("copy as curl");
    desk.sees("the token masked");
    desk.types(ESC);
    desk.sees("? unknown");
    desk.types("\t");
    desk.sees_no_more("‹all›");
    desk.does("\u{1b}[Z", "‹all›");
    desk.sees("✗ rejected");
    desk.does(INSERT, "Marked: mark another one");
    desk.types(DOWN);
    desk.does(INSERT, " difference");
    desk.closes(" difference");
    desk.does("\u{1b}r", "A new draft, as it was sent");
}

fn drafts_and_files(desk: &mut Desk) {
    desk.does("\u{1b}l", "● here");
    desk.does("\u{1b}u", " of 2 ");
    // The other one: the one here stays as it is.
    desk.types(DOWN);
    desk.does("\u{1b}r", "Enter names it");
    desk.types(&format!("nome 日本{ENTER}"));
    desk.sees_no_more("Enter names it");
    desk.sees("nome 日本");
    desk.does(DELETE, "brings it back");
    desk.does("\u{1a}", " of 2 ");
    desk.closes("Enter opens");
    for name in ["out.toml", "out.json"] {
        desk.commands("under another name");
        desk.sees("Save as");
        desk.types("\u{1b}a");
        desk.does(name, name);
        desk.does(ENTER, &format!("Saved {name}"));
    }
    desk.does(F1, "Enter");
    desk.types(ESC);
    desk.commands("import from paste");
    let pasted = format!(
        "curl https://api.test/send/text -H 'Authorization: Bearer {PASTED}' \
         -d '{{\"number\":\"5511999999999\",\"text\":\"Olá 日本\"}}'"
    );
    desk.does(&format!("\u{1b}[200~{pasted}\u{1b}[201~"), "✓ WUTS");
    desk.does("\r", "Imported");
    desk.does("\u{5}", "Editado 日本");
    opens(desk);
}

/// Opens the file that was saved.
fn opens(desk: &mut Desk) {
    desk.does("\u{f}", "Open a message file");
    desk.types("\u{1b}a");
    desk.does("out.toml", "out.toml");
    desk.types(ENTER);
    desk.sees_no_more("Open a message file");
}

/// Everything that the palette has, each closed again.
fn every_command(desk: &mut Desk, is_green: bool) {
    desk.gateway.goes(Goes::Status(401));
    // The editor takes keys that are meant for what comes after it, and was looked at above.
    let others = [
        Action::Palette,
        Action::Quit,
        Action::Suspend,
        Action::Editor,
    ];
    for action in Action::ALL {
        if others.contains(action) {
            continue;
        }
        desk.commands(action.words());
        if *action == Action::Queue && is_green {
            // It comes when it is answered, above whatever is there by then.
            desk.sees("Waiting for the phone");
        }
        desk.types(&ESC.repeat(3));
    }
    desk.does(PALETTE, "Enter runs");
    desk.closes("Enter runs");
}

/// Killed while it sends: each answer to the question what became of the message.
fn killed(desk: &mut Desk, is_green: bool) {
    desk.types(F2);
    opens(desk);
    desk.gateway.goes(Goes::Never);
    desk.gateway.forgets();
    desk.confirms();
    desk.is_killed_while_it_sends();
    let asked = |desk: &mut Desk| {
        desk.sees("Outcome unknown");
        if is_green {
            desk.sees("The chat's journal");
        }
    };
    asked(desk);
    desk.closes("Outcome unknown");
    desk.quits();
    desk.begins();
    asked(desk);
    desk.types(&RIGHT.repeat(2));
    desk.answers();
    desk.sees("Send it again?");
    desk.types(LEFT);
    // It was accepted at another time.
    desk.answers();
    desk.sees("accepted already");
    desk.types(LEFT);
    desk.answers();
    desk.is_killed_while_it_sends();
    asked(desk);
    desk.chooses(LEFT, "Nobody knows", "It stays unknown");
    desk.does(F3, "‹all›");
    desk.sees("? unknown");
    desk.types("\u{1b}u");
    asked(desk);
    desk.chooses(RIGHT, "Nobody knows", "marked sent");
}
