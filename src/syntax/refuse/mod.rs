//! What is wrong with a text, in words that help: what the first look found, what the grammar did not expect, and what
//! the grammar lets through and the language does not.

mod expected;
mod fault;
mod grouping;
mod hint;
mod unexpected;

pub(super) use fault::faults;
pub(super) use grouping::{
    chained, connective_word, is_open, mixed_connectives, nested_implies, open_before, related_twice, short_date, twice,
};
pub(super) use unexpected::unexpected;

/// `a`, `a or b`, `a, b or c`
fn either(words: &[String]) -> String {
    match words.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => String::new(),
    }
}
