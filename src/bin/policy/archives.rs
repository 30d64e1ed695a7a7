//! Packs in archives: `.tar.gz`, `.tgz`, `.tar` and `.zip`. Nothing is written to disk: an archive becomes the files of a
//! pack, within the limits of a pack, whatever its headers say.

use crate::failure::Failure;
use flate2::read::MultiGzDecoder;
use hongxian::pack::{MANIFEST, MAX_FILES, MAX_PACK_BYTES, PackFiles};
use std::io::{Cursor, Read};
use std::path::{Component, Path, PathBuf};

/// How many bytes an archive may have, packed or not: no pack needs more than this before its files end.
pub const MAX_BYTES: usize = MAX_PACK_BYTES * 2;

/// The kinds of archives, by how their names end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `.tar.gz`, `.tgz`
    TarGz,
    /// `.tar`
    Tar,
    /// `.zip`
    Zip,
}

impl Kind {
    const ENDS: [(&str, Self); 4] =
        [(".tar.gz", Self::TarGz), (".tgz", Self::TarGz), (".tar", Self::Tar), (".zip", Self::Zip)];

    /// The kind of a file with this name.
    pub fn of(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_string_lossy().to_lowercase();
        Self::ENDS.iter().find(|(end, _)| name.ends_with(end)).map(|(_, kind)| *kind)
    }
}

/// The files of the pack in an archive: those below the folder of its manifest.
pub fn pack(name: &str, kind: Kind, bytes: &[u8]) -> Result<PackFiles, Failure> {
    let mut entries = Entries { name, files: PackFiles::new(), links: Vec::new(), bytes: 0 };
    match kind {
        Kind::TarGz => entries.tar(MultiGzDecoder::new(bytes))?,
        Kind::Tar => entries.tar(bytes)?,
        Kind::Zip => entries.zip(bytes)?,
    }
    below_manifest(name, entries.files, &entries.links)
}

struct Entries<'n> {
    name: &'n str,
    files: PackFiles,
    /// Links, and what else is neither a file nor a folder.
    links: Vec<PathBuf>,
    bytes: usize,
}

impl Entries<'_> {
    fn tar(&mut self, bytes: impl Read) -> Result<(), Failure> {
        // A header that promises more is not believed.
        let limited = bytes.take(u64::try_from(MAX_BYTES).unwrap_or(u64::MAX));
        let mut archive = tar::Archive::new(limited);
        for entry in archive.entries().map_err(|error| self.broken(&error))? {
            let mut entry = entry.map_err(|error| self.broken(&error))?;
            let (kind, path) = (entry.header().entry_type(), entry.path());
            let path = path.map_err(|error| self.broken(&error))?.into_owned();
            if kind.is_file() {
                self.file(&path, &mut entry)?;
            } else if !kind.is_dir() && !kind.is_pax_global_extensions() {
                self.links.push(path);
            }
        }
        Ok(())
    }

    fn zip(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| self.broken(&error))?;
        for index in 0..archive.len() {
            let mut entry = archive.by_index(index).map_err(|error| self.broken(&error))?;
            let path = entry.name().map_err(|error| self.broken(&error))?.into_owned();
            if entry.is_file() {
                self.file(Path::new(&path), &mut entry)?;
            } else if !entry.is_dir() {
                self.links.push(path.into());
            }
        }
        Ok(())
    }

    fn file(&mut self, path: &Path, content: &mut impl Read) -> Result<(), Failure> {
        let path = plain(path).ok_or_else(|| {
            Failure::new(format!("`{}` holds a file outside of itself, `{}`", self.name, path.display()))
        })?;
        let Some(path) = path else { return Ok(()) };
        let left = MAX_PACK_BYTES - self.bytes.min(MAX_PACK_BYTES);
        let mut bytes = Vec::new();
        let limit = u64::try_from(left).unwrap_or(u64::MAX).saturating_add(1);
        content.take(limit).read_to_end(&mut bytes).map_err(|error| self.broken(&error))?;
        self.bytes += bytes.len();
        self.files.insert(path, bytes);
        if self.bytes > MAX_PACK_BYTES || self.files.files.len() > MAX_FILES {
            return Err(Failure::new(format!("`{}` is too large for a pack", self.name))
                .help(format!("a pack has at most {MAX_FILES} files and {MAX_PACK_BYTES} bytes")));
        }
        Ok(())
    }

    fn broken(&self, error: &dyn std::fmt::Display) -> Failure {
        Failure::new(format!("cannot read the archive `{}`: {error}", self.name))
    }
}

/// A path as packs have it; none for a hidden file, and an error for one that leads out.
#[expect(clippy::option_option, reason = "leading out and being hidden are two things")]
fn plain(path: &Path) -> Option<Option<String>> {
    let mut parts = Vec::new();
    for part in path.components() {
        match part {
            Component::Normal(part) => parts.push(part.to_str()?),
            Component::CurDir => {}
            _ => return None,
        }
    }
    let hidden = parts.iter().any(|part| part.starts_with('.'));
    Some((!hidden && !parts.is_empty()).then(|| parts.join("/")))
}

/// The files below the folder that holds the manifest: an archive may have a folder around its pack. A link among them would be
/// a file less than the pack has.
fn below_manifest(name: &str, files: PackFiles, links: &[PathBuf]) -> Result<PackFiles, Failure> {
    let folders = files.files.keys().filter_map(|path| path.strip_suffix(MANIFEST));
    let folder = folders.filter(|folder| folder.is_empty() || folder.ends_with('/')).min_by_key(|it| it.len());
    let Some(folder) = folder.map(str::to_owned) else {
        return Err(Failure::new(format!("`{name}` holds no pack: there is no `{MANIFEST}` in it")));
    };
    let links = links.iter().filter_map(|link| plain(link).flatten());
    if let Some(link) = links.into_iter().find(|link| link.starts_with(&folder)) {
        return Err(Failure::new(format!("`{name}` holds `{link}`, which is a link or no file"))
            .help("put the file itself into the pack"));
    }
    let inside = files
        .files
        .into_iter()
        .filter_map(|(path, bytes)| path.strip_prefix(&folder).map(|path| (path.to_owned(), bytes)));
    Ok(inside.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut archive = tar::Builder::new(Vec::new());
        for (path, bytes) in files {
            let mut header = tar::Header::new_gnu();
            header.set_size(bytes.len() as u64);
            header.as_gnu_mut().unwrap().name[..path.len()].copy_from_slice(path.as_bytes());
            header.set_entry_type(tar::EntryType::Regular);
            header.set_cksum();
            archive.append(&header, *bytes).unwrap();
        }
        archive.into_inner().unwrap()
    }

    fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (path, bytes) in files {
            archive.start_file(*path, zip::write::SimpleFileOptions::default()).unwrap();
            archive.write_all(bytes).unwrap();
        }
        archive.finish().unwrap().into_inner()
    }

    fn gz(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn names(files: &PackFiles) -> Vec<&str> {
        files.files.keys().map(String::as_str).collect()
    }

    #[test]
    fn the_pack_is_below_its_manifest() {
        let files: [(&str, &[u8]); 4] =
            [("around/pack.toml", b"a"), ("around/x/a.policy", b"b"), ("around/.hidden", b"c"), ("notes.txt", b"d")];
        let (tar, zip) = (tar(&files), zip(&files));
        for (kind, bytes) in [(Kind::Tar, tar.clone()), (Kind::TarGz, gz(&tar)), (Kind::Zip, zip)] {
            let pack = pack("a", kind, &bytes).unwrap();
            assert_eq!(names(&pack), ["pack.toml", "x/a.policy"], "{kind:?}");
        }
    }

    #[test]
    fn what_leads_out_or_is_no_archive_is_refused() {
        let out = tar(&[("../pack.toml", b"a")]);
        let cases =
            [(Kind::Tar, out), (Kind::Zip, b"no".to_vec()), (Kind::TarGz, b"no".to_vec()), (Kind::Tar, tar(&[]))];
        for (kind, bytes) in cases {
            assert!(pack("a", kind, &bytes).is_err(), "{kind:?}");
        }
    }

    /// An archive of each kind.
    fn each(files: &[(&str, &[u8])]) -> [(Kind, Vec<u8>); 3] {
        let tar = tar(files);
        [(Kind::TarGz, gz(&tar)), (Kind::Zip, zip(files)), (Kind::Tar, tar)]
    }

    fn is_too_large(kind: Kind, bytes: &[u8]) -> bool {
        pack("a", kind, bytes).is_err_and(|failure| format!("{failure:?}").contains("too large for a pack"))
    }

    #[test]
    fn an_archive_has_as_many_bytes_as_a_pack() {
        let zeros = vec![0; MAX_PACK_BYTES - 1];
        for (kind, bytes) in each(&[("pack.toml", b"a"), ("big", &zeros)]) {
            assert!(pack("a", kind, &bytes).is_ok(), "{kind:?}");
        }
        for (kind, bytes) in each(&[("pack.toml", b"ab"), ("big", &zeros)]) {
            assert!(is_too_large(kind, &bytes), "{kind:?}");
        }
    }

    /// A tar with a file and a link.
    fn linked(link: &str) -> Vec<u8> {
        let mut builder = tar::Builder::new(Vec::new());
        let mut header = tar::Header::new_gnu();
        header.set_size(1);
        header.set_mode(0o644);
        builder.append_data(&mut header, "around/pack.toml", &b"a"[..]).unwrap();
        let mut header = tar::Header::new_gnu();
        header.set_entry_type(tar::EntryType::Symlink);
        header.set_size(0);
        builder.append_link(&mut header, link, "pack.toml").unwrap();
        builder.into_inner().unwrap()
    }

    #[test]
    fn a_link_in_a_pack_is_named_and_one_beside_it_does_not_matter() {
        let failure = pack("a.tar", Kind::Tar, &linked("around/b.policy")).unwrap_err();
        let told = failure.shown(&hongxian::render::Options::default());
        assert!(told.contains("`a.tar` holds `around/b.policy`"), "{told}");
        for beside in ["elsewhere/b.policy", "around/.hidden"] {
            assert!(pack("a.tar", Kind::Tar, &linked(beside)).is_ok(), "{beside}");
        }
    }

    #[test]
    fn an_archive_has_as_many_files_as_a_pack() {
        let names: Vec<String> = (1..MAX_FILES).map(|number| format!("{number}.json")).collect();
        let mut files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), b"" as &[u8])).collect();
        files.push(("pack.toml", b"a"));
        for (kind, bytes) in each(&files) {
            assert_eq!(pack("a", kind, &bytes).unwrap().files.len(), MAX_FILES, "{kind:?}");
        }
        files.insert(0, ("one more", b""));
        for (kind, bytes) in each(&files) {
            assert!(is_too_large(kind, &bytes), "{kind:?}");
        }
    }
}
