//! Tests of packs: the blocks of every pack run here too, and case files that are right and wrong.

mod files;
mod packs;

use hongxian::engine::Engine;
use hongxian::pack::PackFiles;
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
