//! The rest: what passed and on what grade of proof, what does not apply, waivers and reviews, what comes later, and
//! what the report rests on.

use super::excerpt::Lines;
use super::rules::{title, write_rule};
use crate::ir::RuleKind;
use crate::render::page::Page;
use crate::render::pick;
use crate::render::words::fill;
use crate::report::contract::{Grade, Outcome, Reason, Report, Rule, Waiver};
use anstyle::Style;

const GRADES: [Grade; 3] = [Grade::Asserted, Grade::SelfEvidenced, Grade::Independent];
const REASONS: [Reason; 5] =
    [Reason::WhenIsFalse, Reason::OtherStage, Reason::NothingExamined, Reason::NotYetInForce, Reason::NoLongerInForce];

/// What passed: counted by kind and by grade of proof.
pub(super) fn passed(page: &mut Page, report: &Report, lines: &Lines<'_>) {
    let rules = with(report, Outcome::Pass);
    if rules.is_empty() {
        return;
    }
    page.section(page.words.passed, &fill(page.words.rules_count, &[&rules.len()]));
    let kinds = [RuleKind::RedLine, RuleKind::Baseline, RuleKind::Guidance]
        .map(|kind| (page.words.kinds(kind), rules.iter().filter(|rule| rule.kind == kind).count()));
    let grades =
        GRADES.map(|grade| (page.words.grade(grade), rules.iter().filter(|rule| rule.proof == Some(grade)).count()));
    let unproven = report.summary.unproven_claims;
    page.paragraph(2, Style::new(), &counted(page, &kinds));
    page.paragraph(2, Style::new(), &counted(page, &grades));
    if unproven > 0 {
        page.paragraph(2, Style::new(), &fill(page.words.unproven, &[&unproven]));
    }
    let listed = rules.iter().any(|rule| !rule.findings.is_empty());
    if listed {
        for rule in rules {
            write_rule(page, report, rule, lines);
        }
    } else if page.verbose {
        page.gap();
        for rule in rules {
            title(page, rule);
        }
    }
}

/// What does not apply: counted by reason.
pub(super) fn not_applicable(page: &mut Page, report: &Report) {
    let rules = with(report, Outcome::NotApplicable);
    if rules.is_empty() {
        return;
    }
    page.section(page.words.not_applicable_rules, &fill(page.words.rules_count, &[&rules.len()]));
    let reasons = REASONS
        .map(|reason| (page.words.reason(reason), rules.iter().filter(|rule| rule.reason == Some(reason)).count()));
    page.paragraph(2, Style::new(), &counted(page, &reasons));
    if page.verbose {
        page.gap();
        for rule in rules {
            let why = rule.reason.map_or("", |reason| page.words.reason(reason));
            let text = format!("{} — {why}", pick(&rule.title, page.lang));
            page.lead(2, (page.palette.outcome(rule.outcome), &rule.id), &text);
        }
    }
}

fn with(report: &Report, outcome: Outcome) -> Vec<&Rule> {
    report.rules.iter().filter(|rule| rule.outcome == outcome).collect()
}

/// `word: count` for each that counts something.
fn counted(page: &Page, counts: &[(&str, usize)]) -> String {
    let counts =
        counts.iter().filter(|(_, count)| *count > 0).map(|(word, count)| fill(page.words.item, &[word, count]));
    counts.collect::<Vec<_>>().join(" · ")
}

/// Rules that are waived, and what became of waivers and reviews.
pub(super) fn exceptions(page: &mut Page, report: &Report) {
    let waivers = &report.waivers;
    if waivers.applied.len() + waivers.expired.len() + waivers.unused.len() > 0 {
        page.section(page.words.waivers, "");
        for waiver in &waivers.applied {
            write_waiver(page, waiver, page.words.waiver_applied, Outcome::Waived);
        }
        for waiver in &waivers.expired {
            let state = without_effect(page, waiver, &report.as_of.date);
            write_waiver(page, waiver, &state, Outcome::Fail);
        }
        for waiver in &waivers.unused {
            write_waiver(page, waiver, page.words.waiver_unused, Outcome::Unknown);
        }
    }
    if !report.reviews.is_empty() {
        page.section(page.words.reviews, "");
    }
    for review in &report.reviews {
        let words = page.words;
        let lead = format!("{}  {}", review.rule, words.verdict(review.verdict));
        page.lead(2, (page.palette.outcome(Outcome::Review), &lead), words.review_state(review.state));
        page.paragraph(4, page.palette.dim(), &fill(words.review_by, &[&review.reviewer, &review.role, &review.date]));
        page.paragraph(4, Style::new(), &review.grounds);
    }
}

/// Why a waiver has no effect on a day; days are written so that they compare as texts.
fn without_effect(page: &Page, waiver: &Waiver, day: &str) -> String {
    if waiver.facts_changed {
        page.words.waiver_changed.to_owned()
    } else if waiver.granted.as_str() > day {
        fill(page.words.waiver_early, &[&waiver.granted])
    } else {
        fill(page.words.waiver_expired, &[&waiver.expires])
    }
}

fn write_waiver(page: &mut Page, waiver: &Waiver, state: &str, colour: Outcome) {
    let covers = page.words.outcome(waiver.covers, RuleKind::Baseline);
    let scope = waiver.scope.as_deref().unwrap_or_default();
    let lead = format!("{}  {covers}", waiver.rule);
    page.lead(2, (page.palette.outcome(colour), &lead), format!("{state}  {scope}").trim_end());
    let by = fill(page.words.waiver_by, &[&waiver.approver, &waiver.role, &waiver.granted, &waiver.expires]);
    page.paragraph(4, page.palette.dim(), &by);
    page.paragraph(4, Style::new(), &waiver.reason);
    page.lead(4, (page.palette.dim(), page.words.control), &waiver.control);
}

/// Rules that come into force later, and what is odd about the declaration.
pub(super) fn later(page: &mut Page, report: &Report) {
    if !report.upcoming.is_empty() {
        page.section(page.words.upcoming, "");
    }
    for rule in &report.upcoming {
        let from = fill(page.words.upcoming_from, &[&rule.from]);
        let text = format!("{}{}", pick(&rule.title, page.lang), page.aside(&from));
        page.lead(2, (page.palette.strong(), &rule.id), &text);
    }
    if !report.warnings.is_empty() {
        page.section(page.words.warnings, "");
    }
    for warning in &report.warnings {
        let place = &warning.place;
        let file = &report.declaration.file;
        let message = pick(&warning.message, page.lang).to_owned();
        page.paragraph(2, Style::new(), &message);
        let place = format!("{file}:{}:{}  {}", place.at.line, place.at.column, place.pointer);
        page.paragraph(4, page.palette.dim(), place.trim_end());
    }
}

/// What the report rests on, and what it is not.
pub(super) fn basis(page: &mut Page, report: &Report) {
    let words = page.words;
    if page.verbose && !report.parameters.is_empty() {
        page.section(words.parameters, "");
        for parameter in &report.parameters {
            let tightened = parameter.tightened_by.as_ref();
            let tightened = tightened.map_or(String::new(), |by| format!("; {}", fill(words.tightened_by, &[by])));
            let from = page.aside(&format!("{}{tightened}", parameter.origin));
            let text = format!("{}{from}", page.shown(&parameter.value));
            page.lead(2, (page.palette.strong(), &parameter.name), &text);
        }
    }
    page.gap();
    for pack in &report.packs {
        let title = pick(&pack.title, page.lang);
        page.entry(words.pack, &format!("{} {}  {title}", pack.name, pack.version));
        page.unbroken(2, "", &pack.digest);
        for plugin in &pack.plugins {
            page.entry(words.plugin, &plugin.name);
            page.unbroken(2, "", &plugin.digest);
        }
    }
    page.entry(words.declaration, &report.declaration.file);
    page.unbroken(2, "", &report.declaration.digest);
    page.entry(words.as_of, &(report.as_of.date.clone() + &page.aside(words.origin(report.as_of.from))));
    let stage = report.stage.as_ref();
    let stage = stage.map(|stage| stage.name.clone() + &page.aside(words.origin(stage.from)));
    page.entry(words.stage, stage.as_deref().unwrap_or(words.stage_not_known));
    if let Some(file) = &report.configuration {
        page.entry(words.configuration, file);
    }
    let engine = report.engine;
    page.entry(words.engine, &fill(words.engine_is, &[&engine.name, &engine.version, &engine.language]));
    page.gap();
    page.paragraph(0, page.palette.strong(), words.disclaimer);
}
