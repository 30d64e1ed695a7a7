//! The shape of `hongxian.diff/1`: what changed between two packs, as a value that serialises as it stands.
//!
//! Names and their order are a promise, described in `schemas/diff.schema.json`; within `/1` members are only ever
//! added. It says what moved, not how that was found.

use super::direction::{Direction, Movement};
use crate::ir::RuleKind;
use crate::report::contract::{Decision, Outcome, Shown, SourcePlace, Words};
use crate::source::Position;
use serde::{Serialize, Serializer};

/// The `schema` of a [`Diff`].
pub const DIFF: &str = "hongxian.diff/1";

/// What changed from one policy to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diff {
    /// [`DIFF`]
    pub schema: &'static str,
    /// The policy before.
    pub old: Side,
    /// The policy after.
    pub new: Side,
    /// The declarations that both judged.
    pub corpus: Corpus,
    /// How many rules moved which way.
    pub summary: Summary,
    /// Products whose decision is another now.
    pub decisions: Vec<DecisionChange>,
    /// Parameters that were added, removed or changed.
    pub parameters: Vec<ParameterChange>,
    /// Rules that were added, removed, renamed or changed: loosened red lines first.
    pub rules: Vec<RuleChange>,
}

/// One of the two policies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Side {
    /// As it was named.
    pub given: String,
    /// Its packs.
    pub packs: Vec<Pack>,
}

/// A pack of a side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pack {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// `sha256:…`
    pub digest: String,
}

/// The declarations.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Corpus {
    /// How many both sides judged.
    pub judged: usize,
    /// On how many some rule came to something else.
    pub changed: usize,
    /// Those that one side takes and the other refuses.
    pub refused: Vec<RefusedChange>,
    /// How many neither side takes.
    pub unreadable: usize,
}

/// A declaration that only one side takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RefusedChange {
    /// The declaration.
    pub file: String,
    /// Which side refuses it.
    pub by: Which,
    /// Why, in one line.
    pub reason: String,
}

/// A side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Which {
    /// Before.
    Old,
    /// After.
    New,
}

/// How many rules moved which way. A rule that moved both ways counts in both.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Rules that are looser in some way.
    pub loosened: usize,
    /// Of these, red lines.
    pub loosened_red_lines: usize,
    /// Rules that are tighter in some way.
    pub tightened: usize,
    /// Rules that lost sight of some product.
    pub lost_sight: usize,
    /// Rules that gained sight of some product.
    pub gained_sight: usize,
    /// Rules of which only words changed.
    pub only_words: usize,
    /// Rules whose text changed, and of which nothing shows a direction.
    pub undetermined: usize,
    /// Rules that are the same.
    pub same: usize,
}

/// A product whose decision changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DecisionChange {
    /// Which product.
    pub product: Product,
    /// Before.
    pub from: Decision,
    /// After.
    pub to: Decision,
    /// Which way; none where that is a matter of opinion.
    pub direction: Option<Direction>,
}

/// A product of the corpus.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Product {
    /// The declaration's file or test.
    pub file: String,
    /// What identifies it.
    pub id: Option<String>,
    /// What names it.
    pub name: Option<String>,
}

/// A parameter that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ParameterChange {
    /// Its name.
    pub name: String,
    /// Its module.
    pub module: String,
    /// Its value before; none where it is new.
    pub from: Option<Shown>,
    /// Its value after; none where it is gone.
    pub to: Option<Shown>,
    /// Which way, by the direction that it declares.
    pub direction: Option<Direction>,
    /// Where it stands on both sides.
    pub places: Places,
    /// The rules that read it, also through a `let` or a function.
    pub rules: Vec<String>,
}

/// Where something stands on both sides.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Places {
    /// Before.
    pub old: Option<SourcePlace>,
    /// After.
    pub new: Option<SourcePlace>,
}

/// How a rule comes to be here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Only the new side has it.
    Added,
    /// Only the old side has it.
    Removed,
    /// It has another id.
    Renamed,
    /// Both sides have it.
    Changed,
}

/// A rule that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleChange {
    /// Its id; where it is gone, what it was.
    pub id: String,
    /// The id that it had, where that was another.
    pub was: Option<String>,
    /// How it comes to be here.
    pub state: State,
    /// Its kind before.
    #[serde(serialize_with = "kind")]
    pub old_kind: Option<RuleKind>,
    /// Its kind after.
    #[serde(serialize_with = "kind")]
    pub new_kind: Option<RuleKind>,
    /// Its title.
    pub title: Words,
    /// How it moved; several where it moved several ways.
    pub movements: Vec<Movement>,
    /// Where it stands on both sides.
    pub places: Places,
    /// What is different in its text.
    pub differences: Vec<Difference>,
    /// Parameters, `let`s and functions through which it changed.
    pub through: Vec<String>,
    /// Products on which it comes to something else.
    pub products: Vec<ProductChange>,
    /// What was looked for where no declaration of the corpus shows a difference.
    pub search: Option<Search>,
}

impl RuleChange {
    /// Whether it moved so.
    #[must_use]
    pub fn is(&self, movement: Movement) -> bool {
        self.movements.contains(&movement)
    }

    /// Whether it is or was a red line.
    #[must_use]
    pub fn red_line(&self) -> bool {
        [self.old_kind, self.new_kind].contains(&Some(RuleKind::RedLine))
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes fields by reference")]
#[expect(clippy::ref_option, reason = "serde passes fields by reference")]
fn kind<S: Serializer>(kind: &Option<RuleKind>, serializer: S) -> Result<S::Ok, S::Error> {
    kind.map(kind_word).serialize(serializer)
}

/// A kind as policies spell it.
#[must_use]
pub const fn kind_word(kind: RuleKind) -> &'static str {
    match kind {
        RuleKind::RedLine => "red_line",
        RuleKind::Baseline => "baseline",
        RuleKind::Guidance => "guidance",
    }
}

/// A part of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The whole rule.
    Rule,
    /// `red_line`, `baseline`, `guidance`
    Kind,
    /// `when …`
    When,
    /// `stage …`
    Stage,
    /// `effective …`
    Effective,
    /// `require …`
    Requirement,
    /// `for … { … }`
    For,
    /// `review …`
    Review,
    /// The model that it reads.
    Model,
    /// Title, messages, remedy, notes, citations.
    Words,
}

/// What is different in a rule's text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Which part.
    pub part: Part,
    /// Which way; none where the text does not show it.
    pub direction: Option<Direction>,
    /// As it was written; none where it is new.
    pub old: Option<Written>,
    /// As it is written; none where it is gone.
    pub new: Option<Written>,
}

/// A text with its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Written {
    /// The text, on one line.
    pub text: String,
    /// Where.
    pub place: SourcePlace,
}

/// What a rule came to on a product, before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProductChange {
    /// Which product.
    pub product: Product,
    /// Before; none where there was no rule.
    pub from: Option<Outcome>,
    /// After; none where there is no rule.
    pub to: Option<Outcome>,
    /// How the rule moved here.
    pub movements: Vec<Movement>,
    /// Findings that only one side has.
    pub findings: Vec<FindingChange>,
}

/// A finding that only one side has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FindingChange {
    /// Which side.
    pub side: Which,
    /// Its outcome.
    pub outcome: Outcome,
    /// JSON Pointer in the declaration.
    pub pointer: String,
    /// Where that stands.
    pub at: Position,
    /// Where the requirement stands.
    pub requirement: SourcePlace,
    /// What was found.
    pub message: Words,
}

/// What was looked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Search {
    /// How many declarations were tried.
    pub tried: usize,
    /// How many could have been.
    pub limit: usize,
    /// Whether everything that the search makes was tried.
    pub whole: bool,
    /// The fields that were varied, as `product.data.items[].security_level`.
    pub varied: Vec<String>,
    /// A declaration on which the two rules disagree.
    pub witness: Option<Witness>,
}

/// A declaration on which two rules disagree, with nothing in it that could be left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Witness {
    /// The declaration that it was made from.
    pub from_file: String,
    /// What was changed there, as JSON Pointers into that declaration.
    pub changed: Vec<String>,
    /// The evaluation date, where the declaration does not say it.
    pub as_of: Option<String>,
    /// The stage, where it does not follow from the declaration.
    pub stage: Option<String>,
    /// What the rule came to before.
    pub from: Outcome,
    /// What it comes to now.
    pub to: Outcome,
    /// How the rule moved here.
    pub movements: Vec<Movement>,
    /// The declaration.
    pub declaration: serde_json::Value,
    /// Where it was written, by whoever writes it.
    pub file: Option<String>,
}
