//! A value in the wrong form whose meaning is not in doubt: digits in another width, a unit written beside the number, a date
//! with other signs between, a member of an enum in other case. It never guesses: what could mean something else has no
//! correction, and a word that is only near to a member has none.

use super::scalar::{is_amount, member_of, number, ungrouped};
use super::scanner::{Event, is_number};
use super::shape::{Measure, Numeric, Scalar, Shape};
use crate::compile::Pattern;
use crate::ir::Bounds;
use crate::value::{Date, Number, fold_into};

/// How long a text is that is looked at, in bytes; what is longer is no slip of form.
const LONGEST: usize = 200;

/// The same value in the form that a field wants, as JSON.
pub(super) fn corrected(shape: &Shape, scalar: &Scalar, event: &Event<'_>) -> Option<String> {
    let (text, is_text) = match event {
        Event::String(raw) => (raw.text(), true),
        Event::Number(text) => ((*text).into(), false),
        _ => return None,
    };
    if text.len() > LONGEST || text.chars().any(char::is_control) {
        return None;
    }
    let plain = plain(&text);
    match scalar {
        Scalar::Bool => truth(&plain).filter(|_| is_text).map(ToOwned::to_owned),
        Scalar::Number(numeric) => counted(numeric, &plain).filter(|_| is_text),
        Scalar::Money { currency, bounds } => amount(currency, bounds, &plain).map(|amount| in_quotes(&amount)),
        Scalar::Date => day(&plain).map(|day| in_quotes(&day.to_string())),
        Scalar::Enum(id) => shape.enums.get(*id).and_then(|declared| member_of(declared, &plain)).map(in_quotes),
        Scalar::Text { pattern: Some(pattern), .. } => coded(pattern, &plain).map(|code| in_quotes(&code)),
        Scalar::Text { .. } | Scalar::Reference { .. } => (!is_text).then(|| in_quotes(&text)),
        Scalar::Prose => None,
    }
}

/// Narrow, with one blank for several, and without those at its ends.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    fold_into(text, &mut plain);
    plain
}

fn in_quotes(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

/// What people write for `true` and `false`.
pub(super) fn truth(word: &str) -> Option<&'static str> {
    match word.to_lowercase().as_str() {
        "true" | "yes" | "y" | "1" | "是" => Some("true"),
        "false" | "no" | "n" | "0" | "否" => Some("false"),
        _ => None,
    }
}

/// A number with its unit beside it, or its thousands apart.
fn counted(numeric: &Numeric, text: &str) -> Option<String> {
    let signs = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '_' | ' ' | '-' | '+' | 'e' | 'E');
    let end = text.find(|c| !signs(c)).unwrap_or(text.len());
    let (digits, unit) = text.split_at_checked(end)?;
    let written = ungrouped(digits.trim_end_matches(['e', 'E']).trim(), "").filter(|it| is_number(it))?;
    let unit = if digits.ends_with(['e', 'E']) { return None } else { unit.trim().to_lowercase() };
    let times = if unit.is_empty() { Number::from(1_i64) } else { size(numeric, &unit)? };
    let one = Number::from(1_i64);
    let read = Number::parse_json(&written).ok()?;
    let json = if times == one { written } else { read.multiply(&times).ok()?.to_string() };
    (is_number(&json) && number(numeric, &json).is_ok()).then_some(json)
}

/// What a number with this unit is multiplied by to be one in the unit of the field.
fn size(numeric: &Numeric, unit: &str) -> Option<Number> {
    let (measure, times) =
        UNITS.iter().find(|(words, ..)| words.contains(&unit)).map(|(_, measure, it)| (measure, it))?;
    if *measure != numeric.measure {
        return None;
    }
    let own = match numeric.measure {
        Measure::Ratio => Number::from(1_i64).divide(&Number::from(100_i64)).ok()?,
        _ => Number::from(*times),
    };
    numeric.factor.as_ref().map_or(Some(own.clone()), |factor| own.divide(factor).ok())
}

/// Units as people write them, and how many minutes or months they have.
const UNITS: &[(&[&str], Measure, i64)] = &[
    (&["%", "percent"], Measure::Ratio, 1),
    (&["minute", "minutes", "min", "分钟"], Measure::Exact, 1),
    (&["hour", "hours", "h", "小时"], Measure::Exact, 60),
    (&["day", "days", "d", "天", "日"], Measure::Exact, 60 * 24),
    (&["month", "months", "个月", "月"], Measure::Calendar, 1),
    (&["year", "years", "年"], Measure::Calendar, 12),
];

/// An amount with its currency beside it, or its thousands apart, or as a number.
fn amount(currency: &str, bounds: &Bounds, text: &str) -> Option<String> {
    let amount = ungrouped(text, currency).filter(|amount| is_amount(amount))?;
    let value = Number::parse_decimal(&amount).ok()?;
    super::scalar::is_within(bounds, &value).then_some(amount)
}

/// A day with other signs between, year first: in another order it could be two days.
fn day(text: &str) -> Option<Date> {
    let digits = |text: &str, count: usize| text.len() <= count && text.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = match text.trim_end_matches('日').split(['-', '/', '.', '年', '月']).collect::<Vec<_>>()[..]
    {
        [whole] if whole.len() == 8 => vec![whole.get(..4)?, whole.get(4..6)?, whole.get(6..)?],
        [year, month, day] if year.len() == 4 => vec![year, month.trim(), day.trim()],
        _ => return None,
    };
    let [year, month, day] = parts[..] else { return None };
    let all = digits(year, 4) && digits(month, 2) && digits(day, 2);
    Date::new(year.parse().ok().filter(|_| all)?, month.parse().ok()?, day.parse().ok()?)
}

/// A code in another case.
fn coded(pattern: &Pattern, text: &str) -> Option<String> {
    let ways = [text.to_owned(), text.to_uppercase(), text.to_lowercase()];
    ways.into_iter().find(|way| pattern.matches(way))
}
