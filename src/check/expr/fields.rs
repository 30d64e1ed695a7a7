//! Paths: `.field`, `[].field`, references followed, `Enum.member`.

use super::names::{Seen, member_expr, unknown_member};
use super::{Lowered, Lowering, Source, Want, typed};
use crate::check::index::Definition;
use crate::check::notes::{alternatives, suggest};
use crate::check::surface::bare;
use crate::check::unit::Unit;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Aggregate, Expr, ExprKind, RecordId, Type};
use crate::source::Span;
use crate::syntax::ast;

impl Lowering<'_, '_> {
    pub(super) fn field(&mut self, base: &ast::Expr, name: &ast::Name, span: Span) -> Lowered {
        if let ast::ExprKind::Name(word) = &bare(base).kind
            && let Some(Seen::Defined(named, owner)) = self.seen(word)
            && let Definition::Enum(id) = named.definition
        {
            self.notes.mark(self.module, owner, named.definition);
            let member = self.unit.member(id, &name.text);
            if member.is_none() {
                self.notes.report(unknown_member(self.unit, id, &name.text, name.span));
            }
            return member.map(|member| member_expr(id, member, span));
        }
        let base = self.expr(base, Want::Anything)?;
        self.access(base, name, span)
    }

    /// `base.name`
    fn access(&mut self, base: Expr, name: &ast::Name, span: Span) -> Lowered {
        match base.ty {
            Type::Record(record) => self.select(base, record, name, span),
            Type::Ref(record) => {
                let followed =
                    Expr { span: base.span, ty: Type::Record(record), kind: ExprKind::Follow(Box::new(base)) };
                self.select(followed, record, name, span)
            }
            Type::List(_) => self.access_projected(base, name, span),
            _ => {
                let message = format!("`{}` has no fields, found `.{}`", self.unit.show(&base.ty), name.text);
                self.notes.error(Code::NOT_A_RECORD, name.span, message)
            }
        }
    }

    fn select(&mut self, base: Expr, record: RecordId, name: &ast::Name, span: Span) -> Lowered {
        let declared = self.unit.record(record)?;
        if let Some(field) = declared.field_id(&name.text) {
            let ty = declared.field(field)?.ty.clone();
            return Some(typed(ExprKind::Field(Box::new(base), field), ty, span));
        }
        if self.unit.is_broken_field(record, &name.text) {
            return None;
        }
        let message = format!("`{}` has no field `{}`", declared.name, name.text);
        let diagnostic = Diagnostic::error(Code::NO_SUCH_FIELD, name.span, message);
        let known = declared.fields.keys().map(String::as_str);
        self.notes.refuse(suggest(diagnostic, &name.text, known).also(declared.span, "declared here"))
    }

    /// `list[].record.name` goes on inside the projection; any other list wants `[]`.
    fn access_projected(&mut self, base: Expr, name: &ast::Name, span: Span) -> Lowered {
        if let ExprKind::Map { list, binder, body, flatten: false } = base.kind {
            let body = self.access(*body, name, span)?;
            return Some(projection(list, binder, body, span));
        }
        let message = format!("a list has no fields of its own, found `.{}`", name.text);
        let diagnostic = Diagnostic::error(Code::NOT_A_RECORD, name.span, message);
        self.notes.refuse(diagnostic.help(format!("for that field of each element, write `[].{}`", name.text)))
    }

    /// The field that the elements of a list are read from.
    pub(in crate::check) fn element_source(&self, list: &Expr) -> Option<Source> {
        element_source(self.unit, &self.sources, list)
    }

    pub(super) fn project(&mut self, list: &ast::Expr, name: &ast::Name, span: Span) -> Lowered {
        let (list, element) = self.list_operand(list, Want::Anything)?;
        let from = self.element_source(&list);
        let binder = self.local("element", element, from);
        let element = self.local_expr(binder, list.span)?;
        let body = self.access(element, name, span)?;
        Some(projection(Box::new(list), binder, body, span))
    }
}

/// `list[].field`; lists in lists are joined.
fn projection(list: Box<Expr>, binder: crate::ir::LocalId, body: Expr, span: Span) -> Expr {
    let (flatten, ty) = match &body.ty {
        Type::List(_) => (true, body.ty.clone()),
        scalar => (false, Type::List(Box::new(scalar.clone()))),
    };
    typed(ExprKind::Map { list, binder, body: Box::new(body), flatten }, ty, span)
}

/// The field that a value is read from, also through a local or a `let`.
pub(in crate::check) fn source(unit: &Unit<'_>, sources: &[Option<Source>], expr: &Expr) -> Option<Source> {
    match &expr.kind {
        ExprKind::Field(base, field) => match base.ty {
            Type::Record(record) => Some((record, *field)),
            _ => None,
        },
        ExprKind::Local(local) => sources.get(local.index()).copied().flatten(),
        ExprKind::Let(id) => source(unit, &[], &unit.let_(*id)?.code.body),
        _ => None,
    }
}

/// The field that the elements of a list are read from.
fn element_source(unit: &Unit<'_>, sources: &[Option<Source>], list: &Expr) -> Option<Source> {
    match &list.kind {
        ExprKind::Map { body, .. } => source(unit, sources, body),
        ExprKind::Filter { list, .. } | ExprKind::Aggregate(Aggregate::Distinct, list) => {
            element_source(unit, sources, list)
        }
        ExprKind::Let(id) => element_source(unit, &[], &unit.let_(*id)?.code.body),
        _ => None,
    }
}

/// By convention, what a record must have to prove something; none where it has it all.
pub(in crate::check) fn lacks_proof(unit: &Unit<'_>, record: RecordId) -> Option<String> {
    let declared = unit.record(record)?;
    let has = |name: &str, types: &[Type]| {
        declared.fields.get(name).is_some_and(|field| types.contains(&field.ty))
            || unit.is_broken_field(record, name) && !declared.fields.contains_key(name)
    };
    let named_end = declared.fields.get("valid_until").is_none_or(|field| field.null_word.is_some());
    let wanted = [
        ("issuer: text", has("issuer", &[Type::Text, Type::Name])),
        ("issued_on: date", has("issued_on", &[Type::Date])),
        ("valid_until: date null means open_ended", has("valid_until", &[Type::Date]) && named_end),
        ("self_issued: bool", has("self_issued", &[Type::Bool])),
    ];
    let missing: Vec<&str> = wanted.into_iter().filter(|(_, there)| !there).map(|(field, _)| field).collect();
    (!missing.is_empty()).then(|| {
        format!("`{}` cannot prove anything without {}", declared.name, alternatives(missing).replace(" or ", " and "))
    })
}
