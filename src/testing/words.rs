//! The words that a test may expect: decisions, outcomes, and the ids of rules. Any other word is a mistake of the test.

use super::trial::{Expectation, Trial};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::engine::Engine;
use crate::pack::Placed;
use crate::report::contract::{Decision, Outcome};

const DECISIONS: [(&str, Decision); 5] = [
    ("refused", Decision::Refused),
    ("incomplete", Decision::Incomplete),
    ("conditional", Decision::Conditional),
    ("admitted", Decision::Admitted),
    ("not_evaluated", Decision::NotEvaluated),
];

fn decision(name: &str) -> Option<Decision> {
    DECISIONS.iter().find(|(known, _)| *known == name).map(|(_, decision)| *decision)
}

/// A decision as tests and results name it.
pub(super) fn decision_name(decision: Option<Decision>) -> &'static str {
    DECISIONS.iter().find(|(_, known)| Some(*known) == decision).map_or("none", |(name, _)| name)
}

/// An outcome by its name.
pub(super) fn outcome(name: &str) -> Option<Outcome> {
    Outcome::ALL.into_iter().find(|outcome| outcome.as_str() == name)
}

/// The rules, outcomes and decisions of a test that there are not.
pub(super) fn misspelt(engine: &Engine, trial: &Trial) -> Vec<Diagnostic> {
    trial.expected.iter().filter_map(|expectation| wrong_word(engine, expectation)).collect()
}

fn wrong_word(engine: &Engine, expectation: &Expectation) -> Option<Diagnostic> {
    match expectation {
        Expectation::Decision(name) if decision(&name.value).is_none() => {
            Some(unknown_word(name, "a decision", DECISIONS.iter().map(|(name, _)| *name)))
        }
        Expectation::Rule { outcome: name, .. } if outcome(&name.value).is_none() => {
            Some(unknown_word(name, "an outcome", Outcome::ALL.into_iter().map(Outcome::as_str)))
        }
        Expectation::Rule { id, .. } if engine.rule(&id.value).is_none() => Some(no_rule(engine, id)),
        _ => None,
    }
}

fn no_rule(engine: &Engine, id: &Placed<String>) -> Diagnostic {
    let ids = engine.program().policy.rules.iter().map(|rule| rule.id.as_str());
    let message = format!("no loaded pack has a rule `{}`", id.value);
    helped(Diagnostic::error(Code::NO_SUCH_RULE, id.span, message), nearest(&id.value, ids))
}

fn unknown_word<'w>(name: &Placed<String>, what: &str, known: impl Iterator<Item = &'w str> + Clone) -> Diagnostic {
    let list = known.clone().collect::<Vec<_>>().join(", ");
    let message = format!("expected {what} ({list}), found `{}`", name.value);
    helped(Diagnostic::error(Code::TEST_WORD, name.span, message), nearest(&name.value, known))
}

/// With the word that was meant, where one is near.
pub(super) fn helped(diagnostic: Diagnostic, near: Option<&str>) -> Diagnostic {
    match near {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None => diagnostic,
    }
}
