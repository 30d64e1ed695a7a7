//! Packs as they stood in a revision of git. `git` is called directly, never through a shell, and only to read.

use crate::archives::{self, Kind};
use crate::failure::Failure;
use hongxian::pack::{MAX_PACK_BYTES, PackFiles};
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};

/// The files of the pack in a folder, as they stood in a revision.
pub fn pack(revision: &str, folder: &Path) -> Result<PackFiles, Failure> {
    if revision.starts_with('-') {
        return Err(Failure::new(format!("expected a revision, found `{revision}`")));
    }
    // In a folder of the work tree, git archives what was below it, with paths from it.
    let mut git = Command::new("git");
    git.arg("-C").arg(folder).args(["archive", "--format=tar", revision]);
    let mut child = git
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| Failure::new(format!("cannot call `git`: {error}")))?;
    let mut bytes = Vec::new();
    let limit = u64::try_from(MAX_PACK_BYTES * 2).unwrap_or(u64::MAX);
    if let Some(out) = child.stdout.take() {
        out.take(limit)
            .read_to_end(&mut bytes)
            .map_err(|error| Failure::new(format!("cannot read from `git`: {error}")))?;
    }
    let ended = child.wait_with_output().map_err(|error| Failure::new(format!("cannot wait for `git`: {error}")))?;
    if !ended.status.success() {
        let said = String::from_utf8_lossy(&ended.stderr);
        let line = said.lines().next().unwrap_or("it says no more").trim_start_matches("fatal: ").to_owned();
        return Err(Failure::new(format!("git has no `{}` at `{revision}`: {line}", folder.display()))
            .help("a revision is a commit, a branch or a tag; the pack's folder comes after `--`"));
    }
    archives::pack(&format!("{revision}:{}", folder.display()), Kind::Tar, &bytes)
}
