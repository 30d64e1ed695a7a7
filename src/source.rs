//! Texts and places in them: which file, which bytes, which line and column.
//!
//! It knows nothing of policies or declarations; every later phase points with it.

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

/// Where the lines of a text begin: finds places without reading the text again.
#[derive(Debug, Clone)]
pub struct Lines {
    starts: Vec<usize>,
    /// How many lines stand before the text, where it is a part of a file.
    before: u32,
}

impl Lines {
    /// Finds the lines of a text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self::from_line(text, 1)
    }

    /// Finds the lines of a text that begins on the `first` line of its file, counted from 1.
    #[must_use]
    pub fn from_line(text: &str, first: u32) -> Self {
        let after_breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        Self { starts: std::iter::once(0).chain(after_breaks).collect(), before: first.saturating_sub(1) }
    }

    /// The number of the first line.
    #[must_use]
    pub const fn first(&self) -> u32 {
        self.before.saturating_add(1)
    }

    /// Line and column of a byte offset in the text that the lines are of; past the end counts as the end.
    #[must_use]
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let mut end = offset.min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let line = self.starts.partition_point(|start| *start <= end);
        let start = line.checked_sub(1).and_then(|index| self.starts.get(index)).copied().unwrap_or(0);
        let before = text.get(start..end).unwrap_or_default();
        let column = before.chars().filter(|&c| c != '\u{feff}').count() + 1;
        Position { line: saturate(line).saturating_add(self.before), column: saturate(column) }
    }
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
}
