//! `policy test --watch`: runs again when a file changes, without a terminal, until it is ended.

use super::case::{copy, root};
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// Far longer than a run takes, also on a machine that does other things.
const PATIENCE: Duration = Duration::from_mins(2);

/// Ends the command whatever becomes of the test.
struct Watching(Child);

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn lines(of: impl std::io::Read + Send + 'static) -> Receiver<String> {
    let (sender, lines) = channel();
    std::thread::spawn(move || {
        for line in BufReader::new(of).lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                break;
            }
        }
    });
    lines
}

fn wait_for(lines: &Receiver<String>, words: &str) {
    loop {
        let line = lines.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("`{words}` was not written"));
        if line.contains(words) {
            return;
        }
    }
}

#[test]
fn tests_run_again_when_a_file_changes() {
    let folder = tempfile::tempdir().unwrap();
    copy(&root().join("tests/it/cli/packs/small"), &folder.path().join("small"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_policy"));
    command.args(["test", "small", "--watch", "--quiet"]).current_dir(folder.path()).env_clear();
    let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut watching = Watching(child);
    let (out, err) = (watching.0.stdout.take().unwrap(), watching.0.stderr.take().unwrap());
    let (out, err) = (lines(out), lines(err));
    wait_for(&out, "4 passed, 0 did not");
    wait_for(&err, "waiting for changes");
    let case = "given = \"fixtures/complete.json\"\nexpect.decision = \"refused\"\n";
    std::fs::write(folder.path().join("small/more.case.toml"), case).unwrap();
    wait_for(&out, "4 passed, 1 did not");
    wait_for(&err, "waiting for changes");
    std::fs::write(folder.path().join("small/more.policy"), "module").unwrap();
    wait_for(&err, "E0101");
    std::fs::remove_file(folder.path().join("small/more.policy")).unwrap();
    std::fs::remove_file(folder.path().join("small/more.case.toml")).unwrap();
    wait_for(&out, "4 passed, 0 did not");
}
