//! Closures over lists: rows of a table, filtered, each with whether it is sure to belong; and what is computed of each.

use super::super::arithmetic;
use super::super::compare::compare;
use super::super::kleene::Truth;
use super::super::operand::Operand;
use super::compiler::{Binding, Compiler};
use super::slot::{Run, Slot, Source, operand};
use super::{Fetch, Test};
use crate::compile::layout::ColumnKind;
use crate::compile::{Node, NodeId, Read};
use crate::decode::cells::{Packed, PackedCell};
use crate::ir::{LocalId, MemberId};
use crate::syntax::ast::{ArithmeticOp, CompareOp, Quantifier};
use crate::value::{Number, Value};
use std::ops::ControlFlow;
use std::sync::Arc;

/// Rows of a table, filtered.
#[derive(Clone)]
pub(super) struct Rows {
    list: Source,
    /// The row's own cell.
    element: Slot,
    is_record: bool,
    filters: Vec<Test>,
}

/// What is counted of a list: those that surely and possibly belong, and whether there may be more.
#[derive(Clone, Copy, Default)]
pub(super) struct Bounds {
    pub(super) sure: u64,
    pub(super) possible: u64,
    pub(super) open: bool,
}

/// Counts a list.
pub(super) type Count = Arc<dyn for<'r> Fn(&'r Run<'r>) -> Bounds + Send + Sync>;

/// A list of which values are wanted: rows, with lists inside where they are joined, and what is taken of each.
enum Values {
    Rows { rows: Rows, take: Option<Fetch> },
    Joined { rows: Rows, inner: Box<Self> },
}

impl Rows {
    /// Visits each row that belongs or may belong, with the row in its register. Says whether there may be more.
    #[inline]
    pub(super) fn walk(&self, run: &Run<'_>, mut visit: impl FnMut(Truth) -> ControlFlow<()>) -> bool {
        let Some(cell) = self.list.see(run) else { return false };
        let (first, len) = match cell.content {
            Packed::Elements { first, len } => (first, len),
            Packed::Empty => return false,
            _ => return true,
        };
        for row in first..first.saturating_add(len) {
            run.bind(self.element.register, row.saturating_mul(self.element.width));
            let member = self.membership(run);
            if member != Truth::False && visit(member).is_break() {
                break;
            }
        }
        false
    }

    #[inline]
    fn membership(&self, run: &Run<'_>) -> Truth {
        let mut member = if self.is_declared(run) { Truth::True } else { Truth::Unknown };
        for filter in &self.filters {
            match filter(run) {
                Truth::True => {}
                Truth::False => return Truth::False,
                Truth::Unknown => member = Truth::Unknown,
            }
        }
        member
    }

    /// Whether something of the row is declared: mostly its first field is.
    #[inline]
    fn is_declared(&self, run: &Run<'_>) -> bool {
        if !self.is_record {
            return !matches!(self.element.cell(run).content, Packed::Unknown);
        }
        let first = Slot { column: 1, ..self.element }.cell(run).content;
        if !matches!(first, Packed::Unknown | Packed::Record | Packed::Elements { .. }) && self.element.width > 1 {
            return true;
        }
        run.declaration.record_is_declared(&run.program.layout, self.element.place(run))
    }

    fn binding(&self) -> Binding {
        let source = Source::plain(self.element);
        if self.is_record { Binding::Record(source) } else { Binding::Scalar(source) }
    }
}

impl Values {
    /// Visits each value that is not void, and whether it belongs. Says whether there may be more.
    fn walk<'r>(
        &self,
        run: &'r Run<'r>,
        outer: Truth,
        visit: &mut dyn FnMut(Operand<'r, ()>, Truth) -> ControlFlow<()>,
    ) -> bool {
        match self {
            Self::Rows { rows, take } => rows.walk(run, |member| {
                let value = match take {
                    Some(take) => take(run),
                    None if rows.is_record => Operand::Record(rows.element.place(run)),
                    None => operand(run, rows.element.cell(run)),
                };
                let own = match value {
                    Operand::Void => return ControlFlow::Continue(()),
                    Operand::Unknown => Truth::Unknown,
                    _ => member,
                };
                visit(value, if outer == Truth::True { own } else { outer })
            }),
            Self::Joined { rows, inner } => {
                let mut open = false;
                let own = rows.walk(run, |member| {
                    let mut flow = ControlFlow::Continue(());
                    let member = if outer == Truth::True { member } else { outer };
                    open |= inner.walk(run, member, &mut |value, member| {
                        flow = visit(value, member);
                        flow
                    });
                    flow
                });
                own || open
            }
        }
    }
}

impl Compiler<'_> {
    /// A list of rows, as they stand or filtered.
    pub(super) fn rows(&mut self, id: NodeId) -> Option<Rows> {
        match self.node(id)? {
            Node::Rows(read) => self.field_rows(read),
            Node::Filter { list, binder, predicate } => {
                let rows = self.rows(*list)?;
                self.filtered(rows, *binder, *predicate)
            }
            Node::Call(routine, arguments) => {
                let arguments = self.arguments(arguments)?;
                self.call(*routine, arguments, Self::rows)
            }
            _ => None,
        }
    }

    fn field_rows(&mut self, read: &Read) -> Option<Rows> {
        let list = self.place(read)?;
        let Slot { table, column, .. } = list.slot;
        let ColumnKind::List(table) = self.program.layout.column(table, column as usize)?.kind else { return None };
        let is_record = matches!(self.program.layout.column(table, 0)?.kind, ColumnKind::Record(_));
        let element = Slot { table, width: self.width(table), register: self.register()?, column: 0 };
        Some(Rows { list, element, is_record, filters: Vec::new() })
    }

    pub(super) fn filtered(&mut self, mut rows: Rows, binder: LocalId, predicate: NodeId) -> Option<Rows> {
        self.bind(binder, rows.binding());
        rows.filters.push(self.test(predicate)?);
        Some(rows)
    }

    pub(super) fn bind_rows(&mut self, binder: LocalId, rows: &Rows) {
        self.bind(binder, rows.binding());
    }

    fn values(&mut self, id: NodeId) -> Option<Values> {
        match self.node(id)? {
            Node::Map { list, binder, body, flatten } => {
                let rows = self.rows(*list)?;
                self.bind_rows(*binder, &rows);
                if *flatten {
                    return Some(Values::Joined { rows, inner: Box::new(self.values(*body)?) });
                }
                Some(Values::Rows { rows, take: Some(self.operand(*body)?) })
            }
            Node::Call(routine, arguments) if self.rows(id).is_none() => {
                let arguments = self.arguments(arguments)?;
                self.call(*routine, arguments, Self::values)
            }
            _ => self.rows(id).map(|rows| Values::Rows { rows, take: None }),
        }
    }

    pub(super) fn quantify(&mut self, of: Quantifier, list: NodeId, binder: LocalId, body: NodeId) -> Option<Test> {
        let rows = self.rows(list)?;
        self.bind_rows(binder, &rows);
        let body = self.test(body)?;
        match of {
            Quantifier::All => Some(all(rows, body)),
            Quantifier::Any => Some(any(rows, body)),
            Quantifier::None => {
                let any = any(rows, body);
                Some(Arc::new(move |run| !any(run)))
            }
            Quantifier::Exactly(n) => Some(counted(count_where(rows, body), CompareOp::Equal, n)),
            Quantifier::AtLeast(n) => Some(counted(count_where(rows, body), CompareOp::GreaterEqual, n)),
            Quantifier::AtMost(n) => Some(counted(count_where(rows, body), CompareOp::LessEqual, n)),
        }
    }

    pub(super) fn bounds(&mut self, list: NodeId) -> Option<Count> {
        let is_rows = matches!(self.node(list)?, Node::Rows(_) | Node::Filter { .. });
        let Some(rows) = (if is_rows { self.rows(list) } else { None }) else {
            let values = self.values(list)?;
            return Some(Arc::new(move |run| {
                let mut bounds = Bounds::default();
                bounds.open = values.walk(run, Truth::True, &mut |_, member| bounds.push(member));
                bounds
            }));
        };
        Some(Arc::new(move |run| {
            let mut bounds = Bounds::default();
            bounds.open = rows.walk(run, |member| bounds.push(member));
            bounds
        }))
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
            let mut sum = Operand::Known(Value::Number(Number::ZERO));
            let mut known = true;
            let open = values.walk(run, Truth::True, &mut |value, member| {
                let value = arithmetic::exact(value);
                known &= member == Truth::True && !matches!(value, Operand::Unknown);
                if known {
                    let so_far = std::mem::replace(&mut sum, Operand::Unknown);
                    sum = arithmetic::compute::<()>(ArithmeticOp::Add, (so_far, ()), (value, ())).0;
                }
                ControlFlow::Continue(())
            });
            if open || !known { Operand::Unknown } else { sum }
        }))
    }

    /// `x in list`
    pub(super) fn contained(&mut self, element: NodeId, list: NodeId) -> Option<Test> {
        if let Some(constants) = self.constants(list) {
            return self.in_constants(element, constants);
        }
        let (element, values) = (self.operand(element)?, self.values(list)?);
        Some(Arc::new(move |run| {
            let wanted = element(run);
            if matches!(wanted, Operand::Void) { Truth::False } else { find(run, &values, &wanted) }
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
            return Some(Arc::new(move |run| among(&element(run), &constants)));
        };
        let bit = |member: MemberId| (member.index() < 64).then(|| 1_u64 << member.index());
        let bits = constants.iter().try_fold(0, |bits, constant| match constant {
            Value::Member(member) => Some(bits | bit(*member)?),
            _ => None,
        });
        Some(Arc::new(move |run| {
            let Some(cell) = source.see(run) else { return Truth::False };
            match (cell.content, bits) {
                (Packed::Member(member), Some(bits)) => (bits & bit(member).unwrap_or(0) != 0).into(),
                (Packed::Text { .. } | Packed::Made { .. }, _) => in_texts(run, cell, &constants),
                _ => among(&operand(run, cell), &constants),
            }
        }))
    }

    /// `list covers set`, of a set that is constant.
    pub(super) fn covers(&mut self, list: NodeId, set: NodeId) -> Option<Test> {
        let set = self.constants(set)?;
        let void = match self.node(list)? {
            Node::Rows(read) => Some(self.place(read)?),
            Node::Map { .. } | Node::Filter { .. } => None,
            _ => return None,
        };
        let values = self.values(list)?;
        Some(Arc::new(move |run| {
            if void.as_ref().is_some_and(|list| list.applies(run) == Truth::False) {
                return Truth::False;
            }
            let mut covered = Truth::True;
            for wanted in &set {
                match find(run, &values, &Operand::Known(wanted.clone())) {
                    Truth::True => {}
                    Truth::False => return Truth::False,
                    Truth::Unknown => covered = Truth::Unknown,
                }
            }
            covered
        }))
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

fn counted(count: Count, op: CompareOp, number: u64) -> Test {
    Arc::new(move |run| {
        let number = Operand::Known(Value::Number(number.into()));
        compare::<()>(op, (count(run).operand(), ()), (number, ()), false).0
    })
}

fn count_where(rows: Rows, body: Test) -> Count {
    Arc::new(move |run| {
        let mut bounds = Bounds::default();
        bounds.open = rows.walk(run, |member| match body(run) {
            Truth::True => bounds.push(member),
            holds => bounds.push(holds),
        });
        bounds
    })
}

fn all(rows: Rows, body: Test) -> Test {
    Arc::new(move |run| {
        let mut result = Truth::True;
        let open = rows.walk(run, |member| match (body(run), member) {
            (Truth::True, _) => ControlFlow::Continue(()),
            (Truth::False, Truth::True) => {
                result = Truth::False;
                ControlFlow::Break(())
            }
            _ => {
                result = Truth::Unknown;
                ControlFlow::Continue(())
            }
        });
        if open && result == Truth::True { Truth::Unknown } else { result }
    })
}

fn any(rows: Rows, body: Test) -> Test {
    Arc::new(move |run| {
        let mut result = Truth::False;
        let open = rows.walk(run, |member| match (body(run), member) {
            (Truth::False, _) => ControlFlow::Continue(()),
            (Truth::True, Truth::True) => {
                result = Truth::True;
                ControlFlow::Break(())
            }
            _ => {
                result = Truth::Unknown;
                ControlFlow::Continue(())
            }
        });
        if open && result == Truth::False { Truth::Unknown } else { result }
    })
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

fn in_texts(run: &Run<'_>, cell: PackedCell, constants: &[Value<'static>]) -> Truth {
    let own = run.declaration.packed_text(cell);
    constants.iter().any(|constant| matches!(constant, Value::Text(text) if Some(text.as_str()) == own)).into()
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
