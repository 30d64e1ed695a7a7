//! A strict reader of JSON text, RFC 8259: what comes next, and where it stands. It holds nothing but its place and the
//! open brackets, and it does not recurse. It knows no model; duplicate keys are its caller's matter.

use std::borrow::Cow;
use std::ops::Range;

/// A string as it stands between its quotes; its escapes are known to be good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Raw<'t> {
    text: &'t str,
    escaped: bool,
}

impl<'t> Raw<'t> {
    /// The text that it stands for.
    #[must_use]
    pub fn text(&self) -> Cow<'t, str> {
        if self.escaped { Cow::Owned(unescape(self.text)) } else { Cow::Borrowed(self.text) }
    }
}

/// What comes next. Commas and colons are read over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event<'t> {
    /// `{`
    ObjectStart,
    /// `"key":`
    Key(Raw<'t>),
    /// `}`
    ObjectEnd,
    /// `[`
    ArrayStart,
    /// `]`
    ArrayEnd,
    /// `"text"`
    String(Raw<'t>),
    /// `-12.5e3`, as it stands
    Number(&'t str),
    /// `true`, `false`
    Bool(bool),
    /// `null`
    Null,
    /// The end of the text, after one value.
    End,
}

/// What is wrong with the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Something else stands where one of these is expected.
    Expected(&'static str),
    /// More text after the value.
    Trailing,
    /// A comma before the closing bracket.
    TrailingComma,
    /// A line or another control character within a string.
    ControlCharacter,
    /// The text ends within a string.
    OpenString,
    /// A backslash before a character that has no escape.
    Escape,
    /// Half of a surrogate pair.
    Surrogate,
    /// A number that begins with a zero or a plus, or ends with its point or exponent.
    Number,
    /// A word that is not `true`, `false` or `null`.
    Word,
    /// Deeper than the limit.
    Depth,
}

/// Where the text stops being JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// What.
    pub fault: Fault,
    /// The bytes at fault; empty at the end of the text.
    pub at: Range<usize>,
    /// The bracket that is still open, where one is.
    pub open: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expect {
    Value,
    FirstElement,
    FirstKey,
    Next,
}

/// Reads a text from event to event. After an error it has nothing more to say.
#[derive(Debug, Clone)]
pub struct Scanner<'t> {
    text: &'t str,
    /// The next byte to be read.
    at: usize,
    /// The bytes of the last event.
    last: Range<usize>,
    expect: Expect,
    /// Offsets of the open brackets.
    open: Vec<usize>,
    max_depth: usize,
}

impl<'t> Scanner<'t> {
    /// At the beginning of a text, past a byte-order mark.
    #[must_use]
    pub fn new(text: &'t str, max_depth: usize) -> Self {
        let at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Self { text, at, last: at..at, expect: Expect::Value, open: Vec::new(), max_depth }
    }

    /// The bytes of the event that was read last: of a key or a string, with its quotes; of an end, its bracket.
    #[must_use]
    pub fn span(&self) -> Range<usize> {
        self.last.clone()
    }

    /// Where the event that was read last begins.
    #[must_use]
    pub const fn start(&self) -> usize {
        self.last.start
    }

    /// How many brackets are open.
    #[must_use]
    pub const fn depth(&self) -> usize {
        self.open.len()
    }

    /// Reads the next event.
    #[expect(clippy::should_implement_trait, reason = "it can fail, and ends with an event of its own")]
    pub fn next(&mut self) -> Result<Event<'t>, SyntaxError> {
        let byte = self.peek();
        match self.expect {
            Expect::FirstElement if byte == Some(b']') => Ok(self.close(Event::ArrayEnd)),
            Expect::Value | Expect::FirstElement => self.value(byte),
            Expect::FirstKey if byte == Some(b'}') => Ok(self.close(Event::ObjectEnd)),
            Expect::FirstKey => self.key(byte, "a key in double quotes, or `}`"),
            Expect::Next => self.after_value(byte),
        }
    }

    fn after_value(&mut self, byte: Option<u8>) -> Result<Event<'t>, SyntaxError> {
        let in_object = self.open.last().map(|open| self.text.as_bytes().get(*open) == Some(&b'{'));
        match (in_object, byte) {
            (None, None) => {
                self.last = self.at..self.at;
                Ok(Event::End)
            }
            (None, _) => Err(self.fault(Fault::Trailing)),
            (Some(true), Some(b'}')) => Ok(self.close(Event::ObjectEnd)),
            (Some(false), Some(b']')) => Ok(self.close(Event::ArrayEnd)),
            (Some(in_object), Some(b',')) => self.after_comma(in_object),
            (Some(true), _) => Err(self.fault(Fault::Expected("`,` or `}`"))),
            (Some(false), _) => Err(self.fault(Fault::Expected("`,` or `]`"))),
        }
    }

    fn after_comma(&mut self, in_object: bool) -> Result<Event<'t>, SyntaxError> {
        let comma = self.at;
        self.at += 1;
        match (in_object, self.peek()) {
            (true, Some(b'}')) | (false, Some(b']')) => {
                Err(SyntaxError { at: comma..comma + 1, ..self.fault(Fault::TrailingComma) })
            }
            (true, byte) => self.key(byte, "a key in double quotes"),
            (false, byte) => self.value(byte),
        }
    }

    fn close(&mut self, event: Event<'t>) -> Event<'t> {
        self.open.pop();
        self.expect = Expect::Next;
        self.take(1, event)
    }

    fn open(&mut self, event: Event<'t>, expect: Expect) -> Result<Event<'t>, SyntaxError> {
        if self.open.len() >= self.max_depth {
            return Err(self.fault(Fault::Depth));
        }
        self.open.push(self.at);
        self.expect = expect;
        Ok(self.take(1, event))
    }

    /// Reads `length` bytes as the event.
    fn take(&mut self, length: usize, event: Event<'t>) -> Event<'t> {
        self.last = self.at..self.at + length;
        self.at = self.last.end;
        event
    }

    fn value(&mut self, byte: Option<u8>) -> Result<Event<'t>, SyntaxError> {
        self.expect = Expect::Next;
        match byte {
            Some(b'"') => self.string().map(Event::String),
            Some(b'{') => self.open(Event::ObjectStart, Expect::FirstKey),
            Some(b'[') => self.open(Event::ArrayStart, Expect::FirstElement),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word("true", Event::Bool(true)),
            Some(b'f') => self.word("false", Event::Bool(false)),
            Some(b'n') => self.word("null", Event::Null),
            Some(b'+' | b'.') => Err(self.fault(Fault::Number)),
            Some(byte) if byte.is_ascii_alphabetic() => Err(self.fault(Fault::Word)),
            _ => Err(self.fault(Fault::Expected("a value"))),
        }
    }

    fn key(&mut self, byte: Option<u8>, expected: &'static str) -> Result<Event<'t>, SyntaxError> {
        if byte != Some(b'"') {
            return Err(self.fault(Fault::Expected(expected)));
        }
        let key = self.string()?;
        if self.peek() != Some(b':') {
            return Err(self.fault(Fault::Expected("`:`")));
        }
        self.at += 1;
        self.expect = Expect::Value;
        Ok(Event::Key(key))
    }

    fn word(&mut self, word: &str, event: Event<'t>) -> Result<Event<'t>, SyntaxError> {
        let rest = self.rest().as_bytes();
        let ends = !rest.get(word.len()).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
        if rest.starts_with(word.as_bytes()) && ends {
            return Ok(self.take(word.len(), event));
        }
        Err(self.fault(Fault::Word))
    }

    fn number(&mut self) -> Result<Event<'t>, SyntaxError> {
        let rest = self.rest();
        let length = number_length(rest.as_bytes());
        let ends =
            !rest.as_bytes().get(length).is_some_and(|byte| byte.is_ascii_alphanumeric() || b"+-._".contains(byte));
        match rest.get(..length) {
            Some(number) if length > 0 && ends => Ok(self.take(length, Event::Number(number))),
            _ => Err(self.fault(Fault::Number)),
        }
    }

    /// A string whose opening quote is next.
    fn string(&mut self) -> Result<Raw<'t>, SyntaxError> {
        let rest = self.rest();
        let bytes = rest.as_bytes();
        let mut escaped = false;
        let mut end = 1;
        loop {
            end += plain_length(bytes.get(end..).unwrap_or_default());
            match bytes.get(end) {
                Some(b'"') => break,
                Some(b'\\') => {
                    escaped = true;
                    end += self.escape(end)?;
                }
                Some(_) => return Err(self.fault_at(self.at + end, Fault::ControlCharacter)),
                None => return Err(SyntaxError { fault: Fault::OpenString, at: self.at..self.at + 1, open: None }),
            }
        }
        let text = rest.get(1..end).unwrap_or_default();
        self.last = self.at..self.at + end + 1;
        self.at = self.last.end;
        Ok(Raw { text, escaped })
    }

    /// The length of the escape that begins `offset` bytes from here.
    fn escape(&self, offset: usize) -> Result<usize, SyntaxError> {
        let rest = self.rest().get(offset..).unwrap_or_default();
        let fault = |fault, length: usize| {
            let start = self.at + offset;
            let end = (start + length).min(self.text.len());
            SyntaxError { fault, at: start..self.text.ceil_char_boundary(end), open: None }
        };
        match rest.as_bytes().get(1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => Ok(2),
            Some(b'u') => match (unit(rest), rest.get(6..).and_then(unit)) {
                (None, _) => Err(fault(Fault::Escape, 2)),
                (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => Ok(12),
                (Some(0xD800..=0xDFFF), _) => Err(fault(Fault::Surrogate, 6)),
                (Some(_), _) => Ok(6),
            },
            _ => Err(fault(Fault::Escape, 2)),
        }
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The next byte that is not white space; the place moves to it.
    fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = bytes.get(self.at) {
            self.at += 1;
        }
        bytes.get(self.at).copied()
    }

    fn fault(&self, fault: Fault) -> SyntaxError {
        self.fault_at(self.at, fault)
    }

    /// A fault of the word that stands at a byte.
    fn fault_at(&self, start: usize, fault: Fault) -> SyntaxError {
        let rest = self.text.get(start..).unwrap_or_default();
        let word = rest.find(|c: char| !c.is_alphanumeric() && !"+-._".contains(c)).unwrap_or(rest.len());
        let length = if word == 0 { rest.chars().next().map_or(0, char::len_utf8) } else { word };
        SyntaxError { fault, at: start..start + length, open: self.open.last().copied() }
    }
}

/// Whether a whole text is a number of JSON.
#[must_use]
pub fn is_number(text: &str) -> bool {
    !text.is_empty() && number_length(text.as_bytes()) == text.len()
}

/// How many bytes from the start are a number; none where it is not one.
fn number_length(bytes: &[u8]) -> usize {
    let digits = |from: usize| bytes.iter().skip(from).take_while(|byte| byte.is_ascii_digit()).count();
    let mut length = usize::from(bytes.first() == Some(&b'-'));
    let whole = digits(length);
    if whole == 0 || (whole > 1 && bytes.get(length) == Some(&b'0')) {
        return 0;
    }
    length += whole;
    if bytes.get(length) == Some(&b'.') {
        let decimals = digits(length + 1);
        if decimals == 0 {
            return 0;
        }
        length += 1 + decimals;
    }
    if let Some(b'e' | b'E') = bytes.get(length) {
        let sign = usize::from(matches!(bytes.get(length + 1), Some(b'+' | b'-')));
        let exponent = digits(length + 1 + sign);
        if exponent == 0 {
            return 0;
        }
        length += 1 + sign + exponent;
    }
    length
}

/// How many bytes from the start are neither a quote, nor a backslash, nor a control character. Eight at a time.
fn plain_length(bytes: &[u8]) -> usize {
    let (chunks, rest) = bytes.as_chunks::<8>();
    for (index, chunk) in chunks.iter().enumerate() {
        let special = special_bytes(u64::from_le_bytes(*chunk));
        if special != 0 {
            return index * 8 + special.trailing_zeros() as usize / 8;
        }
    }
    chunks.len() * 8 + rest.iter().take_while(|byte| **byte >= 0x20 && **byte != b'"' && **byte != b'\\').count()
}

/// The high bit of each byte that needs a look; the lowest set one is exact.
const fn special_bytes(word: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let quote = word ^ (ONES * b'"' as u64);
    let backslash = word ^ (ONES * b'\\' as u64);
    let control = word.wrapping_sub(ONES * 0x20) & !word;
    (control | (quote.wrapping_sub(ONES) & !quote) | (backslash.wrapping_sub(ONES) & !backslash)) & HIGH
}

/// The UTF-16 unit of `\uXXXX` at the start of a text.
fn unit(text: &str) -> Option<u16> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    if digits.bytes().all(|byte| byte.is_ascii_hexdigit()) { u16::from_str_radix(digits, 16).ok() } else { None }
}

/// Resolves escapes that are known to be good.
fn unescape(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('\\') {
        text.push_str(rest.get(..at).unwrap_or_default());
        rest = rest.get(at..).unwrap_or_default();
        let (c, length) = unescape_one(rest);
        text.push(c);
        rest = rest.get(length..).unwrap_or_default();
    }
    text.push_str(rest);
    text
}

fn unescape_one(rest: &str) -> (char, usize) {
    let simple = match rest.as_bytes().get(1) {
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        Some(b'u') => {
            let units = [unit(rest), rest.get(6..).and_then(unit)];
            let c = char::decode_utf16(units.into_iter().flatten()).next().and_then(Result::ok).unwrap_or('\u{fffd}');
            return (c, 6 * c.len_utf16());
        }
        Some(byte) => char::from(*byte),
        None => '\\',
    };
    (simple, 2)
}

#[cfg(test)]
#[path = "scanner_tests.rs"]
mod tests;
