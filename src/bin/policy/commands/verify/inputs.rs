//! What evidence was made of, found again, and whether it is the same.

use crate::declarations::{self, Declarations, Layout, Unit};
use crate::failure::Failure;
use crate::packs::{self, Pack};
use crate::terminal::read_file;
use hongxian::decode::Limits;
use hongxian::diagnostic::Diagnostic;
use hongxian::evidence::{self, Digest, Evidence, Input, InputState, Role};
use hongxian::pack::{LoadedPack, MAX_TOML_BYTES, Modules, load};
use hongxian::report::digest_of;
use hongxian::source::SourceMap;
use std::path::{Path, PathBuf};

/// Where the user says that inputs are.
pub struct Named<'a> {
    /// The folder in which they are looked for under their recorded names.
    pub beside: &'a Path,
    pub declaration: Option<&'a Path>,
    pub packs: &'a [PathBuf],
    pub waivers: &'a [PathBuf],
    pub reviews: &'a [PathBuf],
}

/// What can be judged again.
pub struct Material {
    pub declaration: Vec<u8>,
    pub waivers: Vec<Vec<u8>>,
    pub reviews: Vec<Vec<u8>>,
    pub packs: Vec<Pack>,
}

/// Inputs that were found and compared.
pub struct Found {
    /// Each that was recorded.
    pub checked: Vec<Input>,
    /// All of them; none where one is missing.
    material: Option<Material>,
}

impl Found {
    /// What is to be judged: nothing where an input is not the recorded one, unless it is a pack and may be another.
    pub fn take_material(&mut self, other_packs: bool) -> Option<Material> {
        let may_differ = |role: Role| other_packs && matches!(role, Role::Pack | Role::Plugin);
        let good = self.checked.iter().all(|input| input.state == InputState::Same || may_differ(input.role));
        self.material.take().filter(|_| good)
    }
}

/// Finds every input that was recorded.
pub fn find(recorded: &Evidence, named: &Named<'_>) -> Result<Found, Failure> {
    let mut checked = Vec::new();
    let declaration = declaration(recorded, named)?;
    checked.push(of_file(
        Role::Declaration,
        &recorded.declaration.file,
        &recorded.declaration.digest,
        declaration.as_ref(),
    ));
    let waivers = files(Role::Waivers, &recorded.waivers, named.waivers, named.beside, &mut checked)?;
    let reviews = files(Role::Reviews, &recorded.reviews, named.reviews, named.beside, &mut checked)?;
    let packs = packs(recorded, named, &mut checked)?;
    let material = || Some(Material { declaration: declaration?, waivers: waivers?, reviews: reviews?, packs: packs? });
    Ok(Found { checked, material: material() })
}

/// Why an input is missing, and what would help.
pub fn missing(input: &Input) -> Failure {
    let option = match input.role {
        Role::Declaration => "--declaration FILE",
        Role::Waivers => "--waivers FILE",
        Role::Reviews => "--reviews FILE",
        Role::Pack | Role::Plugin => "--policy PATH",
    };
    Failure::new(format!("cannot find `{}`, which was recorded", input.name))
        .help(format!("`{option}` says where it is"))
}

fn of_file(role: Role, name: &str, recorded: &Digest, found: Option<&Vec<u8>>) -> Input {
    let digest = found.and_then(|bytes| Digest::try_from(digest_of(bytes)).ok());
    Input::new(role, name, recorded, digest)
}

/// The recorded declaration: where it is one of many, the one with its digest, else the one at its place.
fn declaration(recorded: &Evidence, named: &Named<'_>) -> Result<Option<Vec<u8>>, Failure> {
    let files = match named.declaration {
        Some(path) => declarations::named(&[path.to_owned()])?,
        None => beside(named.beside, &recorded.declaration.file).into_iter().collect(),
    };
    let alone = files.len() == 1;
    let (mut other, mut wrong) = (None, None);
    for Unit { line, bytes, .. } in Declarations::new(files, Layout::Auto, Limits::DEFAULT.bytes) {
        match bytes {
            Ok(bytes) if digest_of(&bytes) == recorded.declaration.digest.as_str() => return Ok(Some(bytes)),
            Ok(bytes) if alone && line == recorded.declaration.line => other = Some(bytes),
            Ok(_) => {}
            Err(diagnostic) => wrong = Some(diagnostic),
        }
    }
    let unreadable = |diagnostic: Box<Diagnostic>| Failure::Diagnostics(vec![*diagnostic], SourceMap::new());
    match (other, wrong) {
        (None, Some(diagnostic)) => Err(unreadable(diagnostic)),
        (other, _) => Ok(other),
    }
}

/// The file of a recorded name in a folder; none where there is none, or the name leads out of the folder.
fn beside(folder: &Path, name: &str) -> Option<PathBuf> {
    let leads_nowhere = Path::new(name).file_name().is_some_and(|last| last == name);
    Some(folder.join(name)).filter(|path| leads_nowhere && path.is_file())
}

/// The recorded files of a kind; none where one of them is missing.
fn files(
    role: Role,
    recorded: &[evidence::File],
    named: &[PathBuf],
    folder: &Path,
    checked: &mut Vec<Input>,
) -> Result<Option<Vec<Vec<u8>>>, Failure> {
    if !named.is_empty() && named.len() != recorded.len() {
        let (expected, found) = (recorded.len(), named.len());
        let option = if role == Role::Waivers { "waivers" } else { "reviews" };
        return Err(Failure::new(format!(
            "expected {expected} files for `--{option}`, as were recorded, found {found}"
        )));
    }
    let mut all = Some(Vec::new());
    for (index, file) in recorded.iter().enumerate() {
        let path = named.get(index).cloned().or_else(|| beside(folder, &file.file));
        let bytes = path.map(|path| read_file(&path, MAX_TOML_BYTES)).transpose()?;
        checked.push(of_file(role, &file.file, &file.digest, bytes.as_ref()));
        all = all.zip(bytes).map(|(mut all, bytes)| {
            all.push(bytes);
            all
        });
    }
    Ok(all)
}

/// The recorded packs, in their order; none where one of them is missing.
fn packs(recorded: &Evidence, named: &Named<'_>, checked: &mut Vec<Input>) -> Result<Option<Vec<Pack>>, Failure> {
    let mut given = named.packs.iter().map(|path| opened(path)).collect::<Result<Vec<_>, _>>()?;
    if let Some((name, _)) = given.iter().find(|(name, _)| !recorded.packs.iter().any(|pack| pack.name == *name)) {
        return Err(Failure::new(format!("the pack `{name}` is not among those that judged")));
    }
    let mut all = Some(Vec::new());
    for pack in &recorded.packs {
        let at = given.iter().position(|(name, _)| *name == pack.name);
        let found = at.map(|at| given.swap_remove(at).1).or_else(|| packs::embedded(&pack.name));
        let loaded = found.as_ref().map(loaded).transpose()?;
        compare(pack, loaded.as_ref(), checked);
        all = all.zip(found).map(|(mut all, found)| {
            all.push(found);
            all
        });
    }
    Ok(all.map(packs::with_bases))
}

/// A pack that was named, with its name.
fn opened(path: &Path) -> Result<(String, Pack), Failure> {
    let pack = packs::named(path)?;
    let name = loaded(&pack)?.manifest.name.value;
    Ok((name, pack))
}

/// A pack that was read and not judged with: no code of a plugin has run.
fn loaded(pack: &Pack) -> Result<LoadedPack, Failure> {
    let mut sources = SourceMap::new();
    load(&pack.files, &pack.prefix, Modules::WithoutTests, &mut sources)
        .map_err(|diagnostics| Failure::Diagnostics(diagnostics, sources))
}

fn compare(recorded: &evidence::Pack, found: Option<&LoadedPack>, checked: &mut Vec<Input>) {
    let digest = |text: String| Digest::try_from(text).ok();
    let own = found.and_then(|pack| digest(pack.digest.clone()));
    checked.push(Input::new(Role::Pack, &format!("{} {}", recorded.name, recorded.version), &recorded.digest, own));
    for plugin in &recorded.plugins {
        let manifest = found.map(|pack| pack.manifest.plugins.as_slice()).unwrap_or_default();
        let same = manifest.iter().find(|own| own.name.value == plugin.name);
        let own = same.and_then(|own| digest(format!("sha256:{}", own.sha256.value)));
        checked.push(Input::new(Role::Plugin, &format!("{}/{}", recorded.name, plugin.name), &plugin.digest, own));
    }
}
