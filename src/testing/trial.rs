//! A test as data: the one value that `test` blocks and case files are both read into, and that is run.

use crate::pack::Placed;
use crate::source::Span;
use crate::syntax::ast::{Path, Value};
use crate::value::Date;
use serde_json::Value as Json;

/// What a test has judged, and what it expects.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Trial {
    /// The declaration's file, relative to the pack.
    pub given: Option<Placed<String>>,
    /// Changes, in order.
    pub changes: Vec<Change>,
    /// The evaluation date, instead of the declaration's.
    pub as_of: Option<Date>,
    /// The stage, instead of the one that follows from the declaration.
    pub stage: Option<String>,
    /// Waivers files of the pack.
    pub waivers: Vec<Placed<String>>,
    /// Reviews files of the pack.
    pub reviews: Vec<Placed<String>>,
    /// What is expected, in order.
    pub expected: Vec<Expectation>,
}

/// A change of the declaration.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// A value as the language writes it: members are bare, amounts have their currency.
    Write(Path, Value),
    /// A value as JSON has it.
    Set(Path, Json),
    /// Nothing stands there any more.
    Remove(Path),
}

/// Something that a test expects.
#[derive(Debug, Clone, PartialEq)]
pub enum Expectation {
    /// What the declaration comes to.
    Decision(Placed<String>),
    /// What a rule comes to.
    Rule {
        /// Its id.
        id: Placed<String>,
        /// The outcome.
        outcome: Placed<String>,
        /// Where one of its findings of that outcome points.
        at: Option<Path>,
        /// The expectation.
        span: Span,
    },
}

impl Trial {
    /// The rules that it names, by id, each with the outcome that is expected of it.
    pub fn outcomes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.expected.iter().filter_map(|expectation| match expectation {
            Expectation::Rule { id, outcome, .. } => Some((id.value.as_str(), outcome.value.as_str())),
            Expectation::Decision(_) => None,
        })
    }

    /// The ids of the rules that it names.
    pub fn rules(&self) -> impl Iterator<Item = &str> {
        self.outcomes().map(|(id, _)| id)
    }

    /// Whether it expects a decision, which hangs on every rule.
    #[must_use]
    pub fn decides(&self) -> bool {
        self.expected.iter().any(|expectation| matches!(expectation, Expectation::Decision(_)))
    }
}
