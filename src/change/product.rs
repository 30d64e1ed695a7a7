//! One declaration, judged by both policies. Only the changed rules are judged, all rules only where one of them moved
//! and the decision may have; only findings that differ are put into words.

use super::contract::{Corpus, DecisionChange, FindingChange, Product, ProductChange, RefusedChange, Which};
use super::direction::{Found, of_decision, only, product_movements};
use super::{Changed, Comparison, rule};
use crate::engine::{Engine, Input, Options, Refusal, RuleOutcome};
use crate::ir::RuleId;
use crate::report::contract::{self as report, Decision, Outcome};
use crate::report::decision_of;
use crate::value::Date;

/// A declaration of the corpus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The name under which it is shown.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The evaluation date, where it is not the declaration's.
    pub as_of: Option<Date>,
    /// The stage, where it is not the declaration's.
    pub stage: Option<String>,
}

impl Example {
    /// The declaration as the engine takes it.
    #[must_use]
    pub fn input(&self) -> Input<'_> {
        Input { name: &self.name, bytes: &self.bytes }
    }

    pub(super) fn options<'a>(&'a self, rules: Option<&'a [RuleId]>) -> Options<'a> {
        Options { as_of: self.as_of, stage: self.stage.as_deref(), rules, ..Options::default() }
    }
}

/// What both policies made of a declaration.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen {
    pub(super) decision: Option<DecisionChange>,
    /// By the changed rule's place.
    pub(super) rules: Vec<(usize, ProductChange)>,
    judged: bool,
    refused: Option<RefusedChange>,
}

impl Seen {
    /// The changed rules that came to something else, by their place in [`Comparison::changed`].
    pub fn moved(&self) -> impl Iterator<Item = usize> {
        self.rules.iter().map(|(at, _)| *at)
    }

    pub(super) fn count(&self, corpus: &mut Corpus) {
        if self.judged {
            corpus.judged += 1;
        } else if self.refused.is_none() {
            corpus.unreadable += 1;
        }
        corpus.changed += usize::from(!self.rules.is_empty());
        corpus.refused.extend(self.refused.clone());
    }
}

impl Comparison<'_> {
    /// Judges a declaration by both policies.
    #[must_use]
    pub fn product(&self, example: &Example) -> Seen {
        let judge = |engine: &Engine, rules: &[RuleId]| engine.outcomes(example.input(), &example.options(Some(rules)));
        match (judge(self.old, &self.asked.0), judge(self.new, &self.asked.1)) {
            (Ok(before), Ok(after)) => self.judged(example, &before, &after),
            (Err(_), Err(_)) => Seen::default(),
            (Err(refusal), Ok(_)) => refused(example, Which::Old, &refusal),
            (Ok(_), Err(refusal)) => refused(example, Which::New, &refusal),
        }
    }

    fn judged(&self, example: &Example, before: &[RuleOutcome], after: &[RuleOutcome]) -> Seen {
        let moved: Vec<(usize, &Changed, Moved)> = self
            .changed
            .iter()
            .enumerate()
            .filter(|(_, changed)| changed.logic)
            .filter_map(|(at, changed)| Some((at, changed, moved(changed, before, after)?)))
            .collect();
        if moved.is_empty() && !self.kinds_changed() {
            return Seen { judged: true, ..Seen::default() };
        }
        let product = self.named(example);
        let decision = self.decision(example, &product);
        let rules = moved.into_iter().map(|(at, changed, moved)| (at, self.change(example, &product, changed, &moved)));
        Seen { decision, rules: rules.collect(), judged: true, refused: None }
    }

    /// Whether a rule's weight for the decision may have changed while its outcome stands.
    fn kinds_changed(&self) -> bool {
        self.changed.iter().any(|changed| {
            let kind = |engine, id: Option<RuleId>| id.and_then(|id| rule(engine, id)).map(|rule| rule.kind);
            kind(self.old, changed.old) != kind(self.new, changed.new)
        })
    }

    fn named(&self, example: &Example) -> Product {
        let report = self.new.evaluate(example.input(), &example.options(Some(&[])));
        let (id, name) = report.map(|report| (report.declaration.id, report.declaration.name)).unwrap_or_default();
        Product { file: example.name.clone(), id, name }
    }

    fn decision(&self, example: &Example, product: &Product) -> Option<DecisionChange> {
        let (from, to) = (decided(self.old, example)?, decided(self.new, example)?);
        (from != to).then(|| DecisionChange { product: product.clone(), from, to, direction: of_decision(from, to) })
    }

    fn change(&self, example: &Example, product: &Product, changed: &Changed, moved: &Moved) -> ProductChange {
        let (before, after) = (&moved.before, &moved.after);
        let findings = |side| match side {
            Which::Old => self.findings(example, side, changed.old, &only(&before.1, &after.1)),
            Which::New => self.findings(example, side, changed.new, &only(&after.1, &before.1)),
        };
        ProductChange {
            product: product.clone(),
            from: before.0,
            to: after.0,
            movements: moved.movements.clone(),
            findings: [findings(Which::Old), findings(Which::New)].concat(),
        }
    }

    /// The findings of one side that the other does not have, in words.
    fn findings(&self, example: &Example, side: Which, id: Option<RuleId>, wanted: &[&Found]) -> Vec<FindingChange> {
        let Some(id) = id.filter(|_| !wanted.is_empty()) else { return Vec::new() };
        let engine = if side == Which::Old { self.old } else { self.new };
        let Ok(report) = engine.evaluate(example.input(), &example.options(Some(&[id]))) else { return Vec::new() };
        let found = report.rules.into_iter().flat_map(|rule| rule.findings);
        let wanted = |it: &report::Finding| {
            wanted.iter().any(|(outcome, pointer)| *outcome == it.outcome && *pointer == it.pointer)
        };
        found.filter(wanted).map(|finding| finding_change(side, finding)).collect()
    }
}

fn finding_change(side: Which, finding: report::Finding) -> FindingChange {
    FindingChange {
        side,
        outcome: finding.outcome,
        pointer: finding.pointer,
        at: finding.at,
        requirement: finding.requirement,
        message: finding.message,
    }
}

/// A rule's outcome and findings on one side.
pub(super) type Verdict = (Option<Outcome>, Vec<Found>);

/// What a rule came to on both sides, where that is not the same.
struct Moved {
    before: Verdict,
    after: Verdict,
    movements: Vec<super::Movement>,
}

fn moved(changed: &Changed, before: &[RuleOutcome], after: &[RuleOutcome]) -> Option<Moved> {
    let (before, after) = (verdict(changed.old, before), verdict(changed.new, after));
    let movements = product_movements((before.0, &before.1), (after.0, &after.1));
    (!movements.is_empty()).then_some(Moved { before, after, movements })
}

pub(super) fn verdict(id: Option<RuleId>, judged: &[RuleOutcome]) -> Verdict {
    let found = id.and_then(|id| judged.iter().find(|it| it.rule == id));
    found.map_or((None, Vec::new()), |it| (Some(it.outcome), it.findings.clone()))
}

fn decided(engine: &Engine, example: &Example) -> Option<Decision> {
    let judged = engine.outcomes(example.input(), &example.options(None)).ok()?;
    let outcomes = judged.iter().filter_map(|it| Some((rule(engine, it.rule)?.kind, it.outcome)));
    Some(decision_of(outcomes))
}

fn refused(example: &Example, by: Which, refusal: &Refusal) -> Seen {
    let reason = refusal.to_string().lines().next().unwrap_or_default().to_owned();
    Seen { refused: Some(RefusedChange { file: example.name.clone(), by, reason }), ..Seen::default() }
}
