//! Texts that are borrowed from the declaration where they stand in it as they are, and shared where not.

use std::borrow::Cow;
use std::hash::{Hash, Hasher};
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization;

/// A text: borrowed from JSON, or made from it (escapes resolved, names folded). Cheap to clone.
#[derive(Debug, Clone)]
pub enum Text<'a> {
    /// As it stands in its source.
    Borrowed(&'a str),
    /// Made from its source.
    Shared(Arc<str>),
}

impl Text<'_> {
    /// The characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Borrowed(text) => text,
            Self::Shared(text) => text,
        }
    }
}

impl Text<'_> {
    /// The same characters, borrowed from nothing.
    #[must_use]
    pub fn into_static(self) -> Text<'static> {
        match self {
            Self::Borrowed(text) => Text::Shared(text.into()),
            Self::Shared(text) => Text::Shared(text),
        }
    }
}

impl<'a> From<Cow<'a, str>> for Text<'a> {
    fn from(text: Cow<'a, str>) -> Self {
        match text {
            Cow::Borrowed(text) => Self::Borrowed(text),
            Cow::Owned(text) => Self::Shared(text.into()),
        }
    }
}

impl PartialEq for Text<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Text<'_> {}

impl Hash for Text<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

/// Folds a name: NFKC, white space at the ends removed and inside made one blank.
#[must_use]
pub fn fold_name(name: &str) -> Cow<'_, str> {
    if is_folded(name.as_bytes()) {
        return Cow::Borrowed(name);
    }
    let mut folded = String::with_capacity(name.len());
    fold_into(name, &mut folded);
    if folded == name { Cow::Borrowed(name) } else { Cow::Owned(folded) }
}

/// Whether a name is plainly what it folds to: printable ASCII and the common Chinese characters, which NFKC leaves alone, with
/// single blanks inside. Others may be as well.
pub(crate) fn is_folded(name: &[u8]) -> bool {
    let mut rest = name;
    let mut before = b' ';
    loop {
        (before, rest) = match rest {
            [] => return before != b' ' || name.is_empty(),
            [byte @ b'!'..=b'~', ..] if let Some(behind) = past_eight(rest) => (*byte, behind),
            // ASCII, and U+4E00 to U+9FFF.
            [byte @ b'!'..=b'~', rest @ ..]
            | [byte @ 0xe4, 0xb8..=0xff, _, rest @ ..]
            | [byte @ 0xe5..=0xe9, _, _, rest @ ..] => (*byte, rest),
            [b' ', rest @ ..] if before != b' ' => (b' ', rest),
            _ => return false,
        };
    }
}

/// What follows eight bytes that are printable ASCII and no blanks.
#[inline]
fn past_eight(text: &[u8]) -> Option<&[u8]> {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let (chunk, behind) = text.split_first_chunk::<8>()?;
    let word = u64::from_le_bytes(*chunk);
    // A high bit is left by what has one, by what is below `!`, and by what is above `~`.
    let other = (word | word.wrapping_sub(ONES * u64::from(b'!')) | word.wrapping_add(ONES)) & HIGH;
    (other == 0).then_some(behind)
}

/// Appends a name, folded.
pub(crate) fn fold_into(name: &str, to: &mut String) {
    let start = to.len();
    let mut pending = false;
    for c in name.nfkc() {
        if c.is_whitespace() {
            pending = to.len() > start;
        } else {
            if std::mem::take(&mut pending) {
                to.push(' ');
            }
            to.push(c);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fold_width_and_white_space() {
        let cases = [
            ("ICBC", "ICBC"),
            (" ICBC\u{3000}Bank ", "ICBC Bank"),
            ("ＩＣＢＣ", "ICBC"),
            ("a\t\tb", "a b"),
            ("银行", "银行"),
        ];
        for (given, folded) in cases {
            assert_eq!(fold_name(given), folded);
        }
        assert!(matches!(fold_name("银行"), Cow::Borrowed(_)));
    }
}
