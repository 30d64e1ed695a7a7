//! Where the items of a text begin, guessed from its words: so that a mistake in one hides none in the others.
//!
//! It is asked only about texts that are known to be wrong.

use crate::diagnostic::nearest;
use crate::syntax::input::Input;
use crate::syntax::scan::{Token, TokenKind};
use std::ops::Range;

/// The words that begin an item, and what must follow for it to be one.
const BEGINNINGS: &[(&str, &[TokenKind])] = &[
    ("param", &[TokenKind::Word]),
    ("let", &[TokenKind::Word]),
    ("fn", &[TokenKind::Word]),
    ("enum", &[TokenKind::Word]),
    ("record", &[TokenKind::Word]),
    ("declaration", &[TokenKind::Open]),
    ("red_line", &[TokenKind::Word, TokenKind::String, TokenKind::Open]),
    ("baseline", &[TokenKind::Word, TokenKind::String, TokenKind::Open]),
    ("guidance", &[TokenKind::Word, TokenKind::String, TokenKind::Open]),
    ("outside", &[TokenKind::Word, TokenKind::String, TokenKind::Open]),
    ("test", &[TokenKind::String, TokenKind::Open]),
    ("raise", &[TokenKind::Word]),
];

/// The header, then each item with the doc comment above it, as ranges of the input's text.
pub(super) fn parts(input: &Input<'_>) -> Vec<Range<usize>> {
    let mut starts = vec![0];
    let mut depth = 0_usize;
    for (at, token) in input.scan.tokens.iter().enumerate() {
        match token.kind {
            TokenKind::Open => depth += 1,
            TokenKind::Close => depth = depth.saturating_sub(1),
            TokenKind::Word if begins_item(input, at, token, depth) => {
                depth = 0;
                starts.push(above(input, at, token));
            }
            _ => {}
        }
    }
    let ends = starts.iter().skip(1).copied().chain([input.text.len()]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}

/// Inside of brackets, which may only lack their other half, an item begins in the first column.
fn begins_item(input: &Input<'_>, at: usize, token: &Token, depth: usize) -> bool {
    let last = at.checked_sub(1).and_then(|at| input.scan.tokens.get(at)).map_or(0, |last| last.range.end);
    let gap = input.text.get(last..token.range.start).unwrap_or_default();
    let first_on_line = at == 0 || gap.contains('\n');
    let first_column = token.range.start == 0 || gap.ends_with('\n');
    let in_place = if depth == 0 { first_on_line } else { first_column };
    in_place && is_beginning(input, at, token, first_column && depth == 0)
}

/// Whether the word begins an item, or is `near` enough to one that does.
fn is_beginning(input: &Input<'_>, at: usize, token: &Token, near: bool) -> bool {
    let word = input.words(token);
    let next = input.scan.tokens.get(at + 1);
    if word == "tighten" {
        // Without the `=` it may as well go on with a parameter.
        let next = [at + 1, at + 2].map(|at| input.scan.tokens.get(at).map(|token| input.words(token)));
        return next.contains(&Some("="));
    }
    let words = BEGINNINGS.iter().map(|(word, _)| *word);
    let meant = if near { nearest(word, words) } else { Some(word) };
    let follows = |kinds: &[TokenKind]| next.is_some_and(|next| kinds.contains(&next.kind));
    BEGINNINGS.iter().any(|(word, kinds)| Some(*word) == meant && follows(kinds))
}

/// The start of the doc comment above an item, or of the item itself.
fn above(input: &Input<'_>, at: usize, token: &Token) -> usize {
    let before = input.scan.tokens.get(..at).unwrap_or_default().iter().rev();
    before.take_while(|token| token.kind == TokenKind::Doc).last().unwrap_or(token).range.start
}
