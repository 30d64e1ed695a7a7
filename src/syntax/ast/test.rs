//! Tests: declarations with changes, and what is expected of them.

use super::{DateLiteral, Literal, Name, Text};
use crate::source::Span;
use serde::{Deserialize, Serialize};

/// `test "…" { given … expect … }`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Test {
    /// What it shows.
    pub name: Text,
    /// Its clauses in order.
    pub clauses: Vec<TestClause>,
}

/// The clauses of a test.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum TestClause {
    /// `given "complete.json" with { … }`
    Given {
        /// The declaration's file, relative to the pack.
        file: Text,
        /// Changes in order.
        changes: Vec<Change>,
        /// The clause.
        span: Span,
    },
    /// `as_of 2020-05-01`
    AsOf(DateLiteral),
    /// `stage in_process`
    Stage(Name),
    /// `waivers "waivers.toml"`
    Waivers(Text),
    /// `reviews "reviews.toml"`
    Reviews(Text),
    /// `expect decision refused`
    ExpectDecision(Name),
    /// `expect T17-R13 fail at product.data.items[0].sharing_mode`
    ExpectRule {
        /// The rule.
        id: Name,
        /// Its outcome.
        outcome: Name,
        /// Where one of its findings of that outcome points.
        at: Option<Path>,
        /// The clause.
        span: Span,
    },
}

/// A change to a declaration.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Change {
    /// `remove path`
    Remove(Path),
    /// `path: value`; an index one past the end appends
    Set(Path, Value),
}

/// `product.data.items[0].name`, `product.data.items[name="x"]`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Path {
    /// `product`, in a model's conditions also a sibling field.
    pub root: Name,
    /// The steps.
    pub steps: Vec<PathStep>,
    /// The whole path.
    pub span: Span,
}

/// A step of a path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum PathStep {
    /// `.name`
    Field(Name),
    /// `[0]`
    Index(u64, Span),
    /// `[name="x"]`
    Key(Name, Text),
}

/// A value in a test's change: JSON with bare words for members.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Value {
    /// What.
    pub kind: ValueKind,
    /// Where.
    pub span: Span,
}

/// The values of a test's change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum ValueKind {
    /// `{ name: "x" }`
    Object(Vec<(Name, Value)>),
    /// `[a, b]`
    List(Vec<Value>),
    /// `null`
    Null,
    /// A literal, with `-` before it where `negative`.
    Literal {
        /// Whether a minus stands before it.
        negative: bool,
        /// The literal.
        literal: Literal,
    },
    /// A bare word: a member of the field's enum.
    Word(String),
}
