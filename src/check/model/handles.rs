//! `declaration { … }`: by what a declaration is known, its date and its stage.

use crate::check::cost;
use crate::check::expr::{Lowering, Want};
use crate::check::index::Declared;
use crate::check::notes::{Notes, suggest};
use crate::check::silence;
use crate::check::unit::Unit;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Code as Program, FieldId, Handles, ModuleId, Type};
use crate::syntax::ast::{self, Path, PathStep};

/// Reads the block, which stands once, beside the root record.
pub(in crate::check) fn lower(unit: &mut Unit<'_>, notes: &mut Notes) {
    let Some(declared) = the_one(unit, notes) else { return };
    let node = declared.node;
    let scalar = |ty: &Type| matches!(ty, Type::Text | Type::Name | Type::Prose | Type::Number | Type::Enum(_));
    let handles = Handles {
        id: node.id.iter().filter_map(|path| self::path(unit, path, "a text", scalar, notes)).collect(),
        name: node.name.iter().filter_map(|path| self::path(unit, path, "a text", scalar, notes)).collect(),
        as_of: node.as_of.as_ref().and_then(|path| self::path(unit, path, "a date", |ty| *ty == Type::Date, notes)),
        stage: None,
        stages: None,
    };
    unit.handles = handles;
    let stage = node.stage.as_ref().and_then(|expr| stage(unit, declared.module, expr, notes));
    if let Some(code) = stage {
        if let Type::Enum(id) = code.body.ty {
            unit.handles.stages = Some(id);
        }
        unit.handles.stage = Some(code.into());
    }
}

fn the_one<'a>(unit: &Unit<'a>, notes: &mut Notes) -> Option<Declared<'a, ast::Declaration>> {
    let index = &unit.index;
    let home = index.records.get(unit.root?.index())?;
    let mut found: Option<Declared<'a, ast::Declaration>> = None;
    for block in &index.declarations {
        if index.base(index.pack_of(block.module)).is_some() {
            let diagnostic = Diagnostic::error(
                Code::MODEL_TOUCHED,
                block.item.span,
                "an overlay has the handles of what it extends",
            );
            notes.report(diagnostic.help("remove `declaration { … }`"));
        } else if let Some(first) = found {
            let diagnostic = Diagnostic::error(Code::BAD_HANDLES, block.item.span, "a second `declaration`");
            notes.report(diagnostic.also(first.item.span, "the first one"));
        } else if block.module != home.module {
            let message = format!("`declaration` stands in the module of the root record `{}`", home.node.name.text);
            let diagnostic = Diagnostic::error(Code::BAD_HANDLES, block.item.span, message);
            notes.report(diagnostic.also(home.node.name.span, "the root record"));
        } else {
            found = Some(*block);
        }
    }
    found
}

/// A path from the root through records to a scalar.
fn path(
    unit: &Unit<'_>,
    path: &Path,
    wanted: &str,
    fits: impl Fn(&Type) -> bool,
    notes: &mut Notes,
) -> Option<Vec<FieldId>> {
    if path.root.text != "product" {
        let diagnostic =
            Diagnostic::error(Code::BAD_HANDLES, path.root.span, "the path of a handle begins with `product`");
        return notes.refuse(diagnostic.help(format!("write `product.{}`", path.root.text)));
    }
    let mut ty = Type::Record(unit.root?);
    let mut ids = Vec::new();
    for step in &path.steps {
        let (Type::Record(record), PathStep::Field(name)) = (&ty, step) else {
            return notes.error(
                Code::BAD_HANDLES,
                path.span,
                "a handle is a field of the root or of a record inside it, not of a list",
            );
        };
        let declared = unit.record(*record)?;
        let Some(id) = declared.field_id(&name.text) else {
            if unit.is_broken_field(*record, &name.text) {
                return None;
            }
            let message = format!("`{}` has no field `{}`", declared.name, name.text);
            let diagnostic = Diagnostic::error(Code::NO_SUCH_FIELD, name.span, message);
            return notes.refuse(suggest(diagnostic, &name.text, declared.fields.keys().map(String::as_str)));
        };
        ids.push(id);
        ty = declared.field(id)?.ty.clone();
    }
    if !fits(&ty) {
        let message = format!("expected {wanted}, found `{}`", unit.show(&ty));
        return notes.error(Code::BAD_HANDLES, path.span, message);
    }
    Some(ids)
}

fn stage(unit: &Unit<'_>, module: ModuleId, expr: &ast::Expr, notes: &mut Notes) -> Option<Program> {
    let mut lowering = Lowering::new(unit, notes, module);
    let body = lowering.expr(expr, Want::Anything)?;
    let locals = lowering.into_locals();
    if !matches!(body.ty, Type::Enum(_)) {
        let message = format!("expected an enum, found `{}`", unit.show(&body.ty));
        let diagnostic = Diagnostic::error(Code::BAD_HANDLES, body.span, message);
        return notes.refuse(
            diagnostic.help("map the status to a stage with a table: `param stage_of: table Status -> Stage = { … }`"),
        );
    }
    silence::refuse_in_model(unit, &body, "the stage", notes);
    cost::within_limits(unit, &body, "the stage", notes)?;
    Some(Program { locals, body })
}
