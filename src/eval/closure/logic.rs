//! Closures for what is true or false.

use super::super::compare::{at_least, at_most, compare, holds};
use super::super::kleene::{Truth, both};
use super::super::machine::as_truth;
use super::super::operand::Operand;
use super::compiler::Compiler;
use super::leaf::{Leaf, Usual};
use super::look::{Bools, Given, Starts};
use super::slot::{Run, Source};
use super::test::Test;
use crate::compile::{Node, NodeId, ProofCells, Silence};
use crate::decode::cells::{Packed, PackedCell};
use crate::syntax::ast::{CompareOp, Connective};
use crate::value::Value;
use std::sync::Arc;

impl Compiler<'_> {
    /// A node of type `bool`.
    pub(super) fn test(&mut self, id: NodeId) -> Option<Test> {
        match self.node(id)? {
            Node::Not(inner) => Some(self.test(*inner)?.negated()),
            Node::Junction(connective, operands) => {
                let tests: Option<Vec<Test>> = operands.iter().map(|operand| self.test(*operand)).collect();
                Some(Test::junction(*connective == Connective::And, tests?))
            }
            Node::Implies(premise, conclusion) => {
                let (premise, conclusion) = (self.test(*premise)?, self.test(*conclusion)?);
                Some(Test::junction(false, vec![premise.negated(), conclusion]))
            }
            Node::Compare(op, a, b) => self.compare(*op, *a, *b),
            Node::Quantify { quantifier, list, binder, body } => self.quantify(*quantifier, *list, *binder, *body),
            Node::In(element, list) => self.contained(*element, *list),
            Node::Covers(list, set) => self.covers(*list, *set),
            Node::Matches(text, pattern) => {
                let pattern = self.program.patterns.get(*pattern)?.clone();
                self.text_test(*text, move |text| pattern.matches(text))
            }
            Node::StartsWith(text, part) => self.starts_with(*text, *part),
            Node::Contains(text, part) => self.text_relation(*text, *part, |text, part| text.contains(part)),
            Node::Within { date, from, until } => {
                let (date, from, until) = (self.operand(*date)?, self.operand(*from)?, self.operand(*until)?);
                Some(Test::other(move |run| match (date(run), from(run), until(run)) {
                    (
                        Operand::Known(Value::Date(date)),
                        Operand::Known(Value::Date(from)),
                        Operand::Known(Value::Date(until)),
                    ) => (from <= date && date <= until).into(),
                    (date, from, until) => {
                        let not_before = at_least::<()>((date.clone(), ()), (from, ()));
                        both(not_before, at_most::<()>((date, ()), (until, ()))).0
                    }
                }))
            }
            Node::Declared(of, silence) => self.declared(*of, *silence),
            Node::Proven { reference, cells, independently } => self.proven(*reference, *cells, *independently),
            Node::Empty(list) => self.empty(*list),
            Node::IsNull(of) => {
                let of = self.operand(*of)?;
                Some(Test::other(move |run| match of(run) {
                    Operand::Null => Truth::True,
                    Operand::Unknown => Truth::Unknown,
                    _ => Truth::False,
                }))
            }
            Node::Call(routine, arguments) => {
                let arguments = self.arguments(arguments)?;
                self.call(*routine, arguments, Self::test)
            }
            _ => self.truth_value(id),
        }
    }

    /// A field, a parameter or the like, as a truth.
    fn truth_value(&mut self, id: NodeId) -> Option<Test> {
        if let Some(source) = self.scalar_source(id) {
            let leaf = Leaf::new(Usual::True(Bools), Truth::False, nothing);
            return Some(Test::cell(source, leaf));
        }
        let value = self.operand(id)?;
        Some(Test::other(move |run| as_truth((value(run), ())).0))
    }

    fn starts_with(&mut self, text: NodeId, part: NodeId) -> Option<Test> {
        if let Some(Value::Text(part)) = self.constant(part)
            && let Some(source) = self.scalar_source(text)
        {
            let usual = Usual::Start(Arc::new(Starts::with(part.as_str())));
            return Some(Test::cell(source, Leaf::new(usual, Truth::False, nothing)));
        }
        self.text_relation(text, part, |text, part| text.starts_with(part))
    }

    fn text_test(&mut self, of: NodeId, holds: impl Fn(&str) -> bool + Send + Sync + 'static) -> Option<Test> {
        let Some(source) = self.scalar_source(of) else {
            let of = self.operand(of)?;
            return Some(Test::other(move |run| match of(run) {
                Operand::Known(Value::Text(text)) => holds(text.as_str()).into(),
                Operand::Void | Operand::Null => Truth::False,
                _ => Truth::Unknown,
            }));
        };
        Some(Test::cell(source, Leaf::new(Usual::Text(Box::new(holds)), Truth::False, nothing)))
    }

    fn text_relation(
        &mut self,
        text: NodeId,
        part: NodeId,
        holds: impl Fn(&str, &str) -> bool + Send + Sync + 'static,
    ) -> Option<Test> {
        if let Some(Value::Text(part)) = self.constant(part) {
            return self.text_test(text, move |text| holds(text, part.as_str()));
        }
        let (text, part) = (self.operand(text)?, self.operand(part)?);
        Some(Test::other(move |run| match (text(run), part(run)) {
            (Operand::Known(Value::Text(text)), Operand::Known(Value::Text(part))) => {
                holds(text.as_str(), part.as_str()).into()
            }
            (Operand::Void | Operand::Null, _) | (_, Operand::Void | Operand::Null) => Truth::False,
            _ => Truth::Unknown,
        }))
    }

    fn declared(&mut self, of: NodeId, silence: Silence) -> Option<Test> {
        let otherwise = if silence == Silence::Unknown { Truth::Unknown } else { Truth::False };
        let decide = move |declared: bool| if declared { Truth::True } else { otherwise };
        match self.node(of)? {
            Node::Rows(_) | Node::List(_) | Node::Map { .. } | Node::Filter { .. } => {
                let bounds = self.bounds(of)?;
                Some(Test::other(move |run| {
                    let bounds = bounds(run);
                    decide(bounds.sure > 0 || (!bounds.open && bounds.possible == 0))
                }))
            }
            Node::Root | Node::Record(_) | Node::Conditional(_) | Node::Follow(..) => {
                let record = self.record(of)?;
                Some(Test::other(move |run| match record.applies(run) {
                    Truth::True => {
                        let place = record.slot.place(run);
                        decide(run.declaration.record_is_declared(&run.program.layout, place))
                    }
                    Truth::False => Truth::True,
                    Truth::Unknown => otherwise,
                }))
            }
            Node::Local(_) | Node::Call(..) if self.operand(of).is_none() => None,
            _ if let Some(source) = self.scalar_source(of) => {
                Some(Test::cell(source, Leaf::new(Usual::Given(Given), Truth::True, move |_, _| otherwise)))
            }
            _ => {
                let of = self.operand(of)?;
                Some(Test::other(move |run| decide(!matches!(of(run), Operand::Unknown))))
            }
        }
    }

    /// `x is proven`: the reference leads to a record whose facts say so.
    fn proven(&mut self, reference: NodeId, cells: ProofCells, independently: bool) -> Option<Test> {
        let record = self.follow(reference, cells.record)?;
        let found = record.guards.first()?.clone();
        let record = Source::plain(record.slot);
        let issuer = self.fact(&record, cells, cells.issuer)?;
        let issued_on = self.fact(&record, cells, cells.issued_on)?;
        let valid_until = self.fact(&record, cells, cells.valid_until)?;
        let self_issued = self.fact(&record, cells, cells.self_issued)?;
        let mut tests: Vec<Test> = vec![
            Test::cell(issuer, Leaf::new(Usual::Given(Given), Truth::True, |_, _| Truth::Unknown)),
            beside_today(CompareOp::LessEqual, issued_on),
            beside_today(CompareOp::GreaterEqual, valid_until),
        ];
        if independently {
            tests.push(Test::cell(self_issued, Leaf::new(Usual::True(Bools), Truth::False, nothing)).negated());
        }
        let facts = Test::junction(true, tests);
        Some(Test::other(move |run| match found.holds(run) {
            Truth::True => facts.holds(run),
            Truth::False => Truth::True,
            Truth::Unknown => Truth::Unknown,
        }))
    }

    /// A fact of a proof, with the field's own condition.
    fn fact(&mut self, record: &Source, cells: ProofCells, offset: usize) -> Option<Source> {
        let fields = self.program.layout.offsets.get(cells.record.index())?;
        let field = fields.iter().position(|at| *at == offset);
        let conditions = self.program.conditions.get(cells.record.index());
        let condition = field.and_then(|field| *conditions?.get(field)?);
        let fact = record.field(offset);
        match condition {
            Some(condition) => Some(fact.guarded(self.condition(condition, record)?)),
            None => Some(fact),
        }
    }
}

/// A date beside the evaluation date.
fn beside_today(op: CompareOp, date: Source) -> Test {
    Test::other(move |run| {
        if let Some(PackedCell { content: Packed::Date(date), .. }) = date.see(run) {
            return holds(op, date.cmp(&run.as_of)).into();
        }
        let today = Operand::Known(Value::Date(run.as_of));
        compare::<()>(op, (date.operand(run), ()), (today, ()), true).0
    })
}

/// What has neither a truth nor a text is not known, but a named null, which is neither.
const fn nothing(_: &Run<'_>, cell: PackedCell) -> Truth {
    match cell.content {
        Packed::Null => Truth::False,
        _ => Truth::Unknown,
    }
}
