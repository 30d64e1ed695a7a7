//! Boundary cases of one rule: declarations of the pack, each changed in one place so that the rule's verdict stands on
//! one side of a threshold, on the other, or hangs on what is absent. The present verdict is written down as it is: a
//! person says whether it is the one that was meant.

use super::{Base, Duel, Setting, Side, Verdict};
use crate::change::Example;
use crate::engine::Engine;
use crate::ir::{RuleId, Type};
use crate::report::contract::Outcome;
use crate::testing::{NewCase, NewExpectation};
use crate::value::{Date, Number};
use crate::vary::edit::{Edit, Pointer, apply, get, text};
use crate::vary::sites::Site;
use crate::vary::values;
use serde_json::Value;

/// How many cases are written for a rule at most.
pub const CASES: usize = 200;

/// Boundary cases of a rule, made from the declarations that stand as files in its packs; none where there is no
/// declaration to begin with.
#[must_use]
pub fn boundary_cases(engine: &Engine, rule: RuleId, files: &[Example]) -> Vec<NewCase> {
    let side = Side { engine, id: rule };
    let Some(maker) = Duel::of(side, side).and_then(|duel| Maker::new(duel, files)) else { return Vec::new() };
    maker.cases()
}

struct Maker<'e> {
    duel: Duel<'e>,
    /// The declaration as it stands in its file.
    full: Value,
    /// The same, cut down to what the rule reads.
    base: Base,
    rule: String,
}

/// One change, with what the rule comes to.
struct Tried {
    edits: Vec<Edit>,
    verdict: Verdict,
}

impl<'e> Maker<'e> {
    fn new(duel: Duel<'e>, files: &[Example]) -> Option<Self> {
        let rule = duel.new.rule()?.id.clone();
        let bases = files.iter().filter_map(|example| duel.base(example));
        let base = bases.min_by_key(|(outcome, _)| *outcome != Some(Outcome::Pass))?.1;
        let file = files.iter().find(|example| example.name == base.name)?;
        let full = serde_json::from_slice(&file.bytes).ok()?;
        Some(Self { duel, full, base, rule })
    }

    fn cases(&self) -> Vec<NewCase> {
        let mut all: Vec<NewCase> = self.case(&[]).into_iter().collect();
        for site in self.duel.sites.values() {
            let Some(at) = site.pointers(&self.base.json).into_iter().next() else { continue };
            let tried = self.tried(site, &at);
            let kept = kept(site, tried);
            all.extend(kept.iter().filter_map(|tried| self.case(&tried.edits)));
        }
        all.truncate(CASES);
        all
    }

    fn tried(&self, site: &Site<'_>, at: &Pointer) -> Vec<Tried> {
        let material = self.duel.material(&self.base.json);
        let variations = values::variations(site, at, &self.base.json, &material);
        variations.into_iter().filter_map(|edits| self.attempt(edits)).collect()
    }

    fn attempt(&self, edits: Vec<Edit>) -> Option<Tried> {
        let mut json = self.base.json.clone();
        apply(&edits, &mut json);
        let (verdicts, mended) = self.duel.judge_mended(&mut json, &self.base.setting)?;
        Some(Tried { edits: [edits, mended].concat(), verdict: verdicts.new })
    }

    /// A case over the whole file; none where that is not valid with these changes.
    fn case(&self, edits: &[Edit]) -> Option<NewCase> {
        let mut json = self.full.clone();
        apply(edits, &mut json);
        let verdict = self.duel.judge(&json, &Setting::default())?.new;
        let outcome = verdict.0?;
        let at = verdict.1.iter().find(|(own, _)| *own == outcome).map(|(_, pointer)| pointer.clone());
        Some(NewCase {
            notes: vec![
                "Written from the conditions of the rule. What is expected is what the rule came to then:".to_owned(),
                "read it, and keep it only where it is what the rule should come to.".to_owned(),
            ],
            title: format!("{}: {}", self.rule, described(edits, &self.full)),
            given: self.base.name.clone(),
            changes: edits.iter().map(|edit| (text(&edit.at), edit.to.clone())).collect(),
            rules: vec![NewExpectation {
                id: self.rule.clone(),
                outcome: outcome.as_str().to_owned(),
                at: at.filter(|at| !at.is_empty()),
            }],
            ..NewCase::default()
        })
    }
}

/// What a case changes, in words.
fn described(edits: &[Edit], json: &Value) -> String {
    let said = edits.iter().map(|edit| match &edit.to {
        Some(Value::Array(items)) => format!("{} has {} elements", text(&edit.at), items.len()),
        Some(value) => format!("{} is {value}", text(&edit.at)),
        None if get(json, &edit.at).is_some() => format!("{} is absent", text(&edit.at)),
        None => format!("{} stays absent", text(&edit.at)),
    });
    let said: Vec<String> = said.collect();
    if said.is_empty() { "as it stands in the file".to_owned() } else { said.join(", ") }
}

/// The changes that are worth a case: of ordered values those on both sides of each turn, of members all, else one for
/// each verdict.
fn kept(site: &Site<'_>, tried: Vec<Tried>) -> Vec<Tried> {
    let (mut ordered, others): (Vec<_>, Vec<_>) = tried.into_iter().partition(|it| order(site, it).is_some());
    ordered.sort_by_key(|it| order(site, it));
    let turns: Vec<bool> = (0..ordered.len()).map(|at| turn(&ordered, at)).collect();
    let turning = ordered.into_iter().zip(turns).filter(|(_, turns)| *turns).map(|(it, _)| it);
    let mut kept: Vec<Tried> = turning.collect();
    let all_members = matches!(site.field.ty, Type::Enum(_) | Type::Bool);
    for other in others {
        let known = kept.iter().any(|it| it.verdict == other.verdict && order(site, it).is_none());
        if all_members || !known {
            kept.push(other);
        }
    }
    kept
}

/// Whether the verdict turns before or after a value.
fn turn(ordered: &[Tried], at: usize) -> bool {
    let verdict = |at: Option<usize>| at.and_then(|at| ordered.get(at)).map(|it| &it.verdict);
    let own = verdict(Some(at));
    [at.checked_sub(1), at.checked_add(1)].into_iter().any(|next| verdict(next).is_some_and(|it| Some(it) != own))
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Order {
    Number(Number),
    Date(Date),
}

/// The place of a change's value among others; none for values without an order.
fn order(site: &Site<'_>, tried: &Tried) -> Option<Order> {
    let to = tried.edits.first()?.to.as_ref()?;
    match &site.field.ty {
        Type::Date => to.as_str().and_then(Date::parse).map(Order::Date),
        Type::Number | Type::Ratio | Type::Money(_) | Type::ExactDuration | Type::CalendarDuration => {
            values::read(to).map(Order::Number)
        }
        _ => None,
    }
}
