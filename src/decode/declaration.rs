//! A declaration as the engine reads it: rows of typed cells, filled straight from JSON text.

use crate::compile::layout::{ColumnKind, Layout, TableId};
use crate::value::Value;

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

/// The rows of one table.
#[derive(Debug, Clone, Default)]
pub struct Rows<'t> {
    /// All cells, row after row.
    pub cells: Vec<Cell<'t>>,
    /// For each row: the row of the parent table that holds the list, and the index in the list; zeros for the root.
    pub parents: Vec<(u32, u32)>,
}

/// A decoded declaration.
#[derive(Debug, Clone)]
pub struct Declaration<'t> {
    /// The text that it was read from.
    pub text: &'t str,
    /// The rows of each table of the layout.
    pub tables: Vec<Rows<'t>>,
}

impl<'t> Declaration<'t> {
    /// The cell at a place; absent for a place that does not exist.
    #[must_use]
    pub fn cell(&self, layout: &Layout, place: Place) -> Cell<'t> {
        let width = layout.table(place.table).map_or(0, |table| table.columns.len());
        self.tables
            .get(place.table.index())
            .and_then(|rows| rows.cells.get(place.row as usize * width + place.column as usize))
            .cloned()
            .unwrap_or(Cell::ABSENT)
    }

    /// The JSON Pointer of a place.
    #[must_use]
    pub fn pointer(&self, layout: &Layout, place: Place) -> String {
        let mut steps: Vec<String> = Vec::new();
        let mut at = Some(place);
        while let Some(place) = at {
            let Some(table) = layout.table(place.table) else { break };
            if let Some(column) = table.columns.get(place.column as usize) {
                steps.extend(column.path.iter().rev().map(|key| key.replace('~', "~0").replace('/', "~1")));
            }
            at = self.parent(layout, place).map(|(list, index)| {
                steps.push(index.to_string());
                list
            });
        }
        steps.iter().rev().fold(String::new(), |pointer, step| pointer + "/" + step)
    }

    /// The list that a place's row is an element of, and its index there.
    #[must_use]
    pub fn parent(&self, layout: &Layout, place: Place) -> Option<(Place, u32)> {
        let (table, column) = layout.table(place.table)?.parent?;
        let (row, index) = *self.tables.get(place.table.index())?.parents.get(place.row as usize)?;
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
        let Some(table) = layout.table(place.table) else { return false };
        let own = place.column as usize;
        let Some(path) = table.columns.get(own).map(|column| &column.path) else { return false };
        let inside =
            table.columns.iter().enumerate().skip(own + 1).take_while(|(_, column)| column.path.starts_with(path));
        inside.map(|(column, _)| Place { column: u32::try_from(column).unwrap_or(0), ..place }).any(|cell| {
            match self.cell(layout, cell).content {
                Content::Null | Content::Value(_) => true,
                Content::List(list) => self.list_is_declared(layout, cell, list),
                Content::Unknown | Content::Record => false,
            }
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
            match self.cell(layout, element).content {
                Content::Record => self.record_is_declared(layout, element),
                Content::Unknown => false,
                Content::Null | Content::Value(_) | Content::List(_) => true,
            }
        })
    }
}
