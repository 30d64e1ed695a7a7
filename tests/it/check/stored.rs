//! What is checked and compiled when a program is built is what would be made in it.

use super::packs;
use hongxian::check::check;
use hongxian::compile::{Program, compile, store, stored};
use hongxian::function::Registry;
use hongxian::pack::{self, BuiltIn, BuiltInFile, Content, Modules, PackFiles};
use hongxian::source::{FileId, SourceMap};

/// The files as they would stand in a program, with these bytes as what was made of them.
fn built_in(files: &PackFiles, checked: Option<Vec<u8>>) -> &'static BuiltIn {
    let file = |(path, bytes): (&String, &std::borrow::Cow<'static, [u8]>)| BuiltInFile {
        path: path.clone().leak(),
        content: Content::Text(String::from_utf8(bytes.to_vec()).unwrap().leak()),
        tree: None,
    };
    let mut files: Vec<BuiltInFile> = files.files.iter().map(file).collect();
    files.sort_by_key(|file| file.path);
    let checked = checked.map(|bytes| &*bytes.leak());
    Box::leak(Box::new(BuiltIn { name: "test", files: files.leak(), checked }))
}

fn read(files: &PackFiles, checked: Vec<u8>) -> bool {
    stored(built_in(files, Some(checked)), "", &mut SourceMap::new()).is_some()
}

/// Everything of a program apart from what its patterns compile to.
fn parts(program: &Program) -> impl PartialEq + std::fmt::Debug + '_ {
    let Program { policy, layout, nodes, origins, routines, patterns, conditions, stage, rules } = program;
    let patterns: Vec<&str> = patterns.iter().map(hongxian::compile::Pattern::source).collect();
    ((policy, layout, nodes, origins, routines), (patterns, conditions, stage, rules))
}

/// The program that a pack is alone, made now; and whether there is something to be said about it.
fn now(files: &PackFiles) -> Option<(Program, SourceMap, bool)> {
    let mut sources = SourceMap::new();
    let pack = pack::load(files, "in/", Modules::WithoutTests, &mut sources).ok()?;
    let checked = check(&[pack], &Registry::new());
    Some((compile(checked.policy?), sources, !checked.diagnostics.is_empty()))
}

/// With a number that is no decimal.
const THIRD: &str = "module test
title \"Test\"
use model
param third: number = 1 / 3 from project
baseline B-1 \"x\" {
    cites 1#1
    addressee product
    require count(product.items) > third
    remedy \"x\"
}
";

/// Every pack of `good/`, and others that stand alone.
#[test]
fn a_stored_program_is_the_one_that_would_be_made() {
    let mut compared = 0;
    let mut compare = |files: &PackFiles| {
        let Some((program, sources, warned)) = now(files) else {
            assert_eq!(store(files), None, "what is not valid alone is not stored");
            return;
        };
        let Some(bytes) = store(files) else {
            assert!(warned, "what is valid, with nothing to be said about it, is stored");
            return;
        };
        let mut own = SourceMap::new();
        let kept = stored(built_in(files, Some(bytes)), "in/", &mut own).expect("what was stored can be read");
        assert_eq!(parts(&kept), parts(&program));
        assert_eq!(kept.to_string(), program.to_string());
        for index in 0.. {
            let text = |sources: &SourceMap| {
                sources.get(FileId::new(index)).map(|file| (file.name().to_owned(), file.text().to_owned()))
            };
            assert_eq!(text(&own), text(&sources));
            if text(&own).is_none() {
                break;
            }
        }
        compared += 1;
    };
    for path in std::fs::read_dir("tests/it/check/good").unwrap().map(|entry| entry.unwrap().path()) {
        for files in packs::packs(&std::fs::read_to_string(path).unwrap()).values() {
            compare(files);
        }
    }
    compare(&packs::packs(THIRD)["test"]);
    for folder in
        ["policies/fintech-plan", "benches/common/pack", "tests/it/cli/packs/small", "tests/it/formats/secret"]
    {
        compare(&crate::testing::folder(folder.as_ref()));
    }
    assert!(compared >= 6, "{compared} packs were compared");
}

#[test]
fn a_policy_that_needs_other_packs_or_about_which_there_is_something_to_say_is_not_stored() {
    let whole = packs::packs(include_str!("errors/overlay.policy"));
    assert!(whole.len() > 1);
    assert!(whole.values().any(|files| store(files).is_none()));
    let warned = packs::packs(include_str!("errors/unused.policy"));
    assert!(warned.values().all(|files| now(files).is_some() && store(files).is_none()));
}

#[test]
fn bytes_that_are_no_policy_of_this_version_are_not_believed() {
    let files = packs::packs(THIRD).swap_remove("test").unwrap();
    let bytes = store(&files).unwrap();
    assert!(read(&files, bytes.clone()));
    assert!(stored(built_in(&files, None), "", &mut SourceMap::new()).is_none());
    assert!(!read(&files, Vec::new()));
    assert!(!read(&files, bytes[..bytes.len() - 1].to_vec()));
    let mut other_version = bytes.clone();
    other_version[1] += 1;
    assert!(!read(&files, other_version));
    let mut fewer = files.clone();
    fewer.files.shift_remove("pack.toml");
    assert!(!read(&fewer, bytes.clone()), "a text is not there");
    let mut taken = SourceMap::new();
    taken.add("before", "");
    assert!(stored(built_in(&files, Some(bytes)), "", &mut taken).is_none(), "its places would be others");
}
