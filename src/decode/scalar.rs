//! A JSON scalar to the value of a field's type, exactly; or what is wrong with it. It knows one value and its type, not where it stands.

use super::cells::{Cells, Packed, pack};
use super::scanner::{Event, Raw};
use super::shape::{Enum, Numeric, Scalar, Shape};
use super::words::{bounds_text, found, list_words, quoted, short};
use crate::compile::Pattern;
use crate::diagnostic::{Code, nearest};
use crate::ir::Bounds;
use crate::value::{Date, MAX_DIGITS, MAX_EXPONENT, MemberId, Number, NumberError, fold_into, is_folded};

/// What is wrong with a value: `message` follows the name of the field.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Wrong {
    pub(super) code: Code,
    pub(super) expected: String,
    pub(super) found: String,
    pub(super) help: Option<String>,
    /// The same value in the form that is wanted, as JSON.
    pub(super) corrected: Option<String>,
}

impl Wrong {
    fn invalid(expected: impl Into<String>, found: impl Into<String>) -> Self {
        Self { code: Code::INVALID_VALUE, expected: expected.into(), found: found.into(), help: None, corrected: None }
    }

    pub(super) fn of_type(expected: impl Into<String>, event: &Event<'_>) -> Self {
        Self { code: Code::WRONG_TYPE, expected: expected.into(), found: found(event), help: None, corrected: None }
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// What is wrong is rare, and has many words.
type Read<T = Packed> = Result<T, Box<Wrong>>;

/// The value that an event gives; unknown for a blank text. Of a string, `text` is what it stands for. What does not fit into a
/// cell goes beside, into `cells`.
#[inline]
pub(super) fn read(shape: &Shape, scalar: &Scalar, event: &Event<'_>, text: &str, cells: &mut Cells) -> Read {
    match (scalar, event) {
        (Scalar::Bool, Event::Bool(value)) => Ok(Packed::Bool(*value)),
        (Scalar::Number(numeric), Event::Number(digits)) => {
            number(numeric, digits).map(|it| pack(it, &mut cells.large))
        }
        (Scalar::Money { currency, bounds }, Event::String(_)) => money(currency, bounds, text, cells),
        (Scalar::Date, Event::String(_)) => date(text),
        (Scalar::Text { pattern, folded }, Event::String(raw)) => {
            let stored = store(*raw, text, *folded, cells);
            matched(pattern.as_ref(), stored, text, cells)
        }
        (Scalar::Prose, Event::String(raw)) => Ok(store(*raw, text, false, cells)),
        (Scalar::Enum(id), Event::String(_)) => member(shape.enums.get(*id), text),
        (Scalar::Reference { folded, .. }, Event::String(raw)) => Ok(store(*raw, text, *folded, cells)),
        _ => Err(Box::new(wrong_type(shape, scalar, event))),
    }
}

/// What is wrong with a value of another type.
#[cold]
fn wrong_type(shape: &Shape, scalar: &Scalar, event: &Event<'_>) -> Wrong {
    match scalar {
        Scalar::Bool => not_bool(event),
        Scalar::Number(numeric) => not_number(numeric, event),
        Scalar::Money { currency, .. } => not_money(currency, event),
        Scalar::Date => Wrong::of_type(DATE, event),
        Scalar::Text { .. } => not_text(event),
        Scalar::Prose => Wrong::of_type("a text, or texts by language as in `{ \"zh\": \"…\" }`,", event),
        Scalar::Enum(id) => {
            let spellings = shape.enums.get(*id).map(|declared| declared.spellings.as_slice()).unwrap_or_default();
            Wrong::of_type(one_of(spellings), event)
        }
        Scalar::Reference { list, .. } => Wrong::of_type(format!("the key of an element of `{list}` as a text"), event),
    }
}

const DATE: &str = "a date such as `\"2020-05-01\"`";

/// Whether a text is blank.
#[inline]
pub(super) fn is_blank(text: &str) -> bool {
    !text.as_bytes().first().is_some_and(u8::is_ascii_graphic) && text.trim().is_empty()
}

/// Appends a made text.
pub(super) fn make(cells: &mut Cells, write: impl FnOnce(&mut String)) -> Packed {
    let start = cells.made.len();
    write(&mut cells.made);
    let index = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Packed::Made { start: index(start), len: index(cells.made.len() - start) }
}

/// A text as a cell holds it; unknown where it is blank.
#[inline]
fn store(raw: Raw<'_>, text: &str, folded: bool, cells: &mut Cells) -> Packed {
    if is_blank(text) {
        return Packed::Unknown;
    }
    match (raw.plain(), !folded || is_folded(text.as_bytes())) {
        (Some(_), true) => Packed::Text { len: u32::try_from(text.len()).unwrap_or(u32::MAX) },
        (None, true) => make(cells, |made| made.push_str(text)),
        (_, false) => make(cells, |made| fold_into(text, made)),
    }
}

fn not_bool(event: &Event<'_>) -> Wrong {
    let wrong = Wrong::of_type("`true` or `false`", event);
    let Event::String(raw) = event else { return wrong };
    wrong.help(match super::form::truth(raw.text().trim()) {
        Some(word) => format!("write `{word}`, without quotes"),
        None => "write `true` or `false`; leave the field out where it is not known".to_owned(),
    })
}

fn not_number(numeric: &Numeric, event: &Event<'_>) -> Wrong {
    let wrong = Wrong::of_type(numeric.noun.as_str(), event);
    let Event::String(raw) = event else { return wrong };
    let text = raw.text();
    let unquoted = text.trim();
    if !super::scanner::is_number(unquoted) {
        return wrong;
    }
    wrong.help(format!("write `{}`, without quotes", short(unquoted)))
}

#[inline]
pub(super) fn number(numeric: &Numeric, text: &str) -> Read<Number> {
    let invalid = |expected: String| Box::new(Wrong::invalid(expected, quoted(text)));
    let value = Number::parse_json(text).map_err(|error| digits(error, text))?;
    if numeric.whole && !value.is_whole() {
        return Err(invalid(format!("{}, without a fraction,", numeric.noun)));
    }
    if !is_within(&numeric.bounds, &value) {
        return Err(invalid(format!("{} {}", numeric.noun, bounds_text(&numeric.bounds))));
    }
    let product = match &numeric.factor {
        Some(factor) => value.multiply(factor).map_err(|_| invalid(numeric.noun.clone()))?,
        None => value,
    };
    match numeric.whole_product {
        Some(unit) if !product.is_whole() => Err(invalid(format!("whole {unit}"))),
        _ => Ok(product),
    }
}

#[cold]
#[expect(clippy::unnecessary_box_returns, reason = "what is wrong is passed on in a box")]
fn digits(error: NumberError, text: &str) -> Box<Wrong> {
    let mut wrong = match error {
        NumberError::TooManyDigits => Wrong::invalid(format!("at most {MAX_DIGITS} significant digits"), quoted(text)),
        NumberError::ExponentTooLarge => {
            Wrong::invalid(format!("a last digit within {MAX_EXPONENT} places of the point"), quoted(text))
        }
        NumberError::Syntax => Wrong::invalid("a number", quoted(text)),
    };
    wrong.code = Code::DECLARATION_LIMIT;
    Box::new(wrong)
}

#[inline]
pub(super) fn is_within(bounds: &Bounds, value: &Number) -> bool {
    bounds.low.as_ref().is_none_or(|low| low <= value) && bounds.high.as_ref().is_none_or(|high| value <= high)
}

fn amount_noun(currency: &str) -> String {
    format!("an amount in {currency} as a text such as `\"1000000.00\"`")
}

fn not_money(currency: &str, event: &Event<'_>) -> Wrong {
    let wrong = Wrong::of_type(amount_noun(currency), event);
    match event {
        Event::Number(text) if is_amount(text) => {
            wrong.help(format!("write `\"{}\"`, in quotes, so that no program rounds it", short(text)))
        }
        _ => wrong,
    }
}

fn money(currency: &str, bounds: &Bounds, text: &str, cells: &mut Cells) -> Read {
    if is_blank(text) {
        return Ok(Packed::Unknown);
    }
    if !is_amount(text) {
        let wrong = Wrong::invalid(amount_noun(currency), quoted(text));
        return Err(Box::new(match ungrouped(text, currency) {
            Some(amount) => wrong.help(format!("write `\"{}\"`", short(&amount))),
            None => wrong,
        }));
    }
    let value = Number::parse_decimal(text).map_err(|error| digits(error, text))?;
    if !is_within(bounds, &value) {
        let expected = format!("an amount in {currency} {}", bounds_text(bounds));
        return Err(Box::new(Wrong::invalid(expected, quoted(text))));
    }
    Ok(pack(value, &mut cells.large))
}

/// Digits, with a point and more digits where there are decimals: no exponent, no blanks between thousands.
pub(super) fn is_amount(text: &str) -> bool {
    super::scanner::is_number(text) && !text.contains(['e', 'E'])
}

/// The amount that is meant by one with its currency beside it, or with its thousands apart.
pub(super) fn ungrouped(text: &str, currency: &str) -> Option<String> {
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

fn date(text: &str) -> Read {
    match Date::parse(text) {
        Some(date) => Ok(Packed::Date(date)),
        None if is_blank(text) => Ok(Packed::Unknown),
        None if is_date_shape(text) => {
            Err(Box::new(Wrong::invalid("a day of the calendar", format!("`{text}`, which does not exist"))))
        }
        None => Err(Box::new(Wrong::invalid(DATE, quoted(text)))),
    }
}

fn is_date_shape(text: &str) -> bool {
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    shape == "0000-00-00"
}

fn not_text(event: &Event<'_>) -> Wrong {
    let wrong = Wrong::of_type("a text", event);
    match event {
        Event::Number(text) => wrong.help(format!("write `\"{}\"`, in quotes", short(text))),
        _ => wrong,
    }
}

/// A stored text, if it matches.
fn matched(pattern: Option<&Pattern>, stored: Packed, text: &str, cells: &Cells) -> Read {
    let Some(pattern) = pattern.filter(|_| stored != Packed::Unknown) else { return Ok(stored) };
    let text = match stored {
        Packed::Made { start, .. } => cells.made.get(start as usize..).unwrap_or_default(),
        _ => text,
    };
    if pattern.matches(text) {
        return Ok(stored);
    }
    Err(Box::new(Wrong::invalid(format!("a text that matches `/{}/`", pattern.source()), quoted(text))))
}

fn one_of(spellings: &[String]) -> String {
    format!("one of {}", list_words(spellings))
}

#[inline]
fn member(declared: Option<&Enum>, text: &str) -> Read {
    let Some(declared) = declared else { return Ok(Packed::Unknown) };
    match declared.member(text) {
        Some(member) => Ok(Packed::Member(MemberId::new(member))),
        None if is_blank(text) => Ok(Packed::Unknown),
        None => Err(Box::new(not_member(declared, text))),
    }
}

/// What is wrong with a word that is no member.
#[cold]
fn not_member(declared: &Enum, word: &str) -> Wrong {
    let expected = one_of(&declared.spellings);
    let wrong = Wrong { code: Code::UNKNOWN_MEMBER, expected, found: quoted(word), help: None, corrected: None };
    match likely_member(declared, word.trim()) {
        Some(spelling) => wrong.help(format!("did you mean `\"{spelling}\"`?")),
        None => wrong,
    }
}

/// The member that a word may mean: its name or label in whatever case, or a spelling that is near.
fn likely_member<'e>(declared: &'e Enum, word: &str) -> Option<&'e str> {
    member_of(declared, word).or_else(|| nearest(&apart(word), declared.spellings.iter().map(String::as_str)))
}

/// The member that a word spells in whatever case, or names.
pub(super) fn member_of<'e>(declared: &'e Enum, word: &str) -> Option<&'e str> {
    let wanted = apart(word);
    let spelled = declared.spellings.iter().find(|spelling| apart(spelling) == wanted);
    let named = || {
        let mut named = declared.aliases().filter(|(alias, _)| apart(alias) == wanted).map(|(_, at)| at);
        let first = named.next()?;
        declared.spellings.get(first).filter(|_| named.all(|other| other == first))
    };
    spelled.or_else(named).map(String::as_str)
}

/// A word without its case, and with one sign between its parts.
fn apart(word: &str) -> String {
    word.to_lowercase().replace(['-', ' '], "_")
}
