//! `test` items.

use super::Printer;
use super::between::Lines;
use super::columns::pad;
use super::doc::Doc;
use super::literals::{literal, quoted};
use super::model::path;
use super::render::width;
use crate::source::Span;
use crate::syntax::ast::{self, Change, TestClause, ValueKind};

/// A path wider than this sticks out of the column of paths.
const CAP: usize = 64;

impl Printer<'_> {
    pub fn test(&mut self, test: &ast::Test, span: Span) -> Doc {
        let mut lines = Lines::default();
        for clause in &test.clauses {
            self.line(&mut lines, clause_span(clause), |printer| printer.test_clause(clause));
        }
        self.approach(&mut lines, span.end);
        Doc::row([format!("test {} ", quoted(&test.name.text)).into(), lines.block()])
    }

    fn test_clause(&mut self, clause: &TestClause) -> Doc {
        match clause {
            TestClause::Given { file, changes, span } => self.given(file, changes, *span),
            TestClause::AsOf(date) => format!("as_of {}", date.text).into(),
            TestClause::Stage(name) => format!("stage {}", name.text).into(),
            TestClause::Waivers(file) => format!("waivers {}", quoted(&file.text)).into(),
            TestClause::Reviews(file) => format!("reviews {}", quoted(&file.text)).into(),
            TestClause::ExpectDecision(name) => format!("expect decision {}", name.text).into(),
            TestClause::ExpectRule { id, outcome, at, .. } => {
                let at = at.as_ref().map_or_else(String::new, |at| format!(" at {}", path(at)));
                format!("expect {} {}{at}", id.text, outcome.text).into()
            }
        }
    }

    fn given(&mut self, file: &ast::Text, changes: &[Change], span: Span) -> Doc {
        let head = format!("given {}", quoted(&file.text));
        let columns = self.change_columns(changes);
        let mut lines = Lines::default();
        for (change, column) in changes.iter().zip(columns) {
            self.line(&mut lines, change_span(change), |printer| printer.change(change, column));
        }
        self.approach(&mut lines, span.end);
        if lines.is_empty() {
            return head.into();
        }
        Doc::row([format!("{head} with ").into(), lines.block()])
    }

    /// For each change the width of the column of paths.
    fn change_columns(&self, changes: &[Change]) -> Vec<usize> {
        let apart =
            |above: &Change, below: &Change| self.has_blank_between(change_span(above).end, change_span(below).start);
        let runs = changes.chunk_by(|above, below| !apart(above, below));
        let columns = runs.flat_map(|run| {
            let widths = run.iter().filter_map(set_path).map(|path| width(&path)).filter(|width| *width <= CAP);
            std::iter::repeat_n(widths.max().unwrap_or_default(), run.len())
        });
        columns.collect()
    }

    fn change(&mut self, change: &Change, column: usize) -> Doc {
        match change {
            Change::Remove(removed) => format!("remove {}", path(removed)).into(),
            Change::Set(_, value) => {
                let path = set_path(change).unwrap_or_default();
                Doc::row([format!("{} ", pad(&path, column)).into(), self.value(value)])
            }
        }
    }

    fn value(&mut self, value: &ast::Value) -> Doc {
        match &value.kind {
            ValueKind::Null => "null".into(),
            ValueKind::Word(word) => word.as_str().into(),
            ValueKind::Literal { negative, literal: it } => {
                format!("{}{}", if *negative { "-" } else { "" }, literal(it)).into()
            }
            ValueKind::List(items) => {
                let entries: Vec<_> = items.iter().map(|item| (item.span, String::new(), item)).collect();
                self.entries(["[", "", "]"], &entries, value.span)
            }
            ValueKind::Object(entries) => {
                let entry = |(name, value): &'_ (ast::Name, ast::Value)| (name.span.to(value.span), key(&name.text));
                let entries: Vec<_> = entries.iter().map(|it| (entry(it).0, entry(it).1, &it.1)).collect();
                self.entries(["{", " ", "}"], &entries, value.span)
            }
        }
    }

    /// What stands between brackets, with commas between: on one line, or one a line.
    fn entries(&mut self, [open, gap, close]: [&str; 3], entries: &[(Span, String, &ast::Value)], span: Span) -> Doc {
        self.hold(span.start);
        let commented = self.has_comment_in(span);
        let mut lines = Lines::dense();
        for (at, (span, key, value)) in entries.iter().enumerate() {
            let comma = if at + 1 < entries.len() { Doc::from(",") } else { Doc::IfBroken(",") };
            self.line(&mut lines, *span, |printer| Doc::row([key.as_str().into(), printer.value(value), comma]));
        }
        self.approach(&mut lines, span.end);
        if lines.is_empty() {
            return format!("{open}{close}").into();
        }
        let (edge, between) = match (commented, gap) {
            (true, _) => (Doc::Hard, Doc::Hard),
            (_, "") => (Doc::Soft, Doc::Line),
            _ => (Doc::Line, Doc::Line),
        };
        lines.enclose([open, close], &edge, &between).group()
    }
}

/// `path:` of a change that sets.
fn set_path(change: &Change) -> Option<String> {
    match change {
        Change::Set(changed, _) => Some(format!("{}:", path(changed))),
        Change::Remove(_) => None,
    }
}

fn change_span(change: &Change) -> Span {
    match change {
        Change::Remove(path) => path.span,
        Change::Set(path, value) => path.span.to(value.span),
    }
}

fn clause_span(clause: &TestClause) -> Span {
    match clause {
        TestClause::Given { span, .. } | TestClause::ExpectRule { span, .. } => *span,
        TestClause::AsOf(date) => date.span,
        TestClause::Waivers(text) | TestClause::Reviews(text) => text.span,
        TestClause::Stage(name) | TestClause::ExpectDecision(name) => name.span,
    }
}

/// A key of an object: a word, or a text where it is none.
fn key(name: &str) -> String {
    let mut rest = name.chars();
    let first = rest.next().is_some_and(|c| pest::unicode::XID_START(c) || c == '_');
    let is_word = first && rest.all(pest::unicode::XID_CONTINUE);
    if is_word { format!("{name}: ") } else { format!("{}: ", quoted(name)) }
}
