//! In-language tests: `test "…" { given … with { … } expect … }` blocks, run against the engine.
//!
//! A test edits a declaration of its pack, has it judged as anybody's would be, and compares. It knows no files: the
//! pack's are at hand.

mod change;
mod typed;

use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::engine::{Engine, Input, Options};
use crate::ir::RuleId;
use crate::pack::LoadedPack;
use crate::report::contract::{Decision, Outcome, Report};
use crate::source::Span;
use crate::syntax::ast::{Change, ItemKind, Name, Path, PathStep, Test, TestClause, Text};
use crate::value::Date;
use serde_json::Value as Json;

/// A test of a pack.
#[derive(Debug, Clone, Copy)]
pub struct Case<'e> {
    pack: &'e LoadedPack,
    test: &'e Test,
    /// Where it stands.
    pub span: Span,
}

impl<'e> Case<'e> {
    /// What it shows.
    #[must_use]
    pub fn name(&self) -> &'e str {
        &self.test.name.text
    }

    /// Its clauses, in order.
    #[must_use]
    pub fn clauses(&self) -> &'e [TestClause] {
        &self.test.clauses
    }

    /// The pack that it belongs to.
    #[must_use]
    pub fn pack(&self) -> &'e str {
        &self.pack.manifest.name.value
    }
}

/// How a test ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ended {
    /// Everything that it expects was found.
    Passed,
    /// Something was not.
    Failed(Vec<Failure>),
    /// It could not be run: what is wrong with it.
    Broken(Vec<Diagnostic>),
}

/// An expectation that was not met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The expectation.
    pub span: Span,
    /// What was expected.
    pub expected: String,
    /// What was found.
    pub found: String,
}

/// Every test of every pack, in order.
pub fn cases(engine: &Engine) -> impl Iterator<Item = Case<'_>> {
    engine.packs().iter().flat_map(|pack| {
        pack.modules.iter().flat_map(|module| &module.items).filter_map(move |item| match &item.kind {
            ItemKind::Test(test) => Some(Case { pack, test, span: item.span }),
            _ => None,
        })
    })
}

/// A declaration that a test has judged, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given<'e> {
    /// Its text, with the changes made.
    pub text: String,
    /// The evaluation date, where the test gives one.
    pub as_of: Option<Date>,
    /// The stage, where the test gives one.
    pub stage: Option<&'e str>,
}

/// The declaration that a test has judged.
///
/// # Errors
///
/// What is wrong with the test.
pub fn given<'e>(engine: &Engine, case: &Case<'e>) -> Result<Given<'e>, Vec<Diagnostic>> {
    let prepared = Prepared::new(engine, case)?;
    Ok(Given { text: prepared.text, as_of: prepared.as_of, stage: prepared.stage })
}

/// Runs a test.
#[must_use]
pub fn run(engine: &Engine, case: &Case<'_>) -> Ended {
    let prepared = match Prepared::new(engine, case) {
        Ok(prepared) => prepared,
        Err(found) => return Ended::Broken(found),
    };
    let settlements = match engine.settlements(&inputs(&prepared.waivers), &inputs(&prepared.reviews)) {
        Ok(settlements) => settlements,
        Err(invalid) => return Ended::Broken(vec![refused(case, &invalid)]),
    };
    let asked = asked(engine, case.test);
    let options = Options {
        as_of: prepared.as_of,
        stage: prepared.stage,
        rules: asked.as_deref(),
        settlements: Some(&settlements),
        list_passes: true,
        ..Options::default()
    };
    let input = Input { name: prepared.file, bytes: prepared.text.as_bytes() };
    match engine.evaluate(input, &options) {
        Ok(report) => compare(case.test, &report),
        Err(refusal) => Ended::Broken(vec![refused(case, &refusal)]),
    }
}

/// The rules that a test asks about; all of them where it asks for the decision.
fn asked(engine: &Engine, test: &Test) -> Option<Vec<RuleId>> {
    let mut rules = Vec::new();
    for clause in &test.clauses {
        match clause {
            TestClause::ExpectDecision(_) => return None,
            TestClause::ExpectRule { id, .. } => rules.extend(engine.rule(&id.text)),
            _ => {}
        }
    }
    Some(rules)
}

/// The declaration that a test has judged, and how.
struct Prepared<'e> {
    file: &'e str,
    text: String,
    as_of: Option<Date>,
    stage: Option<&'e str>,
    waivers: Vec<(&'e str, &'e [u8])>,
    reviews: Vec<(&'e str, &'e [u8])>,
}

impl<'e> Prepared<'e> {
    fn new(engine: &Engine, case: &Case<'e>) -> Result<Self, Vec<Diagnostic>> {
        let mut found = Vec::new();
        let mut prepared =
            Self { file: "", text: String::new(), as_of: None, stage: None, waivers: Vec::new(), reviews: Vec::new() };
        let mut given = None;
        for clause in &case.test.clauses {
            match clause {
                TestClause::Given { file, changes, .. } => given = Some((file, changes)),
                TestClause::AsOf(date) => match Date::parse(&date.text) {
                    Some(date) => prepared.as_of = Some(date),
                    None => found.push(Diagnostic::error(
                        Code::BAD_LITERAL,
                        date.span,
                        format!("`{}` is no day of the calendar", date.text),
                    )),
                },
                TestClause::Stage(stage) => prepared.stage = Some(&stage.text),
                TestClause::Waivers(file) => prepared.waivers.extend(fixture(case.pack, file, &mut found)),
                TestClause::Reviews(file) => prepared.reviews.extend(fixture(case.pack, file, &mut found)),
                TestClause::ExpectDecision(_) | TestClause::ExpectRule { .. } => {}
            }
        }
        match given {
            Some((file, changes)) => {
                prepared.file = &file.text;
                prepared.text = declaration(engine, case.pack, file, changes, &mut found).unwrap_or_default();
            }
            None => found.push(
                Diagnostic::error(Code::TEST_INCOMPLETE, case.span, "expected a declaration in the test, found none")
                    .help("add `given \"fixtures/complete.json\"`"),
            ),
        }
        found.extend(nothing_expected(case));
        found.extend(case.test.clauses.iter().filter_map(|clause| misspelt(engine, clause)));
        if found.is_empty() { Ok(prepared) } else { Err(found) }
    }
}

fn nothing_expected(case: &Case<'_>) -> Option<Diagnostic> {
    let expects = |clause: &TestClause| matches!(clause, TestClause::ExpectDecision(_) | TestClause::ExpectRule { .. });
    (!case.test.clauses.iter().any(expects)).then(|| {
        Diagnostic::error(
            Code::TEST_INCOMPLETE,
            case.span,
            "expected something to be expected in the test, found nothing",
        )
        .help("add `expect decision refused`, or `expect T17-R7 fail`")
    })
}

/// The declaration of a test as JSON text: the fixture's own bytes where nothing is changed.
fn declaration(
    engine: &Engine,
    pack: &LoadedPack,
    file: &Text,
    changes: &[Change],
    found: &mut Vec<Diagnostic>,
) -> Option<String> {
    let (_, bytes) = fixture(pack, file, found)?;
    let Ok(text) = std::str::from_utf8(bytes) else {
        found.push(Diagnostic::error(Code::TEST_FILE, file.span, format!("`{}` is not UTF-8 text", file.text)));
        return None;
    };
    if changes.is_empty() {
        return Some(text.to_owned());
    }
    let mut json: Json = match serde_json::from_str(text) {
        Ok(json) => json,
        Err(error) => {
            found.push(Diagnostic::error(Code::TEST_FILE, file.span, format!("`{}` is no JSON: {error}", file.text)));
            return None;
        }
    };
    let model = &engine.program().policy.model;
    for change in changes {
        if let Err(diagnostic) = change::apply(model, &mut json, change) {
            found.push(*diagnostic);
        }
    }
    serde_json::to_string_pretty(&json).ok()
}

fn fixture<'e>(pack: &'e LoadedPack, file: &'e Text, found: &mut Vec<Diagnostic>) -> Option<(&'e str, &'e [u8])> {
    if let Some(bytes) = pack.files.get(&file.text) {
        return Some((&file.text, bytes));
    }
    let diagnostic = Diagnostic::error(Code::TEST_FILE, file.span, format!("the pack has no file `{}`", file.text));
    found.push(match nearest(&file.text, pack.files.files.keys().map(String::as_str)) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None => diagnostic.help("files are named relative to the pack, as in `fixtures/complete.json`"),
    });
    None
}

fn inputs<'a>(files: &[(&'a str, &'a [u8])]) -> Vec<Input<'a>> {
    files.iter().map(|(name, bytes)| Input { name, bytes }).collect()
}

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

fn decision_name(decision: Option<Decision>) -> &'static str {
    DECISIONS.iter().find(|(_, known)| Some(*known) == decision).map_or("none", |(name, _)| name)
}

fn outcome(name: &str) -> Option<Outcome> {
    Outcome::ALL.into_iter().find(|outcome| outcome.as_str() == name)
}

/// A rule, outcome or decision that there is not.
fn misspelt(engine: &Engine, clause: &TestClause) -> Option<Diagnostic> {
    match clause {
        TestClause::ExpectDecision(name) if decision(&name.text).is_none() => {
            Some(unknown_word(name, "a decision", DECISIONS.iter().map(|(name, _)| *name)))
        }
        TestClause::ExpectRule { outcome: name, .. } if outcome(&name.text).is_none() => {
            Some(unknown_word(name, "an outcome", Outcome::ALL.into_iter().map(Outcome::as_str)))
        }
        TestClause::ExpectRule { id, .. } if engine.rule(&id.text).is_none() => {
            let ids = engine.program().policy.rules.iter().map(|rule| rule.id.as_str());
            let diagnostic =
                Diagnostic::error(Code::NO_SUCH_RULE, id.span, format!("no loaded pack has a rule `{}`", id.text));
            Some(match nearest(&id.text, ids) {
                Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
                None => diagnostic,
            })
        }
        _ => None,
    }
}

fn unknown_word<'w>(name: &Name, what: &str, known: impl Iterator<Item = &'w str> + Clone) -> Diagnostic {
    let list = known.clone().collect::<Vec<_>>().join(", ");
    let message = format!("expected {what} ({list}), found `{}`", name.text);
    let diagnostic = Diagnostic::error(Code::TEST_WORD, name.span, message);
    match nearest(&name.text, known) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None => diagnostic,
    }
}

fn refused(case: &Case<'_>, why: &impl std::fmt::Display) -> Diagnostic {
    Diagnostic::error(Code::TEST_REFUSED, case.span, "the test's declaration was not judged").help(why.to_string())
}

fn compare(test: &Test, report: &Report) -> Ended {
    let failures: Vec<Failure> = test.clauses.iter().filter_map(|clause| failure(clause, report)).collect();
    if failures.is_empty() { Ended::Passed } else { Ended::Failed(failures) }
}

fn failure(clause: &TestClause, report: &Report) -> Option<Failure> {
    match clause {
        TestClause::ExpectDecision(name) => {
            let found = decision_name(report.decision);
            let reasons = decisive(report);
            (found != name.text).then(|| Failure {
                span: name.span,
                expected: format!("decision {}", name.text),
                found: if reasons.is_empty() {
                    format!("decision {found}")
                } else {
                    format!("decision {found}: {reasons}")
                },
            })
        }
        TestClause::ExpectRule { id, outcome: name, at, span } => {
            let rule = report.rules.iter().find(|rule| rule.id == id.text)?;
            let wanted = outcome(&name.text)?;
            let pointer = at.as_ref().map(json_pointer);
            let met = rule.outcome == wanted
                && pointer.as_ref().is_none_or(|pointer| {
                    rule.findings.iter().any(|finding| finding.outcome == wanted && finding.pointer == *pointer)
                });
            (!met).then(|| Failure {
                span: *span,
                expected: expected(&id.text, wanted, pointer.as_deref()),
                found: found(rule),
            })
        }
        _ => None,
    }
}

fn expected(id: &str, outcome: Outcome, pointer: Option<&str>) -> String {
    let at = pointer.map_or_else(String::new, |pointer| format!(" at {pointer}"));
    format!("{id} {}{at}", outcome.as_str())
}

/// What a rule came to, with the findings of that outcome.
fn found(rule: &crate::report::contract::Rule) -> String {
    let head = format!("{} {}", rule.id, rule.outcome.as_str());
    let findings = rule.findings.iter().filter(|finding| finding.outcome == rule.outcome);
    let findings = findings.map(|finding| format!("at {}: {}", finding.pointer, finding.message.en));
    std::iter::once(head).chain(findings).collect::<Vec<_>>().join("\n  ")
}

/// The rules that a decision hangs on.
fn decisive(report: &Report) -> String {
    let open = |outcome| matches!(outcome, Outcome::Fail | Outcome::Error | Outcome::Unknown | Outcome::Review);
    let rules = report.rules.iter().filter(|rule| open(rule.outcome) && rule.kind != crate::ir::RuleKind::Guidance);
    rules.map(|rule| format!("{} {}", rule.id, rule.outcome.as_str())).collect::<Vec<_>>().join(", ")
}

/// A path of a test as a JSON Pointer. The root's name is not part of it.
fn json_pointer(path: &Path) -> String {
    path.steps.iter().fold(String::new(), |pointer, step| match step {
        PathStep::Field(name) => pointer + "/" + &name.text,
        PathStep::Index(index, _) => pointer + "/" + &index.to_string(),
        PathStep::Key(name, value) => pointer + &format!("[{}={}]", name.text, value.text),
    })
}
