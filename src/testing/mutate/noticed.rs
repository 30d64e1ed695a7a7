//! Whether some test notices that rules have changed. Tests reach a rule that they name; tests that expect a decision reach
//! it where its outcome, or its kind, moves the decision.

use super::super::Case;
use super::super::compare::met;
use super::super::prepare::Prepared;
use super::super::trial::Expectation;
use super::super::words::outcome;
use crate::engine::Engine;
use crate::ir::{RuleId, RuleKind};
use crate::report::contract::{Decision, Outcome, Report, Rule};
use crate::report::decision_of;
use std::collections::HashMap;

/// The tests, ready to run, by what they expect.
pub(super) struct Tests<'c> {
    all: Vec<Prepared<'c>>,
    named: HashMap<&'c str, Vec<usize>>,
    /// Those that expect a decision, with what the unchanged packs say.
    deciding: Vec<(usize, Report)>,
}

impl<'c> Tests<'c> {
    pub(super) fn new(engine: &Engine, cases: &'c [&Case<'_>]) -> Self {
        let all: Vec<Prepared<'c>> = cases.iter().filter_map(|case| Prepared::new(engine, case).ok()).collect();
        let mut named: HashMap<&str, Vec<usize>> = HashMap::new();
        for (index, test) in all.iter().enumerate() {
            for id in test.trial.rules() {
                named.entry(id).or_default().push(index);
            }
        }
        let deciding = all.iter().enumerate().filter(|(_, test)| test.trial.decides());
        let deciding = deciding.filter_map(|(index, test)| Some((index, test.judge(engine, None).ok()?))).collect();
        Self { all, named, deciding }
    }

    /// Whether some test does not pass where these rules are as an engine has them.
    pub(super) fn notice(&self, engine: &Engine, ids: &[String]) -> bool {
        let rules: Option<Vec<RuleId>> = ids.iter().map(|id| engine.rule(id)).collect();
        let Some(rules) = rules else { return true };
        let mut each = ids.iter().zip(&rules);
        each.any(|(id, rule)| self.named(id).any(|test| misses(test, engine, id, *rule)))
            || self.deciding.iter().any(|(index, before)| {
                self.all.get(*index).is_some_and(|test| decides_otherwise(test, before, engine, &rules))
            })
    }

    fn named(&self, id: &str) -> impl Iterator<Item = &Prepared<'c>> {
        self.named.get(id).into_iter().flatten().filter_map(|index| self.all.get(*index))
    }
}

fn misses(test: &Prepared<'_>, engine: &Engine, id: &str, rule: RuleId) -> bool {
    let Ok(report) = test.judge(engine, Some(&[rule])) else { return true };
    let Some(found) = report.rules.iter().find(|rule| rule.id == id) else { return true };
    test.trial.expected.iter().zip(&test.pointers).any(|(expectation, pointer)| match expectation {
        Expectation::Rule { id: named, outcome: name, .. } if named.value == id => {
            outcome(&name.value).is_some_and(|wanted| !met(found, wanted, pointer.as_deref()))
        }
        _ => false,
    })
}

fn decides_otherwise(test: &Prepared<'_>, before: &Report, engine: &Engine, rules: &[RuleId]) -> bool {
    if !may_decide(before, engine, rules) {
        return false;
    }
    let Ok(report) = test.judge(engine, Some(rules)) else { return true };
    let now = |rule: &Rule| report.rules.iter().find(|found| found.id == rule.id).map(|it| (it.kind, it.outcome));
    Some(decision(before, now)) != before.decision
}

/// Whether the decision hangs on these rules at all, whatever they come to. Where what all others come to decides it, the
/// test need not be judged.
fn may_decide(before: &Report, engine: &Engine, rules: &[RuleId]) -> bool {
    let policy = &engine.program().policy;
    let kinds: Vec<(&str, RuleKind)> = rules
        .iter()
        .filter_map(|rule| policy.rules.get(rule.index()))
        .map(|rule| (rule.id.as_str(), rule.kind))
        .collect();
    Outcome::ALL.into_iter().any(|outcome| {
        let now = |rule: &Rule| kinds.iter().find(|(id, _)| *id == rule.id).map(|(_, kind)| (*kind, outcome));
        Some(decision(before, now)) != before.decision
    })
}

/// The decision where some rules come to something else.
fn decision(before: &Report, now: impl Fn(&Rule) -> Option<(RuleKind, Outcome)>) -> Decision {
    decision_of(before.rules.iter().map(|rule| now(rule).unwrap_or((rule.kind, rule.outcome))))
}
