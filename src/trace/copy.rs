//! A copy of a source that the user has: a locator and a sentence a line. Only digests are compared; no sentence is kept.

use super::Compared;
use indexmap::IndexMap;
use regex::Regex;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use unicode_normalization::UnicodeNormalization;

/// A copy of a source, by locator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceCopy {
    digests: IndexMap<String, String>,
    /// Lines that hold no locator: headings and the like.
    pub other_lines: usize,
}

impl SourceCopy {
    /// Reads a copy: each line a locator, a blank, and the sentence. The locator may stand in back quotes and after `- `, as
    /// Markdown has it. Lines without a locator are counted and passed over.
    ///
    /// # Errors
    ///
    /// Says what is wrong where no line holds a locator, or one stands there twice.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut copy = Self { digests: IndexMap::new(), other_lines: 0 };
        for (index, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            let Some((locator, sentence)) = located(line) else {
                copy.other_lines += usize::from(!line.trim().is_empty());
                continue;
            };
            if copy.digests.insert(locator.to_owned(), sentence_digest(sentence)).is_some() {
                return Err(format!("line {}: `{locator}` stands here a second time", index + 1));
            }
        }
        if copy.digests.is_empty() {
            return Err("expected lines of a locator and a sentence, as `3.4.3#2 …`, found none".to_owned());
        }
        Ok(copy)
    }

    /// How the copy has a sentence whose digest is `kept`.
    pub(super) fn compare(&self, locator: &str, kept: Option<&str>) -> Compared {
        match (self.digests.get(locator), kept) {
            (None, _) => Compared::Missing,
            (Some(_), None) => Compared::Unknown,
            (Some(own), Some(kept)) if own == kept => Compared::Same,
            (Some(_), Some(_)) => Compared::Changed,
        }
    }

    /// Locators that the source does not have.
    pub(super) fn strangers<T>(&self, locators: &IndexMap<String, T>) -> Vec<String> {
        self.digests.keys().filter(|locator| !locators.contains_key(locator.as_str())).cloned().collect()
    }
}

/// The locator and the sentence of a line.
fn located(line: &str) -> Option<(&str, &str)> {
    let line = line.trim();
    let line = line.strip_prefix("- ").unwrap_or(line);
    let (locator, sentence) = match line.strip_prefix('`') {
        Some(quoted) => quoted.split_once('`')?,
        None => line.split_once(char::is_whitespace)?,
    };
    let (section, number) = locator.split_once('#')?;
    let shaped = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || ".-_/".contains(c));
    (shaped(section) && shaped(number) && !sentence.trim().is_empty()).then_some((locator, sentence))
}

/// SHA-256 of a sentence after NFKC, without punctuation and white space, in lower-case hexadecimal digits.
#[must_use]
pub fn sentence_digest(sentence: &str) -> String {
    let normal: String = sentence.nfkc().collect();
    let kept = match Regex::new(r"[\p{P}\p{Z}\s]") {
        Ok(left_out) => left_out.replace_all(&normal, "").into_owned(),
        Err(_) => normal,
    };
    Sha256::digest(kept).iter().fold(String::with_capacity(64), |mut text, byte| {
        let _infallible = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typesetting_does_not_matter_and_words_do() {
        assert_eq!(sentence_digest("甲，乙。"), sentence_digest("甲 乙"));
        assert_eq!(sentence_digest("ＡＢ“c”"), sentence_digest("ABc"));
        assert_ne!(sentence_digest("甲乙"), sentence_digest("乙甲"));
    }

    #[test]
    fn lines_of_a_copy() {
        let copy = SourceCopy::parse("# Title\n\n- `3.1.1#1` 甲。\n3.1.1#2 乙\n").unwrap();
        assert_eq!((copy.digests.len(), copy.other_lines), (2, 1));
        assert_eq!(copy.compare("3.1.1#1", Some(&sentence_digest("甲"))), Compared::Same);
        assert_eq!(copy.compare("3.1.1#2", Some(&sentence_digest("甲"))), Compared::Changed);
        assert_eq!(copy.compare("3.1.1#3", Some("")), Compared::Missing);
        assert!(SourceCopy::parse("no locator here").is_err());
        assert!(SourceCopy::parse("1#1 a\n1#1 b").unwrap_err().contains("line 2"));
    }
}
