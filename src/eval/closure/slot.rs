//! Where closures read: registers that hold the row at hand, and cells at a known distance from them.

use super::super::kleene::Truth;
use super::super::operand::Operand;
use super::ROOT;
use super::test::Test;
use crate::compile::Program;
use crate::compile::layout::TableId;
use crate::decode::cells::{Packed, PackedCell};
use crate::decode::declaration::{Declaration, Place};
use crate::value::{Date, Text, Value};
use std::cell::Cell;
use std::sync::Arc;

/// How many rows may be at hand at once: elements of loops, followed references.
pub(super) const REGISTERS: usize = 32;
/// The first register behind the root's.
pub(super) const FIRST: u8 = 1;

/// One declaration under judgement.
pub(super) struct Run<'a> {
    pub(super) program: &'a Program,
    pub(super) declaration: &'a Declaration<'a>,
    pub(super) as_of: Date,
    /// The cells of the root's row.
    root: &'a [PackedCell],
    /// For each register the index of its row's first cell; the root's stays zero.
    rows: [Cell<u32>; REGISTERS],
    /// The tables of which all rows are declared, and those of which it has been asked, by bits.
    declared: Cell<(u128, u128)>,
}

impl<'a> Run<'a> {
    pub(super) fn new(program: &'a Program, declaration: &'a Declaration<'a>, as_of: Date) -> Self {
        let root = declaration.packed(ROOT.table);
        Self {
            program,
            declaration,
            as_of,
            root,
            rows: [const { Cell::new(0) }; REGISTERS],
            declared: Cell::new((0, 0)),
        }
    }

    #[inline]
    pub(super) fn bind(&self, register: u8, first_cell: u32) {
        if let Some(row) = self.rows.get(usize::from(register)) {
            row.set(first_cell);
        }
    }

    /// Whether all rows of a table are declared: asked once, and not at all of a table that has no bit.
    #[inline]
    pub(super) fn all_declared(&self, bit: u128, ask: impl FnOnce() -> bool) -> bool {
        let (declared, asked) = self.declared.get();
        if declared & bit != 0 {
            return true;
        }
        if asked & bit != 0 || bit == 0 {
            return false;
        }
        let holds = ask();
        self.declared.set((if holds { declared | bit } else { declared }, asked | bit));
        holds
    }

    /// What a register holds.
    #[inline]
    pub(super) fn row(&self, register: u8) -> u32 {
        self.rows.get(usize::from(register)).map_or(0, Cell::get)
    }
}

/// A cell of the row at hand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slot {
    pub(super) table: TableId,
    /// How many cells a row of the table has.
    pub(super) width: u32,
    pub(super) register: u8,
    pub(super) column: u32,
}

impl Slot {
    /// The root's own cell.
    pub(super) const fn root(width: u32) -> Self {
        Self { table: ROOT.table, width, register: 0, column: 0 }
    }

    #[inline]
    pub(super) fn cell(self, run: &Run<'_>) -> PackedCell {
        self.seen(run).copied().unwrap_or(PackedCell::ABSENT)
    }

    /// The cell, where it lies in memory.
    #[inline]
    pub(super) fn seen<'r>(self, run: &Run<'r>) -> Option<&'r PackedCell> {
        if self.register == 0 {
            return run.root.get(self.column as usize);
        }
        run.declaration.packed(self.table).get(run.row(self.register) as usize + self.column as usize)
    }

    pub(super) fn place(self, run: &Run<'_>) -> Place {
        let row = run.row(self.register).checked_div(self.width).unwrap_or(0);
        Place { table: self.table, row, column: self.column }
    }
}

/// A cell, and the tests that decide in turn whether there is such a cell: conditions, references to be followed.
#[derive(Clone)]
pub(super) struct Source {
    pub(super) guards: Arc<[Test]>,
    pub(super) slot: Slot,
}

impl Source {
    pub(super) fn plain(slot: Slot) -> Self {
        Self { guards: Arc::new([]), slot }
    }

    /// Some columns further.
    pub(super) fn field(&self, offset: usize) -> Self {
        let column = self.slot.column + u32::try_from(offset).unwrap_or(u32::MAX);
        Self { slot: Slot { column, ..self.slot }, guards: Arc::clone(&self.guards) }
    }

    pub(super) fn guarded(&self, guard: Test) -> Self {
        Self { guards: self.guards.iter().cloned().chain([guard]).collect(), slot: self.slot }
    }

    /// Whether there is such a cell: false where it is void.
    #[inline]
    pub(super) fn applies(&self, run: &Run<'_>) -> Truth {
        for guard in self.guards.iter() {
            let truth = guard.holds(run);
            if truth != Truth::True {
                return truth;
            }
        }
        Truth::True
    }

    /// The cell; none where it is void, an absent one where it is not known whether it is.
    #[inline]
    pub(super) fn see(&self, run: &Run<'_>) -> Option<PackedCell> {
        match self.applies(run) {
            Truth::True => Some(self.slot.cell(run)),
            Truth::False => None,
            Truth::Unknown => Some(PackedCell::ABSENT),
        }
    }

    /// The record that stands here.
    pub(super) fn record<'r>(&self, run: &'r Run<'r>) -> Operand<'r, ()> {
        match self.applies(run) {
            Truth::True => Operand::Record(self.slot.place(run)),
            Truth::False => Operand::Void,
            Truth::Unknown => Operand::Unknown,
        }
    }

    pub(super) fn operand<'r>(&self, run: &'r Run<'r>) -> Operand<'r, ()> {
        self.see(run).map_or(Operand::Void, |cell| operand(run, cell))
    }
}

/// What a cell holds, as an operand.
pub(super) fn operand<'r>(run: &'r Run<'r>, cell: PackedCell) -> Operand<'r, ()> {
    let known = match cell.content {
        Packed::Null => return Operand::Null,
        Packed::Bool(value) => Some(Value::Bool(value)),
        Packed::Member(member) => Some(Value::Member(member)),
        Packed::Date(date) => Some(Value::Date(date)),
        Packed::Decimal { .. } | Packed::Large(_) => run.declaration.packed_number(cell).map(Value::Number),
        Packed::Text { .. } | Packed::Made { .. } => {
            run.declaration.packed_text(cell).map(|text| Value::Text(Text::Borrowed(text)))
        }
        _ => None,
    };
    known.map_or(Operand::Unknown, Operand::Known)
}
