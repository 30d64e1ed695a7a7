//! A book of rules as Markdown.

use super::{identity, kind, lapsed, rows};
use crate::book::{Book, Chapter, Entry, Part};
use crate::render::words::{Lang, pick};
use crate::render::{markdown, visible};
use std::fmt::Write;

/// The book as Markdown.
#[must_use]
pub fn markdown(book: &Book, lang: Lang) -> String {
    let mut text = String::new();
    for part in &book.parts {
        of_part(&mut text, part, lang);
    }
    let words = lang.table();
    line(&mut text, format_args!("---\n\n{}\n\n{}", words.book_stands, words.disclaimer));
    text
}

/// A paragraph; a string takes every character.
fn line(text: &mut String, paragraph: std::fmt::Arguments<'_>) {
    let _infallible = writeln!(text, "{paragraph}\n");
}

fn of_part(text: &mut String, part: &Part, lang: Lang) {
    let words = lang.table();
    line(text, format_args!("# {}", plain(pick(&part.title, lang))));
    line(text, format_args!("`{}`", visible(&identity(part))));
    if let Some(lapsed) = lapsed(part, lang) {
        line(text, format_args!("{lapsed}"));
    }
    list(text, words.sources, part.sources.iter().map(|(name, title)| format!("{name}: {}", pick(title, lang))));
    list(text, words.arguments, part.arguments.iter().map(|(letter, says)| format!("{letter}: {}", pick(says, lang))));
    for section in &part.sections {
        if let Some((locator, title)) = &section.title {
            line(text, format_args!("## {} {}", plain(locator), plain(pick(title, lang))));
        }
        for chapter in &section.chapters {
            of_chapter(text, part, chapter, lang);
        }
    }
}

fn of_chapter(text: &mut String, part: &Part, chapter: &Chapter, lang: Lang) {
    line(text, format_args!("### {}", plain(pick(&chapter.title, lang))));
    for entry in &chapter.entries {
        of_entry(text, part, entry, lang);
    }
}

fn of_entry(text: &mut String, part: &Part, entry: &Entry, lang: Lang) {
    let kind = kind(entry, lang);
    line(text, format_args!("#### {} {} · {kind}", plain(&entry.id), plain(pick(&entry.title, lang))));
    for row in rows(part, entry, lang) {
        let shown =
            |line: &String| if row.code { format!("`{}`", visible(line).replace('`', "'")) } else { plain(line) };
        match row.lines.as_slice() {
            [only] => {
                let _infallible = writeln!(text, "- **{}**: {}", row.title, shown(only));
            }
            lines => {
                let _infallible = writeln!(text, "- **{}**", row.title);
                for line in lines {
                    let _infallible = writeln!(text, "  - {}", shown(line));
                }
            }
        }
    }
    text.push('\n');
}

fn list(text: &mut String, title: &str, items: impl Iterator<Item = String>) {
    let items: Vec<String> = items.collect();
    if items.is_empty() {
        return;
    }
    line(text, format_args!("**{title}**"));
    for item in items {
        let _infallible = writeln!(text, "- {}", plain(&item));
    }
    text.push('\n');
}

/// A text in which nothing marks up.
fn plain(text: &str) -> String {
    markdown::plain(&visible(text))
}
