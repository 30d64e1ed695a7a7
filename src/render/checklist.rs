//! The gap list as a checklist for spreadsheet programs: a row for each root field, then a row for each rule that holds,
//! is waived or does not apply, so that the list is complete and can be filtered.

use super::format::{Format, Item, Writer};
use super::page::value_words;
use super::sheet;
use super::words::{Lang, Table, fill, pick};
use crate::report::contract::{Outcome, Rejected, Report, Rule};
use crate::report::gaps::{Gap, gaps};

/// The gap list as CSV.
pub(super) const FORMAT: Format = Format {
    name: "csv",
    about: "The gap list as a checklist for spreadsheets: what is open, by field, then what holds",
    start: |run| Box::new(Checklist(run.options.lang)),
};

struct Checklist(Lang);

/// The columns.
fn header(words: &Table) -> Vec<String> {
    let names = [
        words.file,
        words.clauses,
        words.rule,
        words.kind,
        words.status,
        words.requirement,
        words.field,
        words.label,
        words.value,
        words.proof_grade,
        words.finding,
        words.fix,
        words.expects,
        words.proof_at,
        words.line_number,
        words.owner,
    ];
    names.map(str::to_owned).to_vec()
}

impl Writer for Checklist {
    fn begin(&self) -> String {
        sheet::csv([header(self.0.table())])
    }

    /// The head of a table stands there once.
    fn can_go_on(&self) -> bool {
        true
    }

    fn piece(&self, item: Item<'_>) -> String {
        match item {
            Item::Report(report, _) => {
                let open = gaps(report);
                let settled = report.rules.iter().filter(|rule| rule.outcome > Outcome::Waived);
                let rows = open.iter().map(|gap| self.gap(report, gap));
                sheet::rows(rows.chain(settled.map(|rule| self.settled(report, rule))))
            }
            Item::Rejected(rejected) => sheet::rows([self.rejected(rejected)]),
        }
    }
}

impl Checklist {
    fn gap(&self, report: &Report, gap: &Gap<'_>) -> Vec<String> {
        let lang = self.0;
        let words = lang.table();
        let Some((gravest, finding)) = gap.blocks.first() else { return Vec::new() };
        vec![
            report.declaration.file.clone(),
            lines(gap.blocks.iter().map(|(rule, _)| rule.cites.join(lang.comma()))),
            lines(gap.blocks.iter().map(|(rule, _)| rule.id.clone())),
            words.kind(gravest.kind).to_owned(),
            words.outcome(finding.outcome, gravest.kind).to_owned(),
            lines(gap.blocks.iter().map(|(rule, _)| pick(&rule.title, lang).to_owned())),
            gap.pointer.to_owned(),
            gap.undeclared.map_or_else(String::new, |field| pick(&field.label, lang).to_owned()),
            gap.value.map_or_else(String::new, |value| value_words(value, lang)),
            gap.grade().map_or_else(String::new, |grade| words.grade(grade).to_owned()),
            lines(gap.blocks.iter().map(|(_, finding)| pick(&finding.message, lang).to_owned())),
            lines(gap.blocks.iter().filter_map(|(_, f)| Some(pick(f.remedy.as_ref()?, lang).to_owned()))),
            gap.undeclared.map_or_else(String::new, |field| field.expects.clone()),
            lines(gap.blocks.iter().flat_map(|(_, finding)| &finding.proofs).map(|proof| proof.pointer.clone())),
            gap.at.line.to_string(),
            String::new(),
        ]
    }

    fn settled(&self, report: &Report, rule: &Rule) -> Vec<String> {
        let words = self.0.table();
        let mut row = vec![String::new(); header(words).len()];
        let cells = [
            report.declaration.file.clone(),
            rule.cites.join(self.0.comma()),
            rule.id.clone(),
            words.kind(rule.kind).to_owned(),
            words.outcome(rule.outcome, rule.kind).to_owned(),
            pick(&rule.title, self.0).to_owned(),
            String::new(),
            String::new(),
            String::new(),
            rule.proof.map_or_else(String::new, |grade| words.grade(grade).to_owned()),
            rule.reason.map_or_else(String::new, |reason| words.reason(reason).to_owned()),
        ];
        row.splice(..cells.len(), cells);
        row
    }

    fn rejected(&self, rejected: &Rejected) -> Vec<String> {
        let words = self.0.table();
        let mut row = vec![String::new(); header(words).len()];
        let says = lines(rejected.diagnostics.iter().map(|p| fill(words.item, &[&p.code, &p.message])));
        let none = String::new();
        let cells = [&rejected.declaration.file, &none, &none, &none, &words.rejected.to_owned()].map(Clone::clone);
        row.splice(..cells.len(), cells);
        let help = lines(rejected.diagnostics.iter().flat_map(|problem| problem.help.iter().cloned()));
        row.splice(10..12, [says, help]);
        row
    }
}

/// What differs, joined.
fn lines(parts: impl Iterator<Item = String>) -> String {
    let mut once: Vec<String> = Vec::new();
    for part in parts {
        if !once.contains(&part) {
            once.push(part);
        }
    }
    once.join("; ")
}
