//! The whole program in a pseudo-terminal: its start, the history and the keys, with a store that is
//! empty, one with 50,000 messages, and none.
//!
//! What is compared is measured in turns, since machines are noisy. A time ends with the read that
//! brought what was waited for; what the bench itself does with it is not in it.

#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a bench that cannot go on stops"
)]
#![expect(clippy::print_stdout, reason = "figures are what it is for")]

mod full;

use std::io::{Read, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use tempfile::TempDir;
use wacompose::store::Store;

const COLUMNS: u16 = 120;
const ROWS: u16 = 40;
const PATIENCE: Duration = Duration::from_secs(60);

/// How often each is started, searched for, gone through, and how many keys are typed.
const STARTS: usize = 25;
const SEARCHES: usize = 25;
const PAGES: usize = 200;
const KEYS: usize = 500;

/// Between two keys; somebody who types very fast. The draft is saved in between, twice a second.
const PAUSE: Duration = Duration::from_millis(25);

/// How soon a key that is held down comes again.
const REPEAT: Duration = Duration::from_millis(30);

const F3: &str = "\u{1b}OR";
const PAGE_DOWN: &str = "\u{1b}[6~";
const HOME: &str = "\u{1b}[H";
const END: &str = "\u{1b}[F";

/// The composer in a pseudo-terminal.
struct Composer {
    screen: vt100::Parser,
    output: Receiver<(Instant, Vec<u8>)>,
    input: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    started: Instant,
    _master: Box<dyn MasterPty + Send>,
    _home: TempDir,
}

impl Composer {
    /// With the store of a folder.
    fn start(data: &Path) -> Self {
        Self::start_with(data, None)
    }

    /// And with a message file.
    fn start_with(data: &Path, file: Option<&Path>) -> Self {
        let size = PtySize {
            rows: ROWS,
            cols: COLUMNS,
            ..PtySize::default()
        };
        let pair = native_pty_system().openpty(size).unwrap();
        let home = TempDir::new().unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_wacompose"));
        command.args(file);
        command.env_clear();
        command.env("HOME", home.path());
        command.env("TERM", "xterm-256color");
        command.env("WACOMPOSE_DATA", data);
        command.cwd(home.path());
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (sender, output) = channel();
        thread::spawn(move || {
            let mut buffer = [0; 16 * 1024];
            while let Ok(read @ 1..) = reader.read(&mut buffer) {
                if sender
                    .send((Instant::now(), buffer[..read].to_vec()))
                    .is_err()
                {
                    break;
                }
            }
        });
        let input = pair.master.take_writer().unwrap();
        let screen = vt100::Parser::new(ROWS.try_into().unwrap(), COLUMNS.try_into().unwrap(), 0);
        let started = Instant::now();
        let child = pair.slave.spawn_command(command).unwrap();
        Self {
            screen,
            output,
            input,
            child,
            started,
            _master: pair.master,
            _home: home,
        }
    }

    /// Waits until the screen is as wanted, and says when that was read.
    fn until(&mut self, wanted: impl Fn(&str) -> bool) -> Instant {
        loop {
            let Ok((at, bytes)) = self.output.recv_timeout(PATIENCE) else {
                panic!("never seen:\n{}", self.screen.screen().contents());
            };
            self.screen.process(&bytes);
            if wanted(&self.screen.screen().contents()) {
                return at;
            }
        }
    }

    /// Waits until it draws nothing for a while.
    fn settle(&mut self) {
        while let Ok((_, bytes)) = self.output.recv_timeout(Duration::from_millis(300)) {
            self.screen.process(&bytes);
        }
    }

    /// Types, and says how long it took until the screen was as wanted.
    fn types(&mut self, keys: &str, wanted: impl Fn(&str) -> bool) -> Duration {
        let begin = Instant::now();
        self.input.write_all(keys.as_bytes()).unwrap();
        self.input.flush().unwrap();
        self.until(wanted).saturating_duration_since(begin)
    }

    /// The same with a key that is held down: it comes again where it changed nothing.
    fn holds(&mut self, key: &str, wanted: impl Fn(&str) -> bool) -> Duration {
        let begin = Instant::now();
        loop {
            self.input.write_all(key.as_bytes()).unwrap();
            let repeat = Instant::now() + REPEAT;
            loop {
                let left = repeat.saturating_duration_since(Instant::now());
                let Ok((at, bytes)) = self.output.recv_timeout(left) else {
                    assert!(begin.elapsed() < PATIENCE, "{key:?} does nothing");
                    break;
                };
                self.screen.process(&bytes);
                if wanted(&self.screen.screen().contents()) {
                    return at.saturating_duration_since(begin);
                }
            }
        }
    }

    fn quit(mut self) {
        self.input.write_all(b"\x11").unwrap();
        self.child.wait().unwrap();
    }

    /// The time that its threads have been running; Linux tells it.
    fn cpu(&self) -> Option<Duration> {
        let tasks = format!("/proc/{}/task", self.child.process_id()?);
        let mut sum = 0;
        for task in std::fs::read_dir(tasks).ok()? {
            let told = std::fs::read_to_string(task.ok()?.path().join("schedstat")).ok()?;
            sum += told.split(' ').next()?.parse::<u64>().ok()?;
        }
        Some(Duration::from_nanos(sum))
    }
}

/// Times, to be told in milliseconds.
#[derive(Default)]
struct Times(Vec<Duration>);

impl Times {
    /// The one that so many per cent are not above.
    fn at(&mut self, percent: usize) -> f64 {
        self.0.sort();
        let at = (self.0.len() * percent / 100).min(self.0.len() - 1);
        self.0[at].as_secs_f64() * 1000.0
    }

    fn tell(&mut self, what: &str) -> f64 {
        let (half, most) = (self.at(50), self.at(99));
        println!("{what:<58} {half:>8.2} {most:>8.2}");
        half
    }
}

fn heading(what: &str) {
    println!("\n{what:<58} {:>8} {:>8}", "p50 ms", "p99 ms");
}

fn ratio(what: &str, one: f64, other: f64) {
    println!("{what:<58} {:>8.2}", one / other);
}

fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    i64::try_from(since.as_millis()).unwrap()
}

/// A store whose last draft is known when it is seen.
fn keep_a_draft(store: &mut Store) {
    let mut draft = full::draft(7, 60);
    "+55 11 97777-1234".clone_into(&mut draft.to);
    store.save_draft(None, &draft, None, now() + 1000).unwrap();
}

fn is_frame(screen: &str) -> bool {
    screen.contains("/4096")
}

fn is_kept_draft(screen: &str) -> bool {
    screen.contains("97777-1234")
}

fn starts(empty: &Path, many: &Path) {
    let mut times: [[Times; 2]; 2] = Default::default();
    for _ in 0..STARTS {
        for (folder, [frame, draft]) in [empty, many].into_iter().zip(&mut times) {
            let mut composer = Composer::start(folder);
            let started = composer.started;
            let at = composer.until(is_frame);
            frame.0.push(at - started);
            let at = if is_kept_draft(&composer.screen.screen().contents()) {
                at
            } else {
                composer.until(is_kept_draft)
            };
            draft.0.push(at - started);
            composer.settle();
            composer.quit();
        }
    }
    heading("start");
    let [[empty_frame, empty_draft], [many_frame, many_draft]] = &mut times;
    let frame = empty_frame.tell("first frame, empty history");
    let more = many_frame.tell("first frame, 50,000 messages");
    ratio("ratio", more, frame);
    let draft = empty_draft.tell("the kept draft is seen, empty history");
    let more = many_draft.tell("the kept draft is seen, 50,000 messages");
    ratio("ratio", more, draft);
}

/// The newest message, which only a list from its beginning shows.
const NEWEST: &str = "90050-0050";
const OLDEST: &str = "90001-0001";

/// Whether a screen shows what was looked for.
type Seen = fn(&str) -> bool;

fn is_list(screen: &str) -> bool {
    screen.contains(NEWEST) && screen.contains("more")
}

fn history(many: &Path) {
    heading("the history, 50,000 messages");
    let mut shown = Times::default();
    for _ in 0..5 {
        let mut composer = Composer::start(many);
        composer.until(is_kept_draft);
        composer.settle();
        shown.0.push(composer.types(F3, is_list));
        composer.quit();
    }
    shown.tell("F3 until its first page is seen");

    let mut composer = Composer::start(many);
    composer.until(is_kept_draft);
    composer.settle();
    composer.types(F3, is_list);
    let searches: [(&str, &str, Seen); 3] = [
        ("a search with 1,000 hits", "90007", |screen| {
            screen.contains("90007-0007") && !screen.contains("90050")
        }),
        ("a search with one hit, the oldest", "needle", |screen| {
            screen.contains(OLDEST) && !screen.contains("90002")
        }),
        ("a search without any", "nothing like it", |screen| {
            screen.contains("Nothing was found")
        }),
    ];
    for (what, search, seen) in searches {
        let mut times = Times::default();
        let clear = "\u{7f}".repeat(search.len());
        for _ in 0..SEARCHES {
            composer.settle();
            // All but the last key first, and what that finds.
            let (last, _) = search.char_indices().last().unwrap();
            composer
                .input
                .write_all(&search.as_bytes()[..last])
                .unwrap();
            composer.settle();
            if seen(&composer.screen.screen().contents()) {
                // The last key changes nothing: all of it at once.
                composer.types(&clear, is_list);
                composer.settle();
                times.0.push(composer.types(search, seen));
            } else {
                times.0.push(composer.types(&search[last..], seen));
            }
            composer.types(&clear, is_list);
        }
        times.tell(what);
    }

    // Each key while the one before is still looked for.
    let mut echo = Times::default();
    let clear = "\u{7f}".repeat(8);
    for _ in 0..SEARCHES {
        composer.settle();
        let mut typed = "▸ ".to_owned();
        for c in "qzqzqzqz".chars() {
            typed.push(c);
            let wanted = typed.clone();
            echo.0
                .push(composer.types(&c.to_string(), move |screen| screen.contains(&wanted)));
        }
        composer.until(|screen| screen.contains("Nothing was found"));
        composer.types(&clear, is_list);
    }
    echo.tell("a key of a search that finds nothing, until it is seen");

    composer.settle();
    let mut pages = Times::default();
    for _ in 0..PAGES {
        let before = place(&composer.screen.screen().contents());
        pages
            .0
            .push(composer.holds(PAGE_DOWN, |screen| place(screen) != before));
    }
    pages.tell("a page down, held");
    let (mut end, mut home) = (Times::default(), Times::default());
    for _ in 0..SEARCHES {
        end.0.push(composer.types(END, |screen| {
            screen.contains(OLDEST) && !screen.contains('↓')
        }));
        home.0.push(composer.types(HOME, is_list));
    }
    end.tell("to the oldest");
    home.tell("back to the newest");
    composer.quit();
}

/// Where the selection is: what is above the list, and the line that is marked.
fn place(screen: &str) -> Option<String> {
    let at = screen.find("↑ ").unwrap_or(screen.len());
    let above: String = screen[at..].chars().take_while(|c| *c != '─').collect();
    let (row, line) = screen
        .lines()
        .enumerate()
        .find(|(_, line)| line.contains("▸ ✓"))?;
    Some(format!("{above} {row} {line}"))
}

/// The same keys in turns: with the store, and where nothing can be kept.
fn keys(many: &Path) {
    // Both on the same file, which the composer opens with the text in focus.
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("order.toml");
    let message = "kind = \"text\"\nto = \"5511999999999\"\ntext = \"Olá 日本\"\n";
    std::fs::write(&file, message).unwrap();
    let nowhere = Path::new("/proc/none");
    let mut composers = [many, nowhere].map(|data| Composer::start_with(data, Some(&file)));
    for (composer, told) in composers.iter_mut().zip([false, true]) {
        composer.until(|screen| screen.contains("6/4096"));
        if told {
            // What it tells goes by itself, and is drawn until then.
            composer.until(|screen| screen.contains('✗'));
            composer.until(|screen| !screen.contains('✗'));
        }
        composer.settle();
        composer.types("!", |screen| screen.contains("─7/4096"));
        composer.settle();
    }
    let mut times: [Times; 2] = Default::default();
    let before = composers.each_ref().map(Composer::cpu);
    for count in (8..).take(KEYS) {
        let counter = format!("─{count}/4096");
        // Whoever comes second finds a machine that is awake: that is either of them in turn.
        for at in [count % 2, 1 - count % 2] {
            let seen = composers[at].types("x", |screen| screen.contains(&counter));
            times[at].0.push(seen);
            thread::sleep(PAUSE);
        }
    }
    for composer in &mut composers {
        composer.settle();
        thread::sleep(Duration::from_secs(1));
    }
    heading("a key, until the counter says so");
    let [with, without] = &mut times;
    let with = with.tell("with the store");
    let without = without.tell("where nothing can be kept");
    ratio("ratio", with, without);
    let after = composers.each_ref().map(Composer::cpu);
    let spent = |at: usize| {
        let keys = u32::try_from(KEYS).unwrap();
        let spent = after[at]?.saturating_sub(before[at]?);
        Some(spent.as_secs_f64() * 1000.0 / f64::from(keys))
    };
    if let (Some(with), Some(without)) = (spent(0), spent(1)) {
        println!(
            "{:<58} {with:>8.3}",
            "processor time a key, with the store, ms"
        );
        println!(
            "{:<58} {without:>8.3}",
            "processor time a key, where nothing can be kept, ms"
        );
        ratio("ratio", with, without);
    }
    for composer in composers {
        composer.quit();
    }
}

fn main() {
    let folder = TempDir::new().unwrap();
    let (empty, many) = (folder.path().join("empty"), folder.path().join("many"));
    keep_a_draft(&mut Store::open(Some(&empty)).unwrap().store);
    keep_a_draft(&mut full::full(&many, now()));
    println!("{COLUMNS}×{ROWS}");
    starts(&empty, &many);
    history(&many);
    keys(&many);
}
