//! The pages of diagnostic codes, all alike: headed by the code, with as many wrong examples as right ones. The examples
//! of syntax are read here; those of other codes are run where the phase that gives the code is tested.

use super::blocks::{Block, blocks};
use hongxian::diagnostic::Code;
use hongxian::source::SourceMap;
use hongxian::syntax;
use std::fs;
use std::path::Path;

/// Every page, with its code.
fn pages() -> Vec<(&'static str, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/diagnostics");
    let read = |code: &'static str| Some((code, fs::read_to_string(folder.join(format!("{code}.md"))).ok()?));
    Code::ALL.iter().filter_map(|code| read(code.as_str())).collect()
}

#[test]
fn pages_are_headed_by_their_code_and_balanced() {
    let mut wrong = Vec::new();
    for (code, page) in pages() {
        if !page.starts_with(&format!("# {code}: ")) {
            wrong.push(format!("{code}: the page does not begin with `# {code}: `"));
        }
        let found = blocks(&page);
        let marked = |mark: &str| found.iter().filter(|block| block.says(mark)).count();
        if marked("wrong") != marked("right") {
            wrong.push(format!("{code}: {} wrong examples, {} right ones", marked("wrong"), marked("right")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_examples_of_syntax_say_what_their_page_is_about() {
    let mut wrong = Vec::new();
    for (code, page) in pages().into_iter().filter(|(code, _)| code.starts_with("E01")) {
        for block in blocks(&page).iter().filter(|block| block.language() == "policy") {
            let found = read(block);
            if block.says("wrong") && !found.contains(&code) || block.says("right") && !found.is_empty() {
                wrong.push(format!("{code}: the example at line {} yields {found:?}", block.line));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The codes that reading a block yields.
fn read(block: &Block) -> Vec<&'static str> {
    let file = SourceMap::new().add("example.policy", block.text.clone());
    let found = syntax::parse(file, &block.text).err().unwrap_or_default();
    found.iter().map(|diagnostic| diagnostic.code.as_str()).collect()
}
