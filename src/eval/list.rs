//! Lists: walked element by element, each with whether it is sure to belong. A list that was not declared is open:
//! it may have elements that nobody declared.

use super::arithmetic::exact;
use super::distinct::Places;
use super::kleene::{Fold, Judged, Truth, both, either, not};
use super::machine::Machine;
use super::operand::{Element, Elements, End, Found, Operand, Walk};
use super::provenance::{Cause, Provenance};
use crate::compile::layout::ColumnKind;
use crate::compile::{Node, NodeId, Read, Silence};
use crate::decode::declaration::{Content, List, Place};
use crate::ir::{Aggregate, LocalId};
use crate::syntax::ast::{CompareOp, Quantifier};
use crate::value::{Number, Value};
use std::rc::Rc;

/// What is done with each element of a list.
type Visit<'v, 'a, P> = &'v mut dyn FnMut(&mut Machine<'a, P>, Element<'a, P>) -> Walk;

impl<'a, P: Provenance> Machine<'a, P> {
    /// Walks a list. Elements that surely do not belong, and void ones, are left out.
    pub(super) fn each(&mut self, list: NodeId, visit: Visit<'_, 'a, P>) -> End<P> {
        let program = self.program;
        match program.node(list) {
            Some(Node::Rows(read)) => self.each_row(read, visit),
            Some(Node::List(items)) => self.each_item(items, visit),
            Some(Node::Filter { list, binder, predicate }) => self.each_filtered(*list, *binder, *predicate, visit),
            Some(Node::Map { list, binder, body, flatten }) => self.each_mapped(*list, *binder, *body, *flatten, visit),
            Some(Node::Aggregate(Aggregate::Distinct, list)) => self.each_distinct(*list, visit),
            _ => self.each_computed(list, visit),
        }
    }

    fn each_row(&mut self, read: &Read, visit: Visit<'_, 'a, P>) -> End<P> {
        let place = match self.place(read) {
            Ok(place) => place,
            Err((operand, basis)) => return End { open: !matches!(operand, Operand::Void), basis },
        };
        let cell = self.cell(place);
        let basis = P::cell(place, None);
        let Content::List(list) = cell.content else { return End { open: true, basis } };
        let column = self.program.layout.column(place.table, place.column as usize).map(|column| &column.kind);
        if let (List::Elements { first, len }, Some(ColumnKind::List(table))) = (list, column) {
            for row in first..first.saturating_add(len) {
                let element = self.row(Place::element(*table, row));
                if matches!(visit(self, element), Walk::Stop) {
                    break;
                }
            }
        }
        End { open: false, basis }
    }

    /// A row as an element: sure to belong where something of it is declared.
    fn row(&mut self, place: Place) -> Element<'a, P> {
        let layout = &self.program.layout;
        let is_record = matches!(layout.column(place.table, 0).map(|column| &column.kind), Some(ColumnKind::Record(_)));
        let cell = self.cell(place);
        let (value, declared) = match cell.content {
            _ if is_record => (Operand::Record(place), self.declaration.record_is_declared(layout, place)),
            Content::Value(value) => (Operand::Known(value), true),
            _ => (Operand::Unknown, false),
        };
        let basis = if is_record { P::default() } else { P::cell(place, None) };
        let member_basis = if declared { P::default() } else { P::cell(place, None) };
        Element { value, basis, member: if declared { Truth::True } else { Truth::Unknown }, member_basis }
    }

    fn each_item(&mut self, items: &[NodeId], visit: Visit<'_, 'a, P>) -> End<P> {
        for item in items {
            let found = self.operand(*item);
            if let Some(element) = element(found)
                && matches!(visit(self, element), Walk::Stop)
            {
                break;
            }
        }
        End { open: false, basis: P::default() }
    }

    fn each_filtered(&mut self, list: NodeId, binder: LocalId, predicate: NodeId, visit: Visit<'_, 'a, P>) -> End<P> {
        let mut kept_out = P::default();
        let mut end = self.each(list, &mut |machine, element| {
            machine.bind(binder, (element.value.clone(), element.basis.clone()));
            let predicate = machine.truth(predicate);
            let (member, member_basis) = both((element.member, element.member_basis), predicate);
            if member == Truth::False {
                kept_out.join(member_basis);
                return Walk::On;
            }
            visit(machine, Element { member, member_basis, ..element })
        });
        end.basis.join(kept_out);
        end
    }

    fn each_mapped(
        &mut self,
        list: NodeId,
        binder: LocalId,
        body: NodeId,
        flatten: bool,
        visit: Visit<'_, 'a, P>,
    ) -> End<P> {
        let mut inner = End::<P>::default();
        let mut end = self.each(list, &mut |machine, outer| {
            machine.bind(binder, (outer.value, outer.basis));
            let membership = (outer.member, outer.member_basis);
            if !flatten {
                let found = machine.operand(body);
                return match element(found) {
                    Some(found) => visit(machine, belonging(found, membership)),
                    None => Walk::On,
                };
            }
            let mut walk = Walk::On;
            let part = machine.each(body, &mut |machine, found| {
                walk = visit(machine, belonging(found, membership.clone()));
                if matches!(walk, Walk::Stop) { Walk::Stop } else { Walk::On }
            });
            inner.open |= part.open;
            inner.basis.join(part.basis);
            walk
        });
        end.open |= inner.open;
        end.basis.join(inner.basis);
        end
    }

    /// Different known values, each once; values that are not known may be any of them.
    fn each_distinct(&mut self, list: NodeId, visit: Visit<'_, 'a, P>) -> End<P> {
        let mut seen: Vec<Element<'a, P>> = Vec::new();
        let mut places = Places::default();
        let end = self.each(list, &mut |_, element| {
            let found = places.find(&seen, &element.value, |other| &other.value);
            match found.and_then(|at| seen.get_mut(at)) {
                Some(other) if element.member == Truth::True && other.member != Truth::True => *other = element,
                Some(_) => {}
                None => seen.push(element),
            }
            Walk::On
        });
        for element in seen {
            if matches!(visit(self, element), Walk::Stop) {
                break;
            }
        }
        end
    }

    /// A list that some other node computes: an argument, a `let`, a looked-up parameter.
    fn each_computed(&mut self, list: NodeId, visit: Visit<'_, 'a, P>) -> End<P> {
        let (found, basis) = self.operand(list);
        let Operand::List(elements) = found else {
            return End { open: !matches!(found, Operand::Void), basis };
        };
        for element in &elements.items {
            if matches!(visit(self, element.clone()), Walk::Stop) {
                break;
            }
        }
        End { open: elements.end.open, basis: basis.and(elements.end.basis.clone()) }
    }

    /// A list as an operand.
    pub(super) fn collect(&mut self, list: NodeId) -> Found<'a, P> {
        if let Some(Node::Rows(_)) = self.program.node(list)
            && let Some(basis) = self.void(list)
        {
            return (Operand::Void, basis);
        }
        let mut items = Vec::new();
        let end = self.each(list, &mut |_, element| {
            items.push(element);
            Walk::On
        });
        (Operand::List(Rc::new(Elements { items, end })), P::default())
    }

    pub(super) fn quantify(
        &mut self,
        quantifier: Quantifier,
        list: NodeId,
        binder: LocalId,
        body: NodeId,
    ) -> Judged<P> {
        let mut all = Fold::all();
        let mut any = Fold::any();
        let mut count = Bounds::<P>::default();
        let end = self.each(list, &mut |machine, element| {
            machine.bind(binder, (element.value, element.basis));
            let holds = machine.truth(body);
            let member = (element.member, element.member_basis);
            match quantifier {
                Quantifier::All => all.push(either(not(member), holds)),
                Quantifier::Any | Quantifier::None => any.push(both(member, holds)),
                _ => count.push(both(member, holds)),
            }
            if all.is_settled() || any.is_settled() { Walk::Stop } else { Walk::On }
        });
        let extent = (if end.open { Truth::Unknown } else { Truth::True }, end.basis);
        match quantifier {
            Quantifier::All => both(extent, all.done()),
            Quantifier::Any => either(not(extent), any.done()),
            Quantifier::None => not(either(not(extent), any.done())),
            Quantifier::Exactly(n) => count.compare(CompareOp::Equal, n, extent),
            Quantifier::AtLeast(n) => count.compare(CompareOp::GreaterEqual, n, extent),
            Quantifier::AtMost(n) => count.compare(CompareOp::LessEqual, n, extent),
        }
    }

    fn count(&mut self, list: NodeId) -> (Bounds<P>, Judged<P>) {
        let mut count = Bounds::default();
        let end = self.each(list, &mut |_, element| {
            count.push((element.member, element.member_basis));
            Walk::On
        });
        (count, (if end.open { Truth::Unknown } else { Truth::True }, end.basis))
    }

    pub(super) fn aggregate(&mut self, aggregate: Aggregate, list: NodeId) -> Found<'a, P> {
        match aggregate {
            Aggregate::Count => {
                let (count, extent) = self.count(list);
                count.operand(extent)
            }
            Aggregate::Distinct => {
                let mut items = Vec::new();
                let end = self.each_distinct(list, &mut |_, element| {
                    items.push(element);
                    Walk::On
                });
                (Operand::List(Rc::new(Elements { items, end })), P::default())
            }
            Aggregate::Sum => {
                self.reduce(list, (Operand::Known(Value::Number(Number::ZERO)), P::default()), |sum, next| {
                    super::arithmetic::compute(crate::syntax::ast::ArithmeticOp::Add, sum, next)
                })
            }
            Aggregate::Min => self.extreme(list, CompareOp::Less),
            Aggregate::Max => self.extreme(list, CompareOp::Greater),
        }
    }

    fn extreme(&mut self, list: NodeId, better: CompareOp) -> Found<'a, P> {
        let nothing = (Operand::Void, P::default());
        let dates = self.program.lists_dates(list);
        let (found, basis) = self.reduce(list, nothing, |best, next| {
            if matches!(best.0, Operand::Void) {
                return (next.0, best.1.and(next.1));
            }
            let (truth, _) = super::compare::compare::<P>(better, next.clone(), best.clone(), dates);
            match truth {
                Truth::True => (next.0, best.1.and(next.1)),
                Truth::False => (best.0, best.1.and(next.1)),
                Truth::Unknown => (Operand::Unknown, best.1.and(next.1)),
            }
        });
        match found {
            Operand::Void => (Operand::Unknown, basis.and(P::cause(Cause::EmptyList))),
            found => (found, basis),
        }
    }

    /// Folds a list whose elements must all be known and sure to belong.
    fn reduce(
        &mut self,
        list: NodeId,
        start: Found<'a, P>,
        step: impl Fn(Found<'a, P>, Found<'a, P>) -> Found<'a, P>,
    ) -> Found<'a, P> {
        let mut result = Some(start);
        let mut unknown: Option<P> = None;
        let end = self.each(list, &mut |_, element| {
            let value = exact(element.value);
            if element.member != Truth::True || matches!(value, Operand::Unknown) {
                unknown.get_or_insert_default().join(element.member_basis.and(element.basis));
            } else if let Some(so_far) = result.take() {
                result = Some(step(so_far, (value, element.basis)));
            }
            Walk::On
        });
        if end.open {
            unknown.get_or_insert_default().join(end.basis.clone());
        }
        match (unknown, result) {
            (Some(basis), _) => (Operand::Unknown, basis),
            (None, Some((value, basis))) => (value, end.basis.and(basis)),
            (None, None) => (Operand::Unknown, end.basis),
        }
    }

    /// `element in list`
    pub(super) fn contained(&mut self, element: &Found<'a, P>, list: NodeId) -> Judged<P> {
        if matches!(element.0, Operand::Void) {
            return (Truth::False, element.1.clone());
        }
        let mut fold = Fold::any();
        let end = self.each(list, &mut |_, other| {
            let equal = super::compare::compare(CompareOp::Equal, element.clone(), (other.value, other.basis), false);
            fold.push(both((other.member, other.member_basis), equal));
            if fold.is_settled() { Walk::Stop } else { Walk::On }
        });
        // Where the list is open, an element that is not known is missing as well.
        let open_basis = if matches!(element.0, Operand::Unknown) {
            element.1.clone().and(end.basis.clone())
        } else {
            end.basis.clone()
        };
        let extent = if end.open { (Truth::Unknown, open_basis) } else { (Truth::False, end.basis) };
        either(extent, fold.done())
    }

    /// What makes a list void: a field that does not apply, or a key that does not.
    fn void(&mut self, list: NodeId) -> Option<P> {
        let found = match self.program.node(list) {
            Some(Node::Rows(read)) => self.place(read).err()?,
            Some(Node::Local(_) | Node::Call(..) | Node::Lookup(..)) => self.operand(list),
            _ => return None,
        };
        matches!(found.0, Operand::Void).then_some(found.1)
    }

    /// `list covers set`: every member of the set is in the list.
    pub(super) fn covers(&mut self, list: NodeId, set: NodeId) -> Judged<P> {
        if let Some(basis) = self.void(list).or_else(|| self.void(set)) {
            return (Truth::False, basis);
        }
        let mut fold = Fold::all();
        let end = self.each(set, &mut |machine, wanted| {
            let contained = machine.contained(&(wanted.value, wanted.basis), list);
            fold.push(either(not((wanted.member, wanted.member_basis)), contained));
            if fold.is_settled() { Walk::Stop } else { Walk::On }
        });
        both((if end.open { Truth::Unknown } else { Truth::True }, end.basis), fold.done())
    }

    /// `list is empty`
    pub(super) fn empty(&mut self, list: NodeId) -> Judged<P> {
        let (count, extent) = self.count(list);
        count.compare(CompareOp::Equal, 0, extent)
    }

    /// `x is declared`: of a list, that it is known to be empty or has an element; of a record, that one of its fields is.
    pub(super) fn declared(&mut self, of: NodeId, silence: Silence) -> Judged<P> {
        let program = self.program;
        let otherwise = if silence == Silence::Unknown { Truth::Unknown } else { Truth::False };
        let (is_declared, basis) = match program.node(of) {
            Some(Node::Rows(_) | Node::List(_) | Node::Map { .. } | Node::Filter { .. }) => {
                let (count, (extent, basis)) = self.count(of);
                let is_declared = count.sure > 0 || (extent == Truth::True && count.possible == 0);
                (is_declared, basis.and(if is_declared { P::default() } else { count.unknown }))
            }
            _ => match self.operand(of) {
                (Operand::Record(place), basis) => {
                    let layout = &program.layout;
                    (self.declaration.record_is_declared(layout, place), basis.and(P::cell(place, None)))
                }
                (operand, basis) => (!matches!(operand, Operand::Unknown), basis),
            },
        };
        (if is_declared { Truth::True } else { otherwise }, basis)
    }
}

/// How many elements surely and possibly belong, and what that rests on.
#[derive(Debug, Clone)]
struct Bounds<P> {
    sure: u64,
    possible: u64,
    /// The elements that surely belong.
    inside: P,
    /// Those that may.
    unknown: P,
    /// Those that surely do not.
    outside: P,
}

impl<P: Provenance> Default for Bounds<P> {
    fn default() -> Self {
        Self { sure: 0, possible: 0, inside: P::default(), unknown: P::default(), outside: P::default() }
    }
}

impl<P: Provenance> Bounds<P> {
    fn push(&mut self, (truth, basis): Judged<P>) {
        match truth {
            Truth::True => {
                self.sure += 1;
                self.possible += 1;
                self.inside.join(basis);
            }
            Truth::Unknown => {
                self.possible += 1;
                self.unknown.join(basis);
            }
            Truth::False => self.outside.join(basis),
        }
    }

    /// The count as an operand; it rests on what is not known of it, if anything.
    fn operand<'a>(self, (extent, basis): Judged<P>) -> Found<'a, P> {
        let open = extent != Truth::True;
        if open || self.sure != self.possible {
            let extent = if open { basis } else { P::default() };
            return (Operand::Count(self.sure, (!open).then_some(self.possible)), extent.and(self.unknown));
        }
        (Operand::Known(Value::Number(self.sure.into())), basis.and(self.inside).and(self.outside))
    }

    /// The count against a number. Where the sure elements decide, it rests on them; where the possible ones do, on the
    /// extent of the list and on what keeps elements out.
    fn compare(self, op: CompareOp, number: u64, extent: Judged<P>) -> Judged<P> {
        let against = |low, high| {
            let number = (Operand::Known(Value::Number(number.into())), ());
            super::compare::compare(op, (Operand::Count(low, high), ()), number, false).0
        };
        let high = (extent.0 == Truth::True).then_some(self.possible);
        let by_sure = against(self.sure, None);
        if by_sure != Truth::Unknown {
            return (by_sure, self.inside);
        }
        let by_possible = against(0, high);
        if by_possible != Truth::Unknown {
            return (by_possible, extent.1.and(self.outside));
        }
        match against(self.sure, high) {
            Truth::Unknown => (Truth::Unknown, self.operand(extent).1),
            decided => (decided, extent.1.and(self.inside).and(self.outside)),
        }
    }
}

/// What was found as an element that surely belongs, where it is known; void is left out.
fn element<P: Provenance>((value, basis): Found<'_, P>) -> Option<Element<'_, P>> {
    let unknown = matches!(value, Operand::Unknown);
    let (member, member_basis) = if unknown { (Truth::Unknown, basis.clone()) } else { (Truth::True, P::default()) };
    (!matches!(value, Operand::Void)).then_some(Element { value, basis, member, member_basis })
}

/// The element, belonging as far as `membership` goes too.
fn belonging<P: Provenance>(element: Element<'_, P>, membership: Judged<P>) -> Element<'_, P> {
    let (member, member_basis) = both(membership, (element.member, element.member_basis));
    Element { member, member_basis, ..element }
}
