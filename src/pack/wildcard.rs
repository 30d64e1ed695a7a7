//! Globs over ids and locators: `T17-*`, `3.*.*#*`.

use std::fmt;

/// A glob: `*` stands for any characters, `?` for one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glob(Vec<char>);

impl Glob {
    /// Every text is a glob.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(text.chars().collect())
    }

    /// Whether the whole of a text matches. In the worst case as many steps as the product of the lengths.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        let text: Vec<char> = text.chars().collect();
        let (mut at, mut read, mut star) = (0, 0, None);
        while let Some(c) = text.get(read) {
            match self.0.get(at) {
                Some('*') => {
                    star = Some((at, read));
                    at += 1;
                }
                Some(g) if *g == '?' || g == c => {
                    at += 1;
                    read += 1;
                }
                _ => {
                    let Some((star_at, taken)) = star else { return false };
                    star = Some((star_at, taken + 1));
                    at = star_at + 1;
                    read = taken + 1;
                }
            }
        }
        self.0.get(at..).is_some_and(|rest| rest.iter().all(|g| *g == '*'))
    }
}

impl fmt::Display for Glob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|c| write!(f, "{c}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs() {
        let cases = [
            ("T17-R7", "T17-R7", true),
            ("T17-*", "T17-R7", true),
            ("*-R7", "T17-R7", true),
            ("T?7-R?", "T17-R7", true),
            ("T17", "T17-R7", false),
            ("*", "", true),
            ("?", "", false),
            ("*a*b*c", "xaxbxbc", true),
            ("规则-*", "规则-一", true),
            ("3.*.*#*", "3.4.3#2", true),
            ("3.*.*#*", "3.4#1", false),
        ];
        for (glob, text, expected) in cases {
            assert_eq!(Glob::new(glob).matches(text), expected, "{glob} {text}");
        }
        assert!(!Glob::new(&"*a".repeat(50)).matches(&"a".repeat(49)), "no backtracking without bound");
    }
}
