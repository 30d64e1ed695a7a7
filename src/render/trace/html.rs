//! The trace as one page of HTML that needs nothing else: no network, no script.

use super::{compared, form, outcome};
use crate::render::html::shell::Shell;
use crate::render::visible;
use crate::render::words::{Lang, pick};
use crate::trace::{Sentence, Trace, TracedSource};
use maud::{Markup, html};

/// What a trace has beside the style of all pages.
const STYLE: &str = "
body { max-width: 76rem; margin: 0 auto; padding: 2rem 1rem; }
h2 { margin: 2rem 0 .4rem; }
th, td { padding: .3rem .6rem; border-bottom: 1px solid var(--line); }
thead th { position: sticky; top: 0; background: var(--paper); }
tbody th { font-weight: 400; white-space: nowrap; font-variant-numeric: tabular-nums; }
tr.open { background: var(--fail-wash); }
.quiet { color: var(--soft); }
";

/// The trace as HTML.
#[must_use]
pub fn html(trace: &Trace, lang: Lang) -> String {
    let title = lang.choose("Sentences and rules", "条款与规则对照");
    let body = html! {
        main {
            h1 { (title) }
            @for source in &trace.sources { (of_source(source, lang)) }
        }
    };
    Shell { lang, title: title.to_owned(), style: STYLE, script: "" }.around(&body)
}

fn of_source(source: &TracedSource, lang: Lang) -> Markup {
    let coverage = &source.coverage;
    let head: [&str; 6] = match lang {
        Lang::En => ["sentence", "rule", "form", "title", "tests", "outcome"],
        Lang::Zh => ["条款", "编号", "类别", "名称", "测试数", "结果"],
    };
    html! {
        section {
            h2 { (visible(pick(&source.title, lang))) }
            p {
                @match lang {
                    Lang::En => { (coverage.accounted) " of " (coverage.sentences) " sentences accounted for; " (coverage.rules) " rules, " (coverage.outside) " outside entries" }
                    Lang::Zh => { (coverage.sentences) "句中已对应" (coverage.accounted) "句；规则" (coverage.rules) "条，声明之外" (coverage.outside) "条" }
                }
            }
            table {
                thead { tr { @for cell in head { th scope="col" { (cell) } } } }
                tbody { @for sentence in &source.sentences { (of_sentence(sentence, lang)) } }
            }
        }
    }
}

fn of_sentence(sentence: &Sentence, lang: Lang) -> Markup {
    let changed = sentence.copy.map_or("", |copy| compared(copy, lang));
    html! {
        @if sentence.entries.is_empty() {
            tr class=[sentence.required.then_some("open")] {
                th scope="row" { (visible(&sentence.locator)) }
                td colspan="5" .quiet { "–" @if !changed.is_empty() { " " (changed) } }
            }
        }
        @for (index, entry) in sentence.entries.iter().enumerate() {
            tr {
                th scope="row" { @if index == 0 { (visible(&sentence.locator)) @if !changed.is_empty() { " " (changed) } } }
                td { (visible(&entry.id)) }
                td { (form(entry.form, lang)) }
                td { (visible(pick(&entry.title, lang))) }
                td { (entry.tests) }
                td { (outcome(entry, lang)) }
            }
        }
    }
}
