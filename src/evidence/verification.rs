//! What a verification says, in the shape of `hongxian.verification/1`. `schemas/verification.schema.json` describes it;
//! within `/1` members are only ever added.

use super::compare::{Comparison, Standing};
use super::contract::{Digest, Evidence};
use crate::report::contract::Decision;
use serde::Serialize;

/// The `schema` of a [`Verification`].
pub const VERIFICATION: &str = "hongxian.verification/1";

/// What became of evidence that was verified.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verification {
    /// [`VERIFICATION`]
    pub schema: &'static str,
    /// The file of evidence, as it was given.
    pub evidence: String,
    /// Who signed it; none where no key was given, so that nothing is known about that.
    pub signature: Option<Signature>,
    /// What was recorded.
    pub recorded: Recorded,
    /// The version of the engine that judged again.
    pub engine: &'static str,
    /// Whether the inputs are those that were recorded.
    pub inputs: Vec<Input>,
    /// How what was recorded stands; none where an input was not the recorded one, and nothing was judged again.
    pub standing: Option<Standing>,
    /// What differs; none where nothing was judged again.
    pub differences: Option<Comparison>,
}

/// A signature that was good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Signature {
    /// The identifier of the key.
    pub key: String,
    /// What the signer says beside it, signed as well.
    pub trusted_comment: String,
}

/// What was recorded, in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Recorded {
    /// The version of the engine.
    pub engine: String,
    /// What identifies the declaration.
    pub id: Option<String>,
    /// The evaluation date.
    pub as_of: String,
    /// The stage.
    pub stage: Option<String>,
    /// The decision; none where the run was narrowed to some rules.
    pub decision: Option<Decision>,
}

impl Recorded {
    /// What evidence says, in short.
    #[must_use]
    pub fn of(evidence: &Evidence) -> Self {
        Self {
            engine: evidence.engine.version.clone(),
            id: evidence.declaration.id.clone(),
            as_of: evidence.as_of.date.clone(),
            stage: evidence.stage.as_ref().map(|stage| stage.name.clone()),
            decision: evidence.verdict.decision,
        }
    }
}

/// An input, recorded and found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Input {
    /// What it is.
    pub role: Role,
    /// The name of a file, a pack or a plugin.
    pub name: String,
    /// As it was recorded.
    pub recorded: Digest,
    /// As it was found; none where it was not.
    pub found: Option<Digest>,
    /// Whether both are the same.
    pub state: InputState,
}

impl Input {
    /// An input that was found, or was not.
    #[must_use]
    pub fn new(role: Role, name: &str, recorded: &Digest, found: Option<Digest>) -> Self {
        let state = match &found {
            Some(found) if found == recorded => InputState::Same,
            Some(_) => InputState::Other,
            None => InputState::Missing,
        };
        Self { role, name: name.to_owned(), recorded: recorded.clone(), found, state }
    }
}

/// What an input is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The declaration.
    Declaration,
    /// A waivers file.
    Waivers,
    /// A reviews file.
    Reviews,
    /// A pack.
    Pack,
    /// A plugin of a pack.
    Plugin,
}

/// Whether an input is the one that was recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum InputState {
    /// It is.
    Same,
    /// It is not.
    Other,
    /// There is none.
    Missing,
}
