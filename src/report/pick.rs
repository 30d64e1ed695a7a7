//! Where the fields that a pack picks stand in a declaration.

use super::facts;
use crate::compile::Program;
use crate::compile::layout::ColumnKind;
use crate::decode::declaration::{Content, Declaration, List, Place};
use crate::ir::{Pick, PickStep, RecordId, Type};

/// The places that a pick leads to, in the order of the declaration; none where a list on the way has no such element.
pub(super) fn places(program: &Program, declaration: &Declaration<'_>, pick: &Pick) -> Vec<Place> {
    let mut at = vec![(Place::ROOT, program.policy.model.root)];
    let mut found = Vec::new();
    for step in &pick.steps {
        found = at.iter().flat_map(|(place, record)| step_from(program, declaration, *place, *record, step)).collect();
        at = found.iter().filter_map(|place| Some((*place, record_at(program, *place)?))).collect();
        let last = pick.steps.last() == Some(step);
        if !last {
            at =
                at.iter().flat_map(|(place, record)| elements_or_self(program, declaration, *place, *record)).collect();
        }
    }
    found
}

/// Where a step leads from a record: a field, or the elements of a list that a selector picks.
fn step_from(
    program: &Program,
    declaration: &Declaration<'_>,
    place: Place,
    record: RecordId,
    step: &PickStep,
) -> Vec<Place> {
    let field = place.field(program.layout.offset(record, step.field));
    let Some((by, text)) = &step.only else { return vec![field] };
    let name = record_at(program, field)
        .and_then(|element| program.policy.model.record(element)?.field(*by))
        .map_or("", |field| field.name.as_str());
    let mut elements = elements(program, declaration, field);
    elements.retain(|element| facts::has(program, declaration, *element, name, text));
    elements
}

fn elements_or_self(
    program: &Program,
    declaration: &Declaration<'_>,
    place: Place,
    record: RecordId,
) -> Vec<(Place, RecordId)> {
    let is_list = matches!(column_kind(program, place), Some(ColumnKind::List(_)));
    if is_list {
        elements(program, declaration, place).into_iter().map(|element| (element, record)).collect()
    } else {
        vec![(place, record)]
    }
}

/// The elements of a list, as places of their own cells.
pub(super) fn elements(program: &Program, declaration: &Declaration<'_>, list: Place) -> Vec<Place> {
    let Some(ColumnKind::List(table)) = column_kind(program, list) else { return Vec::new() };
    match declaration.cell(&program.layout, list).content {
        Content::List(List::Elements { first, len }) => {
            (first..first.saturating_add(len)).map(|row| Place::element(*table, row)).collect()
        }
        _ => Vec::new(),
    }
}

fn column_kind(program: &Program, place: Place) -> Option<&ColumnKind> {
    program.layout.column(place.table, place.column as usize).map(|column| &column.kind)
}

/// The record that stands at a place, or whose list does.
pub(super) fn record_at(program: &Program, place: Place) -> Option<RecordId> {
    let column = program.layout.column(place.table, place.column as usize)?;
    match (&column.kind, &column.ty) {
        (ColumnKind::Record(record), _) => Some(*record),
        (ColumnKind::List(_), Type::List(element)) => match element.as_ref() {
            Type::Record(record) => Some(*record),
            _ => None,
        },
        _ => None,
    }
}
