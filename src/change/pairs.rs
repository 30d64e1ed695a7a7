//! Which rule of the new policy is which rule of the old one: by id; those that are left over, by what they say.

use super::structure::{Told, one_line};
use std::collections::HashSet;

/// How alike two rules of different ids must be to count as one that was renamed, of at most 4.
const ALIKE: f64 = 1.7;

/// A rule on both sides, or on one.
pub(super) struct Pair<'a> {
    pub(super) old: Option<Told<'a>>,
    pub(super) new: Option<Told<'a>>,
}

/// Pairs rules: those of the new policy in its order, then those that are gone.
pub(super) fn pairs<'a>(old: &[Told<'a>], new: &[Told<'a>]) -> Vec<Pair<'a>> {
    let same = |told: &Told<'_>, others: &[Told<'_>]| others.iter().any(|other| other.rule.id == told.rule.id);
    let gone: Vec<Told<'a>> = old.iter().filter(|told| !same(told, new)).copied().collect();
    let come: Vec<Told<'a>> = new.iter().filter(|told| !same(told, old)).copied().collect();
    let renamed = renamed(&gone, &come);
    let was = |told: &Told<'_>| renamed.iter().find(|(_, id)| *id == told.rule.id).map(|(from, _)| *from);
    let before =
        |told: &Told<'a>| old.iter().find(|other| other.rule.id == told.rule.id).copied().or_else(|| was(told));
    let mut all: Vec<Pair<'a>> = new.iter().map(|told| Pair { old: before(told), new: Some(*told) }).collect();
    let left = gone.iter().filter(|told| renamed.iter().all(|(from, _)| from.rule.id != told.rule.id));
    all.extend(left.map(|told| Pair { old: Some(*told), new: None }));
    all
}

/// The old rules that go on under another id: the most alike first.
fn renamed<'a>(gone: &[Told<'a>], come: &[Told<'a>]) -> Vec<(Told<'a>, &'a str)> {
    let mut scores: Vec<(f64, Told<'a>, &'a str)> = gone
        .iter()
        .flat_map(|old| come.iter().map(move |new| (alike(*old, *new), *old, new.rule.id.as_str())))
        .filter(|(score, ..)| *score >= ALIKE)
        .collect();
    scores.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut found: Vec<(Told<'a>, &'a str)> = Vec::new();
    for (_, old, id) in scores {
        let free = found.iter().all(|(from, to)| from.rule.id != old.rule.id && *to != id);
        if free {
            found.push((old, id));
        }
    }
    found
}

/// How alike two rules are: one point each for the same meaning, the same citations, the same title, and up to one for
/// the words that they share.
fn alike(old: Told<'_>, new: Told<'_>) -> f64 {
    let logic = old.party.meanings.logic(old.rule) == new.party.meanings.logic(new.rule);
    let cites = |told: Told<'_>| told.rule.cites.iter().map(|cite| cite.text.clone()).collect::<HashSet<_>>();
    let points = [logic, cites(old) == cites(new), old.rule.title == new.rule.title];
    let points: f64 = points.into_iter().map(|point| if point { 1.0 } else { 0.0 }).sum();
    points + shared(&body(old), &body(new))
}

fn body(told: Told<'_>) -> String {
    let mut text = String::new();
    crate::ir::shape::every_expression(told.rule, &mut |expr| {
        text = std::mem::take(&mut text) + " " + &one_line(told.sources.slice(expr.span));
    });
    text
}

/// The part of their words that two texts share.
#[expect(clippy::cast_precision_loss, reason = "a score of a few hundred words")]
fn shared(a: &str, b: &str) -> f64 {
    let words = |text: &str| text.split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect::<HashSet<_>>();
    let (a, b) = (words(a), words(b));
    let all = a.union(&b).count();
    if all == 0 { 0.0 } else { a.intersection(&b).count() as f64 / all as f64 }
}
