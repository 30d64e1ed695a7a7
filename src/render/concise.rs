//! One line for each finding, for people who grep and editors that jump: `file:line:column: outcome rule: message`.

use super::format::{Format, Item, Run, Writer};
use super::standing;
use super::visible::{shorten, visible};
use super::words::{fill, pick};
use crate::report::contract::{Finding, Problem, Rejected, Report, Rule};

/// One line for each finding.
pub(super) const FORMAT: Format =
    Format { name: "concise", about: "One line for each finding", start: |run| Box::new(Concise(run)) };

struct Concise(Run);

impl Writer for Concise {
    fn piece(&self, item: Item<'_>) -> String {
        match item {
            Item::Report(report, _) => report
                .gravest_first()
                .into_iter()
                .map(|(rule, finding)| self.line(report, rule, finding))
                .chain([self.decision(report)])
                .collect(),
            Item::Rejected(rejected) => rejected.diagnostics.iter().map(|problem| refused(rejected, problem)).collect(),
        }
    }
}

fn refused(rejected: &Rejected, problem: &Problem) -> String {
    let file = problem.at.as_ref().map_or(&rejected.declaration.file, |at| &at.file);
    let (line, column) = problem.at.as_ref().map_or((1, 1), |at| (at.line, at.column));
    format!("{}:{line}:{column}: {} {}\n", visible(file), problem.code, visible(&shorten(&problem.message)))
}

impl Concise {
    fn line(&self, report: &Report, rule: &Rule, finding: &Finding) -> String {
        let words = self.0.options.lang.table();
        let outcome = words.outcome(finding.outcome, rule.kind);
        let clauses = rule.cites.join(self.0.options.lang.comma());
        let says = pick(&finding.message, self.0.options.lang);
        let at = format!("{}:{}:{}", visible(&report.declaration.file), finding.at.line, finding.at.column);
        let about = fill(words.aside, &[&format!("{} {clauses}", words.kind(rule.kind))]);
        format!("{at}: {outcome} {}: {}{about}\n", rule.id, visible(&shorten(says)))
    }

    fn decision(&self, report: &Report) -> String {
        let (decision, why) = self.0.options.lang.table().decision(report.decision);
        let at = standing(&report.declaration.file, report.declaration.line);
        format!("{}: {decision}: {why}\n", visible(&at))
    }
}
