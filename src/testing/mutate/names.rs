//! The names that mutants need to know: parameters with their unit, and the members of enums with their neighbours.

use crate::engine::Engine;
use crate::source::{SourceMap, Span};
use crate::syntax::ast::{Enum, Expr, ExprKind, ItemKind, Literal, ParamValue};
use indexmap::IndexSet;
use std::collections::HashMap;

/// The names of all packs.
pub(super) struct Names<'e> {
    sources: &'e SourceMap,
    units: HashMap<&'e str, Literal>,
    enums: Vec<&'e Enum>,
}

impl<'e> Names<'e> {
    pub(super) fn new(engine: &'e Engine) -> Self {
        let mut names = Self { sources: engine.sources(), units: HashMap::new(), enums: Vec::new() };
        for item in engine.packs().iter().flat_map(|pack| &pack.modules).flat_map(|module| &module.items) {
            match &item.kind {
                ItemKind::Param(param) => {
                    if let ParamValue::Expr(value) = &param.value
                        && let Some(unit) = unit(value)
                    {
                        names.units.insert(&param.name.text, unit);
                    }
                }
                ItemKind::Enum(declared) => names.enums.push(declared),
                _ => {}
            }
        }
        names
    }

    /// One unit of a parameter's value, where it has one.
    pub(super) fn unit_of(&self, name: &str) -> Option<&Literal> {
        self.units.get(name)
    }

    /// The members beside one: in the enum of a name, or in each that has it, since only the checker knows which is meant.
    pub(super) fn neighbours(&self, member: &str, enumeration: Option<&str>) -> Vec<&'e str> {
        let enums = self.enums.iter().filter(|declared| enumeration.is_none_or(|name| declared.name.text == name));
        let beside = enums.flat_map(|declared| {
            let at = declared.members.iter().position(|known| known.name.text == member);
            let beside = at.into_iter().flat_map(|at| [at.checked_sub(1), Some(at + 1)]).flatten();
            beside.filter_map(|at| declared.members.get(at)).map(|member| member.name.text.as_str())
        });
        beside.collect::<IndexSet<&str>>().into_iter().collect()
    }

    /// The words at a place, on one line.
    pub(super) fn text(&self, span: Span) -> String {
        self.sources.slice(span).split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

fn unit(value: &Expr) -> Option<Literal> {
    match &value.kind {
        ExprKind::Literal(Literal::Number(_)) => Some(Literal::Number("1".to_owned())),
        ExprKind::Literal(Literal::Percent(_)) => Some(Literal::Percent("1".to_owned())),
        ExprKind::Literal(Literal::Quantity { unit, .. }) => {
            Some(Literal::Quantity { number: "1".to_owned(), unit: unit.clone() })
        }
        ExprKind::Literal(Literal::Date(_)) => {
            Some(Literal::Quantity { number: "1".to_owned(), unit: "day".to_owned() })
        }
        ExprKind::Paren(inner) => unit(inner),
        _ => None,
    }
}
