//! The report: the one value that says what a run found, and that every output format reads.

mod build;
pub mod contract;
mod facts;
mod settle;
mod shown;

pub use build::{Context, build, decide};
