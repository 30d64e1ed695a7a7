//! Every limit of a pack at the limit and one past it, and manifests with changes at random.

use super::shown;
use crate::chance::cases;
use crate::decode::random::mutated;
use hongxian::pack::{Locators, MAX_FILES, MAX_LOCATORS, MAX_PACK_BYTES, Modules, PackFiles, Waivers, load};
use hongxian::source::{FileId, SourceMap};
use proptest::prelude::*;

const MANIFEST: &str = r#"name = "p"
version = "1"
language = "2026"
title = { en = "p", zh = "包" }
root = "R"
lapsed_on = 2021-12-31

[[source]]
name = "s"
locators = "s.txt"
default = true

[arguments]
A = { en = "a" }
"#;

const WAIVERS: &str = r#"[[waiver]]
rule = "T17-R7"
product = "EX-1"
covers = "fail"
scope = "/data/items[name=卡号]/sharing_mode"
facts = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
reason = "r"
control = "c"
approver = "a"
role = "b"
granted = 2020-05-01
expires = 2020-06-30
"#;

fn base() -> PackFiles {
    [("pack.toml", MANIFEST), ("s.txt", "1\n")].into_iter().collect()
}

fn errors(files: &PackFiles) -> String {
    let mut sources = SourceMap::new();
    load(files, "", Modules::All, &mut sources).map_or_else(|found| shown(&sources, &found), |_| String::new())
}

#[test]
fn files() {
    let mut files = base();
    for index in files.files.len()..MAX_FILES {
        files.insert(format!("notes/{index}"), "");
    }
    assert_eq!(errors(&files), "");
    files.insert("one more", "");
    assert_eq!(errors(&files), "-: E0508 expected at most 10000 files in a pack, found 10001");
}

#[test]
fn bytes() {
    let mut files = base();
    let room = MAX_PACK_BYTES - files.files.values().map(|bytes| bytes.len()).sum::<usize>();
    files.insert("notes", vec![b' '; room]);
    assert_eq!(errors(&files), "");
    files.insert("notes", vec![b' '; room + 1]);
    assert_eq!(errors(&files), "-: E0508 expected at most 67108864 bytes in a pack, found 67108865");
}

#[test]
fn locators() {
    let table = |lines: usize| (0..lines).map(|line| line.to_string()).collect::<Vec<_>>().join("\n");
    assert!(Locators::parse(FileId::new(0), &table(MAX_LOCATORS)).is_ok());
    let found = Locators::parse(FileId::new(0), &table(MAX_LOCATORS + 9)).unwrap_err();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].message, "expected at most 100000 locators in a source");
}

proptest! {
    #![proptest_config(cases(2000))]

    #[test]
    fn mutated_manifests_are_errors_with_a_place_or_good(text in mutated(MANIFEST)) {
        let mut files = base();
        files.insert("pack.toml", text);
        let mut sources = SourceMap::new();
        if let Err(found) = load(&files, "", Modules::All, &mut sources) {
            prop_assert!(!found.is_empty());
            for diagnostic in found {
                let span = diagnostic.primary.unwrap().span;
                prop_assert!(span.end as usize <= sources.get(span.file).unwrap().text().len(), "{}", diagnostic.message);
            }
        }
    }

    #[test]
    fn mutated_waivers_are_errors_with_a_place_or_good(text in mutated(WAIVERS)) {
        let text = String::from_utf8_lossy(&text).into_owned();
        if let Err(found) = Waivers::parse(FileId::new(0), &text) {
            prop_assert!(!found.is_empty());
            for diagnostic in found {
                let span = diagnostic.primary.unwrap().span;
                prop_assert!(span.end as usize <= text.len(), "{}", diagnostic.message);
            }
        }
    }
}
