//! The model: enums, records, root, references; and once expressions can be read, conditions and handles.

mod conditions;
mod enums;
mod extension;
mod handles;
mod modifiers;
mod records;
mod recursion;
mod root;

pub(super) use conditions::lower as conditions;
pub(super) use handles::lower as handles;

use super::notes::Notes;
use super::unit::Unit;
use crate::ir::{FieldId, RecordId, Type};

/// Everything of the model that no expression is needed for.
pub(super) fn declare(unit: &mut Unit<'_>, notes: &mut Notes) {
    unit.root = root::find(&unit.index, notes);
    unit.enums = enums::declare(&unit.index, notes);
    records::declare(unit, notes);
    extension::add(unit, notes);
    modifiers::link(unit, notes);
    recursion::refuse(unit, notes);
    keyed_lists(unit);
}

/// The paths of the lists that references point into, as ids.
fn keyed_lists(unit: &mut Unit<'_>) {
    let Some(root) = unit.root else { return };
    let paths = unit.refs.iter().filter_map(|(record, (path, _))| Some((*record, path_ids(unit, root, path)?)));
    unit.keyed_lists = paths.collect();
}

fn path_ids(unit: &Unit<'_>, root: RecordId, path: &[String]) -> Option<Vec<FieldId>> {
    let mut record = root;
    let mut ids = Vec::new();
    for step in path {
        let declared = unit.record(record)?;
        let id = declared.field_id(step)?;
        ids.push(id);
        if let Type::Record(next) = &declared.field(id)?.ty {
            record = *next;
        }
    }
    Some(ids)
}
