//! Rows of cells as they lie in memory: sixteen bytes a cell, nothing to drop, so that buffers serve for declaration after
//! declaration. It knows neither model nor JSON.

use super::scanner::Memory;
use crate::value::{Date, Decimal, MemberId, Number};
use foldhash::fast::FixedState;
use std::hash::BuildHasher;

/// What a cell holds, without the text that it is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packed {
    /// Unknown: absent, `null` without a meaning, blank, or an empty list that nobody stated to be empty.
    Unknown,
    /// `null` where the model gives it a word.
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A member of an enum.
    Member(MemberId),
    /// A date.
    Date(Date),
    /// A number in machine words; the mantissa by bytes, so that a cell stays small.
    Decimal {
        /// How many decimals.
        scale: u8,
        /// The mantissa.
        mantissa: [u8; 8],
    },
    /// Another number, by its index.
    Large(u32),
    /// A text that stands in the declaration as it is, one byte behind the cell's offset.
    Text {
        /// How many bytes.
        len: u32,
    },
    /// A text that was made: escapes resolved, a name folded.
    Made {
        /// Its first byte among the made texts.
        start: u32,
        /// How many bytes.
        len: u32,
    },
    /// A record that was given as an object.
    Record,
    /// A list with elements.
    Elements {
        /// The first row.
        first: u32,
        /// How many rows.
        len: u32,
    },
    /// A list that is known to be empty.
    Empty,
}

/// A packed cell: where its value begins, and what it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PackedCell {
    /// Byte offset of the value in the text; `u32::MAX` where the key is absent.
    pub at: u32,
    /// What it holds.
    pub content: Packed,
}

const _: () = assert!(size_of::<PackedCell>() == 16);

impl PackedCell {
    /// A cell whose key is absent.
    pub const ABSENT: Self = Self { at: u32::MAX, content: Packed::Unknown };

    /// The number, where it holds one in machine words.
    #[inline]
    pub(crate) fn decimal(self) -> Option<Decimal> {
        match self.content {
            Packed::Decimal { scale, mantissa } => Some((i64::from_ne_bytes(mantissa), scale)),
            _ => None,
        }
    }
}

/// The rows of one table.
#[derive(Debug, Clone, Default)]
pub(super) struct Rows {
    /// All cells, row after row.
    pub(super) cells: Vec<PackedCell>,
    /// For each row: the row of the parent table that holds the list, and the index in the list; zeros for the root.
    pub(super) parents: Vec<(u32, u32)>,
    /// The rows of the last keyed list, each with the hash of its key, sorted by hashes and then by keys: who chooses keys of
    /// one hash gains nothing.
    pub(super) order: Vec<(u64, u32)>,
}

/// The memory of a declaration, to be used again for the next one.
#[derive(Debug, Clone, Default)]
pub struct Cells {
    pub(super) tables: Vec<Rows>,
    /// Texts that do not stand in the declaration as they are.
    pub(super) made: String,
    /// Numbers that need more than machine words.
    pub(super) large: Vec<Number>,
    /// Cells that were given, and whose fields have a condition: table, row, column.
    pub(super) conditional: Vec<(u32, u32, u32)>,
    /// What the scanner needs while a text is read.
    pub(super) scanner: Memory,
}

impl Cells {
    /// Empties everything, and keeps the memory.
    pub(super) fn clear(&mut self, tables: usize) {
        self.tables.resize_with(tables, Rows::default);
        for rows in &mut self.tables {
            rows.cells.clear();
            rows.parents.clear();
            rows.order.clear();
        }
        self.made.clear();
        self.large.clear();
        self.conditional.clear();
    }

    /// The text of a cell, where it holds one, in the declaration `text`.
    pub(super) fn text<'c>(&'c self, text: &'c str, cell: PackedCell) -> Option<&'c str> {
        match cell.content {
            Packed::Text { len } => {
                let start = cell.at as usize + 1;
                text.get(start..start + len as usize)
            }
            Packed::Made { start, len } => self.made.get(start as usize..start as usize + len as usize),
            _ => None,
        }
    }
}

/// The hash of a key, the same on every machine.
pub(super) fn key_hash(key: &str) -> u64 {
    FixedState::with_seed(0).hash_one(key)
}

/// A number as a cell holds it, large ones beside.
pub(super) fn pack(number: Number, large: &mut Vec<Number>) -> Packed {
    if let Some((mantissa, scale)) = number.as_decimal() {
        return Packed::Decimal { scale, mantissa: mantissa.to_ne_bytes() };
    }
    large.push(number);
    Packed::Large(u32::try_from(large.len() - 1).unwrap_or(u32::MAX))
}
