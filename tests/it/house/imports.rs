//! Imports run one way, from later phases to earlier ones, and each foreign crate lives behind one folder.

use super::source::{self, SourceFile};
use std::collections::BTreeSet;

/// The rooms of `src/` in the order of the pipeline: each may import those before it, and itself.
const ORDER: &[&str] = &[
    "source",
    "diagnostic",
    "value",
    "syntax",
    "ir",
    "function",
    "pack",
    "policies",
    "plugin",
    "check",
    "compile",
    "schema",
    "decode",
    "eval",
    "report",
    "evidence",
    "engine",
    "testing",
    "trace",
    "book",
    "vary",
    "change",
    "worklist",
    "render",
    "lib",
];

/// Which rooms may name which foreign crates. `*` is every room: vocabulary that the whole crate speaks.
const FOREIGN: &[(&str, &[&str])] = &[
    ("aho_corasick", &["report"]),
    ("anstream", &["bin"]),
    ("anstyle", &["render", "bin"]),
    ("annotate_snippets", &["render"]),
    ("clap", &["bin"]),
    ("clap_complete", &["bin"]),
    ("clap_mangen", &["bin"]),
    ("csv", &["render"]),
    ("ctrlc", &["bin"]),
    ("data_encoding", &["render"]),
    ("flate2", &["bin"]),
    ("foldhash", &["decode"]),
    ("glob", &["bin"]),
    ("include_dir", &["bin"]),
    ("indexmap", &["*"]),
    ("indicatif", &["bin"]),
    ("jiff", &["value"]),
    ("maud", &["render"]),
    ("memchr", &["source", "engine", "bin"]),
    ("mimalloc", &["bin"]),
    ("minisign", &["bin"]),
    ("notify", &["bin"]),
    ("num_bigint", &["value"]),
    ("num_integer", &["value"]),
    ("num_rational", &["value"]),
    ("num_traits", &["value"]),
    ("parquet", &["render"]),
    ("pest", &["syntax"]),
    ("pest_derive", &["syntax"]),
    ("postcard", &["syntax", "ir", "compile"]),
    ("quick_junit", &["render"]),
    ("quick_xml", &["render"]),
    ("rayon", &["bin"]),
    ("regex", &["check", "compile", "trace", "bin"]),
    ("rpassword", &["bin"]),
    ("ruzstd", &["bin"]),
    ("serde", &["*"]),
    (
        "serde_json",
        &[
            "function", "pack", "plugin", "report", "evidence", "render", "schema", "testing", "vary", "change",
            "worklist", "bin",
        ],
    ),
    ("sha2", &["pack", "plugin", "render", "report", "trace", "bin"]),
    ("signal_hook", &["bin"]),
    ("simdutf8", &["decode"]),
    ("similar", &["bin"]),
    ("smallvec", &["decode", "eval"]),
    ("strsim", &["diagnostic"]),
    ("tar", &["bin"]),
    ("terminal_size", &["bin"]),
    ("toml", &["pack"]),
    ("unicode_normalization", &["value", "trace"]),
    ("unicode_width", &["syntax", "render"]),
    ("wasmtime", &["plugin"]),
    ("wit_component", &["bin"]),
    ("zip", &["bin"]),
];

#[test]
fn imports_run_from_later_phases_to_earlier_ones() {
    let mut wrong = Vec::new();
    for file in library() {
        let own = place(file.room()).unwrap_or_else(|| panic!("{}: a room that the order does not know", file.path));
        for (line, room) in crate_rooms(&file) {
            match place(&room) {
                Some(other) if other <= own => {}
                Some(_) => wrong.push(format!("{}:{line}: `{}` must not know `{room}`", file.path, file.room())),
                None => wrong.push(format!("{}:{line}: `crate::{room}` is no room of the house", file.path)),
            }
        }
    }
    assert!(wrong.is_empty(), "imports against the order:\n{}", wrong.join("\n"));
}

#[test]
fn nobody_climbs_out_of_a_room_sideways() {
    let mut wrong = Vec::new();
    for file in library() {
        for (number, line) in file.code() {
            let glob = line.contains("use crate::*") || line.contains("super::super::super");
            if glob {
                wrong.push(format!("{}:{number}: {}", file.path, line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "imports that hide where they lead:\n{}", wrong.join("\n"));
}

#[test]
fn each_foreign_crate_lives_behind_its_folder() {
    let mut wrong = Vec::new();
    for file in source::all() {
        for (line, name) in foreign_names(&file) {
            let rooms = FOREIGN.iter().find(|(known, _)| *known == name).map_or(&[][..], |(_, rooms)| *rooms);
            if !rooms.contains(&"*") && !rooms.contains(&file.room()) {
                let allowed = rooms.join("`, `");
                wrong.push(format!("{}:{line}: `{name}` is for `{allowed}` only", file.path));
            }
        }
    }
    assert!(wrong.is_empty(), "foreign crates outside their folders:\n{}", wrong.join("\n"));
}

#[test]
fn every_dependency_has_a_room() {
    let manifest = std::fs::read_to_string(source::root().join("Cargo.toml")).unwrap();
    let table: toml::Table = manifest.parse().unwrap();
    let systems = table["target"].as_table().unwrap().values().filter_map(|system| system.get("dependencies"));
    let named: BTreeSet<String> = std::iter::once(&table["dependencies"])
        .chain(systems)
        .flat_map(|own| own.as_table().unwrap().keys())
        .map(|key| key.replace('-', "_"))
        .collect();
    let known: BTreeSet<String> = FOREIGN.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(named, known, "left: Cargo.toml, right: the table of this test");
}

/// The library's files: in the binary, `crate` is the binary itself.
fn library() -> impl Iterator<Item = SourceFile> {
    source::all().into_iter().filter(|file| file.room() != "bin")
}

fn place(room: &str) -> Option<usize> {
    ORDER.iter().position(|known| *known == room)
}

/// Every `crate::room` that a file names, also inside `use crate::{…}`.
fn crate_rooms(file: &SourceFile) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let lines = file.code();
    for (index, (number, line)) in lines.iter().enumerate() {
        for (at, _) in line.match_indices("crate::").filter(|(at, _)| !follows_a_word(line, *at)) {
            let rest = &line[at + "crate::".len()..];
            if rest.starts_with('{') {
                let group: String =
                    std::iter::once(rest).chain(lines[index + 1..].iter().map(|(_, line)| line.as_str())).collect();
                found.extend(group_heads(&group).into_iter().map(|room| (*number, room)));
            } else {
                found.push((*number, first_word(rest)));
            }
        }
    }
    found.retain(|(_, room)| room.starts_with(char::is_lowercase));
    found
}

/// The first words of the parts of `{a::b, c}`.
fn group_heads(group: &str) -> Vec<String> {
    let mut depth = 0;
    let mut heads = Vec::new();
    let mut current = String::new();
    for character in group.chars() {
        match character {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => heads.push(first_word(&std::mem::take(&mut current))),
            _ if depth == 1 => current.push(character),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    heads.push(first_word(&current));
    heads.retain(|head| !head.is_empty());
    heads
}

/// Every foreign crate that a file names, in a path or a `use`.
fn foreign_names(file: &SourceFile) -> Vec<(usize, &'static str)> {
    let mut found = Vec::new();
    for (number, line) in file.code() {
        for (name, _) in FOREIGN {
            let path = format!("{name}::");
            let named = line.match_indices(&path).any(|(at, _)| !follows_a_word(&line, at));
            if named || line.trim_start().starts_with(&format!("use {name};")) {
                found.push((number, *name));
            }
        }
    }
    found
}

fn first_word(text: &str) -> String {
    text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// Whether what stands at `at` is the end of a longer word or a path: `my_crate::`, `self::pest::`.
fn follows_a_word(line: &str, at: usize) -> bool {
    line[..at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':')
}

#[test]
fn groups_and_paths_are_read() {
    let text = "use crate::{\n    ir::{Model, Type},\n    source::Span,\n};\nfn f() -> crate::value::Number {}\n// crate::render";
    let file = SourceFile { path: "src/check/x.rs".to_owned(), text: text.to_owned() };
    let rooms: Vec<_> = crate_rooms(&file).into_iter().map(|(line, room)| format!("{line} {room}")).collect();
    assert_eq!(rooms, ["1 ir", "1 source", "5 value"]);
    let foreign = SourceFile { path: "src/check/x.rs".to_owned(), text: "use clap::Parser;\nmy_regex::x".to_owned() };
    assert_eq!(foreign_names(&foreign), [(1, "clap")]);
}
