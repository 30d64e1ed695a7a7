//! What changed from one policy to another, rule by rule and product by product, and which way it moved.
//!
//! [`Comparison::new`] compares the texts, [`Comparison::product`] judges one declaration by both policies,
//! [`Comparison::search`] looks for a declaration where none of the corpus shows a difference, [`Comparison::diff`] puts
//! all of it together. It reads no file and starts no thread: who has many declarations hands them in as he likes.
//!
//! It does not know how rules are evaluated, and asks the engine.

mod case;
pub mod contract;
mod direction;
mod examples;
mod meaning;
mod pairs;
mod params;
mod product;
mod relation;
pub mod search;
mod structure;

pub use direction::{Direction, Movement, movements};
pub use examples::{examples, files};
pub use product::{Example, Seen};

use crate::engine::Engine;
use crate::ir::RuleId;
use contract::{
    Corpus, DIFF, DecisionChange, Diff, Difference, Pack, ParameterChange, Part, Places, ProductChange, RuleChange,
    Search, Side, State, Summary,
};
use meaning::{Meanings, Numbers};
use params::Owner;
use relation::Party;
use std::collections::HashMap;
use structure::Told;

/// A rule that is not the same on both sides.
#[derive(Debug, Clone)]
pub struct Changed {
    /// Which rule of the old policy.
    pub old: Option<RuleId>,
    /// Which rule of the new policy.
    pub new: Option<RuleId>,
    /// Whether more than words changed.
    pub logic: bool,
    state: State,
    differences: Vec<Difference>,
    through: Vec<String>,
}

/// Two policies, compared.
#[derive(Debug)]
pub struct Comparison<'e> {
    old: &'e Engine,
    new: &'e Engine,
    changed: Vec<Changed>,
    parameters: Vec<ParameterChange>,
    same: usize,
    /// The changed rules of each side: only these need judging to see a difference.
    asked: (Vec<RuleId>, Vec<RuleId>),
}

impl<'e> Comparison<'e> {
    /// Compares the texts of two policies.
    #[must_use]
    pub fn new(old: &'e Engine, new: &'e Engine) -> Self {
        let mut numbers = Numbers::default();
        let mut meanings = |engine: &'e Engine| Meanings::new(&engine.program().policy, plugins(engine), &mut numbers);
        let meanings = (meanings(old), meanings(new));
        let before = Owner { engine: old, party: Party { policy: &old.program().policy, meanings: &meanings.0 } };
        let after = Owner { engine: new, party: Party { policy: &new.program().policy, meanings: &meanings.1 } };
        let pairs = pairs::pairs(&told(before), &told(after));
        let all = pairs.len();
        let changed: Vec<Changed> = pairs.iter().filter_map(changed).collect();
        let asked = (
            changed.iter().filter(|it| it.logic).filter_map(|it| it.old).collect(),
            changed.iter().filter(|it| it.logic).filter_map(|it| it.new).collect(),
        );
        let parameters = params::changes(before, after);
        Self { old, new, same: all - changed.len(), changed, parameters, asked }
    }

    /// The rules that are not the same on both sides.
    #[must_use]
    pub fn changed(&self) -> &[Changed] {
        &self.changed
    }

    /// Puts everything together: the products in the order in which they are given, the searches by the changed rule's
    /// place in [`Self::changed`].
    #[must_use]
    pub fn diff(&self, names: (&str, &str), seen: Vec<Seen>, mut searches: HashMap<usize, Search>) -> Diff {
        let mut corpus = Corpus::default();
        let mut decisions: Vec<DecisionChange> = Vec::new();
        let mut products: HashMap<usize, Vec<ProductChange>> = HashMap::new();
        for seen in seen {
            seen.count(&mut corpus);
            decisions.extend(seen.decision);
            for (at, change) in seen.rules {
                products.entry(at).or_default().push(change);
            }
        }
        let changed = self.changed.iter().enumerate();
        let mut rules: Vec<RuleChange> = changed
            .map(|(at, it)| self.rule(it, products.remove(&at).unwrap_or_default(), searches.remove(&at)))
            .collect();
        rules.sort_by_key(|rule| (!rule.red_line() || !rule.is(Movement::Loosened), rule.movements.first().copied()));
        Diff {
            schema: DIFF,
            old: side(self.old, names.0),
            new: side(self.new, names.1),
            corpus,
            summary: self.summary(&rules),
            decisions,
            parameters: self.parameters.clone(),
            rules,
        }
    }

    fn summary(&self, rules: &[RuleChange]) -> Summary {
        let count = |movement| rules.iter().filter(|rule| rule.is(movement)).count();
        Summary {
            loosened: count(Movement::Loosened),
            loosened_red_lines: rules.iter().filter(|rule| rule.red_line() && rule.is(Movement::Loosened)).count(),
            tightened: count(Movement::Tightened),
            lost_sight: count(Movement::LostSight),
            gained_sight: count(Movement::GainedSight),
            only_words: count(Movement::OnlyWords),
            undetermined: count(Movement::Undetermined),
            same: self.same,
        }
    }

    fn rule(&self, changed: &Changed, products: Vec<ProductChange>, search: Option<Search>) -> RuleChange {
        let before = changed.old.and_then(|id| rule(self.old, id));
        let after = changed.new.and_then(|id| rule(self.new, id));
        let movements = self.movements(changed, &products, search.as_ref());
        let named = after.or(before);
        RuleChange {
            id: named.map_or_else(String::new, |rule| rule.id.clone()),
            was: before.filter(|_| changed.state == State::Renamed).map(|rule| rule.id.clone()),
            state: changed.state,
            old_kind: before.map(|rule| rule.kind),
            new_kind: after.map(|rule| rule.kind),
            title: named.map_or_else(Default::default, |rule| crate::report::words(&rule.title, &rule.id)),
            movements,
            places: Places {
                old: before.map(|rule| structure::place(self.old.sources(), rule.span)),
                new: after.map(|rule| structure::place(self.new.sources(), rule.span)),
            },
            differences: changed.differences.clone(),
            through: changed.through.clone(),
            products,
            search,
        }
    }

    /// How a rule moved: by its text, by the parameters that it reads, by what products and the search show.
    fn movements(&self, changed: &Changed, products: &[ProductChange], search: Option<&Search>) -> Vec<Movement> {
        let mut all: Vec<Movement> = changed.differences.iter().filter_map(|it| it.direction).map(Into::into).collect();
        let ids = [changed.old.and_then(|id| rule(self.old, id)), changed.new.and_then(|id| rule(self.new, id))];
        let reads = |parameter: &ParameterChange| ids.iter().flatten().any(|rule| parameter.rules.contains(&rule.id));
        let by_parameters = self.parameters.iter().filter(|it| reads(it)).filter_map(|it| it.direction);
        all.extend(by_parameters.map(Movement::from));
        all.extend(products.iter().flat_map(|product| product.movements.iter().copied()));
        all.extend(
            search.and_then(|search| search.witness.as_ref()).iter().flat_map(|it| it.movements.iter().copied()),
        );
        if all.is_empty() {
            all.push(if changed.logic { Movement::Undetermined } else { Movement::OnlyWords });
        }
        all.sort_unstable();
        all.dedup();
        all
    }
}

fn rule(engine: &Engine, id: RuleId) -> Option<&crate::ir::Rule> {
    engine.program().policy.rules.get(id.index())
}

/// The plugins of an engine's packs, with their digests.
fn plugins(engine: &Engine) -> String {
    let plugins = engine.packs().iter().flat_map(|pack| &pack.manifest.plugins);
    let named = plugins.map(|plugin| format!("{} {}", plugin.name.value, plugin.sha256.value));
    named.collect::<Vec<_>>().join(", ")
}

fn told(owner: Owner<'_>) -> Vec<Told<'_>> {
    let rules = owner.party.policy.rules.iter();
    rules.map(|rule| Told { party: owner.party, sources: owner.engine.sources(), rule }).collect()
}

/// What is different between the two of a pair; nothing where they are the same.
fn changed(pair: &pairs::Pair<'_>) -> Option<Changed> {
    let id = |told: &Told<'_>| told.party.policy.rules.iter().position(|rule| rule.id == told.rule.id).map(RuleId::new);
    let (old, new) = (pair.old.as_ref().and_then(id), pair.new.as_ref().and_then(id));
    let whole = |direction, old: Option<Told<'_>>, new: Option<Told<'_>>| Difference {
        part: Part::Rule,
        direction: Some(direction),
        old: old.map(|told| told.written(told.rule.span)).map(first_line),
        new: new.map(|told| told.written(told.rule.span)).map(first_line),
    };
    let (state, differences, through, logic) = match (pair.old, pair.new) {
        (Some(before), Some(after)) => {
            let differences = structure::differences(before, after);
            let logic = before.rule.kind != after.rule.kind
                || before.party.meanings.logic(before.rule) != after.party.meanings.logic(after.rule);
            let renamed = before.rule.id != after.rule.id;
            if differences.is_empty() && !renamed {
                return None;
            }
            let state = if renamed { State::Renamed } else { State::Changed };
            (state, differences, structure::through(before, after), logic)
        }
        (before, None) => (State::Removed, vec![whole(Direction::Loosened, before, None)], Vec::new(), true),
        (None, after) => (State::Added, vec![whole(Direction::Tightened, None, after)], Vec::new(), true),
    };
    Some(Changed { old, new, logic, state, differences, through })
}

/// A rule by its head: up to its brace.
fn first_line(mut written: contract::Written) -> contract::Written {
    if let Some((head, _)) = written.text.split_once('{') {
        written.text = head.trim_end().to_owned();
    }
    written
}

fn side(engine: &Engine, given: &str) -> Side {
    let packs = engine.program().policy.packs.iter();
    let packs =
        packs.map(|pack| Pack { name: pack.name.clone(), version: pack.version.clone(), digest: pack.digest.clone() });
    Side { given: given.to_owned(), packs: packs.collect() }
}

/// From which movement on a change is refused.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Deny {
    /// A red line was loosened.
    #[default]
    LoosenedRedLine,
    /// Any rule was loosened.
    Loosened,
    /// Anything changed but words.
    Any,
}

impl Deny {
    /// Whether the change is refused.
    #[must_use]
    pub fn refuses(self, diff: &Diff) -> bool {
        let more_than_words = |rule: &RuleChange| !rule.movements.iter().all(|it| *it == Movement::OnlyWords);
        match self {
            Self::LoosenedRedLine => diff.summary.loosened_red_lines > 0,
            Self::Loosened => diff.summary.loosened > 0,
            Self::Any => {
                diff.rules.iter().any(more_than_words)
                    || !diff.parameters.is_empty()
                    || !diff.decisions.is_empty()
                    || !diff.corpus.refused.is_empty()
            }
        }
    }
}
