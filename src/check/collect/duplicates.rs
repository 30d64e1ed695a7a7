//! Names that stand for two things, and names that are the language's own.

use super::declare;
use crate::check::index::{Definition, Index, Module, Named};
use crate::check::notes::Notes;
use crate::diagnostic::{Code, Diagnostic};
use crate::function::BUILT_IN;
use crate::ir::ModuleId;
use crate::source::Span;
use crate::syntax::ast;
use indexmap::IndexMap;

/// Words that mean something in every expression.
const VALUES: &[&str] = &["product", "as_of"];
/// Words that are types.
const TYPES: &[&str] =
    &["bool", "number", "ratio", "money", "date", "duration", "text", "name", "prose", "list", "ref", "table"];

/// Enters a name into its module, unless it is taken. A reserved one is entered too, so that its uses are no news.
pub(super) fn name<'a>(
    index: &mut Index<'a>,
    module: ModuleId,
    name: &'a ast::Name,
    definition: Definition,
    notes: &mut Notes,
) {
    let is_type = matches!(definition, Definition::Enum(_) | Definition::Record(_));
    if let Some(diagnostic) = reserved(index, name, is_type) {
        notes.report(diagnostic);
    }
    if let Some(first) = declare(index, module, name, definition) {
        notes.report(twice(name, first.span));
    }
}

/// Why a name cannot be one's own, where it cannot.
pub(in crate::check) fn reserved(index: &Index<'_>, name: &ast::Name, is_type: bool) -> Option<Diagnostic> {
    let word = name.text.as_str();
    let whose = if VALUES.contains(&word) || BUILT_IN.contains(&word) || (is_type && TYPES.contains(&word)) {
        "a word of the language"
    } else if index.registry.index_of(word).is_some() {
        "the name of a function of this engine"
    } else {
        return None;
    };
    let message = format!("`{word}` is {whose} and cannot be the name of something else");
    Some(
        Diagnostic::error(Code::RESERVED_NAME, name.span, message).help(format!("call it `{word}_` or something else")),
    )
}

fn twice(name: &ast::Name, first: Span) -> Diagnostic {
    Diagnostic::error(Code::DUPLICATE_NAME, name.span, format!("`{}` is declared twice", name.text))
        .also(first, "the first time")
}

/// What only shows when all modules are known.
pub(super) fn find(index: &Index<'_>, notes: &mut Notes) {
    hiding(index, notes);
    types(index, notes);
    params(index, notes);
    rules(index, notes);
}

/// A module's own name that a module which it uses has too.
fn hiding(index: &Index<'_>, notes: &mut Notes) {
    for module in &index.modules {
        for (text, named) in &module.names {
            let other = module.uses.iter().find_map(|used| {
                let other = index.module(used.module)?;
                let first = other.names.get(text).filter(|first| !is_told(module, other, named, first))?;
                Some((other.file.header.name.text.as_str(), first.span))
            });
            if let Some((used, first)) = other {
                let message = format!("`{text}` is also declared in module `{used}`, which is used here");
                notes.report(Diagnostic::error(Code::DUPLICATE_NAME, named.span, message).also(first, "declared here"));
            }
        }
    }
}

/// Whether two definitions of one name are reported for another reason than that one hides the other.
fn is_told(module: &Module<'_>, other: &Module<'_>, one: &Named, another: &Named) -> bool {
    use Definition::{Enum, Param, Record};
    match (one.definition, another.definition) {
        (Enum(_) | Record(_), Enum(_) | Record(_)) => true,
        (Param(_), Param(_)) => module.pack == other.pack,
        _ => false,
    }
}

/// The model is one: its types have one name each.
fn types(index: &Index<'_>, notes: &mut Notes) {
    let enums = index.enums.iter().map(|it| &it.node.name);
    let records = index.records.iter().map(|it| &it.node.name);
    across(enums.chain(records), "type", notes);
}

/// An overlay names a parameter without its module, so a pack has one of a name.
fn params(index: &Index<'_>, notes: &mut Notes) {
    for pack in 0..index.packs.len() {
        let own = index.params.iter().filter(|param| index.pack_of(param.module).index() == pack);
        across(own.map(|param| &param.node.name), "parameter", notes);
    }
}

/// Reports names that stand in two modules; two of one module have been reported.
fn across<'a>(names: impl Iterator<Item = &'a ast::Name>, what: &str, notes: &mut Notes) {
    let mut seen: IndexMap<&str, Span> = IndexMap::new();
    for name in names {
        match seen.get(name.text.as_str()) {
            Some(first) if first.file != name.span.file => {
                let message = format!("a {what} `{}` is declared in two modules", name.text);
                notes.report(Diagnostic::error(Code::DUPLICATE_NAME, name.span, message).also(*first, "the first one"));
            }
            Some(_) => {}
            None => {
                seen.insert(&name.text, name.span);
            }
        }
    }
}

fn rules(index: &Index<'_>, notes: &mut Notes) {
    let mut ids: Vec<&ast::Name> = index.rules.iter().map(|rule| &rule.node.id).collect();
    ids.extend(index.outside.iter().map(|outside| &outside.node.id));
    let mut seen: IndexMap<&str, Span> = IndexMap::new();
    for id in ids {
        match seen.get(id.text.as_str()) {
            Some(first) => notes.report(
                Diagnostic::error(Code::DUPLICATE_RULE, id.span, format!("two rules have the id `{}`", id.text))
                    .also(*first, "the first one")
                    .help("an id names one rule for good: give this one another"),
            ),
            None => {
                seen.insert(&id.text, id.span);
            }
        }
    }
}

/// The definition that a local name would hide, where there is one.
pub(in crate::check) fn hidden(index: &Index<'_>, module: ModuleId, name: &str) -> Option<Named> {
    use crate::check::index::Meaning;
    match index.meaning(module, name) {
        Meaning::One(named, _) => Some(named),
        Meaning::Several(several) => several.first().map(|(named, _)| *named),
        Meaning::Nothing => None,
    }
}
