//! Choices written down beforehand: generators read them off, and a shorter or smaller tape makes a simpler thing.

use proptest::prelude::*;

/// A tape of choices.
#[derive(Debug, Clone)]
pub struct Tape {
    choices: Vec<u16>,
    at: usize,
}

impl Tape {
    /// A number below `count`; the first where the tape is at its end.
    pub fn below(&mut self, count: usize) -> usize {
        let choice = self.choices.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        usize::from(choice) % count.max(1)
    }

    /// Whether something happens that happens `in_hundred` times of a hundred; no where the tape is at its end.
    pub fn chance(&mut self, in_hundred: usize) -> bool {
        self.below(100) >= 100 - in_hundred
    }

    /// One of several; the simplest stands first.
    pub fn pick<'o, T: ?Sized>(&mut self, of: &[&'o T]) -> &'o T {
        of[self.below(of.len())]
    }

    /// One of several; the simplest stands first.
    pub fn choose<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())].clone()
    }
}

/// Tapes of up to `length` choices.
pub fn tape(length: usize) -> impl Strategy<Value = Tape> {
    proptest::collection::vec(any::<u16>(), 0..=length).prop_map(|choices| Tape { choices, at: 0 })
}
