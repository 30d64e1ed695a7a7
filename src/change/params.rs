//! Parameters that changed, by their module and name, with the direction that they declare.

use super::contract::{ParameterChange, Places};
use super::direction::Direction;
use super::relation::{Party, Shift, values};
use super::structure::place;
use crate::engine::Engine;
use crate::ir::{self, Param, ParamId};
use crate::report;

/// A side as far as parameters need it.
#[derive(Clone, Copy)]
pub(super) struct Owner<'a> {
    pub(super) engine: &'a Engine,
    pub(super) party: Party<'a>,
}

/// Every parameter that was added, removed or changed.
pub(super) fn changes(old: Owner<'_>, new: Owner<'_>) -> Vec<ParameterChange> {
    let mut found = Vec::new();
    for (at, after) in new.party.policy.params.iter().enumerate() {
        let before = old.party.policy.params.iter().enumerate().find(|(_, param)| same(old, param, new, after));
        match before {
            Some((was, before)) if values(old.party, &before.value, new.party, &after.value) != Shift::Still => {
                let sides = (Some((old, was, before)), Some((new, at, after)));
                found.extend(change(sides.0, sides.1, direction(old, before, new, after)));
            }
            Some(_) => {}
            None => found.extend(change(None, Some((new, at, after)), None)),
        }
    }
    for (at, before) in old.party.policy.params.iter().enumerate() {
        if !new.party.policy.params.iter().any(|after| same(old, before, new, after)) {
            found.extend(change(Some((old, at, before)), None, None));
        }
    }
    found
}

fn same(old: Owner<'_>, before: &Param, new: Owner<'_>, after: &Param) -> bool {
    before.name == after.name && module(old, before) == module(new, after)
}

fn module<'a>(owner: Owner<'a>, param: &Param) -> &'a str {
    owner.party.policy.modules.get(param.module.index()).map_or("", |module| module.name.as_str())
}

/// Which way a value moved, by the direction that the parameter declares: the old declaration's, for the new one could
/// have been turned round with it.
fn direction(old: Owner<'_>, before: &Param, new: Owner<'_>, after: &Param) -> Option<Direction> {
    let declared = before.direction.or(after.direction)?;
    let tightens = match declared {
        ir::Direction::Lower | ir::Direction::Fewer => Shift::Falls,
        ir::Direction::Higher | ir::Direction::More => Shift::Rises,
    };
    match values(old.party, &before.value, new.party, &after.value) {
        Shift::Still | Shift::Unclear => None,
        shift if shift == tightens => Some(Direction::Tightened),
        _ => Some(Direction::Loosened),
    }
}

type Of<'a> = (Owner<'a>, usize, &'a Param);

fn change(old: Option<Of<'_>>, new: Option<Of<'_>>, direction: Option<Direction>) -> Option<ParameterChange> {
    let (owner, _, param) = new.or(old)?;
    let shown = |side: Option<Of<'_>>| {
        side.and_then(|(owner, _, param)| report::parameter(owner.engine.program(), param)).map(|shown| shown.value)
    };
    let placed = |side: Option<Of<'_>>| side.map(|(owner, _, param)| place(owner.engine.sources(), param.span));
    let mut rules: Vec<String> = Vec::new();
    for (owner, at, _) in old.into_iter().chain(new) {
        rules.extend(readers(owner, at));
    }
    rules.sort();
    rules.dedup();
    Some(ParameterChange {
        name: param.name.clone(),
        module: module(owner, param).to_owned(),
        from: shown(old),
        to: shown(new),
        direction,
        places: Places { old: placed(old), new: placed(new) },
        rules,
    })
}

fn readers(owner: Owner<'_>, at: usize) -> Vec<String> {
    let policy = owner.party.policy;
    let reads = policy.rules.iter().filter(|rule| policy.reads(rule).params.contains(&ParamId::new(at)));
    reads.map(|rule| rule.id.clone()).collect()
}
