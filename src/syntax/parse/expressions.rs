//! Rows of relations with `and`, `or` and `implies` between. What a relation is made of is in
//! [`relations`](super::relations), and further down in [`operands`](super::operands).

use super::build::{Builder, Built};
use super::cursor::Cursor;
use crate::syntax::ast::{Connective, Expr, ExprKind};
use crate::syntax::grammar::Pair;
use crate::syntax::refuse;

/// A relation behind another, after what stands between them: `None` is `implies`.
type Linked<'i> = (Option<Connective>, Pair<'i>);

/// A row of relations: the first, and those behind it.
type Row<'r, 'i> = (&'r Pair<'i>, &'r [Linked<'i>]);

impl<'i> Builder<'i> {
    pub fn expr(&self, pair: &Pair<'i>) -> Built<Expr> {
        let mut cursor = Cursor::over(pair);
        let first = cursor.first();
        let mut rest: Vec<Linked<'i>> = Vec::new();
        while let Some(word) = cursor.part() {
            rest.push((connective(&word), cursor.first()));
        }
        let sides = sides((&first, &rest));
        match sides[..] {
            [only] => self.junction(only),
            [left, right] => self.implies(pair, left, right),
            _ => Err(refuse::nested_implies(self.span(pair), &self.words_of(&sides))),
        }
    }

    fn implies(&self, pair: &Pair<'i>, left: Row<'_, 'i>, right: Row<'_, 'i>) -> Built<Expr> {
        let inner = self.below(1, pair)?;
        let (premise, conclusion) = (inner.junction(left)?, inner.junction(right)?);
        if refuse::is_open(&premise) {
            return Err(refuse::open_before(self.span(pair), &self.words_of(&[left, right]), "implies"));
        }
        let span = premise.span.to(conclusion.span);
        Ok(Expr { kind: ExprKind::Implies(Box::new(premise), Box::new(conclusion)), span })
    }

    /// Relations with `and` or `or` between them.
    fn junction(&self, (first, rest): Row<'_, 'i>) -> Built<Expr> {
        let Some((last, _)) = rest.split_last() else { return self.relation(first) };
        let span = self.span(first).to(self.span(&last.1));
        let relations = || std::iter::once(first).chain(rest.iter().map(|(_, relation)| relation));
        let words = || relations().map(|relation| self.words(relation)).collect::<Vec<_>>();
        let connectives: Vec<_> = rest.iter().filter_map(|(connective, _)| *connective).collect();
        let connective = last.0.unwrap_or(Connective::And);
        if connectives.iter().any(|other| *other != connective) {
            return Err(refuse::mixed_connectives(span, &words(), &connectives));
        }
        let inner = self.below(1, first)?;
        let operands = relations().map(|relation| inner.relation(relation)).collect::<Built<Vec<_>>>()?;
        if operands.iter().rev().skip(1).any(refuse::is_open) {
            return Err(refuse::open_before(span, &words(), refuse::connective_word(connective)));
        }
        Ok(Expr { kind: ExprKind::Junction(connective, operands), span })
    }

    /// Each row as written, on one line.
    fn words_of(&self, rows: &[Row<'_, 'i>]) -> Vec<String> {
        let words = rows.iter().map(|(first, rest)| {
            let last = rest.last().map_or(*first, |(_, relation)| relation);
            self.input.on_one_line(first.as_span().start(), last.as_span().end())
        });
        words.collect()
    }
}

/// What stands before, between and behind the `implies` of a row.
fn sides<'r, 'i>((first, rest): Row<'r, 'i>) -> Vec<Row<'r, 'i>> {
    let mut sides = vec![(first, rest)];
    while let Some((first, rest)) = sides.pop() {
        let at = rest.iter().position(|(connective, _)| connective.is_none());
        let split = at.and_then(|at| Some((rest.get(..at)?, rest.get(at)?, rest.get(at + 1..)?)));
        let Some((left, (_, next), right)) = split else {
            sides.push((first, rest));
            break;
        };
        sides.extend([(first, left), (next, right)]);
    }
    sides
}

fn connective(pair: &Pair<'_>) -> Option<Connective> {
    match pair.as_str() {
        "and" => Some(Connective::And),
        "or" => Some(Connective::Or),
        _ => None,
    }
}
