//! The shapes of `hongxian.evidence/1`, written and read. `schemas/evidence.schema.json` describes them; what it does not
//! describe is refused. Within `/1` nothing changes: evidence has to be the same bytes again.

use crate::decode;
use crate::ir::RuleKind;
use crate::report::contract::{Cause, Decision, Grade, Origin, Outcome, Reason, SourcePlace, Summary};
use crate::source::Position;
use serde::{Deserialize, Serialize};

/// The `schema` of [`Evidence`].
pub const EVIDENCE: &str = "hongxian.evidence/1";

/// What a verdict rests on, and what it came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// [`EVIDENCE`]
    pub schema: String,
    /// What judged.
    pub engine: Engine,
    /// What was judged.
    pub declaration: Declaration,
    /// The waivers files.
    pub waivers: Vec<File>,
    /// The reviews files.
    pub reviews: Vec<File>,
    /// By which packs, in the order of loading.
    pub packs: Vec<Pack>,
    /// On which day.
    pub as_of: AsOf,
    /// At which stage; none where it was not known, or the model has no stages.
    pub stage: Option<Stage>,
    /// The ids of the rules that were selected; none where all of them were.
    pub selected: Option<Vec<String>>,
    /// Whether it is the evidence for a report for the public.
    pub public: bool,
    /// How much the declaration might be.
    pub limits: Limits,
    /// What it came to.
    pub verdict: Verdict,
}

/// `sha256:` and 64 hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Digest(pub(super) String);

impl Digest {
    /// As it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Digest {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let digits = text.strip_prefix("sha256:").unwrap_or_default();
        let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        if digits.len() == 64 && digits.bytes().all(is_digit) {
            Ok(Self(text))
        } else {
            Err("expected `sha256:` and 64 hexadecimal digits".to_owned())
        }
    }
}

/// The engine that judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Engine {
    /// `hongxian`
    pub name: String,
    /// Its version.
    pub version: String,
    /// The edition of the language.
    pub language: String,
}

/// The declaration that was judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Declaration {
    /// The file's name, without a folder; `-` is the standard input.
    pub file: String,
    /// The line of the file that it stands on, from 1, where the file has one declaration on each line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// Over its bytes.
    pub digest: Digest,
    /// What identifies it.
    pub id: Option<String>,
}

/// A file that belongs to the run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// Its name, without a folder.
    pub file: String,
    /// Over its bytes.
    pub digest: Digest,
}

/// A pack that judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pack {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Over manifest, modules, locators and plugins.
    pub digest: Digest,
    /// The pack that it tightens, where it is an overlay.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extends: Option<String>,
    /// Its plugins.
    pub plugins: Vec<Plugin>,
}

/// A plugin of a pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plugin {
    /// Its name.
    pub name: String,
    /// Over its bytes.
    pub digest: Digest,
}

/// The evaluation date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AsOf {
    /// `YYYY-MM-DD`
    pub date: String,
    /// Where it is from.
    pub from: Origin,
}

/// The stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    /// A member of the model's enum of stages.
    pub name: String,
    /// Where it is from.
    pub from: Origin,
}

/// How much a declaration might be. The limits of a plugin are its pack's and the engine's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Bytes of its text.
    pub bytes: u64,
    /// Brackets that are open at once.
    pub nesting: u64,
    /// Elements of all its lists together.
    pub elements: u64,
}

impl Limits {
    pub(super) fn of(limits: &decode::Limits) -> Self {
        let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
        Self { bytes: count(limits.bytes), nesting: count(limits.nesting), elements: count(limits.elements) }
    }

    /// As a decoder takes them; none where one is beyond `most`, so that no evidence can ask for more than whoever reads
    /// it would grant.
    #[must_use]
    pub fn within(self, most: decode::Limits) -> Option<decode::Limits> {
        let lower = |own: u64, most: usize| usize::try_from(own).ok().filter(|own| *own <= most);
        Some(decode::Limits {
            bytes: lower(self.bytes, most.bytes)?,
            nesting: lower(self.nesting, most.nesting)?,
            elements: lower(self.elements, most.elements)?,
            ..most
        })
    }
}

/// What a declaration came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Verdict {
    /// The decision; none where the run was narrowed to some rules.
    pub decision: Option<Decision>,
    /// How many rules came to which outcome.
    pub summary: Summary,
    /// Over the whole result as one line of JSON: messages, values and all. The declaration's file stands in it without
    /// its folder; the configuration file, findings that passed and the worklist do not stand in it.
    pub result: Digest,
    /// All selected rules, in the order of the packs.
    pub rules: Vec<Rule>,
}

/// What a rule came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Its id.
    pub id: String,
    /// Its kind.
    pub kind: RuleKind,
    /// The overlay that raised its kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub raised_by: Option<String>,
    /// The gravest of its findings.
    pub outcome: Outcome,
    /// Why it does not apply, where it does not.
    pub reason: Option<Reason>,
    /// The weakest grade that a pass rests on.
    pub proof: Option<Grade>,
    /// Over the facts that it read; none where one of them is confidential and the report is for the public.
    pub facts: Option<Digest>,
    /// How many findings passed.
    pub passed: u32,
    /// Those that did not.
    pub findings: Vec<Finding>,
}

/// What one requirement came to, for one element, where it did not pass.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// Its outcome.
    pub outcome: Outcome,
    /// What it would be without its waiver, where it is waived.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waived_from: Option<Outcome>,
    /// JSON Pointer of the first field that the verdict rests on.
    pub pointer: String,
    /// Where that stands in the declaration.
    pub at: Position,
    /// Where the requirement stands, in its pack.
    pub requirement: SourcePlace,
    /// JSON Pointers of the fields that are missing.
    pub missing: Vec<String>,
    /// Why it could not be decided; empty where it was.
    pub causes: Vec<Cause>,
}
