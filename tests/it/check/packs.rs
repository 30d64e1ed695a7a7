//! Packs out of one text, the convention of all examples of the checker.
//!
//! A text is one module, or several files each behind a line `=== file: path`. A path with a folder belongs to the pack
//! of that folder; packs are loaded in the order in which they come. What a pack does not say is filled in from
//! `builtin/`: a manifest with two sources (`plan`, the default, and `law`) and their tables, a small `product.json` for
//! tests, and, for a pack that stands on no other and has no `record Product`, the module `model`.

use hongxian::pack::{self, LoadedPack, PackFiles};
use hongxian::source::SourceMap;
use indexmap::IndexMap;

const MODEL: &str = include_str!("builtin/model.policy");
const MANIFEST: &str = include_str!("builtin/pack.toml");
const TABLES: &[(&str, &str)] =
    &[("plan.txt", include_str!("builtin/plan.txt")), ("law.txt", include_str!("builtin/law.txt"))];
const DECLARATION: &str = include_str!("builtin/product.json");

/// The files of a text, by path.
fn files(text: &str) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = Vec::new();
    for line in text.split_inclusive('\n') {
        match (line.strip_prefix("=== file: "), files.last_mut()) {
            (Some(path), _) => files.push((path.trim().to_owned(), String::new())),
            (None, Some((_, body))) => body.push_str(line),
            (None, None) => files.push(("test.policy".to_owned(), line.to_owned())),
        }
    }
    files
}

/// The packs of a text, filled in.
pub fn packs(text: &str) -> IndexMap<String, PackFiles> {
    let mut packs: IndexMap<String, PackFiles> = IndexMap::new();
    for (path, body) in files(text) {
        let (pack, path) = path.split_once('/').unwrap_or(("test", &path));
        packs.entry(pack.to_owned()).or_default().insert(path, body.into_bytes());
    }
    for (name, files) in &mut packs {
        fill(name, files);
    }
    packs
}

fn fill(name: &str, files: &mut PackFiles) {
    let manifest = match files.get("pack.toml") {
        Some(bytes) => String::from_utf8(bytes.to_vec()).unwrap(),
        None => MANIFEST.replace("NAME", name),
    };
    let stands_alone = !manifest.contains("extends") && !manifest.contains("model =");
    let has_model = files.modules().iter().any(|path| files.get(path).is_some_and(declares_product));
    if stands_alone && !has_model {
        files.insert("model.policy", MODEL);
    }
    for (path, table) in TABLES {
        if files.get(path).is_none() && manifest.contains(path) {
            files.insert(*path, *table);
        }
    }
    if files.get("product.json").is_none() {
        files.insert("product.json", DECLARATION);
    }
    files.insert("pack.toml", manifest);
}

fn declares_product(text: &[u8]) -> bool {
    std::str::from_utf8(text).unwrap().contains("record Product")
}

/// Loads the packs of a text; panics where one is not even read.
pub fn load(text: &str) -> (Vec<LoadedPack>, SourceMap) {
    let mut sources = SourceMap::new();
    let several = packs(text).len() > 1;
    let loaded = packs(text)
        .iter()
        .map(|(name, files)| {
            let prefix = if several { format!("{name}/") } else { String::new() };
            pack::load(files, &prefix, pack::Modules::All, &mut sources)
                .unwrap_or_else(|found| panic!("{}", super::show::all(&found, &sources)))
        })
        .collect();
    (loaded, sources)
}
