//! The declarations of one file: the whole of it, or one on each line. Only one is in memory at a time.

use super::Layout;
use super::compression::{Reader, decompressed};
use super::named::STDIN;
use crate::failure::Failure;
use hongxian::diagnostic::{Code, Diagnostic};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A declaration as it was found.
#[derive(Debug)]
pub struct Unit {
    /// The file as it was given.
    pub file: String,
    /// The line that it stands on, where there is one on each.
    pub line: Option<u32>,
    /// Its bytes, or why there are none.
    pub bytes: Result<Vec<u8>, Box<Diagnostic>>,
}

/// The declarations of a file.
pub struct Documents {
    file: String,
    limit: usize,
    is_lines: bool,
    state: State,
}

enum State {
    /// The file cannot be read.
    Unreadable(Box<Diagnostic>),
    /// The whole file; what was read of it already comes first.
    One(Vec<u8>, Reader),
    /// One on each line; what was read of the next one already, and how many lines were read to their end.
    Lines(Option<Line>, Reader, u32),
    Over,
}

/// A line without its end, as far as it was kept.
struct Line {
    bytes: Vec<u8>,
    /// How long it is.
    length: usize,
    /// Whether a line end follows it.
    ended: bool,
}

impl Line {
    const EMPTY: Self = Self { bytes: Vec::new(), length: 0, ended: false };
}

impl Documents {
    /// Opens a file, and looks at its first line where nobody said what is in it. Bytes that are read are counted.
    pub fn open(path: &Path, layout: Layout, limit: usize, count: Arc<AtomicU64>) -> Self {
        let state = opened(path, count).and_then(|reader| State::new(path, layout, limit, reader));
        let state = state.unwrap_or_else(|error| State::unreadable(path, &error));
        let is_lines = matches!(state, State::Lines(..));
        Self { file: path.display().to_string(), limit, is_lines, state }
    }

    /// Whether there may be more than one.
    pub const fn is_lines(&self) -> bool {
        self.is_lines
    }

    fn unit(&self, line: Option<u32>, bytes: Result<Vec<u8>, Box<Diagnostic>>) -> Unit {
        Unit { file: self.file.clone(), line, bytes }
    }

    fn too_long(&self) -> Box<Diagnostic> {
        let whole = if self.is_lines { "a line of " } else { "" };
        let message = format!("expected at most {} bytes in {whole}`{}`, found more", self.limit, self.file);
        Box::new(Diagnostic::placeless(Code::DECLARATION_LIMIT, message))
    }

    fn whole(&self, mut bytes: Vec<u8>, reader: Reader) -> Unit {
        let rest = (self.limit + 1).saturating_sub(bytes.len());
        let read = reader.take(u64::try_from(rest).unwrap_or(u64::MAX)).read_to_end(&mut bytes);
        let bytes = match read {
            Err(error) => Err(unreadable(Path::new(&self.file), &error)),
            Ok(_) if bytes.len() > self.limit => Err(self.too_long()),
            Ok(_) => Ok(bytes),
        };
        self.unit(None, bytes)
    }
}

impl Iterator for Documents {
    type Item = Unit;

    /// The next declaration; lines without one are counted and passed over.
    fn next(&mut self) -> Option<Unit> {
        loop {
            match std::mem::replace(&mut self.state, State::Over) {
                State::Over => return None,
                State::Unreadable(diagnostic) => return Some(self.unit(None, Err(diagnostic))),
                State::One(begun, reader) => return Some(self.whole(begun, reader)),
                State::Lines(next, mut reader, before) => {
                    let line = before.saturating_add(1);
                    let read = next.map_or_else(|| read_line(&mut reader, self.limit), |next| Ok(Some(next)));
                    let bytes = match read {
                        Ok(None) => return None,
                        Err(error) => {
                            return Some(self.unit(Some(line), Err(unreadable(Path::new(&self.file), &error))));
                        }
                        Ok(Some(found)) if found.length > self.limit => Err(self.too_long()),
                        Ok(Some(found)) => Ok(found.bytes),
                    };
                    self.state = State::Lines(None, reader, line);
                    if !bytes.as_ref().is_ok_and(|bytes| bytes.trim_ascii().is_empty()) {
                        return Some(self.unit(Some(line), bytes));
                    }
                }
            }
        }
    }
}

impl State {
    fn new(path: &Path, layout: Layout, limit: usize, mut reader: Reader) -> io::Result<Self> {
        let layout = if layout == Layout::Auto { by_name(path) } else { layout };
        match layout {
            Layout::Json => Ok(Self::One(Vec::new(), reader)),
            Layout::Ndjson => Ok(Self::Lines(None, reader, 0)),
            Layout::Auto => {
                let mut first = read_line(&mut reader, limit)?.unwrap_or(Line::EMPTY);
                if is_closed(&first.bytes) && goes_on(&mut reader)? {
                    return Ok(Self::Lines(Some(first), reader, 0));
                }
                first.bytes.extend(first.ended.then_some(b'\n'));
                Ok(Self::One(first.bytes, reader))
            }
        }
    }

    fn unreadable(path: &Path, error: &io::Error) -> Self {
        Self::Unreadable(unreadable(path, error))
    }
}

fn unreadable(path: &Path, error: &io::Error) -> Box<Diagnostic> {
    Box::new(Failure::unreadable(path, error).into_diagnostic(Code::UNREADABLE))
}

fn opened(path: &Path, count: Arc<AtomicU64>) -> io::Result<Reader> {
    let bytes: Box<dyn Read + Send> =
        if path == Path::new(STDIN) { Box::new(io::stdin()) } else { Box::new(File::open(path)?) };
    decompressed(Box::new(BufReader::with_capacity(1 << 16, Counted { bytes, count })))
}

/// What a file has in it by its name.
fn by_name(path: &Path) -> Layout {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    let name = name.strip_suffix(".gz").or_else(|| name.strip_suffix(".zst")).unwrap_or(&name);
    let is = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    match () {
        () if is(&[".ndjson", ".jsonl"]) => Layout::Ndjson,
        () if is(&[".json"]) => Layout::Json,
        () => Layout::Auto,
    }
}

/// Reads a line; of one that is longer than `limit` bytes, no more than these are kept.
fn read_line(reader: &mut Reader, limit: usize) -> io::Result<Option<Line>> {
    let mut line = Line::EMPTY;
    let mut is_empty = true;
    loop {
        let buffer = reader.fill_buf()?;
        if buffer.is_empty() {
            return Ok((!is_empty).then_some(line));
        }
        is_empty = false;
        let end = memchr::memchr(b'\n', buffer);
        let piece = buffer.get(..end.unwrap_or(buffer.len())).unwrap_or_default();
        let room = (limit + 1).saturating_sub(line.bytes.len());
        line.bytes.extend_from_slice(piece.get(..room).unwrap_or(piece));
        line.length = line.length.saturating_add(piece.len());
        let used = piece.len() + usize::from(end.is_some());
        reader.consume(used);
        if end.is_some() {
            line.ended = true;
            return Ok(Some(line));
        }
    }
}

/// Whether a line is a JSON object or list that ends on it.
fn is_closed(line: &[u8]) -> bool {
    let (mut depth, mut in_string, mut escaped) = (0_u64, false, false);
    for byte in line {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => depth += 1,
            b'}' | b']' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    depth == 0 && !in_string && line.trim_ascii_end().ends_with(b"}")
}

/// Whether anything but white space follows; the white space is passed over only as far as it was read already.
fn goes_on(reader: &mut Reader) -> io::Result<bool> {
    let buffer = reader.fill_buf()?;
    Ok(!buffer.trim_ascii().is_empty())
}

/// Counts what is read.
struct Counted {
    bytes: Box<dyn Read + Send>,
    count: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.bytes.read(into)?;
        self.count.fetch_add(u64::try_from(read).unwrap_or(0), Ordering::Relaxed);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn units(text: &str, layout: Layout, limit: usize) -> Vec<(Option<u32>, Result<String, String>)> {
        let path = Path::new("-");
        let reader: Reader = Box::new(BufReader::with_capacity(5, Cursor::new(text.as_bytes().to_vec())));
        let state = State::new(path, layout, limit, reader).unwrap();
        let is_lines = matches!(state, State::Lines(..));
        let documents = Documents { file: "-".into(), limit, is_lines, state };
        let shown = |unit: Unit| {
            let bytes = unit.bytes.map(|bytes| String::from_utf8(bytes).unwrap());
            (unit.line, bytes.map_err(|diagnostic| diagnostic.message))
        };
        documents.map(shown).collect()
    }

    #[test]
    fn the_first_line_says_what_is_in_a_file() {
        let one = |text: &str| vec![(None, Ok(text.to_owned()))];
        assert_eq!(units("{\n \"a\": 1\n}\n", Layout::Auto, 99), one("{\n \"a\": 1\n}\n"));
        assert_eq!(units("{\"a\": \"}\"}\n", Layout::Auto, 99), one("{\"a\": \"}\"}\n"));
        assert_eq!(units("{\"a\": \"{\"}\n\n", Layout::Auto, 99), one("{\"a\": \"{\"}\n\n"));
        assert_eq!(units("{}", Layout::Auto, 99), one("{}"));
        assert_eq!(units("{}\n{}\n", Layout::Json, 99), one("{}\n{}\n"));
        let two = vec![(Some(1), Ok("{\"a\": \"\\\"}\"}".to_owned())), (Some(2), Ok("{}".to_owned()))];
        assert_eq!(units("{\"a\": \"\\\"}\"}\n{}", Layout::Auto, 99), two);
    }

    #[test]
    fn lines_are_numbered_and_limited() {
        let long = "expected at most 4 bytes in a line of `-`, found more".to_owned();
        let expected = vec![
            (Some(1), Ok("1234".to_owned())),
            (Some(2), Err(long)),
            (Some(4), Ok("{}\r".to_owned())),
            (Some(6), Ok("x".to_owned())),
        ];
        assert_eq!(units("1234\n12345678901\n\n{}\r\n  \nx", Layout::Ndjson, 4), expected);
        assert_eq!(units("", Layout::Ndjson, 4), []);
        assert!(units("12345", Layout::Json, 4)[0].1.is_err());
        assert!(units("1234", Layout::Json, 4)[0].1.is_ok());
    }
}
