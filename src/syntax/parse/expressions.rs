//! Expressions from `implies` down to `and`, and from `??` down to names; what stands between is in
//! [`relations`](super::relations).

use super::build::{Builder, Built};
use super::cursor::Cursor;
use crate::syntax::ast::{ArithmeticOp, Connective, Expr, ExprKind};
use crate::syntax::grammar::{Pair, Rule};
use crate::syntax::refuse;

impl<'i> Builder<'i> {
    pub fn expr(&self, pair: &Pair<'i>) -> Built<Expr> {
        let mut cursor = Cursor::over(pair);
        let left = cursor.need(Rule::junction);
        let Some(right) = cursor.take(Rule::junction) else { return self.junction(&left) };
        let words = || Cursor::over(pair).all(Rule::junction).map(|side| self.words(&side)).collect::<Vec<_>>();
        if cursor.has(Rule::junction) {
            return Err(refuse::nested_implies(self.span(pair), &words()));
        }
        let inner = self.below(1, pair)?;
        let (left, right) = (inner.junction(&left)?, inner.junction(&right)?);
        if refuse::is_open(&left) {
            return Err(refuse::open_before(self.span(pair), &words(), "implies"));
        }
        let span = left.span.to(right.span);
        Ok(Expr { kind: ExprKind::Implies(Box::new(left), Box::new(right)), span })
    }

    fn junction(&self, pair: &Pair<'i>) -> Built<Expr> {
        let mut connectives = Cursor::over(pair).all(Rule::connective).map(|word| connective(&word));
        let Some(first) = connectives.next() else { return self.relation(&Cursor::over(pair).first()) };
        let words = || Cursor::over(pair).all(Rule::relation).map(|relation| self.words(&relation)).collect::<Vec<_>>();
        if connectives.any(|other| other != first) {
            let all: Vec<_> = Cursor::over(pair).all(Rule::connective).map(|word| connective(&word)).collect();
            return Err(refuse::mixed_connectives(self.span(pair), &words(), &all));
        }
        let inner = self.below(1, pair)?;
        let operands = Cursor::over(pair).all(Rule::relation).map(|relation| inner.relation(&relation));
        let operands = operands.collect::<Built<Vec<_>>>()?;
        if operands.iter().rev().skip(1).any(refuse::is_open) {
            return Err(refuse::open_before(self.span(pair), &words(), refuse::connective_word(first)));
        }
        Ok(Expr { kind: ExprKind::Junction(first, operands), span: self.span(pair) })
    }

    /// `a ?? b ?? c`: what stands further right is asked later.
    pub fn operand(&self, pair: &Pair<'i>) -> Built<Expr> {
        let sums: Vec<_> = Cursor::over(pair).all(Rule::sum).collect();
        let inner = self.below(sums.len().saturating_sub(1), pair)?;
        let mut sums = sums.iter().rev().map(|sum| inner.sum(sum));
        let last = sums.next().unwrap_or_else(|| inner.sum(pair))?;
        sums.try_fold(last, |right, left| {
            let left = left?;
            let span = left.span.to(right.span);
            Ok(Expr { kind: ExprKind::Coalesce(Box::new(left), Box::new(right)), span })
        })
    }

    fn sum(&self, pair: &Pair<'i>) -> Built<Expr> {
        if pair.clone().into_inner().len() == 5 && is_date_like(pair.as_str().trim_end()) {
            return Err(refuse::short_date(self.span(pair)));
        }
        self.arithmetic(pair, |inner, pair| inner.arithmetic(pair, Self::factor))
    }

    /// `a - b + c`: what stands further left is done first.
    fn arithmetic(&self, pair: &Pair<'i>, operand: impl Fn(&Self, &Pair<'i>) -> Built<Expr>) -> Built<Expr> {
        let mut cursor = Cursor::over(pair);
        let inner = self.below(cursor.len() / 2, pair)?;
        let mut left = operand(&inner, &cursor.first())?;
        while let Some(op) = cursor.part() {
            let op = arithmetic_op(op.as_str());
            let right = operand(&inner, &cursor.first())?;
            let span = left.span.to(right.span);
            left = Expr { kind: ExprKind::Arithmetic(op, Box::new(left), Box::new(right)), span };
        }
        Ok(left)
    }

    fn factor(&self, pair: &Pair<'i>) -> Built<Expr> {
        let mut cursor = Cursor::over(pair);
        if !cursor.has(Rule::minus) {
            return self.postfix(&cursor.first());
        }
        let operand = self.below(1, pair)?.postfix(&cursor.first())?;
        Ok(Expr { kind: ExprKind::Negate(Box::new(operand)), span: self.span(pair) })
    }

    /// A primary and its suffixes: `f(a).b[].c`
    pub fn postfix(&self, pair: &Pair<'i>) -> Built<Expr> {
        let mut cursor = Cursor::over(pair);
        let inner = self.below(cursor.len().saturating_sub(1), pair)?;
        let primary = inner.primary(&cursor.first())?;
        cursor.rest().try_fold(primary, |of, suffix| {
            let span = of.span.to(self.span(&suffix));
            Ok(Expr { kind: inner.suffix(of, &suffix)?, span })
        })
    }

    fn suffix(&self, of: Expr, suffix: &Pair<'i>) -> Built<ExprKind> {
        let of = Box::new(of);
        let name = || self.name(&Cursor::over(suffix).need(Rule::word));
        Ok(match suffix.as_rule() {
            Rule::arguments => ExprKind::Call(of, self.exprs(suffix)?),
            Rule::projection => ExprKind::Project(of, name()),
            _ => ExprKind::Field(of, name()),
        })
    }

    fn primary(&self, pair: &Pair<'i>) -> Built<Expr> {
        let kind = match pair.as_rule() {
            Rule::paren => {
                let inner = self.below(1, pair)?.expr(&Cursor::over(pair).need(Rule::expr))?;
                ExprKind::Paren(Box::new(inner))
            }
            Rule::list => ExprKind::List(self.exprs(pair)?),
            Rule::literal => ExprKind::Literal(self.literal(pair)?),
            _ => ExprKind::Name(pair.as_str().to_owned()),
        };
        Ok(Expr { kind, span: self.span(pair) })
    }

    /// What stands between brackets, with commas between.
    fn exprs(&self, pair: &Pair<'i>) -> Built<Vec<Expr>> {
        let inner = self.below(1, pair)?;
        Cursor::over(pair).all(Rule::expr).map(|expr| inner.expr(&expr)).collect()
    }
}

fn connective(pair: &Pair<'_>) -> Connective {
    if pair.as_str() == "and" { Connective::And } else { Connective::Or }
}

fn arithmetic_op(mark: &str) -> ArithmeticOp {
    match mark {
        "+" => ArithmeticOp::Add,
        "-" => ArithmeticOp::Subtract,
        "*" => ArithmeticOp::Multiply,
        _ => ArithmeticOp::Divide,
    }
}

/// `2019-8-22`, which is meant as a date and reads as a subtraction.
fn is_date_like(words: &str) -> bool {
    let parts: Vec<_> = words.split('-').collect();
    let digits = |part: &str, longest| (1..=longest).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    matches!(parts[..], [year, month, day] if year.len() == 4 && digits(year, 4) && digits(month, 2) && digits(day, 2))
}
