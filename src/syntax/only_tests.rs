//! Whether a text holds nothing but tests, so that who only wants verdicts need not read it.
//!
//! It asks the first look over the text, not the grammar, and answers `false` wherever it is not plain.

use super::Limits;
use super::scan::{Scan, Token, TokenKind, scan};

/// Items without braces of their own: after one of these words, what follows need not be the end of the header.
const UNBRACED: &[&str] = &["param", "let", "fn", "tighten", "raise"];

/// Whether a text is a header followed by `test "…" { … }` and nothing else.
#[must_use]
pub fn holds_only_tests(text: &str) -> bool {
    let limits = Limits::DEFAULT;
    text.contains("test \"") && text.len() <= limits.bytes && only_tests(text, &scan(text, limits.nesting)).is_some()
}

/// `Some` where every pair of braces that stands in no other belongs to a test.
fn only_tests(text: &str, scan: &Scan) -> Option<()> {
    let words = |token: &Token| text.get(token.range.clone()).unwrap_or_default();
    let mut before: Vec<&Token> = Vec::new();
    let (mut depth, mut tests) = (0_usize, 0_usize);
    for token in &scan.tokens {
        match token.kind {
            TokenKind::Open if depth > 0 => depth += 1,
            TokenKind::Open => {
                let header = heads_a_test(&before, words)?;
                let is_plain = if tests == 0 { is_header(header, words) } else { header.is_empty() };
                (words(token) == "{" && is_plain).then_some(())?;
                before.clear();
                (depth, tests) = (1, tests + 1);
            }
            TokenKind::Close => depth = depth.checked_sub(1)?,
            _ if depth == 0 => before.push(token),
            _ => {}
        }
    }
    (scan.faults.is_empty() && depth == 0 && tests > 0 && before.is_empty()).then_some(())
}

/// What stands before `test "…"` and its doc comment.
fn heads_a_test<'t, 's>(before: &'t [&'s Token], words: impl Fn(&Token) -> &'s str) -> Option<&'t [&'s Token]> {
    let [rest @ .., word, title] = before else { return None };
    (words(word) == "test" && title.kind == TokenKind::String).then_some(())?;
    let docs = rest.iter().rev().take_while(|token| token.kind == TokenKind::Doc).count();
    rest.get(..rest.len() - docs)
}

fn is_header<'s>(tokens: &[&'s Token], words: impl Fn(&Token) -> &'s str) -> bool {
    !tokens.iter().any(|token| UNBRACED.contains(&words(token)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_of_tests_is_told_from_any_other() {
        let header = "/// About.\nmodule x\ntitle \"{ let\" zh \"题\"\neffective from 2019-08-22\nuse model\n";
        let test =
            "/// One.\ntest \"a { b\" { // }\n given \"a.json\" with { a: [{ b: 1 }] } expect decision refused }\n";
        let cases = [
            (format!("{header}{test}"), true),
            (format!("{header}{test}{test}// the end\n"), true),
            (header.to_owned(), false),
            (String::new(), false),
            (format!("{header}let a = 1 {test}"), false),
            (format!("{header}raise T1-R1 to baseline\n{test}"), false),
            (format!("{header}enum A {{ a }}\n{test}"), false),
            (format!("{header}{test}enum A {{ a }}\n"), false),
            (format!("{header}{test}let a = 1\n"), false),
            (format!("{header}{test}let a = 1 {test}"), false),
            (format!("{header}{test}red_line A-1 \"a\" {{ cites 1 }}\n{test}"), false),
            (format!("{header}{test}}} {test}"), false),
            (format!("{header}{test}{{"), false),
            (format!("{header}{test}test \"open"), false),
            (format!("{header}{test}test \"list\" [ a ]"), false),
        ];
        for (text, expected) in cases {
            assert_eq!(holds_only_tests(&text), expected, "{text}");
        }
    }
}
