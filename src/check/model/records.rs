//! Records and their fields, without what needs other fields or expressions.

use super::modifiers;
use crate::check::index::Declared;
use crate::check::notes::Notes;
use crate::check::types::{self, Site, Written};
use crate::check::unit::Unit;
use crate::check::words;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Deferred, Emptiness, Field, ModuleId, Record, Type};
use crate::source::Span;
use crate::syntax::ast;
use indexmap::IndexMap;

/// All records.
pub(super) fn declare(unit: &mut Unit<'_>, notes: &mut Notes) {
    for declared in unit.index.records.clone() {
        let record = one(unit, &declared, notes);
        unit.records.push(record);
    }
}

fn one(unit: &mut Unit<'_>, declared: &Declared<'_, ast::Record>, notes: &mut Notes) -> Record {
    let node = declared.node;
    let mut seen: IndexMap<&str, Span> = IndexMap::new();
    let mut fields = IndexMap::new();
    for field in &node.fields {
        let name = &field.name;
        if let Some(first) = seen.get(name.text.as_str()) {
            let message = format!("`{}` has two fields `{}`", node.name.text, name.text);
            notes.report(Diagnostic::error(Code::DUPLICATE_NAME, name.span, message).also(*first, "the first one"));
            continue;
        }
        seen.insert(&name.text, name.span);
        if let Some(lowered) = self::field(unit, declared.module, field, notes) {
            fields.insert(name.text.clone(), lowered);
        }
    }
    Record {
        name: node.name.text.clone(),
        doc: words::doc(&declared.item.doc),
        label: words::optional(node.label.as_ref()),
        fields,
        span: node.name.span,
    }
}

fn field(unit: &mut Unit<'_>, module: ModuleId, node: &ast::Field, notes: &mut Notes) -> Option<Field> {
    let written = types::read(unit, notes, module, &node.ty, Site::Field)?;
    modifiers::fit(node, &written.ty, notes);
    let mut field = plain(&node.name.text, written, node.name.span);
    field.doc = words::doc(&node.doc);
    modifiers::apply(node, &mut field, notes);
    Some(field)
}

/// A field of which nothing is said but its type.
pub(super) fn plain(name: &str, written: Written, span: Span) -> Field {
    Field {
        name: name.to_owned(),
        doc: Deferred::default(),
        label: Deferred::default(),
        ty: written.ty,
        required: false,
        filing: false,
        confidential: false,
        condition: None,
        proof: None,
        null_word: None,
        emptiness: Emptiness::Unknown,
        key: None,
        whole: written.whole,
        bounds: written.bounds,
        percent: written.percent,
        unit: written.unit,
        pattern: None,
        span,
    }
}

/// The record that a field's value, or each of its elements, is.
pub(super) fn contained(ty: &Type) -> Option<crate::ir::RecordId> {
    match ty {
        Type::Record(record) => Some(*record),
        Type::List(element) => contained(element),
        _ => None,
    }
}
