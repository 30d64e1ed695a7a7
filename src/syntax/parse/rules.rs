//! Rules, their clauses, and what stands outside of the rules.

use super::build::{Builder, Built};
use super::cursor::Cursor;
use crate::syntax::ast::{self, ClauseKind, RuleKind};
use crate::syntax::grammar::{Pair, Rule};

impl<'i> Builder<'i> {
    pub fn rule(&self, pair: &Pair<'i>) -> Built<ast::Rule> {
        let mut cursor = Cursor::over(pair);
        Ok(ast::Rule {
            kind: Self::rule_kind(&cursor.need(Rule::rule_kind)),
            id: self.name(&cursor.need(Rule::rule_id)),
            title: self.label(&cursor.need(Rule::label))?,
            clauses: self.clauses(cursor)?,
        })
    }

    pub fn rule_kind(pair: &Pair<'i>) -> RuleKind {
        match pair.as_str() {
            "red_line" => RuleKind::RedLine,
            "baseline" => RuleKind::Baseline,
            _ => RuleKind::Guidance,
        }
    }

    pub fn outside(&self, pair: &Pair<'i>) -> Built<ast::Outside> {
        let mut cursor = Cursor::over(pair);
        Ok(ast::Outside {
            id: self.name(&cursor.need(Rule::rule_id)),
            title: self.label(&cursor.need(Rule::label))?,
            clauses: self.clauses(cursor)?,
        })
    }

    fn clauses(&self, cursor: Cursor<'i>) -> Built<Vec<ast::Clause>> {
        let clauses = cursor.rest().filter(|part| !matches!(part.as_rule(), Rule::brace_open | Rule::brace_close));
        clauses.map(|clause| Ok(ast::Clause { span: self.span(&clause), kind: self.clause(&clause)? })).collect()
    }

    fn clause(&self, pair: &Pair<'i>) -> Built<ClauseKind> {
        let rule = pair.as_rule();
        let mut cursor = Cursor::over(pair);
        Ok(match rule {
            Rule::cites => ClauseKind::Cites(cursor.all(Rule::locator).map(|pair| self.locator(&pair)).collect()),
            Rule::addressee => ClauseKind::Addressee(self.name(&cursor.need(Rule::word))),
            Rule::argument => ClauseKind::Argument(self.name(&cursor.need(Rule::word))),
            Rule::stage => {
                let from = cursor.has(Rule::kw_from);
                ClauseKind::Stage { from, names: cursor.all(Rule::word).map(|word| self.name(&word)).collect() }
            }
            Rule::effective => ClauseKind::Effective(self.effective(pair)),
            Rule::when => ClauseKind::When(self.expr(&cursor.need(Rule::expr))?),
            Rule::note => ClauseKind::Note(self.label(&cursor.need(Rule::label))?),
            Rule::for_block => ClauseKind::For(self.for_block(pair)?),
            Rule::require => ClauseKind::Require(self.require(pair)?),
            Rule::review => ClauseKind::Review(self.review(pair)?),
            _ => ClauseKind::Remedy(self.message(&cursor.need(Rule::label))?),
        })
    }

    fn locator(&self, pair: &Pair<'i>) -> ast::Locator {
        let (source, text) = match pair.as_str().split_once(':') {
            Some((source, text)) => (Some(source.to_owned()), text),
            None => (None, pair.as_str()),
        };
        ast::Locator { source, text: text.to_owned(), span: self.span(pair) }
    }

    fn for_block(&self, pair: &Pair<'i>) -> Built<ast::For> {
        let inner = self.below(1, pair)?;
        let span = self.span(pair);
        let mut cursor = Cursor::over(pair);
        let binder = self.name(&cursor.need(Rule::word));
        let list = self.postfix(&cursor.need(Rule::postfix))?;
        let filter = cursor.take(Rule::expr).map(|filter| self.expr(&filter)).transpose()?;
        let mut body = Vec::new();
        for part in cursor.rest() {
            match part.as_rule() {
                Rule::for_block => body.push(ast::ForItem::For(inner.for_block(&part)?)),
                Rule::require => body.push(ast::ForItem::Require(inner.require(&part)?)),
                _ => {}
            }
        }
        Ok(ast::For { binder, list, filter, body, span })
    }

    fn require(&self, pair: &Pair<'i>) -> Built<ast::Require> {
        let span = self.span(pair);
        let mut cursor = Cursor::over(pair);
        Ok(ast::Require {
            check: cursor.has(Rule::kw_check),
            condition: self.expr(&cursor.need(Rule::expr))?,
            message: cursor.take(Rule::label).map(|label| self.message(&label)).transpose()?,
            span,
        })
    }

    fn review(&self, pair: &Pair<'i>) -> Built<ast::Review> {
        let span = self.span(pair);
        let mut cursor = Cursor::over(pair);
        Ok(ast::Review {
            condition: cursor.take(Rule::expr).map(|condition| self.expr(&condition)).transpose()?,
            message: self.message(&cursor.need(Rule::label))?,
            span,
        })
    }
}
