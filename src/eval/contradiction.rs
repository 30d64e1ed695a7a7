//! Fields that were given although they do not apply: an error of the declaration.

use super::kleene::Truth;
use super::machine::Machine;
use crate::compile::layout::{Column, TableId};
use crate::compile::{Program, RoutineId};
use crate::decode::declaration::{Content, Declaration, Place};
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
    for (table, (layout, rows)) in program.layout.tables.iter().zip(&declaration.tables).enumerate() {
        let conditional: Vec<(usize, &Column, RoutineId)> = layout
            .columns
            .iter()
            .enumerate()
            .filter_map(|(index, column)| Some((index, column, condition(program, column)?)))
            .collect();
        for row in 0..rows.parents.len() {
            for (index, column, condition) in &conditional {
                let place = place(table, row, *index);
                let record = Place { column: place_column(column.record), ..place };
                if given(program, declaration, place) && machine.condition(*condition, record).0 == Truth::False {
                    found.push(contradiction(program, declaration, place, column, file));
                }
            }
        }
    }
    found.sort_by_key(|diagnostic: &Diagnostic| diagnostic.primary.as_ref().map(|label| label.span.start));
    found
}

fn condition(program: &Program, column: &Column) -> Option<RoutineId> {
    let (record, field) = column.field?;
    *program.conditions.get(record.index())?.get(field.index())?
}

fn place(table: usize, row: usize, column: usize) -> Place {
    Place { table: TableId::new(table), row: u32::try_from(row).unwrap_or(u32::MAX), column: place_column(column) }
}

fn place_column(column: usize) -> u32 {
    u32::try_from(column).unwrap_or(u32::MAX)
}

fn given(program: &Program, declaration: &Declaration<'_>, place: Place) -> bool {
    match declaration.cell(&program.layout, place).content {
        Content::Unknown => false,
        Content::Record => declaration.record_is_declared(&program.layout, place),
        Content::Null | Content::Value(_) | Content::List(_) => true,
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
    let name = column.path.last().map_or("", String::as_str);
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
