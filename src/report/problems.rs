//! The part of the contract that says what is wrong in a text: `hongxian.rejected/1` and `hongxian.diagnostics/1`.

use serde::Serialize;

/// A declaration that could not be judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rejected {
    /// [`REJECTED`](super::contract::REJECTED)
    pub schema: &'static str,
    /// Which.
    pub declaration: RejectedDeclaration,
    /// Why.
    pub diagnostics: Vec<Problem>,
}

/// Which declaration could not be judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RejectedDeclaration {
    /// The file as it was given.
    pub file: String,
    /// The line that it stands on, from 1, where the file has one declaration on each line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// `sha256:…` over its bytes; none where it could not be read.
    pub digest: Option<String>,
}

/// The diagnostics of `check` and `fmt`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnostics {
    /// [`DIAGNOSTICS`](super::contract::DIAGNOSTICS)
    pub schema: &'static str,
    /// In source order.
    pub diagnostics: Vec<Problem>,
}

/// One diagnostic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// `E0201`
    pub code: &'static str,
    /// How grave.
    pub severity: Severity,
    /// In one line.
    pub message: String,
    /// Where; none where there is no text to point into.
    pub at: Option<ProblemPlace>,
    /// Other places that matter.
    pub related: Vec<ProblemPlace>,
    /// What would mend it.
    pub help: Vec<String>,
    /// What would mend a declaration's form and change nothing that it says; left out where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub patch: Option<Operation>,
}

/// An operation of a JSON Patch (RFC 6902).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "op", rename_all = "snake_case")]
pub enum Operation {
    /// Another form of the same value.
    Replace {
        /// JSON Pointer.
        path: String,
        /// The value.
        value: serde_json::Value,
    },
    /// Another spelling of the same key.
    Move {
        /// JSON Pointer of what stands under the wrong key.
        from: String,
        /// JSON Pointer of where it belongs.
        path: String,
    },
}

/// How grave a diagnostic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The text is valid.
    Warning,
    /// The text is not valid.
    Error,
}

/// A range in a text, the end excluded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProblemPlace {
    /// The file.
    pub file: String,
    /// Line of the first character, from 1.
    pub line: u32,
    /// Column of the first character, from 1.
    pub column: u32,
    /// Line of the end.
    pub end_line: u32,
    /// Column of the end.
    pub end_column: u32,
    /// What about it; may be empty.
    pub label: String,
}
