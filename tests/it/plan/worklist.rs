//! The worklist of what was published of a product: every undecided rule is in it, and it is shorter than all that is missing.

use super::{PLAN, project};
use hongxian::engine::{Input, Options};
use hongxian::eval::Outcome;
use hongxian::worklist::worklist;
use std::collections::BTreeSet;

#[test]
fn the_shortest_way_is_shorter() {
    let bytes = std::fs::read(project().join("examples/icbc-iot-supply-chain.json")).unwrap();
    let input = Input { name: "icbc.json", bytes: &bytes };
    let report = PLAN.evaluate(input, &Options::default()).unwrap();
    let list = worklist(&PLAN, input, &Options::default(), &report);

    let undecided = report.rules.iter().filter(|rule| matches!(rule.outcome, Outcome::Unknown | Outcome::Error));
    let undecided: BTreeSet<&str> = undecided.map(|rule| rule.id.as_str()).collect();
    let named = list.settles.iter().map(|settles| &settles.rule).chain(&list.open);
    assert_eq!(named.map(String::as_str).collect::<BTreeSet<_>>(), undecided);
    assert_eq!(list.open, Vec::<String>::new(), "trials settle every rule");
    assert_eq!(list.unmet(), Vec::<&str>::new(), "trials meet every rule");
    assert!(list.fields.len() < report.undeclared.len(), "{} of {}", list.fields.len(), report.undeclared.len());

    let red = |rules: &[String]| {
        let kinds = report.rules.iter().filter(|rule| rules.contains(&rule.id)).map(|rule| rule.kind);
        kinds.filter(|kind| *kind == hongxian::ir::RuleKind::RedLine).count()
    };
    let waiting: Vec<usize> = list.fields.iter().map(|field| red(&field.rules)).collect();
    assert!(waiting.is_sorted_by(|one, other| one >= other), "{waiting:?}");
    assert!(list.fields.iter().all(|field| !field.label.en.is_empty() && !field.expects.is_empty()));
}
