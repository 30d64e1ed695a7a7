//! What an expression can come to.

use super::kleene::Truth;
use super::provenance::{Cause, Provenance};
use crate::decode::declaration::Place;
use crate::value::Value;
use std::rc::Rc;

/// The value of an expression, before anybody asks whether it is true.
#[derive(Debug, Clone)]
pub enum Operand<'a, P> {
    /// A known scalar.
    Known(Value<'a>),
    /// A known `null` that the model gives a word.
    Null,
    /// A field that does not apply: a known nothing.
    Void,
    /// Not known.
    Unknown,
    /// A record of the declaration.
    Record(Place),
    /// A count between bounds, both included; no upper bound where a list is absent.
    Count(u64, Option<u64>),
    /// A list.
    List(Rc<Elements<'a, P>>),
}

/// An operand and what it rests on.
pub type Found<'a, P> = (Operand<'a, P>, P);

/// An element of a list.
#[derive(Debug, Clone)]
pub struct Element<'a, P> {
    /// The element.
    pub value: Operand<'a, P>,
    /// What its value rests on.
    pub basis: P,
    /// Whether it belongs to the list: true, or unknown.
    pub member: Truth,
    /// What that rests on.
    pub member_basis: P,
}

/// A list that has been walked.
#[derive(Debug, Clone)]
pub struct Elements<'a, P> {
    /// Those that belong, or may belong.
    pub items: Vec<Element<'a, P>>,
    /// How the list ended.
    pub end: End<P>,
}

/// How a list ended.
#[derive(Debug, Clone, Default)]
pub struct End<P> {
    /// Whether there may be elements that nobody declared.
    pub open: bool,
    /// What the extent of the list rests on: its cell, and the conditions that kept elements out.
    pub basis: P,
}

/// What is said of each element while a list is walked.
pub enum Walk {
    /// Go on.
    On,
    /// Stop: the result is settled.
    Stop,
}

/// Two operands of something that needs both.
pub enum Pair<'a, P> {
    /// Both are known scalars.
    Known(Value<'a>, Value<'a>, P),
    /// One of them is a known nothing, void or a named `null`; why, where that leaves no result.
    Nothing(P, Cause),
    /// One of them is not known, and none is a known nothing.
    Unknown(P),
}

/// Sorts two operands out. A known nothing decides: it is nothing whatever the other turns out to be.
pub fn pair<'a, P: Provenance>((a, a_basis): Found<'a, P>, (b, b_basis): Found<'a, P>) -> Pair<'a, P> {
    match (a, b) {
        (Operand::Void, _) => Pair::Nothing(a_basis, Cause::NotApplicable),
        (_, Operand::Void) => Pair::Nothing(b_basis, Cause::NotApplicable),
        (Operand::Null, _) => Pair::Nothing(a_basis, Cause::Null),
        (_, Operand::Null) => Pair::Nothing(b_basis, Cause::Null),
        (Operand::Known(a), Operand::Known(b)) => Pair::Known(a, b, a_basis.and(b_basis)),
        (Operand::Known(_), _) => Pair::Unknown(b_basis),
        (_, Operand::Known(_)) => Pair::Unknown(a_basis),
        _ => Pair::Unknown(a_basis.and(b_basis)),
    }
}

/// Whether two values are surely the same.
pub(super) fn same<P>(a: &Operand<'_, P>, b: &Operand<'_, P>) -> bool {
    match (a, b) {
        (Operand::Known(a), Operand::Known(b)) => a == b,
        (Operand::Null, Operand::Null) => true,
        (Operand::Record(a), Operand::Record(b)) => a == b,
        _ => false,
    }
}
