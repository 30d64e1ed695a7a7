//! `policy pack`: the packs that are inside the program.

use super::shared::Language;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::packs;
use crate::settings::Settings;
use crate::targets::write_file;
use crate::terminal::Terminal;
use hongxian::diagnostic::nearest;
use hongxian::pack::Manifest;
use hongxian::render;
use std::path::{Path, PathBuf};

/// Works with packs
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    List(List),
    Export(Export),
}

/// Lists the packs that are inside the program
///
/// Each can be named where a folder can: `--policy fintech-plan --policy personal-information`, or in
/// policy.toml. A pack that stands on another brings that one along.
///
/// Examples:
///   policy pack list
///   policy pack list --lang zh
///   policy eval product.json --policy personal-information
///
/// Exit codes: 0.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
struct List {
    #[command(flatten)]
    language: Language,
}

/// Writes an embedded pack to a folder, to start from
///
/// Examples:
///   policy pack export my-plan
///   policy pack export my-limits --pack payment-limits
///   policy eval product.json --policy my-plan
///
/// Exit codes: 0, or 2 where the folder is not empty or could not be written.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
struct Export {
    /// The folder; it must not exist, or be empty
    dir: PathBuf,

    /// The pack, by its name
    #[arg(long, value_name = "NAME", default_value = packs::DEFAULT)]
    pack: String,
}

pub fn run(arguments: &Arguments, terminal: Terminal) -> Result<Exit, Failure> {
    match &arguments.action {
        Action::List(list) => terminal.print(&listed(list.language.or_set(&Settings::find()?)))?,
        Action::Export(export) => write(export, terminal)?,
    }
    Ok(Exit::Good)
}

/// A line for each embedded pack: its name, its version, what it is about, what it stands on.
fn listed(lang: render::Lang) -> String {
    let manifests = packs::names().into_iter().filter_map(packs::embedded).filter_map(|pack| packs::manifest(&pack));
    let line = |manifest: Manifest| {
        let on = manifest.model.iter().chain(&manifest.extends).map(|base| base.value.as_str());
        let on: Vec<&str> = on.collect();
        let (stands_on, title) = match lang {
            render::Lang::En => ("on", manifest.title.en),
            render::Lang::Zh => ("基于", manifest.title.zh),
        };
        let on = if on.is_empty() { String::new() } else { format!(" ({stands_on} {})", on.join(", ")) };
        format!("{:<22} {}  {}{on}\n", manifest.name.value, manifest.version.value, title.unwrap_or_default())
    };
    manifests.map(line).collect()
}

fn write(export: &Export, terminal: Terminal) -> Result<(), Failure> {
    let name = &export.pack;
    let pack = packs::embedded(name).ok_or_else(|| {
        let failure = Failure::new(format!("no pack `{name}` is inside this program"));
        match nearest(name, packs::names()) {
            Some(near) => failure.help(format!("did you mean `{near}`?")),
            None => failure.help("`policy pack list` shows those that are"),
        }
    })?;
    new_folder(&export.dir)?;
    for (name, bytes) in &pack.files.files {
        write_below(&export.dir, name, bytes)?;
    }
    terminal.tell(&format!("wrote the pack `{name}` to `{}`\n", export.dir.display()));
    Ok(())
}

/// Makes a folder that is new or empty.
pub(super) fn new_folder(dir: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(dir).map_err(|error| Failure::unwritable(dir, &error))?;
    let mut entries = std::fs::read_dir(dir).map_err(|error| Failure::unreadable(dir, &error))?;
    match entries.next() {
        None => Ok(()),
        Some(_) => Err(Failure::new(format!("`{}` is not empty, and nothing is overwritten", dir.display()))
            .help("name a folder that does not exist yet")),
    }
}

/// Writes a file, making the folders that it stands in.
pub(super) fn write_below(dir: &Path, name: &str, bytes: &[u8]) -> Result<(), Failure> {
    let path = dir.join(name);
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|error| Failure::unwritable(folder, &error))?;
    }
    write_file(&path, bytes)
}
