//! `use`: which module each one means, and circles of them.

use crate::check::graph;
use crate::check::index::{Index, Used, UsedPlugin};
use crate::check::notes::{Notes, suggest};
use crate::diagnostic::{Code, Diagnostic};
use crate::function::LibraryId;
use crate::ir::{ModuleId, PackId};
use crate::source::Span;
use crate::syntax::ast::{self, Use};

/// Resolves every `use`.
pub(super) fn resolve(index: &mut Index<'_>, notes: &mut Notes) {
    twice(index, notes);
    for id in 0..index.modules.len() {
        let id = ModuleId::new(id);
        let Some(file) = index.module(id).map(|module| module.file) else { continue };
        for clause in &file.header.uses {
            one(index, id, clause, notes);
        }
    }
    circles(index, notes);
}

fn one<'a>(index: &mut Index<'a>, id: ModuleId, clause: &'a Use, notes: &mut Notes) {
    match clause {
        Use::Module(name) => {
            let found = find(index, id, name, notes);
            if let Some(module) = index.modules.get_mut(id.index()) {
                module.incomplete |= found.is_none();
                module.uses.extend(found.filter(|found| *found != id).map(|module| Used { module, span: name.span }));
            }
        }
        Use::Plugin { plugin, alias } => {
            let library = library(index, id, plugin, notes);
            twice_used(index, id, alias, notes);
            if let Some(module) = index.modules.get_mut(id.index()) {
                module.plugins.push(UsedPlugin { alias, library });
            }
        }
    }
}

/// The library behind a plugin's name: one that the pack brings, or one that the embedding program lends.
fn library(index: &Index<'_>, from: ModuleId, name: &ast::Name, notes: &mut Notes) -> Option<LibraryId> {
    let manifest = &index.pack(index.module(from)?.pack)?.manifest;
    if let Some(found) = index.registry.library(&manifest.name.value, &name.text) {
        return Some(found);
    }
    let plugins = manifest.plugins.iter().map(|plugin| plugin.name.value.as_str());
    if plugins.clone().any(|plugin| plugin == name.text) {
        let message = format!("`{}` cannot be called: this program was built without plugins", name.text);
        let diagnostic = Diagnostic::error(Code::NO_PLUGINS, name.span, message);
        return notes.refuse(diagnostic.help("build it with the feature `plugins`"));
    }
    let message = format!("the pack's manifest names no plugin `{}`", name.text);
    let diagnostic = Diagnostic::error(Code::NO_SUCH_PLUGIN, name.span, message);
    notes.refuse(suggest(diagnostic, &name.text, plugins))
}

fn twice_used(index: &Index<'_>, module: ModuleId, alias: &ast::Name, notes: &mut Notes) {
    let used = index.module(module).map(|module| module.plugins.as_slice()).unwrap_or_default();
    if let Some(first) = used.iter().find(|used| used.alias.text == alias.text) {
        let message = format!("two plugins are called `{}` here", alias.text);
        notes.report(
            Diagnostic::error(Code::DUPLICATE_NAME, alias.span, message).also(first.alias.span, "the first one"),
        );
    }
}

fn find(index: &Index<'_>, from: ModuleId, name: &ast::Name, notes: &mut Notes) -> Option<ModuleId> {
    let module = index.module(from)?;
    if let Some(first) = module.uses.iter().find(|used| named(index, used.module) == Some(name.text.as_str())) {
        notes.report(
            Diagnostic::error(Code::DUPLICATE_NAME, name.span, format!("`{}` is used twice", name.text))
                .also(first.span, "the first time"),
        );
        return Some(first.module);
    }
    let packs = index.visible(module.pack);
    let candidates =
        |pack: PackId| (0..index.modules.len()).map(ModuleId::new).filter(move |id| index.pack_of(*id) == pack);
    let found =
        packs.iter().find_map(|pack| candidates(*pack).find(|id| named(index, *id) == Some(name.text.as_str())));
    match found {
        Some(found) if found == from => {
            notes.report(Diagnostic::error(
                Code::MODULE_CYCLE,
                name.span,
                format!("module `{}` uses itself", name.text),
            ));
        }
        None if !index.relations.get(module.pack.index()).is_some_and(|pack| pack.incomplete) => {
            let seen = packs.iter().flat_map(|pack| candidates(*pack)).filter_map(|id| named(index, id));
            let message = format!("no module `{}` in this pack or those whose model it uses", name.text);
            notes.report(suggest(Diagnostic::error(Code::UNKNOWN_MODULE, name.span, message), &name.text, seen));
        }
        _ => {}
    }
    found
}

fn named<'i>(index: &'i Index<'_>, id: ModuleId) -> Option<&'i str> {
    index.module(id).map(|module| module.file.header.name.text.as_str())
}

/// Two modules of one name in one pack.
fn twice(index: &Index<'_>, notes: &mut Notes) {
    for (at, module) in index.modules.iter().enumerate() {
        let name = &module.file.header.name;
        let earlier = index.modules.iter().take(at);
        if let Some(first) =
            earlier.into_iter().find(|it| it.pack == module.pack && it.file.header.name.text == name.text)
        {
            notes.report(
                Diagnostic::error(Code::DUPLICATE_MODULE, name.span, format!("two modules are called `{}`", name.text))
                    .also(first.file.header.name.span, "the first one"),
            );
        }
    }
}

fn circles(index: &Index<'_>, notes: &mut Notes) {
    let edges: Vec<Vec<usize>> =
        index.modules.iter().map(|module| module.uses.iter().map(|used| used.module.index()).collect()).collect();
    for circle in graph::walk(&edges).circles {
        let steps: Vec<(&str, Span)> = circle
            .iter()
            .zip(circle.iter().cycle().skip(1))
            .filter_map(|(from, to)| {
                let module = index.modules.get(*from)?;
                let used = module.uses.iter().find(|used| used.module.index() == *to)?;
                Some((module.file.header.name.text.as_str(), used.span))
            })
            .collect();
        let Some(((name, span), rest)) = steps.split_first() else { continue };
        let message = format!("module `{name}` uses itself through {}", through(rest));
        let diagnostic = Diagnostic::error(Code::MODULE_CYCLE, *span, message);
        let diagnostic = rest
            .iter()
            .fold(diagnostic, |diagnostic, (name, span)| diagnostic.also(*span, format!("used by `{name}`")));
        notes.report(diagnostic.help("move what both need into a module of its own"));
    }
}

fn through(steps: &[(&str, Span)]) -> String {
    let names: Vec<String> = steps.iter().map(|(name, _)| format!("`{name}`")).collect();
    names.join(", ")
}
