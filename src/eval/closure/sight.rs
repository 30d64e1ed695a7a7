//! Whether what is required surely holds, as far as a short look tells: closures that know their cells, and how to look at
//! them. Mostly all is as it should be, and that is seen so; what they do not say is for the tests themselves to find out.

use super::super::kleene::Truth;
use super::leaf::Question;
use super::look::Look;
use super::rows::{Rows, Table, column};
use super::slot::{Run, Slot};
use super::test::{Test, joined};
use crate::decode::cells::PackedCell;
use crate::decode::declaration::Declaration;

/// Whether something surely holds. Where it does not say so, nothing is known.
pub(super) type Sight = Box<dyn Fn(&Run<'_>) -> bool + Send + Sync>;

/// What a row comes to, of which the cells are at hand.
type RowSight = Box<dyn Fn(&[PackedCell], &Declaration<'_>) -> Truth + Send + Sync>;

/// Of how many rows something is to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    Each,
    Some,
}

impl Test {
    /// Whether it surely holds, for tests of which a short look can tell.
    pub(super) fn sight(&self) -> Option<Sight> {
        match self {
            Self::Cell(slot, leaf) => leaf.ask(CellSight(*slot)),
            Self::All(tests) => all(tests.iter().map(Self::sight).collect::<Option<_>>()?),
            Self::Any(tests) => {
                let sights = tests.iter().map(Self::sight).collect::<Option<Box<[Sight]>>>()?;
                Some(Box::new(move |run| sights.iter().any(|sight| sight(run))))
            }
            Self::Rows(quantified) => quantified.rows.sight(&quantified.body, quantified.of),
            Self::Guarded(..) | Self::Not(_) | Self::Other(_) => None,
        }
    }

    /// What it comes to for a row of a register, by its cells.
    fn row_sight(&self, register: u8) -> Option<RowSight> {
        let each = |tests: &[Self]| tests.iter().map(|test| test.row_sight(register)).collect::<Option<Box<[_]>>>();
        match self {
            Self::Cell(slot, leaf) if slot.register == register => leaf.ask(RowCell(slot.column as usize)),
            Self::Not(test) => {
                let sight = test.row_sight(register)?;
                Some(Box::new(move |row, declaration| !sight(row, declaration)))
            }
            Self::All(tests) => Some(junction(each(tests)?, Truth::False)),
            Self::Any(tests) => Some(junction(each(tests)?, Truth::True)),
            _ => None,
        }
    }
}

/// Whether all of these surely hold; none where there is nothing that could.
pub(super) fn all(mut sights: Vec<Sight>) -> Option<Sight> {
    match sights.len() {
        0 | 1 => sights.pop(),
        _ => Some(Box::new(move |run| sights.iter().all(|sight| sight(run)))),
    }
}

fn junction(sights: Box<[RowSight]>, decisive: Truth) -> RowSight {
    Box::new(move |row, declaration| joined(sights.iter().map(|sight| sight(row, declaration)), decisive))
}

impl Rows {
    /// Whether a test surely holds of each row that belongs, and there is one; or of some row that belongs.
    pub(super) fn sight(&self, test: &Test, of: Of) -> Option<Sight> {
        let (table, list) = (self.table, self.list.slot);
        if !self.list.guards.is_empty() {
            return None;
        }
        match test {
            Test::Cell(slot, leaf) if self.filters.is_empty() && slot.register == table.element.register => {
                leaf.ask(ColumnSight { list, table, column: slot.column, of })
            }
            _ => {
                let of_row = |test: &Test| test.row_sight(table.element.register);
                let filters = self.filters.iter().map(of_row).collect::<Option<Box<[RowSight]>>>()?;
                let test = of_row(test)?;
                let width = table.element.width.max(1) as usize;
                Some(Box::new(move |run| {
                    let belongs = |row| joined(filters.iter().map(|filter| filter(row, run.declaration)), Truth::False);
                    let holds = |row| test(row, run.declaration);
                    let Some(cells) = table.declared(run, list) else { return false };
                    let mut rows = cells.chunks_exact(width);
                    match of {
                        Of::Some => rows.any(|row| belongs(row) == Truth::True && holds(row) == Truth::True),
                        Of::Each => each_holds(rows, belongs, holds),
                    }
                }))
            }
        }
    }
}

/// Whether something surely holds of each row that belongs, of which there is one.
fn each_holds<'r>(
    mut rows: impl Iterator<Item = &'r [PackedCell]>,
    belongs: impl Fn(&'r [PackedCell]) -> Truth,
    holds: impl Fn(&'r [PackedCell]) -> Truth,
) -> bool {
    let mut some = false;
    let all = rows.all(|row| match belongs(row) {
        Truth::True => {
            some = true;
            holds(row) == Truth::True
        }
        Truth::False => true,
        Truth::Unknown => false,
    });
    all && some
}

/// A cell of a row at hand.
struct CellSight(Slot);

impl Question for CellSight {
    type Answer = Sight;

    fn ask(self, look: &impl Look) -> Sight {
        let (Self(slot), look) = (self, look.clone());
        Box::new(move |run| slot.seen(run).is_some_and(|cell| look.holds(cell, run.declaration)))
    }
}

/// A column.
struct ColumnSight {
    list: Slot,
    table: Table,
    column: u32,
    of: Of,
}

impl Question for ColumnSight {
    type Answer = Sight;

    fn ask(self, look: &impl Look) -> Sight {
        let Self { list, table, column: at, .. } = self;
        let look = look.clone();
        let width = table.element.width.max(1);
        match self.of {
            Of::Each => Box::new(move |run| match table.declared(run, list) {
                Some(cells) => column(cells, width, at).all(|cell| look.holds(cell, run.declaration)),
                None => false,
            }),
            Of::Some => Box::new(move |run| match table.declared(run, list) {
                Some(cells) => column(cells, width, at).any(|cell| look.holds(cell, run.declaration)),
                None => false,
            }),
        }
    }
}

/// A column's cell of a row.
struct RowCell(usize);

impl Question for RowCell {
    type Answer = RowSight;

    fn ask(self, look: &impl Look) -> RowSight {
        let (Self(column), look) = (self, look.clone());
        Box::new(move |row, declaration| row.get(column).map_or(Truth::Unknown, |cell| look.truth(cell, declaration)))
    }
}
