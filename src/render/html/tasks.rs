//! All tasks at a glance: one row for each module, one mark for each of its rules.

use super::glyph::{KINDS, SIGNS, Sign, glyph};
use super::{Ctx, safe};
use crate::ir::RuleKind;
use crate::render::words::fill;
use crate::report::contract::{Module, Rule};
use indexmap::IndexMap;
use maud::{Markup, html};

pub(super) fn section(ctx: &Ctx<'_>) -> Markup {
    let mut sections: IndexMap<(&str, Option<&str>), Vec<&Module>> = IndexMap::new();
    for module in &ctx.report.modules {
        sections.entry((&module.pack, module.section.as_deref())).or_default().push(module);
    }
    html! {
        section.tasks id="tasks" aria-label=(ctx.own.tasks) {
            h2 { (ctx.own.tasks) }
            p.why { (ctx.own.tasks_why) }
            (legend(ctx))
            div.grid { @for ((pack, section), modules) in &sections { (group(ctx, pack, *section, modules)) } }
        }
    }
}

/// The signs that are used, in words.
fn legend(ctx: &Ctx<'_>) -> Markup {
    let used = SIGNS.into_iter().filter(|sign| ctx.report.rules.iter().any(|rule| Sign::of_rule(rule) == *sign));
    html! {
        ul.legend aria-label=(ctx.own.legend) {
            @for sign in used { li { (glyph(sign)) " " (sign.words(ctx.words)) } }
        }
    }
}

fn group(ctx: &Ctx<'_>, pack: &str, section: Option<&str>, modules: &[&Module]) -> Markup {
    let pack = ctx.report.packs.iter().find(|own| own.name == pack);
    let title = section.and_then(|key| Some((key, ctx.say(pack?.sections.get(key)?))));
    html! {
        table.map {
            caption {
                @match &title {
                    Some((key, title)) => { span.number { (key) } " " (title) }
                    None => { (pack.map(|pack| ctx.say(&pack.title)).unwrap_or_default()) }
                }
            }
            thead { tr {
                th scope="col" { (ctx.own.task) }
                @for kind in KINDS { th scope="col" { (ctx.words.kinds(kind)) } }
                th scope="col" { (ctx.own.outside) }
            } }
            tbody { @for module in modules { (row(ctx, module)) } }
        }
    }
}

fn row(ctx: &Ctx<'_>, module: &Module) -> Markup {
    let rules: Vec<&Rule> =
        ctx.report.rules.iter().filter(|rule| rule.module == module.name && rule.pack == module.pack).collect();
    let title = html! { span.code { (safe(&module.code)) } " " (ctx.say(&module.title)) };
    html! {
        tr {
            th scope="row" title=[locator(ctx, module)] {
                @match rules.first() {
                    Some(first) => a href={ "#" (ctx.anchor(first)) } data-task={ (module.pack) "/" (module.name) } { (title) },
                    None => span { (title) },
                }
            }
            @if rules.is_empty() {
                td.empty colspan="3" { (ctx.own.no_rules) }
            } @else {
                @for kind in KINDS { (marks(ctx, kind, &rules)) }
            }
            td.outside title=(fill(ctx.own.outside_title, &[&module.outside])) {
                @if module.outside > 0 { (module.outside) }
            }
        }
    }
}

fn locator(ctx: &Ctx<'_>, module: &Module) -> Option<String> {
    (!module.locator.is_empty()).then(|| fill(ctx.words.clause, &[&safe(&module.locator)]))
}

/// The rules of a kind, the gravest outcome first.
fn marks(ctx: &Ctx<'_>, kind: RuleKind, rules: &[&Rule]) -> Markup {
    let mut own: Vec<&Rule> = rules.iter().copied().filter(|rule| rule.kind == kind).collect();
    own.sort_by_key(|rule| rule.outcome);
    let count = |sign: Sign| own.iter().filter(|rule| Sign::of_rule(rule) == sign).count();
    let counted = SIGNS.into_iter().filter(|sign| count(*sign) > 0);
    let said: Vec<String> = counted.map(|sign| format!("{} {}", count(sign), sign.words(ctx.words))).collect();
    html! {
        td class=(super::glyph::kind_name(kind)) {
            span.unseen { (said.join(ctx.lang.comma())) }
            @for rule in own {
                @let sign = Sign::of_rule(rule);
                span class={ "mark " (sign.name()) }
                    title={ (rule.id) " " (ctx.say(&rule.title)) " — " (sign.words(ctx.words)) } { (glyph(sign)) }
            }
        }
    }
}
