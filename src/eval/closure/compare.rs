//! Closures for comparisons. Of a cell with a constant, the most frequent ones have their own.

use super::super::compare::{compare, holds};
use super::super::kleene::Truth;
use super::super::operand::Operand;
use super::Test;
use super::compiler::{Binding, Compiler};
use super::slot::{Run, Source, operand};
use crate::compile::{Node, NodeId};
use crate::decode::cells::{Packed, PackedCell};
use crate::ir::Type;
use crate::syntax::ast::CompareOp;
use crate::value::{Value, compare_decimals};
use std::sync::Arc;

impl Compiler<'_> {
    pub(super) fn compare(&mut self, op: CompareOp, a: NodeId, b: NodeId) -> Option<Test> {
        if let Some(constant) = self.constant(b)
            && let Some(source) = self.scalar_source(a)
        {
            return Some(with_constant(op, source, constant));
        }
        if let Some(constant) = self.constant(a)
            && let Some(source) = self.scalar_source(b)
        {
            return Some(with_constant(mirrored(op), source, constant));
        }
        let dates = self.program.ty(a) == Some(&Type::Date);
        let (a, b) = (self.operand(a)?, self.operand(b)?);
        Some(Arc::new(move |run| compare::<()>(op, (a(run), ()), (b(run), ()), dates).0))
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

fn with_constant(op: CompareOp, source: Source, constant: Value<'static>) -> Test {
    match constant {
        Value::Number(ref number) if number.as_decimal().is_some() => {
            let own = number.as_decimal().unwrap_or_default();
            specialised(op, source, constant, move |_, cell| match cell.content {
                Packed::Decimal { scale, mantissa } => {
                    Some(holds(op, compare_decimals((i64::from_ne_bytes(mantissa), scale), own)))
                }
                _ => None,
            })
        }
        Value::Member(own) => specialised(op, source, constant, move |_, cell| match cell.content {
            Packed::Member(member) => Some(holds(op, member.cmp(&own))),
            _ => None,
        }),
        Value::Date(own) => specialised(op, source, constant, move |_, cell| match cell.content {
            Packed::Date(date) => Some(holds(op, date.cmp(&own))),
            _ => None,
        }),
        Value::Bool(own) => specialised(op, source, constant, move |_, cell| match cell.content {
            Packed::Bool(value) => Some(holds(op, value.cmp(&own))),
            _ => None,
        }),
        Value::Text(ref own) => {
            let own: Box<str> = own.as_str().into();
            specialised(op, source, constant, move |run, cell| {
                Some((run.declaration.packed_text(cell)? == own.as_ref()) == (op == CompareOp::Equal))
            })
        }
        Value::Number(_) => specialised(op, source, constant, |_, _| None),
    }
}

/// A comparison that is quick where a cell holds what is usual.
fn specialised(
    op: CompareOp,
    source: Source,
    constant: Value<'static>,
    quick: impl Fn(&Run<'_>, PackedCell) -> Option<bool> + Send + Sync + 'static,
) -> Test {
    if source.guards.is_empty() {
        let slot = source.slot;
        return Arc::new(move |run| {
            let cell = slot.cell(run);
            match quick(run, cell) {
                Some(holds) => holds.into(),
                None => unusual(op, run, cell, &constant),
            }
        });
    }
    Arc::new(move |run| match source.see(run) {
        None => (op == CompareOp::NotEqual).into(),
        Some(cell) => match quick(run, cell) {
            Some(holds) => holds.into(),
            None => unusual(op, run, cell, &constant),
        },
    })
}

/// Nothing, a named null, or a number that is too long for a machine word.
#[cold]
fn unusual(op: CompareOp, run: &Run<'_>, cell: PackedCell, constant: &Value<'static>) -> Truth {
    if cell.content == Packed::Unknown {
        return Truth::Unknown;
    }
    let dates = matches!(constant, Value::Date(_));
    compare::<()>(op, (operand(run, cell), ()), (Operand::Known(constant.clone()), ()), dates).0
}
