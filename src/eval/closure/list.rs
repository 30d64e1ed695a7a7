//! Closures over lists: how each kind of list is walked, and what is computed of its elements.

use super::super::arithmetic;
use super::super::compare::{compare, holds};
use super::super::kleene::Truth;
use super::super::operand::Operand;
use super::Fetch;
use super::compiler::{Binding, Compiler};
use super::leaf::{Leaf, Usual};
use super::look::{Members, Starts};
use super::rows::{Chunk, Rows, Table};
use super::sight::Of;
use super::slot::{Run, Slot, operand};
use super::test::{Quantified, Test};
use super::truths::Truths;
use super::values::{Values, bit};
use crate::compile::layout::ColumnKind;
use crate::compile::{Node, NodeId, Read};
use crate::ir::{Aggregate, LocalId, Type};
use crate::syntax::ast::{ArithmeticOp, CompareOp, Quantifier};
use crate::value::{Number, Value};
use std::ops::ControlFlow;
use std::sync::Arc;

/// What is counted of a list: those that surely and possibly belong, and whether there may be more.
#[derive(Clone, Copy, Default)]
pub(super) struct Bounds {
    pub(super) sure: u64,
    pub(super) possible: u64,
    pub(super) open: bool,
}

/// Counts a list.
pub(super) type Count = Arc<dyn for<'r> Fn(&'r Run<'r>) -> Bounds + Send + Sync>;

impl Compiler<'_> {
    /// A list.
    pub(super) fn values(&mut self, id: NodeId) -> Option<Values> {
        match self.node(id)? {
            Node::Rows(read) => self.field_rows(read).map(Values::Rows),
            Node::Filter { list, binder, predicate } => {
                let values = self.values(*list)?;
                self.filtered(values, *binder, *predicate)
            }
            Node::Map { list, binder, body, flatten } => {
                let of = Box::new(self.values(*list)?);
                self.bind(*binder, of.binding()?);
                if *flatten {
                    return Some(Values::Joined { of, inner: Box::new(self.values(*body)?) });
                }
                self.taken(of, *body)
            }
            Node::Call(routine, arguments) => {
                let arguments = self.arguments(arguments)?;
                self.call(*routine, arguments, Self::values)
            }
            Node::Local(local) => match self.local(*local)?.clone() {
                // Each use has registers of its own, so that loops over it can nest.
                Binding::List(list, locals) => self.among(locals, |this| this.values(list)),
                _ => None,
            },
            Node::List(items) => {
                let constants = items.iter().map(|item| self.constant(*item));
                let members = constants.map(|constant| match constant? {
                    Value::Member(member) => bit(member),
                    _ => None,
                });
                let members =
                    members.collect::<Option<Vec<u64>>>().map(|bits| bits.iter().fold(0, |all, bit| all | bit));
                let items: Option<Arc<[Fetch]>> = items.iter().map(|item| self.operand(*item)).collect();
                Some(Values::Items { items: items?, register: self.register()?, members })
            }
            Node::Aggregate(Aggregate::Distinct, list) => self.values(*list).map(Box::new).map(Values::Distinct),
            Node::Lookup(rows, key) => {
                let rows = self.alternatives(rows)?;
                Some(Values::Lookup { key: self.operand(*key)?, rows })
            }
            _ => None,
        }
    }

    /// Lists of which one is walked: they share their registers.
    fn alternatives(&mut self, lists: &[NodeId]) -> Option<Box<[Values]>> {
        let first = self.registers;
        let mut most = first;
        let lists = lists.iter().map(|list| {
            self.registers = first;
            let values = self.values(*list);
            most = most.max(self.registers);
            values
        });
        let lists = lists.collect();
        self.registers = most;
        lists
    }

    /// What is taken of each element: a record, the cell of a field, something computed.
    fn taken(&mut self, of: Box<Values>, body: NodeId) -> Option<Values> {
        let (take, binding): (Fetch, Binding) = if matches!(self.program.ty(body), Some(Type::Record(_))) {
            let record = self.record(body)?;
            let own = record.clone();
            (Arc::new(move |run| own.record(run)), Binding::Record(record))
        } else if let Some(source) = self.scalar_source(body) {
            let own = source.clone();
            (Arc::new(move |run| own.operand(run)), Binding::Scalar(source))
        } else {
            let take = self.operand(body)?;
            (Arc::clone(&take), Binding::Computed(take))
        };
        Some(Values::Taken { of, take, binding, filters: Vec::new() })
    }

    fn field_rows(&mut self, read: &Read) -> Option<Rows> {
        let list = self.place(read)?;
        let Slot { table, column, .. } = list.slot;
        let ColumnKind::List(table) = self.program.layout.column(table, column as usize)?.kind else { return None };
        let is_record = matches!(self.program.layout.column(table, 0)?.kind, ColumnKind::Record(_));
        let element = Slot { table, width: self.width(table), register: self.register()?, column: 0 };
        let telling = u32::from(is_record && element.width > 1);
        let bit = u32::try_from(table.index()).ok().and_then(|index| 1_u128.checked_shl(index)).unwrap_or(0);
        Some(Rows { list, table: Table { element, telling, bit }, is_record, filters: Vec::new() })
    }

    pub(super) fn filtered(&mut self, values: Values, binder: LocalId, predicate: NodeId) -> Option<Values> {
        self.bind(binder, values.binding()?);
        let test = self.test(predicate)?;
        values.filtered(test)
    }

    pub(super) fn bind_element(&mut self, binder: LocalId, values: &Values) -> Option<()> {
        self.bind(binder, values.binding()?);
        Some(())
    }

    pub(super) fn quantify(&mut self, of: Quantifier, list: NodeId, binder: LocalId, body: NodeId) -> Option<Test> {
        let values = self.values(list)?;
        self.bind_element(binder, &values)?;
        let body = self.test(body)?;
        match of {
            Quantifier::All => Some(decided(values, body, Truth::False)),
            Quantifier::Any => Some(decided(values, body, Truth::True)),
            Quantifier::None => Some(decided(values, body, Truth::True).negated()),
            Quantifier::Exactly(n) => Some(counted(count_where(values, body), CompareOp::Equal, n)),
            Quantifier::AtLeast(n) => Some(counted(count_where(values, body), CompareOp::GreaterEqual, n)),
            Quantifier::AtMost(n) => Some(counted(count_where(values, body), CompareOp::LessEqual, n)),
        }
    }

    pub(super) fn bounds(&mut self, list: NodeId) -> Option<Count> {
        let values = self.values(list)?;
        Some(match values {
            Values::Rows(rows) => count_rows(rows, |_, _| Truths::all(Truth::True)),
            values => Arc::new(move |run| {
                let mut bounds = Bounds::default();
                bounds.open = values.each(run, Truth::True, |member| bounds.push(member));
                bounds
            }),
        })
    }

    pub(super) fn count(&mut self, list: NodeId) -> Option<Fetch> {
        let bounds = self.bounds(list)?;
        Some(Arc::new(move |run| bounds(run).operand()))
    }

    pub(super) fn empty(&mut self, list: NodeId) -> Option<Test> {
        Some(counted(self.bounds(list)?, CompareOp::Equal, 0))
    }

    pub(super) fn sum(&mut self, list: NodeId) -> Option<Fetch> {
        let values = self.values(list)?;
        Some(Arc::new(move |run| {
            if let Some(sum) = values.sum(run) {
                return Operand::Known(Value::Number(sum));
            }
            let zero = Operand::Known(Value::Number(Number::ZERO));
            reduce(&values, run, zero, |sum, next| {
                arithmetic::compute::<()>(ArithmeticOp::Add, (sum, ()), (next, ())).0
            })
        }))
    }

    /// `min(list)`, `max(list)`
    pub(super) fn extreme(&mut self, list: NodeId, better: CompareOp) -> Option<Fetch> {
        let values = self.values(list)?;
        let dates = self.program.lists_dates(list);
        Some(Arc::new(move |run| {
            let found = reduce(&values, run, Operand::Void, |best, next| {
                if matches!(best, Operand::Void) {
                    return next;
                }
                match compare::<()>(better, (next.clone(), ()), (best.clone(), ()), dates).0 {
                    Truth::True => next,
                    Truth::False => best,
                    Truth::Unknown => Operand::Unknown,
                }
            });
            if matches!(found, Operand::Void) { Operand::Unknown } else { found }
        }))
    }

    /// `x in list`
    pub(super) fn contained(&mut self, element: NodeId, list: NodeId) -> Option<Test> {
        if let Some(constants) = self.constants(list) {
            return self.in_constants(element, constants);
        }
        let (element, values) = (self.operand(element)?, self.values(list)?);
        Some(Test::other(move |run| {
            let wanted = element(run);
            match wanted {
                Operand::Void => Truth::False,
                Operand::Known(Value::Member(member))
                    if let Some((bit, members)) = bit(member).zip(values.members(run)) =>
                {
                    (members & bit != 0).into()
                }
                _ => find(run, &values, &wanted),
            }
        }))
    }

    fn constants(&mut self, list: NodeId) -> Option<Vec<Value<'static>>> {
        match self.node(list)? {
            Node::List(items) => items.iter().map(|item| self.constant(*item)).collect(),
            _ => None,
        }
    }

    fn in_constants(&mut self, element: NodeId, constants: Vec<Value<'static>>) -> Option<Test> {
        let Some(source) = self.scalar_source(element) else {
            let element = self.operand(element)?;
            return Some(Test::other(move |run| among(&element(run), &constants)));
        };
        let seldom = constants.clone();
        let seldom = move |run: &Run<'_>, cell| among(&operand(run, cell), &seldom);
        Some(Test::cell(source, Leaf::new(one_of(&constants), Truth::False, seldom)))
    }

    /// `list covers set`
    pub(super) fn covers(&mut self, list: NodeId, set: NodeId) -> Option<Test> {
        let void = [self.void(list)?, self.void(set)?];
        let (values, set) = (self.values(list)?, self.values(set)?);
        Some(Test::other(move |run| {
            if void.iter().any(|void| void.holds(run) == Truth::True) {
                return Truth::False;
            }
            if let Some((wanted, there)) = set.members(run).zip(values.members(run)) {
                return (wanted & !there == 0).into();
            }
            let mut covered = Truth::True;
            let open = set.walk(run, Truth::True, &mut |wanted, member| match (find(run, &values, &wanted), member) {
                (Truth::True, _) => ControlFlow::Continue(()),
                (Truth::False, Truth::True) => {
                    covered = Truth::False;
                    ControlFlow::Break(())
                }
                _ => {
                    covered = Truth::Unknown;
                    ControlFlow::Continue(())
                }
            });
            if open && covered == Truth::True { Truth::Unknown } else { covered }
        }))
    }

    /// Whether a list is a field that does not apply, or is looked up by a key that does not.
    fn void(&mut self, list: NodeId) -> Option<Test> {
        match self.node(list)? {
            Node::Rows(read) => {
                let list = self.place(read)?;
                Some(Test::other(move |run| (list.applies(run) == Truth::False).into()))
            }
            Node::Local(local) => match self.local(*local)?.clone() {
                Binding::List(list, locals) => self.among(locals, |this| this.void(list)),
                _ => None,
            },
            Node::Call(routine, arguments) => {
                let arguments = self.arguments(arguments)?;
                self.call(*routine, arguments, Self::void)
            }
            Node::Lookup(_, key) => {
                let key = self.operand(*key)?;
                Some(Test::other(move |run| matches!(key(run), Operand::Void).into()))
            }
            _ => Some(Test::always(Truth::False)),
        }
    }
}

impl Bounds {
    fn push(&mut self, member: Truth) -> ControlFlow<()> {
        self.sure += u64::from(member == Truth::True);
        self.possible += u64::from(member != Truth::False);
        ControlFlow::Continue(())
    }

    fn operand<'r>(self) -> Operand<'r, ()> {
        if self.open || self.sure != self.possible {
            return Operand::Count(self.sure, (!self.open).then_some(self.possible));
        }
        Operand::Known(Value::Number(self.sure.into()))
    }
}

/// What a count comes to beside a number.
pub(super) fn counted(count: Count, op: CompareOp, number: u64) -> Test {
    Test::other(move |run| {
        let bounds = count(run);
        if !bounds.open && bounds.sure == bounds.possible {
            return holds(op, bounds.sure.cmp(&number)).into();
        }
        let number = Operand::Known(Value::Number(number.into()));
        compare::<()>(op, (bounds.operand(), ()), (number, ()), false).0
    })
}

fn count_where(values: Values, body: Test) -> Count {
    match values {
        Values::Rows(rows) if body.is_columnar() => count_rows(rows, move |run, chunk| body.of_rows(run, chunk)),
        values => Arc::new(move |run| {
            let mut bounds = Bounds::default();
            bounds.open = values.each(run, Truth::True, |member| match body.holds(run) {
                Truth::True => bounds.push(member),
                holds => bounds.push(holds),
            });
            bounds
        }),
    }
}

/// Counts the rows that belong and of which something holds.
fn count_rows(rows: Rows, holds: impl Fn(&Run<'_>, &Chunk<'_>) -> Truths + Send + Sync + 'static) -> Count {
    Arc::new(move |run| {
        let mut bounds = Bounds::default();
        bounds.open = rows.chunks(run, |chunk, members| {
            let holds = holds(run, chunk);
            bounds.sure += u64::from((chunk.wanted & members.yes & holds.yes).count_ones());
            bounds.possible += u64::from((chunk.wanted & !holds.no).count_ones());
            ControlFlow::Continue(())
        });
        bounds
    })
}

/// `all` and `any`: one element can decide.
fn decided(values: Values, body: Test, decisive: Truth) -> Test {
    match values {
        Values::Rows(rows) if body.is_columnar() => {
            let of = if decisive == Truth::True { Of::Some } else { Of::Each };
            Test::Rows(Arc::new(Quantified { rows, of, body }))
        }
        values => decided_by_each(values, body, decisive),
    }
}

fn decided_by_each(values: Values, body: Test, decisive: Truth) -> Test {
    let otherwise = !decisive;
    Test::other(move |run| {
        let mut result = otherwise;
        let open = values.each(run, Truth::True, |member| {
            let holds = body.holds(run);
            if holds == otherwise {
                return ControlFlow::Continue(());
            }
            if holds == decisive && member == Truth::True {
                result = decisive;
                return ControlFlow::Break(());
            }
            result = Truth::Unknown;
            ControlFlow::Continue(())
        });
        if open && result == otherwise { Truth::Unknown } else { result }
    })
}

/// Folds a list whose values must all be known and sure to belong.
fn reduce<'r>(
    values: &Values,
    run: &'r Run<'r>,
    start: Operand<'r, ()>,
    step: impl Fn(Operand<'r, ()>, Operand<'r, ()>) -> Operand<'r, ()>,
) -> Operand<'r, ()> {
    let mut result = start;
    let mut known = true;
    let open = values.walk(run, Truth::True, &mut |value, member| {
        let value = arithmetic::exact(value);
        known &= member == Truth::True && !matches!(value, Operand::Unknown);
        if known {
            let so_far = std::mem::replace(&mut result, Operand::Unknown);
            result = step(so_far, value);
        }
        ControlFlow::Continue(())
    });
    if open || !known { Operand::Unknown } else { result }
}

/// Whether a value is in a list.
fn find<'r>(run: &'r Run<'r>, values: &Values, wanted: &Operand<'r, ()>) -> Truth {
    let mut found = Truth::False;
    let open = values.walk(run, Truth::True, &mut |value, member| match compare::<()>(
        CompareOp::Equal,
        (wanted.clone(), ()),
        (value, ()),
        false,
    )
    .0
    {
        Truth::False => ControlFlow::Continue(()),
        Truth::True if member == Truth::True => {
            found = Truth::True;
            ControlFlow::Break(())
        }
        _ => {
            found = Truth::Unknown;
            ControlFlow::Continue(())
        }
    });
    if open && found == Truth::False { Truth::Unknown } else { found }
}

/// How it is told at sight whether a cell holds one of some constants, which are of one type.
fn one_of(constants: &[Value<'static>]) -> Usual {
    match constants.first() {
        Some(Value::Member(_)) => Usual::Member(Members::new(|member| constants.contains(&Value::Member(member)))),
        Some(Value::Text(_)) => {
            let texts = constants.iter().filter_map(|own| match own {
                Value::Text(own) => Some(own.as_str()),
                _ => None,
            });
            Usual::Start(Arc::new(Starts::whole(texts)))
        }
        _ => Usual::Never,
    }
}

/// Whether a value is one of some constants.
fn among(value: &Operand<'_, ()>, constants: &[Value<'static>]) -> Truth {
    match value {
        Operand::Void | Operand::Null => Truth::False,
        Operand::Known(own) => constants.contains(own).into(),
        _ if constants.is_empty() => Truth::False,
        other => {
            let mut found = Truth::False;
            for constant in constants {
                let constant = (Operand::Known(constant.clone()), ());
                match compare::<()>(CompareOp::Equal, (other.clone(), ()), constant, false).0 {
                    Truth::True => return Truth::True,
                    Truth::Unknown => found = Truth::Unknown,
                    Truth::False => {}
                }
            }
            found
        }
    }
}
