//! JSON text to a typed declaration: exact, strict, every error with its place.
//!
//! It knows the model and the layout, no rules: whether a conditional field applies is not its matter.

pub mod cells;
mod corrections;
pub mod declaration;
mod decoder;
mod escapes;
mod form;
mod hints;
mod limits;
mod pass;
mod plain;
mod problems;
mod scalar;
pub mod scanner;
mod settle;
mod shape;
mod words;

pub use decoder::{Decoder, decode};
pub use limits::Limits;
