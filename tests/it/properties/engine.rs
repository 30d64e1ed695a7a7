//! The engine as the properties see it, and its verdicts in a form that compares with the reference's.

use super::outside::registry;
use crate::reference::cases::{decision, outcome};
use crate::reference::{self, World, deepest};
use hongxian::decode::{Decoder, Limits};
use hongxian::engine::{Engine, Input, Invalid, Options, Refusal};
use hongxian::eval::{self, Setting};
use hongxian::pack::PackFiles;
use hongxian::report::contract::Report;
use hongxian::report::verdict::Verdict;
use hongxian::source::{FileId, Position, SourceMap, Span};
use hongxian::value::Date;
use serde_json::Value as Json;
use std::collections::BTreeSet;

const MANIFEST: &str = r#"
name = "sample"
version = "0.1.0"
language = "2026"
root = "Product"

[[source]]
name = "text"
locators = "text.txt"
default = true
"#;

/// The files of a pack with these modules.
pub fn files(modules: &[(&str, String)]) -> PackFiles {
    let mut files = PackFiles::new();
    files.insert("pack.toml", MANIFEST);
    files.insert("text.txt", "1#1\n");
    for (name, text) in modules {
        files.insert(*name, text.clone());
    }
    files
}

/// Loads, checks and compiles a pack, which may call functions from outside.
pub fn build(files: PackFiles) -> Result<Engine, Invalid> {
    Engine::builder().pack(files, "").functions(registry()).build()
}

/// Judges a declaration.
pub fn evaluate(engine: &Engine, bytes: &[u8], as_of: &str, stage: Option<&str>) -> Result<Report, Refusal> {
    let as_of = Date::parse(as_of);
    let options = Options { as_of, stage, list_passes: true, ..Options::default() };
    let input = Input { name: "declaration.json", bytes };
    let report = engine.evaluate(input, &options);
    same_outcomes(engine, &report, input, &options);
    report
}

/// The pass that knows outcomes alone must say what the report says. It is asked twice, so that the second time it works in
/// the memory of the first.
fn same_outcomes(engine: &Engine, report: &Result<Report, Refusal>, input: Input<'_>, options: &Options<'_>) {
    let mut session = engine.session();
    for _ in 0..2 {
        match (session.verdict(input, options), report) {
            (Ok(verdict), Ok(report)) => {
                assert_eq!(verdict.decision, report.decision);
                for ((rule, outcome), reported) in verdict.outcomes.iter().zip(&report.rules) {
                    assert_eq!(*outcome, reported.outcome, "{}", reported.id);
                    assert_eq!(engine.rule(&reported.id), Some(*rule));
                }
                assert_eq!(verdict.outcomes.len(), report.rules.len());
                let told = session.told(input, options, &engine.roll(options), false).unwrap();
                assert_eq!(told, Verdict::from(report));
            }
            (Err(refused), Err(expected)) => assert_eq!(refused.to_string(), expected.to_string()),
            (verdict, report) => panic!("the verdict is {verdict:?}, the report {:?}", report.is_ok()),
        }
    }
}

/// What two evaluators must agree on.
#[derive(Debug, PartialEq, Eq)]
pub struct Seen {
    pub decision: String,
    pub rules: Vec<SeenRule>,
}

impl Seen {
    /// With the findings of each rule by requirement; those of one requirement stay as they are.
    pub fn sorted(mut self) -> Self {
        for rule in &mut self.rules {
            rule.findings.sort_by_key(|finding| finding.requirement);
        }
        self
    }
}

/// A rule's id and outcome, and its findings in the order of the report.
#[derive(Debug, PartialEq, Eq)]
pub struct SeenRule {
    pub id: String,
    pub outcome: String,
    pub findings: Vec<SeenFinding>,
}

/// A finding's outcome, the place of its requirement and what is missing.
#[derive(Debug, PartialEq, Eq)]
pub struct SeenFinding {
    pub outcome: String,
    pub requirement: (u64, u64),
    pub missing: BTreeSet<String>,
}

/// The engine's report.
pub fn seen(report: &Report) -> Seen {
    let report = serde_json::to_value(report).expect("a report is JSON");
    let text = |json: &Json| json.as_str().expect("a text").to_owned();
    let texts = |json: &Json| json.as_array().expect("a list").iter().map(text).collect::<BTreeSet<_>>();
    let finding = |finding: &Json| SeenFinding {
        outcome: text(&finding["outcome"]),
        requirement: (
            finding["requirement"]["line"].as_u64().expect("a line"),
            finding["requirement"]["column"].as_u64().expect("a column"),
        ),
        missing: match finding["outcome"].as_str() {
            Some("unknown") => deepest(&texts(&finding["missing"])),
            _ => BTreeSet::new(),
        },
    };
    let rule = |rule: &Json| SeenRule {
        id: text(&rule["id"]),
        outcome: text(&rule["outcome"]),
        findings: rule["findings"].as_array().expect("a list").iter().map(finding).collect(),
    };
    Seen {
        decision: text(&report["decision"]),
        rules: report["rules"].as_array().expect("a list").iter().map(rule).collect(),
    }
}

/// The reference's verdict.
fn seen_by_reference(verdict: &reference::Verdict, modules: &[(&str, String)]) -> Seen {
    let mut sources = SourceMap::new();
    for (name, text) in modules {
        sources.add(*name, text.clone());
    }
    let finding = |finding: &reference::Finding| {
        let Position { line, column } = sources.position(finding.requirement);
        SeenFinding {
            outcome: outcome(finding.outcome).to_owned(),
            requirement: (line.into(), column.into()),
            missing: deepest(&finding.missing),
        }
    };
    let rules = verdict.rules.iter().map(|rule| SeenRule {
        id: rule.id.clone(),
        outcome: outcome(rule.outcome).to_owned(),
        findings: rule.findings.iter().map(finding).collect(),
    });
    Seen { decision: decision(verdict.decision).to_owned(), rules: rules.collect() }
}

/// A requirement's bytes, the elements of the `for`s around it, and its outcome.
type Place = ((u32, u32), Vec<String>, String);

/// Where the engine's findings are, in the order of the report.
fn places(engine: &Engine, bytes: &[u8], as_of: &str, stage: Option<&str>) -> Vec<Vec<Place>> {
    let program = engine.program();
    let reader = Decoder::new(&program.policy.model, &program.layout, Limits::default());
    let decoded = reader.decode(bytes, FileId::new(0)).expect("a declaration that was judged");
    let registered = registry();
    let as_of = Date::parse(as_of).expect("a date");
    let setting = Setting { registry: &registered, as_of, stage: stage.and_then(|stage| program.stage_named(stage)) };
    let verdict = eval::evaluate(program, &decoded, setting, |_| true);
    let of_rule = |rule: &eval::RuleVerdict<'_>| {
        let mut places: Vec<Place> = rule
            .findings
            .iter()
            .map(|finding| {
                let elements = finding.elements.iter().map(|place| decoded.pointer(&program.layout, *place));
                let elements = elements.filter(|pointer| is_element(pointer)).collect();
                (bytes_of(finding.requirement), elements, finding.outcome.as_str().to_owned())
            })
            .collect();
        places.sort_by_key(|(requirement, ..)| *requirement);
        places
    };
    verdict.rules.iter().map(of_rule).collect()
}

/// Whether a pointer leads to an element of a list. What a projection gave stands elsewhere, and where its condition is
/// not known the two may name different places for it; a parameter's elements stand nowhere.
fn is_element(pointer: &str) -> bool {
    pointer.rsplit('/').next().is_some_and(|step| !step.is_empty() && step.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Where the reference's findings are.
fn places_by_reference(verdict: &reference::Verdict) -> Vec<Vec<Place>> {
    let place = |finding: &reference::Finding| {
        let elements = finding.elements.iter().filter(|element| is_element(element)).cloned().collect();
        (bytes_of(finding.requirement), elements, outcome(finding.outcome).to_owned())
    };
    verdict.rules.iter().map(|rule| rule.findings.iter().map(place).collect()).collect()
}

fn bytes_of(span: Span) -> (u32, u32) {
    (span.start, span.end)
}

/// The engine's verdict beside the reference's, where they differ in anything.
pub fn differ(
    engine: &Engine,
    report: &Report,
    bytes: &[u8],
    world: &World<'_>,
    modules: &[(&str, String)],
) -> Option<String> {
    let verdict = reference::judge(world);
    let (ours, theirs) = (seen(report).sorted(), seen_by_reference(&verdict, modules).sorted());
    if ours.decision != theirs.decision {
        return Some(format!("the engine decides `{}`, the reference `{}`", ours.decision, theirs.decision));
    }
    let pairs = ours.rules.iter().zip(&theirs.rules);
    if let Some((ours, theirs)) = pairs.into_iter().find(|(ours, theirs)| ours != theirs) {
        return Some(format!("the engine says {ours:#?}\nthe reference {theirs:#?}"));
    }
    let as_of = world.as_of.to_string();
    let (ours, theirs) = (places(engine, bytes, &as_of, world.stage), places_by_reference(&verdict));
    (ours != theirs).then(|| format!("the engine finds {ours:#?}\nthe reference {theirs:#?}"))
}

/// What is wrong with diagnostics: each must point into its text, between characters.
pub fn misplaced(invalid: &Invalid) -> Option<String> {
    let astray = |diagnostic: &&hongxian::diagnostic::Diagnostic| {
        let labels = diagnostic.primary.iter().chain(&diagnostic.secondary);
        let inside =
            |span: Span| invalid.sources.get(span.file).is_some_and(|file| file.text().get(span.range()).is_some());
        diagnostic.primary.is_none() || labels.into_iter().any(|label| !inside(label.span))
    };
    match invalid.diagnostics.iter().find(astray) {
        Some(astray) => Some(format!("no place in its text: {astray:#?}")),
        None if invalid.diagnostics.is_empty() => Some("refused without a word".to_owned()),
        None => None,
    }
}
