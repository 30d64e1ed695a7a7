//! The pack that lives by its plugins, over what was published of real products.

use crate::plan::PLAN;
use crate::testing::{policies, shipped};
use hongxian::engine::{Engine, Input, Options};
use hongxian::function::{Instance, Library, Reader, Scalar, Type};
use hongxian::ir::RuleKind;
use hongxian::pack::{MANIFEST, Manifest};
use hongxian::plugin::{Host, Limits, Plugin};
use hongxian::report::contract::{Finding, Outcome, Report, Rule};
use hongxian::source::FileId;
use hongxian::value::{Number, Text, Value};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

static BESIDE: LazyLock<Engine> = LazyLock::new(|| shipped(&["declaration-integrity"]));

/// The form that prints a zero for an O in its legal entity identifier.
const MISPRINTED: &str = "abc-hainan-rural-cloud.json";

/// What was published of real products.
fn published() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples")).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    let mut found: Vec<PathBuf> = paths
        .filter(|path| path.extension().is_some_and(|end| end == "json"))
        .filter(|path| !path.ends_with("crosses-red-lines.json"))
        .collect();
    found.sort();
    assert_eq!(found.len(), 9);
    found
}

fn judged(engine: &Engine, name: &str, text: &str) -> Report {
    engine.evaluate(Input { name, bytes: text.as_bytes() }, &Options::default()).unwrap()
}

fn rule<'r>(report: &'r Report, id: &str) -> &'r Rule {
    report.rules.iter().find(|rule| rule.id == id).unwrap()
}

fn failing(report: &Report) -> Vec<&str> {
    report.rules.iter().filter(|rule| rule.outcome == Outcome::Fail).map(|rule| rule.id.as_str()).collect()
}

#[test]
fn a_misprinted_identifier_is_a_notice_that_moves_no_decision() {
    for path in published() {
        let name = path.file_name().unwrap().to_str().unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        let (plan, beside) = (judged(&PLAN, name, &text), judged(&BESIDE, name, &text));
        assert_eq!(beside.decision, plan.decision, "{name}");
        let found: Vec<&str> = failing(&beside).into_iter().filter(|id| id.starts_with("DI-")).collect();
        let expected: &[&str] = if name == MISPRINTED { &["DI-4"] } else { &[] };
        assert_eq!(found, expected, "{name}");
    }
}

#[test]
fn the_misprint_is_found_where_it_is_printed() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(MISPRINTED);
    let text = std::fs::read_to_string(path).unwrap();
    let report = judged(&BESIDE, MISPRINTED, &text);
    let misprinted = rule(&report, "DI-4");
    let [Finding { outcome, pointer, at, message, .. }] = &misprinted.findings[..] else { panic!("{misprinted:?}") };
    assert_eq!((misprinted.kind, *outcome, pointer.as_str()), (RuleKind::Guidance, Outcome::Fail, "/applicants/0/lei"));
    let line = text.lines().nth(usize::try_from(at.line).unwrap() - 1).unwrap();
    let shown: String = line.chars().skip(usize::try_from(at.column).unwrap() - 1).collect();
    assert_eq!(shown, "\"549300E7TSGLC0VSY746\",");
    assert!(message.en.starts_with("notice on the printed form: "), "{}", message.en);
    assert!(message.zh.as_deref().unwrap().starts_with("公示文本提示："), "{message:?}");

    // Read with the letter, nothing else changes.
    let mended = judged(&BESIDE, MISPRINTED, &text.replace("549300E7TSGLC0VSY746", "549300E7TSGLCOVSY746"));
    assert_eq!(mended.decision, report.decision);
    for (before, after) in report.rules.iter().zip(&mended.rules) {
        let expected = if before.id == "DI-4" { Outcome::Pass } else { before.outcome };
        assert_eq!(after.outcome, expected, "{}", after.id);
    }
}

/// A build without the host of plugins judges by the plan, and a start by it alone waits for none.
#[test]
fn one_pack_alone_wants_plugins() {
    for name in crate::testing::packs() {
        let text = std::fs::read_to_string(policies().join(&name).join(MANIFEST)).unwrap();
        let plugins = Manifest::parse(FileId::new(0), &text).unwrap().plugins.len();
        assert_eq!(plugins, if name == "declaration-integrity" { 3 } else { 0 }, "{name}");
    }
}

fn plugin(name: &str) -> Plugin {
    let bytes = std::fs::read(policies().join("declaration-integrity/plugins").join(name)).unwrap();
    Host::new(None).unwrap().load(&bytes, Limits::DEFAULT).unwrap()
}

/// The fuel of one call of a function over a text, and of one check over a declaration.
fn called(plugin: &Plugin, text: &str) -> (Value<'static>, u64) {
    let index = plugin.description().functions.iter().position(|function| function.name == "lei_valid").unwrap();
    let mut running = plugin.start().unwrap();
    let answer = running.call(index, &[Value::Text(Text::Shared(text.into()))]).unwrap();
    (answer, running.fuel())
}

fn checked(plugin: &Plugin, declaration: &str) -> (String, u64) {
    let check = plugin.description().checks.iter().position(|check| check.name == "near_duplicates").unwrap();
    let option = |name: &str, value: &str, ty: Type| {
        (name.into(), Scalar { value: Value::Number(Number::parse_decimal(value).unwrap()), ty })
    };
    let options = vec![option("share", "0.8", Type::Ratio), option("shortest", "8", Type::Number)];
    let mut reader = Reader::loose(declaration, options).unwrap();
    let mut running = plugin.start().unwrap();
    let found = running.check(check, &mut reader).unwrap();
    (format!("{found:?}"), running.fuel())
}

#[test]
fn a_hundred_runs_of_the_packs_own_plugins_are_one() {
    let path = policies().join("declaration-integrity/fixtures/sound.json");
    let text = std::fs::read_to_string(path).unwrap();
    let (codes, texts) = (plugin("registry_codes.wasm"), plugin("text_review.wasm"));
    let run = || {
        let report = serde_json::to_string(&judged(&BESIDE, "sound.json", &text)).unwrap();
        (called(&codes, "549300E7TSGLCOVSY746"), checked(&texts, &text), report)
    };
    let first = run();
    assert_eq!(first.0.0, Value::Bool(true));
    assert!(first.0.1 > 0 && first.1.1 > 0);
    for _ in 1..100 {
        assert_eq!(run(), first);
    }
}
