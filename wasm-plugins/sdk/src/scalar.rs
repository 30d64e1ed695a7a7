//! Scalars: how the types of Rust stand for those of the language. Exact both ways, no floating point.

use crate::bindings::hongxian::plugin::values as wit;
use crate::border::{Value, ValueType};
use std::marker::PhantomData;

/// A type that crosses the border as one of the language's.
///
/// | Rust | language |
/// | --- | --- |
/// | `bool` | `bool` |
/// | [`Decimal`] | `number` |
/// | [`Ratio`] | `ratio` |
/// | [`Money`] | `money in …` |
/// | [`Date`] | `date` |
/// | [`Minutes`] | `duration in minutes`, `hours`, `days` |
/// | [`Months`] | `duration in months`, `years` |
/// | `String` | `text` |
/// | [`Name`] | `name` |
pub trait Scalar: Sized {
    /// The type that the checker of policies sees.
    fn value_type() -> ValueType;

    /// From the border; the error says what came instead.
    fn from_value(value: Value) -> Result<Self, String>;

    /// To the border.
    fn into_value(self) -> Value;
}

/// An exact decimal: `mantissa` × 10^-`scale`, at most 34 digits and 34 places either way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Decimal {
    /// The digits, with the sign.
    pub mantissa: i128,
    /// How many places the point stands from the right.
    pub scale: i8,
}

impl Decimal {
    /// The whole number that this is, where it is one that fits.
    pub fn whole(self) -> Option<i64> {
        let power = 10_i128.checked_pow(u32::from(self.scale.unsigned_abs()))?;
        let whole = if self.scale <= 0 {
            self.mantissa.checked_mul(power)?
        } else if self.mantissa % power == 0 {
            self.mantissa / power
        } else {
            return None;
        };
        i64::try_from(whole).ok()
    }
}

impl From<i64> for Decimal {
    fn from(whole: i64) -> Self {
        Self { mantissa: whole.into(), scale: 0 }
    }
}

impl From<wit::Decimal> for Decimal {
    fn from(decimal: wit::Decimal) -> Self {
        let mantissa = (i128::from(decimal.high) << 64) | i128::from(decimal.low);
        Self { mantissa, scale: decimal.scale }
    }
}

impl From<Decimal> for wit::Decimal {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the two halves of 128 bits")]
    fn from(decimal: Decimal) -> Self {
        Self { high: (decimal.mantissa >> 64) as i64, low: decimal.mantissa as u64, scale: decimal.scale }
    }
}

/// A plain fraction: 5 % is 0.05.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ratio(pub Decimal);

impl Ratio {
    /// Whether `part` of `whole` is this ratio or more. Of nothing, no part is. `None` past 38 digits.
    pub fn is_reached(self, part: u32, whole: u32) -> Option<bool> {
        let power = 10_i128.checked_pow(u32::from(self.0.scale.unsigned_abs()))?;
        let (left, right) = (i128::from(part), self.0.mantissa.checked_mul(i128::from(whole))?);
        let reached =
            if self.0.scale < 0 { left >= right.checked_mul(power)? } else { left.checked_mul(power)? >= right };
        Some(whole > 0 && reached)
    }
}

/// A currency that a type can name.
pub trait Currency {
    /// ISO 4217, such as `CNY`.
    const CODE: &'static str;
}

/// An amount in the currency `C`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Money<C> {
    /// How much.
    pub amount: Decimal,
    currency: PhantomData<C>,
}

impl<C> Money<C> {
    /// So much of it.
    pub fn new(amount: Decimal) -> Self {
        Self { amount, currency: PhantomData }
    }
}

/// A day of the Gregorian calendar. Earlier days are less.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// From 1 to 9999.
    pub year: u16,
    /// From 1 to 12.
    pub month: u8,
    /// From 1 to 31.
    pub day: u8,
}

/// An exact duration, in minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Minutes(pub Decimal);

/// A calendar duration, in whole months.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Months(pub i64);

/// A text that the language compares after NFKC, trimmed and with single blanks; it arrives like that.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Name(pub String);

/// One row for each type whose value is one part of a variant.
macro_rules! scalars {
    ($($rust:ty: $name:literal, $ty:ident, $variant:ident, $from:expr, $into:expr;)*) => { $(
        impl Scalar for $rust {
            fn value_type() -> ValueType {
                ValueType::$ty
            }

            fn from_value(value: Value) -> Result<Self, String> {
                match value {
                    Value::$variant(inner) => Ok($from(inner)),
                    other => Err(unexpected($name, &other)),
                }
            }

            fn into_value(self) -> Value {
                Value::$variant($into(self))
            }
        }
    )* };
}

scalars! {
    bool: "bool", Bool, Bool, |inner| inner, |own| own;
    Decimal: "number", Number, Number, Decimal::from, wit::Decimal::from;
    Ratio: "ratio", Ratio, Ratio, |inner: wit::Decimal| Ratio(inner.into()), |own: Ratio| own.0.into();
    Minutes: "duration in minutes", Minutes, Minutes, |inner: wit::Decimal| Minutes(inner.into()), |own: Minutes| own.0.into();
    Months: "duration in months", Months, Months, Months, |own: Months| own.0;
    String: "text", Text, Text, |inner| inner, |own| own;
    Name: "name", Name, Text, Name, |own: Name| own.0;
    Date: "date", Date, Date,
        |inner: wit::Date| Date { year: inner.year, month: inner.month, day: inner.day },
        |own: Date| wit::Date { year: own.year, month: own.month, day: own.day };
}

impl<C: Currency> Scalar for Money<C> {
    fn value_type() -> ValueType {
        ValueType::Money(C::CODE.to_owned())
    }

    fn from_value(value: Value) -> Result<Self, String> {
        match value {
            Value::Money(money) if money.currency == C::CODE => Ok(Self::new(money.amount.into())),
            other => Err(unexpected(C::CODE, &other)),
        }
    }

    fn into_value(self) -> Value {
        Value::Money(wit::Money { amount: self.amount.into(), currency: C::CODE.to_owned() })
    }
}

fn unexpected(expected: &str, found: &Value) -> String {
    let found = match found {
        Value::Bool(_) => "bool",
        Value::Number(_) => "number",
        Value::Ratio(_) => "ratio",
        Value::Money(_) => "money",
        Value::Date(_) => "date",
        Value::Minutes(_) => "duration in minutes",
        Value::Months(_) => "duration in months",
        Value::Text(_) => "text",
    };
    format!("expected `{expected}`, found `{found}`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_cross_exactly() {
        for mantissa in [0, 1, -1, 10_i128.pow(34) - 1, -(10_i128.pow(34)) + 1, i128::from(u64::MAX), -(1_i128 << 64)] {
            let decimal = Decimal { mantissa, scale: -3 };
            assert_eq!(Decimal::from(wit::Decimal::from(decimal)), decimal, "{mantissa}");
        }
    }

    #[test]
    fn whole_numbers_are_told_from_fractions() {
        let whole = |mantissa, scale| Decimal { mantissa, scale }.whole();
        assert_eq!((whole(25, 1), whole(250, 1), whole(25, -2)), (None, Some(25), Some(2500)));
        assert_eq!(whole(1, -34), None, "too large for 64 bits");
    }

    #[test]
    fn a_ratio_is_reached_exactly() {
        let eighty = Ratio(Decimal { mantissa: 8, scale: 1 });
        assert_eq!((eighty.is_reached(4, 5), eighty.is_reached(799, 1000)), (Some(true), Some(false)));
        assert_eq!(eighty.is_reached(0, 0), Some(false));
        assert_eq!(Ratio(Decimal { mantissa: 1, scale: -1 }).is_reached(10, 1), Some(true));
    }

    #[test]
    fn what_is_of_another_type_is_refused() {
        assert_eq!(bool::from_value(Value::Text("yes".into())).unwrap_err(), "expected `bool`, found `text`");
    }
}
