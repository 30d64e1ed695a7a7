//! Which files the user means.

use crate::failure::Failure;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

/// The name of standard input.
pub const STDIN: &str = "-";

/// How files of declarations end, compressed ones apart.
const ENDINGS: &[&str] = &["json", "ndjson", "jsonl"];

/// How compressed files end.
const COMPRESSED: &[&str] = &["gz", "zst"];

/// The declarations behind the paths, in their order; the files of a folder or a pattern sorted by path.
pub fn named(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    if paths.is_empty() {
        return if std::io::stdin().is_terminal() { Err(nothing_named()) } else { Ok(vec![STDIN.into()]) };
    }
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            below(path, &is_declaration, &mut files)?;
        } else if let Some(pattern) = pattern(path) {
            matching(pattern, &mut files)?;
        } else {
            files.push(path.clone());
        }
    }
    Ok(files)
}

fn nothing_named() -> Failure {
    Failure::new("no declaration is named")
        .help("name files or a folder: `policy eval product.json`")
        .help("`-` reads declarations from standard input")
        .help("`policy init --declaration` writes one to fill in")
}

/// Whether a file is one by its name: `a.json`, `all.ndjson.gz`.
fn is_declaration(path: &Path) -> bool {
    let ends = |path: &Path, endings: &[&str]| {
        let own = path.extension().and_then(|own| own.to_str()).unwrap_or_default();
        endings.iter().any(|ending| ending.eq_ignore_ascii_case(own))
    };
    ends(path, ENDINGS) || (ends(path, COMPRESSED) && ends(&path.with_extension(""), ENDINGS))
}

/// A path that is a pattern and no file.
fn pattern(path: &Path) -> Option<&str> {
    let text = path.to_str()?;
    (text.contains(['*', '?', '[']) && !path.exists()).then_some(text)
}

/// The files that a pattern matches, sorted; it is an error where there are none.
fn matching(pattern: &str, files: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let options = glob::MatchOptions { require_literal_leading_dot: true, ..glob::MatchOptions::new() };
    let paths = glob::glob_with(pattern, options)
        .map_err(|error| Failure::new(format!("expected a pattern of files, found `{pattern}`: {}", error.msg)))?;
    let before = files.len();
    for path in paths {
        let path = path.map_err(|error| Failure::unreadable(error.path(), error.error()))?;
        if path.is_file() {
            files.push(path);
        }
    }
    if files.len() == before {
        return Err(Failure::new(format!("no file matches `{pattern}`")));
    }
    Ok(())
}

/// All wanted files in a folder and the folders in it, sorted; hidden ones left out.
pub fn below(folder: &Path, wanted: &dyn Fn(&Path) -> bool, files: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let unreadable = |error: std::io::Error| Failure::unreadable(folder, &error);
    let mut entries: Vec<_> =
        std::fs::read_dir(folder).and_then(Iterator::collect::<Result<_, _>>).map_err(unreadable)?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        match kind(&path)? {
            Kind::Folder => below(&path, wanted, files)?,
            Kind::File if wanted(&path) => files.push(path),
            Kind::Other if wanted(&path) => return Err(neither(&path)),
            Kind::File | Kind::Other => {}
            Kind::LinkedFolder => {
                return Err(linked_folder(&path).help("name the folder that it leads to beside this one"));
            }
        }
    }
    Ok(())
}

/// What a folder has in it, links followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A folder of its own.
    Folder,
    /// A link to a folder: it may lead anywhere, and round.
    LinkedFolder,
    /// A file; also a link to nowhere, which cannot be read.
    File,
    /// A pipe, a device.
    Other,
}

/// What stands at a path.
pub fn kind(path: &Path) -> Result<Kind, Failure> {
    let own = path.symlink_metadata().map_err(|error| Failure::unreadable(path, &error))?;
    Ok(match path.metadata() {
        Ok(found) if found.is_dir() && own.is_symlink() => Kind::LinkedFolder,
        Ok(found) if found.is_dir() => Kind::Folder,
        Ok(found) if found.is_file() => Kind::File,
        Err(_) => Kind::File,
        Ok(_) => Kind::Other,
    })
}

/// That a link to a folder is not followed.
pub fn linked_folder(path: &Path) -> Failure {
    Failure::new(format!("`{}` is a symbolic link to a folder, and is not followed", path.display()))
}

/// That something is no file, which is not passed over in silence.
pub fn neither(path: &Path) -> Failure {
    Failure::new(format!("`{}` is neither a file nor a folder", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations_are_known_by_their_endings() {
        for (name, expected) in [
            ("a.json", true),
            ("a.JSON", true),
            ("a.ndjson", true),
            ("all.jsonl.zst", true),
            ("a.json.gz", true),
            ("a.tar.gz", false),
            ("json", false),
            ("a.toml", false),
        ] {
            assert_eq!(is_declaration(Path::new(name)), expected, "{name}");
        }
    }
}
