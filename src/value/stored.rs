//! Values as parts of what is stored: numbers as two whole numbers, dates as the words that they are written with, texts as
//! they are. What comes back is a value like any other, whatever the bytes say.

use super::{Date, Number, Text};
use num_bigint::BigInt;
use num_rational::Ratio;
use num_traits::Zero;
use serde::de::{Deserialize, Deserializer, Error};
use serde::ser::{Serialize, Serializer};

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (self.as_decimal(), self.as_decimal().is_none().then(|| fraction(self))).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = match Deserialize::deserialize(deserializer)? {
            (Some((mantissa, scale)), None::<(&str, &str)>) => Self::decimal(mantissa, scale),
            (None::<(i64, u8)>, Some((numerator, denominator))) => of_fraction(numerator, denominator),
            _ => None,
        };
        number.ok_or_else(|| D::Error::custom("no number"))
    }
}

/// Numerator and denominator, in digits.
fn fraction(number: &Number) -> (String, String) {
    let ratio = number.to_big();
    (ratio.numer().to_string(), ratio.denom().to_string())
}

/// None where they are no whole numbers, or need more bits than a number may have.
fn of_fraction(numerator: &str, denominator: &str) -> Option<Number> {
    let whole = |digits: &str| digits.parse::<BigInt>().ok();
    let denominator = whole(denominator).filter(|denominator| !denominator.is_zero())?;
    Number::from_big(Ratio::new(whole(numerator)?, denominator))
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.parts().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (year, month, day) = Deserialize::deserialize(deserializer)?;
        Self::new(year, month, day).ok_or_else(|| D::Error::custom("no day of the calendar"))
    }
}

impl Serialize for Text<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_str().serialize(serializer)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::Borrowed(Deserialize::deserialize(deserializer)?))
    }
}
