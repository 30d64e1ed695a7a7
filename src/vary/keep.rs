//! A declaration cut down to what two rules can see: smaller ones are judged faster, and what was never read need not be
//! taken away from a counterexample.

use super::sites::{Site, element, handle};
use crate::ir::{Emptiness, ExprKind, Field, FieldId, Model, Policy, Record, Rule, Type};
use indexmap::IndexMap;
use serde_json::{Map, Value};
use std::collections::HashSet;

/// Which parts of a declaration stay.
pub(crate) struct Keep<'p> {
    model: &'p Model,
    /// Paths of fields that stay, and of those on the way to them.
    wanted: HashSet<String>,
    /// Paths of lists that stay whole: what references lead into.
    whole: HashSet<String>,
}

impl<'p> Keep<'p> {
    pub(crate) fn new(policy: &'p Policy, rules: &[&Rule], sites: &IndexMap<String, Site<'_>>) -> Self {
        let model = &policy.model;
        let handles = &model.handles;
        let paths = handles.id.iter().chain(&handles.name).chain(&handles.as_of);
        let mut wanted: HashSet<String> = HashSet::new();
        let of_handles = paths.filter_map(|path| handle(model, Some(path)));
        for path in sites.keys().cloned().chain(of_handles) {
            on_the_way(&path, &mut wanted);
        }
        let whole = if rules.iter().any(|rule| refers(policy, rule)) {
            model.keyed_lists.values().filter_map(|path| handle(model, Some(path))).collect()
        } else {
            HashSet::new()
        };
        Self { model, wanted, whole }
    }

    /// What stays of a declaration.
    pub(crate) fn cut(&self, json: &Value) -> Value {
        let root = self.model.record(self.model.root);
        match (json, root) {
            (Value::Object(object), Some(root)) => Value::Object(self.record(object, root, None, "product")),
            _ => json.clone(),
        }
    }

    fn record(
        &self,
        object: &Map<String, Value>,
        record: &Record,
        key_field: Option<FieldId>,
        path: &str,
    ) -> Map<String, Value> {
        let mut kept = Map::new();
        let tells_apart = key_field.and_then(|id| record.field(id));
        for (key, value) in object {
            let own = format!("{path}.{key}");
            let Some(field) = record.fields.get(key) else { continue };
            if self.whole.contains(&own) {
                kept.insert(key.clone(), value.clone());
            } else if self.wanted.contains(&own) || tells_apart == Some(field) || stays(record, field, self, path) {
                kept.insert(key.clone(), self.value(value, field, &own));
            }
        }
        if !kept.values().any(says_something) {
            // What says nothing is not declared: something of a record that was stays.
            let said = object.iter().find(|(_, value)| says_something(value));
            kept.extend(said.map(|(key, value)| (key.clone(), value.clone())));
        }
        kept
    }

    fn value(&self, value: &Value, field: &Field, path: &str) -> Value {
        let Some(record) = element(&field.ty).and_then(|id| self.model.record(id)) else { return value.clone() };
        match (value, &field.ty) {
            (Value::Object(object), Type::Record(_)) => Value::Object(self.record(object, record, None, path)),
            (Value::Array(items), Type::List(_)) => {
                let inside = format!("{path}[]");
                let item = |item: &Value| match item {
                    Value::Object(object) => Value::Object(self.record(object, record, field.key, &inside)),
                    other => other.clone(),
                };
                Value::Array(items.iter().map(item).collect())
            }
            _ => value.clone(),
        }
    }
}

/// Whether a value declares something.
fn says_something(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(items) => items.iter().any(says_something),
        Value::Object(fields) => fields.values().any(says_something),
        _ => true,
    }
}

/// What a record can't do without: required fields, and what states that a list that stays is empty.
fn stays(record: &Record, field: &Field, keep: &Keep<'_>, path: &str) -> bool {
    let states_none = |list: &Field| {
        let flag = match list.emptiness {
            Emptiness::NoneWhen(id) => record.field(id),
            _ => None,
        };
        flag.is_some_and(|flag| flag.name == field.name) && keep.wanted.contains(&format!("{path}.{}", list.name))
    };
    field.required || record.fields.values().any(states_none)
}

fn on_the_way(path: &str, wanted: &mut HashSet<String>) {
    let mut at = "product".to_owned();
    for part in path.split('.').skip(1) {
        let (key, each) = part.strip_suffix("[]").map_or((part, false), |key| (key, true));
        at = at + "." + key;
        wanted.insert(at.clone());
        if each {
            at += "[]";
            wanted.insert(at.clone());
        }
    }
}

/// Whether a rule asks for proof or follows a reference.
fn refers(policy: &Policy, rule: &Rule) -> bool {
    let mut found = false;
    super::constants::every(policy, rule, &mut |expr| {
        found |= matches!(expr.kind, ExprKind::Proven { .. } | ExprKind::Follow(_));
    });
    found
}

/// A declaration with nothing but a date, where there is none to begin with.
pub(crate) fn nothing(model: &Model) -> Value {
    let mut json = Value::Object(Map::new());
    if let Some(path) = handle(model, model.handles.as_of.as_deref()) {
        let at = path.split('.').skip(1).map(|key| super::edit::Step::Key(key.to_owned())).collect();
        super::edit::Edit { at, to: Some(Value::String("2025-06-30".to_owned())) }.apply(&mut json);
    }
    json
}
