//! What a result rests on. Evaluation is written once, over this trait: without provenance for the verdict, with it
//! for findings, so that the two cannot drift apart.

use crate::decode::declaration::Place;
use crate::value::ArithmeticError;
use std::collections::HashMap;
use std::rc::Rc;

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

/// The cells that a result rests on, in source order, and what else is to be said of it. Cheap to clone and to join: what was
/// joined is shared, and laid out when somebody looks.
#[derive(Debug, Clone, Default)]
pub struct Basis(Part);

/// A part of a basis.
#[derive(Debug, Clone, Default)]
enum Part {
    #[default]
    Nothing,
    Cell(Place, Option<Grade>),
    Shared(Rc<Joint>),
}

/// Something to be shared.
#[derive(Debug)]
struct Joint {
    of: Of,
    first: Option<Place>,
    /// How many steps lead through it.
    size: usize,
    /// How many of them led through the largest part when it was laid out.
    laid: usize,
}

#[derive(Debug, Default)]
enum Of {
    #[default]
    Nothing,
    /// One, then the other.
    Both(Part, Part),
    /// With every cell at a grade.
    Graded(Part, Grade),
    Cause(Cause),
    Assumed,
    Laid(Laid),
}

/// What a basis comes to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Laid {
    /// The cells, each once, claims with the weakest of their grades.
    pub cells: Vec<(Place, Option<Grade>)>,
    /// Why it is unknown although nothing is missing.
    pub causes: Vec<Cause>,
    /// Whether a default stands in for an absent field.
    pub assumed: bool,
}

/// How many steps a basis may have that was never laid out; then it may grow to twice its size.
const STEPS: usize = 64;

impl Basis {
    /// The cells, the causes and the rest, laid out.
    #[must_use]
    pub fn lay_out(&self) -> Laid {
        self.0.lay_out()
    }

    /// The first of its cells.
    #[must_use]
    pub fn first_cell(&self) -> Option<Place> {
        self.0.first()
    }

    /// Why it is unknown although nothing is missing.
    #[must_use]
    pub fn causes(&self) -> Vec<Cause> {
        match &self.0 {
            Part::Shared(_) => self.lay_out().causes,
            Part::Nothing | Part::Cell(..) => Vec::new(),
        }
    }
}

impl Laid {
    /// The weakest grade of its claims; merely stated where it rests on no claim.
    #[must_use]
    pub fn grade(&self) -> Grade {
        self.cells.iter().filter_map(|(_, grade)| *grade).min().unwrap_or(Grade::Asserted)
    }

    /// The cells without their grades.
    pub fn places(&self) -> impl Iterator<Item = Place> + '_ {
        self.cells.iter().map(|(place, _)| *place)
    }
}

impl PartialEq for Basis {
    fn eq(&self, other: &Self) -> bool {
        self.lay_out() == other.lay_out()
    }
}

impl Eq for Basis {}

impl Part {
    fn shared(of: Of, first: Option<Place>, size: usize, laid: usize) -> Self {
        Self::Shared(Rc::new(Joint { of, first, size, laid }))
    }

    fn first(&self) -> Option<Place> {
        match self {
            Self::Nothing => None,
            Self::Cell(place, _) => Some(*place),
            Self::Shared(joint) => joint.first,
        }
    }

    fn size(&self) -> (usize, usize) {
        match self {
            Self::Nothing => (0, 0),
            Self::Cell(..) => (1, 0),
            Self::Shared(joint) => (joint.size, joint.laid),
        }
    }

    /// One, then the other. What has grown is laid out, so that nothing is met more than a few times.
    fn both(self, other: Self) -> Self {
        match (&self, &other) {
            (Self::Nothing, _) => return other,
            (_, Self::Nothing) => return self,
            (Self::Shared(a), Self::Shared(b)) if Rc::ptr_eq(a, b) => return self,
            _ => {}
        }
        let (first, (a, a_laid), (b, b_laid)) = (self.first().or(other.first()), self.size(), other.size());
        let (size, laid) = (a + b + 1, a_laid.max(b_laid));
        let both = Self::shared(Of::Both(self, other), first, size, laid);
        if size <= laid * 2 + STEPS {
            return both;
        }
        let all = both.lay_out();
        let size = all.cells.len() + all.causes.len();
        Self::shared(Of::Laid(all), first, size, size)
    }

    fn lay_out(&self) -> Laid {
        let mut layout = Layout::default();
        let mut open = vec![(self, None)];
        while let Some((part, grade)) = open.pop() {
            let of = match part {
                Self::Nothing => continue,
                Self::Cell(place, own) => {
                    layout.cell(*place, grade.or(*own));
                    continue;
                }
                Self::Shared(joint) => &joint.of,
            };
            match of {
                Of::Nothing => {}
                Of::Both(a, b) => open.extend([(b, grade), (a, grade)]),
                Of::Graded(part, own) => open.push((part, grade.or(Some(*own)))),
                Of::Cause(cause) => layout.cause(cause),
                Of::Assumed => layout.laid.assumed = true,
                Of::Laid(laid) => layout.again(laid, grade),
            }
        }
        layout.laid
    }
}

/// A basis being laid out.
#[derive(Default)]
struct Layout {
    laid: Laid,
    /// Where the cells are, once they are many.
    seen: HashMap<Place, usize>,
}

impl Layout {
    /// How many cells are looked through one by one.
    const FEW: usize = 16;

    /// Met again, a cell keeps the weakest of its grades: in which order it was met says nothing.
    fn cell(&mut self, place: Place, grade: Option<Grade>) {
        let known = self.known(place);
        let cells = &mut self.laid.cells;
        match known.and_then(|at| cells.get_mut(at)) {
            Some((_, own)) => *own = (*own).into_iter().chain(grade).min(),
            None => cells.push((place, grade)),
        }
    }

    /// Where a cell is; one that is not known is about to be the last.
    fn known(&mut self, place: Place) -> Option<usize> {
        let cells = &self.laid.cells;
        if cells.len() < Self::FEW {
            return cells.iter().position(|(other, _)| *other == place);
        }
        if self.seen.is_empty() {
            self.seen.extend(cells.iter().enumerate().map(|(at, (place, _))| (*place, at)));
        }
        let at = *self.seen.entry(place).or_insert(cells.len());
        (at < cells.len()).then_some(at)
    }

    fn cause(&mut self, cause: &Cause) {
        if !self.laid.causes.contains(cause) {
            self.laid.causes.push(cause.clone());
        }
    }

    fn again(&mut self, laid: &Laid, grade: Option<Grade>) {
        for (place, own) in &laid.cells {
            self.cell(*place, grade.or(*own));
        }
        laid.causes.iter().for_each(|cause| self.cause(cause));
        self.laid.assumed |= laid.assumed;
    }
}

/// A long chain is taken apart link by link: it may be longer than the stack is deep.
impl Drop for Joint {
    fn drop(&mut self) {
        let mut open: Vec<Rc<Self>> = Vec::new();
        let mut next = self.take_part(&mut open);
        while let Some(joint) = next.or_else(|| open.pop()) {
            next = Rc::into_inner(joint).and_then(|mut joint| joint.take_part(&mut open));
        }
    }
}

impl Joint {
    /// What it shares, one of two beside.
    fn take_part(&mut self, beside: &mut Vec<Rc<Self>>) -> Option<Rc<Self>> {
        match std::mem::take(&mut self.of) {
            Of::Both(Part::Shared(a), Part::Shared(b)) => {
                beside.push(b);
                Some(a)
            }
            Of::Both(Part::Shared(joint), _)
            | Of::Both(_, Part::Shared(joint))
            | Of::Graded(Part::Shared(joint), _) => Some(joint),
            _ => None,
        }
    }
}

impl Provenance for Basis {
    const TRACED: bool = true;

    fn cell(place: Place, grade: Option<Grade>) -> Self {
        Self(Part::Cell(place, grade))
    }

    fn cause(cause: Cause) -> Self {
        Self(Part::shared(Of::Cause(cause), None, 1, 0))
    }

    fn assumed() -> Self {
        Self(Part::shared(Of::Assumed, None, 1, 0))
    }

    fn join(&mut self, other: Self) {
        self.0 = std::mem::take(&mut self.0).both(other.0);
    }

    fn graded(self, grade: Grade) -> Self {
        let (first, (size, laid)) = (self.0.first(), self.0.size());
        Self(match self.0 {
            Part::Nothing => Part::Nothing,
            Part::Cell(place, _) => Part::Cell(place, Some(grade)),
            part @ Part::Shared(_) => Part::shared(Of::Graded(part, grade), first, size + 1, laid),
        })
    }

    fn first(&self) -> Option<Place> {
        self.0.first()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compile::layout::TableId;

    fn cell(row: u32, grade: Option<Grade>) -> Basis {
        Basis::cell(Place::element(TableId::ROOT, row), grade)
    }

    fn rows(basis: &Basis) -> Vec<u32> {
        basis.lay_out().places().map(|place| place.row).collect()
    }

    #[test]
    fn cells_come_once_in_the_order_in_which_they_were_met() {
        let ab = cell(1, None).and(cell(2, Some(Grade::Asserted)));
        let again = ab.clone().and(cell(2, Some(Grade::Independent))).and(cell(0, None)).and(ab.clone());
        assert_eq!(rows(&again), [1, 2, 0]);
        assert_eq!(again.first(), Some(Place::element(TableId::ROOT, 1)));
        assert_eq!(ab.clone().and(ab.clone()), ab);
        assert_eq!(Basis::default().and(ab.clone()), ab);
    }

    #[test]
    fn the_weakest_grade_of_a_cell_counts_in_any_order_among_few_and_many() {
        let grades = [Some(Grade::Independent), None, Some(Grade::SelfEvidenced), Some(Grade::Asserted)];
        for before in [0, 40] {
            for (one, other) in grades.iter().flat_map(|one| grades.map(|other| (*one, other))) {
                let mut basis = (1..=before).map(|row| cell(row, None)).fold(cell(0, one), Basis::and);
                basis.join(cell(0, other));
                let weakest = one.into_iter().chain(other).min();
                assert_eq!(basis.lay_out().cells[0].1, weakest, "{one:?}, {other:?} among {before}");
            }
        }
    }

    #[test]
    fn a_grade_is_of_all_that_was_there_and_the_last_one_counts() {
        let first = cell(1, None).and(cell(2, None)).graded(Grade::Asserted);
        let graded = first.graded(Grade::Independent).and(cell(3, Some(Grade::SelfEvidenced)));
        let found: Vec<_> = graded.lay_out().cells.into_iter().filter_map(|(_, grade)| grade).collect();
        assert_eq!(found, [Grade::Independent, Grade::Independent, Grade::SelfEvidenced]);
        assert_eq!(graded.lay_out().grade(), Grade::SelfEvidenced);
    }

    #[test]
    fn long_chains_end_and_doubling_does_not_grow() {
        let mut chain = Basis::assumed().and(Basis::cause(Cause::Null));
        for row in 0..200_000 {
            chain.join(cell(row, None));
        }
        let laid = chain.lay_out();
        assert_eq!((laid.cells.len(), laid.causes.len(), laid.assumed), (200_000, 1, true));
        let mut doubled = cell(0, None).and(cell(1, None));
        for row in 0..200 {
            doubled = doubled.clone().and(cell(row, None)).and(doubled);
        }
        assert_eq!(doubled.lay_out().cells.len(), 200);
        drop(chain);
    }
}
