//! `+ - * /` and unary `-`: exact, or unknown.

use super::value::{Missing, Val, add_minutes, add_months, bounded, days_between, divide};
use hongxian::syntax::ast::ArithmeticOp;
use num_rational::BigRational;

/// "Arithmetic [with void is] unknown"; "overflow, a bound passed or a division by zero makes the expression
/// `unknown`, never a wrong number". A count that is not settled is an unknown number here. Beside a known nothing no
/// field is missing: whatever the other operand turns out to be, there is no result.
pub fn apply<'a>(op: ArithmeticOp, a: Val<'a>, b: Val<'a>) -> Val<'a> {
    if [&a, &b].iter().any(|val| matches!(val, Val::Void | Val::Null { .. })) {
        return Val::undefined();
    }
    let missing: Missing = [&a, &b].into_iter().filter_map(Val::missing).flatten().collect();
    known(op, a, b).unwrap_or_else(|| Val::unknown(missing))
}

fn known<'a>(op: ArithmeticOp, a: Val<'a>, b: Val<'a>) -> Option<Val<'a>> {
    match (op, a, b) {
        (_, a, b) if !computable(&a) || !computable(&b) => None,
        (ArithmeticOp::Add, Val::Date(date), Val::Calendar(months)) => add_months(date, &months).map(Val::Date),
        (ArithmeticOp::Subtract, Val::Date(date), Val::Calendar(months)) => add_months(date, &-months).map(Val::Date),
        (ArithmeticOp::Add, Val::Date(date), Val::Exact(minutes)) => add_minutes(date, &minutes).map(Val::Date),
        (ArithmeticOp::Subtract, Val::Date(date), Val::Exact(minutes)) => add_minutes(date, &-minutes).map(Val::Date),
        (ArithmeticOp::Subtract, Val::Date(later), Val::Date(earlier)) => {
            Some(Val::Exact(days_between(later, earlier)))
        }
        (op, a, b) => scaled(op, a, b),
    }
}

fn computable(val: &Val<'_>) -> bool {
    !matches!(val, Val::Unknown { .. } | Val::Count(_))
}

/// "Money ± money, money × number, money ÷ money", and the same of durations of one kind.
fn scaled<'a>(op: ArithmeticOp, a: Val<'a>, b: Val<'a>) -> Option<Val<'a>> {
    let kind: fn(BigRational) -> Val<'a> = match (op, &a, &b) {
        (ArithmeticOp::Divide, Val::Exact(_), Val::Exact(_))
        | (ArithmeticOp::Divide, Val::Calendar(_), Val::Calendar(_)) => Val::Num,
        (_, Val::Exact(_), _) | (_, _, Val::Exact(_)) => Val::Exact,
        (_, Val::Calendar(_), _) | (_, _, Val::Calendar(_)) => Val::Calendar,
        _ => Val::Num,
    };
    let (a, b) = (number(a), number(b));
    let result = match op {
        ArithmeticOp::Add => bounded(a + b),
        ArithmeticOp::Subtract => bounded(a - b),
        ArithmeticOp::Multiply => bounded(a * b),
        ArithmeticOp::Divide => divide(&a, &b),
    };
    result.map(kind)
}

fn number(val: Val<'_>) -> BigRational {
    match val {
        Val::Num(number) | Val::Exact(number) | Val::Calendar(number) => number,
        other => panic!("no number: {other:?}"),
    }
}

pub fn negate(val: Val<'_>) -> Val<'_> {
    match val {
        Val::Num(number) => Val::Num(-number),
        Val::Exact(number) => Val::Exact(-number),
        Val::Calendar(number) => Val::Calendar(-number),
        other => Val::unknown(other.missing().unwrap_or_default()),
    }
}
