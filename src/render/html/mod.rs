//! The report as one page of HTML that needs nothing else: it can be sent on, printed, and read with a screen reader. All
//! of it shows without the script, which only filters.
//!
//! What the families and tasks are comes from the report; nothing here knows a plan.

mod families;
mod filter;
mod glyph;
mod head;
mod portfolio;
mod record;
mod rules;
pub(super) mod shell;
mod tasks;
mod words;
mod worklist;

use super::format::{Format, Item, Run, Writer};
use super::human::Lines;
use super::page::value_words;
use super::visible::{shorten, visible};
use super::words::Table;
use super::{Lang, Options, pick, sums};
use crate::report::contract::{Rejected, Report, Rule, Shown, Words};
use maud::{Markup, html};
use shell::Shell;
use words::PageWords;

/// The report as a page.
pub(super) const FORMAT: Format = Format {
    name: "html",
    about: "A page of HTML that needs nothing else, to read, print and send on; of several declarations, their sums",
    start: |run| if run.several { sums::start(run, portfolio::page) } else { Box::new(Html { run }) },
};

struct Html {
    run: Run,
}

impl Html {
    fn shell(&self, title: String) -> Shell {
        let lang = self.run.options.lang;
        Shell { lang, title, style: include_str!("report.css"), script: include_str!("report.js") }
    }
}

impl Writer for Html {
    fn begin(&self) -> String {
        let title = PageWords::of(self.run.options.lang).report.to_owned();
        self.shell(title).open() + &glyph::symbols().0
    }

    fn piece(&self, item: Item<'_>) -> String {
        match item {
            Item::Report(report, declaration) => body(report, declaration, &self.run).into_string(),
            Item::Rejected(rejected) => rejection(rejected, self.run.options.lang).into_string(),
        }
    }

    fn end(&self) -> String {
        self.shell(String::new()).close()
    }
}

/// The page of one report. `declaration` is the text that was judged.
#[must_use]
pub fn page(report: &Report, declaration: &str, options: &Options) -> String {
    let html = Html { run: Run { options: *options, several: false } };
    let item = Item::Report(report, declaration);
    html.begin() + &html.piece(item) + &html.end()
}

/// What the parts of a report's page share.
struct Ctx<'a> {
    report: &'a Report,
    lines: Lines<'a>,
    lang: Lang,
    /// The words of all reports.
    words: &'static Table,
    /// The words of pages.
    own: &'static PageWords,
}

impl Ctx<'_> {
    /// Somebody's words, safe to show and not too long.
    fn say(&self, words: &Words) -> String {
        safe(pick(words, self.lang))
    }

    /// The id of a rule on the page.
    fn anchor(&self, rule: &Rule) -> String {
        let several = self.report.packs.len() > 1;
        if several { format!("{}/{}", rule.pack, rule.id) } else { rule.id.clone() }
    }

    /// A link to a rule by its id, where it is on the page.
    fn rule_link(&self, id: &str) -> Markup {
        let found = self.report.rules.iter().find(|rule| rule.id == id);
        html! {
            @if let Some(rule) = found { a href={ "#" (self.anchor(rule)) } { (safe(id)) } } @else { (safe(id)) }
        }
    }

    /// A value on one line.
    fn shown(&self, value: &Shown) -> String {
        safe(&value_words(value, self.lang))
    }
}

/// Somebody's text, safe to show and not too long.
fn safe(text: &str) -> String {
    visible(&shorten(text)).into_owned()
}

fn body(report: &Report, declaration: &str, run: &Run) -> Markup {
    let lang = run.options.lang;
    let ctx =
        Ctx { report, lines: Lines::of(report, declaration), lang, words: lang.table(), own: PageWords::of(lang) };
    let parts = html! {
        (families::section(&ctx))
        (tasks::section(&ctx))
        (rules::section(&ctx))
        (worklist::section(&ctx))
        (worklist::shortest(&ctx))
        (record::section(&ctx))
    };
    html! {
        a.skip href="#findings" { (ctx.own.skip) }
        div.report data-report {
            (head::masthead(&ctx)) (contents(&ctx)) main { (parts) } (record::foot(&ctx))
        }
    }
}

fn contents(ctx: &Ctx<'_>) -> Markup {
    let own = ctx.own;
    let shortest =
        ctx.report.worklist.as_ref().filter(|list| !list.is_empty()).map(|_| ("shortest", ctx.words.shortest));
    let entries = [
        ("families", own.families),
        ("tasks", own.tasks),
        ("findings", own.findings),
        ("worklist", ctx.words.worklist),
    ];
    let entries = entries.into_iter().chain(shortest).chain([("record", own.record)]);
    html! {
        nav.contents aria-label=(own.contents) {
            ul { @for (id, title) in entries { li { a href={ "#" (id) } { (title) } } } }
        }
    }
}

/// A declaration that could not be judged.
fn rejection(rejected: &Rejected, lang: Lang) -> Markup {
    let own = PageWords::of(lang);
    html! {
        div.report.rejected {
            section {
                h1 { (safe(&rejected.declaration.file)) " — " (own.rejected) }
                ul { @for problem in &rejected.diagnostics {
                    li {
                        code { (problem.code) } " " (safe(&problem.message))
                        @if let Some(at) = &problem.at { " (" (at.line) ":" (at.column) ")" }
                        @for help in &problem.help { p.help { (safe(help)) } }
                    }
                } }
            }
        }
    }
}
