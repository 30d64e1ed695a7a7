//! Walking along the parts of a pair.

use crate::syntax::grammar::{Pair, Rule};
use pest::iterators::Pairs;

/// The parts of a pair, taken from left to right; marks and keywords that nobody asks for are passed over.
pub(super) struct Cursor<'i> {
    parts: Pairs<'i, Rule>,
}

impl<'i> Cursor<'i> {
    pub fn over(pair: &Pair<'i>) -> Self {
        Self { parts: pair.clone().into_inner() }
    }

    /// The next part that is a `rule`; where there is none, the cursor stays.
    pub fn take(&mut self, rule: Rule) -> Option<Pair<'i>> {
        let mut ahead = self.parts.clone();
        let found = ahead.find(|part| part.as_rule() == rule)?;
        self.parts = ahead;
        Some(found)
    }

    /// The next part that is a `rule`, which the grammar puts here.
    #[expect(clippy::expect_used, reason = "called only for parts that the grammar does not make optional")]
    pub fn need(&mut self, rule: Rule) -> Pair<'i> {
        self.take(rule).expect("a part that the grammar does not make optional")
    }

    /// The next part, whatever it is.
    pub fn part(&mut self) -> Option<Pair<'i>> {
        self.parts.next()
    }

    /// The next part, whatever it is, which the grammar puts here.
    #[expect(clippy::expect_used, reason = "called only where the grammar does not let a pair end")]
    pub fn first(&mut self) -> Pair<'i> {
        self.part().expect("a part where the grammar does not let a pair end")
    }

    /// Whether a `rule` follows; passes it.
    pub fn has(&mut self, rule: Rule) -> bool {
        self.take(rule).is_some()
    }

    /// How many parts are to come.
    pub fn len(&self) -> usize {
        self.parts.len()
    }

    /// All parts to come that are a `rule`.
    pub fn all(self, rule: Rule) -> impl Iterator<Item = Pair<'i>> {
        self.parts.filter(move |part| part.as_rule() == rule)
    }

    /// All parts to come.
    pub fn rest(self) -> Pairs<'i, Rule> {
        self.parts
    }
}
