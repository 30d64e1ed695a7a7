//! The one place where text that somebody else wrote is made safe to show: nothing in it can move the cursor, colour
//! the terminal, or turn the reading direction.

use super::wrap::is_plain;
use std::borrow::Cow;
use std::fmt::Write;

/// Text on one line, with control, bidirectional and invisible characters escaped: `\u{1b}`, `\n`.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    escape(text, hidden)
}

/// Like [`visible`], but line breaks stay, for text that is our own and holds others' words.
#[must_use]
pub fn visible_lines(text: &str) -> Cow<'_, str> {
    escape(text, |c| c != '\n' && hidden(c))
}

/// The longest text that is shown whole, in characters; longer ones end in `…`.
const LONGEST: usize = 1_000;

/// A text, cut where it is too long to be read.
pub(super) fn shorten(text: &str) -> Cow<'_, str> {
    if text.len() <= LONGEST {
        return text.into();
    }
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()).into(),
        None => text.into(),
    }
}

fn escape(text: &str, hidden: impl Fn(char) -> bool) -> Cow<'_, str> {
    if is_plain(text) || !text.contains(&hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if hidden(c) {
            push_escaped(&mut shown, c);
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}

/// Appends a hidden character's escape.
pub(super) fn push_escaped(shown: &mut String, c: char) {
    match c {
        '\n' => shown.push_str("\\n"),
        '\r' => shown.push_str("\\r"),
        '\t' => shown.push_str("\\t"),
        _ => {
            let _ = write!(shown, "\\u{{{:x}}}", u32::from(c));
        }
    }
}

/// Whether a character does something other than stand there: controls of both ranges, marks and overrides of
/// direction, line and paragraph separators, what has no width of its own and joins nothing, and what no
/// XML text may hold.
pub(super) fn hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_can_move_the_cursor() {
        let cases = [
            ("plain 文字", "plain 文字"),
            ("\u{1b}[31mred", "\\u{1b}[31mred"),
            ("a\r\nb\tc", "a\\r\\nb\\tc"),
            ("\u{9b}2J", "\\u{9b}2J"),
            ("\u{7f}", "\\u{7f}"),
            ("abc\u{202e}def\u{2066}", "abc\\u{202e}def\\u{2066}"),
            ("\u{200f}\u{61c}\u{feff}\u{200b}", "\\u{200f}\\u{61c}\\u{feff}\\u{200b}"),
            ("👩\u{200d}🔧", "👩\u{200d}🔧"),
        ];
        for (given, shown) in cases {
            assert_eq!(visible(given), shown);
        }
        assert!(matches!(visible("plain"), Cow::Borrowed(_)));
        assert_eq!(visible_lines("a\nb\u{1b}"), "a\nb\\u{1b}");
    }

    #[test]
    fn every_control_and_bidirectional_character_is_escaped() {
        let bidirectional =
            "\u{61c}\u{200e}\u{200f}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}";
        for c in (0..=0x9f_u32).filter_map(char::from_u32).filter(|c| c.is_control()).chain(bidirectional.chars()) {
            let shown = visible(c.encode_utf8(&mut [0; 4])).into_owned();
            assert!(shown.starts_with('\\') && shown.is_ascii(), "{c:?} shown as {shown:?}");
        }
    }
}
