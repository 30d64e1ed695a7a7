//! Comparison: exact, with known nothings settled as the language says.

use super::kleene::{Judged, Truth, not};
use super::operand::{Found, Operand};
use super::provenance::{Cause, Provenance};
use crate::syntax::ast::CompareOp;
use crate::value::Value;
use std::cmp::Ordering;

/// `a op b`. With a void operand `!=` is true and everything else false; a named `null` equals itself, and as a date is
/// later than every date.
pub fn compare<P: Provenance>(op: CompareOp, a: Found<'_, P>, b: Found<'_, P>, dates: bool) -> Judged<P> {
    let ((left, left_basis), (right, right_basis)) = (a, b);
    let void = |basis| (Truth::from(op == CompareOp::NotEqual), basis);
    match (&left, &right) {
        (Operand::Void, _) => return void(left_basis),
        (_, Operand::Void) => return void(right_basis),
        // A count between bounds is not wholly known either.
        (Operand::Unknown, Operand::Unknown | Operand::Count(..)) | (Operand::Count(..), Operand::Unknown) => {
            return (Truth::Unknown, left_basis.and(right_basis));
        }
        (Operand::Unknown, _) => return (Truth::Unknown, left_basis),
        (_, Operand::Unknown) => return (Truth::Unknown, right_basis),
        _ => {}
    }
    let basis = left_basis.and(right_basis);
    if matches!(op, CompareOp::Equal | CompareOp::NotEqual)
        && let Some(equal) = equal(&left, &right)
    {
        return if op == CompareOp::Equal { (equal.into(), basis) } else { not((equal.into(), basis)) };
    }
    if !dates && (matches!(left, Operand::Null) || matches!(right, Operand::Null)) {
        return (Truth::Unknown, basis.and(P::cause(Cause::Null)));
    }
    match (range(&left), range(&right)) {
        (Some(left), Some(right)) => (bounds(op, &left, &right), basis),
        _ => (order(&left, &right).map_or(Truth::Unknown, |ordering| holds(op, ordering).into()), basis),
    }
}

/// `earlier <= later`, of dates.
pub fn at_most<P: Provenance>(earlier: Found<'_, P>, later: Found<'_, P>) -> Judged<P> {
    compare(CompareOp::LessEqual, earlier, later, true)
}

/// `later >= earlier`, of dates.
pub fn at_least<P: Provenance>(later: Found<'_, P>, earlier: Found<'_, P>) -> Judged<P> {
    compare(CompareOp::GreaterEqual, later, earlier, true)
}

/// Whether two known scalars are the same, where that can be asked of them.
fn equal<P>(a: &Operand<'_, P>, b: &Operand<'_, P>) -> Option<bool> {
    match (a, b) {
        (Operand::Known(a), Operand::Known(b)) => Some(a == b),
        (Operand::Null, Operand::Null) => Some(true),
        (Operand::Null, Operand::Known(_)) | (Operand::Known(_), Operand::Null) => Some(false),
        (Operand::Record(a), Operand::Record(b)) => Some(a == b),
        _ => None,
    }
}

fn order<P>(a: &Operand<'_, P>, b: &Operand<'_, P>) -> Option<Ordering> {
    match (a, b) {
        (Operand::Null, Operand::Null) => Some(Ordering::Equal),
        (Operand::Null, _) => Some(Ordering::Greater),
        (_, Operand::Null) => Some(Ordering::Less),
        (Operand::Known(a), Operand::Known(b)) => match (a, b) {
            (Value::Number(a), Value::Number(b)) => Some(a.cmp(b)),
            (Value::Date(a), Value::Date(b)) => Some(a.cmp(b)),
            (Value::Member(a), Value::Member(b)) => Some(a.cmp(b)),
            _ => None,
        },
        _ => None,
    }
}

pub(super) const fn holds(op: CompareOp, ordering: Ordering) -> bool {
    match op {
        CompareOp::Equal => ordering.is_eq(),
        CompareOp::NotEqual => ordering.is_ne(),
        CompareOp::Less => ordering.is_lt(),
        CompareOp::LessEqual => ordering.is_le(),
        CompareOp::Greater => ordering.is_gt(),
        CompareOp::GreaterEqual => ordering.is_ge(),
    }
}

/// A number between bounds, both included; no upper bound where there is none.
type Range = (crate::value::Number, Option<crate::value::Number>);

/// The bounds of a count, or of a number beside it.
fn range<P>(operand: &Operand<'_, P>) -> Option<Range> {
    match operand {
        Operand::Count(low, high) => Some(((*low).into(), high.map(Into::into))),
        Operand::Known(Value::Number(number)) => Some((number.clone(), Some(number.clone()))),
        _ => None,
    }
}

/// A comparison of bounds: decided where every pair between them agrees.
fn bounds(op: CompareOp, (a_low, a_high): &Range, (b_low, b_high): &Range) -> Truth {
    // `a <= b` for all of a and b, and for none of them; the same for `a < b`.
    let all_at_most = a_high.as_ref().is_some_and(|high| high <= b_low);
    let none_at_most = b_high.as_ref().is_some_and(|high| a_low > high);
    let all_below = a_high.as_ref().is_some_and(|high| high < b_low);
    let none_below = b_high.as_ref().is_some_and(|high| a_low >= high);
    let decide = |all: bool, none: bool| {
        if all {
            Truth::True
        } else if none {
            Truth::False
        } else {
            Truth::Unknown
        }
    };
    let single = a_high.as_ref() == Some(a_low) && b_high.as_ref() == Some(b_low) && a_low == b_low;
    match op {
        CompareOp::LessEqual => decide(all_at_most, none_at_most),
        CompareOp::Less => decide(all_below, none_below),
        CompareOp::Greater => decide(none_at_most, all_at_most),
        CompareOp::GreaterEqual => decide(none_below, all_below),
        CompareOp::Equal => decide(single, all_below || none_at_most),
        CompareOp::NotEqual => decide(all_below || none_at_most, single),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::{Date, Number};

    fn ask(op: CompareOp, a: Operand<'_, ()>, b: Operand<'_, ()>, dates: bool) -> Truth {
        compare(op, (a, ()), (b, ()), dates).0
    }

    fn number(value: i64) -> Operand<'static, ()> {
        Operand::Known(Value::Number(Number::from(value)))
    }

    #[test]
    fn void_is_different_from_everything_even_from_what_is_not_known() {
        for other in [number(1), Operand::Unknown, Operand::Void, Operand::Null] {
            assert_eq!(ask(CompareOp::NotEqual, Operand::Void, other.clone(), false), Truth::True);
            assert_eq!(ask(CompareOp::Equal, other.clone(), Operand::Void, false), Truth::False);
            assert_eq!(ask(CompareOp::LessEqual, other, Operand::Void, false), Truth::False);
        }
    }

    #[test]
    fn a_named_null_is_later_than_every_date() {
        let date = || Operand::Known(Value::Date(Date::parse("9999-12-31").unwrap()));
        assert_eq!(ask(CompareOp::Greater, Operand::Null, date(), true), Truth::True);
        assert_eq!(ask(CompareOp::LessEqual, date(), Operand::Null, true), Truth::True);
        assert_eq!(ask(CompareOp::GreaterEqual, Operand::Null, Operand::Null, true), Truth::True);
        assert_eq!(ask(CompareOp::Greater, Operand::Null, number(1), false), Truth::Unknown);
        assert_eq!(ask(CompareOp::Equal, Operand::Null, number(1), false), Truth::False);
    }

    #[test]
    fn counts_decide_where_their_bounds_do() {
        let cases = [
            (CompareOp::GreaterEqual, 2, None, 2, Truth::True),
            (CompareOp::GreaterEqual, 1, None, 2, Truth::Unknown),
            (CompareOp::GreaterEqual, 0, Some(1), 2, Truth::False),
            (CompareOp::Equal, 0, None, 1, Truth::Unknown),
            (CompareOp::Equal, 2, None, 1, Truth::False),
            (CompareOp::Equal, 1, Some(1), 1, Truth::True),
            (CompareOp::NotEqual, 1, Some(2), 3, Truth::True),
            (CompareOp::Less, 0, Some(2), 3, Truth::True),
            (CompareOp::LessEqual, 3, None, 2, Truth::False),
            (CompareOp::Greater, 0, Some(2), 2, Truth::False),
        ];
        for (op, low, high, other, truth) in cases {
            assert_eq!(
                ask(op, Operand::Count(low, high), number(other), false),
                truth,
                "{op:?} {low} {high:?} {other}"
            );
        }
    }
}
