//! How many declarations came out: by decision, by rule, by institution.

use super::format::Format;
use super::page::Page;
use super::sums;
use super::words::{Table, fill, pick};
use super::{Detail, Options};
use crate::ir::RuleKind;
use crate::report::contract::Outcome;
use crate::report::portfolio::{Portfolio, RuleTally, Tally};
use anstyle::Style;

/// Only the sums.
pub(super) const FORMAT: Format = Format {
    name: "summary",
    about: "How many came out how: by decision, rule and institution",
    start: |run| sums::start(run, |portfolio, options| whole(portfolio, options, usize::MAX)),
};

/// How many rules and institutions stand below reports for people.
const MOST: usize = 10;

/// What stands below several reports: their tally, and unless only decisions are wanted the worst rules and institutions.
pub(super) fn below(portfolio: &Portfolio, options: &Options) -> String {
    if options.detail == Detail::Quiet {
        return format!("{}\n", tally(&portfolio.all, options.lang.table()));
    }
    whole(portfolio, options, MOST)
}

fn whole(portfolio: &Portfolio, options: &Options, most: usize) -> String {
    let mut page = Page::new(options);
    let line = tally(&portfolio.all, page.words);
    page.put(format_args!("{line}\n"));
    rules(&mut page, portfolio, most);
    institutions(&mut page, portfolio, most);
    page.text
}

/// `12 declarations  10 ADMITTED · 2 REFUSED`
fn tally(tally: &Tally, words: &Table) -> String {
    let counted = tally.decisions.iter().map(|(decision, count)| (words.decision(*decision).0, *count));
    let counted = counted.chain((tally.rejected > 0).then_some((words.rejected, tally.rejected)));
    let parts: Vec<String> = counted.map(|(word, count)| format!("{count} {word}")).collect();
    let count = fill(words.declarations_count, &[&tally.total()]);
    format!("{count}  {}", parts.join(" · ")).trim_end().to_owned()
}

/// The rules that fail or are open somewhere.
fn rules(page: &mut Page, portfolio: &Portfolio, most: usize) {
    let mut rules = portfolio.rules();
    rules.retain(|rule| rule.open() > 0 || rule.count(Outcome::Fail) > 0);
    if rules.is_empty() {
        return;
    }
    page.section(page.words.by_rule, "");
    for rule in rules.iter().take(most) {
        let title = pick(&rule.rule.title, page.lang);
        let line = format!("{title}{}", page.aside(&rule_counts(rule, page)));
        let style = if rule.rule.kind == RuleKind::RedLine { page.palette.strong() } else { Style::new() };
        page.hanging((2, 14), (style, &rule.rule.id), (Style::new(), &line));
    }
    more(page, rules.len(), most);
}

/// `red line: 3 fail, 2 unknown`
fn rule_counts(rule: &RuleTally, page: &Page) -> String {
    let outcomes = Outcome::ALL.into_iter().filter(|outcome| rule.count(*outcome) > 0);
    let counts =
        outcomes.map(|outcome| format!("{} {}", rule.count(outcome), page.words.outcome(outcome, rule.rule.kind)));
    fill(page.words.item, &[&page.words.kind(rule.rule.kind), &page.list(counts)])
}

/// The institutions, where there are several.
fn institutions(page: &mut Page, portfolio: &Portfolio, most: usize) {
    let institutions = portfolio.institutions();
    if institutions.len() < 2 {
        return;
    }
    page.section(page.words.by_institution, "");
    for (name, own) in institutions.iter().take(most) {
        let name = name.unwrap_or(page.words.not_named);
        let line = tally(own, page.words);
        page.hanging((2, 4), (page.palette.strong(), name), (Style::new(), &format!("\n{line}")));
    }
    more(page, institutions.len(), most);
}

fn more(page: &mut Page, count: usize, most: usize) {
    if let Some(rest) = count.checked_sub(most).filter(|rest| *rest > 0) {
        let dim = page.palette.dim();
        page.paragraph(2, dim, &fill(page.words.more_in_summary, &[&rest]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::{Lang, sample};
    use crate::report::contract::{Decision, RejectedDeclaration};
    use crate::report::portfolio::MAX_INSTITUTIONS;
    use crate::report::verdict::Verdict;

    fn bad() -> RejectedDeclaration {
        RejectedDeclaration { file: "bad.json".into(), line: None, digest: None }
    }

    fn portfolio() -> Portfolio {
        let mut portfolio = Portfolio::default();
        for institution in ["甲银行", "乙银行", "乙银行"] {
            let mut report = sample::report();
            report.declaration.institution = Some(institution.into());
            portfolio.add(&Verdict::from(&report));
        }
        portfolio.add_rejected(&bad());
        portfolio
    }

    #[test]
    fn sums_in_both_languages() {
        insta::assert_snapshot!("summary_english", whole(&portfolio(), &Options::default(), usize::MAX));
        let chinese = Options { lang: Lang::Zh, ..Options::default() };
        insta::assert_snapshot!("summary_chinese", whole(&portfolio(), &chinese, 1));
    }

    fn verdict(institution: Option<&str>, decision: Decision, outcome: Outcome) -> Verdict {
        let mut report = sample::report();
        report.declaration.institution = institution.map(ToOwned::to_owned);
        report.decision = Some(decision);
        report.rules[1].outcome = outcome;
        Verdict::from(&report)
    }

    #[test]
    fn the_worst_come_first() {
        let mut portfolio = Portfolio::default();
        portfolio.add(&verdict(Some("good bank"), Decision::Admitted, Outcome::Pass));
        portfolio.add(&verdict(Some("bad bank"), Decision::Refused, Outcome::Fail));
        portfolio.add(&verdict(Some("bad bank"), Decision::Incomplete, Outcome::Unknown));
        portfolio.add(&verdict(None, Decision::Incomplete, Outcome::Review));
        portfolio.add_rejected(&bad());
        assert_eq!(portfolio.all.total(), 5);
        assert_eq!((portfolio.all.count(Some(Decision::Incomplete)), portfolio.all.rejected), (2, 1));
        let institutions = portfolio.institutions();
        let names: Vec<_> = institutions.iter().map(|(name, tally)| (*name, tally.total())).collect();
        assert_eq!(names, [(Some("bad bank"), 2), (None, 1), (Some("good bank"), 1)]);
        let second = sample::report().rules[1].id.clone();
        let rule = portfolio.rules().into_iter().find(|rule| rule.rule.id == second).unwrap();
        assert_eq!((rule.count(Outcome::Fail), rule.open(), rule.count(Outcome::Pass)), (1, 2, 1));
        let fails: Vec<_> = portfolio.rules().iter().map(|rule| rule.count(Outcome::Fail)).collect();
        assert!(fails[0] > 0, "{fails:?}");
    }

    #[test]
    fn institutions_are_told_apart_up_to_a_limit() {
        let mut portfolio = Portfolio::default();
        let mut one = sample::report();
        one.rules.clear();
        for at in 0..=MAX_INSTITUTIONS + 1 {
            one.declaration.institution = Some(at.to_string());
            portfolio.add(&Verdict::from(&one));
        }
        assert_eq!(portfolio.institutions().len(), MAX_INSTITUTIONS + 1);
        let none = portfolio.institutions().into_iter().find(|(name, _)| name.is_none()).unwrap();
        assert_eq!(none.1.total(), 2);
        assert_eq!(portfolio.all.total(), u64::try_from(MAX_INSTITUTIONS + 2).unwrap());
    }
}
