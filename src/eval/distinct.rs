//! Finding a value again among many: a few are looked through, more are found by their hashes.

use super::operand::{Operand, same};
use crate::decode::declaration::Place;
use crate::value::Value;
use std::collections::HashMap;

/// Up to how many values are looked through one by one.
const FEW: usize = 16;

/// Where values stand among those that were seen.
#[derive(Default)]
pub(super) struct Places<'a> {
    by_key: HashMap<Key<'a>, usize>,
    /// How many of those seen are in there.
    noted: usize,
}

/// What makes two values the same.
#[derive(PartialEq, Eq, Hash)]
enum Key<'a> {
    Null,
    Known(Value<'a>),
    Record(Place),
}

impl<'a> Key<'a> {
    /// None of what is the same as nothing else, not even as itself.
    fn of<P>(operand: &Operand<'a, P>) -> Option<Self> {
        match operand {
            Operand::Null => Some(Self::Null),
            Operand::Known(value) => Some(Self::Known(value.clone())),
            Operand::Record(place) => Some(Self::Record(*place)),
            Operand::Void | Operand::Unknown | Operand::Count(..) | Operand::List(_) => None,
        }
    }
}

impl<'a> Places<'a> {
    /// Which of those `seen` has surely the same value. They must be those of the calls before, in order, and more.
    pub(super) fn find<'s, T, P: 's>(
        &mut self,
        seen: &'s [T],
        value: &Operand<'a, P>,
        value_of: impl Fn(&'s T) -> &'s Operand<'a, P>,
    ) -> Option<usize>
    where
        'a: 's,
    {
        if seen.len() <= FEW {
            return seen.iter().position(|other| same(value_of(other), value));
        }
        let key = Key::of(value)?;
        for (index, other) in seen.iter().enumerate().skip(self.noted) {
            if let Some(key) = Key::of(value_of(other)) {
                self.by_key.entry(key).or_insert(index);
            }
        }
        self.noted = seen.len();
        self.by_key.get(&key).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::{Number, Text};

    #[test]
    fn what_is_found_does_not_hang_on_how_many_there_are() {
        let number = |n: i64| Operand::<()>::Known(Value::Number(Number::from(n)));
        let text = |text: &'static str| Operand::Known(Value::Text(Text::Borrowed(text)));
        let (mut places, mut seen) = (Places::default(), Vec::new());
        for n in 0..100 {
            assert_eq!(places.find(&seen, &number(n), |it| it), None, "{n}");
            seen.push(number(n));
            assert_eq!(places.find(&seen, &number(n / 2), |it| it), usize::try_from(n / 2).ok(), "{n}");
        }
        assert_eq!(places.find(&seen, &text("1"), |it| it), None);
        seen.extend([Operand::Unknown, Operand::Null]);
        assert_eq!(places.find(&seen, &Operand::Unknown, |it| it), None);
        assert_eq!(places.find(&seen, &Operand::Null, |it| it), Some(101));
    }
}
