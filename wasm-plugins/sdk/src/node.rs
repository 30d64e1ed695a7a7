//! Declarations, read on demand. In a plugin a node is a handle of the host's; in tests it stands on JSON.

use crate::border::Value;

pub use crate::bindings::hongxian::plugin::document::Content;

#[cfg(target_arch = "wasm32")]
use crate::bindings::hongxian::plugin::document::Node as Place;
#[cfg(not(target_arch = "wasm32"))]
use native::Place;

/// A place in a declaration, declared or not. Other places are named by JSON Pointers from here: `""` is the place
/// itself, `"/storage/encryption"` a field of a field, `"/items/0"` the first element of a list.
#[derive(Debug)]
pub struct Node(pub(crate) Place);

impl Node {
    /// What stands at a place.
    pub fn read(&self, at: &str) -> Content {
        self.0.read(at)
    }

    /// A text, a name, a prose, a reference's key or an enum member; none where it is not there.
    pub fn text(&self, at: &str) -> Option<String> {
        match self.read(at) {
            Content::Scalar(Value::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// A truth value; none where it is not there.
    pub fn flag(&self, at: &str) -> Option<bool> {
        match self.read(at) {
            Content::Scalar(Value::Bool(flag)) => Some(flag),
            _ => None,
        }
    }

    /// The elements of a list; none where it is not there.
    pub fn each(&self, at: &str) -> impl Iterator<Item = Self> {
        let count = match self.read(at) {
            Content::List(count) => count,
            _ => 0,
        };
        (0..count).map(move |index| self.at(&format!("{at}/{index}")))
    }

    /// The node at a place, whether or not anything was declared there.
    #[must_use]
    pub fn at(&self, at: &str) -> Self {
        Self(self.0.at(at))
    }

    /// The names of the fields that a record may have.
    pub fn keys(&self) -> Vec<String> {
        self.0.keys()
    }

    /// The JSON Pointer from the root of the declaration, as findings want it; empty for what is not part of it.
    pub fn pointer(&self) -> String {
        self.0.pointer().unwrap_or_default()
    }

    /// Everything at and below this place as JSON. It counts as a read of every field below.
    pub fn to_json(&self) -> String {
        self.0.to_json()
    }

    /// Reads a JSON text of the plugin's own, such as a table.
    pub fn from_json(text: &str) -> Result<Self, String> {
        Place::from_json(text).map(Self)
    }

    /// A declaration for a test, from JSON. It knows no model: what a text means is not known, so all texts are `text` and
    /// all numbers `number`, and of the fields only those that are there.
    ///
    /// # Panics
    ///
    /// Where the text is no JSON.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn declaration(json: &str) -> Self {
        Self(Place::declaration(json))
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod native {
    //! A stand-in for the host's handles.

    use super::{Content, Value};
    use crate::scalar::{Decimal, Scalar};
    use serde_json::Value as Json;
    use std::rc::Rc;

    #[derive(Debug, Clone)]
    pub struct Place {
        root: Rc<Json>,
        base: String,
        declared: bool,
    }

    impl Place {
        pub fn declaration(json: &str) -> Self {
            let root = serde_json::from_str(json).unwrap_or_else(|error| panic!("{error} in {json}"));
            Self { root: Rc::new(root), base: String::new(), declared: true }
        }

        pub fn from_json(text: &str) -> Result<Self, String> {
            let root = serde_json::from_str(text).map_err(|error| error.to_string())?;
            Ok(Self { root: Rc::new(root), base: String::new(), declared: false })
        }

        fn json(&self, at: &str) -> &Json {
            self.root.pointer(&format!("{}{at}", self.base)).unwrap_or(&Json::Null)
        }

        pub fn read(&self, at: &str) -> Content {
            match self.json(at) {
                Json::Null => Content::Absent,
                Json::Bool(flag) => Content::Scalar(Value::Bool(*flag)),
                Json::Number(number) => Content::Scalar(decimal(&number.to_string()).into_value()),
                Json::String(text) if text.trim().is_empty() => Content::Absent,
                Json::String(text) => Content::Scalar(Value::Text(text.clone())),
                Json::Array(elements) => Content::List(u32::try_from(elements.len()).unwrap_or(u32::MAX)),
                Json::Object(fields) => {
                    prose(fields).map_or(Content::Record, |text| Content::Scalar(Value::Text(text)))
                }
            }
        }

        pub fn at(&self, at: &str) -> Self {
            Self { base: format!("{}{at}", self.base), ..self.clone() }
        }

        pub fn keys(&self) -> Vec<String> {
            self.json("").as_object().map(|fields| fields.keys().cloned().collect()).unwrap_or_default()
        }

        pub fn pointer(&self) -> Option<String> {
            self.declared.then(|| self.base.clone())
        }

        pub fn to_json(&self) -> String {
            self.json("").to_string()
        }
    }

    /// A prose in several languages: the Chinese text first.
    fn prose(fields: &serde_json::Map<String, Json>) -> Option<String> {
        let text = ["zh-Hans", "zh"].into_iter().find_map(|language| fields.get(language))?;
        text.as_str().map(str::to_owned)
    }

    fn decimal(number: &str) -> Decimal {
        let digits: String = number.chars().filter(|c| *c != '.').collect();
        let places = number.split_once('.').map_or(0, |(_, places)| places.len());
        let (Ok(mantissa), Ok(scale)) = (digits.parse(), i8::try_from(places)) else {
            panic!("expected a plain decimal, found {number}");
        };
        Decimal { mantissa, scale }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scalar::{Decimal, Scalar};

    #[test]
    fn a_declaration_of_a_test_is_read_as_the_hosts_would_be() {
        let node = Node::declaration(r#"{"a": {"b": [true, 2.50, "x", {"zh-Hans": "中", "en": "e"}]}, "n": " "}"#);
        let list = node.at("/a");
        assert_eq!(list.read("/b"), Content::List(4));
        assert_eq!(list.flag("/b/0"), Some(true));
        assert_eq!(list.read("/b/1"), Content::Scalar(Decimal { mantissa: 250, scale: 2 }.into_value()));
        let texts: Vec<_> = list.each("/b").filter_map(|each| each.text("")).collect();
        assert_eq!(texts, ["x", "中"]);
        assert_eq!(list.each("/b").last().unwrap().pointer(), "/a/b/3");
        assert_eq!((node.read("/n"), node.read("/z/z")), (Content::Absent, Content::Absent));
        assert_eq!(node.keys(), ["a", "n"]);
    }

    #[test]
    fn a_text_of_the_plugins_own_is_no_part_of_the_declaration() {
        assert_eq!(Node::from_json("[1]").unwrap().at("/0").pointer(), "");
        assert!(Node::from_json("[").is_err());
    }
}
