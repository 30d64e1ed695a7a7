//! A document as a check sees it: places, each with what stands there, made before the check runs and read by it on
//! demand. It knows nothing of models; who makes it has asked those already.

use super::Type;
use super::reach::escaped;
use crate::value::Value;
use std::sync::Arc;

/// A place of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PlaceId(u32);

impl PlaceId {
    /// A place below what a loose document does not have.
    pub(super) const NOWHERE: Self = Self(u32::MAX);

    pub(super) fn new(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// Its index, in the order in which places were added.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// A scalar with its type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scalar {
    /// Its value. A member of an enum is a text.
    pub value: Value<'static>,
    /// Its type.
    pub ty: Type,
}

/// What stands at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Nothing was declared.
    Absent,
    /// A field that does not apply.
    Void,
    /// A `null` that the model gives a meaning.
    Null,
    /// A scalar.
    Scalar(Scalar),
    /// A record with its fields; those that nobody may read lead nowhere.
    Record {
        /// Whether something of it was declared.
        declared: bool,
        /// Its fields, in the order of the model.
        fields: Vec<(Arc<str>, Option<PlaceId>)>,
    },
    /// A record of which nothing is known, or that does not apply: what is below it is like it.
    Closed {
        /// Whether it does not apply.
        void: bool,
    },
    /// A list with its elements.
    List(Vec<PlaceId>),
}

/// A step from a place to one below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// To a field.
    Field(Arc<str>),
    /// To an element.
    Element(usize),
}

/// A place, as it is added to a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// What stands there.
    pub content: Content,
    /// Where its JSON begins in the document's text, where it was given.
    pub at: Option<u32>,
    /// Whether everything below may be read as well.
    pub whole: bool,
}

/// A document with its text.
#[derive(Debug, Clone, Default)]
pub struct Document {
    pub(super) text: Arc<str>,
    pub(super) base: String,
    pub(super) spots: Vec<Spot>,
    pub(super) above: Vec<Option<(PlaceId, Step)>>,
    /// Whether it stands for a declaration without a model: then a field that it does not have was not declared.
    pub(super) loose: bool,
}

impl Document {
    /// A document whose root has this JSON Pointer in a declaration with this text.
    #[must_use]
    pub const fn new(text: Arc<str>, base: String) -> Self {
        Self { text, base, spots: Vec::new(), above: Vec::new(), loose: false }
    }

    /// Adds a place below another; the first one is the root.
    pub fn add(&mut self, above: Option<(PlaceId, Step)>, spot: Spot) -> PlaceId {
        self.spots.push(spot);
        self.above.push(above);
        PlaceId::new(self.spots.len() - 1)
    }

    /// Says what stands at a place that was added before its parts.
    pub fn fill(&mut self, place: PlaceId, content: Content) {
        if let Some(spot) = self.spots.get_mut(place.index()) {
            spot.content = content;
        }
    }

    /// The JSON Pointer of a place, from the root of the declaration.
    #[must_use]
    pub fn pointer(&self, place: PlaceId) -> String {
        let mut steps = Vec::new();
        let mut at = place;
        while let Some(Some((above, step))) = self.above.get(at.index()) {
            steps.push(match step {
                Step::Field(name) => escaped(name),
                Step::Element(index) => index.to_string(),
            });
            at = *above;
        }
        steps.iter().rev().fold(self.base.clone(), |pointer, step| pointer + "/" + step)
    }
}
