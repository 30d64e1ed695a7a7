//! A declaration to fill in: the fields that identify it and those that a complete filing needs, none of them answered.

use crate::diagnostic::nearest;
use crate::ir::{Emptiness, Field, FieldId, Policy, Record, RecordId, Type};
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// A preset names a field that the model does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoSuchField {
    /// Its JSON Pointer.
    pub pointer: String,
    /// The pointer that was probably meant.
    pub near: Option<String>,
}

impl std::fmt::Display for NoSuchField {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "no field of a declaration is at `{}`", self.pointer)?;
        self.near.as_ref().map_or(Ok(()), |near| write!(f, "; did you mean `{near}`?"))
    }
}

impl std::error::Error for NoSuchField {}

/// The skeleton as JSON text.
///
/// Its fields are those that identify a declaration, those that are required, those that a complete filing needs, and the `presets`, which
/// have their values; everything else is `null`, and so unknown: nothing is invented. Where `null` would be an answer (`null means open`) a field is a blank
/// text, which is absent, or left out. A list of records shows one element. `leave_out` is asked with a field's pointer, and
/// leaves it out with all below: whoever knows that a field does not apply says so there.
pub fn skeleton(
    policy: &Policy,
    presets: &[(String, Value)],
    leave_out: &dyn Fn(&str) -> bool,
) -> Result<String, NoSuchField> {
    let mut writer = Writer { policy, presets, leave_out, identity: identity(policy), pointers: BTreeSet::new() };
    let root = writer.record(policy.model.root, "").unwrap_or_default();
    if let Some((pointer, _)) = presets.iter().find(|(pointer, _)| !writer.pointers.contains(pointer)) {
        let near = nearest(pointer, writer.pointers.iter().map(String::as_str)).map(str::to_owned);
        return Err(NoSuchField { pointer: pointer.clone(), near });
    }
    Ok(format!("{:#}\n", Value::Object(root)))
}

/// The pointers of the fields that identify, name and date a declaration.
fn identity(policy: &Policy) -> BTreeSet<String> {
    let handles = &policy.model.handles;
    handles.id.iter().chain(&handles.name).chain(&handles.as_of).map(|path| pointer(policy, path)).collect()
}

fn pointer(policy: &Policy, path: &[FieldId]) -> String {
    let mut record = policy.model.record(policy.model.root);
    let mut pointer = String::new();
    for step in path {
        let Some(field) = record.and_then(|record| record.field(*step)) else { break };
        pointer = format!("{pointer}/{}", field.name);
        record = match &field.ty {
            Type::Record(next) => policy.model.record(*next),
            _ => None,
        };
    }
    pointer
}

struct Writer<'p> {
    policy: &'p Policy,
    presets: &'p [(String, Value)],
    leave_out: &'p dyn Fn(&str) -> bool,
    identity: BTreeSet<String>,
    /// Every field of the model, as far as one element of each list goes.
    pointers: BTreeSet<String>,
}

impl Writer<'_> {
    /// The fields of a record that are wanted; none where there are none.
    fn record(&mut self, id: RecordId, at: &str) -> Option<Map<String, Value>> {
        let policy = self.policy;
        let record = policy.model.record(id)?;
        let mut fields = Map::new();
        for field in record.fields.values() {
            let pointer = format!("{at}/{}", field.name);
            self.pointers.insert(pointer.clone());
            let value = self.field(record, field, &pointer);
            if let Some(value) = value.filter(|_| !(self.leave_out)(&pointer)) {
                fields.insert(field.name.clone(), value);
            }
        }
        (!fields.is_empty()).then_some(fields)
    }

    fn field(&mut self, record: &Record, field: &Field, pointer: &str) -> Option<Value> {
        let inside = self.inside(field, pointer);
        if let Some((_, value)) = self.presets.iter().find(|(preset, _)| preset == pointer) {
            return Some(value.clone());
        }
        let wanted = field.required || field.filing || self.identity.contains(pointer) || states_none(record, field);
        inside.or_else(|| if wanted { unanswered(field) } else { None })
    }

    /// What is wanted below a field.
    fn inside(&mut self, field: &Field, pointer: &str) -> Option<Value> {
        match &field.ty {
            Type::Record(id) => self.record(*id, pointer).map(Value::Object),
            Type::List(element) => match element.as_ref() {
                Type::Record(id) => {
                    let element = self.record(*id, &format!("{pointer}/0"))?;
                    Some(Value::Array(vec![Value::Object(element)]))
                }
                _ => None,
            },
            _ => None,
        }
    }
}

/// Whether a field states that a list beside it, which is wanted, has no elements.
fn states_none(record: &Record, flag: &Field) -> bool {
    record.fields.values().any(|list| match list.emptiness {
        Emptiness::NoneWhen(id) => list.filing && record.field(id).is_some_and(|field| field.name == flag.name),
        _ => false,
    })
}

/// A value that answers nothing: `null`, or where that is an answer a blank text; none where no value is without meaning.
fn unanswered(field: &Field) -> Option<Value> {
    match (&field.null_word, &field.ty) {
        (None, _) => Some(Value::Null),
        (
            Some(_),
            Type::Date | Type::Text | Type::Name | Type::Prose | Type::Money(_) | Type::Enum(_) | Type::Ref(_),
        ) => Some(Value::String(String::new())),
        (Some(_), _) => None,
    }
}
