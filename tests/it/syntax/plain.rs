//! Diagnostics as plain text: enough to see what is said and where.

use hongxian::diagnostic::{Diagnostic, Label};
use hongxian::source::position;
use std::fmt::Write as _;

/// The diagnostics of one text, each with the line it points into.
pub fn plain(text: &str, diagnostics: &[Diagnostic]) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        writeln!(out, "{} {}", diagnostic.code, diagnostic.message).unwrap();
        for label in diagnostic.primary.iter().chain(&diagnostic.secondary) {
            place(&mut out, text, label);
        }
        for help in &diagnostic.help {
            writeln!(out, "  help: {help}").unwrap();
        }
        out.push('\n');
    }
    out
}

fn place(out: &mut String, text: &str, label: &Label) {
    let range = label.span.range();
    let at = position(text, range.start);
    let line = text.lines().nth(at.line as usize - 1).unwrap_or_default().trim_start_matches('\u{feff}');
    let before: usize = line.chars().take(at.column as usize - 1).map(width).sum();
    let marked = text[range].lines().next().unwrap_or_default();
    let carets = marked.chars().map(width).sum::<usize>().max(1);
    writeln!(out, "{:>4} | {line}", at.line).unwrap();
    writeln!(out, "     | {}{} {}", " ".repeat(before), "^".repeat(carets), label.text).unwrap();
}

/// Two columns for what is not ASCII: near enough for these texts.
fn width(c: char) -> usize {
    if c.is_ascii() { 1 } else { 2 }
}
