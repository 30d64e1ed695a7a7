//! The machine: evaluates nodes of a program over a declaration. Total: every node has a result, and a result that
//! cannot be had is unknown with its cause.

use super::kleene::{Fold, Judged, Truth, both, either, not};
use super::operand::{self, Found, Operand, Pair};
use super::provenance::{Cause, Grade, Provenance};
use crate::compile::{Node, NodeId, Program, ProofCells, Read, RecordAt, RoutineId};
use crate::decode::declaration::{Cell, Content, Declaration, Place};
use crate::function::{Fault, Registry, Session};
use crate::ir::{LocalId, RecordId, Type};
use crate::syntax::ast::Connective;
use crate::value::{Date, Text, Value};
use std::sync::Arc;

/// Evaluates nodes. One for each declaration; it keeps nothing between rules but what was read.
pub struct Machine<'a, P> {
    pub(super) program: &'a Program,
    pub(super) declaration: &'a Declaration<'a>,
    pub(super) calls: Session<'a>,
    pub(super) as_of: Date,
    /// The locals of all frames; the current frame begins at `frame`.
    locals: Vec<Found<'a, P>>,
    frame: usize,
    /// Every cell that was read, where that is kept, as often as it was.
    pub(super) reads: Vec<Place>,
    /// Whether what is read is a fact that the rule rests on; not so while a message is made.
    pub(super) notes_reads: bool,
    /// The declaration's text, where a check was given it.
    pub(super) text: Option<Arc<str>>,
    /// What each node came to, where somebody wants to see the derivation.
    pub(super) steps: Option<Vec<(NodeId, Operand<'a, P>)>>,
}

impl<'a, P: Provenance> Machine<'a, P> {
    pub(super) fn new(
        program: &'a Program,
        declaration: &'a Declaration<'a>,
        registry: &'a Registry,
        as_of: Date,
    ) -> Self {
        Self {
            program,
            declaration,
            calls: registry.session(),
            as_of,
            locals: Vec::new(),
            frame: 0,
            reads: Vec::new(),
            notes_reads: P::TRACED,
            text: None,
            steps: None,
        }
    }

    /// Starts a frame of `count` unknown locals; give the result to [`Self::leave`].
    pub(super) fn enter(&mut self, count: usize) -> usize {
        let outer = std::mem::replace(&mut self.frame, self.locals.len());
        self.locals.resize(self.frame + count, (Operand::Unknown, P::default()));
        outer
    }

    pub(super) fn leave(&mut self, outer: usize) {
        self.locals.truncate(self.frame);
        self.frame = outer;
    }

    pub(super) fn bind(&mut self, local: LocalId, found: Found<'a, P>) {
        if let Some(slot) = self.locals.get_mut(self.frame + local.index()) {
            *slot = found;
        }
    }

    fn local(&self, local: LocalId) -> Found<'a, P> {
        self.locals.get(self.frame + local.index()).cloned().unwrap_or((Operand::Unknown, P::default()))
    }

    /// The cell at a place, noted as read.
    pub(super) fn cell(&mut self, place: Place) -> Cell<'a> {
        if self.notes_reads {
            self.reads.push(place);
        }
        self.declaration.cell(&self.program.layout, place)
    }

    /// Whether a node of type `bool` holds.
    pub(super) fn truth(&mut self, id: NodeId) -> Judged<P> {
        let program = self.program;
        let judged = match program.node(id) {
            Some(Node::Not(inner)) => not(self.truth(*inner)),
            Some(Node::Junction(connective, operands)) => self.junction(*connective, operands),
            Some(Node::Implies(premise, conclusion)) => self.implies(*premise, *conclusion),
            Some(Node::Compare(op, a, b)) => {
                let dates = program.ty(*a) == Some(&Type::Date);
                let (left, right) = (self.operand(*a), self.operand(*b));
                super::compare::compare(*op, left, right, dates)
            }
            Some(Node::Quantify { quantifier, list, binder, body }) => {
                self.quantify(*quantifier, *list, *binder, *body)
            }
            Some(Node::In(element, list)) => {
                let element = self.operand(*element);
                self.contained(&element, *list)
            }
            Some(Node::Covers(list, set)) => self.covers(*list, *set),
            Some(Node::Matches(text, pattern)) => {
                let pattern = program.patterns.get(*pattern);
                self.text_test(*text, |text| pattern.is_some_and(|pattern| pattern.matches(text)))
            }
            Some(Node::StartsWith(text, prefix)) => {
                self.text_relation(*text, *prefix, |text, part| text.starts_with(part))
            }
            Some(Node::Contains(text, part)) => self.text_relation(*text, *part, |text, part| text.contains(part)),
            Some(Node::Within { date, from, until }) => self.within(*date, *from, *until),
            Some(Node::Declared(of, silence)) => self.declared(*of, *silence),
            Some(Node::Proven { reference, cells, independently }) => {
                let found = self.operand(*reference);
                self.proven(found, *cells, *independently).0
            }
            Some(Node::Empty(list)) => self.empty(*list),
            Some(Node::IsNull(of)) => is_null(self.operand(*of)),
            _ => as_truth(self.compute(id)),
        };
        if let Some(steps) = &mut self.steps
            && program.node(id).is_some_and(is_logic)
        {
            steps.push((id, truth_operand(judged.0)));
        }
        judged
    }

    /// What a node comes to.
    pub(super) fn operand(&mut self, id: NodeId) -> Found<'a, P> {
        if self.program.node(id).is_some_and(is_logic) {
            let (truth, basis) = self.truth(id);
            return (truth_operand(truth), basis);
        }
        self.compute(id)
    }

    fn compute(&mut self, id: NodeId) -> Found<'a, P> {
        let program = self.program;
        let found = match program.node(id) {
            Some(Node::Constant(value)) => (Operand::Known(value.clone()), P::default()),
            Some(Node::Root) => (Operand::Record(Place::ROOT), P::default()),
            Some(Node::AsOf) => (Operand::Known(Value::Date(self.as_of)), P::default()),
            Some(Node::Local(local)) => self.local(*local),
            Some(Node::Record(at)) => self.record(*at),
            Some(Node::Scalar(read)) => self.scalar(read),
            Some(Node::Conditional(read)) => self.conditional(read),
            Some(Node::Follow(reference, record)) => self.follow(*reference, *record),
            Some(Node::Lookup(rows, key)) => self.lookup(rows, *key),
            Some(Node::Aggregate(aggregate, list)) => self.aggregate(*aggregate, *list),
            Some(Node::Length(text)) => self.length(*text),
            Some(Node::Arithmetic(op, a, b)) => {
                let (left, right) = (self.operand(*a), self.operand(*b));
                super::arithmetic::compute(*op, left, right)
            }
            Some(Node::Shift { date, by, calendar, back }) => {
                let (date, by) = (self.operand(*date), self.operand(*by));
                super::arithmetic::shift(date, by, *calendar, *back)
            }
            Some(Node::DaysBetween(a, b)) => {
                let (left, right) = (self.operand(*a), self.operand(*b));
                super::arithmetic::days_between(left, right)
            }
            Some(Node::Negate(inner)) => super::arithmetic::negate(self.operand(*inner)),
            Some(Node::Coalesce(path, default)) => self.coalesce(*path, *default),
            Some(Node::Call(routine, arguments)) => self.call(*routine, arguments),
            Some(Node::Native(function, arguments)) => self.native(*function, arguments),
            Some(Node::List(_) | Node::Rows(_) | Node::Map { .. } | Node::Filter { .. }) => self.collect(id),
            _ => (Operand::Unknown, P::default()),
        };
        if let Some(steps) = &mut self.steps {
            steps.push((id, found.0.clone()));
        }
        found
    }

    /// A premise says when the conclusion is asked for: where it is asked for and does not hold, the conclusion is the
    /// first address, and the premise only related.
    fn implies(&mut self, premise: NodeId, conclusion: NodeId) -> Judged<P> {
        let premise = not(self.truth(premise));
        if !P::TRACED && premise.0 == Truth::True {
            return premise;
        }
        either(self.truth(conclusion), premise)
    }

    fn junction(&mut self, connective: Connective, operands: &[NodeId]) -> Judged<P> {
        let mut fold = if connective == Connective::And { Fold::all() } else { Fold::any() };
        for operand in operands {
            fold.push(self.truth(*operand));
            if fold.is_settled() {
                break;
            }
        }
        fold.done()
    }

    /// A record inside another: the place further on, where the outer one has a place.
    pub(super) fn record(&mut self, at: RecordAt) -> Found<'a, P> {
        let (base, basis) = self.operand(at.base);
        match base {
            Operand::Record(place) => (Operand::Record(place.field(at.offset)), basis),
            Operand::Void => (Operand::Void, basis),
            _ => (Operand::Unknown, basis),
        }
    }

    /// The place of a field, or why there is none: its record is void or unknown, or its condition is not met.
    pub(super) fn place(&mut self, read: &Read) -> Result<Place, Found<'a, P>> {
        let record = match self.record(read.record) {
            (Operand::Record(place), _) => place,
            other => return Err(other),
        };
        let Some(condition) = read.condition else { return Ok(record.field(read.offset)) };
        match self.condition(condition, record) {
            (Truth::True, _) => Ok(record.field(read.offset)),
            (Truth::False, basis) => Err((Operand::Void, basis)),
            (Truth::Unknown, basis) => Err((Operand::Unknown, basis)),
        }
    }

    /// A field's condition, seen from its record.
    pub(super) fn condition(&mut self, routine: RoutineId, record: Place) -> Judged<P> {
        let Some(code) = self.program.routine(routine) else { return (Truth::Unknown, P::default()) };
        let outer = self.enter(code.locals);
        self.bind(LocalId::new(0), (Operand::Record(record), P::default()));
        let judged = self.truth(code.body);
        self.leave(outer);
        judged
    }

    fn conditional(&mut self, read: &Read) -> Found<'a, P> {
        match self.place(read) {
            Ok(place) => (Operand::Record(place), P::default()),
            Err(other) => other,
        }
    }

    fn scalar(&mut self, read: &Read) -> Found<'a, P> {
        let place = match self.place(read) {
            Ok(place) => place,
            Err(other) => return other,
        };
        let cell = self.cell(place);
        let grade = if P::TRACED { self.claim_grade(read, place) } else { Grade::Asserted };
        let basis = P::cell(place, Some(grade));
        match cell.content {
            Content::Value(value) => (Operand::Known(value), basis),
            Content::Null => (Operand::Null, basis),
            _ => (Operand::Unknown, basis),
        }
    }

    /// How well a claim is shown, by the proof that the model names for it.
    fn claim_grade(&mut self, read: &Read, place: Place) -> Grade {
        let Some(&(offset, cells)) = read.proof.as_deref() else { return Grade::Asserted };
        let Some(column) = place.column.checked_sub(u32::try_from(read.offset).unwrap_or(0)) else {
            return Grade::Asserted;
        };
        self.proof_grade(Place { column, ..place }.field(offset), cells)
    }

    /// How well the reference that stands at a place proves.
    pub(super) fn proof_grade(&mut self, reference: Place, cells: ProofCells) -> Grade {
        let found = match self.cell(reference).content {
            Content::Value(value) => (Operand::Known(value), P::default()),
            _ => return Grade::Asserted,
        };
        let ((truth, _), grade) = self.proven(found, cells, false);
        if truth == Truth::True { grade } else { Grade::Asserted }
    }

    /// The row that a reference leads to.
    fn target(&self, id: &Text<'a>, record: RecordId) -> Option<Place> {
        let table = *self.program.layout.targets.get(&record)?;
        let row = self.declaration.find(&self.program.layout, table, id.as_str())?;
        Some(Place::element(table, row))
    }

    fn follow(&mut self, reference: NodeId, record: RecordId) -> Found<'a, P> {
        let (found, basis) = self.operand(reference);
        match found {
            Operand::Known(Value::Text(id)) => match self.target(&id, record) {
                Some(place) => (Operand::Record(place), basis),
                None => (Operand::Unknown, basis.clone().and(dangling(&basis))),
            },
            Operand::Void => (Operand::Void, basis),
            _ => (Operand::Unknown, basis),
        }
    }

    /// Whether a reference is proven, and how well.
    pub(super) fn proven(&mut self, found: Found<'a, P>, cells: ProofCells, independently: bool) -> (Judged<P>, Grade) {
        let (reference, basis) = found;
        let id = match reference {
            Operand::Known(Value::Text(id)) => id,
            Operand::Void => return ((Truth::True, basis), Grade::Asserted),
            _ => return ((Truth::Unknown, basis), Grade::Asserted),
        };
        let Some(record) = self.target(&id, cells.record) else {
            let cause = dangling(&basis);
            return ((Truth::Unknown, basis.and(cause)), Grade::Asserted);
        };
        self.judge_proof(record, cells, independently, basis)
    }

    fn judge_proof(&mut self, record: Place, cells: ProofCells, independently: bool, basis: P) -> (Judged<P>, Grade) {
        let self_issued = self.fact(record, cells.record, cells.self_issued);
        let grade = match &self_issued.0 {
            Operand::Known(Value::Bool(false)) => Grade::Independent,
            _ => Grade::SelfEvidenced,
        };
        let today = || (Operand::Known(Value::Date(self.as_of)), P::default());
        let (today_issue, today_valid) = (today(), today());
        let mut fold = Fold::all();
        let issuer = self.fact(record, cells.record, cells.issuer);
        fold.push(known(issuer));
        let issued_on = self.fact(record, cells.record, cells.issued_on);
        fold.push(super::compare::at_most(issued_on, today_issue));
        let valid_until = self.fact(record, cells.record, cells.valid_until);
        fold.push(super::compare::at_most(today_valid, valid_until));
        if independently {
            fold.push(not(as_truth(self_issued)));
        }
        let (truth, facts) = fold.done();
        ((truth, basis.and(facts).graded(grade)), grade)
    }

    /// A fact of a proof: a cell of the record that a reference leads to, with the field's own condition.
    fn fact(&mut self, record: Place, ty: RecordId, offset: usize) -> Found<'a, P> {
        let fields = self.program.layout.offsets.get(ty.index());
        let field = fields.and_then(|fields| fields.iter().position(|at| *at == offset));
        let condition = field.and_then(|field| *self.program.conditions.get(ty.index())?.get(field)?);
        if let Some(condition) = condition {
            match self.condition(condition, record) {
                (Truth::True, _) => {}
                (Truth::False, basis) => return (Operand::Void, basis),
                (Truth::Unknown, basis) => return (Operand::Unknown, basis),
            }
        }
        let place = record.field(offset);
        let basis = P::cell(place, None);
        match self.cell(place).content {
            Content::Value(value) => (Operand::Known(value), basis),
            Content::Null => (Operand::Null, basis),
            _ => (Operand::Unknown, basis),
        }
    }

    fn lookup(&mut self, rows: &[NodeId], key: NodeId) -> Found<'a, P> {
        let (found, basis) = self.operand(key);
        match found {
            Operand::Known(Value::Member(member)) => match rows.get(member.index()) {
                Some(row) => {
                    let (value, _) = self.operand(*row);
                    (value, basis)
                }
                None => (Operand::Unknown, basis),
            },
            Operand::Void => (Operand::Void, basis),
            _ => (Operand::Unknown, basis),
        }
    }

    fn length(&mut self, text: NodeId) -> Found<'a, P> {
        let (found, basis) = self.operand(text);
        match found {
            Operand::Known(Value::Text(text)) => {
                let count = u64::try_from(text.as_str().chars().count()).unwrap_or(u64::MAX);
                (Operand::Known(Value::Number(count.into())), basis)
            }
            other => super::arithmetic::no_result(&other, basis),
        }
    }

    fn text_test(&mut self, of: NodeId, holds: impl Fn(&str) -> bool) -> Judged<P> {
        let (found, basis) = self.operand(of);
        match found {
            Operand::Known(Value::Text(text)) => (holds(text.as_str()).into(), basis),
            Operand::Void | Operand::Null => (Truth::False, basis),
            _ => (Truth::Unknown, basis),
        }
    }

    fn text_relation(&mut self, of: NodeId, part: NodeId, holds: impl Fn(&str, &str) -> bool) -> Judged<P> {
        let (whole, part) = (self.operand(of), self.operand(part));
        match operand::pair(whole, part) {
            Pair::Known(Value::Text(text), Value::Text(part), basis) => {
                (holds(text.as_str(), part.as_str()).into(), basis)
            }
            Pair::Nothing(basis, _) => (Truth::False, basis),
            Pair::Known(_, _, basis) | Pair::Unknown(basis) => (Truth::Unknown, basis),
        }
    }

    fn within(&mut self, date: NodeId, from: NodeId, until: NodeId) -> Judged<P> {
        let (date, from) = (self.operand(date), self.operand(from));
        let until = self.operand(until);
        both(super::compare::at_least(date.clone(), from), super::compare::at_most(date, until))
    }

    fn coalesce(&mut self, path: NodeId, default: NodeId) -> Found<'a, P> {
        let (found, basis) = self.operand(path);
        if !matches!(found, Operand::Unknown) || !self.is_absent(path) {
            return (found, basis);
        }
        let (value, rest) = self.operand(default);
        (value, basis.and(rest).and(P::assumed()))
    }

    /// Whether a field was simply not given: it applies, and its cell holds nothing.
    fn is_absent(&mut self, path: NodeId) -> bool {
        match self.program.node(path) {
            Some(Node::Scalar(read)) => match self.place(read) {
                Ok(place) => self.cell(place).content == Content::Unknown,
                Err(_) => false,
            },
            _ => false,
        }
    }

    pub(super) fn call(&mut self, routine: RoutineId, arguments: &[NodeId]) -> Found<'a, P> {
        let Some(code) = self.program.routine(routine) else { return (Operand::Unknown, P::default()) };
        let values: Vec<Found<'a, P>> = arguments.iter().map(|argument| self.operand(*argument)).collect();
        let outer = self.enter(code.locals);
        for (index, value) in values.into_iter().enumerate() {
            self.bind(LocalId::new(index), value);
        }
        let found = self.operand(code.body);
        self.leave(outer);
        found
    }

    /// Values for something outside the language, which knows no unknowns; or why there are none. Beside what is known to
    /// be no scalar nothing is missing: whatever else were declared, there would be no call.
    pub(super) fn known_arguments(&mut self, arguments: &[NodeId]) -> Result<(Vec<Value<'a>>, P), P> {
        let found: Vec<Found<'a, P>> = arguments.iter().map(|argument| self.operand(*argument)).collect();
        let mut values = Vec::with_capacity(found.len());
        let (mut known, mut unknown, mut none) = (P::default(), None::<P>, None::<P>);
        for (operand, basis) in found {
            match operand {
                Operand::Known(value) => {
                    values.push(value);
                    known.join(basis);
                }
                Operand::Void => none.get_or_insert_default().join(basis.and(P::cause(Cause::NotApplicable))),
                Operand::Null => none.get_or_insert_default().join(basis.and(P::cause(Cause::Null))),
                _ => unknown.get_or_insert_default().join(basis),
            }
        }
        match none.or(unknown) {
            Some(basis) => Err(basis),
            None => Ok((values, known)),
        }
    }

    fn native(&mut self, function: usize, arguments: &[NodeId]) -> Found<'a, P> {
        let (values, known) = match self.known_arguments(arguments) {
            Ok(known) => known,
            Err(basis) => return (Operand::Unknown, basis),
        };
        match self.calls.call(function, &values) {
            Ok(value) => (Operand::Known(value), known),
            Err(Fault { function, message }) => {
                (Operand::Unknown, known.and(P::cause(Cause::Fault { function, message })))
            }
        }
    }
}

/// Whether a node's own result is a truth.
pub(super) const fn is_logic(node: &Node) -> bool {
    matches!(
        node,
        Node::Not(_)
            | Node::Junction(..)
            | Node::Implies(..)
            | Node::Compare(..)
            | Node::Quantify { .. }
            | Node::In(..)
            | Node::Covers(..)
            | Node::Matches(..)
            | Node::StartsWith(..)
            | Node::Contains(..)
            | Node::Within { .. }
            | Node::Declared(..)
            | Node::Proven { .. }
            | Node::Empty(_)
            | Node::IsNull(_)
    )
}

pub(super) fn truth_operand<'a, P>(truth: Truth) -> Operand<'a, P> {
    match truth {
        Truth::True => Operand::Known(Value::Bool(true)),
        Truth::False => Operand::Known(Value::Bool(false)),
        Truth::Unknown => Operand::Unknown,
    }
}

/// A `bool` as a truth. What does not apply is not true.
pub(super) fn as_truth<P>((operand, basis): Found<'_, P>) -> Judged<P> {
    let truth = match operand {
        Operand::Known(Value::Bool(value)) => value.into(),
        Operand::Void | Operand::Null => Truth::False,
        _ => Truth::Unknown,
    };
    (truth, basis)
}

/// Whether a value is known, or a known nothing.
pub(super) fn known<P>((operand, basis): Found<'_, P>) -> Judged<P> {
    (if matches!(operand, Operand::Unknown) { Truth::Unknown } else { Truth::True }, basis)
}

fn is_null<P>((operand, basis): Found<'_, P>) -> Judged<P> {
    let truth = match operand {
        Operand::Null => Truth::True,
        Operand::Unknown => Truth::Unknown,
        _ => Truth::False,
    };
    (truth, basis)
}

/// The cause of a reference that leads nowhere: its own cell.
fn dangling<P: Provenance>(basis: &P) -> P {
    basis.first().map_or_else(P::default, |place| P::cause(Cause::Dangling(place)))
}
