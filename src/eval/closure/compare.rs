//! Closures for comparisons. Of a cell with a constant, the most frequent ones have their own.

use super::super::compare::{compare, holds};
use super::super::kleene::Truth;
use super::super::operand::Operand;
use super::compiler::{Binding, Compiler};
use super::leaf::{Leaf, Usual};
use super::list::counted;
use super::slot::{Run, Source, operand};
use super::test::Test;
use crate::compile::{Node, NodeId};
use crate::decode::cells::{Packed, PackedCell};
use crate::ir::{Aggregate, Type};
use crate::syntax::ast::CompareOp;
use crate::value::{Value, compare_decimals};
use std::cmp::Ordering;

impl Compiler<'_> {
    pub(super) fn compare(&mut self, op: CompareOp, a: NodeId, b: NodeId) -> Option<Test> {
        if let Some(constant) = self.constant(b) {
            return self.with_constant(op, a, constant);
        }
        if let Some(constant) = self.constant(a) {
            return self.with_constant(mirrored(op), b, constant);
        }
        let dates = self.program.ty(a) == Some(&Type::Date);
        let cells = self.scalar_source(a).zip(self.scalar_source(b));
        let (a, b) = (self.operand(a)?, self.operand(b)?);
        let slowly = move |run: &Run<'_>| compare::<()>(op, (a(run), ()), (b(run), ()), dates).0;
        Some(match cells {
            Some((a, b)) => Test::other(move |run| match order(run, &a, &b) {
                Some(ordering) => holds(op, ordering).into(),
                None => slowly(run),
            }),
            None => Test::other(slowly),
        })
    }

    /// Of `!=` it is known wherever it is of `==`: then it is the contrary.
    fn with_constant(&mut self, op: CompareOp, node: NodeId, constant: Value<'static>) -> Option<Test> {
        if op == CompareOp::NotEqual {
            return Some(self.with_constant(CompareOp::Equal, node, constant)?.negated());
        }
        if let Some(test) = self.count_with(op, node, &constant) {
            return Some(test);
        }
        let usual = Usual::compare(op, &constant);
        let Some(source) = self.scalar_source(node) else {
            let (value, leaf) = (self.operand(node)?, Leaf::new(usual, Truth::False, |_, _| Truth::Unknown));
            return Some(Test::other(move |run| {
                let value = value(run);
                match leaf.of_operand(&value) {
                    Some(holds) => holds.into(),
                    None => with_operand(op, value, &constant),
                }
            }));
        };
        let seldom = move |run: &Run<'_>, cell: PackedCell| match cell.content {
            Packed::Unknown => Truth::Unknown,
            _ => with_operand(op, operand(run, cell), &constant),
        };
        Some(Test::cell(source, Leaf::new(usual, Truth::False, seldom)))
    }

    /// `count(list)` beside a whole number.
    fn count_with(&mut self, op: CompareOp, node: NodeId, constant: &Value<'static>) -> Option<Test> {
        let (Node::Aggregate(Aggregate::Count, list), Value::Number(number)) = (self.node(node)?, constant) else {
            return None;
        };
        let (mantissa, 0) = number.as_decimal()? else { return None };
        let number = u64::try_from(mantissa).ok()?;
        Some(counted(self.bounds(*list)?, op, number))
    }

    /// The cell that a node reads, where it does no more than that.
    pub(super) fn scalar_source(&mut self, id: NodeId) -> Option<Source> {
        match self.node(id)? {
            Node::Scalar(read) => self.place(read),
            Node::Local(local) => match self.local(*local)? {
                Binding::Scalar(source) => Some(source.clone()),
                _ => None,
            },
            _ => None,
        }
    }
}

/// The same comparison with its sides changed.
const fn mirrored(op: CompareOp) -> CompareOp {
    match op {
        CompareOp::Less => CompareOp::Greater,
        CompareOp::LessEqual => CompareOp::GreaterEqual,
        CompareOp::Greater => CompareOp::Less,
        CompareOp::GreaterEqual => CompareOp::LessEqual,
        CompareOp::Equal | CompareOp::NotEqual => op,
    }
}

/// How two cells compare, where both hold what is usual.
fn order(run: &Run<'_>, a: &Source, b: &Source) -> Option<Ordering> {
    let (a, b) = (a.see(run)?, b.see(run)?);
    match (a.content, b.content) {
        (Packed::Date(a), Packed::Date(b)) => Some(a.cmp(&b)),
        (Packed::Member(a), Packed::Member(b)) => Some(a.cmp(&b)),
        _ => Some(compare_decimals(a.decimal()?, b.decimal()?)),
    }
}

fn with_operand(op: CompareOp, value: Operand<'_, ()>, constant: &Value<'static>) -> Truth {
    let dates = matches!(constant, Value::Date(_));
    compare::<()>(op, (value, ()), (Operand::Known(constant.clone()), ()), dates).0
}
