//! What rules say, without a declaration: parameters with their values, fields by their names.

use super::FieldRead;
use crate::engine::Engine;
use crate::ir::{ExprKind, Field, Label, Message, MessagePart, Model, Type};
use crate::report;
use crate::report::contract::{Shown, Words};

pub(super) struct Speaker<'e> {
    pub engine: &'e Engine,
}

impl Speaker<'_> {
    /// A message; in place of a value that only a declaration has, its name in brackets.
    pub fn said(&self, message: &Message) -> Words {
        let said = |parts: &[MessagePart], zh| parts.iter().map(|part| self.part(part, zh)).collect::<String>();
        Words { en: said(&message.en, false), zh: message.zh.as_ref().map(|parts| said(parts, true)) }
    }

    fn part(&self, part: &MessagePart, zh: bool) -> String {
        let expr = match part {
            MessagePart::Text(text) => return text.clone(),
            MessagePart::Value(expr) => expr,
        };
        let program = self.engine.program();
        match &expr.kind {
            ExprKind::Param(id) => {
                let shown = program.policy.params.get(id.index()).and_then(|param| report::parameter(program, param));
                shown.map(|param| plain(&param.value, zh)).unwrap_or_default()
            }
            _ => format!("[{}]", self.named(self.engine.sources().slice(expr.span), zh)),
        }
    }

    /// A field of the root by its label; anything else as it is written.
    fn named<'s>(&'s self, written: &'s str, zh: bool) -> &'s str {
        let field = written.strip_prefix("product.");
        let label = field.and_then(|path| label(&self.engine.program().policy.model, path));
        let name = label.and_then(|label| if zh { label.zh.as_deref() } else { label.en.as_deref() });
        name.unwrap_or(written)
    }

    /// A field as rules read it.
    pub fn field(&self, path: &str) -> FieldRead {
        let policy = &self.engine.program().policy;
        let path = path.strip_prefix("product.").unwrap_or(path);
        let label = label(&policy.model, path).cloned().unwrap_or_default();
        let last = path.rsplit('.').next().unwrap_or(path).trim_end_matches("[]");
        FieldRead { path: path.to_owned(), label: report::words(&label, last) }
    }
}

/// A value as a sentence has it.
fn plain(value: &Shown, zh: bool) -> String {
    match value {
        Shown::Null => "null".to_owned(),
        Shown::Bool(truth) => truth.to_string(),
        Shown::Text(text) => text.clone(),
        Shown::List(items) => {
            let items: Vec<String> = items.iter().map(|item| plain(item, zh)).collect();
            items.join(if zh { "、" } else { ", " })
        }
        Shown::Table(rows) => {
            let rows: Vec<String> = rows.iter().map(|(key, value)| format!("{key}: {}", plain(value, zh))).collect();
            rows.join(if zh { "；" } else { "; " })
        }
    }
}

/// The label of the field at the end of a path from the root.
fn label<'m>(model: &'m Model, path: &str) -> Option<&'m Label> {
    let mut record = model.record(model.root)?;
    let mut found: Option<&Field> = None;
    for name in path.split('.') {
        if let Some(field) = found {
            record = model.record(record_of(&field.ty)?)?;
        }
        found = Some(record.fields.get(name.trim_end_matches("[]"))?);
    }
    found.map(|field| &*field.label)
}

fn record_of(ty: &Type) -> Option<crate::ir::RecordId> {
    match ty {
        Type::Record(id) | Type::Ref(id) => Some(*id),
        Type::List(element) => record_of(element),
        _ => None,
    }
}
