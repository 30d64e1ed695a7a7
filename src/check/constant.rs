//! Conditions that are always the same, requirements that can never fail or never hold: where that is plain.
//!
//! It does not prove theorems. It looks at constants, at the bounds that the model gives, at members that are all
//! listed, and at an expression compared with itself.

use super::fold;
use super::notes::Notes;
use super::range;
use super::unit::Unit;
use super::walk::{self, Required};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Bounds, Constant, Expr, ExprKind, Rule, RuleKind, Type};
use crate::syntax::ast::{CompareOp, Connective, Quantifier};
use std::cmp::Ordering;

/// What an expression can come to, unknown aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Can {
    hold: bool,
    fail: bool,
}

impl Can {
    const BOTH: Self = Self { hold: true, fail: true };

    const fn always(value: bool) -> Self {
        Self { hold: value, fail: !value }
    }

    const fn not(self) -> Self {
        Self { hold: self.fail, fail: self.hold }
    }

    const fn and(self, other: Self) -> Self {
        Self { hold: self.hold && other.hold, fail: self.fail || other.fail }
    }

    const fn or(self, other: Self) -> Self {
        self.not().and(other.not()).not()
    }
}

/// Reports what is plain in a rule.
pub(super) fn report(unit: &Unit<'_>, rule: &Rule, notes: &mut Notes) {
    let plain = Plain { unit, presence_fails: true };
    let conditions = rule.when.iter().chain(rule.review.iter().filter_map(|review| review.condition.as_ref()));
    for condition in conditions {
        constant_condition(&plain, condition, notes);
    }
    walk::required(&rule.body, &mut |part| match part {
        Required::Filter(filter) => constant_condition(&plain, filter, notes),
        Required::Condition(expr) => constant_requirement(&plain, expr, notes),
        Required::List(list) if is_empty_literal(list) => {
            notes.report(Diagnostic::error(Code::CONSTANT_CONDITION, list.span, "this list is always empty"));
        }
        Required::List(_) | Required::Given(_) => {}
    });
    only_presence(unit, rule, notes);
}

/// Reports a condition of the model that is plain.
pub(super) fn report_condition(unit: &Unit<'_>, condition: &Expr, notes: &mut Notes) {
    constant_condition(&Plain { unit, presence_fails: true }, condition, notes);
}

fn constant_condition(plain: &Plain<'_, '_>, condition: &Expr, notes: &mut Notes) {
    let can = plain.can(condition);
    let (what, help) = match (can.hold, can.fail) {
        (true, false) => ("always true", "leave it out"),
        (false, true) => ("never true", "what it is a condition of never applies"),
        _ => return,
    };
    let diagnostic = Diagnostic::error(Code::CONSTANT_CONDITION, condition.span, format!("this condition is {what}"));
    notes.report(diagnostic.help(help));
}

fn constant_requirement(plain: &Plain<'_, '_>, condition: &Expr, notes: &mut Notes) {
    let can = plain.can(condition);
    let (code, message) = match (can.hold, can.fail) {
        (true, false) => (Code::NEVER_FAILS, "this requirement can never fail"),
        (false, true) => (Code::NEVER_HOLDS, "this requirement can never hold"),
        _ => return,
    };
    notes.report(Diagnostic::error(code, condition.span, message));
}

/// A red line or a baseline that only asks for presence, and no person to judge, can be unknown and pass but never fail.
fn only_presence(unit: &Unit<'_>, rule: &Rule, notes: &mut Notes) {
    if rule.kind == RuleKind::Guidance || rule.review.is_some() {
        return;
    }
    let plain = Plain { unit, presence_fails: false };
    let (mut required, mut can_fail) = (0_usize, false);
    walk::required(&rule.body, &mut |part| {
        if let Required::Condition(expr) = part {
            required += 1;
            can_fail |= plain.can(expr).fail;
        }
    });
    if required > 0 && !can_fail {
        let message = format!("`{}` can never fail: it only asks whether something is declared", rule.id);
        let diagnostic = Diagnostic::warning(Code::ONLY_PRESENCE, rule.span, message);
        notes.report(diagnostic.help("require something of what is declared, or add a `review`"));
    }
}

struct Plain<'u, 'a> {
    unit: &'u Unit<'a>,
    /// Whether a presence test counts as one that can fail.
    presence_fails: bool,
}

impl Plain<'_, '_> {
    fn can(&self, expr: &Expr) -> Can {
        match &expr.kind {
            ExprKind::Constant(Constant::Bool(value)) => Can::always(*value),
            ExprKind::Not(inner) => self.can(inner).not(),
            ExprKind::Implies(a, b) => self.can(a).not().or(self.can(b)),
            ExprKind::Junction(connective, operands) => self.junction(*connective, operands),
            ExprKind::Compare(op, a, b) => self.compare(*op, a, b),
            ExprKind::In(element, list) => self.membership(element, list),
            ExprKind::Covers(list, set) if is_empty_literal(set) => Can { hold: true, fail: self.is_odd(list) },
            ExprKind::Quantify { quantifier, list, body, .. } => self.quantified(*quantifier, list, body),
            ExprKind::Let(id) => self.unit.let_(*id).map_or(Can::BOTH, |it| self.can(&it.code.body)),
            ExprKind::Declared(_) => Can { hold: true, fail: self.presence_fails },
            _ => Can::BOTH,
        }
    }

    fn junction(&self, connective: Connective, operands: &[Expr]) -> Can {
        let operands = operands.iter().map(|operand| self.can(operand));
        match connective {
            Connective::And => operands.fold(Can::always(true), Can::and),
            Connective::Or => operands.fold(Can::always(false), Can::or),
        }
    }

    fn compare(&self, op: CompareOp, a: &Expr, b: &Expr) -> Can {
        if let (Some(a), Some(b)) = (fold::constant(a), fold::constant(b)) {
            return fold::compare(&a, &b).map_or(Can::BOTH, |order| Can::always(fold::holds(op, order)));
        }
        let orders = if is_same(a, b) {
            vec![Ordering::Equal]
        } else {
            orders(&range::of(self.unit, a), &range::of(self.unit, b))
        };
        let can = Can {
            hold: orders.iter().any(|order| fold::holds(op, *order)),
            fail: orders.iter().any(|order| !fold::holds(op, *order)),
        };
        // What is void compares with nothing, and what is a named null in its own way.
        match (self.is_odd(a) || self.is_odd(b), op) {
            (true, CompareOp::NotEqual) => Can { hold: true, ..can },
            (true, _) => Can { fail: true, ..can },
            _ => can,
        }
    }

    fn membership(&self, element: &Expr, list: &Expr) -> Can {
        let ExprKind::List(items) = &list.kind else { return Can::BOTH };
        if items.is_empty() {
            return Can::always(false);
        }
        let Type::Enum(id) = element.ty else { return Can::BOTH };
        let members = self.unit.enumeration(id).map_or(0, |it| it.members.len());
        let named = |member: usize| {
            let is =
                |item: &Expr| matches!(&item.kind, ExprKind::Constant(Constant::Member(_, it)) if it.index() == member);
            items.iter().any(is)
        };
        Can { hold: true, fail: self.is_odd(element) || !(0..members).all(named) }
    }

    fn quantified(&self, quantifier: Quantifier, list: &Expr, body: &Expr) -> Can {
        let none = is_empty_literal(list);
        let body = self.can(body);
        match quantifier {
            Quantifier::AtLeast(0) => Can::always(true),
            Quantifier::All => Can { hold: true, fail: body.fail && !none },
            Quantifier::Any | Quantifier::AtLeast(_) | Quantifier::Exactly(1..) => {
                Can { hold: body.hold && !none, fail: true }
            }
            Quantifier::None | Quantifier::AtMost(_) | Quantifier::Exactly(0) => {
                Can { hold: true, fail: body.hold && !none }
            }
        }
    }

    /// Whether a value may be void or a named null, or come from where that is not known.
    fn is_odd(&self, expr: &Expr) -> bool {
        match &expr.kind {
            ExprKind::Field(base, field) => {
                let Type::Record(record) = base.ty else { return true };
                let field = self.unit.field(record, *field);
                field.is_none_or(|field| field.condition.is_some() || field.null_word.is_some()) || self.is_odd(base)
            }
            ExprKind::Local(_) => !matches!(expr.ty, Type::Record(_)),
            ExprKind::Follow(inner) => self.is_odd(inner),
            ExprKind::Let(_) | ExprKind::Call(..) | ExprKind::Coalesce(..) => true,
            _ => false,
        }
    }
}

fn is_empty_literal(list: &Expr) -> bool {
    matches!(&list.kind, ExprKind::List(items) if items.is_empty())
}

/// Whether two expressions are the same path.
fn is_same(a: &Expr, b: &Expr) -> bool {
    match (&a.kind, &b.kind) {
        (ExprKind::Root, ExprKind::Root) | (ExprKind::AsOf, ExprKind::AsOf) => true,
        (ExprKind::Local(a), ExprKind::Local(b)) => a == b,
        (ExprKind::Let(a), ExprKind::Let(b)) => a == b,
        (ExprKind::Param(a), ExprKind::Param(b)) => a == b,
        (ExprKind::Field(a, one), ExprKind::Field(b, other)) => one == other && is_same(a, b),
        (ExprKind::Follow(a), ExprKind::Follow(b)) => is_same(a, b),
        _ => false,
    }
}

/// How two numbers of these ranges can stand to each other.
fn orders(a: &Bounds, b: &Bounds) -> Vec<Ordering> {
    let below =
        |low: &Option<crate::value::Number>, high: &Option<crate::value::Number>, strictly: bool| match (low, high) {
            (Some(low), Some(high)) => low < high || (!strictly && low == high),
            _ => true,
        };
    let mut found = Vec::new();
    if below(&a.low, &b.high, true) {
        found.push(Ordering::Less);
    }
    if below(&a.low, &b.high, false) && below(&b.low, &a.high, false) {
        found.push(Ordering::Equal);
    }
    if below(&b.low, &a.high, true) {
        found.push(Ordering::Greater);
    }
    found
}
