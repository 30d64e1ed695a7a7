//! The head of a report: what was judged, the decision, how much there is of it.

use super::glyph::{self, KINDS, SIGNS, Sign, glyph};
use super::{Ctx, safe};
use crate::ir::RuleKind;
use crate::render::words::fill;
use maud::{Markup, html};

pub(super) fn masthead(ctx: &Ctx<'_>) -> Markup {
    let declaration = &ctx.report.declaration;
    let name = declaration.name.as_deref().map_or_else(|| ctx.own.unnamed.to_owned(), safe);
    html! {
        header.masthead {
            p.kicker { (ctx.own.report) @for pack in &ctx.report.packs { " · " (ctx.say(&pack.title)) } }
            h1 { (name) }
            p.who {
                @for text in [&declaration.institution, &declaration.id].into_iter().flatten() { span { (safe(text)) } }
            }
            (decision(ctx))
            (notices(ctx))
            div.glance { (facts(ctx)) (tally(ctx)) }
        }
    }
}

fn decision(ctx: &Ctx<'_>) -> Markup {
    let decision = ctx.report.decision;
    let (word, why) = ctx.words.decision(decision);
    html! {
        div class={ "decision " (glyph::decision_name(decision)) } {
            (glyph::decision_glyph(decision))
            p { strong { (word) } " " span { (why) } }
        }
    }
}

fn notices(ctx: &Ctx<'_>) -> Markup {
    html! {
        @if !ctx.report.notices.is_empty() {
            ul.notices aria-label=(ctx.own.notices) {
                @for notice in &ctx.report.notices { li { (ctx.say(&notice.message)) } }
            }
        }
    }
}

fn facts(ctx: &Ctx<'_>) -> Markup {
    let (report, words) = (ctx.report, ctx.words);
    let stage = report.stage.as_ref().map_or(words.stage_not_known.to_owned(), |stage| stage_title(ctx, &stage.name));
    let filing = fill(ctx.own.filing_short, &[&report.filing.given, &report.filing.of]);
    let open = report.filing.of.saturating_sub(report.filing.given);
    let filed = [("given", u64::from(report.filing.given)), ("open", u64::from(open))];
    html! {
        dl.facts {
            div { dt { (words.as_of) } dd { (report.as_of.date) small { (words.origin(report.as_of.from)) } } }
            div { dt { (words.stage) } dd {
                (stage) @if let Some(stage) = &report.stage { small { (words.origin(stage.from)) } }
            } }
            div { dt { (words.filing) } dd {
                (filing) (glyph::bar(&filed))
            } }
            div { dt { (ctx.own.unproven_claims) } dd { (report.summary.unproven_claims) } }
        }
    }
}

/// A stage in words.
pub(super) fn stage_title(ctx: &Ctx<'_>, name: &str) -> String {
    let known = ctx.report.stages.iter().find(|stage| stage.name == name);
    known.map_or_else(|| safe(name), |stage| ctx.say(&stage.title))
}

/// How many rules of each kind came to which outcome.
fn tally(ctx: &Ctx<'_>) -> Markup {
    let count = |kind: Option<RuleKind>, sign: Sign| {
        let rules = ctx.report.rules.iter().filter(|rule| Sign::of_rule(rule) == sign);
        let rules = rules.filter(|rule| kind.is_none_or(|kind| rule.kind == kind));
        u64::try_from(rules.count()).unwrap_or(u64::MAX)
    };
    let used: Vec<Sign> = SIGNS.into_iter().filter(|sign| count(None, *sign) > 0).collect();
    html! {
        table.tally {
            caption.unseen { (ctx.own.counts) }
            thead { tr {
                td {}
                @for sign in &used { th scope="col" { (glyph(*sign)) " " span { (sign.words(ctx.words)) } } }
                td.bars {}
            } }
            tbody { @for kind in KINDS {
                tr class=(glyph::kind_name(kind)) {
                    th scope="row" { (ctx.words.kinds(kind)) }
                    @for sign in &used {
                        @let number = count(Some(kind), *sign);
                        td class=[(number == 0).then_some("nought")] { (number) }
                    }
                    td.bars { (glyph::bar(&SIGNS.map(|sign| (sign.name(), count(Some(kind), sign))))) }
                }
            } }
        }
    }
}
