//! Tests of packs: the blocks of every pack run here too, and case files that are right and wrong.

mod files;
mod packs;
mod snapshots;

use hongxian::engine::Engine;
use hongxian::pack::{MANIFEST, Manifest, PackFiles};
use hongxian::source::FileId;
use std::path::Path;

/// The files of a folder by their path relative to it.
pub fn folder(root: &Path) -> PackFiles {
    let mut files = PackFiles::new();
    let mut open = vec![root.to_path_buf()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
                files.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    files
}

/// An engine over some packs; panics with the diagnostics where they are not valid.
pub fn engine(packs: impl IntoIterator<Item = PackFiles>) -> Engine {
    let builder = packs.into_iter().fold(Engine::builder(), |builder, files| builder.pack(files, ""));
    builder.build().unwrap_or_else(|invalid| panic!("{invalid}"))
}

/// The folder of the packs that the project ships.
pub fn policies() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("policies")
}

/// The names of the packs that the project ships.
pub fn packs() -> Vec<String> {
    let folders = std::fs::read_dir(policies()).unwrap().map(|entry| entry.unwrap());
    let folders = folders.filter(|entry| entry.path().join(MANIFEST).exists());
    let mut names: Vec<String> = folders.map(|entry| entry.file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// An engine over packs that the project ships, each after those that it stands on.
pub fn shipped(names: &[&str]) -> Engine {
    let mut found: Vec<(String, PackFiles)> = Vec::new();
    for name in names {
        add(name, &mut found);
    }
    engine(found.into_iter().map(|(_, files)| files))
}

fn add(name: &str, found: &mut Vec<(String, PackFiles)>) {
    if found.iter().any(|(known, _)| known == name) {
        return;
    }
    let files = folder(&policies().join(name));
    let text = std::str::from_utf8(files.get(MANIFEST).unwrap()).unwrap();
    let manifest = Manifest::parse(FileId::new(0), text).unwrap();
    for base in manifest.model.iter().chain(&manifest.extends) {
        add(&base.value, found);
    }
    found.push((name.to_owned(), files));
}
