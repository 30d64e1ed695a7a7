//! Files that are written: where a path leads, what must not be written over, and how a text comes there whole. It knows
//! nothing of what is written.

use crate::declarations::STDIN;
use crate::failure::Failure;
use crate::interrupt;
use std::collections::HashMap;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// How many links are followed to a file that is not there yet.
const MAX_LINKS: usize = 40;
/// How many names for a draft are tried.
const MAX_NAMES: usize = 100;

/// What a path leads to, so that two of them can be compared.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Place {
    /// A file that is there, by its device and its number.
    #[cfg(unix)]
    There(u64, u64),
    /// A file by its path without links.
    At(PathBuf),
}

impl Place {
    fn of(path: &Path, metadata: Option<&Metadata>) -> Self {
        #[cfg(unix)]
        if let Some(metadata) = metadata {
            use std::os::unix::fs::MetadataExt;
            return Self::There(metadata.dev(), metadata.ino());
        }
        #[cfg(not(unix))]
        let _ = metadata;
        Self::At(followed(path))
    }

    /// Where something is read from; none where there is nothing, or a device, which is not written over.
    fn read(path: &Path) -> Option<Self> {
        let metadata = if path == Path::new(STDIN) { standard(io::stdin())? } else { fs::metadata(path).ok()? };
        (!is_device(&metadata)).then(|| Self::of(path, Some(&metadata)))
    }

    /// The file that standard output goes to; none where it goes elsewhere.
    fn output() -> Option<Self> {
        let metadata = standard(io::stdout()).filter(Metadata::is_file)?;
        Some(Self::of(Path::new(""), Some(&metadata)))
    }
}

#[cfg(unix)]
fn standard(stream: impl std::os::fd::AsFd) -> Option<Metadata> {
    File::from(stream.as_fd().try_clone_to_owned().ok()?).metadata().ok()
}

#[cfg(not(unix))]
fn standard<T>(_: T) -> Option<Metadata> {
    None
}

/// Whether standard output goes to a terminal, also one that was closed, or to another device.
pub fn output_is_device() -> bool {
    standard(io::stdout()).is_some_and(|found| is_device(&found))
}

#[cfg(unix)]
fn is_device(metadata: &Metadata) -> bool {
    use std::os::unix::fs::FileTypeExt;
    metadata.file_type().is_char_device()
}

#[cfg(not(unix))]
const fn is_device(_: &Metadata) -> bool {
    false
}

/// The path that links lead to; of a file that is not there yet where it would be.
fn followed(path: &Path) -> PathBuf {
    if let Ok(real) = path.canonicalize() {
        return real;
    }
    let mut path = path.to_owned();
    for _ in 0..MAX_LINKS {
        let Ok(to) = fs::read_link(&path) else { break };
        path = path.parent().unwrap_or(Path::new("")).join(to);
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match (folder.canonicalize(), path.file_name()) {
        (Ok(folder), Some(name)) => folder.join(name),
        _ => path,
    }
}

/// The files that a command reads: it writes over none of them.
#[derive(Debug, Default)]
pub struct Inputs(HashMap<Place, Input>);

#[derive(Debug)]
struct Input {
    path: PathBuf,
    /// It was not named: it stands in a pack's folder.
    of_pack: bool,
}

impl Inputs {
    /// These files; `-` is standard input.
    pub fn new<'p>(paths: impl IntoIterator<Item = &'p Path>) -> Self {
        Self::default().and(paths, false)
    }

    /// What packs are made of.
    pub fn of_packs<'p>(paths: impl IntoIterator<Item = &'p Path>) -> Self {
        Self::default().and(paths, true)
    }

    /// These files as well.
    pub fn with<'p>(self, paths: impl IntoIterator<Item = &'p Path>) -> Self {
        self.and(paths, false)
    }

    fn and<'p>(mut self, paths: impl IntoIterator<Item = &'p Path>, of_pack: bool) -> Self {
        let input = |path: &Path| Some((Place::read(path)?, Input { path: path.to_owned(), of_pack }));
        self.0.extend(paths.into_iter().filter_map(input));
        self
    }

    /// Refuses standard output where it goes to one of them.
    fn without(&self, output: Option<&Place>) -> Result<(), Failure> {
        match output.and_then(|output| self.0.get(output)) {
            None => Ok(()),
            Some(input) => Err(input.kept("to standard output", "send it to another file")),
        }
    }
}

impl Input {
    /// Why it is not written over.
    fn kept(&self, written: &str, instead: &str) -> Failure {
        let failure = Failure::new(format!("cannot write {written}: {}", read_as(&self.path)));
        let failure = failure.help(format!("what is read is not written over: {instead}"));
        if self.of_pack && self.path.extension().is_some_and(|end| end == "json") {
            return failure.help("any `.json` in a pack's folder counts as its fixture");
        }
        failure
    }
}

/// A file that is to be written.
#[derive(Debug)]
pub struct Target {
    /// As the user named it.
    given: PathBuf,
    /// Where it leads.
    path: PathBuf,
    place: Place,
    there: There,
}

/// What stands where a file is to be written.
#[derive(Debug)]
enum There {
    Nothing,
    File(Metadata),
    /// A pipe or a device: it is written to, and nothing takes its place.
    Stream,
}

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Whole, in the place of what stands there.
    Anew,
    /// Behind what stands there.
    Behind,
}

impl Target {
    /// The file behind a path, links followed.
    fn new(given: &Path, way: Way) -> Result<Self, Failure> {
        let unwritable = |error: io::Error| Failure::unwritable(given, &error);
        let (path, given) = (followed(given), given.to_owned());
        match fs::metadata(&given) {
            Ok(found) if found.is_dir() => Err(unwritable(io::ErrorKind::IsADirectory.into())),
            Ok(found) if found.is_file() && found.permissions().readonly() => Err(read_only(&given)),
            Ok(found) if found.is_file() => {
                // The folder would let another file take its place; the file itself may not, or may be added to only.
                File::options().write(way == Way::Anew).append(way == Way::Behind).open(&path).map_err(unwritable)?;
                Ok(Self { place: Place::of(&path, Some(&found)), there: There::File(found), path, given })
            }
            Ok(found) => {
                let place = Place::of(&path, Some(&found));
                Ok(Self { place, there: There::Stream, path: given.clone(), given })
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Ok(Self { place: Place::of(&path, None), there: There::Nothing, path, given })
            }
            Err(error) => Err(unwritable(error)),
        }
    }

    /// The file behind a path that is none of those that are read.
    pub fn apart(given: &Path, way: Way, inputs: &Inputs) -> Result<Self, Failure> {
        let target = Self::new(given, way)?;
        match inputs.0.get(&target.place) {
            None => Ok(target),
            Some(input) => Err(input.kept(&format!("`{}`", given.display()), "name another file")),
        }
    }

    /// The file behind a path, else none for standard output: what is written to is none of those that are read.
    pub fn or_output(given: Option<&Path>, inputs: &Inputs) -> Result<Option<Self>, Failure> {
        match given {
            Some(given) => Self::apart(given, Way::Anew, inputs).map(Some),
            None => inputs.without(Place::output().as_ref()).map(|()| None),
        }
    }

    /// The files behind the paths, in their order: none of them is read, none is there twice, none is where standard output
    /// goes.
    pub fn all<'p>(paths: impl Iterator<Item = (&'p Path, Way)>, inputs: &Inputs) -> Result<Vec<Self>, Failure> {
        let output = Place::output();
        inputs.without(output.as_ref())?;
        let mut targets: Vec<Self> = Vec::new();
        for (path, way) in paths {
            let target = Self::apart(path, way, inputs)?;
            if let Some(twin) = targets.iter().find(|other| other.place == target.place) {
                return Err(twice(&twin.given, path));
            }
            if output.as_ref() == Some(&target.place) {
                return Err(Failure::new(format!("cannot write `{}`: standard output goes there", path.display())));
            }
            targets.push(target);
        }
        Ok(targets)
    }

    /// Whether it holds anything.
    pub fn is_empty(&self) -> bool {
        !matches!(&self.there, There::File(found) if found.len() > 0)
    }

    /// Writes it whole or not at all.
    pub fn write(self, text: &[u8]) -> Result<(), Failure> {
        let mut draft = Draft::new(self)?;
        draft.write(text)?;
        draft.keep()
    }
}

/// Whoever made a file read-only meant it to stay.
fn read_only(path: &Path) -> Failure {
    let path = path.display();
    Failure::new(format!("cannot write `{path}`: it is read-only")).help("let it be written to, or name another file")
}

fn read_as(input: &Path) -> String {
    let stdin = input == Path::new(STDIN);
    if stdin { "standard input comes from it".to_owned() } else { format!("it is read as `{}`", input.display()) }
}

fn twice(first: &Path, second: &Path) -> Failure {
    let failure = Failure::new(format!("expected one format for `{}`, found two", second.display()));
    if first == second { failure } else { failure.help(format!("`{}` is the same file", first.display())) }
}

/// Writes a file whole or not at all.
pub fn write_file(path: &Path, text: &[u8]) -> Result<(), Failure> {
    Target::new(path, Way::Anew)?.write(text)
}

/// A file that is being written: beside its place under another name, until it is whole. What is not kept is removed. A
/// stream has no place to be put in, and is written to at once.
pub struct Draft {
    target: Target,
    file: BufWriter<File>,
    beside: Option<PathBuf>,
}

impl Draft {
    /// Begins a file.
    pub fn new(target: Target) -> Result<Self, Failure> {
        let begun = match &target.there {
            There::Stream => File::options().write(true).open(&target.path).map(|file| (file, None)),
            There::Nothing => beside(&target.path, None).map(|(file, path)| (file, Some(path))),
            There::File(old) => beside(&target.path, Some(old)).map(|(file, path)| (file, Some(path))),
        };
        let (file, beside) = begun.map_err(|error| Failure::unwritable(&target.given, &error))?;
        Ok(Self { target, file: BufWriter::new(file), beside })
    }

    /// Adds to it.
    pub fn write(&mut self, text: &[u8]) -> Result<(), Failure> {
        self.file.write_all(text).map_err(|error| Failure::unwritable(&self.target.given, &error))
    }

    /// Puts it in its place.
    pub fn keep(mut self) -> Result<(), Failure> {
        let put = |beside: &Path| interrupt::settle(beside, || fs::rename(beside, &self.target.path));
        let kept = self.file.flush().and_then(|()| self.beside.take().map_or(Ok(()), |beside| put(&beside)));
        kept.map_err(|error| Failure::unwritable(&self.target.given, &error))
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if let Some(beside) = &self.beside {
            // Where it cannot be removed there is nobody to tell.
            let _ = interrupt::settle(beside, || fs::remove_file(beside));
        }
    }
}

/// A new file beside a path, with the owner and the mode of what stands there, where that can be.
fn beside(path: &Path, old: Option<&Metadata>) -> io::Result<(File, PathBuf)> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let mut options = File::options();
    options.write(true).create_new(true);
    no_wider(&mut options, old);
    let mut failed = io::ErrorKind::AlreadyExists.into();
    for number in 0..MAX_NAMES {
        let beside = path.with_file_name(format!(".{name}.{}.{number}.tmp", std::process::id()));
        match interrupt::draft(&beside, || options.open(&beside)) {
            Ok(file) => {
                #[cfg(unix)]
                old.map_or(Ok(()), |old| resemble(&file, old))
                    .or_else(|error| interrupt::settle(&beside, || Err(error)))?;
                return Ok((file, beside));
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => failed = error,
            Err(error) => return Err(error),
        }
    }
    Err(failed)
}

/// Gives a file the owner and the mode of another one; where it cannot be given away, it stays one's own.
#[cfg(unix)]
fn resemble(file: &File, old: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
    let given = fchown(file, None, Some(old.gid())).is_ok();
    let _ = fchown(file, Some(old.uid()), None);
    let mode = if given { old.mode() } else { without_group(old.mode()) };
    file.set_permissions(PermissionsExt::from_mode(mode))
}

/// A mode for a file that has another group now: the new one gets nothing, and who was of the old one gets as another no more
/// than before.
#[cfg(unix)]
const fn without_group(mode: u32) -> u32 {
    let others = mode & (mode >> 3) & 0o7;
    mode & 0o1700 | others
}

/// A draft is never open to more people than what it replaces; whose it is, is not settled yet.
#[cfg(unix)]
fn no_wider(options: &mut OpenOptions, old: Option<&Metadata>) {
    use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
    if let Some(old) = old {
        options.mode(old.mode() & 0o700);
    }
}

#[cfg(not(unix))]
fn no_wider(_: &mut OpenOptions, _: Option<&Metadata>) {}

/// A file that is added to. Each piece is whole lines and goes out at once, so that no half of one is left.
pub struct Appended {
    given: PathBuf,
    file: File,
}

impl Appended {
    /// Opens a file at its end; it is made where there is none.
    pub fn open(target: Target) -> Result<Self, Failure> {
        let file = File::options().append(true).create(true).open(&target.path);
        let file = file.map_err(|error| Failure::unwritable(&target.given, &error))?;
        Ok(Self { given: target.given, file })
    }

    /// Adds to it.
    pub fn write(&mut self, text: &[u8]) -> Result<(), Failure> {
        self.file.write_all(text).map_err(|error| Failure::unwritable(&self.given, &error))
    }
}

/// Writes a file that must not be there yet, not even as a link; one that is secret can be read by its owner only.
pub fn write_new(path: &Path, text: &str, secret: bool) -> Result<(), Failure> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, if secret { 0o600 } else { 0o644 });
    #[cfg(not(unix))]
    let _ = secret;
    let written = options.open(path).and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => there_already(path),
        _ => Failure::unwritable(path, &error),
    })
}

/// Refuses to write where something is there already.
pub fn none_there(paths: impl IntoIterator<Item = PathBuf>) -> Result<(), Failure> {
    match paths.into_iter().find(|path| path.symlink_metadata().is_ok()) {
        None => Ok(()),
        Some(path) => Err(there_already(&path)),
    }
}

/// That something is there already, and is not written over.
fn there_already(path: &Path) -> Failure {
    Failure::new(format!("`{}` is there already, and is not written over", path.display()))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn who_could_not_read_a_file_cannot_read_it_in_another_group() {
        for (before, after) in [(0o640, 0o600), (0o664, 0o604), (0o604, 0o600), (0o2675, 0o605), (0o600, 0o600)] {
            assert_eq!(without_group(before), after, "{before:o}");
        }
    }
}
