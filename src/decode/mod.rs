//! JSON text to a typed declaration: exact, strict, every error with its place.

pub mod declaration;
pub mod scanner;
