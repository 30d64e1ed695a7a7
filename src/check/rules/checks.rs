//! `require check`: a plugin's check of a record, typed; and whether what it reads is there at all.

use super::body;
use crate::check::expr::{Checked, Lowering};
use crate::check::notes::{Told, suggest};
use crate::diagnostic::{Code, Diagnostic};
use crate::function::Reach;
use crate::ir::{Check, RecordId, Type};
use crate::source::Span;
use crate::syntax::ast;

pub(super) fn check(lowering: &mut Lowering<'_, '_>, node: &ast::Require) -> Option<Check> {
    let checked = lowering.check(&node.condition);
    let message = node.message.as_ref().map(|message| body::message(lowering, message).ok_or(Told)).transpose();
    let Checked { library, check, subject, options } = checked?;
    let Type::Record(record) = subject.ty else {
        let message = format!("expected a record for a check to look at, found `{}`", lowering.unit.show(&subject.ty));
        return lowering.notes.error(Code::NOT_A_RECORD, subject.span, message);
    };
    let announced = lowering.unit.index.registry.description(library)?.checks.get(check)?;
    let reads = announced.reads.clone();
    let name = announced.name.clone();
    exist(lowering, &Reach::of(reads.iter().map(String::as_str)), record, (&name, subject.span))?;
    let library = library.index();
    Some(Check { library, check, reads, subject, options, message: message.ok()?, span: node.span })
}

/// Whether the fields that a check announced are fields of its subject.
fn exist(lowering: &mut Lowering<'_, '_>, reach: &Reach, record: RecordId, (name, span): (&str, Span)) -> Option<()> {
    let unit = lowering.unit;
    let declared = unit.record(record)?;
    let mut all = Some(());
    for (step, inner) in reach.steps() {
        let Some(field) = declared.fields.get(step) else {
            let message = format!("the check `{name}` reads a field `{step}`, and `{}` has none", declared.name);
            let diagnostic = Diagnostic::error(Code::CHECK_READS, span, message).also(declared.span, "declared here");
            lowering.notes.report(suggest(diagnostic, step, declared.fields.keys().map(String::as_str)));
            all = None;
            continue;
        };
        all = all.and(inside(lowering, inner, &field.ty, (name, span), step));
    }
    all
}

/// The same for what it reads inside a field, or inside each of its elements.
fn inside(
    lowering: &mut Lowering<'_, '_>,
    reach: &Reach,
    ty: &Type,
    (name, span): (&str, Span),
    field: &str,
) -> Option<()> {
    match (ty, reach.steps().next()) {
        (_, None) => Some(()),
        (Type::Record(record), _) => exist(lowering, reach, *record, (name, span)),
        (Type::List(element), Some(("*", inner))) => inside(lowering, inner, element, (name, span), field),
        (_, Some((step, _))) => {
            let what = lowering.unit.show(ty);
            let message = format!("the check `{name}` reads `{step}` inside `{field}`, which is of type `{what}`");
            lowering.notes.error(Code::CHECK_READS, span, message)
        }
    }
}
