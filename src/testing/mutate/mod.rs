//! Mutants: each rule is changed in one small way after the other, and so is each `let`, function and parameter that rules
//! share; checked and compiled anew, and judged by the tests that the change can reach. A mutant that no test notices
//! shows what the tests do not say.
//!
//! Changes are made on the tree, with only the rules in the packs that they tell on, so that checking costs little. A change
//! of what rules share has to be noticed by a test of the gravest among them: by a red line's, where a red line reads it.

mod definition;
mod expression;
mod names;
mod noticed;
mod rule;
mod site;

pub use site::Site;

use super::Case;
use crate::engine::Engine;
use crate::ir::{RuleId, RuleKind};
use crate::pack::LoadedPack;
use crate::report::contract::SourcePlace;
use crate::syntax::ast::ItemKind;
use names::Names;
use noticed::Tests;
use rule::Mutant;
use serde::Serialize;

/// What became of the mutants.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Mutation {
    /// Of red lines, and of what they read.
    pub red_lines: Tally,
    /// Of all rules, and of what they read.
    pub rules: Tally,
    /// The mutants that no test noticed, in the order of the text.
    pub survivors: Vec<Survivor>,
    /// Rules, and what they read, of which there is no mutant.
    pub without: Vec<Without>,
}

/// A count of mutants. Those that the checker refuses are none, and are counted beside them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Rules that were changed.
    pub rules: u32,
    /// `let`s, functions and parameters that were changed.
    pub shared: u32,
    /// Mutants.
    pub mutants: u32,
    /// Those that no test noticed.
    pub survived: u32,
    /// The share of these in tenths of a percent, rounded down; none where there are no mutants.
    pub survived_per_mille: Option<u32>,
    /// Changes that the checker refuses, as it would if somebody had written them.
    pub refused: u32,
}

/// A mutant that no test noticed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Survivor {
    /// The rule; of those that share what was changed, the first.
    pub rule: String,
    /// Its kind: `red_line`, `baseline`, `guidance`.
    pub kind: &'static str,
    /// Where the change is.
    pub at: SourcePlace,
    /// What was changed.
    pub change: String,
    /// In what: `rule T17-R7`, `let important_items`.
    pub within: String,
    /// All rules of that kind on which the change tells.
    pub rules: Vec<String>,
}

/// Something that has no mutant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Without {
    /// `rule T17-R7`, `let important_items`
    pub within: String,
    /// Where it is declared.
    pub at: SourcePlace,
    /// How many changes of it the checker refuses; 0 where nothing in it can be changed in a small way.
    pub refused: u32,
}

/// The tests of an engine, ready to run against mutants of its rules. They should pass unchanged.
pub struct Mutator<'c> {
    engine: &'c Engine,
    packs: Vec<LoadedPack>,
    tests: Tests<'c>,
    names: Names<'c>,
}

/// The mutants of one rule, or of one thing that rules share.
#[derive(Debug)]
pub struct Mutated {
    is_rule: bool,
    kind: RuleKind,
    mutants: u32,
    refused: u32,
    survivors: Vec<Survivor>,
    without: Option<Without>,
}

impl<'c> Mutator<'c> {
    /// Makes the tests ready; those that cannot be run are left out.
    #[must_use]
    pub fn new(engine: &'c Engine, cases: &'c [&Case<'_>]) -> Self {
        let packs = site::ready(engine.packs());
        Self { engine, packs, tests: Tests::new(engine, cases), names: Names::new(engine) }
    }

    /// The rules that are picked, and the `let`s, functions and parameters that they read, in the order of the text.
    #[must_use]
    pub fn sites(&self, picks: impl Fn(RuleId) -> bool) -> Vec<Site> {
        site::sites(self.engine, &self.packs, picks)
    }

    /// Changes a rule, or what rules share, in one way after the other, and runs the tests.
    #[must_use]
    pub fn run(&self, site: &Site) -> Mutated {
        let mut packs = site.alone(&self.packs);
        let (mut mutants, mut refused, mut survivors) = (0, 0, Vec::new());
        for Mutant { span, change, item } in self.mutants(site) {
            site.place(&mut packs, item);
            let Ok(mutant) = self.engine.rechecked(&packs) else {
                refused += 1;
                continue;
            };
            mutants += 1;
            if !self.tests.notice(&mutant, &site.rules) {
                survivors.push(site.survivor(super::place(self.engine.sources(), span), change));
            }
        }
        let at = super::place(self.engine.sources(), site.span);
        let without = (mutants == 0).then(|| Without { within: site.what.clone(), at, refused });
        Mutated { is_rule: site.is_rule(), kind: site.kind, mutants, refused, survivors, without }
    }

    fn mutants(&self, site: &Site) -> Vec<Mutant> {
        match site.item(&self.packs).map(|item| &item.kind) {
            Some(ItemKind::Rule(rule)) => rule::mutants(rule, &self.names),
            Some(ItemKind::Let(bound)) => definition::of_let(bound, site.truth, &self.names),
            Some(ItemKind::Function(function)) => definition::of_function(function, site.truth, &self.names),
            Some(ItemKind::Param(param)) => definition::of_param(param, &self.names),
            _ => Vec::new(),
        }
    }
}

impl FromIterator<Mutated> for Mutation {
    fn from_iter<I: IntoIterator<Item = Mutated>>(all: I) -> Self {
        let mut mutation = Self::default();
        for mutated in all {
            mutation.rules.add(&mutated);
            if mutated.kind == RuleKind::RedLine {
                mutation.red_lines.add(&mutated);
            }
            mutation.survivors.extend(mutated.survivors);
            mutation.without.extend(mutated.without);
        }
        mutation
    }
}

impl Tally {
    fn add(&mut self, mutated: &Mutated) {
        let changed = if mutated.is_rule { &mut self.rules } else { &mut self.shared };
        *changed += 1;
        self.mutants += mutated.mutants;
        self.survived += u32::try_from(mutated.survivors.len()).unwrap_or(u32::MAX);
        self.refused += mutated.refused;
        self.survived_per_mille = super::per_mille(self.survived, self.mutants);
    }
}
