//! Small changes of what rules share: the body of a `let` or a function, the value of a parameter.

use super::expression::{Variant, variants};
use super::names::Names;
use super::rule::Mutant;
use crate::syntax::ast::{Expr, Function, ItemKind, Let, Param, ParamValue};

/// Every mutant of a `let`; `truth` says whether it is asked for its truth.
pub(super) fn of_let(bound: &Let, truth: bool, names: &Names<'_>) -> Vec<Mutant> {
    changed(&bound.value, truth, names, |value| ItemKind::Let(Let { value, ..bound.clone() }))
}

/// Every mutant of a function; `truth` says whether it is asked for its truth.
pub(super) fn of_function(function: &Function, truth: bool, names: &Names<'_>) -> Vec<Mutant> {
    changed(&function.body, truth, names, |body| ItemKind::Function(Function { body, ..function.clone() }))
}

/// Every mutant of a parameter's value; of a table, of each row's.
pub(super) fn of_param(param: &Param, names: &Names<'_>) -> Vec<Mutant> {
    let with = |value| ItemKind::Param(Param { value, ..param.clone() });
    match &param.value {
        ParamValue::Expr(value) => changed(value, false, names, |value| with(ParamValue::Expr(value))),
        ParamValue::Table(rows, span) => {
            let each = rows.iter().enumerate().flat_map(|(index, row)| {
                changed(&row.value, false, names, |value| {
                    let mut rows = rows.clone();
                    if let Some(row) = rows.get_mut(index) {
                        row.value = value;
                    }
                    with(ParamValue::Table(rows, *span))
                })
            });
            each.collect()
        }
    }
}

fn changed(expr: &Expr, truth: bool, names: &Names<'_>, make: impl Fn(Expr) -> ItemKind) -> Vec<Mutant> {
    let variants = variants(expr, truth, names).into_iter();
    variants.map(|Variant { span, change, expr }| Mutant { span, change, item: make(expr) }).collect()
}
