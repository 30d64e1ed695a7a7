//! What the command writes for programs follows the schemas of the project.

use super::case::{Case, Ran, root};
use serde_json::Value;

/// A schema in which every object has only the members that it describes.
fn strict(schema: &mut Value) {
    if let Some(object) = schema.as_object_mut() {
        if object.contains_key("properties") {
            object.insert("additionalProperties".into(), false.into());
        }
        object.values_mut().for_each(strict);
    } else if let Some(items) = schema.as_array_mut() {
        items.iter_mut().for_each(strict);
    }
}

fn schema(name: &str) -> jsonschema::Validator {
    let path = root().join(format!("schemas/{name}.schema.json"));
    let mut schema: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    assert!(jsonschema::meta::is_valid(&schema), "{name} is no JSON Schema");
    strict(&mut schema);
    jsonschema::draft202012::new(&schema).unwrap()
}

/// The digests are shown as `…`, so that cases stay as they are.
fn with_digests(text: &str) -> String {
    text.replace("sha256:…", &format!("sha256:{}", "0".repeat(64)))
}

fn check(ran: &Ran, schemas: &[(&str, jsonschema::Validator)]) -> usize {
    let text = with_digests(&ran.stdout);
    let documents: Vec<Value> = serde_json::Deserializer::from_str(&text).into_iter().map(Result::unwrap).collect();
    for document in &documents {
        let name = document["schema"].as_str().unwrap();
        let (_, validator) = schemas.iter().find(|(known, _)| *known == name).unwrap_or_else(|| panic!("{name}"));
        let errors: Vec<_> = validator.iter_errors(document).map(|e| format!("{}: {e}", e.instance_path())).collect();
        assert!(errors.is_empty(), "{errors:#?}\n{text}");
    }
    documents.len()
}

/// Formats that are JSON, and whose names do not say so.
const OTHER_JSON: [&str; 2] = ["evidence", "verdict-lines"];

/// Every case that writes JSON writes what the schemas say.
#[test]
fn json_follows_its_schema() {
    let schemas = [
        ("hongxian.result/1", schema("result")),
        ("hongxian.verdict/1", schema("verdict")),
        ("hongxian.rejected/1", schema("rejected")),
        ("hongxian.diagnostics/1", schema("diagnostics")),
        ("hongxian.tests/1", schema("tests")),
        ("hongxian.diff/1", schema("diff")),
        ("hongxian.evidence/1", schema("evidence")),
        ("hongxian.verification/1", schema("verification")),
    ];
    let mut documents = 0;
    for entry in std::fs::read_dir(root().join("tests/it/cli/cases")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "toml") {
            continue;
        }
        let case = Case::read(&path);
        let asks = case
            .args
            .windows(2)
            .any(|pair| pair[0] == "--format" && (pair[1].ends_with("json") || OTHER_JSON.contains(&pair[1].as_str())));
        if asks && case.code != 4 {
            documents += check(&case.run(), &schemas);
        }
    }
    assert!(documents >= 8, "only {documents} documents were checked");
}
