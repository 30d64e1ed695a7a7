//! Which way an outcome moved: the order of outcomes, and sight.
//!
//! How much a rule holds against a product: nothing (`not_applicable`, or no rule), nothing shown against it (`pass`,
//! `waived`), open (`unknown`, `error`, `review`), shown against it (`fail`). More is *tightened*, less is *loosened*.
//! Beside that stands *sight*: from decided to `unknown` or `error` it is lost, the other way gained. Both can be true of
//! one move: `fail` to `unknown` loses sight and is loosened, for the product is no longer refused.

use crate::report::contract::{Decision, Outcome};
use serde::Serialize;

/// Which way something moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// More passes.
    Loosened,
    /// Less passes.
    Tightened,
}

impl Direction {
    /// The other one.
    #[must_use]
    pub const fn turned(self) -> Self {
        match self {
            Self::Loosened => Self::Tightened,
            Self::Tightened => Self::Loosened,
        }
    }
}

/// How a rule moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Movement {
    /// Holds less against some product.
    Loosened,
    /// Was decided, and is not any more.
    LostSight,
    /// Its text changed, and nothing shows which way.
    Undetermined,
    /// Holds more against some product.
    Tightened,
    /// Was not decided, and is now.
    GainedSight,
    /// Nothing but words changed.
    OnlyWords,
}

impl From<Direction> for Movement {
    fn from(direction: Direction) -> Self {
        match direction {
            Direction::Loosened => Self::Loosened,
            Direction::Tightened => Self::Tightened,
        }
    }
}

/// How much an outcome holds against a product; no rule holds nothing.
const fn weight(outcome: Option<Outcome>) -> u8 {
    match outcome {
        None | Some(Outcome::NotApplicable) => 0,
        Some(Outcome::Pass | Outcome::Waived) => 1,
        Some(Outcome::Unknown | Outcome::Error | Outcome::Review) => 2,
        Some(Outcome::Fail) => 3,
    }
}

const fn blind(outcome: Option<Outcome>) -> bool {
    matches!(outcome, Some(Outcome::Unknown | Outcome::Error))
}

/// How a rule moved from one outcome to another; nothing where it did not.
#[must_use]
pub fn movements(from: Option<Outcome>, to: Option<Outcome>) -> Vec<Movement> {
    let direction = match weight(from).cmp(&weight(to)) {
        std::cmp::Ordering::Less => Some(Movement::Tightened),
        std::cmp::Ordering::Equal => None,
        std::cmp::Ordering::Greater => Some(Movement::Loosened),
    };
    let sight = match (blind(from), blind(to)) {
        (false, true) if from.is_some() => Some(Movement::LostSight),
        (true, false) if to.is_some() => Some(Movement::GainedSight),
        _ => None,
    };
    let mut all: Vec<Movement> = direction.into_iter().chain(sight).collect();
    all.sort_unstable();
    all
}

/// A finding: its outcome and its pointer.
pub(super) type Found = (Outcome, String);

/// How a rule moved on a product: by its outcome, or where that is the same, by what fails.
pub(super) fn product_movements(
    (from, before): (Option<Outcome>, &[Found]),
    (to, after): (Option<Outcome>, &[Found]),
) -> Vec<Movement> {
    if from != to {
        return movements(from, to);
    }
    let failing = |found: Vec<&Found>| -> Vec<String> {
        found.into_iter().filter(|(outcome, _)| *outcome == Outcome::Fail).map(|(_, pointer)| pointer.clone()).collect()
    };
    let (gone, come) = (failing(only(before, after)), failing(only(after, before)));
    let mut all = Vec::new();
    if gone.len() > come.len() || elsewhere(&gone, &come) {
        all.push(Movement::Loosened);
    }
    if come.len() > gone.len() || elsewhere(&come, &gone) {
        all.push(Movement::Tightened);
    }
    all
}

/// Whether something fails here where nothing near it fails there: a requirement that was rewritten may point at a list
/// where it pointed at an element.
fn elsewhere(here: &[String], there: &[String]) -> bool {
    let near = |a: &String, b: &String| a.starts_with(b.as_str()) || b.starts_with(a.as_str());
    here.iter().any(|pointer| there.iter().all(|other| !near(pointer, other)))
}

/// The findings that the others do not have, each as often as it is missing there.
pub(super) fn only<'f>(these: &'f [Found], others: &[Found]) -> Vec<&'f Found> {
    let mut others: Vec<&Found> = others.iter().collect();
    let mut rest = Vec::new();
    for found in these {
        match others.iter().position(|other| *other == found) {
            Some(at) => drop(others.swap_remove(at)),
            None => rest.push(found),
        }
    }
    rest
}

/// Which way a decision moved. `not_evaluated` stands beside the others: nobody looked.
pub(super) fn of_decision(from: Decision, to: Decision) -> Option<Direction> {
    let (from, to) = (held(from)?, held(to)?);
    match from.cmp(&to) {
        std::cmp::Ordering::Less => Some(Direction::Tightened),
        std::cmp::Ordering::Equal => None,
        std::cmp::Ordering::Greater => Some(Direction::Loosened),
    }
}

/// How much a decision holds against a product.
const fn held(decision: Decision) -> Option<u8> {
    match decision {
        Decision::Refused => Some(3),
        Decision::Incomplete => Some(2),
        Decision::Conditional => Some(1),
        Decision::Admitted => Some(0),
        Decision::NotEvaluated => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Movement::{GainedSight, Loosened, LostSight, Tightened};
    use Outcome::{Fail, NotApplicable, Pass, Review, Unknown};

    #[test]
    fn every_pair_has_its_way() {
        let cases: [(Option<Outcome>, Option<Outcome>, &[Movement]); 14] = [
            (Some(Fail), Some(Pass), &[Loosened]),
            (Some(Pass), Some(Fail), &[Tightened]),
            (Some(Fail), Some(Unknown), &[Loosened, LostSight]),
            (Some(Unknown), Some(Fail), &[Tightened, GainedSight]),
            (Some(Pass), Some(Unknown), &[LostSight, Tightened]),
            (Some(Unknown), Some(Pass), &[Loosened, GainedSight]),
            (Some(Pass), Some(NotApplicable), &[Loosened]),
            (Some(NotApplicable), Some(Pass), &[Tightened]),
            (Some(Review), Some(Unknown), &[LostSight]),
            (Some(Unknown), Some(Review), &[GainedSight]),
            (Some(Review), Some(Pass), &[Loosened]),
            (None, Some(Unknown), &[Tightened]),
            (Some(Unknown), None, &[Loosened]),
            (None, Some(NotApplicable), &[]),
        ];
        for (from, to, expected) in cases {
            assert_eq!(movements(from, to), expected, "{from:?} {to:?}");
        }
        for outcome in Outcome::ALL {
            assert_eq!(movements(Some(outcome), Some(outcome)), []);
        }
    }

    #[test]
    fn turning_round_turns_the_direction() {
        let sides = || Outcome::ALL.into_iter().map(Some).chain([None]);
        for from in sides() {
            for to in sides() {
                let there = movements(from, to);
                let back = movements(to, from);
                assert_eq!(there.contains(&Loosened), back.contains(&Tightened), "{from:?} {to:?}");
            }
        }
    }

    #[test]
    fn findings_move_where_the_outcome_stands() {
        let found = |pointers: &[&str]| pointers.iter().map(|it| (Fail, (*it).to_owned())).collect::<Vec<_>>();
        let cases: [(&[&str], &[&str], &[Movement]); 6] = [
            (&["/a", "/b"], &["/a"], &[Loosened]),
            (&["/a"], &["/a", "/b"], &[Tightened]),
            (&["/a"], &["/b"], &[Loosened, Tightened]),
            (&["/a"], &["/a"], &[]),
            (&["/a", "/a"], &["/a"], &[Loosened]),
            (&["/a/0/b"], &["/a"], &[]),
        ];
        for (before, after, expected) in cases {
            let moved = product_movements((Some(Fail), &found(before)), (Some(Fail), &found(after)));
            assert_eq!(moved, expected, "{before:?} {after:?}");
        }
    }
}
