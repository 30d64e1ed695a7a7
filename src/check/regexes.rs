//! Regular expressions are compiled when the policy is checked, against the whole text and within a size.

use super::limits::MAX_REGEX_BYTES;
use super::notes::Notes;
use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::ast;
use regex::{Error, RegexBuilder};

/// The pattern, known to compile.
pub(super) fn check(regex: &ast::Regex, notes: &mut Notes) -> Option<String> {
    let whole = format!("^(?:{})$", regex.pattern);
    let alone = RegexBuilder::new(&regex.pattern).size_limit(MAX_REGEX_BYTES).build();
    let Err(error) = alone.and_then(|_| RegexBuilder::new(&whole).size_limit(MAX_REGEX_BYTES).build()) else {
        return Some(regex.pattern.clone());
    };
    let message = match &error {
        Error::CompiledTooBig(_) => "the regular expression grows too large".into(),
        Error::Syntax(text) => format!("the regular expression does not compile: {}", reason(text)),
        _ => "the regular expression does not compile".into(),
    };
    let diagnostic = Diagnostic::error(Code::BAD_REGEX, regex.span, message);
    notes.refuse(match error {
        Error::CompiledTooBig(_) => diagnostic.help("repeat less: `{1,1000}` of something large is too much"),
        _ => diagnostic.help("there is no look-around and no back-reference; a `/` is written `\\/`"),
    })
}

/// The last line of the library's drawing says what is wrong.
fn reason(text: &str) -> &str {
    let line = text.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or_default().trim();
    line.strip_prefix("error: ").unwrap_or(line)
}
