//! A JSON scalar to the value of a field's type, exactly; or what is wrong with it. It knows one value and its type, not where it stands.

use super::scanner::{Event, Raw};
use super::shape::{Enum, Numeric, Pattern, Scalar, Shape};
use super::words::{bounds_text, found, list_words, quoted, short};
use crate::diagnostic::{Code, nearest};
use crate::ir::Bounds;
use crate::value::{Date, MAX_DIGITS, MAX_EXPONENT, MemberId, Number, NumberError, Text, Value, fold_name};
use std::borrow::Cow;

/// What is wrong with a value: `message` follows the name of the field.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Wrong {
    pub(super) code: Code,
    pub(super) expected: String,
    pub(super) found: String,
    pub(super) help: Option<String>,
}

impl Wrong {
    fn invalid(expected: impl Into<String>, found: impl Into<String>) -> Self {
        Self { code: Code::INVALID_VALUE, expected: expected.into(), found: found.into(), help: None }
    }

    pub(super) fn of_type(expected: impl Into<String>, event: &Event<'_>) -> Self {
        Self { code: Code::WRONG_TYPE, expected: expected.into(), found: found(event), help: None }
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// The value that an event gives; none for a blank text.
pub(super) fn read<'t>(shape: &Shape, scalar: &Scalar, event: &Event<'t>) -> Result<Option<Value<'t>>, Wrong> {
    match scalar {
        Scalar::Bool => bool(event).map(Some),
        Scalar::Number(numeric) => number(numeric, event).map(Some),
        Scalar::Money { currency, bounds } => money(currency, bounds, event),
        Scalar::Date => date(event),
        Scalar::Text { pattern, folded } => text(pattern.as_ref(), *folded, event),
        Scalar::Prose => match string(event) {
            Some(raw) => Ok(present(raw).map(|text| Value::Text(text.into()))),
            None => Err(Wrong::of_type("a text, or texts by language as in `{ \"zh\": \"…\" }`,", event)),
        },
        Scalar::Enum(id) => member(shape.enums.get(*id), event),
        Scalar::Reference { list, folded } => match string(event) {
            Some(raw) => Ok(present(raw).map(|text| Value::Text(fold(text, *folded)))),
            None => Err(Wrong::of_type(format!("the key of an element of `{list}` as a text"), event)),
        },
    }
}

const fn string<'t>(event: &Event<'t>) -> Option<Raw<'t>> {
    match event {
        Event::String(raw) => Some(*raw),
        _ => None,
    }
}

/// A text that is not blank.
pub(super) fn present(raw: Raw<'_>) -> Option<Cow<'_, str>> {
    let text = raw.text();
    if text.trim().is_empty() { None } else { Some(text) }
}

fn fold(text: Cow<'_, str>, folded: bool) -> Text<'_> {
    match text {
        Cow::Borrowed(text) if folded => fold_name(text).into(),
        Cow::Owned(text) if folded => Text::Shared(fold_name(&text).into()),
        text => text.into(),
    }
}

fn bool<'t>(event: &Event<'t>) -> Result<Value<'t>, Wrong> {
    match event {
        Event::Bool(value) => Ok(Value::Bool(*value)),
        Event::String(raw) => {
            let word = raw.text().trim().to_lowercase();
            let help = match word.as_str() {
                "true" | "yes" | "y" | "1" | "是" => "write `true`, without quotes",
                "false" | "no" | "n" | "0" | "否" => "write `false`, without quotes",
                _ => "write `true` or `false`; leave the field out where it is not known",
            };
            Err(Wrong::of_type("`true` or `false`", event).help(help))
        }
        _ => Err(Wrong::of_type("`true` or `false`", event)),
    }
}

fn number<'t>(numeric: &Numeric, event: &Event<'t>) -> Result<Value<'t>, Wrong> {
    let Event::Number(text) = event else {
        let wrong = Wrong::of_type(numeric.noun.as_str(), event);
        let unquoted = string(event).map(|raw| raw.text().trim().to_owned());
        return Err(match unquoted.filter(|text| super::scanner::is_number(text)) {
            Some(text) => wrong.help(format!("write `{}`, without quotes", short(&text))),
            None => wrong,
        });
    };
    let value = Number::parse_json(text).map_err(|error| digits(error, text))?;
    if numeric.whole && !value.is_whole() {
        return Err(Wrong::invalid(format!("{}, without a fraction,", numeric.noun), quoted(text)));
    }
    within(&numeric.bounds, &value, &numeric.noun, text)?;
    let product = match &numeric.factor {
        Some(factor) => value.multiply(factor).map_err(|_| Wrong::invalid(numeric.noun.as_str(), quoted(text)))?,
        None => value,
    };
    match numeric.whole_product {
        Some(unit) if !product.is_whole() => Err(Wrong::invalid(format!("whole {unit}"), quoted(text))),
        _ => Ok(Value::Number(product)),
    }
}

fn digits(error: NumberError, text: &str) -> Wrong {
    let mut wrong = match error {
        NumberError::TooManyDigits => Wrong::invalid(format!("at most {MAX_DIGITS} significant digits"), quoted(text)),
        NumberError::ExponentTooLarge => {
            Wrong::invalid(format!("a last digit within {MAX_EXPONENT} places of the point"), quoted(text))
        }
        NumberError::Syntax => Wrong::invalid("a number", quoted(text)),
    };
    wrong.code = Code::DECLARATION_LIMIT;
    wrong
}

fn within(bounds: &Bounds, value: &Number, noun: &str, text: &str) -> Result<(), Wrong> {
    let low = bounds.low.as_ref().is_none_or(|low| low <= value);
    let high = bounds.high.as_ref().is_none_or(|high| value <= high);
    if low && high { Ok(()) } else { Err(Wrong::invalid(format!("{noun} {}", bounds_text(bounds)), quoted(text))) }
}

fn money<'t>(currency: &str, bounds: &Bounds, event: &Event<'t>) -> Result<Option<Value<'t>>, Wrong> {
    let noun = format!("an amount in {currency} as a text such as `\"1000000.00\"`");
    let Some(raw) = string(event) else {
        let wrong = Wrong::of_type(noun, event);
        return Err(match event {
            Event::Number(text) if is_amount(text) => {
                wrong.help(format!("write `\"{}\"`, in quotes, so that no program rounds it", short(text)))
            }
            _ => wrong,
        });
    };
    let Some(text) = present(raw) else { return Ok(None) };
    if !is_amount(&text) {
        let wrong = Wrong::invalid(noun, quoted(&text));
        return Err(match ungrouped(&text, currency) {
            Some(amount) => wrong.help(format!("write `\"{}\"`", short(&amount))),
            None => wrong,
        });
    }
    let value = Number::parse_decimal(&text).map_err(|error| digits(error, &text))?;
    within(bounds, &value, &format!("an amount in {currency}"), &text)?;
    Ok(Some(Value::Number(value)))
}

/// Digits, with a point and more digits where there are decimals: no exponent, no blanks between thousands.
fn is_amount(text: &str) -> bool {
    super::scanner::is_number(text) && !text.contains(['e', 'E'])
}

/// The amount that is meant by one with its currency beside it, or with its thousands apart.
fn ungrouped(text: &str, currency: &str) -> Option<String> {
    let bare = text.trim().trim_start_matches(['¥', '￥']).trim_end_matches('元');
    let bare = bare.trim_start_matches(currency).trim_end_matches(currency).trim();
    let (whole, decimals) = bare.split_once('.').map_or((bare, None), |(whole, decimals)| (whole, Some(decimals)));
    let groups: Vec<&str> = whole.split([',', '，', '_', ' ']).collect();
    if groups.len() > 1 && groups.iter().skip(1).any(|group| group.len() != 3) {
        return None;
    }
    let amount = match decimals {
        Some(decimals) => format!("{}.{decimals}", groups.concat()),
        None => groups.concat(),
    };
    is_amount(&amount).then_some(amount)
}

fn date<'t>(event: &Event<'t>) -> Result<Option<Value<'t>>, Wrong> {
    let noun = "a date such as `\"2020-05-01\"`";
    let Some(raw) = string(event) else { return Err(Wrong::of_type(noun, event)) };
    let Some(text) = present(raw) else { return Ok(None) };
    match Date::parse(&text) {
        Some(date) => Ok(Some(Value::Date(date))),
        None if is_date_shape(&text) => {
            Err(Wrong::invalid("a day of the calendar", format!("`{text}`, which does not exist")))
        }
        None => Err(Wrong::invalid(noun, quoted(&text))),
    }
}

fn is_date_shape(text: &str) -> bool {
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    shape == "0000-00-00"
}

fn text<'t>(pattern: Option<&Pattern>, folded: bool, event: &Event<'t>) -> Result<Option<Value<'t>>, Wrong> {
    let Some(raw) = string(event) else {
        let wrong = Wrong::of_type("a text", event);
        return Err(match event {
            Event::Number(text) => wrong.help(format!("write `\"{}\"`, in quotes", short(text))),
            _ => wrong,
        });
    };
    let Some(text) = present(raw).map(|text| fold(text, folded)) else { return Ok(None) };
    match pattern {
        Some(pattern) if !pattern.matches(text.as_str()) => {
            Err(Wrong::invalid(format!("a text that matches `/{}/`", pattern.source), quoted(text.as_str())))
        }
        _ => Ok(Some(Value::Text(text))),
    }
}

fn member<'t>(declared: Option<&Enum>, event: &Event<'t>) -> Result<Option<Value<'t>>, Wrong> {
    let Some(declared) = declared else { return Ok(None) };
    let expected = || format!("one of {}", list_words(&declared.spellings));
    let Some(raw) = string(event) else { return Err(Wrong::of_type(expected(), event)) };
    let Some(word) = present(raw) else { return Ok(None) };
    if let Some(member) = declared.member(&word) {
        return Ok(Some(Value::Member(MemberId::new(member))));
    }
    let wrong = Wrong { code: Code::UNKNOWN_MEMBER, expected: expected(), found: quoted(&word), help: None };
    Err(match likely_member(declared, word.trim()) {
        Some(spelling) => wrong.help(format!("did you mean `\"{spelling}\"`?")),
        None => wrong,
    })
}

/// The member that a word may mean: its name or label in whatever case, or a spelling that is near.
fn likely_member<'e>(declared: &'e Enum, word: &str) -> Option<&'e str> {
    let plain = |text: &str| text.to_lowercase().replace(['-', ' '], "_");
    let wanted = plain(word);
    let spelled = declared.spellings.iter().find(|spelling| plain(spelling) == wanted);
    let named = || {
        let (_, at) = declared.aliases.iter().find(|(alias, _)| plain(alias) == wanted)?;
        declared.spellings.get(*at)
    };
    let near = || nearest(&wanted, declared.spellings.iter().map(String::as_str));
    spelled.or_else(named).map(String::as_str).or_else(near)
}
