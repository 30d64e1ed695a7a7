//! The files of `docs/ci` and the hooks are read as what they are, and every `policy` command in them runs in a
//! repository as they expect it: a pack in `my-pack/`, declarations in `declarations/`.

use super::case::{copy, root};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use yaml_rust2::{Yaml, YamlLoader};

fn yaml(path: &str) -> Yaml {
    let text = fs::read_to_string(root().join(path)).unwrap();
    YamlLoader::load_from_str(&text).unwrap().remove(0)
}

fn text(yaml: &Yaml) -> String {
    yaml.as_str().unwrap_or_else(|| panic!("no text: {yaml:?}")).to_owned()
}

fn git(folder: &Path, arguments: &[&str]) {
    let mut command = Command::new("git");
    command.args(["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "init.defaultBranch=main"]);
    let output = command.args(arguments).current_dir(folder).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// A repository with a pack, a declaration and a commit.
fn repository(folder: &Path) {
    copy(&root().join("tests/it/cli/packs/small"), &folder.join("my-pack"));
    fs::create_dir(folder.join("declarations")).unwrap();
    fs::copy(folder.join("my-pack/fixtures/complete.json"), folder.join("declarations/one.json")).unwrap();
    git(folder, &["init", "-q"]);
    git(folder, &["add", "."]);
    git(folder, &["commit", "-q", "-m", "one"]);
}

/// Runs a line as the runner of a workflow does: by a shell, with `policy` on the path.
fn run(folder: &Path, line: &str) -> Output {
    let binary = Path::new(env!("CARGO_BIN_EXE_policy")).parent().unwrap();
    let path = format!("{}:{}", binary.display(), std::env::var("PATH").unwrap());
    let mut shell = Command::new("bash");
    shell.args(["-e", "-c", line]).current_dir(folder).env("PATH", path).env("BASE", "main");
    shell.output().unwrap()
}

fn good(folder: &Path, line: &str) {
    let output = run(folder, line);
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{line}: {said}");
}

#[test]
fn the_workflow_runs() {
    let folder = tempfile::tempdir().unwrap();
    repository(folder.path());
    let workflow = yaml("docs/ci/policy.yml");
    let steps = workflow["jobs"]["policy"]["steps"].as_vec().unwrap();
    let lines: Vec<String> = steps.iter().filter_map(|step| step["run"].as_str()).map(str::to_owned).collect();
    let ours: Vec<&String> = lines.iter().filter(|line| line.starts_with("policy ")).collect();
    assert_eq!(ours.len(), 5, "{lines:?}");
    for line in ours {
        good(folder.path(), line);
    }
    let comment = fs::read_to_string(folder.path().join("change.md")).unwrap();
    assert!(comment.starts_with("## no rule is looser or tighter"), "{comment}");
}

/// A hook as a line: its entry, its arguments, and a file where it wants them.
fn hook(hook: &Yaml, arguments: &[&str], file: &str) -> String {
    let own = hook["args"].as_vec().into_iter().flatten().map(text);
    let given = arguments.iter().map(|argument| (*argument).to_owned());
    let files = hook["pass_filenames"].as_bool().unwrap_or(true).then(|| file.to_owned());
    let words: Vec<String> = std::iter::once(text(&hook["entry"])).chain(own).chain(given).chain(files).collect();
    words.join(" ")
}

/// For each hook: the arguments that its user gives it, and a file that it is for.
const HOOKS: [(&str, &[&str], &str); 4] = [
    ("policy-fmt", &[], "my-pack/rules.policy"),
    ("policy-check", &["my-pack"], "my-pack/pack.toml"),
    ("policy-test", &["my-pack"], "my-pack/fixtures/complete.json"),
    ("policy-eval", &["--policy", "my-pack"], "declarations/one.json"),
];

#[test]
fn the_hooks_run() {
    let folder = tempfile::tempdir().unwrap();
    repository(folder.path());
    let copied = yaml("docs/ci/pre-commit-config.yaml");
    let sets = [(yaml(".pre-commit-hooks.yaml"), true), (copied["repos"][0]["hooks"].clone(), false)];
    for (hooks, gives_arguments) in sets {
        let hooks = hooks.as_vec().unwrap();
        assert_eq!(hooks.iter().map(|it| text(&it["id"])).collect::<Vec<_>>(), HOOKS.map(|(id, ..)| id));
        for (entry, (id, arguments, file)) in hooks.iter().zip(HOOKS) {
            let files = regex::Regex::new(&text(&entry["files"])).unwrap();
            assert!(files.is_match(file), "{id} is not for {file}");
            assert!(!files.is_match("README.md"), "{id}");
            good(folder.path(), &hook(entry, if gives_arguments { arguments } else { &[] }, file));
        }
    }
}
