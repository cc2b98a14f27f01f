//! The licences of everything that is built with the program: each one is allowed, and the notices in
//! `assets/third-party.md` are those of the crates in the program. They are written anew by
//!
//!     NOTICES=write cargo test --test notices

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use rstest::rstest;
use serde_json::Value;

/// The platform whose program has the notices; those of others differ in what talks to the system.
const PLATFORM: &str = "x86_64-unknown-linux-gnu";

/// What is allowed: nothing that asks more of those who hand the program on than to keep a notice.
const ALLOWED: [&str; 13] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// What is allowed for one crate alone, and why.
const EXCEPTIONS: [(&str, &str, &str); 1] = [(
    "option-ext",
    "MPL-2.0",
    "used as it is published, which asks for nothing but the notice",
)];

/// Files of a crate that are notices, by the beginning of their names.
const NOTICES: [&str; 5] = ["license", "licence", "copying", "notice", "unlicense"];

/// A crate that is built.
struct Crate {
    name: String,
    version: String,
    licence: String,
    repository: String,
    folder: PathBuf,
    is_in_the_program: bool,
}

fn crates() -> Vec<Crate> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let ran = Command::new(cargo)
        .args(["metadata", "--locked", "--offline", "--format-version", "1"])
        .args(["--filter-platform", PLATFORM])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(
        ran.status.success(),
        "{}",
        String::from_utf8_lossy(&ran.stderr)
    );
    let metadata: Value = serde_json::from_slice(&ran.stdout).unwrap();
    let nodes: BTreeMap<&str, &Value> = list(&metadata["resolve"]["nodes"])
        .map(|node| (text(&node["id"]), node))
        .collect();
    let root = text(&metadata["resolve"]["root"]);
    let mut program = BTreeSet::new();
    let mut next = vec![root];
    while let Some(id) = next.pop() {
        if !program.insert(id) {
            continue;
        }
        let is_built_in =
            |dependency: &&Value| list(&dependency["dep_kinds"]).any(|kind| kind["kind"].is_null());
        let dependencies = list(&nodes[id]["deps"]).filter(is_built_in);
        next.extend(dependencies.map(|dependency| text(&dependency["pkg"])));
    }
    let packages = list(&metadata["packages"]).filter(|package| text(&package["id"]) != root);
    let mut crates: Vec<Crate> = packages
        .map(|package| Crate {
            name: text(&package["name"]).to_owned(),
            version: text(&package["version"]).to_owned(),
            licence: text(&package["license"]).to_owned(),
            repository: text(&package["repository"]).to_owned(),
            folder: Path::new(text(&package["manifest_path"]))
                .parent()
                .unwrap()
                .to_owned(),
            is_in_the_program: program.contains(text(&package["id"])) && !is_macro(package),
        })
        .collect();
    crates.sort_by(|one, other| (&one.name, &one.version).cmp(&(&other.name, &other.version)));
    crates
}

/// Macros run while the program is built, and are not in it.
fn is_macro(package: &Value) -> bool {
    list(&package["targets"]).any(|target| list(&target["kind"]).any(|kind| kind == "proc-macro"))
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// Whether an expression of licences (SPDX) can be met by allowed ones.
fn is_met(expression: &str, allowed: &dyn Fn(&str) -> bool) -> bool {
    let expression = expression.trim();
    for (operator, is_enough) in [(" AND ", false), (" OR ", true), ("/", true)] {
        let parts = split(expression, operator);
        if parts.len() > 1 {
            let mut parts = parts.into_iter();
            return if is_enough {
                parts.any(|part| is_met(part, allowed))
            } else {
                parts.all(|part| is_met(part, allowed))
            };
        }
    }
    match expression
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'))
    {
        Some(inner) => is_met(inner, allowed),
        None => allowed(expression),
    }
}

/// The parts around an operator that is in no parentheses.
fn split<'a>(expression: &'a str, operator: &str) -> Vec<&'a str> {
    let mut parts = Vec::new();
    let (mut depth, mut from, mut at) = (0_usize, 0, 0);
    while at < expression.len() {
        match expression.as_bytes()[at] {
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            _ if depth == 0 && expression[at..].starts_with(operator) => {
                parts.push(&expression[from..at]);
                at += operator.len();
                from = at;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    parts.push(&expression[from..]);
    parts
}

#[rstest]
#[case::one("MIT", true)]
#[case::choice("GPL-3.0 OR MIT", true)]
#[case::old_choice("MIT/Apache-2.0", true)]
#[case::both("MIT AND GPL-3.0", false)]
#[case::nested("(MIT OR Apache-2.0) AND Unicode-3.0", true)]
#[case::nested_and_not("(GPL-2.0 OR LGPL-2.1) AND MIT", false)]
#[case::exception("Apache-2.0 WITH LLVM-exception OR GPL-2.0", true)]
#[case::another("AGPL-3.0-only", false)]
#[case::none("", false)]
fn expressions_are_understood(#[case] expression: &str, #[case] expected: bool) {
    assert_eq!(
        is_met(expression, &|licence| ALLOWED.contains(&licence)),
        expected
    );
}

#[test]
fn every_licence_is_allowed() {
    let crates = crates();
    for Crate { name, licence, .. } in &crates {
        let allowed = |wanted: &str| {
            let exceptions = EXCEPTIONS.iter();
            let mut exceptions = exceptions.filter(|(of, ..)| of == name);
            ALLOWED.contains(&wanted) || exceptions.any(|(_, licence, _)| *licence == wanted)
        };
        assert!(
            is_met(licence, &allowed),
            "{name} has the licence {licence:?}: is that allowed?"
        );
    }
    for (name, ..) in EXCEPTIONS {
        assert!(
            crates.iter().any(|of| of.name == name),
            "{name} is not built any more"
        );
    }
}

#[test]
fn the_notices_are_those_of_the_program() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/third-party.md");
    let notices = notices();
    if std::env::var("NOTICES").is_ok_and(|what| what == "write") {
        std::fs::write(&path, &notices).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == notices,
        "assets/third-party.md is out of date: NOTICES=write cargo test --test notices"
    );
}

fn notices() -> String {
    let crates = crates();
    let crates = crates.iter().filter(|of| of.is_in_the_program);
    let mut page = String::from(
        "# What wacompose is built with\n\n\
         The program has these crates in it, under these licences. The texts follow, each once. This file \
         is written by `NOTICES=write cargo test --test notices`.\n\n",
    );
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for of in crates {
        let Crate {
            name,
            version,
            licence,
            repository,
            ..
        } = of;
        writeln!(page, "- {name} {version}: {licence}, <{repository}>").unwrap();
        for notice in texts_of(of) {
            texts.entry(notice).or_default().push(name.clone());
        }
    }
    let mut texts: Vec<(Vec<String>, String)> = texts
        .into_iter()
        .map(|(text, names)| (names, text))
        .collect();
    texts.sort();
    for (names, notice) in texts {
        write!(
            page,
            "\n## {}\n\n```text\n{notice}\n```\n",
            names.join(", ")
        )
        .unwrap();
    }
    page
}

/// The notices of a crate, without those of licences that are only a choice beside MIT.
fn texts_of(of: &Crate) -> Vec<String> {
    let mut paths: Vec<PathBuf> = of
        .folder
        .read_dir()
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            let name = path.file_name().unwrap().to_string_lossy().to_lowercase();
            path.is_file() && NOTICES.iter().any(|start| name.starts_with(start))
        })
        .collect();
    paths.sort();
    let is_mit = |path: &PathBuf| path.to_string_lossy().to_lowercase().contains("mit");
    let is_notice = |path: &PathBuf| path.to_string_lossy().to_lowercase().contains("notice");
    if paths.iter().any(is_mit) && split(&of.licence, " AND ").len() == 1 {
        paths.retain(|path| is_mit(path) || is_notice(path));
    }
    let texts = paths.iter().map(|path| {
        let text = std::fs::read(path).unwrap();
        let text = String::from_utf8_lossy(&text)
            .replace("\r\n", "\n")
            .replace("```", "'''");
        let lines: Vec<&str> = text.trim().lines().map(str::trim_end).collect();
        lines.join("\n")
    });
    texts.collect()
}
