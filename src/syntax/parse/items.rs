//! The items of a module; those of the model and the rules have files of their own.

use super::build::{Builder, Built};
use super::cursor::Cursor;
use crate::syntax::ast;
use crate::syntax::grammar::{Pair, Rule};

impl<'i> Builder<'i> {
    pub fn item(&self, pair: &Pair<'i>) -> Built<ast::Item> {
        let doc = Self::docs(pair);
        let mut cursor = Cursor::over(pair);
        while cursor.has(Rule::doc) {}
        let inner = cursor.first();
        Ok(ast::Item { doc, kind: self.item_kind(&inner)?, span: self.span(&inner) })
    }

    fn item_kind(&self, pair: &Pair<'i>) -> Built<ast::ItemKind> {
        Ok(match pair.as_rule() {
            Rule::param => ast::ItemKind::Param(self.param(pair)?),
            Rule::let_item => ast::ItemKind::Let(self.let_item(pair)?),
            Rule::function => ast::ItemKind::Function(self.function(pair)?),
            Rule::enum_item => ast::ItemKind::Enum(self.enum_item(pair)?),
            Rule::record => ast::ItemKind::Record(self.record(pair)?),
            Rule::declaration => ast::ItemKind::Declaration(self.declaration(pair)?),
            Rule::rule_item => ast::ItemKind::Rule(self.rule(pair)?),
            Rule::outside => ast::ItemKind::Outside(self.outside(pair)?),
            Rule::test => ast::ItemKind::Test(self.test(pair)?),
            Rule::tighten => ast::ItemKind::Tighten(self.tighten(pair)?),
            _ => ast::ItemKind::Raise(self.raise(pair)),
        })
    }

    fn param(&self, pair: &Pair<'i>) -> Built<ast::Param> {
        let mut cursor = Cursor::over(pair);
        Ok(ast::Param {
            name: self.name(&cursor.need(Rule::word)),
            ty: self.ty(&cursor.need(Rule::type_))?,
            value: self.param_value(&mut cursor)?,
            origin: self.origin(&cursor.need(Rule::origin))?,
            direction: cursor.take(Rule::direction).map(|pair| self.name(&Cursor::over(&pair).need(Rule::word))),
            label: cursor.take(Rule::label).map(|label| self.label(&label)).transpose()?,
        })
    }

    fn param_value(&self, cursor: &mut Cursor<'i>) -> Built<ast::ParamValue> {
        let Some(table) = cursor.take(Rule::table_value) else {
            return Ok(ast::ParamValue::Expr(self.expr(&cursor.need(Rule::expr))?));
        };
        let span = self.span(&table);
        let entries = Cursor::over(&table).all(Rule::table_entry).map(|entry| self.table_entry(&entry));
        Ok(ast::ParamValue::Table(entries.collect::<Built<_>>()?, span))
    }

    fn table_entry(&self, pair: &Pair<'i>) -> Built<ast::TableEntry> {
        let mut cursor = Cursor::over(pair);
        Ok(ast::TableEntry { key: self.name(&cursor.need(Rule::word)), value: self.expr(&cursor.need(Rule::expr))? })
    }

    fn origin(&self, pair: &Pair<'i>) -> Built<ast::Origin> {
        let mut cursor = Cursor::over(pair);
        if let Some(string) = cursor.take(Rule::string) {
            let ast::Text { text, span } = self.text(&string)?;
            return Ok(ast::Origin { text, quoted: true, span });
        }
        let ast::Name { text, span } = self.name(&cursor.need(Rule::word));
        Ok(ast::Origin { text, quoted: false, span })
    }

    fn let_item(&self, pair: &Pair<'i>) -> Built<ast::Let> {
        let mut cursor = Cursor::over(pair);
        Ok(ast::Let { name: self.name(&cursor.need(Rule::word)), value: self.expr(&cursor.need(Rule::expr))? })
    }

    fn function(&self, pair: &Pair<'i>) -> Built<ast::Function> {
        let mut cursor = Cursor::over(pair);
        let name = self.name(&cursor.need(Rule::word));
        let mut params = Vec::new();
        while let Some(param) = cursor.take(Rule::fn_param) {
            let mut cursor = Cursor::over(&param);
            params.push((self.name(&cursor.need(Rule::word)), self.ty(&cursor.need(Rule::type_))?));
        }
        Ok(ast::Function { name, params, body: self.expr(&cursor.need(Rule::expr))? })
    }

    fn tighten(&self, pair: &Pair<'i>) -> Built<ast::Tighten> {
        let mut cursor = Cursor::over(pair);
        Ok(ast::Tighten {
            name: self.name(&cursor.need(Rule::word)),
            value: self.param_value(&mut cursor)?,
            origin: cursor.take(Rule::origin).map(|origin| self.origin(&origin)).transpose()?,
        })
    }

    fn raise(&self, pair: &Pair<'i>) -> ast::Raise {
        let mut cursor = Cursor::over(pair);
        let id = self.name(&cursor.need(Rule::rule_id));
        let kind = cursor.need(Rule::rule_kind);
        ast::Raise { id, kind: Self::rule_kind(&kind), kind_span: self.span(&kind) }
    }
}
