//! A first look at a text, before the grammar: tokens with their places, comments, blank lines, nesting, and the
//! characters that can't stand in a policy.
//!
//! It knows brackets, quotes and slashes, and no word of the language but `matches`, which begins a regular expression.

mod lookalike;

use pest::unicode::{XID_CONTINUE, XID_START};
use std::ops::Range;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// `require`, `重要`
    Word,
    /// `12.5`, and what sticks to it
    Number,
    /// `"text"`
    String,
    /// `/[0-9]+/` after `matches`
    Regex,
    /// `/// words`
    Doc,
    /// `(`, `[`, `{`
    Open,
    /// `)`, `]`, `}`
    Close,
    /// `==`, `.`
    Mark,
}

/// A token, by its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub kind: TokenKind,
    pub range: Range<usize>,
}

/// A comment that is not a doc comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PlainComment {
    pub range: Range<usize>,
    pub trailing: bool,
}

/// What is wrong with a text before any grammar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// A full-width or typographic mark; the ASCII that is meant.
    Lookalike(&'static str),
    /// `“text”`
    CurlyQuotes,
    /// A quote without its other half on the line.
    OpenString,
    /// `field: text /// doc`
    DocBehind,
    /// A bracket deeper than this limit.
    TooDeep(usize),
    /// A character that no reader sees, or that turns the direction of reading; also in texts and comments.
    Hidden(char),
    /// Any other character that no token begins with.
    Stray,
}

/// What the first look found.
#[derive(Debug, Default)]
pub(super) struct Scan {
    pub tokens: Vec<Token>,
    pub comments: Vec<PlainComment>,
    /// Where each run of blank lines begins.
    pub blank_lines: Vec<usize>,
    pub faults: Vec<(Fault, Range<usize>)>,
}

/// Looks over `text`; brackets may nest up to `nesting` deep.
pub(super) fn scan(text: &str, nesting: usize) -> Scan {
    let mut scanner = Scanner::new(text, nesting);
    while let Some(first) = scanner.rest().chars().next() {
        scanner.step(first);
    }
    let Scanner { mut found, .. } = scanner;
    found.faults.extend(hidden(text));
    found.faults.sort_by_key(|(_, range)| range.start);
    found
}

/// The first `}` among the tokens of `text` that `closes`; where there is none, the first comment, which may hide it.
pub(super) fn find_brace(text: &str, nesting: usize, closes: impl Fn(usize) -> bool) -> Result<usize, Option<usize>> {
    let mut scanner = Scanner::new(text, nesting);
    while let Some(first) = scanner.rest().chars().next() {
        let at = scanner.at;
        if first == '}' && closes(at) {
            return Ok(at);
        }
        scanner.step(first);
    }
    Err(scanner.found.comments.first().map(|comment| comment.range.start))
}

/// What would let a text read otherwise than it is.
fn hidden(text: &str) -> impl Iterator<Item = (Fault, Range<usize>)> {
    let suspects = text.bytes().enumerate().filter(|(_, byte)| may_hide(*byte));
    let found = suspects.filter_map(|(at, _)| text.get(at..)?.chars().next().map(|c| (at, c)));
    found.filter(|(_, c)| is_hidden(*c)).map(|(at, c)| (Fault::Hidden(c), at..at + c.len_utf8()))
}

/// Whether a byte may be the first of a hidden character: texts are long, and hidden characters rare.
const fn may_hide(byte: u8) -> bool {
    matches!(byte, 0x00..=0x1f | 0x7f | 0xc2 | 0xe2 | 0xef) && !matches!(byte, b'\t' | b'\n' | b'\r')
}

/// Control characters but tabs and line ends; marks of direction; blanks without width.
pub(super) fn is_hidden(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => false,
        '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => true,
        _ => c.is_control(),
    }
}

struct Scanner<'t> {
    text: &'t str,
    at: usize,
    /// Whether nothing but white space stands before `at` on its line.
    line_is_empty: bool,
    depth: usize,
    nesting: usize,
    found: Scan,
}

impl<'t> Scanner<'t> {
    fn new(text: &'t str, nesting: usize) -> Self {
        Self { text, at: 0, line_is_empty: true, depth: 0, nesting, found: Scan::default() }
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn step(&mut self, first: char) {
        let rest = self.rest();
        match first {
            '\n' => self.end_line(),
            ' ' | '\t' | '\r' => self.at += 1,
            '/' if rest.starts_with("//") => self.comment(),
            '"' => self.string(),
            '/' if self.after_matches() && regex_length(rest).is_some() => {
                self.token(TokenKind::Regex, regex_length(rest).unwrap_or(1));
            }
            '(' | '[' | '{' => self.open(),
            ')' | ']' | '}' => {
                self.depth = self.depth.saturating_sub(1);
                self.token(TokenKind::Close, 1);
            }
            _ if XID_START(first) || first == '_' => self.token(TokenKind::Word, prefix(rest, XID_CONTINUE)),
            _ if first.is_ascii_digit() => self.token(TokenKind::Number, number_length(rest)),
            _ if first.is_ascii_punctuation() => self.token(TokenKind::Mark, mark_length(rest)),
            _ => self.foreign(first),
        }
    }

    fn token(&mut self, kind: TokenKind, length: usize) {
        self.found.tokens.push(Token { kind, range: self.at..self.at + length });
        self.at += length;
        self.line_is_empty = false;
    }

    fn fault(&mut self, fault: Fault, length: usize) {
        self.found.faults.push((fault, self.at..self.at + length));
    }

    fn end_line(&mut self) {
        self.at += 1;
        self.line_is_empty = true;
        let blank = prefix(self.rest(), |c| matches!(c, ' ' | '\t' | '\r' | '\n'));
        if self.rest().get(..blank).is_some_and(|blank| blank.contains('\n')) {
            self.found.blank_lines.push(self.at);
            self.at += self.rest().get(..blank).and_then(|blank| blank.rfind('\n')).map_or(0, |last| last + 1);
        }
    }

    fn comment(&mut self) {
        let length = line_length(self.rest());
        if self.rest().starts_with("///") && !self.rest().starts_with("////") {
            if !self.line_is_empty {
                self.fault(Fault::DocBehind, length);
            }
            self.token(TokenKind::Doc, length);
        } else {
            let range = self.at..self.at + length;
            self.found.comments.push(PlainComment { range, trailing: !self.line_is_empty });
            self.at += length;
        }
    }

    fn string(&mut self) {
        let closed = closed(self.rest(), '"');
        let length = closed.unwrap_or_else(|| line_length(self.rest()));
        if closed.is_none() {
            self.fault(Fault::OpenString, length);
        }
        self.token(TokenKind::String, length);
    }

    fn open(&mut self) {
        self.depth += 1;
        if self.depth == self.nesting + 1 {
            self.fault(Fault::TooDeep(self.nesting), 1);
        }
        self.token(TokenKind::Open, 1);
    }

    /// A character that no token begins with.
    fn foreign(&mut self, first: char) {
        let length = first.len_utf8();
        if let Some(closers) = lookalike::closers(first) {
            self.curly_quotes(length, closers);
        } else if let Some(ascii) = lookalike::ascii(first) {
            self.fault(Fault::Lookalike(ascii), length);
            self.token(TokenKind::Mark, length);
        } else {
            if !is_hidden(first) {
                self.fault(Fault::Stray, length);
            }
            self.token(TokenKind::Mark, length);
        }
    }

    /// `“text”`, or `“text` up to the end of its line.
    fn curly_quotes(&mut self, open: usize, closers: &[char]) {
        let inside = self.rest().get(open..).unwrap_or_default();
        match inside.char_indices().find(|(_, c)| *c == '\n' || closers.contains(c)) {
            Some((at, closer)) if closer != '\n' => {
                let length = open + at + closer.len_utf8();
                self.fault(Fault::CurlyQuotes, length);
                self.token(TokenKind::String, length);
            }
            _ => {
                self.fault(Fault::Lookalike("\""), open);
                self.token(TokenKind::String, line_length(self.rest()));
            }
        }
    }

    /// Whether the word before is the operator `matches`, not a field of that name.
    fn after_matches(&self) -> bool {
        let mut before = self.found.tokens.iter().rev().filter_map(|token| self.text.get(token.range.clone()));
        before.next() == Some("matches") && before.next() != Some(".")
    }
}

/// Bytes of the longest prefix whose characters are all `wanted`.
fn prefix(text: &str, wanted: impl Fn(char) -> bool) -> usize {
    text.find(|c| !wanted(c)).unwrap_or(text.len())
}

/// Bytes up to the end of the line, without it.
fn line_length(text: &str) -> usize {
    text.lines().next().map_or(0, |line| line.trim_end().len())
}

/// Bytes of what stands between `quote` and the next unescaped `quote` on the line, both included.
fn closed(text: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '\n' => return None,
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == quote => return Some(at + c.len_utf8()),
            _ => {}
        }
    }
    None
}

fn regex_length(text: &str) -> Option<usize> {
    closed(text, '/')
}

/// Digits, `_`, a point before a digit, and letters that stick to them.
fn number_length(text: &str) -> usize {
    let whole = prefix(text, XID_CONTINUE);
    let rest = text.get(whole..).unwrap_or_default();
    match rest.strip_prefix('.').map(|fraction| prefix(fraction, |c| c.is_ascii_digit())) {
        Some(digits) if digits > 0 => whole + 1 + digits,
        _ => whole,
    }
}

fn mark_length(text: &str) -> usize {
    const PAIRS: [&str; 11] = ["==", "!=", "<=", ">=", "->", "..", "??", "&&", "||", "<>", "=>"];
    if PAIRS.iter().any(|pair| text.starts_with(pair)) { 2 } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_hidden_character_is_missed() {
        for c in (char::MIN..=char::MAX).filter(|c| is_hidden(*c)) {
            let text = format!("文{c}a");
            let found: Vec<_> = hidden(&text).collect();
            assert_eq!(found, [(Fault::Hidden(c), 3..3 + c.len_utf8())]);
        }
    }
}
