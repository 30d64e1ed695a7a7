//! What is still to do: fields to declare, each once, and judgements to ask of people.

use super::rules::about;
use crate::ir::RuleKind;
use crate::render::page::Page;
use crate::render::pick;
use crate::render::words::fill;
use crate::report::contract::{Outcome, Report, Undeclared};
use anstyle::Style;
use std::collections::HashMap;

/// The fields still to declare: those that red lines wait for first, those that only guidance wants when asked for.
pub(super) fn fields(page: &mut Page, report: &Report) {
    let groups = [
        (RuleKind::RedLine, page.words.worklist_for_red_lines),
        (RuleKind::Baseline, page.words.worklist_for_baselines),
        (RuleKind::Guidance, page.words.worklist_for_guidance),
    ];
    if report.undeclared.is_empty() {
        return;
    }
    page.section(page.words.worklist, "");
    let kinds: HashMap<&str, RuleKind> = report.rules.iter().map(|rule| (rule.id.as_str(), rule.kind)).collect();
    let gravest: Vec<_> = report.undeclared.iter().map(|field| (gravest(&kinds, field), field)).collect();
    for (kind, title) in groups {
        let fields: Vec<&Undeclared> =
            gravest.iter().filter(|(gravest, _)| *gravest == Some(kind)).map(|(_, field)| *field).collect();
        if fields.is_empty() {
            continue;
        }
        let hidden = kind == RuleKind::Guidance && !page.verbose;
        let more = if hidden { page.aside(page.words.more_with_v) } else { String::new() };
        page.gap();
        page.paragraph(2, page.palette.strong(), &(fill(title, &[&fields.len()]) + &more));
        for field in fields.iter().filter(|_| !hidden) {
            write_field(page, field);
        }
    }
}

/// The gravest kind among the rules that a field blocks.
fn gravest(kinds: &HashMap<&str, RuleKind>, field: &Undeclared) -> Option<RuleKind> {
    field.rules.iter().filter_map(|rule| kinds.get(rule.as_str()).copied()).max()
}

fn write_field(page: &mut Page, field: &Undeclared) {
    let label = pick(&field.label, page.lang);
    let line = fill(page.words.line, &[&field.at.line]);
    let names_it = field.pointer.rsplit('/').next() == Some(label);
    let text = if label.is_empty() || names_it { line } else { format!("{label}{}", page.aside(&line)) };
    let needed = fill(page.words.needed_by, &[&page.list(&field.rules)]);
    let about = if field.expects.is_empty() { needed } else { format!("{}; {needed}", field.expects) };
    let style = page.palette.outcome(Outcome::Unknown);
    if page.fits(4, &field.pointer, &text) {
        page.lead(4, (style, &field.pointer), &text);
    } else {
        page.paragraph(4, style, &field.pointer);
        page.paragraph(8, Style::new(), &text);
    }
    page.paragraph(8, page.palette.dim(), &about);
}

/// The shortest way to a verdict, where somebody asked for it.
pub(super) fn shortest(page: &mut Page, report: &Report) {
    let Some(worklist) = report.worklist.as_ref().filter(|list| !list.is_empty()) else { return };
    let words = page.words;
    page.section(words.shortest, "");
    page.paragraph(2, Style::new(), &fill(words.shortest_says, &[&worklist.fields.len(), &worklist.settles.len()]));
    page.gap();
    for field in &worklist.fields {
        let needed = fill(words.needed_by, &[&page.list(&field.rules)]);
        page.lead(4, (page.palette.outcome(Outcome::Unknown), &field.pointer), &needed);
    }
    let unmet = worklist.unmet().into_iter().map(ToOwned::to_owned).collect::<Vec<_>>();
    for (says, rules) in [(words.shortest_unmet, &unmet), (words.shortest_open, &worklist.open)] {
        if !rules.is_empty() {
            page.gap();
            page.paragraph(2, Style::new(), &fill(says, &[&page.list(rules)]));
        }
    }
}

/// The rules that a person must judge, with the digest of the facts to bind a review to.
pub(super) fn reviews(page: &mut Page, report: &Report) {
    let mut rules: Vec<_> = report.rules.iter().filter(|rule| rule.outcome == Outcome::Review).collect();
    if rules.is_empty() {
        return;
    }
    rules.sort_by_key(|rule| std::cmp::Reverse(rule.kind));
    page.section(page.words.reviews_needed, "");
    for rule in rules {
        page.gap();
        let lead = format!("{}  {}", page.words.kind(rule.kind), rule.id);
        let title = pick(&rule.title, page.lang).to_owned();
        page.lead(2, (page.palette.outcome(Outcome::Review), &lead), &title);
        page.paragraph(4, page.palette.dim(), &about(page, report, rule));
        for finding in rule.findings.iter().filter(|finding| finding.outcome == Outcome::Review) {
            let message = pick(&finding.message, page.lang).to_owned();
            page.paragraph(4, Style::new(), &message);
        }
        page.unbroken(4, page.words.facts_at, &rule.facts);
    }
}
