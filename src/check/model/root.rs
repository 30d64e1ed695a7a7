//! Which record a declaration is.

use crate::check::index::Index;
use crate::check::notes::{Notes, suggest};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{PackId, RecordId};
use crate::pack::Placed;
use crate::syntax::ast;

/// The root of all packs: they judge the same declarations.
pub(super) fn find(index: &Index<'_>, notes: &mut Notes) -> Option<RecordId> {
    let named =
        index.packs.iter().enumerate().filter_map(|(pack, loaded)| Some((pack, loaded.manifest.root.as_ref()?)));
    let roots: Vec<(&Placed<String>, Option<RecordId>)> =
        named.map(|(pack, name)| (name, of_pack(index, PackId::new(pack), name, notes))).collect();
    let Some(((first, root), rest)) = roots.split_first() else { return none(index, notes) };
    let agreed = rest.iter().all(|(_, other)| other == root);
    for (name, other) in rest {
        if let (Some(_), Some(_)) = (root, other)
            && root != other
        {
            let message = format!("`{}` is a second root: packs that are loaded together have one", name.value);
            let diagnostic = Diagnostic::error(Code::BAD_ROOT, name.span, message).also(first.span, "the first one");
            notes.report(diagnostic.help("name the other pack in `model = […]` and leave `root` out"));
        }
    }
    root.filter(|_| agreed)
}

fn of_pack(index: &Index<'_>, pack: PackId, name: &Placed<String>, notes: &mut Notes) -> Option<RecordId> {
    if let Some(extends) = index.pack(pack).and_then(|pack| pack.manifest.extends.as_ref()) {
        let diagnostic =
            Diagnostic::error(Code::MODEL_TOUCHED, name.span, "an overlay has the root of what it extends");
        return notes.refuse(diagnostic.also(extends.span, "extended here").help("remove `root`"));
    }
    let own = |declared: &ast::Record| declared.name.text == name.value;
    let found = index.records.iter().position(|it| index.pack_of(it.module) == pack && own(it.node));
    if found.is_none() {
        let message = format!("no record of this pack is called `{}`", name.value);
        let records =
            index.records.iter().filter(|it| index.pack_of(it.module) == pack).map(|it| it.node.name.text.as_str());
        notes.report(suggest(Diagnostic::error(Code::BAD_ROOT, name.span, message), &name.value, records));
    }
    found.map(RecordId::new)
}

fn none(index: &Index<'_>, notes: &mut Notes) -> Option<RecordId> {
    if index.packs.is_empty() {
        return notes.refuse(Diagnostic::placeless(Code::BAD_ROOT, "no pack is loaded"));
    }
    let missing = index.relations.iter().any(|pack| pack.incomplete);
    let first = index.packs.first().filter(|_| !missing)?;
    let diagnostic =
        Diagnostic::error(Code::BAD_ROOT, first.manifest.name.span, "no pack names the record that a declaration is");
    notes.refuse(diagnostic.help("add `root = \"Product\"`, or load the pack whose model is used"))
}
