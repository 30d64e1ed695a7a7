//! What the model says about a declaration as a whole: fields that were given although they do not apply, an error of
//! the declaration; and how much of a complete filing is there.

use super::kleene::Truth;
use super::machine::Machine;
use crate::compile::layout::{Column, TableId};
use crate::compile::{Program, RoutineId};
use crate::decode::declaration::{Content, Declaration, List, Place};
use crate::diagnostic::{Code, Diagnostic};
use crate::function::Registry;
use crate::source::{FileId, Span};
use crate::value::Date;

/// Every field that was given while its condition is false, in the order of the text.
#[must_use]
pub fn contradictions(
    program: &Program,
    declaration: &Declaration<'_>,
    registry: &Registry,
    as_of: Date,
    file: FileId,
) -> Vec<Diagnostic> {
    let mut machine: Machine<'_, ()> = Machine::new(program, declaration, registry, as_of);
    let mut found = Vec::new();
    for place in declaration.conditional() {
        let Some(column) = program.layout.column(place.table, place.column as usize) else { continue };
        let record = Place { column: index(column.record), ..place };
        if given(program, declaration, place)
            && let Some(condition) = condition(program, column)
            && machine.condition(condition, record).0 == Truth::False
        {
            found.push(contradiction(program, declaration, place, column, file));
        }
    }
    found.sort_by_key(|diagnostic: &Diagnostic| diagnostic.primary.as_ref().map(|label| label.span.start));
    found
}

/// Every field of the rows of a declaration that does not apply to it, given or not.
#[must_use]
pub fn void_fields(program: &Program, declaration: &Declaration<'_>, registry: &Registry, as_of: Date) -> Vec<Place> {
    let mut machine: Machine<'_, ()> = Machine::new(program, declaration, registry, as_of);
    let mut found = Vec::new();
    let conditional = |column: &Column| condition(program, column).is_some();
    for_each_cell(program, declaration, conditional, |place, column| {
        if machine.is_void(place, column) {
            found.push(place);
        }
    });
    found
}

/// How many fields that a complete filing needs are given, and how many there are: those that apply, or may apply.
#[must_use]
pub fn filing(program: &Program, declaration: &Declaration<'_>, registry: &Registry, as_of: Date) -> (u32, u32) {
    let mut machine: Machine<'_, ()> = Machine::new(program, declaration, registry, as_of);
    let (mut of, mut complete) = (0, 0);
    let needed = |column: &Column| {
        let (record, field) = column.field?;
        Some(program.policy.model.record(record)?.field(field)?.filing)
    };
    for_each_cell(
        program,
        declaration,
        |column| needed(column) == Some(true),
        |place, column| {
            if machine.is_void(place, column) {
                return;
            }
            of += 1;
            complete += u32::from(declared(program, declaration, place));
        },
    );
    (complete, of)
}

impl Machine<'_, ()> {
    /// Whether a cell does not apply, or a record around it in its row does not.
    fn is_void(&mut self, place: Place, column: &Column) -> bool {
        let (program, mut column, mut place) = (self.program, column, place);
        loop {
            let record = Place { column: index(column.record), ..place };
            let applies = condition(program, column).map(|condition| self.condition(condition, record).0);
            if applies == Some(Truth::False) {
                return true;
            }
            match program.layout.column(place.table, column.record) {
                Some(outer) if record != place => (column, place) = (outer, record),
                _ => return false,
            }
        }
    }
}

/// Visits every cell of the columns that `selects`.
fn for_each_cell<'p>(
    program: &'p Program,
    declaration: &Declaration<'_>,
    selects: impl Fn(&Column) -> bool,
    mut visit: impl FnMut(Place, &'p Column),
) {
    for (table, layout) in program.layout.tables.iter().enumerate() {
        let rows = declaration.rows(TableId::new(table));
        let selected: Vec<(usize, &Column)> =
            layout.columns.iter().enumerate().filter(|(_, column)| selects(column)).collect();
        for row in 0..rows {
            for (column_index, column) in &selected {
                let place = Place { table: TableId::new(table), row, column: index(*column_index) };
                visit(place, column);
            }
        }
    }
}

fn condition(program: &Program, column: &Column) -> Option<RoutineId> {
    let (record, field) = column.field?;
    *program.conditions.get(record.index())?.get(field.index())?
}

fn index(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// Whether something is given at a place: an empty list gives nothing.
fn given(program: &Program, declaration: &Declaration<'_>, place: Place) -> bool {
    let empty = Content::List(List::Empty);
    declaration.cell(&program.layout, place).content != empty && declared(program, declaration, place)
}

/// Whether something is declared at a place.
fn declared(program: &Program, declaration: &Declaration<'_>, place: Place) -> bool {
    let layout = &program.layout;
    match declaration.cell(layout, place).content {
        Content::Unknown => false,
        Content::Record => declaration.record_is_declared(layout, place),
        Content::List(list) => declaration.list_is_declared(layout, place, list),
        Content::Null | Content::Value(_) => true,
    }
}

fn contradiction(
    program: &Program,
    declaration: &Declaration<'_>,
    place: Place,
    column: &Column,
    file: FileId,
) -> Diagnostic {
    let at = declaration.offset(&program.layout, place);
    let name = column.path.last().map_or("", AsRef::as_ref);
    let condition = column.field.and_then(|(record, field)| {
        program.policy.model.record(record)?.field(field)?.condition.as_ref().map(|condition| condition.span)
    });
    let span = Span::new(file, at, at.saturating_add(1));
    let mut diagnostic =
        Diagnostic::error(Code::FIELD_DOES_NOT_APPLY, span, format!("`{name}` is given although it does not apply"))
            .help(format!("leave `{name}` out, or correct what it depends on"));
    if let Some(condition) = condition {
        diagnostic = diagnostic.also(condition, "it applies only where this holds");
    }
    diagnostic
}
