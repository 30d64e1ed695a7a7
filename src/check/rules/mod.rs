//! Rules and `outside` entries: clauses, citations, requirements, messages.

mod body;
mod checks;
mod cites;
mod clauses;

use super::cost;
use super::expr::{self, Lowering};
use super::index::Declared;
use super::notes::{Notes, Told};
use super::unit::Unit;
use super::words;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Effective, Outside, PackId, Rule, RuleKind};
use crate::syntax::ast;
use cites::Sources;
use clauses::Clauses;

/// Lowers all rules; those of which something is wrong are left out.
pub(super) fn lower(unit: &Unit<'_>, sources: &Sources, notes: &mut Notes) -> Vec<(usize, Rule)> {
    let rules = unit.index.rules.iter().enumerate();
    rules.filter_map(|(at, declared)| Some((at, one(unit, sources, declared, notes)?))).collect()
}

pub(super) fn sources(unit: &Unit<'_>) -> Sources {
    Sources::new(unit)
}

/// Lowers all `outside` entries.
pub(super) fn outside(unit: &Unit<'_>, sources: &Sources, notes: &mut Notes) -> Vec<Outside> {
    unit.index.outside.iter().filter_map(|declared| entry(unit, sources, declared, notes)).collect()
}

fn one(unit: &Unit<'_>, sources: &Sources, declared: &Declared<'_, ast::Rule>, notes: &mut Notes) -> Option<Rule> {
    let node = declared.node;
    let pack = unit.index.pack_of(declared.module);
    let clauses = Clauses::gather(&node.clauses, notes);
    let cites = clauses.cites(&node.id, sources, pack, notes);
    let addressee = clauses.addressee(&node.id, notes);
    let argument = clauses.argument(unit, node, pack, notes);
    let stages = clauses.stages(unit, notes);
    let effective = effective(unit, declared, &clauses, notes);
    let mut lowering = Lowering::new(unit, notes, declared.module);
    let when = clauses.when.map(|(when, _)| lowering.truth(when).ok_or(Told)).transpose();
    let body = body::items(&mut lowering, &clauses.required);
    let review = clauses.review.map(|(review, _)| body::review(&mut lowering, review).ok_or(Told)).transpose();
    let remedy = clauses.remedy.map(|(remedy, _)| body::message(&mut lowering, remedy).ok_or(Told)).transpose();
    let locals = lowering.into_locals();
    clauses.complete(node, notes);
    let rule = Rule {
        id: node.id.text.clone(),
        module: declared.module,
        kind: node.kind,
        raised: None,
        title: words::label(&node.title),
        doc: words::doc(&declared.item.doc),
        cites: cites?.into(),
        addressee: addressee?,
        argument: argument.ok()?,
        stages: stages.ok()?,
        effective: effective?,
        locals: locals.into(),
        when: when.ok()?.into(),
        body: body?.into(),
        review: review.ok()?.into(),
        remedy: remedy.ok()?.into(),
        note: words::optional(clauses.note.map(|(note, _)| note)),
        span: node.id.span,
    };
    cost::rule_within_limits(unit, &rule, notes)?;
    Some(rule)
}

fn entry(
    unit: &Unit<'_>,
    sources: &Sources,
    declared: &Declared<'_, ast::Outside>,
    notes: &mut Notes,
) -> Option<Outside> {
    let node = declared.node;
    let pack = unit.index.pack_of(declared.module);
    let clauses = Clauses::gather(&node.clauses, notes);
    let cites = clauses.cites(&node.id, sources, pack, notes);
    let addressee = clauses.addressee(&node.id, notes);
    Some(Outside {
        id: node.id.text.clone(),
        module: declared.module,
        title: words::label(&node.title),
        cites: cites?.into(),
        addressee: addressee?,
        note: words::optional(clauses.note.map(|(note, _)| note)),
        span: node.id.span,
    })
}

/// A rule's own period, or its module's.
fn effective(
    unit: &Unit<'_>,
    declared: &Declared<'_, ast::Rule>,
    clauses: &Clauses<'_>,
    notes: &mut Notes,
) -> Option<Effective> {
    if let Some((own, _)) = clauses.effective {
        return period(own, notes);
    }
    let header = unit.index.module(declared.module).and_then(|module| module.file.header.effective.as_ref());
    // What is wrong with the header's has been said once, of the header.
    header.map_or_else(|| Some(Effective::default()), |header| period(header, &mut Notes::default()))
}

fn period(written: &ast::Effective, notes: &mut Notes) -> Option<Effective> {
    let mut date = |literal: &Option<ast::DateLiteral>| {
        literal.as_ref().map(|literal| expr::date(&literal.text, literal.span, notes).ok_or(Told)).transpose()
    };
    let (from, until) = (date(&written.from), date(&written.until));
    let effective = Effective { from: from.ok()?, until: until.ok()? };
    if let (Some(from), Some(until)) = (effective.from, effective.until)
        && until < from
    {
        let message = format!("a period from {from} until {until} has no day");
        let diagnostic = Diagnostic::error(Code::EMPTY_PERIOD, written.span, message);
        return notes.refuse(diagnostic.help(format!("write `from {until} until {from}`")));
    }
    Some(effective)
}

/// Looks at the periods of all modules, once each.
pub(super) fn periods(unit: &Unit<'_>, notes: &mut Notes) {
    for module in &unit.index.modules {
        if let Some(header) = &module.file.header.effective {
            period(header, notes);
        }
    }
}

/// Whether a rule of this kind must say what would mend what it finds.
const fn wants_remedy(kind: RuleKind) -> bool {
    !matches!(kind, RuleKind::Guidance)
}

/// The packs in which a pack's citations and arguments are looked up: itself, then what it extends.
fn lineage(unit: &Unit<'_>, pack: PackId) -> impl Iterator<Item = PackId> {
    [Some(pack), unit.index.base(pack)].into_iter().flatten()
}
