//! Trees as bytes: a text that is known when a program is built can be parsed then, and need not be in each run.
//!
//! The bytes are for programs built from the same version of this library. Nothing is promised about their shape.

use super::ast::File;
use super::{holds_only_tests, parse};
use crate::source::FileId;

/// What the bytes begin with: another version may have other trees.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A tree as bytes, not yet read.
#[derive(Debug, Clone, Copy)]
pub struct Stored<'b> {
    /// Whether the module holds nothing but tests.
    pub only_tests: bool,
    tree: &'b [u8],
}

/// The tree of a text as bytes; none where the text is not valid.
#[must_use]
pub fn store(text: &str) -> Option<Vec<u8>> {
    let tree = parse(FileId::default(), text).ok()?;
    let head = postcard::to_allocvec(&(VERSION, holds_only_tests(text))).ok()?;
    postcard::to_extend(&tree, head).ok()
}

impl<'b> Stored<'b> {
    /// Reads what stands before the tree; none where another version wrote it.
    #[must_use]
    pub fn new(bytes: &'b [u8]) -> Option<Self> {
        let ((version, only_tests), tree) = postcard::take_from_bytes::<(&str, bool)>(bytes).ok()?;
        (version == VERSION).then_some(Self { only_tests, tree })
    }

    /// The tree, its places in `file`; none where the bytes are no tree.
    #[must_use]
    pub fn tree(&self, file: FileId) -> Option<File> {
        Some(postcard::from_bytes::<File>(self.tree).ok()?.moved_to(file))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "module m\nlet a = 1 // one\n";

    #[test]
    fn a_stored_tree_is_the_parsed_one_in_its_new_file() {
        let file = FileId::new(7);
        let bytes = store(TEXT).unwrap_or_default();
        let stored = Stored::new(&bytes);
        assert_eq!(stored.and_then(|stored| stored.tree(file)), parse(file, TEXT).ok());
        assert_eq!(stored.map(|stored| stored.only_tests), Some(false));
    }

    #[test]
    fn no_tree_comes_from_a_wrong_text_another_version_or_other_bytes() {
        assert_eq!(store("module"), None);
        assert!(Stored::new(&[]).is_none());
        let mut bytes = store(TEXT).unwrap_or_default();
        let cut = bytes.get(..bytes.len() - 1).unwrap_or_default();
        assert_eq!(Stored::new(cut).and_then(|stored| stored.tree(FileId::default())), None);
        if let Some(byte) = bytes.get_mut(1) {
            *byte += 1;
        }
        assert!(Stored::new(&bytes).is_none());
    }
}
