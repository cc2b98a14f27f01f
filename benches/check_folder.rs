//! `check` of a folder of 10,000 message files, beside a JSON-schema validator on the same files:
//! `cargo bench --bench check_folder`.
//!
//! Both read every file and parse it; the validator says whether its shape is right, `check` counts every
//! limit of a gateway besides. The files are of all kinds, in TOML and JSON; each tenth has an error.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a bench that cannot go on stops, and prints its figures"
)]

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use wacompose::gateway::{Account, GatewayKind};
use wacompose::message::Draft;
use wacompose::message::file::{Format, parse, read, schema, write};

const FILES: usize = 10_000;
const RUNS: usize = 7;

const SAMPLES: [&str; 6] = [
    include_str!("../assets/samples/text.toml"),
    include_str!("../assets/samples/order.toml"),
    include_str!("../assets/samples/catalog.toml"),
    include_str!("../assets/samples/list.toml"),
    include_str!("../assets/samples/button-reply.toml"),
    include_str!("../assets/samples/list-reply.toml"),
];

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let files = fill(folder.path());
    let bytes: u64 = files
        .iter()
        .map(|path| path.metadata().unwrap().len())
        .sum();
    println!(
        "{FILES} files, {} KiB; median of {RUNS} runs\n",
        bytes >> 10
    );
    for gateways in ["wuts", "all"] {
        let program = || program(folder.path(), gateways);
        tell(&format!("wacompose check --gateway {gateways}"), program);
    }
    let account = Account::public(GatewayKind::Wuts);
    tell("the library, one thread", || check(&files, &account));
    let validator = jsonschema::draft202012::new(&schema()).unwrap();
    tell("jsonschema, one thread", || validate(&files, &validator));
}

/// Writes the files, a hundred in each folder.
fn fill(folder: &Path) -> Vec<PathBuf> {
    let drafts: Vec<Draft> = SAMPLES
        .map(|sample| parse(sample, Format::Toml).unwrap())
        .to_vec();
    let mut files = Vec::with_capacity(FILES);
    for number in 0..FILES {
        let mut draft = drafts[number % drafts.len()].clone();
        draft.to = format!("+55 11 9{number:08}");
        if number % 10 == 0 {
            "nobody".clone_into(&mut draft.to);
        }
        let (format, ending) = match number % 4 {
            0 => (Format::Json, "json"),
            _ => (Format::Toml, "toml"),
        };
        let path = folder.join(format!("{:02}/{number:04}.{ending}", number / 100));
        if number % 100 == 0 {
            fs::create_dir(path.parent().unwrap()).unwrap();
        }
        fs::write(&path, write(&draft, format)).unwrap();
        files.push(path);
    }
    files
}

/// The program itself, from its start to its end.
fn program(folder: &Path, gateway: &str) -> usize {
    let status = Command::new(env!("CARGO_BIN_EXE_wacompose"))
        .args(["check", "--format", "json", "--gateway", gateway])
        .arg(folder)
        .stdout(Stdio::null())
        .status();
    assert_eq!(status.unwrap().code(), Some(1));
    FILES
}

/// What `check` does for one gateway, without the program around it.
fn check(files: &[PathBuf], account: &Account) -> usize {
    let problems = files.iter().map(|path| account.check(&read(path).unwrap()));
    problems
        .filter(|problems| black_box(!problems.is_empty()))
        .count()
}

fn validate(files: &[PathBuf], validator: &jsonschema::Validator) -> usize {
    let is_valid = |path: &&PathBuf| {
        let text = fs::read_to_string(path).unwrap();
        let value: Value = match path.extension() {
            Some(ending) if ending == "json" => serde_json::from_str(&text).unwrap(),
            _ => toml::from_str(&text).unwrap(),
        };
        validator.is_valid(&value)
    };
    let valid = files.iter().filter(is_valid).count();
    assert_eq!(valid, FILES);
    valid
}

fn tell(what: &str, run: impl Fn() -> usize) {
    run();
    let mut times: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let begin = Instant::now();
            black_box(run());
            begin.elapsed()
        })
        .collect();
    times.sort_unstable();
    let median = times[RUNS / 2].as_secs_f64();
    println!(
        "{what:36} {:8.0} files/s {:8.1} ms",
        FILES as f64 / median,
        median * 1000.0
    );
}
