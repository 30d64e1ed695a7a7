//! Compiled code beside the description that a plugin gave, as one entry that whoever keeps it need not understand.

use super::contract::CONTRACT;
use crate::function::Description;
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::hash::{Hash, Hasher};

/// Keeps compiled plugins. What it gives back is run as machine code: it must give only what it was given, kept where
/// nobody else can write.
pub trait CodeCache: Send + Sync {
    /// What was kept under a name: 64 hexadecimal digits.
    fn get(&self, name: &str) -> Option<Vec<u8>>;

    /// Keeps an entry. That it could not is no error: the plugin is compiled again.
    fn put(&self, name: &str, entry: &[u8]);
}

/// Changes with the form of an entry.
const MAGIC: &[u8] = b"hongxian plugin 1\n";
const DIGEST: usize = 32;

/// The name of an entry: of a component, for an engine that compiles just so.
pub(super) fn name(component: &[u8], engine: &wasmtime::Engine) -> String {
    let mut hash = Sha256::new();
    for part in [MAGIC, CONTRACT.as_bytes(), env!("CARGO_PKG_VERSION").as_bytes()] {
        hash.update(part);
    }
    let mut compatibility = Digested(hash);
    engine.precompile_compatibility_hash().hash(&mut compatibility);
    let mut hash = compatibility.0;
    hash.update(Sha256::digest(component));
    hash.finalize().iter().fold(String::new(), |mut name, byte| {
        let _infallible = write!(name, "{byte:02x}");
        name
    })
}

/// A hasher that keeps all that it is given.
struct Digested(Sha256);

impl Hasher for Digested {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn finish(&self) -> u64 {
        0
    }
}

/// An entry: its digest, so that a torn one is no code; the description's length; the description; the code.
pub(super) fn pack(description: &Description, code: &[u8]) -> Option<Vec<u8>> {
    let described = serde_json::to_vec(description).ok()?;
    let length = u64::try_from(described.len()).ok()?.to_be_bytes();
    let body = [&length, described.as_slice(), code].concat();
    Some([MAGIC, &Sha256::digest(&body)[..], &body].concat())
}

/// The description and the code of an entry; none where it is not whole.
pub(super) fn unpack(entry: &[u8]) -> Option<(Description, &[u8])> {
    let (digest, body) = entry.strip_prefix(MAGIC)?.split_at_checked(DIGEST)?;
    if Sha256::digest(body)[..] != *digest {
        return None;
    }
    let (length, rest) = body.split_first_chunk()?;
    let (described, code) = rest.split_at_checked(usize::try_from(u64::from_be_bytes(*length)).ok()?)?;
    Some((serde_json::from_slice(described).ok()?, code))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn description() -> Description {
        let text = String::new;
        Description { name: "codes".into(), version: "1".into(), doc: text(), functions: vec![], checks: vec![] }
    }

    #[test]
    fn an_entry_comes_back_whole_or_not_at_all() {
        let entry = pack(&description(), b"code").unwrap();
        assert_eq!(unpack(&entry), Some((description(), &b"code"[..])));
        for length in 0..entry.len() {
            assert_eq!(unpack(&entry[..length]), None, "{length}");
        }
        for at in 0..entry.len() {
            let mut torn = entry.clone();
            torn[at] ^= 1;
            assert_eq!(unpack(&torn), None, "{at}");
        }
    }
}
