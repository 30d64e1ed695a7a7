//! What is still to do, in the shape of the contract: proofs that would show something, and the shortest way to a verdict.

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
/// there is no shorter list of other fields is not claimed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Worklist {
    /// JSON Pointers, in source order.
    pub fields: Vec<String>,
    /// The undecided rules that some values of the fields settle, each with the fields that it takes.
    pub settles: Vec<Settles>,
    /// The undecided rules that no trial settled: all their missing fields stay to be declared.
    pub open: Vec<String>,
}

/// A rule that some values would settle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Settles {
    /// Its id.
    pub rule: String,
    /// JSON Pointers: some of the worklist's.
    pub fields: Vec<String>,
}
