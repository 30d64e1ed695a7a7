//! Manifests and locator tables.

use super::shown::shown;
use hongxian::pack::{LoadedPack, Modules, PackFiles, load};
use hongxian::source::SourceMap;

const GOOD: &str = r#"
name     = "fintech-plan"
version  = "0.1.0"
language = "2026"
title    = { en = "The plan", zh = "规划" }
root     = "Product"
lapsed_on = 2021-12-31

[[source]]
name     = "plan"
title    = { en = "The plan", zh = "规划" }
locators = "sources/plan.txt"

[arguments]
B = { en = "Information is protected", zh = "保护信息" }
A = { en = "Nothing spreads" }

[[plugin]]
name   = "codes"
file   = "plugins/codes.wasm"
sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
limits = { fuel = 1_000_000 }
"#;

fn files(manifest: &str) -> PackFiles {
    [
        ("pack.toml", manifest),
        ("sources/plan.txt", "3.4.3#2\n3.4.3#1 ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\r\n"),
        ("plugins/codes.wasm", "abc"),
        ("b.policy", "module b"),
        ("a/a.policy", "module a"),
        ("fixtures/complete.json", "{}"),
    ]
    .into_iter()
    .collect()
}

fn loaded(files: &PackFiles) -> Result<LoadedPack, String> {
    let mut sources = SourceMap::new();
    load(files, "plan/", Modules::All, &mut sources).map_err(|found| shown(&sources, &found))
}

#[test]
fn a_good_pack() {
    let pack = loaded(&files(GOOD)).unwrap();
    let manifest = &pack.manifest;
    assert_eq!(manifest.name.value, "fintech-plan");
    assert_eq!(manifest.root.as_ref().unwrap().value, "Product");
    assert_eq!(manifest.lapsed_on.as_ref().unwrap().value.to_string(), "2021-12-31");
    assert_eq!(manifest.title.zh.as_deref(), Some("规划"));
    assert_eq!(manifest.default_source().unwrap().name.value, "plan", "the only source is the default one");
    assert_eq!(manifest.arguments.keys().collect::<Vec<_>>(), ["B", "A"], "as they stand in the text");
    assert_eq!(manifest.plugins[0].limits.fuel.as_ref().unwrap().value, 1_000_000);
    let names: Vec<&str> = pack.modules.iter().map(|module| module.header.name.text.as_str()).collect();
    assert_eq!(names, ["a", "b"], "by path");
    let locators: Vec<(&str, bool)> =
        pack.locators[0].entries.iter().map(|(name, line)| (name.as_str(), line.sha256.is_some())).collect();
    assert_eq!(locators, [("3.4.3#2", false), ("3.4.3#1", true)], "order kept");
    assert!(pack.files.get("fixtures/complete.json").is_some());
}

#[test]
fn all_errors_of_all_files_at_once() {
    let mut files = files(
        r#"nmae = "x"
language = "2027"
title = "no table"
lapsed_on = "2021-12-31"
extension = "Own"
[[source]]
name = "plan"
title = { en = "The plan", fr = "le plan" }
locators = "sources/plan.tx"
default = true
[[source]]
name = "plan"
title = { zh = "规划" }
locators = "bad.txt"
default = true
[[plugin]]
name = "two words"
file = "plugins/codes.wasm"
sha256 = "abc"
"#,
    );
    files.insert("bad.txt", "3.4.3#1\n\n 3.4.3#1\nx y\n三\n");
    files.insert("c.policy", "modul c");
    files.insert("d.policy", b"module d\n\"\xff\"".to_vec());
    let errors = loaded(&files).unwrap_err();
    let (rest, module) = errors.split_once("\nplan/c.policy:1:1: E0101").unwrap();
    assert!(module.ends_with("\nplan/d.policy:2:2: E0105 expected UTF-8 text in `d.policy`, found another encoding"));
    assert_eq!(
        rest,
        r#"plan/pack.toml:1:1: E0503 unknown key `nmae` in a manifest
  help: did you mean `name`?
plan/pack.toml:1:1: E0504 missing key `version` in a manifest
  help: add `version = "0.1.0"`
plan/pack.toml:1:1: E0504 missing key `root` in a manifest
  help: add `root = "Product"`
plan/pack.toml:2:12: E0505 expected language edition `2026`, found `2027`
  help: this engine reads one edition; a pack of another one needs another version of the engine
plan/pack.toml:3:9: E0505 expected a table for `title`, found a string
plan/pack.toml:4:13: E0505 expected a date such as 2021-12-31 for `lapsed_on`, found a string
  help: write the date without quotes
plan/pack.toml:5:13: E0505 `extension` stands in a pack that does not extend another
  help: add `extends = "…"`, or remove it
plan/pack.toml:8:28: E0503 unknown key `fr` in a text in two languages
  help: known keys: en, zh
plan/pack.toml:11:1: E0506 `plan` and `plan` are both the default source
  plan/pack.toml:6:1: the first one
  help: keep `default = true` at one of them
plan/pack.toml:12:8: E0506 source `plan` stands here twice
  plan/pack.toml:7:8: the first one
plan/pack.toml:13:9: E0504 missing key `en` in a text in two languages
  help: add `en = "…"`
plan/pack.toml:17:8: E0505 expected a word of letters, digits and `_` for `name`, found `two words`
plan/pack.toml:19:10: E0505 expected 64 lower-case hexadecimal digits for `sha256`
plan/pack.toml:9:12: E0501 expected a file `sources/plan.tx` in the pack, found none
  help: did you mean `sources/plan.txt`?
plan/bad.txt:2:1: E0507 expected a locator, found an empty line
plan/bad.txt:3:1: E0507 locator `3.4.3#1` stands here twice
  plan/bad.txt:1:1: the first one
plan/bad.txt:4:1: E0507 expected nothing or 64 lower-case hexadecimal digits after `x`
plan/bad.txt:5:1: E0507 expected a locator such as `3.4.3#2`, found `三`
plan/pack.toml:19:10: E0509 expected SHA-256 `abc`, found `ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad`
  plan/pack.toml:18:8: this file's digest is another one
  help: if the change of the plugin is meant, write its new digest here"#
    );
}

#[test]
fn a_syntax_error_does_not_cascade() {
    let errors = loaded(&files(&GOOD.replace("root     = \"Product\"", "root = Product"))).unwrap_err();
    assert_eq!(errors.lines().count(), 1, "{errors}");
    assert!(errors.starts_with("plan/pack.toml:6:8: E0502"), "{errors}");
}

#[test]
fn a_folder_that_is_no_pack() {
    let nested: PackFiles = [("fintech-plan/pack.toml", GOOD)].into_iter().collect();
    assert_eq!(
        loaded(&nested).unwrap_err(),
        "-: E0501 expected a manifest `plan/pack.toml`, found none\n  help: did you mean the folder of `fintech-plan/pack.toml`?"
    );
}
