//! The two readers of tests: `test` blocks of modules, and case files beside them.

use super::trial::{Change, Expectation, Trial};
use crate::diagnostic::{Code, Diagnostic};
use crate::pack::{CaseChange, CaseFile, CaseRule, Placed};
use crate::syntax::ast::{self, DateLiteral, Name, Path, PathStep, Test, TestClause, Text};
use crate::value::Date;

type Read = Result<Trial, Vec<Diagnostic>>;

/// Reads a `test` block.
pub(super) fn block(test: &Test) -> Read {
    let (mut trial, mut found) = (Trial::default(), Vec::new());
    for clause in &test.clauses {
        match clause {
            TestClause::Given { file, changes, .. } => {
                trial.given = Some(placed(file));
                trial.changes = changes.iter().map(change).collect();
            }
            TestClause::AsOf(date) => match Date::parse(&date.text) {
                Some(date) => trial.as_of = Some(date),
                None => found.push(no_day(date)),
            },
            TestClause::Stage(stage) => trial.stage = Some(stage.text.clone()),
            TestClause::Waivers(file) => trial.waivers.push(placed(file)),
            TestClause::Reviews(file) => trial.reviews.push(placed(file)),
            TestClause::ExpectDecision(name) => trial.expected.push(Expectation::Decision(word(name))),
            TestClause::ExpectRule { id, outcome, at, span } => {
                trial.expected.push(Expectation::Rule {
                    id: word(id),
                    outcome: word(outcome),
                    at: at.clone(),
                    span: *span,
                });
            }
        }
    }
    if found.is_empty() { Ok(trial) } else { Err(found) }
}

fn placed(text: &Text) -> Placed<String> {
    Placed::new(text.text.clone(), text.span)
}

fn word(name: &Name) -> Placed<String> {
    Placed::new(name.text.clone(), name.span)
}

fn no_day(date: &DateLiteral) -> Diagnostic {
    Diagnostic::error(Code::BAD_LITERAL, date.span, format!("`{}` is no day of the calendar", date.text))
}

fn change(change: &ast::Change) -> Change {
    match change {
        ast::Change::Set(path, value) => Change::Write(path.clone(), value.clone()),
        ast::Change::Remove(path) => Change::Remove(path.clone()),
    }
}

/// Reads a case file that parsed.
pub(super) fn file(case: CaseFile) -> Trial {
    let decision = case.decision.map(Expectation::Decision);
    let rules = case.rules.into_iter().map(|CaseRule { id, outcome, at, span }| Expectation::Rule {
        id,
        outcome,
        at: at.map(|at| path(&at)),
        span,
    });
    Trial {
        given: case.given,
        changes: case.changes.into_iter().map(file_change).collect(),
        as_of: case.as_of.map(|date| date.value),
        stage: case.stage.map(|stage| stage.value),
        waivers: case.waivers,
        reviews: case.reviews,
        expected: decision.into_iter().chain(rules).collect(),
    }
}

fn file_change(change: CaseChange) -> Change {
    match change {
        CaseChange::Set { at, value } => Change::Set(path(&at), value),
        CaseChange::Remove { at } => Change::Remove(path(&at)),
    }
}

/// A JSON Pointer as a path. Fields begin with a letter, so digits are an index.
fn path(pointer: &Placed<String>) -> Path {
    let name = |text: String| Name { text, span: pointer.span };
    let steps = pointer.value.split('/').skip(1).map(|step| match step.parse() {
        Ok(index) => PathStep::Index(index, pointer.span),
        Err(_) => PathStep::Field(name(step.replace("~1", "/").replace("~0", "~"))),
    });
    Path { root: name("product".to_owned()), steps: steps.collect(), span: pointer.span }
}
