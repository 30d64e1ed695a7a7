//! The atomic conditions of a program: what stands between `and`, `or`, `not`, `implies` and quantifiers, in the rules
//! and in the `let`s and functions that they use, and which truth values each can have at all.
//!
//! What a condition can have follows from its form, never from a list: one that reads nothing of the declaration is
//! none; a presence test of a red line or baseline is never false; what is required of every declaration is never
//! unknown; a list of which the model gives no way to be empty is never known to be.

use crate::compile::{Node, NodeId, Program, Read, Requirement, RoutineId, RuleCode, Silence};
use crate::ir::{Emptiness, RuleId, Type};
use crate::source::Span;
use indexmap::IndexMap;
use std::collections::{BTreeSet, HashMap, HashSet};

/// Truth values as flags: true, false, unknown.
pub(super) type States = [bool; 3];

/// An atomic condition.
#[derive(Debug, Clone)]
pub(super) struct Atom {
    /// Where it is written.
    pub span: Span,
    /// The truth values that it can have.
    pub possible: States,
    /// The rules that it stands in.
    pub rules: BTreeSet<RuleId>,
}

/// The atomic conditions of a program, and the nodes that compute them.
#[derive(Debug, Default)]
pub(super) struct Atoms {
    /// The conditions, in the order in which rules reach them.
    pub list: Vec<Atom>,
    /// Which one a node computes.
    pub of: HashMap<NodeId, usize>,
}

impl Atoms {
    pub(super) fn new(program: &Program, picks: impl Fn(RuleId) -> bool) -> Self {
        let mut found = IndexMap::new();
        let mut of = HashMap::new();
        for code in program.rules.iter().filter(|code| picks(code.rule)) {
            let mut finder = Finder { program, found: Vec::new(), visited: HashSet::new() };
            finder.rule(code);
            for node in finder.found {
                let Some(span) = program.span(node) else { continue };
                let next = Atom { span, possible: [false; 3], rules: BTreeSet::new() };
                let entry = found.entry(span);
                of.insert(node, entry.index());
                let atom: &mut Atom = entry.or_insert(next);
                atom.rules.insert(code.rule);
                for (known, more) in atom.possible.iter_mut().zip(possible(program, node)) {
                    *known |= more;
                }
            }
        }
        Self { list: found.into_values().collect(), of }
    }
}

struct Finder<'p> {
    program: &'p Program,
    found: Vec<NodeId>,
    visited: HashSet<RoutineId>,
}

impl Finder<'_> {
    fn rule(&mut self, code: &RuleCode) {
        if let Some((when, _)) = code.when {
            self.condition(when);
        }
        self.body(&code.body);
        if let Some(condition) = code.review.as_ref().and_then(|review| review.condition) {
            self.condition(condition);
        }
    }

    fn body(&mut self, body: &[Requirement]) {
        for item in body {
            match item {
                Requirement::For { list, filter, body, .. } => {
                    self.value(*list);
                    if let Some(filter) = filter {
                        self.condition(*filter);
                    }
                    self.body(body);
                }
                Requirement::Require { condition, .. } => self.condition(*condition),
                Requirement::Check(_) => {}
            }
        }
    }

    /// A node that is asked for its truth.
    fn condition(&mut self, id: NodeId) {
        match self.program.node(id) {
            Some(Node::Not(inner)) => self.condition(*inner),
            Some(Node::Junction(_, operands)) => {
                for operand in operands {
                    self.condition(*operand);
                }
            }
            Some(Node::Implies(premise, conclusion)) => {
                self.condition(*premise);
                self.condition(*conclusion);
            }
            // `list any in set` is one condition: its body is not written by itself.
            Some(Node::Quantify { list, body, .. }) if !self.is_one(id, *body) => {
                self.value(*list);
                self.condition(*body);
            }
            Some(Node::Call(routine, arguments)) => {
                self.values(arguments);
                self.routine(*routine, true);
            }
            _ => {
                self.found.push(id);
                self.value(id);
            }
        }
    }

    /// A node that is asked for its value: conditions may stand deeper in it.
    fn value(&mut self, id: NodeId) {
        match self.program.node(id) {
            Some(Node::Filter { list, predicate, .. }) => {
                self.value(*list);
                self.condition(*predicate);
            }
            Some(Node::Call(routine, arguments)) => {
                self.values(arguments);
                let truth = self.program.ty(id) == Some(&Type::Bool);
                self.routine(*routine, truth);
            }
            Some(Node::Quantify { list, body, .. }) if self.is_one(id, *body) => self.values(&[*list, *body]),
            Some(Node::Not(_) | Node::Junction(..) | Node::Implies(..) | Node::Quantify { .. }) => self.condition(id),
            Some(node) => self.values(&operands(node)),
            None => {}
        }
    }

    /// Whether a quantifier and its body are written as one, as in `list any in set`.
    fn is_one(&self, quantifier: NodeId, body: NodeId) -> bool {
        self.program.span(quantifier) == self.program.span(body)
    }

    fn values(&mut self, nodes: &[NodeId]) {
        for node in nodes {
            self.value(*node);
        }
    }

    fn routine(&mut self, routine: RoutineId, truth: bool) {
        if !self.visited.insert(routine) {
            return;
        }
        if let Some(code) = self.program.routine(routine) {
            if truth { self.condition(code.body) } else { self.value(code.body) }
        }
    }
}

/// The nodes that a node is made of.
fn operands(node: &Node) -> Vec<NodeId> {
    match node {
        Node::Constant(_) | Node::Root | Node::AsOf | Node::Local(_) => Vec::new(),
        Node::List(items) | Node::Junction(_, items) | Node::Native(_, items) | Node::Call(_, items) => items.clone(),
        Node::Record(at) => vec![at.base],
        Node::Scalar(read) | Node::Rows(read) | Node::Conditional(read) => vec![read.record.base],
        Node::Lookup(rows, key) => rows.iter().copied().chain([*key]).collect(),
        Node::Map { list, body, .. } | Node::Quantify { list, body, .. } => vec![*list, *body],
        Node::Filter { list, predicate, .. } => vec![*list, *predicate],
        Node::Follow(one, _)
        | Node::Aggregate(_, one)
        | Node::Length(one)
        | Node::Not(one)
        | Node::Negate(one)
        | Node::Matches(one, _)
        | Node::Declared(one, _)
        | Node::Proven { reference: one, .. }
        | Node::Empty(one)
        | Node::IsNull(one) => vec![*one],
        Node::Implies(a, b)
        | Node::Compare(_, a, b)
        | Node::Arithmetic(_, a, b)
        | Node::DaysBetween(a, b)
        | Node::In(a, b)
        | Node::Covers(a, b)
        | Node::StartsWith(a, b)
        | Node::Contains(a, b)
        | Node::Coalesce(a, b) => vec![*a, *b],
        Node::Shift { date, by, .. } => vec![*date, *by],
        Node::Within { date, from, until } => vec![*date, *from, *until],
    }
}

/// The truth values that a condition can have, by its form.
fn possible(program: &Program, id: NodeId) -> States {
    let Some(node) = program.node(id) else { return [false; 3] };
    if !reads(program, id) {
        return [false; 3];
    }
    match node {
        Node::Declared(_, Silence::Unknown) => [true, false, true],
        Node::Declared(_, Silence::False) => [true, true, false],
        Node::Empty(list) => [may_be_empty(program, *list), true, true],
        _ => [true, true, !operands(node).iter().all(|operand| known(program, *operand)) || !known_self(program, id)],
    }
}

/// Whether a node reads anything of the declaration. What is handed to a function may be.
fn reads(program: &Program, id: NodeId) -> bool {
    match program.node(id) {
        Some(
            Node::Scalar(_) | Node::Rows(_) | Node::Conditional(_) | Node::Record(_) | Node::Root | Node::Local(_),
        ) => true,
        Some(Node::Call(routine, arguments)) => {
            program.routine(*routine).is_some_and(|code| reads(program, code.body))
                || arguments.iter().any(|argument| reads(program, *argument))
        }
        Some(node) => operands(node).iter().any(|operand| reads(program, *operand)),
        None => false,
    }
}

/// A truth value that is read itself is known where its field is; what is computed from what is known is known, too.
fn known_self(program: &Program, id: NodeId) -> bool {
    match program.node(id) {
        Some(Node::Scalar(_) | Node::Coalesce(..) | Node::Local(_)) => known(program, id),
        Some(Node::Native(..) | Node::Lookup(..)) => false,
        _ => true,
    }
}

/// Whether a node surely has a value, whatever a valid declaration says.
fn known(program: &Program, id: NodeId) -> bool {
    match program.node(id) {
        Some(Node::Constant(_) | Node::AsOf) => true,
        Some(Node::List(items)) => items.iter().all(|item| known(program, *item)),
        Some(Node::Scalar(read)) => required(program, read),
        Some(Node::Shift { date, by, .. }) => known(program, *date) && known(program, *by),
        Some(Node::Coalesce(path, default)) => is_plain(program, *path) && known(program, *default),
        _ => false,
    }
}

/// Whether a field must be in every declaration.
fn required(program: &Program, read: &Read) -> bool {
    let (record, field) = read.field;
    let declared = program.policy.model.record(record).and_then(|record| record.fields.get_index(field.index()));
    at_root(program, read) && declared.is_some_and(|(_, field)| field.required)
}

/// Whether a node is a field of the declaration that no condition and no other record stands before.
fn is_plain(program: &Program, id: NodeId) -> bool {
    matches!(program.node(id), Some(Node::Scalar(read) | Node::Rows(read)) if at_root(program, read))
}

fn at_root(program: &Program, read: &Read) -> bool {
    read.condition.is_none() && matches!(program.node(read.record.base), Some(Node::Root))
}

/// Whether a list can be known to be empty.
fn may_be_empty(program: &Program, id: NodeId) -> bool {
    match program.node(id) {
        Some(Node::Rows(read)) if at_root(program, read) => {
            let (record, field) = read.field;
            let declared =
                program.policy.model.record(record).and_then(|record| record.fields.get_index(field.index()));
            declared.is_none_or(|(_, field)| field.emptiness != Emptiness::Unknown)
        }
        Some(Node::Map { list, .. }) => may_be_empty(program, *list),
        _ => true,
    }
}
