//! Mutants: each rule is changed in one small way after the other, checked and compiled anew, and judged by the tests that
//! its change can reach. A mutant that no test notices shows what the tests do not say.
//!
//! A rule is mutated on its tree and stands alone in the packs then, so that checking costs little. Tests reach it that
//! name it; tests that expect a decision reach it where its outcome moves the decision.

mod expression;
mod names;
mod rule;

use super::Case;
use super::compare::met;
use super::prepare::Prepared;
use super::trial::Expectation;
use super::words::outcome;
use crate::engine::Engine;
use crate::ir::{RuleId, RuleKind};
use crate::pack::LoadedPack;
use crate::report::contract::{Report, SourcePlace};
use crate::report::decide;
use crate::source::Span;
use crate::syntax::ast::{self, ItemKind};
use names::Names;
use rule::{Mutant, mutants};
use serde::Serialize;
use std::collections::HashMap;

/// What became of the mutants.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Mutation {
    /// Of red lines.
    pub red_lines: Tally,
    /// Of all rules.
    pub rules: Tally,
    /// The mutants that no test noticed, in the order of the text.
    pub survivors: Vec<Survivor>,
}

/// A count of mutants. Those that do not pass the checker are none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Rules that were changed.
    pub rules: u32,
    /// Mutants.
    pub mutants: u32,
    /// Those that no test noticed.
    pub survived: u32,
}

/// A mutant that no test noticed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Survivor {
    /// The rule.
    pub rule: String,
    /// Its kind: `red_line`, `baseline`, `guidance`.
    pub kind: &'static str,
    /// Where the change is.
    pub at: SourcePlace,
    /// What was changed.
    pub change: String,
}

/// The tests of an engine, ready to run against mutants of its rules. They should pass unchanged.
pub struct Mutator<'c> {
    engine: &'c Engine,
    tests: Tests<'c>,
    names: Names<'c>,
}

/// The mutants of one rule.
#[derive(Debug)]
pub struct Mutated {
    kind: RuleKind,
    mutants: usize,
    survivors: Vec<Survivor>,
}

impl<'c> Mutator<'c> {
    /// Makes the tests ready; those that cannot be run are left out.
    #[must_use]
    pub fn new(engine: &'c Engine, cases: &'c [&Case<'_>]) -> Self {
        Self { engine, tests: Tests::new(engine, cases), names: Names::new(engine) }
    }

    /// The rules that `selects` by their id, in the order of the text.
    #[must_use]
    pub fn sites(&self, selects: impl Fn(&str) -> bool) -> Vec<Site<'c>> {
        sites(self.engine.packs(), selects)
    }

    /// Changes a rule in one way after the other, and runs the tests.
    #[must_use]
    pub fn run(&self, site: &Site<'_>) -> Mutated {
        site.run(self.engine, &self.tests, &self.names)
    }
}

impl FromIterator<Mutated> for Mutation {
    fn from_iter<I: IntoIterator<Item = Mutated>>(all: I) -> Self {
        let mut mutation = Self::default();
        for Mutated { kind, mutants, survivors } in all {
            mutation.rules.add(mutants, survivors.len());
            if kind == RuleKind::RedLine {
                mutation.red_lines.add(mutants, survivors.len());
            }
            mutation.survivors.extend(survivors);
        }
        mutation
    }
}

impl Tally {
    fn add(&mut self, mutants: usize, survived: usize) {
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        self.rules += 1;
        self.mutants += count(mutants);
        self.survived += count(survived);
    }
}

/// The tests, ready to run, by what they expect.
struct Tests<'c> {
    all: Vec<Prepared<'c>>,
    named: HashMap<&'c str, Vec<usize>>,
    /// Those that expect a decision, with what the unchanged packs say.
    deciding: Vec<(usize, Report)>,
}

impl<'c> Tests<'c> {
    fn new(engine: &Engine, cases: &'c [&Case<'_>]) -> Self {
        let all: Vec<Prepared<'c>> = cases.iter().filter_map(|case| Prepared::new(engine, case).ok()).collect();
        let mut named: HashMap<&str, Vec<usize>> = HashMap::new();
        for (index, test) in all.iter().enumerate() {
            for id in test.trial.rules() {
                named.entry(id).or_default().push(index);
            }
        }
        let deciding = all.iter().enumerate().filter(|(_, test)| test.trial.decides());
        let deciding = deciding.filter_map(|(index, test)| Some((index, test.judge(engine, None).ok()?))).collect();
        Self { all, named, deciding }
    }

    /// Whether some test does not pass with a mutant.
    fn notice(&self, engine: &Engine, id: &str) -> bool {
        let Some(rule) = engine.rule(id) else { return true };
        let mut named = self.named.get(id).into_iter().flatten().filter_map(|index| self.all.get(*index));
        named.any(|test| misses(test, engine, id, rule))
            || self.deciding.iter().any(|(index, before)| {
                self.all.get(*index).is_some_and(|test| decides_otherwise(test, before, engine, id, rule))
            })
    }
}

fn misses(test: &Prepared<'_>, engine: &Engine, id: &str, rule: RuleId) -> bool {
    let Ok(report) = test.judge(engine, Some(&[rule])) else { return true };
    let Some(found) = report.rules.iter().find(|rule| rule.id == id) else { return true };
    test.trial.expected.iter().zip(&test.pointers).any(|(expectation, pointer)| match expectation {
        Expectation::Rule { id: named, outcome: name, .. } if named.value == id => {
            outcome(&name.value).is_some_and(|wanted| !met(found, wanted, pointer.as_deref()))
        }
        _ => false,
    })
}

fn decides_otherwise(test: &Prepared<'_>, before: &Report, engine: &Engine, id: &str, rule: RuleId) -> bool {
    let Ok(report) = test.judge(engine, Some(&[rule])) else { return true };
    let Some(found) = report.rules.iter().find(|rule| rule.id == id) else { return true };
    if before.rules.iter().any(|rule| rule.id == id && rule.outcome == found.outcome) {
        return false;
    }
    let rules = before.rules.iter().map(|rule| if rule.id == id { found.clone() } else { rule.clone() });
    Some(decide(&rules.collect::<Vec<_>>())) != before.decision
}

/// A rule in its pack and module.
#[derive(Debug)]
pub struct Site<'e> {
    pack: usize,
    module: usize,
    item: &'e ast::Item,
    rule: &'e ast::Rule,
}

fn sites(packs: &[LoadedPack], selects: impl Fn(&str) -> bool) -> Vec<Site<'_>> {
    let mut sites = Vec::new();
    for (pack, loaded) in packs.iter().enumerate() {
        for (module, file) in loaded.modules.iter().enumerate() {
            for item in &file.items {
                match &item.kind {
                    ItemKind::Rule(rule) if selects(&rule.id.text) => sites.push(Site { pack, module, item, rule }),
                    _ => {}
                }
            }
        }
    }
    sites
}

impl Site<'_> {
    fn run(&self, engine: &Engine, tests: &Tests<'_>, names: &Names<'_>) -> Mutated {
        let id = &self.rule.id.text;
        let kind = engine.rule(id).and_then(|id| engine.program().policy.rules.get(id.index())).map(|rule| rule.kind);
        let kind = kind.unwrap_or(self.rule.kind);
        let mut packs: Vec<LoadedPack> = engine.packs().iter().map(|pack| alone(pack, id)).collect();
        let (mut count, mut survivors) = (0, Vec::new());
        for Mutant { span, change, rule } in mutants(self.rule, names) {
            self.place(&mut packs, rule);
            let Ok(mutant) = engine.rechecked(&packs) else { continue };
            count += 1;
            if !tests.notice(&mutant, id) {
                survivors.push(self.survivor(engine, kind, span, change));
            }
        }
        Mutated { kind, mutants: count, survivors }
    }

    /// Puts a mutant where the rule stands: at the end of its module, which has no other.
    fn place(&self, packs: &mut [LoadedPack], rule: ast::Rule) {
        let item = ast::Item { kind: ItemKind::Rule(rule), ..self.item.clone() };
        if let Some(module) = packs.get_mut(self.pack).and_then(|pack| pack.modules.get_mut(self.module)) {
            module.items.retain(|item| !matches!(item.kind, ItemKind::Rule(_)));
            module.items.push(item);
        }
    }

    fn survivor(&self, engine: &Engine, kind: RuleKind, span: Span, change: String) -> Survivor {
        Survivor {
            rule: self.rule.id.text.clone(),
            kind: kind.as_str(),
            at: super::place(engine.sources(), span),
            change,
        }
    }
}

/// A pack in which no rule stands, nor anything that names one; what raises the rule stays.
fn alone(pack: &LoadedPack, id: &str) -> LoadedPack {
    let stays = |item: &ast::Item| match &item.kind {
        ItemKind::Rule(_) | ItemKind::Test(_) | ItemKind::Outside(_) => false,
        ItemKind::Raise(raise) => raise.id.text == id,
        _ => true,
    };
    let mut manifest = pack.manifest.clone();
    manifest.views = crate::pack::Views::default();
    let modules = pack.modules.iter().map(|module| ast::File {
        items: module.items.iter().filter(|item| stays(item)).cloned().collect(),
        comments: Vec::new(),
        blank_lines: Vec::new(),
        ..module.clone()
    });
    LoadedPack {
        manifest,
        digest: pack.digest.clone(),
        modules: modules.collect(),
        locators: pack.locators.clone(),
        prefix: pack.prefix.clone(),
        files: crate::pack::PackFiles::new(),
    }
}
