//! `policy.toml`, found from a declaration upwards, with its paths made relative to where the user is.

use crate::failure::Failure;
use crate::packs;
use hongxian::pack;
use hongxian::source::SourceMap;
use std::path::{Path, PathBuf};

/// The file's name.
const NAME: &str = "policy.toml";

/// The settings that were found; empty ones where there is no file.
#[derive(Debug, Default)]
pub struct Settings {
    /// The file, as reports name it.
    pub file: Option<String>,
    /// Packs: folders, or names of embedded ones.
    pub policy: Vec<PathBuf>,
    /// The language of reports.
    pub lang: Option<String>,
    /// From which kind of rule an outcome counts.
    pub fail_on: Option<String>,
    /// A waivers file.
    pub waivers: Option<PathBuf>,
    /// A reviews file.
    pub reviews: Option<PathBuf>,
}

impl Settings {
    /// The settings for these declarations; for the folder one is in where there are none.
    pub fn find(declarations: &[PathBuf]) -> Result<Self, Failure> {
        let mut files = declarations.iter().map(|path| find(path.parent().unwrap_or(Path::new(""))));
        let first = files.next().unwrap_or_else(|| find(Path::new("")));
        if let Some(other) = files.find(|file| *file != first) {
            return Err(differ(first.as_deref(), other.as_deref()));
        }
        first.map_or_else(|| Ok(Self::default()), |file| Self::read(&file))
    }

    fn read(file: &Path) -> Result<Self, Failure> {
        let bytes = std::fs::read(file).map_err(|error| Failure::unreadable(file, &error))?;
        let name = file.display().to_string();
        let text = String::from_utf8(bytes).map_err(|_| Failure::new(format!("`{name}` is not UTF-8")))?;
        let mut sources = SourceMap::new();
        let id = sources.add(&name, &text);
        let found = pack::Settings::parse(id, &text).map_err(|found| Failure::Diagnostics(found, sources))?;
        let folder = file.parent().unwrap_or(Path::new(""));
        Ok(Self {
            file: Some(name),
            policy: found.policy.iter().map(|pack| named(folder, &pack.value)).collect(),
            lang: found.lang.map(|lang| lang.value),
            fail_on: found.fail_on.map(|level| level.value),
            waivers: found.waivers.map(|path| folder.join(path.value)),
            reviews: found.reviews.map(|path| folder.join(path.value)),
        })
    }
}

/// A pack as the settings name it: a folder beside them; where there is none, an embedded pack.
fn named(folder: &Path, pack: &str) -> PathBuf {
    let path = folder.join(pack);
    if !path.exists() && packs::names().contains(&pack) { PathBuf::from(pack) } else { path }
}

fn differ(first: Option<&Path>, other: Option<&Path>) -> Failure {
    let name = |file: Option<&Path>| file.map_or("none".to_owned(), |file| format!("`{}`", file.display()));
    Failure::new(format!("the declarations have different settings: {} and {}", name(first), name(other)))
        .help("run them apart, one call for each settings file")
}

/// The nearest settings file from a folder upwards.
fn find(folder: &Path) -> Option<PathBuf> {
    let here = folder.join(NAME);
    if here.is_file() {
        return Some(here);
    }
    let base = std::path::absolute(if folder.as_os_str().is_empty() { Path::new(".") } else { folder }).ok()?;
    let found = base.ancestors().skip(1).map(|folder| folder.join(NAME)).find(|file| file.is_file())?;
    let here = std::env::current_dir().ok()?;
    Some(relative(&found, &here).unwrap_or(found))
}

/// A path below or above a folder, as seen from it.
fn relative(path: &Path, from: &Path) -> Option<PathBuf> {
    if let Ok(below) = path.strip_prefix(from) {
        return Some(below.to_path_buf());
    }
    let up = from.ancestors().skip(1).enumerate().find_map(|(level, folder)| {
        let rest = path.strip_prefix(folder).ok()?;
        (rest.components().count() == 1).then(|| (level, rest.to_path_buf()))
    });
    up.map(|(level, rest)| std::iter::repeat_n("..", level + 1).collect::<PathBuf>().join(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_named_as_seen_from_here() {
        let cases = [
            ("/a/b/policy.toml", "/a/b", Some("policy.toml")),
            ("/a/b/c/policy.toml", "/a/b", Some("c/policy.toml")),
            ("/a/policy.toml", "/a/b/c", Some("../../policy.toml")),
            ("/x/policy.toml", "/a/b", None),
        ];
        for (path, from, seen) in cases {
            assert_eq!(relative(Path::new(path), Path::new(from)), seen.map(PathBuf::from));
        }
    }
}
