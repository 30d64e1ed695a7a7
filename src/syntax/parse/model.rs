//! Enums, records, types and the handles of a declaration.

use super::build::{Builder, Built};
use super::cursor::Cursor;
use crate::syntax::ast::{self, ModifierKind, TypeKind};
use crate::syntax::grammar::{Pair, Rule};
use crate::syntax::refuse;

impl<'i> Builder<'i> {
    pub fn enum_item(&self, pair: &Pair<'i>) -> Built<ast::Enum> {
        let mut cursor = Cursor::over(pair);
        let name = self.name(&cursor.need(Rule::word));
        let mut made = ast::Enum { name, members: Vec::new(), separators: Vec::new(), label: None };
        for part in cursor.rest() {
            match part.as_rule() {
                Rule::member => made.members.push(self.member(&part)?),
                Rule::member_sep => made.separators.push(separator(&part)),
                Rule::field_label => made.label = Some(self.field_label(&part)?),
                _ => {}
            }
        }
        Ok(made)
    }

    fn member(&self, pair: &Pair<'i>) -> Built<ast::Member> {
        let doc = Self::docs(pair);
        let mut cursor = Cursor::over(pair);
        Ok(ast::Member {
            doc,
            name: self.name(&cursor.need(Rule::word)),
            spelling: cursor.take(Rule::string).map(|string| self.text(&string)).transpose()?,
            label: cursor.take(Rule::field_label).map(|label| self.field_label(&label)).transpose()?,
        })
    }

    pub fn record(&self, pair: &Pair<'i>) -> Built<ast::Record> {
        let mut cursor = Cursor::over(pair);
        let name = self.name(&cursor.need(Rule::word));
        let mut fields = Vec::new();
        while let Some(field) = cursor.take(Rule::field) {
            fields.push(self.field(&field)?);
        }
        Ok(ast::Record {
            name,
            fields,
            label: cursor.take(Rule::field_label).map(|label| self.field_label(&label)).transpose()?,
        })
    }

    fn field(&self, pair: &Pair<'i>) -> Built<ast::Field> {
        let doc = Self::docs(pair);
        let end = self.span(pair);
        let mut cursor = Cursor::over(pair);
        let name = self.name(&cursor.need(Rule::word));
        let span = name.span.to(end);
        let ty = self.ty(&cursor.need(Rule::type_))?;
        let modifiers = cursor.all(Rule::modifier).map(|modifier| self.modifier(&modifier));
        Ok(ast::Field { doc, name, ty, modifiers: modifiers.collect::<Built<_>>()?, span })
    }

    fn modifier(&self, pair: &Pair<'i>) -> Built<ast::Modifier> {
        let span = self.span(pair);
        let mut parts = pair.clone().into_inner();
        let kind = parts.next().map_or(Ok(ModifierKind::Required), |inner| self.modifier_kind(&inner))?;
        Ok(ast::Modifier { kind, span })
    }

    fn modifier_kind(&self, pair: &Pair<'i>) -> Built<ModifierKind> {
        let rule = pair.as_rule();
        let mut cursor = Cursor::over(pair);
        Ok(match rule {
            Rule::kw_confidential => ModifierKind::Confidential,
            Rule::kw_filing => ModifierKind::Filing,
            Rule::kw_may_be_empty => ModifierKind::MayBeEmpty,
            Rule::m_when => ModifierKind::When(self.expr(&cursor.need(Rule::expr))?),
            Rule::m_proof => ModifierKind::Proof(self.name(&cursor.need(Rule::word))),
            Rule::m_null => ModifierKind::NullMeans(self.name(&cursor.need(Rule::word))),
            Rule::m_none_when => ModifierKind::NoneWhen(self.name(&cursor.need(Rule::word))),
            Rule::m_key => ModifierKind::Key(self.name(&cursor.need(Rule::word))),
            Rule::m_matches => ModifierKind::Matches(self.regex(&cursor.need(Rule::regex))),
            Rule::field_label => ModifierKind::Label(self.field_label(pair)?),
            _ => ModifierKind::Required,
        })
    }

    /// `list of table K -> T`: the prefixes stand in a row, the last one innermost.
    pub fn ty(&self, pair: &Pair<'i>) -> Built<ast::Type> {
        let mut parts: Vec<_> = pair.clone().into_inner().collect();
        self.below(parts.len(), pair)?;
        let base = parts.pop().unwrap_or_else(|| pair.clone());
        let mut ty = ast::Type { span: self.span(&base), kind: self.base_type(&base) };
        for prefix in parts.into_iter().rev() {
            let span = self.span(&prefix).to(ty.span);
            let inner = Box::new(ty);
            let kind = match Cursor::over(&prefix).take(Rule::word) {
                Some(key) => TypeKind::Table { key: self.name(&key), value: inner },
                None => TypeKind::List(inner),
            };
            ty = ast::Type { kind, span };
        }
        Ok(ty)
    }

    fn base_type(&self, pair: &Pair<'i>) -> TypeKind {
        let rule = pair.as_rule();
        let mut cursor = Cursor::over(pair);
        match rule {
            Rule::t_ref => TypeKind::Ref(cursor.all(Rule::word).map(|word| self.name(&word)).collect()),
            Rule::t_number => TypeKind::Number { whole: cursor.has(Rule::kw_whole), bounds: self.bounds(&mut cursor) },
            Rule::t_ratio => {
                TypeKind::Ratio { percent: cursor.has(Rule::kw_percent), bounds: self.bounds(&mut cursor) }
            }
            Rule::t_money => {
                let currency = cursor.take(Rule::currency).map(|currency| self.name(&currency));
                TypeKind::Money { currency, bounds: self.bounds(&mut cursor) }
            }
            Rule::t_duration => {
                let unit = cursor.take(Rule::word).map(|unit| self.name(&unit));
                TypeKind::Duration { unit, bounds: self.bounds(&mut cursor) }
            }
            _ => TypeKind::Named(self.name(&cursor.need(Rule::word))),
        }
    }

    fn bounds(&self, cursor: &mut Cursor<'i>) -> Option<ast::Bounds> {
        let pair = cursor.take(Rule::bounds)?;
        let span = self.span(&pair);
        let mut cursor = Cursor::over(&pair);
        let low = cursor.take(Rule::bound_low).map(|bound| self.bound(&bound));
        Some(ast::Bounds { low, high: cursor.take(Rule::bound_high).map(|bound| self.bound(&bound)), span })
    }

    fn bound(&self, pair: &Pair<'i>) -> ast::NumberLiteral {
        let span = self.span(pair);
        let mut cursor = Cursor::over(pair);
        let sign = if cursor.has(Rule::minus) { "-" } else { "" };
        ast::NumberLiteral { text: format!("{sign}{}", cursor.need(Rule::number).as_str()), span }
    }

    pub fn declaration(&self, pair: &Pair<'i>) -> Built<ast::Declaration> {
        let mut made = ast::Declaration { id: Vec::new(), name: Vec::new(), as_of: None, stage: None };
        for clause in Cursor::over(pair).rest() {
            let span = self.span(&clause);
            match clause.as_rule() {
                Rule::d_id => made.id.extend(self.paths(&clause)?),
                Rule::d_name => made.name.extend(self.paths(&clause)?),
                Rule::d_as_of if made.as_of.is_some() => return Err(refuse::twice("as_of", span)),
                Rule::d_as_of => made.as_of = self.paths(&clause)?.pop(),
                Rule::d_stage if made.stage.is_some() => return Err(refuse::twice("stage", span)),
                Rule::d_stage => made.stage = Some(self.expr(&Cursor::over(&clause).need(Rule::expr))?),
                _ => {}
            }
        }
        Ok(made)
    }

    fn paths(&self, pair: &Pair<'i>) -> Built<Vec<ast::Path>> {
        Cursor::over(pair).all(Rule::path).map(|path| self.path(&path)).collect()
    }
}

fn separator(pair: &Pair<'_>) -> ast::Separator {
    if pair.as_str().starts_with('<') { ast::Separator::Less } else { ast::Separator::Comma }
}
