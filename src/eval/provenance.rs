//! What a result rests on. Evaluation is written once, over this trait: without provenance for the verdict, with it
//! for findings, so that the two cannot drift apart.

use crate::decode::declaration::Place;
use crate::value::ArithmeticError;
use indexmap::IndexMap;

/// How well a statement is shown. The weakest that a pass needed is the pass's grade.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// Merely stated.
    Asserted,
    /// Shown by evidence that the applicant issued itself.
    SelfEvidenced,
    /// Shown by evidence that somebody else issued.
    Independent,
}

/// Why something is unknown although nothing is missing.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Cause {
    /// A computation has no result.
    Arithmetic(ArithmeticError),
    /// A date outside the calendar, or a duration that is no whole number of days.
    DateRange,
    /// A reference leads nowhere.
    Dangling(Place),
    /// A field that does not apply was computed with.
    NotApplicable,
    /// A named `null` was computed with.
    Null,
    /// `min` or `max` of nothing.
    EmptyList,
    /// A function of the registry failed.
    Fault {
        /// The function.
        function: String,
        /// What it said.
        message: String,
    },
}

/// What a result rests on.
pub trait Provenance: Clone + Default {
    /// Whether anything is kept; where not, evaluation stops as soon as the result is known.
    const TRACED: bool;

    /// Rests on a cell; graded where it is a claim.
    fn cell(place: Place, grade: Option<Grade>) -> Self;

    /// Is unknown for a cause.
    fn cause(cause: Cause) -> Self;

    /// Rests on a default that stands in for an absent field.
    fn assumed() -> Self;

    /// Rests on `other` as well.
    fn join(&mut self, other: Self);

    /// The same, with every cell at this grade.
    #[must_use]
    fn graded(self, grade: Grade) -> Self;

    /// The first cell.
    fn first(&self) -> Option<Place>;

    /// Both.
    #[must_use]
    fn and(mut self, other: Self) -> Self {
        self.join(other);
        self
    }
}

impl Provenance for () {
    const TRACED: bool = false;
    fn cell(_: Place, _: Option<Grade>) -> Self {}
    fn cause(_: Cause) -> Self {}
    fn assumed() -> Self {}
    fn join(&mut self, (): Self) {}
    fn graded(self, _: Grade) -> Self {}
    fn first(&self) -> Option<Place> {
        None
    }
}

/// The cells that a result rests on, in source order, and what else is to be said of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Basis {
    /// The cells, each once, claims with their grade.
    pub cells: IndexMap<Place, Option<Grade>>,
    /// Why it is unknown although nothing is missing.
    pub causes: Vec<Cause>,
    /// Whether a default stands in for an absent field.
    pub assumed: bool,
}

impl Basis {
    /// The weakest grade of its claims; merely stated where it rests on no claim.
    #[must_use]
    pub fn grade(&self) -> Grade {
        self.cells.values().filter_map(|grade| *grade).min().unwrap_or(Grade::Asserted)
    }
}

impl Provenance for Basis {
    const TRACED: bool = true;

    fn cell(place: Place, grade: Option<Grade>) -> Self {
        Self { cells: IndexMap::from([(place, grade)]), ..Self::default() }
    }

    fn cause(cause: Cause) -> Self {
        Self { causes: vec![cause], ..Self::default() }
    }

    fn assumed() -> Self {
        Self { assumed: true, ..Self::default() }
    }

    fn join(&mut self, other: Self) {
        for (place, grade) in other.cells {
            self.cells.entry(place).or_insert(grade);
        }
        for cause in other.causes {
            if !self.causes.contains(&cause) {
                self.causes.push(cause);
            }
        }
        self.assumed |= other.assumed;
    }

    fn graded(mut self, grade: Grade) -> Self {
        for own in self.cells.values_mut() {
            *own = Some(grade);
        }
        self
    }

    fn first(&self) -> Option<Place> {
        self.cells.keys().next().copied()
    }
}
