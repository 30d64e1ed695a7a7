//! The report: the one value that says what a run found, and that every output format reads.

mod build;
pub mod contract;
mod facts;
pub mod form;
pub mod gaps;
mod groups;
mod pick;
pub mod portfolio;
mod problems;
mod proofs;
pub mod public;
mod read;
mod settle;
mod shown;
mod todo;
mod views;

pub use build::{Context, build, decide, decision_of, parameter};
pub use facts::digest_of;
pub use read::{Gravity, gravity};

use crate::compile::{NodeId, Program};
use crate::eval::{Basis, Operand};
use crate::ir::Label;

/// What an expression came to, in words of both languages.
#[must_use]
pub fn value_words(program: &Program, node: NodeId, operand: &Operand<'_, Basis>) -> contract::Words {
    shown::both(program, node, operand)
}

/// A label as words; where there is no English, `name` stands in.
#[must_use]
pub fn words(label: &Label, name: &str) -> contract::Words {
    shown::words(label, name)
}
