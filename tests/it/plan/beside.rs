//! The packs beside the plan's: loaded together with it, each on its own source and from its own day on.

use super::{BESIDE, INTEGRITY, project};
use crate::testing::shipped;
use hongxian::engine::{Engine, Input, Options};
use hongxian::eval::Outcome;
use hongxian::ir::{RuleId, RuleKind};
use hongxian::report::contract::Report;
use hongxian::trace::trace;
use hongxian::value::Date;

/// The rules of the packs beside the plan's.
fn rules(engine: &Engine) -> Vec<RuleId> {
    let policy = &engine.program().policy;
    let own = policy.rules.iter().enumerate().filter(|(_, rule)| {
        let module = &policy.modules[rule.module.index()];
        policy.packs[module.pack.index()].name != "fintech-plan"
    });
    own.map(|(index, _)| RuleId::new(index)).collect()
}

/// What they say of the complete product on a day.
fn judged(engine: &Engine, day: &str) -> Report {
    let bytes = std::fs::read(project().join("policies/fintech-plan/fixtures/complete.json")).unwrap();
    let rules = rules(engine);
    let options = Options { as_of: Date::parse(day), rules: Some(&rules), ..Options::default() };
    engine.evaluate(Input { name: "complete.json", bytes: &bytes }, &options).unwrap()
}

#[test]
fn they_fail_nothing_of_the_complete_product_on_its_day() {
    let engine = shipped(&BESIDE);
    let report = judged(&engine, "2021-06-30");
    let failing: Vec<_> =
        report.rules.iter().filter(|rule| rule.outcome == Outcome::Fail).map(|rule| &rule.id).collect();
    assert_eq!(failing, Vec::<&String>::new());
    let passing = report.rules.iter().filter(|rule| rule.outcome == Outcome::Pass).count();
    assert!(passing >= 12, "only {passing} pass");
}

#[test]
fn before_its_day_none_says_anything() {
    let engine = shipped(&BESIDE);
    let applying = |day: &str| -> Vec<String> {
        let report = judged(&engine, day);
        let applying = report.rules.into_iter().filter(|rule| rule.outcome != Outcome::NotApplicable);
        applying.map(|rule| rule.id).collect()
    };
    assert_eq!(applying("2018-03-31"), Vec::<String>::new());
    assert_eq!(applying("2020-01-13"), ["PL-1", "PL-2"]);
    assert_eq!(applying("2020-01-14"), ["PL-1", "PL-2", "SB-2"]);
}

#[test]
fn none_draws_a_red_line_or_cites_the_plan() {
    let engine = shipped(&[&BESIDE[..], &[INTEGRITY]].concat());
    let policy = &engine.program().policy;
    for id in rules(&engine) {
        let rule = &policy.rules[id.index()];
        assert_ne!(rule.kind, RuleKind::RedLine, "{}: red lines are the plan's", rule.id);
        assert!(rule.cites.iter().all(|cited| policy.sources[cited.source.index()].name != "plan"), "{}", rule.id);
    }
    assert!(trace(&engine, None, None).is_complete(), "each accounts for every sentence that it knows of");
}
