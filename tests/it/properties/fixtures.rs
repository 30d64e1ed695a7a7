//! The engine says what the reference says of the packs and declarations that the project ships, whole and with each
//! field left out, and leaving one out never flips it.

use super::engine::{differ, evaluate};
use super::knowledge::{flips, given};
use super::sample::remove;
use crate::chance::cases;
use crate::reference::World;
use crate::reference::cases::parse;
use hongxian::engine::Engine;
use hongxian::pack::PackFiles;
use hongxian::report::contract::Report;
use serde_json::Value as Json;
use std::path::{Path, PathBuf};

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All files below a folder, sorted.
fn below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut entries: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() { found.extend(below(&path)) } else { found.push(path) }
    }
    found
}

/// A pack with the texts of its modules.
struct Shipped {
    engine: Engine,
    modules: Vec<(String, String)>,
}

fn shipped(folder: &Path) -> Shipped {
    let name = |path: &Path| path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
    let files: PackFiles = below(folder).iter().map(|path| (name(path), std::fs::read(path).unwrap())).collect();
    let text = |path: &str| (path.to_owned(), String::from_utf8(files.get(path).unwrap().to_vec()).unwrap());
    let modules = files.modules().into_iter().map(text).collect();
    let engine = Engine::builder().pack(files, "").build().unwrap_or_else(|invalid| panic!("{invalid}"));
    Shipped { engine, modules }
}

/// The engine's verdict on a declaration; none where it is no longer valid. Panics where the reference says otherwise.
fn judged(shipped: &Shipped, parsed: &[hongxian::syntax::ast::File], name: &str, declaration: &Json) -> Option<Report> {
    let as_of = World::declared_date(parsed, declaration)?;
    let bytes = declaration.to_string().into_bytes();
    let report = evaluate(&shipped.engine, &bytes, &as_of.to_string(), None).ok()?;
    let modules: Vec<_> = shipped.modules.iter().map(|(name, text)| (name.as_str(), text.clone())).collect();
    let world = World { files: parsed, root: "Product", extensions: &[], declaration, as_of, stage: None };
    if let Some(difference) = differ(&shipped.engine, &report, &bytes, &world, &modules) {
        panic!("{name}: {difference}");
    }
    Some(report)
}

#[test]
fn the_engine_agrees_with_the_reference_on_what_is_shipped() {
    let shipped = shipped(&project().join("policies/fintech-plan"));
    let modules: Vec<_> = shipped.modules.iter().map(|(name, text)| (name.as_str(), text.clone())).collect();
    let parsed = parse(&modules);
    let declarations = ["policies/fintech-plan/fixtures", "examples"].map(|folder| below(&project().join(folder)));
    let declarations =
        declarations.concat().into_iter().filter(|path| path.extension().is_some_and(|end| end == "json"));
    let tries = cases(4).cases as usize;
    for path in declarations {
        let name = path.display().to_string();
        let whole: Json = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        let Some(more) = judged(&shipped, &parsed, &name, &whole) else { panic!("{name} is refused") };
        let mut fields = Vec::new();
        given(&whole, "", &mut fields);
        // As many fields as may be tried, spread over the declaration.
        for field in fields.iter().step_by(fields.len().div_ceil(tries).max(1)) {
            let mut declaration = whole.clone();
            remove(&mut declaration, field);
            let Some(less) = judged(&shipped, &parsed, &format!("{name} without {field}"), &declaration) else {
                continue;
            };
            assert_eq!(flips(&more, &less), None, "{name} without {field}");
        }
    }
}
