//! A declaration as the engine reads it: rows of typed cells, filled straight from JSON text.

use super::cells::{Cells, Packed, PackedCell, key_hash};
use crate::compile::layout::{ColumnKind, Layout, TableId};
use crate::value::{Number, Text, Value};
use std::fmt::Write as _;

/// A list as it was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// One or more elements: rows `first..first + len` of the list's table.
    Elements {
        /// The first row.
        first: u32,
        /// How many rows.
        len: u32,
    },
    /// Known to be empty.
    Empty,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Content<'t> {
    /// Absent, `null` without a meaning, blank text, or an empty list that nobody stated to be empty: unknown.
    Unknown,
    /// `null` where the model gives it a word.
    Null,
    /// A scalar.
    Value(Value<'t>),
    /// A record that was given as an object.
    Record,
    /// A list.
    List(List),
}

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell<'t> {
    /// Byte offset of the value in the text; [`Cell::NOWHERE`] where the key is absent.
    pub at: u32,
    /// What it holds.
    pub content: Content<'t>,
}

impl Cell<'_> {
    /// The place of what was not given.
    pub const NOWHERE: u32 = u32::MAX;
    /// A cell whose key is absent.
    pub const ABSENT: Self = Self { at: Self::NOWHERE, content: Content::Unknown };
}

/// A cell's address: its table, row and column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// The table.
    pub table: TableId,
    /// The row in it.
    pub row: u32,
    /// The column in the row.
    pub column: u32,
}

impl Place {
    /// The root record.
    pub const ROOT: Self = Self { table: TableId::ROOT, row: 0, column: 0 };

    /// The cell `offset` columns further in the same row.
    #[must_use]
    pub fn field(self, offset: usize) -> Self {
        Self { column: self.column.saturating_add(u32::try_from(offset).unwrap_or(u32::MAX)), ..self }
    }

    /// The first cell of another row of the same table.
    #[must_use]
    pub const fn element(table: TableId, row: u32) -> Self {
        Self { table, row, column: 0 }
    }
}

/// A decoded declaration.
#[derive(Debug, Clone)]
pub struct Declaration<'t> {
    /// The text that it was read from.
    pub text: &'t str,
    pub(super) cells: Cells,
}

#[cfg(test)]
impl<'t> Declaration<'t> {
    /// A text, and the memory of what was read of it.
    pub(crate) const fn new(text: &'t str, cells: Cells) -> Self {
        Self { text, cells }
    }
}

impl Declaration<'_> {
    /// Its memory, for the next declaration.
    #[must_use]
    pub fn into_cells(self) -> Cells {
        self.cells
    }

    /// How many rows a table has.
    #[must_use]
    pub fn rows(&self, table: TableId) -> u32 {
        let rows = self.cells.tables.get(table.index()).map_or(0, |rows| rows.parents.len());
        u32::try_from(rows).unwrap_or(u32::MAX)
    }

    /// The cells of a table, row after row.
    pub(crate) fn packed(&self, table: TableId) -> &[PackedCell] {
        self.cells.tables.get(table.index()).map_or(&[], |rows| &rows.cells)
    }

    /// The cells that were given and whose fields have a condition, in the order of the text.
    pub(crate) fn conditional(&self) -> impl Iterator<Item = Place> {
        let places = self.cells.conditional.iter();
        places.map(|&(table, row, column)| Place { table: TableId::new(table as usize), row, column })
    }

    /// The row that has this key, in the table of a keyed list that stands once in a declaration.
    pub(crate) fn find(&self, layout: &Layout, table: TableId, key: &str) -> Option<u32> {
        let declared = layout.table(table)?;
        let (width, column) = (declared.columns.len(), declared.key?);
        let rows = self.cells.tables.get(table.index())?;
        let text = |row: u32| self.packed_text(*rows.cells.get(row as usize * width + column)?);
        let own = key_hash(key);
        let at = rows.order.binary_search_by(|(hash, row)| hash.cmp(&own).then_with(|| text(*row).cmp(&Some(key))));
        rows.order.get(at.ok()?).map(|(_, row)| *row)
    }

    /// The text of a packed cell, where it holds one: how many bytes it has, and what begins with them.
    #[inline]
    pub(crate) fn packed_bytes(&self, cell: PackedCell) -> Option<(usize, &[u8])> {
        match cell.content {
            Packed::Text { len } => Some((len as usize, self.text.as_bytes().get(cell.at as usize + 1..)?)),
            Packed::Made { start, len } => Some((len as usize, self.cells.made.as_bytes().get(start as usize..)?)),
            _ => None,
        }
    }

    /// The text of a packed cell, where it holds one.
    pub(crate) fn packed_text(&self, cell: PackedCell) -> Option<&str> {
        self.cells.text(self.text, cell)
    }

    /// The number of a packed cell, where it holds one.
    pub(crate) fn packed_number(&self, cell: PackedCell) -> Option<Number> {
        match cell.content {
            Packed::Decimal { scale, mantissa } => Number::decimal(i64::from_ne_bytes(mantissa), scale),
            Packed::Large(index) => self.cells.large.get(index as usize).cloned(),
            _ => None,
        }
    }

    /// A cell as it lies in memory.
    pub(crate) fn packed_cell(&self, layout: &Layout, place: Place) -> PackedCell {
        let width = layout.table(place.table).map_or(0, |table| table.columns.len());
        let cells = self.packed(place.table);
        cells.get(place.row as usize * width + place.column as usize).copied().unwrap_or(PackedCell::ABSENT)
    }

    /// The cell at a place; absent for a place that does not exist.
    #[must_use]
    pub fn cell(&self, layout: &Layout, place: Place) -> Cell<'_> {
        let packed = self.packed_cell(layout, place);
        Cell { at: packed.at, content: self.content(packed) }
    }

    fn content(&self, packed: PackedCell) -> Content<'_> {
        let value = match packed.content {
            Packed::Unknown => return Content::Unknown,
            Packed::Null => return Content::Null,
            Packed::Record => return Content::Record,
            Packed::Elements { first, len } => return Content::List(List::Elements { first, len }),
            Packed::Empty => return Content::List(List::Empty),
            Packed::Bool(value) => Some(Value::Bool(value)),
            Packed::Member(member) => Some(Value::Member(member)),
            Packed::Date(date) => Some(Value::Date(date)),
            Packed::Decimal { .. } | Packed::Large(_) => self.packed_number(packed).map(Value::Number),
            Packed::Text { .. } | Packed::Made { .. } => {
                self.packed_text(packed).map(|text| Value::Text(Text::Borrowed(text)))
            }
        };
        value.map_or(Content::Unknown, Content::Value)
    }

    /// The JSON Pointer of a place.
    #[must_use]
    pub fn pointer(&self, layout: &Layout, place: Place) -> String {
        let mut above = vec![(place, None)];
        let mut at = place;
        while let Some((list, index)) = self.parent(layout, at) {
            above.push((list, Some(index)));
            at = list;
        }
        let mut pointer = String::new();
        for (place, index) in above.iter().rev() {
            if let Some(column) = layout.column(place.table, place.column as usize) {
                pointer += &column.pointer;
            }
            if let Some(index) = index {
                let _infallible = write!(pointer, "/{index}");
            }
        }
        pointer
    }

    /// The list that a place's row is an element of, and its index there.
    #[must_use]
    pub fn parent(&self, layout: &Layout, place: Place) -> Option<(Place, u32)> {
        let (table, column) = layout.table(place.table)?.parent?;
        let (row, index) = *self.cells.tables.get(place.table.index())?.parents.get(place.row as usize)?;
        Some((Place { table, row, column: u32::try_from(column).ok()? }, index))
    }

    /// The byte offset of a place, or of its nearest present parent where it was not given.
    #[must_use]
    pub fn offset(&self, layout: &Layout, place: Place) -> u32 {
        let mut place = place;
        loop {
            let cell = self.cell(layout, place);
            if cell.at != Cell::NOWHERE {
                return cell.at;
            }
            let record = layout.column(place.table, place.column as usize).map_or(0, |column| column.record);
            let up = u32::try_from(record).unwrap_or(0);
            place = if up == place.column {
                match self.parent(layout, place) {
                    Some((list, _)) => list,
                    None => return 0,
                }
            } else {
                Place { column: up, ..place }
            };
        }
    }

    /// Whether a record is declared: one of its fields is, at any depth.
    #[must_use]
    pub fn record_is_declared(&self, layout: &Layout, place: Place) -> bool {
        let Some(ColumnKind::Record(record)) =
            layout.column(place.table, place.column as usize).map(|column| &column.kind)
        else {
            return false;
        };
        let width = layout.widths.get(record.index()).copied().unwrap_or(1);
        (1..width).map(|offset| place.field(offset)).any(|cell| match self.packed_cell(layout, cell).content {
            Packed::Elements { first, len } => self.list_is_declared(layout, cell, List::Elements { first, len }),
            Packed::Unknown | Packed::Record => false,
            _ => true,
        })
    }

    /// Whether a list is declared: known to be empty, or one of its elements is.
    #[must_use]
    pub fn list_is_declared(&self, layout: &Layout, place: Place, list: List) -> bool {
        let List::Elements { first, len } = list else { return true };
        let Some(ColumnKind::List(table)) =
            layout.column(place.table, place.column as usize).map(|column| &column.kind)
        else {
            return false;
        };
        (first..first.saturating_add(len)).any(|row| {
            let element = Place::element(*table, row);
            match self.packed_cell(layout, element).content {
                Packed::Record => self.record_is_declared(layout, element),
                Packed::Unknown => false,
                _ => true,
            }
        })
    }
}
