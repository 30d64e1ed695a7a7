//! What a relation relates: sums, products, calls, fields, names.

use super::build::{Builder, Built};
use super::cursor::Cursor;
use crate::syntax::ast::{ArithmeticOp, Expr, ExprKind};
use crate::syntax::grammar::{Pair, Rule};
use crate::syntax::refuse;

/// An operand after what stands before it: `None` is `??`, or nothing.
type Linked = (Option<ArithmeticOp>, Expr);

impl<'i> Builder<'i> {
    /// A row `a ?? b - c * d`, put together by what binds stronger.
    pub fn operand(&self, pair: &Pair<'i>) -> Built<Expr> {
        let mut cursor = Cursor::over(pair);
        let ops = Cursor::over(pair).all(Rule::arithmetic_op).count();
        let inner = self.below(ops, pair)?;
        let mut row = vec![(None, inner.factor(&mut cursor)?)];
        while let Some(op) = cursor.part() {
            row.push((arithmetic_op(op.as_str()), inner.factor(&mut cursor)?));
        }
        if ops == 2 && is_date_like(pair.as_str().trim_end()) {
            return Err(refuse::short_date(self.span(pair)));
        }
        let row = joined(row, &[ArithmeticOp::Multiply, ArithmeticOp::Divide]);
        Ok(coalesced(joined(row, &[ArithmeticOp::Add, ArithmeticOp::Subtract])))
    }

    /// `-x`, `x`
    fn factor(&self, cursor: &mut Cursor<'i>) -> Built<Expr> {
        let first = cursor.first();
        if first.as_rule() != Rule::minus {
            return self.postfix(&first);
        }
        let operand = self.below(1, &first)?.postfix(&cursor.first())?;
        let span = self.span(&first).to(operand.span);
        Ok(Expr { kind: ExprKind::Negate(Box::new(operand)), span })
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

/// A row in which the operands between which one of `ops` stands are put together, from the left.
fn joined(row: Vec<Linked>, ops: &[ArithmeticOp]) -> Vec<Linked> {
    let mut joined: Vec<Linked> = Vec::with_capacity(row.len());
    for (link, right) in row {
        match (link.filter(|op| ops.contains(op)), joined.pop()) {
            (Some(op), Some((before, left))) => {
                let span = left.span.to(right.span);
                let kind = ExprKind::Arithmetic(op, Box::new(left), Box::new(right));
                joined.push((before, Expr { kind, span }));
            }
            (_, last) => {
                joined.extend(last);
                joined.push((link, right));
            }
        }
    }
    joined
}

/// `a ?? b ?? c`: what stands further right is asked later.
#[expect(clippy::expect_used, reason = "a row begins with an operand")]
fn coalesced(row: Vec<Linked>) -> Expr {
    let from_the_right = row.into_iter().rev().map(|(_, operand)| operand);
    let whole = from_the_right.reduce(|right, left| {
        let span = left.span.to(right.span);
        Expr { kind: ExprKind::Coalesce(Box::new(left), Box::new(right)), span }
    });
    whole.expect("an operand")
}

fn arithmetic_op(mark: &str) -> Option<ArithmeticOp> {
    match mark {
        "+" => Some(ArithmeticOp::Add),
        "-" => Some(ArithmeticOp::Subtract),
        "*" => Some(ArithmeticOp::Multiply),
        "/" => Some(ArithmeticOp::Divide),
        _ => None,
    }
}

/// `2019-8-22`, which is meant as a date and reads as a subtraction.
fn is_date_like(words: &str) -> bool {
    let parts: Vec<_> = words.split('-').collect();
    let digits = |part: &str, longest| (1..=longest).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    matches!(parts[..], [year, month, day] if year.len() == 4 && digits(year, 4) && digits(month, 2) && digits(day, 2))
}
