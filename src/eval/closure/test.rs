//! Tests: whether something holds, as data where it is a matter of cells, and so can be asked of many rows at once.

use super::super::kleene::Truth;
use super::leaf::Leaf;
use super::rows::{Chunk, Rows};
use super::sight::Of;
use super::slot::{Run, Slot, Source};
use super::truths::{Truths, bits};
use crate::decode::cells::PackedCell;
use std::ops::ControlFlow;
use std::sync::Arc;

/// Whether something holds.
#[derive(Clone)]
pub(super) enum Test {
    /// Of a cell that is there.
    Cell(Slot, Arc<Leaf>),
    /// Of a cell that may not be there.
    Guarded(Source, Arc<Leaf>),
    /// Not the other.
    Not(Arc<Self>),
    /// All of these.
    All(Arc<[Self]>),
    /// One of these.
    Any(Arc<[Self]>),
    /// Of each row of a table, or of some row.
    Rows(Arc<Quantified>),
    /// Anything else.
    Other(Arc<dyn for<'r> Fn(&'r Run<'r>) -> Truth + Send + Sync>),
}

/// What is to hold of rows.
pub(super) struct Quantified {
    pub(super) rows: Rows,
    pub(super) of: Of,
    pub(super) body: Test,
}

impl Quantified {
    /// One row can decide.
    fn holds(&self, run: &Run<'_>) -> Truth {
        let decisive = if self.of == Of::Some { Truth::True } else { Truth::False };
        let mut result = !decisive;
        let open = self.rows.chunks(run, |chunk, members| {
            let holds = self.body.of_rows(run, chunk);
            if chunk.wanted & members.yes & holds.which(decisive) != 0 {
                result = decisive;
                return ControlFlow::Break(());
            }
            if chunk.wanted & !holds.which(!decisive) != 0 {
                result = Truth::Unknown;
            }
            ControlFlow::Continue(())
        });
        if open && result == !decisive { Truth::Unknown } else { result }
    }
}

impl Test {
    /// A test of a cell.
    pub(super) fn cell(source: Source, leaf: Leaf) -> Self {
        let leaf = Arc::new(leaf);
        if source.guards.is_empty() { Self::Cell(source.slot, leaf) } else { Self::Guarded(source, leaf) }
    }

    pub(super) fn other(holds: impl for<'r> Fn(&'r Run<'r>) -> Truth + Send + Sync + 'static) -> Self {
        Self::Other(Arc::new(holds))
    }

    pub(super) fn always(truth: Truth) -> Self {
        Self::Other(Arc::new(move |_| truth))
    }

    pub(super) fn negated(self) -> Self {
        Self::Not(Arc::new(self))
    }

    /// `and`, or `or`: what can be asked of many rows at once comes first, so that the rest is asked of fewer.
    pub(super) fn junction(and: bool, mut tests: Vec<Self>) -> Self {
        tests.sort_by_key(|test| !test.is_plain());
        if and { Self::All(tests.into()) } else { Self::Any(tests.into()) }
    }

    /// Whether it is a matter of cells alone.
    fn is_plain(&self) -> bool {
        match self {
            Self::Cell(..) => true,
            Self::Guarded(source, _) => source.guards.iter().all(Self::is_plain),
            Self::Not(test) => test.is_plain(),
            Self::All(tests) | Self::Any(tests) => tests.iter().all(Self::is_plain),
            Self::Rows(_) | Self::Other(_) => false,
        }
    }

    /// Whether something of it can be asked of many rows at once.
    pub(super) fn is_columnar(&self) -> bool {
        match self {
            Self::Not(test) => test.is_columnar(),
            Self::All(tests) | Self::Any(tests) => tests.iter().any(Self::is_columnar),
            _ => self.is_plain(),
        }
    }

    /// Whether it holds, of the rows at hand.
    #[inline]
    pub(super) fn holds(&self, run: &Run<'_>) -> Truth {
        match self {
            Self::Cell(slot, leaf) => leaf.of(run, slot.cell(run)),
            Self::Guarded(source, leaf) => match source.see(run) {
                Some(cell) => leaf.of(run, cell),
                None => leaf.void,
            },
            Self::Not(test) => !test.holds(run),
            Self::All(tests) => joined(tests.iter().map(|test| test.holds(run)), Truth::False),
            Self::Any(tests) => joined(tests.iter().map(|test| test.holds(run)), Truth::True),
            Self::Rows(quantified) => quantified.holds(run),
            Self::Other(holds) => holds(run),
        }
    }

    /// Whether it holds, of each row that is wanted; of others it says nothing.
    pub(super) fn of_rows(&self, run: &Run<'_>, rows: &Chunk<'_>) -> Truths {
        match self {
            Self::Cell(slot, leaf) if slot.register == rows.register => leaf.of_rows(run, rows, slot.column),
            // What is not of the row is the same for each.
            Self::Cell(..) => Truths::all(self.holds(run)),
            Self::Guarded(source, leaf) if source.slot.register == rows.register => guarded(source, leaf, run, rows),
            Self::Not(test) => !test.of_rows(run, rows),
            Self::All(tests) => {
                tests.iter().fold(Truths::all(Truth::True), |all, test| all & test.of_rows(run, &rows.only(!all.no)))
            }
            Self::Any(tests) => {
                tests.iter().fold(Truths::all(Truth::False), |any, test| any | test.of_rows(run, &rows.only(!any.yes)))
            }
            Self::Guarded(..) | Self::Rows(_) | Self::Other(_) => {
                let mut truths = Truths::all(Truth::Unknown);
                rows.each(run, rows.wanted, |bit| truths.set(bit, self.holds(run)));
                truths
            }
        }
    }
}

/// What truths come to where one can decide, and else all have to be known.
#[inline]
pub(super) fn joined(truths: impl Iterator<Item = Truth>, decisive: Truth) -> Truth {
    let mut result = !decisive;
    for truth in truths {
        if truth == decisive {
            return decisive;
        }
        if truth == Truth::Unknown {
            result = Truth::Unknown;
        }
    }
    result
}

/// The first guard that does not hold says what becomes of a row.
fn guarded(source: &Source, leaf: &Leaf, run: &Run<'_>, rows: &Chunk<'_>) -> Truths {
    let (mut there, mut void, mut unknown) = (rows.wanted, 0, 0);
    for guard in source.guards.iter() {
        let truths = guard.of_rows(run, &rows.only(there));
        void |= there & truths.no;
        unknown |= there & truths.which(Truth::Unknown);
        there &= truths.yes;
    }
    let mut truths =
        if there == 0 { Truths::all(Truth::Unknown) } else { leaf.of_rows(run, &rows.only(there), source.slot.column) };
    truths = Truths { yes: truths.yes & there, no: truths.no & there };
    for (_, bit) in bits(void) {
        truths.set(bit, leaf.void);
    }
    for (_, bit) in bits(unknown) {
        truths.set(bit, leaf.of(run, PackedCell::ABSENT));
    }
    truths
}
