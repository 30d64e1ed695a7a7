//! The files of a pack and their digest. It knows names and bytes, not what is in them.

use super::case::CASE_SUFFIX;
use crate::syntax::Stored;
use indexmap::IndexMap;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// The name of a pack's manifest.
pub const MANIFEST: &str = "pack.toml";
/// How many bytes all files of a pack may have together.
pub const MAX_PACK_BYTES: usize = 64 << 20;
/// How many files a pack may have.
pub const MAX_FILES: usize = 10_000;

/// The files of a pack by their path relative to it, with `/` between folders. Files that the pack does not name (fixtures, notes) may
/// be among them: tests read them, the digest leaves them out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PackFiles {
    /// Path to bytes.
    pub files: IndexMap<String, Vec<u8>>,
    /// Path to what was parsed ahead.
    parsed: IndexMap<String, Parsed>,
}

/// A text and its tree as bytes. The tree is that of this text and of no other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Parsed {
    text: &'static [u8],
    tree: &'static [u8],
}

impl PackFiles {
    /// No files.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file, or replaces one of the same path.
    pub fn insert(&mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.files.insert(path.into(), bytes.into());
    }

    /// Adds a module whose `tree` was made from `text` by [`syntax::store`](crate::syntax::store) when the program was
    /// built, so that it is not parsed again. Where the file gets another text later, or the bytes are of another version
    /// of this library, the text is parsed as any other.
    pub fn insert_parsed(&mut self, path: impl Into<String>, text: &'static [u8], tree: &'static [u8]) {
        let path = path.into();
        self.insert(path.clone(), text);
        self.parsed.insert(path, Parsed { text, tree });
    }

    /// The tree of a module, where it was parsed ahead and is still that of its text.
    pub(super) fn stored(&self, path: &str) -> Option<Stored<'static>> {
        let parsed = self.parsed.get(path).filter(|parsed| self.get(path) == Some(parsed.text))?;
        Stored::new(parsed.tree)
    }

    /// The bytes of a file.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(Vec::as_slice)
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
        let files = files.into_iter().map(|(path, bytes)| (path.into(), bytes.into())).collect();
        Self { files, parsed: IndexMap::new() }
    }
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

    #[test]
    fn a_tree_is_believed_for_its_own_text_only() {
        let text = "module m\n";
        let tree: &'static [u8] = store(text).unwrap_or_default().leak();
        let mut files = PackFiles::new();
        files.insert_parsed("m.policy", text.as_bytes(), tree);
        assert!(files.stored("m.policy").is_some());
        assert!(files.stored("n.policy").is_none());
        files.insert("m.policy", "module n\n");
        assert!(files.stored("m.policy").is_none());
    }
}
