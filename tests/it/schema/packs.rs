//! The packs of this project: their schema is one, and accepts every declaration that comes with them; so does the
//! decoder. Skeletons are drafts of them.

use hongxian::decode::{Decoder, Limits};
use hongxian::diagnostic::Diagnostic;
use hongxian::engine::Engine;
use hongxian::pack::PackFiles;
use hongxian::schema::{json_schema, skeleton};
use hongxian::source::FileId;
use serde_json::Value;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

fn engine() -> Engine {
    let folder = root().join("policies/fintech-plan");
    let name = |path: &Path| path.strip_prefix(&folder).unwrap().to_str().unwrap().replace('\\', "/");
    let pack: PackFiles = files(&folder).iter().map(|path| (name(path), std::fs::read(path).unwrap())).collect();
    Engine::builder().pack(pack, "").build().unwrap_or_else(|invalid| panic!("{invalid}"))
}

fn messages(found: &[Diagnostic]) -> Vec<&str> {
    found.iter().map(|diagnostic| diagnostic.message.as_str()).collect()
}

#[test]
fn schema_and_decoder_take_the_declarations_that_come_with_the_pack() {
    let engine = engine();
    let schema = json_schema(&engine.program().policy, engine.sources());
    jsonschema::draft202012::meta::validate(&schema).unwrap();
    let validator = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
    let decoder = Decoder::new(&engine.program().policy.model, &engine.program().layout, Limits::DEFAULT);
    let folders = [root().join("policies/fintech-plan/fixtures"), root().join("examples")];
    for path in folders.iter().flat_map(|folder| files(folder)) {
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let text = std::fs::read(&path).unwrap();
        let read = decoder.decode(&text, FileId::new(0));
        assert!(read.is_ok(), "{} {:?}", path.display(), messages(&read.unwrap_err()));
        let json: Value = serde_json::from_slice(&text).unwrap();
        let errors: Vec<String> =
            validator.iter_errors(&json).map(|error| format!("{} {error}", error.instance_path())).collect();
        assert!(errors.is_empty(), "{} {errors:#?}", path.display());
    }
}

#[test]
fn a_skeleton_of_the_pack_is_a_draft() {
    let engine = engine();
    let policy = &engine.program().policy;
    let preset = ("/service/category".to_owned(), serde_json::json!(["payment"]));
    let text = skeleton(policy, &[preset], &|_| false).unwrap();
    let decoder = Decoder::new(&policy.model, &engine.program().layout, Limits::DEFAULT);
    let read = decoder.decode_draft(text.as_bytes(), FileId::new(0));
    assert!(read.is_ok(), "{:?}", messages(&read.unwrap_err()));
}
