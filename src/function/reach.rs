//! What a check may read of its subject, as it announced it.

/// A place of the subject and how much below it may be read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reach {
    whole: bool,
    steps: Vec<(String, Self)>,
}

const WHOLE: &Reach = &Reach { whole: true, steps: Vec::new() };

impl Reach {
    /// What JSON Pointers reach, with `*` for every element of a list.
    #[must_use]
    pub fn of<'p>(pointers: impl IntoIterator<Item = &'p str>) -> Self {
        let mut reach = Self::default();
        for pointer in pointers {
            reach.add(pointer.split('/').skip(1));
        }
        reach
    }

    fn add<'p>(&mut self, mut steps: impl Iterator<Item = &'p str>) {
        let Some(step) = steps.next() else {
            self.whole = true;
            return;
        };
        let name = unescaped(step);
        if !self.steps.iter().any(|(known, _)| *known == name) {
            self.steps.push((name.clone(), Self::default()));
        }
        if let Some((_, inner)) = self.steps.iter_mut().find(|(known, _)| *known == name) {
            inner.add(steps);
        }
    }

    /// Whether everything here and below may be read.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        self.whole
    }

    /// What may be read of a field.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Self> {
        if self.whole {
            return Some(WHOLE);
        }
        self.steps.iter().find(|(known, _)| known == name).map(|(_, inner)| inner)
    }

    /// What may be read of each element.
    #[must_use]
    pub fn elements(&self) -> Option<&Self> {
        self.field("*")
    }

    /// The steps further down that were announced.
    pub fn steps(&self) -> impl Iterator<Item = (&str, &Self)> {
        self.steps.iter().map(|(name, inner)| (name.as_str(), inner))
    }
}

/// A step of a JSON Pointer as it is meant: RFC 6901, 4.
pub(super) fn unescaped(step: &str) -> String {
    step.replace("~1", "/").replace("~0", "~")
}

/// The same the other way round.
pub(super) fn escaped(step: &str) -> String {
    step.replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pointer_covers_what_is_below_it() {
        let reach = Reach::of(["/items/*/name", "/storage", "/a~1b"]);
        let name = reach.field("items").unwrap().elements().unwrap().field("name").unwrap();
        assert!(name.is_whole() && !reach.is_whole());
        assert!(reach.field("storage").unwrap().field("encryption").unwrap().is_whole());
        assert!(reach.field("a/b").is_some());
        assert!(reach.field("other").is_none() && reach.elements().is_none());
        assert!(Reach::of([""]).field("x").unwrap().elements().unwrap().is_whole());
        assert!(Reach::of([]).field("x").is_none());
    }
}
