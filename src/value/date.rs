//! Calendar dates.

use jiff::civil;
use std::fmt;

/// A date of the Gregorian calendar, years 0001 to 9999.
///
/// Year, month and day share one word, in this order, so that dates compare in one step.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(u32);

/// How many bits a day has.
const DAY_BITS: u32 = 5;
/// How many bits a month has.
const MONTH_BITS: u32 = 4;

impl Date {
    /// 0001-01-01
    pub const FIRST: Self = Self::joined(1, 1, 1);
    /// 9999-12-31
    pub const LAST: Self = Self::joined(9999, 12, 31);

    const fn joined(year: u32, month: u32, day: u32) -> Self {
        Self((year << MONTH_BITS | month) << DAY_BITS | day)
    }

    fn of(date: civil::Date) -> Option<Self> {
        let year = u32::try_from(date.year()).ok().filter(|year| *year > 0)?;
        Some(Self::joined(year, u32::try_from(date.month()).ok()?, u32::try_from(date.day()).ok()?))
    }

    fn civil(self) -> civil::Date {
        let (year, month, day) = self.parts();
        let date = (i16::try_from(year), i8::try_from(month), i8::try_from(day));
        // It was made of a date that exists.
        let (Ok(year), Ok(month), Ok(day)) = date else { return civil::Date::MAX };
        civil::Date::new(year, month, day).unwrap_or(civil::Date::MAX)
    }

    /// Reads `YYYY-MM-DD`, and nothing else; none where the day does not exist.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::of_bytes(*text.as_bytes().first_chunk().filter(|_| text.len() == 10)?)
    }

    /// The same of bytes.
    #[inline]
    pub(crate) fn of_bytes(bytes: [u8; 10]) -> Option<Self> {
        let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = bytes else { return None };
        let [century, year, month, day] = pairs([y1, y2, y3, y4, m1, m2, d1, d2])?;
        let year = i16::from(century) * 100 + i16::from(year);
        Self::of(civil::Date::new(year, month, day).ok()?)
    }

    /// The day of a year, month and day; none where it does not exist or is not in the years 1 to 9999.
    #[must_use]
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let (year, month, day) = (i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?);
        Self::of(civil::Date::new(year, month, day).ok()?)
    }

    /// Its year, month and day.
    #[must_use]
    pub fn parts(self) -> (u16, u8, u8) {
        let part = |bits: u32, width: u32| self.0 >> bits & ((1 << width) - 1);
        let year = u16::try_from(self.0 >> (MONTH_BITS + DAY_BITS)).unwrap_or(u16::MAX);
        let small = |part: u32| u8::try_from(part).unwrap_or(u8::MAX);
        (year, small(part(DAY_BITS, MONTH_BITS)), small(part(0, DAY_BITS)))
    }

    /// The date `months` calendar months later (earlier where negative), clamped to the month's end; none beyond year 9999
    /// or before year 1.
    #[must_use]
    pub fn add_months(self, months: i64) -> Option<Self> {
        let (year, month, day) = self.parts();
        let month = (i64::from(year) * 12 + i64::from(month) - 1).checked_add(months)?;
        let year = i16::try_from(month.div_euclid(12)).ok()?;
        let first = civil::Date::new(year, i8::try_from(month.rem_euclid(12) + 1).ok()?, 1).ok()?;
        let day = i8::try_from(day).ok()?.min(first.days_in_month());
        Self::of(civil::Date::new(year, first.month(), day).ok()?)
    }

    /// The date `days` later (earlier where negative); none beyond the years.
    #[must_use]
    pub fn add_days(self, days: i64) -> Option<Self> {
        let days = i32::try_from(days).ok()?;
        Self::of(self.civil().checked_add(jiff::Span::new().try_days(days).ok()?).ok()?)
    }

    /// How many days from `earlier` to this date; negative where it is later.
    #[must_use]
    pub fn days_since(self, earlier: Self) -> i64 {
        earlier.civil().until((jiff::Unit::Day, self.civil())).map_or(0, |span| i64::from(span.get_days()))
    }
}

/// The numbers of two digits each that eight bytes spell.
#[inline]
fn pairs(digits: [u8; 8]) -> Option<[i8; 4]> {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let values = u64::from_le_bytes(digits) ^ (EACH * u64::from(b'0'));
    // A high bit is left by what has one, and by what is above nine.
    if (values | values.wrapping_add(EACH * 0x76)) & (EACH * 0x80) != 0 {
        return None;
    }
    let [a, _, b, _, c, _, d, _] = values.wrapping_mul(10).wrapping_add(values >> 8).to_le_bytes();
    Some([a, b, c, d].map(|pair| i8::try_from(pair).unwrap_or(i8::MAX)))
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.parts();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Date").field(&format_args!("{self}")).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn only_days_that_exist_in_one_spelling() {
        for wrong in
            ["2019-02-29", "2019-13-01", "2019-1-01", "0000-01-01", "2019-01-01T", "２019-01-01", "-019-01-01", ""]
        {
            assert_eq!(Date::parse(wrong), None, "{wrong}");
        }
        assert_eq!(date("2020-02-29").to_string(), "2020-02-29");
        assert_eq!((Date::FIRST, Date::LAST), (date("0001-01-01"), date("9999-12-31")));
    }

    #[test]
    fn later_is_greater() {
        let ordered = ["0001-01-01", "1999-12-31", "2000-01-01", "2000-01-31", "2000-02-01", "9999-12-31"].map(date);
        assert!(ordered.is_sorted());
        assert_eq!(date("2000-02-29").parts(), (2000, 2, 29));
    }

    #[test]
    fn months_clamp_to_the_end() {
        assert_eq!(date("2020-01-31").add_months(1), Some(date("2020-02-29")));
        assert_eq!(date("2020-03-31").add_months(-1), Some(date("2020-02-29")));
        assert_eq!(date("9999-12-01").add_months(1), None);
        assert_eq!(date("0001-01-31").add_months(-1), None);
    }

    #[test]
    fn days_between() {
        assert_eq!(date("2020-03-01").days_since(date("2020-02-01")), 29);
        assert_eq!(date("2020-02-01").days_since(date("2020-03-01")), -29);
        assert_eq!(date("9999-12-31").days_since(date("0001-01-01")), 3_652_058);
    }
}
