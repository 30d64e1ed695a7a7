//! Diagnostics as plain text, for snapshots: line and column, the line itself, carets.

use hongxian::diagnostic::{Diagnostic, Label, Severity};
use hongxian::source::{SourceMap, Span};
use std::fmt::Write;

/// All diagnostics.
pub fn all(diagnostics: &[Diagnostic], sources: &SourceMap) -> String {
    diagnostics.iter().map(|diagnostic| one(diagnostic, sources)).collect::<Vec<_>>().join("\n")
}

fn one(diagnostic: &Diagnostic, sources: &SourceMap) -> String {
    let severity = if diagnostic.severity == Severity::Error { "error" } else { "warning" };
    let mut text = format!("{severity}[{}] {}\n", diagnostic.code, diagnostic.message);
    for label in diagnostic.primary.iter().chain(&diagnostic.secondary) {
        text += &place(label, sources);
    }
    for help in &diagnostic.help {
        let _ = writeln!(text, "  help: {help}");
    }
    text
}

fn place(label: &Label, sources: &SourceMap) -> String {
    let at = sources.position(label.span);
    let words = if label.text.is_empty() { String::new() } else { format!(" {}", label.text) };
    let file = sources.name(label.span.file);
    let number = at.line.to_string();
    let (line, before, carets) = excerpt(label.span, sources);
    let margin = " ".repeat(number.len());
    format!("  {file}:{number}:{}{words}\n    {number} | {line}\n    {margin} | {before}{carets}\n", at.column)
}

/// The first line of a span, the blanks before its carets, the carets.
fn excerpt(span: Span, sources: &SourceMap) -> (String, String, String) {
    let text = sources.get(span.file).map_or("", |file| file.text());
    let start = text[..span.start as usize].rfind('\n').map_or(0, |at| at + 1);
    let end = text[span.start as usize..].find('\n').map_or(text.len(), |at| span.start as usize + at);
    let shown = (span.end as usize).min(end);
    let before = text[start..span.start as usize].chars().map(|_| ' ').collect();
    let carets = "^".repeat(text[span.start as usize..shown].chars().count().max(1));
    (text[start..end].to_owned(), before, carets)
}
