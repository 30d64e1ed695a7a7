//! What a case cannot say: readers that go away, runs that follow on each other.

use super::case::root;
use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};

fn policy(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_policy"));
    command.args(arguments).current_dir(folder).env_clear();
    command
}

fn small() -> String {
    root().join("tests/it/cli/packs/small").display().to_string()
}

/// A declaration with a late answer: `R2` fails, and nothing else.
const LATE: &str = r#"{
  "id": "P-7", "as_of": "2025-06-30", "status": "live", "stores_personal_data": false,
  "complaints": [ { "received_on": "2025-02-03", "answered_on": "2025-05-05" } ]
}"#;

#[test]
fn a_reader_that_has_gone_away_is_no_error() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("late.json"), LATE).unwrap();
    for format in ["human", "json"] {
        let arguments = ["eval", "late.json", "--policy", &small(), "--format", format];
        let mut child =
            policy(folder.path(), &arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let mut errors = String::new();
        child.stderr.take().unwrap().read_to_string(&mut errors).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(1), "it ends as it would have");
        assert_eq!(errors, "");
    }
}

#[test]
fn colours_follow_option_and_environment() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("late.json"), LATE).unwrap();
    let coloured = |colour: &str, variable: Option<&str>| {
        let mut command = policy(folder.path(), &["eval", "late.json", "--policy", &small(), "--color", colour]);
        command.envs(variable.map(|name| (name, "1")));
        let output = command.output().unwrap();
        String::from_utf8(output.stdout).unwrap().contains('\u{1b}')
    };
    assert!(!coloured("auto", None), "standard output is no terminal");
    assert!(coloured("always", None) && coloured("always", Some("NO_COLOR")), "who asks gets colours");
    assert!(!coloured("never", Some("CLICOLOR_FORCE")));
    assert!(coloured("auto", Some("CLICOLOR_FORCE")) && !coloured("auto", Some("NO_COLOR")));
}

/// The digest of the facts that a rule read, as a report prints it.
fn facts(folder: &Path, file: &str, rule: &str) -> String {
    let output = policy(folder, &["eval", file, "--policy", &small(), "--format", "json"]).output().unwrap();
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let rules = report["rules"].as_array().unwrap();
    rules.iter().find(|found| found["id"] == rule).unwrap()["facts"].as_str().unwrap().to_owned()
}

fn waiver(facts: &str, expires: &str) -> String {
    format!(
        "[[waiver]]\nrule = \"R2\"\nproduct = \"P-7\"\ncovers = \"fail\"\nfacts = \"{facts}\"\nreason = \"one late \
         letter\"\ncontrol = \"weekly look at the inbox\"\napprover = \"Li\"\nrole = \"CRO\"\ngranted = \
         2025-06-01\nexpires = {expires}\n"
    )
}

#[test]
fn a_waiver_holds_until_it_expires_or_the_facts_change() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    fs::write(path.join("late.json"), LATE).unwrap();
    fs::write(path.join("later.json"), LATE.replace("2025-05-05", "2025-06-05")).unwrap();
    let facts = facts(path, "late.json", "R2");
    fs::write(path.join("good.toml"), waiver(&facts, "2025-12-31")).unwrap();
    fs::write(path.join("old.toml"), waiver(&facts, "2025-06-29")).unwrap();
    let cases = [
        ("late.json", "good.toml", 0, "applied"),
        ("late.json", "old.toml", 1, "expired on 2025-06-29"),
        ("later.json", "good.toml", 1, "the facts have changed"),
    ];
    for (file, waivers, code, words) in cases {
        let arguments = ["eval", file, "--policy", &small(), "--waivers", waivers];
        let output = policy(path, &arguments).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(code), "{file} {waivers}: {text}");
        assert!(text.contains(words) && text.contains("one late letter"), "{file} {waivers}: {text}");
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("late.json"), LATE).unwrap();
    for format in ["human", "json"] {
        let run = || policy(folder.path(), &["eval", "late.json", "--policy", &small(), "--format", format]).output();
        assert_eq!(run().unwrap().stdout, run().unwrap().stdout);
    }
}

#[test]
fn a_new_pack_passes_its_own_check_and_tests() {
    let folder = tempfile::tempdir().unwrap();
    for (arguments, code) in [
        (&["init", "规则 包"][..], 0),
        (&["check", "规则 包"], 0),
        (&["test", "规则 包"], 0),
        (&["fmt", "--check", "规则 包"], 0),
        (&["eval", "规则 包/fixtures/complete.json", "--policy", "规则 包"], 0),
    ] {
        let output = policy(folder.path(), arguments).output().unwrap();
        let text = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {text}");
        assert!(!text.contains("warning"), "{text}");
    }
}

#[test]
fn the_exported_pack_judges_like_the_embedded_one() {
    let folder = tempfile::tempdir().unwrap();
    assert!(policy(folder.path(), &["pack", "export", "plan"]).status().unwrap().success());
    let example = root().join("examples/icbc-iot-supply-chain.json").display().to_string();
    let run = |more: &[&str]| {
        let arguments = [&["eval", &example, "--format", "json"], more].concat();
        policy(folder.path(), &arguments).output().unwrap().stdout
    };
    assert_eq!(run(&[]), run(&["--policy", "plan"]));
}

#[test]
fn annotations_come_with_a_summary_behind_what_is_there() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("late.json"), LATE).unwrap();
    fs::write(folder.path().join("summary.md"), "before\n").unwrap();
    let arguments = ["eval", "late.json", "--policy", &small(), "--format", "github"];
    let output = policy(folder.path(), &arguments).env("GITHUB_STEP_SUMMARY", "summary.md").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.starts_with("::error file=late.json,line=3,col="), "{text}");
    let summary = fs::read_to_string(folder.path().join("summary.md")).unwrap();
    assert!(summary.starts_with("before\n# Gap list: P-7\n"), "{summary}");
    assert!(policy(folder.path(), &arguments).output().unwrap().status.code() == Some(1), "without the variable, too");
}
