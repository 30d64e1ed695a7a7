//! `policy.toml`, found from the working folder upwards, with its paths made relative to it. It knows no declaration: what
//! stands beside one was put there by who is judged.

use crate::failure::Failure;
use crate::packs;
use crate::terminal::read_file;
use hongxian::pack::{self, MAX_TOML_BYTES};
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
    /// The settings of the folder that the command runs in.
    pub fn find() -> Result<Self, Failure> {
        find().map_or_else(|| Ok(Self::default()), |file| Self::read(&file))
    }

    fn read(file: &Path) -> Result<Self, Failure> {
        let bytes = read_file(file, MAX_TOML_BYTES)?;
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

/// The nearest settings file from the working folder upwards, as seen from it.
fn find() -> Option<PathBuf> {
    let here = std::env::current_dir().ok()?;
    let level = here.ancestors().position(|folder| folder.join(NAME).is_file())?;
    Some(std::iter::repeat_n("..", level).collect::<PathBuf>().join(NAME))
}
