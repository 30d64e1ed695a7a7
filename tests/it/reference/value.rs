//! The values of the naive evaluator, three-valued logic and exact arithmetic.
//!
//! Every function names the sentence of the language brief that it realises. Nothing here knows of policies.

use hongxian::syntax::ast;
use jiff::civil::Date;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;

/// JSON Pointers of the fields that would settle what is unknown.
pub type Missing = BTreeSet<String>;

/// "Unknown spreads by Kleene's strong three-valued logic."
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Truth {
    True,
    False,
    Unknown(Missing),
}

impl Truth {
    pub fn of(known: bool) -> Self {
        if known { Self::True } else { Self::False }
    }

    pub fn missing(&self) -> Missing {
        match self {
            Self::Unknown(missing) => missing.clone(),
            Self::True | Self::False => Missing::new(),
        }
    }

    pub fn not(self) -> Self {
        match self {
            Self::True => Self::False,
            Self::False => Self::True,
            Self::Unknown(missing) => Self::Unknown(missing),
        }
    }

    /// False where one is false, true where all are; else unknown for want of what the unknown ones miss.
    pub fn all(truths: impl IntoIterator<Item = Self>) -> Self {
        let mut unknown = None::<Missing>;
        for truth in truths {
            match truth {
                Self::False => return Self::False,
                Self::True => {}
                Self::Unknown(missing) => unknown.get_or_insert_default().extend(missing),
            }
        }
        unknown.map_or(Self::True, Self::Unknown)
    }

    pub fn any(truths: impl IntoIterator<Item = Self>) -> Self {
        Self::all(truths.into_iter().map(Self::not)).not()
    }

    pub fn and(self, other: Self) -> Self {
        Self::all([self, other])
    }

    pub fn or(self, other: Self) -> Self {
        Self::any([self, other])
    }

    pub fn implies(self, other: Self) -> Self {
        self.not().or(other)
    }
}

/// A record of the declaration: its type, where it stands or would stand, and its JSON where it was given.
#[derive(Debug, Clone)]
pub struct RecordVal<'a> {
    pub ty: &'a ast::Record,
    /// The module that declares the type: the names in its fields are resolved there.
    pub home: &'a ast::File,
    pub pointer: String,
    pub json: Option<&'a serde_json::Value>,
    /// What is missing where nobody knows whether it applies: then nothing below it is known.
    pub doubt: Option<Missing>,
}

/// "An element that is `null`, blank or undeclared is an unknown element and never counts as sure": its presence is
/// unknown then, as it is where a filter could not be decided. An element that is surely absent is in no list.
#[derive(Debug, Clone)]
pub struct Elem<'a> {
    pub val: Val<'a>,
    pub present: Truth,
    /// Where it stands in the declaration; none for elements of parameters and literals.
    pub pointer: Option<String>,
}

/// A list: its elements, and what is missing where there may be more of them than are known.
#[derive(Debug, Clone, Default)]
pub struct ListVal<'a> {
    pub elems: Vec<Elem<'a>>,
    pub open: Option<Missing>,
}

/// "Counts are bounds [sure, possible]."
#[derive(Debug, Clone)]
pub struct CountVal {
    pub sure: BigRational,
    /// None: no upper bound, as for an absent list.
    pub possible: Option<BigRational>,
    pub missing: Missing,
}

/// What an expression can be.
#[derive(Debug, Clone)]
pub enum Val<'a> {
    Bool(bool),
    /// Numbers, ratios (as fractions) and money (in its currency).
    Num(BigRational),
    /// Days, hours and minutes, in minutes.
    Exact(BigRational),
    /// Months and years, in months.
    Calendar(BigRational),
    /// A count that is not settled.
    Count(CountVal),
    Date(Date),
    Text(String),
    /// "Text that compares after NFKC, trimming and folding white space": folded.
    Name(String),
    /// "Presence and interpolation only."
    Prose,
    Member(&'a ast::Enum, usize),
    /// A member whose enum only the other side's type tells.
    BareMember(String),
    /// The id, and the path of the keyed list from the root.
    Ref(String, &'a [ast::Name]),
    Record(RecordVal<'a>),
    List(ListVal<'a>),
    /// An explicit `null` to which the model gives this word; of a date it is later than every date.
    Null {
        word: &'a str,
        date: bool,
    },
    /// The known nothing of a conditional field whose condition is false.
    Void,
    Unknown {
        missing: Missing,
        /// Whether it is unknown just because a field was not given: what `??` covers.
        absent: bool,
    },
}

impl Val<'_> {
    pub fn unknown(missing: Missing) -> Self {
        Self::Unknown { missing, absent: false }
    }

    pub fn absent(pointer: &str) -> Self {
        Self::Unknown { missing: Missing::from([pointer.to_owned()]), absent: true }
    }

    /// Unknown with no field to blame: "overflow, a bound passed or a division by zero".
    pub fn undefined() -> Self {
        Self::unknown(Missing::new())
    }

    pub fn is_void(&self) -> bool {
        matches!(self, Self::Void)
    }

    /// What is missing where it is unknown.
    pub fn missing(&self) -> Option<Missing> {
        match self {
            Self::Unknown { missing, .. } => Some(missing.clone()),
            Self::Count(count) => Some(count.missing.clone()),
            Self::Record(record) => record.doubt.clone(),
            _ => None,
        }
    }
}

impl From<Truth> for Val<'_> {
    fn from(truth: Truth) -> Self {
        match truth {
            Truth::True => Self::Bool(true),
            Truth::False => Self::Bool(false),
            Truth::Unknown(missing) => Self::unknown(missing),
        }
    }
}

/// "Rationals of bounded size": as many bits as numerator and denominator may have.
const MAX_BITS: u64 = 512;

/// "Overflow … makes the expression `unknown`."
pub fn bounded(value: BigRational) -> Option<BigRational> {
    (value.numer().bits() <= MAX_BITS && value.denom().bits() <= MAX_BITS).then_some(value)
}

pub fn whole(value: u64) -> BigRational {
    BigRational::from_integer(BigInt::from(value))
}

/// A decimal with `_`, a point and an exponent, exactly.
pub fn decimal(text: &str) -> BigRational {
    let text = text.replace('_', "").to_lowercase();
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits: BigInt = format!("{whole}{fraction}").parse().expect("digits");
    let places = exponent.trim_start_matches('+').parse::<i32>().expect("an exponent")
        - i32::try_from(fraction.len()).expect("a short fraction");
    BigRational::from_integer(digits) * BigRational::from_integer(BigInt::from(10)).pow(places)
}

/// A date as written; the parser of policies and the decoder of declarations let no other through.
pub fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

/// Years 0001 to 9999; beyond, "a bound passed".
fn in_calendar(date: Date) -> Option<Date> {
    (date.year() >= 1).then_some(date)
}

/// "Month arithmetic clamps to the month's end."
pub fn add_months(date: Date, months: &BigRational) -> Option<Date> {
    let months: i32 = months.is_integer().then(|| months.to_integer())?.try_into().ok()?;
    in_calendar(date.checked_add(jiff::Span::new().try_months(months).ok()?).ok()?)
}

/// Whole days only; a date has no hours.
pub fn add_minutes(date: Date, minutes: &BigRational) -> Option<Date> {
    let days = minutes / whole(24 * 60);
    let days: i32 = days.is_integer().then(|| days.to_integer())?.try_into().ok()?;
    in_calendar(date.checked_add(jiff::Span::new().try_days(days).ok()?).ok()?)
}

/// "`date − date` is days."
pub fn days_between(later: Date, earlier: Date) -> BigRational {
    let days = earlier.until((jiff::Unit::Day, later)).expect("days fit").get_days();
    BigRational::from_integer(BigInt::from(days)) * whole(24 * 60)
}

/// "Text that compares after NFKC, trimming and folding white space."
pub fn fold(name: &str) -> String {
    name.nfkc().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// "Blank text is absent."
pub fn blank(text: &str) -> bool {
    text.trim().is_empty()
}

/// Division: none for "a division by zero".
pub fn divide(a: &BigRational, b: &BigRational) -> Option<BigRational> {
    if b.is_zero() { None } else { bounded(a / b) }
}
