//! Expressions and literals.

use super::{Name, Regex};
use crate::source::Span;
use serde::{Deserialize, Serialize};

/// A literal as written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Literal {
    /// `true`
    Bool(bool),
    /// `12.5`
    Number(String),
    /// `12.5%`
    Percent(String),
    /// `24 months`, `1000 CNY`
    Quantity {
        /// The number as written.
        number: String,
        /// The unit or currency as written.
        unit: String,
    },
    /// `2019-08-22`
    Date(String),
    /// `"text"`, escapes resolved
    Text(String),
}

/// An expression with its place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Expr {
    /// What.
    pub kind: ExprKind,
    /// Where, parentheses included.
    pub span: Span,
}

/// `and`, `or`
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Connective {
    /// `and`
    And,
    /// `or`
    Or,
}

/// `==` and the like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum CompareOp {
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterEqual,
}

impl CompareOp {
    /// The operator as it is written: `==`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessEqual => "<=",
            Self::Greater => ">",
            Self::GreaterEqual => ">=",
        }
    }
}

/// `+` and the like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ArithmeticOp {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
}

impl ArithmeticOp {
    /// The operator as it is written: `+`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
        }
    }
}

/// `all` and the like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Quantifier {
    /// `all`
    All,
    /// `any`
    Any,
    /// `none`
    None,
    /// `exactly 2`
    Exactly(u64),
    /// `at least 2`
    AtLeast(u64),
    /// `at most 2`
    AtMost(u64),
}

impl Quantifier {
    /// The words as they are written: `at least 2`.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::All => "all".to_owned(),
            Self::Any => "any".to_owned(),
            Self::None => "none".to_owned(),
            Self::Exactly(count) => format!("exactly {count}"),
            Self::AtLeast(count) => format!("at least {count}"),
            Self::AtMost(count) => format!("at most {count}"),
        }
    }
}

/// `is declared` and the like.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum PresenceTest {
    /// `is declared`
    Declared,
    /// `is absent`
    Absent,
    /// `is proven`, `is proven independently`
    Proven {
        /// Whether the proof must come from somebody else.
        independently: bool,
    },
    /// `is empty`
    Empty,
    /// `is open`: the field's word for `null`
    Null(Name),
}

/// The expressions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum ExprKind {
    /// A literal.
    Literal(Literal),
    /// `[a, b]`
    List(Vec<Expr>),
    /// A bare name: local, `let`, parameter, `product`, `as_of`, an enum or one of its members.
    Name(String),
    /// `x.field`, `Enum.member`
    Field(Box<Expr>, Name),
    /// `list[].field`
    Project(Box<Expr>, Name),
    /// `f(a, b)`, `plugin.f(a)`
    Call(Box<Expr>, Vec<Expr>),
    /// `not x`
    Not(Box<Expr>),
    /// `-x`
    Negate(Box<Expr>),
    /// `a and b and c`: at least two operands
    Junction(Connective, Vec<Expr>),
    /// `a implies b`
    Implies(Box<Expr>, Box<Expr>),
    /// `a < b`
    Compare(CompareOp, Box<Expr>, Box<Expr>),
    /// `a + b`
    Arithmetic(ArithmeticOp, Box<Expr>, Box<Expr>),
    /// `a ?? b`
    Coalesce(Box<Expr>, Box<Expr>),
    /// `x in list`, `x not in list`
    In {
        /// The element.
        element: Box<Expr>,
        /// Whether `not in` is written.
        negated: bool,
        /// The list.
        list: Box<Expr>,
    },
    /// `x is declared`, `x is not empty`
    Is {
        /// What is tested.
        of: Box<Expr>,
        /// Whether `is not` is written.
        negated: bool,
        /// The test.
        test: PresenceTest,
    },
    /// `list all x: P`
    Quantified {
        /// The list.
        list: Box<Expr>,
        /// The quantifier.
        quantifier: Quantifier,
        /// The element's name.
        binder: Name,
        /// What is said of it.
        body: Box<Expr>,
    },
    /// `list any in [a, b]`
    QuantifiedIn {
        /// The list.
        list: Box<Expr>,
        /// The quantifier.
        quantifier: Quantifier,
        /// The set.
        set: Box<Expr>,
    },
    /// `list where x: P`
    Where {
        /// The list.
        list: Box<Expr>,
        /// The element's name.
        binder: Name,
        /// Which elements.
        predicate: Box<Expr>,
    },
    /// `list covers set`
    Covers(Box<Expr>, Box<Expr>),
    /// `text matches /regex/`
    Matches(Box<Expr>, Regex),
    /// `text starts_with prefix`
    StartsWith(Box<Expr>, Box<Expr>),
    /// `text contains part`
    Contains(Box<Expr>, Box<Expr>),
    /// `d within P before D`
    Within {
        /// The date.
        date: Box<Expr>,
        /// The period.
        period: Box<Expr>,
        /// Its last day.
        before: Box<Expr>,
    },
    /// `(x)`: kept so that printing gives back what was written
    Paren(Box<Expr>),
}
