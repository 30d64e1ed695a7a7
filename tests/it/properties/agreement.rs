//! The engine says what the reference says, of every case of the tables and of whatever is generated; and it says it in
//! the same bytes each time.

use super::engine::{build, differ, evaluate, files, seen};
use super::sample::{AS_OF, Sample, samples};
use crate::chance::cases;
use crate::reference::cases::{self as tables, Case};
use hongxian::diagnostic::Code;
use hongxian::engine::{Engine, Refusal};
use proptest::prelude::*;
use std::fmt::Write;

/// The engine for a sample. That a condition is constant, or how deep its loops are once all names are put in, only the
/// checker can tell; nothing else may be wrong.
pub fn built(sample: &Sample) -> Result<Engine, TestCaseError> {
    let untold = [Code::NEVER_FAILS, Code::NEVER_HOLDS, Code::CONSTANT_CONDITION, Code::TOO_MANY_LOOPS];
    build(files(&sample.modules)).map_err(|invalid| {
        let errors = || invalid.diagnostics.iter().filter(|diagnostic| diagnostic.is_error());
        if errors().all(|error| untold.contains(&error.code)) {
            TestCaseError::reject("not to be foreseen")
        } else {
            TestCaseError::fail(format!("refused: {invalid}"))
        }
    })
}

/// The verdict of both on a sample.
fn agree(sample: &Sample) -> Result<(), TestCaseError> {
    let engine = built(sample)?;
    let bytes = sample.declaration.to_string().into_bytes();
    let report = evaluate(&engine, &bytes, AS_OF, sample.stage);
    let report = report.map_err(|refusal| TestCaseError::fail(format!("refused: {refusal}")))?;
    let parsed = sample.parsed();
    let world = sample.world(&parsed, &sample.declaration);
    prop_assert_eq!(differ(&engine, &report, &bytes, &world, &sample.modules), None);
    let again = evaluate(&engine, &bytes, AS_OF, sample.stage).map_err(|_| TestCaseError::fail("refused, once"))?;
    prop_assert_eq!(serde_json::to_string(&report).unwrap(), serde_json::to_string(&again).unwrap());
    Ok(())
}

proptest! {
    #![proptest_config(cases(1000))]

    #[test]
    fn the_engine_agrees_with_the_reference(sample in samples()) {
        agree(&sample)?;
    }
}

/// What is wrong with the engine's answer to a case of the tables.
fn wrong(case: &Case) -> Option<String> {
    let engine = match build(files(&tables::modules(case))) {
        Ok(engine) => engine,
        Err(invalid) => return Some(format!("refused: {invalid}")),
    };
    let report = match evaluate(&engine, case.given.to_string().as_bytes(), &case.as_of, case.stage.as_deref()) {
        Ok(report) => report,
        Err(Refusal::Invalid(invalid)) => return Some(format!("refused: {invalid}")),
        Err(refusal) => return Some(format!("refused: {refusal}")),
    };
    let seen = seen(&report);
    let rule = &seen.rules[0];
    let findings = rule.findings.iter().map(|finding| {
        let missing = finding.missing.iter().map(String::as_str).collect::<Vec<_>>().join(" ");
        if missing.is_empty() { finding.outcome.clone() } else { format!("{} for {missing}", finding.outcome) }
    });
    let found = tables::Expected {
        outcome: rule.outcome.clone(),
        findings: findings.collect(),
        decision: case.expected.decision.as_ref().map(|_| seen.decision.clone()),
    };
    let expected = case.expected.without_elements();
    (found != expected).then(|| format!("expected {expected:?}\n  found    {found:?}"))
}

#[test]
fn the_engine_meets_the_brief() {
    let mut all = String::new();
    for case in tables::all() {
        if let Some(wrong) = wrong(&case) {
            writeln!(all, "{}\n  {}\n  {}\n  {wrong}", case.brief, case.body, case.given).unwrap();
        }
    }
    assert!(all.is_empty(), "{all}");
}
