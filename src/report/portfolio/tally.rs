//! Counts: of decisions, of the outcomes of a rule, of what a task came to.

use crate::eval::Outcome;
use crate::ir::RuleKind;
use crate::report::contract::{Decision, Module};
use crate::report::verdict::RuleName;
use indexmap::IndexMap;

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
    pub fn count(&self, decision: Option<Decision>) -> u64 {
        self.decisions.get(&decision).copied().unwrap_or(0)
    }

    /// What to order by so that the worst comes first: how many are refused, then incomplete, then conditional.
    pub(super) fn badness(&self) -> [u64; 3] {
        [Decision::Refused, Decision::Incomplete, Decision::Conditional].map(|decision| self.count(Some(decision)))
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
    pub(super) fn new(rule: &RuleName) -> Self {
        Self { rule: rule.clone(), counts: [0; Outcome::ALL.len()] }
    }

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

    pub(super) fn add(&mut self, outcome: Outcome) {
        let at = Outcome::ALL.iter().position(|other| *other == outcome);
        if let Some(count) = at.and_then(|at| self.counts.get_mut(at)) {
            *count += 1;
        }
    }

    /// What to order by so that the worst comes first: by how many times it fails, red lines before baselines, then by how
    /// many times it is open; guidance last.
    pub(super) fn badness(&self) -> (u64, RuleKind, u64, u64) {
        let fails = self.count(Outcome::Fail);
        let rank = if self.rule.kind == RuleKind::Guidance { 0 } else { fails };
        (rank, self.rule.kind, fails, self.open())
    }
}

/// What the red lines and baselines of a task came to for a declaration, the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stand {
    /// A red line fails.
    Crossed,
    /// No red line fails; a baseline does.
    NotMet,
    /// None fails; one is unknown, in review or erring.
    Open,
    /// All that apply hold, or are waived.
    Met,
    /// None applies.
    NotApplicable,
}

impl Stand {
    /// Every stand, the worst first.
    pub const ALL: [Self; 5] = [Self::Crossed, Self::NotMet, Self::Open, Self::Met, Self::NotApplicable];

    /// Of one rule; guidance never moves it.
    pub(super) const fn of(kind: RuleKind, outcome: Outcome) -> Self {
        match (kind, outcome) {
            (RuleKind::Guidance, _) | (_, Outcome::NotApplicable) => Self::NotApplicable,
            (RuleKind::RedLine, Outcome::Fail) => Self::Crossed,
            (RuleKind::Baseline, Outcome::Fail) => Self::NotMet,
            (_, Outcome::Error | Outcome::Unknown | Outcome::Review) => Self::Open,
            (_, Outcome::Waived | Outcome::Pass) => Self::Met,
        }
    }

    const fn index(self) -> usize {
        self as usize
    }
}

/// How a task came out over many declarations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskTally {
    /// The module that accounts for it.
    pub module: Module,
    /// How many declarations stand how, in the order of [`Stand::ALL`].
    counts: [u64; Stand::ALL.len()],
}

impl TaskTally {
    pub(super) fn new(module: &Module) -> Self {
        Self { module: module.clone(), counts: [0; Stand::ALL.len()] }
    }

    /// How many declarations stand so.
    #[must_use]
    pub fn count(&self, stand: Stand) -> u64 {
        self.counts.get(stand.index()).copied().unwrap_or(0)
    }

    pub(super) fn add(&mut self, stand: Stand) {
        if let Some(count) = self.counts.get_mut(stand.index()) {
            *count += 1;
        }
    }

    /// What to order by so that the worst comes first.
    pub(super) fn badness(&self) -> [u64; 3] {
        [Stand::Crossed, Stand::NotMet, Stand::Open].map(|stand| self.count(stand))
    }
}
