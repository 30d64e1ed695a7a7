//! What can be said of a cell at sight: numbers, dates, members, truths, the beginnings of texts, each by a few instructions.

use super::super::kleene::Truth;
use crate::decode::cells::{Packed, PackedCell};
use crate::decode::declaration::Declaration;
use crate::syntax::ast::CompareOp;
use crate::value::{DECIMALS, Date, Decimal, MemberId};
use std::sync::Arc;

/// A way to look at a cell.
pub(super) trait Look: Clone + Send + Sync + 'static {
    /// Whether the cell holds what this knows of.
    fn knows(&self, cell: &PackedCell) -> bool;
    /// Whether it does, and the test holds.
    fn holds(&self, cell: &PackedCell, declaration: &Declaration<'_>) -> bool;

    /// What the test comes to; unknown where this does not know what the cell holds.
    #[inline]
    fn truth(&self, cell: &PackedCell, declaration: &Declaration<'_>) -> Truth {
        if self.holds(cell, declaration) {
            Truth::True
        } else if self.knows(cell) {
            Truth::False
        } else {
            Truth::Unknown
        }
    }
}

impl<L: Look> Look for Arc<L> {
    #[inline]
    fn knows(&self, cell: &PackedCell) -> bool {
        self.as_ref().knows(cell)
    }

    #[inline]
    fn holds(&self, cell: &PackedCell, declaration: &Declaration<'_>) -> bool {
        self.as_ref().holds(cell, declaration)
    }
}

/// The members for which something holds, by bits; those behind the sixty-fourth have none, and are not known.
#[derive(Clone, Copy)]
pub(super) struct Members(u64);

impl Members {
    /// The members for which something holds.
    pub(super) fn new(holds: impl Fn(MemberId) -> bool) -> Self {
        let members = (0..64).filter(|index| holds(MemberId::new(*index)));
        Self(members.fold(0, |bits, index| bits | 1 << index))
    }
}

impl Look for Members {
    #[inline]
    fn knows(&self, cell: &PackedCell) -> bool {
        matches!(cell.content, Packed::Member(member) if member.index() < 64)
    }

    #[inline]
    fn holds(&self, cell: &PackedCell, _: &Declaration<'_>) -> bool {
        matches!(cell.content, Packed::Member(member) if member.index() < 64 && self.0 >> (member.index() & 63) & 1 != 0)
    }
}

/// Truths as they stand.
#[derive(Clone, Copy)]
pub(super) struct Bools;

impl Look for Bools {
    #[inline]
    fn knows(&self, cell: &PackedCell) -> bool {
        matches!(cell.content, Packed::Bool(_))
    }

    #[inline]
    fn holds(&self, cell: &PackedCell, _: &Declaration<'_>) -> bool {
        matches!(cell.content, Packed::Bool(true))
    }
}

/// Texts by how they begin, or by what they are: one of these.
#[derive(Clone)]
pub(super) struct Starts {
    first: Option<Start>,
    others: Box<[Start]>,
}

/// The beginning of a text, of which the first eight bytes are compared as one number.
#[derive(Clone)]
struct Start {
    word: u64,
    /// The bits of the word that count.
    mask: u64,
    /// How long the text is at least, and at most.
    len: (usize, usize),
    bytes: Box<[u8]>,
}

impl Starts {
    /// Texts that are one of these.
    pub(super) fn whole<'a>(any: impl IntoIterator<Item = &'a str>) -> Self {
        let mut any = any.into_iter().map(|text| Start::new(text, text.len()));
        Self { first: any.next(), others: any.collect() }
    }

    /// Texts that begin with this.
    pub(super) fn with(start: &str) -> Self {
        Self { first: Some(Start::new(start, usize::MAX)), others: Box::default() }
    }

    #[inline(never)]
    fn another_begins(&self, len: usize, bytes: &[u8]) -> bool {
        self.others.iter().any(|start| start.begins(len, bytes))
    }
}

impl Start {
    fn new(text: &str, most: usize) -> Self {
        let mut word = [0; WORD];
        word.iter_mut().zip(text.bytes()).for_each(|(to, byte)| *to = byte);
        let bits = u32::try_from(8 * text.len().min(WORD)).unwrap_or(u64::BITS);
        let mask = u64::MAX.checked_shr(u64::BITS - bits).unwrap_or(0);
        Self { word: u64::from_le_bytes(word), mask, len: (text.len(), most), bytes: text.as_bytes().into() }
    }

    /// Whether a text of so many bytes begins so, that stands before other bytes.
    #[inline]
    fn begins(&self, len: usize, bytes: &[u8]) -> bool {
        let (least, most) = self.len;
        if len < least || most < len {
            return false;
        }
        match bytes.first_chunk::<WORD>() {
            Some(word) if u64::from_le_bytes(*word) & self.mask != self.word => false,
            Some(_) if least <= WORD => true,
            _ => self.begins_at_length(bytes),
        }
    }

    /// All bytes compared: of a longer beginning, or near the end of the declaration.
    #[inline(never)]
    fn begins_at_length(&self, bytes: &[u8]) -> bool {
        bytes.starts_with(&self.bytes)
    }
}

/// How many bytes are compared at once.
const WORD: usize = 8;

impl Look for Starts {
    #[inline]
    fn knows(&self, cell: &PackedCell) -> bool {
        matches!(cell.content, Packed::Text { .. } | Packed::Made { .. })
    }

    #[inline]
    fn holds(&self, cell: &PackedCell, declaration: &Declaration<'_>) -> bool {
        let Some((len, bytes)) = declaration.packed_bytes(*cell) else { return false };
        self.first.as_ref().is_some_and(|first| first.begins(len, bytes)) || self.another_begins(len, bytes)
    }
}

/// Everything but nothing.
#[derive(Clone, Copy)]
pub(super) struct Given;

impl Look for Given {
    #[inline]
    fn knows(&self, cell: &PackedCell) -> bool {
        cell.content != Packed::Unknown
    }

    #[inline]
    fn holds(&self, cell: &PackedCell, _: &Declaration<'_>) -> bool {
        cell.content != Packed::Unknown
    }
}

/// The dates from one to another.
#[derive(Clone, Copy)]
pub(super) struct Dates {
    from: Date,
    until: Date,
}

impl Dates {
    /// `x op own`; none where that is for no interval.
    pub(super) fn new(op: CompareOp, own: Date) -> Option<Self> {
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

    #[inline]
    pub(super) fn hold(self, date: Date) -> bool {
        (self.from..=self.until).contains(&date)
    }
}

impl Look for Dates {
    #[inline]
    fn knows(&self, cell: &PackedCell) -> bool {
        matches!(cell.content, Packed::Date(_))
    }

    #[inline]
    fn holds(&self, cell: &PackedCell, _: &Declaration<'_>) -> bool {
        matches!(cell.content, Packed::Date(date) if self.hold(date))
    }
}

/// The numbers for which a comparison with a constant holds: for each count of decimals, from which mantissa to which.
#[derive(Clone)]
pub(super) struct Numbers([(i64, i64); DECIMALS]);

impl Numbers {
    /// `x op own`, other than `!=`.
    pub(super) fn new(op: CompareOp, own: Decimal) -> Self {
        Self(std::array::from_fn(|decimals| bounds(op, own, decimals)))
    }

    #[inline]
    pub(super) fn hold(&self, (mantissa, scale): Decimal) -> bool {
        self.0.get(usize::from(scale)).is_some_and(|(from, until)| (*from..=*until).contains(&mantissa))
    }
}

impl Look for Numbers {
    #[inline]
    fn knows(&self, cell: &PackedCell) -> bool {
        matches!(cell.content, Packed::Decimal { .. })
    }

    #[inline]
    fn holds(&self, cell: &PackedCell, _: &Declaration<'_>) -> bool {
        matches!(cell.content, Packed::Decimal { scale, mantissa } if self.hold((i64::from_ne_bytes(mantissa), scale)))
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
    use crate::decode::cells::Cells;
    use crate::eval::compare::holds;
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
                assert_eq!(dates.hold(date), holds(op, date.cmp(&own)), "{date} {op:?} {own}");
            }
        }
        assert!(Dates::new(CompareOp::Less, Date::FIRST).is_none());
        assert!(Dates::new(CompareOp::Greater, Date::LAST).is_none());
    }

    #[test]
    fn a_member_without_a_bit_is_not_decided() {
        let members = Members::new(|member| member.index() != 3);
        let cells = [2, 3, 63, 64].map(|index| PackedCell { at: 0, content: Packed::Member(MemberId::new(index)) });
        let nothing = Declaration::new("", Cells::default());
        assert_eq!(cells.map(|cell| members.holds(&cell, &nothing)), [true, false, true, false]);
        assert_eq!(cells.map(|cell| members.knows(&cell)), [true, true, true, false]);
    }

    #[test]
    fn texts_are_told_by_their_first_bytes() {
        let texts = ["", "a", "中", "eight by", "eight byt", "nine and more"];
        for text in texts {
            for before in ["", "abc"] {
                for behind in ["", "\"", "eight bytes behind it"] {
                    let all = format!("{before}\"{text}{behind}");
                    let at = u32::try_from(before.len()).unwrap();
                    let len = u32::try_from(text.len()).unwrap();
                    let cell = PackedCell { at, content: Packed::Text { len } };
                    let declaration = Declaration::new(&all, Cells::default());
                    for own in texts {
                        assert_eq!(Starts::with(own).holds(&cell, &declaration), text.starts_with(own), "{text} {own}");
                        let whole = Starts::whole(["z", own]);
                        assert_eq!(whole.holds(&cell, &declaration), text == own, "{text} {own}");
                        assert!(whole.knows(&cell));
                    }
                }
            }
        }
    }
}
