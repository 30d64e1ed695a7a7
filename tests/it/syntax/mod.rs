//! Parser and printer.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod errors;
mod limits;
mod mutations;
mod pages;
mod plain;
mod print;
mod trees;

use hongxian::source::FileId;
use hongxian::syntax::parse;

#[test]
fn valid_files_parse() {
    for entry in std::fs::read_dir("tests/it/syntax/files").unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let file = parse(FileId::new(0), &text).unwrap_or_else(|faults| panic!("{}: {faults:#?}", path.display()));
        println!("{file:#?}");
    }
}
