//! What evaluation says: for each rule an outcome and its findings, with what each rests on.

use super::operand::Operand;
use super::provenance::Basis;
use crate::compile::NodeId;
use crate::decode::declaration::Place;
use crate::function::Fault;
use crate::ir::{MemberId, RuleId};
use crate::source::Span;
use crate::value::Date;

/// The outcome of a rule or a finding, gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Some requirement was shown not to hold.
    Fail,
    /// A function failed; counts as unknown for the decision.
    Error,
    /// Some requirement could not be decided.
    Unknown,
    /// A person judges the rest.
    Review,
    /// A valid waiver covers every failing or unknown finding.
    Waived,
    /// Every requirement that applied was shown to hold.
    Pass,
    /// Nothing was to be examined.
    NotApplicable,
}

impl Outcome {
    /// Every outcome, gravest first.
    pub const ALL: [Self; 7] =
        [Self::Fail, Self::Error, Self::Unknown, Self::Review, Self::Waived, Self::Pass, Self::NotApplicable];

    /// As the contract and policies spell it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Fail => "fail",
            Self::Error => "error",
            Self::Unknown => "unknown",
            Self::Review => "review",
            Self::Waived => "waived",
            Self::Pass => "pass",
            Self::NotApplicable => "not_applicable",
        }
    }
}

/// Why a rule was not applicable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// It came into force later.
    NotYetInForce(Date),
    /// It was in force only until then.
    NoLongerInForce(Date),
    /// It is not of this stage.
    Stage,
    /// Its `when` is false.
    When,
    /// There was nothing to examine.
    NothingToExamine,
}

/// One thing that a rule found.
#[derive(Debug, Clone)]
pub struct Finding<'a> {
    /// What.
    pub outcome: Outcome,
    /// The requirement, `when` or `review` that it comes from.
    pub requirement: Span,
    /// What it rests on.
    pub basis: Basis,
    /// The elements of the enclosing `for` blocks, outermost first.
    pub elements: Vec<Place>,
    /// The values that its message shows, in the order of its pieces; none where it has no message of its own.
    pub message: Option<Said<'a>>,
}

/// A message's values, one list for each language, in the order of its interpolations.
#[derive(Debug, Clone, Default)]
pub struct Said<'a> {
    /// English pieces.
    pub en: Vec<SaidPiece<'a>>,
    /// Chinese pieces, where there are any.
    pub zh: Option<Vec<SaidPiece<'a>>>,
}

/// A piece of a message that was said.
#[derive(Debug, Clone)]
pub enum SaidPiece<'a> {
    /// Words.
    Text(&'a str),
    /// Words of a plugin.
    Told(String),
    /// A value, with the node that it comes from and what it rests on.
    Value(NodeId, Operand<'a, Basis>, Basis),
}

/// What a rule came to.
#[derive(Debug, Clone)]
pub struct RuleVerdict<'a> {
    /// The rule.
    pub rule: RuleId,
    /// The gravest of its findings.
    pub outcome: Outcome,
    /// Why it was not applicable.
    pub reason: Option<Reason>,
    /// All findings, passes included, in source order.
    pub findings: Vec<Finding<'a>>,
    /// Its remedy, where it has one and there is something to mend.
    pub remedy: Option<Said<'a>>,
    /// Every cell that was read to judge it.
    pub facts: Vec<Place>,
}

/// The stage at which a declaration stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StageAt {
    /// The model has no stages.
    None,
    /// Known.
    Known(MemberId),
    /// Not known, for want of these cells.
    Unknown(Basis),
}

/// What evaluation says of a declaration.
#[derive(Debug, Clone)]
pub struct Verdict<'a> {
    /// The stage.
    pub stage: StageAt,
    /// The rules that were asked for, in order.
    pub rules: Vec<RuleVerdict<'a>>,
    /// The call in which the machine was stuck, where one was: then nothing here counts.
    pub stuck: Option<Fault>,
}
