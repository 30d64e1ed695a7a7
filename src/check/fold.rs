//! Constants computed when the policy is checked: values of parameters, conditions that are always the same.

use crate::ir::{Constant, Expr, ExprKind, Type};
use crate::syntax::ast::{ArithmeticOp, CompareOp};
use crate::value::Number;
use std::cmp::Ordering;

/// The value of an expression that reads nothing.
pub(super) fn constant(expr: &Expr) -> Option<Constant> {
    match &expr.kind {
        ExprKind::Constant(constant) => Some(constant.clone()),
        ExprKind::Negate(inner) => number(inner)?.negate().ok().map(Constant::Number),
        ExprKind::Arithmetic(op, a, b) => arithmetic(*op, a, b).map(Constant::Number),
        ExprKind::Compare(op, a, b) => {
            let (a, b) = (constant(a)?, constant(b)?);
            compare(&a, &b).map(|order| Constant::Bool(holds(*op, order)))
        }
        ExprKind::Not(inner) => match constant(inner)? {
            Constant::Bool(value) => Some(Constant::Bool(!value)),
            _ => None,
        },
        _ => None,
    }
}

fn number(expr: &Expr) -> Option<Number> {
    match constant(expr)? {
        Constant::Number(number) => Some(number),
        _ => None,
    }
}

fn arithmetic(op: ArithmeticOp, a: &Expr, b: &Expr) -> Option<Number> {
    if a.ty == Type::Date || b.ty == Type::Date {
        return None;
    }
    let (a, b) = (number(a)?, number(b)?);
    match op {
        ArithmeticOp::Add => a.add(&b),
        ArithmeticOp::Subtract => a.subtract(&b),
        ArithmeticOp::Multiply => a.multiply(&b),
        ArithmeticOp::Divide => a.divide(&b),
    }
    .ok()
}

/// How two constants of one type stand to each other; for texts only equal or not.
pub(super) fn compare(a: &Constant, b: &Constant) -> Option<Ordering> {
    match (a, b) {
        (Constant::Number(a), Constant::Number(b)) => Some(a.cmp(b)),
        (Constant::Date(a), Constant::Date(b)) => Some(a.cmp(b)),
        (Constant::Bool(a), Constant::Bool(b)) => Some(a.cmp(b)),
        (Constant::Text(a), Constant::Text(b)) => Some(a.cmp(b)),
        (Constant::Member(one, a), Constant::Member(other, b)) => (one == other).then(|| a.cmp(b)),
        _ => None,
    }
}

/// Whether a comparison holds of two values that stand so to each other.
pub(super) const fn holds(op: CompareOp, order: Ordering) -> bool {
    match op {
        CompareOp::Equal => order.is_eq(),
        CompareOp::NotEqual => order.is_ne(),
        CompareOp::Less => order.is_lt(),
        CompareOp::LessEqual => order.is_le(),
        CompareOp::Greater => order.is_gt(),
        CompareOp::GreaterEqual => order.is_ge(),
    }
}
