//! Texts and places in them: which file, which bytes, which line and column.
//!
//! It knows nothing of policies or declarations; every later phase points with it.

use memchr::memchr_iter;
use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

/// Which text a place is in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct FileId(u32);

impl FileId {
    /// The `index`-th file of a [`SourceMap`].
    #[must_use]
    pub const fn new(index: u32) -> Self {
        Self(index)
    }

    /// Its index in its [`SourceMap`].
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// A range of bytes in one text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Span {
    /// Which text.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// Bytes `start..end` of `file`.
    #[must_use]
    pub const fn new(file: FileId, start: u32, end: u32) -> Self {
        Self { file, start, end }
    }

    /// The bytes as a range.
    #[must_use]
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// From the start of `self` to the end of `other`, in the file of `self`.
    #[must_use]
    pub const fn to(self, other: Self) -> Self {
        Self { file: self.file, start: self.start, end: other.end }
    }
}

/// A place as people count: lines and columns from 1, columns in Unicode scalar values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1, in Unicode scalar values; a byte-order mark does not count.
    pub column: u32,
}

/// Where the lines of a text begin: finds places without reading the text again. Of a long line, where some of its columns
/// are: a declaration may stand on one line, and a report point at thousands of places in it.
#[derive(Debug, Clone)]
pub struct Lines {
    starts: Vec<usize>,
    /// In lines that are longer than [`STRIDE`]: a byte every so often, and its column.
    marks: Vec<Mark>,
    /// How many lines stand before the text, where it is a part of a file.
    before: u32,
}

/// A byte of a long line, and its column, from 1.
type Mark = (usize, usize);

/// How many bytes of a line are read at most to find a place.
const STRIDE: usize = 4 << 10;

impl Lines {
    /// Finds the lines of a text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self::from_line(text, 1)
    }

    /// Finds the lines of a text that begins on the `first` line of its file, counted from 1.
    #[must_use]
    pub fn from_line(text: &str, first: u32) -> Self {
        let after_breaks = memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
        let starts: Vec<usize> = std::iter::once(0).chain(after_breaks).collect();
        let ends = starts.iter().skip(1).copied().chain([text.len()]);
        let long = starts.iter().copied().zip(ends).filter(|(start, end)| end - start > STRIDE);
        let marks = long.flat_map(|(start, end)| marks(text, start, end)).collect();
        Self { starts, marks, before: first.saturating_sub(1) }
    }

    /// The number of the first line.
    #[must_use]
    pub const fn first(&self) -> u32 {
        self.before.saturating_add(1)
    }

    /// Line and column of a byte offset in the text that the lines are of; past the end counts as the end.
    #[must_use]
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let end = text.floor_char_boundary(offset);
        let line = self.starts.partition_point(|start| *start <= end);
        let start = line.checked_sub(1).and_then(|index| self.starts.get(index)).copied().unwrap_or(0);
        let (from, before) = self.mark(start, |(at, _)| at <= end);
        let column = before + columns(text.get(from..end).unwrap_or_default());
        Position { line: saturate(line).saturating_add(self.before), column: saturate(column) }
    }

    /// The bytes of a line of the text that the lines are of, its end and a byte-order mark left out; none where there is
    /// no such line.
    #[must_use]
    pub fn line(&self, text: &str, line: u32) -> Option<Range<usize>> {
        let index = usize::try_from(line.checked_sub(self.first())?).ok()?;
        let start = *self.starts.get(index)?;
        let end = self.starts.get(index + 1).map_or(text.len(), |next| next - 1);
        let words = text.get(start..end)?;
        let start = if start == 0 && words.starts_with(MARK) { MARK.len_utf8() } else { start };
        Some(start..start.max(if words.ends_with('\r') { end - 1 } else { end }))
    }

    /// The byte of a place in the text that the lines are of; past the end of its line counts as that end.
    #[must_use]
    pub fn offset(&self, text: &str, at: Position) -> Option<usize> {
        let line = self.line(text, at.line)?;
        let wanted = usize::try_from(at.column).ok()?.max(1);
        let (from, before) = self.mark(line.start, |(byte, column)| byte < line.end && column <= wanted);
        let rest = text.get(from.max(line.start)..line.end)?;
        let counted = rest.char_indices().filter(|(_, c)| *c != MARK);
        Some(counted.map(|(byte, _)| from + byte).nth(wanted - before).unwrap_or(line.end))
    }

    /// The last place of a line from which columns can be counted on, before something that only gets further: a mark, or
    /// where the line starts.
    fn mark(&self, start: usize, before: impl Fn(Mark) -> bool) -> Mark {
        let known = self.marks.partition_point(|mark| mark.0 <= start || before(*mark));
        let mark = known.checked_sub(1).and_then(|index| self.marks.get(index)).copied();
        mark.filter(|mark| mark.0 > start).unwrap_or((start, 1))
    }
}

/// A byte-order mark.
const MARK: char = '\u{feff}';

/// The marks of a line.
fn marks(text: &str, start: usize, end: usize) -> impl Iterator<Item = Mark> {
    let next = move |(at, column): Mark| {
        let next = text.floor_char_boundary(at.saturating_add(STRIDE));
        (next < end).then(|| (next, column + columns(text.get(at..next).unwrap_or_default())))
    };
    std::iter::successors(Some((start, 1)), move |mark| next(*mark)).skip(1)
}

/// How many columns a part of a line has.
fn columns(part: &str) -> usize {
    part.chars().filter(|c| *c != MARK).count()
}

/// One text under its name.
#[derive(Debug, Clone)]
pub struct SourceFile {
    name: String,
    text: Cow<'static, str>,
    /// The number of its first line.
    first: u32,
    /// Found when somebody asks for a place: of most texts nobody does.
    lines: OnceLock<Lines>,
}

impl SourceFile {
    /// The name under which it was given.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where its lines begin.
    #[must_use]
    pub fn lines(&self) -> &Lines {
        self.lines.get_or_init(|| Lines::from_line(&self.text, self.first))
    }
}

/// All texts of a run.
#[derive(Debug, Clone, Default)]
pub struct SourceMap {
    files: Vec<SourceFile>,
}

impl SourceMap {
    /// No texts.
    #[must_use]
    pub const fn new() -> Self {
        Self { files: Vec::new() }
    }

    /// Takes a text in and says how to refer to it.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        self.add_from_line(name, text, 1)
    }

    /// Takes a text in that is part of the program, as it is.
    pub fn add_static(&mut self, name: impl Into<String>, text: &'static str) -> FileId {
        self.push(name.into(), Cow::Borrowed(text), 1)
    }

    /// Takes a text in that begins on the `first` line of the file of this name, counted from 1.
    pub fn add_from_line(&mut self, name: impl Into<String>, text: impl Into<String>, first: u32) -> FileId {
        self.push(name.into(), Cow::Owned(text.into()), first)
    }

    fn push(&mut self, name: String, text: Cow<'static, str>, first: u32) -> FileId {
        let id = self.next(0);
        self.files.push(SourceFile { name, text, first, lines: OnceLock::new() });
        id
    }

    /// The id that the `ahead`-th text from now on will get.
    #[must_use]
    pub fn next(&self, ahead: usize) -> FileId {
        FileId(u32::try_from(self.files.len().saturating_add(ahead)).unwrap_or(u32::MAX))
    }

    /// The text behind an id of this map.
    #[must_use]
    pub fn get(&self, id: FileId) -> Option<&SourceFile> {
        self.files.get(id.index())
    }

    /// The name of a file; empty for an id of another map.
    #[must_use]
    pub fn name(&self, id: FileId) -> &str {
        self.get(id).map_or("", SourceFile::name)
    }

    /// The words at a place; empty where the span is not of this map.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.get(span.file).and_then(|file| file.text.get(span.range())).unwrap_or_default()
    }

    /// The line and column at which a span begins.
    #[must_use]
    pub fn position(&self, span: Span) -> Position {
        let start = Position { line: 1, column: 1 };
        self.get(span.file).map_or(start, |file| file.lines().position(&file.text, span.start as usize))
    }
}

/// Line and column of a byte offset in `text`; past the end counts as the end. For many places in one text, [`Lines`].
#[must_use]
pub fn position(text: &str, offset: usize) -> Position {
    Lines::new(text).position(text, offset)
}

fn saturate(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_file_counts_from_its_own_first_line() {
        let mut sources = SourceMap::new();
        let file = sources.add_from_line("all.ndjson", "{}\n x", 17);
        assert_eq!(sources.position(Span::new(file, 1, 1)), Position { line: 17, column: 2 });
        assert_eq!(sources.position(Span::new(file, 4, 4)), Position { line: 18, column: 2 });
        assert_eq!(sources.get(file).map(|file| file.lines().first()), Some(17));
    }

    #[test]
    fn columns_count_characters_not_bytes() {
        let text = "\u{feff}一\"二\n三x";
        assert_eq!(position(text, 3), Position { line: 1, column: 1 });
        assert_eq!(position(text, 7), Position { line: 1, column: 3 });
        assert_eq!(position(text, text.len()), Position { line: 2, column: 3 });
        assert_eq!(position(text, 4), position(text, 3), "inside a character is at the character");
    }

    /// Counts the columns from the start of the line.
    fn counted(text: &str, offset: usize) -> u32 {
        let start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
        saturate(text[start..offset].chars().filter(|c| *c != '\u{feff}').count() + 1)
    }

    #[test]
    fn long_lines_have_the_same_columns_and_places_lead_back() {
        let long = "一二x\u{feff}é".repeat(2 * STRIDE / 5);
        let text = format!("\u{feff}a\n{long}\r\nb\n{long}{long}");
        let lines = Lines::from_line(&text, 7);
        for offset in text.char_indices().filter(|(_, c)| *c != '\u{feff}').map(|(at, _)| at).step_by(97) {
            let at = lines.position(&text, offset);
            assert_eq!(at.column, counted(&text, offset), "{offset}");
            let end = lines.line(&text, at.line).unwrap().end;
            assert_eq!(lines.offset(&text, at), Some(offset.min(end)), "{offset}");
        }
    }

    /// Whatever the length of a line, no more than a stride of it lies between a place and what is known before it.
    #[test]
    fn no_place_of_a_long_line_is_far_from_a_mark() {
        let text = "值".repeat(40 * STRIDE);
        let lines = Lines::new(&text);
        for offset in (0..text.len()).step_by(1_001) {
            let (from, _) = lines.mark(0, |(at, _)| at <= offset);
            assert!(offset - from <= STRIDE, "{offset}: counted from {from}");
        }
        assert_eq!(Lines::new(&"{\n}".repeat(STRIDE)).marks, [], "short lines need none");
    }

    #[test]
    fn lines_have_neither_their_ends_nor_a_mark() {
        let text = "\u{feff}{\r\n一\n\n";
        let lines = Lines::from_line(text, 3);
        let words = |line| lines.line(text, line).map(|bytes| &text[bytes]);
        assert_eq!([2, 3, 4, 5, 6, 7].map(words), [None, Some("{"), Some("一"), Some(""), Some(""), None]);
        assert_eq!(Lines::new("\u{feff}").line("\u{feff}", 1), Some(3..3));
        assert_eq!(lines.offset(text, Position { line: 4, column: 9 }), Some(text.len() - 2), "its end");
        assert_eq!(lines.offset(text, Position { line: 9, column: 1 }), None);
    }
}
