//! Writes case files, so that what a program found can be kept as a test. It does not check what it writes: reading does.

use crate::value::Date;
use serde_json::Value as Json;
use std::fmt::Write;

/// A case that is to be written.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct NewCase {
    /// Lines above the case, for people; nothing reads them.
    pub notes: Vec<String>,
    /// What it shows.
    pub title: String,
    /// The declaration's file, relative to the pack.
    pub given: String,
    /// Changes in order: a JSON Pointer with its new value, or with none to remove what stands there.
    pub changes: Vec<(String, Option<Json>)>,
    /// The evaluation date, instead of the declaration's.
    pub as_of: Option<Date>,
    /// The stage, instead of the one that follows from the declaration.
    pub stage: Option<String>,
    /// The decision that is expected.
    pub decision: Option<String>,
    /// The outcomes that are expected.
    pub rules: Vec<NewExpectation>,
}

/// An outcome that is expected.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewExpectation {
    /// The rule's id.
    pub id: String,
    /// Its outcome.
    pub outcome: String,
    /// JSON Pointer of a finding.
    pub at: Option<String>,
}

/// The text of a case file, to be kept as `NAME.case.toml`.
#[must_use]
pub fn case_text(case: &NewCase) -> String {
    let mut text = case.notes.iter().fold(String::new(), |text, note| text + "# " + note + "\n");
    line(&mut text, "title", &quoted(&case.title));
    line(&mut text, "given", &quoted(&case.given));
    if let Some(date) = case.as_of {
        line(&mut text, "as_of", &date.to_string());
    }
    if let Some(stage) = &case.stage {
        line(&mut text, "stage", &quoted(stage));
    }
    for (pointer, value) in &case.changes {
        change(&mut text, pointer, value.as_ref());
    }
    text += "\n[expect]\n";
    if let Some(decision) = &case.decision {
        line(&mut text, "decision", &quoted(decision));
    }
    for rule in &case.rules {
        expectation(&mut text, rule);
    }
    text
}

fn change(text: &mut String, pointer: &str, value: Option<&Json>) {
    *text += "\n[[change]]\n";
    match value {
        None => line(text, "remove", &quoted(pointer)),
        Some(value) => {
            line(text, "set", &quoted(pointer));
            match toml(value) {
                Some(value) => line(text, "value", &value),
                None => line(text, "json", &quoted(&value.to_string())),
            }
        }
    }
}

fn expectation(text: &mut String, rule: &NewExpectation) {
    *text += "\n[[expect.rule]]\n";
    line(text, "id", &quoted(&rule.id));
    line(text, "outcome", &quoted(&rule.outcome));
    if let Some(at) = &rule.at {
        line(text, "at", &quoted(at));
    }
}

fn line(text: &mut String, key: &str, value: &str) {
    // A string takes every character.
    let _ = writeln!(text, "{key} = {value}");
}

/// A TOML string. JSON escapes what TOML wants escaped, but for one character.
fn quoted(text: &str) -> String {
    Json::from(text).to_string().replace('\u{7f}', "\\u007F")
}

/// A value in TOML's words; nothing where it has none.
fn toml(value: &Json) -> Option<String> {
    match value {
        Json::Null => None,
        Json::Bool(flag) => Some(flag.to_string()),
        Json::Number(number) => Some(number.to_string()),
        Json::String(text) => Some(quoted(text)),
        Json::Array(items) => Some(format!("[{}]", items.iter().map(toml).collect::<Option<Vec<_>>>()?.join(", "))),
        Json::Object(entries) => {
            let entries = entries.iter().map(|(key, value)| Some(format!("{} = {}", quoted(key), toml(value)?)));
            Some(format!("{{ {} }}", entries.collect::<Option<Vec<_>>>()?.join(", ")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::{CaseChange, CaseFile};
    use crate::source::FileId;

    #[test]
    fn what_is_written_reads_as_what_was_meant() {
        let value: Json = serde_json::from_str(
            r#"{"a b": [1, -0.5, 12345678901234567890.25, 1e3, true, "\"\\\n\u007f规则"], "c": {"d": []}}"#,
        )
        .unwrap();
        let with_null: Json = serde_json::from_str(r#"[{"closed_on": null, "text": "it's \"so\""}]"#).unwrap();
        let case = NewCase {
            notes: vec!["found by a search".to_owned()],
            title: "a \"title\"".to_owned(),
            given: "fixtures/complete.json".to_owned(),
            changes: vec![
                ("/a".to_owned(), Some(value.clone())),
                ("/b/0".to_owned(), Some(with_null.clone())),
                ("/c".to_owned(), None),
            ],
            as_of: Date::parse("2020-06-01"),
            stage: Some("before_launch".to_owned()),
            decision: Some("refused".to_owned()),
            rules: vec![NewExpectation { id: "R1".into(), outcome: "fail".into(), at: Some("/a".into()) }],
        };
        let text = case_text(&case);
        let read = CaseFile::parse(FileId::new(0), &text).unwrap();
        let changes = read.changes.into_iter().map(|change| match change {
            CaseChange::Set { at, value } => (at.value, Some(value)),
            CaseChange::Remove { at } => (at.value, None),
        });
        assert_eq!(changes.collect::<Vec<_>>(), case.changes, "{text}");
        assert_eq!(read.as_of.map(|date| date.value), case.as_of);
        assert_eq!(read.title.map(|title| title.value), Some(case.title));
        assert_eq!(read.rules[0].at.as_ref().map(|at| at.value.as_str()), Some("/a"));
        assert_eq!(read.decision.map(|decision| decision.value), case.decision);
    }
}
