//! Expressions from `implies` down to `and`, and from `??` down to names; what stands between is in
//! [`relations`](super::relations).

use super::build::{Builder, Built};
use super::cursor::Cursor;
use crate::syntax::ast::{ArithmeticOp, Connective, Expr, ExprKind};
use crate::syntax::grammar::{Pair, Rule};
use crate::syntax::refuse;

impl<'i> Builder<'i> {
    pub fn expr(&self, pair: Pair<'i>) -> Built<Expr> {
        let sides: Vec<_> = Cursor::over(pair.clone()).all(Rule::junction).collect();
        match <[Pair<'i>; 1]>::try_from(sides) {
            Ok([only]) => self.junction(only),
            Err(sides) => self.implies(&pair, sides),
        }
    }

    fn implies(&self, pair: &Pair<'i>, sides: Vec<Pair<'i>>) -> Built<Expr> {
        let words: Vec<_> = sides.iter().map(|side| self.words(side)).collect();
        let Ok([left, right]) = <[Pair<'i>; 2]>::try_from(sides) else {
            return Err(refuse::nested_implies(self.span(pair), &words));
        };
        let inner = self.below(1, pair)?;
        let (left, right) = (inner.junction(left)?, inner.junction(right)?);
        if refuse::is_open(&left) {
            return Err(refuse::open_before(self.span(pair), &words, "implies"));
        }
        let span = left.span.to(right.span);
        Ok(Expr { kind: ExprKind::Implies(Box::new(left), Box::new(right)), span })
    }

    fn junction(&self, pair: Pair<'i>) -> Built<Expr> {
        let words = Cursor::over(pair.clone()).all(Rule::relation).map(|relation| self.words(&relation));
        let connectives = Cursor::over(pair.clone()).all(Rule::connective).map(|word| connective(&word));
        let (words, connectives): (Vec<_>, Vec<_>) = (words.collect(), connectives.collect());
        let Some(&connective) = connectives.first() else {
            return self.relation(Cursor::over(pair).need(Rule::relation));
        };
        if connectives.iter().any(|other| *other != connective) {
            return Err(refuse::mixed_connectives(self.span(&pair), &words, &connectives));
        }
        let inner = self.below(1, &pair)?;
        let operands = Cursor::over(pair.clone()).all(Rule::relation).map(|relation| inner.relation(relation));
        let operands = operands.collect::<Built<Vec<_>>>()?;
        if operands.iter().rev().skip(1).any(refuse::is_open) {
            return Err(refuse::open_before(self.span(&pair), &words, refuse::connective_word(connective)));
        }
        Ok(Expr { kind: ExprKind::Junction(connective, operands), span: self.span(&pair) })
    }

    pub fn operand(&self, pair: Pair<'i>) -> Built<Expr> {
        let sums: Vec<_> = Cursor::over(pair.clone()).all(Rule::sum).collect();
        let inner = self.below(sums.len().saturating_sub(1), &pair)?;
        let mut sums = sums.into_iter().rev();
        let mut right = inner.sum(sums.next().unwrap_or(pair))?;
        for sum in sums {
            let left = inner.sum(sum)?;
            let span = left.span.to(right.span);
            right = Expr { kind: ExprKind::Coalesce(Box::new(left), Box::new(right)), span };
        }
        Ok(right)
    }

    fn sum(&self, pair: Pair<'i>) -> Built<Expr> {
        if pair.clone().into_inner().count() > 1 && is_date_like(pair.as_str().trim_end()) {
            return Err(refuse::short_date(self.span(&pair)));
        }
        self.arithmetic(pair, Self::term)
    }

    fn term(&self, pair: Pair<'i>) -> Built<Expr> {
        self.arithmetic(pair, Self::factor)
    }

    /// `a - b + c`: what stands further left is done first.
    fn arithmetic(&self, pair: Pair<'i>, operand: fn(&Self, Pair<'i>) -> Built<Expr>) -> Built<Expr> {
        let inner = self.below(pair.clone().into_inner().count() / 2, &pair)?;
        let mut parts = pair.clone().into_inner();
        let mut left = operand(&inner, parts.next().unwrap_or(pair))?;
        while let (Some(op), Some(right)) = (parts.next(), parts.next()) {
            let right = operand(&inner, right)?;
            let span = left.span.to(right.span);
            let kind = ExprKind::Arithmetic(arithmetic_op(op.as_str()), Box::new(left), Box::new(right));
            left = Expr { kind, span };
        }
        Ok(left)
    }

    fn factor(&self, pair: Pair<'i>) -> Built<Expr> {
        let span = self.span(&pair);
        let mut cursor = Cursor::over(pair.clone());
        if !cursor.has(Rule::minus) {
            return self.postfix(cursor.need(Rule::postfix));
        }
        let operand = self.below(1, &pair)?.postfix(cursor.need(Rule::postfix))?;
        Ok(Expr { kind: ExprKind::Negate(Box::new(operand)), span })
    }

    pub fn postfix(&self, pair: Pair<'i>) -> Built<Expr> {
        let mut parts = pair.clone().into_inner();
        let inner = self.below(parts.len().saturating_sub(1), &pair)?;
        let mut expr = inner.primary(parts.next().unwrap_or(pair))?;
        for suffix in parts {
            let span = expr.span.to(self.span(&suffix));
            expr = Expr { kind: inner.suffix(expr, suffix)?, span };
        }
        Ok(expr)
    }

    fn suffix(&self, of: Expr, suffix: Pair<'i>) -> Built<ExprKind> {
        let of = Box::new(of);
        let rule = suffix.as_rule();
        if rule == Rule::arguments {
            return Ok(ExprKind::Call(of, self.exprs(suffix)?));
        }
        let name = self.name(&Cursor::over(suffix).need(Rule::word));
        Ok(if rule == Rule::projection { ExprKind::Project(of, name) } else { ExprKind::Field(of, name) })
    }

    fn primary(&self, pair: Pair<'i>) -> Built<Expr> {
        let span = self.span(&pair);
        let kind = match pair.as_rule() {
            Rule::paren => {
                let inner = self.below(1, &pair)?;
                ExprKind::Paren(Box::new(inner.expr(Cursor::over(pair).need(Rule::expr))?))
            }
            Rule::list => ExprKind::List(self.exprs(pair)?),
            Rule::literal => ExprKind::Literal(self.literal(pair)?),
            _ => ExprKind::Name(pair.as_str().to_owned()),
        };
        Ok(Expr { kind, span })
    }

    /// What stands between brackets, with commas between.
    fn exprs(&self, pair: Pair<'i>) -> Built<Vec<Expr>> {
        let inner = self.below(1, &pair)?;
        Cursor::over(pair).all(Rule::expr).map(|expr| inner.expr(expr)).collect()
    }
}

fn connective(pair: &Pair<'_>) -> Connective {
    if pair.as_str().trim_end() == "and" { Connective::And } else { Connective::Or }
}

/// `2019-8-22`, which is meant as a date and reads as a subtraction.
fn is_date_like(words: &str) -> bool {
    let parts: Vec<_> = words.split('-').collect();
    let digits = |part: &&str, longest| (1..=longest).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    matches!(&parts[..], [year, month, day] if year.len() == 4 && digits(year, 4) && digits(month, 2) && digits(day, 2))
}

fn arithmetic_op(mark: &str) -> ArithmeticOp {
    match mark {
        "+" => ArithmeticOp::Add,
        "-" => ArithmeticOp::Subtract,
        "*" => ArithmeticOp::Multiply,
        _ => ArithmeticOp::Divide,
    }
}
