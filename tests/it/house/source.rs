//! The text of the crate, as the tests of the house read it.

use std::fs;
use std::path::{Path, PathBuf};

/// A file under `src/`.
pub(super) struct SourceFile {
    /// Its path from the crate's root, with `/`.
    pub(super) path: String,
    /// Its text.
    pub(super) text: String,
}

impl SourceFile {
    /// The folder or file directly under `src/` that it belongs to: `check`, `source`; `bin` for the commands.
    pub(super) fn room(&self) -> &str {
        let inside = self.path.trim_start_matches("src/");
        inside.split('/').next().unwrap_or(inside).trim_end_matches(".rs")
    }

    /// Its lines without comments and without the insides of strings, numbered from 1.
    pub(super) fn code(&self) -> Vec<(usize, String)> {
        self.text.lines().enumerate().map(|(index, line)| (index + 1, bare(line))).collect()
    }
}

/// The crate's root.
pub(super) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every `.rs` file under `src/`, by path.
pub(super) fn all() -> Vec<SourceFile> {
    let mut paths = Vec::new();
    collect(&root().join("src"), &mut paths);
    paths.sort();
    paths.iter().map(|path| read(path)).collect()
}

fn collect(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, into);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            into.push(path);
        }
    }
}

fn read(path: &Path) -> SourceFile {
    let relative = path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/");
    SourceFile { path: relative, text: fs::read_to_string(path).unwrap() }
}

/// A line without its comment and without what stands in its strings. Strings that go on over lines do not matter
/// here: what is looked for does not occur in them.
fn bare(line: &str) -> String {
    let mut out = String::new();
    let mut quoted = false;
    let mut characters = line.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\\' if quoted => {
                characters.next();
            }
            '\'' if !quoted && matches!(characters.peek(), Some('"')) => {
                characters.next();
                characters.next();
            }
            '"' => quoted = !quoted,
            '/' if !quoted && characters.peek() == Some(&'/') => break,
            _ if quoted => {}
            _ => out.push(character),
        }
    }
    out
}

#[test]
fn comments_and_strings_are_left_out() {
    assert_eq!(bare("use crate::a; // use crate::b"), "use crate::a; ");
    assert_eq!(bare(r#"let x = "crate::b \" still" + y;"#), "let x =  + y;");
    assert_eq!(bare(r#"if c == '"' { crate::z }"#), "if c ==  { crate::z }");
}
