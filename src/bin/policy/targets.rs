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
pub struct Inputs(HashMap<Place, PathBuf>);

impl Inputs {
    /// These files; `-` is standard input.
    pub fn new<'p>(paths: impl IntoIterator<Item = &'p Path>) -> Self {
        Self(paths.into_iter().filter_map(|path| Some((Place::read(path)?, path.to_owned()))).collect())
    }

    /// Refuses standard output where it goes to one of them.
    fn without(&self, output: Option<&Place>) -> Result<(), Failure> {
        match output.and_then(|output| self.0.get(output)) {
            None => Ok(()),
            Some(input) => Err(Failure::new(format!("cannot write to standard output: {}", read_as(input)))
                .help("what is read is not written over: send it to another file")),
        }
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

impl Target {
    /// The file behind a path, links followed.
    pub fn new(given: &Path) -> Result<Self, Failure> {
        let unwritable = |error: io::Error| Failure::unwritable(given, &error);
        let (path, given) = (followed(given), given.to_owned());
        match fs::metadata(&given) {
            Ok(found) if found.is_dir() => Err(unwritable(io::ErrorKind::IsADirectory.into())),
            Ok(found) if found.is_file() && found.permissions().readonly() => Err(read_only(&given)),
            Ok(found) if found.is_file() => {
                // The folder would let another file take its place; the file itself may not.
                File::options().write(true).open(&path).map_err(unwritable)?;
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
    pub fn apart(given: &Path, inputs: &Inputs) -> Result<Self, Failure> {
        let target = Self::new(given)?;
        match inputs.0.get(&target.place) {
            None => Ok(target),
            Some(input) => {
                let failure = Failure::new(format!("cannot write `{}`: {}", given.display(), read_as(input)));
                Err(failure.help("what is read is not written over: name another file"))
            }
        }
    }

    /// The file behind a path, else none for standard output: what is written to is none of those that are read.
    pub fn or_output(given: Option<&Path>, inputs: &Inputs) -> Result<Option<Self>, Failure> {
        match given {
            Some(given) => Self::apart(given, inputs).map(Some),
            None => inputs.without(Place::output().as_ref()).map(|()| None),
        }
    }

    /// The files behind the paths, in their order: none of them is read, none is there twice, none is where standard output
    /// goes.
    pub fn all<'p>(paths: impl Iterator<Item = &'p Path>, inputs: &Inputs) -> Result<Vec<Self>, Failure> {
        let output = Place::output();
        inputs.without(output.as_ref())?;
        let mut targets: Vec<Self> = Vec::new();
        for path in paths {
            let target = Self::apart(path, inputs)?;
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
    Target::new(path)?.write(text)
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

/// A new file beside a path, with the owner and the mode of what stands there.
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
                old.map_or(Ok(()), |old| resemble(&file, old))?;
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
    use std::os::unix::fs::{MetadataExt, fchown};
    let _ = fchown(file, None, Some(old.gid()));
    let _ = fchown(file, Some(old.uid()), None);
    file.set_permissions(old.permissions())
}

/// A draft is never open to more people than what it replaces.
#[cfg(unix)]
fn no_wider(options: &mut OpenOptions, old: Option<&Metadata>) {
    use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
    if let Some(old) = old {
        options.mode(old.mode() & 0o777);
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
