//! Diagnostics, shown: to people with the lines that they point into, to programs as JSON.

use super::Options;
use super::view::{View, line_at};
use super::visible::{visible, visible_lines};
use crate::diagnostic::{Diagnostic, Label, Patch, Severity};
use crate::report::contract::{self, Operation, Problem, ProblemPlace};
use crate::source::{FileId, Lines, SourceFile, SourceMap, Span};
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};
use indexmap::IndexMap;
use std::ops::Range;

/// The narrowest that lines of text are cut to.
const LEAST_WIDTH: usize = 100;
/// Columns for line numbers and their gutter.
const GUTTER: usize = 10;
/// Lines shown round an end of a place that spans many.
const CONTEXT: usize = 3;

/// Stands round a text's number where the library prints a path, and in no text that is shown.
const MARK: char = '\u{1}';

/// Diagnostics for people, each followed by an empty line.
#[must_use]
pub fn human(diagnostics: &[Diagnostic], sources: &SourceMap, options: &Options) -> String {
    let renderer = if options.colour { Renderer::styled() } else { Renderer::plain() };
    let width = options.width.max(LEAST_WIDTH);
    let renderer = renderer.term_width(width);
    let mut shown = String::new();
    for diagnostic in diagnostics {
        let places = places(diagnostic, sources);
        let drawn = renderer.render(&[group(diagnostic, &places, width - GUTTER)]);
        shown += &with_origins(&drawn, &places);
        shown += "\n\n";
    }
    shown
}

/// What a diagnostic marks in one text.
struct Place<'a> {
    file: &'a SourceFile,
    /// `name:line:column` of the first mark.
    origin: String,
    marks: Vec<(AnnotationKind, &'a Label)>,
}

/// The texts that a diagnostic points into, that of its primary place first.
fn places<'a>(diagnostic: &'a Diagnostic, sources: &'a SourceMap) -> Vec<Place<'a>> {
    let primary = diagnostic.primary.iter().map(|label| (AnnotationKind::Primary, label));
    let secondary = diagnostic.secondary.iter().map(|label| (AnnotationKind::Context, label));
    let mut texts: IndexMap<FileId, Vec<(AnnotationKind, &Label)>> = IndexMap::new();
    for (kind, label) in primary.chain(secondary) {
        texts.entry(label.span.file).or_default().push((kind, label));
    }
    let place = |(id, marks): (FileId, Vec<(AnnotationKind, &'a Label)>)| {
        let file = sources.get(id)?;
        let at = sources.position(marks.first()?.1.span);
        Some(Place { file, origin: format!("{}:{}:{}", visible(file.name()), at.line, at.column), marks })
    };
    texts.into_iter().filter_map(place).collect()
}

fn group<'a>(diagnostic: &'a Diagnostic, places: &[Place<'a>], width: usize) -> Group<'a> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(visible(&diagnostic.message)).id(diagnostic.code.as_str());
    let snippets =
        places.iter().enumerate().map(|(index, place)| snippet(place, width).path(format!("{MARK}{index}{MARK}")));
    let help = diagnostic.help.iter().map(|help| Level::HELP.message(visible_lines(help)));
    Group::with_title(title).elements(snippets).elements(help)
}

/// Puts the origins in. The library counts columns in what is shown, where characters are escaped and long lines cut;
/// ours are those of the text.
fn with_origins(drawn: &str, places: &[Place<'_>]) -> String {
    let mut shown = String::with_capacity(drawn.len());
    for (index, piece) in drawn.split(MARK).enumerate() {
        let origin = piece.parse::<usize>().ok().and_then(|number| places.get(number)).filter(|_| index % 2 == 1);
        match origin {
            Some(place) => shown += &place.origin,
            None if index == 0 => shown += piece,
            None => shown += piece.trim_start_matches(|c: char| c == ':' || c.is_ascii_digit()),
        }
    }
    shown
}

fn count(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

fn snippet<'a>(place: &Place<'a>, width: usize) -> Snippet<'a, Annotation<'a>> {
    let text = place.file.text();
    let ranges: Vec<_> = place.marks.iter().map(|(_, label)| within(text, label.span)).collect();
    let excerpt = Excerpt::new(text, place.file.lines(), &ranges, width);
    let mut snippet = Snippet::source(excerpt.text.clone()).line_start(excerpt.first);
    for ((kind, label), range) in place.marks.iter().zip(&ranges) {
        let annotation = kind.span(excerpt.place(range));
        let words = (!label.text.is_empty()).then(|| visible(&label.text));
        snippet = snippet.annotation(annotation.label(words));
    }
    snippet
}

/// The bytes of a span, inside the text, without the white space that a parser may have left at its end.
fn within(text: &str, span: Span) -> Range<usize> {
    let end = span.range().end.min(text.len());
    let start = span.range().start.min(end);
    let words = text.get(start..end).unwrap_or_default();
    start..start + words.trim_end().len().max(words.len().min(1))
}

/// The lines from the first to the last place, made fit to be shown; lines far from any place are left empty.
struct Excerpt {
    text: String,
    /// Number of the first line.
    first: usize,
    /// For each line: where it begins in the source, where it begins in `text`, and how it is shown.
    lines: Vec<(usize, usize, View)>,
}

impl Excerpt {
    fn new(text: &str, numbers: &Lines, marks: &[Range<usize>], width: usize) -> Self {
        let from = marks.iter().map(|mark| mark.start).min().unwrap_or(0);
        let to = marks.iter().map(|mark| mark.end).max().unwrap_or(from);
        let mut excerpt =
            Self { text: String::new(), first: count(numbers.position(text, from).line), lines: Vec::new() };
        let ranges = lines_between(text, from, to);
        let ends: Vec<usize> = marks.iter().flat_map(|mark| [mark.start, mark.end]).collect();
        let near = near(&ranges, &ends);
        for (index, line) in ranges.iter().enumerate() {
            let words = if near.contains(&index) { text.get(line.clone()).unwrap_or_default() } else { "" };
            let view = View::new(words, &focus(line, marks), width);
            let start = excerpt.text.len();
            excerpt.text.push_str(&view.text);
            excerpt.text.push('\n');
            excerpt.lines.push((line.start, start, view));
        }
        excerpt
    }

    /// A range of the source as a range of the excerpt.
    fn place(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.find(range.start, View::place);
        let end = self.find(range.end, |view, byte| view.range(&(byte..byte)).end);
        start..end.max(start)
    }

    fn find(&self, byte: usize, place: impl Fn(&View, usize) -> usize) -> usize {
        let after = self.lines.partition_point(|(start, ..)| *start <= byte);
        let line = self.lines.get(after.saturating_sub(1));
        line.map_or(0, |(source, shown, view)| shown + place(view, byte.saturating_sub(*source)))
    }
}

/// The lines that touch a range of bytes.
fn lines_between(text: &str, from: usize, to: usize) -> Vec<Range<usize>> {
    let mut lines = vec![line_at(text, from)];
    let bytes = text.as_bytes();
    for at in from..to.min(bytes.len()) {
        if bytes.get(at) == Some(&b'\n') && at + 1 < to {
            lines.push(line_at(text, at + 1));
        }
    }
    lines
}

/// The indices of the lines near one of these bytes.
fn near(lines: &[Range<usize>], places: &[usize]) -> std::collections::BTreeSet<usize> {
    let line_of = |byte: usize| lines.partition_point(|line| line.start <= byte).saturating_sub(1);
    places.iter().map(|place| line_of(*place)).flat_map(|at| at.saturating_sub(CONTEXT)..=at + CONTEXT).collect()
}

/// The bytes of a line that places lie in, counted from its start.
fn focus(line: &Range<usize>, marks: &[Range<usize>]) -> Range<usize> {
    let here = marks.iter().filter(|mark| mark.start <= line.end && mark.end >= line.start);
    let inside = |byte: usize| byte.clamp(line.start, line.end) - line.start;
    here.map(|mark| inside(mark.start)..inside(mark.end))
        .reduce(|a, b| a.start.min(b.start)..a.end.max(b.end))
        .unwrap_or(0..0)
}

/// Diagnostics as the JSON contract has them.
#[must_use]
pub fn problems(diagnostics: &[Diagnostic], sources: &SourceMap) -> Vec<Problem> {
    diagnostics.iter().map(|diagnostic| problem(diagnostic, sources)).collect()
}

fn problem(diagnostic: &Diagnostic, sources: &SourceMap) -> Problem {
    Problem {
        code: diagnostic.code.as_str(),
        severity: match diagnostic.severity {
            Severity::Error => contract::Severity::Error,
            Severity::Warning => contract::Severity::Warning,
        },
        message: diagnostic.message.clone(),
        at: diagnostic.primary.as_ref().map(|label| problem_place(label, sources)),
        related: diagnostic.secondary.iter().map(|label| problem_place(label, sources)).collect(),
        help: diagnostic.help.clone(),
        patch: diagnostic.patch.as_ref().and_then(operation),
    }
}

fn operation(patch: &Patch) -> Option<Operation> {
    Some(match patch.clone() {
        Patch::Replace { path, value } => Operation::Replace { path, value: serde_json::from_str(&value).ok()? },
        Patch::Move { from, path } => Operation::Move { from, path },
    })
}

/// The corrections of form among diagnostics for people, as a JSON Patch that can be applied; empty where there are none.
#[must_use]
pub fn patch(diagnostics: &[Diagnostic]) -> String {
    let operations = diagnostics.iter().filter_map(|diagnostic| operation(diagnostic.patch.as_ref()?));
    let lines: Vec<String> = operations.filter_map(|one| serde_json::to_string(&one).ok()).collect();
    if lines.is_empty() {
        return String::new();
    }
    let lines: Vec<String> = lines.iter().map(|line| format!("  {}", visible(line))).collect();
    format!(
        "help: this JSON Patch mends the form, and changes nothing that is declared\n[\n{}\n]\n\n",
        lines.join(",\n")
    )
}

fn problem_place(label: &Label, sources: &SourceMap) -> ProblemPlace {
    let span = label.span;
    let start = sources.position(span);
    let end = sources.position(Span::new(span.file, span.end.max(span.start), span.end));
    ProblemPlace {
        file: sources.name(span.file).to_owned(),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        label: label.text.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;

    fn shown(text: &str, make: impl FnOnce(FileId) -> Diagnostic) -> String {
        let mut sources = SourceMap::new();
        let file = sources.add("规则/a b.policy", text);
        human(&[make(file)], &sources, &Options::default())
    }

    #[test]
    fn carets_stand_under_wide_characters() {
        let text = "\u{feff}module m\r\n\tlet 重要 = 级别 + \"x\"\r\n";
        let at = u32::try_from(text.find("级别").unwrap()).unwrap();
        insta::assert_snapshot!(shown(text, |file| {
            Diagnostic::error(Code::SYNTAX, Span::new(file, at, at + 6), "unknown name `级别`")
                .label("no such name")
                .also(Span::new(file, at - 9, at - 3), "while `重要` is defined")
                .help("did you mean `等级`?\nlet 重要 = 等级")
        }), @r#"
        error[E0101]: unknown name `级别`
         --> 规则/a b.policy:2:11
          |
        2 |     let 重要 = 级别 + "x"
          |         ----   ^^^^ no such name
          |         |
          |         while `重要` is defined
          |
          = help: did you mean `等级`?
                  let 重要 = 等级
        "#);
    }

    #[test]
    fn nothing_in_the_text_reaches_the_terminal_raw() {
        let text = "a \u{1b}[31m\u{202e} b\nnext\n";
        let at = u32::try_from(text.find('b').unwrap()).unwrap();
        let shown = shown(text, |file| {
            Diagnostic::error(Code::SYNTAX, Span::new(file, at, at + 1), "bad \u{1b}]0;title\u{7}").help("\u{9b}2J")
        });
        assert!(!shown.contains(['\u{1b}', '\u{202e}', '\u{9b}', '\u{7}']), "{shown}");
        insta::assert_snapshot!(shown, @r#"
        error[E0101]: bad \u{1b}]0;title\u{7}
         --> 规则/a b.policy:1:10
          |
        1 | a \u{1b}[31m\u{202e} b
          |                      ^
          |
          = help: \u{9b}2J
        "#);
    }

    #[test]
    fn long_lines_are_cut_and_places_far_apart_folded() {
        let text = format!("[{}\"here\"]\n{}last line\n", "[".repeat(10_000), "middle\n".repeat(50));
        let at = u32::try_from(text.find("\"here").unwrap()).unwrap();
        let end = u32::try_from(text.find("last").unwrap()).unwrap();
        insta::assert_snapshot!(shown(&text, |file| {
            Diagnostic::error(Code::SYNTAX, Span::new(file, at, at + 6), "too deep")
                .also(Span::new(file, end, end + 4), "and here")
        }), @r#"
        error[E0101]: too deep
          --> 规则/a b.policy:1:10002
           |
         1 | …[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["here"]
           |                                                                                   ^^^^^^
        ...
        52 | last line
           | ---- and here
        "#);
    }

    #[test]
    fn a_place_without_text_or_past_the_end_is_shown_all_the_same() {
        insta::assert_snapshot!(shown("", |file| Diagnostic::error(Code::SYNTAX, Span::new(file, 0, 9), "nothing here")), @r#"
        error[E0101]: nothing here
         --> 规则/a b.policy:1:1
          |
        1 |
          | ^
        "#);
        insta::assert_snapshot!(shown("", |_| Diagnostic::placeless(Code::SYNTAX, "no place").help("do this")), @r#"
        error[E0101]: no place
         |
         = help: do this
        "#);
        insta::assert_snapshot!(shown("ab\n", |file| Diagnostic::warning(Code::SYNTAX, Span::new(file, 3, 3), "the end")), @r#"
        warning[E0101]: the end
         --> 规则/a b.policy:2:1
          |
        2 |
          | ^
        "#);
    }
}
