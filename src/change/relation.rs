//! Whether a new expression holds wherever the old one did, or the other way round, as far as their shapes show it.
//!
//! Truth values are ordered `false` before `true`, numbers and dates as usual, lists by what they contain. An expression
//! *rises* where its new value is never below the old one, whatever the declaration says. What shapes do not show is
//! [`Shift::Unclear`]: that is no claim in either direction.

use super::meaning::{Meanings, Scope};
use crate::ir::shape::{Head, shape};
use crate::ir::{Aggregate, Constant, Expr, ExprKind, ParamValue, Policy};
use crate::syntax::ast::{ArithmeticOp, CompareOp, Connective, Quantifier};

/// How a value moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shift {
    /// The same.
    Still,
    /// Never below what it was.
    Rises,
    /// Never above what it was.
    Falls,
    /// Not shown.
    Unclear,
}

use Shift::{Falls, Rises, Still, Unclear};

impl Shift {
    pub(super) const fn turned(self) -> Self {
        match self {
            Rises => Falls,
            Falls => Rises,
            other => other,
        }
    }

    /// Both at once.
    pub(super) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Still, one) | (one, Still) => one,
            (one, two) if one == two => one,
            _ => Unclear,
        }
    }
}

/// One side: a policy and its meanings.
#[derive(Clone, Copy)]
pub(super) struct Party<'a> {
    pub(super) policy: &'a Policy,
    pub(super) meanings: &'a Meanings<'a>,
}

/// An expression with the names that are bound around it.
pub(super) struct At<'a> {
    pub(super) party: Party<'a>,
    pub(super) scope: Scope,
}

impl At<'_> {
    pub(super) fn text(&mut self, expr: &Expr) -> String {
        self.party.meanings.text(expr, &mut self.scope)
    }
}

/// How `b` of the new side moved against `a` of the old one.
pub(super) fn relate(old: &mut At<'_>, a: &Expr, new: &mut At<'_>, b: &Expr) -> Shift {
    if old.text(a) == new.text(b) {
        return Still;
    }
    if let (Some(before), Some(after)) = (value(old.party, a), value(new.party, b)) {
        return values(old.party, &before, new.party, &after);
    }
    if let Some(shift) = opened(old, a, new, b) {
        return shift;
    }
    if let Some(shift) = joined(old, a, new, b) {
        return shift;
    }
    shaped(old, a, new, b)
}

/// A constant, a parameter, or a list of constants.
fn value(party: Party<'_>, expr: &Expr) -> Option<ParamValue> {
    match &expr.kind {
        ExprKind::Constant(constant) => Some(ParamValue::Scalar(constant.clone())),
        ExprKind::Param(id) => party.policy.params.get(id.index()).map(|param| param.value.clone()),
        ExprKind::List(items) => {
            let constant = |item: &Expr| match &item.kind {
                ExprKind::Constant(constant) => Some(constant.clone()),
                _ => None,
            };
            items.iter().map(constant).collect::<Option<_>>().map(ParamValue::List)
        }
        _ => None,
    }
}

/// How a value moved.
pub(super) fn values(old: Party<'_>, before: &ParamValue, new: Party<'_>, after: &ParamValue) -> Shift {
    if old.meanings.param_value(before) == new.meanings.param_value(after) {
        return Still;
    }
    match (before, after) {
        (ParamValue::Scalar(a), ParamValue::Scalar(b)) => constants(old, a, b),
        (ParamValue::List(a), ParamValue::List(b)) => {
            let texts = |party: Party<'_>, all: &[Constant]| -> Vec<String> {
                all.iter().map(|constant| party.meanings.param_value(&ParamValue::Scalar(constant.clone()))).collect()
            };
            contained(&texts(old, a), &texts(new, b))
        }
        (ParamValue::Table(_, a), ParamValue::Table(_, b)) if a.len() == b.len() => {
            a.iter().zip(b).map(|(a, b)| values(old, a, new, b)).fold(Still, Shift::and)
        }
        _ => Unclear,
    }
}

fn contained(before: &[String], after: &[String]) -> Shift {
    let within = |these: &[String], those: &[String]| these.iter().all(|text| those.contains(text));
    match (within(before, after), within(after, before)) {
        (true, true) => Still,
        (true, false) => Rises,
        (false, true) => Falls,
        (false, false) => Unclear,
    }
}

fn constants(old: Party<'_>, a: &Constant, b: &Constant) -> Shift {
    let ordering = match (a, b) {
        (Constant::Bool(a), Constant::Bool(b)) => a.cmp(b),
        (Constant::Number(a), Constant::Number(b)) => a.cmp(b),
        (Constant::Date(a), Constant::Date(b)) => a.cmp(b),
        (Constant::Member(id, a), Constant::Member(_, b)) => {
            let ordered = old.policy.model.enumeration(*id).is_some_and(|it| it.ordered);
            if !ordered {
                return Unclear;
            }
            a.index().cmp(&b.index())
        }
        _ => return Unclear,
    };
    match ordering {
        std::cmp::Ordering::Less => Rises,
        std::cmp::Ordering::Equal => Still,
        std::cmp::Ordering::Greater => Falls,
    }
}

/// `let`s and functions, by what they say.
fn opened(old: &mut At<'_>, a: &Expr, new: &mut At<'_>, b: &Expr) -> Option<Shift> {
    if let (ExprKind::Call(f, before), ExprKind::Call(g, after)) = (&a.kind, &b.kind) {
        let same = before.len() == after.len() && before.iter().zip(after).all(|(a, b)| old.text(a) == new.text(b));
        if !same {
            return None;
        }
        let f = old.party.policy.functions.get(f.index())?;
        let g = new.party.policy.functions.get(g.index())?;
        let scope = |arity: usize| (0..arity).map(crate::ir::LocalId::new).collect();
        let (mut inside_old, mut inside_new) =
            (At { scope: scope(f.arity), ..*old }, At { scope: scope(g.arity), ..*new });
        return Some(relate(&mut inside_old, &f.code.body, &mut inside_new, &g.code.body));
    }
    let (before, after) = (bound(old.party, a), bound(new.party, b));
    match (before, after) {
        (None, None) => None,
        (before, after) => {
            let mut inside_old = At { scope: if before.is_some() { Vec::new() } else { old.scope.clone() }, ..*old };
            let mut inside_new = At { scope: if after.is_some() { Vec::new() } else { new.scope.clone() }, ..*new };
            Some(relate(&mut inside_old, before.unwrap_or(a), &mut inside_new, after.unwrap_or(b)))
        }
    }
}

fn bound<'a>(party: Party<'a>, expr: &Expr) -> Option<&'a Expr> {
    match &expr.kind {
        ExprKind::Let(id) => party.policy.lets.get(id.index()).map(|bound| &bound.code.body),
        _ => None,
    }
}

/// `a and b`, `a or b`: operands that came, went or moved.
fn joined(old: &mut At<'_>, a: &Expr, new: &mut At<'_>, b: &Expr) -> Option<Shift> {
    let (before, after) = (junction(a), junction(b));
    let (before, after, connective) = match (before, after) {
        (Some((one, before)), Some((two, after))) if one == two => (before, after, one),
        (Some((_, before)), Some((two, after))) => {
            let shift = operands(old, &before, new, &after, Connective::And);
            return Some(match (shift, two) {
                (Still, Connective::Or) => Rises,
                (Still, Connective::And) => Falls,
                _ => Unclear,
            });
        }
        (Some((one, before)), None) => (before, vec![b], one),
        (None, Some((two, after))) => (vec![a], after, two),
        (None, None) => return None,
    };
    Some(operands(old, &before, new, &after, connective))
}

fn junction(expr: &Expr) -> Option<(Connective, Vec<&Expr>)> {
    match &expr.kind {
        ExprKind::Junction(connective, all) => Some((*connective, all.iter().collect())),
        _ => None,
    }
}

fn operands(old: &mut At<'_>, before: &[&Expr], new: &mut At<'_>, after: &[&Expr], connective: Connective) -> Shift {
    let mut come: Vec<(&Expr, String)> = after.iter().map(|expr| (*expr, new.text(expr))).collect();
    let mut gone: Vec<&Expr> = Vec::new();
    for expr in before {
        let text = old.text(expr);
        match come.iter().position(|(_, other)| *other == text) {
            Some(at) => drop(come.remove(at)),
            None => gone.push(expr),
        }
    }
    let and = connective == Connective::And;
    match (gone.len(), come.len()) {
        (0, 0) => Still,
        (0, _) => {
            if and {
                Falls
            } else {
                Rises
            }
        }
        (_, 0) => {
            if and {
                Rises
            } else {
                Falls
            }
        }
        (one, two) if one == two => {
            gone.iter().zip(&come).map(|(a, (b, _))| relate(old, a, new, b)).fold(Still, Shift::and)
        }
        _ => Unclear,
    }
}

/// Expressions of one form, by their parts.
fn shaped(old: &mut At<'_>, a: &Expr, new: &mut At<'_>, b: &Expr) -> Shift {
    let (before, after) = (shape(a), shape(b));
    if let (Head::Compare(one), Head::Compare(two)) = (before.head, after.head) {
        return compared(old, (one, &before.operands), new, (two, &after.operands));
    }
    let Some(parts) = parts(old, &before, new, &after) else { return Unclear };
    let (ways, body_way) = match (before.head, after.head) {
        (Head::Named, Head::Named) => return looked_up(old, a, new, b, &parts),
        (Head::Quantify(one), Head::Quantify(two)) => return quantified(one, two, &parts),
        (one, two) if one != two => return Unclear,
        (one, _) => match one {
            Head::Not | Head::Negate | Head::Empty | Head::Aggregate(Aggregate::Min) => (&[Way::Against][..], Way::Off),
            Head::Implies => (&[Way::Against, Way::With][..], Way::Off),
            Head::In => (&[Way::Off, Way::With][..], Way::Off),
            Head::Within => (&[Way::Off, Way::With, Way::Off][..], Way::Off),
            Head::Filter => (&[Way::With][..], Way::With),
            Head::Map { .. } | Head::Aggregate(Aggregate::Count | Aggregate::Distinct | Aggregate::Max) => {
                (&[Way::With][..], Way::Off)
            }
            Head::Arithmetic(ArithmeticOp::Add) => (&[Way::With, Way::With][..], Way::Off),
            Head::Covers | Head::Arithmetic(ArithmeticOp::Subtract) => (&[Way::With, Way::Against][..], Way::Off),
            _ => (&[][..], Way::Off),
        },
    };
    let operands = parts.operands.iter().enumerate();
    let whole =
        operands.map(|(at, shift)| ways.get(at).copied().unwrap_or(Way::Off).of(*shift)).fold(Still, Shift::and);
    whole.and(body_way.of(parts.body))
}

/// How a whole follows a part.
#[derive(Clone, Copy)]
enum Way {
    With,
    Against,
    /// Not plainly.
    Off,
}

impl Way {
    const fn of(self, shift: Shift) -> Shift {
        match (self, shift) {
            (_, Still) => Still,
            (Self::With, shift) => shift,
            (Self::Against, shift) => shift.turned(),
            (Self::Off, _) => Unclear,
        }
    }
}

struct Parts {
    operands: Vec<Shift>,
    body: Shift,
}

/// How the parts moved; nothing where there are not as many.
fn parts(
    old: &mut At<'_>,
    before: &crate::ir::shape::Shape<'_>,
    new: &mut At<'_>,
    after: &crate::ir::shape::Shape<'_>,
) -> Option<Parts> {
    if before.operands.len() != after.operands.len() {
        return None;
    }
    let operands = before.operands.iter().zip(&after.operands).map(|(a, b)| relate(old, a, new, b)).collect();
    let body = match (before.body, after.body) {
        (None, None) => Still,
        (Some((one, a)), Some((two, b))) => {
            old.scope.push(one);
            new.scope.push(two);
            let shift = relate(old, a, new, b);
            old.scope.pop();
            new.scope.pop();
            shift
        }
        _ => return None,
    };
    Some(Parts { operands, body })
}

/// Fields, and tables of values: of the same key, as their values moved.
fn looked_up(old: &At<'_>, a: &Expr, new: &At<'_>, b: &Expr, parts: &Parts) -> Shift {
    let still = parts.operands.iter().all(|shift| *shift == Still);
    match (&a.kind, &b.kind) {
        (ExprKind::Lookup(p, _), ExprKind::Lookup(q, _)) if still => {
            match (old.party.policy.params.get(p.index()), new.party.policy.params.get(q.index())) {
                (Some(p), Some(q)) => values(old.party, &p.value, new.party, &q.value),
                _ => Unclear,
            }
        }
        _ => Unclear,
    }
}

fn quantified(one: Quantifier, two: Quantifier, parts: &Parts) -> Shift {
    use Quantifier::{All, Any, AtLeast, AtMost, None as No};
    let (list, body, bar) = match (one, two) {
        (All, All) => (Way::Against, Way::With, Still),
        (Any, Any) => (Way::With, Way::With, Still),
        (No, No) => (Way::Against, Way::Against, Still),
        (AtLeast(n), AtLeast(m)) => (Way::With, Way::With, numbers(n, m).turned()),
        (AtMost(n), AtMost(m)) => (Way::Against, Way::Against, numbers(n, m)),
        (Any, AtLeast(m)) => (Way::With, Way::With, numbers(1, m).turned()),
        (AtLeast(n), Any) => (Way::With, Way::With, numbers(n, 1).turned()),
        (No, AtMost(m)) => (Way::Against, Way::Against, numbers(0, m)),
        (AtMost(n), No) => (Way::Against, Way::Against, numbers(n, 0)),
        (one, two) if one == two => (Way::Off, Way::Off, Still),
        _ => return Unclear,
    };
    let list_shift = parts.operands.first().copied().unwrap_or(Still);
    list.of(list_shift).and(body.of(parts.body)).and(bar)
}

fn numbers(n: u64, m: u64) -> Shift {
    match n.cmp(&m) {
        std::cmp::Ordering::Less => Rises,
        std::cmp::Ordering::Equal => Still,
        std::cmp::Ordering::Greater => Falls,
    }
}

/// `a < b`: by the orderings that each operator takes, and by how its sides moved.
fn compared(
    old: &mut At<'_>,
    (one, old_sides): (CompareOp, &[&Expr]),
    new: &mut At<'_>,
    (two, new_sides): (CompareOp, &[&Expr]),
) -> Shift {
    let ([a, b], [c, d]) = (old_sides, new_sides) else { return Unclear };
    let sides = (relate(old, a, new, c), relate(old, b, new, d));
    let (left, right) = match two {
        CompareOp::Less | CompareOp::LessEqual => (Way::Against, Way::With),
        CompareOp::Greater | CompareOp::GreaterEqual => (Way::With, Way::Against),
        CompareOp::Equal | CompareOp::NotEqual => (Way::Off, Way::Off),
    };
    let (before, after) = (orderings(one), orderings(two));
    let operator = if before == after {
        Still
    } else if before & after == before {
        Rises
    } else if before & after == after {
        Falls
    } else {
        Unclear
    };
    operator.and(left.of(sides.0)).and(right.of(sides.1))
}

/// The orderings under which a comparison holds: one bit each for less, equal, greater.
const fn orderings(op: CompareOp) -> u8 {
    match op {
        CompareOp::Less => 0b100,
        CompareOp::LessEqual => 0b110,
        CompareOp::Equal => 0b010,
        CompareOp::NotEqual => 0b101,
        CompareOp::Greater => 0b001,
        CompareOp::GreaterEqual => 0b011,
    }
}
