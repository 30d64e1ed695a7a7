//! Relations: `not`, one comparison or test, and the bodies of quantifiers.
//!
//! The grammar gives `not* operand tail*` as a flat row. A tail that binds (`any x: not* operand`) begins the body of
//! a quantifier, to which the tails after it belong.

use super::build::{Builder, Built};
use super::cursor::Cursor;
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::ast::{CompareOp, Expr, ExprKind, Name, PresenceTest, Quantifier};
use crate::syntax::grammar::{Pair, Rule};
use crate::syntax::refuse;

/// A row that has begun and is not yet over.
struct Row {
    nots: Vec<Span>,
    left: Expr,
    /// Whether `left` has had its one relation.
    related: bool,
}

/// What waits for its body: `list any x:`.
struct Binding {
    outer: Row,
    /// `None` for `where`.
    quantifier: Option<Quantifier>,
    binder: Name,
}

impl<'i> Builder<'i> {
    pub fn relation(&self, pair: &Pair<'i>) -> Built<Expr> {
        let inner = self.below(levels(pair), pair)?;
        let mut row = inner.row(Cursor::over(pair))?;
        let mut bindings = Vec::new();
        for tail in tails(pair) {
            if row.related {
                return Err(self.one_too_many(pair, &tail));
            }
            if tail.as_rule() == Rule::binding {
                let mut cursor = Cursor::over(&tail);
                let quantifier = cursor.take(Rule::quantifier).map(|pair| self.quantifier(&pair)).transpose()?;
                let binder = self.name(&cursor.need(Rule::word));
                bindings.push(Binding { outer: row, quantifier, binder });
                row = inner.row(cursor)?;
            } else {
                let Row { nots, left, .. } = row;
                row = Row { nots, left: inner.related(left, &tail)?, related: true };
            }
        }
        Ok(bindings.into_iter().rfold(close(row), |body, binding| close(binding.over(body))))
    }

    /// The `not`s and the operand to come.
    fn row(&self, mut cursor: Cursor<'i>) -> Built<Row> {
        let mut nots = Vec::new();
        while let Some(not) = cursor.take(Rule::kw_not) {
            nots.push(self.span(&not));
        }
        Ok(Row { nots, left: self.operand(&cursor.need(Rule::operand))?, related: false })
    }

    /// A relation of which `tail` is the second in a row.
    fn one_too_many(&self, pair: &Pair<'i>, tail: &Pair<'i>) -> Box<Diagnostic> {
        let span = self.span(pair);
        let operand = Cursor::over(pair).need(Rule::operand);
        if tails(pair).all(|tail| tail.as_rule() == Rule::compare) {
            let links = tails(pair).map(|tail| {
                let compared = Cursor::over(&tail).need(Rule::operand);
                (self.words(&tail), self.words(&compared))
            });
            return refuse::chained(span, &self.words(&operand), &links.collect::<Vec<_>>());
        }
        let (start, middle, end) = (operand.as_span().start(), tail.as_span().start(), pair.as_span().end());
        let (before, after) = (self.input.on_one_line(start, middle), self.input.on_one_line(middle, end));
        refuse::related_twice(span, &before, &after)
    }

    /// `left` with a relation that does not bind.
    fn related(&self, left: Expr, tail: &Pair<'i>) -> Built<Expr> {
        let span = left.span.to(self.span(tail));
        let left = Box::new(left);
        let mut cursor = Cursor::over(tail);
        let kind = match tail.as_rule() {
            Rule::compare => {
                let op = compare_op(cursor.need(Rule::compare_op).as_str());
                ExprKind::Compare(op, left, self.other(&mut cursor)?)
            }
            Rule::membership => {
                let negated = cursor.has(Rule::kw_not);
                ExprKind::In { element: left, negated, list: self.other(&mut cursor)? }
            }
            Rule::quantified_in => {
                let quantifier = self.quantifier(&cursor.need(Rule::quantifier))?;
                ExprKind::QuantifiedIn { list: left, quantifier, set: self.other(&mut cursor)? }
            }
            Rule::within => {
                let (period, before) = (self.other(&mut cursor)?, self.other(&mut cursor)?);
                ExprKind::Within { date: left, period, before }
            }
            Rule::covers => ExprKind::Covers(left, self.other(&mut cursor)?),
            Rule::text_test if cursor.has(Rule::kw_starts_with) => ExprKind::StartsWith(left, self.other(&mut cursor)?),
            Rule::text_test => ExprKind::Contains(left, self.other(&mut cursor)?),
            Rule::matches => ExprKind::Matches(left, self.regex(&cursor.need(Rule::regex))),
            _ => self.presence(left, cursor),
        };
        Ok(Expr { kind, span })
    }

    /// The operand to come.
    fn other(&self, cursor: &mut Cursor<'i>) -> Built<Box<Expr>> {
        self.operand(&cursor.need(Rule::operand)).map(Box::new)
    }

    fn presence(&self, of: Box<Expr>, mut cursor: Cursor<'i>) -> ExprKind {
        let negated = cursor.has(Rule::kw_not);
        let test = if let Some(word) = cursor.take(Rule::word) {
            PresenceTest::Null(self.name(&word))
        } else if cursor.has(Rule::kw_declared) {
            PresenceTest::Declared
        } else if cursor.has(Rule::kw_absent) {
            PresenceTest::Absent
        } else if cursor.has(Rule::kw_empty) {
            PresenceTest::Empty
        } else {
            PresenceTest::Proven { independently: cursor.has(Rule::kw_independently) }
        };
        ExprKind::Is { of, negated, test }
    }

    fn quantifier(&self, pair: &Pair<'i>) -> Built<Quantifier> {
        let mut cursor = Cursor::over(pair);
        let word = cursor.part().map(|part| part.as_rule());
        let most = cursor.has(Rule::kw_most);
        let count = cursor.take(Rule::integer).map_or(Ok(0), |count| self.integer(&count))?;
        Ok(match word {
            Some(Rule::kw_all) => Quantifier::All,
            Some(Rule::kw_any) => Quantifier::Any,
            Some(Rule::kw_none) => Quantifier::None,
            Some(Rule::kw_exactly) => Quantifier::Exactly(count),
            _ if most => Quantifier::AtMost(count),
            _ => Quantifier::AtLeast(count),
        })
    }
}

impl Binding {
    /// The row to which the quantifier belongs, with the quantifier over `body`.
    fn over(self, body: Expr) -> Row {
        let Self { outer: Row { nots, left, .. }, quantifier, binder } = self;
        let span = left.span.to(body.span);
        let (list, body) = (Box::new(left), Box::new(body));
        let kind = match quantifier {
            Some(quantifier) => ExprKind::Quantified { list, quantifier, binder, body },
            None => ExprKind::Where { list, binder, predicate: body },
        };
        Row { nots, left: Expr { kind, span }, related: true }
    }
}

/// A row with its `not`s, the last one innermost.
fn close(row: Row) -> Expr {
    row.nots.into_iter().rfold(row.left, |operand, not| {
        let span = not.to(operand.span);
        Expr { kind: ExprKind::Not(Box::new(operand)), span }
    })
}

fn tails<'i>(pair: &Pair<'i>) -> impl Iterator<Item = Pair<'i>> {
    Cursor::over(pair).rest().filter(|part| !matches!(part.as_rule(), Rule::kw_not | Rule::operand))
}

/// How many operations a relation can stand on top of its operands.
fn levels(pair: &Pair<'_>) -> usize {
    let nots = |pair: &Pair<'_>| Cursor::over(pair).all(Rule::kw_not).count();
    nots(&pair.clone()) + tails(pair).map(|tail| 1 + nots(&tail)).sum::<usize>()
}

fn compare_op(mark: &str) -> CompareOp {
    match mark {
        "==" => CompareOp::Equal,
        "!=" => CompareOp::NotEqual,
        "<" => CompareOp::Less,
        "<=" => CompareOp::LessEqual,
        ">" => CompareOp::Greater,
        _ => CompareOp::GreaterEqual,
    }
}
