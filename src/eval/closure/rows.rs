//! Rows of a table, up to sixty-four at a time, each with whether it belongs to the list.

use super::super::kleene::Truth;
use super::super::operand::Operand;
use super::compiler::Binding;
use super::slot::{Run, Slot, Source, operand};
use super::test::Test;
use super::truths::{Truths, bits};
use crate::decode::cells::{Packed, PackedCell};
use std::ops::ControlFlow;

/// Rows of a table, filtered.
#[derive(Clone)]
pub(super) struct Rows {
    pub(super) list: Source,
    pub(super) table: Table,
    pub(super) is_record: bool,
    pub(super) filters: Vec<Test>,
}

/// A table of rows.
#[derive(Clone, Copy)]
pub(super) struct Table {
    /// The row's own cell.
    pub(super) element: Slot,
    /// The column that mostly tells whether something is declared: a record's first field, or the row itself.
    pub(super) telling: u32,
    /// The bit of the table; none has no bit.
    pub(super) bit: u128,
}

/// Up to sixty-four rows that follow each other.
#[derive(Clone, Copy)]
pub(super) struct Chunk<'r> {
    cells: &'r [PackedCell],
    /// The index of the first cell in its table.
    first: u32,
    width: u32,
    /// Which register holds the row at hand.
    pub(super) register: u8,
    /// The rows that are asked about, by bits.
    pub(super) wanted: u64,
}

/// The cells of a column, of rows that follow each other.
#[inline]
pub(super) fn column(cells: &[PackedCell], width: u32, column: u32) -> impl Iterator<Item = &PackedCell> {
    let (width, mut at) = (width as usize, column as usize);
    std::iter::from_fn(move || {
        let cell = cells.get(at)?;
        at = at.wrapping_add(width);
        Some(cell)
    })
}

impl Table {
    /// The cells of a list's rows, where there are rows and they all surely belong to it.
    #[inline]
    pub(super) fn declared<'r>(&self, run: &Run<'r>, list: Slot) -> Option<&'r [PackedCell]> {
        let Packed::Elements { first, len } = list.cell(run).content else { return None };
        let width = self.element.width as usize;
        let rows = run.declaration.packed(self.element.table).get(first as usize * width..)?;
        let rows = rows.get(..len as usize * width)?;
        self.all_declared(run).then_some(rows)
    }

    /// Whether the telling cell of each row says at sight that something is declared.
    #[inline]
    fn all_declared(&self, run: &Run<'_>) -> bool {
        run.all_declared(self.bit, || self.tells(run))
    }

    #[inline(never)]
    fn tells(&self, run: &Run<'_>) -> bool {
        let cells = run.declaration.packed(self.element.table);
        let mut telling = column(cells, self.element.width.max(1), self.telling);
        telling.all(|cell| !matches!(cell.content, Packed::Unknown | Packed::Record | Packed::Elements { .. }))
    }
}

impl Chunk<'_> {
    /// The cell of a row in a column.
    pub(super) fn cell(&self, row: u32, column: u32) -> PackedCell {
        let at = row * self.width + column;
        self.cells.get(at as usize).copied().unwrap_or(PackedCell::ABSENT)
    }

    /// The cells of a column, of all rows.
    #[inline]
    pub(super) fn column(&self, of: u32) -> impl Iterator<Item = &PackedCell> {
        column(self.cells, self.width, of)
    }

    /// The same rows, of which only some are asked about.
    #[inline]
    pub(super) const fn only(self, wanted: u64) -> Self {
        Self { wanted: self.wanted & wanted, ..self }
    }

    /// Puts each of some rows at hand, one after the other.
    #[inline]
    pub(super) fn each(&self, run: &Run<'_>, rows: u64, mut visit: impl FnMut(u64)) {
        let _all = self.try_each(run, rows, |bit| {
            visit(bit);
            ControlFlow::Continue(())
        });
    }

    /// The same, until it is enough.
    #[inline]
    pub(super) fn try_each(
        &self,
        run: &Run<'_>,
        rows: u64,
        mut visit: impl FnMut(u64) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        for (index, bit) in bits(rows) {
            run.bind(self.register, self.first + index * self.width);
            visit(bit)?;
        }
        ControlFlow::Continue(())
    }
}

impl Rows {
    /// Visits the rows, so many at a time, with whether they belong: those that do not are not wanted. Says whether there may
    /// be more.
    #[inline]
    pub(super) fn chunks(&self, run: &Run<'_>, mut visit: impl FnMut(&Chunk<'_>, Truths) -> ControlFlow<()>) -> bool {
        let Some(cell) = self.list.see(run) else { return false };
        let (first, len) = match cell.content {
            Packed::Elements { first, len } => (first, len),
            Packed::Empty => return false,
            _ => return true,
        };
        let Slot { table, width, register, .. } = self.table.element;
        let (mut first, mut left) = (first.saturating_mul(width), len);
        while left > 0 {
            let rows = left.min(64);
            let end = first.saturating_add(rows.saturating_mul(width));
            let cells = run.declaration.packed(table).get(first as usize..end as usize).unwrap_or_default();
            let wanted = u64::MAX >> (64 - rows);
            let chunk = Chunk { cells, first, width, register, wanted };
            let members = self.members(run, &chunk);
            let chunk = chunk.only(!members.no);
            if chunk.wanted != 0 && visit(&chunk, members).is_break() {
                break;
            }
            (first, left) = (end, left - rows);
        }
        false
    }

    /// Visits each row that belongs or may belong, with the row in its register. Says whether there may be more.
    #[inline]
    pub(super) fn walk(&self, run: &Run<'_>, mut visit: impl FnMut(Truth) -> ControlFlow<()>) -> bool {
        self.chunks(run, |chunk, members| chunk.try_each(run, chunk.wanted, |bit| visit(members.of(bit))))
    }

    #[inline]
    fn members(&self, run: &Run<'_>, chunk: &Chunk<'_>) -> Truths {
        let declared = if self.table.all_declared(run) { Truths::all(Truth::True) } else { self.declared(run, chunk) };
        self.filters.iter().fold(declared, |members, filter| members & filter.of_rows(run, &chunk.only(!members.no)))
    }

    /// The rows of which something is declared; of the others it is not known whether they belong.
    fn declared(&self, run: &Run<'_>, chunk: &Chunk<'_>) -> Truths {
        let mut declared = Truths::all(Truth::Unknown);
        chunk.each(run, chunk.wanted, |bit| {
            if self.is_declared(run) {
                declared.yes |= bit;
            }
        });
        declared
    }

    /// Whether something of the row at hand is declared.
    fn is_declared(&self, run: &Run<'_>) -> bool {
        if self.is_record {
            return run.declaration.record_is_declared(&run.program.layout, self.table.element.place(run));
        }
        self.table.element.cell(run).content != Packed::Unknown
    }

    /// The row at hand.
    pub(super) fn value<'r>(&self, run: &'r Run<'r>) -> Operand<'r, ()> {
        if self.is_record {
            return Operand::Record(self.table.element.place(run));
        }
        operand(run, self.table.element.cell(run))
    }

    pub(super) fn binding(&self) -> Binding {
        let source = Source::plain(self.table.element);
        if self.is_record { Binding::Record(source) } else { Binding::Scalar(source) }
    }
}
