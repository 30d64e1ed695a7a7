//! The red lines by family, and those that are in none.

use super::Ctx;
use super::glyph::{Sign, glyph};
use crate::ir::RuleKind;
use crate::render::words::fill;
use crate::report::contract::{Outcome, Rule};
use maud::{Markup, html};

pub(super) fn section(ctx: &Ctx<'_>) -> Markup {
    let red_lines: Vec<&Rule> = ctx.report.rules.iter().filter(|rule| rule.kind == RuleKind::RedLine).collect();
    let families: Vec<(String, Vec<&Rule>)> = ctx
        .report
        .packs
        .iter()
        .flat_map(|pack| &pack.families)
        .map(|family| {
            let held = red_lines.iter().copied().filter(|rule| family.rules.contains(&rule.id));
            (ctx.say(&family.title), held.collect())
        })
        .collect();
    let in_a_family = |rule: &&Rule| families.iter().any(|(_, held)| held.iter().any(|other| other.id == rule.id));
    let rest: Vec<&Rule> = red_lines.iter().copied().filter(|rule| !in_a_family(rule)).collect();
    html! {
        section.families id="families" aria-label=(ctx.own.families) {
            h2 { (ctx.own.families) }
            p.why { (ctx.own.families_why) }
            div.rows {
                @for (title, held) in &families { (family(ctx, title, held)) }
                @if !rest.is_empty() || families.is_empty() { (family(ctx, ctx.own.other_red_lines, &rest)) }
            }
            (arguments(ctx))
        }
    }
}

/// A family: the rules of its weightiest argument first.
fn family(ctx: &Ctx<'_>, title: &str, rules: &[&Rule]) -> Markup {
    let worst = rules.iter().map(|rule| Sign::of_rule(rule)).min().unwrap_or(Sign::NotApplicable);
    let mut rules = rules.to_vec();
    rules.sort_by_key(|rule| (&rule.argument, rule.outcome));
    html! {
        div class={ "family " (worst.name()) } {
            div.name {
                h3 { (glyph(worst)) " " (title) }
                p.sum { (sum(ctx, &rules)) }
            }
            ul.lines { @for rule in rules {
                li {
                    (glyph(Sign::of_rule(rule)))
                    a href={ "#" (ctx.anchor(rule)) } { b { (rule.id) } " " (ctx.say(&rule.title)) }
                    span.unseen { " — " (ctx.words.outcome(rule.outcome, rule.kind)) }
                    @if let Some(letter) = &rule.argument {
                        " " span.letter { span.unseen { (ctx.own.by_argument) " " } (letter) }
                    }
                }
            } }
        }
    }
}

/// How many are crossed, undecided, met.
fn sum(ctx: &Ctx<'_>, rules: &[&Rule]) -> String {
    let count = |wanted: &[Outcome]| rules.iter().filter(|rule| wanted.contains(&rule.outcome)).count();
    let parts = [
        (ctx.own.crossed, count(&[Outcome::Fail])),
        (ctx.own.undecided, count(&[Outcome::Unknown, Outcome::Review, Outcome::Error])),
        (ctx.own.holds, count(&[Outcome::Pass])),
    ];
    let said = parts.iter().filter(|(_, count)| *count > 0).map(|(words, count)| fill(words, &[count]));
    let said: Vec<String> = said.collect();
    match (said.is_empty(), rules.is_empty()) {
        (false, _) => said.join(" · "),
        (true, true) => ctx.own.no_red_line.to_owned(),
        (true, false) => ctx.words.not_applicable.to_owned(),
    }
}

/// What each argument letter says.
fn arguments(ctx: &Ctx<'_>) -> Markup {
    let letters: Vec<_> = ctx.report.packs.iter().flat_map(|pack| &pack.arguments).collect();
    html! {
        @if !letters.is_empty() {
            dl.arguments aria-label=(ctx.own.arguments) {
                @for (letter, words) in letters {
                    div { dt { span.letter { (letter) } } dd { (ctx.say(words)) } }
                }
            }
        }
    }
}
