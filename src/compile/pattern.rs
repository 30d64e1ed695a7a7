//! Regular expressions for whole texts, compiled when the first text comes: most declarations have none for most of them.

use regex::Regex;
use std::sync::{Arc, OnceLock};

/// A pattern for a whole text. Cheap to clone; clones share what was compiled.
#[derive(Debug, Clone)]
pub struct Pattern(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    source: String,
    /// None where it does not compile: then no text matches. The checker refuses such patterns.
    compiled: OnceLock<Option<Regex>>,
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
        let compile = || Regex::new(&format!(r"\A(?:{})\z", self.0.source)).ok();
        self.0.compiled.get_or_init(compile).as_ref().is_some_and(|regex| regex.is_match(text))
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
