//! Enums, records, fields and their written types.

use super::{Expr, Label, Name, Path, Text};
use crate::source::Span;
use serde::{Deserialize, Serialize};

/// `enum Name { a < b }` or `{ a, b as "2b" zh "…" }`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Enum {
    /// Its name.
    pub name: Name,
    /// Its members in order.
    pub members: Vec<Member>,
    /// The separators between members; mixing them is the checker's error.
    pub separators: Vec<Separator>,
    /// Label of the enum.
    pub label: Option<Label>,
}

/// What stands between two members.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Separator {
    /// `<`
    Less,
    /// `,`
    Comma,
}

/// `five_g as "5g" en "5G" zh "5G"`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Member {
    /// Doc comment lines.
    pub doc: Vec<String>,
    /// Its name in policies.
    pub name: Name,
    /// Its spelling in JSON where that differs.
    pub spelling: Option<Text>,
    /// Its label.
    pub label: Option<Label>,
}

/// `record Name { field: type modifiers … }`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Its name.
    pub name: Name,
    /// Its fields in order.
    pub fields: Vec<Field>,
    /// Its label.
    pub label: Option<Label>,
}

/// `closed_on: date null means open zh "处置完成"`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Field {
    /// Doc comment lines.
    pub doc: Vec<String>,
    /// Its name, also its JSON key.
    pub name: Name,
    /// Its type.
    pub ty: Type,
    /// What is said about it, in order.
    pub modifiers: Vec<Modifier>,
    /// The field without its doc comment.
    pub span: Span,
}

/// One thing said about a field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Modifier {
    /// What.
    pub kind: ModifierKind,
    /// Where.
    pub span: Span,
}

/// The things that can be said about a field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum ModifierKind {
    /// `required`: a declaration without it is not valid.
    Required,
    /// `confidential`: left out of public reports.
    Confidential,
    /// `filing`: a complete filing needs it.
    Filing,
    /// `when condition`: void where the condition is false.
    When(Expr),
    /// `proof logged_ref`: where the proof of this claim stands.
    Proof(Name),
    /// `null means open`
    NullMeans(Name),
    /// `none_when none_declared`
    NoneWhen(Name),
    /// `may_be_empty`
    MayBeEmpty,
    /// `key id`: elements are told apart by this field.
    Key(Name),
    /// `matches /regex/`
    Matches(Regex),
    /// `en "…" zh "…"`
    Label(Label),
}

/// A regular expression literal, without its slashes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Regex {
    /// The pattern; `\/` is already `/`.
    pub pattern: String,
    /// Where it stands, slashes included.
    pub span: Span,
}

/// A written type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Type {
    /// What.
    pub kind: TypeKind,
    /// Where.
    pub span: Span,
}

/// The written types.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum TypeKind {
    /// `list of T`
    List(Box<Type>),
    /// `table Category -> LicenceScope`
    Table {
        /// The enum that is mapped.
        key: Name,
        /// What it is mapped to.
        value: Box<Type>,
    },
    /// `ref evidence`: the path, from the root, of the keyed list that is pointed into.
    Ref(Vec<Name>),
    /// `number`, `number whole 1..5`
    Number {
        /// Whether only whole numbers are valid.
        whole: bool,
        /// Bounds, both included.
        bounds: Option<Bounds>,
    },
    /// `ratio`, `ratio in percent 0..100`: bounds in the field's own unit.
    Ratio {
        /// Whether the JSON number is in percent.
        percent: bool,
        /// Bounds, both included.
        bounds: Option<Bounds>,
    },
    /// `money in CNY`
    Money {
        /// The currency; needed in fields.
        currency: Option<Name>,
        /// Bounds, both included.
        bounds: Option<Bounds>,
    },
    /// `duration in minutes`; without a unit in parameters and functions.
    Duration {
        /// The unit of the JSON number.
        unit: Option<Name>,
        /// Bounds, both included, in that unit.
        bounds: Option<Bounds>,
    },
    /// `bool`, `date`, `text`, `name`, `prose`, or the name of an enum or a record.
    Named(Name),
}

/// `1..5`, `0..`, `..10`: both ends included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bounds {
    /// Lower bound as written, sign included.
    pub low: Option<NumberLiteral>,
    /// Upper bound as written, sign included.
    pub high: Option<NumberLiteral>,
    /// The whole range.
    pub span: Span,
}

/// A number as written: digits, `_`, a point, in bounds also a sign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberLiteral {
    /// As written.
    pub text: String,
    /// Where.
    pub span: Span,
}

/// `declaration { id path, path  name path  as_of path  stage expr }`: the handles of a declaration.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Declaration {
    /// Fields that identify a declaration; the first that is declared counts.
    pub id: Vec<Path>,
    /// Fields that name it for people; the first that is declared counts.
    pub name: Vec<Path>,
    /// The field that is the evaluation date.
    pub as_of: Option<Path>,
    /// The stage, an expression of an enum's type.
    pub stage: Option<Expr>,
}
