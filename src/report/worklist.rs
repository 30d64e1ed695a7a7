//! What is still to do, in the shape of the contract: proofs that would show something, and the shortest way to a verdict.

use super::contract::Words;
use serde::Serialize;

/// A field of the declaration that says where a proof stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProofField {
    /// JSON Pointer.
    pub pointer: String,
    /// Whether it is declared.
    pub given: bool,
}

/// Fields whose declaration would settle what is undecided, found by trying values on the declaration itself.
///
/// A rule is settled where, with some values of these fields, it passes, does not apply or asks for a review; of a rule
/// that no trial could meet, where it is decided at all. None of `fields` can be left out of what the trials found. That
/// there is no shorter list of other fields is not claimed. A list is given with all that is in it, or by stating that there
/// is none; a reference with what it refers to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Worklist {
    /// The fields, each once: those first that most red lines wait for, then those that most other rules wait for.
    pub fields: Vec<WorkField>,
    /// The undecided rules that some values of the fields settle, gravest first, each with the fields that it takes.
    pub settles: Vec<Settles>,
    /// The undecided rules that no trial settled, and those that were not searched further because there is too much to try:
    /// all their missing fields stay to be declared.
    pub open: Vec<String>,
}

impl Worklist {
    /// Whether nothing is undecided.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.settles.is_empty() && self.open.is_empty()
    }

    /// The rules that trials found no values to meet.
    #[must_use]
    pub fn unmet(&self) -> Vec<&str> {
        self.settles.iter().filter(|settles| !settles.met).map(|settles| settles.rule.as_str()).collect()
    }
}

/// A field of the worklist.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct WorkField {
    /// JSON Pointer.
    pub pointer: String,
    /// Its label.
    pub label: Words,
    /// What may be given, in the words of the language.
    pub expects: String,
    /// The ids of the rules that it helps to settle.
    pub rules: Vec<String>,
}

/// A rule that some values would settle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Settles {
    /// Its id.
    pub rule: String,
    /// Whether some values would meet it; of one that is `false`, trials found only values on which it fails.
    pub met: bool,
    /// JSON Pointers: some of the worklist's.
    pub fields: Vec<String>,
}
