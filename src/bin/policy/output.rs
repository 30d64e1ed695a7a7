//! Results in the formats that were asked for: one on standard output, others in files.

use crate::failure::Failure;
use crate::targets::{Appended, Draft, Inputs, Target, Way};
use crate::terminal::Terminal;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use hongxian::render::Options;
use hongxian::render::format::{self, FORMATS, Format, Item, Reads, Run, Shown, Writer};
use hongxian::report::Digests;
use hongxian::report::verdict::Verdict;
use std::io::IsTerminal;
use std::path::PathBuf;

/// Where GitHub Actions takes the summary of a step from, as Markdown.
const SUMMARY: &str = "GITHUB_STEP_SUMMARY";
/// How many bytes of it are taken.
const SUMMARY_BYTES: usize = 1 << 20;
/// How many bytes wait to be written to standard output.
const WAITING_BYTES: usize = 1 << 20;

/// Formats that are behind a feature of their own name, for who asks a program for them that was built without.
const FEATURES: [&str; 1] = ["parquet"];

/// Reads the name of a format.
pub fn format() -> impl TypedValueParser<Value = &'static Format> {
    let values = FORMATS.iter().map(|format| PossibleValue::new(format.name).help(format.about));
    let missing = FEATURES.iter().filter(|name| format::named(name).is_none());
    let hidden = missing.map(|name| PossibleValue::new(*name).hide(true));
    PossibleValuesParser::new(values.chain(hidden)).try_map(|name| named(&name))
}

/// The format of a name.
fn named(name: &str) -> Result<&'static Format, String> {
    format::named(name).ok_or_else(|| {
        if FEATURES.contains(&name) {
            return format!("this program was built without it; `cargo build --release --features {name}` has it");
        }
        let names = FORMATS.iter().map(|format| format.name).collect::<Vec<_>>().join(", ");
        format!("expected one of {names}, found `{name}`")
    })
}

/// `json=result.json`
pub fn format_with_path(text: &str) -> Result<(&'static Format, PathBuf), String> {
    let (name, path) = text.split_once('=').ok_or("expected FORMAT=PATH, as json=result.json")?;
    let format = named(name)?;
    if path.is_empty() {
        return Err("expected a path after `=`".to_owned());
    }
    Ok((format, path.into()))
}

/// What is to be written, and where.
pub struct Wanted<'a> {
    /// The format of standard output.
    pub format: &'a Format,
    /// Files, each in its format.
    pub files: &'a [(&'static Format, PathBuf)],
    /// Whether the files are added to.
    pub append: bool,
    /// What the run reads.
    pub inputs: &'a Inputs,
    /// How people want to see it on standard output.
    pub options: Options,
    /// Whether there may be more than one result.
    pub several: bool,
    /// The terminal.
    pub terminal: Terminal,
}

/// Where results go: standard output first, then files. They are written as they come, in the order of the declarations.
pub struct Outputs(Vec<Output>);

/// A text that is being written in one format.
struct Output {
    writer: Box<dyn Writer>,
    sink: Box<dyn Sink>,
    /// Whether a piece has been written.
    begun: bool,
}

/// What a declaration came to, as far as it is known.
#[derive(Clone, Copy)]
pub enum Told<'a> {
    /// With all that there is to say.
    Whole(Item<'a>),
    /// What each rule came to.
    Brief(&'a Verdict),
}

/// Where a text goes.
trait Sink: Send + Sync {
    fn put(&mut self, text: &str) -> Result<(), Failure>;

    /// Puts what is no text.
    fn put_bytes(&mut self, bytes: &[u8]) -> Result<(), Failure>;

    /// Lets go of what was put.
    fn flush(&mut self) -> Result<(), Failure> {
        Ok(())
    }

    /// All is written.
    fn keep(self: Box<Self>) -> Result<(), Failure> {
        Ok(())
    }
}

/// Standard output, in as few writes as can be.
struct Standard {
    terminal: Terminal,
    waiting: String,
}

impl Sink for Standard {
    fn put(&mut self, text: &str) -> Result<(), Failure> {
        self.waiting += text;
        if self.waiting.len() > WAITING_BYTES { self.flush() } else { Ok(()) }
    }

    fn put_bytes(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.flush()?;
        Terminal::print_bytes(bytes)
    }

    fn flush(&mut self) -> Result<(), Failure> {
        let written = self.terminal.print(&self.waiting);
        self.waiting.clear();
        written
    }

    fn keep(mut self: Box<Self>) -> Result<(), Failure> {
        self.flush()
    }
}

impl Sink for Draft {
    fn put(&mut self, text: &str) -> Result<(), Failure> {
        self.write(text.as_bytes())
    }

    fn put_bytes(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.write(bytes)
    }

    fn keep(self: Box<Self>) -> Result<(), Failure> {
        (*self).keep()
    }
}

impl Sink for Appended {
    fn put(&mut self, text: &str) -> Result<(), Failure> {
        self.write(text.as_bytes())
    }

    fn put_bytes(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.write(bytes)
    }
}

/// The summary of a step, put behind what other steps have said.
struct Summary {
    file: Appended,
    text: String,
}

/// Where the summary goes that annotations come with, where there is a place for it.
fn summary(format: &Format) -> Option<PathBuf> {
    let path = std::env::var_os(SUMMARY).filter(|path| format.name == "github" && !path.is_empty())?;
    Some(path.into())
}

impl Sink for Summary {
    fn put(&mut self, text: &str) -> Result<(), Failure> {
        if self.text.len() <= SUMMARY_BYTES {
            self.text += text;
        }
        Ok(())
    }

    fn put_bytes(&mut self, _bytes: &[u8]) -> Result<(), Failure> {
        Ok(())
    }

    /// Appends it; what is too long is not taken, so that a sentence stands there instead.
    fn keep(mut self: Box<Self>) -> Result<(), Failure> {
        if self.text.len() > SUMMARY_BYTES {
            "The gap list is too long for a summary; `policy eval -o markdown=gaps.md` writes it.\n"
                .clone_into(&mut self.text);
        }
        self.file.write(self.text.as_bytes())
    }
}

impl Output {
    fn new(format: &Format, run: Run, sink: Box<dyn Sink>) -> Result<Self, Failure> {
        let mut output = Self { writer: (format.start)(run), sink, begun: false };
        output.sink.put(&output.writer.begin())?;
        Ok(output)
    }

    /// One in a file of its own.
    fn anew(format: &Format, run: Run, target: Target) -> Result<Self, Failure> {
        Self::new(format, run, Box::new(Draft::new(target)?))
    }

    /// One behind what a file has in it already.
    fn behind(format: &Format, run: Run, target: Target) -> Result<Self, Failure> {
        if target.is_empty() {
            return Self::new(format, run, Box::new(Appended::open(target)?));
        }
        Ok(Self { writer: (format.start)(run), sink: Box::new(Appended::open(target)?), begun: true })
    }

    fn piece(&self, told: Told<'_>) -> String {
        match told {
            Told::Whole(item) => self.writer.piece(item),
            Told::Brief(verdict) => self.writer.brief(verdict),
        }
    }

    fn add(&mut self, told: Told<'_>, piece: Option<&str>) -> Result<(), Failure> {
        match told {
            Told::Whole(item) => self.writer.note(item),
            Told::Brief(verdict) => self.writer.count(verdict),
        }
        match piece {
            Some(_) if self.writer.is_binary() => self.add_bytes(told),
            None | Some("") => Ok(()),
            Some(piece) => {
                if self.begun {
                    self.sink.put(&self.writer.between())?;
                }
                self.begun = true;
                self.sink.put(piece)
            }
        }
    }

    fn add_bytes(&mut self, told: Told<'_>) -> Result<(), Failure> {
        let bytes = match told {
            Told::Brief(verdict) => self.writer.bytes(Some(Shown::Verdict(verdict))),
            Told::Whole(Item::Report(report, _)) => self.writer.bytes(Some(Shown::Verdict(&report.into()))),
            Told::Whole(Item::Rejected(rejected)) => self.writer.bytes(Some(Shown::Rejected(rejected))),
        };
        self.sink.put_bytes(&bytes.map_err(Failure::new)?)
    }

    fn end(mut self) -> Result<(), Failure> {
        self.sink.put(&self.writer.end())?;
        if self.writer.is_binary() {
            self.sink.put_bytes(&self.writer.bytes(None).map_err(Failure::new)?)?;
        }
        self.sink.keep()
    }
}

impl Outputs {
    /// Begins all outputs.
    pub fn new(wanted: &Wanted<'_>) -> Result<Self, Failure> {
        let Wanted { options, several, .. } = *wanted;
        refuse_binary(wanted)?;
        refuse_closed(wanted)?;
        let summary = summary(wanted.format);
        let way = if wanted.append { Way::Behind } else { Way::Anew };
        let paths = wanted.files.iter().map(|(_, path)| (path.as_path(), way));
        let summaries = summary.iter().map(|path| (path.as_path(), Way::Behind));
        let mut targets = Target::all(paths.chain(summaries), wanted.inputs)?.into_iter();
        let plain = Options { colour: false, width: Options::WIDTH, ..options };
        let standard = Standard { terminal: wanted.terminal, waiting: String::new() };
        let mut outputs = vec![Output::new(wanted.format, Run { options, several }, Box::new(standard))?];
        let run = Run { options: plain, several };
        let open = if way == Way::Behind { Output::behind } else { Output::anew };
        for ((format, _), target) in wanted.files.iter().zip(&mut targets) {
            outputs.push(open(format, run, target)?);
        }
        if let Some(target) = targets.next() {
            let gap_list = format::named("markdown").unwrap_or(wanted.format);
            let summary = Summary { file: Appended::open(target)?, text: String::new() };
            outputs.push(Output::new(gap_list, run, Box::new(summary))?);
        }
        Ok(Self(outputs))
    }

    /// Of which declarations some output needs the whole report.
    pub fn reads(&self) -> Reads {
        self.0.iter().map(|output| output.writer.reads()).max().unwrap_or(Reads::Verdicts)
    }

    /// Of which rules some output shows the digest of their facts.
    pub fn digests(&self) -> Digests {
        self.0.iter().map(|output| output.writer.digests()).max().unwrap_or_default()
    }

    /// What a result adds to each output; nothing is written yet.
    pub fn pieces(&self, told: Told<'_>) -> Vec<String> {
        self.0.iter().map(|output| output.piece(told)).collect()
    }

    /// Takes a result in, and writes its pieces; without pieces it only counts.
    pub fn add(&mut self, told: Told<'_>, pieces: Option<&[String]>) -> Result<(), Failure> {
        let piece = |at: usize| pieces.and_then(|pieces| pieces.get(at)).map(String::as_str);
        self.0.iter_mut().enumerate().try_for_each(|(at, output)| output.add(told, piece(at)))
    }

    /// Lets what was added be seen.
    pub fn flush(&mut self) -> Result<(), Failure> {
        self.0.iter_mut().try_for_each(|output| output.sink.flush())
    }

    /// Writes the ends, and puts the files in their places: standard output last, when all else is well.
    pub fn finish(self) -> Result<(), Failure> {
        self.0.into_iter().rev().try_for_each(Output::end)
    }
}

/// Refuses what is no text on a terminal.
fn refuse_binary(wanted: &Wanted<'_>) -> Result<(), Failure> {
    let run = Run { options: wanted.options, several: wanted.several };
    if (wanted.format.start)(run).is_binary() && std::io::stdout().is_terminal() {
        let format = wanted.format.name;
        let failure = Failure::new(format!("`{format}` is no text, and standard output is a terminal"));
        return Err(failure.help(format!("`-o {format}=FILE` writes a file")));
    }
    Ok(())
}

/// Refuses to add to a format that ends but once.
fn refuse_closed(wanted: &Wanted<'_>) -> Result<(), Failure> {
    let run = Run { options: wanted.options, several: wanted.several };
    let is_closed = |format: &Format| !(format.start)(run).can_go_on();
    match wanted.files.iter().find(|(format, _)| wanted.append && is_closed(format)) {
        Some((format, _)) => Err(Failure::new(format!("`{}` cannot be added to with `--append`", format.name))
            .help("it is one document with an end; `ndjson`, `concise`, `verdicts` and `verdict-lines` are lines")),
        None => Ok(()),
    }
}
