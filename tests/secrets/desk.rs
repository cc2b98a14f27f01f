//! A home, its gateway and one composer after the other in a pseudo-terminal, searched at each step.

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use portable_pty::PtySize;
use tempfile::TempDir;

use crate::gateway::{Gateway, Goes};
use crate::scan::{PASSWORD, PASTED, SECRETS, Scan, TOKEN};
use crate::session::{ENTER, Session, can_be_answered, nonzero};

pub const ESC: &str = "\u{1b}[27u";
pub const DOWN: &str = "\u{1b}[B";
pub const RIGHT: &str = "\u{1b}[C";
pub const LEFT: &str = "\u{1b}[D";
pub const INSERT: &str = "\u{1b}[2~";
pub const DELETE: &str = "\u{1b}[3~";
pub const F1: &str = "\u{1b}OP";
pub const F2: &str = "\u{1b}OQ";
pub const F3: &str = "\u{1b}OR";
pub const F5: &str = "\u{1b}[15~";
pub const PALETTE: &str = "\u{10}";
pub const QUIT: &str = "\u{11}";

/// Large enough for whole answers: what is not seen is not searched.
const ROWS: u16 = 90;
const COLUMNS: u16 = 180;

/// A home, its gateway and one composer after the other.
pub struct Desk {
    pub home: TempDir,
    pub gateway: Gateway,
    scan: Scan,
    config: String,
    pub session: Session,
    /// What was copied.
    pub copied: Vec<String>,
    /// The profiles through which the message was taken already, or may have been.
    taken: Vec<&'static str>,
}

fn config(gateway: &str, base_url: &str) -> String {
    let own = match gateway {
        "green-api" => "id_instance = \"1101000001\"\nbuttons_method = \"sendButtons\"\n",
        "cloud-api" => "phone_number_id = \"106540352242922\"\n",
        _ => "",
    };
    format!(
        "default_profile = \"ours\"\n\
         [profiles.ours]\ngateway = \"{gateway}\"\n{own}base_url = \"{base_url}\"\n\
         token = {{ env = \"T\" }}\n\
         [profiles.broken]\ngateway = \"wuts\"\nbase_url = \"{base_url}\"\n\
         token = {{ command = [\"/bin/sh\", \"-c\", \"echo $U; echo bad $U >&2; exit 3\"] }}\n\
         [profiles.proxied]\ngateway = \"wuts\"\nbase_url = \"http://gateway.test\"\n\
         allow_http = true\ntoken = {{ env = \"T\" }}\n"
    )
}

/// The composer, on a message file if one is named.
fn start(home: &Path, proxy: &str, file: Option<&str>) -> Session {
    let path = |name: &str| home.join(name).to_str().unwrap().to_owned();
    let (config, data, editor) = (path("config.toml"), path("data"), path("editor"));
    let proxy = proxy.replace("http://", &format!("http://me:{PASSWORD}@"));
    let env = [
        ("WACOMPOSE_CONFIG", config.as_str()),
        ("WACOMPOSE_DATA", &data),
        ("VISUAL", &editor),
        ("TMPDIR", home.to_str().unwrap()),
        ("RUST_LOG", "trace"),
        ("T", TOKEN),
        // What profiles name is withheld from commands; this is not.
        ("U", TOKEN),
        ("HTTP_PROXY", &proxy),
    ];
    let arguments: Vec<&str> = ["--log", "log"].into_iter().chain(file).collect();
    let mut session = Session::start_in(home, &arguments, &env);
    let size = PtySize {
        rows: ROWS,
        cols: COLUMNS,
        pixel_width: 0,
        pixel_height: 0,
    };
    session.master.resize(size).unwrap();
    let screen = session.screen.screen_mut();
    screen.set_size(nonzero(ROWS), nonzero(COLUMNS));
    session
}

impl Desk {
    pub fn new(gateway: &str) -> Self {
        use std::os::unix::fs::PermissionsExt as _;

        let home = TempDir::new().unwrap();
        let running = Gateway::start(Goes::Well);
        let config = config(gateway, &running.url);
        std::fs::write(home.path().join("config.toml"), &config).unwrap();
        let editor = home.path().join("editor");
        std::fs::write(&editor, "#!/bin/sh\necho 'Editado 日本' > \"$1\"\n").unwrap();
        std::fs::set_permissions(&editor, std::fs::Permissions::from_mode(0o700)).unwrap();
        // The sample is for the sandbox profiles alone.
        let sample = include_str!("../../assets/samples/order.toml");
        std::fs::write(home.path().join("order.toml"), sample).unwrap();
        let session = start(home.path(), &running.url, Some("order.toml"));
        let mut desk = Self {
            home,
            gateway: running,
            scan: Scan::new(&SECRETS),
            config,
            session,
            copied: Vec::new(),
            taken: Vec::new(),
        };
        desk.opens();
        desk
    }

    /// Waits until all of the large screen is drawn.
    fn opens(&mut self) {
        self.session.until("the last row", |screen| {
            screen.lines().count() >= usize::from(ROWS) - 1 && screen.contains("F5 send")
        });
        self.look();
    }

    /// Searches the screen.
    fn look(&self) {
        self.scan
            .assert_clean("the screen", self.session.text().as_bytes());
    }

    pub fn types(&mut self, keys: &str) {
        self.session.types(keys);
    }

    pub fn sees(&mut self, text: &str) {
        self.session.sees(text);
        self.look();
    }

    pub fn sees_no_more(&mut self, text: &str) {
        let what = format!("without {text}");
        self.session.until(&what, |screen| !screen.contains(text));
        self.look();
    }

    /// Types, and waits for what comes of it.
    pub fn does(&mut self, keys: &str, text: &str) {
        self.types(keys);
        self.sees(text);
    }

    /// Runs a command of the palette.
    pub fn commands(&mut self, words: &str) {
        self.does(PALETTE, "Enter runs");
        self.does(words, " 1 of ");
        self.types(ENTER);
        self.sees_no_more("Enter runs");
    }

    pub fn closes(&mut self, title: &str) {
        self.types(ESC);
        self.sees_no_more(title);
    }

    /// Sends what is composed, and waits for what becomes of it.
    pub fn sends(&mut self, goes: Goes, outcome: &str) {
        self.gateway.goes(goes);
        self.confirms();
        self.sees_no_more("Send this message?");
        self.sees(outcome);
        if !matches!(goes, Goes::Status(..=499)) && !outcome.contains("bad") {
            self.taken.extend(self.profile());
        }
    }

    /// The profile in use.
    fn profile(&self) -> Option<&'static str> {
        let screen = self.session.text();
        let profiles = ["ours", "broken", "proxied"].into_iter();
        let mut named = profiles.filter(|name| screen.contains(&format!("{name}·")));
        named.next()
    }

    /// Confirms a send, also of a message that was taken before, or may have been.
    pub fn confirms(&mut self) {
        self.does(F5, "Send this message?");
        if self
            .profile()
            .is_some_and(|name| self.taken.contains(&name))
        {
            self.sees("This very message");
            self.types(LEFT);
        }
        self.answers();
    }

    /// Presses Enter on a question, once it can be answered.
    pub fn answers(&mut self) {
        self.session.until("a question", can_be_answered);
        self.types("\r");
    }

    /// Chooses, and waits until the question is answered.
    pub fn chooses(&mut self, keys: &str, question: &str, outcome: &str) {
        self.types(keys);
        self.answers();
        self.sees_no_more(question);
        self.sees(outcome);
    }

    // ---------------------------------------------------------------- its life

    /// Kills the composer once the gateway has its message, and searches what it leaves.
    pub fn is_killed_while_it_sends(&mut self) {
        self.gateway.got_a_message();
        let id = i32::try_from(self.session.child.process_id().unwrap()).unwrap();
        let id = rustix::process::Pid::from_raw(id).unwrap();
        rustix::process::kill_process(id, rustix::process::Signal::KILL).unwrap();
        self.ends();
        self.begins();
    }

    pub fn quits(&mut self) {
        self.types(QUIT);
        self.ends();
    }

    /// Searches the bytes that the terminal got, and every file.
    fn ends(&mut self) {
        self.session.ends();
        let raw = std::mem::take(&mut self.session.raw);
        self.scan.assert_clean("the terminal's bytes", &raw);
        self.copied.extend(copied(&raw));
        for text in &self.copied {
            self.scan.assert_clean("the clipboard", text.as_bytes());
        }
        let all = Scan::new(&[SECRETS[0], SECRETS[1], PASTED]);
        assert!(all.assert_folder_clean(self.home.path()) >= 4);
        let config = std::fs::read_to_string(self.home.path().join("config.toml"));
        assert_eq!(config.unwrap(), self.config);
    }

    pub fn begins(&mut self) {
        self.session = start(self.home.path(), &self.gateway.url, None);
        self.opens();
    }
}

/// What was copied: it goes to the terminal's clipboard in base64.
fn copied(raw: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(raw);
    let pieces = text.split("\u{1b}]52;c;").skip(1).map(|piece| {
        let end = piece.find(['\u{7}', '\u{1b}']).unwrap();
        String::from_utf8(STANDARD.decode(&piece[..end]).unwrap()).unwrap()
    });
    pieces.collect()
}
