//! The files of a pack and their digest. It knows names and bytes, not what is in them.

use super::case::CASE_SUFFIX;
use crate::syntax::Stored;
use indexmap::IndexMap;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::fmt::Write;

/// The name of a pack's manifest.
pub const MANIFEST: &str = "pack.toml";
/// How many bytes all files of a pack may have together.
pub const MAX_PACK_BYTES: usize = 64 << 20;
/// How many files a pack may have.
pub const MAX_FILES: usize = 10_000;

/// A pack that is inside a program, with what was made of it when the program was built, by the same version of this
/// library. What was made is believed for exactly these files.
#[derive(Debug, PartialEq, Eq)]
pub struct BuiltIn {
    /// Its name.
    pub name: &'static str,
    /// Its files, sorted by path.
    pub files: &'static [BuiltInFile],
    /// The program that it is alone, from `compile::store`, where it is one.
    pub checked: Option<&'static [u8]>,
}

/// A file of a pack that is inside a program.
#[derive(Debug, PartialEq, Eq)]
pub struct BuiltInFile {
    /// Its path in the pack.
    pub path: &'static str,
    /// What is in it.
    pub content: Content,
    /// Of a module: its tree, from `syntax::store`, where it is valid.
    pub tree: Option<&'static [u8]>,
}

/// What is in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// UTF-8.
    Text(&'static str),
    /// Something else.
    Bytes(&'static [u8]),
}

impl Content {
    /// The bytes.
    #[must_use]
    pub const fn bytes(self) -> &'static [u8] {
        match self {
            Self::Text(text) => text.as_bytes(),
            Self::Bytes(bytes) => bytes,
        }
    }
}

impl BuiltIn {
    /// The text at a path; none where there is no text.
    #[must_use]
    pub fn text(&self, path: &str) -> Option<&'static str> {
        match self.file(path)?.content {
            Content::Text(text) => Some(text),
            Content::Bytes(_) => None,
        }
    }

    /// The file at a path.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<&'static BuiltInFile> {
        let at = self.files.binary_search_by(|file| file.path.cmp(path)).ok()?;
        self.files.get(at)
    }
}

/// The files of a pack by their path relative to it, with `/` between folders. Files that the pack does not name (fixtures, notes) may
/// be among them: tests read them, the digest leaves them out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PackFiles {
    /// Path to bytes.
    pub files: IndexMap<String, Cow<'static, [u8]>>,
    /// Where they come from; they may have changed since.
    origin: Option<&'static BuiltIn>,
}

impl PackFiles {
    /// No files.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file, or replaces one of the same path.
    pub fn insert(&mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.files.insert(path.into(), Cow::Owned(bytes.into()));
    }

    /// The tree of a module, where it was parsed when the program was built and is still that of its text.
    pub(super) fn stored(&self, path: &str) -> Option<Stored<'static>> {
        let file = self.origin?.file(path)?;
        let is_same = self.get(path).is_some_and(|bytes| same(bytes, file.content.bytes()));
        Stored::new(file.tree.filter(|_| is_same)?)
    }

    /// The pack inside the program that these files are, unless one of them has changed.
    pub(crate) fn built_in(&self) -> Option<&'static BuiltIn> {
        let origin = self.origin?;
        let is_same = |file: &BuiltInFile| self.get(file.path).is_some_and(|bytes| same(bytes, file.content.bytes()));
        (self.files.len() == origin.files.len() && origin.files.iter().all(is_same)).then_some(origin)
    }

    /// The bytes of a file.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(AsRef::as_ref)
    }

    /// The paths of all modules, sorted.
    #[must_use]
    pub fn modules(&self) -> Vec<&str> {
        let is_module = |path: &&str| path.strip_suffix(".policy").is_some_and(|stem| !stem.is_empty());
        let mut paths: Vec<&str> = self.files.keys().map(String::as_str).filter(is_module).collect();
        paths.sort_unstable();
        paths
    }

    /// The paths of all case files, sorted.
    #[must_use]
    pub fn cases(&self) -> Vec<&str> {
        let mut paths: Vec<&str> =
            self.files.keys().map(String::as_str).filter(|path| path.ends_with(CASE_SUFFIX)).collect();
        paths.sort_unstable();
        paths
    }

    /// `sha256:…` over the given files: sorted by path, each with the lengths of path and bytes before them, so that no
    /// two sets of files look alike.
    pub(super) fn digest<'p>(&self, paths: impl IntoIterator<Item = &'p str>) -> String {
        let mut paths: Vec<&str> = paths.into_iter().collect();
        paths.sort_unstable();
        paths.dedup();
        let mut hash = Sha256::new();
        for path in paths {
            let bytes = self.get(path).unwrap_or_default();
            for part in [path.as_bytes(), bytes] {
                hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
                hash.update(part);
            }
        }
        format!("sha256:{}", hex(&hash.finalize()))
    }
}

impl<P: Into<String>, B: Into<Vec<u8>>> FromIterator<(P, B)> for PackFiles {
    fn from_iter<I: IntoIterator<Item = (P, B)>>(files: I) -> Self {
        let files = files.into_iter().map(|(path, bytes)| (path.into(), Cow::Owned(bytes.into()))).collect();
        Self { files, origin: None }
    }
}

impl From<&'static BuiltIn> for PackFiles {
    fn from(origin: &'static BuiltIn) -> Self {
        let file = |file: &BuiltInFile| (file.path.to_owned(), Cow::Borrowed(file.content.bytes()));
        Self { files: origin.files.iter().map(file).collect(), origin: Some(origin) }
    }
}

/// Whether two texts are the same; most are the same piece of memory.
fn same(a: &[u8], b: &[u8]) -> bool {
    std::ptr::eq(a, b) || a == b
}

/// Lower-case hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _infallible = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::store;

    /// A pack of one module, built in with its tree.
    fn built_in(text: &'static str) -> &'static BuiltIn {
        let tree = store(text).map(|tree| &*tree.leak());
        let file = BuiltInFile { path: "m.policy", content: Content::Text(text), tree };
        Box::leak(Box::new(BuiltIn { name: "p", files: vec![file].leak(), checked: Some(b"") }))
    }

    #[test]
    fn what_was_made_ahead_is_believed_for_its_own_files_only() {
        let mut files = PackFiles::from(built_in("module m\n"));
        assert!(files.stored("m.policy").is_some() && files.built_in().is_some());
        assert!(files.stored("n.policy").is_none());
        files.insert("m.policy", "module m\n");
        assert!(files.stored("m.policy").is_some() && files.built_in().is_some(), "the same text in other memory");
        files.insert("n.policy", "module n\n");
        assert!(files.stored("m.policy").is_some() && files.built_in().is_none());
        files.files.shift_remove("n.policy");
        files.insert("m.policy", "module n\n");
        assert!(files.stored("m.policy").is_none() && files.built_in().is_none());
    }
}
