//! Expressions: surface to resolved, with types flowing in from outside and up from inside.
//!
//! [`Want`] says what the surroundings know. What is wrong is reported once and becomes `None`; everything round it
//! is still looked at, so that one run finds all that is wrong.

mod arithmetic;
mod calls;
mod fields;
mod fit;
mod lists;
mod literals;
mod names;
mod presence;
mod relations;
mod scope;

pub(super) use calls::Checked;
pub(super) use fields::{lacks_proof, source};
pub(super) use literals::{date, unit as duration_unit};
pub(super) use names::unknown_member;
pub(super) use scope::Source;

use super::limits::MAX_EXPRESSION_DEPTH;
use super::notes::Notes;
use super::unit::Unit;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{self, LocalId, ModuleId, RecordId, Type};
use crate::source::Span;
use crate::syntax::ast::{self, Connective};
use scope::Binding;

/// A resolved expression, or nothing where the text was wrong and that has been said.
pub(super) type Lowered = Option<ir::Expr>;

/// What the surroundings of an expression know about its type.
#[derive(Debug, Clone, Copy)]
pub(super) enum Want<'t> {
    /// Nothing.
    Anything,
    /// That it should be this.
    Type(&'t Type),
    /// That it would follow from something that is wrong: bare names that may be members are no news.
    Wrong,
}

impl<'t> Want<'t> {
    /// What another expression beside it lets one expect.
    pub(super) fn like(ty: Option<&'t Type>) -> Self {
        ty.map_or(Self::Wrong, Self::Type)
    }
}

/// Lowers the expressions of one owner: a rule, a `let`, a function, a condition, a parameter's value.
pub(super) struct Lowering<'u, 'a> {
    pub(super) unit: &'u Unit<'a>,
    pub(super) notes: &'u mut Notes,
    module: ModuleId,
    /// All locals of the owner, and the field that each takes its values from.
    locals: Vec<ir::Local>,
    sources: Vec<Option<Source>>,
    /// The locals that are visible, innermost last.
    scope: Vec<Binding>,
    /// In a field's condition: the record whose fields have bare names.
    siblings: Option<RecordId>,
    depth: usize,
    /// Whether it was said that something nests too deeply.
    said_too_deep: bool,
}

impl<'u, 'a> Lowering<'u, 'a> {
    pub(super) fn new(unit: &'u Unit<'a>, notes: &'u mut Notes, module: ModuleId) -> Self {
        let (locals, sources, scope) = (Vec::new(), Vec::new(), Vec::new());
        Self { unit, notes, module, locals, sources, scope, siblings: None, depth: 0, said_too_deep: false }
    }

    /// For the condition of a field: its record is local 0, and the record's fields have bare names.
    pub(super) fn within(mut self, record: RecordId) -> Self {
        self.siblings = Some(record);
        self.local("record", Type::Record(record), None);
        self
    }

    /// The locals, when everything is lowered.
    pub(super) fn into_locals(self) -> Vec<ir::Local> {
        self.locals
    }

    /// An expression that must be of a type.
    pub(super) fn expect(&mut self, expr: &ast::Expr, ty: &Type) -> Lowered {
        let found = self.expr(expr, Want::Type(ty))?;
        self.fit(found, ty)
    }

    /// An expression that must be true or false.
    pub(super) fn truth(&mut self, expr: &ast::Expr) -> Lowered {
        self.expect(expr, &Type::Bool)
    }

    /// An expression; `want` only helps, the result may be of another type.
    pub(super) fn expr(&mut self, expr: &ast::Expr, want: Want<'_>) -> Lowered {
        if self.depth >= MAX_EXPRESSION_DEPTH {
            return self.too_deep(expr.span);
        }
        self.depth += 1;
        let lowered = self.kind(expr, want);
        self.depth -= 1;
        lowered
    }

    fn too_deep(&mut self, span: Span) -> Lowered {
        if std::mem::replace(&mut self.said_too_deep, true) {
            return None;
        }
        let message = format!("an expression nests deeper than {MAX_EXPRESSION_DEPTH} levels");
        let diagnostic = Diagnostic::error(Code::TOO_DEEP, span, message);
        self.notes.refuse(diagnostic.help("give an inner part a name with `let`"))
    }

    fn kind(&mut self, expr: &ast::Expr, want: Want<'_>) -> Lowered {
        use ast::ExprKind as Surface;
        let span = expr.span;
        match &expr.kind {
            Surface::Literal(literal) => self.literal(literal, span, want),
            Surface::List(items) => self.list(items, span, want),
            Surface::Name(name) => self.name(name, span, want),
            Surface::Field(base, name) => self.field(base, name, span),
            Surface::Project(list, name) => self.project(list, name, span),
            Surface::Call(callee, arguments) => self.call(callee, arguments, span),
            Surface::Not(inner) => self.not(inner, span),
            Surface::Negate(inner) => self.negate(inner, span),
            Surface::Junction(connective, operands) => self.junction(*connective, operands, span),
            Surface::Implies(a, b) => self.implies(a, b, span),
            Surface::Compare(op, a, b) => self.compare(*op, a, b, span),
            Surface::Arithmetic(op, a, b) => self.arithmetic(*op, a, b, span),
            Surface::Coalesce(path, default) => self.coalesce(path, default, span),
            Surface::In { element, negated, list } => self.membership(element, *negated, list, span),
            Surface::Is { of, negated, test } => self.presence(of, *negated, test, span),
            Surface::Quantified { list, quantifier, binder, body } => {
                self.quantified(list, *quantifier, binder, body, span)
            }
            Surface::QuantifiedIn { list, quantifier, set } => self.quantified_in(list, *quantifier, set, span),
            Surface::Where { list, binder, predicate } => self.filter(list, binder, predicate, span),
            Surface::Covers(list, set) => self.covers(list, set, span),
            Surface::Matches(text, regex) => self.matches(text, regex, span),
            Surface::StartsWith(text, part) => self.text_test(ir::ExprKind::StartsWith, text, part, span),
            Surface::Contains(text, part) => self.text_test(ir::ExprKind::Contains, text, part, span),
            Surface::Within { date, period, before } => self.within_period(date, period, before, span),
            Surface::Paren(inner) => self.expr(inner, want),
        }
    }

    fn not(&mut self, inner: &ast::Expr, span: Span) -> Lowered {
        let inner = self.truth(inner)?;
        Some(truth(ir::ExprKind::Not(Box::new(inner)), span))
    }

    fn junction(&mut self, connective: Connective, operands: &[ast::Expr], span: Span) -> Lowered {
        let lowered: Vec<Lowered> = operands.iter().map(|operand| self.truth(operand)).collect();
        let operands: Option<Vec<ir::Expr>> = lowered.into_iter().collect();
        Some(truth(ir::ExprKind::Junction(connective, operands?), span))
    }

    fn implies(&mut self, a: &ast::Expr, b: &ast::Expr, span: Span) -> Lowered {
        let (a, b) = (self.truth(a), self.truth(b));
        Some(truth(ir::ExprKind::Implies(Box::new(a?), Box::new(b?)), span))
    }

    /// A new local that no name leads to yet.
    fn local(&mut self, name: &str, ty: Type, source: Option<Source>) -> LocalId {
        self.locals.push(ir::Local { name: name.to_owned(), ty });
        self.sources.push(source);
        LocalId::new(self.locals.len() - 1)
    }

    /// A local as an expression.
    fn local_expr(&self, local: LocalId, span: Span) -> Lowered {
        let ty = self.locals.get(local.index())?.ty.clone();
        Some(typed(ir::ExprKind::Local(local), ty, span))
    }
}

/// An expression of a type.
pub(super) const fn typed(kind: ir::ExprKind, ty: Type, span: Span) -> ir::Expr {
    ir::Expr { kind, ty, span }
}

/// An expression that is true or false.
pub(super) const fn truth(kind: ir::ExprKind, span: Span) -> ir::Expr {
    typed(kind, Type::Bool, span)
}

/// `not` before what was written with it.
fn negated(expr: ir::Expr, negated: bool) -> ir::Expr {
    let span = expr.span;
    if negated { truth(ir::ExprKind::Not(Box::new(expr)), span) } else { expr }
}
