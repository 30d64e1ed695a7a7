//! The shapes of the JSON contract: `hongxian.result/1`, `hongxian.rejected/1` and `hongxian.diagnostics/1`.
//!
//! [`Report`] is the one report value that every renderer reads; serialised as it stands, it is the contract. Names
//! and their order are a promise, described in `schemas/`; within `/1` members are only ever added. Numbers and
//! amounts are texts without trailing zeros. It knows nothing of evaluation: it says what was found, not how.

pub use super::groups::{Family, Module, Source, StageName};
pub use super::problems::{Diagnostics, Operation, Problem, ProblemPlace, Rejected, RejectedDeclaration, Severity};
pub use super::worklist::{ProofField, Settles, WorkField, Worklist};
use crate::decode::Limits;
pub use crate::eval::{Grade, Outcome};
use crate::ir::{Addressee, RuleKind};
use crate::source::Position;
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// The `schema` of a [`Report`].
pub const RESULT: &str = "hongxian.result/1";
/// The `schema` of a [`Rejected`] declaration.
pub const REJECTED: &str = "hongxian.rejected/1";
/// The `schema` of [`Diagnostics`].
pub const DIAGNOSTICS: &str = "hongxian.diagnostics/1";

/// Words for people in two languages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Words {
    /// English; where a field has no English label, its name.
    pub en: String,
    /// Chinese, where it is given.
    pub zh: Option<String>,
}

/// What the outcomes of red lines and baselines come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// A red line fails.
    Refused,
    /// No red line fails; one is unknown, in review or erring.
    Incomplete,
    /// The red lines stand; a baseline fails, is unknown, in review or erring.
    Conditional,
    /// At least one red line or baseline was evaluated, and none of the above.
    Admitted,
    /// No red line or baseline was evaluated.
    NotEvaluated,
}

impl Decision {
    /// As the contract spells it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::Incomplete => "incomplete",
            Self::Conditional => "conditional",
            Self::Admitted => "admitted",
            Self::NotEvaluated => "not_evaluated",
        }
    }
}

/// Why a rule does not apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Its `when` is false.
    WhenIsFalse,
    /// It comes into force after the evaluation date.
    NotYetInForce,
    /// It was in force before the evaluation date.
    NoLongerInForce,
    /// It does not apply at this stage.
    OtherStage,
    /// Its lists are empty, and it requires nothing else.
    NothingExamined,
}

/// Why a finding could not be decided, beside the fields it misses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// A field that it needs is not declared.
    Undeclared,
    /// The stage is not known.
    StageUnknown,
    /// A reference leads nowhere.
    DanglingReference,
    /// A computation needs more digits than allowed, or leaves the calendar.
    Overflow,
    /// A division by zero.
    DivisionByZero,
    /// The least or greatest element of an empty list.
    EmptyList,
    /// A computation with a field that does not apply.
    NotApplicable,
    /// A computation with a `null` that has a meaning of its own.
    NullValue,
    /// A function failed; the message says which.
    FunctionFailed,
}

/// What made a declaration's evaluation date or stage known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// The declaration's field for it.
    Declaration,
    /// What the model makes of the declared status.
    Status,
    /// The caller: `--as-of`, `--stage`.
    Option,
}

/// A value as it is shown: members by their JSON spelling; numbers, amounts, dates and durations as text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Shown {
    /// `null` where the model gives it a meaning.
    Null,
    /// `true`, `false`
    Bool(bool),
    /// Any other scalar.
    Text(String),
    /// A list.
    List(Vec<Self>),
    /// A table parameter: one value for each member.
    Table(IndexMap<String, Self>),
}

/// A place in a policy. A pack's files are named relative to the pack.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourcePlace {
    /// The file.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1, in Unicode scalar values.
    pub column: u32,
}

/// A place in the declaration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeclarationPlace {
    /// JSON Pointer.
    pub pointer: String,
    /// Where it stands; of an absent field, its nearest present parent.
    pub at: Position,
}

/// What one run over one declaration found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// [`RESULT`]
    pub schema: &'static str,
    /// What judged.
    pub engine: Engine,
    /// By which packs, in the order of loading.
    pub packs: Vec<Pack>,
    /// What was judged.
    pub declaration: Declaration,
    /// On which day.
    pub as_of: AsOf,
    /// At which stage; none where it is not known, or the model has no stages.
    pub stage: Option<Stage>,
    /// The model's stages, in order.
    pub stages: Vec<StageName>,
    /// How much of a complete filing is there.
    pub filing: Filing,
    /// The modules that have rules or sentences outside, in the order of loading.
    pub modules: Vec<Module>,
    /// The parameters of all packs.
    pub parameters: Vec<Parameter>,
    /// The configuration file that was picked up without being asked for.
    pub configuration: Option<String>,
    /// What a reader should know about packs and model.
    pub notices: Vec<Notice>,
    /// The decision; none where the run was narrowed to some rules.
    pub decision: Option<Decision>,
    /// How many rules came to which outcome.
    pub summary: Summary,
    /// All selected rules: pack, module, source line.
    pub rules: Vec<Rule>,
    /// Fields still to declare, each once, in source order, with the rules that they block.
    pub undeclared: Vec<Undeclared>,
    /// The shortest way to a verdict; none where it was not asked for.
    pub worklist: Option<Worklist>,
    /// Rules that come into force later.
    pub upcoming: Vec<Upcoming>,
    /// What became of the waivers.
    pub waivers: Waivers,
    /// What became of the reviews.
    pub reviews: Vec<Review>,
    /// What is odd about the declaration without being an error.
    pub warnings: Vec<Warning>,
    /// What else the verdict rests on; no part of this contract, but of the evidence for it.
    #[serde(skip)]
    pub pinned: Pinned,
}

/// What a verdict rests on beside packs, declaration, day and stage.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pinned {
    /// The waivers files, in the order in which they were given.
    pub waivers: Vec<FileDigest>,
    /// The reviews files, in the order in which they were given.
    pub reviews: Vec<FileDigest>,
    /// How much the declaration may be.
    pub limits: Limits,
    /// Whether what is confidential was left out.
    pub public: bool,
}

/// A file, and what is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileDigest {
    /// The file as it was given.
    pub file: String,
    /// `sha256:…` over its bytes.
    pub digest: String,
}

/// The engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Engine {
    /// `hongxian`
    pub name: &'static str,
    /// Its version.
    pub version: &'static str,
    /// The edition of the language.
    pub language: &'static str,
}

/// A pack that judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pack {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// `sha256:…` over manifest, modules and plugins.
    pub digest: String,
    /// The pack that it tightens, where it is an overlay.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extends: Option<String>,
    /// Its plugins.
    pub plugins: Vec<Plugin>,
    /// Its title.
    pub title: Words,
    /// What each argument letter says.
    pub arguments: IndexMap<String, Words>,
    /// Groups of modules, by the beginning of the locators that their rules cite.
    pub sections: IndexMap<String, Words>,
    /// Groups of red lines.
    pub families: Vec<Family>,
    /// The sources that its rules cite.
    pub sources: Vec<Source>,
}

/// A plugin of a pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Plugin {
    /// Its name.
    pub name: String,
    /// `sha256:…`
    pub digest: String,
}

/// The declaration that was judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Declaration {
    /// The file as it was given; `-` is the standard input.
    pub file: String,
    /// The line of the file that it stands on, from 1, where the file has one declaration on each line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// `sha256:…` over its bytes.
    pub digest: String,
    /// What identifies it.
    pub id: Option<String>,
    /// What names it.
    pub name: Option<String>,
    /// Who declares; none where the pack names no field for it, or nothing is declared there.
    pub institution: Option<String>,
}

/// The evaluation date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AsOf {
    /// `YYYY-MM-DD`
    pub date: String,
    /// Where it is from.
    pub from: Origin,
}

/// The stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stage {
    /// A member of the model's enum of stages.
    pub name: String,
    /// Where it is from.
    pub from: Origin,
}

/// How many of the fields that a complete filing needs are declared.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Filing {
    /// Declared.
    pub given: u32,
    /// Needed.
    pub of: u32,
}

/// A parameter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// Its value, tightened where an overlay did so.
    pub value: Shown,
    /// Whose it is: `project`, or a standard's name.
    pub origin: String,
    /// The overlay that tightened it.
    pub tightened_by: Option<String>,
    /// Its module.
    pub module: String,
    /// Its pack.
    pub pack: String,
}

/// What a reader should know about packs and model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Notice {
    /// Which.
    pub kind: NoticeKind,
    /// The pack that it is about.
    pub pack: Option<String>,
    /// In words.
    pub message: Words,
}

/// The kinds of notices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    /// The evaluation date is past the life of the pack's source.
    Lapsed,
    /// The declaration follows a newer edition of the model.
    NewerModel,
    /// The run was narrowed to some rules: there is no decision.
    Narrowed,
    /// What the model marks confidential is left out.
    Public,
}

/// How many rules came to which outcome.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Summary {
    /// `pass`
    pub pass: u32,
    /// `fail`
    pub fail: u32,
    /// `unknown`
    pub unknown: u32,
    /// `review`
    pub review: u32,
    /// `not_applicable`
    pub not_applicable: u32,
    /// `waived`
    pub waived: u32,
    /// `error`
    pub error: u32,
    /// Claims that rest on no proof.
    pub unproven_claims: u32,
}

/// A rule and what it found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rule {
    /// Its id, `T17-R7`.
    pub id: String,
    /// Its kind, raised where an overlay did so.
    pub kind: RuleKind,
    /// Its title.
    pub title: Words,
    /// The gravest of its findings.
    pub outcome: Outcome,
    /// Why it does not apply, where it does not.
    pub reason: Option<Reason>,
    /// The weakest grade that a pass rests on.
    pub proof: Option<Grade>,
    /// The letter of its argument.
    pub argument: Option<String>,
    /// To whom it speaks.
    pub addressee: Addressee,
    /// The locators that it cites.
    pub cites: Vec<String>,
    /// The stages at which it applies; empty where at all.
    pub stages: Vec<String>,
    /// Where it begins.
    pub source: SourcePlace,
    /// Its findings: all that did not pass, and with `--all` those that did; requirement, element.
    pub findings: Vec<Finding>,
    /// How many findings passed.
    pub passed: u32,
    /// `sha256:…` over the facts that it read: what reviews and waivers bind to. Empty where it was not asked for
    /// ([`Digests`](super::Digests)), and in a report for the public where one of them is confidential, since few values can
    /// be guessed from their digest.
    pub facts: String,
    /// Its module.
    pub module: String,
    /// Its pack.
    pub pack: String,
    /// The overlay that raised its kind.
    pub raised_by: Option<String>,
}

/// What one requirement came to, for one element.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Its outcome.
    pub outcome: Outcome,
    /// JSON Pointer of the first field, in source order, that the verdict rests on; empty for the whole declaration.
    pub pointer: String,
    /// Where that stands; of an absent field, its nearest present parent.
    pub at: Position,
    /// Where the requirement stands.
    pub requirement: SourcePlace,
    /// The other fields that the verdict rests on.
    pub related: Vec<DeclarationPlace>,
    /// What was found.
    pub message: Words,
    /// What would mend it.
    pub remedy: Option<Words>,
    /// The values seen, by JSON Pointer.
    pub values: IndexMap<String, Shown>,
    /// JSON Pointers of the fields that are missing.
    pub missing: Vec<String>,
    /// Why it could not be decided; empty where it was.
    pub causes: Vec<Cause>,
    /// JSON Pointers of absent fields for which `??` put a value.
    pub assumed: Vec<String>,
    /// The weakest grade of proof of what it rests on, where it passed or failed.
    pub proof: Option<Grade>,
    /// What must hold, as the policy writes it.
    pub requires: String,
    /// Where the proofs of what it rests on stand, or would.
    pub proofs: Vec<ProofField>,
    /// What it would be without its waiver, where it is waived.
    pub waived_from: Option<Outcome>,
}

/// A field still to declare.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Undeclared {
    /// JSON Pointer.
    pub pointer: String,
    /// Its nearest present parent, or itself where it is `null` or blank.
    pub at: Position,
    /// Its label.
    pub label: Words,
    /// What may be given, in the words of the language: `date`, `ratio in percent 0..100`, an enum's members.
    pub expects: String,
    /// The ids of the rules that it blocks.
    pub rules: Vec<String>,
}

/// A rule that comes into force later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Upcoming {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: Words,
    /// The first day on which it is in force, `YYYY-MM-DD`.
    pub from: String,
}

/// What became of the waivers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Waivers {
    /// Cover a finding.
    pub applied: Vec<Waiver>,
    /// Have expired, or the facts that they were granted for have changed.
    pub expired: Vec<Waiver>,
    /// Cover nothing.
    pub unused: Vec<Waiver>,
}

/// A waiver.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Waiver {
    /// The rule.
    pub rule: String,
    /// The outcome that it covers: `fail` or `unknown`.
    pub covers: Outcome,
    /// JSON Pointer of what it covers, elements by `[name=…]`.
    pub scope: Option<String>,
    /// Why it was granted.
    pub reason: String,
    /// What is done instead.
    pub control: String,
    /// Who granted it.
    pub approver: String,
    /// As what.
    pub role: String,
    /// When, `YYYY-MM-DD`.
    pub granted: String,
    /// Its last day, `YYYY-MM-DD`.
    pub expires: String,
    /// Whether the facts that it was granted for have changed.
    pub facts_changed: bool,
}

/// A review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Review {
    /// The rule.
    pub rule: String,
    /// What became of it.
    pub state: ReviewState,
    /// What the reviewer says.
    pub verdict: Verdict,
    /// Who.
    pub reviewer: String,
    /// As what.
    pub role: String,
    /// When, `YYYY-MM-DD`.
    pub date: String,
    /// Why.
    pub grounds: String,
}

/// What became of a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ReviewState {
    /// It settled the rule.
    Applied,
    /// It was given after the evaluation date, and counts only from its date on.
    Early,
    /// The facts that it judged have changed.
    Lapsed,
    /// The rule asked for no review.
    Unused,
}

/// A reviewer's verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The rule is met.
    Positive,
    /// The rule is not met.
    Negative,
}

/// What is odd about the declaration without being an error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// In words.
    pub message: Words,
    /// Where.
    #[serde(flatten)]
    pub place: DeclarationPlace,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_contract() {
        let words = Words { en: "a".into(), zh: None };
        let place = DeclarationPlace { pointer: "/a".into(), at: Position { line: 1, column: 2 } };
        let cases = [
            (serde_json::to_string(&Outcome::NotApplicable), r#""not_applicable""#),
            (serde_json::to_string(&Decision::NotEvaluated), r#""not_evaluated""#),
            (serde_json::to_string(&Grade::SelfEvidenced), r#""self_evidenced""#),
            (serde_json::to_string(&Shown::Null), "null"),
            (serde_json::to_string(&Shown::Text("1.5".into())), r#""1.5""#),
            (
                serde_json::to_string(&Warning { message: words, place }),
                r#"{"message":{"en":"a","zh":null},"pointer":"/a","at":{"line":1,"column":2}}"#,
            ),
        ];
        for (written, expected) in cases {
            assert_eq!(written.unwrap(), expected);
        }
        assert!(Outcome::Fail < Outcome::Error && Outcome::Error < Outcome::Unknown);
    }
}
