//! The shape of an expression: what it is apart from its operands, its operands, and the name that it binds; and a walk
//! over the expressions of a rule. It knows ids of one policy only, and not what they stand for.

use super::{Aggregate, Expr, ExprKind, LocalId, RequireItem, Rule};
use crate::syntax::ast::{ArithmeticOp, CompareOp, Connective, Quantifier};

/// What an expression is apart from its operands. What only the policy can tell (constants, fields, parameters) is left
/// to whoever has the policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Head<'e> {
    /// A leaf, or a head whose meaning stands in the policy: see the expression's kind.
    Named,
    List,
    Follow,
    Map {
        flatten: bool,
    },
    Filter,
    Quantify(Quantifier),
    Aggregate(Aggregate),
    Length,
    Not,
    Junction(Connective),
    Implies,
    Compare(CompareOp),
    Arithmetic(ArithmeticOp),
    Negate,
    In,
    Covers,
    Matches(&'e str),
    StartsWith,
    Contains,
    Within,
    Declared,
    Absent,
    Proven {
        independently: bool,
    },
    Empty,
    IsNull,
    Coalesce,
}

/// An expression, taken apart.
pub(crate) struct Shape<'e> {
    pub(crate) head: Head<'e>,
    pub(crate) operands: Vec<&'e Expr>,
    /// For each element of the first operand: the name that it has, and what is said of it.
    pub(crate) body: Option<(LocalId, &'e Expr)>,
}

pub(crate) fn shape(expr: &Expr) -> Shape<'_> {
    let plain = |head, operands| Shape { head, operands, body: None };
    match &expr.kind {
        ExprKind::Constant(_)
        | ExprKind::Root
        | ExprKind::AsOf
        | ExprKind::Local(_)
        | ExprKind::Param(_)
        | ExprKind::Let(_) => plain(Head::Named, Vec::new()),
        ExprKind::Lookup(_, one) | ExprKind::Field(one, _) => plain(Head::Named, vec![one]),
        ExprKind::Call(_, all) | ExprKind::Native(_, all) => plain(Head::Named, all.iter().collect()),
        ExprKind::List(all) => plain(Head::List, all.iter().collect()),
        ExprKind::Map { list, binder, body, flatten } => {
            Shape { head: Head::Map { flatten: *flatten }, operands: vec![list], body: Some((*binder, body)) }
        }
        ExprKind::Filter { list, binder, predicate } => {
            Shape { head: Head::Filter, operands: vec![list], body: Some((*binder, predicate)) }
        }
        ExprKind::Quantify { quantifier, list, binder, body } => {
            Shape { head: Head::Quantify(*quantifier), operands: vec![list], body: Some((*binder, body)) }
        }
        ExprKind::Follow(one) => plain(Head::Follow, vec![one]),
        ExprKind::Aggregate(which, one) => plain(Head::Aggregate(*which), vec![one]),
        ExprKind::Length(one) => plain(Head::Length, vec![one]),
        ExprKind::Not(one) => plain(Head::Not, vec![one]),
        ExprKind::Negate(one) => plain(Head::Negate, vec![one]),
        ExprKind::Matches(one, pattern) => plain(Head::Matches(pattern), vec![one]),
        ExprKind::Declared(one) => plain(Head::Declared, vec![one]),
        ExprKind::Absent(one) => plain(Head::Absent, vec![one]),
        ExprKind::Empty(one) => plain(Head::Empty, vec![one]),
        ExprKind::IsNull(one) => plain(Head::IsNull, vec![one]),
        ExprKind::Proven { reference, independently } => {
            plain(Head::Proven { independently: *independently }, vec![reference])
        }
        ExprKind::Junction(connective, all) => plain(Head::Junction(*connective), all.iter().collect()),
        ExprKind::Implies(a, b) => plain(Head::Implies, vec![a, b]),
        ExprKind::Compare(op, a, b) => plain(Head::Compare(*op), vec![a, b]),
        ExprKind::Arithmetic(op, a, b) => plain(Head::Arithmetic(*op), vec![a, b]),
        ExprKind::In(a, b) => plain(Head::In, vec![a, b]),
        ExprKind::Covers(a, b) => plain(Head::Covers, vec![a, b]),
        ExprKind::StartsWith(a, b) => plain(Head::StartsWith, vec![a, b]),
        ExprKind::Contains(a, b) => plain(Head::Contains, vec![a, b]),
        ExprKind::Coalesce(a, b) => plain(Head::Coalesce, vec![a, b]),
        ExprKind::Within { date, period, before } => plain(Head::Within, vec![date, period, before]),
    }
}

/// Every expression of a rule that moves verdicts.
pub(crate) fn every_expression<'r>(rule: &'r Rule, see: &mut dyn FnMut(&'r Expr)) {
    rule.when.iter().for_each(&mut *see);
    of_items(&rule.body, see);
    rule.review.iter().filter_map(|review| review.condition.as_ref()).for_each(see);
}

fn of_items<'r>(items: &'r [RequireItem], see: &mut dyn FnMut(&'r Expr)) {
    for item in items {
        match item {
            RequireItem::Require(require) => see(&require.condition),
            RequireItem::Check(check) => {
                see(&check.subject);
                check.options.iter().for_each(|(_, option)| see(option));
            }
            RequireItem::For(each) => {
                see(&each.list);
                each.filter.iter().for_each(&mut *see);
                of_items(&each.body, see);
            }
        }
    }
}
