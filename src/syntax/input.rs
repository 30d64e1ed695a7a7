//! A text as pest is given it, with the way back from its bytes to those of the file.
//!
//! Mostly it is the file itself; it is a part of it where the errors of one item are told from those of the next, and
//! it is text without its escapes between the braces of a message.

use super::scan::{Scan, Token, scan};
use crate::source::{FileId, Span};

/// A text for the grammar.
pub(super) struct Input<'t> {
    pub file: FileId,
    pub text: &'t str,
    pub scan: Scan,
    /// Offsets in `text` and in the file, one pair wherever the distance between the two changes.
    places: Vec<(usize, usize)>,
}

impl<'t> Input<'t> {
    /// The part of a file that begins at byte `start`.
    pub fn new(file: FileId, text: &'t str, start: usize, nesting: usize) -> Self {
        Self::unescaped(file, text, vec![(0, start)], nesting)
    }

    /// A text whose bytes stand in the file where `places` says.
    pub fn unescaped(file: FileId, text: &'t str, places: Vec<(usize, usize)>, nesting: usize) -> Self {
        Self { file, text, scan: scan(text, nesting), places }
    }

    /// The place in the file of a byte of the text.
    pub fn place(&self, offset: usize) -> u32 {
        let after = self.places.partition_point(|(here, _)| *here <= offset);
        let (here, there) = after.checked_sub(1).and_then(|at| self.places.get(at)).copied().unwrap_or_default();
        u32::try_from(there + (offset - here.min(offset))).unwrap_or(u32::MAX)
    }

    /// Bytes `start..end` of the text, as a place in the file.
    pub fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, self.place(start), self.place(end))
    }

    /// Like [`span`](Self::span), without the white space and comments before `end`.
    pub fn tight_span(&self, start: usize, end: usize) -> Span {
        let tight = self.last_token(end).map_or(start, |token| token.range.end);
        self.span(start, tight.max(start))
    }

    /// The last token that is over at `end`.
    pub fn last_token(&self, end: usize) -> Option<&Token> {
        let after = self.scan.tokens.partition_point(|token| token.range.end <= end);
        after.checked_sub(1).and_then(|at| self.scan.tokens.get(at))
    }

    /// The first token that is not over at `start`.
    pub fn next_token(&self, start: usize) -> Option<&Token> {
        let at = self.scan.tokens.partition_point(|token| token.range.end <= start);
        self.scan.tokens.get(at)
    }

    /// The text of `start..end` on one line, without comments: fit for being written elsewhere.
    pub fn on_one_line(&self, start: usize, end: usize) -> String {
        let first = self.scan.tokens.partition_point(|token| token.range.end <= start);
        let mut line = String::new();
        let mut last = start;
        for token in self.scan.tokens.iter().skip(first).take_while(|token| token.range.end <= end) {
            let gap = self.text.get(last..token.range.start).unwrap_or_default();
            line.push_str(if gap.contains('\n') { " " } else { gap });
            line.push_str(self.words(token));
            last = token.range.end;
        }
        line
    }

    /// The words of a token.
    pub fn words(&self, token: &Token) -> &'t str {
        self.text.get(token.range.clone()).unwrap_or_default()
    }
}
