//! JUnit XML of tests, for dashboards: a suite for each pack, a case for each test. What tests did not see are suites of
//! their own, where that was asked for: conditions not seen in every state are skipped, mutants that no test noticed fail.

use super::{Results, TestResult};
use crate::render::visible;
use crate::report::contract::SourcePlace;
use crate::testing::{Coverage, Mutation, Survivor, Unseen};
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

/// The results as JUnit XML, without times, so that the same run gives the same text.
#[must_use]
pub fn junit(results: &Results) -> String {
    let mut report = Report::new("policy test");
    let mut suites: Vec<TestSuite> = Vec::new();
    for test in &results.tests {
        let case = case(test);
        match suites.iter_mut().find(|suite| suite.name.as_str() == test.pack) {
            Some(suite) => drop(suite.add_test_case(case)),
            None => suites.push(suite(&test.pack, case)),
        }
    }
    suites.extend(results.coverage.as_ref().map(|coverage| conditions(coverage, results.threshold)));
    suites.extend(results.mutation.as_ref().map(mutants));
    report.add_test_suites(suites);
    // Writing to a string does not fail.
    report.to_string().unwrap_or_default()
}

fn suite(pack: &str, case: TestCase) -> TestSuite {
    let mut suite = TestSuite::new(pack);
    suite.add_test_case(case);
    suite
}

fn case(test: &TestResult) -> TestCase {
    at(&test.at, &test.name, status(test))
}

/// A case with its place.
fn at(place: &SourcePlace, name: &str, status: TestCaseStatus) -> TestCase {
    let mut case = TestCase::new(visible(name).as_ref(), status);
    case.set_classname(place.file.as_str());
    case.extra.insert("file".into(), place.file.as_str().into());
    case.extra.insert("line".into(), place.line.to_string().into());
    case
}

/// The conditions that were not seen in every state, and whether they are more than the threshold lets pass.
fn conditions(coverage: &Coverage, threshold: Option<u8>) -> TestSuite {
    let mut suite = TestSuite::new("conditions");
    suite.add_test_cases(coverage.unseen.iter().map(unseen));
    let counted = format!("{} of {} conditions seen in every state", coverage.seen, coverage.conditions);
    let mut status = TestCaseStatus::success();
    if let Some(threshold) = threshold.filter(|threshold| !coverage.reaches(*threshold)) {
        status = TestCaseStatus::non_success(NonSuccessKind::Failure);
        status.set_message(format!("expected {threshold} %"));
    }
    suite.add_test_case(TestCase::new(counted, status));
    suite
}

fn unseen(unseen: &Unseen) -> TestCase {
    let mut status = TestCaseStatus::skipped();
    status.set_message(format!("never {}", unseen.never.join(", ")));
    at(&unseen.at, &unseen.condition, status)
}

/// The mutants that no test noticed; that all were, where that is so.
fn mutants(mutation: &Mutation) -> TestSuite {
    let mut suite = TestSuite::new("mutants");
    suite.add_test_cases(mutation.survivors.iter().map(survivor));
    if mutation.survivors.is_empty() {
        let name = format!("{} mutants, each noticed", mutation.rules.mutants);
        suite.add_test_case(TestCase::new(name, TestCaseStatus::success()));
    }
    suite
}

fn survivor(survivor: &Survivor) -> TestCase {
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
    status.set_message("no test notices this change");
    at(&survivor.at, &format!("{}: {}", survivor.within, survivor.change), status)
}

fn status(test: &TestResult) -> TestCaseStatus {
    let (how, says) = match test.ended {
        "passed" => return TestCaseStatus::success(),
        "failed" => (NonSuccessKind::Failure, failures(test)),
        _ => (NonSuccessKind::Error, problems(test)),
    };
    let mut status = TestCaseStatus::non_success(how);
    if let Some(first) = says.lines().next() {
        status.set_message(first);
    }
    status.set_description(says);
    status
}

fn failures(test: &TestResult) -> String {
    let lines = test.failures.iter().map(|failure| {
        let at = &failure.at;
        let head = format!("expected {}, found {}", visible(&failure.expected), visible(&failure.found));
        format!("{head}\n  {}:{}:{}\n", visible(&at.file), at.line, at.column)
    });
    lines.collect()
}

fn problems(test: &TestResult) -> String {
    let lines = test.diagnostics.iter().map(|problem| format!("{}: {}", problem.code, visible(&problem.message)));
    lines.collect::<Vec<_>>().join("\n")
}
