//! The tables of the page. A heading says how its column sorts; a cell says by what, where its text would not do.

use super::Ctx;
use crate::ir::RuleKind;
use crate::render::html::{glyph, safe};
use crate::render::words::fill;
use crate::render::{pick, standing};
use crate::report::contract::Outcome;
use crate::report::portfolio::{DECISIONS, MAX_FAILING, Row, RuleTally, Stand, Tally, TaskTally};
use maud::{Markup, html};

/// How many institutions are listed.
const MOST: usize = 1_000;

/// A heading, and whether numbers stand below it.
type Head<'w> = (&'w str, bool);

fn table(id: &str, title: &str, why: &str, heads: &[Head<'_>], rows: &[Markup], ctx: &Ctx<'_>) -> Markup {
    html! {
        section id=(id) {
            h2 id={ (id) "-title" } { (title) }
            p.why { (why) " " (ctx.own.sorted) }
            div.scroll tabindex="0" role="region" aria-labelledby={ (id) "-title" } {
                table.sums data-sortable {
                    thead { tr { @for (title, is_number) in heads {
                        th scope="col" data-sort=(if *is_number { "number" } else { "text" }) { (title) }
                    } } }
                    tbody { @for row in rows { (row) } }
                }
            }
        }
    }
}

/// A number; nought is quiet.
fn number(count: u64, name: &str) -> Markup {
    html! { td class={ "n " @if count == 0 { "nought" } @else { (name) } } { (count) } }
}

/// The names of stands in styles: those of the signs that pages know.
const fn stand_name(stand: Stand) -> &'static str {
    match stand {
        Stand::Crossed => "fail",
        Stand::NotMet => "unmet",
        Stand::Open => "unknown",
        Stand::Met => "pass",
        Stand::NotApplicable => "not_applicable",
    }
}

pub(super) fn tasks(ctx: &Ctx<'_>) -> Markup {
    let own = ctx.own;
    let counts = [own.crossed, own.not_met, own.open, own.met, own.not_applicable];
    let heads: Vec<Head<'_>> =
        std::iter::once((own.task, false)).chain(counts.into_iter().map(|title| (title, true))).collect();
    let rows: Vec<Markup> = ctx.portfolio.tasks().into_iter().map(|task| task_row(ctx, task)).collect();
    table("tasks", own.by_task, own.by_task_why, &heads, &rows, ctx)
}

fn task_row(ctx: &Ctx<'_>, task: &TaskTally) -> Markup {
    let widths = Stand::ALL.map(|stand| (stand_name(stand), task.count(stand)));
    html! {
        tr {
            th scope="row" {
                span.code { (safe(&task.module.code)) } " " (safe(pick(&task.module.title, ctx.lang)))
                (glyph::bar(&widths))
            }
            @for stand in Stand::ALL { (number(task.count(stand), stand_name(stand))) }
        }
    }
}

pub(super) fn rules(ctx: &Ctx<'_>) -> Markup {
    let (own, words) = (ctx.own, ctx.words);
    let outcomes = Outcome::ALL.map(|outcome| (words.outcome(outcome, RuleKind::Baseline), true));
    let heads: Vec<Head<'_>> =
        [(own.rule, false), (own.name, false), (own.kind, false)].into_iter().chain(outcomes).collect();
    let rows: Vec<Markup> = ctx.portfolio.rules().into_iter().map(|rule| rule_row(ctx, rule)).collect();
    table("rules", own.by_rule, own.by_rule_why, &heads, &rows, ctx)
}

fn rule_row(ctx: &Ctx<'_>, tally: &RuleTally) -> Markup {
    let rule = &tally.rule;
    let weight = match rule.kind {
        RuleKind::RedLine => "1",
        RuleKind::Baseline => "2",
        RuleKind::Guidance => "3",
    };
    html! {
        tr {
            th scope="row" { span.code { (safe(&rule.id)) } }
            td.title { (safe(pick(&rule.title, ctx.lang))) }
            td class={ "kind " (glyph::kind_name(rule.kind)) } data-key=(weight) { (ctx.words.kind(rule.kind)) }
            @for outcome in Outcome::ALL { (number(tally.count(outcome), glyph::Sign::of(outcome, rule.kind).name())) }
        }
    }
}

pub(super) fn institutions(ctx: &Ctx<'_>) -> Markup {
    let own = ctx.own;
    let all = ctx.portfolio.institutions();
    let heads: Vec<Head<'_>> = [(own.institution, false), (own.number, true)]
        .into_iter()
        .chain(ctx.decisions().map(|decision| (ctx.words.decision(decision).0, true)))
        .collect();
    let rows: Vec<Markup> = all.iter().take(MOST).map(|(name, tally)| institution_row(ctx, *name, tally)).collect();
    html! {
        (table("institutions", own.by_institution, own.by_institution_why, &heads, &rows, ctx))
        @if all.len() > MOST { p.why { (fill(own.left_institutions, &[&MOST, &(all.len() - MOST)])) } }
    }
}

fn institution_row(ctx: &Ctx<'_>, name: Option<&str>, tally: &Tally) -> Markup {
    let counts: Vec<(&str, u64)> =
        ctx.decisions().map(|decision| (glyph::decision_name(decision), tally.count(decision))).collect();
    html! {
        tr {
            th scope="row" { (name.map_or_else(|| ctx.words.not_named.to_owned(), safe)) (glyph::bar(&counts)) }
            (number(tally.total(), "all"))
            @for (name, count) in &counts { (number(*count, name)) }
        }
    }
}

pub(super) fn declarations(ctx: &Ctx<'_>) -> Markup {
    let own = ctx.own;
    let (rows, left) = ctx.portfolio.declarations();
    let heads = [
        (own.declaration, false),
        (own.institution, false),
        (own.decision, false),
        (own.red_fails, true),
        (own.red_open, true),
        (own.base_fails, true),
        (own.base_open, true),
        (own.failing, false),
    ];
    let why = if left > 0 { fill(own.left_out, &[&rows.len(), &left]) } else { String::new() };
    let rows: Vec<Markup> = rows.iter().map(|row| declaration_row(ctx, row)).collect();
    table("declarations", own.declarations, &why, &heads, &rows, ctx)
}

fn declaration_row(ctx: &Ctx<'_>, row: &Row) -> Markup {
    let subject = &row.subject;
    let name = subject.name.as_deref().or(subject.id.as_deref());
    let [red_fails, red_open, base_fails, base_open] = row.counts.map(u64::from);
    let named = row.failing.len() == MAX_FAILING && red_fails + base_fails > row.failing.len() as u64;
    html! {
        tr {
            th scope="row" {
                (name.map_or_else(|| ctx.own.unnamed.to_owned(), safe))
                small { (safe(&standing(&subject.file, subject.line))) }
            }
            td { (subject.institution.as_deref().map(safe).unwrap_or_default()) }
            (decision(ctx, row))
            (number(red_fails, "fail"))
            (number(red_open, "unknown"))
            (number(base_fails, "unmet"))
            (number(base_open, "unknown"))
            td.ids { (row.failing.join(" ")) @if named { " " (ctx.own.more) } }
        }
    }
}

fn decision(ctx: &Ctx<'_>, row: &Row) -> Markup {
    if row.rejected {
        return html! { td.kind.rejected data-key="2" { (ctx.words.rejected) } };
    }
    let at = DECISIONS.iter().position(|decision| *decision == row.decision).unwrap_or_default();
    // What could not be judged stands behind what was refused.
    let key = if at == 0 { 1 } else { at + 2 };
    html! {
        td class={ "kind decided " (glyph::decision_name(row.decision)) } data-key=(key) {
            (glyph::decision_glyph(row.decision)) " " (ctx.words.decision(row.decision).0)
        }
    }
}
