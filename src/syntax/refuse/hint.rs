//! What was perhaps meant by a token that nothing expected.

use super::expected::Expected;
use crate::diagnostic::nearest;
use crate::syntax::input::Input;
use crate::syntax::scan::{Token, TokenKind};

/// A hint about the token in the way, `next`, or about the one before it.
pub(super) fn hint(
    input: &Input<'_>,
    last: Option<&Token>,
    next: Option<&Token>,
    expected: &Expected,
) -> Option<String> {
    next.and_then(|next| in_the_way(input, last, next, expected)).or_else(|| {
        let last = last.filter(|last| last.kind == TokenKind::Word && expected.words == ["`:`"])?;
        keyword(input.words(last), expected)
    })
}

fn in_the_way(input: &Input<'_>, last: Option<&Token>, next: &Token, expected: &Expected) -> Option<String> {
    let words = input.words(next);
    match next.kind {
        TokenKind::Doc => Some(format!("write `//{}` for a comment", words.trim_start_matches('/'))),
        TokenKind::Word => keyword(words, expected),
        TokenKind::Mark if words == "=" && expected.operator => Some("write `==` to compare".to_owned()),
        TokenKind::Mark => {
            let sticks = last.filter(|last| last.range.end == next.range.start).map(|last| last.kind);
            let (_, _, help) =
                MARKS.iter().find(|(mark, after, _)| *mark == words && (after.is_none() || *after == sticks))?;
            Some((*help).to_owned())
        }
        TokenKind::Open if expected.keywords == ["module"] => {
            Some("a policy begins with `module name`; a declaration is judged by `policy eval`".to_owned())
        }
        _ => None,
    }
}

/// The keyword that was perhaps meant.
fn keyword(word: &str, expected: &Expected) -> Option<String> {
    let lower = word.to_lowercase();
    let known = |word: &&str| expected.keywords.iter().any(|keyword| keyword == word);
    let elsewhere = ELSEWHERE.iter().find(|(theirs, _)| *theirs == lower).map(|(_, ours)| *ours).filter(known);
    let meant = elsewhere.or_else(|| nearest(&lower, expected.keywords.iter().map(String::as_str)))?;
    (meant != word).then(|| format!("did you mean `{meant}`?"))
}

/// Words of other languages, and ours.
const ELSEWHERE: &[(&str, &str)] = &[
    ("if", "when"),
    ("then", "implies"),
    ("must", "require"),
    ("assert", "require"),
    ("ensure", "require"),
    ("message", "else"),
    ("foreach", "for"),
    ("import", "use"),
    ("def", "fn"),
    ("function", "fn"),
    ("const", "let"),
    ("var", "let"),
    ("struct", "record"),
    ("type", "record"),
    ("source", "cites"),
    ("optional", "when"),
    ("mandatory", "required"),
];

/// Marks of other languages, some only where they stick to what is before them, and what to write.
const MARKS: &[(&str, Option<TokenKind>, &str)] = &[
    ("&&", None, "write `and`"),
    ("||", None, "write `or`"),
    ("!", None, "write `not`"),
    ("<>", None, "write `!=`"),
    ("=>", None, "write `implies`"),
    ("'", None, "texts stand in double quotes: `\"text\"`"),
    ("`", None, "texts stand in double quotes: `\"text\"`"),
    ("#", None, "write `//` before a comment"),
    (";", None, "delete it: nothing stands between clauses but blanks and lines"),
    ("-", Some(TokenKind::Word), "names are joined by `_`, not by `-`"),
    (",", Some(TokenKind::Number), "write `_` between the digits of a number: `1_000`"),
];
