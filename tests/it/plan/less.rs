//! Saying less never helps: over everything that the project declares, whatever is left out.
//!
//! Each declaration is judged whole, and then without each field that its open rules read, without fields of everywhere
//! else, and without pairs. `PROPTEST_CASES` widens the last two.

use super::PLAN;
use super::judge::{Judged, Stand, binds, id, shown};
use crate::chance::cases;
use crate::properties::knowledge::given;
use hongxian::eval::Outcome;
use hongxian::ir::RuleId;
use hongxian::testing::{self, Trial};
use proptest::prelude::*;
use proptest::sample::Index;
use std::collections::HashSet;
use std::sync::LazyLock;

/// A declaration, red lines and baselines that keep it from being admitted, and its fields.
struct Whole {
    judged: Judged,
    open: Vec<Stand>,
    /// Fields that those rules read, with the records around them.
    near: Vec<String>,
    far: Vec<String>,
}

impl Whole {
    fn new(judged: Judged, selects: impl Fn(RuleId) -> bool) -> Self {
        let stands = judged.stands(selects).unwrap_or_else(|| panic!("{} is not valid", judged.name));
        let open: Vec<Stand> = stands.into_iter().filter(|stand| is_open(stand.outcome)).collect();
        let read: HashSet<&str> =
            open.iter().flat_map(|stand| stand.facts.iter().flat_map(|fact| upwards(fact))).collect();
        let mut fields = Vec::new();
        given(&judged.json, "", &mut fields);
        let (near, far) = fields.into_iter().partition(|field| read.contains(field.as_str()));
        Self { judged, open, near, far }
    }

    /// What is wrong where some fields are left out.
    fn helped(&self, left_out: &[&String]) -> Option<String> {
        let rules: Vec<RuleId> = self.open.iter().map(|stand| stand.rule).collect();
        let less = self.judged.without(left_out).stands(|rule| rules.contains(&rule))?;
        let helped = self.open.iter().zip(&less).find(|(more, less)| helped(more.outcome, less.outcome));
        helped.map(|(more, less)| {
            let (name, id, more, less) =
                (&self.judged.name, id(more.rule), more.outcome.as_str(), less.outcome.as_str());
            format!("{name}: without {left_out:?} {id} is `{less}` instead of `{more}`")
        })
    }
}

/// A pointer and those of everything around it.
fn upwards(pointer: &str) -> impl Iterator<Item = &str> {
    let ends = pointer.match_indices('/').map(|(at, _)| at).filter(|at| *at > 0);
    ends.map(|at| &pointer[..at]).chain([pointer])
}

/// Whether an outcome of a red line or baseline keeps a product from being admitted.
const fn is_open(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::Fail | Outcome::Error | Outcome::Unknown | Outcome::Review)
}

const fn helped(more: Outcome, less: Outcome) -> bool {
    is_open(more) && !is_open(less)
}

/// The declarations shown with all that is open in them, and those of `test` blocks that cross a red line or fail a
/// baseline with the rules that they are about.
static WHOLES: LazyLock<Vec<Whole>> = LazyLock::new(|| {
    let breakers = testing::cases(&PLAN).filter_map(|case| {
        let broken = broken(&case);
        (!broken.is_empty()).then(|| Whole::new(Judged::of_test(&case), |rule| broken.contains(&rule)))
    });
    shown().into_iter().map(|judged| Whole::new(judged, binds)).chain(breakers).collect()
});

/// The red lines and baselines that a test shows failing.
fn broken(case: &testing::Case<'_>) -> Vec<RuleId> {
    let failing = case.trial().into_iter().flat_map(Trial::outcomes).filter(|(_, outcome)| *outcome == "fail");
    failing.filter_map(|(id, _)| PLAN.rule(id)).filter(|rule| binds(*rule)).collect()
}

#[test]
fn there_is_much_to_be_left_out() {
    let fields: usize = WHOLES.iter().map(|whole| whole.near.len()).sum();
    assert!(WHOLES.len() > 250, "only {} declarations", WHOLES.len());
    assert!(WHOLES.iter().all(|whole| !whole.open.is_empty()), "each has something to hide");
    assert!(fields > 2500, "only {fields} fields");
}

#[test]
fn leaving_a_field_out_helps_nobody() {
    let elsewhere = cases(4).cases as usize;
    let mut wrong = Vec::new();
    for (at, whole) in WHOLES.iter().enumerate() {
        let step = whole.far.len().div_ceil(elsewhere).max(1);
        // Another start each time, so that together they visit everything.
        let far = whole.far.iter().skip(at % step).step_by(step);
        wrong.extend(whole.near.iter().chain(far).filter_map(|field| whole.helped(&[field])));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn helping_is_seen() {
    for open in [Outcome::Fail, Outcome::Error, Outcome::Unknown, Outcome::Review] {
        assert!(helped(open, Outcome::Pass) && helped(open, Outcome::NotApplicable));
        assert!(!helped(open, Outcome::Unknown) && !helped(Outcome::Pass, open));
    }
}

proptest! {
    #![proptest_config(cases(600))]

    #[test]
    fn leaving_two_fields_out_helps_nobody(whole: Index, one: Index, other: Index, elsewhere: bool) {
        let whole = whole.get(&WHOLES);
        let others = if elsewhere { &whole.far } else { &whole.near };
        prop_assert_eq!(whole.helped(&[one.get(&whole.near), other.get(others)]), None);
    }
}
