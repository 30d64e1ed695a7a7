//! Verdicts as a table for programs that analyse them: a row for each rule of each declaration, names as in the JSON
//! contract, in no language of people. A declaration that could not be judged has one row, without a rule.

use super::format::{Format, Item, Writer};
use super::sheet;
use crate::report::contract::{Rejected, Report, Rule};

/// A row for each declaration and rule.
pub(super) const FORMAT: Format = Format {
    name: "verdicts",
    about: "CSV for analysis: a row for each declaration and rule, with its outcome",
    start: |_| Box::new(Verdicts),
};

const COLUMNS: [&str; 14] = [
    "file",
    "line",
    "id",
    "name",
    "institution",
    "as_of",
    "stage",
    "decision",
    "pack",
    "rule",
    "kind",
    "outcome",
    "proof",
    "findings",
];

struct Verdicts;

impl Writer for Verdicts {
    fn begin(&self) -> String {
        sheet::csv([COLUMNS.map(str::to_owned).to_vec()])
    }

    fn piece(&self, item: Item<'_>) -> String {
        match item {
            Item::Report(report, _) => sheet::rows(report.rules.iter().map(|rule| row(report, rule))),
            Item::Rejected(one) => sheet::rows([rejected(one)]),
        }
    }
}

/// A value by its name in the JSON contract.
fn name(value: &impl serde::Serialize) -> String {
    let value = serde_json::to_value(value).unwrap_or_default();
    value.as_str().map(ToOwned::to_owned).unwrap_or_default()
}

fn row(report: &Report, rule: &Rule) -> Vec<String> {
    let declaration = &report.declaration;
    vec![
        declaration.file.clone(),
        declaration.line.map(|line| line.to_string()).unwrap_or_default(),
        declaration.id.clone().unwrap_or_default(),
        declaration.name.clone().unwrap_or_default(),
        declaration.institution.clone().unwrap_or_default(),
        report.as_of.date.clone(),
        report.stage.as_ref().map(|stage| stage.name.clone()).unwrap_or_default(),
        name(&report.decision),
        rule.pack.clone(),
        rule.id.clone(),
        rule.kind.as_str().to_owned(),
        name(&rule.outcome),
        name(&rule.proof),
        rule.findings.len().to_string(),
    ]
}

fn rejected(rejected: &Rejected) -> Vec<String> {
    let mut row = vec![String::new(); COLUMNS.len()];
    let line = rejected.declaration.line.map(|line| line.to_string()).unwrap_or_default();
    let told = [(0, rejected.declaration.file.clone()), (1, line), (7, "rejected".to_owned())];
    for (at, cell) in told {
        if let Some(place) = row.get_mut(at) {
            *place = cell;
        }
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sample;
    use crate::report::contract::{REJECTED, RejectedDeclaration};

    #[test]
    fn a_row_for_each_rule_and_one_for_what_was_not_judged() {
        let bad = Rejected {
            schema: REJECTED,
            declaration: RejectedDeclaration { file: "all.ndjson".into(), line: Some(7), digest: None },
            diagnostics: Vec::new(),
        };
        let report = sample::report();
        let rows = Verdicts.begin()
            + &Verdicts.piece(Item::Report(&report, sample::DECLARATION))
            + &Verdicts.piece(Item::Rejected(&bad));
        assert_eq!(rows.lines().count(), 1 + report.rules.len() + 1);
        insta::assert_snapshot!("verdicts", rows.replace("\r\n", "\n"));
    }
}
