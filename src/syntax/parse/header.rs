//! `module`, `title`, `effective`, `use`.

use super::build::{Builder, Built};
use super::cursor::Cursor;
use crate::syntax::ast;
use crate::syntax::grammar::{Pair, Rule};
use crate::syntax::refuse;

impl<'i> Builder<'i> {
    pub fn header(&self, pair: &Pair<'i>) -> Built<ast::Header> {
        let doc = Self::docs(pair);
        let mut cursor = Cursor::over(pair);
        let keyword = self.span(&cursor.need(Rule::kw_module));
        let mut header = ast::Header {
            doc,
            name: self.name(&cursor.need(Rule::word)),
            title: None,
            effective: None,
            uses: Vec::new(),
            span: keyword.to(self.span(pair)),
        };
        for clause in cursor.rest() {
            self.header_clause(&mut header, &clause)?;
        }
        Ok(header)
    }

    fn header_clause(&self, header: &mut ast::Header, clause: &Pair<'i>) -> Built<()> {
        match clause.as_rule() {
            Rule::title if header.title.is_some() => return Err(refuse::twice("title", self.span(clause))),
            Rule::title => header.title = Some(self.label(&Cursor::over(clause).need(Rule::label))?),
            Rule::effective if header.effective.is_some() => {
                return Err(refuse::twice("effective", self.span(clause)));
            }
            Rule::effective => header.effective = Some(self.effective(clause)),
            Rule::use_plugin => {
                let mut cursor = Cursor::over(clause);
                let plugin = self.name(&cursor.need(Rule::word));
                header.uses.push(ast::Use::Plugin { plugin, alias: self.name(&cursor.need(Rule::word)) });
            }
            _ => header.uses.push(ast::Use::Module(self.name(&Cursor::over(clause).need(Rule::word)))),
        }
        Ok(())
    }

    pub fn effective(&self, pair: &Pair<'i>) -> ast::Effective {
        let span = self.span(pair);
        let mut cursor = Cursor::over(pair);
        let mut day = |rule| cursor.take(rule).map(|bound| self.date(&Cursor::over(&bound).need(Rule::date)));
        ast::Effective { from: day(Rule::effective_from), until: day(Rule::effective_until), span }
    }
}
