//! "Knowledge only settles, never flips": leaving a field out may turn any outcome into `unknown`, and nothing else.

use super::cases;
use super::sample::{Sample, remove, samples};
use crate::reference::{Decision, Outcome, Verdict, judge};
use hongxian::syntax::ast::RuleKind;
use proptest::prelude::*;
use serde_json::Value as Json;

/// Pointers of all fields that were given, at any depth.
fn given(json: &Json, pointer: &str, found: &mut Vec<String>) {
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

/// What is wrong with a verdict, given the verdict on the same declaration with one more field.
fn flipped(more: &Verdict, less: &Verdict) -> Option<String> {
    if less.decision == Decision::Admitted && more.decision != Decision::Admitted {
        return Some(format!("{:?} became admitted", more.decision));
    }
    let binding = |verdict: &Verdict| -> Vec<_> {
        verdict.rules.iter().filter(|rule| rule.kind != RuleKind::Guidance).cloned().collect()
    };
    binding(more).into_iter().zip(binding(less)).find_map(|(more, less)| {
        let settled = less.outcome == more.outcome || less.outcome == Outcome::Unknown;
        (!settled).then(|| format!("{}: {:?} became {:?}", more.id, more.outcome, less.outcome))
    })
}

/// Tries every field that a declaration gives.
fn every_field(sample: &Sample) -> Result<(), TestCaseError> {
    let files = sample.parsed();
    let more = judge(&sample.world(&files, &sample.declaration));
    let mut fields = Vec::new();
    given(&sample.declaration, "", &mut fields);
    for field in fields {
        let mut declaration = sample.declaration.clone();
        remove(&mut declaration, &field);
        let less = judge(&sample.world(&files, &declaration));
        if let Some(flip) = flipped(&more, &less) {
            return Err(TestCaseError::fail(format!("without {field}: {flip}\n{more:#?}\n{less:#?}")));
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(1000))]

    #[test]
    fn the_reference_never_flips(sample in samples()) {
        every_field(&sample)?;
    }
}
