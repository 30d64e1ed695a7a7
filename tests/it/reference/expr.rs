//! Expressions: the sections "Expressions" and "Unknown, settled" of the language brief.

use super::compare::{compare, covers, is_in};
use super::names::member_index;
use super::value::{Elem, ListVal, Missing, Truth, Val, date, decimal, fold, whole};
use super::world::{Scope, World};
use super::{arithmetic, lists, read};
use hongxian::syntax::ast::{self, CompareOp, Connective, ExprKind, Literal};

impl<'a> World<'a> {
    pub fn eval(&self, expr: &'a ast::Expr, scope: &Scope<'a>) -> Val<'a> {
        match &expr.kind {
            ExprKind::Paren(inner) => self.eval(inner, scope),
            ExprKind::Literal(literal) => literal_value(literal),
            ExprKind::List(elems) => self.list_literal(elems, scope),
            ExprKind::Name(name) => self.name(name, scope),
            ExprKind::Field(of, field) => self.access(of, field, scope),
            ExprKind::Project(list, field) => {
                Val::List(self.project(lists::as_list(self.eval(list, scope)), &field.text))
            }
            ExprKind::Call(callee, args) => self.call(callee, args, scope),
            ExprKind::Arithmetic(op, a, b) => arithmetic::apply(*op, self.eval(a, scope), self.eval(b, scope)),
            ExprKind::Negate(of) => arithmetic::negate(self.eval(of, scope)),
            ExprKind::Coalesce(of, default) => self.coalesce(of, default, scope),
            ExprKind::Where { list, binder, predicate } => self.filter(list, binder, predicate, scope),
            ExprKind::Not(_)
            | ExprKind::Junction(..)
            | ExprKind::Implies(..)
            | ExprKind::Compare(..)
            | ExprKind::In { .. }
            | ExprKind::Is { .. }
            | ExprKind::Quantified { .. }
            | ExprKind::QuantifiedIn { .. }
            | ExprKind::Covers(..)
            | ExprKind::Matches(..)
            | ExprKind::StartsWith(..)
            | ExprKind::Contains(..)
            | ExprKind::Within { .. } => self.logic(expr, scope).into(),
        }
    }

    /// An expression in a boolean position: void counts as false there.
    pub fn truth(&self, expr: &'a ast::Expr, scope: &Scope<'a>) -> Truth {
        match self.eval(expr, scope) {
            Val::Bool(known) => Truth::of(known),
            Val::Void => Truth::False,
            Val::Null { .. } => Truth::Unknown(Missing::new()),
            Val::Unknown { missing, .. } => Truth::Unknown(missing),
            other => panic!("not a boolean: {other:?}"),
        }
    }

    /// The expressions whose value is a truth.
    fn logic(&self, expr: &'a ast::Expr, scope: &Scope<'a>) -> Truth {
        match &expr.kind {
            ExprKind::Not(of) => self.truth(of, scope).not(),
            ExprKind::Junction(Connective::And, of) => Truth::all(of.iter().map(|expr| self.truth(expr, scope))),
            ExprKind::Junction(Connective::Or, of) => Truth::any(of.iter().map(|expr| self.truth(expr, scope))),
            ExprKind::Implies(a, b) => self.truth(a, scope).implies(self.truth(b, scope)),
            ExprKind::Compare(op, a, b) => compare(*op, &self.eval(a, scope), &self.eval(b, scope)),
            ExprKind::In { element, negated, list } => {
                let found = is_in(&self.eval(element, scope), &self.eval(list, scope));
                if *negated { found.not() } else { found }
            }
            ExprKind::Is { of, negated, test } => {
                let holds = self.presence(&self.eval(of, scope), test, scope.two_valued);
                if *negated { holds.not() } else { holds }
            }
            ExprKind::Quantified { list, quantifier, binder, body } => {
                let list = lists::as_list(self.eval(list, scope));
                lists::quantify(*quantifier, &list, |elem| self.truth(body, &scope.with(binder, elem.val.clone())))
            }
            // `list any in S` is `list any x: x in S`
            ExprKind::QuantifiedIn { list, quantifier, set } => {
                let (list, set) = (lists::as_list(self.eval(list, scope)), self.eval(set, scope));
                lists::quantify(*quantifier, &list, |elem| is_in(&elem.val, &set))
            }
            ExprKind::Covers(list, set) => covers(&self.eval(list, scope), &self.eval(set, scope)),
            ExprKind::Matches(text, regex) => {
                let whole_text = regex::Regex::new(&format!(r"\A(?:{})\z", regex.pattern)).expect("a checked pattern");
                text_test([self.eval(text, scope)], |[text]| whole_text.is_match(text))
            }
            ExprKind::StartsWith(text, prefix) => {
                text_test([self.eval(text, scope), self.eval(prefix, scope)], |[text, prefix]| text.starts_with(prefix))
            }
            ExprKind::Contains(text, part) => {
                text_test([self.eval(text, scope), self.eval(part, scope)], |[text, part]| text.contains(part))
            }
            ExprKind::Within { date, period, before } => {
                within(&self.eval(date, scope), self.eval(period, scope), &self.eval(before, scope))
            }
            other => unreachable!("a truth: {other:?}"),
        }
    }

    /// `x.field`, `Enum.member`
    fn access(&self, of: &'a ast::Expr, field: &'a ast::Name, scope: &Scope<'a>) -> Val<'a> {
        if let ExprKind::Name(name) = &of.kind
            && !scope.locals.iter().any(|(local, _)| local == name)
            && let Some(of) = self.enum_named(scope.module, name)
        {
            return Val::Member(of, member_index(of, &field.text));
        }
        self.field_of(self.eval(of, scope), &field.text)
    }

    fn field_of(&self, val: Val<'a>, field: &str) -> Val<'a> {
        match val {
            Val::Record(record) => self.field(&record, field),
            // "Following a dangling reference is unknown": no field is missing, the reference is wrong.
            Val::Ref(id, path) => match self.follow(&id, path) {
                Some(record) => self.field(&record, field),
                None => Val::undefined(),
            },
            // "A path into a void record or list: every field below is void."
            Val::Void => Val::Void,
            Val::Unknown { missing, .. } => Val::unknown(missing),
            Val::Null { .. } => Val::undefined(),
            Val::List(list) => Val::List(self.project(list, field)),
            other => panic!("no record: {other:?}"),
        }
    }

    /// "`list[].field` projects (also nested)"; of void fields, "projection, counts and sums leave it out". "An element
    /// whose value is unknown never counts as sure."
    fn project(&self, list: ListVal<'a>, field: &str) -> ListVal<'a> {
        let mut projected = ListVal { elems: Vec::new(), open: list.open };
        for elem in list.elems {
            let pointer = match &elem.val {
                Val::Record(record) => Some(format!("{}/{field}", record.pointer)),
                _ => elem.pointer,
            };
            match self.field_of(elem.val, field) {
                Val::Void => {}
                Val::List(inner) => {
                    projected.open = merged(projected.open, inner.open);
                    projected.elems.extend(
                        inner
                            .elems
                            .into_iter()
                            .map(|inner| Elem { present: elem.present.clone().and(inner.present), ..inner }),
                    );
                }
                val => projected.elems.push(lists::element(val, elem.present, pointer)),
            }
        }
        projected
    }

    fn list_literal(&self, elems: &'a [ast::Expr], scope: &Scope<'a>) -> Val<'a> {
        let vals = elems.iter().map(|elem| self.eval(elem, scope)).filter(|val| !val.is_void());
        Val::List(ListVal { elems: vals.map(|val| lists::element(val, Truth::True, None)).collect(), open: None })
    }

    /// `list where x: P`: an element of which P is unknown is there or not.
    fn filter(
        &self,
        list: &'a ast::Expr,
        binder: &'a ast::Name,
        predicate: &'a ast::Expr,
        scope: &Scope<'a>,
    ) -> Val<'a> {
        let list = lists::as_list(self.eval(list, scope));
        let elems = list.elems.into_iter().filter_map(|elem| {
            let chosen = self.truth(predicate, &scope.with(binder, elem.val.clone()));
            let present = elem.present.and(chosen);
            (present != Truth::False).then_some(Elem { present, ..elem })
        });
        Val::List(ListVal { elems: elems.collect(), open: list.open })
    }

    /// "`??` takes a field path on its left and covers absence only."
    fn coalesce(&self, of: &'a ast::Expr, default: &'a ast::Expr, scope: &Scope<'a>) -> Val<'a> {
        match self.eval(of, scope) {
            Val::Unknown { absent: true, .. } if scope.two_valued => self.eval(default, scope),
            val => val,
        }
    }
}

fn merged(a: Option<Missing>, b: Option<Missing>) -> Option<Missing> {
    match (a, b) {
        (Some(mut a), Some(b)) => {
            a.extend(b);
            Some(a)
        }
        (a, b) => a.or(b),
    }
}

/// "A ratio is a plain fraction, `0.5%` is `0.005`. Literals carry their unit."
fn literal_value<'a>(literal: &Literal) -> Val<'a> {
    match literal {
        Literal::Bool(known) => Val::Bool(*known),
        Literal::Number(text) => Val::Num(decimal(text)),
        Literal::Percent(text) => Val::Num(decimal(text) / whole(100)),
        Literal::Quantity { number, unit } if unit.chars().all(|c| c.is_ascii_uppercase()) => Val::Num(decimal(number)),
        Literal::Quantity { number, unit } => read::duration(decimal(number), unit),
        Literal::Date(text) => Val::Date(date(text)),
        Literal::Text(text) => Val::Text(text.clone()),
    }
}

/// `matches`, `starts_with`, `contains`: of void, false; of a named `null`, which is a value but no text, too.
fn text_test<const N: usize>(texts: [Val<'_>; N], test: impl Fn([&str; N]) -> bool) -> Truth {
    if texts.iter().any(|text| matches!(text, Val::Void | Val::Null { .. })) {
        return Truth::False;
    }
    if texts.iter().any(|text| !matches!(text, Val::Text(_) | Val::Name(_))) {
        return Truth::Unknown(texts.iter().filter_map(Val::missing).flatten().collect());
    }
    let folded = texts.iter().any(|text| matches!(text, Val::Name(_)));
    let words = texts.map(|text| match text {
        Val::Text(text) if folded => fold(&text),
        Val::Text(text) | Val::Name(text) => text,
        other => unreachable!("{other:?}"),
    });
    Truth::of(test(std::array::from_fn(|index| words[index].as_str())))
}

/// "`d within P before D` is `D − P ≤ d ≤ D`."
fn within<'a>(date: &Val<'a>, period: Val<'a>, before: &Val<'a>) -> Truth {
    let first = arithmetic::apply(ast::ArithmeticOp::Subtract, before.clone(), period);
    compare(CompareOp::LessEqual, &first, date).and(compare(CompareOp::LessEqual, date, before))
}
