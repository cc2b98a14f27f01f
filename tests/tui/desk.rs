//! The composer without a terminal: keys in, state and screen out.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use crossterm::event::{
    Event as TermEvent, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::Size;
use unicode_width::UnicodeWidthStr;
use wacompose::config::Profile;
use wacompose::gateway::GatewayKind;
use wacompose::message::outline::Item;
use wacompose::message::{Action, Button, Buttons, Draft, Message, Text, file};
use wacompose::tui::dialog::{Modal, Subject};
use wacompose::tui::draw::draw;
use wacompose::tui::effect::Effect;
use wacompose::tui::event::Event;
use wacompose::tui::focus::Focus;
use wacompose::tui::graphics::Graphics;
use wacompose::tui::keymap::Keymap;
use wacompose::tui::model::{Model, Setup};
use wacompose::tui::theme::Theme;

/// How long a person looks before they press Enter: longer than a question is guarded, and than a key
/// that is held takes to repeat.
pub const LOOK: Duration = Duration::from_millis(1100);

/// The composer, and everything that it asked for.
pub struct Desk {
    pub app: Model,
    pub effects: Vec<Effect>,
    pub now: Duration,
}

/// The sample of the README: a text, a footer, three reply buttons.
pub fn order() -> Draft {
    let button = |id: &str, text: &str| Button {
        id: id.into(),
        text: text.into(),
        action: Action::Reply,
    };
    Draft {
        to: "+55 11 99999-9999".into(),
        message: Message::Buttons(Buttons {
            header: String::new(),
            text: "How would you like to proceed with your *order*?".into(),
            footer: "WUTS Store".into(),
            buttons: vec![
                button("confirm_order", "Confirm"),
                button("change_order", "Change items"),
                button("cancel_order", "Cancel"),
            ],
        }),
        ..Draft::default()
    }
}

/// A plain text message.
pub fn text(text: &str) -> Draft {
    Draft {
        to: "5511999999999".into(),
        message: Message::Text(Text { text: text.into() }),
        ..Draft::default()
    }
}

/// One of the samples.
pub fn sample(name: &str) -> Draft {
    file::read(&Path::new("assets/samples").join(name)).unwrap()
}

impl Desk {
    pub fn new(draft: Draft, profile: Profile, width: u16, height: u16) -> Self {
        Self::start(draft, profile, (width, height), false)
    }

    /// The same; the draft may only stand in for the one that was last in use.
    pub fn start(
        draft: Draft,
        profile: Profile,
        (width, height): (u16, u16),
        resume: bool,
    ) -> Self {
        let keymap = Keymap::new(&BTreeMap::new()).unwrap();
        let theme = Theme::new("dark", true).unwrap();
        let profiles = vec![profile, Profile::sandbox(GatewayKind::GreenApi)];
        let size = Size { width, height };
        let (mut app, mut effects) = Model::new(Setup {
            draft,
            file: None,
            source: None,
            quoted: None,
            resume,
            profiles,
            profile: 0,
            keymap,
            theme,
            size,
            allow_private: false,
            graphics: Graphics::NONE,
            folder: std::path::PathBuf::from("/home"),
        });
        // The sandbox's port is another one each time; here it is always the same.
        let mut account = app.account().clone();
        "http://127.0.0.1:9".clone_into(&mut account.base_url);
        let profile = app.profile().name.clone();
        effects.extend(app.update(
            Event::Connected {
                profile,
                account: Ok(account),
            },
            Duration::ZERO,
        ));
        Self {
            app,
            effects,
            now: Duration::ZERO,
        }
    }

    /// On the built-in WUTS sandbox, at the size of an ordinary terminal.
    pub fn wuts(draft: Draft) -> Self {
        Self::new(draft, Profile::sandbox(GatewayKind::Wuts), 100, 30)
    }

    /// What is asked by each dialog; `None` where it is no question.
    pub fn asks(&self) -> Vec<Option<&Subject>> {
        self.app.modals.iter().map(Modal::subject).collect()
    }

    /// What the top dialog asks.
    pub fn asked(&self) -> Option<&Subject> {
        self.app.modals.last()?.subject()
    }

    /// Time passes without an event but the timer's.
    pub fn wait(&mut self, time: Duration) -> &mut Self {
        self.now += time;
        self.happen(Event::Wake);
        self
    }

    pub fn happen(&mut self, event: Event) {
        self.now += Duration::from_millis(10);
        let effects = self.app.update(event, self.now);
        self.effects.extend(effects);
    }

    /// Presses keys: names in `<…>` (`<ctrl-s>`, `<tab>`, `<alt-up>`), everything else as it is typed.
    /// Before each Enter is time to look.
    pub fn press(&mut self, keys: &str) -> &mut Self {
        self.keys(keys, LOOK)
    }

    /// The same, without a look at anything.
    pub fn hurry(&mut self, keys: &str) -> &mut Self {
        self.keys(keys, Duration::ZERO)
    }

    fn keys(&mut self, keys: &str, look: Duration) -> &mut Self {
        let mut rest = keys;
        while let Some(c) = rest.chars().next() {
            let named = rest.strip_prefix('<').and_then(|name| name.split_once('>'));
            let event = if let Some((name, after)) = named {
                rest = after;
                named_key(name)
            } else {
                rest = &rest[c.len_utf8()..];
                KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE)
            };
            if event.code == KeyCode::Enter && !look.is_zero() {
                self.wait(look);
            }
            self.happen(Event::Term(TermEvent::Key(event)));
        }
        self
    }

    pub fn paste(&mut self, text: &str) -> &mut Self {
        self.happen(Event::Term(TermEvent::Paste(text.into())));
        self
    }

    pub fn click(&mut self, column: u16, row: u16) -> &mut Self {
        self.wait(LOOK);
        let kind = MouseEventKind::Down(MouseButton::Left);
        self.happen(Event::Term(TermEvent::Mouse(MouseEvent {
            kind,
            column,
            row,
            modifiers: KeyModifiers::NONE,
        })));
        self
    }

    pub fn resize(&mut self, width: u16, height: u16) -> &mut Self {
        self.happen(Event::Term(TermEvent::Resize(width, height)));
        self
    }

    /// The style of some ASCII words where they are seen first: of the first of them.
    pub fn style_of(&self, words: &str) -> Option<ratatui::style::Style> {
        let Size { width, height } = self.app.size;
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        terminal.draw(|frame| draw(&self.app, frame)).unwrap();
        let cells = terminal.backend().buffer().content();
        let letters: Vec<String> = words.chars().map(String::from).collect();
        let here = |at: &[ratatui::buffer::Cell]| {
            let mut both = at.iter().zip(&letters);
            both.all(|(cell, letter)| cell.symbol() == letter)
        };
        let cell = &cells.windows(letters.len()).find(|at| here(at))?[0];
        let all = ratatui::style::Modifier::all();
        let style = ratatui::style::Style::new().fg(cell.fg);
        Some(style.remove_modifier(all).add_modifier(cell.modifier))
    }

    /// The screen as text, without the white space at the ends of lines.
    pub fn screen(&self) -> String {
        let Size { width, height } = self.app.size;
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        terminal.draw(|frame| draw(&self.app, frame)).unwrap();
        let buffer = terminal.backend().buffer();
        let rows = buffer.content().chunks(usize::from(width)).map(|cells| {
            let mut row = String::new();
            let mut covered = 0;
            for cell in cells {
                if covered == 0 {
                    row.push_str(cell.symbol());
                    covered = cell.symbol().width();
                }
                covered -= 1;
            }
            row.trim_end().to_owned()
        });
        rows.collect::<Vec<_>>().join("\n")
    }

    pub fn buttons(&self) -> &Buttons {
        match &self.app.draft().message {
            Message::Buttons(buttons) => buttons,
            other => panic!("a {} has no buttons", other.kind()),
        }
    }

    /// Goes to a place by Tab, and from its section's line by the arrows.
    pub fn go(&mut self, to: Focus) -> &mut Self {
        for _ in 0..1000 {
            if self.app.focus == to {
                return self;
            }
            self.press("<tab>");
        }
        let section = to.item().and_then(Item::section);
        let section = section.map(|at| Focus::Item(Item::Section(at)));
        let section = section.filter(|section| *section != to);
        self.go(section.unwrap_or_else(|| panic!("{to:?} is not there")));
        for _ in 0..1000 {
            if self.app.focus == to {
                return self;
            }
            self.press("<down>");
        }
        panic!("{to:?} is not there");
    }

    /// The draft that was sent since the last time.
    pub fn sent(&mut self) -> Draft {
        let effects = self.take_effects();
        let sent = effects.into_iter().find_map(|effect| match effect {
            Effect::Send { draft, .. } => Some(*draft),
            _ => None,
        });
        sent.unwrap_or_else(|| panic!("nothing is sent"))
    }

    /// The effects since the last time.
    pub fn take_effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }
}

fn named_key(name: &str) -> KeyEvent {
    let mut modifiers = KeyModifiers::NONE;
    let mut rest = name;
    for (prefix, modifier) in [
        ("ctrl-", KeyModifiers::CONTROL),
        ("alt-", KeyModifiers::ALT),
        ("shift-", KeyModifiers::SHIFT),
    ] {
        if let Some(after) = rest.strip_prefix(prefix) {
            modifiers |= modifier;
            rest = after;
        }
    }
    let code = match rest {
        "tab" if modifiers.contains(KeyModifiers::SHIFT) => KeyCode::BackTab,
        "tab" => KeyCode::Tab,
        "enter" => KeyCode::Enter,
        "esc" => KeyCode::Esc,
        "bs" => KeyCode::Backspace,
        "del" => KeyCode::Delete,
        "ins" => KeyCode::Insert,
        "home" => KeyCode::Home,
        "end" => KeyCode::End,
        "pgup" => KeyCode::PageUp,
        "pgdn" => KeyCode::PageDown,
        "up" => KeyCode::Up,
        "down" => KeyCode::Down,
        "left" => KeyCode::Left,
        "right" => KeyCode::Right,
        "lt" => KeyCode::Char('<'),
        _ => match rest
            .strip_prefix('f')
            .and_then(|number| number.parse().ok())
        {
            Some(number) => KeyCode::F(number),
            None => KeyCode::Char(rest.chars().next().unwrap()),
        },
    };
    KeyEvent::new(code, modifiers)
}
