//! Reading on demand: what a check asks of its subject and its options, and what it asked for. What it may not ask is a
//! fault of the check, and told.

use super::Type;
use super::document::{Content, Document, PlaceId, Scalar, Spot, Step};
use super::limits::{MAX_PLACES, MAX_POINTER};
use super::reach::unescaped;
use crate::value::{Number, Text, Value};
use indexmap::IndexSet;
use serde_json::{Map, Value as Json};
use std::sync::Arc;

/// A place that a check holds: in its arguments, or in a text of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Handle(At);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    /// The sequence of arguments.
    Arguments,
    /// The record of options.
    Options,
    /// One option.
    Option(usize),
    /// A place of the subject.
    Subject(PlaceId),
    /// A place of a text of the check's own.
    Own(usize, PlaceId),
}

impl Handle {
    /// The sequence of arguments: `/0` is the subject, `/1` the record of options.
    pub const ARGUMENTS: Self = Self(At::Arguments);
}

/// What a check sees at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen<'r> {
    /// Nothing was declared.
    Absent,
    /// The field does not apply.
    Void,
    /// A `null` with a meaning.
    Null,
    /// A scalar.
    Scalar(&'r Scalar),
    /// A record.
    Record,
    /// A list of so many elements.
    List(usize),
}

/// The arguments of a check, and what it read of them.
#[derive(Debug, Default)]
pub struct Reader {
    subject: Document,
    options: Vec<(Arc<str>, Scalar)>,
    own: Vec<Document>,
    read: IndexSet<PlaceId>,
}

impl Reader {
    /// For a subject and options by name.
    #[must_use]
    pub fn new(subject: Document, options: Vec<(Arc<str>, Scalar)>) -> Self {
        Self { subject, options, own: Vec::new(), read: IndexSet::new() }
    }

    /// For a declaration without a model, as the tests of a plugin give it: texts are texts and numbers are numbers.
    ///
    /// # Errors
    ///
    /// What is wrong with the text.
    pub fn loose(text: &str, options: Vec<(Arc<str>, Scalar)>) -> Result<Self, String> {
        let value: Json = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let mut subject = Document { loose: true, ..Document::new(text.into(), String::new()) };
        add(&mut subject, None, &value)?;
        Ok(Self::new(subject, options))
    }

    /// The places of the subject that were read, in the order of reading.
    pub fn read_places(&self) -> impl Iterator<Item = PlaceId> + '_ {
        self.read.iter().copied()
    }

    /// Those of them at which nothing was declared.
    pub fn missed_places(&self) -> impl Iterator<Item = PlaceId> + '_ {
        let absent =
            |place: &PlaceId| self.subject.spots.get(place.index()).is_none_or(|spot| is_absent(&spot.content));
        self.read_places().filter(absent)
    }

    /// The place that a JSON Pointer leads to from another.
    ///
    /// # Errors
    ///
    /// Where it leads nowhere, or to what the check did not announce.
    pub fn at(&self, from: Handle, pointer: &str) -> Result<Handle, String> {
        if pointer.is_empty() {
            return Ok(from);
        }
        if pointer.len() > MAX_POINTER {
            return Err(format!("expected a pointer of at most {MAX_POINTER} bytes, found {}", pointer.len()));
        }
        if !pointer.starts_with('/') {
            return Err(format!("expected a JSON Pointer, found `{}`", pointer.escape_debug()));
        }
        pointer.split('/').skip(1).try_fold(from, |at, step| self.step(at, step)).map_err(|wrong| {
            let base = self.pointer(from).unwrap_or_default();
            format!("reads `{}`: {wrong}", (base + pointer).escape_debug())
        })
    }

    fn step(&self, from: Handle, step: &str) -> Result<Handle, String> {
        let nowhere = || format!("nothing is called `{}` there", step.escape_debug());
        match from.0 {
            At::Arguments => match step {
                "0" => Ok(Handle(At::Subject(PlaceId::new(0)))),
                "1" => Ok(Handle(At::Options)),
                _ => Err(nowhere()),
            },
            At::Options => {
                let name = unescaped(step);
                let found = self.options.iter().position(|(known, _)| **known == *name);
                found.map(|index| Handle(At::Option(index))).ok_or_else(nowhere)
            }
            At::Option(_) => Err(nowhere()),
            At::Subject(place) => below(&self.subject, place, step).map(|place| Handle(At::Subject(place))),
            At::Own(own, place) => {
                let document = self.own.get(own).ok_or_else(nowhere)?;
                below(document, place, step).map(|place| Handle(At::Own(own, place)))
            }
        }
    }

    /// What stands at a place.
    pub fn read(&mut self, at: Handle) -> Seen<'_> {
        match at.0 {
            At::Arguments => Seen::List(2),
            At::Options => Seen::Record,
            At::Option(index) => self.options.get(index).map_or(Seen::Absent, |(_, scalar)| Seen::Scalar(scalar)),
            At::Subject(place) => {
                self.read.insert(place);
                seen(&self.subject, place)
            }
            At::Own(own, place) => self.own.get(own).map_or(Seen::Absent, |document| seen(document, place)),
        }
    }

    /// The names of the fields that the record at a place may have.
    #[must_use]
    pub fn keys(&self, at: Handle) -> Vec<&str> {
        let document = match at.0 {
            At::Options => return self.options.iter().map(|(name, _)| &**name).collect(),
            At::Subject(place) => Some((&self.subject, place)),
            At::Own(own, place) => self.own.get(own).map(|document| (document, place)),
            At::Arguments | At::Option(_) => None,
        };
        let content =
            document.and_then(|(document, place)| document.spots.get(place.index())).map(|spot| &spot.content);
        match content {
            Some(Content::Record { fields, .. }) => fields.iter().map(|(name, _)| &**name).collect(),
            _ => Vec::new(),
        }
    }

    /// The JSON Pointer of a place, from the root of the declaration; none for what is not part of it.
    #[must_use]
    pub fn pointer(&self, at: Handle) -> Option<String> {
        match at.0 {
            At::Subject(place) => Some(self.subject.pointer(place)),
            _ => None,
        }
    }

    /// The JSON Pointer of a place of the subject.
    #[must_use]
    pub fn pointer_of(&self, place: PlaceId) -> String {
        self.subject.pointer(place)
    }

    /// Everything at and below a place as JSON, as it is written. It is a read of every field below.
    ///
    /// # Errors
    ///
    /// Where something below was not announced.
    pub fn to_json(&mut self, at: Handle) -> Result<String, String> {
        match at.0 {
            At::Arguments => {
                let subject = self.to_json(Handle(At::Subject(PlaceId::new(0))))?;
                Ok(format!("[{subject},{}]", self.to_json(Handle(At::Options))?))
            }
            At::Options => {
                let options = self.options.iter().map(|(name, scalar)| (name.to_string(), json(scalar)));
                Ok(Json::Object(options.collect()).to_string())
            }
            At::Option(index) => Ok(self.options.get(index).map_or(Json::Null, |(_, it)| json(it)).to_string()),
            At::Subject(place) => {
                if self.subject.loose {
                    read_below(&self.subject, place, &mut self.read);
                    return Ok(again(&self.subject, place).to_string());
                }
                if !self.subject.spots.get(place.index()).is_some_and(|spot| spot.whole) {
                    let pointer = self.subject.pointer(place);
                    return Err(format!("reads everything below `{pointer}`, which it did not announce"));
                }
                read_below(&self.subject, place, &mut self.read);
                Ok(written(&self.subject, place))
            }
            At::Own(own, place) => {
                Ok(self.own.get(own).map_or(Json::Null, |document| again(document, place)).to_string())
            }
        }
    }

    /// Reads a JSON text of the check's own.
    ///
    /// # Errors
    ///
    /// What is wrong with the text; it is the check's matter what it makes of that.
    pub fn from_json(&mut self, text: &str) -> Result<Handle, String> {
        let value: Json = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let mut document = Document::new(text.into(), String::new());
        add(&mut document, None, &value)?;
        let so_far: usize = self.own.iter().map(|document| document.spots.len()).sum();
        if so_far + document.spots.len() > MAX_PLACES {
            return Err(format!("expected at most {MAX_PLACES} places in texts of the check's own"));
        }
        self.own.push(document);
        Ok(Handle(At::Own(self.own.len() - 1, PlaceId::new(0))))
    }

    /// The place of the subject that a pointer from the root of the declaration means.
    pub(super) fn find(&self, pointer: &str) -> Result<PlaceId, String> {
        let subject = Handle(At::Subject(PlaceId::new(0)));
        let inside = pointer.strip_prefix(self.subject.base.as_str());
        let Some(inside) = inside.filter(|rest| rest.is_empty() || rest.starts_with('/')) else {
            return Err(format!("`{}` is not below its subject", shown(pointer)));
        };
        match self.at(subject, inside) {
            Ok(Handle(At::Subject(place))) => Ok(place),
            _ => Err(format!("`{}` leads nowhere that it may read", shown(pointer))),
        }
    }
}

fn shown(pointer: &str) -> String {
    pointer.chars().take(200).flat_map(char::escape_debug).collect()
}

const fn is_absent(content: &Content) -> bool {
    matches!(content, Content::Absent | Content::Closed { void: false } | Content::Record { declared: false, .. })
}

fn below(document: &Document, place: PlaceId, step: &str) -> Result<PlaceId, String> {
    let nowhere = || format!("nothing is called `{}` there", step.escape_debug());
    match document.spots.get(place.index()).map(|spot| &spot.content) {
        Some(Content::Closed { .. }) => Ok(place),
        Some(Content::Record { fields, .. }) => {
            let found = if step.contains('~') {
                let name = unescaped(step);
                fields.iter().find(|(known, _)| **known == *name)
            } else {
                fields.iter().find(|(known, _)| **known == *step)
            };
            if found.is_none() && document.loose {
                return Ok(PlaceId::NOWHERE);
            }
            let (_, field) = found.ok_or_else(nowhere)?;
            field.ok_or_else(|| "the check did not announce that it reads this".to_owned())
        }
        Some(Content::List(elements)) => {
            let index = step.parse::<usize>().ok().filter(|index| index.to_string() == step);
            let found = index.and_then(|index| elements.get(index));
            found.copied().ok_or_else(|| format!("the list has {} elements", elements.len()))
        }
        None if document.loose => Ok(place),
        _ => Err(nowhere()),
    }
}

fn seen(document: &Document, place: PlaceId) -> Seen<'_> {
    match document.spots.get(place.index()).map(|spot| &spot.content) {
        Some(content) if is_absent(content) => Seen::Absent,
        Some(Content::Void | Content::Closed { .. }) => Seen::Void,
        Some(Content::Null) => Seen::Null,
        Some(Content::Scalar(scalar)) => Seen::Scalar(scalar),
        Some(Content::Record { .. }) => Seen::Record,
        Some(Content::List(elements)) => Seen::List(elements.len()),
        _ => Seen::Absent,
    }
}

fn read_below(document: &Document, place: PlaceId, read: &mut IndexSet<PlaceId>) {
    let mut waiting = vec![place];
    while let Some(place) = waiting.pop() {
        read.insert(place);
        match document.spots.get(place.index()).map(|spot| &spot.content) {
            Some(Content::Record { fields, .. }) => waiting.extend(fields.iter().rev().filter_map(|(_, it)| *it)),
            Some(Content::List(elements)) => waiting.extend(elements.iter().rev()),
            _ => {}
        }
    }
}

/// The JSON of a place as it is written; `null` where nothing is.
fn written(document: &Document, place: PlaceId) -> String {
    let at = document.spots.get(place.index()).and_then(|spot| spot.at);
    let text = at.and_then(|at| document.text.get(at as usize..)).unwrap_or_default();
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<serde::de::IgnoredAny>();
    match values.next() {
        Some(Ok(_)) => text.get(..values.byte_offset()).unwrap_or("null").trim().to_owned(),
        _ => "null".to_owned(),
    }
}

/// A text of the check's own, written again.
fn again(document: &Document, place: PlaceId) -> Json {
    match document.spots.get(place.index()).map(|spot| &spot.content) {
        Some(Content::Scalar(scalar)) => json(scalar),
        Some(Content::Record { fields, .. }) => {
            let members =
                fields.iter().filter_map(|(name, place)| Some((name.to_string(), again(document, (*place)?))));
            Json::Object(members.collect())
        }
        Some(Content::List(elements)) => elements.iter().map(|place| again(document, *place)).collect(),
        _ => Json::Null,
    }
}

/// A scalar that stands in no text, as JSON.
fn json(scalar: &Scalar) -> Json {
    match &scalar.value {
        Value::Bool(value) => Json::Bool(*value),
        Value::Number(number) => {
            let text = number.to_string();
            let amount = matches!(scalar.ty, Type::Money(_));
            let number = if amount { None } else { text.parse().ok() };
            number.map_or(Json::String(text), Json::Number)
        }
        Value::Date(date) => Json::String(date.to_string()),
        Value::Text(text) => Json::String(text.as_str().to_owned()),
        Value::Member(_) => Json::Null,
    }
}

/// Adds a JSON value of a check's own.
fn add(document: &mut Document, above: Option<(PlaceId, Step)>, value: &Json) -> Result<PlaceId, String> {
    let own = document.add(above, Spot { content: Content::Absent, at: None, whole: true });
    let content = match value {
        Json::Null => Content::Absent,
        Json::Bool(value) => scalar(Value::Bool(*value), Type::Bool),
        Json::Number(number) => {
            let text = number.to_string();
            let exact = Number::parse_json(&text).map_err(|_| format!("`{}` has too many digits", shown(&text)))?;
            scalar(Value::Number(exact), Type::Number)
        }
        Json::String(text) => scalar(Value::Text(Text::Shared(text.as_str().into())), Type::Text),
        Json::Array(items) => Content::List(elements(document, own, items)?),
        Json::Object(members) => Content::Record { declared: true, fields: fields(document, own, members)? },
    };
    document.fill(own, content);
    Ok(own)
}

const fn scalar(value: Value<'static>, ty: Type) -> Content {
    Content::Scalar(Scalar { value, ty })
}

fn elements(document: &mut Document, list: PlaceId, items: &[Json]) -> Result<Vec<PlaceId>, String> {
    let items = items.iter().enumerate();
    items.map(|(index, item)| add(document, Some((list, Step::Element(index))), item)).collect()
}

type Fields = Vec<(Arc<str>, Option<PlaceId>)>;

fn fields(document: &mut Document, record: PlaceId, members: &Map<String, Json>) -> Result<Fields, String> {
    let members = members.iter().map(|(name, value)| {
        let name: Arc<str> = name.as_str().into();
        let place = add(document, Some((record, Step::Field(Arc::clone(&name)))), value)?;
        Ok((name, Some(place)))
    });
    members.collect()
}
