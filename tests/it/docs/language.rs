//! The examples of `docs/language.md`: every policy block is read and checked, every JSON block that says what it gives
//! is judged, every line of a block of expressions has the truth that its comment says.

use super::blocks::{Block, blocks};
use hongxian::source::SourceMap;
use hongxian::syntax;
use std::fs;
use std::path::{Path, PathBuf};

/// The documentation's folder.
fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs")
}

fn reference() -> Vec<Block> {
    blocks(&fs::read_to_string(docs().join("language.md")).unwrap())
}

/// The module that a policy block stands for. A fragment stands in a module that uses the example's model; a block of
/// expressions becomes one baseline for each line, whose outcome shows the truth.
fn module(block: &Block) -> String {
    if block.says("truth") {
        return block.text.lines().enumerate().fold("module example\nuse model\n".to_owned(), |module, (index, line)| {
            module + &format!("baseline L-{index} \"line {index}\" {{ cites 1.1#1 addressee product require {} remedy \"none\" }}\n", expression(line).0)
        });
    }
    if block.says("fragment") { format!("module example\nuse model\n{}", block.text) } else { block.text.clone() }
}

/// `expression // truth`
fn expression(line: &str) -> (&str, &str) {
    let (expression, truth) = line.rsplit_once("//").unwrap_or_else(|| panic!("no truth behind `{line}`"));
    (expression.trim(), truth.trim())
}

#[test]
fn every_policy_block_is_read() {
    let mut wrong = Vec::new();
    for block in reference().iter().filter(|block| block.language() == "policy") {
        let mut sources = SourceMap::new();
        let text = module(block);
        let file = sources.add(format!("docs/language.md:{}", block.line), text.clone());
        let found = syntax::parse(file, &text).err().unwrap_or_default();
        if !block.says("wrong") {
            wrong.extend(found.iter().map(|diagnostic| format!("line {}: {}", block.line, diagnostic.message)));
        }
    }
    assert!(wrong.is_empty(), "docs/language.md:\n{}", wrong.join("\n"));
}

#[test]
fn the_example_pack_is_read() {
    for name in ["model", "rules"] {
        let text = fs::read_to_string(docs().join(format!("examples/{name}.policy"))).unwrap();
        let mut sources = SourceMap::new();
        let file = sources.add(name, text.clone());
        let found = syntax::parse(file, &text).err().unwrap_or_default();
        assert!(found.is_empty(), "{name}: {found:?}");
    }
}
