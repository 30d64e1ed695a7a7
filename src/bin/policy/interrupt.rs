//! Ctrl-C, the request to end that a system sends, and the terminal that hangs up: what is half written is removed. A run
//! that can stop between two declarations ends after what is being done, and at once when asked a second time.

#[cfg(unix)]
use signal_hook::{
    consts::{SIGINT, SIGTERM},
    iterator::Signals,
};
use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};

/// How a command ends that was ended.
const ENDED: i32 = 2;

static LISTENING: Once = Once::new();
static GRADUAL: AtomicBool = AtomicBool::new(false);
static REQUESTED: AtomicBool = AtomicBool::new(false);
/// Files that are not in their place yet. Who ends the program holds it, so that none is begun behind its back.
static DRAFTS: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// From now on the first request ends the run after what is being done.
pub fn gradually() {
    GRADUAL.store(true, Ordering::Relaxed);
    listen();
}

/// Whether the user wants the run to end.
pub fn requested() -> bool {
    REQUESTED.load(Ordering::Relaxed)
}

/// Begins a file that is removed where the program is ended before it is [settled](settle).
pub fn draft<T>(path: &Path, open: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    listen();
    let mut drafts = drafts();
    let opened = open()?;
    drafts.insert(path.to_owned());
    Ok(opened)
}

/// Ends what was begun: puts the file in its place, or removes it. Where it cannot be put there, it is removed.
pub fn settle(path: &Path, end: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
    let mut drafts = drafts();
    drafts.remove(path);
    end().inspect_err(|_| drop(std::fs::remove_file(path)))
}

fn drafts() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    DRAFTS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Where it cannot be arranged, a request ends the program as ever.
fn listen() {
    LISTENING.call_once(|| on_request(asked));
}

fn asked() {
    if !GRADUAL.load(Ordering::Relaxed) || REQUESTED.swap(true, Ordering::Relaxed) {
        let drafts = drafts();
        drafts.iter().for_each(|draft| drop(std::fs::remove_file(draft)));
        std::process::exit(ENDED);
    }
}

fn on_request(act: impl Fn() + Copy + Send + 'static) {
    if ctrlc::try_set_handler(act).is_ok() {
        return;
    }
    // Somebody lets the program ignore one of them, as `nohup` does with the hangup: that one stays as it is.
    #[cfg(unix)]
    if let Ok(mut signals) = Signals::new([SIGINT, SIGTERM]) {
        std::thread::spawn(move || signals.forever().for_each(|_| act()));
    }
}
