//! What stands between the parts of a file: comments, blank lines, lines.

use super::Printer;
use super::doc::Doc;
use crate::source::Span;
use crate::syntax::ast;

/// How far the inside of a block stands right of its outside.
pub(super) const INDENT: usize = 4;

/// Things that stand one below the other, with the comments between them.
#[derive(Default)]
pub(super) struct Lines {
    /// A comment behind the opening bracket.
    head: Vec<Doc>,
    entries: Vec<Entry>,
    /// Whether they are parts of one thing, between which no blank lines stand.
    dense: bool,
}

struct Entry {
    /// Whether a blank line stands above it.
    blank: bool,
    /// Whether a comment ends its line.
    closed: bool,
    doc: Doc,
}

impl Lines {
    /// Parts of one thing, without blank lines between.
    pub fn dense() -> Self {
        Self { dense: true, ..Self::default() }
    }

    /// The same, of which the first begins amid a line.
    pub fn beginning(first: Doc) -> Self {
        Self { entries: vec![Entry { blank: false, closed: false, doc: first }], ..Self::dense() }
    }

    pub fn len(&self) -> usize {
        self.entries.len()
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.head.is_empty()
    }

    /// Whether a comment stands between them or behind one.
    pub fn has_comment(&self) -> bool {
        !self.head.is_empty() || self.entries.iter().any(|entry| entry.closed)
    }

    fn push(&mut self, blank: bool, closed: bool, doc: Doc) {
        let blank = blank && !self.dense && !self.entries.is_empty();
        self.entries.push(Entry { blank, closed, doc });
    }

    /// A comment behind what was pushed last, or below it where a comment is there already.
    fn push_trailing(&mut self, blank: bool, comment: &str) {
        let suffix = Doc::Suffix(comment.to_owned());
        match self.entries.last_mut() {
            None if self.head.is_empty() => self.head.push(suffix),
            Some(last) if !last.closed => {
                let doc = std::mem::replace(&mut last.doc, Doc::nothing());
                last.doc = Doc::row([doc, suffix]);
                last.closed = true;
            }
            _ => self.push(blank, true, Doc::Comment(comment.to_owned())),
        }
    }

    /// Puts a blank line above the entry at `at`, unless one stands there or further below.
    pub fn set_apart(&mut self, at: usize) {
        let entries = self.entries.get_mut(at..).unwrap_or_default();
        if at > 0 && !entries.iter().any(|entry| entry.blank) {
            entries.iter_mut().take(1).for_each(|entry| entry.blank = true);
        }
    }

    /// All of it, with `between` after each entry but the last.
    pub fn join(self, between: &Doc) -> Doc {
        let mut parts = self.head;
        for (at, Entry { blank, doc, .. }) in self.entries.into_iter().enumerate() {
            if at > 0 {
                parts.push(between.clone());
            }
            if blank {
                parts.push(Doc::Hard);
            }
            parts.push(doc);
        }
        Doc::Row(parts)
    }

    /// All of it between braces, on lines of its own.
    pub fn block(self) -> Doc {
        if self.is_empty() {
            return "{}".into();
        }
        self.enclose(["{", "}"], &Doc::Hard, &Doc::Hard)
    }

    /// All of it between brackets, with `edge` inside of them. A comment behind the opening bracket stays on its line.
    pub fn enclose(mut self, [open, close]: [&str; 2], edge: &Doc, between: &Doc) -> Doc {
        let head = Doc::Row(std::mem::take(&mut self.head));
        let inside = Doc::row([edge.clone(), self.join(between)]).nest(INDENT);
        Doc::row([open.into(), head, inside, edge.clone(), close.into()])
    }
}

impl<'f> Printer<'f> {
    /// The comments before `start`.
    pub fn approach(&mut self, lines: &mut Lines, start: u32) {
        while let Some(comment) = self.comment_before(start) {
            let blank = self.blank_before(comment.span.start);
            if comment.trailing {
                lines.push_trailing(blank, &comment.text);
            } else {
                lines.push(blank, true, Doc::Comment(comment.text.clone()));
            }
        }
    }

    /// One thing at `span`, with the comments before it, and above it those inside that its parts did not take.
    pub fn line(&mut self, lines: &mut Lines, span: Span, build: impl FnOnce(&mut Self) -> Doc) {
        self.approach(lines, span.start);
        let mut blank = self.blank_before(span.start);
        let held = self.held.len();
        let doc = build(self);
        self.hold(span.end);
        for comment in self.held.split_off(held) {
            lines.push(std::mem::take(&mut blank), true, Doc::Comment(comment.text.clone()));
        }
        lines.push(blank, false, doc);
        self.blank_before(span.end);
    }

    /// Keeps the comments before `start` for the line above.
    pub fn hold(&mut self, start: u32) {
        while let Some(comment) = self.comment_before(start) {
            self.held.push(comment);
        }
    }

    /// The comments before `start`, amid a thing: each ends its line, so that a new line must follow.
    pub fn amid(&mut self, start: u32) -> Option<Doc> {
        let mut lines = Lines::beginning(Doc::nothing());
        let before = self.comments.len();
        self.approach(&mut lines, start);
        (self.comments.len() < before).then(|| lines.join(&Doc::Hard))
    }

    /// Whether comments stand inside of `span`.
    pub fn has_comment_in(&self, span: Span) -> bool {
        let inside = |comment: &ast::Comment| (span.start..span.end).contains(&comment.span.start);
        self.comments.iter().take_while(|comment| comment.span.start < span.end).any(inside)
    }

    /// Whether a blank line stands between two places.
    pub fn has_blank_between(&self, start: u32, end: u32) -> bool {
        let from = self.blank_lines.partition_point(|blank| *blank < start);
        self.blank_lines.get(from).is_some_and(|blank| *blank < end)
    }

    fn comment_before(&mut self, end: u32) -> Option<&'f ast::Comment> {
        let (first, rest) = self.comments.split_first().filter(|(first, _)| first.span.start < end)?;
        self.comments = rest;
        Some(first)
    }

    /// Whether a blank line stands before `end`; passes those that do.
    fn blank_before(&mut self, end: u32) -> bool {
        let passed = self.blank_lines.partition_point(|blank| *blank < end);
        self.blank_lines = self.blank_lines.get(passed..).unwrap_or_default();
        passed > 0
    }
}
