//! From surface tree to text: the formatter.
//!
//! What is printed reads back as the same tree, and printing that again changes nothing. Comments stay where they are
//! as far as lines go: a comment amid a clause moves above it.

mod between;
mod columns;
mod doc;
mod expressions;
mod items;
mod literals;
mod model;
mod render;
mod rules;
mod tests;

use super::ast;
use between::Lines;
use doc::Doc;

/// Writes a file as the formatter would: one way of writing for each tree.
#[must_use]
pub fn print(file: &ast::File) -> String {
    let mut printer = Printer { comments: &file.comments, held: Vec::new(), blank_lines: &file.blank_lines };
    let mut lines = Lines::default();
    printer.header(&mut lines, &file.header);
    printer.items(&mut lines, &file.items);
    printer.approach(&mut lines, u32::MAX);
    render::lines(&lines.join(&Doc::Hard))
}

/// Makes docs of the parts of a file, in their order, and hands out the comments that stand between them.
struct Printer<'f> {
    /// The comments that are not yet printed.
    comments: &'f [ast::Comment],
    /// Those of them that stand amid a thing, where no line of their own is: they go above it.
    held: Vec<&'f ast::Comment>,
    /// The blank lines that are not yet passed.
    blank_lines: &'f [u32],
}

impl Printer<'static> {
    /// For the words of a part, without the comments in it.
    const fn bare() -> Self {
        Self { comments: &[], held: Vec::new(), blank_lines: &[] }
    }
}
