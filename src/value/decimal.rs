//! Decimals in machine words: a mantissa and how many of its digits stand behind the point.

use std::cmp::Ordering;

/// How many decimals a small number may have.
pub(super) const SMALL_SCALE: u8 = 18;
/// How many counts of decimals there are: none, one and so on.
pub(crate) const DECIMALS: usize = SMALL_SCALE as usize + 1;
/// How many digits surely fit into a small number.
const SMALL_DIGITS: usize = 18;

/// A mantissa and its scale.
pub(crate) type Decimal = (i64, u8);

/// `10^scale`, of a scale that small numbers have.
#[inline]
pub(super) fn power(scale: u8) -> i64 {
    POWERS.get(usize::from(scale)).copied().unwrap_or(POWER)
}

/// The greatest of them.
const POWER: i64 = 10_i64.pow(SMALL_SCALE as u32);
/// Powers of ten, by their exponent.
#[rustfmt::skip]
const POWERS: [i64; DECIMALS] = [
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000, 100_000_000_000,
    1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000, 10_000_000_000_000_000,
    100_000_000_000_000_000, POWER,
];

/// Two mantissas at one scale. They have at most 124 bits.
pub(super) fn aligned((a, a_scale): Decimal, (b, b_scale): Decimal) -> (i128, i128, u8) {
    let (a_wide, b_wide) = (i128::from(a), i128::from(b));
    match a_scale.cmp(&b_scale) {
        Ordering::Equal => (a_wide, b_wide, a_scale),
        Ordering::Less => (a_wide * i128::from(power(b_scale - a_scale)), b_wide, b_scale),
        Ordering::Greater => (a_wide, b_wide * i128::from(power(a_scale - b_scale)), a_scale),
    }
}

/// The sum of two decimals, where it fits.
pub(crate) fn add_decimals(a: Decimal, b: Decimal) -> Option<Decimal> {
    if a.1 == b.1 {
        return Some((a.0.checked_add(b.0)?, a.1));
    }
    let (a, b, scale) = aligned(a, b);
    Some((i64::try_from(a + b).ok()?, scale))
}

/// How two decimals compare.
#[inline]
pub(crate) fn compare_decimals(a: Decimal, b: Decimal) -> Ordering {
    if a.1 == b.1 {
        return a.0.cmp(&b.0);
    }
    let (a, b, _) = aligned(a, b);
    a.cmp(&b)
}

/// The number at the start of a text, as JSON writes it, of at most eighteen digits and without exponent; and what follows,
/// which is the caller's matter.
#[inline]
pub(crate) fn leading_decimal(text: &[u8]) -> Option<(Decimal, &[u8])> {
    let unsigned = text.strip_prefix(b"-").unwrap_or(text);
    let (mut mantissa, mut rest) = digits(unsigned, 0)?;
    let mut count = unsigned.len() - rest.len();
    if count > 1 && unsigned.first() == Some(&b'0') {
        return None;
    }
    let mut scale = 0;
    if let Some(decimals) = rest.strip_prefix(b".") {
        (mantissa, rest) = digits(decimals, mantissa)?;
        scale = decimals.len() - rest.len();
        count += scale;
    }
    if count > SMALL_DIGITS {
        return None;
    }
    let mantissa = if unsigned.len() < text.len() { mantissa.wrapping_neg() } else { mantissa };
    Some((trimmed(mantissa, u8::try_from(scale).ok()?), rest))
}

/// One or more digits appended to a number, and what follows. Past [`SMALL_DIGITS`] the number means nothing.
#[inline]
fn digits(text: &[u8], mut number: i64) -> Option<(i64, &[u8])> {
    let mut rest = text;
    while let [digit @ b'0'..=b'9', behind @ ..] = rest {
        number = number.wrapping_mul(10).wrapping_add(i64::from(digit - b'0'));
        rest = behind;
    }
    (rest.len() < text.len()).then_some((number, rest))
}

/// Without zeros at the end of the decimals.
#[inline]
pub(crate) const fn trimmed(mut mantissa: i64, mut scale: u8) -> Decimal {
    while scale > 0 && mantissa % 10 == 0 {
        (mantissa, scale) = (mantissa / 10, scale - 1);
    }
    (mantissa, scale)
}
