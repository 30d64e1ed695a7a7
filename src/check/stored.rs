//! Checked policies as bytes: a pack that is known when a program is built can be checked then, and need not be in each run.
//!
//! Only what a pack is alone is stored: without other packs, functions from outside, or anything to be said about it. The
//! bytes are for programs built from the same version of this library; nothing is promised about their shape.

use super::check;
use crate::function::Registry;
use crate::ir::Policy;
use crate::pack::{self, BuiltIn, Modules, PackFiles};
use crate::source::{FileId, SourceFile, SourceMap};
use serde::{Deserialize, Serialize};

/// What the bytes begin with: another version may check otherwise.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A policy, and the paths of its texts in the order in which its places count them.
#[derive(Debug, Serialize, Deserialize)]
struct Stored<'b, P> {
    version: &'b str,
    #[serde(borrow)]
    texts: Vec<&'b str>,
    policy: P,
}

/// The policy that a pack's modules are alone, those that hold only tests left out. None where it is none, or where there
/// is something to be said about it.
#[must_use]
pub fn store(files: &PackFiles) -> Option<Vec<u8>> {
    let mut sources = SourceMap::new();
    let pack = pack::load(files, "", Modules::WithoutTests, &mut sources).ok()?;
    let checked = check(&[pack], &Registry::default());
    let policy = checked.policy.as_ref().filter(|_| checked.diagnostics.is_empty())?;
    let texts = (0..).map_while(|index| sources.get(FileId::new(index))).map(SourceFile::name).collect();
    postcard::to_allocvec(&Stored { version: VERSION, texts, policy }).ok()
}

/// The policy that was stored with a pack; its texts enter `sources`, which must be empty, under `name_prefix` followed by
/// their path. None where nothing was stored, or by another version.
#[must_use]
pub fn stored(pack: &'static BuiltIn, name_prefix: &str, sources: &mut SourceMap) -> Option<Policy> {
    let Stored { version, texts, policy } = postcard::from_bytes::<Stored<'_, Policy>>(pack.checked?).ok()?;
    let texts = texts.into_iter().map(|path| Some((path, pack.text(path)?))).collect::<Option<Vec<_>>>()?;
    if version != VERSION || sources.next(0) != FileId::new(0) {
        return None;
    }
    for (path, text) in texts {
        sources.add_static(format!("{name_prefix}{path}"), text);
    }
    Some(policy)
}
