//! The choice of what is shown. It is hidden until the script shows it, since without the script it could do nothing.

use super::glyph::{KINDS, SIGNS, Sign, glyph, kind_name};
use super::{Ctx, head, safe};
use crate::render::words::fill;
use crate::report::contract::Rule;
use indexmap::IndexSet;
use maud::{Markup, html};

pub(super) fn form(ctx: &Ctx<'_>) -> Markup {
    let (own, words, rules) = (ctx.own, ctx.words, &ctx.report.rules);
    let outcomes = SIGNS.into_iter().filter_map(|sign| {
        let count = rules.iter().filter(|rule| Sign::of_rule(rule) == sign).count();
        let label = html! { (glyph(sign)) " " (sign.words(words)) };
        (count > 0).then(|| choice("outcome", sign.name(), &label, count))
    });
    let kinds = KINDS.into_iter().filter_map(|kind| {
        let count = rules.iter().filter(|rule| rule.kind == kind).count();
        (count > 0).then(|| choice("kind", kind_name(kind), &html! { (words.kind(kind)) }, count))
    });
    html! {
        form.filter hidden role="search" aria-label=(own.filter) data-shown=(own.shown_of) data-none=(own.none_left) {
            fieldset { legend { (own.by_outcome) } @for outcome in outcomes { (outcome) } }
            fieldset { legend { (own.by_kind) } @for kind in kinds { (kind) } }
            (arguments(ctx))
            div.selects { (stages(ctx)) (tasks(ctx)) (search(ctx)) }
            div.shown {
                p role="status" aria-live="polite" { (fill(own.shown_of, &[&rules.len(), &rules.len()])) }
                button type="reset" { (own.reset) }
            }
        }
    }
}

fn choice(name: &str, value: &str, label: &Markup, count: usize) -> Markup {
    html! { label.chip { input type="checkbox" name=(name) value=(value); span { (label) " " small { (count) } } } }
}

fn arguments(ctx: &Ctx<'_>) -> Markup {
    let used: IndexSet<&String> = ctx.report.rules.iter().filter_map(|rule| rule.argument.as_ref()).collect();
    let letters = ctx.report.packs.iter().flat_map(|pack| pack.arguments.keys());
    let letters: IndexSet<&String> = letters.filter(|letter| used.contains(letter)).collect();
    let count = |letter: &String| ctx.report.rules.iter().filter(|rule| rule.argument.as_ref() == Some(letter)).count();
    html! {
        @if !letters.is_empty() {
            fieldset {
                legend { (ctx.own.by_argument) }
                @for letter in letters { (choice("argument", letter, &html! { (letter) }, count(letter))) }
            }
        }
    }
}

fn stages(ctx: &Ctx<'_>) -> Markup {
    html! {
        @if !ctx.report.stages.is_empty() {
            label { span { (ctx.own.by_stage) } select name="stage" {
                option value="" { (ctx.own.every_stage) }
                @for stage in &ctx.report.stages {
                    option value=(stage.name) { (head::stage_title(ctx, &stage.name)) }
                }
            } }
        }
    }
}

fn tasks(ctx: &Ctx<'_>) -> Markup {
    let has_rules =
        |pack: &str, name: &str| ctx.report.rules.iter().any(|rule| rule.pack == pack && rule.module == name);
    let modules = ctx.report.modules.iter().filter(|module| has_rules(&module.pack, &module.name));
    html! {
        label { span { (ctx.own.by_task) } select name="task" {
            option value="" { (ctx.own.every_task) }
            @for module in modules {
                option value={ (module.pack) "/" (module.name) } { (safe(&module.code)) " " (ctx.say(&module.title)) }
            }
        } }
    }
}

fn search(ctx: &Ctx<'_>) -> Markup {
    html! { label { span { (ctx.own.by_text) } input type="search" name="text" autocomplete="off"; } }
}

/// What the script filters a rule by.
pub(super) struct Keys {
    pub kind: &'static str,
    pub outcome: &'static str,
    pub task: String,
    pub stages: String,
    pub argument: String,
}

impl Keys {
    pub fn of(rule: &Rule) -> Self {
        Self {
            kind: kind_name(rule.kind),
            outcome: Sign::of_rule(rule).name(),
            task: format!("{}/{}", rule.pack, rule.module),
            stages: rule.stages.join(" "),
            argument: rule.argument.clone().unwrap_or_default(),
        }
    }
}
