//! Overlays: parameters tightened, rules raised, and nothing else.

use super::index::Declared;
use super::notes::{Notes, suggest};
use super::params;
use super::unit::Unit;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Constant, Direction, PackId, Param, ParamId, ParamValue, Raised, Rule, RuleKind};
use crate::source::Span;
use crate::syntax::ast::{self, Raise, Tighten};
use std::cmp::Ordering;
use std::collections::HashMap;

/// Moves the parameters that overlays tighten.
pub(super) fn tighten(unit: &mut Unit<'_>, notes: &mut Notes) {
    let mut done: HashMap<(PackId, ParamId), Span> = HashMap::new();
    for declared in unit.index.tightens.clone() {
        let name = &declared.node.name;
        let Some((pack, base)) = packs(unit, &declared, "tighten", notes) else { continue };
        let Some(id) = params::of_pack(unit, base, &name.text) else {
            notes.report(unknown_param(unit, base, name));
            continue;
        };
        if let Some(first) = done.insert((pack, id), name.span) {
            let message = format!("`{}` is tightened twice", name.text);
            notes.report(Diagnostic::error(Code::DUPLICATE_NAME, name.span, message).also(first, "the first time"));
        } else if let Some(value) = tighter(unit, &declared, id, notes) {
            enter(unit, &declared, pack, id, value);
        }
    }
}

/// The pack that an item stands in, and the one that this extends.
fn packs<T>(unit: &Unit<'_>, declared: &Declared<'_, T>, word: &str, notes: &mut Notes) -> Option<(PackId, PackId)> {
    let pack = unit.index.pack_of(declared.module);
    if let Some(base) = unit.index.base(pack) {
        return Some((pack, base));
    }
    let manifest = &unit.index.pack(pack)?.manifest;
    if manifest.extends.is_none() {
        let message = format!("`{word}` stands in a pack that extends none");
        let diagnostic = Diagnostic::error(Code::NO_BASE, declared.item.span, message);
        notes.report(diagnostic.help("say in `pack.toml` which pack it is laid over: `extends = \"…\"`"));
    }
    None
}

fn unknown_param(unit: &Unit<'_>, base: PackId, name: &ast::Name) -> Diagnostic {
    let message = format!("the pack that is extended has no parameter `{}`", name.text);
    let known = unit.index.params.iter().filter(|it| unit.index.pack_of(it.module) == base);
    let diagnostic = Diagnostic::error(Code::NOT_TIGHTENABLE, name.span, message);
    suggest(diagnostic, &name.text, known.map(|it| it.node.name.text.as_str()))
}

fn tighter(unit: &Unit<'_>, declared: &Declared<'_, Tighten>, id: ParamId, notes: &mut Notes) -> Option<ParamValue> {
    let node = declared.node;
    let definition = unit.param(id)?;
    let param = &definition.param;
    let value = params::value(unit, declared.module, &node.value, &param.ty, definition.key, Some(&param.value), notes);
    let Some(direction) = param.direction else {
        let wrong = unit.index.params.get(id.index()).is_some_and(|it| it.node.direction.is_some());
        let message = format!("nobody may tighten `{}`", param.name);
        let diagnostic = Diagnostic::error(Code::NOT_TIGHTENABLE, node.name.span, message);
        let diagnostic = diagnostic.also(param.span, "declared without a direction");
        return if wrong { None } else { notes.refuse(diagnostic) };
    };
    let value = value?;
    if is_tighter(&param.value, &value, direction) {
        return Some(value);
    }
    let message = format!("the new value of `{}` is not tighter", param.name);
    let word = unit.index.params.get(id.index()).and_then(|it| it.node.direction.as_ref());
    let diagnostic = Diagnostic::error(Code::LOOSENED, span(&node.value), message);
    let diagnostic = diagnostic.also(param.span, "the value before");
    notes.refuse(match word {
        Some(word) => diagnostic.help(format!("it may only move `{}`", word.text)),
        None => diagnostic,
    })
}

fn span(value: &ast::ParamValue) -> Span {
    match value {
        ast::ParamValue::Expr(expr) => expr.span,
        ast::ParamValue::Table(_, span) => *span,
    }
}

fn enter(unit: &mut Unit<'_>, declared: &Declared<'_, Tighten>, pack: PackId, id: ParamId, value: ParamValue) {
    let own = unit.index.pack(pack).map(|pack| pack.manifest.name.value.clone()).unwrap_or_default();
    let Some(definition) = unit.params.get_mut(id.index()).and_then(Option::as_mut) else { return };
    let param: &mut Param = &mut definition.param;
    let before = std::mem::replace(&mut param.value, value);
    param.origin = declared.node.origin.as_ref().map_or(own, |origin| origin.text.clone());
    param.tightened = Some((pack, before, declared.item.span));
}

/// Whether a value lies further in a direction; of a table, some rows do and no row lies back.
fn is_tighter(before: &ParamValue, after: &ParamValue, direction: Direction) -> bool {
    moved(before, after, direction) == Some(Ordering::Greater)
}

/// `Greater` where the value moved on, `Equal` where it did not move, none where it moved back or aside.
fn moved(before: &ParamValue, after: &ParamValue, direction: Direction) -> Option<Ordering> {
    match (before, after) {
        (ParamValue::Scalar(before), ParamValue::Scalar(after)) => {
            let order = super::fold::compare(after, before)?;
            let order = if matches!(direction, Direction::Lower | Direction::Fewer) { order.reverse() } else { order };
            order.is_ge().then_some(order)
        }
        (ParamValue::List(before), ParamValue::List(after)) => match direction {
            Direction::More => grown(before, after),
            Direction::Fewer => grown(after, before),
            Direction::Lower | Direction::Higher => None,
        },
        (ParamValue::Table(_, before), ParamValue::Table(_, after)) => {
            let rows: Option<Vec<Ordering>> =
                before.iter().zip(after).map(|(before, after)| moved(before, after, direction)).collect();
            rows?.into_iter().max()
        }
        _ => None,
    }
}

/// Whether one list has all of another and more.
fn grown(small: &[Constant], large: &[Constant]) -> Option<Ordering> {
    if !small.iter().all(|item| large.contains(item)) {
        return None;
    }
    let more = large.iter().any(|item| !small.contains(item));
    Some(if more { Ordering::Greater } else { Ordering::Equal })
}

/// Raises the kinds of rules; `rules` are those that were lowered, with their index of all.
pub(super) fn raise(unit: &Unit<'_>, rules: &mut [(usize, Rule)], notes: &mut Notes) {
    let mut done: HashMap<(PackId, usize), Span> = HashMap::new();
    for declared in &unit.index.raises {
        let id = &declared.node.id;
        let Some((pack, base)) = packs(unit, declared, "raise", notes) else { continue };
        let Some(at) = of_pack(unit, base, &id.text) else {
            notes.report(unknown_rule(unit, base, id));
            continue;
        };
        if let Some(first) = done.insert((pack, at), id.span) {
            let message = format!("`{}` is raised twice", id.text);
            notes.report(Diagnostic::error(Code::DUPLICATE_RULE, id.span, message).also(first, "the first time"));
        } else if let Some(raised) = graver(unit, declared, pack, at, notes)
            && let Some((_, rule)) = rules.iter_mut().find(|(index, _)| *index == at)
        {
            rule.kind = declared.node.kind;
            rule.raised = Some(raised);
        }
    }
}

fn of_pack(unit: &Unit<'_>, pack: PackId, id: &str) -> Option<usize> {
    unit.index.rules.iter().position(|rule| unit.index.pack_of(rule.module) == pack && rule.node.id.text == id)
}

fn unknown_rule(unit: &Unit<'_>, base: PackId, id: &ast::Name) -> Diagnostic {
    let message = format!("the pack that is extended has no rule `{}`", id.text);
    let known = unit.index.rules.iter().filter(|it| unit.index.pack_of(it.module) == base);
    let diagnostic = Diagnostic::error(Code::UNKNOWN_RULE, id.span, message);
    suggest(diagnostic, &id.text, known.map(|it| it.node.id.text.as_str()))
}

fn graver(
    unit: &Unit<'_>,
    declared: &Declared<'_, Raise>,
    pack: PackId,
    at: usize,
    notes: &mut Notes,
) -> Option<Raised> {
    let rule = unit.index.rules.get(at)?.node;
    let (before, after) = (rule.kind, declared.node.kind);
    if after > before {
        return Some(Raised { by: pack, from: before, span: declared.item.span });
    }
    let message = if before == RuleKind::RedLine {
        format!("`{}` is a red line: nothing touches it", rule.id.text)
    } else {
        format!("`{}` is a `{}` already, and `{}` is no graver", rule.id.text, word(before), word(after))
    };
    let diagnostic = Diagnostic::error(Code::NOT_RAISED, declared.node.kind_span, message);
    notes.refuse(diagnostic.also(rule.id.span, "declared here").help("remove this `raise`"))
}

const fn word(kind: RuleKind) -> &'static str {
    match kind {
        RuleKind::Guidance => "guidance",
        RuleKind::Baseline => "baseline",
        RuleKind::RedLine => "red_line",
    }
}
