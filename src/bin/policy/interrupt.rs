//! Ctrl-C, the request to end that a system sends, and the terminal that hangs up: what is half written is removed. A run
//! that can stop between two declarations ends after what is being done, and at once when asked a second time. What the program
//! is to ignore, as `nohup` keeps it from the hangup, it goes on to ignore.

#[cfg(unix)]
use signal_hook::{
    consts::{SIGHUP, SIGINT, SIGTERM},
    iterator::Signals,
};
use std::collections::BTreeSet;
use std::io;
#[cfg(unix)]
use std::io::IsTerminal;
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
    LISTENING.call_once(hear);
}

/// A terminal that hangs up may say so twice, by its shell and by the system: that is one request.
fn asked(hung_up: bool) {
    let goes_on = GRADUAL.load(Ordering::Relaxed) && (!REQUESTED.swap(true, Ordering::Relaxed) || hung_up);
    if !goes_on {
        let drafts = drafts();
        drafts.iter().for_each(|draft| drop(std::fs::remove_file(draft)));
        std::process::exit(ENDED);
    }
}

/// Hears each request that the program was not started to ignore.
#[cfg(unix)]
fn hear() {
    let ignored = std::fs::read_to_string("/proc/self/status").ok().and_then(|status| ignored(&status));
    let heard = [SIGINT, SIGTERM, SIGHUP].into_iter().filter(|signal| match ignored {
        Some(signals) => signals >> (signal - 1) & 1 == 0,
        // Who cannot know takes the hangup of a terminal only: `nohup` leaves none.
        None => *signal != SIGHUP || has_terminal(),
    });
    if let Ok(mut signals) = Signals::new(heard) {
        std::thread::spawn(move || signals.forever().for_each(|signal| asked(signal == SIGHUP)));
    }
}

/// The signals that a process ignores, one bit each from the first on, as Linux tells its state.
#[cfg(unix)]
fn ignored(status: &str) -> Option<u64> {
    let bits = status.lines().find_map(|line| line.strip_prefix("SigIgn:"))?;
    u64::from_str_radix(bits.trim(), 16).ok()
}

#[cfg(unix)]
fn has_terminal() -> bool {
    io::stdin().is_terminal() || io::stdout().is_terminal() || io::stderr().is_terminal()
}

#[cfg(not(unix))]
fn hear() {
    let _ = ctrlc::try_set_handler(|| asked(false));
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn what_is_ignored_is_found_in_the_state_of_a_process() {
        let found = ignored("SigBlk:\t0000000000000002\nSigIgn:\t0000000000001001\nSigCgt:\t0000000000000004\n");
        assert_eq!(found, Some(1 << (SIGHUP - 1) | 1 << 12));
        assert_eq!([ignored(""), ignored("SigIgn:\tnone\n")], [None, None]);
    }
}
