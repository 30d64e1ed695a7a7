//! What a function takes and gives. Only scalars cross: documents stay with the engine.

use crate::ir;
use crate::value::Value;
use std::fmt;

/// The functions of the language itself; the checker types them, and nobody else can have their names.
pub const BUILT_IN: &[&str] = &["count", "sum", "min", "max", "distinct", "length"];

/// The type of an argument or a result.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Type {
    /// `bool`
    Bool,
    /// `number`
    Number,
    /// `ratio`: a plain fraction, 5 % is 0.05.
    Ratio,
    /// `money` in this currency, three capital letters.
    Money(String),
    /// `date`
    Date,
    /// `duration` in days, hours or minutes: minutes.
    ExactDuration,
    /// `duration` in months or years: whole months.
    CalendarDuration,
    /// `text`
    Text,
    /// `name`: a text after NFKC, without white space at its ends, and with single blanks inside.
    Name,
}

impl Type {
    /// The type as which a scalar of the model crosses: members, proses and references are texts. None for what is no scalar.
    #[must_use]
    pub fn from_ir(ty: &ir::Type) -> Option<Self> {
        Some(match ty {
            ir::Type::Bool => Self::Bool,
            ir::Type::Number => Self::Number,
            ir::Type::Ratio => Self::Ratio,
            ir::Type::Money(currency) => Self::Money(currency.to_ascii_uppercase()),
            ir::Type::Date => Self::Date,
            ir::Type::ExactDuration => Self::ExactDuration,
            ir::Type::CalendarDuration => Self::CalendarDuration,
            ir::Type::Name => Self::Name,
            ir::Type::Text | ir::Type::Prose | ir::Type::Enum(_) | ir::Type::Ref(_) => Self::Text,
            ir::Type::Record(_) | ir::Type::List(_) => return None,
        })
    }

    /// The type as the checker knows it.
    #[must_use]
    pub fn to_ir(&self) -> ir::Type {
        match self {
            Self::Bool => ir::Type::Bool,
            Self::Number => ir::Type::Number,
            Self::Ratio => ir::Type::Ratio,
            Self::Money(currency) => ir::Type::Money(currency.clone()),
            Self::Date => ir::Type::Date,
            Self::ExactDuration => ir::Type::ExactDuration,
            Self::CalendarDuration => ir::Type::CalendarDuration,
            Self::Text => ir::Type::Text,
            Self::Name => ir::Type::Name,
        }
    }

    /// The currency, where it is not three capital letters.
    pub(super) fn strange_currency(&self) -> Option<&str> {
        match self {
            Self::Money(word) if word.len() != 3 || !word.bytes().all(|byte| byte.is_ascii_uppercase()) => Some(word),
            _ => None,
        }
    }

    /// Whether a value can be of this type: calendar durations are whole, names are folded.
    #[must_use]
    pub fn admits(&self, value: &Value<'_>) -> bool {
        match (self, value) {
            (Self::Bool, Value::Bool(_))
            | (Self::Number | Self::Ratio | Self::Money(_) | Self::ExactDuration, Value::Number(_))
            | (Self::Date, Value::Date(_))
            | (Self::Text, Value::Text(_)) => true,
            (Self::CalendarDuration, Value::Number(months)) => months.is_whole(),
            (Self::Name, Value::Text(name)) => crate::value::fold_name(name.as_str()) == name.as_str(),
            _ => false,
        }
    }
}

/// As policies write the type.
impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bool => f.write_str("bool"),
            Self::Number => f.write_str("number"),
            Self::Ratio => f.write_str("ratio"),
            Self::Money(currency) => write!(f, "money in {currency}"),
            Self::Date => f.write_str("date"),
            Self::ExactDuration => f.write_str("duration in minutes"),
            Self::CalendarDuration => f.write_str("duration in months"),
            Self::Text => f.write_str("text"),
            Self::Name => f.write_str("name"),
        }
    }
}

/// What a function is called, what it takes, what it gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// By what policies call it: `uscc_valid`, or with a namespace `codes.uscc_valid`.
    pub name: String,
    /// Types of its arguments, in order.
    pub params: Vec<Type>,
    /// Type of its result.
    pub result: Type,
    /// What it says, for people.
    pub doc: String,
}

impl Signature {
    /// The first currency of its types that is not three capital letters.
    pub(super) fn strange_currency(&self) -> Option<&str> {
        self.params.iter().chain([&self.result]).find_map(Type::strange_currency)
    }
}

/// `name(number, text) -> bool`
impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let params: Vec<String> = self.params.iter().map(ToString::to_string).collect();
        write!(f, "{}({}) -> {}", self.name, params.join(", "), self.result)
    }
}
