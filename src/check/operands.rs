//! Which operands go together: tables, in one place. `docs/language.md` prints the same ones.

use crate::ir::Type;
use crate::syntax::ast::ArithmeticOp;

/// A type without what it is a type of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Bool,
    Number,
    Ratio,
    Money,
    Date,
    Exact,
    Calendar,
    Text,
    Name,
    Prose,
    Enum,
    Record,
    List,
    Ref,
}

use ArithmeticOp::{Add, Divide, Multiply, Subtract};
use Kind::{Bool, Calendar, Date, Enum, Exact, List, Money, Name, Number, Prose, Ratio, Record, Ref, Text};

/// The kind of a type.
pub(super) const fn kind(ty: &Type) -> Kind {
    match ty {
        Type::Bool => Bool,
        Type::Number => Number,
        Type::Ratio => Ratio,
        Type::Money(_) => Money,
        Type::Date => Date,
        Type::ExactDuration => Exact,
        Type::CalendarDuration => Calendar,
        Type::Text => Text,
        Type::Name => Name,
        Type::Prose => Prose,
        Type::Enum(_) => Enum,
        Type::Record(_) => Record,
        Type::List(_) => List,
        Type::Ref(_) => Ref,
    }
}

/// `left op right` is `result`. Where both sides are money, it is of one currency. Nothing else computes.
const ARITHMETIC: &[(Kind, ArithmeticOp, Kind, Kind)] = &[
    (Number, Add, Number, Number),
    (Number, Subtract, Number, Number),
    (Number, Multiply, Number, Number),
    (Number, Divide, Number, Number),
    (Ratio, Add, Ratio, Ratio),
    (Ratio, Subtract, Ratio, Ratio),
    (Ratio, Multiply, Ratio, Ratio),
    (Ratio, Divide, Ratio, Number),
    (Ratio, Divide, Number, Ratio),
    // 5 % of a number is a number.
    (Number, Multiply, Ratio, Number),
    (Ratio, Multiply, Number, Number),
    (Money, Add, Money, Money),
    (Money, Subtract, Money, Money),
    (Money, Divide, Money, Number),
    (Money, Multiply, Number, Money),
    (Money, Divide, Number, Money),
    (Money, Multiply, Ratio, Money),
    (Number, Multiply, Money, Money),
    (Ratio, Multiply, Money, Money),
    (Exact, Add, Exact, Exact),
    (Exact, Subtract, Exact, Exact),
    (Exact, Divide, Exact, Number),
    (Exact, Multiply, Number, Exact),
    (Exact, Divide, Number, Exact),
    (Number, Multiply, Exact, Exact),
    (Calendar, Add, Calendar, Calendar),
    (Calendar, Subtract, Calendar, Calendar),
    (Calendar, Divide, Calendar, Number),
    (Date, Add, Exact, Date),
    (Date, Subtract, Exact, Date),
    (Date, Add, Calendar, Date),
    (Date, Subtract, Calendar, Date),
    (Date, Subtract, Date, Exact),
];

/// What compares with `==`, `!=`, `in`, `covers`: two of one type.
const EQUAL: &[Kind] = &[Bool, Number, Ratio, Money, Date, Exact, Calendar, Text, Name, Enum, Ref];
/// What compares with `<`: two of one type; enums where they are ordered.
const ORDERED: &[Kind] = &[Number, Ratio, Money, Date, Exact, Calendar, Enum];
/// What `sum` adds up.
const SUMMED: &[Kind] = &[Number, Ratio, Money, Exact, Calendar];
/// What has a sign.
const SIGNED: &[Kind] = &[Number, Ratio, Money, Exact, Calendar];
/// What a message can show; lists of these too.
const SHOWN: &[Kind] = &[Bool, Number, Ratio, Money, Date, Exact, Calendar, Text, Name, Prose, Enum, Ref];

/// Why two kinds do not go together, and what to write instead of the second.
const ADVICE: &[(Kind, Kind, &str)] = &[
    (Ratio, Number, "a ratio wants a `%`, `5%` is 0.05; or divide two numbers"),
    (Enum, Text, "text and enum never compare: write the member without quotes"),
    (Enum, Name, "text and enum never compare: write the member without quotes"),
    (Text, Name, "a `name` is folded before it compares and a `text` is not: give both fields one type in the model"),
    (Money, Number, "an amount wants its currency: `1000 CNY`"),
    (Exact, Number, "a duration wants its unit: `3 days`"),
    (Calendar, Number, "a duration wants its unit: `3 months`"),
    (Exact, Calendar, "days and months never mix: a month has no fixed number of days"),
    (Money, Money, "amounts of different currencies never mix"),
    (Ref, Text, "a reference compares with another reference into the same list; go through it to a field: `x_ref.id`"),
    (Ref, Name, "a reference compares with another reference into the same list; go through it to a field: `x_ref.id`"),
    (Ref, Ref, "references into different lists never compare"),
    (Enum, Enum, "members of different enums never compare"),
    (Bool, Enum, "`true` and `false` are no members"),
    (Date, Exact, "add a date: `as_of - 90 days`"),
    (Date, Calendar, "add a date: `as_of - 3 months`"),
    (Date, Text, "a date is written without quotes: `2020-05-01`"),
    (Number, Text, "a number is written without quotes"),
    (Bool, Text, "`true` and `false` are written without quotes"),
    (Text, Number, "a text is written in quotes"),
    (Record, Record, "compare their fields one by one"),
    (List, List, "ask `a covers b`, or for sameness `a covers b and b covers a`"),
    (Prose, Prose, "prose can be present and be printed, nothing else"),
    (Prose, Text, "prose can be present and be printed, nothing else"),
    (Text, Prose, "prose can be present and be printed, nothing else"),
];

/// The kind of `left op right`.
pub(super) fn arithmetic(left: Kind, op: ArithmeticOp, right: Kind) -> Option<Kind> {
    ARITHMETIC.iter().find(|row| (row.0, row.1, row.2) == (left, op, right)).map(|row| row.3)
}

pub(super) fn is_equal(kind: Kind) -> bool {
    EQUAL.contains(&kind)
}

pub(super) fn is_ordered(kind: Kind) -> bool {
    ORDERED.contains(&kind)
}

pub(super) fn is_summed(kind: Kind) -> bool {
    SUMMED.contains(&kind)
}

pub(super) fn is_signed(kind: Kind) -> bool {
    SIGNED.contains(&kind)
}

/// Whether a message can show a value of this type.
pub(super) fn is_shown(ty: &Type) -> bool {
    match ty {
        Type::List(element) => SHOWN.contains(&kind(element)),
        other => SHOWN.contains(&kind(other)),
    }
}

/// What to say where one kind is wanted and another found.
pub(super) fn advice(wanted: Kind, found: Kind) -> Option<&'static str> {
    ADVICE.iter().find(|row| (row.0, row.1) == (wanted, found)).map(|row| row.2)
}

/// What to say about two kinds that stand beside each other and do not go together.
pub(super) fn mutual_advice(one: Kind, other: Kind) -> Option<&'static str> {
    advice(one, other).or_else(|| advice(other, one))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_row_stands_twice() {
        for (at, row) in ARITHMETIC.iter().enumerate() {
            assert!(
                !ARITHMETIC[..at].iter().any(|other| (other.0, other.1, other.2) == (row.0, row.1, row.2)),
                "{row:?}"
            );
        }
    }

    #[test]
    fn only_one_kind_of_duration_adds() {
        assert_eq!(arithmetic(Exact, Add, Calendar), None);
        assert_eq!(arithmetic(Date, Subtract, Date), Some(Exact));
        assert_eq!(arithmetic(Money, Multiply, Money), None);
    }
}
