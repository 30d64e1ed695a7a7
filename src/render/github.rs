//! Annotations for GitHub Actions: workflow commands, gravest first, since a step shows only the first ten of a level.

use super::format::{Format, Item, Run, Writer};
use super::visible::{shorten, visible};
use super::words::{fill, pick};
use crate::ir::RuleKind;
use crate::report::contract::{Finding, Outcome, Report, Rule};

/// Annotations.
pub(super) const FORMAT: Format = Format {
    name: "github",
    about: "Annotations for GitHub Actions; where GITHUB_STEP_SUMMARY is set, the gap list goes to the job summary",
    start: |run| Box::new(Github(run)),
};

struct Github(Run);

impl Writer for Github {
    fn piece(&self, item: Item<'_>) -> String {
        match item {
            Item::Report(report, _) => {
                let found = report.gravest_first();
                found.into_iter().filter_map(|(rule, finding)| self.annotation(report, rule, finding)).collect()
            }
            Item::Rejected(rejected) => rejected
                .diagnostics
                .iter()
                .map(|problem| {
                    let file = problem.at.as_ref().map_or(&rejected.declaration.file, |at| &at.file);
                    let place = problem.at.as_ref().map_or((1, 1), |at| (at.line, at.column));
                    command("error", file, place, problem.code, &problem.message)
                })
                .collect(),
        }
    }
}

impl Github {
    fn annotation(&self, report: &Report, rule: &Rule, finding: &Finding) -> Option<String> {
        let lang = self.0.options.lang;
        let words = lang.table();
        let level = level(rule.kind, finding.outcome)?;
        let outcome = words.outcome(finding.outcome, rule.kind);
        let title = format!("{} {outcome}{}", rule.id, fill(words.aside, &[&words.kind(rule.kind)]));
        let mut says = shorten(pick(&finding.message, lang)).into_owned();
        for line in finding.remedy.iter().map(|remedy| fill(words.item, &[&words.remedy, &pick(remedy, lang)])) {
            says = format!("{says}\n{line}");
        }
        let clauses = fill(words.clause, &[&rule.cites.join(lang.comma())]);
        let at = (finding.at.line, finding.at.column);
        Some(command(level, &report.declaration.file, at, &title, &format!("{says}\n{clauses}")))
    }
}

/// How loud a finding is; what is settled is silent, and so is guidance that is merely not known to be met.
const fn level(kind: RuleKind, outcome: Outcome) -> Option<&'static str> {
    match (kind, outcome) {
        (RuleKind::RedLine | RuleKind::Baseline, Outcome::Fail | Outcome::Error) => Some("error"),
        (RuleKind::RedLine | RuleKind::Baseline, Outcome::Unknown | Outcome::Review) => Some("warning"),
        (RuleKind::Guidance, Outcome::Fail | Outcome::Error) => Some("notice"),
        _ => None,
    }
}

fn command(level: &str, file: &str, (line, column): (u32, u32), title: &str, says: &str) -> String {
    let says: Vec<String> = says.split('\n').map(|line| data(&visible(line))).collect();
    let (file, title) = (property(&visible(file)), property(&visible(title)));
    format!("::{level} file={file},line={line},col={column},title={title}::{}\n", says.join("%0A"))
}

/// Text of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Text of a command's property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_a_command_or_begins_one() {
        let made = command("error", "a,b:c.json", (1, 2), "x::y", "100%\n::set-env name=A::b\r");
        let expected = "::error file=a%2Cb%3Ac.json,line=1,col=2,title=x%3A%3Ay::100%25%0A::set-env name=A::b\\r\n";
        assert_eq!(made, expected);
        assert_eq!(made.lines().count(), 1);
    }
}
