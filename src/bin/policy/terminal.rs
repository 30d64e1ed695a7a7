//! Where results go: standard output and standard error; what the terminal can show; and files that are read.
//!
//! Results go to standard output, everything else to standard error. A reader that has gone away is no error, nor is a terminal
//! that was closed.

use crate::declarations::STDIN;
use crate::failure::{Failure, reason};
use crate::targets::output_is_device;
use anstream::{AutoStream, ColorChoice};
use hongxian::render::style::Palette;
use hongxian::render::{Detail, Lang, Options};
use std::fs::File;
use std::io::{self, IsTerminal, Read, Write};
use std::path::Path;

/// What a system says of a terminal that is there no more, and of a disk that fails.
const EIO: i32 = 5;

/// When to colour.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Colour {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Colour {
    fn choose(self, stream: &impl anstream::stream::RawStream) -> ColorChoice {
        match self {
            Self::Auto => AutoStream::choice(stream),
            Self::Always => ColorChoice::Always,
            Self::Never => ColorChoice::Never,
        }
    }
}

/// The terminal, as far as the command needs it.
#[derive(Debug, Clone, Copy)]
pub struct Terminal {
    /// When to colour.
    pub colour: Colour,
}

impl Terminal {
    /// How to show results on standard output.
    pub fn out(self, lang: Lang, detail: Detail) -> Options {
        let out = io::stdout();
        let colour = self.colour.choose(&out) != ColorChoice::Never;
        Options { lang, width: width(out.is_terminal()), detail, colour }
    }

    /// The colours of standard output.
    pub fn out_palette(self) -> Palette {
        Palette::new(self.colour.choose(&io::stdout()) != ColorChoice::Never)
    }

    /// How to show messages on standard error.
    pub fn err(self) -> Options {
        let err = io::stderr();
        let colour = self.colour.choose(&err) != ColorChoice::Never;
        Options { width: width(err.is_terminal()), colour, ..Options::default() }
    }

    /// Writes results. Where the reader has gone away, the command ends as it would have.
    pub fn print(self, text: &str) -> Result<(), Failure> {
        let out = io::stdout();
        let choice = self.colour.choose(&out);
        quietly(write(&mut AutoStream::new(out, choice), text)).map_err(|error| unwritten(&error))
    }

    /// Writes results that are no text.
    pub fn print_bytes(bytes: &[u8]) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        quietly(out.write_all(bytes).and_then(|()| out.flush())).map_err(|error| unwritten(&error))
    }

    /// Writes messages. There is nobody to tell that this did not work.
    pub fn tell(self, text: &str) {
        let err = io::stderr();
        let choice = self.colour.choose(&err);
        let _ = write(&mut AutoStream::new(err, choice), text);
    }
}

fn write(stream: &mut impl Write, text: &str) -> io::Result<()> {
    stream.write_all(text.as_bytes())?;
    stream.flush()
}

fn unwritten(error: &io::Error) -> Failure {
    Failure::new(format!("cannot write to standard output: {}", reason(error)))
}

fn quietly(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if has_gone(&error, output_is_device) => Ok(()),
        result => result,
    }
}

/// Whether nobody reads any more. A closed terminal is none for who asks; it is a device still, and a file on a disk is not.
fn has_gone(error: &io::Error, is_device: impl FnOnce() -> bool) -> bool {
    error.kind() == io::ErrorKind::BrokenPipe || (error.raw_os_error() == Some(EIO) && is_device())
}

/// The columns of the terminal; where there is none, what reads well.
fn width(is_terminal: bool) -> usize {
    let terminal = is_terminal.then(terminal_size::terminal_size).flatten();
    terminal.map_or(Options::WIDTH, |(columns, _)| usize::from(columns.0))
}

/// Reads a file that has at most so many bytes; of a larger one no more than that.
pub fn read_file(path: &Path, most: usize) -> Result<Vec<u8>, Failure> {
    File::open(path).map_err(|error| Failure::unreadable(path, &error)).and_then(|file| limited(file, path, most))
}

/// Reads standard input, which has at most so many bytes.
pub fn read_input(most: usize) -> Result<Vec<u8>, Failure> {
    limited(io::stdin(), Path::new(STDIN), most)
}

fn limited(from: impl Read, path: &Path, most: usize) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    from.take(limit).read_to_end(&mut bytes).map_err(|error| Failure::unreadable(path, &error))?;
    if bytes.len() > most {
        let message = format!("`{}` is too large: expected at most {most} bytes", path.display());
        return Err(Failure::new(message));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_closed_terminal_is_a_reader_that_has_gone_and_a_disk_that_fails_is_not() {
        let closed = io::Error::from_raw_os_error(EIO);
        assert!(has_gone(&io::ErrorKind::BrokenPipe.into(), || false));
        assert_eq!([true, false].map(|is_device| has_gone(&closed, || is_device)), [true, false]);
        assert!(!has_gone(&io::ErrorKind::StorageFull.into(), || true));
    }
}
