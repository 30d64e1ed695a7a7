//! Many verdicts summed up: by decision, by task, by rule, by institution, and the worst declarations. It grows with the
//! number of rules, and up to named limits with that of institutions and declarations.

mod rows;
mod tally;

pub use rows::{MAX_FAILING, MAX_NAME, MAX_ROWS, Row};
pub use tally::{RuleTally, Stand, Tally, TaskTally};

use super::contract::{Decision, RejectedDeclaration};
use super::verdict::{PackName, Roll, RuleName, Verdict};
use crate::value::Date;
use indexmap::IndexMap;
use rows::{Rows, short};
use std::cmp::Reverse;
use std::sync::Arc;

/// How many institutions are told apart; what further ones come to is summed under none.
pub const MAX_INSTITUTIONS: usize = 10_000;

/// The decisions, worst first; the last is that of a run that was narrowed to some rules.
pub const DECISIONS: [Option<Decision>; 6] = [
    Some(Decision::Refused),
    Some(Decision::Incomplete),
    Some(Decision::Conditional),
    Some(Decision::Admitted),
    Some(Decision::NotEvaluated),
    None,
];

/// Many verdicts summed up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Portfolio {
    /// All declarations.
    pub all: Tally,
    /// The first and the last evaluation date.
    pub days: Option<(Date, Date)>,
    /// By pack and id, in the order of the rules.
    rules: IndexMap<(String, String), RuleTally>,
    /// By pack and name, in the order of the modules.
    tasks: IndexMap<(String, String), TaskTally>,
    /// By institution; `None` where a declaration names none.
    institutions: IndexMap<Option<String>, Tally>,
    rows: Rows,
    /// Where the rules of the last verdict are counted.
    places: Option<Places>,
}

/// Where the rules of a roll are counted, and their tasks.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Places {
    roll: Arc<Roll>,
    /// Of each rule, the places of itself and of its task.
    rules: Vec<(usize, usize)>,
}

impl Portfolio {
    /// Takes a verdict in.
    pub fn add(&mut self, verdict: &Verdict) {
        let institution = verdict.subject.institution.as_deref().map(short);
        for tally in [&mut self.all, institution_tally(&mut self.institutions, institution)] {
            *tally.decisions.entry(verdict.decision).or_default() += 1;
        }
        let (first, last) = self.days.unwrap_or((verdict.as_of, verdict.as_of));
        self.days = Some((first.min(verdict.as_of), last.max(verdict.as_of)));
        self.count(verdict);
        let counts = rows::counts(verdict);
        self.rows.add(rows::badness(false, verdict.decision, counts), || Row::of(verdict, counts));
    }

    /// Counts a declaration that could not be judged.
    pub fn add_rejected(&mut self, declaration: &RejectedDeclaration) {
        self.all.rejected += 1;
        self.rows.add(rows::badness(true, None, [0; 4]), || Row::rejected(declaration));
    }

    fn count(&mut self, verdict: &Verdict) {
        if self.places.as_ref().is_none_or(|places| !Arc::ptr_eq(&places.roll, &verdict.roll)) {
            let roll = Arc::clone(&verdict.roll);
            let rules = roll.rules.iter().map(|rule| self.place(rule, &roll)).collect();
            self.places = Some(Places { roll, rules });
        }
        let Some(places) = &self.places else { return };
        let mut stands = vec![None; self.tasks.len()];
        for ((rule, task), (name, outcome)) in places.rules.iter().zip(verdict.rules()) {
            if let Some((_, tally)) = self.rules.get_index_mut(*rule) {
                tally.add(outcome);
            }
            if let Some(stand) = stands.get_mut(*task) {
                let own = Stand::of(name.kind, outcome);
                *stand = Some(stand.map_or(own, |worst: Stand| worst.min(own)));
            }
        }
        for (task, stand) in self.tasks.values_mut().zip(stands) {
            if let Some(stand) = stand {
                task.add(stand);
            }
        }
    }

    /// Where a rule is counted, and its task.
    fn place(&mut self, rule: &RuleName, roll: &Roll) -> (usize, usize) {
        let entry = self.rules.entry((rule.pack.clone(), rule.id.clone()));
        let own = entry.index();
        entry.or_insert_with(|| RuleTally::new(rule));
        let module = roll.modules.iter().find(|module| module.pack == rule.pack && module.name == rule.module);
        let Some(module) = module else { return (own, usize::MAX) };
        let entry = self.tasks.entry((rule.pack.clone(), rule.module.clone()));
        let task = entry.index();
        entry.or_insert_with(|| TaskTally::new(module));
        (own, task)
    }

    /// The packs that judged the last declaration.
    #[must_use]
    pub fn packs(&self) -> &[PackName] {
        self.places.as_ref().map_or(&[], |places| &places.roll.packs)
    }

    /// The rules, worst first: by how many times they fail, red lines before baselines, then by how many times they are
    /// open; else in their order.
    #[must_use]
    pub fn rules(&self) -> Vec<&RuleTally> {
        let mut rules: Vec<&RuleTally> = self.rules.values().collect();
        rules.sort_by_key(|rule| Reverse(rule.badness()));
        rules
    }

    /// The tasks that have rules, worst first: by how many declarations cross a red line of it, then do not meet a baseline,
    /// then leave something open; else in their order.
    #[must_use]
    pub fn tasks(&self) -> Vec<&TaskTally> {
        let mut tasks: Vec<&TaskTally> = self.tasks.values().collect();
        tasks.sort_by_key(|task| Reverse(task.badness()));
        tasks
    }

    /// The institutions, worst first: by how many declarations are refused, then incomplete, then conditional; else in the
    /// order in which they came.
    #[must_use]
    pub fn institutions(&self) -> Vec<(Option<&str>, &Tally)> {
        let mut all: Vec<_> = self.institutions.iter().map(|(name, tally)| (name.as_deref(), tally)).collect();
        all.sort_by_key(|(_, tally)| Reverse(tally.badness()));
        all
    }

    /// The worst declarations, worst first, at most [`MAX_ROWS`], and how many others there were.
    #[must_use]
    pub fn declarations(&self) -> (Vec<Row>, u64) {
        self.rows.all()
    }
}

/// The tally of an institution; that of none where there are too many.
fn institution_tally(institutions: &mut IndexMap<Option<String>, Tally>, name: Option<String>) -> &mut Tally {
    let is_told_apart = name.is_none() || institutions.len() < MAX_INSTITUTIONS || institutions.contains_key(&name);
    institutions.entry(name.filter(|_| is_told_apart)).or_default()
}
