//! Formats that others have described are read by what others wrote: their schemas, their types.

use super::fixtures::{FIXTURES, Fixture, read, run, shown};
use hongxian::render::Lang;
use hongxian::render::format::{named, write};
use serde_json::Value;
use std::path::PathBuf;
use std::process::Command;

/// The folder of a crate that the tests depend on, as cargo has laid it down: it holds the schema that it was made from.
fn crate_folder(name: &str) -> PathBuf {
    let version = Command::new("rustc").arg("-vV").output().unwrap();
    let version = String::from_utf8(version.stdout).unwrap();
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let arguments = ["metadata", "--format-version", "1", "--offline", "--locked", "--filter-platform", host];
    let output = Command::new(env!("CARGO")).args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {errors}"));
    let packages = metadata["packages"].as_array().unwrap();
    let found = packages.iter().find(|package| package["name"] == name).unwrap();
    PathBuf::from(found["manifest_path"].as_str().unwrap()).parent().unwrap().to_owned()
}

fn errors(validator: &jsonschema::Validator, value: &Value) -> Vec<String> {
    validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

/// SARIF of all fixtures in one run, and of each alone, in both languages.
fn sarifs() -> Vec<(String, String)> {
    let format = named("sarif").unwrap();
    let mut texts = Vec::new();
    for lang in [Lang::En, Lang::Zh] {
        texts.extend(FIXTURES.iter().map(|fixture| (fixture.name.to_owned(), shown(format, lang, fixture))));
        let all: Vec<_> = FIXTURES.iter().map(Fixture::item).collect();
        texts.push(("all".to_owned(), write(format, run(lang, true), &all)));
        texts.push(("none".to_owned(), write(format, run(lang, true), &[])));
    }
    texts
}

#[test]
fn sarif_follows_the_published_schema() {
    let schema = std::fs::read_to_string(crate_folder("serde-sarif").join("src/schema.json")).unwrap();
    let mut schema: Value = serde_json::from_str(&schema).unwrap();
    // Its pattern for languages is no regular expression. We write no `language`.
    for holder in ["run", "toolComponent"] {
        schema["definitions"][holder]["properties"]["language"].as_object_mut().unwrap().remove("pattern");
    }
    let validator = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
    for (name, text) in sarifs() {
        let value: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(errors(&validator, &value), Vec::<String>::new(), "{name}");
        serde_json::from_str::<serde_sarif::sarif::Sarif>(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
    let wrong = serde_json::json!({"version": "2.1.0", "runs": [{"tool": {}}]});
    assert!(!errors(&validator, &wrong).is_empty(), "the schema refuses something");
}

#[test]
fn sarif_says_what_the_report_says() {
    let format = named("sarif").unwrap();
    for fixture in FIXTURES.iter() {
        let value: Value = serde_json::from_str(&shown(format, Lang::En, fixture)).unwrap();
        let run = &value["runs"][0];
        let successful = fixture.result.is_ok();
        assert_eq!(run["invocations"][0]["executionSuccessful"], successful, "{}", fixture.name);
        let Ok(report) = &fixture.result else {
            assert_eq!(run["results"], Value::Array(Vec::new()));
            assert!(!run["invocations"][0]["toolExecutionNotifications"].as_array().unwrap().is_empty());
            continue;
        };
        let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
        assert_eq!(rules.len(), report.rules.len());
        let results = run["results"].as_array().unwrap();
        assert_eq!(results.len(), report.rules.iter().map(|rule| rule.findings.len()).sum::<usize>());
        let mut seen = std::collections::BTreeSet::new();
        for result in results {
            let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
            assert_eq!(rules[index]["id"], result["ruleId"]);
            assert!(!rules[index]["help"]["text"].as_str().unwrap().is_empty());
            let region = &result["locations"][0]["physicalLocation"]["region"];
            assert!(region["startLine"].as_u64() >= Some(1) && region["startColumn"].as_u64() >= Some(1));
            assert!(seen.insert(result["partialFingerprints"].to_string()), "a fingerprint twice: {result}");
            let fails = result["kind"] == "fail";
            assert_eq!(fails, result["level"] != "none", "{result}");
            if fails {
                assert_eq!(result["level"], rules[index]["defaultConfiguration"]["level"]);
            }
        }
    }
}

#[test]
fn junit_is_read_by_another_library() {
    let format = named("junit").unwrap();
    for lang in [Lang::En, Lang::Zh] {
        let all: Vec<_> = FIXTURES.iter().map(Fixture::item).collect();
        let text = write(format, run(lang, true), &all);
        let read = quick_junit::Report::deserialize_from_str(&text).unwrap();
        assert_eq!(read.test_suites.len(), FIXTURES.len());
        for (suite, fixture) in read.test_suites.iter().zip(FIXTURES.iter()) {
            let cases = fixture.result.as_ref().map_or(1, |report| report.rules.len());
            assert_eq!(suite.test_cases.len(), cases, "{}", fixture.name);
            let failed = suite.test_cases.iter().filter(|case| {
                matches!(&case.status, quick_junit::TestCaseStatus::NonSuccess { kind, .. } if *kind == quick_junit::NonSuccessKind::Failure)
            });
            assert_eq!(failed.count(), suite.failures, "{}", fixture.name);
        }
    }
}

#[test]
fn oscal_follows_the_schema_of_nist() {
    let schema = read("tests/it/formats/schemas/oscal-assessment-results.schema.json");
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let validator = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
    let format = named("oscal").unwrap();
    for lang in [Lang::En, Lang::Zh] {
        let mut texts: Vec<String> = FIXTURES.iter().map(|fixture| shown(format, lang, fixture)).collect();
        let all: Vec<_> = FIXTURES.iter().map(Fixture::item).collect();
        texts.push(write(format, run(lang, true), &all));
        for text in texts {
            let value: Value = serde_json::from_str(&text).unwrap();
            assert_eq!(errors(&validator, &value), Vec::<String>::new());
            let mut ids = std::collections::BTreeSet::new();
            let results = value["assessment-results"]["results"].as_array().unwrap();
            for list in results.iter().flat_map(|result| [&result["findings"], &result["observations"]]) {
                let items = list.as_array().into_iter().flatten();
                assert!(items.map(|item| item["uuid"].to_string()).all(|id| ids.insert(id)), "an identifier twice");
            }
        }
    }
    assert!(!errors(&validator, &serde_json::json!({"assessment-results": {"results": []}})).is_empty());
}
