//! What the report rests on: reviews, waivers, what comes later, warnings, parameters, digests; and what it is not.

use super::{Ctx, safe};
use crate::ir::RuleKind;
use crate::render::words::fill;
use crate::report::contract::Waiver;
use maud::{Markup, html};

pub(super) fn section(ctx: &Ctx<'_>) -> Markup {
    html! {
        section.record id="record" aria-label=(ctx.own.record) {
            h2 { (ctx.own.record) }
            (reviews(ctx))
            (waivers(ctx))
            (warnings(ctx))
            (upcoming(ctx))
            (parameters(ctx))
        }
    }
}

fn head(titles: &[&str]) -> Markup {
    html! { thead { tr { @for title in titles { th scope="col" { (title) } } } } }
}

fn reviews(ctx: &Ctx<'_>) -> Markup {
    let (own, words) = (ctx.own, ctx.words);
    html! {
        @if !ctx.report.reviews.is_empty() {
            h3 { (words.reviews) }
            table {
                (head(&[own.rule, own.by_outcome, own.state, own.by_whom, own.grounds]))
                tbody { @for review in &ctx.report.reviews {
                    tr {
                        th scope="row" { (ctx.rule_link(&review.rule)) }
                        td { (words.verdict(review.verdict)) }
                        td { (words.review_state(review.state)) }
                        td { (fill(words.review_by, &[&safe(&review.reviewer), &safe(&review.role), &review.date])) }
                        td { (safe(&review.grounds)) }
                    }
                } }
            }
        }
    }
}

fn waivers(ctx: &Ctx<'_>) -> Markup {
    let (own, words, waivers) = (ctx.own, ctx.words, &ctx.report.waivers);
    let applied = waivers.applied.iter().map(|waiver| (waiver, words.waiver_applied.to_owned()));
    let expired = waivers.expired.iter().map(|waiver| {
        let expired = fill(words.waiver_expired, &[&waiver.expires]);
        (waiver, if waiver.facts_changed { words.waiver_changed.to_owned() } else { expired })
    });
    let unused = waivers.unused.iter().map(|waiver| (waiver, words.waiver_unused.to_owned()));
    let all: Vec<(&Waiver, String)> = applied.chain(expired).chain(unused).collect();
    html! {
        @if !all.is_empty() {
            h3 { (words.waivers) }
            table {
                (head(&[own.rule, own.covers, own.state, own.by_whom, own.reason, words.control]))
                tbody { @for (waiver, state) in &all {
                    tr {
                        th scope="row" { (ctx.rule_link(&waiver.rule)) }
                        td {
                            (words.outcome(waiver.covers, RuleKind::Baseline))
                            @if let Some(scope) = &waiver.scope { " " code { (safe(scope)) } }
                        }
                        td { (state) }
                        td { (fill(words.waiver_by, &[&safe(&waiver.approver), &safe(&waiver.role), &waiver.granted, &waiver.expires])) }
                        td { (safe(&waiver.reason)) }
                        td { (safe(&waiver.control)) }
                    }
                } }
            }
        }
    }
}

fn warnings(ctx: &Ctx<'_>) -> Markup {
    html! {
        @if !ctx.report.warnings.is_empty() {
            h3 { (ctx.words.warnings) }
            ul { @for warning in &ctx.report.warnings {
                li { (ctx.say(&warning.message)) " " code { (safe(&warning.place.pointer)) } " " (fill(ctx.words.line, &[&warning.place.at.line])) }
            } }
        }
    }
}

fn upcoming(ctx: &Ctx<'_>) -> Markup {
    html! {
        @if !ctx.report.upcoming.is_empty() {
            h3 { (ctx.words.upcoming) }
            ul { @for rule in &ctx.report.upcoming {
                li { b { (rule.id) } " " (ctx.say(&rule.title)) " — " (fill(ctx.words.upcoming_from, &[&rule.from])) }
            } }
        }
    }
}

fn parameters(ctx: &Ctx<'_>) -> Markup {
    let own = ctx.own;
    html! {
        @if !ctx.report.parameters.is_empty() {
            details.parameters {
                summary { h3 { (ctx.words.parameters) " " small { (ctx.report.parameters.len()) } } }
                table {
                    (head(&[own.parameter, own.value, own.origin]))
                    tbody { @for parameter in &ctx.report.parameters {
                        tr {
                            th scope="row" { code { (safe(&parameter.name)) } }
                            td { (ctx.shown(&parameter.value)) }
                            td {
                                (safe(&parameter.origin))
                                @if let Some(pack) = &parameter.tightened_by {
                                    " · " (fill(ctx.words.tightened_by, &[&safe(pack)]))
                                }
                            }
                        }
                    } }
                }
            }
        }
    }
}

/// By what it can be reproduced, and what it is not.
pub(super) fn foot(ctx: &Ctx<'_>) -> Markup {
    let (report, words) = (ctx.report, ctx.words);
    let engine = fill(words.engine_is, &[&report.engine.name, &report.engine.version, &report.engine.language]);
    html! {
        footer {
            p.disclaimer { (words.disclaimer) }
            dl {
                div { dt { (words.declaration) } dd { (safe(&report.declaration.file)) code { (report.declaration.digest) } } }
                @for pack in &report.packs {
                    div { dt { (words.pack) } dd { (safe(&pack.name)) " " (safe(&pack.version)) code { (pack.digest) } } }
                    @for plugin in &pack.plugins {
                        div { dt { (words.plugin) } dd { (safe(&plugin.name)) code { (plugin.digest) } } }
                    }
                }
                div { dt { (words.engine) } dd { (engine) } }
                @if let Some(file) = &report.configuration { div { dt { (words.configuration) } dd { (safe(file)) } } }
            }
        }
    }
}
