//! From text to surface tree: the grammar finds the parts, the functions below put them together.

mod build;
mod cursor;
mod expressions;
mod header;
mod items;
mod literals;
mod messages;
mod model;
mod operands;
mod parts;
mod relations;
mod rules;
mod strings;
mod tests;

use super::grammar::{Grammar, Pair, Rule};
use super::input::Input;
use super::{Limits, ast, refuse};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Span};
use build::Builder;
use pest::Parser as _;

/// Reads the text of one policy file.
///
/// # Errors
///
/// Everything that is wrong with the text, in order: of each item at least the first mistake.
pub fn parse(file: FileId, text: &str) -> Result<ast::File, Vec<Diagnostic>> {
    let limits = Limits::DEFAULT;
    if text.len() > limits.bytes {
        let message = format!("a policy file has at most {} bytes, found {}", limits.bytes, text.len());
        return Err(vec![Diagnostic::error(Code::SYNTAX_LIMIT, Span::new(file, 0, 0), message)]);
    }
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let input = Input::new(file, text.get(start..).unwrap_or_default(), start, limits.nesting);
    let pair =
        first_pair(&input, Rule::file).map_err(|faults| no_more(mistakes(&input, start, faults), limits.mistakes))?;
    Builder::new(&input, limits).file(&pair).map_err(|faults| no_more(faults, limits.mistakes))
}

/// The first `most` of the mistakes, and that there are more.
fn no_more(mut faults: Vec<Diagnostic>, most: usize) -> Vec<Diagnostic> {
    if let Some(place) = faults.get(most).and_then(|fault| fault.primary.as_ref()).map(|label| label.span) {
        let message = format!("at most {most} mistakes of a file are told, found {}", faults.len());
        faults.truncate(most);
        faults.push(Diagnostic::error(Code::SYNTAX_LIMIT, place, message));
    }
    faults
}

/// What the grammar finds in a text; nothing that the first look faulted reaches it.
fn first_pair<'i>(input: &'i Input<'i>, whole: Rule) -> Result<Pair<'i>, Vec<Diagnostic>> {
    if !input.scan.faults.is_empty() {
        return Err(refuse::faults(input));
    }
    let mut pairs = Grammar::parse(whole, input.text).map_err(|error| vec![refuse::unexpected(input, &error)])?;
    pairs.next().ok_or_else(Vec::new)
}

/// The mistakes of each item by itself; `whole` is what is wrong with the text as one.
fn mistakes(input: &Input<'_>, start: usize, whole: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (at, range) in parts::parts(input).into_iter().enumerate() {
        let text = input.text.get(range.clone()).unwrap_or_default();
        let part = Input::new(input.file, text, start + range.start, Limits::DEFAULT.nesting);
        if at == 0 && part.scan.tokens.is_empty() {
            found.extend(whole.first().cloned());
        } else {
            found.extend(mistakes_of_part(&part, at == 0));
        }
    }
    if found.is_empty() { whole } else { found }
}

/// The first part is the header, and whatever follows it that does not look like an item.
fn mistakes_of_part(part: &Input<'_>, is_first: bool) -> Vec<Diagnostic> {
    let builder = Builder::new(part, Limits::DEFAULT);
    let built = if is_first {
        first_pair(part, Rule::file).and_then(|pair| builder.file(&pair).map(drop))
    } else {
        first_pair(part, Rule::items).and_then(|pair| builder.items(&pair).map(drop))
    };
    built.err().unwrap_or_default()
}
