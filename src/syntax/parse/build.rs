//! What all the tree-building functions share: places, room for depth, and the tree of a whole file.

use super::cursor::Cursor;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::grammar::{Pair, Rule};
use crate::syntax::input::Input;
use crate::syntax::{Limits, ast};

/// A part of the tree, or the first thing that is wrong with it.
pub(super) type Built<T> = Result<T, Box<Diagnostic>>;

/// Builds the tree of one text.
#[derive(Clone, Copy)]
pub(super) struct Builder<'i> {
    pub input: &'i Input<'i>,
    pub limits: Limits,
    /// How many operations may still stand on top of each other.
    room: usize,
}

impl<'i> Builder<'i> {
    pub fn new(input: &'i Input<'i>, limits: Limits) -> Self {
        Self { input, limits, room: limits.depth }
    }

    /// The same text, seen from inside another.
    pub fn within<'j>(&self, input: &'j Input<'j>) -> Builder<'j> {
        Builder { input, limits: self.limits, room: self.room }
    }

    /// For what stands `levels` operations below `pair`.
    pub fn below(self, levels: usize, pair: &Pair<'i>) -> Built<Self> {
        match self.room.checked_sub(levels) {
            Some(room) => Ok(Self { room, ..self }),
            None => Err(Box::new(
                Diagnostic::error(
                    Code::SYNTAX_LIMIT,
                    self.span(pair),
                    format!("at most {} operations stand on top of each other", self.limits.depth),
                )
                .help("give parts of it names of their own: `let part = …`"),
            )),
        }
    }

    /// Where a pair stands, without the white space that pest leaves at its end.
    pub fn span(&self, pair: &Pair<'_>) -> Span {
        let span = pair.as_span();
        self.input.tight_span(span.start(), span.end())
    }

    /// The words of a pair, as they may be written in a help.
    pub fn words(&self, pair: &Pair<'_>) -> String {
        let span = pair.as_span();
        self.input.on_one_line(span.start(), span.end())
    }

    /// A word with its place; also rule ids.
    pub fn name(&self, pair: &Pair<'_>) -> ast::Name {
        ast::Name { text: pair.as_str().to_owned(), span: self.span(pair) }
    }

    /// `/// words` above something, without the slashes and the blank after them.
    pub fn docs(pair: &Pair<'_>) -> Vec<String> {
        let lines = pair.clone().into_inner().take_while(|part| part.as_rule() == Rule::doc);
        lines.map(|line| doc_words(line.as_str())).collect()
    }

    /// The tree of a file, or what is wrong with its header and each of its items.
    pub fn file(&self, pair: &Pair<'i>) -> Result<ast::File, Vec<Diagnostic>> {
        let mut cursor = Cursor::over(pair);
        let header = self.header(&cursor.need(Rule::header));
        let items = self.items(pair);
        match (header, items) {
            (Ok(header), Ok(items)) => {
                let blank_lines = self.input.scan.blank_lines.iter().map(|at| self.input.place(*at)).collect();
                Ok(ast::File { file: self.input.file, header, items, comments: self.comments(), blank_lines })
            }
            (Ok(_), Err(faults)) => Err(faults),
            (Err(fault), items) => Err(std::iter::once(*fault).chain(items.err().unwrap_or_default()).collect()),
        }
    }

    /// The items of a text, or what is wrong with each.
    pub fn items(&self, pair: &Pair<'i>) -> Result<Vec<ast::Item>, Vec<Diagnostic>> {
        let (mut items, mut faults) = (Vec::new(), Vec::new());
        for pair in Cursor::over(pair).all(Rule::item) {
            match self.item(&pair) {
                Ok(item) => items.push(item),
                Err(fault) => faults.push(*fault),
            }
        }
        if faults.is_empty() { Ok(items) } else { Err(faults) }
    }

    fn comments(&self) -> Vec<ast::Comment> {
        let comments = self.input.scan.comments.iter();
        comments
            .map(|comment| ast::Comment {
                text: self.input.text.get(comment.range.clone()).unwrap_or_default().to_owned(),
                span: self.input.span(comment.range.start, comment.range.end),
                trailing: comment.trailing,
            })
            .collect()
    }
}

fn doc_words(line: &str) -> String {
    let words = line.trim_start_matches('/').trim_end();
    words.strip_prefix(' ').unwrap_or(words).to_owned()
}
