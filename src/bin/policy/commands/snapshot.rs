//! `policy snapshot review`: steps through snapshots that changed, to accept or reject them.

use super::test::snapshots::{changes, in_ci};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::packs;
use crate::settings::Settings;
use crate::targets::write_file;
use crate::terminal::{Terminal, read_file};
use hongxian::pack::MAX_PACK_BYTES;
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
    let mut input = std::io::stdin().lock();
    let mut asked = || asked(&mut input, &mut |question| terminal.tell(question));
    let answers = match review.always()? {
        Some(answer) => reviewed_all(&waiting, &mut || answer, &mut |text| terminal.print(text))?,
        None => reviewed_all(&waiting, &mut asked, &mut |text| terminal.print(text))?,
    };
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

/// A change, to be shown before it is decided about.
struct Change {
    pending: PathBuf,
    old: Option<Vec<u8>>,
    new: Vec<u8>,
}

impl Change {
    fn read(pending: &Path) -> Result<Self, Failure> {
        let kept = kept(pending);
        let old = kept.exists().then(|| read_file(&kept, MAX_PACK_BYTES)).transpose()?;
        Ok(Self { old, new: read_file(pending, MAX_PACK_BYTES)?, pending: pending.to_owned() })
    }

    fn shown(&self) -> String {
        let name = kept(&self.pending).display().to_string();
        let [old, new] = [self.old.as_deref().unwrap_or_default(), &self.new].map(String::from_utf8_lossy);
        let word = if self.old.is_some() { "changed" } else { "new" };
        format!("{word}  {}\n{}", visible(&name), changes(&reviewed(&old), &reviewed(&new)))
    }

    fn settle(&self, answer: Answer) -> Result<(), Failure> {
        if answer == Answer::Accept {
            write_file(&kept(&self.pending), &self.new)?;
        }
        if answer != Answer::Skip {
            std::fs::remove_file(&self.pending).map_err(|error| Failure::unwritable(&self.pending, &error))?;
        }
        Ok(())
    }
}

/// Shows each change, and does what the answer to it is.
fn reviewed_all(
    waiting: &[PathBuf],
    answer: &mut dyn FnMut() -> Answer,
    show: &mut dyn FnMut(&str) -> Result<(), Failure>,
) -> Result<Vec<Answer>, Failure> {
    let mut step = |pending: &PathBuf| {
        let change = Change::read(pending)?;
        show(&change.shown())?;
        let answer = answer();
        change.settle(answer)?;
        Ok(answer)
    };
    waiting.iter().map(&mut step).collect()
}

/// Asks until there is an answer. Who says no more skips.
fn asked(input: &mut dyn BufRead, ask: &mut dyn FnMut(&str)) -> Answer {
    loop {
        ask("accept, reject or skip? [a/r/s] ");
        let mut line = String::new();
        let read = input.read_line(&mut line);
        match line.trim().to_lowercase().as_str() {
            "a" | "accept" => return Answer::Accept,
            "r" | "reject" => return Answer::Reject,
            "s" | "skip" => return Answer::Skip,
            _ if !read.is_ok_and(|bytes| bytes > 0) => return Answer::Skip,
            _ => {}
        }
    }
}

impl Review {
    /// The answer to every change, where nobody is to be asked.
    fn always(&self) -> Result<Option<Answer>, Failure> {
        match (self.accept, self.reject) {
            (true, _) => Ok(Some(Answer::Accept)),
            (_, true) => Ok(Some(Answer::Reject)),
            _ if std::io::stdin().is_terminal() => Ok(None),
            _ => Err(Failure::new("there is no terminal to ask on").help("give `--accept` or `--reject`")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;
    use std::fs;
    use tempfile::TempDir;

    /// A pack with a changed snapshot `a`, a new one `b` and a changed one `c`.
    fn pack() -> TempDir {
        let pack = tempfile::tempdir().unwrap();
        let folder = pack.path().join(SNAPSHOTS);
        fs::create_dir(&folder).unwrap();
        let files = [("a.snap", "old"), ("a.snap.new", "new"), ("b.snap.new", "fresh"), ("c.snap", "old")];
        for (name, text) in files.into_iter().chain([("c.snap.new", "new"), ("d.snap", "settled")]) {
            fs::write(folder.join(name), format!("---\nsource: x\n---\n{text}\n")).unwrap();
        }
        pack
    }

    /// Steps through the pack's changes with these lines as answers; what was said, and what they came to.
    fn review(pack: &Path, lines: &str) -> (String, Vec<Answer>) {
        let (mut input, said) = (lines.as_bytes(), RefCell::new(String::new()));
        let mut answer = || asked(&mut input, &mut |question| said.borrow_mut().push_str(question));
        let mut show = |text: &str| {
            said.borrow_mut().push_str(text);
            Ok(())
        };
        let answers = reviewed_all(&pending(pack).unwrap(), &mut answer, &mut show).unwrap();
        (said.into_inner(), answers)
    }

    /// The snapshots that are there, each with its last line.
    fn there(pack: &Path) -> Vec<String> {
        let entries = fs::read_dir(pack.join(SNAPSHOTS)).unwrap().map(|entry| entry.unwrap());
        let shown = entries.map(|entry| {
            let text = fs::read_to_string(entry.path()).unwrap();
            format!("{} {}", entry.file_name().to_string_lossy(), text.lines().next_back().unwrap())
        });
        let mut shown: Vec<String> = shown.collect();
        shown.sort();
        shown
    }

    #[test]
    fn each_change_is_shown_and_becomes_what_is_answered() {
        let pack = pack();
        let (said, answers) = review(pack.path(), "a\nREJECT\n s \n");
        assert_eq!(answers, [Answer::Accept, Answer::Reject, Answer::Skip]);
        assert_eq!(there(pack.path()), ["a.snap new", "c.snap old", "c.snap.new new", "d.snap settled"]);
        let steps: Vec<&str> = said.split("accept, reject or skip? [a/r/s] ").collect();
        assert_eq!(steps.len(), 4, "one question for each");
        for (step, words) in
            steps.iter().zip([["changed  ", "a.snap", "-old", "+new"], ["new  ", "b.snap", "", "+fresh"]])
        {
            assert!(words.iter().all(|word| step.contains(word)), "{words:?}: {step}");
        }
    }

    #[test]
    fn what_is_no_answer_is_asked_again_and_the_end_skips() {
        let pack = pack();
        let before = there(pack.path());
        let (said, answers) = review(pack.path(), "what?\n\nr\nyes");
        assert_eq!(answers, [Answer::Reject, Answer::Skip, Answer::Skip]);
        assert_eq!(said.matches("[a/r/s]").count(), 3 + 2 + 1, "thrice, then until the lines end, then once");
        assert_eq!(there(pack.path()).len(), before.len() - 1);
    }

    #[test]
    fn a_snapshot_is_no_larger_than_its_pack() {
        let pack = pack();
        let file = pack.path().join(SNAPSHOTS).join("a.snap.new");
        for (bytes, fits) in [(MAX_PACK_BYTES, true), (MAX_PACK_BYTES + 1, false)] {
            fs::File::create(&file).unwrap().set_len(bytes as u64).unwrap();
            assert_eq!(Change::read(&file).is_ok(), fits, "{bytes}");
        }
    }

    #[test]
    fn a_snapshot_that_cannot_be_written_still_waits() {
        let pack = pack();
        let kept = pack.path().join(SNAPSHOTS).join("a.snap");
        let mut permissions = fs::metadata(&kept).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&kept, permissions).unwrap();
        let before = there(pack.path());
        let waiting = pending(pack.path()).unwrap();
        assert!(reviewed_all(&waiting, &mut || Answer::Accept, &mut |_| Ok(())).is_err());
        assert_eq!(there(pack.path()), before);
    }
}
