//! Changes of a test, on a declaration as JSON: a value as the language or as JSON writes it, or nothing any more.

use super::trial::Change;
use super::typed;
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::ir::{Field, Model, Record, Type};
use crate::source::Span;
use crate::syntax::ast::{Name, Path, PathStep, Text};
use serde_json::{Map, Value as Json};

/// A change that could not be made.
type Refused = Box<Diagnostic>;

/// Makes a change.
pub(super) fn apply(model: &Model, json: &mut Json, change: &Change) -> Result<(), Refused> {
    match change {
        Change::Remove(path) => remove(model, json, path),
        Change::Write(path, value) => {
            let (field, ty) = resolve(model, path)?;
            let new = typed::json(model, value, ty, field)?;
            set(json, path, new)
        }
        Change::Set(path, value) => {
            resolve(model, path)?;
            set(json, path, value.clone())
        }
    }
}

fn refused(span: Span, message: impl Into<String>) -> Refused {
    Box::new(Diagnostic::error(Code::TEST_PATH, span, message))
}

fn whole(path: &Path) -> Refused {
    refused(path.span, "the whole declaration can't be changed at once")
}

/// The type at the end of a path, and the field that it is of.
fn resolve<'m>(model: &'m Model, path: &Path) -> Result<(Option<&'m Field>, &'m Type), Refused> {
    if path.root.text != "product" {
        return Err(refused(path.root.span, format!("expected `product`, found `{}`", path.root.text)));
    }
    let mut field: Option<&Field> = None;
    let mut at = Place::Record(model.record(model.root));
    for step in &path.steps {
        at = match (step, at) {
            (PathStep::Field(name), Place::Record(Some(record))) => {
                let found = record.fields.get(&name.text).ok_or_else(|| no_field(record, name))?;
                field = Some(found);
                Place::of(model, &found.ty)
            }
            (PathStep::Index(..), Place::Other(Type::List(element))) => Place::of(model, element),
            (PathStep::Key(key, _), Place::Other(Type::List(element))) => {
                let inside = Place::of(model, element);
                match inside {
                    Place::Record(Some(record)) if !record.fields.contains_key(&key.text) => {
                        return Err(no_field(record, key));
                    }
                    inside => inside,
                }
            }
            (PathStep::Field(name), _) => {
                return Err(refused(name.span, format!("`{}` is no field of what stands before it", name.text)));
            }
            (PathStep::Index(_, span), _) => {
                return Err(refused(*span, "only elements of a list are picked by an index"));
            }
            (PathStep::Key(name, _), _) => {
                return Err(refused(name.span, "only elements of a list are picked by a field"));
            }
        };
    }
    match at {
        Place::Other(ty) => Ok((field, ty)),
        Place::Record(_) => path_type(path, field),
    }
}

/// Where a path has come to.
enum Place<'m> {
    Record(Option<&'m Record>),
    Other(&'m Type),
}

impl<'m> Place<'m> {
    fn of(model: &'m Model, ty: &'m Type) -> Self {
        match ty {
            Type::Record(id) => Self::Record(model.record(*id)),
            other => Self::Other(other),
        }
    }
}

/// The type of a path that ends at a record: its field's, or the element's of the field's list.
fn path_type<'m>(path: &Path, field: Option<&'m Field>) -> Result<(Option<&'m Field>, &'m Type), Refused> {
    let Some(field) = field else { return Err(whole(path)) };
    match &field.ty {
        Type::List(element) if !matches!(path.steps.last(), Some(PathStep::Field(_))) => Ok((Some(field), element)),
        ty => Ok((Some(field), ty)),
    }
}

fn no_field(record: &Record, name: &Name) -> Refused {
    let diagnostic =
        Diagnostic::error(Code::TEST_PATH, name.span, format!("`{}` has no field `{}`", record.name, name.text));
    Box::new(match nearest(&name.text, record.fields.keys().map(String::as_str)) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None => diagnostic,
    })
}

/// The value at all but the last step, made where it is missing.
fn enclosing<'j>(json: &'j mut Json, path: &Path) -> Result<&'j mut Json, Refused> {
    let steps = path.steps.split_last().map_or(&[] as &[PathStep], |(_, before)| before);
    steps.iter().try_fold(json, |at, step| match step {
        PathStep::Field(name) => entry(at, name),
        PathStep::Index(index, span) => element(at, *index, *span),
        PathStep::Key(name, value) => keyed(at, name, value),
    })
}

/// A key's value in the object that stands there; `null` becomes an empty object first.
fn entry<'j>(json: &'j mut Json, key: &Name) -> Result<&'j mut Json, Refused> {
    if json.is_null() {
        *json = Json::Object(Map::new());
    }
    let object = json.as_object_mut().ok_or_else(|| refused(key.span, "there is no object before this field"))?;
    Ok(object.entry(key.text.clone()).or_insert(Json::Null))
}

fn element(json: &mut Json, index: u64, span: Span) -> Result<&mut Json, Refused> {
    let length = json.as_array().map_or(0, Vec::len);
    let found = usize::try_from(index).ok().and_then(|index| json.get_mut(index));
    found.ok_or_else(|| refused(span, format!("the list has {length} elements, so there is no `[{index}]`")))
}

fn keyed<'j>(json: &'j mut Json, name: &Name, value: &Text) -> Result<&'j mut Json, Refused> {
    let items = json.as_array_mut().map(|items| items.iter_mut()).into_iter().flatten();
    let mut items = items.filter(|item| item.get(&name.text).and_then(Json::as_str) == Some(value.text.as_str()));
    items.next().ok_or_else(|| refused(value.span, format!("no element has `{}` as its `{}`", value.text, name.text)))
}

fn set(json: &mut Json, path: &Path, value: Json) -> Result<(), Refused> {
    let at = enclosing(json, path)?;
    match path.steps.last() {
        Some(PathStep::Field(name)) => {
            *entry(at, name)? = value;
            Ok(())
        }
        Some(PathStep::Index(index, span)) => {
            if at.is_null() {
                *at = Json::Array(Vec::new());
            }
            match at {
                Json::Array(items) if usize::try_from(*index) == Ok(items.len()) => items.push(value),
                other => *element(other, *index, *span)? = value,
            }
            Ok(())
        }
        Some(PathStep::Key(name, key)) => {
            *keyed(at, name, key)? = value;
            Ok(())
        }
        None => Err(whole(path)),
    }
}

fn remove(model: &Model, json: &mut Json, path: &Path) -> Result<(), Refused> {
    resolve(model, path)?;
    let at = enclosing(json, path)?;
    let removed = match path.steps.last() {
        Some(PathStep::Field(name)) => {
            at.as_object_mut().is_some_and(|object| object.shift_remove(&name.text).is_some())
        }
        Some(PathStep::Index(index, _)) => at.as_array_mut().is_some_and(|items| {
            let index = usize::try_from(*index).ok().filter(|index| *index < items.len());
            index.map(|index| items.remove(index)).is_some()
        }),
        Some(PathStep::Key(name, value)) => at.as_array_mut().is_some_and(|items| {
            let before = items.len();
            items.retain(|item| item.get(&name.text).and_then(Json::as_str) != Some(value.text.as_str()));
            items.len() < before
        }),
        None => false,
    };
    if removed { Ok(()) } else { Err(refused(path.span, "there is nothing to remove here")) }
}
