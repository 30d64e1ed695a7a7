//! Between which numbers an expression surely lies, as far as the model's bounds and constants say so plainly.

use super::unit::Unit;
use crate::ir::{Aggregate, Bounds, Constant, DurationUnit, Expr, ExprKind, Field, Type};
use crate::syntax::ast::ArithmeticOp;
use crate::value::Number;

/// The range of an expression, both ends included, in the unit of evaluation.
pub(super) fn of(unit: &Unit<'_>, expr: &Expr) -> Bounds {
    match &expr.kind {
        ExprKind::Constant(Constant::Number(number)) => {
            Bounds { low: Some(number.clone()), high: Some(number.clone()) }
        }
        ExprKind::Field(base, field) => match base.ty {
            Type::Record(record) => unit.field(record, *field).map(of_field).unwrap_or_default(),
            _ => Bounds::default(),
        },
        ExprKind::Aggregate(Aggregate::Count, _) | ExprKind::Length(_) => from_zero(),
        ExprKind::Let(id) => unit.let_(*id).map(|it| of(unit, &it.code.body)).unwrap_or_default(),
        ExprKind::Arithmetic(op, a, b)
            if *op != ArithmeticOp::Subtract && is_not_negative(unit, a) && is_not_negative(unit, b) =>
        {
            from_zero()
        }
        _ => Bounds::default(),
    }
}

fn from_zero() -> Bounds {
    Bounds { low: Some(Number::ZERO), high: None }
}

/// Whether an expression is surely a number that is zero or more.
pub(super) fn is_not_negative(unit: &Unit<'_>, expr: &Expr) -> bool {
    expr.ty != Type::Date && of(unit, expr).low.is_some_and(|low| low >= Number::ZERO)
}

/// Whether an expression is surely a number that is zero or less.
pub(super) fn is_not_positive(unit: &Unit<'_>, expr: &Expr) -> bool {
    expr.ty != Type::Date && of(unit, expr).high.is_some_and(|high| high <= Number::ZERO)
}

/// Bounds are in the unit of the JSON number; evaluation has its own.
fn of_field(field: &Field) -> Bounds {
    let scale = |number: &Number| {
        if field.percent {
            return number.divide(&Number::from(100_i64)).ok();
        }
        let factor: i64 = match field.unit {
            Some(DurationUnit::Hours) => 60,
            Some(DurationUnit::Days) => 1440,
            Some(DurationUnit::Years) => 12,
            Some(DurationUnit::Minutes | DurationUnit::Months) | None => 1,
        };
        number.multiply(&Number::from(factor)).ok()
    };
    Bounds { low: field.bounds.low.as_ref().and_then(scale), high: field.bounds.high.as_ref().and_then(scale) }
}
