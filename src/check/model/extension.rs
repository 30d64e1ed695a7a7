//! The record that an overlay adds to the root, as `x_<pack>`.

use super::records::plain;
use crate::check::index::Definition;
use crate::check::notes::{Notes, suggest};
use crate::check::unit::Unit;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{PackId, RecordId, Type};
use crate::pack::Placed;

pub(super) fn add(unit: &mut Unit<'_>, notes: &mut Notes) {
    for pack in 0..unit.index.packs.len() {
        let pack = PackId::new(pack);
        let manifest = unit.index.pack(pack).map(|pack| &pack.manifest);
        let named =
            manifest.and_then(|manifest| Some((manifest.extension.as_ref()?, manifest.name.value.replace('-', "_"))));
        if let Some((name, word)) = named
            && let Some(record) = find(unit, pack, name, notes)
        {
            enter(unit, &format!("x_{word}"), record, name, notes);
        }
    }
}

fn find(unit: &Unit<'_>, pack: PackId, name: &Placed<String>, notes: &mut Notes) -> Option<RecordId> {
    let index = &unit.index;
    let own =
        || index.records.iter().filter(|it| index.pack_of(it.module) == pack).map(|it| it.node.name.text.as_str());
    let found = index.records.iter().position(|it| index.pack_of(it.module) == pack && it.node.name.text == name.value);
    if let Some((at, module)) = found.and_then(|at| Some((at, index.records.get(at)?.module))) {
        notes.mark(module, module, Definition::Record(RecordId::new(at)));
        return Some(RecordId::new(at));
    }
    let message = format!("no record of this pack is called `{}`", name.value);
    notes.refuse(suggest(Diagnostic::error(Code::BAD_EXTENSION, name.span, message), &name.value, own()))
}

fn enter(unit: &mut Unit<'_>, word: &str, record: RecordId, name: &Placed<String>, notes: &mut Notes) {
    let Some(root) = unit.root.and_then(|root| unit.records.get_mut(root.index())) else { return };
    if let Some(first) = root.fields.get(word) {
        let message = format!("`{}` already has a field `{word}`", root.name);
        notes.report(Diagnostic::error(Code::BAD_EXTENSION, name.span, message).also(first.span, "declared here"));
        return;
    }
    root.fields.insert(word.to_owned(), plain(word, Type::Record(record).into(), name.span));
}
