//! A source's locators: one a line, in the order of the source, each with the digest of its sentence where one is kept.

use super::table::is_sha256;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Span};
use indexmap::IndexMap;

/// How many locators a source may have.
pub const MAX_LOCATORS: usize = 100_000;

/// A line of a locator table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Locator {
    /// SHA-256 of the sentence, 64 hexadecimal digits.
    pub sha256: Option<String>,
    /// Where it stands.
    pub span: Span,
}

/// A locator table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Locators {
    /// Its file.
    pub file: FileId,
    /// The locators, in order.
    pub entries: IndexMap<String, Locator>,
}

impl Locators {
    /// Reads a table: `3.4.3#2`, or `3.4.3#2 <sha256>`, on each line.
    pub fn parse(file: FileId, text: &str) -> Result<Self, Vec<Diagnostic>> {
        let mut entries = IndexMap::new();
        let mut found = Vec::new();
        for (span, line) in lines(file, text) {
            if entries.len() >= MAX_LOCATORS {
                let message = format!("expected at most {MAX_LOCATORS} locators in a source");
                found.push(Diagnostic::error(Code::PACK_LIMIT, span, message));
                break;
            }
            found.extend(add(&mut entries, span, line));
        }
        if entries.is_empty() && found.is_empty() {
            found.push(Diagnostic::error(Code::LOCATORS, Span::new(file, 0, 0), "expected at least one locator"));
        }
        if found.is_empty() { Ok(Self { file, entries }) } else { Err(found) }
    }
}

fn lines(file: FileId, text: &str) -> impl Iterator<Item = (Span, &str)> {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut start = text.len() - body.len();
    body.split_terminator('\n').map(move |raw| {
        let line = raw.strip_suffix('\r').unwrap_or(raw);
        let at = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        let span = Span::new(file, at(start), at(start + line.len()));
        start += raw.len() + 1;
        (span, line)
    })
}

/// Takes a line in; otherwise what is wrong with it.
fn add(entries: &mut IndexMap<String, Locator>, span: Span, line: &str) -> Option<Diagnostic> {
    let error = |message: String| Some(Diagnostic::error(Code::LOCATORS, span, message));
    let mut words = line.split_whitespace();
    let (locator, sha256) = (words.next().unwrap_or_default(), words.next());
    if locator.is_empty() {
        return error("expected a locator, found an empty line".to_owned());
    }
    if !is_locator(locator) {
        return error(format!("expected a locator such as `3.4.3#2`, found `{locator}`"));
    }
    if words.next().is_some() || sha256.is_some_and(|digest| !is_sha256(digest)) {
        return error(format!("expected nothing or 64 lower-case hexadecimal digits after `{locator}`"));
    }
    if let Some(first) = entries.get(locator) {
        let twice = Diagnostic::error(Code::LOCATORS, span, format!("locator `{locator}` stands here twice"));
        return Some(twice.also(first.span, "the first one"));
    }
    entries.insert(locator.to_owned(), Locator { sha256: sha256.map(str::to_owned), span });
    None
}

/// Whether a rule could cite it: letters, digits, `.`, `-`, `_`, `/`, and a sentence after `#`.
fn is_locator(text: &str) -> bool {
    let (place, sentence) = text.split_once('#').map_or((text, None), |(place, sentence)| (place, Some(sentence)));
    let letters = |part: &str, more: &str| {
        !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || more.contains(c))
    };
    letters(place, ".-_/") && sentence.is_none_or(|sentence| letters(sentence, ""))
}
