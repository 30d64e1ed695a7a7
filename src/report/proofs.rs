//! Which fields of the declaration say where the proofs stand of what a finding rests on.

use super::contract::ProofField;
use crate::compile::Program;
use crate::decode::declaration::{Content, Declaration, Place};
use crate::eval::Laid;
use crate::ir::{Field, Record, Type};
use std::sync::Arc;

/// The proofs of the claims that a finding rests on, and the references among them, each once.
pub(super) fn of(program: &Program, declaration: &Declaration<'_>, basis: &Laid) -> Vec<ProofField> {
    let mut found: Vec<ProofField> = Vec::new();
    for place in basis.places() {
        let Some(proof) = place_of_proof(program, place) else { continue };
        let pointer = declaration.pointer(&program.layout, proof);
        if found.iter().all(|other| other.pointer != pointer) {
            let given = declaration.cell(&program.layout, proof).content != Content::Unknown;
            found.push(ProofField { pointer, given });
        }
    }
    found
}

/// The reference that proves a place: itself, or the sibling that the model names.
fn place_of_proof(program: &Program, place: Place) -> Option<Place> {
    let column = program.layout.column(place.table, place.column as usize)?;
    let (record, field) = column.field?;
    let record = program.policy.model.record(record)?;
    let own = record.field(field)?;
    if matches!(own.ty, Type::Ref(_)) {
        return Some(place);
    }
    let sibling = sibling(record, own)?;
    let (name, before) = column.path.split_last()?;
    debug_assert_eq!(**name, *own.name);
    let table = program.layout.table(place.table)?;
    let path =
        |path: &[Arc<str>]| path.split_last().is_some_and(|(last, rest)| **last == *sibling.name && rest == before);
    let at = table.columns.iter().position(|other| path(&other.path))?;
    Some(Place { column: u32::try_from(at).ok()?, ..place })
}

fn sibling<'r>(record: &'r Record, field: &Field) -> Option<&'r Field> {
    record.field(field.proof?)
}
