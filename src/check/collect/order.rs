//! The order in which `let`s and functions can be typed: each after those that it uses. Circles are errors.

use crate::check::graph;
use crate::check::index::{Definition, Index, Meaning};
use crate::check::notes::Notes;
use crate::check::surface;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{FunctionId, LetId, ModuleId};
use crate::syntax::ast;
use std::collections::HashMap;

/// Renumbers `let`s and functions by that order and notes it.
pub(super) fn sort(index: &mut Index<'_>, notes: &mut Notes) {
    let all = definitions(index);
    let edges: Vec<Vec<usize>> = all.iter().map(|definition| uses(index, *definition)).collect();
    let walked = graph::walk(&edges);
    for circle in &walked.circles {
        report(index, &circle.iter().filter_map(|node| all.get(*node).copied()).collect::<Vec<_>>(), notes);
    }
    let circling: Vec<usize> = walked.circles.concat();
    let order = walked.order.iter().filter_map(|node| Some((all.get(*node).copied()?, circling.contains(node))));
    renumber(index, &order.collect::<Vec<_>>());
}

/// All `let`s, then all functions.
fn definitions(index: &Index<'_>) -> Vec<Definition> {
    let lets = (0..index.lets.len()).map(|id| Definition::Let(LetId::new(id)));
    let functions = (0..index.functions.len()).map(|id| Definition::Function(FunctionId::new(id)));
    lets.chain(functions).collect()
}

fn number(index: &Index<'_>, definition: Definition) -> Option<usize> {
    match definition {
        Definition::Let(id) => Some(id.index()),
        Definition::Function(id) => Some(index.lets.len() + id.index()),
        _ => None,
    }
}

/// Module, name and expression of a `let` or a function.
fn parts<'a>(index: &Index<'a>, definition: Definition) -> Option<(ModuleId, &'a ast::Name, &'a ast::Expr)> {
    match definition {
        Definition::Let(id) => index.lets.get(id.index()).map(|it| (it.module, &it.node.name, &it.node.value)),
        Definition::Function(id) => index.functions.get(id.index()).map(|it| (it.module, &it.node.name, &it.node.body)),
        _ => None,
    }
}

/// Local names cannot hide others, so every name that leads to a definition is a use of it.
fn uses(index: &Index<'_>, definition: Definition) -> Vec<usize> {
    let Some((module, _, expr)) = parts(index, definition) else { return Vec::new() };
    let meant = surface::names(expr).filter_map(|name| match index.meaning(module, name) {
        Meaning::One(named, _) => number(index, named.definition),
        _ => None,
    });
    let mut uses: Vec<usize> = meant.collect();
    uses.sort_unstable();
    uses.dedup();
    uses
}

fn report(index: &Index<'_>, circle: &[Definition], notes: &mut Notes) {
    let names: Vec<&ast::Name> =
        circle.iter().filter_map(|node| parts(index, *node)).map(|(_, name, _)| name).collect();
    let Some((first, rest)) = names.split_first() else { return };
    let through: Vec<String> = rest.iter().map(|name| format!("`{}`", name.text)).collect();
    let message = if through.is_empty() {
        format!("`{}` is defined by itself", first.text)
    } else {
        format!("`{}` is defined by itself through {}", first.text, through.join(", "))
    };
    let diagnostic = Diagnostic::error(Code::DEFINITION_CYCLE, first.span, message);
    notes.report(rest.iter().fold(diagnostic, |diagnostic, name| diagnostic.also(name.span, "part of the circle")));
}

/// Puts `let`s and functions into the order found, and their new numbers into the modules' names.
fn renumber(index: &mut Index<'_>, order: &[(Definition, bool)]) {
    let (mut lets, mut functions) = (Vec::new(), Vec::new());
    let mut renamed: HashMap<Definition, Definition> = HashMap::new();
    for (old, circling) in order {
        let new = match old {
            Definition::Let(id) => {
                lets.extend(index.lets.get(id.index()).copied());
                Definition::Let(LetId::new(lets.len() - 1))
            }
            Definition::Function(id) => {
                functions.extend(index.functions.get(id.index()).copied());
                Definition::Function(FunctionId::new(functions.len() - 1))
            }
            other => *other,
        };
        renamed.insert(*old, new);
        index.order.extend((!circling).then_some(new));
    }
    for named in index.modules.iter_mut().flat_map(|module| module.names.values_mut()) {
        named.definition = renamed.get(&named.definition).copied().unwrap_or(named.definition);
    }
    (index.lets, index.functions) = (lets, functions);
}
