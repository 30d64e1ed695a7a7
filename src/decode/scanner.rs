//! A strict reader of JSON text, RFC 8259: what comes next, and where it stands. It holds nothing but its place and the
//! open brackets, and it does not recurse. It knows no model; duplicate keys are its caller's matter.

use super::escapes;
use super::plain::{Run, Stands, past_space, plain_length};
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
        if let Some(text) = self.plain() {
            return Cow::Borrowed(text);
        }
        let mut bytes = Vec::with_capacity(self.text.len());
        // It ends where the escapes do: there is no quote.
        let _end = escapes::resolve(self.text.as_bytes(), &mut bytes);
        Cow::Owned(utf8(&bytes).to_owned())
    }

    /// The text, where it stands in its source as it is.
    #[must_use]
    pub const fn plain(&self) -> Option<&'t str> {
        if self.escaped { None } else { Some(self.text) }
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

/// An error is rare, and read once.
type Step<T> = Result<T, Box<SyntaxError>>;

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
    memory: Memory,
    max_depth: usize,
}

/// The memory of a scanner, to be used again for the next text.
#[derive(Debug, Clone, Default)]
pub(super) struct Memory {
    /// Offsets of the open brackets.
    open: Vec<usize>,
    /// What the last string with escapes stands for.
    resolved: Vec<u8>,
}

impl<'t> Scanner<'t> {
    /// At the beginning of a text, past a byte-order mark.
    #[must_use]
    pub fn new(text: &'t str, max_depth: usize) -> Self {
        Self::with_memory(text, max_depth, Memory::default())
    }

    /// The same, with memory that was used before.
    pub(super) fn with_memory(text: &'t str, max_depth: usize, mut memory: Memory) -> Self {
        memory.open.clear();
        let at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Self { text, at, last: at..at, expect: Expect::Value, memory, max_depth }
    }

    /// Its memory, for another text.
    pub(super) fn into_memory(self) -> Memory {
        self.memory
    }

    /// What a string stands for, if it is the one that was read last.
    #[inline]
    pub(super) fn last_text<'s>(&'s self, raw: Raw<'t>) -> &'s str {
        raw.plain().unwrap_or_else(|| utf8(&self.memory.resolved))
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
        self.memory.open.len()
    }

    /// Reads the next event.
    #[expect(clippy::should_implement_trait, reason = "it can fail, and ends with an event of its own")]
    pub fn next(&mut self) -> Step<Event<'t>> {
        match self.expect {
            Expect::Value => self.value(),
            Expect::FirstKey => self.key_or_end(),
            Expect::FirstElement => self.element_or_end(),
            Expect::Next => match self.memory.open.last().map(|open| self.text.as_bytes().get(*open)) {
                Some(Some(b'{')) => self.key_or_end(),
                Some(_) => self.element_or_end(),
                None if self.peek().is_some() => Err(self.fault(Fault::Trailing)),
                None => {
                    self.last = self.at..self.at;
                    Ok(Event::End)
                }
            },
        }
    }

    fn key_or_end(&mut self) -> Step<Event<'t>> {
        if self.next_key()? { self.key().map(Event::Key) } else { Ok(Event::ObjectEnd) }
    }

    fn element_or_end(&mut self) -> Step<Event<'t>> {
        if self.next_element()? { self.value() } else { Ok(Event::ArrayEnd) }
    }

    /// Within an object: reads its end, if that is next.
    #[inline]
    pub(super) fn ends_object(&mut self) -> bool {
        let ends = self.peek() == Some(b'}');
        if ends {
            self.close();
        }
        ends
    }

    /// Within an object: goes to the quote of its next key; false where the object ended instead.
    #[inline]
    pub(super) fn next_key(&mut self) -> Step<bool> {
        let first = self.expect == Expect::FirstKey;
        match self.peek() {
            Some(b'}') => {
                self.close();
                return Ok(false);
            }
            Some(b',') if !first => self.comma(b'}')?,
            _ if first => {}
            _ => return Err(self.fault(Fault::Expected("`,` or `}`"))),
        }
        match self.byte() {
            Some(b'"') => Ok(true),
            _ if first => Err(self.fault(Fault::Expected("a key in double quotes, or `}`"))),
            _ => Err(self.fault(Fault::Expected("a key in double quotes"))),
        }
    }

    /// Within a list: goes to its next element; false where the list ended instead.
    #[inline]
    pub(super) fn next_element(&mut self) -> Step<bool> {
        match self.peek() {
            Some(b']') => {
                self.close();
                return Ok(false);
            }
            _ if self.expect == Expect::FirstElement => {}
            Some(b',') => self.comma(b']')?,
            _ => return Err(self.fault(Fault::Expected("`,` or `]`"))),
        }
        Ok(true)
    }

    /// Reads over a comma, and the white space behind it.
    #[inline]
    fn comma(&mut self, closing: u8) -> Step<()> {
        let comma = self.at;
        self.at += 1;
        if self.peek() == Some(closing) {
            return Err(self.fault_of(comma..comma + 1, Fault::TrailingComma));
        }
        Ok(())
    }

    /// Within an object: what is next, for a run of plain fields.
    #[inline]
    pub(super) fn run(&self, likely: usize) -> Run<'t> {
        let first = self.expect == Expect::FirstKey;
        Run { rest: self.rest(), likely, stands: if first { Stands::Bracket } else { Stands::Value } }
    }

    /// Goes on where a run of plain fields ended.
    #[inline]
    pub(super) fn resume(&mut self, run: &Run<'t>) {
        self.at = self.text.len() - run.rest.len();
        self.expect = match run.stands {
            Stands::Bracket => Expect::FirstKey,
            Stands::Key => Expect::Value,
            Stands::Value => Expect::Next,
        };
    }

    /// Goes into the object that is next, if one is, and is not too deep.
    #[inline]
    pub(super) fn enter_object(&mut self) -> bool {
        let enters = self.peek() == Some(b'{') && self.memory.open.len() < self.max_depth;
        if enters {
            self.enter(Expect::FirstKey);
        }
        enters
    }

    /// Reads the value that is next, if `read` knows it; otherwise nothing but white space is read.
    #[inline]
    pub(super) fn plain<T>(&mut self, read: impl FnOnce(&'t [u8]) -> Option<(T, &'t [u8])>) -> Option<T> {
        self.peek();
        let (value, rest) = read(self.rest())?;
        self.expect = Expect::Next;
        self.last = self.at..self.text.len() - rest.len();
        self.at = self.last.end;
        Some(value)
    }

    /// How long the whole text is.
    pub(super) const fn end(&self) -> usize {
        self.text.len()
    }

    #[inline]
    fn rest(&self) -> &'t [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    /// Reads the key whose quote is next.
    pub(super) fn key(&mut self) -> Step<Raw<'t>> {
        let key = self.string()?;
        self.colon()?;
        Ok(key)
    }

    #[inline]
    fn colon(&mut self) -> Step<()> {
        if self.peek() != Some(b':') {
            return Err(self.fault(Fault::Expected("`:`")));
        }
        self.at += 1;
        self.expect = Expect::Value;
        Ok(())
    }

    #[inline]
    fn close(&mut self) {
        self.memory.open.pop();
        self.expect = Expect::Next;
        self.last = self.at..self.at + 1;
        self.at = self.last.end;
    }

    #[inline]
    fn open(&mut self, event: Event<'t>, expect: Expect) -> Step<Event<'t>> {
        if self.memory.open.len() >= self.max_depth {
            return Err(self.fault(Fault::Depth));
        }
        self.enter(expect);
        Ok(event)
    }

    /// Reads the bracket that is next.
    #[inline]
    fn enter(&mut self, expect: Expect) {
        self.memory.open.push(self.at);
        self.expect = expect;
        self.last = self.at..self.at + 1;
        self.at = self.last.end;
    }

    /// Reads `length` bytes as the event.
    fn take(&mut self, length: usize, event: Event<'t>) -> Event<'t> {
        self.last = self.at..self.at + length;
        self.at = self.last.end;
        event
    }

    /// Reads the value that is next, or the bracket that opens it.
    #[inline]
    pub(super) fn value(&mut self) -> Step<Event<'t>> {
        self.expect = Expect::Next;
        match self.peek() {
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

    #[inline]
    fn word(&mut self, word: &str, event: Event<'t>) -> Step<Event<'t>> {
        let end = self.at + word.len();
        let bytes = self.text.as_bytes();
        let ends = !bytes.get(end).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
        if bytes.get(self.at..end) == Some(word.as_bytes()) && ends {
            return Ok(self.take(word.len(), event));
        }
        Err(self.fault(Fault::Word))
    }

    #[inline]
    fn number(&mut self) -> Step<Event<'t>> {
        let length = number_length(self.text.as_bytes().get(self.at..).unwrap_or_default());
        let next = self.text.as_bytes().get(self.at + length);
        let ends = !next.is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.' | b'_'));
        match self.text.get(self.at..self.at + length) {
            Some(number) if length > 0 && ends => Ok(self.take(length, Event::Number(number))),
            _ => Err(self.fault(Fault::Number)),
        }
    }

    /// A string whose opening quote is next.
    #[inline]
    fn string(&mut self) -> Step<Raw<'t>> {
        let start = self.at + 1;
        let bytes = self.text.as_bytes();
        let end = start + plain_length(bytes.get(start..).unwrap_or_default());
        if bytes.get(end) == Some(&b'"') { Ok(self.take_string(end, false)) } else { self.unusual_string(end) }
    }

    /// A string that has an escape, or something wrong, at `special`.
    fn unusual_string(&mut self, special: usize) -> Step<Raw<'t>> {
        let bytes = self.text.as_bytes();
        let resolved = &mut self.memory.resolved;
        resolved.clear();
        resolved.extend_from_slice(bytes.get(self.at + 1..special).unwrap_or_default());
        match escapes::resolve(bytes.get(special..).unwrap_or_default(), resolved) {
            Ok(length) => Ok(self.take_string(special + length, true)),
            Err((length, fault)) => Err(self.fault_in_string(special + length, fault)),
        }
    }

    /// Reads the string whose closing quote is at `end`.
    #[inline]
    fn take_string(&mut self, end: usize, escaped: bool) -> Raw<'t> {
        let text = self.text.get(self.at + 1..end).unwrap_or_default();
        self.last = self.at..end + 1;
        self.at = self.last.end;
        Raw { text, escaped }
    }

    /// The next byte that is no white space.
    #[inline]
    fn peek(&mut self) -> Option<u8> {
        match self.byte() {
            Some(..=b' ') => self.after_space(),
            byte => byte,
        }
    }

    fn after_space(&mut self) -> Option<u8> {
        self.at = self.text.len() - past_space(self.rest()).len();
        self.byte()
    }

    #[inline]
    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }
}

/// Faults, with the word at fault.
#[expect(clippy::unnecessary_box_returns, reason = "an error is passed on in a box")]
impl Scanner<'_> {
    #[cold]
    fn fault(&self, fault: Fault) -> Box<SyntaxError> {
        self.fault_at(self.at, fault)
    }

    /// A fault of the word that stands at a byte.
    #[cold]
    fn fault_at(&self, start: usize, fault: Fault) -> Box<SyntaxError> {
        let rest = self.text.get(start..).unwrap_or_default();
        let word = rest.find(|c: char| !c.is_alphanumeric() && !"+-._".contains(c)).unwrap_or(rest.len());
        let length = if word == 0 { rest.chars().next().map_or(0, char::len_utf8) } else { word };
        self.fault_of(start..start + length, fault)
    }

    /// A fault at a byte of the string whose opening quote is next.
    #[cold]
    fn fault_in_string(&self, at: usize, fault: Fault) -> Box<SyntaxError> {
        let end = match fault {
            Fault::ControlCharacter => return self.fault_at(at, fault),
            Fault::OpenString => return Box::new(SyntaxError { fault, at: self.at..self.at + 1, open: None }),
            Fault::Surrogate => at + 6,
            _ => at + 2,
        };
        let end = self.text.ceil_char_boundary(end.min(self.text.len()));
        Box::new(SyntaxError { fault, at: at..end, open: None })
    }

    #[cold]
    fn fault_of(&self, at: Range<usize>, fault: Fault) -> Box<SyntaxError> {
        Box::new(SyntaxError { fault, at, open: self.memory.open.last().copied() })
    }
}

/// How many bytes the value at the start of a text takes; of a list or an object the bracket that opens it. Of what is no
/// value it is the word at fault, and a string that does not end takes all.
#[must_use]
pub fn opening(text: &str) -> usize {
    let mut scanner = Scanner::new(text, 1);
    match scanner.next() {
        Ok(_) => scanner.span().end,
        Err(error) if error.fault == Fault::OpenString => text.len(),
        Err(error) => error.at.end,
    }
}

/// How many bytes the value at the start of a text takes, with all that is in it. A value that does not end takes all.
#[must_use]
pub fn whole(text: &str) -> usize {
    let mut scanner = Scanner::new(text, usize::MAX);
    while scanner.next().is_ok() {
        if scanner.depth() == 0 {
            return scanner.span().end;
        }
    }
    text.len()
}

/// Whether a whole text is a number of JSON.
#[must_use]
pub fn is_number(text: &str) -> bool {
    !text.is_empty() && number_length(text.as_bytes()) == text.len()
}

/// How many bytes from the start are a number; none where it is not one.
#[inline]
fn number_length(bytes: &[u8]) -> usize {
    let sign = usize::from(bytes.first() == Some(&b'-'));
    let whole = digits(bytes, sign);
    if whole == sign || (whole > sign + 1 && bytes.get(sign) == Some(&b'0')) {
        return 0;
    }
    let mut length = whole;
    if bytes.get(length) == Some(&b'.') {
        let decimals = digits(bytes, length + 1);
        if decimals == length + 1 {
            return 0;
        }
        length = decimals;
    }
    if let Some(b'e' | b'E') = bytes.get(length) {
        let sign = usize::from(matches!(bytes.get(length + 1), Some(b'+' | b'-')));
        let exponent = digits(bytes, length + 1 + sign);
        if exponent == length + 1 + sign {
            return 0;
        }
        length = exponent;
    }
    length
}

/// Where the digits that begin at `from` end.
#[inline]
fn digits(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while bytes.get(at).is_some_and(u8::is_ascii_digit) {
        at += 1;
    }
    at
}

/// Resolved texts are made of whole characters.
fn utf8(resolved: &[u8]) -> &str {
    simdutf8::basic::from_utf8(resolved).unwrap_or_default()
}

#[cfg(test)]
#[path = "scanner_tests.rs"]
mod tests;
