//! The constants of a rule: what it compares with, also through parameters, `let`s and functions.

use crate::ir::shape::{every_expression, shape};
use crate::ir::{Constant, Expr, ExprKind, ParamValue, Policy, Rule, Type};
use indexmap::IndexSet;

/// Every expression of a rule, with those inside of `let`s and functions.
pub(crate) fn every<'p>(policy: &'p Policy, rule: &'p Rule, see: &mut dyn FnMut(&'p Expr)) {
    let mut seen = (IndexSet::new(), IndexSet::new());
    every_expression(rule, &mut |expr| inside(policy, expr, &mut seen, see));
}

type Opened = (IndexSet<usize>, IndexSet<usize>);

fn inside<'p>(policy: &'p Policy, expr: &'p Expr, seen: &mut Opened, see: &mut dyn FnMut(&'p Expr)) {
    see(expr);
    match &expr.kind {
        ExprKind::Let(id) if seen.0.insert(id.index()) => {
            if let Some(bound) = policy.lets.get(id.index()) {
                inside(policy, &bound.code.body, seen, see);
            }
        }
        ExprKind::Call(id, _) if seen.1.insert(id.index()) => {
            if let Some(function) = policy.functions.get(id.index()) {
                inside(policy, &function.code.body, seen, see);
            }
        }
        _ => {}
    }
    let shape = shape(expr);
    for part in shape.operands.into_iter().chain(shape.body.map(|(_, body)| body)) {
        inside(policy, part, seen, see);
    }
}

/// What a rule compares with, each once, with its type. Days on which it begins or ends to be in force are among them.
pub(crate) fn constants(policy: &Policy, rule: &Rule) -> IndexSet<(Type, Constant)> {
    let mut found = IndexSet::new();
    every(policy, rule, &mut |expr| match &expr.kind {
        ExprKind::Constant(constant) => drop(found.insert((expr.ty.clone(), constant.clone()))),
        ExprKind::Param(id) | ExprKind::Lookup(id, _) => {
            if let Some(param) = policy.params.get(id.index()) {
                of_value(&param.value, &param.ty, &mut found);
            }
        }
        _ => {}
    });
    let days = [rule.effective.from, rule.effective.until];
    found.extend(days.into_iter().flatten().map(|day| (Type::Date, Constant::Date(day))));
    found
}

fn of_value(value: &ParamValue, ty: &Type, found: &mut IndexSet<(Type, Constant)>) {
    let inner = match ty {
        Type::List(element) => element.as_ref(),
        other => other,
    };
    match value {
        ParamValue::Scalar(constant) => drop(found.insert((ty.clone(), constant.clone()))),
        ParamValue::List(all) => found.extend(all.iter().map(|constant| (inner.clone(), constant.clone()))),
        ParamValue::Table(_, values) => values.iter().for_each(|value| of_value(value, ty, found)),
    }
}
