//! Messages: words and `{expressions}` in one string.

use super::build::{Builder, Built};
use super::cursor::Cursor;
use super::strings::Unescaped;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::ast::{self, MessagePart};
use crate::syntax::grammar::{Pair, Rule};
use crate::syntax::input::Input;
use crate::syntax::scan::find_brace;

impl<'i> Builder<'i> {
    /// `"…{x}…" zh "…"`
    pub fn message(&self, pair: &Pair<'i>) -> Built<ast::Message> {
        let mut cursor = Cursor::over(pair);
        let en = self.message_text(&cursor.need(Rule::string))?;
        let zh = cursor.take(Rule::string).map(|string| self.message_text(&string)).transpose()?;
        Ok(ast::Message { en, zh })
    }

    fn message_text(&self, pair: &Pair<'i>) -> Built<ast::MessageText> {
        let message = self.unescaped(pair)?;
        let mut parts = Vec::new();
        let mut start = 0;
        while let Some(brace) = next_brace(&message, start) {
            parts.extend(words(&message, start, brace));
            let end = self.closing_brace(&message, brace)?;
            parts.push(MessagePart::Value(self.value_in_message(&message, brace + 1, end)?));
            start = end + 1;
        }
        parts.extend(words(&message, start, message.text.len()));
        Ok(ast::MessageText { parts, span: self.span(pair) })
    }

    /// Where the value ends whose opening brace stands at `brace`, braces in quotes and patterns aside.
    fn closing_brace(&self, message: &Unescaped, brace: usize) -> Built<usize> {
        let inside = message.text.get(brace + 1..).unwrap_or_default();
        if !message.text.get(brace..).is_some_and(|rest| rest.starts_with('{')) {
            return Err(self.lone_brace(message, brace));
        }
        let found = find_brace(inside, self.limits.nesting, |at| !message.is_escaped(brace + 1 + at));
        found.map(|at| brace + 1 + at).map_err(|comment| match comment {
            Some(at) => no_comment(self.span_in(message, brace + 1 + at, 2)),
            None => self.lone_brace(message, brace),
        })
    }

    /// The expression at `start..end` of a message.
    fn value_in_message(&self, message: &Unescaped, start: usize, end: usize) -> Built<ast::Expr> {
        let text = message.text.get(start..end).unwrap_or_default();
        let place = |offset| usize::try_from(self.input.place(offset)).unwrap_or(usize::MAX);
        let places = message.places(start, end).into_iter().map(|(here, there)| (here, place(there)));
        let input = Input::unescaped(self.input.file, text, places.collect(), self.limits.nesting);
        if let Some(comment) = input.scan.comments.first() {
            return Err(no_comment(input.span(comment.range.start, comment.range.end)));
        }
        let pair = super::first_pair(&input, Rule::expression).map_err(|faults| {
            let fault = faults.into_iter().next().unwrap_or_else(|| {
                Diagnostic::error(Code::SYNTAX, self.span_in(message, start, 1), "expected an expression")
            });
            fault.help("between `{` and `}` stands a value to be shown; write `\\{` for a brace")
        })?;
        self.within(&input).expr(&Cursor::over(&pair).need(Rule::expr)).map_err(in_a_string)
    }

    fn lone_brace(&self, message: &Unescaped, brace: usize) -> Box<Diagnostic> {
        let (text, value) = match message.text.get(brace..) {
            Some(rest) if rest.starts_with('{') => ("expected `}` after this `{`", "{"),
            _ => ("expected `{` before this `}`", "}"),
        };
        let help = format!("write `\\{value}` for a brace that is only a brace");
        Diagnostic::error(Code::SYNTAX, self.span_in(message, brace, 1), text).help(help).into()
    }

    fn span_in(&self, message: &Unescaped, offset: usize, length: usize) -> Span {
        self.input.span(message.source(offset), message.source(offset + length))
    }
}

/// The next brace, from `start` on, that was written without a backslash.
fn next_brace(message: &Unescaped, start: usize) -> Option<usize> {
    let rest = message.text.get(start..)?;
    let mut braces = rest.match_indices(['{', '}']).map(|(at, _)| start + at);
    braces.find(|at| !message.is_escaped(*at))
}

fn words(message: &Unescaped, start: usize, end: usize) -> Option<MessagePart> {
    let words = message.text.get(start..end).filter(|words| !words.is_empty())?;
    Some(MessagePart::Text(words.to_owned()))
}

/// A diagnostic whose help can be pasted between quotes.
fn in_a_string(mut fault: Box<Diagnostic>) -> Box<Diagnostic> {
    for help in &mut fault.help {
        *help = help.replace('\\', "\\\\").replace('"', "\\\"");
    }
    fault
}

fn no_comment(span: Span) -> Box<Diagnostic> {
    Diagnostic::error(Code::SYNTAX, span, "expected an expression between the braces, found a comment").into()
}
