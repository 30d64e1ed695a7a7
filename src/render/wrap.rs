//! Breaking lines by the width that they have on a terminal, where Chinese characters take two columns.
//!
//! Lines break at blanks, and beside wide characters, but not before a closing mark nor after an opening one.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Marks that never begin a line.
const CLOSING: &str = "，。；：！？、）》」』】〉”’…,.;:!?)]}%·";
/// Marks that never end a line.
const OPENING: &str = "（《「『【〈“‘([{";

/// How many columns a text takes.
#[must_use]
pub fn width(text: &str) -> usize {
    if is_plain(text) { text.len() } else { text.width() }
}

/// Whether a text has only letters, digits, marks and blanks of ASCII, as most have: each takes a column.
pub(super) fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// Breaks a text into lines of at most `limit` columns; a word wider than that stays whole unless it can be broken
/// nowhere else, then it is cut. Line breaks in the text are kept.
#[must_use]
pub fn wrap(text: &str, limit: usize) -> Vec<String> {
    let limit = limit.max(8);
    text.split('\n').flat_map(|line| wrap_line(line, limit)).collect()
}

fn wrap_line(line: &str, limit: usize) -> Vec<String> {
    if width(line) <= limit {
        return vec![line.trim_end().to_owned()];
    }
    let mut lines = Vec::new();
    let mut current = String::new();
    for piece in pieces(line) {
        let solid = piece.trim_end();
        if !current.is_empty() && width(&current) + width(solid) > limit {
            lines.push(current.trim_end().to_owned());
            current.clear();
        }
        if width(solid) > limit {
            cut(solid, limit, &mut current, &mut lines);
            continue;
        }
        current.push_str(piece);
    }
    lines.push(current.trim_end().to_owned());
    lines
}

/// Cuts a word that is wider than a line.
fn cut(word: &str, limit: usize, current: &mut String, lines: &mut Vec<String>) {
    for c in word.chars() {
        if width(current) + c.width().unwrap_or(0) > limit {
            lines.push(std::mem::take(current));
        }
        current.push(c);
    }
    current.push(' ');
}

/// The text in pieces that are not broken; blanks belong to the piece before.
fn pieces(line: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut previous: Option<char> = None;
    for (at, c) in line.char_indices() {
        if previous.is_some_and(|before| breaks(before, c)) {
            pieces.push(line.get(start..at).unwrap_or_default());
            start = at;
        }
        previous = Some(c);
    }
    pieces.push(line.get(start..).unwrap_or_default());
    pieces
}

/// Whether a line may break between two characters.
fn breaks(before: char, after: char) -> bool {
    if before.is_ascii_alphanumeric() && after.is_ascii_alphanumeric() {
        return false;
    }
    if after == ' ' || CLOSING.contains(after) || OPENING.contains(before) {
        return false;
    }
    let wide = |c: char| !c.is_ascii() && c.width().unwrap_or(0) > 1;
    before == ' ' || wide(before) || wide(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_break_at_blanks() {
        assert_eq!(wrap("the quick brown fox", 10), ["the quick", "brown fox"]);
        assert_eq!(wrap("", 10), [""]);
        assert_eq!(wrap("a\nb", 10), ["a", "b"]);
        assert_eq!(wrap("abcdefghijkl mn", 8), ["abcdefgh", "ijkl mn"]);
    }

    #[test]
    fn chinese_breaks_anywhere_but_at_marks() {
        assert_eq!(wrap("重要数据的存储加密", 10), ["重要数据的", "存储加密"]);
        assert_eq!(wrap("重要数据。存储", 8), ["重要数", "据。存储"], "a stop begins no line");
        assert_eq!(wrap("重要数（据）", 8), ["重要数", "（据）"], "a bracket ends no line");
        for line in wrap("存储加密方式为 none，应当使用 sm4 或 aes256 加密。", 16) {
            assert!(width(&line) <= 16, "{line}");
        }
    }
}
