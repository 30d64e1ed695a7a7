//! Results of tests, shown: to people, as a document for programs, and as JUnit XML.

mod human;
mod junit;

pub use human::{case, coverage, mutation, summary};
pub use junit::junit;

use super::diagnostics::problems;
use crate::report::contract::{Problem, SourcePlace};
use crate::source::{SourceMap, Span};
use crate::testing::{self, Because, Case, Coverage, Ended, Mutation};
use serde::Serialize;

/// The `schema` of [`Results`].
pub const TESTS: &str = "hongxian.tests/1";

/// What a run of tests came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Results {
    /// [`TESTS`]
    pub schema: &'static str,
    /// How many ended how.
    pub summary: Summary,
    /// The tests, in order.
    pub tests: Vec<TestResult>,
    /// How many of a hundred conditions must have been seen in every state, where that was asked for.
    pub threshold: Option<u8>,
    /// How far conditions were seen, where that was asked for.
    pub coverage: Option<Coverage>,
    /// What became of mutants, where that was asked for.
    pub mutation: Option<Mutation>,
}

/// How many tests ended how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Those that passed.
    pub passed: usize,
    /// Those of which an expectation was not met.
    pub failed: usize,
    /// Those that could not be run.
    pub broken: usize,
}

impl Summary {
    /// All of them.
    #[must_use]
    pub const fn total(&self) -> usize {
        self.passed + self.failed + self.broken
    }
}

/// A test and how it ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TestResult {
    /// The pack that it belongs to.
    pub pack: String,
    /// What it shows.
    pub name: String,
    /// Where it stands.
    pub at: SourcePlace,
    /// `passed`, `failed` or `broken`.
    pub ended: &'static str,
    /// The expectations that were not met.
    pub failures: Vec<FailureShown>,
    /// Why it could not be run.
    pub diagnostics: Vec<Problem>,
}

/// An expectation that was not met, beside what was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FailureShown {
    /// What was expected.
    pub expected: String,
    /// Where that stands.
    pub at: SourcePlace,
    /// What was found.
    pub found: String,
    /// The rule that came to it.
    pub rule_at: Option<SourcePlace>,
    /// What the found outcome rests on.
    pub because: Vec<Because>,
}

impl Results {
    /// The results of tests; places are of `sources`.
    #[must_use]
    pub fn new(tests: &[(&Case<'_>, Ended)], sources: &SourceMap) -> Self {
        let tests: Vec<TestResult> = tests.iter().map(|(case, ended)| test(case, ended, sources)).collect();
        let count = |ended: &str| tests.iter().filter(|test| test.ended == ended).count();
        let summary = Summary { passed: count("passed"), failed: count("failed"), broken: count("broken") };
        Self { schema: TESTS, summary, tests, threshold: None, coverage: None, mutation: None }
    }
}

fn test(case: &Case<'_>, ended: &Ended, sources: &SourceMap) -> TestResult {
    let (word, failures, diagnostics) = match ended {
        Ended::Passed => ("passed", Vec::new(), Vec::new()),
        Ended::Failed(failures) => ("failed", failures.iter().map(|it| failure(it, sources)).collect(), Vec::new()),
        Ended::Broken(found) => ("broken", Vec::new(), problems(found, sources)),
    };
    let at = place(sources, case.span);
    TestResult { pack: case.pack().to_owned(), name: case.name().to_owned(), at, ended: word, failures, diagnostics }
}

fn failure(failure: &testing::Failure, sources: &SourceMap) -> FailureShown {
    FailureShown {
        expected: failure.expected.clone(),
        at: place(sources, failure.span),
        found: failure.found.clone(),
        rule_at: failure.rule.map(|rule| place(sources, rule)),
        because: failure.because.clone(),
    }
}

fn place(sources: &SourceMap, span: Span) -> SourcePlace {
    let at = sources.position(span);
    SourcePlace { file: sources.name(span.file).to_owned(), line: at.line, column: at.column }
}
