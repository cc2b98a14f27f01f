//! Inputs that were changed at random: a few of each sort in every run, and as many as there is time for
//! when they are asked for:
//!
//!     MUTATE=message SECONDS=600 cargo test --release --test mutations -- --ignored --nocapture

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![expect(clippy::print_stdout, reason = "its figures are for whoever runs it")]

#[path = "fuzz/inputs.rs"]
mod inputs;

use std::path::Path;
use std::time::{Duration, Instant};

use rstest::rstest;

/// A sort of input: what is done with it, and the folders and texts to begin with.
type Sort = (fn(&[u8]), &'static [&'static str], &'static [&'static str]);

/// Pieces that grammars turn on.
const PIECES: [&str; 24] = [
    "\"",
    "'",
    "\"\"\"",
    "\\",
    "\\u00",
    "{",
    "}",
    "[",
    "]",
    "[[sections]]",
    "\n",
    "\r\n",
    "=",
    ",",
    ":",
    "{{",
    "}}",
    "-H ",
    "--data ",
    "\u{1b}[2J",
    "\u{202e}",
    "👩‍👩‍👧",
    "e\u{301}",
    "\0",
];

fn sort(name: &str) -> Sort {
    match name {
        "message" => (
            inputs::message,
            &["assets/samples", "tests/fixtures/files"],
            &[],
        ),
        "import" => (
            inputs::import,
            &["assets/samples"],
            &[
                r#"curl -X POST 'https://x/send/text' -H 'a: b' -d '{"number":"5511","text":"日本"}'"#,
                r#"{"chatId":"5511@c.us","message":"日本","buttons":[{"buttonId":"1","buttonText":"a"}]}"#,
                r#"{"messaging_product":"whatsapp","to":"5511","type":"text","text":{"body":"日本"}}"#,
            ],
        ),
        "configuration" => (inputs::configuration, &["assets"], &[]),
        "answers" => (
            inputs::answers,
            &[],
            &[
                r#"{"success":true,"data":{"Id":"3EB0"}}"#,
                r#"{"idMessage":"3EB0"}"#,
                r#"{"messages":[{"id":"wamid.1"}]}"#,
                r#"{"error":{"message":"日本","code":131047,"error_data":{"details":"x"}}}"#,
                r#"{"statusCode":466,"message":"x","path":"/waInstance1/sendMessage/T"}"#,
            ],
        ),
        "thumbnail" => (inputs::thumbnail, &["tests/fixtures/pictures"], &[]),
        other => unreachable!("no sort is called {other}"),
    }
}

fn beginnings(folders: &[&str], texts: &[&str]) -> Vec<Vec<u8>> {
    let mut beginnings: Vec<Vec<u8>> = texts.iter().map(|text| text.as_bytes().to_vec()).collect();
    for folder in folders {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let mut paths: Vec<_> = folder
            .read_dir()
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        paths.sort();
        let files = paths.into_iter().filter(|path| path.is_file());
        beginnings.extend(files.map(|path| std::fs::read(path).unwrap()));
    }
    beginnings
}

/// Numbers that look random, and are the same in each run (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % end.max(1)
    }

    fn changed(&mut self, beginnings: &[Vec<u8>]) -> Vec<u8> {
        let mut data = beginnings[self.below(beginnings.len())].clone();
        for _ in 0..=self.below(8) {
            let at = self.below(data.len() + 1);
            let end = (at + self.below(40)).min(data.len());
            match self.below(7) {
                0 if at < data.len() => data[at] ^= 1 << self.below(8),
                1 => drop(data.drain(at..end)),
                2 => {
                    let piece = data[at..end].repeat(1 + self.below(20));
                    data.splice(at..at, piece);
                }
                3 => {
                    let other = &beginnings[self.below(beginnings.len())];
                    let from = self.below(other.len() + 1);
                    data.splice(at.., other[from..].iter().copied());
                }
                4 => data.truncate(at),
                5 => {
                    let number = [0, 1, 0x7f, 0x80, 0xff][self.below(5)];
                    data.splice(at..end, vec![number; end - at]);
                }
                _ => {
                    let piece = PIECES[self.below(PIECES.len())].bytes();
                    data.splice(at..at, piece);
                }
            }
        }
        data
    }
}

fn try_with(name: &str, seed: u64, mut goes_on: impl FnMut(u64) -> bool) -> (u64, Duration) {
    let (input, folders, texts) = sort(name);
    let beginnings = beginnings(folders, texts);
    let mut random = Random(seed);
    let (mut count, mut slowest) = (0, Duration::ZERO);
    while goes_on(count) {
        let data = random.changed(&beginnings);
        let begun = Instant::now();
        input(&data);
        slowest = slowest.max(begun.elapsed());
        count += 1;
    }
    (count, slowest)
}

#[rstest]
#[case::message("message")]
#[case::import("import")]
#[case::configuration("configuration")]
#[case::answers("answers")]
#[case::thumbnail("thumbnail")]
fn changed_inputs_do_no_harm(#[case] name: &str) {
    try_with(name, 0x9e37_79b9_7f4a_7c15, |count| count < 100);
}

#[test]
#[ignore = "as long as it is asked to"]
fn changed_inputs_for_a_while() {
    let name = std::env::var("MUTATE").unwrap_or_else(|_| "message".to_owned());
    let seconds = std::env::var("SECONDS")
        .ok()
        .and_then(|text| text.parse().ok());
    let until = Instant::now() + Duration::from_secs(seconds.unwrap_or(60));
    let seed = u64::from(std::process::id()) << 20 | 1;
    let (count, slowest) = try_with(&name, seed, |_| Instant::now() < until);
    println!("{name}: {count} inputs from seed {seed}, the slowest took {slowest:?}");
}
