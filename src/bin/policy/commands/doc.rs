//! `policy doc`: packs as a book, for somebody who reads law and not programs.

use super::shared::Language;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::packs;
use crate::settings::Settings;
use crate::targets::Target;
use crate::terminal::Terminal;
use hongxian::book::book;
use hongxian::pack::Modules;
use hongxian::render;
use std::path::PathBuf;

/// Writes packs as a book to be read: by section and task, each rule with its clauses and its remedy
///
/// Of each rule: its kind and argument, to whom it speaks, when it applies, what fails, what a person
/// judges, what would mend it, its parameters with their origin, and the fields that it reads.
/// Without a pack, the one is written that the current folder is in, else those of policy.toml, else
/// the one inside the program. What a pack stands on is part of the book only where it is named, too.
///
/// Examples:
///   policy doc -o plan.html
///   policy doc --lang zh -o plan.html
///   policy doc personal-information --format markdown
///
/// Exit codes: 0, or 2 where a pack is not valid or something could not be read or written.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// Packs: folders, or names of those inside the program
    #[arg(value_name = "PACK")]
    packs: Vec<PathBuf>,

    /// What is written
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    format: Format,

    #[command(flatten)]
    language: Language,

    /// The file; standard output where there is none
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// One page that needs nothing else
    #[default]
    Html,
    /// Markdown
    Markdown,
}

impl Arguments {
    /// What is written to: none of the files that are read.
    fn target(&self, settings: &Settings) -> Result<Option<Target>, Failure> {
        let inputs = packs::inputs(&packs::folders(&self.packs, settings), settings, [])?;
        Target::or_output(self.output.as_deref(), &inputs)
    }
}

pub fn run(arguments: &Arguments, terminal: Terminal) -> Result<Exit, Failure> {
    let settings = Settings::find()?;
    let target = arguments.target(&settings)?;
    let packs = packs::here(&arguments.packs, &settings)?;
    let asked: Vec<String> = packs.iter().filter(|pack| !pack.brought_along).filter_map(packs::Pack::name).collect();
    let engine = packs::build(packs, true, Modules::WithoutTests)?;
    let mut book = book(&engine);
    book.parts.retain(|part| asked.contains(&part.name));
    let lang = arguments.language.or_set(&settings);
    let text = match arguments.format {
        Format::Html => render::book::html(&book, lang),
        Format::Markdown => render::book::markdown(&book, lang),
    };
    match target {
        Some(target) => target.write(text.as_bytes())?,
        None => terminal.print(&text)?,
    }
    Ok(Exit::Good)
}
