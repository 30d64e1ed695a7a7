//! The packs of an engine as they were loaded; those that were checked when the program was built, when somebody asks.

use crate::pack::{self, LoadedPack, Modules, PackFiles};
use crate::source::SourceMap;
use std::sync::OnceLock;

/// Packs, loaded at once or at the first question.
#[derive(Debug)]
pub(super) struct Packs {
    loaded: OnceLock<Vec<LoadedPack>>,
    /// What is to be loaded: the files of one pack, which is valid, and what the names of its files begin with.
    later: Option<(PackFiles, String)>,
}

impl From<Vec<LoadedPack>> for Packs {
    fn from(packs: Vec<LoadedPack>) -> Self {
        Self { loaded: packs.into(), later: None }
    }
}

impl Packs {
    /// A pack that is known to be valid, without its tests.
    pub(super) fn later(files: PackFiles, prefix: String) -> Self {
        Self { loaded: OnceLock::new(), later: Some((files, prefix)) }
    }

    /// The packs. Their places are those of the engine's texts: the same files in the same order.
    pub(super) fn loaded(&self) -> &[LoadedPack] {
        self.loaded.get_or_init(|| {
            let load = |(files, prefix): &(PackFiles, String)| {
                pack::load(files, prefix, Modules::WithoutTests, &mut SourceMap::new()).ok()
            };
            self.later.as_ref().and_then(load).into_iter().collect()
        })
    }
}
