//! What changed between two policies, shown: to people on a terminal, and as Markdown for a pull request. JSON is
//! [`crate::render::json`] of the same value.

mod human;
mod markdown;
mod words;

pub use human::human;
pub use markdown::markdown;
