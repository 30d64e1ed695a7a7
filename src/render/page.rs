//! A page that is being written: indented, wrapped by width, coloured; and everything on it made visible.

use super::style::{Painted, Palette};
use super::visible::{shorten, visible, visible_lines};
use super::words::{Lang, Table, fill};
use super::wrap::{width, wrap};
use super::{Detail, Options};
use crate::report::contract::Shown;
use anstyle::Style;
use std::fmt::{self, Write};

/// The page.
pub(super) struct Page {
    /// What has been written.
    pub text: String,
    pub words: &'static Table,
    pub lang: Lang,
    pub palette: Palette,
    pub width: usize,
    pub verbose: bool,
}

impl Page {
    pub fn new(options: &Options) -> Self {
        Self {
            text: String::with_capacity(8192),
            words: options.lang.table(),
            lang: options.lang,
            palette: Palette::new(options.colour),
            width: options.width.clamp(40, 120),
            verbose: options.detail == Detail::Verbose,
        }
    }

    /// Appends as it stands: only for what is our own, or made visible before.
    pub fn put(&mut self, text: fmt::Arguments<'_>) {
        // A string takes every character.
        let _ = self.text.write_fmt(text);
    }

    /// An empty line.
    pub fn gap(&mut self) {
        self.text.push('\n');
    }

    /// A section's title, after an empty line.
    pub fn section(&mut self, title: &str, note: &str) {
        self.gap();
        let title = Painted(self.palette.strong(), title).to_string();
        let note = if note.is_empty() { String::new() } else { format!("  {}", Painted(self.palette.dim(), note)) };
        self.put(format_args!("{title}{note}\n"));
    }

    /// Whether a lead and its text fit on one line.
    pub fn fits(&self, indent: usize, lead: &str, text: &str) -> bool {
        indent + width(&visible(lead)) + 2 + width(&visible(text)) <= self.width
    }

    /// A paragraph: a lead in its style on the first line, the text wrapped beside it.
    pub fn lead(&mut self, indent: usize, (style, lead): (Style, &str), text: &str) {
        let hang = indent + width(&visible(lead)) + 2;
        self.hanging((indent, hang), (style, lead), (Style::new(), text));
    }

    /// A paragraph without a lead.
    pub fn paragraph(&mut self, indent: usize, style: Style, text: &str) {
        self.hanging((indent, indent), (Style::new(), ""), (style, text));
    }

    /// A paragraph: a lead at the first column, the text at the second, on every line.
    pub fn hanging(&mut self, (indent, hang): (usize, usize), lead: (Style, &str), (style, text): (Style, &str)) {
        let (shown, lead) = (visible_lines(text), (lead.0, &*visible(lead.1)));
        let lines = wrap(&shorten(&shown), self.width.saturating_sub(hang));
        for (index, line) in lines.iter().enumerate() {
            if index == 0 && !lead.1.is_empty() {
                let blanks = hang.saturating_sub(indent + width(lead.1));
                self.put(format_args!("{:indent$}{}{:blanks$}", "", Painted(lead.0, lead.1), ""));
            } else if !line.is_empty() {
                self.text += &" ".repeat(hang);
            }
            self.text += &Painted(style, line).to_string();
            self.text.truncate(self.text.trim_end_matches(' ').len());
            self.gap();
        }
    }

    /// A word and what it stands for, in two columns.
    pub fn entry(&mut self, word: &str, text: &str) {
        self.hanging((0, 14), (self.palette.dim(), word), (Style::new(), text));
    }

    /// One line that is never broken: a digest that is to be copied.
    pub fn unbroken(&mut self, indent: usize, lead: &str, text: &str) {
        let dim = self.palette.dim();
        let lead = if lead.is_empty() { String::new() } else { format!("{}  ", Painted(dim, lead)) };
        self.put(format_args!("{:indent$}{lead}{}\n", "", Painted(dim, visible(text))));
    }

    /// Words in parentheses, to stand behind others.
    pub fn aside(&self, text: &str) -> String {
        fill(self.words.aside, &[&text])
    }

    /// A value on one line.
    pub fn shown(&self, value: &Shown) -> String {
        value_words(value, self.lang)
    }

    /// Items one after another, separated as the language does.
    pub fn list<S: AsRef<str>>(&self, items: impl IntoIterator<Item = S>) -> String {
        let items: Vec<S> = items.into_iter().collect();
        items.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(self.lang.comma())
    }
}

/// A value on one line.
pub(super) fn value_words(value: &Shown, lang: Lang) -> String {
    let words = lang.table();
    let list = |items: Vec<String>| items.join(lang.comma());
    match value {
        Shown::Null => words.none_value.to_owned(),
        Shown::Bool(true) => words.yes.to_owned(),
        Shown::Bool(false) => words.no.to_owned(),
        Shown::Text(text) => text.clone(),
        Shown::List(items) => format!("[{}]", list(items.iter().map(|item| value_words(item, lang)).collect())),
        Shown::Table(rows) => {
            let row = |(key, value): (&String, &Shown)| fill(words.item, &[key, &value_words(value, lang)]);
            format!("{{{}}}", list(rows.iter().map(row).collect()))
        }
    }
}
