//! What people settle: waivers that cover findings, and reviews that close them. Both name the outcome or the rule they
//! are for and bind the facts that the rule read, so they lapse when those change.

use super::contract;
use super::contract::Outcome;
use crate::decode::declaration::Place;
use crate::pack::{Covers, Judgement, Review, Reviews, Scope, Step, Waiver, Waivers};
use crate::value::Date;

/// A rule as it stands before people settle anything.
pub(super) struct Open<'r> {
    /// Its id.
    pub rule: &'r str,
    /// The declaration's id.
    pub product: Option<&'r str>,
    /// The digest of the facts that it read.
    pub facts: &'r str,
    /// The evaluation date.
    pub as_of: Date,
}

impl Open<'_> {
    fn is_of(&self, rule: &str, product: &str) -> bool {
        self.rule == rule && self.product == Some(product)
    }
}

/// The reviews, each with what became of it.
pub(super) struct Settling<'a> {
    waivers: Vec<(&'a Waiver, State)>,
    reviews: Vec<(&'a Review, State)>,
}

/// What became of a waiver or a review; the most that it was for any rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum State {
    Unused,
    /// Given after the evaluation date: it was not there on that day.
    Early,
    Lapsed {
        facts_changed: bool,
    },
    Applied,
}

impl<'a> Settling<'a> {
    /// Of all that is settled in some files, what is of the products that are reported on.
    pub(super) fn new(waivers: &'a Waivers, reviews: &'a Reviews, reported: impl Fn(&str) -> bool) -> Self {
        let waivers = waivers.waivers.iter().filter(|waiver| reported(&waiver.product.value));
        let reviews = reviews.reviews.iter().filter(|review| reported(&review.product.value));
        Self {
            waivers: waivers.map(|waiver| (waiver, State::Unused)).collect(),
            reviews: reviews.map(|review| (review, State::Unused)).collect(),
        }
    }

    /// Whether there is a waiver or a review of a rule.
    pub(super) fn is_of(&self, rule: &str) -> bool {
        self.waivers.iter().any(|(waiver, _)| waiver.rule.value == rule)
            || self.reviews.iter().any(|(review, _)| review.rule.value == rule)
    }

    /// The review that closes a rule's `review`: on the same facts, not from the future; the last one counts.
    pub(super) fn review(&mut self, open: &Open<'_>) -> Option<&'a Review> {
        let mut chosen: Option<usize> = None;
        for (index, (review, state)) in self.reviews.iter_mut().enumerate() {
            if !open.is_of(&review.rule.value, &review.product.value) {
                continue;
            }
            if review.facts.value != open.facts {
                *state = (*state).max(State::Lapsed { facts_changed: true });
            } else if review.date.value > open.as_of {
                *state = (*state).max(State::Early);
            } else {
                chosen = Some(index);
            }
        }
        let (review, state) = self.reviews.get_mut(chosen?)?;
        *state = State::Applied;
        Some(review)
    }

    /// Whether a waiver covers a finding of this outcome whose addresses are these.
    pub(super) fn waives(&mut self, open: &Open<'_>, outcome: Outcome, covered: impl Fn(&Scope) -> bool) -> bool {
        let mut waived = false;
        for (waiver, state) in &mut self.waivers {
            let covers = match waiver.covers.value {
                Covers::Fail => Outcome::Fail,
                Covers::Unknown => Outcome::Unknown,
            };
            let in_scope = || waiver.scope.as_ref().is_none_or(|scope| covered(&scope.value));
            if !open.is_of(&waiver.rule.value, &waiver.product.value) || covers != outcome || !in_scope() {
                continue;
            }
            if waiver.facts.value != open.facts {
                *state = (*state).max(State::Lapsed { facts_changed: true });
            } else if open.as_of > waiver.expires.value {
                *state = (*state).max(State::Lapsed { facts_changed: false });
            } else if open.as_of < waiver.granted.value {
                *state = (*state).max(State::Early);
            } else {
                *state = State::Applied;
                waived = true;
            }
        }
        waived
    }

    /// What became of all of them.
    pub(super) fn done(self) -> (contract::Waivers, Vec<contract::Review>) {
        let mut waivers = contract::Waivers::default();
        for (waiver, state) in self.waivers {
            let shown = waiver_shown(waiver, state);
            match state {
                State::Applied => waivers.applied.push(shown),
                State::Early | State::Lapsed { .. } => waivers.expired.push(shown),
                State::Unused => waivers.unused.push(shown),
            }
        }
        (waivers, self.reviews.into_iter().map(|(review, state)| review_shown(review, state)).collect())
    }
}

fn waiver_shown(waiver: &Waiver, state: State) -> contract::Waiver {
    contract::Waiver {
        rule: waiver.rule.value.clone(),
        covers: match waiver.covers.value {
            Covers::Fail => Outcome::Fail,
            Covers::Unknown => Outcome::Unknown,
        },
        scope: waiver.scope.as_ref().map(|scope| scope.value.to_string()),
        reason: waiver.reason.value.clone(),
        control: waiver.control.value.clone(),
        approver: waiver.approver.value.clone(),
        role: waiver.role.value.clone(),
        granted: waiver.granted.value.to_string(),
        expires: waiver.expires.value.to_string(),
        facts_changed: state == State::Lapsed { facts_changed: true },
    }
}

fn review_shown(review: &Review, state: State) -> contract::Review {
    contract::Review {
        rule: review.rule.value.clone(),
        state: match state {
            State::Applied => contract::ReviewState::Applied,
            State::Early => contract::ReviewState::Early,
            State::Lapsed { .. } => contract::ReviewState::Lapsed,
            State::Unused => contract::ReviewState::Unused,
        },
        verdict: match review.verdict.value {
            Judgement::Positive => contract::Verdict::Positive,
            Judgement::Negative => contract::Verdict::Negative,
        },
        reviewer: review.reviewer.value.clone(),
        role: review.role.value.clone(),
        date: review.date.value.to_string(),
        grounds: review.grounds.value.clone(),
    }
}

/// A step of a place's way from the root.
pub(super) enum PathStep<'p> {
    /// A JSON key.
    Key(&'p str),
    /// An element of a list.
    Element(Place),
}

/// Whether a scope leads to the place at the end of a path, or to something that encloses it. `has` tells whether a field
/// of an element has a text.
pub(super) fn encloses(scope: &Scope, path: &[PathStep<'_>], has: impl Fn(Place, &str, &str) -> bool) -> bool {
    let mut path = path.iter();
    scope.steps.iter().all(|step| match (step, path.next()) {
        (Step::Field(wanted), Some(PathStep::Key(key))) => wanted == key,
        (Step::Element { field, value }, Some(PathStep::Element(element))) => has(*element, field, value),
        _ => false,
    })
}
