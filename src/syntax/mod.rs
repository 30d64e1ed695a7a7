//! Policy text to surface tree, and back.
//!
//! [`parse`] reads a text into an [`ast::File`], [`print()`] writes one as the formatter would. Neither knows what a
//! name means: that is for the checker.

pub mod ast;
mod decode;
mod grammar;
mod input;
mod limits;
mod only_tests;
mod parse;
mod print;
mod refuse;
mod scan;
mod stored;

pub use decode::decode_utf8;
pub use limits::Limits;
pub use only_tests::holds_only_tests;
pub use parse::parse;
pub use print::print;
pub use stored::{Stored, store};
