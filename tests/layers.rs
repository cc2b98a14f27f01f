//! Holds `src/` against the table of layers in CONTRIBUTING.md.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use rstest::rstest;

/// The modules in `tui` that have a row of their own.
const ROOMS: [&str; 9] = [
    "dialog", "draw", "effects", "layout", "model", "pane", "screen", "update", "widget",
];

/// What each layer may use.
type Table = BTreeMap<String, BTreeSet<String>>;

/// A path into the crate, and the line on which it is used.
#[derive(Debug, PartialEq, Eq)]
struct Use {
    path: Vec<String>,
    line: usize,
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below `src/`, by its path there.
fn sources() -> BTreeMap<PathBuf, String> {
    let src = root().join("src");
    let mut folders = vec![src.clone()];
    let mut files = BTreeMap::new();
    while let Some(folder) = folders.pop() {
        for entry in folder.read_dir().unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(&src).unwrap().to_owned();
                files.insert(name, std::fs::read_to_string(path).unwrap());
            }
        }
    }
    files
}

fn table() -> Table {
    let text = std::fs::read_to_string(root().join("CONTRIBUTING.md")).unwrap();
    let rows = text.lines().filter_map(|line| {
        let (layer, uses) = line.strip_prefix("| `")?.split_once("` | ")?;
        let uses = uses.trim_end_matches('|').trim();
        let uses = if uses == "nothing of ours" {
            BTreeSet::new()
        } else {
            let names = uses
                .split(", ")
                .map(|name| name.trim_matches('`').to_owned());
            names.collect()
        };
        Some((layer.to_owned(), uses))
    });
    rows.collect()
}

/// The modules that a file is: `gateway/wuts.rs` is `gateway::wuts`.
fn module_of(file: &Path) -> Vec<String> {
    let module = file.with_extension("");
    let parts = module.iter().map(|part| part.to_str().unwrap().to_owned());
    let parts: Vec<String> = parts.collect();
    if parts == ["main"] || parts == ["lib"] {
        Vec::new()
    } else {
        parts
    }
}

/// The row that a file is in.
fn layer_of_file(file: &Path) -> String {
    let module = file.with_extension("");
    let parts: Vec<&str> = module.iter().map(|part| part.to_str().unwrap()).collect();
    match parts.as_slice() {
        ["tui"] => "tui.rs".to_owned(),
        // What changes the state asks the screens, which ask the functions beside it.
        ["tui", "update"] => "tui/update.rs".to_owned(),
        parts => row(parts),
    }
}

/// The row of a module: a room of `tui`, or the first of its names.
fn row(module: &[&str]) -> String {
    match module {
        // The widgets' styles.
        ["tui", "theme", ..] => "tui/widget".to_owned(),
        ["tui", room, ..] if ROOMS.contains(room) => format!("tui/{room}"),
        [first, ..] => (*first).to_owned(),
        [] => String::new(),
    }
}

/// The row that a path into the crate leads to.
fn layer_of_path(path: &[String]) -> String {
    let parts: Vec<&str> = path.iter().map(String::as_str).collect();
    row(&parts)
}

/// Every path into the crate that a source uses, in declarations and in expressions.
fn uses(source: &str, module: &[String]) -> Vec<Use> {
    let mut found = Vec::new();
    walk(source.parse().unwrap(), module, &mut found);
    found
}

fn walk(stream: TokenStream, module: &[String], found: &mut Vec<Use>) {
    let tokens: Vec<TokenTree> = stream.into_iter().collect();
    let mut at = 0;
    while at < tokens.len() {
        let word = word(&tokens, at);
        let after_path = at >= 2 && is_path_separator(&tokens, at - 2);
        match (&tokens[at], word.as_str()) {
            (_, "mod") => {
                // A module within the file: `super` in it is this one.
                if let Some(TokenTree::Group(body)) = tokens.get(at + 2) {
                    let mut inner = module.to_vec();
                    inner.push(self::word(&tokens, at + 1));
                    walk(body.stream(), &inner, found);
                    at += 2;
                }
            }
            (_, "crate" | "wacompose") if !after_path && is_path_separator(&tokens, at + 1) => {
                collect(&tokens[at + 3..], Vec::new(), found);
            }
            (_, "super" | "self") if !after_path && is_path_separator(&tokens, at + 1) => {
                collect(&tokens[at..], module.to_vec(), found);
            }
            // `use crate as ours`: what is used through it would not be seen.
            (token, "crate") if at > 0 && self::word(&tokens, at - 1) == "use" => {
                let line = token.span().start().line;
                let path = vec!["*".to_owned()];
                found.push(Use { path, line });
            }
            (TokenTree::Group(group), _) => walk(group.stream(), module, found),
            _ => {}
        }
        at += 1;
    }
}

/// Follows a path from where it continues behind `prefix`, into the braces of a `use`.
fn collect(tokens: &[TokenTree], mut prefix: Vec<String>, found: &mut Vec<Use>) {
    let Some(first) = tokens.first() else { return };
    let line = first.span().start().line;
    match first {
        TokenTree::Ident(name) => {
            match name.to_string().as_str() {
                "super" => drop(prefix.pop()),
                "self" => {}
                name => prefix.push(name.trim_start_matches("r#").to_owned()),
            }
            if is_path_separator(tokens, 1) {
                collect(&tokens[3..], prefix, found);
            } else {
                found.push(Use { path: prefix, line });
            }
        }
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
            let inner: Vec<TokenTree> = group.stream().into_iter().collect();
            for part in
                inner.split(|token| matches!(token, TokenTree::Punct(p) if p.as_char() == ','))
            {
                collect(part, prefix.clone(), found);
            }
        }
        TokenTree::Punct(star) if star.as_char() == '*' => {
            prefix.push("*".to_owned());
            found.push(Use { path: prefix, line });
        }
        _ => found.push(Use { path: prefix, line }),
    }
}

fn word(tokens: &[TokenTree], at: usize) -> String {
    match tokens.get(at) {
        Some(TokenTree::Ident(word)) => word.to_string(),
        _ => String::new(),
    }
}

fn is_path_separator(tokens: &[TokenTree], at: usize) -> bool {
    let colon = |at| matches!(tokens.get(at), Some(TokenTree::Punct(p)) if p.as_char() == ':');
    colon(at) && colon(at + 1)
}

/// What a source uses against the table, a sentence each. `inside_tui` names the modules in it.
fn forbidden(
    file: &str,
    source: &str,
    table: &Table,
    inside_tui: &BTreeSet<String>,
) -> Vec<String> {
    let file = Path::new(file);
    let layer = layer_of_file(file);
    let row = table.get(&layer);
    let mut sentences = Vec::new();
    for Use { path, line } in uses(source, &module_of(file)) {
        let target = layer_of_path(&path);
        let within = target == layer || (layer == "tui.rs" && target == "tui");
        let allowed = within || row.is_some_and(|row| row.contains(&target));
        let enters = target.starts_with("tui")
            && !layer.starts_with("tui")
            && path
                .get(1)
                .is_some_and(|name| inside_tui.contains(name) || name == "*");
        if !allowed || enters {
            let (file, path) = (file.display(), path.join("::"));
            sentences.push(format!("src/{file}:{line}: {layer} may not use {path}"));
        }
    }
    sentences
}

fn inside_tui() -> BTreeSet<String> {
    let modules = sources().into_keys().map(|file| module_of(&file));
    let inside = modules.filter(|module| module.len() == 2 && module[0] == "tui");
    inside.map(|module| module[1].clone()).collect()
}

/// The map of the crate declares its modules and uses none.
fn is_map(file: &Path) -> bool {
    file == Path::new("lib.rs")
}

#[test]
fn sources_keep_to_the_table() {
    let (table, inside_tui) = (table(), inside_tui());
    let mut sentences = Vec::new();
    for (file, source) in sources().iter().filter(|(file, _)| !is_map(file)) {
        let file = file.to_str().unwrap();
        sentences.extend(forbidden(file, source, &table, &inside_tui));
    }
    assert!(sentences.is_empty(), "{}", sentences.join("\n"));
}

#[test]
fn table_names_every_layer_and_no_other() {
    let layers: BTreeSet<String> = sources()
        .into_keys()
        .filter(|file| !is_map(file))
        .map(|file| layer_of_file(&file))
        .collect();
    let table = table();
    assert_eq!(table.keys().cloned().collect::<BTreeSet<_>>(), layers);
    for (layer, uses) in &table {
        assert!(
            uses.is_subset(&layers),
            "{layer} may use what there is not: {uses:?}"
        );
    }
}

#[rstest]
#[case::upwards("message.rs", "use crate::gateway::Account;", 1)]
#[case::in_braces("message/check.rs", "use crate::{visible, client::{self, Client}};", 2)]
#[case::in_an_expression("config.rs", "fn f() { crate::sandbox::start(); }", 1)]
#[case::in_a_macro("wrap.rs", "fn f() { println!(\"{}\", crate::message::MAX); }", 1)]
#[case::by_super("gateway/wuts.rs", "use super::super::client::Client;", 1)]
#[case::by_super_in_a_module("message.rs", "mod tests { use super::super::tui::run; }", 1)]
#[case::by_self("gateway/wuts.rs", "use self::super::super::cli;", 1)]
#[case::everything("message.rs", "use crate::*;", 1)]
#[case::by_another_name("message.rs", "use crate as ours;", 1)]
#[case::in_a_type("secret.rs", "struct S(Vec<crate::visible::Shown>);", 1)]
#[case::in_test_code("visible.rs", "#[cfg(test)] mod tests { use crate::wrap; }", 1)]
#[case::state_to_effects("tui/model.rs", "use super::effects::Effects;", 1)]
#[case::state_to_client("tui/model.rs", "use crate::client::Client;", 1)]
#[case::state_to_drawing("tui/model/mark.rs", "use crate::tui::draw::draw;", 1)]
#[case::state_to_layout("tui/model.rs", "use super::layout::Regions;", 1)]
#[case::dialog_to_state("tui/dialog/help.rs", "use crate::tui::model::Model;", 1)]
#[case::widget_to_dialog("tui/widget/list.rs", "use crate::tui::dialog::Look;", 1)]
#[case::pane_to_update("tui/pane/form.rs", "use crate::tui::update::focus;", 1)]
#[case::update_to_screen("tui/update/send.rs", "use crate::tui::screen;", 1)]
#[case::update_to_drawing("tui/update/focus.rs", "use crate::tui::draw;", 1)]
#[case::into_the_screen("cli/compose.rs", "use crate::tui::model::App;", 1)]
#[case::twice("message.rs", "use crate::cli; use crate::{tui, sandbox};", 3)]
#[case::unknown("message.rs", "use crate::helpers;", 1)]
#[case::main_past_the_prompt("main.rs", "use wacompose::gateway;", 1)]
#[case::downwards("gateway.rs", "use crate::message::{Draft, check::{self, *}};", 0)]
#[case::within(
    "gateway/wuts.rs",
    "use super::{Account, wire}; use crate::gateway::Outcome;",
    0
)]
#[case::parent_in_tests("message.rs", "mod tests { use super::*; }", 0)]
#[case::in_a_comment(
    "message.rs",
    "//! See [`crate::client`].\n// crate::client\n/// crate::tui\nfn f() {}",
    0
)]
#[case::in_a_string("message.rs", "const S: &str = \"crate::client::日本 👩‍👩‍👧\";", 0)]
#[case::visibility("message.rs", "pub(crate) fn f() {} pub(super) struct S;", 0)]
#[case::effects(
    "tui/effects.rs",
    "use crate::dispatch::Dispatch; use super::event::Event;",
    0
)]
#[case::update_to_state("tui/update/send.rs", "use crate::tui::model::{Model, mark};", 0)]
#[case::a_theme_for_a_widget("tui/widget/list.rs", "use crate::tui::theme::Theme;", 0)]
#[case::the_screen("cli/compose.rs", "use crate::tui::{self, Start};", 0)]
#[case::main("main.rs", "fn main() { wacompose::cli::run() }", 0)]
fn made_up_sources(#[case] file: &str, #[case] source: &str, #[case] expected: usize) {
    let found = forbidden(file, source, &table(), &inside_tui());
    assert_eq!(found.len(), expected, "{found:?}");
}

#[test]
fn a_forbidden_use_is_named_with_its_line() {
    let source = "//! Messages.\n\nuse crate::{\n    visible,\n    client::Client,\n};\n";
    let found = forbidden("message.rs", source, &table(), &inside_tui());
    assert_eq!(
        found,
        ["src/message.rs:5: message may not use client::Client"]
    );
}

#[test]
fn only_the_client_uses_the_http_library() {
    fn mentions(stream: TokenStream) -> bool {
        stream.into_iter().any(|token| match token {
            TokenTree::Ident(word) => word == "reqwest",
            TokenTree::Group(group) => mentions(group.stream()),
            _ => false,
        })
    }
    assert!(mentions("fn f() { reqwest::get() }".parse().unwrap()));
    let users: BTreeSet<String> = sources()
        .into_iter()
        .filter(|(_, source)| mentions(source.parse().unwrap()))
        .map(|(file, _)| layer_of_file(&file))
        .collect();
    assert_eq!(users, BTreeSet::from(["client".to_owned()]));
}

#[test]
fn no_file_is_called_mod() {
    let sources = sources();
    let found: Vec<_> = sources
        .keys()
        .filter(|file| file.ends_with("mod.rs"))
        .collect();
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn main_is_short() {
    let main = &sources()[Path::new("main.rs")];
    let lines = main.lines().count();
    assert!(lines <= 40, "{lines} lines");
}

/// What a gateway has of its own is told by its implementation, and not asked for by its name.
#[test]
fn only_the_gateways_rooms_name_one() {
    let is_room = |file: &Path| {
        let layer = layer_of_file(file);
        ["gateway", "sandbox", "import"].contains(&layer.as_str())
    };
    let files = sources().into_iter();
    let elsewhere = files.filter(|(file, _)| !is_room(file));
    let naming = elsewhere.filter(|(_, source)| {
        let mut names = source.split("GatewayKind::").skip(1);
        names.any(|rest| {
            let mut letters = rest.chars();
            let starts_variant = letters.next().is_some_and(|c| c.is_ascii_uppercase());
            let is_constant = letters.next().is_some_and(|c| c.is_ascii_uppercase());
            rest.starts_with('{') || rest.starts_with('*') || starts_variant && !is_constant
        })
    });
    let naming: Vec<_> = naming.map(|(file, _)| file).collect();
    assert!(naming.is_empty(), "{naming:?}");
}
