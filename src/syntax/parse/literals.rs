//! Literals, texts and labels: escapes resolved, the rest as written.

use super::build::{Builder, Built};
use super::cursor::Cursor;
use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::ast;
use crate::syntax::grammar::{Pair, Rule};

/// A character of a string, escapes resolved.
#[derive(Debug, Clone, Copy)]
pub(super) struct Letter {
    pub value: char,
    /// Whether it was written with a backslash.
    pub escaped: bool,
    /// Where it begins, in bytes of the text that the grammar saw.
    pub at: usize,
}

impl<'i> Builder<'i> {
    pub fn literal(&self, pair: &Pair<'i>) -> Built<ast::Literal> {
        let inner = Cursor::over(pair).first();
        Ok(match inner.as_rule() {
            Rule::date => ast::Literal::Date(inner.as_str().to_owned()),
            Rule::quantity => quantity(&inner),
            Rule::boolean => ast::Literal::Bool(inner.as_str() == "true"),
            _ => ast::Literal::Text(self.text(&inner)?.text),
        })
    }

    pub fn date(&self, pair: &Pair<'i>) -> ast::DateLiteral {
        ast::DateLiteral { text: pair.as_str().to_owned(), span: self.span(pair) }
    }

    pub fn integer(&self, pair: &Pair<'i>) -> Built<u64> {
        pair.as_str().parse().map_err(|_| self.bad(pair, format!("expected a number up to {}", u64::MAX)))
    }

    pub fn regex(&self, pair: &Pair<'i>) -> ast::Regex {
        let inner = pair.as_str().strip_prefix('/').and_then(|rest| rest.strip_suffix('/')).unwrap_or_default();
        ast::Regex { pattern: inner.replace("\\/", "/"), span: self.span(pair) }
    }

    /// `"English" zh "中文"`
    pub fn label(&self, pair: &Pair<'i>) -> Built<ast::Label> {
        let mut strings = Cursor::over(pair).all(Rule::string);
        let mut next = || strings.next().map(|string| self.text(&string)).transpose();
        Ok(ast::Label { en: next()?, zh: next()? })
    }

    /// `en "English" zh "中文"`, either may be missing.
    pub fn field_label(&self, pair: &Pair<'i>) -> Built<ast::Label> {
        let mut cursor = Cursor::over(pair);
        if cursor.has(Rule::kw_en) {
            return self.label(pair);
        }
        Ok(ast::Label { en: None, zh: Some(self.text(&cursor.need(Rule::string))?) })
    }

    pub fn text(&self, pair: &Pair<'i>) -> Built<ast::Text> {
        let letters = self.letters(pair)?;
        Ok(ast::Text { text: letters.iter().map(|letter| letter.value).collect(), span: self.span(pair) })
    }

    /// The characters between the quotes.
    pub fn letters(&self, pair: &Pair<'i>) -> Built<Vec<Letter>> {
        let start = pair.as_span().start() + 1;
        let inner = pair.as_str().strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or_default();
        let mut letters = Vec::with_capacity(inner.len());
        let mut rest = inner;
        while let Some(first) = rest.chars().next() {
            let at = start + (inner.len() - rest.len());
            let (value, length) = match first {
                '\\' => self.escape(rest, at)?,
                _ => (first, first.len_utf8()),
            };
            letters.push(Letter { value, escaped: first == '\\', at });
            rest = rest.get(length..).unwrap_or_default();
        }
        Ok(letters)
    }

    /// The character that `\…` stands for, and the bytes it takes.
    fn escape(&self, rest: &str, at: usize) -> Built<(char, usize)> {
        let second = rest.chars().nth(1).unwrap_or('\\');
        match second {
            '"' | '\\' | '{' | '}' => Ok((second, 2)),
            'n' => Ok(('\n', 2)),
            't' => Ok(('\t', 2)),
            'u' => unicode_escape(rest).ok_or_else(|| {
                let length = rest.find('}').filter(|_| rest.starts_with("\\u{")).map_or(2, |end| end + 1);
                let span = self.input.span(at, at + length);
                let message = "expected the number of a character in hexadecimal after `\\u`";
                Box::new(Diagnostic::error(Code::BAD_LITERAL, span, message).help("write `\\u{7ea2}`"))
            }),
            _ => {
                let span = self.input.span(at, at + 1 + second.len_utf8());
                let message = format!("no character is written `\\{second}`");
                let help =
                    "write `\\\\` for a backslash; the others are `\\\"`, `\\n`, `\\t`, `\\{`, `\\}` and `\\u{…}`";
                Err(Box::new(Diagnostic::error(Code::BAD_LITERAL, span, message).help(help)))
            }
        }
    }

    fn bad(&self, pair: &Pair<'i>, message: impl Into<String>) -> Box<Diagnostic> {
        Box::new(Diagnostic::error(Code::BAD_LITERAL, self.span(pair), message))
    }
}

/// `\u{7ea2}` at the start of `rest`, and its length.
fn unicode_escape(rest: &str) -> Option<(char, usize)> {
    let (digits, _) = rest.strip_prefix("\\u{")?.split_once('}')?;
    let value = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32)?;
    Some((value, digits.len() + 4))
}

/// `12`, `12%`, `12 days`
fn quantity(pair: &Pair<'_>) -> ast::Literal {
    let mut cursor = Cursor::over(pair);
    let number = cursor.first().as_str().to_owned();
    match cursor.part() {
        None => ast::Literal::Number(number),
        Some(part) if part.as_rule() == Rule::percent => ast::Literal::Percent(number),
        Some(unit) => ast::Literal::Quantity { number, unit: unit.as_str().to_owned() },
    }
}
