//! The line of the declaration that a finding points at.

use crate::render::page::Page;
use crate::render::style::Painted;
use crate::render::view::{View, line_at};
use crate::render::words::fill;
use crate::render::wrap::width;
use crate::report::contract::{Finding, Report};
use std::ops::Range;

/// A declaration's text and where its lines begin.
pub(in crate::render) struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
    /// The number of the first line.
    first: u32,
}

impl<'t> Lines<'t> {
    /// Those of the declaration of a report.
    pub fn of(report: &Report, text: &'t str) -> Self {
        Self::new(text, report.declaration.line.unwrap_or(1))
    }

    fn new(text: &'t str, first: u32) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        Self { text, starts: std::iter::once(0).chain(breaks).collect(), first }
    }

    /// The text of a line, and the bytes of the JSON value that begins at a column of it, as far as they are on it.
    pub fn value(&self, line: u32, column: u32) -> Option<(&'t str, Range<usize>)> {
        let start = *self.starts.get(usize::try_from(line.checked_sub(self.first)?).ok()?)?;
        let words = self.text.get(line_at(self.text, start))?;
        let skipped = usize::try_from(column).ok()?.checked_sub(1)?;
        let at = words.char_indices().nth(skipped).map_or(words.len(), |(at, _)| at);
        Some((words, at..at + value_length(words.get(at..).unwrap_or_default())))
    }
}

/// How many bytes of a line the JSON value at its start takes; of a list or object the opening bracket.
fn value_length(text: &str) -> usize {
    let mut characters = text.char_indices();
    match characters.next() {
        None => 0,
        Some((_, '{' | '[')) => 1,
        Some((_, '"')) => {
            let mut escaped = false;
            let end = characters.find(|(_, c)| {
                let ends = *c == '"' && !escaped;
                escaped = *c == '\\' && !escaped;
                ends
            });
            end.map_or(text.len(), |(at, _)| at + 1)
        }
        Some(_) => text.find([',', '}', ']', ' ', '\t', '\r']).unwrap_or(text.len()),
    }
}

/// Writes the line with a mark under the value; under what should hold it where a field is absent.
pub(super) fn write(page: &mut Page, finding: &Finding, lines: &Lines<'_>, indent: usize) {
    let at = finding.at;
    let Some((line, value)) = lines.value(at.line, at.column) else { return };
    let gutter = format!("{:indent$}{:>5} | ", "", at.line);
    let unmarked = line.trim_start();
    let trimmed = line.len() - unmarked.len();
    let focus = value.start.saturating_sub(trimmed)..value.end.saturating_sub(trimmed);
    let view = View::new(unmarked, &focus, page.width.saturating_sub(gutter.len()));
    let marked = view.range(&focus);
    let before = width(view.text.get(..marked.start).unwrap_or_default());
    let marks = "^".repeat(width(view.text.get(marked).unwrap_or_default()).max(1));
    let (dim, pointer) = (page.palette.dim(), page.palette.pointer());
    page.put(format_args!("{}{}\n", Painted(dim, gutter), view.text));
    let bar = format!("{:indent$}      | ", "");
    page.put(format_args!("{}{:before$}{}\n", Painted(dim, bar), "", Painted(pointer, marks)));
    if let Some(name) = absent(finding, line.get(value).unwrap_or_default()) {
        let words = fill(page.words.not_declared_here, &[&name]);
        page.paragraph(indent + 8, dim, &words);
    }
}

/// The name of the field that is missing at a place, where the place is that of its parent.
pub(in crate::render) fn absent<'f>(finding: &'f Finding, value: &str) -> Option<&'f str> {
    let inside = finding.missing.contains(&finding.pointer) && value.starts_with(['{', '[']);
    let name = inside.then(|| finding.pointer.rsplit('/').next()).flatten();
    name.filter(|name| name.contains(|c: char| !c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_ends_where_json_says() {
        let cases = [
            ("\"a\\\"b\", 1", 6),
            ("\"open", 5),
            ("12.5, 1", 4),
            ("null}", 4),
            ("{ \"a\": 1 }", 1),
            ("[1]", 1),
            ("", 0),
            ("true", 4),
        ];
        for (text, length) in cases {
            assert_eq!(value_length(text), length, "{text}");
        }
    }

    #[test]
    fn columns_find_values_behind_wide_characters() {
        let lines = Lines::new("\u{feff}{\r\n  \"名\": \"值\"\r\n}", 1);
        assert_eq!(lines.value(2, 8), Some(("  \"名\": \"值\"", 9..14)));
        assert_eq!(lines.value(1, 1), Some(("{", 0..1)));
        assert_eq!(lines.value(9, 1), None);
    }
}
