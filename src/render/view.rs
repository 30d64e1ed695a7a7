//! A line of somebody's text as it can be shown: escaped, tabs opened, cut to a window when it is long; with the way
//! from its bytes to the bytes shown.

use super::visible::{hidden, push_escaped};
use std::ops::Range;
use unicode_width::UnicodeWidthChar;

const TAB: &str = "    ";
const CUT: char = '…';

/// Where the line that holds a byte begins and ends, its end and a byte-order mark left out.
#[must_use]
pub fn line_at(text: &str, offset: usize) -> Range<usize> {
    let bytes = text.as_bytes();
    let offset = offset.min(bytes.len());
    let before = bytes.get(..offset).unwrap_or_default();
    let start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
    let after = bytes.get(offset..).unwrap_or_default();
    let end = after.iter().position(|&byte| byte == b'\n').map_or(bytes.len(), |at| offset + at);
    trim_line(text, start, end)
}

fn trim_line(text: &str, start: usize, end: usize) -> Range<usize> {
    let start = if start == 0 && text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { start };
    let line = text.get(start..end).unwrap_or_default();
    start..start + line.strip_suffix('\r').unwrap_or(line).len()
}

/// A line as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// What is shown.
    pub text: String,
    /// Byte in the line and byte in `text`, for each character kept and for the end.
    places: Vec<(usize, usize)>,
}

impl View {
    /// Shows a line; where it is wider than `width` columns, a window round the bytes in `focus`.
    #[must_use]
    pub fn new(line: &str, focus: &Range<usize>, width: usize) -> Self {
        let start = floor(line, focus.start.min(line.len()));
        let window = if fits(line, width) { 0..line.len() } else { window(line, start..focus.end.max(start), width) };
        Self::of(line, window)
    }

    fn of(line: &str, window: Range<usize>) -> Self {
        let mut view = Self { text: String::new(), places: Vec::new() };
        let kept = line.get(window.clone()).unwrap_or_default();
        if window.start > 0 {
            view.text.push(CUT);
        }
        for (at, c) in kept.char_indices() {
            view.places.push((window.start + at, view.text.len()));
            match c {
                '\t' => view.text.push_str(TAB),
                c if hidden(c) => push_escaped(&mut view.text, c),
                c => view.text.push(c),
            }
        }
        view.places.push((window.end, view.text.len()));
        if window.end < line.len() {
            view.text.push(CUT);
        }
        view
    }

    /// The byte shown for a byte of the line; what was cut off is at the edge.
    #[must_use]
    pub fn place(&self, byte: usize) -> usize {
        let next = self.places.partition_point(|(at, _)| *at <= byte);
        self.places.get(next.saturating_sub(1)).map_or(0, |(_, shown)| *shown)
    }

    /// The bytes shown for a range of the line; where the range ends inside a character, after it.
    #[must_use]
    pub fn range(&self, range: &Range<usize>) -> Range<usize> {
        let next = self.places.partition_point(|(at, _)| *at < range.end);
        let end = self.places.get(next).map_or(self.text.len(), |(_, shown)| *shown);
        let start = self.place(range.start);
        start..end.max(start)
    }
}

/// The widest that a character can be shown: escapes are at most this wide. What takes no room counts as well, so that a
/// window has an end in a line of nothing else.
fn shown_width(c: char) -> usize {
    match c {
        '\t' => TAB.len(),
        c if hidden(c) => 10,
        c => c.width().unwrap_or(0).max(1),
    }
}

/// Whether a line is no wider than that; reads no more of it than it must.
fn fits(line: &str, width: usize) -> bool {
    let mut left = width;
    line.chars().all(|c| match left.checked_sub(shown_width(c)) {
        Some(rest) => {
            left = rest;
            true
        }
        None => false,
    })
}

/// The bytes to keep: the focus, then what is before and after it by turns, as wide as allowed.
fn window(line: &str, focus: Range<usize>, width: usize) -> Range<usize> {
    let mut left = width.saturating_sub(2);
    let mut take = |c: char| {
        let rest = left.checked_sub(shown_width(c))?;
        left = rest;
        Some(c.len_utf8())
    };
    let (mut start, mut end) = (focus.start, focus.start);
    while end < focus.end.min(line.len()) {
        match line.get(end..).and_then(|rest| rest.chars().next()).and_then(&mut take) {
            Some(length) => end += length,
            None => return start..end,
        }
    }
    loop {
        let before = line.get(..start).and_then(|rest| rest.chars().next_back()).and_then(&mut take);
        start -= before.unwrap_or(0);
        let after = line.get(end..).and_then(|rest| rest.chars().next()).and_then(&mut take);
        end += after.unwrap_or(0);
        if before.is_none() && after.is_none() {
            return start..end;
        }
    }
}

fn floor(text: &str, mut offset: usize) -> usize {
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_lose_their_ends() {
        let text = "\u{feff}one\r\n二\n";
        assert_eq!(&text[line_at(text, 4)], "one");
        assert_eq!(&text[line_at(text, 9)], "二");
        assert_eq!(&text[line_at(text, text.len())], "");
        assert_eq!(line_at("", 7), 0..0);
    }

    #[test]
    fn a_short_line_is_shown_whole() {
        let view = View::new("a\t\u{1b}二x", &(0..0), 40);
        assert_eq!(view.text, "a    \\u{1b}二x");
        assert_eq!(view.place(2), 5, "the escape begins after the opened tab");
        assert_eq!(view.range(&(3..6)), 11..14);
        assert_eq!(view.range(&(4..5)), 11..14, "inside a character is the whole character");
    }

    #[test]
    fn a_long_line_is_cut_round_the_focus() {
        let line = format!("{}\"here\"{}", "一".repeat(500), "x".repeat(500));
        let view = View::new(&line, &(1500..1506), 30);
        assert!(view.text.starts_with('…') && view.text.ends_with('…'), "{}", view.text);
        assert_eq!(&view.text[view.range(&(1500..1506))], "\"here\"");
        assert!(unicode_width::UnicodeWidthStr::width(view.text.as_str()) <= 30);
        let past = View::new(&line, &(0..line.len()), 30);
        assert!(past.text.starts_with("一一"), "a focus too wide is shown from its start");
        let roomless = View::new(&"\u{301}".repeat(10_000), &(4000..4002), 30);
        assert!(roomless.text.chars().count() <= 30, "what takes no room has an end, too");
    }
}
