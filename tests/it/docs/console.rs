//! The `console` blocks of the tutorial and the front page: every command is run, in order, in one folder, and what
//! it prints must be what stands there.
//!
//! A line `$ policy …` is a command; `$ cd folder` and `$ echo $?` are understood as well. What follows is expected:
//! standard output, then standard error. `…` stands for any text in its line, and alone on a line for any lines.
//! Digests print as `sha256:…`. A block with `file NAME` in its opening line is written to that file first,
//! one with `append NAME` is put at its end.

use super::blocks::{Block, blocks};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

#[test]
fn the_tutorial_runs() {
    run_document("docs/tutorial.md", tempfile::tempdir().unwrap().path());
}

#[test]
fn the_page_for_auditors_runs() {
    run_document("docs/evidence.md", tempfile::tempdir().unwrap().path());
}

#[test]
fn the_front_page_runs() {
    run_document("README.md", Path::new(env!("CARGO_MANIFEST_DIR")));
}

fn run_document(name: &str, folder: &Path) {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap();
    let mut shell = Shell { folder: folder.to_owned(), code: 0 };
    let mut wrong = Vec::new();
    for block in blocks(&text) {
        write(&block, &shell.folder);
        if block.language() == "console" {
            for step in steps(&block) {
                let found = shell.run(&step.command);
                if !agrees(&step.expected, &found) {
                    wrong.push(format!(
                        "{name}:{}: {}\n{}\nexpected:\n{}",
                        block.line,
                        step.command,
                        found,
                        step.expected.join("\n")
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// Writes a block to the file that it names.
fn write(block: &Block, folder: &Path) {
    if let Some([name, ..]) = block.after("file") {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, &block.text).unwrap();
    }
    if let Some([name, ..]) = block.after("append") {
        let path = folder.join(name);
        let before = fs::read_to_string(&path).unwrap_or_else(|_| panic!("nothing to append to: {name}"));
        let between = if block.language() == "policy" { "\n" } else { "" };
        fs::write(path, before + between + &block.text).unwrap();
    }
}

/// A command and what it should print.
struct Step {
    command: String,
    expected: Vec<String>,
}

fn steps(block: &Block) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for line in block.text.lines() {
        match (line.strip_prefix("$ "), steps.last_mut()) {
            (Some(command), _) => steps.push(Step { command: command.to_owned(), expected: Vec::new() }),
            (None, Some(step)) => step.expected.push(line.to_owned()),
            (None, None) => panic!("line {}: output before the first command", block.line),
        }
    }
    steps
}

struct Shell {
    folder: PathBuf,
    code: i32,
}

impl Shell {
    fn run(&mut self, command: &str) -> String {
        let words: Vec<&str> = command.split_whitespace().collect();
        match words.as_slice() {
            ["policy", arguments @ ..] => self.policy(arguments),
            ["cd", folder] => {
                self.folder.push(folder);
                String::new()
            }
            ["echo", "$?"] => format!("{}\n", self.code),
            _ => panic!("the tests run no `{command}`"),
        }
    }

    fn policy(&mut self, arguments: &[&str]) -> String {
        let output = Command::new(env!("CARGO_BIN_EXE_policy"))
            .args(arguments)
            .current_dir(&self.folder)
            .env_clear()
            .env("NO_COLOR", "1")
            .output()
            .unwrap();
        self.code = output.status.code().unwrap_or(-1);
        let text = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
        without_digests(&text)
    }
}

/// `sha256:` and what follows it, shortened.
fn without_digests(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("sha256:") {
        let (before, digest) = rest.split_at(at + "sha256:".len());
        out.push_str(before);
        out.push('…');
        rest = digest.trim_start_matches(|c: char| c.is_ascii_hexdigit() || c == '…');
    }
    out + rest
}

/// Whether what was printed is what is expected; blank lines at the ends do not count.
fn agrees(expected: &[String], found: &str) -> bool {
    let trimmed = |lines: Vec<String>| -> Vec<String> {
        let text = lines.iter().map(|line| line.trim_end()).collect::<Vec<_>>().join("\n");
        text.trim_matches('\n').lines().map(str::to_owned).collect()
    };
    lines_agree(&trimmed(expected.to_vec()), &trimmed(found.lines().map(str::to_owned).collect()))
}

fn lines_agree(expected: &[String], found: &[String]) -> bool {
    match (expected, found) {
        ([], []) => true,
        ([any, rest @ ..], _) if any.trim() == "…" => {
            (0..=found.len()).any(|skipped| lines_agree(rest, &found[skipped..]))
        }
        ([line, rest @ ..], [own, others @ ..]) => line_agrees(line, own) && lines_agree(rest, others),
        _ => false,
    }
}

fn line_agrees(expected: &str, found: &str) -> bool {
    let mut parts = expected.split('…');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = found.strip_prefix(first) else { return false };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else { return rest.is_empty() };
    for part in middle {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

#[test]
fn an_ellipsis_stands_for_any_text() {
    let expected = ["a…c", "…", "z"].map(str::to_owned);
    assert!(agrees(&expected, "abc\n1\n2\nz\n"));
    assert!(agrees(&expected, "a…c\nz\n\n"));
    assert!(!agrees(&expected, "abd\nz\n"));
    assert!(!agrees(&expected, "abc\nz\nmore\n"));
    assert_eq!(without_digests("x sha256:00ff, y"), "x sha256:…, y");
}
