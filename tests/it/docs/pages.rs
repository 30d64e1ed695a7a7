//! The pages of diagnostic codes: a page is headed by its code, its wrong example yields the code and no other error,
//! and its right one none. Examples in the policy language are packs by the convention of `check/packs.rs`: complete
//! modules, over a small built-in model where they have none. Others (`json`, `toml`) are shown.

use super::blocks::{Block, blocks};
use crate::check::packs::packs;
use hongxian::diagnostic::Code;
use hongxian::engine::Engine;
use hongxian::testing::{self, Ended};
use std::fs;
use std::path::Path;

/// Every code that an example yields: as packs by the convention of `check/packs.rs`, and when its tests are run.
fn codes(example: &str) -> Vec<&'static str> {
    let several = packs(example).len() > 1;
    let loaded = packs(example).into_iter().fold(Engine::builder(), |builder, (name, files)| {
        builder.pack(files, &if several { format!("{name}/") } else { String::new() })
    });
    let engine = match loaded.build() {
        Ok(engine) => engine,
        Err(invalid) => return invalid.diagnostics.iter().map(|diagnostic| diagnostic.code.as_str()).collect(),
    };
    let mut found: Vec<_> = engine.warnings().iter().map(|diagnostic| diagnostic.code.as_str()).collect();
    for case in testing::cases(&engine) {
        if let Ended::Broken(diagnostics) = testing::run(&engine, &case) {
            found.extend(diagnostics.iter().map(|diagnostic| diagnostic.code.as_str()));
        }
    }
    found
}

/// What is wrong with an example. A page about syntax is judged by what is said about syntax.
fn judge(code: &str, block: &Block) -> Option<String> {
    let mut found = codes(&block.text);
    if code.starts_with("E01") {
        found.retain(|found| found.starts_with("E01"));
    }
    let errors: Vec<_> = found.iter().filter(|found| found.starts_with('E')).collect();
    let others = errors.iter().any(|found| **found != code);
    if block.says("wrong") && (others || !found.contains(&code)) {
        return Some(format!("{code}: the wrong example yields {found:?}"));
    }
    if block.says("right") && (found.contains(&code) || !errors.is_empty()) {
        return Some(format!("{code}: the right example yields {found:?}"));
    }
    None
}

#[test]
fn the_examples_of_every_page_say_what_the_page_is_about() {
    let mut wrong = Vec::new();
    for code in Code::ALL.iter().map(|code| code.as_str()) {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("docs/diagnostics/{code}.md"));
        let Ok(page) = fs::read_to_string(path) else { continue };
        if !page.starts_with(&format!("# {code}: ")) {
            wrong.push(format!("{code}: the page does not begin with `# {code}: `"));
        }
        let found = blocks(&page);
        let marked = |mark: &str| found.iter().filter(|block| block.says(mark)).count();
        if marked("wrong") != marked("right") {
            wrong.push(format!("{code}: {} wrong examples, {} right ones", marked("wrong"), marked("right")));
        }
        wrong.extend(found.iter().filter(|block| block.language() == "policy").filter_map(|block| judge(code, block)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
