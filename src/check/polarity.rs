//! Whether moving a parameter in the direction that an overlay may move it tightens every rule that uses it.
//!
//! Of each expression it is known whether its value rises, falls, or does neither plainly when a parameter rises:
//! numbers in their order, `false` before `true`, lists by what they contain. A rule is tighter where its `when`, the
//! lists and filters of its `for`s and its `review when` rise, and where its requirements fall.

use super::notes::Notes;
use super::range::{is_not_negative, is_not_positive};
use super::unit::Unit;
use super::walk::{self, Body, Required};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Aggregate, Direction, Expr, ExprKind, LocalId, ParamId, Rule};
use crate::source::Span;
use crate::syntax::ast::{ArithmeticOp, CompareOp, Quantifier};
use std::collections::HashMap;

/// How a whole moves when a part of it rises.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Sense {
    Rises,
    Falls,
    Unclear,
}

impl Sense {
    /// The sense of a part of a part.
    const fn of(self, inner: Self) -> Self {
        match (self, inner) {
            (Self::Unclear, _) | (_, Self::Unclear) => Self::Unclear,
            (Self::Rises, Self::Rises) | (Self::Falls, Self::Falls) => Self::Rises,
            (Self::Rises, Self::Falls) | (Self::Falls, Self::Rises) => Self::Falls,
        }
    }
}

use Sense::{Falls, Rises, Unclear};

/// What an expression depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Input {
    Param(ParamId),
    Local(LocalId),
}

/// One way in which an expression depends on something.
#[derive(Debug, Clone, Copy)]
struct Use {
    input: Input,
    sense: Sense,
    span: Span,
}

/// Refuses directions in which some rule would be loosened.
pub(super) fn refuse_loosening<'r>(unit: &Unit<'_>, rules: impl Iterator<Item = &'r Rule>, notes: &mut Notes) {
    let mut senses = Senses { unit, known: HashMap::new() };
    for rule in rules {
        for (expr, sense) in strict(rule) {
            for found in senses.of(expr) {
                judge(unit, found, found.sense.of_strictness(sense), &rule.id, notes);
            }
        }
    }
    for expr in everywhere(unit) {
        for found in senses.of(expr) {
            judge(unit, found, Unclear, "the model", notes);
        }
    }
}

impl Sense {
    /// How the rule's strictness moves, where the rule is stricter when this expression moves so.
    const fn of_strictness(self, strict: Self) -> Self {
        strict.of(self)
    }
}

/// The expressions of a rule, each with how the rule's strictness moves when it rises.
fn strict(rule: &Rule) -> Vec<(&Expr, Sense)> {
    let mut found: Vec<(&Expr, Sense)> = rule.when.iter().map(|when| (when, Rises)).collect();
    walk::required(&rule.body, &mut |part| {
        found.push(match part {
            Required::Condition(expr) => (expr, Falls),
            Required::List(expr) | Required::Filter(expr) => (expr, Rises),
            Required::Given(expr) => (expr, Unclear),
        });
    });
    found.extend(rule.review.iter().filter_map(|review| review.condition.as_ref()).map(|expr| (expr, Rises)));
    found
}

/// The expressions of the model: they decide what every rule sees, in no plain direction.
fn everywhere<'u>(unit: &'u Unit<'_>) -> impl Iterator<Item = &'u Expr> {
    let fields = unit.records.iter().flat_map(|record| record.fields.values());
    let conditions = fields.filter_map(|field| field.condition.as_ref()).map(|condition| &condition.code.body);
    conditions.chain(unit.handles.stage.iter().map(|stage| &stage.body))
}

fn judge(unit: &Unit<'_>, found: Use, strictness: Sense, whose: &str, notes: &mut Notes) {
    let Input::Param(id) = found.input else { return };
    let Some(param) = unit.param(id).map(|definition| &definition.param) else { return };
    let tightens = match param.direction {
        None => return,
        Some(Direction::Lower | Direction::Fewer) => Falls,
        Some(Direction::Higher | Direction::More) => Rises,
    };
    if strictness == tightens {
        return;
    }
    let declared = unit.index.params.get(id.index()).and_then(|it| it.node.direction.as_ref());
    let word = declared.map_or("", |word| word.text.as_str());
    let (message, help) = if strictness == Unclear {
        let message = format!("nothing shows that `{}` tightens `{whose}` when it is moved `{word}`", param.name);
        (message, "compare it with `<=` or `>=`, or leave `tighten` out: then no overlay may move it")
    } else {
        let message = format!("moving `{}` `{word}` would loosen `{whose}`", param.name);
        (message, "turn the direction round, or leave `tighten` out: then no overlay may move it")
    };
    let diagnostic = Diagnostic::error(Code::LOOSENING_DIRECTION, found.span, message);
    notes.report(diagnostic.also(declared.map_or(param.span, |word| word.span), "the direction").help(help));
}

/// Senses of expressions, those of `let`s and functions once each.
struct Senses<'u, 'a> {
    unit: &'u Unit<'a>,
    known: HashMap<Body, Vec<Use>>,
}

impl Senses<'_, '_> {
    fn of(&mut self, expr: &Expr) -> Vec<Use> {
        let mut found = Vec::new();
        match &expr.kind {
            ExprKind::Param(id) | ExprKind::Lookup(id, _) => {
                found.push(Use { input: Input::Param(*id), sense: Rises, span: expr.span });
            }
            ExprKind::Local(id) => found.push(Use { input: Input::Local(*id), sense: Rises, span: expr.span }),
            ExprKind::Let(_) => found.extend(self.body(expr)),
            ExprKind::Call(_, arguments) => found.extend(self.call(expr, arguments)),
            _ => {}
        }
        for (part, sense) in self.parts(expr) {
            found.extend(self.of(part).into_iter().map(|inner| Use { sense: sense.of(inner.sense), ..inner }));
        }
        distinct(found)
    }

    fn body(&mut self, expr: &Expr) -> Vec<Use> {
        let Some((body, inner)) = walk::body(self.unit, expr) else { return Vec::new() };
        if let Some(known) = self.known.get(&body) {
            return known.clone();
        }
        let found = self.of(inner);
        self.known.insert(body, found.clone());
        found
    }

    /// What a function does with its parameters is what it does with its arguments.
    fn call(&mut self, expr: &Expr, arguments: &[Expr]) -> Vec<Use> {
        let mut found = Vec::new();
        for outer in self.body(expr) {
            match outer.input {
                Input::Param(_) => found.push(outer),
                Input::Local(local) => {
                    let inner = arguments.get(local.index()).map(|argument| self.of(argument)).unwrap_or_default();
                    found.extend(inner.into_iter().map(|inner| Use { sense: outer.sense.of(inner.sense), ..inner }));
                }
            }
        }
        found
    }

    /// The parts of an expression and their senses; arguments of calls aside.
    fn parts<'e>(&self, expr: &'e Expr) -> Vec<(&'e Expr, Sense)> {
        match &expr.kind {
            ExprKind::Call(..) => Vec::new(),
            ExprKind::List(items) | ExprKind::Junction(_, items) => items.iter().map(|item| (item, Rises)).collect(),
            ExprKind::Map { list, body, flatten, .. } => {
                vec![(list, Rises), (body, if *flatten { Rises } else { Unclear })]
            }
            ExprKind::Filter { list, predicate, .. } => vec![(list, Rises), (predicate, Rises)],
            ExprKind::Quantify { quantifier, list, body, .. } => {
                let (of_list, of_body) = quantified(*quantifier);
                vec![(list, of_list), (body, of_body)]
            }
            ExprKind::Aggregate(aggregate, list) => vec![(list, aggregated(*aggregate))],
            ExprKind::Not(inner) | ExprKind::Negate(inner) | ExprKind::Empty(inner) => vec![(inner, Falls)],
            ExprKind::Implies(a, b) => vec![(a, Falls), (b, Rises)],
            ExprKind::Compare(op, a, b) => {
                let (left, right) = compared(*op);
                vec![(a, left), (b, right)]
            }
            ExprKind::Arithmetic(op, a, b) => {
                let (left, right) = self.computed(*op, a, b);
                vec![(a, left), (b, right)]
            }
            ExprKind::In(element, list) => vec![(element, Unclear), (list, Rises)],
            ExprKind::Covers(list, set) => vec![(list, Rises), (set, Falls)],
            ExprKind::Within { date, period, before } => vec![(date, Unclear), (period, Rises), (before, Unclear)],
            ExprKind::Coalesce(path, default) => vec![(path, Rises), (default, Rises)],
            _ => expr.parts().into_iter().map(|part| (part, Unclear)).collect(),
        }
    }

    fn computed(&self, op: ArithmeticOp, a: &Expr, b: &Expr) -> (Sense, Sense) {
        match op {
            ArithmeticOp::Add => (Rises, Rises),
            ArithmeticOp::Subtract => (Rises, Falls),
            ArithmeticOp::Multiply => (self.times(b), self.times(a)),
            ArithmeticOp::Divide => {
                let falls = is_not_negative(self.unit, a) && is_not_negative(self.unit, b);
                (self.times(b), if falls { Falls } else { Unclear })
            }
        }
    }

    /// How a product moves when the other factor than this one rises.
    fn times(&self, factor: &Expr) -> Sense {
        if is_not_negative(self.unit, factor) {
            Rises
        } else if is_not_positive(self.unit, factor) {
            Falls
        } else {
            Unclear
        }
    }
}

/// How a quantified expression moves when its list, and when its body rises.
const fn quantified(quantifier: Quantifier) -> (Sense, Sense) {
    match quantifier {
        Quantifier::All => (Falls, Rises),
        Quantifier::Any | Quantifier::AtLeast(_) => (Rises, Rises),
        Quantifier::None | Quantifier::AtMost(_) => (Falls, Falls),
        Quantifier::Exactly(_) => (Unclear, Unclear),
    }
}

const fn aggregated(aggregate: Aggregate) -> Sense {
    match aggregate {
        Aggregate::Count | Aggregate::Max | Aggregate::Distinct => Rises,
        Aggregate::Min => Falls,
        Aggregate::Sum => Unclear,
    }
}

const fn compared(op: CompareOp) -> (Sense, Sense) {
    match op {
        CompareOp::Less | CompareOp::LessEqual => (Falls, Rises),
        CompareOp::Greater | CompareOp::GreaterEqual => (Rises, Falls),
        CompareOp::Equal | CompareOp::NotEqual => (Unclear, Unclear),
    }
}

/// Each dependence once.
fn distinct(uses: Vec<Use>) -> Vec<Use> {
    let mut kept: Vec<Use> = Vec::new();
    for found in uses {
        if !kept.iter().any(|known| (known.input, known.sense) == (found.input, found.sense)) {
            kept.push(found);
        }
    }
    kept
}
