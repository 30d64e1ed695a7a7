//! Small changes of an expression: each variant differs from it in one place. It knows names and forms, not types; what
//! does not type-check is refused by the checker, as it would be if somebody had written it.

use super::names::Names;
use crate::source::Span;
use crate::syntax::ast::{
    ArithmeticOp, CompareOp, Connective, Expr, ExprKind, Literal, Name, PresenceTest, Quantifier,
};
use crate::value::{Date, Number};

/// An expression with one small change.
pub(super) struct Variant {
    /// Where the change is.
    pub span: Span,
    /// What was changed.
    pub change: String,
    /// The whole expression.
    pub expr: Expr,
}

/// Every variant of an expression; `truth` says whether it is asked for its truth.
pub(super) fn variants(expr: &Expr, truth: bool, names: &Names<'_>) -> Vec<Variant> {
    let own = own(expr, truth, names).into_iter();
    let mut all: Vec<Variant> =
        own.map(|(change, kind)| Variant { span: expr.span, change, expr: at(expr, kind) }).collect();
    let mut copy = expr.clone();
    let children: Vec<(Expr, bool)> =
        children(&mut copy.kind, truth).into_iter().map(|(child, truth)| (child.clone(), truth)).collect();
    for (index, (child, child_truth)) in children.iter().enumerate() {
        for variant in variants(child, *child_truth, names) {
            let mut whole = expr.clone();
            if let Some((place, _)) = self::children(&mut whole.kind, truth).into_iter().nth(index) {
                *place = variant.expr;
            }
            all.push(Variant { expr: whole, ..variant });
        }
    }
    all
}

fn at(expr: &Expr, kind: ExprKind) -> Expr {
    Expr { kind, span: expr.span }
}

/// The parts of an expression, each with whether it is asked for its truth.
fn children(kind: &mut ExprKind, truth: bool) -> Vec<(&mut Expr, bool)> {
    match kind {
        ExprKind::Literal(_) | ExprKind::Name(_) => Vec::new(),
        // What a field is read of is no member of an enum, whatever its name.
        ExprKind::Field(inner, _) | ExprKind::Project(inner, _) if matches!(inner.kind, ExprKind::Name(_)) => {
            Vec::new()
        }
        ExprKind::List(items) | ExprKind::Call(_, items) => items.iter_mut().map(|item| (item, false)).collect(),
        ExprKind::Junction(_, items) => items.iter_mut().map(|item| (item, true)).collect(),
        ExprKind::Not(inner) => vec![(inner, true)],
        ExprKind::Paren(inner) => vec![(inner, truth)],
        ExprKind::Negate(inner)
        | ExprKind::Field(inner, _)
        | ExprKind::Project(inner, _)
        | ExprKind::Is { of: inner, .. }
        | ExprKind::Matches(inner, _) => vec![(inner, false)],
        ExprKind::Implies(premise, conclusion) => vec![(premise, true), (conclusion, true)],
        ExprKind::Compare(_, a, b)
        | ExprKind::Arithmetic(_, a, b)
        | ExprKind::Coalesce(a, b)
        | ExprKind::Covers(a, b)
        | ExprKind::StartsWith(a, b)
        | ExprKind::Contains(a, b)
        | ExprKind::In { element: a, list: b, .. }
        | ExprKind::QuantifiedIn { list: a, set: b, .. } => vec![(a, false), (b, false)],
        ExprKind::Quantified { list, body, .. } | ExprKind::Where { list, predicate: body, .. } => {
            vec![(list, false), (body, true)]
        }
        ExprKind::Within { date, period, before } => vec![(date, false), (period, false), (before, false)],
    }
}

/// The changes of an expression itself: what they are called, and what becomes of it.
fn own(expr: &Expr, truth: bool, names: &Names<'_>) -> Vec<(String, ExprKind)> {
    match &expr.kind {
        ExprKind::Literal(literal) => literals(literal),
        ExprKind::Name(name) => {
            let mut found = named(expr, name, names);
            found.extend(truth.then(|| negated(expr, names)));
            found
        }
        ExprKind::Field(of, name) => {
            let enumeration = if let ExprKind::Name(text) = &of.kind { Some(text.as_str()) } else { None };
            let members = names.neighbours(&name.text, enumeration);
            let swapped = members.into_iter().filter(|_| enumeration.is_some()).map(|member| {
                let to = Name { text: member.to_owned(), span: name.span };
                (becomes(&name.text, member), ExprKind::Field(of.clone(), to))
            });
            swapped.chain(truth.then(|| negated(expr, names))).collect()
        }
        ExprKind::List(items) if items.len() > 1 => {
            without_each(items, names).map(|(change, rest)| (change, ExprKind::List(rest))).collect()
        }
        ExprKind::Junction(connective, items) => junction(*connective, items, names),
        ExprKind::Implies(premise, conclusion) => {
            vec![(format!("leave out the premise `{}`", names.text(premise.span)), ExprKind::Paren(conclusion.clone()))]
        }
        ExprKind::Not(inner) => vec![("leave out `not`".to_owned(), ExprKind::Paren(inner.clone()))],
        ExprKind::Compare(op, a, b) => {
            let swaps = compared(*op).iter();
            swaps.map(|to| (becomes(op.as_str(), to.as_str()), ExprKind::Compare(*to, a.clone(), b.clone()))).collect()
        }
        ExprKind::Arithmetic(op @ (ArithmeticOp::Add | ArithmeticOp::Subtract), a, b) => {
            let to = if *op == ArithmeticOp::Add { ArithmeticOp::Subtract } else { ArithmeticOp::Add };
            vec![(becomes(op.as_str(), to.as_str()), ExprKind::Arithmetic(to, a.clone(), b.clone()))]
        }
        ExprKind::In { element, negated, list } => {
            let kind = ExprKind::In { element: element.clone(), negated: !negated, list: list.clone() };
            vec![(if *negated { becomes("not in", "in") } else { becomes("in", "not in") }, kind)]
        }
        ExprKind::Is { of, negated, test } => presence(of, *negated, test),
        ExprKind::Quantified { list, quantifier, binder, body } => quantified(*quantifier)
            .into_iter()
            .map(|(change, quantifier)| {
                let (list, binder, body) = (list.clone(), binder.clone(), body.clone());
                (change, ExprKind::Quantified { list, quantifier, binder, body })
            })
            .collect(),
        ExprKind::QuantifiedIn { list, quantifier, set } => quantified(*quantifier)
            .into_iter()
            .map(|(change, quantifier)| {
                (change, ExprKind::QuantifiedIn { list: list.clone(), quantifier, set: set.clone() })
            })
            .collect(),
        ExprKind::Where { list, predicate, .. } => {
            vec![(format!("leave out the filter `{}`", names.text(predicate.span)), list.kind.clone())]
        }
        ExprKind::Covers(..)
        | ExprKind::Matches(..)
        | ExprKind::StartsWith(..)
        | ExprKind::Contains(..)
        | ExprKind::Within { .. } => vec![negated(expr, names)],
        ExprKind::Call(..) if truth => vec![negated(expr, names)],
        _ => Vec::new(),
    }
}

/// How a change of one word to another is told.
pub(super) fn becomes(from: &str, to: &str) -> String {
    format!("`{from}` becomes `{to}`")
}

fn negated(expr: &Expr, names: &Names<'_>) -> (String, ExprKind) {
    let inner = Expr { kind: ExprKind::Paren(Box::new(expr.clone())), span: expr.span };
    (format!("negate `{}`", names.text(expr.span)), ExprKind::Not(Box::new(inner)))
}

/// A parameter a unit more or less, or another member of an enum.
fn named(expr: &Expr, name: &str, names: &Names<'_>) -> Vec<(String, ExprKind)> {
    if let Some(unit) = names.unit_of(name) {
        let shift = |op, sign: &str| {
            let by = at(expr, ExprKind::Literal(unit.clone()));
            let sum = at(expr, ExprKind::Arithmetic(op, Box::new(expr.clone()), Box::new(by)));
            (becomes(name, &format!("{name} {sign} {}", written(unit))), ExprKind::Paren(Box::new(sum)))
        };
        return vec![shift(ArithmeticOp::Add, "+"), shift(ArithmeticOp::Subtract, "-")];
    }
    let members = names.neighbours(name, None);
    members.into_iter().map(|member| (becomes(name, member), ExprKind::Name(member.to_owned()))).collect()
}

fn without_each<'i>(items: &'i [Expr], names: &'i Names<'_>) -> impl Iterator<Item = (String, Vec<Expr>)> + 'i {
    items.iter().enumerate().map(|(index, item)| {
        let rest = items.iter().enumerate().filter(|(other, _)| *other != index).map(|(_, item)| item.clone());
        (format!("leave out `{}`", names.text(item.span)), rest.collect())
    })
}

fn junction(connective: Connective, items: &[Expr], names: &Names<'_>) -> Vec<(String, ExprKind)> {
    let (change, other) = match connective {
        Connective::And => (becomes("and", "or"), Connective::Or),
        Connective::Or => (becomes("or", "and"), Connective::And),
    };
    let whole = |mut rest: Vec<Expr>| match (rest.len(), rest.pop()) {
        (1, Some(only)) => ExprKind::Paren(Box::new(only)),
        (_, last) => ExprKind::Junction(connective, rest.into_iter().chain(last).collect()),
    };
    let shorter = without_each(items, names).map(|(change, rest)| (change, whole(rest)));
    std::iter::once((change, ExprKind::Junction(other, items.to_vec()))).chain(shorter).collect()
}

const fn compared(op: CompareOp) -> &'static [CompareOp] {
    match op {
        CompareOp::Equal => &[CompareOp::NotEqual],
        CompareOp::NotEqual => &[CompareOp::Equal],
        CompareOp::Less => &[CompareOp::LessEqual, CompareOp::GreaterEqual],
        CompareOp::LessEqual => &[CompareOp::Less, CompareOp::Greater],
        CompareOp::Greater => &[CompareOp::GreaterEqual, CompareOp::LessEqual],
        CompareOp::GreaterEqual => &[CompareOp::Greater, CompareOp::Less],
    }
}

fn quantified(from: Quantifier) -> Vec<(String, Quantifier)> {
    let near = |count: u64, make: fn(u64) -> Quantifier| {
        [Some(count + 1), count.checked_sub(1)].into_iter().flatten().map(make).collect()
    };
    let others: Vec<Quantifier> = match from {
        Quantifier::All | Quantifier::None => vec![Quantifier::Any],
        Quantifier::Any => vec![Quantifier::All, Quantifier::None],
        Quantifier::Exactly(count) => near(count, Quantifier::Exactly),
        Quantifier::AtLeast(count) => near(count, Quantifier::AtLeast),
        Quantifier::AtMost(count) => near(count, Quantifier::AtMost),
    };
    others.into_iter().map(|to| (becomes(&from.words(), &to.words()), to)).collect()
}

fn presence(of: &Expr, negated: bool, test: &PresenceTest) -> Vec<(String, ExprKind)> {
    let make = |negated, test: &PresenceTest| ExprKind::Is { of: Box::new(of.clone()), negated, test: test.clone() };
    let turned = if negated { becomes("is not", "is") } else { becomes("is", "is not") };
    let mut found = vec![(turned, make(!negated, test))];
    if let PresenceTest::Proven { independently } = test {
        let change = if *independently { "leave out `independently`" } else { "add `independently`" };
        found.push((change.to_owned(), make(negated, &PresenceTest::Proven { independently: !independently })));
    }
    found
}

/// A literal a unit more and a unit less.
fn literals(literal: &Literal) -> Vec<(String, ExprKind)> {
    let changed: Vec<Literal> = match literal {
        Literal::Bool(value) => vec![Literal::Bool(!value)],
        Literal::Number(number) => near(number).map(Literal::Number).collect(),
        Literal::Percent(number) => near(number).map(Literal::Percent).collect(),
        Literal::Quantity { number, unit } => {
            near(number).map(|number| Literal::Quantity { number, unit: unit.clone() }).collect()
        }
        Literal::Date(date) => days(date).map(Literal::Date).collect(),
        Literal::Text(_) => Vec::new(),
    };
    let from = written(literal);
    changed.into_iter().map(|to| (becomes(&from, &written(&to)), ExprKind::Literal(to))).collect()
}

fn near(number: &str) -> impl Iterator<Item = String> + use<> {
    let number = Number::parse_decimal(&number.replace('_', "")).ok();
    let one = Number::from(1_i64);
    let more = number.as_ref().and_then(|number| number.add(&one).ok());
    let less = number.and_then(|number| number.subtract(&one).ok()).filter(|less| *less >= Number::from(0_i64));
    more.into_iter().chain(less).map(|number| number.to_string())
}

fn days(date: &str) -> impl Iterator<Item = String> + use<> {
    let days = Date::parse(date).into_iter().flat_map(|date| [date.add_days(1), date.add_days(-1)]);
    days.flatten().map(|date| date.to_string())
}

fn written(literal: &Literal) -> String {
    match literal {
        Literal::Bool(value) => value.to_string(),
        Literal::Number(number) => number.clone(),
        Literal::Percent(number) => format!("{number}%"),
        Literal::Quantity { number, unit } => format!("{number} {unit}"),
        Literal::Date(date) => date.clone(),
        Literal::Text(text) => format!("\"{text}\""),
    }
}
