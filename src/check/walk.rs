//! Walks over resolved expressions. Their depth is bounded by that of the text.

use super::unit::Unit;
use crate::ir::{Expr, ExprKind, FunctionId, LetId, Message, MessagePart, RequireItem};

/// The body behind a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Body {
    Let(LetId),
    Function(FunctionId),
}

/// An expression and everything in it.
pub(super) fn all(expr: &Expr) -> impl Iterator<Item = &Expr> {
    let mut waiting = vec![expr];
    std::iter::from_fn(move || {
        let next = waiting.pop()?;
        waiting.extend(next.parts().into_iter().rev());
        Some(next)
    })
}

/// What a `let` or a call stands for.
pub(super) fn body<'u>(unit: &'u Unit<'_>, expr: &Expr) -> Option<(Body, &'u Expr)> {
    match expr.kind {
        ExprKind::Let(id) => Some((Body::Let(id), &unit.let_(id)?.code.body)),
        ExprKind::Call(id, _) => Some((Body::Function(id), &unit.function(id)?.code.body)),
        _ => None,
    }
}

/// Every requirement's condition and every `for`'s list and filter, in source order.
pub(super) fn required<'r>(items: &'r [RequireItem], see: &mut dyn FnMut(Required<'r>)) {
    for item in items {
        match item {
            RequireItem::Require(require) => see(Required::Condition(&require.condition)),
            RequireItem::Check(check) => {
                see(Required::Given(&check.subject));
                check.options.iter().for_each(|(_, option)| see(Required::Given(option)));
            }
            RequireItem::For(block) => {
                see(Required::List(&block.list));
                if let Some(filter) = &block.filter {
                    see(Required::Filter(filter));
                }
                required(&block.body, see);
            }
        }
    }
}

/// An expression of a rule's body, by what it is there for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Required<'r> {
    /// `require condition`
    Condition(&'r Expr),
    /// `for x in list`
    List(&'r Expr),
    /// `where filter`
    Filter(&'r Expr),
    /// what a check is given
    Given(&'r Expr),
}

/// The expressions in a message.
pub(super) fn shown(message: &Message) -> impl Iterator<Item = &Expr> {
    message.en.iter().chain(message.zh.iter().flatten()).filter_map(|part| match part {
        MessagePart::Value(expr) => Some(expr),
        MessagePart::Text(_) => None,
    })
}
