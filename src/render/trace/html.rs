//! The trace as one page of HTML that needs nothing else: no network, no script.

use super::{compared, form, outcome};
use crate::render::visible;
use crate::render::words::{Lang, pick};
use crate::trace::{Sentence, Trace, TracedSource};
use maud::{DOCTYPE, Markup, PreEscaped, html};

const STYLE: &str = "
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid #8886; }
th { position: sticky; top: 0; background: Canvas; }
tr.open td { background: #d33a; }
.quiet { opacity: .7; }
";

/// The trace as HTML.
#[must_use]
pub fn html(trace: &Trace, lang: Lang) -> String {
    let (code, title) = match lang {
        Lang::En => ("en", "Sentences and rules"),
        Lang::Zh => ("zh-Hans", "条款与规则对照"),
    };
    let page = html! {
        (DOCTYPE)
        html lang=(code) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                h1 { (title) }
                @for source in &trace.sources { (of_source(source, lang)) }
            }
        }
    };
    page.into_string() + "\n"
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
