//! Messages: words and `{expressions}` in one string.

use super::build::{Builder, Built};
use super::cursor::Cursor;
use super::literals::Letter;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::ast;
use crate::syntax::grammar::{Pair, Rule};
use crate::syntax::input::Input;
use crate::syntax::scan::scan;

impl<'i> Builder<'i> {
    /// `"…{x}…" zh "…"`
    pub fn message(&self, pair: &Pair<'i>) -> Built<ast::Message> {
        let mut cursor = Cursor::over(pair);
        let en = self.message_text(&cursor.need(Rule::string))?;
        let zh = cursor.take(Rule::string).map(|string| self.message_text(&string)).transpose()?;
        Ok(ast::Message { en, zh })
    }

    fn message_text(&self, pair: &Pair<'i>) -> Built<ast::MessageText> {
        let letters = self.letters(pair)?;
        let mut parts = Vec::new();
        let mut words = String::new();
        let mut rest = letters.as_slice();
        while let Some((letter, after)) = rest.split_first() {
            rest = after;
            match letter {
                Letter { value: '{', escaped: false, .. } => {
                    let length = self.value_length(*letter, after)?;
                    let (value, after) = after.split_at(length);
                    if !words.is_empty() {
                        parts.push(ast::MessagePart::Text(std::mem::take(&mut words)));
                    }
                    parts.push(ast::MessagePart::Value(self.value_in_message(*letter, value)?));
                    rest = after.split_first().map_or(after, |(_, rest)| rest);
                }
                Letter { value: '}', escaped: false, .. } => return Err(self.lone_brace(*letter)),
                _ => words.push(letter.value),
            }
        }
        if !words.is_empty() {
            parts.push(ast::MessagePart::Text(words));
        }
        Ok(ast::MessageText { parts, span: self.span(pair) })
    }

    /// How many letters stand before the closing brace, those in quotes and patterns aside.
    fn value_length(&self, brace: Letter, letters: &[Letter]) -> Built<usize> {
        let text: String = letters.iter().map(|letter| letter.value).collect();
        let scan = scan(&text, self.limits.nesting);
        let letters_before = |at| text.get(..at).unwrap_or_default().chars().count();
        let braces = scan.tokens.iter().filter(|token| text.get(token.range.clone()) == Some("}"));
        let mut braces = braces.map(|token| letters_before(token.range.start));
        if let Some(closing) = braces.find(|at| letters.get(*at).is_some_and(|letter| !letter.escaped)) {
            return Ok(closing);
        }
        let comment = scan.comments.first().and_then(|comment| letters.get(letters_before(comment.range.start)));
        Err(comment
            .map_or_else(|| self.lone_brace(brace), |letter| no_comment(self.input.span(letter.at, letter.at + 2))))
    }

    /// The expression between two braces.
    fn value_in_message(&self, brace: Letter, letters: &[Letter]) -> Built<ast::Expr> {
        let text: String = letters.iter().map(|letter| letter.value).collect();
        let input = Input::unescaped(self.input.file, &text, self.places(brace, letters), self.limits.nesting);
        if let Some(comment) = input.scan.comments.first() {
            return Err(no_comment(input.span(comment.range.start, comment.range.end)));
        }
        let pair = super::first_pair(&input, Rule::expression).map_err(|faults| self.in_message(brace, faults))?;
        self.within(&input).expr(&Cursor::over(&pair).need(Rule::expr)).map_err(in_a_string)
    }

    /// The first of what is wrong between the braces.
    fn in_message(&self, brace: Letter, faults: Vec<Diagnostic>) -> Box<Diagnostic> {
        let span = self.input.span(brace.at, brace.at + 1);
        let first = faults.into_iter().next();
        let fault = first.unwrap_or_else(|| Diagnostic::error(Code::SYNTAX, span, "expected an expression"));
        Box::new(fault.help("between `{` and `}` stands a value to be shown; write `\\{` for a brace"))
    }

    /// Where the bytes of the unescaped text stand in the file.
    fn places(&self, brace: Letter, letters: &[Letter]) -> Vec<(usize, usize)> {
        let place = |offset| usize::try_from(self.input.place(offset)).unwrap_or(usize::MAX);
        let mut places = vec![(0, place(brace.at + 1))];
        let mut offset = 0;
        for letter in letters {
            if letter.escaped {
                places.push((offset, place(letter.at)));
            }
            offset += letter.value.len_utf8();
            if letter.escaped {
                let length = if letter.value == '\n' || letter.value == '\t' { 2 } else { 1 + letter.value.len_utf8() };
                places.push((offset, place(letter.at + length)));
            }
        }
        places
    }

    fn lone_brace(&self, brace: Letter) -> Box<Diagnostic> {
        let span = self.input.span(brace.at, brace.at + 1);
        let (message, value) = match brace.value {
            '{' => ("expected `}` after this `{`", "{"),
            _ => ("expected `{` before this `}`", "}"),
        };
        let help = format!("write `\\{value}` for a brace that is only a brace");
        Box::new(Diagnostic::error(Code::SYNTAX, span, message).help(help))
    }
}

/// A diagnostic whose help can be pasted between quotes.
fn in_a_string(mut fault: Box<Diagnostic>) -> Box<Diagnostic> {
    for help in &mut fault.help {
        *help = help.replace('\\', "\\\\").replace('"', "\\\"");
    }
    fault
}

fn no_comment(span: Span) -> Box<Diagnostic> {
    Box::new(Diagnostic::error(Code::SYNTAX, span, "expected an expression between the braces, found a comment"))
}
