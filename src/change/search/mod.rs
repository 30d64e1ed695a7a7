//! Looks for a declaration on which a rule and its new version disagree: a search, not a proof.
//!
//! From declarations of the corpus, cut down to what the two rules read, it makes others: each field that either rule
//! reads at, under and over each constant that either compares with, at every member of its enum, absent; lists empty,
//! shorter, longer; then two of these at once, those first that moved something alone. What is found is reduced until
//! nothing in it can be left out. The order is fixed, and a named limit ends it.

mod boundary;
mod reduce;

pub use boundary::{CASES, boundary_cases};

use super::contract::{Search, Witness};
use super::direction::{Movement, product_movements};
use super::product::{Example, Verdict, verdict};
use super::{Changed, Comparison};
use crate::engine::{Engine, Input, Options};
use crate::ir::{Constant, Policy, Rule, RuleId, Type};
use crate::report::contract::Outcome;
use crate::value::Date;
use crate::vary::constants;
use crate::vary::edit::{self, Pointer, text};
use crate::vary::keep::{self, Keep};
use crate::vary::sites::{self, Site};
use crate::vary::values::{self, Material, Variation};
use indexmap::{IndexMap, IndexSet};
use serde_json::Value;

/// How many declarations are tried for one rule, where nobody says otherwise.
pub const SEARCH_LIMIT: usize = 20_000;
/// How many declarations of the corpus are looked at to find some to begin with.
pub const BASES_SEEN: usize = 400;
/// From how many declarations a search begins.
pub const BASES: usize = 3;

impl Comparison<'_> {
    /// Whether nothing that was seen shows how a changed rule moved, so that a search is worth while: no product moved,
    /// or its text shows no direction and no product is judged less strictly.
    #[must_use]
    pub fn wants_search<'s>(&self, at: usize, seen: impl IntoIterator<Item = &'s super::Seen>) -> bool {
        let Some(changed) = self.changed.get(at).filter(|it| it.logic && it.old.is_some() && it.new.is_some()) else {
            return false;
        };
        let moved: Vec<Movement> = seen
            .into_iter()
            .flat_map(|seen| seen.rules.iter().filter(|(own, _)| *own == at))
            .flat_map(|(_, product)| product.movements.iter().copied())
            .collect();
        let open = changed.differences.iter().all(|it| it.direction.is_none());
        moved.is_empty() || (open && !moved.contains(&Movement::Loosened))
    }

    /// Looks for a declaration on which the two versions of a changed rule disagree. `tried` hears how many declarations
    /// were tried so far.
    #[must_use]
    pub fn search(&self, at: usize, corpus: &[Example], limit: usize, tried: &mut dyn FnMut(usize)) -> Option<Search> {
        let changed = self.changed.get(at)?;
        let duel = Duel::new(self, changed)?;
        let tightens = changed.differences.iter().all(|it| it.direction == Some(super::Direction::Tightened));
        let mut hunt = Hunt { duel, tightens, limit, count: 0, tried, best: None };
        let whole = hunt.run(corpus);
        let witness = hunt.best.as_ref().map(|found| hunt.duel.witness(found));
        Some(Search { tried: hunt.count, limit, whole, varied: hunt.duel.sites.keys().cloned().collect(), witness })
    }
}

/// A rule on one side.
#[derive(Clone, Copy)]
struct Side<'e> {
    engine: &'e Engine,
    id: RuleId,
}

impl<'e> Side<'e> {
    fn policy(self) -> &'e Policy {
        &self.engine.program().policy
    }

    fn rule(self) -> Option<&'e Rule> {
        self.policy().rules.get(self.id.index())
    }

    fn judge(self, bytes: &[u8], setting: &Setting) -> Option<Verdict> {
        let options = Options {
            as_of: setting.as_of,
            stage: setting.stage.as_deref(),
            rules: Some(std::slice::from_ref(&self.id)),
            ..Options::default()
        };
        let judged = self.engine.outcomes(Input { name: "", bytes }, &options).ok()?;
        Some(verdict(Some(self.id), &judged))
    }
}

/// The date and stage that a declaration does not say itself.
#[derive(Debug, Clone, Default)]
struct Setting {
    as_of: Option<Date>,
    stage: Option<String>,
}

/// Two versions of a rule.
struct Duel<'e> {
    old: Side<'e>,
    new: Side<'e>,
    sites: IndexMap<String, Site<'e>>,
    constants: IndexSet<(Type, Constant)>,
}

/// The rank of the plainest loosening: what failed fails no more.
const LOOSER: u8 = 0;
/// The rank of the plainest tightening.
const TIGHTER: u8 = 4;

/// What both versions said of a declaration.
#[derive(Debug, Clone, PartialEq)]
struct Verdicts {
    old: Verdict,
    new: Verdict,
}

impl Verdicts {
    fn movements(&self) -> Vec<Movement> {
        product_movements((self.old.0, &self.old.1), (self.new.0, &self.new.1))
    }

    fn outcomes(&self) -> (Option<Outcome>, Option<Outcome>) {
        (self.old.0, self.new.0)
    }

    /// How well a disagreement shows how a rule moved, a loosening before all others: [`LOOSER`] is best.
    fn rank(&self) -> u8 {
        let movements = self.movements();
        let sight = movements.iter().any(|it| matches!(it, Movement::LostSight | Movement::GainedSight));
        let fails = [self.old.0, self.new.0].contains(&Some(Outcome::Fail));
        let plain = u8::from(self.old.0 == self.new.0) * 2 + u8::from(sight || !fails);
        plain + if movements.contains(&Movement::Loosened) { LOOSER } else { TIGHTER }
    }
}

impl<'e> Duel<'e> {
    fn new(comparison: &Comparison<'e>, changed: &Changed) -> Option<Self> {
        let old = Side { engine: comparison.old, id: changed.old? };
        let new = Side { engine: comparison.new, id: changed.new? };
        Self::of(old, new)
    }

    fn of(old: Side<'e>, new: Side<'e>) -> Option<Self> {
        let (before, after) = (old.rule()?, new.rule()?);
        let mut sites = sites::sites(new.policy(), after);
        for (name, site) in sites::sites(old.policy(), before) {
            sites.entry(name).or_insert(site);
        }
        let mut constants = constants::constants(new.policy(), after);
        constants.extend(constants::constants(old.policy(), before));
        Some(Self { old, new, sites, constants })
    }

    fn judge(&self, json: &Value, setting: &Setting) -> Option<Verdicts> {
        let bytes = serde_json::to_vec(json).ok()?;
        Some(Verdicts { old: self.old.judge(&bytes, setting)?, new: self.new.judge(&bytes, setting)? })
    }

    /// What both say, where need be after taking away what does not apply any more.
    fn judge_mended(&self, json: &mut Value, setting: &Setting) -> Option<(Verdicts, Variation)> {
        match self.judge(json, setting) {
            Some(verdicts) => Some((verdicts, Vec::new())),
            None => self.mended(json, setting),
        }
    }

    /// A declaration that is not valid, without the fields that do not apply to it any more.
    fn mended(&self, json: &mut Value, setting: &Setting) -> Option<(Verdicts, Variation)> {
        let bytes = serde_json::to_vec(json).ok()?;
        let mut edits = Vec::new();
        for side in [self.old, self.new] {
            let void = side.engine.void_fields(Input { name: "", bytes: &bytes }).ok()?;
            let void = void.iter().filter(|at| json.pointer(at).is_some()).map(|at| edit::pointer(at));
            edits.extend(void.map(|at| edit::Edit { at, to: None }));
        }
        edits.dedup();
        if edits.is_empty() {
            return None;
        }
        edit::apply(&edits, json);
        Some((self.judge(json, setting)?, edits))
    }

    /// Declarations to begin with: one for each outcome that the rule came to, cut down where that changes nothing.
    fn bases(&self, corpus: &[Example]) -> Vec<Base> {
        let mut by_outcome: IndexMap<Option<Outcome>, Base> = IndexMap::new();
        for example in corpus.iter().take(BASES_SEEN) {
            if let Some((outcome, base)) = self.base(example) {
                by_outcome.entry(outcome).or_insert(base);
            }
        }
        by_outcome.sort_by_key(|outcome, _| match outcome {
            Some(Outcome::Pass) => 0,
            Some(Outcome::Fail) => 1,
            Some(Outcome::Review) => 2,
            _ => 3,
        });
        let mut bases: Vec<Base> = by_outcome.into_values().take(BASES).collect();
        if bases.is_empty() {
            let json = keep::nothing(&self.new.policy().model);
            bases.push(Base { name: "a declaration that says nothing".to_owned(), json, setting: Setting::default() });
        }
        bases
    }

    fn base(&self, example: &Example) -> Option<(Option<Outcome>, Base)> {
        let full: Value = serde_json::from_slice(&example.bytes).ok()?;
        let setting = Setting { as_of: example.as_of, stage: example.stage.clone() };
        let verdicts = self.judge(&full, &setting)?;
        let keep = Keep::new(self.new.policy(), &[self.old.rule()?, self.new.rule()?], &self.sites);
        let cut = keep.cut(&full);
        let json = if self.judge(&cut, &setting).as_ref() == Some(&verdicts) { cut } else { full };
        Some((verdicts.new.0, Base { name: example.name.clone(), json, setting }))
    }

    /// What values for a declaration are made from.
    fn material(&self, json: &Value) -> Material<'_> {
        let neighbours = self.sites.values().flat_map(|site| {
            let values = site.pointers(json).into_iter().filter_map(|at| edit::get(json, &at).cloned());
            values.map(|value| (site.field.ty.clone(), value))
        });
        Material { constants: &self.constants, neighbours: neighbours.collect() }
    }

    /// Every way to vary a declaration in one place.
    fn variations(&self, base: &Base) -> Vec<Variation> {
        let material = self.material(&base.json);
        let vary = |site: &Site<'e>| {
            let places = site.pointers(&base.json);
            let each: Vec<Variation> =
                places.iter().flat_map(|at| values::variations(site, at, &base.json, &material)).collect();
            let everywhere = everywhere(&places, &each);
            each.into_iter().chain(everywhere).collect::<Vec<_>>()
        };
        let all = self.sites.values().flat_map(vary);
        let (lists, others): (Vec<_>, Vec<_>) = all.partition(lengthens);
        lists.into_iter().chain(others).collect()
    }

    fn witness(&self, found: &Found) -> Witness {
        let (json, edits) = reduce::reduce(self, found);
        let (from, to) = found.verdicts.outcomes();
        let changed = edits.iter().map(|edit| text(&edit.at)).collect::<IndexSet<_>>();
        Witness {
            from_file: found.base.name.clone(),
            changed: changed.into_iter().collect(),
            as_of: found.base.setting.as_of.map(|date| date.to_string()),
            stage: found.base.setting.stage.clone(),
            from: from.unwrap_or(Outcome::NotApplicable),
            to: to.unwrap_or(Outcome::NotApplicable),
            movements: found.verdicts.movements(),
            declaration: json,
            file: None,
        }
    }
}

/// Whether a variation gives a list: those come first, for what is done to an element may need another beside it.
fn lengthens(variation: &Variation) -> bool {
    variation.iter().any(|edit| matches!(edit.to, Some(Value::Array(_))))
}

/// The variations of the first place, in all of them at once.
fn everywhere(places: &[Pointer], each: &[Variation]) -> Vec<Variation> {
    let [first, others @ ..] = places else { return Vec::new() };
    if others.is_empty() {
        return Vec::new();
    }
    let of_first = each.iter().filter(|variation| matches!(variation.as_slice(), [only] if only.at == *first));
    let all = |variation: &Variation| {
        let [only] = variation.as_slice() else { return Vec::new() };
        places.iter().map(|at| edit::Edit { at: at.clone(), to: only.to.clone() }).collect()
    };
    of_first.map(all).collect()
}

/// A declaration to begin with.
#[derive(Debug, Clone)]
struct Base {
    name: String,
    json: Value,
    setting: Setting,
}

/// A disagreement.
struct Found {
    base: Base,
    variation: Variation,
    verdicts: Verdicts,
}

struct Hunt<'e, 't> {
    duel: Duel<'e>,
    /// Whether the text shows that the rule is tighter everywhere: then no loosening is looked for.
    tightens: bool,
    limit: usize,
    count: usize,
    tried: &'t mut dyn FnMut(usize),
    best: Option<Found>,
}

impl Hunt<'_, '_> {
    /// Whether everything was tried.
    fn run(&mut self, corpus: &[Example]) -> bool {
        let bases = self.duel.bases(corpus);
        let mut whole = true;
        let mut singles = Vec::new();
        for base in &bases {
            let (variations, all) = self.singly(base);
            whole &= all;
            singles.push((base, variations));
            if self.done() {
                return whole;
            }
        }
        if self.shows() {
            // It could be plainer: a failure on one side. A few pairs are worth that.
            self.limit = self.limit.min(self.count + PLAINER);
        }
        for (base, variations) in &singles {
            whole &= self.in_pairs(base, variations);
            if self.done() {
                break;
            }
        }
        whole || self.shows()
    }

    /// Whether the best that was found cannot become plainer: a failure that is none on the looser side.
    fn done(&self) -> bool {
        self.rank().is_some_and(|rank| rank == LOOSER || (self.tightens && rank == TIGHTER))
    }

    /// Whether a movement was found that the outcome shows, in the direction that is looked for.
    fn shows(&self) -> bool {
        let near = |rank: u8, best: u8| (best..=best + 1).contains(&rank);
        self.rank().is_some_and(|rank| near(rank, LOOSER) || (self.tightens && near(rank, TIGHTER)))
    }

    fn rank(&self) -> Option<u8> {
        self.best.as_ref().map(|found| found.verdicts.rank())
    }

    /// Tries every variation alone. Those that moved a verdict come first in what is handed back.
    fn singly(&mut self, base: &Base) -> (Vec<Variation>, bool) {
        let plain = self.attempt(base, &Vec::new());
        let (mut moving, mut still) = (Vec::new(), Vec::new());
        for variation in self.duel.variations(base) {
            if self.count >= self.limit {
                return (moving, false);
            }
            let verdicts = self.attempt(base, &variation);
            if verdicts.is_some() && verdicts != plain {
                moving.push(variation);
            } else {
                still.push(variation);
            }
            if self.done() {
                break;
            }
        }
        let first = moving.len();
        moving.append(&mut still);
        moving.truncate(first.max(PAIRED));
        (moving, true)
    }

    /// Tries variations two at a time, in an order that meets early ones first.
    fn in_pairs(&mut self, base: &Base, variations: &[Variation]) -> bool {
        for sum in 1..variations.len().saturating_mul(2) {
            for (one, two) in (0..=sum / 2).map(|one| (one, sum - one)) {
                let (Some(one), Some(two)) = (variations.get(one), variations.get(two)) else { continue };
                let Some(pair) = both(one, two) else { continue };
                if self.count >= self.limit {
                    return false;
                }
                self.attempt(base, &pair);
                if self.done() {
                    return true;
                }
            }
        }
        true
    }

    fn attempt(&mut self, base: &Base, variation: &Variation) -> Option<Verdicts> {
        self.count += 1;
        (self.tried)(self.count);
        let mut json = base.json.clone();
        edit::apply(variation, &mut json);
        let (verdicts, mended) = self.duel.judge_mended(&mut json, &base.setting)?;
        let better = |best: &Found| verdicts.rank() < best.verdicts.rank();
        if !verdicts.movements().is_empty() && self.best.as_ref().is_none_or(better) {
            let variation = [variation.clone(), mended].concat();
            self.best = Some(Found { base: base.clone(), variation, verdicts: verdicts.clone() });
        }
        Some(verdicts)
    }
}

/// How many variations are paired that moved nothing alone.
const PAIRED: usize = 400;
/// How many pairs are tried to make a witness plainer.
const PLAINER: usize = 500;

/// Two variations at once, what encloses before what is inside; none where they say different things of one place.
fn both(one: &Variation, two: &Variation) -> Option<Variation> {
    let same = one.iter().any(|a| two.iter().any(|b| a.at == b.at));
    let inside = one.iter().any(|a| two.iter().any(|b| a.at.starts_with(&b.at)));
    let ordered = if inside { [two.as_slice(), one].concat() } else { [one.as_slice(), two].concat() };
    (!same).then_some(ordered)
}
