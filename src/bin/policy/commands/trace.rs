//! `policy trace`: sentences of a source beside the rules that stand on them.

use super::shared::{Language, Packs};
use crate::declarations;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::settings::Settings;
use crate::terminal::{Terminal, read_file};
use hongxian::decode::Limits;
use hongxian::engine::{Engine, Input, Options, Refusal};
use hongxian::pack::{MAX_PACK_BYTES, Modules};
use hongxian::render::{self, json};
use hongxian::report::contract::Report;
use hongxian::trace::{SourceCopy, trace};
use std::path::{Path, PathBuf};

/// Lays the sentences of a source beside the rules that stand on them, and their tests
///
/// Examples:
///   policy trace
///   policy trace -v --lang zh
///   policy trace --strict
///   policy trace --declaration product.json --format csv > trace.csv
///   policy trace --source my-copy-of-the-plan.md
///
/// A copy of the source (--source) holds a locator and a sentence a line, as `3.4.3#2 …`; the locator
/// may stand in back quotes and after `- `. Each sentence's digest, after NFKC and without
/// punctuation and white space, is compared with the one that the pack keeps.
///
/// Exit codes: 0; 1 with --strict where a sentence is accounted for by nothing, and where a copy has
/// changed sentences; 2 where something could not be read or is not valid.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    #[command(flatten)]
    packs: Packs,

    /// A declaration whose outcomes are shown beside the rules
    #[arg(long, value_name = "FILE")]
    declaration: Option<PathBuf>,

    /// A copy of the default source, to find sentences that changed
    #[arg(long, value_name = "FILE")]
    source: Option<PathBuf>,

    /// Fails where a sentence that must be accounted for is not
    #[arg(long)]
    strict: bool,

    /// What is written
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    format: Format,

    #[command(flatten)]
    language: Language,

    /// Sentence by sentence
    #[arg(short, long)]
    verbose: bool,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people
    #[default]
    Human,
    /// hongxian.trace/1
    Json,
    /// For spreadsheets
    Csv,
    /// One page that needs nothing else
    Html,
}

pub fn run(arguments: &Arguments, terminal: Terminal) -> Result<Exit, Failure> {
    let settings = Settings::find()?;
    let engine = arguments.packs.engine(&settings, Modules::All)?;
    let report = arguments.declaration.as_deref().map(|path| judged(&engine, path)).transpose()?;
    let copy = arguments.source.as_deref().map(copy).transpose()?;
    let trace = trace(&engine, report.as_ref(), copy.as_ref());
    let lang = arguments.language.or_set(&settings);
    let detail = super::detail(false, arguments.verbose);
    let text = match arguments.format {
        Format::Human => render::trace::human(&trace, &terminal.out(lang, detail)),
        Format::Json => json::document(&trace),
        Format::Csv => render::trace::csv(&trace, lang),
        Format::Html => render::trace::html(&trace, lang),
    };
    terminal.print(&text)?;
    let changed = trace.sources.iter().any(|source| source.changed().next().is_some());
    Ok(if changed || (arguments.strict && !trace.is_complete()) { Exit::Found } else { Exit::Good })
}

fn judged(engine: &Engine, path: &Path) -> Result<Report, Failure> {
    let bytes = declarations::read(path, Limits::DEFAULT.bytes)?;
    let name = path.display().to_string();
    engine.evaluate(Input { name: &name, bytes: &bytes }, &Options::default()).map_err(|refusal| match refusal {
        Refusal::Invalid(invalid) => invalid.into(),
        refusal => Failure::new(refusal.to_string()),
    })
}

fn copy(path: &Path) -> Result<SourceCopy, Failure> {
    let bytes = read_file(path, MAX_PACK_BYTES)?;
    let text = String::from_utf8(bytes).map_err(|_| Failure::new(format!("`{}` is not UTF-8", path.display())))?;
    SourceCopy::parse(&text).map_err(|message| Failure::new(format!("`{}`: {message}", path.display())))
}
