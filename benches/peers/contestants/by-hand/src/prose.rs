//! Prose: a text, or an object with one for each language.

#![allow(dead_code, reason = "it is only decoded")]

use crate::declaration::Text;
use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use std::borrow::Cow;
use std::fmt::{Formatter, Result as Written};

pub enum Prose<'t> {
    One(Text<'t>),
    Many(Vec<(Text<'t>, Text<'t>)>),
}

impl<'de: 't, 't> Deserialize<'de> for Prose<'t> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Either)
    }
}

struct Either;

impl<'de> Visitor<'de> for Either {
    type Value = Prose<'de>;

    fn expecting(&self, f: &mut Formatter<'_>) -> Written {
        f.write_str("a text, or texts by language")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Prose<'de>, E> {
        Ok(Prose::One(Text(Cow::Borrowed(text))))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Prose<'de>, E> {
        Ok(Prose::One(Text(Cow::Owned(text.to_owned()))))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Prose<'de>, A::Error> {
        let mut texts = Vec::new();
        while let Some(entry) = map.next_entry()? {
            texts.push(entry);
        }
        Ok(Prose::Many(texts))
    }
}
