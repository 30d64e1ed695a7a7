//! `policy init`: a new pack, or a declaration to fill in.

use super::category;
use super::pack::{new_folder, write_below};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::packs;
use crate::settings::Settings;
use crate::targets::{none_there, write_file};
use crate::terminal::Terminal;
use hongxian::engine::Input;
use hongxian::pack::Modules;
use hongxian::schema::skeleton;
use include_dir::{Dir, include_dir};
use std::path::{Path, PathBuf};

static TEMPLATE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/bin/policy/templates/pack");

/// The files of a new pack.
const FILES: [&str; 5] = ["pack.toml", "model.policy", "rules.policy", "sources/guide.txt", "fixtures/complete.json"];

/// Writes a new pack that passes its own check, or a declaration to fill in
///
/// Examples:
///   policy init my-plan && policy check my-plan && policy test my-plan
///   policy init --declaration --category payment,credit product.json
///   policy init --declaration > product.json
///
/// Exit codes: 0, or 2 where something is in the way or could not be written.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// The pack's folder, which must not exist or be empty; the declaration's file, standard output where it is missing
    #[arg(value_name = "DIR|FILE", required_unless_present = "declaration")]
    path: Option<PathBuf>,

    /// Writes a declaration to fill in
    #[arg(long)]
    declaration: bool,

    /// The service categories that the declaration is for, with commas between them
    #[arg(long, value_name = "CATEGORY", value_delimiter = ',', requires = "declaration")]
    category: Vec<String>,

    /// The folder of the pack whose model the declaration follows
    #[arg(long, value_name = "PATH", requires = "declaration")]
    policy: Vec<PathBuf>,
}

pub fn run(arguments: &Arguments, terminal: Terminal) -> Result<Exit, Failure> {
    match &arguments.path {
        Some(folder) if !arguments.declaration => pack(folder, terminal),
        path => declaration(arguments, path.as_deref(), terminal),
    }
}

fn pack(folder: &Path, terminal: Terminal) -> Result<Exit, Failure> {
    new_folder(folder)?;
    let name = pack_name(folder);
    for file in FILES {
        let text = TEMPLATE.get_file(file).and_then(include_dir::File::contents_utf8).unwrap_or_default();
        write_below(folder, file, text.replace("{name}", &name).as_bytes())?;
    }
    let folder = folder.display();
    terminal.tell(&format!(
        "wrote the pack `{name}` to `{folder}`\n\n  policy check {folder}\n  policy test {folder}\n  \
         policy eval {folder}/fixtures/complete.json --policy {folder}\n"
    ));
    Ok(Exit::Good)
}

/// The folder's name as a pack may be called: lower-case letters, digits and `-`.
fn pack_name(folder: &Path) -> String {
    let folder = std::path::absolute(folder).unwrap_or_default();
    let name = folder.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let name: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let name = name.trim_matches('-').trim_start_matches(|c: char| c.is_ascii_digit() || c == '-');
    if name.is_empty() { "my-pack".to_owned() } else { name.to_owned() }
}

fn declaration(arguments: &Arguments, path: Option<&Path>, terminal: Terminal) -> Result<Exit, Failure> {
    let engine = packs::engine(&arguments.policy, &Settings::find()?, Modules::WithoutTests)?;
    let policy = &engine.program().policy;
    let presets = match arguments.category.as_slice() {
        [] => Vec::new(),
        categories => vec![category::preset(&policy.model, categories)?],
    };
    let all = skeleton(policy, &presets, &|_| false).map_err(|error| Failure::new(error.to_string()))?;
    let void = engine.void_fields(Input { name: "the declaration", bytes: all.as_bytes() })?;
    let text = skeleton(policy, &presets, &|pointer| void.iter().any(|other| other == pointer));
    let text = text.map_err(|error| Failure::new(error.to_string()))?;
    let Some(path) = path else {
        terminal.print(&text)?;
        return Ok(Exit::Good);
    };
    none_there([path.to_owned()])?;
    write_file(path, text.as_bytes())?;
    terminal.tell(&format!("wrote `{}`\n", path.display()));
    Ok(Exit::Good)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_packs_come_from_folders() {
        for (folder, name) in
            [("/a/my-plan", "my-plan"), ("/a/My Plan", "my-plan"), ("/a/规则", "my-pack"), ("/9x", "x")]
        {
            assert_eq!(pack_name(Path::new(folder)), name);
        }
    }
}
