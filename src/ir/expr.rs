//! Resolved expressions. Each variant shows the surface syntax that it comes from.

use super::{EnumId, FieldId, FunctionId, LetId, LocalId, MemberId, ParamId, Type};
use crate::source::Span;
use crate::syntax::ast::{ArithmeticOp, CompareOp, Connective, Quantifier};
use crate::value::{Date, Number};
use serde::{Deserialize, Serialize};

/// A constant of the program. Money counts in its currency, ratios are fractions, exact durations count minutes,
/// calendar durations count months: what is what the static type says.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Constant {
    /// `true`
    Bool(bool),
    /// `12.5`, `12.5%` (0.125), `100 CNY`, `3 days` (4320), `2 years` (24)
    Number(Number),
    /// `2019-08-22`
    Date(Date),
    /// `"text"`; of type `name`: already folded
    Text(String),
    /// `C3`
    Member(EnumId, MemberId),
}

/// A typed expression.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Expr {
    /// What.
    pub kind: ExprKind,
    /// Its static type.
    pub ty: Type,
    /// Where it is written.
    pub span: Span,
}

/// Functions over a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Aggregate {
    /// `count(list)`
    Count,
    /// `sum(list)`
    Sum,
    /// `min(list)`
    Min,
    /// `max(list)`
    Max,
    /// `distinct(list)`
    Distinct,
}

/// The resolved expressions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum ExprKind {
    /// a literal, or a member of an enum
    Constant(Constant),
    /// `[a, b]`
    List(Vec<Expr>),
    /// `product`
    Root,
    /// `as_of`
    AsOf,
    /// a quantifier's element, a function's parameter, the record of a field's condition
    Local(LocalId),
    /// a parameter
    Param(ParamId),
    /// `scope_for(category)`
    Lookup(ParamId, Box<Expr>),
    /// a `let`
    Let(LetId),
    /// `record.field`
    Field(Box<Expr>, FieldId),
    /// a `ref` followed to its record, as in `x.document_ref.issuer`
    Follow(Box<Expr>),
    /// `list[].field` is `list` mapped by `element.field`; where the body is a list itself, the lists are joined
    Map {
        /// The list.
        list: Box<Expr>,
        /// The element.
        binder: LocalId,
        /// What stands for it.
        body: Box<Expr>,
        /// Whether the body is a list, to be joined.
        flatten: bool,
    },
    /// `list where x: P`
    Filter {
        /// The list.
        list: Box<Expr>,
        /// The element.
        binder: LocalId,
        /// Which elements.
        predicate: Box<Expr>,
    },
    /// `list all x: P`; `list any in S` is `list any x: x in S`
    Quantify {
        /// The quantifier.
        quantifier: Quantifier,
        /// The list.
        list: Box<Expr>,
        /// The element.
        binder: LocalId,
        /// What is said of it.
        body: Box<Expr>,
    },
    /// `count(list)` and the like
    Aggregate(Aggregate, Box<Expr>),
    /// `length(text)`, in characters
    Length(Box<Expr>),
    /// `not x`; also what `is not` and `not in` are made of
    Not(Box<Expr>),
    /// `a and b`, `a or b`
    Junction(Connective, Vec<Expr>),
    /// `a implies b`
    Implies(Box<Expr>, Box<Expr>),
    /// `a < b`
    Compare(CompareOp, Box<Expr>, Box<Expr>),
    /// `a + b`; which meaning it has follows from the operands' static types
    Arithmetic(ArithmeticOp, Box<Expr>, Box<Expr>),
    /// `-x`
    Negate(Box<Expr>),
    /// `x in list`
    In(Box<Expr>, Box<Expr>),
    /// `list covers set`
    Covers(Box<Expr>, Box<Expr>),
    /// `text matches /regex/`: the whole text; the pattern is known to compile
    Matches(Box<Expr>, String),
    /// `text starts_with prefix`
    StartsWith(Box<Expr>, Box<Expr>),
    /// `text contains part`
    Contains(Box<Expr>, Box<Expr>),
    /// `d within P before D`: `D - P <= d <= D`
    Within {
        /// The date.
        date: Box<Expr>,
        /// The period.
        period: Box<Expr>,
        /// The last day.
        before: Box<Expr>,
    },
    /// `x is declared`; of a scalar, record, list or reference
    Declared(Box<Expr>),
    /// `x is absent`; guidance and messages only
    Absent(Box<Expr>),
    /// `x is proven`; `x` is of a `ref` type
    Proven {
        /// The reference.
        reference: Box<Expr>,
        /// `independently`
        independently: bool,
    },
    /// `list is empty`
    Empty(Box<Expr>),
    /// `x is open`: whether the field holds its named `null`
    IsNull(Box<Expr>),
    /// `path ?? default`; guidance and messages only
    Coalesce(Box<Expr>, Box<Expr>),
    /// a call of a function of the policy
    Call(FunctionId, Vec<Expr>),
    /// a call of a function of the registry, by its index there
    Native(usize, Vec<Expr>),
}

impl Expr {
    /// Its direct parts, in source order.
    #[must_use]
    pub fn parts(&self) -> Vec<&Self> {
        match &self.kind {
            ExprKind::Constant(_)
            | ExprKind::Root
            | ExprKind::AsOf
            | ExprKind::Local(_)
            | ExprKind::Param(_)
            | ExprKind::Let(_) => Vec::new(),
            ExprKind::List(items)
            | ExprKind::Junction(_, items)
            | ExprKind::Call(_, items)
            | ExprKind::Native(_, items) => items.iter().collect(),
            ExprKind::Lookup(_, inner)
            | ExprKind::Field(inner, _)
            | ExprKind::Follow(inner)
            | ExprKind::Aggregate(_, inner)
            | ExprKind::Length(inner)
            | ExprKind::Not(inner)
            | ExprKind::Negate(inner)
            | ExprKind::Matches(inner, _)
            | ExprKind::Declared(inner)
            | ExprKind::Absent(inner)
            | ExprKind::Proven { reference: inner, .. }
            | ExprKind::Empty(inner)
            | ExprKind::IsNull(inner) => vec![inner],
            ExprKind::Implies(a, b)
            | ExprKind::Compare(_, a, b)
            | ExprKind::Arithmetic(_, a, b)
            | ExprKind::In(a, b)
            | ExprKind::Covers(a, b)
            | ExprKind::StartsWith(a, b)
            | ExprKind::Contains(a, b)
            | ExprKind::Coalesce(a, b)
            | ExprKind::Map { list: a, body: b, .. }
            | ExprKind::Filter { list: a, predicate: b, .. }
            | ExprKind::Quantify { list: a, body: b, .. } => vec![a, b],
            ExprKind::Within { date, period, before } => vec![date, period, before],
        }
    }
}
