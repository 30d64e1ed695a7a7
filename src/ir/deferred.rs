//! Parts of a policy that are read when somebody asks. A policy that was checked when a program was built lies in it as
//! bytes, and a run needs little of it: no words but those of what it finds, and no expression, since those are compiled.

use postcard::{from_bytes, to_allocvec};
use serde::de::{Deserialize, Deserializer};
use serde::ser::{Error, Serialize, Serializer};
use std::fmt;
use std::ops::Deref;
use std::sync::OnceLock;

/// A part of a policy: there, or kept as bytes and read at the first look.
///
/// Bytes come from this library alone, of the same version; a test holds what is read against what was kept.
#[derive(Clone)]
pub struct Deferred<T> {
    value: OnceLock<T>,
    bytes: &'static [u8],
}

impl<T> From<T> for Deferred<T> {
    fn from(value: T) -> Self {
        Self { value: value.into(), bytes: &[] }
    }
}

impl<I, T: FromIterator<I>> FromIterator<I> for Deferred<T> {
    fn from_iter<A: IntoIterator<Item = I>>(items: A) -> Self {
        items.into_iter().collect::<T>().into()
    }
}

impl<T: Default> Default for Deferred<T> {
    fn default() -> Self {
        T::default().into()
    }
}

impl<T: Deserialize<'static> + Default> Deref for Deferred<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.value.get_or_init(|| from_bytes(self.bytes).unwrap_or_default())
    }
}

impl<T: Deserialize<'static> + Default + fmt::Debug> fmt::Debug for Deferred<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        T::fmt(self, f)
    }
}

impl<T: Deserialize<'static> + Default + PartialEq> PartialEq for Deferred<T> {
    fn eq(&self, other: &Self) -> bool {
        T::eq(self, other)
    }
}

impl<T: Deserialize<'static> + Default + Eq> Eq for Deferred<T> {}

impl<T: Deserialize<'static> + Default + Serialize> Serialize for Deferred<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let bytes = to_allocvec::<T>(self).map_err(S::Error::custom)?;
        serializer.serialize_bytes(&bytes)
    }
}

impl<'de: 'static, T> Deserialize<'de> for Deferred<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self { value: OnceLock::new(), bytes: Deserialize::deserialize(deserializer)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(value: &Deferred<Vec<String>>) -> Deferred<Vec<String>> {
        from_bytes(to_allocvec(value).unwrap().leak()).unwrap()
    }

    #[test]
    fn what_was_kept_is_read_at_the_first_look() {
        let words = vec!["红".to_owned(), "line".to_owned()];
        let kept = kept(&words.clone().into());
        assert!(kept.value.get().is_none());
        assert_eq!((&*kept, kept.len()), (&words, 2));
        assert!(kept.value.get().is_some());
        assert_eq!(kept, words.into());
    }

    #[test]
    fn what_was_not_read_is_cloned_and_kept_again_as_it_is() {
        let once = kept(&vec!["a".to_owned()].into());
        assert_eq!(once.clone().first().map(String::as_str), Some("a"));
        assert_eq!(*kept(&once), ["a"]);
    }
}
