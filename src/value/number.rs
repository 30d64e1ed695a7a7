//! Exact numbers: rationals of bounded size. Decimals of up to eighteen digits live in machine words; the rest on the heap.

use super::decimal::{Decimal, SMALL_SCALE, aligned, compare_decimals, leading_decimal, power, trimmed};
use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::Ratio;
use num_traits::{One, Signed, ToPrimitive, Zero};
use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

/// How many significant digits a number may be written with.
pub const MAX_DIGITS: usize = 34;
/// How far the exponent of a number's last digit may be from zero.
pub const MAX_EXPONENT: i64 = 34;
/// How many bits the numerator and the denominator of a computed number may have.
pub const MAX_BITS: u64 = 512;

/// An exact rational number of bounded size. Cheap to clone.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Number(Repr);

/// Invariant: a value that fits into `Small` is `Small`, and has no zero at the end of its decimals, so equal numbers have
/// equal representations.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Repr {
    /// `mantissa / 10^scale`
    Small {
        mantissa: i64,
        scale: u8,
    },
    Big(Arc<Ratio<BigInt>>),
}

/// Why text is no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberError {
    /// Not the syntax of a number.
    Syntax,
    /// More than [`MAX_DIGITS`] significant digits.
    TooManyDigits,
    /// The last digit stands further than [`MAX_EXPONENT`] places from the units.
    ExponentTooLarge,
}

/// Why a computation has no result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ArithmeticError {
    /// The result needs more than [`MAX_BITS`] bits.
    Overflow,
    /// Division by zero.
    DivisionByZero,
}

impl Number {
    /// Zero.
    pub const ZERO: Self = Self(Repr::Small { mantissa: 0, scale: 0 });

    /// `mantissa / 10^scale`, where it fits into machine words.
    pub(crate) fn decimal(mantissa: i64, scale: u8) -> Option<Self> {
        let (mantissa, scale) = trimmed(mantissa, scale);
        (scale <= SMALL_SCALE).then_some(Self(Repr::Small { mantissa, scale }))
    }

    /// The same of a wider mantissa.
    fn wide_decimal(mantissa: i128, scale: u8) -> Option<Self> {
        if let Ok(mantissa) = i64::try_from(mantissa) {
            return Self::decimal(mantissa, scale);
        }
        let (mut mantissa, mut scale) = (mantissa, scale);
        while scale > 0 && mantissa % 10 == 0 {
            (mantissa, scale) = (mantissa / 10, scale - 1);
        }
        Self::decimal(mantissa.try_into().ok()?, scale)
    }

    /// Its mantissa and scale, where it is in machine words.
    pub(crate) const fn as_decimal(&self) -> Option<(i64, u8)> {
        match &self.0 {
            Repr::Small { mantissa, scale } => Some((*mantissa, *scale)),
            Repr::Big(_) => None,
        }
    }

    /// Reads a number of JSON: sign, digits, point and exponent.
    pub fn parse_json(text: &str) -> Result<Self, NumberError> {
        if let Some(number) = parse_short(text) {
            return Ok(number);
        }
        let (mantissa, exponent) = match text.find(['e', 'E']) {
            Some(at) => (text.get(..at).unwrap_or_default(), parse_exponent(text.get(at + 1..).unwrap_or_default())?),
            None => (text, 0),
        };
        match leading_decimal(mantissa.as_bytes()) {
            Some((decimal, [])) if let Some(number) = shifted(decimal, exponent) => Ok(number),
            _ => Self::from_parts(mantissa, exponent),
        }
    }

    /// Reads a decimal without exponent, as in policies and amounts: `1_000.50`, `-3`.
    pub fn parse_decimal(text: &str) -> Result<Self, NumberError> {
        match parse_short(text) {
            Some(number) => Ok(number),
            None if text.contains('_') => Self::from_parts(&text.replace('_', ""), 0),
            None => Self::from_parts(text, 0),
        }
    }

    fn from_parts(mantissa: &str, exponent: i64) -> Result<Self, NumberError> {
        let digits = mantissa.strip_prefix('-').unwrap_or(mantissa);
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let digit = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !digit(whole) || !digit(fraction) {
            return Err(NumberError::Syntax);
        }
        let fraction = fraction.trim_end_matches('0');
        let joined = format!("{whole}{fraction}");
        let significant = joined.trim_start_matches('0');
        let kept = if fraction.is_empty() { significant.trim_end_matches('0') } else { significant };
        if kept.is_empty() {
            return Ok(Self::ZERO);
        }
        if kept.len() > MAX_DIGITS {
            return Err(NumberError::TooManyDigits);
        }
        let dropped = i64::try_from(significant.len() - kept.len()).unwrap_or(i64::MAX);
        let shift = exponent.saturating_sub(i64::try_from(fraction.len()).unwrap_or(i64::MAX)).saturating_add(dropped);
        if shift.abs() > MAX_EXPONENT {
            return Err(NumberError::ExponentTooLarge);
        }
        let power = u32::try_from(shift.unsigned_abs()).map_err(|_| NumberError::ExponentTooLarge)?;
        let value: BigInt = kept.parse().map_err(|_| NumberError::Syntax)?;
        let value = if mantissa.starts_with('-') { -value } else { value };
        let scale = BigInt::from(10).pow(power);
        let ratio = if shift < 0 { Ratio::new(value, scale) } else { Ratio::from_integer(value * scale) };
        Ok(Self::from_big(ratio).unwrap_or(Self::ZERO))
    }

    /// The result of a computation: none where it needs too many bits.
    pub(super) fn from_big(ratio: Ratio<BigInt>) -> Option<Self> {
        if let Some(small) = small(&ratio) {
            return Some(small);
        }
        let fits = ratio.numer().bits() <= MAX_BITS && ratio.denom().bits() <= MAX_BITS;
        fits.then(|| Self(Repr::Big(Arc::new(ratio))))
    }

    pub(super) fn to_big(&self) -> Ratio<BigInt> {
        match &self.0 {
            Repr::Small { mantissa, scale: 0 } => Ratio::from_integer(BigInt::from(*mantissa)),
            Repr::Small { mantissa, scale } => Ratio::new(BigInt::from(*mantissa), BigInt::from(power(*scale))),
            Repr::Big(ratio) => ratio.as_ref().clone(),
        }
    }

    fn compute(
        &self,
        other: &Self,
        small: impl Fn(Decimal, Decimal) -> Option<Self>,
        big: impl Fn(Ratio<BigInt>, Ratio<BigInt>) -> Ratio<BigInt>,
    ) -> Result<Self, ArithmeticError> {
        if let (Some(a), Some(b)) = (self.as_decimal(), other.as_decimal())
            && let Some(result) = small(a, b)
        {
            return Ok(result);
        }
        Self::from_big(big(self.to_big(), other.to_big())).ok_or(ArithmeticError::Overflow)
    }

    /// `self + other`
    pub fn add(&self, other: &Self) -> Result<Self, ArithmeticError> {
        let small = |a, b| {
            let (a, b, scale) = aligned(a, b);
            Self::wide_decimal(a + b, scale)
        };
        self.compute(other, small, |a, b| a + b)
    }

    /// `self - other`
    pub fn subtract(&self, other: &Self) -> Result<Self, ArithmeticError> {
        let small = |a, b| {
            let (a, b, scale) = aligned(a, b);
            Self::wide_decimal(a - b, scale)
        };
        self.compute(other, small, |a, b| a - b)
    }

    /// `self * other`
    pub fn multiply(&self, other: &Self) -> Result<Self, ArithmeticError> {
        let small = |(a, a_scale): Decimal, (b, b_scale): Decimal| {
            Self::wide_decimal(i128::from(a) * i128::from(b), a_scale + b_scale)
        };
        self.compute(other, small, |a, b| a * b)
    }

    /// `self / other`
    pub fn divide(&self, other: &Self) -> Result<Self, ArithmeticError> {
        if other.is_zero() {
            return Err(ArithmeticError::DivisionByZero);
        }
        self.compute(other, quotient, |a, b| a / b)
    }

    /// `-self`
    pub fn negate(&self) -> Result<Self, ArithmeticError> {
        Self::ZERO.subtract(self)
    }

    /// Whether it is zero.
    #[must_use]
    pub const fn is_zero(&self) -> bool {
        matches!(&self.0, Repr::Small { mantissa: 0, .. })
    }

    /// Whether it is a whole number.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        match &self.0 {
            Repr::Small { scale, .. } => *scale == 0,
            Repr::Big(ratio) => ratio.is_integer(),
        }
    }

    /// As mantissa × 10^-scale, where the decimals end and both are within the limits of a number as it is written. The
    /// scale is the smallest one that is not negative; it is negative only for whole numbers of more digits.
    #[must_use]
    pub fn to_decimal(&self) -> Option<(i128, i8)> {
        if let Some(whole) = self.to_i64() {
            return Some((i128::from(whole), 0));
        }
        let (mut digits, places) = finite_decimal(&self.to_big())?;
        let mut scale = i64::try_from(places).ok()?;
        let most = BigInt::from(10).pow(u32::try_from(MAX_DIGITS).ok()?);
        while digits.magnitude() >= most.magnitude() && (&digits % 10_u8).is_zero() {
            digits /= 10_u8;
            scale -= 1;
        }
        let fits = digits.magnitude() < most.magnitude() && scale.abs() <= MAX_EXPONENT;
        if fits { Some((digits.to_i128()?, i8::try_from(scale).ok()?)) } else { None }
    }

    /// mantissa × 10^-scale, within the limits of a number as it is written.
    #[must_use]
    pub fn from_decimal(mantissa: i128, scale: i8) -> Option<Self> {
        let power = u32::from(scale.unsigned_abs());
        let digits = mantissa.unsigned_abs().checked_ilog10().map_or(0, |log| log as usize + 1);
        if digits > MAX_DIGITS || i64::from(power) > MAX_EXPONENT {
            return None;
        }
        let (value, factor) = (BigInt::from(mantissa), BigInt::from(10).pow(power));
        Self::from_big(if scale > 0 { Ratio::new(value, factor) } else { Ratio::from_integer(value * factor) })
    }

    /// As a machine integer, where it is whole and fits.
    #[must_use]
    pub const fn to_i64(&self) -> Option<i64> {
        match &self.0 {
            Repr::Small { mantissa, scale: 0 } => Some(*mantissa),
            _ => None,
        }
    }
}

/// A quotient whose decimals end soon.
fn quotient((a, a_scale): Decimal, (b, b_scale): Decimal) -> Option<Number> {
    let common = i128::from(a).gcd(&i128::from(b)) * i128::from(b.signum());
    let (a, b) = (i64::try_from(i128::from(a) / common).ok()?, i64::try_from(i128::from(b) / common).ok()?);
    let places = decimal_places(b.unsigned_abs()).filter(|places| *places <= SMALL_SCALE)?;
    let mantissa = i128::from(a).checked_mul(i128::from(power(places) / b))?;
    let scale = places + a_scale;
    match scale.checked_sub(b_scale) {
        Some(scale) => Number::wide_decimal(mantissa, scale),
        None => Number::wide_decimal(mantissa.checked_mul(i128::from(power(b_scale - scale)))?, 0),
    }
}

/// How many decimals a fraction over this denominator has, where they end.
fn decimal_places(denominator: u64) -> Option<u8> {
    let mut rest = denominator.checked_shr(denominator.trailing_zeros())?;
    let mut fives = 0;
    while rest.is_multiple_of(5) {
        (rest, fives) = (rest / 5, fives + 1);
    }
    (rest == 1).then(|| u8::try_from(denominator.trailing_zeros()).unwrap_or(u8::MAX).max(fives))
}

/// A ratio in machine words, where it fits.
fn small(ratio: &Ratio<BigInt>) -> Option<Number> {
    let denominator = ratio.denom().to_u64()?;
    let places = decimal_places(denominator).filter(|places| *places <= SMALL_SCALE)?;
    let factor = power(places).unsigned_abs() / denominator;
    let mantissa = ratio.numer().to_i64()?.checked_mul(i64::try_from(factor).ok()?)?;
    Some(Number(Repr::Small { mantissa, scale: places }))
}

/// A number of at most eighteen digits without exponent.
fn parse_short(text: &str) -> Option<Number> {
    match leading_decimal(text.as_bytes())? {
        ((mantissa, scale), []) => Some(Number(Repr::Small { mantissa, scale })),
        _ => None,
    }
}

/// A decimal times a power of ten, where it stays in machine words.
fn shifted((mantissa, scale): Decimal, exponent: i64) -> Option<Number> {
    let small = |by: i64| u8::try_from(by).ok().filter(|by| *by <= SMALL_SCALE);
    let scale = i64::from(scale).checked_sub(exponent)?;
    let times = power(small(scale.checked_neg()?.max(0))?);
    Number::decimal(mantissa.checked_mul(times)?, small(scale.max(0))?)
}

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        Self(Repr::Small { mantissa: value, scale: 0 })
    }
}

impl From<u64> for Number {
    fn from(value: u64) -> Self {
        match i64::try_from(value) {
            Ok(value) => value.into(),
            Err(_) => Self::from_big(Ratio::from_integer(BigInt::from(value))).unwrap_or(Self::ZERO),
        }
    }
}

fn parse_exponent(text: &str) -> Result<i64, NumberError> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(NumberError::Syntax);
    }
    let significant = digits.trim_start_matches('0');
    let value: i64 = match significant.len() {
        0 => 0,
        1..=9 => significant.parse().map_err(|_| NumberError::Syntax)?,
        _ => i64::from(u32::MAX),
    };
    Ok(if text.starts_with('-') { -value } else { value })
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.as_decimal(), other.as_decimal()) {
            (Some(a), Some(b)) => compare_decimals(a, b),
            _ => self.to_big().cmp(&other.to_big()),
        }
    }
}

/// Exact where the decimals end, without trailing zeros; otherwise six places, half-even, after `≈`.
impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((mantissa, scale)) = self.as_decimal() {
            return write_decimal(f, mantissa, scale);
        }
        let ratio = self.to_big();
        if let Some((digits, places)) = finite_decimal(&ratio) {
            return write!(f, "{}", place_point(&digits, places));
        }
        let million = BigInt::from(1_000_000);
        let rounded = round_half_even(&(ratio * &million));
        write!(f, "≈{}", place_point(&rounded, 6))
    }
}

/// A decimal without zeros at the end.
fn write_decimal(f: &mut fmt::Formatter<'_>, mantissa: i64, scale: u8) -> fmt::Result {
    if scale == 0 {
        return write!(f, "{mantissa}");
    }
    let (sign, digits, power) =
        (if mantissa < 0 { "-" } else { "" }, mantissa.unsigned_abs(), power(scale).unsigned_abs());
    write!(f, "{sign}{}.{:0width$}", digits / power, digits % power, width = usize::from(scale))
}

/// The digits and how many of them are decimals, where the decimals end.
fn finite_decimal(ratio: &Ratio<BigInt>) -> Option<(BigInt, usize)> {
    let mut rest = ratio.denom().clone();
    let mut places = [0_usize; 2];
    for (prime, count) in [2_u8, 5].into_iter().zip(&mut places) {
        while (&rest % prime).is_zero() {
            rest /= prime;
            *count += 1;
        }
    }
    let places = places.into_iter().max().unwrap_or(0);
    let scale = BigInt::from(10).pow(u32::try_from(places).ok()?);
    rest.is_one().then(|| (ratio.numer() * (scale / ratio.denom()), places))
}

fn round_half_even(ratio: &Ratio<BigInt>) -> BigInt {
    let floor = ratio.floor().to_integer();
    let twice = (ratio - Ratio::from_integer(floor.clone())) * BigInt::from(2);
    let odd = !(&floor % 2_u8).is_zero();
    match twice.cmp(&Ratio::one()) {
        Ordering::Less => floor,
        Ordering::Equal if !odd => floor,
        _ => floor + 1_u8,
    }
}

fn place_point(digits: &BigInt, places: usize) -> String {
    let sign = if digits.is_negative() { "-" } else { "" };
    let text = digits.magnitude().to_string();
    if places == 0 {
        return format!("{sign}{text}");
    }
    let padded = format!("{text:0>width$}", width = places + 1);
    let (whole, fraction) = padded.split_at(padded.len() - places);
    let fraction = fraction.trim_end_matches('0');
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Number {
        Number::parse_json(text).unwrap()
    }

    #[test]
    fn decimals_are_exact() {
        assert_eq!(number("0.1").add(&number("0.2")).unwrap(), number("0.3"));
        let third = number("1").divide(&number("3")).unwrap();
        assert_eq!(third.multiply(&number("3")).unwrap(), number("1"));
        assert_eq!(number("1e2"), number("100.0"));
        assert_eq!(number("-0.0"), Number::ZERO);
    }

    #[test]
    fn printing() {
        let cases = [
            ("1.500", "1.5"),
            ("-0.05", "-0.05"),
            ("1e3", "1000"),
            ("123456789012345678901234567890.1234", "123456789012345678901234567890.1234"),
        ];
        for (given, printed) in cases {
            assert_eq!(number(given).to_string(), printed);
        }
        let quotients = [
            ("1", "3", "≈0.333333"),
            ("2", "3", "≈0.666667"),
            ("-2", "3", "≈-0.666667"),
            ("1", "3000000", "≈0"),
            ("1", "8", "0.125"),
        ];
        for (a, b, printed) in quotients {
            assert_eq!(number(a).divide(&number(b)).unwrap().to_string(), printed);
        }
    }

    #[test]
    fn limits_hold_at_the_limit_and_one_past_it() {
        let digits = "9".repeat(MAX_DIGITS);
        assert_eq!(number(&digits).to_string(), digits);
        assert_eq!(Number::parse_json(&"9".repeat(MAX_DIGITS + 1)), Err(NumberError::TooManyDigits));
        assert!(Number::parse_json("1e34").is_ok() && Number::parse_json("1e-34").is_ok());
        assert_eq!(Number::parse_json("1e35"), Err(NumberError::ExponentTooLarge));
        assert_eq!(Number::parse_json("1e-35"), Err(NumberError::ExponentTooLarge));
        assert_eq!(Number::parse_json("1e99999999999999999999"), Err(NumberError::ExponentTooLarge));
        assert_eq!(Number::parse_json("0e99999999999999999999"), Ok(Number::ZERO));
    }

    #[test]
    fn computation_is_bounded() {
        let mut value = number("1e34");
        let overflow = loop {
            match value.multiply(&value) {
                Ok(next) => value = next,
                Err(error) => break error,
            }
        };
        assert_eq!(overflow, ArithmeticError::Overflow);
        assert_eq!(value.divide(&Number::ZERO), Err(ArithmeticError::DivisionByZero));
    }

    #[test]
    fn decimals_come_apart_and_together() {
        for (text, mantissa, scale) in [
            ("0", 0, 0),
            ("2.50", 25, 1),
            ("-1000", -1000, 0),
            ("1e34", 1_000_000_000_000_000_000_000_000_000_000_000, -1),
            ("1e-34", 1, 34),
        ] {
            assert_eq!(number(text).to_decimal(), Some((mantissa, scale)), "{text}");
            assert_eq!(Number::from_decimal(mantissa, scale), Some(number(text)), "{text}");
        }
        let digits = "9".repeat(MAX_DIGITS).parse::<i128>().unwrap();
        assert_eq!(Number::from_decimal(digits, 34).unwrap().to_decimal(), Some((digits, 34)));
        assert_eq!(Number::from_decimal(digits + 1, 0), None);
        assert_eq!((Number::from_decimal(1, 35), Number::from_decimal(1, -35)), (None, None));
        assert_eq!(number("1").divide(&number("3")).unwrap().to_decimal(), None);
        assert_eq!(Number::from_decimal(100, 2), Some(number("1")));
    }

    #[test]
    fn small_and_big_agree() {
        let max = Number::from(i64::MAX);
        let over = max.add(&Number::from(1_i64)).unwrap();
        assert_eq!(over.subtract(&Number::from(1_i64)).unwrap(), max);
        assert!(over > max);
        assert_eq!(Number::from(i64::MIN).negate().unwrap().to_string(), "9223372036854775808");
    }
}
