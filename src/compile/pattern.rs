//! Patterns for whole texts, compiled when the first text comes: most declarations have none for most of them.

use super::form::Form;
use regex::Regex;
use std::sync::{Arc, OnceLock};

/// A pattern for a whole text. Cheap to clone; clones share what was compiled.
#[derive(Debug, Clone)]
pub struct Pattern(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    source: String,
    compiled: OnceLock<Compiled>,
}

#[derive(Debug)]
enum Compiled {
    Form(Form),
    Regex(Regex),
    /// It does not compile: then no text matches. The checker refuses such patterns.
    Never,
}

impl Compiled {
    fn new(source: &str) -> Self {
        if let Some(form) = Form::of(source) {
            return Self::Form(form);
        }
        Regex::new(&format!(r"\A(?:{source})\z")).map_or(Self::Never, Self::Regex)
    }
}

impl Pattern {
    /// A pattern of the language, without slashes.
    #[must_use]
    pub fn new(source: &str) -> Self {
        Self(Arc::new(Inner { source: source.to_owned(), compiled: OnceLock::new() }))
    }

    /// As it is written.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.0.source
    }

    /// Whether the whole of a text matches.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        match self.compiled() {
            Compiled::Form(form) => form.matches(text.as_bytes()),
            Compiled::Regex(regex) => regex.is_match(text),
            Compiled::Never => false,
        }
    }

    /// The same of bytes, which are UTF-8 or do not match.
    pub(crate) fn matches_bytes(&self, text: &[u8]) -> bool {
        match self.compiled() {
            Compiled::Form(form) => form.matches(text),
            _ => str::from_utf8(text).is_ok_and(|text| self.matches(text)),
        }
    }

    fn compiled(&self) -> &Compiled {
        self.0.compiled.get_or_init(|| Compiled::new(&self.0.source))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_text_matches_or_it_does_not() {
        let pattern = Pattern::new("a|[0-9]{2}");
        assert_eq!(
            ["a", "12", "123", "ab", "a\n", ""].map(|text| pattern.matches(text)),
            [true, true, false, false, false, false]
        );
        assert!(!Pattern::new("(").matches("("), "what does not compile matches nothing");
    }
}
