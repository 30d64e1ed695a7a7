//! Results in the formats that were asked for: one on standard output, others in files.

use crate::commands::Rejected;
use crate::failure::Failure;
use crate::terminal::{Terminal, write_file};
use hongxian::render::{self, Detail, Options, human, json};
use hongxian::report::contract::{self, Decision, REJECTED, RejectedDeclaration, Report};
use hongxian::report::digest_of;
use std::path::PathBuf;

/// A format of results.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people
    #[default]
    Human,
    /// The JSON contract, hongxian.result/1; of several declarations, one on each line
    Json,
    /// The JSON contract, one on each line
    Ndjson,
}

impl Format {
    /// `json=result.json`
    pub fn with_path(text: &str) -> Result<(Self, PathBuf), String> {
        let (format, path) = text.split_once('=').ok_or("expected FORMAT=PATH, as json=result.json")?;
        let format = <Self as clap::ValueEnum>::from_str(format, false)
            .map_err(|_| format!("expected human, json or ndjson, found `{format}`"))?;
        if path.is_empty() {
            return Err("expected a path after `=`".to_owned());
        }
        Ok((format, path.into()))
    }
}

/// Where results go.
pub struct Outputs {
    format: Format,
    files: Vec<File>,
    options: Options,
    terminal: Terminal,
    several: bool,
    decisions: Vec<Option<Decision>>,
    rejected: usize,
}

/// A file that is being filled; written when all is known.
struct File {
    format: Format,
    path: PathBuf,
    text: String,
}

impl Outputs {
    /// Standard output in one format, and files.
    pub fn new(
        format: Format,
        files: &[(Format, PathBuf)],
        options: Options,
        terminal: Terminal,
        several: bool,
    ) -> Self {
        let file =
            |(format, path): &(Format, PathBuf)| File { format: *format, path: path.clone(), text: String::new() };
        let files = files.iter().map(file).collect();
        Self { format, files, options, terminal, several, decisions: Vec::new(), rejected: 0 }
    }

    /// Shows a report.
    pub fn report(&mut self, report: &Report, declaration: &str) -> Result<(), Failure> {
        let text = self.shown(self.format, report, declaration, self.options);
        self.terminal.print(&text)?;
        let plain = Options { colour: false, width: Options::WIDTH, ..self.options };
        for index in 0..self.files.len() {
            let Some(format) = self.files.get(index).map(|file| file.format) else { continue };
            let text = self.shown(format, report, declaration, plain);
            if let Some(file) = self.files.get_mut(index) {
                file.text += &text;
            }
        }
        self.decisions.push(report.decision);
        Ok(())
    }

    fn shown(&self, format: Format, report: &Report, declaration: &str, options: Options) -> String {
        match format {
            Format::Human => self.between(options) + &human::render(report, declaration, &options),
            Format::Json if !self.several => json::document(report),
            Format::Json | Format::Ndjson => json::line(report),
        }
    }

    /// What separates a report from the one before.
    fn between(&self, options: Options) -> String {
        if self.decisions.is_empty() || options.detail == Detail::Quiet {
            return String::new();
        }
        format!("\n{}\n\n", "─".repeat(options.width.min(Options::WIDTH)))
    }

    /// Shows a declaration that could not be judged: to people on standard error, to programs where they look.
    pub fn rejected(&mut self, rejected: &Rejected) -> Result<(), Failure> {
        let invalid = &rejected.invalid;
        let shown = render::diagnostics::human(&invalid.diagnostics, &invalid.sources, &self.terminal.err());
        self.terminal.tell(&shown);
        let contract = contract::Rejected {
            schema: REJECTED,
            declaration: RejectedDeclaration {
                file: rejected.file.clone(),
                digest: rejected.bytes.as_deref().map(digest_of),
            },
            diagnostics: render::diagnostics::problems(&invalid.diagnostics, &invalid.sources),
        };
        let written = |format, several: bool| match format {
            Format::Human => String::new(),
            Format::Json if !several => json::document(&contract),
            Format::Json | Format::Ndjson => json::line(&contract),
        };
        self.terminal.print(&written(self.format, self.several))?;
        for file in &mut self.files {
            file.text += &written(file.format, self.several);
        }
        self.rejected += 1;
        Ok(())
    }

    /// Writes the files, and how several declarations came out.
    pub fn finish(self) -> Result<(), Failure> {
        for file in &self.files {
            write_file(&file.path, file.text.as_bytes())?;
        }
        if self.several && self.format == Format::Human {
            let tally = human::tally(&self.decisions, self.rejected, &self.options);
            self.terminal.print(&format!("\n{tally}"))?;
        }
        Ok(())
    }
}
