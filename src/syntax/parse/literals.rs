//! Literals, texts and labels: escapes resolved, the rest as written.

use super::build::{Builder, Built};
use super::cursor::Cursor;
use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::ast;
use crate::syntax::grammar::{Pair, Rule};

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
        Ok(ast::Text { text: self.unescaped(pair)?.text, span: self.span(pair) })
    }

    fn bad(&self, pair: &Pair<'i>, message: impl Into<String>) -> Box<Diagnostic> {
        Box::new(Diagnostic::error(Code::BAD_LITERAL, self.span(pair), message))
    }
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
