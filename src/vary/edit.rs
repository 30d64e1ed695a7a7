//! Edits of a declaration as JSON: a value set or taken away at a JSON Pointer. What is missing on the way is made.

use serde_json::{Map, Value};

/// A step into a declaration.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Step {
    /// A key of an object.
    Key(String),
    /// An element of a list.
    Index(usize),
}

/// A place in a declaration.
pub(crate) type Pointer = Vec<Step>;

/// One change: a value to stand there, or nothing.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Edit {
    pub(crate) at: Pointer,
    pub(crate) to: Option<Value>,
}

impl Edit {
    pub(crate) fn apply(&self, json: &mut Value) {
        match &self.to {
            Some(value) => set(json, &self.at, value.clone()),
            None => remove(json, &self.at),
        }
    }
}

/// Makes changes, one after another.
pub(crate) fn apply(edits: &[Edit], json: &mut Value) {
    for edit in edits {
        edit.apply(json);
    }
}

/// The pointer as text.
pub(crate) fn text(pointer: &[Step]) -> String {
    pointer.iter().fold(String::new(), |text, step| match step {
        Step::Key(key) => text + "/" + &key.replace('~', "~0").replace('/', "~1"),
        Step::Index(index) => text + "/" + &index.to_string(),
    })
}

/// A JSON Pointer's steps; digits are an index, for no field is a number.
pub(crate) fn pointer(text: &str) -> Pointer {
    let step = |step: &str| match step.parse() {
        Ok(index) => Step::Index(index),
        Err(_) => Step::Key(step.replace("~1", "/").replace("~0", "~")),
    };
    text.split('/').skip(1).map(step).collect()
}

/// What stands at a place.
pub(crate) fn get<'j>(json: &'j Value, pointer: &[Step]) -> Option<&'j Value> {
    pointer.iter().try_fold(json, |at, step| match step {
        Step::Key(key) => at.get(key),
        Step::Index(index) => at.get(index),
    })
}

fn set(json: &mut Value, pointer: &[Step], value: Value) {
    let Some((first, rest)) = pointer.split_first() else {
        *json = value;
        return;
    };
    match first {
        Step::Key(key) => {
            if !json.is_object() {
                *json = Value::Object(Map::new());
            }
            if let Value::Object(object) = json {
                set(object.entry(key.clone()).or_insert(Value::Null), rest, value);
            }
        }
        Step::Index(index) => {
            if !json.is_array() {
                *json = Value::Array(Vec::new());
            }
            if let Value::Array(items) = json {
                if *index == items.len() {
                    items.push(Value::Null);
                }
                if let Some(item) = items.get_mut(*index) {
                    set(item, rest, value);
                }
            }
        }
    }
}

/// Takes away what stands at a place; where nothing does, nothing happens.
pub(crate) fn remove(json: &mut Value, pointer: &[Step]) {
    let Some((last, before)) = pointer.split_last() else { return };
    let enclosing = before.iter().try_fold(json, |at, step| match step {
        Step::Key(key) => at.get_mut(key),
        Step::Index(index) => at.get_mut(index),
    });
    match (enclosing, last) {
        (Some(Value::Object(object)), Step::Key(key)) => drop(object.shift_remove(key)),
        (Some(Value::Array(items)), Step::Index(index)) if *index < items.len() => drop(items.remove(*index)),
        _ => {}
    }
}

/// Every place in a declaration but its root: what encloses others before them.
pub(crate) fn places(json: &Value) -> Vec<Pointer> {
    let mut found = Vec::new();
    below(json, &mut Vec::new(), &mut found);
    found
}

fn below(json: &Value, at: &mut Pointer, found: &mut Vec<Pointer>) {
    let steps: Vec<(Step, &Value)> = match json {
        Value::Object(object) => object.iter().map(|(key, value)| (Step::Key(key.clone()), value)).collect(),
        Value::Array(items) => items.iter().enumerate().map(|(at, value)| (Step::Index(at), value)).collect(),
        _ => Vec::new(),
    };
    for (step, value) in steps {
        at.push(step);
        found.push(at.clone());
        below(value, at, found);
        at.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn edits_make_what_is_missing() {
        let cases = [
            (json!({}), "/a/b", Some(json!(1)), json!({"a": {"b": 1}})),
            (json!({"a": []}), "/a/0/b", Some(json!(1)), json!({"a": [{"b": 1}]})),
            (json!({"a": [1, 2]}), "/a/1", None, json!({"a": [1]})),
            (json!({"a": 1}), "/b/c", None, json!({"a": 1})),
            (json!({"a": [1]}), "/a/7", Some(json!(1)), json!({"a": [1]})),
        ];
        for (mut json, at, to, expected) in cases {
            Edit { at: pointer(at), to }.apply(&mut json);
            assert_eq!(json, expected, "{at}");
        }
    }

    #[test]
    fn places_come_from_outside_in() {
        let found: Vec<String> = places(&json!({"a": [{"b": 1}], "c": 2})).iter().map(|it| text(it)).collect();
        assert_eq!(found, ["/a", "/a/0", "/a/0/b", "/c"]);
    }
}
