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
use search::{Search, Start};
pub use search::{TRIALS, WORK};
use serde_json::Value;
use std::cmp::Reverse;

/// Fields, as JSON Pointers.
type Fields = IndexSet<String>;

/// The worklist of a report on a declaration. No more than [`WORK`] is looked at for each rule; one that this does not
/// settle stays open, and is not searched further.
#[must_use]
pub fn worklist(engine: &Engine, declaration: Input<'_>, options: &Options<'_>, report: &Report) -> Worklist {
    within(engine, declaration, options, report, WORK)
}

fn within(engine: &Engine, declaration: Input<'_>, options: &Options<'_>, report: &Report, work: usize) -> Worklist {
    let Ok(json) = serde_json::from_slice::<Value>(text(declaration.bytes)) else { return Worklist::default() };
    let (Some(day), blocks) = (Date::parse(&report.as_of.date), blocks(report)) else { return Worklist::default() };
    let start = Start { engine, json: &json, day, stage: options.stage, blocks: &blocks, work };
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::PackFiles;
    use serde_json::json;

    const MODEL: &str = "module model
record Item { fine: bool }
record Product {
    items: list of Item
    sound: bool
}
";

    const RULES: &str = "module rules
use model
red_line ALL \"all are fine\" {
    cites 1#1
    addressee product
    require (product.items all item: (item.fine)) or product.sound
    remedy \"mend them\"
}
red_line ONE \"it is sound\" {
    cites 1#1
    addressee product
    require product.sound
    remedy \"mend it\"
}
red_line EACH \"each is fine\" {
    cites 1#1
    addressee product
    for item in product.items { require item.fine }
    remedy \"mend each\"
}
";

    fn engine() -> Engine {
        let mut files = PackFiles::new();
        let manifest = "name = \"sample\"\nversion = \"0.1.0\"\nlanguage = \"2026\"\nroot = \"Product\"\n\n[[source]]\nname = \"text\"\nlocators = \"text.txt\"\ndefault = true\n";
        for (name, text) in
            [("pack.toml", manifest), ("text.txt", "1#1\n"), ("model.policy", MODEL), ("rules.policy", RULES)]
        {
            files.insert(name, text.to_owned());
        }
        Engine::builder().pack(files, "").build().unwrap_or_else(|invalid| panic!("{invalid}"))
    }

    /// The worklist where so much may be looked at: which rules take how many fields, and which stay open.
    fn found(engine: &Engine, items: usize, work: usize) -> (Vec<(String, usize)>, Vec<String>) {
        let text = json!({ "items": vec![json!({}); items] }).to_string();
        let input = Input { name: "", bytes: text.as_bytes() };
        let options = Options { as_of: Date::parse("2025-06-30"), ..Options::default() };
        let report = engine.evaluate(input, &options).unwrap();
        let list = within(engine, input, &options, &report, work);
        (list.settles.into_iter().map(|it| (it.rule, it.fields.len())).collect(), list.open)
    }

    #[test]
    fn what_is_too_much_to_look_at_stays_open() {
        let engine = engine();
        let settled = |rule: &str, fields| (rule.to_owned(), fields);
        let all = vec![settled("ALL", 1), settled("ONE", 1), settled("EACH", 12)];
        assert_eq!(found(&engine, 12, WORK), (all.clone(), vec![]));
        let mut before = 0;
        for work in (0..22).map(|doublings| 1 << doublings) {
            let (settles, open) = found(&engine, 12, work);
            assert_eq!(settles.len() + open.len(), 3, "{work}: every rule is somewhere");
            assert!(settles.len() >= before, "{work}: more work settles no less");
            before = settles.len();
        }
        assert_eq!(found(&engine, 12, 1).1, ["ALL", "ONE", "EACH"]);
        assert_eq!(before, 3);
    }

    /// Without a budget for the rule, each of so many fields takes as many trials, each of the whole declaration.
    #[test]
    fn a_rule_has_one_budget_however_many_elements_it_waits_for() {
        let engine = engine();
        let (settles, open) = found(&engine, 400, 400_000);
        assert_eq!(settles.into_iter().map(|(rule, _)| rule).collect::<Vec<_>>(), ["ALL", "ONE"]);
        assert_eq!(open, ["EACH"]);
    }
}
