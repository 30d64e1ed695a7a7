//! A red line of the plan is loosened, in a way that no declaration of the corpus shows; the search must find one that
//! does. Each change is a file in `planted/`: the rule, the file, and the text before and after.

use crate::testing::{engine, folder};
use hongxian::change::contract::{Search, Witness};
use hongxian::change::search::SEARCH_LIMIT;
use hongxian::change::{Comparison, Example, Movement};
use hongxian::engine::{Engine, Input, Options};
use hongxian::pack::PackFiles;
use serde::Deserialize;
use serde_json::Value;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Planted {
    about: String,
    rule: String,
    file: String,
    /// The text in the pack.
    from: String,
    /// What stands there in the old policy; the text in the pack where absent.
    before: Option<String>,
    /// What stands there in the new policy.
    to: String,
}

fn plan() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("policies/fintech-plan")
}

/// The plan's pack with another text in one file, without its tests.
fn with(file: &str, from: &str, to: &str) -> Engine {
    let mut files = PackFiles::new();
    for (path, bytes) in folder(&plan()).files {
        if !path.starts_with("tests/") {
            files.insert(path, bytes);
        }
    }
    let text = String::from_utf8(files.get(file).unwrap().to_vec()).unwrap();
    assert_eq!(text.matches(from).count(), 1, "{file}: {from}");
    files.insert(file, text.replace(from, to));
    engine([files])
}

fn example(path: &Path) -> Example {
    Example {
        name: path.file_name().unwrap().to_str().unwrap().to_owned(),
        bytes: std::fs::read(path).unwrap(),
        as_of: None,
        stage: None,
    }
}

/// The complete declaration, to which no red line objects.
fn corpus() -> Vec<Example> {
    vec![example(&plan().join("fixtures/complete.json"))]
}

fn planted() -> Vec<(String, Planted)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/change/planted");
    let mut all: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let planted = toml::from_str(&std::fs::read_to_string(&path).unwrap());
            (name.clone(), planted.unwrap_or_else(|error| panic!("{name}: {error}")))
        })
        .collect();
    all.sort_by(|a, b| a.0.cmp(&b.0));
    all
}

#[test]
fn every_planted_loosening_is_found() {
    let all = planted();
    assert!(all.len() >= 10);
    let (mut shown, mut missed) = (String::new(), Vec::new());
    let plain = with("pack.toml", "language = ", "language = ");
    for (name, planted) in all {
        let other = planted.before.as_deref().map(|before| with(&planted.file, &planted.from, before));
        let old = other.as_ref().unwrap_or(&plain);
        let new = with(&planted.file, &planted.from, &planted.to);
        let (search, movements) = found(&name, &planted, old, &new);
        let Some(witness) = search.witness else {
            missed.push(format!("{name}: nothing found in {} declarations", search.tried));
            continue;
        };
        assert!(movements.contains(&Movement::Loosened), "{name}: {movements:?}");
        assert!(witness.movements.contains(&Movement::Loosened), "{name}: {witness:#?}");
        holds(&name, &planted, old, &new, &witness);
        shown = format!(
            "{shown}{name}: {}\n  {} {:?} -> {:?}, after {} declarations, {:?}\n  {}\n",
            planted.about, planted.rule, witness.from, witness.to, search.tried, witness.changed, witness.declaration
        );
    }
    assert!(missed.is_empty(), "{missed:#?}");
    insta::assert_snapshot!("planted", shown);
}

/// The corpus shows nothing, and the search something.
fn found(name: &str, planted: &Planted, old: &Engine, new: &Engine) -> (Search, Vec<Movement>) {
    let comparison = Comparison::new(old, new);
    let corpus = corpus();
    let seen: Vec<_> = corpus.iter().map(|example| comparison.product(example)).collect();
    let id = new.rule(&planted.rule);
    let at = comparison.changed().iter().position(|it| it.new == id).unwrap_or_else(|| panic!("{name}: no change"));
    assert!(seen.iter().all(|seen| !seen.moved().any(|moved| moved == at)), "{name}: the corpus shows it");
    assert!(comparison.wants_search(at, &seen), "{name}");
    let search = comparison.search(at, &corpus, SEARCH_LIMIT, &mut |_| {}).unwrap();
    let diff = comparison.diff(("old", "new"), seen, HashMap::from([(at, search.clone())]));
    let rule = diff.rules.into_iter().find(|rule| rule.id == planted.rule).unwrap();
    (search, rule.movements)
}

/// A witness is a declaration that both judge, differently, and from which nothing can be left out.
fn holds(name: &str, planted: &Planted, old: &Engine, new: &Engine, witness: &Witness) {
    let judge = |engine: &Engine, json: &Value| {
        let bytes = serde_json::to_vec(json).unwrap();
        let rules = [engine.rule(&planted.rule).unwrap()];
        let options = Options { rules: Some(&rules), ..Options::default() };
        engine.outcomes(Input { name: "witness", bytes: &bytes }, &options).ok().map(|judged| judged[0].outcome)
    };
    let both = |json: &Value| (judge(old, json), judge(new, json));
    let whole = both(&witness.declaration);
    assert_eq!(whole, (Some(witness.from), Some(witness.to)), "{name}");
    for place in places(&witness.declaration) {
        let mut less = witness.declaration.clone();
        take_away(&mut less, &place);
        assert_ne!(both(&less), whole, "{name}: `{place}` can be left out");
    }
}

/// JSON Pointers of everything in a declaration.
fn places(json: &Value) -> Vec<String> {
    let inside: Vec<(String, &Value)> = match json {
        Value::Object(object) => object.iter().map(|(key, value)| (format!("/{key}"), value)).collect(),
        Value::Array(items) => items.iter().enumerate().map(|(at, value)| (format!("/{at}"), value)).collect(),
        _ => Vec::new(),
    };
    let below = |(at, value): (String, &Value)| {
        let deeper = places(value).into_iter().map(|place| format!("{at}{place}")).collect::<Vec<_>>();
        std::iter::once(at).chain(deeper).collect::<Vec<_>>()
    };
    inside.into_iter().flat_map(below).collect()
}

fn take_away(json: &mut Value, place: &str) {
    let (before, last) = place.rsplit_once('/').unwrap();
    match json.pointer_mut(before).unwrap() {
        Value::Object(object) => drop(object.remove(last)),
        Value::Array(items) => drop(items.remove(last.parse().unwrap())),
        _ => unreachable!(),
    }
}

/// A rule that says the same in other words: nothing is found, and what was done is said.
#[test]
fn a_search_ends_by_itself_or_by_its_limit() {
    let file = "3.4-risk-prevention/t16_cyber_security.policy";
    let from = "require product.cyber.mlps_level >= protection_level";
    let old = with(file, from, from);
    let new = with(file, from, "require protection_level <= product.cyber.mlps_level");
    let comparison = Comparison::new(&old, &new);
    let search = |limit| comparison.search(0, &corpus(), limit, &mut |_| {}).unwrap();
    assert_eq!(comparison.changed().len(), 1);
    let whole = search(SEARCH_LIMIT);
    assert!(whole.witness.is_none() && whole.whole && whole.tried < SEARCH_LIMIT, "{whole:?}");
    assert!(whole.varied.iter().any(|name| name == "product.cyber.mlps_level"), "{:?}", whole.varied);
    let enough = search(whole.tried);
    assert!(enough.whole && enough.tried == whole.tried);
    let one_less = search(whole.tried - 1);
    assert!(!one_less.whole && one_less.tried == whole.tried - 1, "{one_less:?}");
    assert_eq!(search(SEARCH_LIMIT), whole, "the same search finds the same");
}
