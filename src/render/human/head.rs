//! The head: decision, what was judged, how the rules came out, how complete the filing is.

use crate::ir::RuleKind;
use crate::render::page::Page;
use crate::render::standing;
use crate::render::style::Painted;
use crate::render::visible::visible;
use crate::render::words::fill;
use crate::report::contract::{Outcome, Report};
use crate::report::verdict::Verdict;
use std::fmt::Write;

const KINDS: [RuleKind; 3] = [RuleKind::RedLine, RuleKind::Baseline, RuleKind::Guidance];
const OUTCOMES: [Outcome; 7] = [
    Outcome::Fail,
    Outcome::Error,
    Outcome::Unknown,
    Outcome::Review,
    Outcome::Waived,
    Outcome::Pass,
    Outcome::NotApplicable,
];

/// The decision and the declaration's file on one line.
pub(super) fn decision_line(page: &mut Page, verdict: &Verdict) {
    let (decision, _) = page.words.decision(verdict.decision);
    let badge = Painted(page.palette.decision(verdict.decision), format!(" {decision} "));
    let counts = counts(page, verdict.kinds(), RuleKind::RedLine)
        .map_or_else(String::new, |counts| format!("  {}: {counts}", page.words.red_lines));
    let at = standing(&verdict.subject.file, verdict.subject.line);
    let line = format!("{badge} {}{counts}\n", visible(&at));
    page.text += line.trim_start();
}

pub(super) fn write(page: &mut Page, report: &Report) {
    let words = page.words;
    let (decision, why) = words.decision(report.decision);
    let badge = Painted(page.palette.decision(report.decision), format!(" {decision} "));
    page.put(format_args!("{badge}  {why}\n\n"));
    declaration(page, report);
    let stage = report.stage.as_ref().map_or(words.stage_not_known, |stage| &stage.name);
    page.entry(words.as_of, &fill(words.day_and_stage, &[&report.as_of.date, &stage]));
    page.gap();
    for kind in KINDS {
        let rules = report.rules.iter().map(|rule| (rule.kind, rule.outcome));
        if let Some(counts) = counts(page, rules, kind) {
            page.entry(words.kinds(kind), &counts);
        }
    }
    let filing = report.filing;
    if let Some(percent) = (filing.given * 100).checked_div(filing.of) {
        page.entry(words.filing, &fill(words.filing_given, &[&filing.given, &filing.of, &percent]));
    }
    if !report.notices.is_empty() {
        page.gap();
    }
    for notice in &report.notices {
        let text = crate::render::pick(&notice.message, page.lang).to_owned();
        page.paragraph(0, page.palette.outcome(Outcome::Unknown), &text);
    }
}

fn declaration(page: &mut Page, report: &Report) {
    let declaration = &report.declaration;
    let heading = match (&declaration.name, &declaration.id) {
        (Some(name), Some(id)) => name.clone() + &page.aside(id),
        (name, id) => name.clone().or_else(|| id.clone()).unwrap_or_default(),
    };
    if !heading.is_empty() {
        page.paragraph(0, page.palette.strong(), &heading);
    }
    page.entry(page.words.declaration, &standing(&declaration.file, declaration.line));
}

/// How the rules of a kind came out; none where there are none.
fn counts(page: &Page, rules: impl Iterator<Item = (RuleKind, Outcome)>, kind: RuleKind) -> Option<String> {
    let outcomes: Vec<Outcome> = rules.filter(|(own, _)| *own == kind).map(|(_, outcome)| outcome).collect();
    let mut text = String::new();
    for outcome in OUTCOMES {
        let count = outcomes.iter().filter(|own| **own == outcome).count();
        if count > 0 {
            let separator = if text.is_empty() { "" } else { " · " };
            let _ = write!(text, "{separator}{count} {}", page.words.outcome(outcome, kind));
        }
    }
    (!text.is_empty()).then_some(text)
}
