//! `policy diff` as a story: a parameter is moved, its tests and the comparison say what that does; packs as archives
//! and as revisions of git.

use super::case::{copy, root};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const PLAN: &str = "policies/fintech-plan";
const TERMS: &str = "model/terms.policy";

fn policy(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_policy"));
    command.args(arguments).current_dir(folder).env_clear().env("PATH", std::env::var("PATH").unwrap());
    command.output().unwrap()
}

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// The plan's pack in a folder, with the level from which information is important.
fn plan(folder: &Path, level: &str) {
    copy(&root().join(PLAN), folder);
    // The tests of the task are enough for the story.
    for entry in fs::read_dir(folder.join("tests")).unwrap() {
        let path = entry.unwrap().path();
        if !path.file_name().unwrap().to_str().unwrap().starts_with("t17") {
            fs::remove_file(path).unwrap();
        }
    }
    let path = folder.join(TERMS);
    let terms = fs::read_to_string(&path).unwrap();
    let moved = terms.replace("param important_level: number = 3", &format!("param important_level: number = {level}"));
    fs::write(path, moved).unwrap();
}

fn edit(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).unwrap();
    assert_eq!(text.matches(from).count(), 1, "{from}");
    fs::write(path, text.replace(from, to)).unwrap();
}

#[test]
fn a_parameter_is_loosened_and_then_tightened() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    plan(&path.join("old"), "3");
    plan(&path.join("looser"), "5");
    plan(&path.join("tighter"), "2");

    let tested = policy(path, &["test", "looser", "--run", "T17|important|digest|storage", "-q"]);
    assert_eq!(tested.status.code(), Some(1), "{}", text(&tested));
    assert!(text(&tested).contains("T17-R7"), "{}", text(&tested));

    let compared = policy(path, &["diff", "old", "looser", "-v"]);
    let said = text(&compared);
    assert_eq!(compared.status.code(), Some(1), "{said}");
    for words in ["T17-R7  red line  loosened", "important_level  3 → 5  loosened", "fail → not applicable"] {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert!(said.contains("test \""), "the products that flip are named: {said}");

    let compared = policy(path, &["diff", "old", "tighter"]);
    let said = text(&compared);
    assert_eq!(compared.status.code(), Some(0), "{said}");
    for words in ["TIGHTENED", "none is looser", "important_level  3 → 2  tightened"] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let compared = policy(path, &["diff", "old", "tighter", "--deny", "any", "-q"]);
    assert_eq!(compared.status.code(), Some(1), "{}", text(&compared));
}

/// The pack of the cases, and a copy in which a red line takes one more encryption for good enough.
fn small(folder: &Path) {
    let pack = root().join("tests/it/cli/packs/small");
    copy(&pack, &folder.join("old"));
    copy(&pack, &folder.join("new"));
    let rules = folder.join("new/rules.policy");
    edit(
        &rules,
        "require product.storage_encryption != Encryption.none",
        "require product.storage_encryption != Encryption.sm4",
    );
}

#[test]
fn what_was_found_becomes_a_case_that_the_old_pack_passes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    small(path);
    // Without its tests, which show the difference.
    for side in ["old", "new"] {
        let rules = path.join(side).join("rules.policy");
        let text = fs::read_to_string(&rules).unwrap();
        fs::write(&rules, text.split("test \"").next().unwrap()).unwrap();
    }
    let apart = ["diff", "old", "new", "--cases", "found"];
    assert_eq!(policy(path, &apart).status.code(), Some(1));
    fs::write(path.join("found/R1.case.toml"), "reviewed").unwrap();
    let again = policy(path, &apart);
    assert_eq!(again.status.code(), Some(2), "what is there stays: {}", text(&again));
    assert_eq!(fs::read_to_string(path.join("found/R1.case.toml")).unwrap(), "reviewed");
    let compared = policy(path, &["diff", "old", "new", "--cases", "new/cases"]);
    assert_eq!(compared.status.code(), Some(1), "{}", text(&compared));
    assert!(text(&compared).contains("new/cases/R1.case.toml"), "{}", text(&compared));
    let tested = policy(path, &["test", "new"]);
    assert_eq!(tested.status.code(), Some(1), "{}", text(&tested));
    copy(&path.join("new/cases"), &path.join("old/cases"));
    let tested = policy(path, &["test", "old"]);
    assert_eq!(tested.status.code(), Some(0), "{}", text(&tested));
}

#[test]
fn boundary_cases_are_kept_and_pass() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    small(path);
    for rule in ["R1", "R2"] {
        let written = policy(path, &["cases", rule, "--policy", "old", "--into", "old/cases"]);
        assert_eq!(written.status.code(), Some(0), "{}", text(&written));
    }
    let tested = policy(path, &["test", "old"]);
    assert_eq!(tested.status.code(), Some(0), "{}", text(&tested));
    let again = policy(path, &["cases", "R1", "--policy", "old", "--into", "old/cases"]);
    assert_eq!(again.status.code(), Some(2), "what is there stays: {}", text(&again));
    copy(&path.join("old/cases"), &path.join("new/cases"));
    let tested = policy(path, &["test", "new", "-q"]);
    assert_eq!(tested.status.code(), Some(1), "they notice the change: {}", text(&tested));
}

#[test]
fn packs_come_from_archives() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    small(path);
    let packed = Command::new("tar").args(["czf", "old.tar.gz", "old"]).current_dir(path).status().unwrap();
    assert!(packed.success());
    let compared = policy(path, &["diff", "old.tar.gz", "new", "--search", "0"]);
    assert_eq!(compared.status.code(), Some(1), "{}", text(&compared));
    assert!(text(&compared).contains("old.tar.gz:rules.policy:9:10"), "{}", text(&compared));
    fs::write(path.join("no.zip"), "no").unwrap();
    let refused = policy(path, &["diff", "no.zip", "new"]);
    assert_eq!(refused.status.code(), Some(2), "{}", text(&refused));
}

fn git(folder: &Path, arguments: &[&str]) {
    let mut command = Command::new("git");
    command.args(["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "init.defaultBranch=main"]);
    let output = command.args(arguments).current_dir(folder).output().unwrap();
    assert!(output.status.success(), "{}", text(&output));
}

#[test]
fn packs_come_from_revisions_of_git() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    small(path);
    fs::create_dir(path.join("repository")).unwrap();
    let repository = path.join("repository");
    copy(&path.join("old"), &repository.join("packs/ours"));
    git(&repository, &["init", "-q"]);
    git(&repository, &["add", "."]);
    git(&repository, &["commit", "-q", "-m", "one"]);
    git(&repository, &["tag", "one"]);
    let same = policy(&repository, &["diff", "one", "--", "packs/ours"]);
    assert_eq!(same.status.code(), Some(0), "{}", text(&same));
    fs::copy(path.join("new/rules.policy"), repository.join("packs/ours/rules.policy")).unwrap();
    let changed = policy(&repository, &["diff", "one", "--", "packs/ours"]);
    assert_eq!(changed.status.code(), Some(1), "{}", text(&changed));
    assert!(text(&changed).contains("one:packs/ours/rules.policy:9:10"), "{}", text(&changed));
    let here = policy(&repository.join("packs/ours"), &["diff", "one"]);
    assert_eq!(here.status.code(), Some(1), "the pack that the folder is in: {}", text(&here));
    git(&repository, &["commit", "-q", "-am", "two"]);
    let between = policy(&repository, &["diff", "one", "main", "--", "packs/ours"]);
    assert_eq!(between.status.code(), Some(1), "{}", text(&between));
    for wrong in ["none", "--output=x"] {
        let refused = policy(&repository, &["diff", wrong, "--", "packs/ours"]);
        assert_eq!(refused.status.code(), Some(2), "{}", text(&refused));
    }
}
