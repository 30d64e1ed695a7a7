//! The examples: what is published of real products fails no red line and no baseline, and each report is shown.

use super::{PLAN, project};
use hongxian::engine::{Input, Options};
use hongxian::eval::Outcome;
use hongxian::ir::RuleKind;
use hongxian::report::contract::{Decision, Report, Rule};
use std::fmt::Write;

/// The example that is invented to be refused.
const INVENTED: &str = "crosses-red-lines.json";

#[test]
fn no_published_product_fails() {
    insta::glob!("../../../examples", "*.json", |path| {
        let name = path.file_name().unwrap().to_str().unwrap();
        let bytes = std::fs::read(path).unwrap();
        let report = PLAN.evaluate(Input { name, bytes: &bytes }, &Options::default()).unwrap();
        let failing: Vec<&str> =
            report.rules.iter().filter(|rule| said(rule) == "fail").map(|rule| rule.id.as_str()).collect();
        if name == INVENTED {
            assert_eq!(report.decision, Some(Decision::Refused));
        } else {
            assert_eq!((report.decision, failing), (Some(Decision::Incomplete), vec![]), "{name}");
        }
        insta::assert_snapshot!(summary(&report));
    });
}

/// The decision, the counts, and the outcome of each rule that has something to say.
fn summary(report: &Report) -> String {
    let mut text = format!("{:?}\n", report.decision.unwrap());
    for heading in ["fail", "not shown", "error", "unknown", "review", "waived", "pass", "not_applicable"] {
        let of = report.rules.iter().filter(|rule| said(rule) == heading);
        let ids: Vec<&str> = of.map(|rule| rule.id.as_str()).collect();
        if !ids.is_empty() {
            writeln!(text, "\n{heading} ({})\n{}", ids.len(), ids.join(" ")).unwrap();
        }
    }
    for finding in report.rules.iter().flat_map(|rule| &rule.findings).filter(|one| one.outcome == Outcome::Fail) {
        writeln!(text, "\n{}\n  {}", finding.pointer, finding.message.en).unwrap();
    }
    text
}

/// An outcome in a word: guidance does not fail, it is not shown.
fn said(rule: &Rule) -> &'static str {
    match (rule.outcome, rule.kind) {
        (Outcome::Fail, RuleKind::Guidance) => "not shown",
        (outcome, _) => outcome.as_str(),
    }
}

#[test]
fn every_example_is_told_of() {
    let told = std::fs::read_to_string(project().join("examples/README.md")).unwrap();
    for entry in std::fs::read_dir(project().join("examples")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        let is_one = path.extension().is_some_and(|end| end == "json");
        assert!(!is_one || told.contains(&format!("| `{name}` |")), "{name}");
    }
}
