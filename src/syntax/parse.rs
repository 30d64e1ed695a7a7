//! From text to surface tree: the grammar finds the parts, the functions below put them together.

mod build;
mod cursor;
mod expressions;
mod header;
mod items;
mod literals;
mod messages;
mod model;
mod refuse;
mod relations;
mod rules;
mod tests;

use super::grammar::{Grammar, PestError, Rule};
use super::input::Input;
use super::{Limits, ast};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Span};
use build::Builder;
use pest::Parser as _;

/// Reads the text of one policy file.
///
/// # Errors
///
/// Everything that is wrong with the text, in order: at least the first mistake of each item.
pub fn parse(file: FileId, text: &str) -> Result<ast::File, Vec<Diagnostic>> {
    let limits = Limits::DEFAULT;
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    if text.len() > limits.bytes {
        let message = format!("a policy file has at most {} bytes, found {}", limits.bytes, text.len());
        return Err(vec![Diagnostic::error(Code::SYNTAX_LIMIT, Span::new(file, 0, 0), message)]);
    }
    let input = Input::new(file, text.get(start..).unwrap_or_default(), start, limits.nesting);
    let mut pairs = Grammar::parse(Rule::file, input.text).map_err(|error| vec![unexpected(&input, &error)])?;
    match pairs.next() {
        Some(pair) => Builder::new(&input, limits).file(pair),
        None => Err(Vec::new()),
    }
}

fn unexpected(input: &Input<'_>, error: &PestError) -> Diagnostic {
    let (pest::error::InputLocation::Pos(at) | pest::error::InputLocation::Span((at, _))) = error.location;
    Diagnostic::error(Code::SYNTAX, input.span(at, at), error.variant.message())
}
