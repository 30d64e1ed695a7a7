//! "Knowledge only settles, never flips": leaving a field out may turn any outcome into `unknown`, and nothing else.

use super::agreement::built;
use super::engine::{evaluate, seen};
use super::sample::{AS_OF, Sample, remove, samples};
use crate::chance::cases;
use crate::reference::cases::{decision, outcome};
use crate::reference::{Verdict, judge};
use hongxian::ir::RuleKind;
use hongxian::report::contract::Report;
use proptest::prelude::*;
use serde_json::Value as Json;

/// Pointers of all fields that were given, at any depth.
pub fn given(json: &Json, pointer: &str, found: &mut Vec<String>) {
    match json {
        Json::Object(fields) => {
            for (name, value) in fields {
                let pointer = format!("{pointer}/{name}");
                given(value, &pointer, found);
                found.push(pointer);
            }
        }
        Json::Array(elems) => {
            elems.iter().enumerate().for_each(|(index, elem)| given(elem, &format!("{pointer}/{index}"), found));
        }
        _ => {}
    }
}

/// What knowledge may not flip: the decision, and the outcomes of red lines and baselines.
struct Standing {
    decision: String,
    rules: Vec<(String, String)>,
}

impl Standing {
    fn of_reference(verdict: &Verdict) -> Self {
        let binding = verdict.rules.iter().filter(|rule| rule.kind != RuleKind::Guidance);
        let rules = binding.map(|rule| (rule.id.clone(), outcome(rule.outcome).to_owned())).collect();
        Self { decision: decision(verdict.decision).to_owned(), rules }
    }

    fn of_engine(report: &Report) -> Self {
        let binding = report.rules.iter().filter(|rule| rule.kind != RuleKind::Guidance);
        let rules = binding.map(|rule| (rule.id.clone(), rule.outcome.as_str().to_owned())).collect();
        Self { decision: seen(report).decision, rules }
    }

    /// What is wrong with this standing, given the one of the same declaration with one field less.
    fn flips(&self, less: &Self) -> Option<String> {
        if less.decision == "admitted" && self.decision != "admitted" {
            return Some(format!("`{}` became `admitted`", self.decision));
        }
        self.rules.iter().zip(&less.rules).find_map(|((id, more), (_, less))| {
            let settled = less == more || less == "unknown";
            (!settled).then(|| format!("{id}: `{more}` became `{less}`"))
        })
    }
}

/// What is wrong with the engine's report on a declaration, given that on the same with one field less.
pub fn flips(more: &Report, less: &Report) -> Option<String> {
    Standing::of_engine(more).flips(&Standing::of_engine(less))
}

/// Leaves out each field that a declaration gives, one at a time; a declaration that is then no longer valid does not
/// count.
fn every_field(sample: &Sample, judge: impl Fn(&Json) -> Option<Standing>) -> Result<(), TestCaseError> {
    let Some(more) = judge(&sample.declaration) else { return Err(TestCaseError::fail("not valid")) };
    let mut fields = Vec::new();
    given(&sample.declaration, "", &mut fields);
    for field in fields {
        let mut declaration = sample.declaration.clone();
        remove(&mut declaration, &field);
        let flip = judge(&declaration).and_then(|less| more.flips(&less));
        prop_assert_eq!(flip, None, "without {}", field);
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(600))]

    #[test]
    fn the_reference_never_flips(sample in samples()) {
        let files = sample.parsed();
        every_field(&sample, |json| Some(Standing::of_reference(&judge(&sample.world(&files, json)))))?;
    }
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn the_engine_never_flips(sample in samples()) {
        let engine = built(&sample)?;
        every_field(&sample, |json| {
            let report = evaluate(&engine, json.to_string().as_bytes(), AS_OF, sample.stage);
            report.ok().map(|report| Standing::of_engine(&report))
        })?;
    }
}
