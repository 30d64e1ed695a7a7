//! Small changes of a rule: of its expressions, of its requirements, of when it applies.

use super::expression::{becomes, variants};
use super::names::Names;
use crate::source::Span;
use crate::syntax::ast::{Clause, ClauseKind, Expr, For, ForItem, ItemKind, Rule, RuleKind};

/// A rule, or something else, with one small change.
pub(super) struct Mutant {
    /// Where the change is.
    pub span: Span,
    /// What was changed.
    pub change: String,
    /// The whole of it.
    pub item: ItemKind,
}

impl Mutant {
    fn new(span: Span, change: impl Into<String>, rule: Rule) -> Self {
        Self { span, change: change.into(), item: ItemKind::Rule(rule) }
    }
}

/// Every mutant of a rule, in the order of the text.
pub(super) fn mutants(rule: &Rule, names: &Names<'_>) -> Vec<Mutant> {
    let mut all = expressions(rule, names);
    all.extend(shorter(rule, names));
    all.extend(levels(rule));
    all.sort_by_key(|mutant| (mutant.span.start, mutant.span.end));
    all
}

fn expressions(rule: &Rule, names: &Names<'_>) -> Vec<Mutant> {
    let mut copy = rule.clone();
    let places: Vec<(Expr, bool)> = places(&mut copy).into_iter().map(|(expr, truth)| (expr.clone(), truth)).collect();
    let mut all = Vec::new();
    for (index, (expr, truth)) in places.iter().enumerate() {
        for variant in variants(expr, *truth, names) {
            let mut rule = rule.clone();
            if let Some((place, _)) = self::places(&mut rule).into_iter().nth(index) {
                *place = variant.expr;
            }
            all.push(Mutant::new(variant.span, variant.change, rule));
        }
    }
    all
}

/// The expressions of a rule that decide something, each with whether it is asked for its truth.
fn places(rule: &mut Rule) -> Vec<(&mut Expr, bool)> {
    let mut found = Vec::new();
    for clause in &mut rule.clauses {
        match &mut clause.kind {
            ClauseKind::When(condition) => found.push((condition, true)),
            ClauseKind::For(block) => block_places(block, &mut found),
            ClauseKind::Require(require) if !require.check => found.push((&mut require.condition, true)),
            ClauseKind::Review(review) => found.extend(review.condition.as_mut().map(|condition| (condition, true))),
            _ => {}
        }
    }
    found
}

fn block_places<'r>(block: &'r mut For, found: &mut Vec<(&'r mut Expr, bool)>) {
    found.push((&mut block.list, false));
    found.extend(block.filter.as_mut().map(|filter| (filter, true)));
    for item in &mut block.body {
        match item {
            ForItem::Require(require) => found.push((&mut require.condition, true)),
            ForItem::For(inner) => block_places(inner, found),
        }
    }
}

/// The rule a level lower, and a level higher.
fn levels(rule: &Rule) -> impl Iterator<Item = Mutant> {
    let beside: &[RuleKind] = match rule.kind {
        RuleKind::RedLine | RuleKind::Guidance => &[RuleKind::Baseline],
        RuleKind::Baseline => &[RuleKind::Guidance, RuleKind::RedLine],
    };
    beside.iter().map(|kind| {
        let change = becomes(rule.kind.as_str(), kind.as_str());
        Mutant::new(rule.id.span, change, Rule { kind: *kind, ..rule.clone() })
    })
}

/// The rule without one of its parts.
fn shorter(rule: &Rule, names: &Names<'_>) -> Vec<Mutant> {
    let mut all = Vec::new();
    for (index, clause) in rule.clauses.iter().enumerate() {
        let what = match &clause.kind {
            ClauseKind::When(_) => "leave out `when`",
            ClauseKind::Stage { .. } => "leave out `stage`",
            ClauseKind::Require(_) | ClauseKind::For(_) => "leave out the requirement",
            ClauseKind::Review(_) => "leave out `review`",
            _ => continue,
        };
        let clauses = rule.clauses.iter().enumerate().filter(|(other, _)| *other != index);
        let rest = Rule { clauses: clauses.map(|(_, clause)| clause.clone()).collect(), ..rule.clone() };
        all.push(Mutant::new(clause.span, what, rest));
        if let ClauseKind::For(block) = &clause.kind {
            let blocks = blocks(block, names).into_iter();
            all.extend(blocks.map(|(span, change, block)| Mutant::new(span, change, with(rule, index, block))));
        }
    }
    all
}

fn with(rule: &Rule, index: usize, block: For) -> Rule {
    let mut rule = rule.clone();
    if let Some(clause) = rule.clauses.get_mut(index) {
        *clause = Clause { kind: ClauseKind::For(block), span: clause.span };
    }
    rule
}

/// A `for` without its filter, or without one of its requirements, at any depth.
fn blocks(block: &For, names: &Names<'_>) -> Vec<(Span, String, For)> {
    let mut all = Vec::new();
    if let Some(filter) = &block.filter {
        let change = format!("leave out the filter `{}`", names.text(filter.span));
        all.push((filter.span, change, For { filter: None, ..block.clone() }));
    }
    for (index, item) in block.body.iter().enumerate() {
        let span = match item {
            ForItem::Require(require) => require.span,
            ForItem::For(inner) => inner.span,
        };
        if block.body.len() > 1 {
            let mut rest = block.clone();
            rest.body.remove(index);
            all.push((span, "leave out the requirement".to_owned(), rest));
        }
        if let ForItem::For(inner) = item {
            for (span, change, inner) in blocks(inner, names) {
                let mut whole = block.clone();
                if let Some(place) = whole.body.get_mut(index) {
                    *place = ForItem::For(inner);
                }
                all.push((span, change, whole));
            }
        }
    }
    all
}
