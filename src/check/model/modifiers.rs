//! What is said about fields: which modifier fits which type, and what each one means.

use crate::check::expr::lacks_proof;
use crate::check::notes::{Notes, suggest};
use crate::check::regexes;
use crate::check::unit::Unit;
use crate::check::words;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Emptiness, Field, FieldId, Record, RecordId, Type};
use crate::source::Span;
use crate::syntax::ast::{self, Modifier, ModifierKind};

/// Words that `is` already knows.
const TESTS: &[&str] = &["declared", "absent", "proven", "empty", "not"];

/// Pairs of modifiers that contradict each other.
const CONTRADICTIONS: &[(&str, &str, &str)] = &[
    ("required", "when", "a field that may be void cannot be required"),
    ("none_when", "may_be_empty", "an empty list is known to be empty by one of them"),
];

const fn word(kind: &ModifierKind) -> &'static str {
    match kind {
        ModifierKind::Required => "required",
        ModifierKind::Confidential => "confidential",
        ModifierKind::Filing => "filing",
        ModifierKind::When(_) => "when",
        ModifierKind::Proof(_) => "proof",
        ModifierKind::NullMeans(_) => "null means",
        ModifierKind::NoneWhen(_) => "none_when",
        ModifierKind::MayBeEmpty => "may_be_empty",
        ModifierKind::Key(_) => "key",
        ModifierKind::Matches(_) => "matches",
        ModifierKind::Label(_) => "label",
    }
}

/// What a modifier is for, where it is not for every type.
fn misfit(kind: &ModifierKind, ty: &Type) -> Option<&'static str> {
    let scalar = !matches!(ty, Type::List(_) | Type::Record(_));
    let text = |ty: &Type| matches!(ty, Type::Text | Type::Name);
    let (fits, what) = match kind {
        ModifierKind::Proof(_) | ModifierKind::NullMeans(_) => (scalar, "scalar fields"),
        ModifierKind::NoneWhen(_) | ModifierKind::MayBeEmpty => (matches!(ty, Type::List(_)), "lists"),
        ModifierKind::Key(_) => (matches!(ty, Type::List(of) if matches!(**of, Type::Record(_))), "lists of records"),
        ModifierKind::Matches(_) => {
            (text(ty) || matches!(ty, Type::List(of) if text(of)), "fields of type `text` or `name`")
        }
        _ => (true, ""),
    };
    (!fits).then_some(what)
}

/// Reports modifiers that do not fit the field's type, stand twice, or contradict each other.
pub(super) fn fit(node: &ast::Field, ty: &Type, notes: &mut Notes) {
    for (at, modifier) in node.modifiers.iter().enumerate() {
        let word = word(&modifier.kind);
        if let Some(what) = misfit(&modifier.kind, ty) {
            let message = format!("`{word}` is for {what}");
            notes.report(Diagnostic::error(Code::BAD_MODIFIER, modifier.span, message).also(node.ty.span, "the type"));
        }
        if let Some(first) = node.modifiers.iter().take(at).find(|first| self::word(&first.kind) == word) {
            let message = format!("`{word}` is said of `{}` twice", node.name.text);
            notes.report(
                Diagnostic::error(Code::BAD_MODIFIER, modifier.span, message).also(first.span, "the first time"),
            );
        }
    }
    for (one, other, why) in CONTRADICTIONS {
        let find = |wanted: &str| node.modifiers.iter().find(|modifier| word(&modifier.kind) == wanted);
        if let (Some(one), Some(other)) = (find(one), find(other)) {
            notes.report(Diagnostic::error(Code::BAD_MODIFIER, other.span, *why).also(one.span, "contradicts this"));
        }
    }
}

/// Enters into the field what its modifiers say, as far as it needs no other field.
pub(super) fn apply(node: &ast::Field, field: &mut Field, notes: &mut Notes) {
    for modifier in &node.modifiers {
        match &modifier.kind {
            ModifierKind::Required => field.required = true,
            ModifierKind::Confidential => field.confidential = true,
            ModifierKind::Filing => field.filing = true,
            ModifierKind::MayBeEmpty => field.emptiness = Emptiness::MayBeEmpty,
            ModifierKind::Label(label) => field.label = words::label(label),
            ModifierKind::Matches(regex) => field.pattern = regexes::check(regex, notes),
            ModifierKind::NullMeans(word) => field.null_word = null_word(word, notes),
            ModifierKind::When(_) | ModifierKind::Proof(_) | ModifierKind::NoneWhen(_) | ModifierKind::Key(_) => {}
        }
    }
}

fn null_word(word: &ast::Name, notes: &mut Notes) -> Option<String> {
    if TESTS.contains(&word.text.as_str()) {
        let message = format!("`is {}` already means something else", word.text);
        return notes.error(Code::RESERVED_NAME, word.span, message);
    }
    Some(word.text.clone())
}

/// Enters what needs other fields: proofs, statements of emptiness, keys.
pub(super) fn link(unit: &mut Unit<'_>, notes: &mut Notes) {
    for (id, declared) in unit.index.records.clone().into_iter().enumerate() {
        let id = RecordId::new(id);
        for node in &declared.node.fields {
            for modifier in &node.modifiers {
                if let Some(linked) = find(unit, id, node, modifier, notes) {
                    enter(unit, id, node, &linked);
                }
            }
        }
    }
}

enum Linked {
    Proof(FieldId),
    NoneWhen(FieldId),
    Key(FieldId),
}

fn find(unit: &Unit<'_>, id: RecordId, node: &ast::Field, modifier: &Modifier, notes: &mut Notes) -> Option<Linked> {
    let record = unit.record(id)?;
    let field = record.fields.get(&node.name.text).filter(|field| field.span == node.name.span)?;
    if misfit(&modifier.kind, &field.ty).is_some() {
        return None;
    }
    match &modifier.kind {
        ModifierKind::Proof(name) => proof(unit, id, name, notes).map(Linked::Proof),
        ModifierKind::NoneWhen(name) => {
            let sibling = named(unit, id, name, notes)?;
            expect(record, sibling, name, "a `bool`", notes, |ty| *ty == Type::Bool).map(Linked::NoneWhen)
        }
        ModifierKind::Key(name) => {
            let element = super::records::contained(&field.ty)?;
            let key = named(unit, element, name, notes)?;
            let text = |ty: &Type| matches!(ty, Type::Text | Type::Name);
            expect(unit.record(element)?, key, name, "a `text` or a `name`", notes, text).map(Linked::Key)
        }
        _ => None,
    }
}

fn proof(unit: &Unit<'_>, id: RecordId, name: &ast::Name, notes: &mut Notes) -> Option<FieldId> {
    let record = unit.record(id)?;
    let sibling = named(unit, id, name, notes)?;
    let sibling = expect(record, sibling, name, "a reference", notes, |ty| matches!(ty, Type::Ref(_)))?;
    let Type::Ref(target) = record.field(sibling)?.ty else { return None };
    let Some(lacks) = lacks_proof(unit, target) else { return Some(sibling) };
    let diagnostic = Diagnostic::error(Code::NO_PROOF, name.span, lacks);
    let declared = unit.record(target).map(|target| target.span);
    notes.refuse(declared.into_iter().fold(diagnostic, |d, span| d.also(span, "declared here")))
}

/// A field of a record by its name.
fn named(unit: &Unit<'_>, id: RecordId, name: &ast::Name, notes: &mut Notes) -> Option<FieldId> {
    let record = unit.record(id)?;
    let found = record.field_id(&name.text);
    if found.is_none() && !unit.is_broken_field(id, &name.text) {
        let message = format!("`{}` has no field `{}`", record.name, name.text);
        let diagnostic = Diagnostic::error(Code::NO_SUCH_FIELD, name.span, message);
        notes.report(suggest(diagnostic, &name.text, record.fields.keys().map(String::as_str)));
    }
    found
}

fn expect(
    record: &Record,
    id: FieldId,
    name: &ast::Name,
    wanted: &str,
    notes: &mut Notes,
    fits: impl Fn(&Type) -> bool,
) -> Option<FieldId> {
    let field = record.field(id)?;
    if fits(&field.ty) {
        return Some(id);
    }
    let message = format!("expected {wanted}, found the field `{}`", name.text);
    notes.refuse(Diagnostic::error(Code::BAD_MODIFIER, name.span, message).also(field.span, "declared here"))
}

fn enter(unit: &mut Unit<'_>, id: RecordId, node: &ast::Field, linked: &Linked) {
    let record = unit.records.get_mut(id.index());
    let Some(field) = record.and_then(|record| record.fields.get_mut(&node.name.text)) else { return };
    match linked {
        Linked::Proof(sibling) => field.proof = Some(*sibling),
        Linked::NoneWhen(sibling) => field.emptiness = Emptiness::NoneWhen(*sibling),
        Linked::Key(key) => field.key = Some(*key),
    }
}

/// The condition of a field, where it has one.
pub(super) fn condition(node: &ast::Field) -> Option<(&ast::Expr, Span)> {
    node.modifiers.iter().find_map(|modifier| match &modifier.kind {
        ModifierKind::When(expr) => Some((expr, modifier.span)),
        _ => None,
    })
}
