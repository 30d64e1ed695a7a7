//! Case files, `NAME.case.toml`: a declaration of the pack, changes, and what is expected. It knows neither the model nor
//! the rules: pointers, words and values are taken as they are written.

use super::table::{Placed, Table, document};
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Span};
use crate::value::Date;
use serde_json::Value as Json;

/// How the names of case files end.
pub const CASE_SUFFIX: &str = ".case.toml";

/// A case file.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseFile {
    /// `title`: what it shows; the file's name where absent.
    pub title: Option<Placed<String>>,
    /// `given`: the declaration's file, relative to the pack.
    pub given: Option<Placed<String>>,
    /// `[[change]]`, in order.
    pub changes: Vec<CaseChange>,
    /// `as_of`: the evaluation date.
    pub as_of: Option<Placed<Date>>,
    /// `stage`: the stage.
    pub stage: Option<Placed<String>>,
    /// `waivers`: files of the pack.
    pub waivers: Vec<Placed<String>>,
    /// `reviews`: files of the pack.
    pub reviews: Vec<Placed<String>>,
    /// `[expect] decision`: what the declaration comes to.
    pub decision: Option<Placed<String>>,
    /// `[[expect.rule]]`, in order.
    pub rules: Vec<CaseRule>,
}

/// One `[[change]]`.
#[derive(Debug, Clone, PartialEq)]
pub enum CaseChange {
    /// `set = "/pointer"` with `value = …`, or with `json = "…"` for what TOML has no words for.
    Set {
        /// JSON Pointer of the place.
        at: Placed<String>,
        /// The new value.
        value: Json,
    },
    /// `remove = "/pointer"`
    Remove {
        /// JSON Pointer of the place.
        at: Placed<String>,
    },
}

/// One `[[expect.rule]]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseRule {
    /// `id` of the rule.
    pub id: Placed<String>,
    /// `outcome`: what it must come to.
    pub outcome: Placed<String>,
    /// `at`: JSON Pointer of one of its findings of that outcome.
    pub at: Option<Placed<String>>,
    /// Where it stands.
    pub span: Span,
}

impl CaseFile {
    /// Reads a case file.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it, in the order of the text.
    pub fn parse(file: FileId, text: &str) -> Result<Self, Vec<Diagnostic>> {
        let mut read = None;
        let found = document(file, text, "a case file", |table| read = Some(case(table)));
        match read {
            Some(case) if found.is_empty() => Ok(case),
            _ => Err(found),
        }
    }
}

fn case(table: &mut Table<'_>) -> CaseFile {
    let (title, given) = (table.text("title"), table.text("given"));
    let changes = table.tables("change", "a change", change).into_iter().flatten().collect();
    let (as_of, stage) = (table.date("as_of"), table.text("stage"));
    let (waivers, reviews) = (table.texts("waivers"), table.texts("reviews"));
    table.require("expect", "{ decision = \"refused\" }");
    let (decision, rules) = table
        .table("expect", "what is expected", |expect| {
            (expect.text("decision"), expect.tables("rule", "an expected outcome", rule))
        })
        .unwrap_or_default();
    CaseFile { title, given, changes, as_of, stage, waivers, reviews, decision, rules }
}

fn change(table: &mut Table<'_>) -> Option<CaseChange> {
    if table.has("remove") {
        return table.pointer("remove").map(|at| CaseChange::Remove { at });
    }
    table.require("set", "\"/pointer\"` or `remove = \"/pointer\"");
    let at = table.pointer("set");
    if !table.has("json") {
        table.require("value", "…");
    }
    let written = table.json_text("json");
    let value = if written.is_none() { table.json("value") } else { written };
    Some(CaseChange::Set { at: at?, value: value? })
}

fn rule(table: &mut Table<'_>) -> CaseRule {
    let id = table.required_text("id", "\"T17-R7\"");
    let outcome = table.required_text("outcome", "\"fail\"");
    let at = table.pointer("at");
    CaseRule { id, outcome, at, span: table.span() }
}
