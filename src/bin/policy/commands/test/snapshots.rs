//! `policy test --snapshots`: holds what a pack says of its declarations against what somebody has reviewed.

use crate::exit::Exit;
use crate::failure::Failure;
use crate::packs::Pack;
use crate::targets::write_file;
use crate::terminal::{Terminal, read_file};
use hongxian::engine::Engine;
use hongxian::pack::LoadedPack;
use hongxian::render::visible;
use hongxian::testing::snapshot::{Kept, PENDING, Snapshot, kept, orphans, reviewed, snapshots};
use std::path::{Path, PathBuf};

/// Compares the snapshots of the packs that were asked for; what is new or changed waits beside them for a review.
pub fn run(engine: &Engine, asked: &[(String, Option<PathBuf>)], terminal: Terminal) -> Result<Exit, Failure> {
    let mut exit = Exit::Good;
    for (name, folder) in asked {
        let loaded = engine.packs().iter().filter(|pack| pack.manifest.name.value == *name);
        for pack in loaded {
            exit = exit.and(of_pack(engine, pack, folder.as_deref(), terminal)?);
        }
    }
    Ok(exit)
}

/// The names of the packs that were asked for, each with its folder; none for what is inside the program.
pub fn asked(packs: &[Pack], folders: &[PathBuf]) -> Vec<(String, Option<PathBuf>)> {
    let own = packs.iter().filter(|pack| !pack.brought_along).filter_map(Pack::name);
    own.zip(folders.iter().cloned().map(Some).chain(std::iter::repeat(None))).collect()
}

fn of_pack(engine: &Engine, pack: &LoadedPack, folder: Option<&Path>, terminal: Terminal) -> Result<Exit, Failure> {
    let snapshots = snapshots(engine, pack);
    let mut wrong = 0;
    for snapshot in &snapshots {
        let file = visible(&snapshot.path).into_owned();
        let word = match kept(pack, snapshot) {
            Kept::Same => {
                withdraw(folder, snapshot);
                continue;
            }
            Kept::Changed => "changed",
            Kept::Missing => "new",
        };
        wrong += 1;
        terminal.print(&format!("{word}  {file}\n{}", difference(pack, snapshot)))?;
        keep(folder, snapshot)?;
    }
    let orphans = orphans(pack, &snapshots);
    for orphan in &orphans {
        terminal.print(&format!("orphaned  {}  its declaration is no longer there; delete it\n", visible(orphan)))?;
    }
    let same = snapshots.len() - wrong;
    terminal.print(&format!("{same} snapshots are as reviewed, {wrong} are not, {} orphaned\n", orphans.len()))?;
    if wrong > 0 && folder.is_some() && !in_ci() {
        terminal.tell("`policy snapshot review` shows them, to accept or reject\n");
    }
    Ok(if wrong == 0 && orphans.is_empty() { Exit::Good } else { Exit::Found })
}

/// Lines that were and are no more, and lines that are now.
fn difference(pack: &LoadedPack, snapshot: &Snapshot) -> String {
    let old = pack.files.get(&snapshot.path).map(|text| reviewed(&String::from_utf8_lossy(text))).unwrap_or_default();
    changes(&old, &snapshot.contents)
}

/// The difference of two texts, with two lines around each change.
pub fn changes(old: &str, new: &str) -> String {
    // Texts of snapshots end without a line break, which is no matter of theirs.
    let whole = |text: &str| if text.is_empty() { String::new() } else { format!("{}\n", text.trim_end_matches('\n')) };
    let (old, new) = (whole(old), whole(new));
    let difference = similar::TextDiff::from_lines(&old, &new);
    let shown = difference.unified_diff().context_radius(2).to_string();
    shown.lines().fold(String::new(), |text, line| text + "  " + &visible(line) + "\n")
}

/// Whether a build server runs this, where nobody reviews.
pub fn in_ci() -> bool {
    std::env::var("CI").is_ok_and(|value| !["", "0", "false"].contains(&value.as_str()))
}

fn pending(folder: &Path, snapshot: &Snapshot) -> PathBuf {
    folder.join(format!("{}{PENDING}", snapshot.path))
}

/// Puts what is new beside what is kept, for a review. What already stands there is not written again.
fn keep(folder: Option<&Path>, snapshot: &Snapshot) -> Result<(), Failure> {
    let Some(folder) = folder.filter(|_| !in_ci()) else { return Ok(()) };
    let (path, text) = (pending(folder, snapshot), snapshot.text());
    if read_file(&path, text.len()).is_ok_and(|there| there == text.as_bytes()) {
        return Ok(());
    }
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent).map_err(|error| Failure::unwritable(parent, &error))?;
    }
    write_file(&path, text.as_bytes())
}

/// What is as reviewed again needs no review.
fn withdraw(folder: Option<&Path>, snapshot: &Snapshot) {
    if let Some(folder) = folder.filter(|_| !in_ci()) {
        // Mostly there is none.
        let _ = std::fs::remove_file(pending(folder, snapshot));
    }
}
