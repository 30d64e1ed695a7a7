//! Packs as the user names them: folders on disk, and those that are inside the program, by their names.

use crate::archives::{self, Kind};
use crate::declarations::{self, below};
use crate::failure::Failure;
#[cfg(feature = "plugins")]
use crate::plugins;
use crate::settings::Settings;
use crate::targets::Inputs;
use crate::terminal::read_file;
use hongxian::diagnostic::nearest;
use hongxian::engine::{Builder, Engine, Invalid};
use hongxian::pack::{CASE_SUFFIX, CaseFile, MANIFEST, MAX_FILES, MAX_PACK_BYTES, Manifest, Modules, PackFiles};
use hongxian::policies;
pub use hongxian::policies::DEFAULT;
use hongxian::source::FileId;
use std::path::{Path, PathBuf};

/// The files of a pack, and what its files' names begin with in messages.
#[derive(Debug)]
pub struct Pack {
    /// Its files.
    pub files: PackFiles,
    /// `folder/`
    pub prefix: String,
    /// Nobody named it: another pack stands on it.
    pub brought_along: bool,
}

impl Pack {
    /// Its name, as far as its manifest can be read.
    pub fn name(&self) -> Option<String> {
        manifest(self).map(|manifest| manifest.name.value)
    }
}

/// The engine of the packs that are to judge: those that are named, else those of the settings, else the embedded one.
///
/// Reports name a pack's files relative to the pack; where a pack is not valid, messages name them as the user would.
pub fn engine(named: &[PathBuf], settings: &Settings, modules: Modules) -> Result<Engine, Failure> {
    build(chosen(named, settings)?, false, modules).map_err(|invalid| {
        let prefixed = chosen(named, settings).ok().and_then(|packs| build(packs, true, modules).err());
        prefixed.unwrap_or(invalid).into()
    })
}

/// The engine of these packs; `prefixed` names their files as the user would.
pub fn build(packs: Vec<Pack>, prefixed: bool, modules: Modules) -> Result<Engine, Invalid> {
    build_with(Engine::builder().modules(modules), packs, prefixed)
}

/// The engine of these packs on a builder that knows the rest; `prefixed` names their files as the user would.
pub fn build_with(builder: Builder, packs: Vec<Pack>, prefixed: bool) -> Result<Engine, Invalid> {
    let add = |builder: Builder, pack: Pack| {
        let prefix = if prefixed { pack.prefix } else { String::new() };
        builder.pack(pack.files, prefix)
    };
    #[cfg(feature = "plugins")]
    let builder = plugins::with_cache(builder);
    let engine = packs.into_iter().fold(builder, add).build()?;
    #[cfg(feature = "plugins")]
    plugins::watch(&engine);
    Ok(engine)
}

/// The packs that a command about packs is about: those that are named, else the one that the current folder is in, else
/// those of the settings, else the embedded one.
pub fn here(named: &[PathBuf], settings: &Settings) -> Result<Vec<Pack>, Failure> {
    match surrounding().filter(|_| named.is_empty()) {
        Some(pack) => chosen(&[pack], settings),
        None => chosen(named, settings),
    }
}

/// The folder of the pack that the current folder is in, as seen from here.
pub fn surrounding() -> Option<PathBuf> {
    let folder = std::path::absolute(".").ok()?;
    around(&folder).map(|pack| seen_from(&pack))
}

/// The folders that [`here`] reads; none where the pack is inside the program.
pub fn folders(named: &[PathBuf], settings: &Settings) -> Vec<PathBuf> {
    if !named.is_empty() {
        return named.to_vec();
    }
    let own = std::path::absolute(".").ok().as_deref().and_then(around);
    own.map_or_else(|| settings.policy.clone(), |pack| vec![seen_from(&pack)])
}

/// A folder that the current one is in, as seen from it.
fn seen_from(folder: &Path) -> PathBuf {
    let here = std::path::absolute(".").unwrap_or_default();
    let up = here.strip_prefix(folder).map_or(0, |rest| rest.components().count());
    if up == 0 { PathBuf::from(".") } else { std::iter::repeat_n("..", up).collect() }
}

/// The packs that are named, else those of the settings.
pub fn named_or_set<'a>(named: &'a [PathBuf], settings: &'a Settings) -> &'a [PathBuf] {
    if named.is_empty() { &settings.policy } else { named }
}

/// How the files end that a pack is made of, those apart that its manifest and its case files name.
const MADE_OF: [&str; 5] = ["policy", "toml", "wasm", "json", "snap"];

/// What a run reads: these files, its settings, and the packs that are no embedded ones: archives, and of folders all that a
/// pack is made of, its cases and fixtures with it. Notes and pages that stand beside that are no part of it.
pub fn inputs<'a>(
    packs: &[PathBuf],
    settings: &Settings,
    files: impl IntoIterator<Item = &'a PathBuf>,
) -> Result<Inputs, Failure> {
    let is_part = |path: &Path| path.extension().is_some_and(|own| MADE_OF.iter().any(|end| own == *end));
    let mut parts = Vec::new();
    for pack in packs {
        if pack.is_dir() {
            let mut found = Vec::new();
            below(pack, &is_part, &mut found)?;
            let by_cases: Vec<PathBuf> = found.iter().flat_map(|part| named_by_case(pack, part)).collect();
            parts.extend(found.into_iter().chain(by_cases).chain(named_by_manifest(pack)));
        } else {
            parts.push(pack.clone());
        }
    }
    let inputs = Inputs::of_packs(parts.iter().map(PathBuf::as_path)).with(settings.file.as_deref().map(Path::new));
    Ok(inputs.with(files.into_iter().map(PathBuf::as_path)))
}

/// The tables of locators and the plugins that the manifest of a folder names; what is wrong with it is found when the pack is
/// loaded.
fn named_by_manifest(folder: &Path) -> Vec<PathBuf> {
    let manifest = text(&folder.join(MANIFEST)).and_then(|text| Manifest::parse(FileId::new(0), &text).ok());
    let names = manifest.into_iter().flat_map(|manifest| {
        let tables = manifest.sources.into_iter().map(|source| source.locators);
        tables.chain(manifest.plugins.into_iter().map(|plugin| plugin.file)).collect::<Vec<_>>()
    });
    names.map(|name| folder.join(name.value)).collect()
}

/// The declaration, the waivers and the reviews that a case file in a folder names, whatever they are called; none of what is no
/// case file, or is wrong.
fn named_by_case(folder: &Path, path: &Path) -> Vec<PathBuf> {
    let text = path.to_string_lossy().ends_with(CASE_SUFFIX).then(|| text(path)).flatten();
    let case = text.and_then(|text| CaseFile::parse(FileId::new(0), &text).ok());
    let names = case.into_iter().flat_map(|case| case.given.into_iter().chain(case.waivers).chain(case.reviews));
    names.map(|name| folder.join(name.value)).collect()
}

fn text(path: &Path) -> Option<String> {
    String::from_utf8(read_file(path, MAX_PACK_BYTES).ok()?).ok()
}

/// The packs to be loaded together.
pub fn chosen(named: &[PathBuf], settings: &Settings) -> Result<Vec<Pack>, Failure> {
    let folders = named_or_set(named, settings);
    if folders.is_empty() {
        return embedded(DEFAULT).map(|pack| vec![pack]).ok_or_else(|| Failure::new("no pack is inside this program"));
    }
    Ok(with_bases(folders.iter().map(|named| folder_or_embedded(named)).collect::<Result<Vec<_>, _>>()?))
}

/// Packs, with the embedded ones that they build on before them.
pub fn with_bases(mut packs: Vec<Pack>) -> Vec<Pack> {
    while let Some(base) = missing_base(&packs) {
        packs.insert(0, Pack { brought_along: true, ..base });
    }
    packs
}

/// The pack in a folder or an archive; where there is neither, the embedded one of that name.
pub fn named(path: &Path) -> Result<Pack, Failure> {
    archived(path).unwrap_or_else(|| folder_or_embedded(path))
}

/// The pack in an archive; none where the path leads to none.
pub fn archived(path: &Path) -> Option<Result<Pack, Failure>> {
    let kind = Kind::of(path).filter(|_| path.is_file())?;
    let name = path.display().to_string();
    let bytes = read_file(path, archives::MAX_BYTES);
    let files = bytes.and_then(|bytes| archives::pack(&name, kind, &bytes));
    Some(files.map(|files| Pack { files, prefix: format!("{name}:"), brought_along: false }))
}

/// The pack in a folder; where there is no such folder, the embedded one of that name.
fn folder_or_embedded(named: &Path) -> Result<Pack, Failure> {
    match read(named) {
        Err(failure) if !named.exists() => {
            let name = named.to_str().unwrap_or_default();
            embedded(name).ok_or_else(|| match nearest(name, names()) {
                Some(near) => failure.help(format!("did you mean the embedded pack `{near}`?")),
                None => failure.help("`policy pack list` shows the packs that are inside the program"),
            })
        }
        read => read,
    }
}

/// The names of the packs that are inside the program, the one that judges by default first.
pub fn names() -> Vec<&'static str> {
    let mut names: Vec<&str> = policies::all().iter().map(|pack| pack.name).collect();
    names.sort_by_key(|name| (*name != DEFAULT, *name));
    names
}

/// An embedded pack that one of these builds on and that is not among them.
fn missing_base(packs: &[Pack]) -> Option<Pack> {
    let mut missing = packs.iter().flat_map(needs).filter(|name| !packs.iter().any(|pack| is(pack, name)));
    missing.find_map(|name| embedded(&name))
}

/// The packs that a pack's manifest builds on; what is wrong with the manifest is found when it is loaded.
fn needs(pack: &Pack) -> Vec<String> {
    let manifest = manifest(pack).map(|manifest| manifest.model.into_iter().chain(manifest.extends));
    manifest.into_iter().flatten().map(|name| name.value).collect()
}

fn is(pack: &Pack, name: &str) -> bool {
    manifest(pack).is_some_and(|manifest| manifest.name.value == name)
}

/// What a pack says about itself, as far as it can be read.
pub fn manifest(pack: &Pack) -> Option<Manifest> {
    let text = std::str::from_utf8(pack.files.get(MANIFEST)?).ok()?;
    Manifest::parse(FileId::new(0), text).ok()
}

/// The pack of this name that is inside the program.
pub fn embedded(name: &str) -> Option<Pack> {
    Some(Pack { files: policies::named(name)?.into(), prefix: format!("{name}/"), brought_along: false })
}

/// The pack in a folder.
pub fn read(folder: &Path) -> Result<Pack, Failure> {
    let metadata = std::fs::metadata(folder).map_err(|error| Failure::unreadable(folder, &error))?;
    if !metadata.is_dir() {
        return Err(not_a_folder(folder));
    }
    let mut reader = Reader { base: folder, files: PackFiles::new(), bytes: 0 };
    reader.folder(folder)?;
    let name = folder.display().to_string();
    let prefix = if name == "." { String::new() } else { format!("{}/", name.trim_end_matches('/')) };
    Ok(Pack { files: reader.files, prefix, brought_along: false })
}

fn not_a_folder(path: &Path) -> Failure {
    let failure = Failure::new(format!("`{}` is a file, and a pack is a folder with a `{MANIFEST}`", path.display()));
    let folder = path.ancestors().skip(1).find(|folder| folder.join(MANIFEST).is_file());
    match folder {
        Some(folder) if !folder.as_os_str().is_empty() => failure.help(format!("did you mean `{}`?", folder.display())),
        Some(_) => failure.help("did you mean `.`?"),
        None => failure,
    }
}

struct Reader<'p> {
    base: &'p Path,
    files: PackFiles,
    bytes: usize,
}

impl Reader<'_> {
    /// Reads the files of a folder and the folders in it, hidden ones left out; stops where a pack is plainly too large.
    fn folder(&mut self, folder: &Path) -> Result<(), Failure> {
        let unreadable = |error: std::io::Error| Failure::unreadable(folder, &error);
        let mut entries: Vec<_> =
            std::fs::read_dir(folder).and_then(Iterator::collect::<Result<_, _>>).map_err(unreadable)?;
        entries.sort_by_key(std::fs::DirEntry::file_name);
        for entry in entries {
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            let path = entry.path();
            match declarations::kind(&path)? {
                declarations::Kind::Folder => self.folder(&path)?,
                declarations::Kind::File => {
                    self.stays_inside(&path)?;
                    self.file(&path)?;
                }
                declarations::Kind::LinkedFolder => {
                    return Err(declarations::linked_folder(&path).help("put the folder itself into the pack"));
                }
                declarations::Kind::Other => return Err(declarations::neither(&path)),
            }
        }
        Ok(())
    }

    /// Refuses a symbolic link that leads out of the pack: whoever reads the pack must see what it is made of.
    fn stays_inside(&self, path: &Path) -> Result<(), Failure> {
        if !path.is_symlink() {
            return Ok(());
        }
        let real = |path: &Path| path.canonicalize().map_err(|error| Failure::unreadable(path, &error));
        if real(path)?.starts_with(real(self.base)?) {
            return Ok(());
        }
        let message = format!("`{}` is a symbolic link that leads out of the pack", path.display());
        Err(Failure::new(message).help("put the file itself into the pack"))
    }

    fn file(&mut self, path: &Path) -> Result<(), Failure> {
        if self.bytes > MAX_PACK_BYTES || self.files.files.len() > MAX_FILES {
            let folder = self.base.display();
            return Err(Failure::new(format!("`{folder}` is too large for a pack")).help(format!(
                "a pack has at most {MAX_FILES} files and {MAX_PACK_BYTES} bytes; is this its folder?"
            )));
        }
        let bytes = read_file(path, MAX_PACK_BYTES)?;
        self.bytes += bytes.len();
        self.files.insert(slashed(path.strip_prefix(self.base).unwrap_or(path)), bytes);
        Ok(())
    }
}

/// A relative path with `/` between its parts.
fn slashed(path: &Path) -> String {
    path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// The folder of the pack that a path stands in: the nearest one upwards with a manifest.
pub fn around(path: &Path) -> Option<PathBuf> {
    path.ancestors().find(|folder| folder.join(MANIFEST).is_file()).map(Path::to_path_buf)
}

#[cfg(test)]
mod tests {
    use super::*;
    use hongxian::engine::{Input, Options};
    use hongxian::pack;
    use hongxian::render::json::document;
    use hongxian::source::SourceMap;

    #[test]
    fn what_was_parsed_at_the_build_is_what_would_be_parsed_now() {
        for name in names() {
            let ahead = embedded(name).unwrap_or_else(|| panic!("{name} is embedded"));
            let now: PackFiles =
                ahead.files.files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_ref())).collect();
            let mut sources = SourceMap::new();
            sources.add("before", "");
            let [ahead, now] = [&ahead.files, &now].map(|files| {
                pack::load(files, "", Modules::All, &mut sources.clone()).map(|pack| pack.modules).map_err(|_| name)
            });
            assert_eq!(ahead, now);
        }
    }

    #[test]
    fn every_embedded_module_has_its_tree() {
        let bare: Vec<&str> = policies::all()
            .iter()
            .flat_map(|pack| pack.files)
            .filter(|file| file.path.ends_with(".policy") != file.tree.is_some())
            .map(|file| file.path)
            .collect();
        assert_eq!(bare, Vec::<&str>::new());
    }

    #[test]
    fn what_was_checked_at_the_build_is_what_would_be_checked_now() {
        let kept: Vec<_> = policies::all().iter().filter(|pack| pack.checked.is_some()).collect();
        assert!(kept.iter().any(|pack| pack.name == DEFAULT), "the pack that judges is kept checked");
        for pack in kept {
            let ahead = hongxian::compile::stored(pack, "", &mut SourceMap::new());
            assert!(ahead.is_some(), "{} can be read", pack.name);
            let now: PackFiles = pack.files.iter().map(|file| (file.path, file.content.bytes())).collect();
            let build = |files| Engine::builder().modules(Modules::WithoutTests).pack(files, "p/").build();
            let [ahead, now] = [PackFiles::from(pack), now].map(|files| build(files).expect("a valid pack"));
            assert_eq!(ahead.program().policy, now.program().policy);
            assert_eq!(ahead.program().to_string(), now.program().to_string());
            assert_eq!((ahead.warnings(), now.warnings()), (&[][..], &[][..]));
            let [of_ahead, of_now] = [&ahead, &now].map(|engine| &engine.packs()[0]);
            assert_eq!(of_ahead.modules, of_now.modules, "also their places");
            assert_eq!((&of_ahead.digest, &of_ahead.prefix), (&of_now.digest, &of_now.prefix));
            for index in 0..u32::try_from(pack.files.len()).unwrap() {
                let text = |engine: &Engine| {
                    let file = engine.sources().get(FileId::new(index));
                    file.map(|file| (file.name().to_owned(), file.text().to_owned()))
                };
                assert_eq!(text(&ahead), text(&now));
            }
            same_reports(&ahead, &now);
        }
    }

    /// Two engines say the same of every file of their pack: of declarations among them, and of what is none.
    fn same_reports(ahead: &Engine, now: &Engine) {
        for bytes in now.packs()[0].files.files.values() {
            let said = |engine: &Engine| {
                let options = Options { list_passes: true, ..Options::default() };
                let report = engine.evaluate(Input { name: "d", bytes }, &options);
                report.map(|report| document(&report)).map_err(|refusal| refusal.to_string())
            };
            assert_eq!(said(ahead), said(now));
        }
    }
}
