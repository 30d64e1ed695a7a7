//! The pack that lives by its plugins, over what was published of real products.

use crate::plan::{INTEGRITY, PLAN};
use crate::properties::knowledge::given;
use crate::properties::sample::remove;
use crate::testing::{policies, shipped};
use hongxian::engine::{Engine, Input, Options};
use hongxian::function::{Instance, Library, Reader, Scalar, Type};
use hongxian::ir::{RuleId, RuleKind};
use hongxian::pack::{MANIFEST, Manifest};
use hongxian::plugin::{Host, Limits, Plugin};
use hongxian::report::contract::{Finding, Outcome, Report, Rule};
use hongxian::source::FileId;
use hongxian::testing;
use hongxian::value::{Number, Text, Value};
use serde_json::Value as Json;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

static BESIDE: LazyLock<Engine> = LazyLock::new(|| shipped(&[INTEGRITY]));

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
        assert_eq!(plugins, if name == INTEGRITY { 3 } else { 0 }, "{name}");
    }
}

/// The declarations of the pack's own tests, without each of the fields that its baselines read: what a plugin has to do
/// with is no better off.
#[test]
fn saying_less_never_helps_where_plugins_judge() {
    let rules: Vec<RuleId> = ["DI-1", "DI-5"].into_iter().map(|id| BESIDE.rule(id).unwrap()).collect();
    let (mut told, mut wrong) = (0, Vec::new());
    for case in testing::cases(&BESIDE).filter(|case| ["DI-1", "DI-5"].iter().any(|id| case.name().starts_with(id))) {
        let given_by_test = testing::given(&BESIDE, &case).unwrap_or_else(|found| panic!("{}: {found:?}", case.name()));
        let options = Options { as_of: given_by_test.as_of, rules: Some(&rules), ..Options::default() };
        let judged = |json: &Json| {
            let text = json.to_string();
            BESIDE.evaluate(Input { name: case.name(), bytes: text.as_bytes() }, &options).ok()
        };
        let whole: Json = serde_json::from_str(&given_by_test.text).unwrap();
        let more = judged(&whole).unwrap();
        let mut fields = Vec::new();
        given(&whole, "", &mut fields);
        for field in
            fields.iter().filter(|field| ["/applicants", "/declaration"].iter().any(|of| field.starts_with(of)))
        {
            let mut less = whole.clone();
            remove(&mut less, field);
            let Some(less) = judged(&less) else { continue };
            told += 1;
            wrong.extend(helped(&more, &less).map(|id| format!("{}: without {field} {id} is better off", case.name())));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(told > 100, "only {told} fields");
}

/// A rule that was open and is not, with less.
fn helped<'r>(more: &'r Report, less: &Report) -> Option<&'r str> {
    let open = |outcome| matches!(outcome, Outcome::Fail | Outcome::Error | Outcome::Unknown | Outcome::Review);
    let pairs = more.rules.iter().zip(&less.rules);
    let mut better = pairs.filter(|(more, less)| open(more.outcome) && !open(less.outcome));
    better.next().map(|(more, _)| more.id.as_str())
}

fn plugin(name: &str) -> Plugin {
    let bytes = std::fs::read(policies().join(INTEGRITY).join("plugins").join(name)).unwrap();
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
    let path = policies().join(INTEGRITY).join("fixtures/sound.json");
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
