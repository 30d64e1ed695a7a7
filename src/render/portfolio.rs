//! The tables of the portfolio's page as one of CSV, names as in the JSON contract: a row for all declarations, for each
//! task, rule and institution, and for the worst declarations. What a row counts is declarations, and in the rows of
//! declarations rules.

use super::format::Format;
use super::{Lang, Options, pick, sheet, sums};
use crate::report::contract::{Decision, Outcome};
use crate::report::portfolio::{DECISIONS, Portfolio, Row, RuleTally, Stand, Tally, TaskTally};

/// Sums over all declarations.
pub(super) const FORMAT: Format = Format {
    name: "portfolio",
    about: "CSV of the sums: by task, rule and institution, and the worst declarations",
    start: |run| sums::start(run, table),
};

/// The columns before the numbers.
const NAMES: [&str; 8] = ["by", "pack", "id", "name", "institution", "file", "line", "kind"];

/// The columns between decisions and outcomes.
const STANDS: [&str; 3] = ["red_lines_failing", "baselines_failing", "open"];

fn header() -> Vec<String> {
    let decisions =
        DECISIONS.map(|decision| decision.map_or("no_decision", Decision::as_str)).into_iter().chain(["rejected"]);
    let outcomes = Outcome::ALL.map(Outcome::as_str);
    let names = NAMES.into_iter().chain(["declarations"]).chain(decisions).chain(STANDS).chain(outcomes);
    names.map(str::to_owned).collect()
}

/// A row: the names, then numbers, which are empty where they mean nothing.
struct Line {
    names: [String; NAMES.len()],
    declarations: Option<u64>,
    decisions: Option<[u64; DECISIONS.len() + 1]>,
    stands: [Option<u64>; STANDS.len()],
    outcomes: [Option<u64>; Outcome::ALL.len()],
}

impl Line {
    fn new(names: [&str; NAMES.len()]) -> Self {
        let (declarations, decisions) = (None, None);
        let (stands, outcomes) = ([None; STANDS.len()], [None; Outcome::ALL.len()]);
        Self { names: names.map(str::to_owned), declarations, decisions, stands, outcomes }
    }

    fn with_tally(mut self, tally: &Tally) -> Self {
        let mut counts = [tally.rejected; DECISIONS.len() + 1];
        counts.iter_mut().zip(DECISIONS).for_each(|(count, decision)| *count = tally.count(decision));
        self.declarations = Some(tally.total());
        self.decisions = Some(counts);
        self
    }

    fn cells(self) -> Vec<String> {
        let decisions = self.decisions.map_or([None; DECISIONS.len() + 1], |counts| counts.map(Some));
        let numbers = std::iter::once(self.declarations).chain(decisions).chain(self.stands).chain(self.outcomes);
        let numbers = numbers.map(|number| number.map_or_else(String::new, |number| number.to_string()));
        self.names.into_iter().chain(numbers).collect()
    }
}

/// All rows, the sums of all declarations first.
fn table(portfolio: &Portfolio, options: &Options) -> String {
    let all = Line::new(["all", "", "", "", "", "", "", ""]).with_tally(&portfolio.all);
    let tasks = portfolio.tasks().into_iter().map(|tally| task(tally, options.lang));
    let rules = portfolio.rules().into_iter().map(|tally| rule(tally, options.lang));
    let institutions = portfolio.institutions().into_iter().map(|(name, tally)| {
        Line::new(["institution", "", "", "", name.unwrap_or_default(), "", "", ""]).with_tally(tally)
    });
    let (rows, _) = portfolio.declarations();
    let declarations = rows.iter().map(declaration);
    let lines = std::iter::once(all).chain(tasks).chain(rules).chain(institutions).chain(declarations);
    sheet::csv(std::iter::once(header()).chain(lines.map(Line::cells)))
}

fn task(tally: &TaskTally, lang: Lang) -> Line {
    let module = &tally.module;
    let name = pick(&module.title, lang);
    let mut line = Line::new(["task", &module.pack, &module.code, name, "", "", "", ""]);
    line.stands = [Stand::Crossed, Stand::NotMet, Stand::Open].map(|stand| Some(tally.count(stand)));
    line.declarations = Some(Stand::ALL.into_iter().map(|stand| tally.count(stand)).sum());
    line
}

fn rule(tally: &RuleTally, lang: Lang) -> Line {
    let rule = &tally.rule;
    let name = pick(&rule.title, lang);
    let mut line = Line::new(["rule", &rule.pack, &rule.id, name, "", "", "", rule.kind.as_str()]);
    line.outcomes = Outcome::ALL.map(|outcome| Some(tally.count(outcome)));
    line.stands = [None, None, Some(tally.open())];
    line.declarations = line.outcomes.iter().copied().sum();
    line
}

fn declaration(row: &Row) -> Line {
    let subject = &row.subject;
    let [id, name, institution] =
        [&subject.id, &subject.name, &subject.institution].map(|text| text.as_deref().unwrap_or_default());
    let line = subject.line.map_or_else(String::new, |line| line.to_string());
    let mut own = Tally { rejected: u64::from(row.rejected), ..Tally::default() };
    if !row.rejected {
        own.decisions.insert(row.decision, 1);
    }
    let [red_fails, red_open, base_fails, base_open] = row.counts.map(u64::from);
    Line {
        stands: [Some(red_fails), Some(base_fails), Some(red_open + base_open)],
        ..Line::new(["declaration", "", id, name, institution, &subject.file, &line, ""]).with_tally(&own)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sample;
    use crate::report::verdict::Verdict;

    #[test]
    fn every_sum_has_its_row_and_no_cell_is_a_formula() {
        let mut report = sample::report();
        report.declaration.institution = Some("=cmd()".into());
        let mut portfolio = Portfolio::default();
        portfolio.add(&Verdict::from(&report));
        let text = table(&portfolio, &Options::default());
        assert!(text.contains(",'=cmd(),") && !text.contains(",=cmd()"), "{text}");
        insta::assert_snapshot!("portfolio", text.replace("\r\n", "\n"));
    }
}
