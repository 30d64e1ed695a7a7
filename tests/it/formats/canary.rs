//! Canaries: a value that can be told from everything else in every confidential field of a declaration that may hold one.

use hongxian::engine::{Engine, Input};
use hongxian::ir::{Field, FieldId, Model, Record, Type};
use hongxian::value::Date;
use serde_json::{Value, json};

/// A declaration with a canary in each confidential field of each record that it has, and the canaries.
pub fn planted(engine: &Engine, text: &str) -> (String, Vec<String>) {
    let model = &engine.program().policy.model;
    let mut json: Value = serde_json::from_str(text).unwrap();
    let mut planter = Planter { model, canaries: Vec::new() };
    planter.record(model.record(model.root).unwrap(), None, &mut json, false);
    let canaries = planter.canaries;
    // A field that does not apply may not be given.
    let draft = json.to_string();
    for pointer in engine.void_fields(Input { name: "draft", bytes: draft.as_bytes() }).unwrap() {
        let (record, key) = pointer.rsplit_once('/').unwrap();
        if let Some(object) = json.pointer_mut(record).and_then(Value::as_object_mut) {
            object.shift_remove(key);
        }
    }
    let text = serde_json::to_string_pretty(&json).unwrap();
    let kept: Vec<String> = canaries.into_iter().filter(|canary| text.contains(canary.as_str())).collect();
    (text, kept)
}

struct Planter<'m> {
    model: &'m Model,
    canaries: Vec<String>,
}

impl Planter<'_> {
    fn record(&mut self, record: &Record, key: Option<FieldId>, json: &mut Value, hidden: bool) {
        let Some(object) = json.as_object_mut() else { return };
        for field in record.fields.values() {
            let hidden = hidden || field.confidential;
            // What tells elements apart is named elsewhere.
            let is_key = key.and_then(|id| record.field(id)).is_some_and(|key| key.name == field.name);
            if let Some(canary) = self.canary(field).filter(|_| hidden && !is_key) {
                object.insert(field.name.clone(), canary);
            } else if let Some(value) = object.get_mut(&field.name) {
                self.inside(field, value, hidden);
            }
        }
    }

    fn inside(&mut self, field: &Field, value: &mut Value, hidden: bool) {
        let model = self.model;
        let (record, elements): (_, Vec<&mut Value>) = match (&field.ty, value) {
            (Type::Record(id), value) => (id, vec![value]),
            (Type::List(element), Value::Array(items)) => match element.as_ref() {
                Type::Record(id) => (id, items.iter_mut().collect()),
                _ => return,
            },
            _ => return,
        };
        for element in elements {
            self.record(model.record(*record).unwrap(), field.key, element, hidden);
        }
    }

    /// A value for a field; none where its type has too few to tell one from others.
    fn canary(&mut self, field: &Field) -> Option<Value> {
        let number = self.canaries.len();
        let words = format!("CANARY-{number}-文");
        let free = field.bounds.high.is_none() && field.pattern.is_none();
        let (shown, value) = match &field.ty {
            Type::Text | Type::Name | Type::Prose if free => (words.clone(), json!(words)),
            Type::List(element) if matches!(**element, Type::Text | Type::Name | Type::Prose) && free => {
                (words.clone(), json!([words]))
            }
            Type::Number | Type::ExactDuration if free => {
                (format!("{}", 7_700_000 + number), json!(7_700_000 + number))
            }
            Type::Money(_) if free => (format!("77{number:05}.17"), json!(format!("77{number:05}.17"))),
            Type::Date => {
                let day =
                    Date::parse("1977-01-01").unwrap().add_days(i64::try_from(number).unwrap()).unwrap().to_string();
                (day.clone(), json!(day))
            }
            _ => return None,
        };
        self.canaries.push(shown);
        Some(value)
    }
}
