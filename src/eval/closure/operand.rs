//! Closures for what an expression comes to.

use super::super::arithmetic;
use super::super::operand::Operand;
use super::compiler::{Binding, Compiler};
use super::{Fetch, slot};
use crate::compile::{Node, NodeId};
use crate::decode::cells::Packed;
use crate::ir::Aggregate;
use crate::syntax::ast::CompareOp;
use crate::value::{Date, Value};
use std::sync::Arc;

impl Compiler<'_> {
    /// A node of a scalar type.
    pub(super) fn operand(&mut self, id: NodeId) -> Option<Fetch> {
        let node = self.node(id)?;
        match node {
            Node::Constant(value) => Some(constant(value.clone())),
            Node::AsOf => Some(Arc::new(|run| Operand::Known(Value::Date(run.as_of)))),
            Node::Local(local) => match self.local(*local)? {
                Binding::Scalar(source) => Some(fetch(source.clone())),
                Binding::Computed(fetch) => Some(Arc::clone(fetch)),
                _ => None,
            },
            Node::Scalar(read) => self.place(read).map(fetch),
            Node::Lookup(rows, key) => self.lookup(rows, *key),
            Node::Aggregate(aggregate, list) => self.aggregate(*aggregate, *list),
            Node::Length(text) => self.length(*text),
            Node::Arithmetic(op, a, b) => {
                let (op, a, b) = (*op, self.operand(*a)?, self.operand(*b)?);
                Some(Arc::new(move |run| arithmetic::compute::<()>(op, (a(run), ()), (b(run), ())).0))
            }
            Node::Shift { date, by, calendar, back } => {
                let (date, calendar, back) = (self.operand(*date)?, *calendar, *back);
                if let Some(Value::Number(by)) = self.constant(*by) {
                    let step = arithmetic::Step::new(&by, calendar, back);
                    return Some(Arc::new(move |run| match (date(run), step) {
                        (Operand::Known(Value::Date(date)), Some(step)) => moved(step.from(date)),
                        (date, _) => {
                            let by = Operand::Known(Value::Number(by.clone()));
                            arithmetic::shift::<()>((date, ()), (by, ()), calendar, back).0
                        }
                    }));
                }
                let by = self.operand(*by)?;
                Some(Arc::new(move |run| arithmetic::shift::<()>((date(run), ()), (by(run), ()), calendar, back).0))
            }
            Node::DaysBetween(a, b) => {
                let (a, b) = (self.operand(*a)?, self.operand(*b)?);
                Some(Arc::new(move |run| arithmetic::days_between::<()>((a(run), ()), (b(run), ())).0))
            }
            Node::Negate(inner) => {
                let inner = self.operand(*inner)?;
                Some(Arc::new(move |run| arithmetic::negate::<()>((inner(run), ())).0))
            }
            Node::Coalesce(path, default) => self.coalesce(*path, *default),
            Node::Call(routine, arguments) => {
                let arguments = self.arguments(arguments)?;
                self.call(*routine, arguments, Self::operand)
            }
            _ if super::super::machine::is_logic(node) => {
                let test = self.test(id)?;
                Some(Arc::new(move |run| super::super::machine::truth_operand(test.holds(run))))
            }
            _ => None,
        }
    }

    fn lookup(&mut self, rows: &[NodeId], key: NodeId) -> Option<Fetch> {
        let rows: Option<Vec<Value<'static>>> = rows.iter().map(|row| self.constant(*row)).collect();
        let (rows, key) = (rows?, self.operand(key)?);
        Some(Arc::new(move |run| match key(run) {
            Operand::Known(Value::Member(member)) => {
                rows.get(member.index()).map_or(Operand::Unknown, |value| Operand::Known(value.clone()))
            }
            Operand::Void => Operand::Void,
            _ => Operand::Unknown,
        }))
    }

    /// The value of a node that is a constant.
    pub(super) fn constant(&mut self, id: NodeId) -> Option<Value<'static>> {
        match self.node(id)? {
            Node::Constant(value) => Some(value.clone()),
            _ => None,
        }
    }

    fn length(&mut self, text: NodeId) -> Option<Fetch> {
        let text = self.operand(text)?;
        Some(Arc::new(move |run| match text(run) {
            Operand::Known(Value::Text(text)) => {
                let count = u64::try_from(text.as_str().chars().count()).unwrap_or(u64::MAX);
                Operand::Known(Value::Number(count.into()))
            }
            _ => Operand::Unknown,
        }))
    }

    fn coalesce(&mut self, path: NodeId, default: NodeId) -> Option<Fetch> {
        let Node::Scalar(read) = self.node(path)? else { return None };
        let (source, default) = (self.place(read)?, self.operand(default)?);
        Some(Arc::new(move |run| {
            let applies = source.applies(run) == super::super::kleene::Truth::True;
            if applies && source.slot.cell(run).content == Packed::Unknown { default(run) } else { source.operand(run) }
        }))
    }

    fn aggregate(&mut self, aggregate: Aggregate, list: NodeId) -> Option<Fetch> {
        match aggregate {
            Aggregate::Count => self.count(list),
            Aggregate::Sum => self.sum(list),
            Aggregate::Min => self.extreme(list, CompareOp::Less),
            Aggregate::Max => self.extreme(list, CompareOp::Greater),
            Aggregate::Distinct => None,
        }
    }
}

fn moved(date: Option<Date>) -> Operand<'static, ()> {
    date.map_or(Operand::Unknown, |date| Operand::Known(Value::Date(date)))
}

fn constant(value: Value<'static>) -> Fetch {
    Arc::new(move |_| Operand::Known(value.clone()))
}

fn fetch(source: slot::Source) -> Fetch {
    if source.guards.is_empty() {
        let slot = source.slot;
        return Arc::new(move |run| slot::operand(run, slot.cell(run)));
    }
    Arc::new(move |run| source.operand(run))
}
