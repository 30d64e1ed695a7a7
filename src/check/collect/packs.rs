//! How packs stand to each other: whose modules each may use, and which it extends.

use crate::check::index::Relations;
use crate::check::notes::{Notes, suggest};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::PackId;
use crate::pack::{LoadedPack, Placed};
use indexmap::IndexMap;

/// Relates all packs.
pub(super) fn relate(packs: &[LoadedPack], notes: &mut Notes) -> Vec<Relations> {
    let by_name = names(packs, notes);
    let mut relations: Vec<Relations> = packs.iter().map(|pack| related(pack, &by_name, notes)).collect();
    for (own, relation) in relations.iter_mut().enumerate() {
        relation.visible.insert(0, PackId::new(own));
    }
    overlays(packs, &relations, notes);
    inherit(&mut relations);
    relations
}

fn names<'a>(packs: &'a [LoadedPack], notes: &mut Notes) -> IndexMap<&'a str, PackId> {
    let mut by_name: IndexMap<&str, PackId> = IndexMap::new();
    for (index, pack) in packs.iter().enumerate() {
        let name = &pack.manifest.name;
        if let Some(first) = by_name.get(name.value.as_str()).and_then(|first| packs.get(first.index())) {
            let message = format!("two packs are called `{}`", name.value);
            notes.report(
                Diagnostic::error(Code::DUPLICATE_MODULE, name.span, message)
                    .also(first.manifest.name.span, "the first one"),
            );
        } else {
            by_name.insert(&name.value, PackId::new(index));
        }
    }
    by_name
}

fn related(pack: &LoadedPack, by_name: &IndexMap<&str, PackId>, notes: &mut Notes) -> Relations {
    let mut relations = Relations::default();
    let mut find = |named: &Placed<String>| {
        let found = by_name.get(named.value.as_str()).copied();
        if found.is_none() {
            notes.report(missing(named, by_name));
        }
        found
    };
    for named in &pack.manifest.model {
        let found = find(named);
        relations.incomplete |= found.is_none();
        relations.visible.extend(found);
    }
    if let Some(named) = &pack.manifest.extends {
        relations.base = find(named);
        relations.incomplete |= relations.base.is_none();
        relations.visible.extend(relations.base);
    }
    relations
}

fn missing(named: &Placed<String>, by_name: &IndexMap<&str, PackId>) -> Diagnostic {
    let message = format!("no pack `{}` is loaded", named.value);
    let diagnostic = Diagnostic::error(Code::MISSING_PACK, named.span, message);
    suggest(diagnostic, &named.value, by_name.keys().copied()).help("load it together with this pack")
}

/// A pack is extended by one overlay at most, and an overlay by none.
fn overlays(packs: &[LoadedPack], relations: &[Relations], notes: &mut Notes) {
    let mut taken: IndexMap<PackId, &Placed<String>> = IndexMap::new();
    for (pack, relation) in packs.iter().zip(relations) {
        let (Some(base), Some(extends)) = (relation.base, &pack.manifest.extends) else { continue };
        if let Some(first) = taken.get(&base) {
            let message = format!("`{}` is extended by two overlays", extends.value);
            notes.report(
                Diagnostic::error(Code::TWO_OVERLAYS, extends.span, message)
                    .also(first.span, "the first one")
                    .help("load one of them at a time"),
            );
        }
        let under = packs.get(base.index()).and_then(|base| base.manifest.extends.as_ref());
        if let Some(under) = under {
            let message = format!("`{}` is an overlay itself", extends.value);
            notes.report(
                Diagnostic::error(Code::TWO_OVERLAYS, extends.span, message)
                    .also(under.span, format!("it extends `{}`", under.value))
                    .help(format!("extend `{}`", under.value)),
            );
        }
        taken.entry(base).or_insert(extends);
    }
}

/// An overlay sees what its base sees.
fn inherit(relations: &mut [Relations]) {
    let of_bases: Vec<Vec<PackId>> = relations
        .iter()
        .map(|relation| relation.base.and_then(|base| relations.get(base.index())).map(|base| base.visible.clone()))
        .map(Option::unwrap_or_default)
        .collect();
    for (relation, more) in relations.iter_mut().zip(of_bases) {
        let new: Vec<PackId> = more.into_iter().filter(|pack| !relation.visible.contains(pack)).collect();
        relation.visible.extend(new);
    }
}
