//! Puts the packs of `policies/` inside the `policy` command, each module with its tree, parsed here by the parser of the
//! library: what is known when the program is built is not parsed in each run.
//!
//! A module that is not valid gets no tree; the command says what is wrong with it when it reads it.

#[allow(dead_code, reason = "of these rooms, reading policy texts is all that is needed here")]
#[path = "src/diagnostic/mod.rs"]
mod diagnostic;
#[allow(dead_code, reason = "as above")]
#[path = "src/source.rs"]
mod source;
#[allow(dead_code, unused_imports, clippy::struct_field_names, reason = "as above")]
#[path = "src/syntax/mod.rs"]
mod syntax;

use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=policies");
    if env::var_os("CARGO_FEATURE_CLI").is_none() {
        return Ok(());
    }
    let policies = variable("CARGO_MANIFEST_DIR")?.join("policies");
    let out = variable("OUT_DIR")?;
    let mut code = String::from("static EMBEDDED: &[Embedded] = &[\n");
    for pack in entries(&policies)?.iter().filter(|entry| entry.is_dir()) {
        let mut files = Vec::new();
        collect(pack, &mut files)?;
        for file in files {
            let tree = tree(&file, &out, code.len())?;
            embed(&mut code, pack, &file, tree.as_deref());
        }
    }
    code.push_str("];\n");
    fs::write(out.join("embedded.rs"), code)
}

fn variable(name: &str) -> io::Result<PathBuf> {
    env::var_os(name).map(PathBuf::from).ok_or_else(|| io::Error::other(format!("cargo sets no `{name}`")))
}

/// What stands in a folder, in the order of names, hidden entries left out.
fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    paths.retain(|path| path.file_name().is_some_and(|name| !name.to_string_lossy().starts_with('.')));
    paths.sort();
    Ok(paths)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for path in entries(folder)? {
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

/// The tree of a module, in a file of its own.
fn tree(file: &Path, out: &Path, number: usize) -> io::Result<Option<PathBuf>> {
    if file.extension().is_none_or(|extension| extension != "policy") {
        return Ok(None);
    }
    let text = fs::read(file)?;
    let Some(tree) = std::str::from_utf8(&text).ok().and_then(syntax::store) else { return Ok(None) };
    let path = out.join(format!("{number}.tree"));
    fs::write(&path, tree)?;
    Ok(Some(path))
}

fn embed(code: &mut String, pack: &Path, file: &Path, tree: Option<&Path>) {
    let name = pack.file_name().unwrap_or_default().to_string_lossy();
    let parts = file.strip_prefix(pack).unwrap_or(file).components();
    let path = parts.map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
    let included = |file: &Path| format!("include_bytes!({:?})", file.to_string_lossy());
    let tree = tree.map_or_else(|| "None".to_owned(), |tree| format!("Some({})", included(tree)));
    let bytes = included(file);
    let _infallible =
        writeln!(code, "    Embedded {{ pack: {name:?}, path: {path:?}, bytes: {bytes}, tree: {tree} }},");
}
