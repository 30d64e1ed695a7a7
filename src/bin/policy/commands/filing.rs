//! `policy filing`: a declaration laid out in the parts of its form.

use super::shared::{Language, Packs, date};
use crate::declarations;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::packs;
use crate::settings::Settings;
use crate::targets::Target;
use crate::terminal::Terminal;
use hongxian::decode::Limits;
use hongxian::engine::{Input, Options};
use hongxian::pack::Modules;
use hongxian::render::filing;
use hongxian::value::Date;
use std::path::PathBuf;

/// Drafts a filing: a declaration laid out in the parts of its form
///
/// Which field stands in which part is the pack's matter. What was declared stands in its own words;
/// what a complete filing needs and was not declared is marked so, and never invented.
///
/// Examples:
///   policy filing product.json -o product.md
///   policy filing product.json --format html --lang zh -o product.html
///   policy filing product.json --public
///
/// Exit codes: 0, or 2 where the declaration or a pack is not valid, or something could not be read
/// or written.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// The declaration; - for standard input
    #[arg(value_name = "FILE|-")]
    declaration: PathBuf,

    #[command(flatten)]
    packs: Packs,

    /// The date by which fields apply, YYYY-MM-DD, instead of the declaration's own
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<Date>,

    /// What is written
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    format: Format,

    /// Leaves out what the model marks confidential
    #[arg(long)]
    public: bool,

    #[command(flatten)]
    language: Language,

    /// The file; standard output where there is none
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// Markdown
    #[default]
    Markdown,
    /// One page that needs nothing else
    Html,
}

impl Arguments {
    /// What is written to: none of the files that are read.
    fn target(&self, settings: &Settings) -> Result<Option<Target>, Failure> {
        let packs = packs::named_or_set(&self.packs.named, settings);
        let inputs = packs::inputs(packs, settings, [&self.declaration])?;
        Target::or_output(self.output.as_deref(), &inputs)
    }
}

pub fn run(arguments: &Arguments, terminal: Terminal) -> Result<Exit, Failure> {
    let file = &arguments.declaration;
    let settings = Settings::find()?;
    let target = arguments.target(&settings)?;
    let engine = arguments.packs.engine(&settings, Modules::WithoutTests)?;
    let bytes = declarations::read(file, Limits::DEFAULT.bytes)?;
    let name = file.display().to_string();
    let options = Options { as_of: arguments.as_of, ..Options::default() };
    let input = Input { name: &name, bytes: &bytes };
    let form = engine.form(input, &options, arguments.public).map_err(super::explain::refused)?;
    let lang = arguments.language.or_set(&settings);
    let text = match arguments.format {
        Format::Markdown => filing::markdown(&form, lang),
        Format::Html => filing::html(&form, lang),
    };
    match target {
        Some(target) => target.write(text.as_bytes())?,
        None => terminal.print(&text)?,
    }
    Ok(Exit::Good)
}
