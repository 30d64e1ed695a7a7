//! What an expression costs at most: depth, size and nested loops, with `let`s and functions put in.
//!
//! The product over calls is what counts: fifty functions that each call the next twice are 2⁵⁰ parts.

use super::index::Definition;
use super::limits::{MAX_EXPANDED_DEPTH, MAX_EXPANDED_SIZE, MAX_LOOPS};
use super::notes::Notes;
use super::unit::Unit;
use super::walk;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Expr, ExprKind, RequireItem, Rule};
use crate::source::Span;

/// The cost of an expression.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Cost {
    /// How deep it nests.
    pub(super) depth: u64,
    /// How many parts it has.
    pub(super) size: u64,
    /// How many loops stand inside each other.
    pub(super) loops: u64,
}

impl Cost {
    /// Beside another.
    const fn beside(self, other: Self) -> Self {
        Self {
            depth: max(self.depth, other.depth),
            size: self.size.saturating_add(other.size),
            loops: max(self.loops, other.loops),
        }
    }

    /// With another inside it.
    const fn around(self, inner: Self) -> Self {
        Self {
            depth: self.depth.saturating_add(inner.depth),
            size: self.size.saturating_add(inner.size),
            loops: self.loops.saturating_add(inner.loops),
        }
    }
}

const fn max(a: u64, b: u64) -> u64 {
    if a > b { a } else { b }
}

/// One part that is no loop.
const PART: Cost = Cost { depth: 1, size: 1, loops: 0 };
/// One part that goes over a list.
const LOOP: Cost = Cost { depth: 1, size: 1, loops: 1 };

/// The cost of an expression.
pub(super) fn of(unit: &Unit<'_>, expr: &Expr) -> Cost {
    match &expr.kind {
        ExprKind::Map { list, body, .. }
        | ExprKind::Filter { list, predicate: body, .. }
        | ExprKind::Quantify { list, body, .. } => {
            let list = of(unit, list);
            LOOP.around(of(unit, body)).beside(PART.around(list))
        }
        ExprKind::Let(id) => PART.around(known(unit, Definition::Let(*id))),
        ExprKind::Call(id, _) => PART.around(known(unit, Definition::Function(*id)).beside(parts(unit, expr))),
        _ => PART.around(parts(unit, expr)),
    }
}

fn parts(unit: &Unit<'_>, expr: &Expr) -> Cost {
    expr.parts().into_iter().map(|part| of(unit, part)).fold(Cost::default(), Cost::beside)
}

fn known(unit: &Unit<'_>, definition: Definition) -> Cost {
    unit.costs.get(&definition).copied().unwrap_or_default()
}

/// Refuses an expression past a limit; what it costs where it is within all of them.
pub(super) fn within_limits(unit: &Unit<'_>, expr: &Expr, what: &str, notes: &mut Notes) -> Option<Cost> {
    limited(of(unit, expr), expr.span, what, notes)
}

/// Refuses a rule past a limit; each `for` is a loop round what it holds.
pub(super) fn rule_within_limits(unit: &Unit<'_>, rule: &Rule, notes: &mut Notes) -> Option<Cost> {
    let beside = rule.when.iter().chain(rule.review.iter().filter_map(|review| review.condition.as_ref()));
    let cost = beside.map(|expr| of(unit, expr)).fold(items(unit, &rule.body), Cost::beside);
    limited(cost, rule.span, "this rule", notes)
}

fn items(unit: &Unit<'_>, items: &[RequireItem]) -> Cost {
    let costs = items.iter().map(|item| match item {
        RequireItem::Require(require) => {
            let shown = require.message.iter().flat_map(walk::shown).map(|expr| of(unit, expr));
            shown.fold(of(unit, &require.condition), Cost::beside)
        }
        RequireItem::Check(check) => {
            let options = check.options.iter().map(|(_, option)| option);
            let shown = check.message.iter().flat_map(walk::shown);
            let parts = options.chain(shown).map(|expr| of(unit, expr));
            PART.around(parts.fold(of(unit, &check.subject), Cost::beside))
        }
        RequireItem::For(block) => {
            let inner =
                block.filter.iter().map(|filter| of(unit, filter)).fold(self::items(unit, &block.body), Cost::beside);
            LOOP.around(inner).beside(of(unit, &block.list))
        }
    });
    costs.fold(Cost::default(), Cost::beside)
}

fn limited(cost: Cost, span: Span, what: &str, notes: &mut Notes) -> Option<Cost> {
    let limits = [
        (
            cost.depth,
            MAX_EXPANDED_DEPTH,
            Code::TOO_DEEP,
            "levels of nesting",
            "let fewer functions call each other in a row",
        ),
        (cost.size, MAX_EXPANDED_SIZE, Code::TOO_LARGE, "parts", "call fewer functions that call others twice"),
        (
            cost.loops,
            MAX_LOOPS,
            Code::TOO_MANY_LOOPS,
            "loops inside each other",
            "ask for less at once, or prepare a list with `let`",
        ),
    ];
    for (found, most, code, of_what, help) in limits {
        if found > most {
            let message = format!("with its `let`s and functions put in, {what} has more than {most} {of_what}");
            return notes.refuse(Diagnostic::error(code, span, message).help(help));
        }
    }
    Some(cost)
}
