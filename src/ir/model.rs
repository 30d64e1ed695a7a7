//! The declared model: enums, records, fields and their types.

use super::{Code, Constant, Deferred};
use crate::source::Span;
pub use crate::value::MemberId;
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub struct $name(u32);

        impl $name {
            /// The id at this index of its table; indices past `u32::MAX` do not occur, sizes are limited.
            #[must_use]
            pub fn new(index: usize) -> Self {
                Self(u32::try_from(index).unwrap_or(u32::MAX))
            }

            /// Its index in its table.
            #[must_use]
            pub const fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}
pub(crate) use ids;

ids! {
    /// An enum of the model.
    EnumId;
    /// A record of the model.
    RecordId;
    /// A field of its record, by position.
    FieldId;
}

/// Words in two languages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// English.
    pub en: Option<String>,
    /// Chinese.
    pub zh: Option<String>,
}

/// A static type.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Type {
    /// `bool`
    Bool,
    /// `number`; whether only whole numbers are valid is the field's matter
    Number,
    /// `ratio`: a plain fraction, 5 % is 0.05
    Ratio,
    /// `money in CNY`
    Money(String),
    /// `date`
    Date,
    /// `duration in days`, `hours`, `minutes`: counted in minutes
    ExactDuration,
    /// `duration in months`, `years`: counted in whole months
    CalendarDuration,
    /// `text`
    Text,
    /// `name`: compares after NFKC, trimming and folding of white space
    Name,
    /// `prose`: presence and interpolation only
    Prose,
    /// an enum
    Enum(EnumId),
    /// a record
    Record(RecordId),
    /// `list of T`
    List(Box<Type>),
    /// `ref evidence`: the id of an element of a keyed list; the record is the element's
    Ref(RecordId),
}

/// The unit of a duration in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum DurationUnit {
    /// `minutes`
    Minutes,
    /// `hours`
    Hours,
    /// `days`
    Days,
    /// `months`
    Months,
    /// `years`
    Years,
}

impl DurationUnit {
    /// As a model and a schema spell it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Minutes => "minutes",
            Self::Hours => "hours",
            Self::Days => "days",
            Self::Months => "months",
            Self::Years => "years",
        }
    }
}

/// Bounds of a number in the field's own JSON unit, both included.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bounds {
    /// Least valid number.
    pub low: Option<crate::value::Number>,
    /// Greatest valid number.
    pub high: Option<crate::value::Number>,
}

/// When an empty list is known to be empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Emptiness {
    /// Never: an empty list is unknown.
    Unknown,
    /// `may_be_empty`: `[]` is empty, absent is unknown.
    MayBeEmpty,
    /// `none_when f`: empty when the sibling boolean says so.
    NoneWhen(FieldId),
}

/// `when condition` of a field: evaluated with the enclosing record as local 0.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Condition {
    /// The condition; its first local is the record that holds the field.
    pub code: Deferred<Code>,
    /// Where it is written.
    pub span: Span,
}

/// A field of a record.
#[expect(clippy::struct_excessive_bools, reason = "each is a word of the language that stands or does not")]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Field {
    /// Its name, also its JSON key.
    pub name: String,
    /// Doc comment.
    pub doc: Deferred<String>,
    /// Its label.
    pub label: Deferred<Label>,
    /// Its type.
    pub ty: Type,
    /// `required`
    pub required: bool,
    /// `filing`
    pub filing: bool,
    /// `confidential`
    pub confidential: bool,
    /// `when …`
    pub condition: Option<Condition>,
    /// `proof f`: a sibling of type `ref`.
    pub proof: Option<FieldId>,
    /// `null means open`: the word.
    pub null_word: Option<String>,
    /// For lists: when empty is known to be empty.
    pub emptiness: Emptiness,
    /// For lists of records: the field that tells elements apart.
    pub key: Option<FieldId>,
    /// For numbers: only whole ones (also of elements of a list).
    pub whole: bool,
    /// For numbers: bounds (also of elements of a list).
    pub bounds: Bounds,
    /// For ratios: the JSON number is in percent.
    pub percent: bool,
    /// For durations: the unit of the JSON number.
    pub unit: Option<DurationUnit>,
    /// For texts: the pattern that the whole text must match, without slashes.
    pub pattern: Option<String>,
    /// Where it is declared.
    pub span: Span,
}

/// A record type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Record {
    /// Its name.
    pub name: String,
    /// Doc comment.
    pub doc: Deferred<String>,
    /// Its label.
    pub label: Deferred<Label>,
    /// Its fields in order, by JSON key.
    pub fields: IndexMap<String, Field>,
    /// Where it is declared.
    pub span: Span,
}

impl Record {
    /// A field by its id.
    #[must_use]
    pub fn field(&self, id: FieldId) -> Option<&Field> {
        self.fields.get_index(id.index()).map(|(_, field)| field)
    }

    /// A field's id by its JSON key.
    #[must_use]
    pub fn field_id(&self, name: &str) -> Option<FieldId> {
        self.fields.get_index_of(name).map(FieldId::new)
    }
}

/// A member of an enum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Member {
    /// Its name in policies.
    pub name: String,
    /// Its spelling in JSON.
    pub spelling: String,
    /// Its label.
    pub label: Deferred<Label>,
    /// Doc comment.
    pub doc: Deferred<String>,
}

/// An enum type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Enum {
    /// Its name.
    pub name: String,
    /// Doc comment.
    pub doc: Deferred<String>,
    /// Its label.
    pub label: Deferred<Label>,
    /// Whether its members compare with `<`.
    pub ordered: bool,
    /// Its members, in order.
    pub members: Vec<Member>,
    /// Where it is declared.
    pub span: Span,
}

/// The handles of a declaration: `declaration { … }`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Handles {
    /// Paths from the root to the fields that identify a declaration; the first that is declared counts.
    pub id: Vec<Vec<FieldId>>,
    /// Paths to the fields that name it; the first that is declared counts.
    pub name: Vec<Vec<FieldId>>,
    /// Path to the evaluation date.
    pub as_of: Option<Vec<FieldId>>,
    /// The stage.
    pub stage: Option<Deferred<Code>>,
    /// The enum of the stages.
    pub stages: Option<EnumId>,
}

/// Everything that a declaration can say.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Model {
    /// All enums.
    pub enums: Vec<Enum>,
    /// All records.
    pub records: Vec<Record>,
    /// The record that a declaration is.
    pub root: RecordId,
    /// For each record that a `ref` points to: the path of its keyed list from the root.
    pub keyed_lists: IndexMap<RecordId, Vec<FieldId>>,
    /// Identity, date and stage.
    pub handles: Handles,
}

impl Model {
    /// A record by its id.
    #[must_use]
    pub fn record(&self, id: RecordId) -> Option<&Record> {
        self.records.get(id.index())
    }

    /// An enum by its id.
    #[must_use]
    pub fn enumeration(&self, id: EnumId) -> Option<&Enum> {
        self.enums.get(id.index())
    }

    /// The member behind a constant of an enum type.
    #[must_use]
    pub fn member(&self, constant: &Constant) -> Option<&Member> {
        match constant {
            Constant::Member(id, member) => self.enumeration(*id)?.members.get(member.index()),
            _ => None,
        }
    }
}
