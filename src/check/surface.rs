//! Walks over surface expressions that need no types: parts, depth, names. Iterative, so that no text is too deep.

use crate::syntax::ast::{Expr, ExprKind};

/// The direct parts of an expression.
pub(super) fn parts(expr: &Expr) -> Vec<&Expr> {
    match &expr.kind {
        ExprKind::Literal(_) | ExprKind::Name(_) => Vec::new(),
        ExprKind::List(items) | ExprKind::Junction(_, items) => items.iter().collect(),
        ExprKind::Field(inner, _)
        | ExprKind::Project(inner, _)
        | ExprKind::Not(inner)
        | ExprKind::Negate(inner)
        | ExprKind::Paren(inner)
        | ExprKind::Matches(inner, _)
        | ExprKind::Is { of: inner, .. } => vec![inner],
        ExprKind::Call(callee, arguments) => std::iter::once(callee.as_ref()).chain(arguments).collect(),
        ExprKind::Implies(a, b)
        | ExprKind::Compare(_, a, b)
        | ExprKind::Arithmetic(_, a, b)
        | ExprKind::Coalesce(a, b)
        | ExprKind::In { element: a, list: b, .. }
        | ExprKind::Covers(a, b)
        | ExprKind::StartsWith(a, b)
        | ExprKind::Contains(a, b)
        | ExprKind::Quantified { list: a, body: b, .. }
        | ExprKind::QuantifiedIn { list: a, set: b, .. }
        | ExprKind::Where { list: a, predicate: b, .. } => vec![a, b],
        ExprKind::Within { date, period, before } => vec![date, period, before],
    }
}

/// Every part of an expression at any depth, itself included, with its depth.
pub(super) fn all(expr: &Expr) -> impl Iterator<Item = (&Expr, usize)> {
    let mut waiting = vec![(expr, 1)];
    std::iter::from_fn(move || {
        let (next, depth) = waiting.pop()?;
        waiting.extend(parts(next).into_iter().map(|part| (part, depth + 1)));
        Some((next, depth))
    })
}

/// Every bare name in an expression.
pub(super) fn names(expr: &Expr) -> impl Iterator<Item = &str> {
    all(expr).filter_map(|(part, _)| match &part.kind {
        ExprKind::Name(name) => Some(name.as_str()),
        _ => None,
    })
}

/// An expression without the parentheses round it.
pub(super) fn bare(expr: &Expr) -> &Expr {
    let mut inner = expr;
    while let ExprKind::Paren(within) = &inner.kind {
        inner = within;
    }
    inner
}
