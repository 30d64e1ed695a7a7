//! Up to sixty-four truths at once, one for each row, joined as Kleene joins single ones.

use super::super::kleene::Truth;
use std::ops::{BitAnd, BitOr, Not};

/// A truth for each of sixty-four rows, by bits: in neither set it is not known. No bit is in both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Truths {
    pub(super) yes: u64,
    pub(super) no: u64,
}

impl Truths {
    /// The same for every row.
    pub(super) const fn all(truth: Truth) -> Self {
        match truth {
            Truth::True => Self { yes: u64::MAX, no: 0 },
            Truth::False => Self { yes: 0, no: u64::MAX },
            Truth::Unknown => Self { yes: 0, no: 0 },
        }
    }

    /// The rows of which it is that.
    #[inline]
    pub(super) const fn which(self, truth: Truth) -> u64 {
        match truth {
            Truth::True => self.yes,
            Truth::False => self.no,
            Truth::Unknown => !(self.yes | self.no),
        }
    }

    /// The truth of the row with this bit.
    #[inline]
    pub(super) const fn of(self, bit: u64) -> Truth {
        if self.yes & bit != 0 {
            Truth::True
        } else if self.no & bit != 0 {
            Truth::False
        } else {
            Truth::Unknown
        }
    }

    /// Whether rows belong, of a list that may not be there itself.
    #[inline]
    pub(super) fn within(self, outer: Truth) -> Self {
        if outer == Truth::True { self } else { Self { yes: 0, ..self } }
    }

    /// Says what is so of the row with this bit, of which nothing is known yet.
    #[inline]
    pub(super) const fn set(&mut self, bit: u64, truth: Truth) {
        match truth {
            Truth::True => self.yes |= bit,
            Truth::False => self.no |= bit,
            Truth::Unknown => {}
        }
    }
}

impl BitAnd for Truths {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        Self { yes: self.yes & other.yes, no: self.no | other.no }
    }
}

impl BitOr for Truths {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self { yes: self.yes | other.yes, no: self.no & other.no }
    }
}

impl Not for Truths {
    type Output = Self;

    fn not(self) -> Self {
        Self { yes: self.no, no: self.yes }
    }
}

/// The bits that are set, from the lowest, each with its number.
#[inline]
pub(super) fn bits(mut set: u64) -> impl Iterator<Item = (u32, u64)> {
    std::iter::from_fn(move || {
        let bit = set & set.wrapping_neg();
        (bit != 0).then(|| {
            set ^= bit;
            (bit.trailing_zeros(), bit)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::kleene::{both, either};

    #[test]
    fn rows_are_joined_as_single_truths_are() {
        let three = [Truth::True, Truth::False, Truth::Unknown];
        for (a, b) in three.iter().flat_map(|a| three.map(|b| (*a, b))) {
            let (left, right) = (Truths::all(a), Truths::all(b));
            assert_eq!((left & right).of(1), both::<()>((a, ()), (b, ())).0, "{a:?} and {b:?}");
            assert_eq!((left | right).of(1), either::<()>((a, ()), (b, ())).0, "{a:?} or {b:?}");
            assert_eq!((!left).of(1 << 63), !a);
            assert_eq!(left.which(a), u64::MAX);
        }
    }

    #[test]
    fn bits_come_from_the_lowest() {
        assert_eq!(bits(0b1001 | 1 << 63).collect::<Vec<_>>(), [(0, 1), (3, 8), (63, 1 << 63)]);
        assert_eq!(bits(0).count(), 0);
    }
}
