//! The report: the one value that says what a run found, and that every output format reads.

mod build;
pub mod contract;
mod facts;
pub mod form;
pub mod gaps;
mod groups;
mod listed;
mod missing;
mod pick;
pub mod portfolio;
mod problems;
mod proofs;
pub mod public;
mod read;
mod requires;
mod settle;
mod shown;
mod told;
pub mod verdict;
mod views;
mod worklist;

pub use build::{Context, build, decision_of, parameter};
pub use facts::{Digests, digest_of};
pub use missing::missing;
pub use read::{Gravity, gravity};

use crate::compile::{NodeId, Program};
use crate::eval::{Basis, Operand};
use crate::ir::{Field, Label};

/// What an expression came to, in words of both languages.
#[must_use]
pub fn value_words(program: &Program, node: NodeId, operand: &Operand<'_, Basis>) -> contract::Words {
    shown::both(program, node, operand)
}

/// What may be given for a field, in the words of the language.
#[must_use]
pub fn expects(program: &Program, field: &Field) -> String {
    shown::expects(program, field)
}

/// A label as words; where there is no English, `name` stands in.
#[must_use]
pub fn words(label: &Label, name: &str) -> contract::Words {
    shown::words(label, name)
}
