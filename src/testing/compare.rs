//! What a test expected beside what was found.

use super::prepare::Prepared;
use super::trial::Expectation;
use super::words::{decision_name, outcome};
use crate::engine::Engine;
use crate::ir::RuleKind;
use crate::report::contract::{Finding, Outcome, Report, Rule, SourcePlace};
use crate::source::Span;
use serde::Serialize;

/// An expectation that was not met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The expectation.
    pub span: Span,
    /// What was expected: `decision refused`, `R1 fail at /x`.
    pub expected: String,
    /// What was found, in the same words.
    pub found: String,
    /// The rule that came to something else, where it stands.
    pub rule: Option<Span>,
    /// What the found outcome rests on.
    pub because: Vec<Because>,
}

/// A finding that an outcome rests on, or a rule that a decision rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Because {
    /// The rule.
    pub rule: String,
    /// Its outcome.
    pub outcome: Outcome,
    /// JSON Pointer into the declaration; empty for all of it.
    pub pointer: String,
    /// The requirement, where it stands.
    pub requirement: SourcePlace,
    /// What was found, in English.
    pub message: String,
}

/// The expectations that a report does not meet.
pub(super) fn compare(engine: &Engine, prepared: &Prepared<'_>, report: &Report) -> Vec<Failure> {
    let expected = prepared.trial.expected.iter().zip(&prepared.pointers);
    expected.filter_map(|(expectation, pointer)| failure(engine, expectation, pointer.as_deref(), report)).collect()
}

fn failure(engine: &Engine, expectation: &Expectation, pointer: Option<&str>, report: &Report) -> Option<Failure> {
    match expectation {
        Expectation::Decision(name) => {
            let found = decision_name(report.decision);
            (found != name.value).then(|| Failure {
                span: name.span,
                expected: format!("decision {}", name.value),
                found: format!("decision {found}"),
                rule: None,
                because: decisive(report),
            })
        }
        Expectation::Rule { id, outcome: name, span, .. } => {
            let wanted = outcome(&name.value)?;
            let rule = report.rules.iter().find(|rule| rule.id == id.value)?;
            (!met(rule, wanted, pointer)).then(|| Failure {
                span: *span,
                expected: said(&id.value, wanted, pointer),
                found: said(&id.value, rule.outcome, first(rule).filter(|_| pointer.is_some())),
                rule: engine.rule(&id.value).and_then(|id| Some(engine.program().policy.rules.get(id.index())?.span)),
                because: findings(rule).map(|finding| because(rule, finding)).collect(),
            })
        }
    }
}

/// Whether a rule came to an outcome, with a finding of that outcome at a place where one is asked for.
pub(super) fn met(rule: &Rule, wanted: Outcome, pointer: Option<&str>) -> bool {
    let there = |pointer: &str| findings(rule).any(|finding| finding.pointer == pointer);
    rule.outcome == wanted && pointer.is_none_or(there)
}

fn said(id: &str, outcome: Outcome, pointer: Option<&str>) -> String {
    let at = pointer.map_or_else(String::new, |pointer| format!(" at {pointer}"));
    format!("{id} {}{at}", outcome.as_str())
}

/// The findings of the rule's own outcome.
fn findings(rule: &Rule) -> impl Iterator<Item = &Finding> {
    rule.findings.iter().filter(|finding| finding.outcome == rule.outcome)
}

fn first(rule: &Rule) -> Option<&str> {
    findings(rule).next().map(|finding| finding.pointer.as_str())
}

/// The rules that a decision hangs on, each with its first finding.
fn decisive(report: &Report) -> Vec<Because> {
    let open = |outcome| matches!(outcome, Outcome::Fail | Outcome::Error | Outcome::Unknown | Outcome::Review);
    let rules = report.rules.iter().filter(|rule| open(rule.outcome) && rule.kind != RuleKind::Guidance);
    rules.filter_map(|rule| findings(rule).next().map(|finding| because(rule, finding))).collect()
}

fn because(rule: &Rule, finding: &Finding) -> Because {
    Because {
        rule: rule.id.clone(),
        outcome: rule.outcome,
        pointer: finding.pointer.clone(),
        requirement: finding.requirement.clone(),
        message: finding.message.en.clone(),
    }
}
