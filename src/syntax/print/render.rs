//! Laying a [`Doc`] out on lines of limited width: a group stays on its line where it fits, else its own breaks are
//! taken and its parts are tried in turn.

use super::doc::Doc;
use unicode_width::UnicodeWidthStr as _;

/// Lines are at most so many columns wide, where their parts allow it; a Chinese character takes two.
pub(super) const WIDTH: usize = 120;

/// How many columns words take.
pub(super) fn width(words: &str) -> usize {
    words.width()
}

/// `doc` on one line, whatever its width.
pub(super) fn flat(doc: &Doc) -> String {
    let mut renderer = Renderer { limit: usize::MAX, ..Renderer::default() };
    renderer.render(doc);
    renderer.out
}

/// `doc` on lines of [`WIDTH`] columns, with a line end after the last.
pub(super) fn lines(doc: &Doc) -> String {
    let mut renderer = Renderer { limit: WIDTH, ..Renderer::default() };
    renderer.render(doc);
    renderer.new_line(0);
    renderer.out
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Flat,
    Broken,
}

/// A piece that is still to come, with the column at which its new lines begin.
type Todo<'d> = (usize, Mode, &'d Doc);

#[derive(Default)]
struct Renderer {
    limit: usize,
    out: String,
    column: usize,
    suffixes: Vec<String>,
    /// Whether a comment ends the line that is being written.
    commented: bool,
    /// Where that line begins.
    indent: usize,
}

impl Renderer {
    fn render(&mut self, doc: &Doc) {
        let mut todo: Vec<Todo<'_>> = vec![(0, Mode::Broken, doc)];
        while let Some((indent, mode, doc)) = todo.pop() {
            match doc {
                Doc::Text(words) => self.write(words),
                Doc::Line if mode == Mode::Flat => self.write(" "),
                Doc::Soft if mode == Mode::Flat => {}
                Doc::Line | Doc::Soft | Doc::Hard => self.new_line(indent),
                Doc::IfBroken(words) if mode == Mode::Broken => self.write(words),
                Doc::IfBroken(_) => {}
                Doc::Comment(words) => {
                    self.write(words);
                    self.commented = true;
                }
                Doc::Suffix(words) => self.suffixes.push(words.clone()),
                Doc::Row(parts) => todo.extend(parts.iter().rev().map(|part| (indent, mode, part))),
                Doc::Nest(columns, doc) => todo.push((indent + columns, mode, doc)),
                Doc::Align(doc) => todo.push((self.column, mode, doc)),
                Doc::Group { broken, doc } => {
                    let fits = mode == Mode::Flat || !broken && self.fits((indent, Mode::Flat, doc), &todo);
                    todo.push((indent, if fits { Mode::Flat } else { Mode::Broken }, doc));
                }
            }
        }
    }

    /// Whether `next`, and what follows it up to a new line, fits into the line.
    fn fits<'d>(&self, next: Todo<'d>, rest: &[Todo<'d>]) -> bool {
        let Some(mut room) = self.limit.checked_sub(self.column) else { return false };
        let mut rest = rest.iter().rev();
        let mut todo = vec![next];
        while let Some((indent, mode, doc)) = todo.pop().or_else(|| rest.next().copied()) {
            let taken = match doc {
                Doc::Text(words) | Doc::Comment(words) => width(words),
                Doc::Line if mode == Mode::Flat => 1,
                Doc::Line | Doc::Soft if mode == Mode::Broken => return true,
                Doc::Hard => return true,
                Doc::IfBroken(words) if mode == Mode::Broken => width(words),
                Doc::Row(parts) => {
                    todo.extend(parts.iter().rev().map(|part| (indent, mode, part)));
                    0
                }
                Doc::Nest(_, doc) | Doc::Align(doc) | Doc::Group { doc, .. } => {
                    todo.push((indent, mode, doc));
                    0
                }
                _ => 0,
            };
            match room.checked_sub(taken) {
                Some(left) => room = left,
                None => return false,
            }
        }
        true
    }

    fn write(&mut self, words: &str) {
        self.out.push_str(words);
        self.column += width(words);
    }

    /// Ends the line, with the comments that belong to it: one stands behind it, further ones below.
    fn new_line(&mut self, indent: usize) {
        for suffix in std::mem::take(&mut self.suffixes) {
            if std::mem::replace(&mut self.commented, true) {
                self.break_line(self.indent);
            } else {
                self.trim();
                self.out.push(' ');
            }
            self.out.push_str(&suffix);
        }
        self.break_line(indent);
        self.column = indent;
        self.indent = indent;
        self.commented = false;
    }

    fn break_line(&mut self, indent: usize) {
        self.trim();
        self.out.push('\n');
        self.out.extend(std::iter::repeat_n(' ', indent));
    }

    fn trim(&mut self) {
        let kept = self.out.trim_end_matches(' ').len();
        self.out.truncate(kept);
    }
}
