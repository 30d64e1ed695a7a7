//! Declarations as the user names them: files, folders, standard input; and what is plainly no declaration.

use crate::failure::Failure;
use hongxian::diagnostic::{Code, Diagnostic};
use std::io::{IsTerminal, Read};
use std::path::{Path, PathBuf};

/// The name of standard input.
pub const STDIN: &str = "-";

/// The declarations behind the paths, in their order; the files of a folder sorted by path.
pub fn named(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    if paths.is_empty() {
        return if std::io::stdin().is_terminal() { Err(nothing_named()) } else { Ok(vec![STDIN.into()]) };
    }
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            below(path, "json", &mut files)?;
        } else {
            files.push(path.clone());
        }
    }
    Ok(files)
}

fn nothing_named() -> Failure {
    Failure::new("no declaration is named")
        .help("name files or a folder: `policy eval product.json`")
        .help("`-` reads a declaration from standard input")
        .help("`policy init --declaration` writes one to fill in")
}

/// All files with this extension in a folder and the folders in it, sorted; hidden ones left out.
pub fn below(folder: &Path, extension: &str, files: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let unreadable = |error: std::io::Error| Failure::unreadable(folder, &error);
    let mut entries: Vec<_> =
        std::fs::read_dir(folder).and_then(Iterator::collect::<Result<_, _>>).map_err(unreadable)?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        if entry.file_type().map_err(unreadable)?.is_dir() {
            below(&path, extension, files)?;
        } else if path.extension().is_some_and(|own| own.eq_ignore_ascii_case(extension)) && path.is_file() {
            files.push(path);
        }
    }
    Ok(())
}

/// Reads a declaration; of one that is longer than `limit` bytes, one byte more.
pub fn read(path: &Path, limit: usize) -> Result<Vec<u8>, Failure> {
    let bytes = if path == Path::new(STDIN) {
        take(std::io::stdin(), limit)
    } else {
        std::fs::File::open(path).and_then(|file| take(file, limit))
    };
    bytes.map_err(|error| Failure::unreadable(path, &error))
}

fn take(input: impl Read, limit: usize) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let limit = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    input.take(limit).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// What a text is that is plainly no declaration.
pub fn not_a_declaration(file: &str, bytes: &[u8]) -> Option<Diagnostic> {
    let text = String::from_utf8_lossy(bytes.get(..bytes.len().min(4096)).unwrap_or_default());
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let extension = Path::new(file).extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    let no = |message: String| Diagnostic::placeless(Code::NOT_A_DECLARATION, message);
    if text.is_empty() {
        let help = "a declaration is a JSON object; `policy init --declaration` writes one to fill in";
        return Some(no(format!("`{file}` is empty")).help(help));
    }
    if text.starts_with(['{', '[', '"']) {
        return None;
    }
    if extension == "policy" || text.starts_with("module ") || text.starts_with("//") {
        let help = "a policy judges: `policy eval product.json --policy FOLDER`, with the folder of the pack";
        return Some(no(format!("`{file}` is a policy, not a declaration")).help(help));
    }
    if matches!(extension, "yaml" | "yml") || looks_like_yaml(text) {
        return Some(
            no(format!("`{file}` looks like YAML, and a declaration is JSON")).help("convert it to JSON first"),
        );
    }
    None
}

/// `---`, a comment, or `key: value` on the first line.
fn looks_like_yaml(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default();
    let key = first.split_once(':').map_or("", |(key, _)| key);
    let is_key = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || "_-. ".contains(c));
    first.starts_with("---") || first.starts_with("# ") || first.starts_with("- ") || is_key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_plainly_something_else() {
        let cases = [
            ("a.json", "", Some("`a.json` is empty")),
            ("a.json", " \r\n\u{feff}", None),
            ("a.json", "\u{feff}  ", Some("`a.json` is empty")),
            ("a.json", "{\"a\": 1}", None),
            ("a.json", "[[[[", None),
            ("a.json", "nonsense", None),
            ("rules.policy", "/// doc\nmodule x", Some("`rules.policy` is a policy, not a declaration")),
            ("-", "module x", Some("`-` is a policy, not a declaration")),
            ("a.yaml", "declaration:\n  id: 1", Some("`a.yaml` looks like YAML, and a declaration is JSON")),
            ("-", "---\na: 1", Some("`-` looks like YAML, and a declaration is JSON")),
        ];
        for (file, text, expected) in cases {
            let found = not_a_declaration(file, text.as_bytes()).map(|diagnostic| diagnostic.message);
            assert_eq!(found.as_deref(), expected, "{text:?}");
        }
    }
}
