//! `+ - * /` and the minus sign.

use super::{Lowered, Lowering, Want, typed};
use crate::check::operands::{Kind, arithmetic, is_signed, kind, mutual_advice};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Expr, ExprKind, Type};
use crate::source::Span;
use crate::syntax::ast::{self, ArithmeticOp};

impl Lowering<'_, '_> {
    pub(super) fn arithmetic(&mut self, op: ArithmeticOp, a: &ast::Expr, b: &ast::Expr, span: Span) -> Lowered {
        let (a, b) = (self.expr(a, Want::Anything), self.expr(b, Want::Anything));
        let (a, b) =
            if matches!(op, ArithmeticOp::Add | ArithmeticOp::Subtract) { self.meet(a?, b?) } else { (a?, b?) };
        match result(op, &a.ty, &b.ty) {
            Some(ty) => Some(typed(ExprKind::Arithmetic(op, Box::new(a), Box::new(b)), ty, span)),
            None => self.bad_operands(op, &a, &b, span),
        }
    }

    fn bad_operands(&mut self, op: ArithmeticOp, a: &Expr, b: &Expr, span: Span) -> Lowered {
        let (left, right) = (self.unit.show(&a.ty), self.unit.show(&b.ty));
        let message = format!("`{left}` {} `{right}` means nothing", sign(op));
        let diagnostic = Diagnostic::error(Code::BAD_OPERANDS, span, message);
        let diagnostic = diagnostic.also(a.span, format!("`{left}`")).also(b.span, format!("`{right}`"));
        let help = match (kind(&a.ty), op, kind(&b.ty)) {
            (Kind::List, ..) | (.., Kind::List) => Some("reduce the list first: `count(…)`, `sum(…)`, `max(…)`"),
            (Kind::Exact | Kind::Calendar, ArithmeticOp::Add, Kind::Date) => {
                Some("the date stands first: `date + duration`")
            }
            (left, ArithmeticOp::Add | ArithmeticOp::Subtract, right) => mutual_advice(left, right),
            _ => None,
        };
        self.notes.refuse(help.into_iter().fold(diagnostic, Diagnostic::help))
    }

    pub(super) fn negate(&mut self, inner: &ast::Expr, span: Span) -> Lowered {
        let inner = self.expr(inner, Want::Anything)?;
        if !is_signed(kind(&inner.ty)) {
            let message = format!("`{}` has no sign", self.unit.show(&inner.ty));
            return self.notes.error(Code::BAD_OPERANDS, span, message);
        }
        let ty = inner.ty.clone();
        Some(typed(ExprKind::Negate(Box::new(inner)), ty, span))
    }
}

/// The type of `left op right`.
fn result(op: ArithmeticOp, left: &Type, right: &Type) -> Option<Type> {
    let result = arithmetic(kind(left), op, kind(right))?;
    let both_money = matches!((left, right), (Type::Money(_), Type::Money(_)));
    if both_money && left != right {
        return None;
    }
    // Only durations, dates and money come out as the type of an operand that says more than its kind.
    let operand = [left, right].into_iter().find(|ty| kind(ty) == result).cloned();
    operand.or(match result {
        Kind::Number => Some(Type::Number),
        Kind::Exact => Some(Type::ExactDuration),
        _ => None,
    })
}

const fn sign(op: ArithmeticOp) -> char {
    match op {
        ArithmeticOp::Add => '+',
        ArithmeticOp::Subtract => '-',
        ArithmeticOp::Multiply => '*',
        ArithmeticOp::Divide => '/',
    }
}
