//! First phase: which packs, modules and names there are. It looks at no type and no expression but for the names in it.

mod duplicates;
mod order;
mod packs;
mod uses;

pub(super) use duplicates::{hidden, reserved};

use super::index::{Declared, Definition, Index, Module, Named};
use super::notes::Notes;
use crate::function::Registry;
use crate::ir::{EnumId, FunctionId, LetId, ModuleId, PackId, ParamId, RecordId};
use crate::pack::LoadedPack;
use crate::syntax::ast::{self, ItemKind};
use indexmap::IndexMap;

/// Collects what all packs declare.
pub(super) fn collect<'a>(packs: &'a [LoadedPack], registry: &'a Registry, notes: &mut Notes) -> Index<'a> {
    let mut index = Index {
        packs,
        registry,
        relations: packs::relate(packs, notes),
        modules: modules(packs),
        enums: Vec::new(),
        records: Vec::new(),
        params: Vec::new(),
        lets: Vec::new(),
        functions: Vec::new(),
        order: Vec::new(),
        declarations: Vec::new(),
        rules: Vec::new(),
        outside: Vec::new(),
        tightens: Vec::new(),
        raises: Vec::new(),
    };
    for module in 0..index.modules.len() {
        items(&mut index, ModuleId::new(module), notes);
    }
    uses::resolve(&mut index, notes);
    duplicates::find(&index, notes);
    order::sort(&mut index, notes);
    index
}

fn modules(packs: &[LoadedPack]) -> Vec<Module<'_>> {
    let files = packs.iter().enumerate().flat_map(|(pack, loaded)| loaded.modules.iter().map(move |file| (pack, file)));
    files
        .map(|(pack, file)| Module {
            pack: PackId::new(pack),
            file,
            names: IndexMap::new(),
            uses: Vec::new(),
            plugins: Vec::new(),
            incomplete: false,
        })
        .collect()
}

/// Sorts a module's items into the tables and enters its names.
fn items(index: &mut Index<'_>, module: ModuleId, notes: &mut Notes) {
    let Some(file) = index.module(module).map(|module| module.file) else { return };
    for item in &file.items {
        if let Some((name, definition)) = enter(index, module, item) {
            duplicates::name(index, module, name, definition, notes);
        }
    }
}

/// Puts an item into its table; what it names, where it names something that expressions or types can use.
fn enter<'a>(index: &mut Index<'a>, module: ModuleId, item: &'a ast::Item) -> Option<(&'a ast::Name, Definition)> {
    match &item.kind {
        ItemKind::Enum(node) => {
            let id = push(&mut index.enums, module, item, node);
            Some((&node.name, Definition::Enum(EnumId::new(id))))
        }
        ItemKind::Record(node) => {
            let id = push(&mut index.records, module, item, node);
            Some((&node.name, Definition::Record(RecordId::new(id))))
        }
        ItemKind::Param(node) => {
            let id = push(&mut index.params, module, item, node);
            Some((&node.name, Definition::Param(ParamId::new(id))))
        }
        ItemKind::Let(node) => {
            let id = push(&mut index.lets, module, item, node);
            Some((&node.name, Definition::Let(LetId::new(id))))
        }
        ItemKind::Function(node) => {
            let id = push(&mut index.functions, module, item, node);
            Some((&node.name, Definition::Function(FunctionId::new(id))))
        }
        ItemKind::Declaration(node) => nameless(push(&mut index.declarations, module, item, node)),
        ItemKind::Rule(node) => nameless(push(&mut index.rules, module, item, node)),
        ItemKind::Outside(node) => nameless(push(&mut index.outside, module, item, node)),
        ItemKind::Tighten(node) => nameless(push(&mut index.tightens, module, item, node)),
        ItemKind::Raise(node) => nameless(push(&mut index.raises, module, item, node)),
        ItemKind::Test(_) => None,
    }
}

fn push<'a, T>(table: &mut Vec<Declared<'a, T>>, module: ModuleId, item: &'a ast::Item, node: &'a T) -> usize {
    table.push(Declared { module, item, node });
    table.len() - 1
}

/// For items that no name leads to.
const fn nameless<T>(_index: usize) -> Option<T> {
    None
}

/// Enters a name into a module; the definition that had it before, where there is one.
fn declare<'a>(index: &mut Index<'a>, module: ModuleId, name: &'a ast::Name, definition: Definition) -> Option<Named> {
    let names = &mut index.modules.get_mut(module.index())?.names;
    let first = names.get(name.text.as_str()).copied();
    if first.is_none() {
        names.insert(&name.text, Named { definition, span: name.span });
    }
    first
}
