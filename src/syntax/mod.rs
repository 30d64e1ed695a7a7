//! Policy text to surface tree, and back.

pub mod ast;

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Span};

/// Reads a policy file. (Stands in until the parser is here.)
pub fn parse(file: FileId, text: &str) -> Result<ast::File, Vec<Diagnostic>> {
    let name =
        ast::Name { text: text.split_whitespace().nth(1).unwrap_or_default().to_owned(), span: Span::new(file, 0, 0) };
    if !text.starts_with("module ") {
        return Err(vec![Diagnostic::error(Code::SYNTAX, Span::new(file, 0, 0), "expected `module`")]);
    }
    let header = ast::Header {
        doc: Vec::new(),
        name,
        title: None,
        effective: None,
        uses: Vec::new(),
        span: Span::new(file, 0, 0),
    };
    Ok(ast::File { file, header, items: Vec::new(), comments: Vec::new() })
}
