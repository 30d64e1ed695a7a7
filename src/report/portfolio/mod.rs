//! Many verdicts summed up: by decision, by rule, by institution. It grows with the number of rules, not of declarations.

use super::contract::{Decision, Outcome};
use super::verdict::{Roll, RuleName, Verdict};
use crate::ir::RuleKind;
use indexmap::IndexMap;
use std::sync::Arc;

/// How many institutions are told apart; what further ones come to is summed under none.
pub const MAX_INSTITUTIONS: usize = 10_000;

/// How declarations came out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// By decision; `None` where a run was narrowed to some rules.
    pub decisions: IndexMap<Option<Decision>, u64>,
    /// How many could not be judged.
    pub rejected: u64,
}

impl Tally {
    /// How many there are.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.decisions.values().sum::<u64>() + self.rejected
    }

    /// How many were decided so.
    #[must_use]
    pub fn count(&self, decision: Decision) -> u64 {
        self.decisions.get(&Some(decision)).copied().unwrap_or(0)
    }
}

/// How a rule came out over many declarations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleTally {
    /// The rule.
    pub rule: RuleName,
    /// How many times each outcome, in the order of [`Outcome::ALL`].
    counts: [u64; Outcome::ALL.len()],
}

impl RuleTally {
    /// How many times it came out so.
    #[must_use]
    pub fn count(&self, outcome: Outcome) -> u64 {
        let at = Outcome::ALL.iter().position(|other| *other == outcome);
        at.and_then(|at| self.counts.get(at)).copied().unwrap_or(0)
    }

    /// How many times it was neither shown to hold nor to fail, and applied: error, unknown, review.
    #[must_use]
    pub fn open(&self) -> u64 {
        [Outcome::Error, Outcome::Unknown, Outcome::Review].into_iter().map(|outcome| self.count(outcome)).sum()
    }

    fn add(&mut self, outcome: Outcome) {
        let at = Outcome::ALL.iter().position(|other| *other == outcome);
        if let Some(count) = at.and_then(|at| self.counts.get_mut(at)) {
            *count += 1;
        }
    }
}

/// Many verdicts summed up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Portfolio {
    /// All declarations.
    pub all: Tally,
    /// By pack and id, in the order of the rules.
    rules: IndexMap<(String, String), RuleTally>,
    /// By institution; `None` where a declaration names none.
    institutions: IndexMap<Option<String>, Tally>,
    /// The roll of the last verdict, with where its rules are counted.
    places: Option<(Arc<Roll>, Vec<usize>)>,
}

impl Portfolio {
    /// Takes a verdict in.
    pub fn add(&mut self, verdict: &Verdict) {
        let institution = verdict.subject.institution.as_ref();
        for tally in [&mut self.all, institution_tally(&mut self.institutions, institution)] {
            *tally.decisions.entry(verdict.decision).or_default() += 1;
        }
        if self.places.as_ref().is_none_or(|(roll, _)| !Arc::ptr_eq(roll, &verdict.roll)) {
            let places = verdict.roll.rules.iter().map(|rule| self.place(rule)).collect();
            self.places = Some((Arc::clone(&verdict.roll), places));
        }
        let places = self.places.iter().flat_map(|(_, places)| places);
        for (place, outcome) in places.zip(&verdict.outcomes) {
            if let Some((_, tally)) = self.rules.get_index_mut(*place) {
                tally.add(*outcome);
            }
        }
    }

    /// Where a rule is counted.
    fn place(&mut self, rule: &RuleName) -> usize {
        let entry = self.rules.entry((rule.pack.clone(), rule.id.clone()));
        let place = entry.index();
        entry.or_insert_with(|| RuleTally { rule: rule.clone(), counts: [0; Outcome::ALL.len()] });
        place
    }

    /// Counts a declaration that could not be judged.
    pub const fn add_rejected(&mut self) {
        self.all.rejected += 1;
    }

    /// The rules, worst first: by how many times they fail, red lines before baselines, then by how many times they are
    /// open; else in their order.
    #[must_use]
    pub fn rules(&self) -> Vec<&RuleTally> {
        let mut rules: Vec<&RuleTally> = self.rules.values().collect();
        rules.sort_by_key(|rule| {
            let fails = rule.count(Outcome::Fail);
            let rank = if rule.rule.kind == RuleKind::Guidance { 0 } else { fails };
            std::cmp::Reverse((rank, rule.rule.kind, fails, rule.open()))
        });
        rules
    }

    /// The institutions, worst first: by how many declarations are refused, then incomplete, then conditional; else in the
    /// order in which they came.
    #[must_use]
    pub fn institutions(&self) -> Vec<(Option<&str>, &Tally)> {
        let mut all: Vec<_> = self.institutions.iter().map(|(name, tally)| (name.as_deref(), tally)).collect();
        all.sort_by_key(|(_, tally)| {
            std::cmp::Reverse(
                [Decision::Refused, Decision::Incomplete, Decision::Conditional].map(|it| tally.count(it)),
            )
        });
        all
    }
}

/// The tally of an institution; that of none where there are too many.
fn institution_tally<'t>(
    institutions: &'t mut IndexMap<Option<String>, Tally>,
    name: Option<&String>,
) -> &'t mut Tally {
    let key = name.filter(|_| institutions.len() < MAX_INSTITUTIONS || institutions.contains_key(&name.cloned()));
    institutions.entry(key.cloned()).or_default()
}
