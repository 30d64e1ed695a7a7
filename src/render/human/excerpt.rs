//! The line of the declaration that a finding points at.

use crate::decode::scanner;
use crate::render::page::Page;
use crate::render::style::Painted;
use crate::render::view::View;
use crate::render::words::fill;
use crate::render::wrap::width;
use crate::report::contract::{Finding, Report};
use crate::source::{self, Position};
use std::ops::Range;

/// How many bytes of a value are looked at: more of them are never shown on a line.
const SHOWN: usize = 4 << 10;

/// A declaration's text and its lines.
pub(in crate::render) struct Lines<'t> {
    text: &'t str,
    lines: source::Lines,
}

impl<'t> Lines<'t> {
    /// Those of the declaration of a report.
    pub fn of(report: &Report, text: &'t str) -> Self {
        Self::new(text, report.declaration.line.unwrap_or(1))
    }

    fn new(text: &'t str, first: u32) -> Self {
        Self { text, lines: source::Lines::from_line(text, first) }
    }

    /// The text of a line without its indent, and the bytes of the JSON value that begins at a column of the line, as far as
    /// they can be shown; of a list or an object the opening bracket.
    pub fn value(&self, line: u32, column: u32) -> Option<(&'t str, Range<usize>)> {
        let bytes = self.lines.line(self.text, line)?;
        let indented = self.text.get(bytes.clone())?;
        let start = bytes.start + indent(beginning(indented, 0)?);
        let at = self.lines.offset(self.text, Position { line, column })?.saturating_sub(start);
        let words = self.text.get(start..bytes.end)?;
        Some((words, at..at + scanner::opening(beginning(words, at)?)))
    }
}

/// What of a text can be shown from a byte on.
fn beginning(text: &str, at: usize) -> Option<&str> {
    text.get(at..text.floor_char_boundary(at.saturating_add(SHOWN)))
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// Writes the line with a mark under the value; under what should hold it where a field is absent.
pub(super) fn write(page: &mut Page, finding: &Finding, lines: &Lines<'_>, indent: usize) {
    let at = finding.at;
    let Some((line, value)) = lines.value(at.line, at.column) else { return };
    let gutter = format!("{:indent$}{:>5} | ", "", at.line);
    let view = View::new(line, &value, page.width.saturating_sub(gutter.len()));
    let marked = view.range(&value);
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
    fn columns_find_values_behind_wide_characters() {
        let lines = Lines::new("\u{feff}{\r\n  \"名\": \"值\"\r\n}", 1);
        assert_eq!(lines.value(2, 8), Some(("\"名\": \"值\"", 7..12)));
        assert_eq!(lines.value(1, 1), Some(("{", 0..1)));
        assert_eq!(lines.value(9, 1), None);
    }

    #[test]
    fn what_is_withheld_is_marked_and_of_a_long_text_its_beginning() {
        let withheld = Lines::new("{\"a\": …, \"b\": 1}", 1);
        assert_eq!(withheld.value(1, 7).map(|(_, value)| value), Some(6..9));
        let long = format!("[\"{}\"]", "值".repeat(SHOWN));
        let (_, value) = Lines::new(&long, 1).value(1, 2).unwrap();
        assert!(value.start == 1 && value.len() <= SHOWN && value.len() > SHOWN - 4, "{value:?}");
    }
}
