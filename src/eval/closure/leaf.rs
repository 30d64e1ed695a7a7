//! Tests of one cell: what is usual by a few instructions, for a cell or for a column of them, and what is seldom as the
//! machine does it.

use super::super::compare::holds;
use super::super::kleene::Truth;
use super::super::operand::Operand;
use super::rows::Chunk;
use super::slot::Run;
use super::truths::{Truths, bits};
use crate::decode::cells::{Packed, PackedCell};
use crate::syntax::ast::CompareOp;
use crate::value::{DECIMALS, Date, Decimal, MemberId, Value};

/// What a cell comes to that holds something seldom: nothing, a named null, a number that is too long for a machine word.
type Seldom = Box<dyn Fn(&Run<'_>, PackedCell) -> Truth + Send + Sync>;

/// A test of one cell.
pub(super) struct Leaf {
    usual: Usual,
    seldom: Seldom,
    /// What it comes to where there is no such cell.
    pub(super) void: Truth,
}

/// What is decided at sight.
pub(super) enum Usual {
    /// A number, by an interval for each count of decimals.
    Number(Box<Numbers>),
    /// A date, by the first and the last one for which it holds.
    Date(Dates),
    /// A member, by the bits of those for which it holds.
    Member(Members),
    /// Whether something is true.
    True(Bools),
    /// A text.
    Text(Box<dyn Fn(&str) -> bool + Send + Sync>),
    /// Whether anything is given.
    Given(Given),
    /// Nothing.
    Never,
}

/// What can be said of a cell by a few instructions.
trait Look {
    /// Whether the cell holds what this knows of.
    fn knows(&self, cell: Packed) -> bool;
    /// Whether it does, and the test holds.
    fn holds(&self, cell: Packed) -> bool;
}

impl Leaf {
    pub(super) fn new(
        usual: Usual,
        void: Truth,
        seldom: impl Fn(&Run<'_>, PackedCell) -> Truth + Send + Sync + 'static,
    ) -> Self {
        Self { usual, seldom: Box::new(seldom), void }
    }

    /// Whether it holds of a cell.
    #[inline]
    pub(super) fn of(&self, run: &Run<'_>, cell: PackedCell) -> Truth {
        let content = cell.content;
        let (known, holds) = match &self.usual {
            Usual::Number(numbers) => (numbers.knows(content), numbers.holds(content)),
            Usual::Date(dates) => (dates.knows(content), dates.holds(content)),
            Usual::Member(members) => (members.knows(content), members.holds(content)),
            Usual::True(bools) => (bools.knows(content), bools.holds(content)),
            Usual::Given(given) => (given.knows(content), given.holds(content)),
            Usual::Text(holds) => match run.declaration.packed_text(cell) {
                Some(text) => (true, holds(text)),
                None => (false, false),
            },
            Usual::Never => (false, false),
        };
        if known { holds.into() } else { (self.seldom)(run, cell) }
    }

    /// Whether it holds of something computed; none where that is for the machine's comparison to say.
    pub(super) fn of_operand(&self, operand: &Operand<'_, ()>) -> Option<bool> {
        match (&self.usual, operand) {
            (Usual::Number(numbers), Operand::Known(Value::Number(number))) => {
                number.as_decimal().map(|number| numbers.hold(number))
            }
            (Usual::Date(dates), Operand::Known(Value::Date(date))) => Some(dates.holds(Packed::Date(*date))),
            _ => None,
        }
    }

    /// The rows of which it holds, as far as a look tells.
    pub(super) fn at_sight(&self, rows: &Chunk<'_>, column: u32) -> u64 {
        match &self.usual {
            Usual::Number(numbers) => rows.scan(column, |cell| numbers.holds(cell)),
            Usual::Date(dates) => rows.scan(column, |cell| dates.holds(cell)),
            Usual::Member(members) => rows.scan(column, |cell| members.holds(cell)),
            Usual::True(bools) => rows.scan(column, |cell| bools.holds(cell)),
            Usual::Given(given) => rows.scan(column, |cell| given.holds(cell)),
            Usual::Text(_) | Usual::Never => 0,
        }
    }

    /// Whether it holds of the cells of a column, for the rows that are wanted.
    pub(super) fn of_rows(&self, run: &Run<'_>, rows: &Chunk<'_>, column: u32) -> Truths {
        let mut truths = match &self.usual {
            Usual::Number(numbers) => scan(numbers.as_ref(), rows, column),
            Usual::Date(dates) => scan(dates, rows, column),
            Usual::Member(members) => scan(members, rows, column),
            Usual::True(bools) => scan(bools, rows, column),
            Usual::Given(given) => scan(given, rows, column),
            Usual::Text(_) | Usual::Never => Truths::all(Truth::Unknown),
        };
        for (index, bit) in bits(rows.wanted & truths.which(Truth::Unknown)) {
            truths.set(bit, self.of(run, rows.cell(index, column)));
        }
        truths
    }
}

/// What is known at sight of the cells of a column. Where it holds of all, nothing else is asked.
#[inline]
fn scan(look: &impl Look, rows: &Chunk<'_>, column: u32) -> Truths {
    let yes = rows.scan(column, |cell| look.holds(cell));
    if rows.wanted & !yes == 0 {
        return Truths { yes, no: 0 };
    }
    Truths { yes, no: rows.scan(column, |cell| look.knows(cell)) & !yes }
}

impl Usual {
    /// A comparison with a constant, other than `!=`.
    pub(super) fn compare(op: CompareOp, constant: &Value<'static>) -> Self {
        match constant {
            Value::Number(number) => match number.as_decimal() {
                Some(own) => Self::Number(Box::new(Numbers::new(op, own))),
                None => Self::Never,
            },
            Value::Date(own) => Dates::new(op, *own).map_or(Self::Never, Self::Date),
            Value::Member(own) => Self::members(|member| holds(op, member.cmp(own))),
            Value::Bool(_) => Self::Never,
            Value::Text(own) => {
                let own: Box<str> = own.as_str().into();
                Self::Text(Box::new(move |text| text == own.as_ref()))
            }
        }
    }

    /// The members for which something holds.
    pub(super) fn members(holds: impl Fn(MemberId) -> bool) -> Self {
        let members = (0..64).filter(|index| holds(MemberId::new(*index)));
        Self::Member(Members(members.fold(0, |bits, index| bits | 1 << index)))
    }
}

/// The members for which something holds, by bits; those behind the sixty-fourth have none, and are not known.
pub(super) struct Members(u64);

impl Look for Members {
    #[inline]
    fn knows(&self, cell: Packed) -> bool {
        matches!(cell, Packed::Member(member) if member.index() < 64)
    }

    #[inline]
    fn holds(&self, cell: Packed) -> bool {
        matches!(cell, Packed::Member(member) if member.index() < 64 && self.0 >> (member.index() & 63) & 1 != 0)
    }
}

/// Truths as they stand.
pub(super) struct Bools;

impl Look for Bools {
    #[inline]
    fn knows(&self, cell: Packed) -> bool {
        matches!(cell, Packed::Bool(_))
    }

    #[inline]
    fn holds(&self, cell: Packed) -> bool {
        matches!(cell, Packed::Bool(true))
    }
}

/// Everything but nothing.
pub(super) struct Given;

impl Look for Given {
    #[inline]
    fn knows(&self, cell: Packed) -> bool {
        cell != Packed::Unknown
    }

    #[inline]
    fn holds(&self, cell: Packed) -> bool {
        cell != Packed::Unknown
    }
}

/// The dates from one to another.
pub(super) struct Dates {
    from: Date,
    until: Date,
}

impl Dates {
    /// `x op own`; none where that is for no interval.
    fn new(op: CompareOp, own: Date) -> Option<Self> {
        let (from, until) = match op {
            CompareOp::Less => (Date::FIRST, own.add_days(-1)?),
            CompareOp::LessEqual => (Date::FIRST, own),
            CompareOp::Greater => (own.add_days(1)?, Date::LAST),
            CompareOp::GreaterEqual => (own, Date::LAST),
            CompareOp::Equal => (own, own),
            CompareOp::NotEqual => return None,
        };
        Some(Self { from, until })
    }
}

impl Look for Dates {
    #[inline]
    fn knows(&self, cell: Packed) -> bool {
        matches!(cell, Packed::Date(_))
    }

    #[inline]
    fn holds(&self, cell: Packed) -> bool {
        matches!(cell, Packed::Date(date) if (self.from..=self.until).contains(&date))
    }
}

/// The numbers for which a comparison with a constant holds: for each count of decimals, from which mantissa to which.
pub(super) struct Numbers([(i64, i64); DECIMALS]);

impl Numbers {
    /// `x op own`, other than `!=`.
    fn new(op: CompareOp, own: Decimal) -> Self {
        Self(std::array::from_fn(|decimals| bounds(op, own, decimals)))
    }

    #[inline]
    fn hold(&self, (mantissa, scale): Decimal) -> bool {
        self.0.get(usize::from(scale)).is_some_and(|(from, until)| (*from..=*until).contains(&mantissa))
    }
}

impl Look for Numbers {
    #[inline]
    fn knows(&self, cell: Packed) -> bool {
        matches!(cell, Packed::Decimal { .. })
    }

    #[inline]
    fn holds(&self, cell: Packed) -> bool {
        matches!(cell, Packed::Decimal { scale, mantissa } if self.hold((i64::from_ne_bytes(mantissa), scale)))
    }
}

/// The mantissas of so many decimals for which a comparison other than `!=` holds.
fn bounds(op: CompareOp, (mantissa, scale): Decimal, decimals: usize) -> (i64, i64) {
    let scale = usize::from(scale);
    let shifted = i128::from(mantissa) * power(decimals.saturating_sub(scale));
    let divisor = power(scale.saturating_sub(decimals));
    let floor = shifted.div_euclid(divisor);
    let ceiling = floor + i128::from(shifted.rem_euclid(divisor) != 0);
    let (from, until) = match op {
        CompareOp::Less => (i128::MIN, ceiling - 1),
        CompareOp::LessEqual => (i128::MIN, floor),
        CompareOp::Greater => (floor + 1, i128::MAX),
        CompareOp::GreaterEqual => (ceiling, i128::MAX),
        CompareOp::Equal => (ceiling, floor),
        CompareOp::NotEqual => return NONE,
    };
    let (least, most) = (i128::from(i64::MIN), i128::from(i64::MAX));
    if from > until || from > most || until < least {
        return NONE;
    }
    let clamped = |bound: i128| i64::try_from(bound.clamp(least, most)).unwrap_or_default();
    (clamped(from), clamped(until))
}

/// Bounds between which nothing is.
const NONE: (i64, i64) = (1, 0);

fn power(exponent: usize) -> i128 {
    10_i128.pow(u32::try_from(exponent).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::compare_decimals;

    const OPS: [CompareOp; 5] =
        [CompareOp::Less, CompareOp::LessEqual, CompareOp::Greater, CompareOp::GreaterEqual, CompareOp::Equal];

    #[test]
    fn intervals_hold_what_comparisons_hold() {
        let mantissas = [0, 1, -1, 9, 10, 11, -10, 99, 100, 101, 12_345, -12_345, i64::MAX, i64::MAX - 1, i64::MIN];
        let scales = [0, 1, 2, 3, 17, 18];
        let all = || mantissas.iter().flat_map(|mantissa| scales.map(|scale| (*mantissa, scale)));
        for op in OPS {
            for own in all() {
                let numbers = Numbers::new(op, own);
                for number in all() {
                    assert_eq!(
                        numbers.hold(number),
                        holds(op, compare_decimals(number, own)),
                        "{number:?} {op:?} {own:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn intervals_of_dates_too() {
        let all = ["0001-01-01", "2020-02-28", "2020-02-29", "2020-03-01", "9999-12-31"]
            .map(|date| Date::parse(date).unwrap());
        for (op, own) in OPS.iter().flat_map(|op| all.map(|own| (*op, own))) {
            let Some(dates) = Dates::new(op, own) else { continue };
            for date in all {
                assert_eq!(dates.holds(Packed::Date(date)), holds(op, date.cmp(&own)), "{date} {op:?} {own}");
            }
        }
        assert!(Dates::new(CompareOp::Less, Date::FIRST).is_none());
        assert!(Dates::new(CompareOp::Greater, Date::LAST).is_none());
    }

    #[test]
    fn a_member_without_a_bit_is_not_decided() {
        let Usual::Member(members) = Usual::members(|member| member.index() != 3) else { unreachable!() };
        let cells = [2, 3, 63, 64].map(|index| Packed::Member(MemberId::new(index)));
        assert_eq!(cells.map(|cell| members.holds(cell)), [true, false, true, false]);
        assert_eq!(cells.map(|cell| members.knows(cell)), [true, true, true, false]);
    }
}
