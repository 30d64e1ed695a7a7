//! Many declarations as one page: how they were decided, then by task, by rule, by institution, and the worst of them. Every
//! table has the worst first, and sorts where the script runs. It is made of the sums alone, so that it holds any number.

mod tables;
mod words;

use super::shell::Shell;
use super::{glyph, safe};
use crate::render::words::{Table, fill};
use crate::render::{Lang, Options, pick};
use crate::report::contract::Decision;
use crate::report::portfolio::{DECISIONS, Portfolio};
use maud::{Markup, html};
use words::Words;

/// The page.
pub(super) fn page(portfolio: &Portfolio, options: &Options) -> String {
    let ctx = Ctx::new(portfolio, options.lang);
    let shell = Shell {
        lang: ctx.lang,
        title: ctx.own.title.to_owned(),
        style: concat!(include_str!("../report.css"), include_str!("portfolio.css")),
        script: include_str!("sort.js"),
    };
    shell.around(&body(&ctx))
}

/// What the parts of the page share.
struct Ctx<'a> {
    portfolio: &'a Portfolio,
    lang: Lang,
    words: &'static Table,
    own: &'static Words,
}

impl<'a> Ctx<'a> {
    fn new(portfolio: &'a Portfolio, lang: Lang) -> Self {
        Self { portfolio, lang, words: lang.table(), own: Words::of(lang) }
    }

    /// The decisions that there are, worst first.
    fn decisions(&self) -> impl Iterator<Item = Option<Decision>> {
        DECISIONS.into_iter().filter(|decision| self.portfolio.all.count(*decision) > 0)
    }
}

fn body(ctx: &Ctx<'_>) -> Markup {
    html! {
        (glyph::symbols())
        a.skip href="#tasks" { (ctx.own.skip) }
        div.report.portfolio {
            (masthead(ctx))
            (contents(ctx))
            main {
                @if ctx.portfolio.all.total() == 0 { p.why { (ctx.own.nothing) } }
                (tables::tasks(ctx)) (tables::rules(ctx)) (tables::institutions(ctx)) (tables::declarations(ctx))
            }
            (foot(ctx))
        }
    }
}

fn masthead(ctx: &Ctx<'_>) -> Markup {
    html! {
        header.masthead {
            p.kicker { (ctx.own.kicker) @for pack in ctx.portfolio.packs() { " · " (safe(pick(&pack.title, ctx.lang))) } }
            h1 { (fill(ctx.words.declarations_count, &[&ctx.portfolio.all.total()])) }
            (decisions(ctx))
        }
    }
}

/// How many were decided how, with a bar that says it to the eye.
fn decisions(ctx: &Ctx<'_>) -> Markup {
    let all = &ctx.portfolio.all;
    let rejected = (all.rejected > 0).then_some(("rejected", ctx.words.rejected, None, all.rejected));
    let decided = ctx.decisions().map(|decision| {
        (glyph::decision_name(decision), ctx.words.decision(decision).0, Some(decision), all.count(decision))
    });
    let parts: Vec<_> = decided.chain(rejected).collect();
    let widths: Vec<(&str, u64)> = parts.iter().map(|(name, _, _, count)| (*name, *count)).collect();
    html! {
        dl.decisions aria-label=(ctx.own.decisions) {
            @for (name, word, decision, count) in &parts {
                div class=(name) {
                    dt { @if let Some(decision) = decision { (glyph::decision_glyph(*decision)) " " } (word) }
                    dd { (count) }
                }
            }
        }
        (glyph::bar(&widths))
    }
}

fn contents(ctx: &Ctx<'_>) -> Markup {
    let own = ctx.own;
    let entries = [
        ("tasks", own.by_task),
        ("rules", own.by_rule),
        ("institutions", own.by_institution),
        ("declarations", own.declarations),
    ];
    html! {
        nav.contents aria-label=(own.contents) {
            ul { @for (id, title) in entries { li { a href={ "#" (id) } { (title) } } } }
        }
    }
}

fn foot(ctx: &Ctx<'_>) -> Markup {
    let days = ctx
        .portfolio
        .days
        .map(|(first, last)| if first == last { first.to_string() } else { fill(ctx.own.days, &[&first, &last]) });
    html! {
        footer {
            p.disclaimer { (ctx.words.disclaimer) }
            p { (ctx.own.table_of) }
            dl {
                @for pack in ctx.portfolio.packs() {
                    div { dt { (ctx.words.pack) } dd { (safe(&pack.name)) " " (safe(&pack.version)) code { (pack.digest) } } }
                }
                @if let Some(days) = days { div { dt { (ctx.words.as_of) } dd { (days) } } }
                div { dt { (ctx.words.engine) } dd { "hongxian " (env!("CARGO_PKG_VERSION")) } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sample;
    use crate::report::contract::RejectedDeclaration;
    use crate::report::portfolio::MAX_ROWS;
    use crate::report::verdict::Verdict;

    fn page(portfolio: &Portfolio, lang: Lang) -> String {
        super::page(portfolio, &Options { lang, ..Options::default() })
    }

    #[test]
    fn a_cut_list_says_so() {
        let mut portfolio = Portfolio::default();
        let bad = RejectedDeclaration { file: "bad.json".into(), line: None, digest: None };
        for _ in 0..MAX_ROWS {
            portfolio.add_rejected(&bad);
        }
        let rows = |page: &str| page.matches("<tr").count();
        let whole = page(&portfolio, Lang::En);
        assert!(!whole.contains("in the sums only"));
        portfolio.add(&Verdict::from(&sample::report()));
        let cut = page(&portfolio, Lang::En);
        assert!(cut.contains("The worst 1000 are listed. 1 others are in the sums only."));
        // The refused one stands before those that are not valid, and pushes one of them out.
        assert!(cut.contains("基于物联网的供应链金融"), "the worst is listed");
        assert!(rows(&cut) > rows(&whole));
    }

    #[test]
    fn nothing_is_said_to_be_nothing() {
        assert!(page(&Portfolio::default(), Lang::Zh).contains(Words::of(Lang::Zh).nothing));
    }
}
