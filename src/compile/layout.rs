//! Where each field of a declaration stands: one table for the root and one for each list, each row a flat run of cells.
//!
//! A record is a block of cells: its own cell first (was it given, and where), then one cell for each scalar, one
//! for each list, one block for each nested record, in the model's order. A record type has the same block wherever
//! it occurs, so a field is an offset from its record. Which table holds a list's elements depends on where the list
//! stands, and is found from the list's cell.

use crate::ir::{FieldId, Model, RecordId, Type};
use indexmap::IndexMap;
use std::sync::Arc;

/// A table of rows: the root's, or a list's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TableId(u32);

impl TableId {
    /// The root's table, with its one row.
    pub const ROOT: Self = Self(0);

    /// The table at this index.
    #[must_use]
    pub fn new(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// Its index.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// What a cell of a row holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ColumnKind {
    /// A record's own cell: first of its block. Nested records have their block inside their parent's.
    Record(RecordId),
    /// A scalar of a field's type, or the element of a list of scalars.
    Scalar,
    /// A list; its elements are rows of this table.
    List(TableId),
}

/// A cell's place in every row of its table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The field that it holds, with the record that declares it; none for the row's own cell.
    pub field: Option<(RecordId, FieldId)>,
    /// The JSON keys from the row to the cell; empty for the row's own cell.
    pub path: Vec<Arc<str>>,
    /// The same as a JSON Pointer.
    pub pointer: String,
    /// What it holds.
    pub kind: ColumnKind,
    /// The column of the record that encloses it; its own for the row's own cell.
    pub record: usize,
    /// Static type; of a list, the list's.
    pub ty: Type,
}

/// The way from a row to a cell: its keys, and the same as a JSON Pointer.
#[derive(Debug, Clone, Default)]
struct Way {
    path: Vec<Arc<str>>,
    pointer: String,
}

impl Way {
    /// One key further.
    fn to(&self, key: &str) -> Self {
        let path = self.path.iter().cloned().chain([key.into()]).collect();
        let mut pointer = String::with_capacity(self.pointer.len() + key.len() + 1);
        pointer.push_str(&self.pointer);
        pointer.push('/');
        for c in key.chars() {
            match c {
                '~' => pointer.push_str("~0"),
                '/' => pointer.push_str("~1"),
                c => pointer.push(c),
            }
        }
        Self { path, pointer }
    }
}

impl Column {
    fn new(field: Option<(RecordId, FieldId)>, way: Way, kind: ColumnKind, record: usize, ty: Type) -> Self {
        let Way { path, pointer } = way;
        Self { field, path, pointer, kind, record, ty }
    }
}

/// The rows of one list, or of the root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The table and column of the list whose elements are here; none for the root.
    pub parent: Option<(TableId, usize)>,
    /// Type of an element.
    pub element: Type,
    /// The cells of a row.
    pub columns: Vec<Column>,
    /// For a keyed list: the column of the key.
    pub key: Option<usize>,
}

/// The whole layout of a model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// The tables; the root's first.
    pub tables: Vec<Table>,
    /// For each record type: the offset of each field from the record's own cell.
    pub offsets: Vec<Vec<usize>>,
    /// For each record type: how many cells its block has.
    pub widths: Vec<usize>,
    /// For each record that a `ref` points to: the table of its keyed list.
    pub targets: IndexMap<RecordId, TableId>,
}

impl Layout {
    /// Lays a model out. Records are not recursive, so this ends.
    #[must_use]
    pub fn new(model: &Model) -> Self {
        let mut builder = Builder::new(model);
        builder.table(None, Type::Record(model.root), None);
        let targets = model
            .keyed_lists
            .iter()
            .filter_map(|(record, path)| builder.list_table(path).map(|table| (*record, table)))
            .collect();
        Self { tables: builder.tables, offsets: builder.offsets, widths: builder.widths, targets }
    }

    /// A table by its id.
    #[must_use]
    pub fn table(&self, id: TableId) -> Option<&Table> {
        self.tables.get(id.index())
    }

    /// A column of a table.
    #[must_use]
    pub fn column(&self, table: TableId, column: usize) -> Option<&Column> {
        self.table(table)?.columns.get(column)
    }

    /// The offset of a field from its record's own cell.
    #[must_use]
    pub fn offset(&self, record: RecordId, field: FieldId) -> usize {
        self.offsets.get(record.index()).and_then(|fields| fields.get(field.index())).copied().unwrap_or(0)
    }

    /// The column of the root's row that a path of fields without lists leads to.
    #[must_use]
    pub fn root_column(&self, model: &Model, path: &[FieldId]) -> Option<usize> {
        let mut record = model.root;
        let mut column = 0;
        for (step, field) in path.iter().enumerate() {
            column += self.offset(record, *field);
            match &model.record(record)?.field(*field)?.ty {
                Type::Record(next) => record = *next,
                _ if step + 1 == path.len() => {}
                _ => return None,
            }
        }
        Some(column)
    }
}

struct Builder<'m> {
    model: &'m Model,
    tables: Vec<Table>,
    offsets: Vec<Vec<usize>>,
    widths: Vec<usize>,
}

impl<'m> Builder<'m> {
    fn new(model: &'m Model) -> Self {
        let mut builder = Self { model, tables: Vec::new(), offsets: Vec::new(), widths: vec![0; model.records.len()] };
        builder.offsets = vec![Vec::new(); model.records.len()];
        for index in 0..model.records.len() {
            builder.measure(RecordId::new(index));
        }
        builder
    }

    /// Width of a record's block, its own cell included.
    fn measure(&mut self, id: RecordId) -> usize {
        if let Some(&width) = self.widths.get(id.index()).filter(|&&width| width > 0) {
            return width;
        }
        let mut width = 1;
        let mut offsets = Vec::new();
        if let Some(record) = self.model.record(id) {
            for field in record.fields.values() {
                offsets.push(width);
                width += match &field.ty {
                    Type::Record(nested) => self.measure(*nested),
                    _ => 1,
                };
            }
        }
        if let (Some(slot), Some(list)) = (self.widths.get_mut(id.index()), self.offsets.get_mut(id.index())) {
            *slot = width;
            *list = offsets;
        }
        width
    }

    fn table(&mut self, parent: Option<(TableId, usize)>, element: Type, key: Option<(RecordId, FieldId)>) -> TableId {
        let id = TableId::new(self.tables.len());
        let key = key.and_then(|(record, field)| self.offsets.get(record.index())?.get(field.index()).copied());
        self.tables.push(Table { parent, element: element.clone(), columns: Vec::new(), key });
        match element {
            Type::Record(record) => self.block(id, record, None, &Way::default(), None),
            scalar => {
                self.push(id, Column::new(None, Way::default(), ColumnKind::Scalar, 0, scalar));
            }
        }
        id
    }

    /// Appends a record's block to a table; `outer` is the column of the record that encloses it.
    fn block(
        &mut self,
        table: TableId,
        id: RecordId,
        field: Option<(RecordId, FieldId)>,
        way: &Way,
        outer: Option<usize>,
    ) {
        let own = self.width(table);
        let record = outer.unwrap_or(own);
        self.push(table, Column::new(field, way.clone(), ColumnKind::Record(id), record, Type::Record(id)));
        let Some(declared) = self.model.record(id) else { return };
        for (index, inner) in declared.fields.values().enumerate() {
            let inner_way = way.to(&inner.name);
            let field = (id, FieldId::new(index));
            match &inner.ty {
                Type::Record(nested) => self.block(table, *nested, Some(field), &inner_way, Some(own)),
                Type::List(element) => {
                    let column = self.width(table);
                    let key = match element.as_ref() {
                        Type::Record(record) => inner.key.map(|key| (*record, key)),
                        _ => None,
                    };
                    // The list's cell comes before its table exists: the id is the next one.
                    let kind = ColumnKind::List(TableId::new(self.tables.len()));
                    let ty = inner.ty.clone();
                    self.push(table, Column::new(Some(field), inner_way, kind, own, ty));
                    self.table(Some((table, column)), element.as_ref().clone(), key);
                }
                scalar => {
                    let ty = scalar.clone();
                    let kind = ColumnKind::Scalar;
                    self.push(table, Column::new(Some(field), inner_way, kind, own, ty));
                }
            }
        }
    }

    fn width(&self, table: TableId) -> usize {
        self.tables.get(table.index()).map_or(0, |table| table.columns.len())
    }

    fn push(&mut self, table: TableId, column: Column) {
        if let Some(table) = self.tables.get_mut(table.index()) {
            table.columns.push(column);
        }
    }

    fn list_table(&self, path: &[FieldId]) -> Option<TableId> {
        let mut record = self.model.root;
        let mut column = 0;
        for field in path {
            column += self.offsets.get(record.index())?.get(field.index())?;
            if let Type::Record(next) = &self.model.record(record)?.field(*field)?.ty {
                record = *next;
            }
        }
        match self.tables.first()?.columns.get(column)?.kind {
            ColumnKind::List(table) => Some(table),
            _ => None,
        }
    }
}
