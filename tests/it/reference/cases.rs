//! The meaning of the language as data: tables of expressions and rules with what must come of them, read from
//! `cases/`. Every evaluator must meet them.

use super::{Decision, Finding, Outcome, Verdict, World, deepest, judge};
use hongxian::source::SourceMap;
use hongxian::syntax::{self, ast};
use serde::Deserialize;
use serde_json::Value as Json;
use std::fmt::Write;

const MODEL: &str = include_str!("cases/model.policy");

/// Names that the rules of the tables use.
const NAMES: &str = "
param wanted: list of Kind = [person, company] from project
param limit_for: table Kind -> number = { person: 5, _: 1 } from project
param rank_of: table Level -> number = { low: 1, _: 2 } from project
param kinds_at: table Level -> list of Kind = { low: [person], _: [person, company] } from project
param enough: number = 2 from project
let busy = product.items where i: i.used
fn big_enough(x: number) = x > enough
fn kinds(at: Level) = kinds_at(at)
fn holds(x: list of Kind, y: list of Kind) = x covers y
fn same(x: number, y: number) = x == y
";

/// A rule, a declaration and what comes of them.
pub struct Case {
    pub brief: String,
    pub kind: String,
    pub body: String,
    pub given: Json,
    pub as_of: String,
    pub stage: Option<String>,
    /// The outcome, the findings in order, the decision; each as the tables write it.
    pub expected: Expected,
}

/// What must come of a case; the decision is not asked of expressions.
#[derive(Debug, PartialEq, Eq)]
pub struct Expected {
    pub outcome: String,
    pub findings: Vec<String>,
    pub decision: Option<String>,
}

impl Expected {
    /// The same without the elements of findings: reports do not tell them apart from other places.
    pub fn without_elements(&self) -> Self {
        let plain = |finding: &String| {
            let (said, missing) = finding.split_once(" for ").unwrap_or((finding, ""));
            let outcome = said.split_once(" at ").map_or(said, |(outcome, _)| outcome);
            if missing.is_empty() { outcome.to_owned() } else { format!("{outcome} for {missing}") }
        };
        let findings = self.findings.iter().map(plain).collect();
        Self { outcome: self.outcome.clone(), findings, decision: self.decision.clone() }
    }
}

#[derive(Deserialize)]
struct Table {
    #[serde(default)]
    sentence: Vec<Sentence>,
    #[serde(default)]
    rule: Vec<Rule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sentence {
    brief: String,
    kind: Option<String>,
    cases: Vec<[String; 3]>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    brief: String,
    kind: String,
    body: String,
    given: String,
    as_of: Option<String>,
    stage: Option<String>,
    outcome: String,
    findings: Vec<String>,
    decision: String,
}

/// All cases of all tables.
pub fn all() -> Vec<Case> {
    let tables = [
        include_str!("cases/logic.toml"),
        include_str!("cases/void.toml"),
        include_str!("cases/null.toml"),
        include_str!("cases/emptiness.toml"),
        include_str!("cases/lists.toml"),
        include_str!("cases/numbers.toml"),
        include_str!("cases/dates.toml"),
        include_str!("cases/text.toml"),
        include_str!("cases/presence.toml"),
        include_str!("cases/outside.toml"),
        include_str!("cases/rules.toml"),
    ];
    tables.iter().flat_map(|table| cases_of(&toml::from_str(table).expect("a table of cases"))).collect()
}

fn cases_of(table: &Table) -> Vec<Case> {
    let expressions = table.sentence.iter().flat_map(|sentence| {
        sentence.cases.iter().map(|[expr, given, is]| {
            let (outcome, finding) = expected_of(is);
            // `all` directly under `require` is an error: `for` says it better.
            let body = if expr.contains(" all ") { format!("({expr}) == true") } else { expr.clone() };
            Case {
                brief: sentence.brief.clone(),
                kind: sentence.kind.clone().unwrap_or_else(|| "baseline".to_owned()),
                body: format!("require {body}"),
                given: json(given),
                as_of: "2020-05-01".to_owned(),
                stage: None,
                expected: Expected { outcome, findings: vec![finding], decision: None },
            }
        })
    });
    let rules = table.rule.iter().map(|rule| Case {
        brief: rule.brief.clone(),
        kind: rule.kind.clone(),
        body: rule.body.clone(),
        given: json(&rule.given),
        as_of: rule.as_of.clone().unwrap_or_else(|| "2020-05-01".to_owned()),
        stage: rule.stage.clone(),
        expected: Expected {
            outcome: rule.outcome.clone(),
            findings: rule.findings.clone(),
            decision: Some(rule.decision.clone()),
        },
    });
    expressions.chain(rules).collect()
}

fn json(text: &str) -> Json {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// The outcome of a rule that requires an expression to be true, and its finding.
fn expected_of(is: &str) -> (String, String) {
    match is.split_once(' ').unwrap_or((is, "")) {
        ("true", "") => ("pass".to_owned(), "pass".to_owned()),
        ("false", "") => ("fail".to_owned(), "fail".to_owned()),
        ("unknown", "") => ("unknown".to_owned(), "unknown".to_owned()),
        ("unknown", missing) => ("unknown".to_owned(), format!("unknown for {missing}")),
        _ => panic!("`true`, `false` or `unknown …`, not `{is}`"),
    }
}

/// The modules of a case: the model, and one rule.
pub fn modules(case: &Case) -> [(&'static str, String); 2] {
    let Case { kind, body, .. } = case;
    let remedy = if kind == "guidance" { "" } else { "remedy \"do it\"" };
    let rule = format!("{kind} C-1 \"case\" {{\n cites 1#1 addressee product\n {body}\n {remedy}\n}}");
    [("model.policy", MODEL.to_owned()), ("rules.policy", format!("module rules\nuse model\n{NAMES}\n{rule}\n"))]
}

/// Parses modules.
pub fn parse(modules: &[(&str, String)]) -> Vec<ast::File> {
    let mut sources = SourceMap::new();
    let parse = |(name, text): &(&str, String)| {
        let id = sources.add(*name, text.clone());
        syntax::parse(id, text).unwrap_or_else(|diagnostics| panic!("{diagnostics:#?}\nin\n{text}"))
    };
    modules.iter().map(parse).collect()
}

/// An outcome as reports and tables write it.
pub fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::NotApplicable => "not_applicable",
        Outcome::Pass => "pass",
        Outcome::Review => "review",
        Outcome::Unknown => "unknown",
        Outcome::Fail => "fail",
    }
}

/// A decision as reports and tables write it.
pub fn decision(decision: Decision) -> &'static str {
    match decision {
        Decision::Refused => "refused",
        Decision::Incomplete => "incomplete",
        Decision::Conditional => "conditional",
        Decision::Admitted => "admitted",
        Decision::NotEvaluated => "not_evaluated",
    }
}

fn finding(finding: &Finding) -> String {
    let part = |word: &str, parts: Vec<&str>| {
        if parts.is_empty() { String::new() } else { format!(" {word} {}", parts.join(" ")) }
    };
    let at = part("at", finding.elements.iter().map(String::as_str).collect());
    let missing = part("for", deepest(&finding.missing).iter().map(String::as_str).collect());
    format!("{}{at}{missing}", outcome(finding.outcome))
}

fn found(verdict: &Verdict, expected: &Expected) -> Expected {
    let rule = &verdict.rules[0];
    Expected {
        outcome: outcome(rule.outcome).to_owned(),
        findings: rule.findings.iter().map(finding).collect(),
        decision: expected.decision.as_ref().map(|_| decision(verdict.decision).to_owned()),
    }
}

#[test]
fn the_reference_meets_the_brief() {
    let mut wrong = String::new();
    for case in all() {
        let files = parse(&modules(&case));
        let world = World {
            files: &files,
            root: "Product",
            extensions: &[],
            declaration: &case.given,
            as_of: case.as_of.parse().unwrap(),
            stage: case.stage.as_deref(),
        };
        let found = found(&judge(&world), &case.expected);
        if found != case.expected {
            let Case { brief, body, given, expected, .. } = &case;
            writeln!(wrong, "{brief}\n  {body}\n  {given}\n  expected {expected:?}\n  found    {found:?}").unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
