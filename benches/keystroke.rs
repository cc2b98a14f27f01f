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
use wacompose::message::{
    Action, Button, Buttons, Catalog, Draft, Field, Message, ProductSection, SectionPart,
};
use wacompose::tui::draw::draw;
use wacompose::tui::event::Event;
use wacompose::tui::focus::Focus;
use wacompose::tui::graphics::Graphics;
use wacompose::tui::keymap::Keymap;
use wacompose::tui::model::{Model, Setup};
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
    app: Model,
    terminal: Terminal<TestBackend>,
    now: Duration,
}

impl Desk {
    fn new(draft: Draft, (width, height): (u16, u16)) -> Self {
        let (app, _) = Model::new(Setup {
            draft,
            file: None,
            source: None,
            quoted: None,
            resume: false,
            profiles: vec![Profile::sandbox(GatewayKind::Wuts)],
            profile: 0,
            keymap: Keymap::new(&BTreeMap::new()).unwrap(),
            theme: Theme::new("dark", true).unwrap(),
            size: Size { width, height },
            allow_private: false,
            graphics: Graphics::NONE,
            folder: std::path::PathBuf::from("/home"),
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

/// One letter, and its deletion the next time, so that everything stays as long as it is.
fn type_into(bencher: Bencher, mut desk: Desk) {
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

/// One letter into a text of 4,096 characters, with three buttons and the preview.
#[divan::bench(args = SIZES)]
fn keystroke(bencher: Bencher, size: (u16, u16)) {
    type_into(bencher, Desk::new(full(4096), size));
}

/// One letter into the short text of an ordinary message.
#[divan::bench(args = SIZES)]
fn keystroke_short(bencher: Bencher, size: (u16, u16)) {
    type_into(bencher, Desk::new(full(60), size));
}

/// A catalog of ten sections with thirty products each.
fn catalog() -> Draft {
    let section = |section: usize| ProductSection {
        title: format!("Seção {section} 日本"),
        products: (0..30)
            .map(|at| format!("98765{section:02}{at:03}"))
            .collect(),
    };
    Draft {
        to: "+55 11 99999-9999".to_owned(),
        message: Message::Catalog(Catalog {
            title: "Catálogo de verão".to_owned(),
            text: "Nossas novidades da temporada 👕".to_owned(),
            button: "Ver produtos".to_owned(),
            business_owner: "5511988887777@s.whatsapp.net".to_owned(),
            sections: (0..10).map(section).collect(),
            ..Catalog::default()
        }),
        ..Draft::default()
    }
}

/// One letter into the id of a product in the middle of three hundred.
#[divan::bench(args = SIZES)]
fn keystroke_catalog(bencher: Bencher, size: (u16, u16)) {
    let mut desk = Desk::new(catalog(), size);
    let wanted = Focus::Edit(Field::Section(5, SectionPart::Product(15)));
    while desk.app.focus != wanted {
        desk.happen(TermEvent::Key(KeyEvent::new(
            KeyCode::Tab,
            KeyModifiers::NONE,
        )));
    }
    type_into(bencher, desk);
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
