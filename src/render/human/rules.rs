//! What stands against the decision: rules that fail, err or cannot be decided, red lines first.

use super::excerpt::{self, Lines};
use crate::ir::RuleKind;
use crate::render::page::Page;
use crate::render::pick;
use crate::render::words::fill;
use crate::report::contract::{Cause, Finding, Outcome, Report, Rule};
use std::collections::BTreeSet;

/// How many related places a finding shows where not asked for more.
const RELATED: usize = 3;

pub(super) fn write(page: &mut Page, report: &Report, lines: &Lines<'_>) {
    for kind in [RuleKind::RedLine, RuleKind::Baseline, RuleKind::Guidance] {
        let mut rules: Vec<&Rule> = report.rules.iter().filter(|rule| rule.kind == kind && is_shown(rule)).collect();
        rules.sort_by_key(|rule| rule.outcome);
        let undecided: Vec<&Rule> =
            report.rules.iter().filter(|rule| rule.kind == kind && only_undeclared(rule)).collect();
        if rules.is_empty() && undecided.is_empty() {
            continue;
        }
        page.section(page.words.kinds(kind), "");
        for rule in rules {
            write_rule(page, report, rule, lines);
        }
        write_undecided(page, &undecided, kind);
    }
}

/// Whether a rule is shown with its findings here; one that only misses fields is in the worklist.
fn is_shown(rule: &Rule) -> bool {
    matches!(rule.outcome, Outcome::Fail | Outcome::Error) || rule.outcome == Outcome::Unknown && !only_undeclared(rule)
}

fn only_undeclared(rule: &Rule) -> bool {
    rule.outcome == Outcome::Unknown
        && rule.findings.iter().filter(|f| f.outcome == Outcome::Unknown).all(is_undeclared)
}

fn is_undeclared(finding: &Finding) -> bool {
    !finding.missing.is_empty() && finding.causes.iter().all(|cause| *cause == Cause::Undeclared)
}

/// A rule with those of its findings that the page has room for.
pub(in crate::render) fn write_rule(page: &mut Page, report: &Report, rule: &Rule, lines: &Lines<'_>) {
    page.gap();
    title(page, rule);
    page.paragraph(4, page.palette.dim(), &about(page, report, rule));
    let mut remedy = None;
    let every = page.verbose;
    for finding in rule.findings.iter().filter(|finding| every || is_wanted(rule, finding)) {
        write_finding(page, report, finding, lines);
        if finding.outcome == Outcome::Fail && rule.kind != RuleKind::Guidance {
            write_needed(page, finding);
        }
        if finding.remedy != remedy {
            write_remedy(page, finding);
            remedy.clone_from(&finding.remedy);
        }
    }
}

/// Whether a finding is shown: one that was asked for although it passed, or one that stands against the rule and is
/// not merely one more field to declare beside a graver one.
fn is_wanted(rule: &Rule, finding: &Finding) -> bool {
    match finding.outcome {
        Outcome::Pass => true,
        Outcome::Fail | Outcome::Error | Outcome::Unknown => {
            rule.outcome == Outcome::Unknown || !is_undeclared(finding)
        }
        Outcome::Review | Outcome::Waived | Outcome::NotApplicable => false,
    }
}

/// Outcome, id and title of a rule.
pub(super) fn title(page: &mut Page, rule: &Rule) {
    let lead = format!("{}  {}", page.words.outcome(rule.outcome, rule.kind), rule.id);
    let title = pick(&rule.title, page.lang).to_owned();
    page.lead(2, (page.palette.outcome(rule.outcome), &lead), &title);
}

/// Clause, argument and addressee of a rule.
pub(super) fn about(page: &Page, report: &Report, rule: &Rule) -> String {
    let words = page.words;
    let mut parts = vec![fill(words.clause, &[&page.list(&rule.cites)])];
    if let Some(letter) = &rule.argument {
        let pack = report.packs.iter().find(|pack| pack.name == rule.pack);
        let says = pack.and_then(|pack| pack.arguments.get(letter)).map(|argument| pick(argument, page.lang));
        let argument = fill(words.argument, &[letter]);
        parts.push(says.map_or(argument.clone(), |says| fill(page.words.item, &[&argument, &says])));
    }
    parts.push(fill(words.addressed_to, &[&words.addressee(rule.addressee)]));
    if let Some(overlay) = &rule.raised_by {
        parts.push(fill(words.raised_by, &[overlay]));
    }
    parts.join(" · ")
}

fn write_finding(page: &mut Page, report: &Report, finding: &Finding, lines: &Lines<'_>) {
    let message = pick(&finding.message, page.lang).to_owned();
    page.paragraph(4, anstyle::Style::new(), &message);
    let place = format!("{}:{}:{}  {}", report.declaration.file, finding.at.line, finding.at.column, finding.pointer);
    page.paragraph(6, page.palette.dim(), place.trim_end());
    excerpt::write(page, finding, lines, 6);
    write_related(page, finding);
    if !finding.missing.is_empty() && page.verbose {
        note(page, page.words.missing, &page.list(&finding.missing));
    }
    if !finding.assumed.is_empty() {
        note(page, page.words.assumed, &page.list(&finding.assumed));
    }
    if page.verbose {
        let at = &finding.requirement;
        note(page, page.words.rule_at, &format!("{}:{}:{}", at.file, at.line, at.column));
    }
}

fn write_related(page: &mut Page, finding: &Finding) {
    let most = if page.verbose { usize::MAX } else { RELATED };
    for place in finding.related.iter().take(most) {
        let line = fill(page.words.line, &[&place.at.line]);
        let value = finding
            .values
            .get(&place.pointer)
            .map_or(String::new(), |value| fill(page.words.item, &[&"", &page.shown(value)]));
        note(page, page.words.also, &format!("{}{}{value}", place.pointer, page.aside(&line)));
    }
    if let Some(rest) = finding.related.len().checked_sub(most).filter(|rest| *rest > 0) {
        note(page, page.words.also, &format!("+ {rest}{}", page.aside(page.words.more_with_v)));
    }
}

/// What must become true, and where the proof of it stands, or would.
fn write_needed(page: &mut Page, finding: &Finding) {
    note(page, page.words.must_hold, &finding.requires);
    let proofs = page.words.proofs(finding);
    if !proofs.is_empty() {
        note(page, page.words.proof_at, &page.list(&proofs));
    }
}

fn write_remedy(page: &mut Page, finding: &Finding) {
    if let Some(remedy) = &finding.remedy {
        let remedy = pick(remedy, page.lang).to_owned();
        page.lead(4, (page.palette.help(), page.words.remedy), &remedy);
    }
}

fn note(page: &mut Page, word: &str, text: &str) {
    page.lead(6, (page.palette.dim(), word), text);
}

/// Rules that only miss fields: named together, one by one where asked for more.
fn write_undecided(page: &mut Page, rules: &[&Rule], kind: RuleKind) {
    if rules.is_empty() {
        return;
    }
    let missing = |rule: &&Rule| rule.findings.iter().flat_map(|finding| finding.missing.clone()).collect::<Vec<_>>();
    let fields: BTreeSet<String> = rules.iter().flat_map(missing).collect();
    let text = fill(page.words.unknown_rules, &[&rules.len(), &fields.len()]);
    page.gap();
    page.lead(2, (page.palette.outcome(Outcome::Unknown), page.words.unknown), &text);
    if page.verbose || kind == RuleKind::RedLine {
        for rule in rules {
            let title = pick(&rule.title, page.lang).to_owned();
            page.lead(4, (page.palette.outcome(Outcome::Unknown), &rule.id), &title);
        }
    } else {
        page.paragraph(4, page.palette.dim(), &page.list(rules.iter().map(|rule| &rule.id)));
    }
}
