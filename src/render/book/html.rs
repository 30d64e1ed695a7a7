//! A book of rules as one page of HTML that needs nothing else: no network, no script.

use super::{identity, kind, lapsed, rows};
use crate::book::{Book, Chapter, Entry, Part};
use crate::ir::RuleKind;
use crate::render::visible;
use crate::render::words::{Lang, pick};
use maud::{DOCTYPE, Markup, PreEscaped, html};

const STYLE: &str = "
:root { color-scheme: light dark; font: 16px/1.6 system-ui, 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif; }
body { max-width: 50rem; margin: 2rem auto; padding: 0 1rem; }
h1 { line-height: 1.25; } h2 { margin-top: 3rem; } h3 { margin-top: 2.5rem; border-bottom: 1px solid #8886; }
nav ul { list-style: none; padding-left: 1rem; }
article { margin: 1.5rem 0; padding: .2rem 1rem; border-left: .3rem solid #8886; }
article.red_line { border-color: #c33; } article.baseline { border-color: #47a; } article.guidance { border-color: #6a6; }
h4 { margin: .5rem 0; } h4 small { font-weight: normal; opacity: .75; }
dl { display: grid; grid-template-columns: 9rem 1fr; gap: .2rem .8rem; margin: .3rem 0; font-size: .92rem; }
dt { opacity: .75; } dd { margin: 0; } dd ul { margin: 0; padding-left: 1.1rem; }
code { font-size: .88rem; overflow-wrap: anywhere; }
.quiet { opacity: .75; overflow-wrap: anywhere; }
@media (max-width: 36rem) { dl { grid-template-columns: 1fr; } dt { margin-top: .4rem; } }
@media print { article { break-inside: avoid; } nav a { color: inherit; text-decoration: none; } }
";

/// The book as HTML.
#[must_use]
pub fn html(book: &Book, lang: Lang) -> String {
    let words = lang.table();
    let code = if lang == Lang::En { "en" } else { "zh-Hans" };
    let titles: Vec<&str> = book.parts.iter().map(|part| pick(&part.title, lang)).collect();
    let page = html! {
        (DOCTYPE)
        html lang=(code) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (visible(&titles.join(lang.comma()))) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                nav {
                    h2 { (words.contents) }
                    @for part in &book.parts { (contents(part, lang)) }
                }
                main { @for part in &book.parts { (of_part(part, lang)) } }
                footer { p .quiet { (words.book_stands) } p .quiet { (words.disclaimer) } }
            }
        }
    };
    page.into_string() + "\n"
}

/// Where a chapter stands on the page.
fn anchor(part: &Part, chapter: &Chapter) -> String {
    format!("{}.{}", part.name, chapter.module)
}

fn contents(part: &Part, lang: Lang) -> Markup {
    html! {
        p { (visible(pick(&part.title, lang))) }
        @for section in &part.sections {
            ul {
                @if let Some((locator, title)) = &section.title { li { (visible(locator)) " " (visible(pick(title, lang))) } }
                ul {
                    @for chapter in &section.chapters {
                        li { a href={ "#" (anchor(part, chapter)) } { (visible(pick(&chapter.title, lang))) } }
                    }
                }
            }
        }
    }
}

fn of_part(part: &Part, lang: Lang) -> Markup {
    let words = lang.table();
    html! {
        section {
            h1 { (visible(pick(&part.title, lang))) }
            p .quiet { (visible(&identity(part))) }
            @if let Some(lapsed) = lapsed(part, lang) { p .quiet { (lapsed) } }
            h2 { (words.sources) }
            ul { @for (name, title) in &part.sources { li { (visible(name)) ": " (visible(pick(title, lang))) } } }
            @if !part.arguments.is_empty() {
                h2 { (words.arguments) }
                dl { @for (letter, says) in &part.arguments { dt { (visible(letter)) } dd { (visible(pick(says, lang))) } } }
            }
            @for section in &part.sections {
                @if let Some((locator, title)) = &section.title {
                    h2 { (visible(locator)) " " (visible(pick(title, lang))) }
                }
                @for chapter in &section.chapters {
                    h3 id=(anchor(part, chapter)) { (visible(pick(&chapter.title, lang))) }
                    @for entry in &chapter.entries { (of_entry(part, entry, lang)) }
                }
            }
        }
    }
}

fn of_entry(part: &Part, entry: &Entry, lang: Lang) -> Markup {
    let class = entry.kind.map_or("outside", RuleKind::as_str);
    let shown = |line: &str, code: bool| html! { @if code { code { (visible(line)) } } @else { (visible(line)) } };
    html! {
        article class=(class) id={ (part.name) "." (entry.id) } {
            h4 { (visible(&entry.id)) " " (visible(pick(&entry.title, lang))) " " small { (kind(entry, lang)) } }
            dl {
                @for row in rows(part, entry, lang) {
                    dt { (row.title) }
                    dd {
                        @if let [only] = row.lines.as_slice() { (shown(only, row.code)) }
                        @else { ul { @for line in &row.lines { li { (shown(line, row.code)) } } } }
                    }
                }
            }
        }
    }
}
