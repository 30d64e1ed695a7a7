//! The search for values that settle one rule: a field that it misses is given each value worth trying, then the next one,
//! until the rule is settled or cannot be any more.

use super::Fields;
use crate::engine::{Engine, Input, Options, Standing};
use crate::ir::{Constant, RuleId, Type};
use crate::report;
use crate::report::contract::{Outcome, Rule, Words};
use crate::value::Date;
use crate::vary::constants::constants;
use crate::vary::edit::{self, Step};
use crate::vary::fill::fillings;
use crate::vary::keep::Keep;
use crate::vary::sites::{Site, sites};
use crate::vary::values::Material;
use indexmap::{IndexMap, IndexSet};
use serde_json::Value;

/// How many declarations are tried in one search for a rule.
pub const TRIALS: usize = 2_000;

/// How much is looked at in all searches for a rule: the bytes of each declaration that is tried, and for each field that a
/// finding of it misses 64 more.
pub const WORK: usize = 32 << 20;

/// What a missing field costs, in bytes.
const FIELD: usize = 64;

/// Where every search begins.
pub(super) struct Start<'e, 'a> {
    pub(super) engine: &'e Engine,
    pub(super) json: &'a Value,
    pub(super) day: Date,
    pub(super) stage: Option<&'a str>,
    /// How many rules each missing field blocks.
    pub(super) blocks: &'a IndexMap<&'a str, usize>,
    /// How much may be looked at for each rule.
    pub(super) work: usize,
}

/// What a search is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Goal {
    /// That the rule passes, does not apply, or is left to a review.
    Met,
    /// That it is decided at all.
    Decided,
}

impl Goal {
    const fn reached(self, outcome: Outcome) -> bool {
        match outcome {
            Outcome::Pass | Outcome::NotApplicable | Outcome::Review => true,
            Outcome::Fail => matches!(self, Self::Decided),
            _ => false,
        }
    }
}

/// What became of a trial and all that follow from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tried {
    Reached,
    /// Nothing that may be given leads there.
    Lost,
    /// This is no valid declaration.
    Invalid,
}

/// The search for one rule.
pub(super) struct Search<'e> {
    engine: &'e Engine,
    rule: RuleId,
    sites: IndexMap<String, Site<'e>>,
    constants: IndexSet<(Type, Constant)>,
    day: Date,
    stage: Option<String>,
    /// The declaration, cut down to what the rule reads.
    json: Value,
    /// Fields, those first that are given first.
    order: IndexSet<String>,
    /// Fields that no value could be found for.
    hopeless: Fields,
    goal: Goal,
    /// Trials of this search.
    left: usize,
    /// How much may still be looked at, in this search and all that follow.
    work: usize,
}

impl<'e> Search<'e> {
    pub(super) fn new(start: &Start<'e, '_>, rule: &Rule) -> Option<Self> {
        let engine = start.engine;
        let id = engine.rule(&rule.id)?;
        let policy = &engine.program().policy;
        let own = policy.rules.get(id.index())?;
        let sites = sites(policy, own);
        let mut order: Vec<(&str, usize)> = start.blocks.iter().map(|(pointer, rules)| (*pointer, *rules)).collect();
        order.sort_by_key(|(_, rules)| std::cmp::Reverse(*rules));
        let json = Keep::new(policy, &[own], &sites).cut(start.json);
        let mut search = Self {
            engine,
            rule: id,
            constants: constants(policy, own),
            sites,
            day: start.day,
            stage: start.stage.map(ToOwned::to_owned),
            json,
            order: order.into_iter().map(|(pointer, _)| pointer.to_owned()).collect(),
            hopeless: Fields::new(),
            goal: Goal::Met,
            left: 0,
            work: start.work,
        };
        let cut = search.standing(&search.json.clone());
        if cut != search.standing(start.json) {
            search.json = start.json.clone();
        }
        Some(search)
    }

    /// Fields that settle the rule, none of which can be left out; of `known` ones where those do. None as well where there
    /// was too much to look at to say so.
    pub(super) fn settle(&mut self, known: &Fields) -> Option<Fields> {
        for goal in [Goal::Met, Goal::Decided] {
            self.goal = goal;
            let found = self.search(Some(known)).or_else(|| self.search(None));
            if let Some(fields) = found {
                return self.reduced(fields);
            }
        }
        None
    }

    /// Fields among others that settle the rule in the same way, none of which can be left out.
    pub(super) fn settle_within(&mut self, fields: &Fields) -> Option<Fields> {
        self.search(Some(fields)).and_then(|fields| self.reduced(fields))
    }

    /// Whether what was found meets the rule.
    pub(super) fn meets(&self) -> bool {
        self.goal == Goal::Met
    }

    /// A field's label, and what may be given.
    pub(super) fn about(&self, pointer: &str) -> Option<(Words, String)> {
        let field = self.sites.get(&name(&edit::pointer(pointer)))?.field;
        Some((report::words(&field.label, &field.name), report::expects(self.engine.program(), field)))
    }

    /// Since more knowledge never unsettles, a field that was needed once is needed among fewer others, too. None where that
    /// could not be looked at for every field.
    fn reduced(&mut self, mut fields: Fields) -> Option<Fields> {
        for field in fields.clone() {
            if fields.contains(&field) {
                let mut rest = fields.clone();
                rest.shift_remove(&field);
                if let Some(fewer) = self.search(Some(&rest)) {
                    fields = fewer;
                }
            }
            if self.work == 0 {
                return None;
            }
        }
        Some(fields)
    }

    /// Fields with values that reach the goal.
    fn search(&mut self, within: Option<&Fields>) -> Option<Fields> {
        if self.work == 0 {
            return None;
        }
        self.left = TRIALS;
        let mut given = Fields::new();
        let json = self.json.clone();
        (self.fill(&json, within, &mut given) == Tried::Reached).then_some(given)
    }

    fn fill(&mut self, json: &Value, within: Option<&Fields>, given: &mut Fields) -> Tried {
        if self.left == 0 || self.work == 0 {
            return Tried::Lost;
        }
        self.left -= 1;
        let Some(standing) = self.standing(json) else { return Tried::Invalid };
        if self.goal.reached(standing.outcome) {
            return Tried::Reached;
        }
        if standing.outcome == Outcome::Fail {
            return Tried::Lost;
        }
        while let Some(pointer) = self.next(&standing, within, given) {
            match self.give(&pointer, json, within, given) {
                Tried::Invalid => drop(self.hopeless.insert(pointer)),
                tried => return tried,
            }
        }
        Tried::Lost
    }

    /// Gives a field each of its values in turn.
    fn give(&mut self, pointer: &str, json: &Value, within: Option<&Fields>, given: &mut Fields) -> Tried {
        let at = edit::pointer(pointer);
        let Some(site) = self.sites.get(&name(&at)) else { return Tried::Invalid };
        let variations = fillings(site, &at, json, &self.material(json), &self.day.to_string());
        let mut all = Tried::Invalid;
        let own = given.insert(root(pointer, within, given));
        for variation in variations {
            let mut changed = json.clone();
            edit::apply(&variation, &mut changed);
            match self.fill(&changed, within, given) {
                Tried::Reached => return Tried::Reached,
                Tried::Lost => all = Tried::Lost,
                Tried::Invalid => {}
            }
        }
        if own {
            given.pop();
        }
        all
    }

    /// The field to be given next. Where every finding has to be met it is one of the finding with the least choice; none
    /// where a finding has none.
    fn next(&self, standing: &Standing, within: Option<&Fields>, given: &Fields) -> Option<String> {
        let may = |pointer: &&String| {
            let root = root(pointer, within, given);
            !self.hopeless.contains(*pointer) && within.is_none_or(|within| within.contains(&root))
        };
        let choices = standing.missing.iter().map(|missing| missing.iter().filter(may).collect::<Vec<_>>());
        let choice = match self.goal {
            Goal::Met => choices.min_by_key(Vec::len)?,
            Goal::Decided => choices.filter(|choice| !choice.is_empty()).min_by_key(Vec::len)?,
        };
        let rank = |pointer: &&String| self.order.get_index_of(pointer.as_str()).unwrap_or(usize::MAX);
        choice.into_iter().min_by_key(rank).cloned()
    }

    fn standing(&mut self, json: &Value) -> Option<Standing> {
        let bytes = serde_json::to_vec(json).ok()?;
        self.work = self.work.saturating_sub(bytes.len());
        let options = Options { as_of: Some(self.day), stage: self.stage.as_deref(), ..Options::default() };
        let standing = self.engine.standing(Input { name: "", bytes: &bytes }, &options, self.rule).ok()??;
        let missing: usize = standing.missing.iter().map(Vec::len).sum();
        self.work = self.work.saturating_sub(missing.saturating_mul(FIELD));
        Some(standing)
    }

    /// What values are made from: what the rule compares with, and what stands in the declaration.
    fn material(&self, json: &Value) -> Material<'_> {
        let beside = self.sites.values().flat_map(|site| {
            let values = site.pointers(json).into_iter().filter_map(|at| edit::get(json, &at).cloned());
            values.map(|value| (site.field.ty.clone(), value))
        });
        let day = (Type::Date, Value::String(self.day.to_string()));
        Material { constants: &self.constants, neighbours: beside.chain([day]).collect() }
    }
}

/// The name of the site that a place is of.
fn name(at: &[Step]) -> String {
    at.iter().fold("product".to_owned(), |name, step| match step {
        Step::Key(key) => name + "." + key,
        Step::Index(_) => name + "[]",
    })
}

/// The field by which a missing one is given: itself, or a list or record around it that is given with all that is in it.
fn root(pointer: &str, within: Option<&Fields>, given: &Fields) -> String {
    let outer = pointer.match_indices('/').skip(1).filter_map(|(end, _)| pointer.get(..end));
    let mut known =
        outer.filter(|outer| within.is_some_and(|fields| fields.contains(*outer)) || given.contains(*outer));
    known.next().unwrap_or(pointer).to_owned()
}
