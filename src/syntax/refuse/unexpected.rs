//! What the grammar did not expect: where, what it would have taken, and what was perhaps meant.

use super::expected::{Expected, expected};
use super::{either, hint};
use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::grammar::PestError;
use crate::syntax::input::Input;
use crate::syntax::scan::{Token, TokenKind};
use pest::error::{ErrorVariant, InputLocation};

/// Why the grammar stopped.
pub(in crate::syntax) fn unexpected(input: &Input<'_>, error: &PestError) -> Diagnostic {
    let (InputLocation::Pos(at) | InputLocation::Span((at, _))) = error.location;
    let expected = match &error.variant {
        ErrorVariant::ParsingError { positives, .. } => expected(positives),
        ErrorVariant::CustomError { .. } => expected(&[]),
    };
    let (last, next) = (input.last_token(at), input.next_token(at));
    let diagnostic = match (last, next) {
        (Some(last), Some(next)) if !expected.between && !same_line(input, last, next) => {
            missing(input, last, &expected)
        }
        (Some(last), None) => missing(input, last, &expected),
        (_, Some(next)) => in_the_way(input, at, next, &expected),
        (None, None) => error_at(input, at, at, format!("expected {}, found nothing", either(&expected.words))),
    };
    let diagnostic = open_bracket(input, at, diagnostic);
    match hint::hint(input, last, next, &expected) {
        Some(hint) => diagnostic.help(hint),
        None => diagnostic,
    }
}

fn error_at(input: &Input<'_>, start: usize, end: usize, message: String) -> Diagnostic {
    Diagnostic::error(Code::SYNTAX, input.span(start, end), message)
}

/// Something should have followed on the line of `last`.
fn missing(input: &Input<'_>, last: &Token, expected: &Expected) -> Diagnostic {
    let message = format!("expected {} after `{}`", either(&expected.words), run(input, last));
    error_at(input, last.range.end, last.range.end, message)
}

/// Something else should have stood in the place of `next`, or of what is left of it.
fn in_the_way(input: &Input<'_>, at: usize, next: &Token, expected: &Expected) -> Diagnostic {
    let start = at.max(next.range.start);
    let found = input.text.get(start..next.range.end).unwrap_or_default();
    let message = match next.kind {
        TokenKind::Doc => "a doc comment stands above an item, a field or a member".to_owned(),
        _ => format!("expected {}, found `{}`", either(&expected.words), short(found)),
    };
    error_at(input, start, next.range.end, message)
}

/// The token with what sticks to it on its left: `T17-R7`, not `R7`.
fn run(input: &Input<'_>, last: &Token) -> String {
    let before = input.text.get(..last.range.end).unwrap_or_default();
    let run = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    short(if last.kind == TokenKind::String { input.words(last) } else { run })
}

fn same_line(input: &Input<'_>, last: &Token, next: &Token) -> bool {
    input.text.get(last.range.end..next.range.start).is_some_and(|between| !between.contains('\n'))
}

/// At the end of the text, the bracket that nobody closed.
fn open_bracket(input: &Input<'_>, at: usize, diagnostic: Diagnostic) -> Diagnostic {
    if input.next_token(at).is_some() {
        return diagnostic;
    }
    let mut open = Vec::new();
    for token in &input.scan.tokens {
        match token.kind {
            TokenKind::Open => open.push(token),
            TokenKind::Close => drop(open.pop()),
            _ => {}
        }
    }
    match open.pop() {
        Some(token) => {
            let words = format!("this `{}` is still open", input.words(token));
            diagnostic.also(input.span(token.range.start, token.range.end), words)
        }
        None => diagnostic,
    }
}

/// The words of a token, cut where they are long.
fn short(words: &str) -> String {
    const LONGEST: usize = 32;
    match words.char_indices().nth(LONGEST) {
        Some((cut, _)) => format!("{}…", words.get(..cut).unwrap_or_default()),
        None => words.to_owned(),
    }
}
