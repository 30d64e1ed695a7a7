//! Rules, their clauses and requirements.

use super::{Effective, Expr, Label, Locator, Message, Name};
use crate::source::Span;
use serde::{Deserialize, Serialize};

/// The three kinds of rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleKind {
    /// `guidance`
    Guidance,
    /// `baseline`
    Baseline,
    /// `red_line`
    RedLine,
}

impl RuleKind {
    /// As policies and the contract spell it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::RedLine => "red_line",
            Self::Baseline => "baseline",
            Self::Guidance => "guidance",
        }
    }
}

/// A rule.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    /// Its kind.
    pub kind: RuleKind,
    /// Its id, `T17-R7`.
    pub id: Name,
    /// Its title.
    pub title: Label,
    /// Its clauses in order; repeating one that may stand once is the checker's error.
    pub clauses: Vec<Clause>,
}

/// A clause of a rule.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Clause {
    /// What.
    pub kind: ClauseKind,
    /// Where.
    pub span: Span,
}

/// The clauses of a rule.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum ClauseKind {
    /// `cites 3.4.3#2, pipl:55#1`
    Cites(Vec<Locator>),
    /// `addressee product`
    Addressee(Name),
    /// `argument B`
    Argument(Name),
    /// `stage ex_ante, in_process` or `stage from in_process`
    Stage {
        /// `from`: this stage and the later ones.
        from: bool,
        /// The stages named.
        names: Vec<Name>,
    },
    /// `effective from … until …`
    Effective(Effective),
    /// `when expr`
    When(Expr),
    /// `note "…" zh "…"`: an interpretation, or why no declaration can show it.
    Note(Label),
    /// `for x in list where W { … }`
    For(For),
    /// `require expr else "…" zh "…"`
    Require(Require),
    /// `review "…"` or `review when expr "…"`
    Review(Review),
    /// `remedy "…" zh "…"`: may interpolate.
    Remedy(Message),
}

impl ClauseKind {
    /// The word that it begins with.
    #[must_use]
    pub const fn keyword(&self) -> &'static str {
        match self {
            Self::Cites(_) => "cites",
            Self::Addressee(_) => "addressee",
            Self::Argument(_) => "argument",
            Self::Stage { .. } => "stage",
            Self::Effective(_) => "effective",
            Self::When(_) => "when",
            Self::Note(_) => "note",
            Self::For(_) => "for",
            Self::Require(_) => "require",
            Self::Review(_) => "review",
            Self::Remedy(_) => "remedy",
        }
    }
}

/// `for x in list where W { require … for … }`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct For {
    /// The element's name.
    pub binder: Name,
    /// The list.
    pub list: Expr,
    /// Which elements.
    pub filter: Option<Expr>,
    /// What is required of each.
    pub body: Vec<ForItem>,
    /// The whole block.
    pub span: Span,
}

/// What stands in a `for`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum ForItem {
    /// `require …`
    Require(Require),
    /// a nested `for`
    For(For),
}

/// `require expr else "…"`, `require check plugin.check(product)`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Require {
    /// Whether a plugin's whole-declaration check is required.
    pub check: bool,
    /// What must hold.
    pub condition: Expr,
    /// What is said where it does not.
    pub message: Option<Message>,
    /// The whole requirement.
    pub span: Span,
}

/// `review when expr "…" zh "…"`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Review {
    /// When a person must judge; always where absent.
    pub condition: Option<Expr>,
    /// What the person judges.
    pub message: Message,
    /// The whole clause.
    pub span: Span,
}

/// `outside T4-R5 "…" { cites … addressee … note … }`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Outside {
    /// Its id.
    pub id: Name,
    /// Its title.
    pub title: Label,
    /// Only `cites`, `addressee` and `note`.
    pub clauses: Vec<Clause>,
}
