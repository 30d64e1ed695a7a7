//! The rules, by what they came to: those that fail with all that was found, those that hold with their proof.

use super::filter::{self, Keys};
use super::glyph::{SIGNS, Sign, glyph};
use super::{Ctx, safe};
use crate::ir::RuleKind;
use crate::render::human::absent;
use crate::render::view::View;
use crate::render::words::fill;
use crate::report::contract::{Cause, Finding, Outcome, Rule};
use indexmap::IndexSet;
use maud::{Markup, html};

/// How many columns of a line of the declaration are shown.
const EXCERPT: usize = 160;

pub(super) fn section(ctx: &Ctx<'_>) -> Markup {
    html! {
        section.findings id="findings" aria-label=(ctx.own.findings) {
            h2 tabindex="-1" { (ctx.own.findings) }
            (filter::form(ctx))
            div.groups { @for sign in SIGNS { (group(ctx, sign)) } }
        }
    }
}

/// The rules that came to the same, the gravest kind first.
fn group(ctx: &Ctx<'_>, sign: Sign) -> Markup {
    let mut rules: Vec<&Rule> = ctx.report.rules.iter().filter(|rule| Sign::of_rule(rule) == sign).collect();
    rules.sort_by_key(|rule| std::cmp::Reverse(rule.kind));
    html! {
        @if !rules.is_empty() {
            section.group {
                h3 { (glyph(sign)) " " (title(ctx, sign)) " " small { (rules.len()) } }
                @match sign {
                    Sign::Pass => (passed(ctx, &rules)),
                    Sign::NotApplicable => (table(ctx, &rules, ctx.own.reason, |rule| reason(ctx, rule))),
                    _ => @for rule in &rules { (article(ctx, rule)) },
                }
            }
        }
    }
}

const fn title(ctx: &Ctx<'_>, sign: Sign) -> &'static str {
    match sign {
        Sign::Fail => ctx.own.group_fail,
        Sign::Error => ctx.own.group_error,
        Sign::Unknown => ctx.own.group_unknown,
        Sign::Review => ctx.own.group_review,
        Sign::Waived => ctx.own.group_waived,
        Sign::NotShown => ctx.own.group_not_shown,
        Sign::Pass => ctx.own.group_pass,
        Sign::NotApplicable => ctx.own.group_not_applicable,
    }
}

fn passed(ctx: &Ctx<'_>, rules: &[&Rule]) -> Markup {
    let listed = rules.iter().any(|rule| !rule.findings.is_empty());
    html! {
        (table(ctx, rules, ctx.own.proof, |rule| {
            rule.proof.map_or(ctx.own.no_proof, |grade| ctx.words.grade(grade)).to_owned()
        }))
        @if listed {
            details {
                summary { (ctx.words.passed) ": " (ctx.words.derivation) }
                @for rule in rules.iter().filter(|rule| !rule.findings.is_empty()) {
                    @for finding in &rule.findings { (self::finding(ctx, rule, finding)) }
                }
            }
        }
    }
}

fn reason(ctx: &Ctx<'_>, rule: &Rule) -> String {
    rule.reason.map_or("", |reason| ctx.words.reason(reason)).to_owned()
}

fn table(ctx: &Ctx<'_>, rules: &[&Rule], last: &str, tell: impl Fn(&Rule) -> String) -> Markup {
    let own = ctx.own;
    html! {
        table.rules {
            thead { tr { @for head in [own.rule, own.title, own.kind, own.clause, last] { th scope="col" { (head) } } } }
            tbody { @for rule in rules {
                @let keys = Keys::of(rule);
                tr id=(ctx.anchor(rule)) data-rule data-kind=(keys.kind) data-outcome=(keys.outcome) data-task=(keys.task)
                    data-stages=(keys.stages) data-argument=(keys.argument) {
                    th scope="row" { (rule.id) }
                    td { (ctx.say(&rule.title)) }
                    td class=(keys.kind) { (ctx.words.kind(rule.kind)) }
                    td.clause { (clauses(ctx, rule)) }
                    td { (tell(rule)) }
                }
            } }
        }
    }
}

fn clauses(ctx: &Ctx<'_>, rule: &Rule) -> String {
    safe(&rule.cites.join(ctx.lang.comma()))
}

fn article(ctx: &Ctx<'_>, rule: &Rule) -> Markup {
    let keys = Keys::of(rule);
    let id = ctx.anchor(rule);
    html! {
        article class={ "rule " (keys.outcome) " " (keys.kind) } id=(id) aria-labelledby={ (id) "-title" } data-rule
            data-kind=(keys.kind) data-outcome=(keys.outcome) data-task=(keys.task) data-stages=(keys.stages)
            data-argument=(keys.argument) {
            h4 id={ (id) "-title" } { span.code { (rule.id) } " " (ctx.say(&rule.title)) }
            (about(ctx, rule))
            (findings(ctx, rule))
            @if rule.passed > 0 { p.beside { (fill(ctx.own.met_beside, &[&rule.passed])) } }
            (remedy(ctx, rule))
            @if rule.outcome == Outcome::Review {
                p.digest { (ctx.words.facts_at) " " code { (rule.facts) } }
            }
        }
    }
}

/// What a rule is: outcome, kind, clause, argument, to whom it speaks.
fn about(ctx: &Ctx<'_>, rule: &Rule) -> Markup {
    let words = ctx.words;
    html! {
        p.about {
            span class={ "outcome " (Keys::of(rule).outcome) } { (glyph(Sign::of_rule(rule))) " " (words.outcome(rule.outcome, rule.kind)) }
            span class={ "kind " (Keys::of(rule).kind) } { (words.kind(rule.kind)) }
            span { (fill(words.clause, &[&clauses(ctx, rule)])) }
            @if let Some(letter) = &rule.argument { span { (fill(words.argument, &[letter])) } }
            span { (fill(words.addressed_to, &[&words.addressee(rule.addressee)])) }
            @if let Some(pack) = &rule.raised_by { span { (fill(words.raised_by, &[&safe(pack)])) } }
        }
    }
}

/// What was found, the gravest first; and together, the fields that the rest waits for. Where those would stand is told
/// on demand.
fn findings(ctx: &Ctx<'_>, rule: &Rule) -> Markup {
    let (waiting, mut told): (Vec<&Finding>, Vec<&Finding>) = rule.findings.iter().partition(|finding| waits(finding));
    told.sort_by_key(|finding| finding.outcome);
    let missing: IndexSet<&String> = waiting.iter().flat_map(|finding| &finding.missing).collect();
    html! {
        @for finding in told { (self::finding(ctx, rule, finding)) }
        @if !missing.is_empty() {
            div.waits {
                div.missing {
                    span { (ctx.own.missing) }
                    ul { @for pointer in &missing { li { (pointer_link(ctx, pointer)) } } }
                }
                details {
                    summary { (ctx.own.where_it_would_stand) span.unseen { " (" (rule.id) ")" } }
                    @for finding in waiting { (excerpt(ctx, finding)) }
                }
            }
        }
    }
}

/// Whether nothing but fields that were not declared keeps a finding undecided.
fn waits(finding: &Finding) -> bool {
    finding.outcome == Outcome::Unknown
        && !finding.missing.is_empty()
        && finding.causes.iter().all(|cause| *cause == Cause::Undeclared)
}

/// A missing field, linked to its row of the worklist.
fn pointer_link(ctx: &Ctx<'_>, pointer: &str) -> Markup {
    let field = ctx.report.undeclared.iter().enumerate().find(|(_, field)| field.pointer == pointer);
    html! {
        @if let Some((at, field)) = field { a href={ "#field-" (at) } { (ctx.say(&field.label)) } " " }
        code { (safe(pointer)) }
    }
}

fn finding(ctx: &Ctx<'_>, rule: &Rule, finding: &Finding) -> Markup {
    let others = finding.values.iter().filter(|(pointer, _)| **pointer != finding.pointer);
    let others: Vec<_> = others.collect();
    let differs = finding.outcome != rule.outcome;
    html! {
        div.finding {
            p.message {
                @if differs { span.outcome { (glyph(Sign::of(finding.outcome, rule.kind))) " " (ctx.words.outcome(finding.outcome, rule.kind)) ": " } }
                (ctx.say(&finding.message))
                @if let Some(outcome) = finding.waived_from {
                    " " small { (fill(ctx.own.would_be, &[&ctx.words.outcome(outcome, rule.kind)])) }
                }
            }
            (excerpt(ctx, finding))
            @if !others.is_empty() {
                dl.values aria-label=(ctx.own.seen) { @for (pointer, value) in others {
                    div { dt { code { (safe(pointer)) } } dd { (ctx.shown(value)) } }
                } }
            }
            @if finding.outcome == Outcome::Fail && rule.kind != RuleKind::Guidance {
                (needed(ctx, finding))
            }
            @if !finding.assumed.is_empty() {
                p.assumed { (ctx.words.assumed) " " @for pointer in &finding.assumed { code { (safe(pointer)) } " " } }
            }
        }
    }
}

/// What must become true, and where the proof of it stands, or would.
fn needed(ctx: &Ctx<'_>, finding: &Finding) -> Markup {
    let proofs = ctx.words.proofs(finding);
    html! {
        dl.needed {
            div { dt { (ctx.words.must_hold) } dd { code { (safe(&finding.requires)) } } }
            div {
                dt { (ctx.words.proof_at) }
                dd { @if proofs.is_empty() { (ctx.words.no_proof_field) } @else { (safe(&proofs.join(ctx.lang.comma()))) } }
            }
        }
    }
}

/// What would mend it: once where all findings say the same.
fn remedy(ctx: &Ctx<'_>, rule: &Rule) -> Markup {
    let remedies: IndexSet<String> =
        rule.findings.iter().filter_map(|finding| finding.remedy.as_ref()).map(|remedy| ctx.say(remedy)).collect();
    html! { @for text in remedies { p.remedy { b { (ctx.words.remedy) } " " (text) } } }
}

/// The line of the declaration that a finding points at, the value marked.
fn excerpt(ctx: &Ctx<'_>, finding: &Finding) -> Markup {
    let found = ctx.lines.value(finding.at.line, finding.at.column);
    html! {
        figure.excerpt {
            figcaption {
                (fill(ctx.words.line, &[&finding.at.line]))
                @if !finding.pointer.is_empty() { " " code { (safe(&finding.pointer)) } }
            }
            @if let Some((line, value)) = found {
                @let view = View::new(line, &value, EXCERPT);
                @let marked = view.range(&value);
                pre { code {
                    span.line aria-hidden="true" { (finding.at.line) }
                    (view.text.get(..marked.start).unwrap_or_default())
                    mark { (view.text.get(marked.clone()).unwrap_or_default()) }
                    (view.text.get(marked.end..).unwrap_or_default())
                } }
                @if let Some(name) = absent(finding, line.get(value).unwrap_or_default()) {
                    p.absent { (fill(ctx.words.not_declared_here, &[&safe(name)])) }
                }
            }
        }
    }
}
