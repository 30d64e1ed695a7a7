//! A book of rules as one page of HTML that needs nothing else: no network, no script.

use super::{identity, kind, lapsed, rows};
use crate::book::{Book, Chapter, Entry, Part};
use crate::ir::RuleKind;
use crate::render::html::shell::Shell;
use crate::render::visible;
use crate::render::words::{Lang, pick};
use maud::{Markup, html};

/// What a book has beside the style of all pages.
const STYLE: &str = "
body { max-width: 52rem; margin: 0 auto; padding: 2rem 1rem; }
h2 { margin-top: 3rem; } h3 { margin-top: 2.5rem; padding-bottom: .2rem; border-bottom: 1px solid var(--line); }
main > section { margin-top: 3rem; } h1 + p, h2 + ul, h2 + dl { margin-top: .4rem; }
nav h2 { margin-top: 0; } nav ul { padding-left: 1rem; }
section > ul { list-style: disc; padding-left: 1.2rem; }
article { margin: 1.5rem 0; padding: .2rem 1rem; border-left: .3rem solid var(--line); }
article.red_line { border-color: var(--fail); } article.baseline { border-color: var(--review); } article.guidance { border-color: var(--pass); }
h4 { margin: .5rem 0; } h4 small { font: 400 .86em var(--sans); color: var(--soft); }
dl { display: grid; grid-template-columns: 9rem minmax(0, 1fr); gap: .2rem .8rem; margin: .3rem 0; font-size: .92rem; }
dt { color: var(--soft); } dd ul { list-style: disc; padding-left: 1.1rem; }
.quiet { color: var(--soft); overflow-wrap: anywhere; }
@media (max-width: 36rem) { dl { grid-template-columns: minmax(0, 1fr); } dt { margin-top: .4rem; } }
@media print { article { break-inside: avoid; } }
";

/// The book as HTML.
#[must_use]
pub fn html(book: &Book, lang: Lang) -> String {
    let words = lang.table();
    let titles: Vec<&str> = book.parts.iter().map(|part| pick(&part.title, lang)).collect();
    let title = visible(&titles.join(lang.comma())).into_owned();
    let body = html! {
        nav aria-label=(words.contents) {
            h2 { (words.contents) }
            @for part in &book.parts { (contents(part, lang)) }
        }
        main { @for part in &book.parts { (of_part(part, lang)) } }
        footer { p .quiet { (words.book_stands) } p .quiet { (words.disclaimer) } }
    };
    Shell { lang, title, style: STYLE, script: "" }.around(&body)
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
