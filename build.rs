//! Puts the packs of `policies/` inside the library, each module with its tree, and each pack that stands alone checked and
//! compiled: what is known when the program is built is not made in each run. The parser, the checker and the compiler are
//! those of the library.
//!
//! A module that is not valid gets no tree, and a pack that is not valid no program; the command says what is wrong with it
//! when it reads it.

#![allow(
    dead_code,
    unused_imports,
    clippy::struct_field_names,
    clippy::wrong_self_convention,
    reason = "of these rooms, reading, checking and compiling packs is all that is needed here, and nothing of them is public here"
)]

#[path = "src/check/mod.rs"]
mod check;
#[path = "src/compile/mod.rs"]
mod compile;
#[path = "src/diagnostic/mod.rs"]
mod diagnostic;
#[path = "src/function/mod.rs"]
mod function;
#[path = "src/ir/mod.rs"]
mod ir;
#[path = "src/pack/mod.rs"]
mod pack;
#[path = "src/source.rs"]
mod source;
#[path = "src/syntax/mod.rs"]
mod syntax;
#[path = "src/value/mod.rs"]
mod value;

use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=policies");
    if env::var_os("CARGO_FEATURE_PACKS").is_none() {
        return Ok(());
    }
    let policies = variable("CARGO_MANIFEST_DIR")?.join("policies");
    let out = variable("OUT_DIR")?;
    let mut code = String::from("static EMBEDDED: &[BuiltIn] = &[\n");
    let packs = entries(&policies)?;
    for (number, folder) in packs.iter().filter(|entry| entry.join(pack::MANIFEST).is_file()).enumerate() {
        embed(&mut code, folder, &out.join(number.to_string()))?;
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

/// Writes a pack into the code, and what is made of it into files of a folder.
fn embed(code: &mut String, folder: &Path, made: &Path) -> io::Result<()> {
    fs::create_dir_all(made)?;
    let mut paths = Vec::new();
    collect(folder, &mut paths)?;
    let mut files =
        paths.iter().map(|path| Ok((inner(folder, path), path, fs::read(path)?))).collect::<io::Result<Vec<_>>>()?;
    files.sort();
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let checked = kept(checked(&files), &made.join("checked"))?;
    let _infallible = writeln!(code, "    BuiltIn {{ name: {name:?}, checked: {checked}, files: &[");
    for (number, (inner, path, bytes)) in files.iter().enumerate() {
        let text = std::str::from_utf8(bytes).ok();
        let tree = text.filter(|_| inner.ends_with(".policy")).and_then(syntax::store);
        let tree = kept(tree, &made.join(format!("{number}.tree")))?;
        let content = match text {
            Some(_) => format!("Content::Text(include_str!({:?}))", path.to_string_lossy()),
            None => format!("Content::Bytes(include_bytes!({:?}))", path.to_string_lossy()),
        };
        let _infallible =
            writeln!(code, "        BuiltInFile {{ path: {inner:?}, content: {content}, tree: {tree} }},");
    }
    code.push_str("    ] },\n");
    Ok(())
}

/// The path of a file in its pack.
fn inner(folder: &Path, file: &Path) -> String {
    let parts = file.strip_prefix(folder).unwrap_or(file).components();
    parts.map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// The program that a pack is alone, where it is one and nothing is to be said about it.
fn checked(files: &[(String, &PathBuf, Vec<u8>)]) -> Option<Vec<u8>> {
    let files: pack::PackFiles = files.iter().map(|(path, _, bytes)| (path.as_str(), bytes.as_slice())).collect();
    compile::store(&files)
}

/// The expression for bytes that are kept in a file.
fn kept(bytes: Option<Vec<u8>>, path: &Path) -> io::Result<String> {
    let Some(bytes) = bytes else { return Ok("None".to_owned()) };
    fs::write(path, bytes)?;
    Ok(format!("Some(include_bytes!({:?}))", path.to_string_lossy()))
}
