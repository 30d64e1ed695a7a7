//! Arithmetic: exact and bounded; what has no result is unknown with its cause.

use super::operand::{Found, Operand, Pair, pair};
use super::provenance::{Cause, Provenance};
use crate::syntax::ast::ArithmeticOp;
use crate::value::{ArithmeticError, Date, Number, Value};

/// Minutes in a day.
const DAY: i64 = 24 * 60;

/// `a op b` of numbers, ratios, amounts or durations.
pub fn compute<'a, P: Provenance>(op: ArithmeticOp, a: Found<'a, P>, b: Found<'a, P>) -> Found<'a, P> {
    with_both(a, b, |a, b| match (a, b) {
        (Value::Number(a), Value::Number(b)) => apply(op, a, b).map(Value::Number).map_err(Cause::Arithmetic),
        _ => Err(Cause::NotApplicable),
    })
}

fn apply(op: ArithmeticOp, a: &Number, b: &Number) -> Result<Number, ArithmeticError> {
    match op {
        ArithmeticOp::Add => a.add(b),
        ArithmeticOp::Subtract => a.subtract(b),
        ArithmeticOp::Multiply => a.multiply(b),
        ArithmeticOp::Divide => a.divide(b),
    }
}

/// A date moved by a duration: by months, clamped to the month's end, or by whole days.
pub fn shift<'a, P: Provenance>(date: Found<'a, P>, by: Found<'a, P>, calendar: bool, back: bool) -> Found<'a, P> {
    with_both(date, by, |date, by| match (date, by) {
        (Value::Date(date), Value::Number(by)) => {
            move_date(*date, by, calendar, back).map(Value::Date).ok_or(Cause::DateRange)
        }
        _ => Err(Cause::NotApplicable),
    })
}

fn move_date(date: Date, by: &Number, calendar: bool, back: bool) -> Option<Date> {
    Step::new(by, calendar, back)?.from(date)
}

/// How far a date is moved.
#[derive(Debug, Clone, Copy)]
pub enum Step {
    /// By months, clamped to the month's end.
    Months(i64),
    /// By whole days.
    Days(i64),
}

impl Step {
    /// By a duration, back where it is taken away; none where it is not whole or too long.
    #[must_use]
    pub fn new(by: &Number, calendar: bool, back: bool) -> Option<Self> {
        let by = if back { by.negate().ok()? } else { by.clone() };
        if calendar {
            return by.to_i64().map(Self::Months);
        }
        by.divide(&Number::from(DAY)).ok()?.to_i64().map(Self::Days)
    }

    /// The date that is so far from this one; none where there is no such date.
    #[must_use]
    pub fn from(self, date: Date) -> Option<Date> {
        match self {
            Self::Months(months) => date.add_months(months),
            Self::Days(days) => date.add_days(days),
        }
    }
}

/// From the second date to the first, in minutes.
pub fn days_between<'a, P: Provenance>(a: Found<'a, P>, b: Found<'a, P>) -> Found<'a, P> {
    with_both(a, b, |a, b| match (a, b) {
        (Value::Date(a), Value::Date(b)) => Ok(Value::Number(Number::from(a.days_since(*b) * DAY))),
        _ => Err(Cause::NotApplicable),
    })
}

/// `-x`
pub fn negate<P: Provenance>((operand, basis): Found<'_, P>) -> Found<'_, P> {
    match exact(operand) {
        Operand::Known(Value::Number(number)) => match number.negate() {
            Ok(number) => (Operand::Known(Value::Number(number)), basis),
            Err(error) => (Operand::Unknown, basis.and(P::cause(Cause::Arithmetic(error)))),
        },
        other => no_result(&other, basis),
    }
}

fn with_both<'a, P: Provenance>(
    (a, a_basis): Found<'a, P>,
    (b, b_basis): Found<'a, P>,
    result: impl Fn(&Value<'a>, &Value<'a>) -> Result<Value<'a>, Cause>,
) -> Found<'a, P> {
    match pair((exact(a), a_basis), (exact(b), b_basis)) {
        Pair::Known(a, b, basis) => match result(&a, &b) {
            Ok(value) => (Operand::Known(value), basis),
            Err(cause) => (Operand::Unknown, basis.and(P::cause(cause))),
        },
        Pair::Nothing(basis, cause) => (Operand::Unknown, basis.and(P::cause(cause))),
        Pair::Unknown(basis) => (Operand::Unknown, basis),
    }
}

/// A count whose bounds meet is a number; any other is not known as one.
pub fn exact<P>(operand: Operand<'_, P>) -> Operand<'_, P> {
    match operand {
        Operand::Count(low, Some(high)) if low == high => Operand::Known(Value::Number(low.into())),
        Operand::Count(..) => Operand::Unknown,
        other => other,
    }
}

/// Why an operand that is no known scalar leaves no result.
pub fn no_result<'a, P: Provenance>(operand: &Operand<'_, P>, basis: P) -> Found<'a, P> {
    let cause = match operand {
        Operand::Void => P::cause(Cause::NotApplicable),
        Operand::Null => P::cause(Cause::Null),
        _ => P::default(),
    };
    (Operand::Unknown, basis.and(cause))
}
