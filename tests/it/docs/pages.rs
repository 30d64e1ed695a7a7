//! The pages of diagnostic codes: a page is headed by its code, its wrong example yields the code, and its right one
//! does not. Examples in the policy language are complete modules of a small pack; others (`json`, `toml`) are shown.

use super::blocks::{Block, blocks};
use hongxian::diagnostic::Code;
use hongxian::engine::Engine;
use hongxian::pack::PackFiles;
use hongxian::testing::{self, Ended};
use std::fs;
use std::path::Path;

/// The pack in which the examples stand.
const PACK: [(&str, &str); 3] = [
    (
        "pack.toml",
        "name = \"example\"\nversion = \"1.0.0\"\nlanguage = \"2026\"\ntitle = { en = \"Example\" }\nroot = \"Product\"\n\n\
         [[source]]\nname = \"text\"\ntitle = { en = \"A text\" }\nlocators = \"text.txt\"\n",
    ),
    ("text.txt", "1#1\n"),
    ("product.json", r#"{"amount": 1, "kind": "plain"}"#),
];

/// Every code that a module yields: as a member of the pack, and when its tests are run.
fn codes(module: &str) -> Vec<&'static str> {
    let mut files: PackFiles = PACK.into_iter().collect();
    files.insert("example.policy", module);
    let engine = match Engine::builder().pack(files, "").build() {
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

fn judge(code: &str, block: &Block) -> Option<String> {
    let found = codes(&block.text);
    let errors: Vec<_> = found.iter().filter(|found| found.starts_with('E')).collect();
    if block.says("wrong") && !found.contains(&code) {
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
