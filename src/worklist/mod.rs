//! The worklist: for each undecided rule a set of fields for which some values settle it, and one list over all of them.
//!
//! It tries values on the declaration and asks the engine; it knows nothing of how verdicts come about but their law: more
//! knowledge never unsettles a rule. So a field is needed where the others cannot settle the rule without it, and what no
//! longer misses a field that may be given need not be tried further. What no trial reaches stays open.

mod search;

use crate::engine::{Engine, Input, Options};
use crate::ir::RuleKind;
use crate::report::contract::{Outcome, Report, Rule, Settles, WorkField, Worklist};
use crate::report::gravity;
use crate::value::Date;
use indexmap::{IndexMap, IndexSet};
pub use search::TRIALS;
use search::{Search, Start};
use serde_json::Value;
use std::cmp::Reverse;

/// Fields, as JSON Pointers.
type Fields = IndexSet<String>;

/// The worklist of a report on a declaration.
#[must_use]
pub fn worklist(engine: &Engine, declaration: Input<'_>, options: &Options<'_>, report: &Report) -> Worklist {
    let Ok(json) = serde_json::from_slice::<Value>(text(declaration.bytes)) else { return Worklist::default() };
    let (Some(day), blocks) = (Date::parse(&report.as_of.date), blocks(report)) else { return Worklist::default() };
    let start = Start { engine, json: &json, day, stage: options.stage, blocks: &blocks };
    let mut list = List::default();
    for rule in undecided(report) {
        match Search::new(&start, rule).and_then(|mut search| Some((search.settle(&list.fields())?, search))) {
            Some((settled, search)) => list.settled.push(Entry { rule, fields: settled, search }),
            None => list.open.push(rule.id.clone()),
        }
    }
    list.leave_out();
    list.done()
}

/// A declaration without a byte order mark.
fn text(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

/// How many rules each missing field blocks, in source order.
fn blocks(report: &Report) -> IndexMap<&str, usize> {
    report.undeclared.iter().map(|field| (field.pointer.as_str(), field.rules.len())).collect()
}

/// The rules that could not be decided, gravest first.
fn undecided(report: &Report) -> Vec<&Rule> {
    let open = report.rules.iter().filter(|rule| matches!(rule.outcome, Outcome::Unknown | Outcome::Error));
    let mut open: Vec<&Rule> = open.collect();
    open.sort_by_key(|rule| gravity(rule.kind, rule.outcome));
    open
}

/// A rule that some values settle.
struct Entry<'r, 'e> {
    rule: &'r Rule,
    fields: Fields,
    search: Search<'e>,
}

#[derive(Default)]
struct List<'r, 'e> {
    settled: Vec<Entry<'r, 'e>>,
    open: Vec<String>,
}

impl List<'_, '_> {
    fn fields(&self) -> Fields {
        self.settled.iter().flat_map(|entry| entry.fields.iter().cloned()).collect()
    }

    /// Leaves out each field without which all rules can be settled by the others; those first that the fewest need.
    fn leave_out(&mut self) {
        let mut fields: Vec<String> = self.fields().into_iter().collect();
        fields.sort_by_cached_key(|field| self.needs(field).count());
        for field in fields {
            let mut others = self.fields();
            others.shift_remove(&field);
            let instead: Option<Vec<(usize, Fields)>> = (self.settled.iter_mut().enumerate())
                .filter(|(_, entry)| entry.fields.contains(&field))
                .map(|(at, entry)| Some((at, entry.search.settle_within(&others)?)))
                .collect();
            for (at, fields) in instead.into_iter().flatten() {
                if let Some(entry) = self.settled.get_mut(at) {
                    entry.fields = fields;
                }
            }
        }
    }

    /// The rules that need a field.
    fn needs(&self, field: &str) -> impl Iterator<Item = &Entry<'_, '_>> {
        self.settled.iter().filter(move |entry| entry.fields.contains(field))
    }

    /// What most red lines wait for first, then what most other rules wait for.
    fn done(self) -> Worklist {
        let mut fields: Vec<String> = self.fields().into_iter().collect();
        let kinds = [RuleKind::RedLine, RuleKind::Baseline, RuleKind::Guidance];
        let waiting = |field: &str, kind| self.needs(field).filter(|entry| entry.rule.kind == kind).count();
        fields.sort_by_cached_key(|field| Reverse(kinds.map(|kind| waiting(field, kind))));
        let settles = self.settled.iter().map(|entry| Settles {
            rule: entry.rule.id.clone(),
            met: entry.search.meets(),
            fields: fields.iter().filter(|field| entry.fields.contains(*field)).cloned().collect(),
        });
        let settles = settles.collect();
        Worklist { settles, fields: fields.iter().map(|field| self.field(field)).collect(), open: self.open }
    }

    fn field(&self, pointer: &str) -> WorkField {
        let (label, expects) = self.needs(pointer).find_map(|entry| entry.search.about(pointer)).unwrap_or_default();
        let rules = self.needs(pointer).map(|entry| entry.rule.id.clone()).collect();
        WorkField { pointer: pointer.to_owned(), label, expects, rules }
    }
}
