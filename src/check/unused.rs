//! Warnings for what nothing uses. They come with a policy that is valid; beside errors they would be noise.

use super::index::Definition;
use super::notes::Notes;
use super::unit::Unit;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{EnumId, FunctionId, LetId, ModuleId, ParamId, RecordId};

pub(super) fn report(unit: &Unit<'_>, notes: &mut Notes) {
    definitions(unit, notes);
    modules(unit, notes);
}

fn definitions(unit: &Unit<'_>, notes: &mut Notes) {
    let index = &unit.index;
    let lets = (0..index.lets.len()).map(|id| Definition::Let(LetId::new(id)));
    let functions = (0..index.functions.len()).map(|id| Definition::Function(FunctionId::new(id)));
    let params = (0..index.params.len()).map(|id| Definition::Param(ParamId::new(id)));
    let enums = (0..index.enums.len()).map(|id| Definition::Enum(EnumId::new(id)));
    let records =
        (0..index.records.len()).map(RecordId::new).filter(|id| unit.root != Some(*id)).map(Definition::Record);
    for definition in lets.chain(functions).chain(params).chain(enums).chain(records) {
        if notes.is_used(definition) {
            continue;
        }
        let Some(name) = index.name(definition).filter(|name| !name.text.starts_with('_')) else { continue };
        let code = match definition {
            Definition::Enum(_) | Definition::Record(_) => Code::UNUSED_TYPE,
            _ => Code::UNUSED,
        };
        let message = format!("`{}` is never used", name.text);
        notes.report(Diagnostic::warning(code, name.span, message));
    }
}

fn modules(unit: &Unit<'_>, notes: &mut Notes) {
    for (at, module) in unit.index.modules.iter().enumerate() {
        for used in &module.uses {
            if notes.uses_module(ModuleId::new(at), used.module) {
                continue;
            }
            let name = unit.index.module(used.module).map_or("", |module| module.file.header.name.text.as_str());
            let message = format!("nothing of module `{name}` is used here");
            notes.report(Diagnostic::warning(Code::UNUSED_USE, used.span, message).help("remove the `use`"));
        }
    }
}
