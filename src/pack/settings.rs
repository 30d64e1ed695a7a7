//! `policy.toml`: what the user of the command settled once for a folder. It knows the keys and their values; where the
//! file lies, and what its paths are relative to, is the command's matter.

use super::table::{Placed, Table, document};
use crate::diagnostic::Diagnostic;
use crate::source::FileId;

/// The user's settings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// `policy`: folders of packs; the embedded pack where there are none.
    pub policy: Vec<Placed<String>>,
    /// `lang`: the language of reports.
    pub lang: Option<Placed<String>>,
    /// `fail_on`: the kind of rule from which an outcome counts for the exit code.
    pub fail_on: Option<Placed<String>>,
    /// `waivers`: a waivers file.
    pub waivers: Option<Placed<String>>,
    /// `reviews`: a reviews file.
    pub reviews: Option<Placed<String>>,
}

impl Settings {
    /// What `lang` may be.
    pub const LANGUAGES: [&'static str; 2] = ["en", "zh"];
    /// What `fail_on` may be.
    pub const LEVELS: [&'static str; 4] = ["red_line", "baseline", "guidance", "never"];

    /// Reads a settings file.
    pub fn parse(file: FileId, text: &str) -> Result<Self, Vec<Diagnostic>> {
        let mut settings = Self::default();
        let found = document(file, text, "`policy.toml`", |table| {
            settings = Self {
                policy: table.texts("policy"),
                lang: one_of(table, "lang", &Self::LANGUAGES),
                fail_on: one_of(table, "fail_on", &Self::LEVELS),
                waivers: table.text("waivers"),
                reviews: table.text("reviews"),
            };
        });
        if found.is_empty() { Ok(settings) } else { Err(found) }
    }
}

fn one_of(table: &mut Table<'_>, key: &'static str, words: &[&str]) -> Option<Placed<String>> {
    let text = table.text(key)?;
    if words.contains(&text.value.as_str()) {
        return Some(text);
    }
    let known = words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
    table.wrong(text.span, format!("expected one of {known} for `{key}`, found `{}`", text.value));
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceMap;

    fn parse(text: &str) -> Result<Settings, Vec<String>> {
        let file = SourceMap::new().add("policy.toml", text);
        Settings::parse(file, text).map_err(|found| found.into_iter().map(|one| one.message).collect())
    }

    #[test]
    fn all_keys_are_read() {
        let settings =
            parse("policy = [\"a b\", \"规则\"]\nlang = \"zh\"\nfail_on = \"never\"\nwaivers = \"w.toml\"").unwrap();
        assert_eq!(settings.policy.iter().map(|path| path.value.as_str()).collect::<Vec<_>>(), ["a b", "规则"]);
        assert_eq!(settings.lang.map(|lang| lang.value).as_deref(), Some("zh"));
        assert!(settings.reviews.is_none());
        assert_eq!(parse(""), Ok(Settings::default()));
    }

    #[test]
    fn unknown_keys_and_words_are_errors() {
        let wrong = parse("polcy = [\"a\"]\nlang = \"de\"\nfail_on = 1\n").unwrap_err();
        assert_eq!(
            wrong,
            [
                "unknown key `polcy` in `policy.toml`",
                "expected one of `en`, `zh` for `lang`, found `de`",
                "expected a string for `fail_on`, found a whole number",
            ]
        );
    }
}
