//! Parameters: constants with an origin, and the direction in which an overlay may move them.

use super::expr::{Lowering, unknown_member};
use super::fold;
use super::index::{Declared, Definition, Meaning};
use super::notes::{Notes, alternatives, suggest};
use super::operands::{Kind, kind};
use super::surface;
use super::types::{self, Site};
use super::unit::{ParamDef, Unit};
use super::words;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Constant, Direction, EnumId, ExprKind, ModuleId, Param, ParamId, ParamValue, Type};
use crate::source::Span;
use crate::syntax::ast::{self, Literal, TableEntry, TypeKind};

/// Lowers all parameters.
pub(super) fn lower(unit: &mut Unit<'_>, notes: &mut Notes) {
    for (id, declared) in unit.index.params.clone().into_iter().enumerate() {
        let lowered = one(unit, &declared, notes);
        if let Some(slot) = unit.params.get_mut(id) {
            *slot = lowered;
        }
    }
}

fn one(unit: &mut Unit<'_>, declared: &Declared<'_, ast::Param>, notes: &mut Notes) -> Option<ParamDef> {
    let (node, module) = (declared.node, declared.module);
    let (key, written) = match &node.ty.kind {
        TypeKind::Table { key, value } => (Some(self::key(unit, module, key, notes)), value.as_ref()),
        _ => (None, &node.ty),
    };
    let ty = types::read(unit, notes, module, &complete(written, &node.value), Site::Param).map(|written| written.ty);
    let key = match key {
        Some(key) => Some(key?),
        None => None,
    };
    let ty = ty?;
    let direction = node.direction.as_ref().and_then(|word| direction(unit, word, &ty, notes));
    let value = value(unit, module, &node.value, &ty, key, None, notes)?;
    let param = Param {
        module,
        name: node.name.text.clone(),
        doc: words::doc(&declared.item.doc),
        label: words::optional(node.label.as_ref()),
        ty,
        value,
        origin: node.origin.text.clone(),
        direction,
        tightened: None,
        span: node.name.span,
    };
    Some(ParamDef { key, param })
}

fn key(unit: &Unit<'_>, module: ModuleId, name: &ast::Name, notes: &mut Notes) -> Option<EnumId> {
    match unit.index.meaning(module, &name.text) {
        Meaning::One(named, owner) => {
            notes.mark(module, owner, named.definition);
            match named.definition {
                Definition::Enum(id) => Some(id),
                other => {
                    let message = format!("a table maps an enum, found {} `{}`", other.noun(), name.text);
                    let diagnostic = Diagnostic::error(Code::MISPLACED_TYPE, name.span, message);
                    notes.refuse(diagnostic.also(named.span, "declared here"))
                }
            }
        }
        _ if unit.index.module(module).is_none_or(|module| module.incomplete) => None,
        _ => {
            let diagnostic =
                Diagnostic::error(Code::UNKNOWN_TYPE, name.span, format!("no enum is called `{}`", name.text));
            notes.refuse(suggest(diagnostic, &name.text, unit.enums.iter().map(|it| it.name.as_str())))
        }
    }
}

/// `money` and `duration` without a unit take that of the value.
fn complete(ty: &ast::Type, value: &ast::ParamValue) -> ast::Type {
    let Some(unit) = first_unit(value) else { return ty.clone() };
    let unit = ast::Name { text: unit.to_owned(), span: ty.span };
    let kind = match &ty.kind {
        TypeKind::Money { currency: None, bounds } => TypeKind::Money { currency: Some(unit), bounds: bounds.clone() },
        TypeKind::Duration { unit: None, bounds } => {
            let text = if unit.text.ends_with('s') { unit.text } else { unit.text + "s" };
            TypeKind::Duration { unit: Some(ast::Name { text, span: ty.span }), bounds: bounds.clone() }
        }
        TypeKind::List(element) => TypeKind::List(Box::new(complete(element, value))),
        other => other.clone(),
    };
    ast::Type { kind, span: ty.span }
}

fn first_unit(value: &ast::ParamValue) -> Option<&str> {
    let exprs: Vec<&ast::Expr> = match value {
        ast::ParamValue::Expr(expr) => vec![expr],
        ast::ParamValue::Table(entries, _) => entries.iter().map(|entry| &entry.value).collect(),
    };
    exprs.into_iter().flat_map(surface::all).find_map(|(part, _)| match &part.kind {
        ast::ExprKind::Literal(Literal::Quantity { unit, .. }) => Some(unit.as_str()),
        _ => None,
    })
}

/// Words of directions: for which kinds, and what they mean.
const DIRECTIONS: &[(&str, Direction, &[Kind])] = &[
    ("lower", Direction::Lower, &[Kind::Number, Kind::Ratio, Kind::Money, Kind::Enum]),
    ("higher", Direction::Higher, &[Kind::Number, Kind::Ratio, Kind::Money, Kind::Enum]),
    ("shorter", Direction::Lower, &[Kind::Exact, Kind::Calendar]),
    ("longer", Direction::Higher, &[Kind::Exact, Kind::Calendar]),
    ("earlier", Direction::Lower, &[Kind::Date]),
    ("later", Direction::Higher, &[Kind::Date]),
    ("more", Direction::More, &[Kind::List, Kind::Bool]),
    ("fewer", Direction::Fewer, &[Kind::List, Kind::Bool]),
];

fn direction(unit: &Unit<'_>, word: &ast::Name, ty: &Type, notes: &mut Notes) -> Option<Direction> {
    let ordered = !matches!(ty, Type::Enum(id) if unit.enumeration(*id).is_some_and(|it| !it.ordered));
    let fitting: Vec<&str> = DIRECTIONS
        .iter()
        .filter(|(_, _, kinds)| ordered && kinds.contains(&kind(ty)))
        .map(|(name, ..)| *name)
        .collect();
    if fitting.contains(&word.text.as_str()) {
        return DIRECTIONS.iter().find(|(name, ..)| *name == word.text).map(|(_, direction, _)| *direction);
    }
    let message = if fitting.is_empty() {
        format!("a `{}` cannot be tightened", unit.show(ty))
    } else {
        format!("expected {} for a `{}`, found `{}`", alternatives(fitting), unit.show(ty), word.text)
    };
    notes.error(Code::BAD_DIRECTION, word.span, message)
}

/// The value of a parameter. `before` has the rows that an overlay's table leaves out.
pub(super) fn value(
    unit: &Unit<'_>,
    module: ModuleId,
    written: &ast::ParamValue,
    ty: &Type,
    key: Option<EnumId>,
    before: Option<&ParamValue>,
    notes: &mut Notes,
) -> Option<ParamValue> {
    match (written, key) {
        (ast::ParamValue::Expr(expr), None) => plain(unit, module, expr, ty, notes),
        (ast::ParamValue::Table(entries, span), Some(key)) => {
            Table { unit, module, ty, key, before }.value(entries, *span, notes)
        }
        (ast::ParamValue::Expr(expr), Some(_)) => {
            let diagnostic = Diagnostic::error(Code::TYPE_MISMATCH, expr.span, "expected a table, found one value");
            notes.refuse(diagnostic.help("write `{ member: value, _: value }`"))
        }
        (ast::ParamValue::Table(_, span), None) => {
            let message = format!("expected `{}`, found a table", unit.show(ty));
            let diagnostic = Diagnostic::error(Code::TYPE_MISMATCH, *span, message);
            notes.refuse(diagnostic.help("a table has a type like `table Category -> number`"))
        }
    }
}

fn plain(unit: &Unit<'_>, module: ModuleId, expr: &ast::Expr, ty: &Type, notes: &mut Notes) -> Option<ParamValue> {
    let lowered = Lowering::new(unit, notes, module).expect(expr, ty)?;
    let scalar = |expr: &crate::ir::Expr, notes: &mut Notes| {
        let constant = fold::constant(expr);
        if constant.is_none() {
            let diagnostic = Diagnostic::error(Code::NOT_CONSTANT, expr.span, "the value of a parameter is a constant");
            notes.report(diagnostic.help("what depends on a declaration or on another parameter is a `let`"));
        }
        constant
    };
    match &lowered.kind {
        ExprKind::List(items) => {
            let constants: Vec<Option<Constant>> = items.iter().map(|item| scalar(item, notes)).collect();
            constants.into_iter().collect::<Option<_>>().map(ParamValue::List)
        }
        _ => scalar(&lowered, notes).map(ParamValue::Scalar),
    }
}

struct Table<'t, 'a> {
    unit: &'t Unit<'a>,
    module: ModuleId,
    ty: &'t Type,
    key: EnumId,
    before: Option<&'t ParamValue>,
}

impl Table<'_, '_> {
    fn value(&self, entries: &[TableEntry], span: Span, notes: &mut Notes) -> Option<ParamValue> {
        let members = self.unit.enumeration(self.key)?.members.len();
        let mut rows: Vec<Option<ParamValue>> = vec![None; members];
        let mut given: Vec<(&str, Span)> = Vec::new();
        let (mut rest, mut whole) = (None, true);
        for entry in entries {
            let value = plain(self.unit, self.module, &entry.value, self.ty, notes);
            whole &= value.is_some() & once(entry, &mut given, notes);
            if entry.key.text == "_" {
                rest = value;
            } else {
                let row = self.unit.member(self.key, &entry.key.text).and_then(|member| rows.get_mut(member.index()));
                whole &= row.is_some();
                match row {
                    Some(row) => *row = value,
                    None => notes.report(unknown_member(self.unit, self.key, &entry.key.text, entry.key.span)),
                }
            }
        }
        if !whole {
            return None;
        }
        self.complete(rows, rest.as_ref(), span, notes)
    }

    fn complete(
        &self,
        rows: Vec<Option<ParamValue>>,
        rest: Option<&ParamValue>,
        span: Span,
        notes: &mut Notes,
    ) -> Option<ParamValue> {
        let declared = self.unit.enumeration(self.key)?;
        let before = |at: usize| match self.before {
            Some(ParamValue::Table(_, rows)) => rows.get(at).cloned(),
            _ => None,
        };
        let filled = rows.into_iter().enumerate().map(|(at, row)| row.or_else(|| rest.cloned()).or_else(|| before(at)));
        let filled: Vec<Option<ParamValue>> = filled.collect();
        let missing = declared.members.iter().zip(&filled).filter(|(_, row)| row.is_none());
        let missing: Vec<String> = missing.map(|(member, _)| format!("`{}`", member.name)).collect();
        if !missing.is_empty() {
            let message = format!("the table says nothing of {}", missing.join(", "));
            let diagnostic = Diagnostic::error(Code::INCOMPLETE_TABLE, span, message).also(declared.span, "the enum");
            return notes.refuse(diagnostic.help("name them, or give the rest a value with `_: …`"));
        }
        Some(ParamValue::Table(self.key, filled.into_iter().flatten().collect()))
    }
}

/// Whether a row stands in its table for the first time.
fn once<'e>(entry: &'e TableEntry, given: &mut Vec<(&'e str, Span)>, notes: &mut Notes) -> bool {
    let name = &entry.key;
    if let Some((_, first)) = given.iter().find(|(word, _)| *word == name.text) {
        let message = format!("`{}` stands in the table twice", name.text);
        notes.report(Diagnostic::error(Code::DUPLICATE_NAME, name.span, message).also(*first, "the first time"));
        return false;
    }
    given.push((&name.text, name.span));
    true
}

/// The id of a parameter of a pack by its name.
pub(super) fn of_pack(unit: &Unit<'_>, pack: crate::ir::PackId, name: &str) -> Option<ParamId> {
    let own = |declared: &Declared<'_, ast::Param>| {
        unit.index.pack_of(declared.module) == pack && declared.node.name.text == name
    };
    unit.index.params.iter().position(own).map(ParamId::new)
}
