//! From nodes to closures: records to slots, routines in place of their calls. Where a form is missing the answer is none, and
//! the machine judges the rule.

use super::super::kleene::Truth;
use super::super::operand::Operand;
use super::Fetch;
use super::slot::{FIRST, REGISTERS, Slot, Source};
use super::test::Test;
use crate::compile::layout::{ColumnKind, TableId};
use crate::compile::{Node, NodeId, Program, Read, RecordAt, RoutineId};
use crate::ir::{LocalId, RecordId, Type};
use crate::value::Value;
use std::sync::Arc;

/// How many nodes one rule may come to, with its routines in place of their calls.
const NODES: usize = 4_000;

/// What a local stands for.
#[derive(Clone)]
pub(super) enum Binding {
    /// Nothing yet.
    Free,
    /// A record.
    Record(Source),
    /// A scalar cell.
    Scalar(Source),
    /// Something computed.
    Computed(Fetch),
    /// A list, by its node and the locals that it was given among: it is made anew for each use.
    List(NodeId, Vec<Self>),
}

/// Makes the closures of one rule.
pub(super) struct Compiler<'p> {
    pub(super) program: &'p Program,
    /// The locals of the routine at hand.
    locals: Vec<Binding>,
    pub(super) registers: u8,
    nodes: usize,
}

impl<'p> Compiler<'p> {
    pub(super) fn new(program: &'p Program) -> Self {
        Self { program, locals: Vec::new(), registers: FIRST, nodes: 0 }
    }

    /// Counts a node; none past the limit.
    pub(super) fn node(&mut self, id: NodeId) -> Option<&'p Node> {
        self.nodes += 1;
        self.program.node(id).filter(|_| self.nodes <= NODES)
    }

    pub(super) fn register(&mut self) -> Option<u8> {
        let register = self.registers;
        (usize::from(register) < REGISTERS).then(|| {
            self.registers += 1;
            register
        })
    }

    pub(super) fn width(&self, table: TableId) -> u32 {
        let width = self.program.layout.table(table).map_or(0, |table| table.columns.len());
        u32::try_from(width).unwrap_or(u32::MAX)
    }

    pub(super) fn bind(&mut self, local: LocalId, binding: Binding) {
        if self.locals.len() <= local.index() {
            self.locals.resize(local.index() + 1, Binding::Free);
        }
        if let Some(slot) = self.locals.get_mut(local.index()) {
            *slot = binding;
        }
    }

    pub(super) fn local(&self, local: LocalId) -> Option<&Binding> {
        self.locals.get(local.index())
    }

    /// Compiles a routine with its arguments in place.
    pub(super) fn call<T>(
        &mut self,
        routine: RoutineId,
        arguments: Vec<Binding>,
        body: impl FnOnce(&mut Self, NodeId) -> Option<T>,
    ) -> Option<T> {
        let code = self.program.routine(routine)?;
        self.among(arguments, |this| body(this, code.body))
    }

    /// Compiles something among other locals.
    pub(super) fn among<T>(&mut self, locals: Vec<Binding>, body: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let outer = std::mem::replace(&mut self.locals, locals);
        let made = body(self);
        self.locals = outer;
        made
    }

    pub(super) fn arguments(&mut self, arguments: &[NodeId]) -> Option<Vec<Binding>> {
        arguments.iter().map(|argument| self.argument(*argument)).collect()
    }

    fn argument(&mut self, id: NodeId) -> Option<Binding> {
        match self.node(id)? {
            Node::Local(local) => self.local(*local).cloned(),
            _ if matches!(self.program.ty(id), Some(Type::List(_))) => Some(Binding::List(id, self.locals.clone())),
            Node::Scalar(read) => self.place(read).map(Binding::Scalar),
            Node::Root | Node::Record(_) | Node::Conditional(_) | Node::Follow(..) => {
                self.record(id).map(Binding::Record)
            }
            _ => self.operand(id).map(Binding::Computed),
        }
    }

    pub(super) fn routine_operand(&mut self, routine: RoutineId) -> Option<Fetch> {
        self.call(routine, Vec::new(), Self::operand)
    }

    /// A node of a record type.
    pub(super) fn record(&mut self, id: NodeId) -> Option<Source> {
        match self.node(id)? {
            Node::Root => Some(Source::plain(Slot::root(self.width(TableId::ROOT)))),
            Node::Local(local) => match self.local(*local)? {
                Binding::Record(source) => Some(source.clone()),
                _ => None,
            },
            Node::Record(at) => self.inner(*at),
            Node::Conditional(read) => self.place(read),
            Node::Follow(reference, record) => self.follow(*reference, *record),
            Node::Call(routine, arguments) => {
                let arguments = self.arguments(arguments)?;
                self.call(*routine, arguments, Self::record)
            }
            _ => None,
        }
    }

    fn inner(&mut self, at: RecordAt) -> Option<Source> {
        Some(self.record(at.base)?.field(at.offset))
    }

    /// The cell that a field is read from.
    pub(super) fn place(&mut self, read: &Read) -> Option<Source> {
        let record = self.inner(read.record)?;
        let field = record.field(read.offset);
        match read.condition {
            Some(condition) => Some(field.guarded(self.condition(condition, &record)?)),
            None => Some(field),
        }
    }

    /// A field's condition, seen from a record that is known to be there.
    pub(super) fn condition(&mut self, routine: RoutineId, record: &Source) -> Option<Test> {
        let local = Binding::Record(Source::plain(record.slot));
        self.call(routine, vec![local], Self::test)
    }

    /// The record that a reference leads to: a guard finds its row.
    pub(super) fn follow(&mut self, reference: NodeId, record: RecordId) -> Option<Source> {
        let reference = self.operand(reference)?;
        let table = *self.program.layout.targets.get(&record)?;
        let (width, register) = (self.width(table), self.register()?);
        let guard = Test::other(move |run| match reference(run) {
            Operand::Known(Value::Text(id)) => match run.declaration.find(&run.program.layout, table, id.as_str()) {
                Some(row) => {
                    run.bind(register, row.saturating_mul(width));
                    Truth::True
                }
                None => Truth::Unknown,
            },
            Operand::Void => Truth::False,
            _ => Truth::Unknown,
        });
        Some(Source { guards: Arc::new([guard]), slot: Slot { table, width, register, column: 0 } })
    }
}

/// For each table and column, the condition of its field, seen from the row in the first register.
pub(super) fn conditions(program: &Program) -> Vec<Vec<Option<Test>>> {
    let tables = program.layout.tables.iter().enumerate();
    let tables = tables.map(|(index, table)| {
        let columns = table.columns.iter().map(|column| {
            let (record, field) = column.field?;
            let routine = (*program.conditions.get(record.index())?.get(field.index())?)?;
            let mut compiler = Compiler::new(program);
            let register = compiler.register()?;
            let table = TableId::new(index);
            let width = compiler.width(table);
            let own = match column.kind {
                // A record's own cell stands in its enclosing record's block as well.
                ColumnKind::Record(_) | ColumnKind::Scalar | ColumnKind::List(_) => column.record,
            };
            let slot = Slot { table, width, register, column: u32::try_from(own).ok()? };
            compiler.condition(routine, &Source::plain(slot))
        });
        columns.collect()
    });
    tables.collect()
}
