//! `policy snapshot review`: steps through snapshots that changed, to accept or reject them.

use super::test::snapshots::{changes, in_ci};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::packs;
use crate::settings::Settings;
use crate::terminal::Terminal;
use hongxian::render::visible;
use hongxian::testing::snapshot::{PENDING, SNAPSHOTS, reviewed};
use std::io::{BufRead, IsTerminal};
use std::path::{Path, PathBuf};

/// Reviews snapshots of packs
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    Review(Review),
}

/// Shows each snapshot that `policy test --snapshots` or insta found new or changed, and asks what
/// becomes of it
///
/// Without a terminal nobody can be asked: then --accept or --reject says it for all.
///
/// Examples:
///   policy test my-plan --snapshots
///   policy snapshot review my-plan
///   policy snapshot review my-plan --accept
///
/// Exit codes:
///   0  every change was accepted or rejected, or there was none
///   1  some were skipped
///   2  nobody could be asked, or a file could not be read or written
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
struct Review {
    /// Folders of packs
    #[arg(value_name = "PACK")]
    packs: Vec<PathBuf>,

    /// Accept all changes
    #[arg(long, conflicts_with = "reject")]
    accept: bool,

    /// Reject all changes
    #[arg(long)]
    reject: bool,
}

/// What becomes of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    Accept,
    Reject,
    Skip,
}

pub fn run(arguments: &Arguments, terminal: Terminal) -> Result<Exit, Failure> {
    let What::Review(review) = &arguments.what;
    let folders = packs::folders(&review.packs, &Settings::find()?);
    let mut waiting = Vec::new();
    for folder in &folders {
        waiting.extend(pending(folder)?);
    }
    if waiting.is_empty() {
        terminal.tell("no snapshot waits for a review\n");
        return Ok(Exit::Good);
    }
    if in_ci() {
        return Err(
            Failure::new("snapshots are not written where `CI` is set").help("review them where somebody reads")
        );
    }
    let mut answers = Vec::new();
    for path in &waiting {
        terminal.print(&shown(path)?)?;
        let answer = answer(review, terminal)?;
        settle(path, answer)?;
        answers.push(answer);
    }
    let count = |wanted| answers.iter().filter(|answer| **answer == wanted).count();
    let [accepted, rejected, skipped] = [Answer::Accept, Answer::Reject, Answer::Skip].map(count);
    terminal.tell(&format!("{accepted} accepted, {rejected} rejected, {skipped} skipped\n"));
    Ok(if skipped == 0 { Exit::Good } else { Exit::Found })
}

/// The snapshots of a pack that wait for a review, in the order of their names.
fn pending(pack: &Path) -> Result<Vec<PathBuf>, Failure> {
    let folder = pack.join(SNAPSHOTS);
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let entries = std::fs::read_dir(&folder).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let entries = entries.map_err(|error| Failure::unreadable(&folder, &error))?;
    let paths = entries.into_iter().map(|entry| entry.path());
    let mut paths: Vec<PathBuf> =
        paths.filter(|path| path.to_string_lossy().ends_with(&format!(".snap{PENDING}"))).collect();
    paths.sort();
    Ok(paths)
}

/// The snapshot that a change is of.
fn kept(pending: &Path) -> PathBuf {
    pending.with_extension("")
}

fn shown(pending: &Path) -> Result<String, Failure> {
    let new = std::fs::read_to_string(pending).map_err(|error| Failure::unreadable(pending, &error))?;
    let old = std::fs::read_to_string(kept(pending)).unwrap_or_default();
    let name = kept(pending).display().to_string();
    let word = if old.is_empty() { "new" } else { "changed" };
    Ok(format!("{word}  {}\n{}", visible(&name), changes(&reviewed(&old), &reviewed(&new))))
}

fn answer(review: &Review, terminal: Terminal) -> Result<Answer, Failure> {
    if review.accept {
        return Ok(Answer::Accept);
    }
    if review.reject {
        return Ok(Answer::Reject);
    }
    let input = std::io::stdin();
    if !input.is_terminal() {
        return Err(Failure::new("there is no terminal to ask on").help("give `--accept` or `--reject`"));
    }
    loop {
        terminal.tell("accept, reject or skip? [a/r/s] ");
        let mut line = String::new();
        let read = input.lock().read_line(&mut line);
        match line.trim().to_lowercase().as_str() {
            "a" | "accept" => return Ok(Answer::Accept),
            "r" | "reject" => return Ok(Answer::Reject),
            "s" | "skip" => return Ok(Answer::Skip),
            _ if !read.is_ok_and(|bytes| bytes > 0) => return Ok(Answer::Skip),
            _ => {}
        }
    }
}

fn settle(pending: &Path, answer: Answer) -> Result<(), Failure> {
    let done = match answer {
        Answer::Accept => std::fs::rename(pending, kept(pending)),
        Answer::Reject => std::fs::remove_file(pending),
        Answer::Skip => Ok(()),
    };
    done.map_err(|error| Failure::unwritable(pending, &error))
}
