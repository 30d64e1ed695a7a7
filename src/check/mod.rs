//! Surface trees to the resolved policy: names, types, laws.
//!
//! All errors of all packs are found in one run, and nothing cascades: what is wrong was reported where it is wrong and
//! is then `None`, which fits everything and says nothing more. It knows nothing of how a policy is evaluated.

mod collect;
mod constant;
mod cost;
mod definitions;
mod expr;
mod fold;
mod graph;
mod index;
mod limits;
mod model;
mod notes;
mod operands;
mod overlay;
mod params;
mod polarity;
mod range;
mod regexes;
mod rules;
mod silence;
mod surface;
mod types;
mod unit;
mod unused;
mod views;
mod walk;
mod words;

pub use limits::{MAX_EXPANDED_DEPTH, MAX_EXPANDED_SIZE, MAX_EXPRESSION_DEPTH, MAX_LOOPS, MAX_REGEX_BYTES};

use crate::diagnostic::Diagnostic;
use crate::function::Registry;
use crate::ir::{Model, ModuleInfo, Outside, PackInfo, Policy, Rule, SourceInfo, Views};
use crate::pack::{self, LoadedPack, Manifest};
use notes::Notes;
use unit::Unit;

/// What came of checking.
#[derive(Debug)]
pub struct Checked {
    /// The resolved policy; none where there is an error.
    pub policy: Option<Policy>,
    /// Errors and warnings, by file and place.
    pub diagnostics: Vec<Diagnostic>,
}

/// Checks all packs that are loaded together.
#[must_use]
pub fn check(packs: &[LoadedPack], registry: &Registry) -> Checked {
    let mut notes = Notes::default();
    let mut unit = Unit::new(collect::collect(packs, registry, &mut notes));
    model::declare(&mut unit, &mut notes);
    params::lower(&mut unit, &mut notes);
    overlay::tighten(&mut unit, &mut notes);
    definitions::lower(&mut unit, &mut notes);
    model::handles(&mut unit, &mut notes);
    model::conditions(&mut unit, &mut notes);
    let sources = rules::sources(&unit);
    rules::periods(&unit, &mut notes);
    let mut lowered = rules::lower(&unit, &sources, &mut notes);
    let outside = rules::outside(&unit, &sources, &mut notes);
    overlay::raise(&unit, &mut lowered, &mut notes);
    let rules: Vec<Rule> = lowered.into_iter().map(|(_, rule)| rule).collect();
    laws(&unit, &rules, &mut notes);
    if notes.has_errors() {
        return Checked { policy: None, diagnostics: notes.finish() };
    }
    let views = views::lower(&unit, &rules, &sources.all, &mut notes);
    if notes.has_errors() {
        return Checked { policy: None, diagnostics: notes.finish() };
    }
    unused::report(&unit, &mut notes);
    Checked { policy: policy(unit, views, rules, outside, sources.all), diagnostics: notes.finish() }
}

/// The laws that a rule can break though each of its words is right.
fn laws(unit: &Unit<'_>, rules: &[Rule], notes: &mut Notes) {
    for rule in rules {
        silence::refuse_in_rule(unit, rule, rule.raised.as_ref().map(|raised| raised.span), notes);
        constant::report(unit, rule, notes);
    }
    polarity::refuse_loosening(unit, rules.iter(), notes);
}

/// The policy; none only where something was wrong, which has been reported.
fn policy(
    unit: Unit<'_>,
    views: Vec<Views>,
    rules: Vec<Rule>,
    outside: Vec<Outside>,
    sources: Vec<SourceInfo>,
) -> Option<Policy> {
    let packs = packs(&unit, views);
    let modules = unit.index.modules.iter().map(module).collect();
    let params = unit.params.into_iter().map(|param| param.map(|definition| definition.param));
    let model = Model {
        enums: unit.enums,
        records: unit.records,
        root: unit.root?,
        keyed_lists: unit.keyed_lists,
        handles: unit.handles,
    };
    Some(Policy {
        packs,
        modules,
        sources,
        model,
        params: params.collect::<Option<_>>()?,
        lets: unit.lets.into_iter().collect::<Option<_>>()?,
        functions: unit.functions.into_iter().collect::<Option<_>>()?,
        rules,
        outside: outside.into(),
    })
}

fn packs(unit: &Unit<'_>, views: Vec<Views>) -> Vec<PackInfo> {
    let packs = unit.index.packs.iter().zip(&unit.index.relations).zip(views);
    packs
        .map(|((pack, relations), views)| {
            let manifest = &pack.manifest;
            PackInfo {
                name: manifest.name.value.clone(),
                version: manifest.version.value.clone(),
                title: manifest.title.clone().into(),
                digest: pack.digest.clone(),
                plugins: plugins(manifest),
                lapsed_on: manifest.lapsed_on.as_ref().map(|date| date.value),
                extends: relations.base,
                arguments: manifest.arguments.iter().map(|(letter, it)| (letter.clone(), it.label.clone())).collect(),
                views,
            }
        })
        .collect()
}

fn plugins(manifest: &Manifest) -> Vec<(String, String)> {
    let named = |plugin: &pack::Plugin| (plugin.name.value.clone(), format!("sha256:{}", plugin.sha256.value));
    manifest.plugins.iter().map(named).collect()
}

fn module(module: &index::Module<'_>) -> ModuleInfo {
    let header = &module.file.header;
    ModuleInfo {
        pack: module.pack,
        name: header.name.text.clone(),
        title: words::optional(header.title.as_ref()),
        doc: words::doc(&header.doc),
    }
}
