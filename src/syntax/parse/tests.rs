//! `test` items: what is given, what is changed, what is expected. Also the paths that declarations are read by.

use super::build::{Builder, Built};
use super::cursor::Cursor;
use crate::syntax::ast::{self, PathStep, TestClause, ValueKind};
use crate::syntax::grammar::{Pair, Rule};

impl<'i> Builder<'i> {
    pub fn test(&self, pair: &Pair<'i>) -> Built<ast::Test> {
        let mut cursor = Cursor::over(pair);
        let name = self.text(&cursor.need(Rule::string))?;
        let clauses = cursor.rest().filter(|part| !matches!(part.as_rule(), Rule::brace_open | Rule::brace_close));
        Ok(ast::Test { name, clauses: clauses.map(|clause| self.test_clause(&clause)).collect::<Built<_>>()? })
    }

    fn test_clause(&self, pair: &Pair<'i>) -> Built<TestClause> {
        let rule = pair.as_rule();
        let span = self.span(pair);
        let mut cursor = Cursor::over(pair);
        Ok(match rule {
            Rule::given => {
                TestClause::Given { file: self.text(&cursor.need(Rule::string))?, changes: self.changes(cursor)?, span }
            }
            Rule::test_as_of => TestClause::AsOf(self.date(&cursor.need(Rule::date))),
            Rule::test_stage => TestClause::Stage(self.name(&cursor.need(Rule::word))),
            Rule::test_waivers => TestClause::Waivers(self.text(&cursor.need(Rule::string))?),
            Rule::test_reviews => TestClause::Reviews(self.text(&cursor.need(Rule::string))?),
            Rule::expect_decision => TestClause::ExpectDecision(self.name(&cursor.need(Rule::word))),
            _ => TestClause::ExpectRule {
                id: self.name(&cursor.need(Rule::rule_id)),
                outcome: self.name(&cursor.need(Rule::word)),
                at: cursor.take(Rule::path).map(|path| self.path(&path)).transpose()?,
                span,
            },
        })
    }

    fn changes(&self, cursor: Cursor<'i>) -> Built<Vec<ast::Change>> {
        let changes = cursor.rest().filter(|part| matches!(part.as_rule(), Rule::removal | Rule::assignment));
        changes.map(|change| self.change(&change)).collect()
    }

    fn change(&self, pair: &Pair<'i>) -> Built<ast::Change> {
        let mut cursor = Cursor::over(pair);
        let path = self.path(&cursor.need(Rule::path))?;
        Ok(match cursor.take(Rule::value) {
            Some(value) => ast::Change::Set(path, self.value(&value)?),
            None => ast::Change::Remove(path),
        })
    }

    /// `product.data.items[0].name`
    pub fn path(&self, pair: &Pair<'i>) -> Built<ast::Path> {
        let span = self.span(pair);
        let mut cursor = Cursor::over(pair);
        let root = self.name(&cursor.need(Rule::word));
        let steps = cursor.rest().map(|step| self.path_step(&step)).collect::<Built<_>>()?;
        Ok(ast::Path { root, steps, span })
    }

    fn path_step(&self, pair: &Pair<'i>) -> Built<PathStep> {
        let rule = pair.as_rule();
        let span = self.span(pair);
        let mut cursor = Cursor::over(pair);
        Ok(match rule {
            Rule::step_index => PathStep::Index(self.integer(&cursor.need(Rule::integer))?, span),
            Rule::step_key => {
                let name = self.name(&cursor.need(Rule::word));
                PathStep::Key(name, self.text(&cursor.need(Rule::string))?)
            }
            _ => PathStep::Field(self.name(&cursor.need(Rule::word))),
        })
    }

    fn value(&self, pair: &Pair<'i>) -> Built<ast::Value> {
        let inner = self.below(1, pair)?;
        let span = self.span(pair);
        let mut parts = pair.clone().into_inner();
        let kind = parts.next().map_or(Ok(ValueKind::Null), |part| inner.value_kind(&part))?;
        Ok(ast::Value { kind, span })
    }

    fn value_kind(&self, pair: &Pair<'i>) -> Built<ValueKind> {
        let rule = pair.as_rule();
        let mut cursor = Cursor::over(pair);
        Ok(match rule {
            Rule::v_object => {
                ValueKind::Object(cursor.all(Rule::v_entry).map(|entry| self.entry(&entry)).collect::<Built<_>>()?)
            }
            Rule::v_list => {
                ValueKind::List(cursor.all(Rule::value).map(|value| self.value(&value)).collect::<Built<_>>()?)
            }
            Rule::v_literal => {
                let negative = cursor.has(Rule::minus);
                ValueKind::Literal { negative, literal: self.literal(&cursor.need(Rule::literal))? }
            }
            Rule::word => ValueKind::Word(pair.as_str().to_owned()),
            _ => ValueKind::Null,
        })
    }

    fn entry(&self, pair: &Pair<'i>) -> Built<(ast::Name, ast::Value)> {
        let mut cursor = Cursor::over(pair);
        let name = if let Some(word) = cursor.take(Rule::word) {
            self.name(&word)
        } else {
            let ast::Text { text, span } = self.text(&cursor.need(Rule::string))?;
            ast::Name { text, span }
        };
        Ok((name, self.value(&cursor.need(Rule::value))?))
    }
}
