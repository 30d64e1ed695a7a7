//! Comparisons, text tests, `within`.

use super::{Lowered, Lowering, Want, truth};
use crate::check::operands::{Kind, is_equal, is_ordered, kind, mutual_advice};
use crate::check::regexes;
use crate::check::surface::bare;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Expr, ExprKind, Type};
use crate::source::Span;
use crate::syntax::ast::{self, CompareOp};

impl Lowering<'_, '_> {
    /// Whether an expression says nothing of its type by itself: a bare member, a list of them.
    pub(super) fn wants_hint(&self, expr: &ast::Expr) -> bool {
        match &bare(expr).kind {
            ast::ExprKind::Name(name) => self.seen(name).is_none(),
            ast::ExprKind::List(items) => items.first().is_none_or(|first| self.wants_hint(first)),
            _ => false,
        }
    }

    /// Both sides of a relation; the one that says less learns its type from the other.
    pub(super) fn pair(&mut self, a: &ast::Expr, b: &ast::Expr) -> Option<(Expr, Expr)> {
        let swapped = self.wants_hint(a) && !self.wants_hint(b);
        let (first, second) = if swapped { (b, a) } else { (a, b) };
        let first = self.expr(first, Want::Anything);
        let second = self.expr(second, Want::like(first.as_ref().map(|first| &first.ty)));
        let (first, second) = self.meet(first?, second?);
        Some(if swapped { (second, first) } else { (first, second) })
    }

    pub(super) fn compare(&mut self, op: CompareOp, a: &ast::Expr, b: &ast::Expr, span: Span) -> Lowered {
        let (a, b) = self.pair(a, b)?;
        if a.ty != b.ty || !is_equal(kind(&a.ty)) {
            return self.not_comparable(&a, &b.ty, b.span, span);
        }
        let ordering = !matches!(op, CompareOp::Equal | CompareOp::NotEqual);
        if ordering && !self.has_order(&a.ty) {
            return self.no_order(&a.ty, span);
        }
        Some(truth(ExprKind::Compare(op, Box::new(a), Box::new(b)), span))
    }

    /// Whether values of a type can be smaller and greater.
    pub(super) fn has_order(&self, ty: &Type) -> bool {
        match ty {
            Type::Enum(id) => self.unit.enumeration(*id).is_some_and(|it| it.ordered),
            other => is_ordered(kind(other)),
        }
    }

    pub(super) fn no_order<T>(&mut self, ty: &Type, span: Span) -> Option<T> {
        let message = format!("`{}` has no order", self.unit.show(ty));
        let diagnostic = Diagnostic::error(Code::NO_ORDER, span, message);
        let diagnostic = match ty {
            Type::Enum(id) => {
                let declared = self.unit.enumeration(*id).map(|it| it.span);
                let help = "separate its members with `<` if they have an order";
                declared.into_iter().fold(diagnostic, |d, span| d.also(span, "declared here")).help(help)
            }
            _ => diagnostic.help("compare with `==` or `!=`"),
        };
        self.notes.refuse(diagnostic)
    }

    pub(super) fn not_comparable(&mut self, a: &Expr, b: &Type, at: Span, span: Span) -> Lowered {
        let (left, right) = (self.unit.show(&a.ty), self.unit.show(b));
        let message = format!("`{left}` and `{right}` never compare");
        let diagnostic = Diagnostic::error(Code::NOT_COMPARABLE, span, message);
        let diagnostic = if a.span.file == at.file && a.span != at {
            diagnostic.also(a.span, format!("`{left}`")).also(at, format!("`{right}`"))
        } else {
            diagnostic
        };
        let (left, right) = (kind(&a.ty), kind(b));
        let help = match (left, right) {
            (Kind::List, other) | (other, Kind::List) if other != Kind::List => {
                Some("write `x in list`, or say how many: `list any x: …`")
            }
            _ => mutual_advice(left, right),
        };
        self.notes.refuse(help.into_iter().fold(diagnostic, Diagnostic::help))
    }

    /// An operand that must be a text or a name.
    pub(super) fn text_operand(&mut self, text: &ast::Expr) -> Lowered {
        let found = self.expr(text, Want::Type(&Type::Text))?;
        if matches!(found.ty, Type::Text | Type::Name) {
            return Some(found);
        }
        let message = format!("expected `text` or `name`, found `{}`", self.unit.show(&found.ty));
        let diagnostic = Diagnostic::error(Code::TYPE_MISMATCH, found.span, message);
        let help = match found.ty {
            Type::List(_) => Some("for an element of a list, write `x in list` or `list any x: …`"),
            Type::Prose => Some("prose can be present and be printed, nothing else"),
            _ => None,
        };
        self.notes.refuse(help.into_iter().fold(diagnostic, Diagnostic::help))
    }

    pub(super) fn matches(&mut self, text: &ast::Expr, regex: &ast::Regex, span: Span) -> Lowered {
        let text = self.text_operand(text);
        let pattern = regexes::check(regex, self.notes);
        Some(truth(ExprKind::Matches(Box::new(text?), pattern?), span))
    }

    /// `text starts_with part`, `text contains part`
    pub(super) fn text_test(
        &mut self,
        make: fn(Box<Expr>, Box<Expr>) -> ExprKind,
        text: &ast::Expr,
        part: &ast::Expr,
        span: Span,
    ) -> Lowered {
        let Some(text) = self.text_operand(text) else {
            self.expr(part, Want::Wrong);
            return None;
        };
        let part = self.text_operand(part)?;
        let (text, part) = self.meet(text, part);
        if text.ty != part.ty {
            return self.not_comparable(&text, &part.ty, part.span, span);
        }
        Some(truth(make(Box::new(text), Box::new(part)), span))
    }

    pub(super) fn within_period(
        &mut self,
        date: &ast::Expr,
        period: &ast::Expr,
        before: &ast::Expr,
        span: Span,
    ) -> Lowered {
        let date = self.expect(date, &Type::Date);
        let period = self.period(period);
        let before = self.expect(before, &Type::Date);
        let (date, period, before) = (Box::new(date?), Box::new(period?), Box::new(before?));
        Some(truth(ExprKind::Within { date, period, before }, span))
    }

    fn period(&mut self, period: &ast::Expr) -> Lowered {
        let found = self.expr(period, Want::Anything)?;
        if matches!(found.ty, Type::ExactDuration | Type::CalendarDuration) {
            return Some(found);
        }
        let message = format!("expected `duration`, found `{}`", self.unit.show(&found.ty));
        let diagnostic = Diagnostic::error(Code::TYPE_MISMATCH, found.span, message);
        self.notes.refuse(diagnostic.help("write `d within 24 months before as_of`"))
    }
}
