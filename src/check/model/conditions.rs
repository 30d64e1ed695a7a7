//! Conditions of fields: lowered, free of silence, without circles.

use super::modifiers;
use crate::check::constant;
use crate::check::cost;
use crate::check::expr::Lowering;
use crate::check::graph;
use crate::check::notes::Notes;
use crate::check::silence;
use crate::check::unit::Unit;
use crate::check::walk;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Code as Program, Condition, Expr, ExprKind, FieldId, RecordId, Type};
use crate::source::Span;
use crate::syntax::ast;
use indexmap::{IndexMap, IndexSet};

/// What an expression reads of a declaration, as far as conditions matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Read {
    Field(RecordId, FieldId),
    AsOf,
}

/// Lowers the conditions of all fields.
pub(in crate::check) fn lower(unit: &mut Unit<'_>, notes: &mut Notes) {
    for (id, declared) in unit.index.records.clone().into_iter().enumerate() {
        for node in &declared.node.fields {
            let Some((expr, span)) = modifiers::condition(node) else { continue };
            let condition = one(unit, declared.module, RecordId::new(id), expr, span, notes);
            let record = unit.records.get_mut(id);
            if let Some(field) = record.and_then(|record| record.fields.get_mut(&node.name.text)) {
                field.condition = condition;
            }
        }
    }
    refuse_circles(unit, notes);
}

fn one(
    unit: &Unit<'_>,
    module: crate::ir::ModuleId,
    record: RecordId,
    expr: &ast::Expr,
    span: Span,
    notes: &mut Notes,
) -> Option<Condition> {
    let mut lowering = Lowering::new(unit, notes, module).within(record);
    let body = lowering.truth(expr)?;
    let locals = lowering.into_locals();
    silence::refuse_in_model(unit, &body, "a field's condition", notes);
    constant::report_condition(unit, &body, notes);
    cost::within_limits(unit, &body, "this condition", notes)?;
    Some(Condition { code: Program { locals, body }.into(), span })
}

/// Everything that an expression reads, also through `let`s and functions.
fn reads(unit: &Unit<'_>, expr: &Expr) -> IndexSet<Read> {
    let mut found = IndexSet::new();
    let mut seen = IndexSet::new();
    collect(unit, expr, &mut found, &mut seen);
    found
}

fn collect(unit: &Unit<'_>, expr: &Expr, found: &mut IndexSet<Read>, seen: &mut IndexSet<walk::Body>) {
    for part in walk::all(expr) {
        match &part.kind {
            ExprKind::Field(base, field) => {
                if let Type::Record(record) = base.ty {
                    found.insert(Read::Field(record, *field));
                }
            }
            ExprKind::AsOf => {
                found.insert(Read::AsOf);
            }
            _ => {
                if let Some((body, inner)) = walk::body(unit, part)
                    && seen.insert(body)
                {
                    collect(unit, inner, found, seen);
                }
            }
        }
    }
}

/// Whether a field is there must not hang on itself.
fn refuse_circles(unit: &Unit<'_>, notes: &mut Notes) {
    let mut all: IndexMap<Read, Vec<Read>> = IndexMap::new();
    for (id, record) in unit.records.iter().enumerate() {
        for (at, field) in record.fields.values().enumerate() {
            let reads = field.condition.iter().flat_map(|condition| reads(unit, &condition.code.body)).collect();
            all.insert(Read::Field(RecordId::new(id), FieldId::new(at)), reads);
        }
    }
    all.insert(Read::AsOf, as_of_path(unit));
    let edges: Vec<Vec<usize>> =
        all.values().map(|reads| reads.iter().filter_map(|read| all.get_index_of(read)).collect()).collect();
    for circle in graph::walk(&edges).circles {
        report(
            unit,
            &circle.iter().filter_map(|node| all.get_index(*node)).map(|(read, _)| *read).collect::<Vec<_>>(),
            notes,
        );
    }
}

fn as_of_path(unit: &Unit<'_>) -> Vec<Read> {
    let (Some(root), Some(path)) = (unit.root, &unit.handles.as_of) else { return Vec::new() };
    let mut record = root;
    let mut reads = Vec::new();
    for field in path {
        reads.push(Read::Field(record, *field));
        if let Some(Type::Record(next)) = unit.field(record, *field).map(|field| &field.ty) {
            record = *next;
        }
    }
    reads
}

fn report(unit: &Unit<'_>, circle: &[Read], notes: &mut Notes) {
    let fields: Vec<(&str, Span)> = circle
        .iter()
        .filter_map(|read| match read {
            Read::Field(record, field) => unit.field(*record, *field),
            Read::AsOf => None,
        })
        .map(|field| (field.name.as_str(), field.condition.as_ref().map_or(field.span, |condition| condition.span)))
        .collect();
    let Some(((name, span), rest)) = fields.split_first() else { return };
    let message = format!("whether `{name}` is there depends on itself");
    let diagnostic = Diagnostic::error(Code::CONDITION_CYCLE, *span, message);
    notes.report(rest.iter().fold(diagnostic, |d, (name, span)| d.also(*span, format!("through `{name}`"))));
}
