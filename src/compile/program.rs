//! The flat program: numbered nodes, each after its operands; no names, only cells, locals and constants.
//!
//! It is what evaluation runs and what snapshots show. It knows nothing of how a declaration is decoded.

use super::layout::Layout;
use super::pattern::Pattern;
use crate::function::Reach;
use crate::ir::{
    Aggregate, Deferred, EnumId, FieldId, LocalId, MemberId, Model, Policy, RecordId, RuleId, RuleKind, Stages, Type,
};
use crate::source::Span;
use crate::syntax::ast::{ArithmeticOp, CompareOp, Connective, Quantifier};
use crate::value::Value;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

macro_rules! indices {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub struct $name(u32);

        impl $name {
            pub(crate) fn new(index: usize) -> Self {
                Self(u32::try_from(index).unwrap_or(u32::MAX))
            }

            /// Its index in its table.
            #[must_use]
            pub const fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

indices! {
    /// A node of the program.
    NodeId;
    /// A routine: a function, a `let`, a field's condition, or the stage.
    RoutineId;
}

/// A record: where its block begins, and how many cells further.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordAt {
    /// What the record is in: the root, a local, a followed reference, a conditional record.
    pub base: NodeId,
    /// Cells from the base's own cell.
    pub offset: usize,
}

/// Which of a record's cells is read, and what hangs on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Read {
    /// The record.
    pub record: RecordAt,
    /// Cells from the record's own cell.
    pub offset: usize,
    /// The field.
    pub field: (RecordId, FieldId),
    /// When the field is not void; evaluated with the record as local 0.
    pub condition: Option<RoutineId>,
    /// The proof of a claim: cells from the record's own cell to the reference, and what is looked up behind it.
    pub proof: Option<Box<(usize, ProofCells)>>,
}

/// Where the facts of a proof stand in its record: cells from the record's own cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProofCells {
    /// The record that a reference leads to.
    pub record: RecordId,
    /// Who issued it.
    pub issuer: usize,
    /// When.
    pub issued_on: usize,
    /// Until when it is valid.
    pub valid_until: usize,
    /// Whether the applicant issued it itself.
    pub self_issued: usize,
}

impl ProofCells {
    /// By convention, a record that can prove things has these four fields; the checker has made sure.
    #[must_use]
    pub fn of(model: &Model, layout: &Layout, record: RecordId) -> Option<Self> {
        let declared = model.record(record)?;
        let cell = |name| declared.field_id(name).map(|field| layout.offset(record, field));
        Some(Self {
            record,
            issuer: cell("issuer")?,
            issued_on: cell("issued_on")?,
            valid_until: cell("valid_until")?,
            self_issued: cell("self_issued")?,
        })
    }
}

/// What a presence test does where nothing is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Silence {
    /// Red lines and baselines: unknown.
    Unknown,
    /// Guidance and messages: false.
    False,
}

/// One step of the program. Operands are earlier nodes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub enum Node {
    /// a constant
    Constant(Value<'static>),
    /// `[a, b]`
    List(Vec<NodeId>),
    /// `product`
    Root,
    /// `as_of`
    AsOf,
    /// an element, an argument
    Local(LocalId),
    /// a record inside another
    Record(RecordAt),
    /// a scalar field
    Scalar(Read),
    /// a list field
    Rows(Read),
    /// a record field that has a condition
    Conditional(Read),
    /// a reference followed to its record
    Follow(NodeId, RecordId),
    /// a table parameter looked up by a member
    Lookup(Vec<NodeId>, NodeId),
    /// `list[].field`
    Map {
        /// The list.
        list: NodeId,
        /// The element.
        binder: LocalId,
        /// What stands for it.
        body: NodeId,
        /// Whether the body is a list.
        flatten: bool,
    },
    /// `list where x: P`
    Filter {
        /// The list.
        list: NodeId,
        /// The element.
        binder: LocalId,
        /// Which elements.
        predicate: NodeId,
    },
    /// `list all x: P`
    Quantify {
        /// The quantifier.
        quantifier: Quantifier,
        /// The list.
        list: NodeId,
        /// The element.
        binder: LocalId,
        /// What is said of it.
        body: NodeId,
    },
    /// `count(list)`
    Aggregate(Aggregate, NodeId),
    /// `length(text)`
    Length(NodeId),
    /// `not x`
    Not(NodeId),
    /// `a and b`
    Junction(Connective, Vec<NodeId>),
    /// `a implies b`
    Implies(NodeId, NodeId),
    /// `a < b`; whether the operands are dates
    Compare(CompareOp, NodeId, NodeId),
    /// `a + b` of numbers
    Arithmetic(ArithmeticOp, NodeId, NodeId),
    /// `date ± duration`: the duration's kind, and whether it is taken away
    Shift {
        /// The date.
        date: NodeId,
        /// The duration.
        by: NodeId,
        /// Whether it counts months.
        calendar: bool,
        /// Whether it is taken away.
        back: bool,
    },
    /// `date - date`, in minutes
    DaysBetween(NodeId, NodeId),
    /// `-x`
    Negate(NodeId),
    /// `x in list`
    In(NodeId, NodeId),
    /// `list covers set`
    Covers(NodeId, NodeId),
    /// `text matches /…/`, by index of the program's patterns
    Matches(NodeId, usize),
    /// `text starts_with prefix`
    StartsWith(NodeId, NodeId),
    /// `text contains part`
    Contains(NodeId, NodeId),
    /// `d within P before D`
    Within {
        /// The date.
        date: NodeId,
        /// `D - P`
        from: NodeId,
        /// `D`
        until: NodeId,
    },
    /// `x is declared`
    Declared(NodeId, Silence),
    /// `x is proven`
    Proven {
        /// The reference.
        reference: NodeId,
        /// What is looked up behind it.
        cells: ProofCells,
        /// `independently`
        independently: bool,
    },
    /// `list is empty`
    Empty(NodeId),
    /// `x is open`
    IsNull(NodeId),
    /// `path ?? default`
    Coalesce(NodeId, NodeId),
    /// a routine with arguments
    Call(RoutineId, Vec<NodeId>),
    /// a function of the registry
    Native(usize, Vec<NodeId>),
}

/// A function, a `let`, a condition, or the stage.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Routine {
    /// For the listing: what it was.
    pub name: String,
    /// How many locals it has, arguments first.
    pub locals: usize,
    /// What it computes.
    pub body: NodeId,
}

/// A piece of a message.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Piece {
    /// words
    Text(String),
    /// `{expr}`
    Value(NodeId),
}

/// A message in two languages.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Message {
    /// English.
    pub en: Vec<Piece>,
    /// Chinese.
    pub zh: Option<Vec<Piece>>,
}

/// `require check …`
#[derive(Debug, Clone, PartialEq)]
pub struct CheckCode {
    /// The library, by its index in the registry.
    pub library: usize,
    /// The check, by its index in the library.
    pub check: usize,
    /// What it may read of its subject.
    pub reach: Reach,
    /// The record that it looks at.
    pub subject: NodeId,
    /// That record's type.
    pub record: RecordId,
    /// Its options, by name.
    pub options: Vec<(Arc<str>, NodeId)>,
    /// What is said before each of its findings.
    pub message: Option<Message>,
    /// Where it is written.
    pub span: Span,
}

/// `require`, or `for`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub enum Requirement {
    /// `require …`
    Require {
        /// What must hold.
        condition: NodeId,
        /// What is said where it does not.
        message: Option<Deferred<Message>>,
        /// Where it is written.
        span: Span,
    },
    /// `for … { … }`
    For {
        /// The element.
        binder: LocalId,
        /// The list.
        list: NodeId,
        /// Which elements.
        filter: Option<NodeId>,
        /// What is required of each.
        body: Vec<Self>,
    },
    /// `require check …`; it calls what comes from outside, and such a program is not kept. The last, since serde counts
    /// without it when it reads
    #[serde(skip)]
    Check(Box<CheckCode>),
}

/// `review when C "…"`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Review {
    /// When.
    pub condition: Option<NodeId>,
    /// What is to be judged.
    pub message: Deferred<Message>,
    /// Where it is written.
    pub span: Span,
}

/// A rule's code.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct RuleCode {
    /// The rule.
    pub rule: RuleId,
    /// Its kind.
    pub kind: RuleKind,
    /// How many locals it has.
    pub locals: usize,
    /// The stages at which it applies.
    pub stages: Option<Stages>,
    /// `when …`
    pub when: Option<(NodeId, Span)>,
    /// What is required.
    pub body: Vec<Requirement>,
    /// `review …`
    pub review: Option<Review>,
    /// `remedy …`
    pub remedy: Option<Deferred<Message>>,
}

/// The compiled policy.
#[derive(Debug, Clone)]
pub struct Program {
    /// What it was compiled from: titles, citations, model.
    pub policy: Policy,
    /// Where the declaration's fields stand.
    pub layout: Layout,
    /// The nodes; operands before what uses them.
    pub nodes: Vec<Node>,
    /// For each node: its static type and where it is written.
    pub origins: Vec<(Type, Span)>,
    /// Functions, `let`s, conditions.
    pub routines: Vec<Routine>,
    /// Patterns, each for the whole text.
    pub patterns: Vec<Pattern>,
    /// For each record: the condition of each field.
    pub conditions: Vec<Vec<Option<RoutineId>>>,
    /// The stage.
    pub stage: Option<(RoutineId, EnumId)>,
    /// The rules, in the order of the report.
    pub rules: Vec<RuleCode>,
}

impl Program {
    /// A node by its id.
    #[must_use]
    pub fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id.index())
    }

    /// The static type of a node.
    #[must_use]
    pub fn ty(&self, id: NodeId) -> Option<&Type> {
        self.origins.get(id.index()).map(|(ty, _)| ty)
    }

    /// Whether a node is a list of dates: only of dates has a named `null` its place in the order.
    #[must_use]
    pub fn lists_dates(&self, id: NodeId) -> bool {
        matches!(self.ty(id), Some(Type::List(element)) if **element == Type::Date)
    }

    /// Where a node is written.
    #[must_use]
    pub fn span(&self, id: NodeId) -> Option<Span> {
        self.origins.get(id.index()).map(|(_, span)| *span)
    }

    /// A routine by its id.
    #[must_use]
    pub fn routine(&self, id: RoutineId) -> Option<&Routine> {
        self.routines.get(id.index())
    }

    /// The member of the stage's enum with this JSON spelling or name.
    #[must_use]
    pub fn stage_named(&self, name: &str) -> Option<MemberId> {
        let (_, stages) = self.stage?;
        let members = &self.policy.model.enumeration(stages)?.members;
        members.iter().position(|member| member.spelling == name || member.name == name).map(MemberId::new)
    }
}
