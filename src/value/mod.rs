//! Exact values: numbers, dates, durations, texts. No binary floating point anywhere.
//!
//! It knows nothing of policies, models or declarations.

mod date;
mod decimal;
mod number;
mod stored;
mod text;

pub use date::Date;
pub(crate) use decimal::{DECIMALS, Decimal, add_decimals, compare_decimals, leading_decimal, trimmed};
pub use number::{ArithmeticError, MAX_BITS, MAX_DIGITS, MAX_EXPONENT, Number, NumberError};
pub use text::{Text, fold_name};
pub(crate) use text::{fold_into, is_folded};

/// A member of its enum, by position: members of an ordered enum compare by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct MemberId(u32);

impl MemberId {
    /// The member at this index of its enum.
    #[must_use]
    pub fn new(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// Its index in its enum.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// A scalar as the engine computes with it. Money counts in its currency, ratios are fractions, exact durations
/// count minutes, calendar durations count months: what is what the static type says.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Value<'a> {
    /// `true`, `false`
    Bool(bool),
    /// a number, ratio, amount or duration
    Number(Number),
    /// a calendar date
    Date(Date),
    /// a text, name (folded), prose or reference
    Text(#[serde(borrow)] Text<'a>),
    /// a member of the enum that the static type names
    Member(MemberId),
}

impl Value<'_> {
    /// The same value, borrowed from nothing.
    #[must_use]
    pub fn into_static(self) -> Value<'static> {
        match self {
            Self::Bool(value) => Value::Bool(value),
            Self::Number(number) => Value::Number(number),
            Self::Date(date) => Value::Date(date),
            Self::Text(text) => Value::Text(text.into_static()),
            Self::Member(member) => Value::Member(member),
        }
    }
}
