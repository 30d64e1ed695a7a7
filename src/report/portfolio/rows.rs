//! The worst declarations of many, up to a limit.

use crate::eval::Outcome;
use crate::ir::RuleKind;
use crate::report::contract::{Decision, RejectedDeclaration};
use crate::report::verdict::{Subject, Verdict};
use std::cmp::Reverse;

/// How many declarations are kept, the worst ones; of the others only sums are.
pub const MAX_ROWS: usize = 1_000;
/// How many characters of a name are kept.
pub const MAX_NAME: usize = 200;
/// How many failing red lines and baselines of a declaration are named.
pub const MAX_FAILING: usize = 12;

/// A declaration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Which it was.
    pub subject: Subject,
    /// How it was decided; none where the run was narrowed to some rules.
    pub decision: Option<Decision>,
    /// Whether it could not be judged.
    pub rejected: bool,
    /// How many red lines fail, are open; how many baselines fail, are open.
    pub counts: [u32; 4],
    /// The ids of the red lines, then the baselines that fail: the first of them.
    pub failing: Vec<String>,
}

/// What rows are ordered by.
type Badness = (u8, [u32; 4]);

/// The worst declarations.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Rows {
    /// Each with how many came before it.
    kept: Vec<(Row, u64)>,
    seen: u64,
    /// What is no worse has no place any more.
    least: Option<Badness>,
}

impl Rows {
    /// Takes a row in, which is made only where it is bad enough.
    pub fn add(&mut self, badness: Badness, row: impl FnOnce() -> Row) {
        self.seen += 1;
        if self.least.is_some_and(|least| badness <= least) {
            return;
        }
        self.kept.push((row(), self.seen));
        if self.kept.len() >= 2 * MAX_ROWS {
            sort(&mut self.kept);
            self.kept.truncate(MAX_ROWS);
            self.least = self.kept.last().map(|(row, _)| row.badness());
        }
    }

    /// The worst, worst first, and how many others there were.
    pub fn all(&self) -> (Vec<Row>, u64) {
        let mut kept = self.kept.clone();
        sort(&mut kept);
        kept.truncate(MAX_ROWS);
        let left = self.seen - u64::try_from(kept.len()).unwrap_or(self.seen);
        (kept.into_iter().map(|(row, _)| row).collect(), left)
    }
}

/// Worst first; those alike in the order in which they came.
fn sort(rows: &mut [(Row, u64)]) {
    rows.sort_by_key(|(row, at)| (Reverse(row.badness()), *at));
}

/// How many red lines fail, are open; how many baselines fail, are open.
pub(super) fn counts(verdict: &Verdict) -> [u32; 4] {
    let mut counts = [0_u32; 4];
    let [red_fails, red_open, base_fails, base_open] = &mut counts;
    for (kind, outcome) in verdict.kinds() {
        let count = match (kind, outcome) {
            (RuleKind::RedLine, Outcome::Fail) => &mut *red_fails,
            (RuleKind::Baseline, Outcome::Fail) => &mut *base_fails,
            (RuleKind::RedLine, Outcome::Error | Outcome::Unknown | Outcome::Review) => &mut *red_open,
            (RuleKind::Baseline, Outcome::Error | Outcome::Unknown | Outcome::Review) => &mut *base_open,
            _ => continue,
        };
        *count = count.saturating_add(1);
    }
    counts
}

/// What to order by so that the worst comes first. What could not be judged stands behind what was refused.
pub(super) fn badness(rejected: bool, decision: Option<Decision>, counts: [u32; 4]) -> Badness {
    let rank = match (rejected, decision) {
        (_, Some(Decision::Refused)) => 5,
        (true, _) => 4,
        (_, Some(Decision::Incomplete)) => 3,
        (_, Some(Decision::Conditional)) => 2,
        (_, None) => 1,
        (_, Some(Decision::Admitted | Decision::NotEvaluated)) => 0,
    };
    (rank, counts)
}

impl Row {
    pub(super) fn of(verdict: &Verdict, counts: [u32; 4]) -> Self {
        let failing = |kind: RuleKind| {
            let fails = verdict.rules().filter(move |(rule, outcome)| rule.kind == kind && *outcome == Outcome::Fail);
            fails.map(|(rule, _)| rule.id.clone())
        };
        Self {
            subject: cut(&verdict.subject),
            decision: verdict.decision,
            rejected: false,
            counts,
            failing: failing(RuleKind::RedLine).chain(failing(RuleKind::Baseline)).take(MAX_FAILING).collect(),
        }
    }

    pub(super) fn rejected(declaration: &RejectedDeclaration) -> Self {
        let subject = Subject { file: short(&declaration.file), line: declaration.line, ..Subject::default() };
        Self { subject, decision: None, rejected: true, counts: [0; 4], failing: Vec::new() }
    }

    fn badness(&self) -> Badness {
        badness(self.rejected, self.decision, self.counts)
    }
}

/// Names of which only so much is kept.
fn cut(subject: &Subject) -> Subject {
    let part = |name: &Option<String>| name.as_deref().map(short);
    Subject {
        file: short(&subject.file),
        line: subject.line,
        id: part(&subject.id),
        name: part(&subject.name),
        institution: part(&subject.institution),
    }
}

/// A name of at most [`MAX_NAME`] characters.
pub(super) fn short(name: &str) -> String {
    match name.char_indices().nth(MAX_NAME) {
        Some(_) => {
            let end = name.char_indices().nth(MAX_NAME - 1).map_or(name.len(), |(end, _)| end);
            format!("{}…", name.get(..end).unwrap_or_default())
        }
        None => name.to_owned(),
    }
}
