//! Results in the formats that were asked for: one on standard output, others in files.

use crate::commands::Rejected;
use crate::failure::Failure;
use crate::terminal::{Draft, Terminal};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use hongxian::diagnostic::Diagnostic;
use hongxian::render::format::{self, FORMATS, Format, Item, Run, Writer};
use hongxian::render::{self, Options, visible};
use hongxian::report::contract::{self, Problem, REJECTED, RejectedDeclaration, Report};
use hongxian::report::digest_of;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Where GitHub Actions takes the summary of a step from, as Markdown.
const SUMMARY: &str = "GITHUB_STEP_SUMMARY";
/// How many bytes of it are taken.
const SUMMARY_BYTES: usize = 1 << 20;

/// Reads the name of a format.
pub fn format() -> impl TypedValueParser<Value = &'static Format> {
    let values = FORMATS.iter().map(|format| PossibleValue::new(format.name).help(format.about));
    PossibleValuesParser::new(values).try_map(|name| format::named(&name).ok_or("no such format"))
}

/// `json=result.json`
pub fn format_with_path(text: &str) -> Result<(&'static Format, PathBuf), String> {
    let (name, path) = text.split_once('=').ok_or("expected FORMAT=PATH, as json=result.json")?;
    let names = || FORMATS.iter().map(|format| format.name).collect::<Vec<_>>().join(", ");
    let format = format::named(name).ok_or_else(|| format!("expected one of {}, found `{name}`", names()))?;
    if path.is_empty() {
        return Err("expected a path after `=`".to_owned());
    }
    Ok((format, path.into()))
}

/// Where results go. They are written as they come, in the order of the declarations.
pub struct Outputs {
    out: Output<Terminal>,
    files: Vec<Output<Draft>>,
    summary: Option<Output<Summary>>,
    terminal: Terminal,
    public: bool,
}

/// A text that is being written in one format.
struct Output<S> {
    writer: Box<dyn Writer>,
    sink: S,
    /// Whether a piece has been written.
    begun: bool,
}

/// Where a text goes.
trait Sink {
    fn put(&mut self, text: &str) -> Result<(), Failure>;
}

impl Sink for Terminal {
    fn put(&mut self, text: &str) -> Result<(), Failure> {
        self.print(text)
    }
}

impl Sink for Draft {
    fn put(&mut self, text: &str) -> Result<(), Failure> {
        self.write(text.as_bytes())
    }
}

/// The summary of a step, put behind what other steps have said.
struct Summary {
    path: PathBuf,
    text: String,
}

impl Sink for Summary {
    fn put(&mut self, text: &str) -> Result<(), Failure> {
        self.text += text;
        Ok(())
    }
}

impl Summary {
    /// The summary that annotations come with, where there is a place for it.
    fn of(format: &Format) -> Option<Self> {
        let path = std::env::var_os(SUMMARY).filter(|path| format.name == "github" && !path.is_empty())?;
        Some(Self { path: path.into(), text: String::new() })
    }

    /// Appends it; what is too long is not taken, so that a sentence stands there instead.
    fn keep(mut self) -> Result<(), Failure> {
        if self.text.len() > SUMMARY_BYTES {
            "The gap list is too long for a summary; `policy eval -o markdown=gaps.md` writes it.\n"
                .clone_into(&mut self.text);
        }
        let file = std::fs::OpenOptions::new().create(true).append(true).open(&self.path);
        file.and_then(|mut file| file.write_all(self.text.as_bytes()))
            .map_err(|error| Failure::unwritable(&self.path, &error))
    }
}

impl<S: Sink> Output<S> {
    fn new(format: &Format, run: Run, sink: S) -> Result<Self, Failure> {
        let mut output = Self { writer: (format.start)(run), sink, begun: false };
        output.sink.put(&output.writer.begin())?;
        Ok(output)
    }

    fn add(&mut self, item: Item<'_>) -> Result<(), Failure> {
        let piece = self.writer.piece(item);
        self.writer.note(item);
        if piece.is_empty() {
            return Ok(());
        }
        if self.begun {
            self.sink.put(&self.writer.between())?;
        }
        self.begun = true;
        self.sink.put(&piece)
    }

    fn end(mut self) -> Result<S, Failure> {
        self.sink.put(&self.writer.end())?;
        Ok(self.sink)
    }
}

impl Outputs {
    /// Standard output in one format, and files.
    pub fn new(
        format: &Format,
        files: &[(&'static Format, PathBuf)],
        (options, public): (Options, bool),
        terminal: Terminal,
        several: bool,
    ) -> Result<Self, Failure> {
        let plain = Options { colour: false, width: Options::WIDTH, ..options };
        let file = |(format, path): &(&'static Format, PathBuf)| {
            Output::new(format, Run { options: plain, several }, Draft::new(path)?)
        };
        once_each(files.iter().map(|(_, path)| path.as_path()))?;
        let files = files.iter().map(file).collect::<Result<_, _>>()?;
        let gap_list = format::named("markdown").unwrap_or(format);
        let summary =
            Summary::of(format).map(|summary| Output::new(gap_list, Run { options: plain, several }, summary));
        let summary = summary.transpose()?;
        Ok(Self { out: Output::new(format, Run { options, several }, terminal)?, files, summary, terminal, public })
    }

    /// Shows a report.
    pub fn report(&mut self, report: &Report, declaration: &str) -> Result<(), Failure> {
        self.add(Item::Report(report, declaration))
    }

    /// Shows a declaration that could not be judged: to people on standard error, to programs where they look.
    pub fn rejected(&mut self, rejected: &Rejected) -> Result<(), Failure> {
        let (sources, found) = (&rejected.invalid.sources, &rejected.invalid.diagnostics);
        let found: Vec<Diagnostic> =
            if self.public { found.iter().map(Diagnostic::for_the_public).collect() } else { found.clone() };
        let problems = render::diagnostics::problems(&found, sources);
        let shown = if self.public {
            problems.iter().map(|problem| told(&rejected.file, problem)).collect()
        } else {
            render::diagnostics::human(&found, sources, &self.terminal.err())
        };
        self.terminal.tell(&shown);
        let contract = contract::Rejected {
            schema: REJECTED,
            declaration: RejectedDeclaration {
                file: rejected.file.clone(),
                digest: rejected.bytes.as_deref().map(digest_of),
            },
            diagnostics: problems,
        };
        self.add(Item::Rejected(&contract))
    }

    fn add(&mut self, item: Item<'_>) -> Result<(), Failure> {
        self.out.add(item)?;
        self.summary.iter_mut().try_for_each(|summary| summary.add(item))?;
        self.files.iter_mut().try_for_each(|file| file.add(item))
    }

    /// Writes the ends, and puts the files in their places.
    pub fn finish(self) -> Result<(), Failure> {
        for file in self.files {
            file.end()?.keep()?;
        }
        if let Some(summary) = self.summary {
            summary.end()?.keep()?;
        }
        self.out.end()?;
        Ok(())
    }
}

/// A problem without the line that it is in.
fn told(file: &str, problem: &Problem) -> String {
    let place = problem.at.as_ref().map_or(String::new(), |at| format!(":{}:{}", at.line, at.column));
    format!("{}{place}: {} {}\n", visible(file), problem.code, problem.message)
}

/// Refuses a path that is named twice.
fn once_each<'a>(paths: impl Iterator<Item = &'a Path>) -> Result<(), Failure> {
    let mut seen = std::collections::BTreeSet::new();
    for path in paths {
        if !seen.insert(path) {
            return Err(Failure::new(format!("expected one format for `{}`, found two", path.display())));
        }
    }
    Ok(())
}
