//! What is wrong with a declaration, up to a limit; of the rest only the number is kept, so that a bad text of any size costs
//! no more than a good one.

use super::corrections::{self, Correction};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Span};
use std::ops::Range;

/// The list.
#[derive(Debug)]
pub(super) struct Problems {
    file: FileId,
    listed: Vec<(Diagnostic, Option<Correction>)>,
    more: usize,
    limit: usize,
}

impl Problems {
    pub(super) const fn new(file: FileId, limit: usize) -> Self {
        Self { file, listed: Vec::new(), more: 0, limit }
    }

    /// Bytes of the declaration as a place.
    pub(super) fn span(&self, at: Range<usize>) -> Span {
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Span::new(self.file, offset(at.start), offset(at.end))
    }

    /// Notes a problem; its words are made only where it will be listed.
    pub(super) fn add(&mut self, make: impl FnOnce(&Self) -> Diagnostic) {
        self.add_correctable(None, make);
    }

    /// Notes a problem with what would mend its form.
    pub(super) fn add_correctable(&mut self, correction: Option<Correction>, make: impl FnOnce(&Self) -> Diagnostic) {
        if self.listed.len() < self.limit {
            let diagnostic = make(self);
            self.listed.push((diagnostic, correction));
        } else {
            self.more += 1;
        }
    }

    /// Notes a problem at a place.
    pub(super) fn error(&mut self, code: Code, at: Range<usize>, message: impl FnOnce() -> String) {
        self.add(|this| Diagnostic::error(code, this.span(at), message()));
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.listed.is_empty() && self.more == 0
    }

    /// All that is listed, by place, and how many are not.
    pub(super) fn finish(self, text: &str) -> Vec<Diagnostic> {
        let mut listed = corrections::placed(self.listed, text);
        listed.sort_by_key(|diagnostic| diagnostic.primary.as_ref().map_or(0, |label| label.span.start));
        if self.more > 0 {
            let (noun, verb) = if self.more == 1 { ("error", "is") } else { ("errors", "are") };
            let message = format!("{} more {noun} {verb} not listed", self.more);
            listed.push(Diagnostic::placeless(Code::NOT_LISTED, message));
        }
        listed
    }
}
