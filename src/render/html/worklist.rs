//! What is still to declare: each field once, those that red lines wait for first.

use super::glyph::{KINDS, kind_name};
use super::{Ctx, safe};
use crate::ir::RuleKind;
use crate::render::words::fill;
use crate::report::contract::Undeclared;
use maud::{Markup, html};

pub(super) fn section(ctx: &Ctx<'_>) -> Markup {
    let fields: Vec<(usize, &Undeclared)> = ctx.report.undeclared.iter().enumerate().collect();
    html! {
        section.worklist id="worklist" aria-label=(ctx.words.worklist) {
            h2 { (ctx.words.worklist) " " small { (fields.len()) } }
            @if fields.is_empty() {
                p.why { (ctx.own.nothing_missing) }
            } @else {
                p.why { (ctx.own.worklist_why) }
                table.fields {
                    thead { tr {
                        @for head in [ctx.own.field, ctx.own.expects, ctx.own.line, ctx.own.blocks] {
                            th scope="col" { (head) }
                        }
                    } }
                    @for kind in KINDS { (group(ctx, kind, &fields)) }
                }
            }
        }
    }
}

/// The shortest way to a verdict, where somebody asked for it.
pub(super) fn shortest(ctx: &Ctx<'_>) -> Markup {
    let Some(worklist) = ctx.report.worklist.as_ref().filter(|list| !list.is_empty()) else { return Markup::default() };
    let words = ctx.words;
    let unmet = worklist.unmet();
    let open: Vec<&str> = worklist.open.iter().map(String::as_str).collect();
    html! {
        section.worklist id="shortest" aria-label=(words.shortest) {
            h2 { (words.shortest) " " small { (worklist.fields.len()) } }
            p.why { (fill(words.shortest_says, &[&worklist.fields.len(), &worklist.settles.len()])) }
            table.fields {
                thead { tr {
                    @for head in [ctx.own.field, ctx.own.expects, ctx.own.blocks] { th scope="col" { (head) } }
                } }
                tbody { @for field in &worklist.fields {
                    tr {
                        th scope="row" { (ctx.say(&field.label)) code { (safe(&field.pointer)) } }
                        td { (safe(&field.expects)) }
                        td.ids { @for id in &field.rules { (ctx.rule_link(id)) " " } }
                    }
                } }
            }
            @for (says, rules) in [(words.shortest_unmet, &unmet), (words.shortest_open, &open)] {
                @if !rules.is_empty() { p { (fill(says, &[&rules.join(ctx.lang.comma())])) } }
            }
        }
    }
}

/// The fields whose gravest waiting rule is of a kind.
fn group(ctx: &Ctx<'_>, kind: RuleKind, fields: &[(usize, &Undeclared)]) -> Markup {
    let own: Vec<_> = fields.iter().filter(|(_, field)| gravest(ctx, field) == Some(kind)).collect();
    let title = match kind {
        RuleKind::RedLine => ctx.words.worklist_for_red_lines,
        RuleKind::Baseline => ctx.words.worklist_for_baselines,
        RuleKind::Guidance => ctx.words.worklist_for_guidance,
    };
    html! {
        @if !own.is_empty() {
            tbody class=(kind_name(kind)) {
                tr { th.group colspan="4" scope="rowgroup" { (fill(title, &[&own.len()])) } }
                @for (at, field) in own { (row(ctx, *at, field)) }
            }
        }
    }
}

fn gravest(ctx: &Ctx<'_>, field: &Undeclared) -> Option<RuleKind> {
    let blocked = ctx.report.rules.iter().filter(|rule| field.rules.contains(&rule.id));
    blocked.map(|rule| rule.kind).max()
}

fn row(ctx: &Ctx<'_>, at: usize, field: &Undeclared) -> Markup {
    html! {
        tr id={ "field-" (at) } {
            th scope="row" { (ctx.say(&field.label)) code { (safe(&field.pointer)) } }
            td { (safe(&field.expects)) }
            td.number { (field.at.line) }
            td.ids { @for id in &field.rules { (ctx.rule_link(id)) " " } }
        }
    }
}
