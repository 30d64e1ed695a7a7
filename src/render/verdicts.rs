//! Verdicts for programs that analyse them, names as in the JSON contract, in no language of people: as CSV with a row for
//! each rule of each declaration, and as JSON with a line for each declaration. One that could not be judged is there, too.

use super::format::{Format, Item, Reads, Writer};
use super::{json, sheet};
use crate::report::contract::{Decision, Outcome, Rejected};
use crate::report::verdict::{Subject, Verdict};
use indexmap::IndexMap;
use serde::Serialize;

/// A row for each declaration and rule.
pub(super) const FORMAT: Format = Format {
    name: "verdicts",
    about: "CSV for analysis: a row for each declaration and rule, with its outcome",
    start: |_| Box::new(Rows),
};

/// A line for each declaration.
pub(super) const LINES: Format = Format {
    name: "verdict-lines",
    about: "hongxian.verdict/1, one on each line: the decision and every outcome, without reasons",
    start: |_| Box::new(Lines),
};

/// The `schema` of a line.
const VERDICT: &str = "hongxian.verdict/1";

/// The columns of a row.
const COLUMNS: [&str; 12] =
    ["file", "line", "id", "name", "institution", "as_of", "stage", "decision", "pack", "rule", "kind", "outcome"];

/// What stands as the decision of a declaration that could not be judged.
pub(super) const REJECTED: &str = "rejected";

struct Rows;

impl Writer for Rows {
    fn begin(&self) -> String {
        sheet::csv([COLUMNS.map(str::to_owned).to_vec()])
    }

    fn reads(&self) -> Reads {
        Reads::Verdicts
    }

    /// The head of a table stands there once.
    fn can_go_on(&self) -> bool {
        true
    }

    fn piece(&self, item: Item<'_>) -> String {
        match item {
            Item::Report(report, _) => self.brief(&Verdict::from(report)),
            Item::Rejected(one) => rejected(one),
        }
    }

    fn brief(&self, verdict: &Verdict) -> String {
        let mut about = about(&verdict.subject);
        about.push(verdict.as_of.to_string());
        about.push(verdict.stage.clone().unwrap_or_default());
        about.push(verdict.decision.map_or("", Decision::as_str).to_owned());
        // The same for each rule, so it is written once.
        let mut head = String::new();
        sheet::row(&mut head, &about.iter().map(String::as_str).collect::<Vec<_>>());
        let head = head.trim_end_matches("\r\n");
        let mut text = String::with_capacity((head.len() + 48) * verdict.outcomes.len());
        for (rule, outcome) in verdict.rules() {
            text += head;
            text.push(',');
            sheet::row(&mut text, &[&rule.pack, &rule.id, rule.kind.as_str(), outcome.as_str()]);
        }
        text
    }
}

/// The first five columns.
fn about(subject: &Subject) -> Vec<String> {
    let line = subject.line.map(|line| line.to_string());
    let texts = [&line, &subject.id, &subject.name, &subject.institution];
    let texts = texts.into_iter().map(|text| text.clone().unwrap_or_default());
    std::iter::once(subject.file.clone()).chain(texts).collect()
}

fn rejected(rejected: &Rejected) -> String {
    let line = rejected.declaration.line.map(|line| line.to_string()).unwrap_or_default();
    let mut text = String::new();
    let file = &rejected.declaration.file;
    sheet::row(&mut text, &[file, &line, "", "", "", "", "", REJECTED, "", "", "", ""]);
    text
}

struct Lines;

/// A line.
#[derive(Serialize)]
struct Line<'v> {
    schema: &'static str,
    declaration: &'v Subject,
    as_of: Option<String>,
    stage: Option<&'v str>,
    decision: Option<&'static str>,
    /// By pack and id.
    outcomes: IndexMap<&'v str, IndexMap<&'v str, Outcome>>,
}

impl Writer for Lines {
    fn reads(&self) -> Reads {
        Reads::Verdicts
    }

    fn piece(&self, item: Item<'_>) -> String {
        match item {
            Item::Report(report, _) => self.brief(&Verdict::from(report)),
            Item::Rejected(one) => {
                let (file, line) = (one.declaration.file.clone(), one.declaration.line);
                let subject = Subject { file, line, ..Subject::default() };
                let (decision, outcomes) = (Some(REJECTED), IndexMap::new());
                let declaration = &subject;
                json::line(&Line { schema: VERDICT, declaration, as_of: None, stage: None, decision, outcomes })
            }
        }
    }

    fn brief(&self, verdict: &Verdict) -> String {
        let mut outcomes: IndexMap<&str, IndexMap<&str, Outcome>> = IndexMap::new();
        for (rule, outcome) in verdict.rules() {
            outcomes.entry(&rule.pack).or_default().insert(&rule.id, outcome);
        }
        json::line(&Line {
            schema: VERDICT,
            declaration: &verdict.subject,
            as_of: Some(verdict.as_of.to_string()),
            stage: verdict.stage.as_deref(),
            decision: verdict.decision.map(Decision::as_str),
            outcomes,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sample;
    use crate::report::contract::{REJECTED, RejectedDeclaration};

    fn bad() -> Rejected {
        Rejected {
            schema: REJECTED,
            declaration: RejectedDeclaration { file: "all.ndjson".into(), line: Some(7), digest: None },
            diagnostics: Vec::new(),
        }
    }

    fn written(writer: &dyn Writer) -> String {
        let (report, bad) = (sample::report(), bad());
        writer.begin() + &writer.piece(Item::Report(&report, sample::DECLARATION)) + &writer.piece(Item::Rejected(&bad))
    }

    #[test]
    fn a_row_for_each_rule_and_one_for_what_was_not_judged() {
        let rows = written(&Rows);
        assert_eq!(rows.lines().count(), 1 + sample::report().rules.len() + 1);
        insta::assert_snapshot!("verdicts", rows.replace("\r\n", "\n"));
    }

    #[test]
    fn a_line_for_each_declaration() {
        let lines = written(&Lines);
        assert_eq!(lines.lines().count(), 2);
        insta::assert_snapshot!("verdict_lines", lines);
    }

    #[test]
    fn a_verdict_is_written_as_its_report_is() {
        let report = sample::report();
        let verdict = Verdict::from(&report);
        for writer in [&Rows as &dyn Writer, &Lines] {
            assert_eq!(writer.brief(&verdict), writer.piece(Item::Report(&report, sample::DECLARATION)));
        }
    }
}
