//! `policy pack`: the packs that are inside the program.

use crate::exit::Exit;
use crate::failure::Failure;
use crate::packs;
use crate::terminal::{Terminal, write_file};
use std::path::{Path, PathBuf};

/// Works with packs
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    Export(Export),
}

/// Writes the embedded pack to a folder, to start from
///
/// Examples:
///   policy pack export my-plan
///   policy eval product.json --policy my-plan
///
/// Exit codes: 0, or 2 where the folder is not empty or could not be written.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
struct Export {
    /// The folder; it must not exist, or be empty
    dir: PathBuf,
}

pub fn run(arguments: &Arguments, terminal: Terminal) -> Result<Exit, Failure> {
    let Action::Export(export) = &arguments.action;
    let pack = packs::embedded(packs::DEFAULT).ok_or_else(|| Failure::new("no pack is inside this program"))?;
    new_folder(&export.dir)?;
    for (name, bytes) in &pack.files.files {
        write_below(&export.dir, name, bytes)?;
    }
    let dir = export.dir.display();
    terminal.tell(&format!("wrote the pack `{}` to `{dir}`\n", packs::DEFAULT));
    Ok(Exit::Good)
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
