//! JUnit XML of tests, for dashboards: a suite for each pack, a case for each test.

use super::{Results, TestResult};
use crate::render::visible;
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
    let mut case = TestCase::new(visible(&test.name).as_ref(), status(test));
    case.set_classname(test.at.file.as_str());
    case.extra.insert("file".into(), test.at.file.as_str().into());
    case.extra.insert("line".into(), test.at.line.to_string().into());
    case
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
