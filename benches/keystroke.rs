//! A keystroke, a paste and a check, state update and draw together, without a terminal.

#![expect(clippy::unwrap_used, reason = "a bench that cannot go on stops")]

use std::collections::BTreeMap;
use std::time::Duration;

use crossterm::event::{Event as TermEvent, KeyCode, KeyEvent, KeyModifiers};
use divan::Bencher;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::Size;
use wacompose::config::Profile;
use wacompose::gateway::{Account, GatewayKind};
use wacompose::message::{Action, Button, Buttons, Draft, Message};
use wacompose::tui::app::{App, Setup};
use wacompose::tui::draw::draw;
use wacompose::tui::event::Event;
use wacompose::tui::keymap::Keymap;
use wacompose::tui::theme::Theme;

fn main() {
    divan::main();
}

/// A buttons message whose text has this many characters, of prose with markup and wide ones.
fn full(characters: usize) -> Draft {
    let prose = "Olá *Maria*, o seu pedido 日本 saiu para _entrega_ hoje às 14:32. 👋\n";
    let button = |number: usize| Button {
        id: format!("button_{number}"),
        text: "Confirm the order".to_owned(),
        action: Action::Reply,
    };
    Draft {
        to: "+55 11 99999-9999".to_owned(),
        message: Message::Buttons(Buttons {
            header: String::new(),
            text: prose.chars().cycle().take(characters).collect(),
            footer: "WUTS Store".to_owned(),
            buttons: (1..=3).map(button).collect(),
        }),
        ..Draft::default()
    }
}

struct Desk {
    app: App,
    terminal: Terminal<TestBackend>,
    now: Duration,
}

impl Desk {
    fn new(draft: Draft, (width, height): (u16, u16)) -> Self {
        let (app, _) = App::new(Setup {
            draft,
            file: None,
            source: None,
            quoted: None,
            profiles: vec![Profile::sandbox(GatewayKind::Wuts)],
            profile: 0,
            keymap: Keymap::new(&BTreeMap::new()).unwrap(),
            theme: Theme::new("dark", true).unwrap(),
            size: Size { width, height },
        });
        let terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        let mut desk = Self {
            app,
            terminal,
            now: Duration::ZERO,
        };
        desk.draw();
        desk
    }

    fn draw(&mut self) {
        self.terminal.draw(|frame| draw(&self.app, frame)).unwrap();
    }

    fn happen(&mut self, event: TermEvent) {
        self.now += Duration::from_millis(30);
        self.app.update(Event::Term(event), self.now);
        self.draw();
    }
}

const SIZES: [(u16, u16); 2] = [(120, 40), (200, 60)];

/// One letter into a text of 4,096 characters, with three buttons and the preview.
#[divan::bench(args = SIZES)]
fn keystroke(bencher: Bencher, size: (u16, u16)) {
    let mut desk = Desk::new(full(4096), size);
    let key = |code| TermEvent::Key(KeyEvent::new(code, KeyModifiers::NONE));
    let mut typed = false;
    bencher.bench_local(|| {
        // A letter and its deletion in turn, so that the text stays as long as it is.
        desk.happen(key(if typed {
            KeyCode::Backspace
        } else {
            KeyCode::Char('x')
        }));
        typed = !typed;
    });
}

/// One letter into the short text of an ordinary message.
#[divan::bench(args = SIZES)]
fn keystroke_short(bencher: Bencher, size: (u16, u16)) {
    let mut desk = Desk::new(full(60), size);
    let key = |code| TermEvent::Key(KeyEvent::new(code, KeyModifiers::NONE));
    let mut typed = false;
    bencher.bench_local(|| {
        desk.happen(key(if typed {
            KeyCode::Backspace
        } else {
            KeyCode::Char('x')
        }));
        typed = !typed;
    });
}

/// A paste of 4,000 characters into an empty text.
#[divan::bench(args = SIZES)]
fn paste(bencher: Bencher, size: (u16, u16)) {
    let text = full(4000).message.text().to_owned();
    bencher
        .with_inputs(|| Desk::new(full(0), size))
        .bench_local_refs(|desk| desk.happen(TermEvent::Paste(text.clone())));
}

/// `check` of a full message, limits and gateway included.
#[divan::bench(args = GatewayKind::ALL)]
fn check(bencher: Bencher, gateway: GatewayKind) {
    let (account, draft) = (Account::public(gateway), full(4096));
    bencher.bench_local(|| account.check(&draft));
}
