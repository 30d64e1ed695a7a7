//! Texts between quotes, with their escapes resolved and the way back to what was written.

use super::build::{Builder, Built};
use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::grammar::Pair;

/// What stands between two quotes, escapes resolved.
pub(super) struct Unescaped {
    pub text: String,
    /// Where it begins in the text that the grammar saw.
    start: usize,
    /// In order.
    escapes: Vec<Escape>,
}

/// A character that was written with a backslash.
struct Escape {
    /// Where the character stands in the resolved text.
    offset: usize,
    /// Where the backslash stands in the text that the grammar saw.
    at: usize,
    /// How many bytes the character takes, and how many it was written with.
    length: usize,
    written: usize,
}

impl Unescaped {
    /// Where a byte of the resolved text stands in the text that the grammar saw.
    pub fn source(&self, offset: usize) -> usize {
        let before = self.escapes.partition_point(|escape| escape.offset + escape.length <= offset);
        match before.checked_sub(1).and_then(|at| self.escapes.get(at)) {
            Some(escape) => escape.at + escape.written + (offset - escape.offset - escape.length),
            None => self.start + offset,
        }
    }

    /// Whether the character at `offset` was written with a backslash.
    pub fn is_escaped(&self, offset: usize) -> bool {
        self.escapes.binary_search_by_key(&offset, |escape| escape.offset).is_ok()
    }

    /// Offsets from `start` on, in the resolved text and in the one that the grammar saw, wherever the distance between
    /// the two changes before `end`.
    pub fn places(&self, start: usize, end: usize) -> Vec<(usize, usize)> {
        let inside = self.escapes.iter().filter(|escape| (start..end).contains(&escape.offset));
        let ends = inside.flat_map(|escape| {
            let after = escape.offset + escape.length;
            [(escape.offset - start, escape.at), (after - start, escape.at + escape.written)]
        });
        std::iter::once((0, self.source(start))).chain(ends).collect()
    }
}

impl<'i> Builder<'i> {
    /// What stands between the quotes of a string.
    pub fn unescaped(&self, pair: &Pair<'i>) -> Built<Unescaped> {
        let start = pair.as_span().start() + 1;
        let inner = pair.as_str().strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or_default();
        let mut made = Unescaped { text: String::with_capacity(inner.len()), start, escapes: Vec::new() };
        let mut rest = inner;
        while let Some((plain, escaped)) = rest.find('\\').and_then(|at| rest.split_at_checked(at)) {
            made.text.push_str(plain);
            let at = start + (inner.len() - escaped.len());
            let (value, written) = self.escape(escaped, at)?;
            made.escapes.push(Escape { offset: made.text.len(), at, length: value.len_utf8(), written });
            made.text.push(value);
            rest = escaped.get(written..).unwrap_or_default();
        }
        made.text.push_str(rest);
        Ok(made)
    }

    /// The character that `\…` stands for, and the bytes it is written with.
    fn escape(&self, rest: &str, at: usize) -> Built<(char, usize)> {
        let second = rest.chars().nth(1).unwrap_or('\\');
        match second {
            '"' | '\\' | '{' | '}' => Ok((second, 2)),
            'n' => Ok(('\n', 2)),
            't' => Ok(('\t', 2)),
            'u' => unicode_escape(rest).ok_or_else(|| {
                let length = rest.find('}').filter(|_| rest.starts_with("\\u{")).map_or(2, |end| end + 1);
                let message = "expected the number of a character in hexadecimal after `\\u`";
                self.bad_escape(at, length, message.to_owned()).help("write `\\u{7ea2}`").into()
            }),
            _ => {
                let message = format!("no character is written `\\{second}`");
                let help =
                    "write `\\\\` for a backslash; the others are `\\\"`, `\\n`, `\\t`, `\\{`, `\\}` and `\\u{…}`";
                Err(self.bad_escape(at, 1 + second.len_utf8(), message).help(help).into())
            }
        }
    }

    fn bad_escape(&self, at: usize, length: usize, message: String) -> Diagnostic {
        Diagnostic::error(Code::BAD_LITERAL, self.input.span(at, at + length), message)
    }
}

/// `\u{7ea2}` at the start of `rest`, and its length.
fn unicode_escape(rest: &str) -> Option<(char, usize)> {
    let (digits, _) = rest.strip_prefix("\\u{")?.split_once('}')?;
    let value = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32)?;
    Some((value, digits.len() + "\\u{}".len()))
}
