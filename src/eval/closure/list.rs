//! Closures over lists: rows of a table, filtered, each with whether it is sure to belong; and what is computed of each.

use super::super::arithmetic;
use super::super::compare::compare;
use super::super::kleene::Truth;
use super::super::operand::{Operand, same};
use super::compiler::{Binding, Compiler};
use super::slot::{Run, Slot, Source, operand};
use super::{Fetch, Test};
use crate::compile::layout::ColumnKind;
use crate::compile::{Node, NodeId, Read};
use crate::decode::cells::{Packed, PackedCell};
use crate::ir::{Aggregate, LocalId, Type};
use crate::syntax::ast::{ArithmeticOp, CompareOp, Quantifier};
use crate::value::{MemberId, Number, Value};
use std::ops::ControlFlow;
use std::sync::Arc;

/// Rows of a table, filtered.
#[derive(Clone)]
pub(super) struct Rows {
    list: Source,
    /// The row's own cell.
    element: Slot,
    is_record: bool,
    /// The column that mostly tells whether something is declared: a record's first field, or the row itself.
    telling: usize,
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

/// A list of which elements or values are wanted.
pub(super) enum Values {
    /// Rows as they stand, or filtered.
    Rows(Rows),
    /// `list[].field`: what is taken of each, and what stands for it.
    Taken { of: Box<Self>, take: Fetch, binding: Binding, filters: Vec<Test> },
    /// `list[].list`: lists inside, joined.
    Joined { of: Box<Self>, inner: Box<Self> },
    /// `[a, b]`, and the register that says which one is at hand.
    Items { items: Arc<[Fetch]>, register: u8 },
    /// `distinct(list)`
    Distinct(Box<Self>),
    /// A parameter that has a list for each member.
    Lookup { key: Fetch, rows: Box<[Self]> },
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
        let cells = run.declaration.packed(self.element.table);
        let mut at = first.saturating_mul(self.element.width);
        for _ in 0..len {
            run.bind(self.element.register, at);
            let declared = self.is_declared(run, cells.get(at as usize + self.telling));
            let member = filtered(&self.filters, run, if declared { Truth::True } else { Truth::Unknown });
            if member != Truth::False && visit(member).is_break() {
                break;
            }
            at = at.saturating_add(self.element.width);
        }
        false
    }

    /// Whether something of the row at hand is declared: mostly its telling cell is.
    #[inline]
    fn is_declared(&self, run: &Run<'_>, telling: Option<&PackedCell>) -> bool {
        match telling.map(|cell| cell.content) {
            Some(Packed::Unknown) if !self.is_record => false,
            Some(Packed::Unknown | Packed::Record | Packed::Elements { .. }) | None => {
                self.is_record && run.declaration.record_is_declared(&run.program.layout, self.element.place(run))
            }
            Some(_) => true,
        }
    }

    /// The row at hand.
    fn value<'r>(&self, run: &'r Run<'r>) -> Operand<'r, ()> {
        if self.is_record {
            return Operand::Record(self.element.place(run));
        }
        operand(run, self.element.cell(run))
    }

    fn binding(&self) -> Binding {
        let source = Source::plain(self.element);
        if self.is_record { Binding::Record(source) } else { Binding::Scalar(source) }
    }
}

impl Values {
    /// Visits each element that belongs or may belong, with what stands for it in its register. Says whether there may be more.
    #[inline]
    pub(super) fn each<'r>(
        &self,
        run: &'r Run<'r>,
        outer: Truth,
        mut visit: impl FnMut(Truth) -> ControlFlow<()>,
    ) -> bool {
        match self {
            Self::Rows(rows) => rows.walk(run, |member| visit(within(outer, member))),
            _ => self.walk(run, outer, &mut |_, member| visit(member)),
        }
    }

    /// Visits each value that is not void, and whether it belongs. Says whether there may be more.
    fn walk<'r>(&self, run: &'r Run<'r>, outer: Truth, visit: Visit<'_, 'r>) -> bool {
        match self {
            Self::Rows(rows) => rows.walk(run, |member| {
                let value = rows.value(run);
                let own = if matches!(value, Operand::Unknown) { Truth::Unknown } else { member };
                visit(value, within(outer, own))
            }),
            Self::Taken { of, take, filters, .. } => of.each(run, outer, |member| {
                let value = take(run);
                if matches!(value, Operand::Void) {
                    return ControlFlow::Continue(());
                }
                let own = if matches!(value, Operand::Unknown) { Truth::Unknown } else { member };
                match filtered(filters, run, own) {
                    Truth::False => ControlFlow::Continue(()),
                    own => visit(value, own),
                }
            }),
            Self::Joined { of, inner } => {
                let mut open = false;
                let own = of.each(run, outer, |member| {
                    let mut flow = ControlFlow::Continue(());
                    open |= inner.walk(run, member, &mut |value, member| {
                        flow = visit(value, member);
                        flow
                    });
                    flow
                });
                own || open
            }
            Self::Items { items, register } => {
                for (index, item) in (0..).zip(items.iter()) {
                    run.bind(*register, index);
                    let own = match item(run) {
                        Operand::Void => continue,
                        Operand::Unknown => visit(Operand::Unknown, Truth::Unknown),
                        value => visit(value, outer),
                    };
                    if own.is_break() {
                        break;
                    }
                }
                false
            }
            Self::Distinct(of) => walk_distinct(of, run, outer, visit),
            Self::Lookup { key, rows } => match key(run) {
                Operand::Known(Value::Member(member)) => {
                    rows.get(member.index()).is_none_or(|row| row.walk(run, outer, visit))
                }
                Operand::Void => false,
                _ => true,
            },
        }
    }

    /// What stands for an element; none where it is a value that stands nowhere.
    fn binding(&self) -> Option<Binding> {
        match self {
            Self::Rows(rows) => Some(rows.binding()),
            Self::Taken { binding, .. } => Some(binding.clone()),
            Self::Joined { inner, .. } => inner.binding(),
            Self::Items { items, register } => {
                let (items, register) = (Arc::clone(items), *register);
                let item = move |run: &Run<'_>| items.get(run.row(register) as usize).cloned();
                Some(Binding::Computed(Arc::new(move |run| item(run).map_or(Operand::Unknown, |item| item(run)))))
            }
            Self::Distinct(_) | Self::Lookup { .. } => None,
        }
    }

    /// Without the elements of which a test, made with [`Self::binding`], does not hold.
    fn filtered(self, test: Test) -> Option<Self> {
        Some(match self {
            Self::Rows(mut rows) => {
                rows.filters.push(test);
                Self::Rows(rows)
            }
            Self::Taken { of, take, binding, mut filters } => {
                filters.push(test);
                Self::Taken { of, take, binding, filters }
            }
            Self::Joined { of, inner } => Self::Joined { of, inner: Box::new(inner.filtered(test)?) },
            Self::Items { .. } | Self::Distinct(_) | Self::Lookup { .. } => return None,
        })
    }
}

/// What is done with each value of a list.
type Visit<'v, 'r> = &'v mut dyn FnMut(Operand<'r, ()>, Truth) -> ControlFlow<()>;

/// Whether an element belongs, of a list that may not be there itself.
#[inline]
fn within(outer: Truth, member: Truth) -> Truth {
    if outer == Truth::True { member } else { outer }
}

/// Whether an element belongs, with filters that say more.
#[inline]
fn filtered(filters: &[Test], run: &Run<'_>, mut member: Truth) -> Truth {
    for filter in filters {
        match filter(run) {
            Truth::True => {}
            Truth::False => return Truth::False,
            Truth::Unknown => member = Truth::Unknown,
        }
    }
    member
}

/// Different values, each once, and as sure as the surest of them. Members of an enum are kept as bits.
fn walk_distinct<'r>(of: &Values, run: &'r Run<'r>, outer: Truth, visit: Visit<'_, 'r>) -> bool {
    let (mut sure, mut possible) = (0_u64, 0_u64);
    let mut others: Vec<(Operand<'r, ()>, Truth)> = Vec::new();
    let open = of.walk(run, outer, &mut |value, member| {
        if let Operand::Known(Value::Member(own)) = &value
            && let Some(bit) = bit(*own)
        {
            possible |= bit;
            sure |= if member == Truth::True { bit } else { 0 };
        } else {
            match others.iter_mut().find(|(other, _)| same(other, &value)) {
                Some((_, surest)) if member == Truth::True => *surest = member,
                Some(_) => {}
                None => others.push((value, member)),
            }
        }
        ControlFlow::Continue(())
    });
    let members = (0..64).filter(|index| possible & (1 << index) != 0);
    let members = members.map(|index| {
        let belongs = if sure & (1 << index) == 0 { Truth::Unknown } else { Truth::True };
        (Operand::Known(Value::Member(MemberId::new(index))), belongs)
    });
    for (value, member) in members.chain(others) {
        if visit(value, member).is_break() {
            break;
        }
    }
    open
}

/// The bit of a member; none for one of very many.
fn bit(member: MemberId) -> Option<u64> {
    (member.index() < 64).then(|| 1 << member.index())
}

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
                let items: Option<Arc<[Fetch]>> = items.iter().map(|item| self.operand(*item)).collect();
                Some(Values::Items { items: items?, register: self.register()? })
            }
            Node::Aggregate(Aggregate::Distinct, list) => self.values(*list).map(Box::new).map(Values::Distinct),
            Node::Lookup(rows, key) => {
                let rows: Option<Box<[Values]>> = rows.iter().map(|row| self.values(*row)).collect();
                Some(Values::Lookup { key: self.operand(*key)?, rows: rows? })
            }
            _ => None,
        }
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
        let telling = usize::from(is_record && element.width > 1);
        Some(Rows { list, element, is_record, telling, filters: Vec::new() })
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
            Quantifier::None => {
                let any = decided(values, body, Truth::True);
                Some(Arc::new(move |run| !any(run)))
            }
            Quantifier::Exactly(n) => Some(counted(count_where(values, body), CompareOp::Equal, n)),
            Quantifier::AtLeast(n) => Some(counted(count_where(values, body), CompareOp::GreaterEqual, n)),
            Quantifier::AtMost(n) => Some(counted(count_where(values, body), CompareOp::LessEqual, n)),
        }
    }

    pub(super) fn bounds(&mut self, list: NodeId) -> Option<Count> {
        let values = self.values(list)?;
        Some(Arc::new(move |run| {
            let mut bounds = Bounds::default();
            bounds.open = values.each(run, Truth::True, |member| bounds.push(member));
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
            let zero = Operand::Known(Value::Number(Number::ZERO));
            reduce(&values, run, zero, |sum, next| {
                arithmetic::compute::<()>(ArithmeticOp::Add, (sum, ()), (next, ())).0
            })
        }))
    }

    /// `min(list)`, `max(list)`
    pub(super) fn extreme(&mut self, list: NodeId, better: CompareOp) -> Option<Fetch> {
        let values = self.values(list)?;
        Some(Arc::new(move |run| {
            let found = reduce(&values, run, Operand::Void, |best, next| match &best {
                Operand::Void => next,
                _ => {
                    let dates = matches!(best, Operand::Null | Operand::Known(Value::Date(_)));
                    match compare::<()>(better, (next.clone(), ()), (best.clone(), ()), dates).0 {
                        Truth::True => next,
                        Truth::False => best,
                        Truth::Unknown => Operand::Unknown,
                    }
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

    /// `list covers set`
    pub(super) fn covers(&mut self, list: NodeId, set: NodeId) -> Option<Test> {
        let void = [self.void(list)?, self.void(set)?];
        let (values, set) = (self.values(list)?, self.values(set)?);
        Some(Arc::new(move |run| {
            if void.iter().flatten().any(|void| void(run) == Truth::True) {
                return Truth::False;
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

    /// Whether a list is a field that does not apply, where it may be one.
    fn void(&mut self, list: NodeId) -> Option<Option<Test>> {
        match self.node(list)? {
            Node::Lookup(..) => Some(None),
            _ => self.void_operand(list),
        }
    }

    fn void_operand(&mut self, list: NodeId) -> Option<Option<Test>> {
        match self.node(list)? {
            Node::Rows(read) => {
                let list = self.place(read)?;
                Some(Some(Arc::new(move |run| (list.applies(run) == Truth::False).into())))
            }
            Node::Local(local) => match self.local(*local)?.clone() {
                Binding::List(list, locals) => self.among(locals, |this| this.void_operand(list)),
                _ => None,
            },
            Node::Call(routine, arguments) => {
                let arguments = self.arguments(arguments)?;
                self.call(*routine, arguments, Self::void_operand)
            }
            Node::Lookup(_, key) => {
                let key = self.operand(*key)?;
                Some(Some(Arc::new(move |run| matches!(key(run), Operand::Void).into())))
            }
            _ => Some(None),
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

fn counted(count: Count, op: CompareOp, number: u64) -> Test {
    Arc::new(move |run| {
        let number = Operand::Known(Value::Number(number.into()));
        compare::<()>(op, (count(run).operand(), ()), (number, ()), false).0
    })
}

fn count_where(values: Values, body: Test) -> Count {
    Arc::new(move |run| {
        let mut bounds = Bounds::default();
        bounds.open = values.each(run, Truth::True, |member| match body(run) {
            Truth::True => bounds.push(member),
            holds => bounds.push(holds),
        });
        bounds
    })
}

/// `all` and `any`: one element can decide.
fn decided(values: Values, body: Test, decisive: Truth) -> Test {
    let otherwise = !decisive;
    Arc::new(move |run| {
        let mut result = otherwise;
        let open = values.each(run, Truth::True, |member| {
            let holds = body(run);
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
